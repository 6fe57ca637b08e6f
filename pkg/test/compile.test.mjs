// The compiler and the engine through the package. In: texts and records. Out: plans, diagnostics, outcomes.
import assert from "node:assert/strict";
import { test } from "node:test";

import { MilepostError, compile, load } from "milepost";
import * as evaluateOnly from "milepost/evaluate";
import { asOf, record, sources, text } from "./programme.mjs";

const { plan } = compile(sources, "main.pathway");

test("a programme compiles to a plan, without complaint", () => {
  const compiled = compile(sources, "main.pathway");
  assert.deepEqual(compiled.diagnostics, []);
  assert.ok(compiled.plan instanceof Uint8Array);
});

test("the places of diagnostics count as JavaScript does", () => {
  const broken = text.replace("at least 2 session", "at least 2 sesion");
  const { plan, diagnostics } = compile({ "main.pathway": broken }, "main.pathway");
  assert.equal(plan, null);
  const [first] = diagnostics;
  assert.equal(first.code, "MP0102");
  const [{ start, end }] = first.labels;
  assert.equal(broken.slice(start.utf16, end.utf16), "sesion");
  assert.deepEqual(first.help, ["did you mean `session`?"]);
});

test("a programme of several files finds them by their paths", () => {
  const parts = { "main.pathway": 'use "common/parts.pathway"\n' + text.replace(/evidence.*\n/, ""), "common/parts.pathway": 'evidence session "Coaching session" { hours : number "Hours" }' };
  assert.deepEqual(compile(parts, "main.pathway").diagnostics, []);
  assert.equal(compile({ "main.pathway": parts["main.pathway"] }, "main.pathway").diagnostics[0].code, "MP0101");
  assert.equal(compile({}, "main.pathway").plan, null);
});

test("both entries say the same, from an object and from bytes", () => {
  const full = load(plan);
  const small = evaluateOnly.load(plan.buffer.slice(plan.byteOffset, plan.byteOffset + plan.byteLength));
  const outcome = full.evaluate(record, { asOf });
  assert.equal(outcome.programme.name, "coaching");
  assert.equal(outcome.roles[0].status, "unmet");
  assert.deepEqual(outcome.roles[0].requirement.children[1].missing, ["7.5 more of Hours from Coaching session"]);
  assert.deepEqual(small.evaluate(record, { asOf }), outcome);
  const bytes = small.evaluateJson(JSON.stringify(record), asOf);
  assert.equal(new TextDecoder().decode(bytes), JSON.stringify(outcome));
  assert.deepEqual(full.evaluateJson(new TextEncoder().encode(JSON.stringify(record)), asOf), bytes);
});

test("a pathway says which programme it is", () => {
  const pathway = load(plan);
  const { definition, ...rest } = pathway.identity;
  assert.deepEqual(rest, { name: "coaching", title: "Coaching 😀", version: "2026.1", format: 2, milepost: "0.1.0" });
  assert.match(definition, /^sha256:[0-9a-f]{64}$/);
});

test("a record that is wrong is refused with every problem", () => {
  const pathway = load(plan);
  const wrong = { id: "c-7", facts: { years_teachng: 4 }, evidence: [{ id: "s1", kind: "session", date: "2026-02-29" }] };
  assert.throws(() => pathway.evaluate(wrong, { asOf }), (problem) => {
    assert.ok(problem instanceof MilepostError);
    assert.equal(problem.name, "MilepostError");
    assert.deepEqual(problem.problems.map((it) => it.pointer), ["/facts/years_teachng", "/evidence/0/date"]);
    assert.equal(problem.more, 0);
    assert.match(problem.message, /^the record is refused:\n {2}\/facts\/years_teachng: unknown fact `years_teachng`; did you mean `years_teaching`\?\n/);
    return true;
  });
});

test("who is given what is checked, and a change of it found", () => {
  const text = `pathway p "P" {} evidence task "Task"
    role r "R" { eligible when all of without reuse { one: at least 1 task  two: at least 1 task } }`;
  const own = compile({ "p.pathway": text }, "p.pathway").plan;
  const about = { id: "c", evidence: ["t1", "t2"].map((id) => ({ id, kind: "task", date: "2026-01-01" })) };
  const pathway = load(own);
  const outcome = pathway.evaluate(about, { asOf });
  assert.deepEqual(pathway.checkAllocations(outcome, about).groups, [{ address: "r", title: null, says: "served", holds: true }]);
  const changed = JSON.stringify(outcome).replace('"records":["t2"]', '"records":["t1"]');
  const { holds, problems } = pathway.checkAllocations(changed, JSON.stringify(about));
  assert.equal(holds, false);
  assert.equal(problems[0].message, "`t1` is given to `r.two`, and before to `r.one`");
  assert.throws(() => pathway.checkAllocations("{}", about), MilepostError);
  assert.throws(() => evaluateOnly.load(own).checkAllocations(outcome, about), /allocations are checked by `milepost`, not by `milepost\/evaluate`/);
});

test("a receipt is verified, and a changed record is told", () => {
  const pathway = load(plan);
  const receipt = pathway.receipt(record, { asOf });
  assert.equal(receipt.as_of, asOf);
  assert.equal(pathway.verify(receipt, record).same, true);
  const written = pathway.receiptJson(JSON.stringify(record), asOf);
  assert.deepEqual(JSON.parse(new TextDecoder().decode(written)), receipt);
  const other = { ...record, facts: { years_teaching: 3 } };
  const verification = pathway.verify(written, other);
  assert.equal(verification.same, false);
  assert.equal(verification.record.same, false);
  assert.equal(verification.definition.same, true);
  assert.throws(() => pathway.verify("{}", record), MilepostError);
});
