// The types beside the engine. In: one record with a value of every type, and every single change of it. Out: what the
// engine takes, the types take; what they refuse, it refuses; what only it can see is listed here.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { MilepostError, compile, load } from "milepost";

import { problems, types } from "./compiler.mjs";

const programme = "pkg/test/types/programme.pathway";

const record = {
  id: "c-1",
  enrolled: "2025-09-01",
  facts: {
    prototype: 0.25,
    export: 3,
    function: true,
    import: "2026-01-01",
    private: "text",
    typeof: "never",
    enum: "true",
    let: ["a", "b"],
    var: ["new", "delete"],
    void: { class: "low", default: null },
  },
  evidence: [
    {
      id: "e-1",
      kind: "record",
      date: "2026-02-01",
      status: "returned",
      for: ["role_name", "address"],
      expires: "2027-01-01",
      submitted: "2026-02-02",
      decided: "2026-02-03",
      kind_of: "undefined",
      this_one: [1, 2],
      ratings: { class: "high" },
    },
    { id: "e-2", kind: "facts", date: "2026-02-01" },
    { id: "e-3", kind: "id", date: "2026-02-01", number: 4.5, for: null },
  ],
  credentials: [{ id: "b-1", competency: "address", issued: "2025-02-01", status: "accepted", expires: null }],
};

/** What takes the place of a value; `undefined` takes the key away. */
const others = [undefined, null, true, 1, 7, 0.5, "never", "2026-03-01", "role_name", [], ["a"], [null], {}, { class: "low" }];

/** Every place of a document: the keys that lead to it. */
function places(value, path = []) {
  const below = value !== null && typeof value === "object" ? Object.keys(value) : [];
  return [path, ...below.flatMap((key) => places(value[key], [...path, key]))];
}

/** The document with another value in one place. */
function changed(value, [key, ...rest], other) {
  const copy = Array.isArray(value) ? [...value] : { ...value };
  const below = rest.length > 0 ? changed(value[key], rest, other) : other;
  if (below !== undefined) copy[key] = below;
  else if (Array.isArray(copy)) copy.splice(Number(key), 1);
  else delete copy[key];
  return copy;
}

/** Every record that differs from the one above in one place. */
function changes() {
  const all = [{ what: "nothing", value: record }];
  for (const place of places(record).filter((place) => place.length > 0)) {
    for (const other of others) {
      all.push({ what: `${place.join("/")} = ${JSON.stringify(other)}`, value: changed(record, place, other) });
    }
  }
  for (const place of places(record)) {
    const at = place.reduce((value, key) => value[key], record);
    if (at === null || typeof at !== "object" || Array.isArray(at)) continue;
    for (const key of ["more", "score", "number", "class"]) {
      if (!(key in at)) all.push({ what: `${[...place, key].join("/")} = 1`, value: changed(record, [...place, key], 1) });
    }
  }
  return all;
}

function takes(pathway, value) {
  try {
    pathway.evaluate(value, { asOf: "2026-11-22" });
    return true;
  } catch (problem) {
    if (problem instanceof MilepostError) return false;
    throw problem;
  }
}

/** What types say nothing of: which texts are days, which numbers are within bounds, and what a list holds twice. */
const beyondTypes = [
  /(enrolled|import|date|issued|expires|submitted|decided) = ".*"$/,
  /^facts\/(prototype|export) = /,
  /^evidence\/0\/this_one\/\d = 0\.5$/,
  /^evidence\/0\/for\/1 = "role_name"$/,
];

test("the types take what the engine takes", () => {
  const cases = changes();
  const text = readFileSync(new URL("programme.pathway", import.meta.url), "utf8");
  const { plan } = compile({ "programme.pathway": text }, "programme.pathway");
  const pathway = load(plan);
  const taken = cases.map(({ value }) => takes(pathway, value));
  const lines = cases.map(({ value }) => `take({ record: ${JSON.stringify(value)} });`);
  const head = 'import type { Outcome_2 } from "./programme.js"; declare function take(it: Pick<Outcome_2, "record">): void;';
  const found = problems({ "programme.ts": types(programme), "cases.ts": [head, ...lines].join("\n") });
  assert.deepEqual(found.filter((problem) => problem.file !== "cases.ts"), []);
  const refused = new Set(found.map((problem) => problem.line - 2));
  const odd = cases.filter(({ what }, at) => {
    const seen = refused.has(at) || beyondTypes.some((place) => place.test(what));
    return taken[at] ? refused.has(at) : !seen;
  });
  assert.deepEqual(odd.map(({ what }) => what), []);
  assert.ok(taken[0] && refused.size > 300, `${refused.size} of ${cases.length} are refused`);
  assert.ok(taken.filter(Boolean).length > 100, "few are taken");
});
