// What JavaScript may hand in by mistake. In: anything. Out: an error that says what was expected, never a trap.
import assert from "node:assert/strict";
import { test } from "node:test";

import { MilepostError, compile, load } from "milepost";
import { asOf, record, sources } from "./programme.mjs";

const { plan } = compile(sources, "main.pathway");
const pathway = load(plan);
const circular = { id: "c-7" };
circular.self = circular;

const mistakes = [
  [() => load(), /expected a plan to be a Uint8Array, found undefined/],
  [() => load(null), /there is no plan: the programme has errors/],
  [() => load("milepost plan 1"), /expected a plan to be a Uint8Array, found a string/],
  [() => load(new Uint8Array()), /the plan is refused: /],
  [() => load(plan.slice(0, -1)), /the plan is refused: this plan is cut short/],
  [() => load(new TextEncoder().encode(sources["main.pathway"])), /this is (the text of a programme|no compiled plan)/],
  [() => compile(), /expected the sources to be an object of path to text, found undefined/],
  [() => compile("text", "main.pathway"), /expected the sources to be an object of path to text, found a string/],
  [() => compile({ "main.pathway": 3 }, "main.pathway"), /expected the text of `main.pathway` to be a text, found a number/],
  [() => compile({ "main.pathway": "\ud800" }, "main.pathway"), /half of a character/],
  [() => compile(sources), /expected the main file's path to be a text, found undefined/],
  [() => pathway.evaluate(), /expected the options/],
  [() => pathway.evaluate(undefined, { asOf }), /expected the record to be an object, found undefined/],
  [() => pathway.evaluate(null, { asOf }), /expected the record to be an object, found null/],
  [() => pathway.evaluate([], { asOf }), /expected the record to be an object, found an array/],
  [() => pathway.evaluate(JSON.stringify(record), { asOf }), /found a string; JSON as text or bytes is for evaluateJson/],
  [() => pathway.evaluate(new Map(), { asOf }), /a key is missing|missing|`id`/],
  [() => pathway.evaluate(circular, { asOf }), /the record cannot be written as JSON: .*circular/],
  [() => pathway.evaluate({ id: 7n }, { asOf }), /the record cannot be written as JSON: .*BigInt/],
  [() => pathway.evaluate({ id: "c-7", facts: { years_teaching: Number.NaN } }, { asOf }), /`years_teaching` is NaN/],
  [() => pathway.evaluate({ id: "\ud800" }, { asOf }), /the record is refused/],
  [() => pathway.evaluate({ toJSON: () => undefined }, { asOf }), /to be a value that JSON has/],
  [() => pathway.evaluate(record), /expected the options \{ asOf: "2026-11-22" \}, found nothing/],
  [() => pathway.evaluate(record, asOf), /expected the options \{ asOf: "2026-11-22" \}, found a string/],
  [() => pathway.evaluate(record, { asOf: new Date() }), /expected asOf to be a day like "2026-11-22", found a Date; a Date is a moment/],
  [() => pathway.evaluate(record, { asOf: undefined }), /expected asOf to be a day/],
  [() => pathway.evaluate(record, { asOf: "2026-02-30" }), /`2026-02-30`: not a day of the calendar/],
  [() => pathway.evaluate(record, { asOf: "22.11.2026" }), /`22.11.2026`: not a day/],
  [() => pathway.evaluateJson(record, asOf), /expected the record to be JSON as text or a Uint8Array, found an object/],
  [() => pathway.evaluateJson("{", asOf), /the record is refused: line 1, column/],
  [() => pathway.evaluateJson("\udfff", asOf), /half of a character/],
  [() => pathway.evaluateJson(new Uint8Array([0xff]), asOf), /the record is refused/],
  [() => pathway.evaluateJson("[".repeat(1_000_000), asOf), /the record is refused/],
  [() => pathway.evaluateJson(JSON.stringify(record)), /expected asOf to be a day/],
  [() => pathway.receipt(record), /expected the options/],
  [() => pathway.verify(undefined, record), /expected the receipt to be an object, found undefined/],
  [() => pathway.verify({}, record), /the receipt cannot be verified/],
  [() => pathway.checkAllocations(undefined, record), /expected the outcome to be an object, found undefined/],
  [() => pathway.checkAllocations({}, record), /the outcome cannot be checked/],
  [() => pathway.session(), /expected the record to be an object, found undefined/],
  [() => pathway.session({ id: 3 }), /the record is refused: \/id/],
];

for (const [call, message] of mistakes) {
  test(`${String(call).slice(6)}`, () => {
    assert.throws(call, (problem) => {
      assert.ok(problem instanceof MilepostError, String(problem));
      assert.match(problem.message, message);
      return true;
    });
    // And the engine goes on.
    assert.equal(pathway.evaluate(record, { asOf }).candidate, "c-7");
  });
}

test("what was freed says so, and is freed once", () => {
  const freed = load(plan);
  const session = freed.session(record);
  for (const it of [session, freed]) {
    it.free();
    it.free();
  }
  assert.throws(() => freed.evaluate(record, { asOf }), /this pathway was freed/);
  assert.throws(() => freed.identity, /this pathway was freed/);
  assert.throws(() => session.outcome({ asOf }), /this session was freed/);
  assert.throws(() => session.add({}), MilepostError);
});

test("Symbol.dispose frees", () => {
  const disposed = load(plan);
  disposed[Symbol.dispose]();
  assert.throws(() => disposed.evaluate(record, { asOf }), MilepostError);
});
