// Sessions. In: a record and changes of it. Out: after each the outcome that a fresh evaluation gives, sharing what stays.
import assert from "node:assert/strict";
import { test } from "node:test";

import { MilepostError, compile, load } from "milepost";
import { asOf, record, sources } from "./programme.mjs";

const pathway = load(compile(sources, "main.pathway").plan);

/** The outcome of the session, having been compared with that of its record evaluated afresh. */
function asked(session, day = asOf) {
  const answer = session.outcome({ asOf: day });
  assert.deepEqual(answer.outcome, pathway.evaluate(session.record(), { asOf: day }));
  return answer;
}

test("every change gives the outcome of the changed record", () => {
  const session = pathway.session(record);
  assert.deepEqual(asked(session).changed, []);
  session.set("principal_recommends", true);
  assert.deepEqual(asked(session).changed, [
    { of: "requirement", address: "coach.experience", before: "needs_information", after: "met" },
  ]);
  session.add({ id: "s3", kind: "session", date: "2026-11-01", for: ["listening"], hours: 7.5 });
  const { changed, outcome } = asked(session);
  assert.deepEqual(changed.map((it) => [it.of, it.address, it.before, it.after]), [
    ["requirement", "listening", "unmet", "met"],
    ["requirement", "coach/1", "unmet", "met"],
    ["requirement", "coach.coached", "unmet", "met"],
    ["requirement", "coach", "unmet", "met"],
    ["competency", "listening", "unmet", "met"],
    ["role", "coach", "unmet", "met"],
  ]);
  assert.equal(outcome.roles[0].status, "met");
  session.remove("s1");
  assert.equal(asked(session).outcome.roles[0].status, "unmet");
  session.set("s2", "status", "accepted");
  session.set("s2", "for", ["listening"]);
  asked(session);
  session.set("s2", "hours", null);
  asked(session);
  asked(session, "2026-10-15");
  session.enrol("2025-09-01");
  assert.equal(session.record().enrolled, "2025-09-01");
  session.enrol(null);
  asked(session);
  session.set("years_teaching", null);
  session.set("principal_recommends", null);
  asked(session);
});

test("what did not change is the same object, and what was given stays as it was", () => {
  const session = pathway.session(record);
  const { outcome: before } = session.outcome({ asOf });
  const copy = structuredClone(before);
  session.set("principal_recommends", true);
  const { outcome: now } = session.outcome({ asOf });
  assert.deepEqual(before, copy);
  assert.notEqual(now.roles[0], before.roles[0]);
  assert.equal(now.roles[0].requirement.children[1], before.roles[0].requirement.children[1]);
  assert.equal(now.competencies, before.competencies);
  const { outcome: again, changed } = session.outcome({ asOf });
  assert.deepEqual(changed, []);
  assert.equal(again.roles, now.roles);
});

test("what is refused changes nothing", () => {
  const session = pathway.session(record);
  const { outcome } = session.outcome({ asOf });
  const refusals = [
    () => session.add({ id: "s1", kind: "session", date: "2026-11-01" }),
    () => session.add({ id: "s9", kind: "sesion", date: "2026-11-01" }),
    () => session.remove("nobody"),
    () => session.set("years_teachng", 3),
    () => session.set("years_teaching", "three"),
    () => session.set("s1", "hours", -1),
    () => session.set("s1", "hours", undefined),
    () => session.set("years_teaching", Number.NaN),
    () => session.set("years_teaching", 3n),
    () => session.enrol("2026-02-30"),
    () => session.outcome({ asOf: "2026-02-30" }),
  ];
  for (const refusal of refusals) assert.throws(refusal, MilepostError, String(refusal));
  assert.deepEqual(session.outcome({ asOf }).outcome, outcome);
});

test("a session outlives its pathway", () => {
  const own = load(compile(sources, "main.pathway").plan);
  const session = own.session(record);
  own.free();
  assert.equal(session.outcome({ asOf }).outcome.candidate, "c-7");
});
