// What if, what next, timelines and cohorts through the package. In: records, changes, days. Out: what would be, and what
// many come to.
import assert from "node:assert/strict";
import { test } from "node:test";

import { MilepostError, compile, load } from "milepost";
import * as evaluateOnly from "milepost/evaluate";
import { asOf, record, text } from "./programme.mjs";

const measured = `${text}
measure ready "Ready" = percent of candidates who meet role coach
measure listeners "Listeners" = number of candidates who meet competency listening
`;
const { plan } = compile({ "main.pathway": measured }, "main.pathway");
const pathway = load(plan);
const small = evaluateOnly.load(plan);

const ready = {
  id: "c-8",
  facts: { years_teaching: 3 },
  evidence: [
    { id: "s1", kind: "session", date: "2026-09-01", for: ["listening"], hours: 6 },
    { id: "s2", kind: "session", date: "2026-10-01", for: ["listening"], hours: 4 },
  ],
};

test("what a list of changes would do is told, and the record stays as it is", () => {
  const changes = [
    { add: { id: "s3", kind: "session", date: "2026-11-01", for: ["listening"], hours: 7.5 } },
    { fact: "years_teaching", value: 3 },
  ];
  const { before, after, changed } = pathway.whatIf(record, changes, { asOf });
  assert.equal(before.roles[0].status, "unmet");
  assert.equal(after.roles[0].status, "met");
  assert.deepEqual(changed.filter((it) => it.of === "role"), [{ of: "role", address: "coach", before: "unmet", after: "met" }]);
  assert.deepEqual(before, pathway.evaluate(record, { asOf }));
  assert.deepEqual(small.whatIf(record, JSON.stringify(changes), { asOf }).after, after);
});

test("what is proposed next is a list of changes that does it", () => {
  const [role] = pathway.next(record, { asOf }).roles;
  assert.equal(role.name, "coach");
  assert.ok(role.exact);
  assert.ok(role.proposals.length > 0);
  for (const { changes } of role.proposals) {
    assert.equal(pathway.whatIf(record, changes, { asOf }).after.roles[0].status, "met");
  }
});

test("what would reach one goal is asked for by its name", () => {
  const { roles } = pathway.next(record, { asOf, goal: "coach" });
  assert.deepEqual(roles, pathway.next(record, { asOf }).roles);
  assert.equal(roles[0].stage, null);
  assert.throws(() => small.next(record, { asOf, goal: "coach.nothing" }), /there is no role or stage `coach.nothing`/);
});

test("a timeline begins with the record and goes ten years ahead", () => {
  const { from, to, complete, roles } = small.timeline(ready, { asOf });
  assert.deepEqual([from, to, complete], ["2026-09-01", "2036-11-22", true]);
  assert.deepEqual(roles[0].stretches.map((it) => [it.from, it.status, it.record]), [["2026-09-01", "unmet", null], ["2026-10-01", "met", "s2"]]);
});

async function* lines() {
  yield JSON.stringify(record);
  yield '{ "id": 3 }';
  yield new TextEncoder().encode(JSON.stringify(ready));
}

test("many records are evaluated as they come, in their order", async () => {
  const found = [];
  for await (const { outcome, refused } of pathway.evaluateAll(lines(), { asOf })) {
    found.push(refused ? refused.problems[0].pointer : outcome.roles[0].status);
  }
  assert.deepEqual(found, ["unmet", "/id", "met"]);
  const [one, two] = [[], []];
  for await (const it of small.evaluateAll([record, ready], { asOf })) one.push(it.outcome);
  for (const it of [record, ready]) two.push(pathway.evaluate(it, { asOf }));
  assert.deepEqual(one, two);
});

test("a report counts who was refused, and holds small figures back", async () => {
  const report = await pathway.report(lines(), { asOf });
  assert.deepEqual([report.candidates, report.refused], [2, 1]);
  assert.deepEqual(report.measures.map(({ name, value, met, of, undecided }) => [name, value, met, of, undecided]), [["ready", 50, 1, 2, 0], ["listeners", 1, 1, 2, 0]]);
  const few = await small.report([ready, record], { asOf, suppressBelow: 10 });
  assert.deepEqual([few.candidates, few.measures[0].value, few.measures[0].note], [null, null, "suppressed"]);
});

const mistakes = [
  [() => pathway.whatIf(record, {}, { asOf }), /expected the changes to be a list, found an object/],
  [() => pathway.whatIf(record, [{ remove: "s9" }], { asOf }), /are refused: \/0/],
  [() => pathway.whatIf(record, "[", { asOf }), /are refused: line 1, column/],
  [() => pathway.next(record), /expected the options/],
  [() => pathway.timeline(record, { asOf: "2026-02-30" }), /not a day of the calendar/],
  [() => pathway.report(undefined, { asOf }), /expected the records to be a list/],
  [() => pathway.report([], { asOf: "2026-02-30" }), /the day is refused: `2026-02-30`/],
  [() => pathway.report([record], { asOf, suppressBelow: 0.5 }), /suppressBelow is refused: `0.5` is no whole number of 1 or more/],
  [() => pathway.evaluateAll("c-7", { asOf }).next(), /expected the records to be a list/],
  [() => pathway.evaluateAll([record], { asOf: "soon" }).next(), /the day is refused: `soon`/],
];

for (const [call, message] of mistakes) {
  test(`${String(call).slice(6)}`, async () => {
    await assert.rejects(async () => call(), (problem) => {
      assert.ok(problem instanceof MilepostError, String(problem));
      assert.match(problem.message, message);
      return true;
    });
  });
}

test("what cannot be written as JSON is refused like any other record", async () => {
  const found = [];
  for await (const { refused } of pathway.evaluateAll([7n, record], { asOf })) found.push(refused === null);
  assert.deepEqual(found, [false, true]);
  assert.equal((await pathway.report([undefined, record], { asOf })).refused, 1);
});
