// `milepost types` with the compiler that its readers use. In: the programmes of the repository, and uses right and
// wrong. Out: right ones compile, and wrong ones are refused by name.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { test } from "node:test";

import { compile, load } from "milepost";

import { inFolder, problems, resolutions, root, types } from "./compiler.mjs";

const pathways = join(root, "pathways");
const programme = "pathways/teaching_matters/data_driver.pathway";
const use = (name) => readFileSync(new URL(name, import.meta.url), "utf8");

for (const resolution of resolutions) {
  test(`a right use compiles, and no wrong one, with ${resolution.moduleResolution}`, () => {
    const modules = { "data_driver.ts": types(programme), "right.ts": use("right.ts"), "wrong.ts": use("wrong.ts") };
    assert.deepEqual(problems(modules, resolution), []);
  });
}

/** Asserts that a text is refused where it says so, and in the words that it says. */
function assertNamed(text, modules) {
  const lines = text.split("\n");
  const expected = lines.flatMap((line, at) => {
    const [, message] = /^\/\/ @ts-expect-error: (.*)$/.exec(line) ?? [];
    return message ? [{ line: at + 2, message }] : [];
  });
  const bare = lines.map((line) => line.replace("@ts-expect-error", "")).join("\n");
  const found = problems({ ...modules, "wrong.ts": bare });
  assert.deepEqual(found.map((problem) => problem.line), expected.map((problem) => problem.line));
  for (const [at, { line, message }] of expected.entries()) {
    assert.ok(found[at].message.includes(message), `line ${line}: ${found[at].message}`);
  }
  return expected.length;
}

test("every mistake is named", () => {
  const mistakes = assertNamed(use("wrong.ts"), { "data_driver.ts": types(programme) });
  assert.ok(mistakes >= 15, `${mistakes} mistakes`);
});

test("the page says what is right and what is wrong", () => {
  const page = readFileSync(join(root, "docs/reference/types.md"), "utf8");
  const blocks = (language) => [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))].map(([, text]) => text);
  const [text] = blocks("pathway");
  const [right, wrong, documents] = blocks("ts");
  inFolder((folder) => {
    const path = join(folder, "data_lead.pathway");
    writeFileSync(path, text);
    const modules = { "data_lead.ts": types(path) };
    assert.deepEqual(problems({ ...modules, "right.ts": right, "wrong.ts": wrong, "documents.ts": documents }), []);
    assert.equal(assertNamed(wrong, modules), 2);
  });
});

/** Every programme of the repository with the records beside it. */
function programmes() {
  const declared = Object.entries(sources()).filter(([, text]) => /^pathway /m.test(text));
  return declared.map(([path]) => {
    const name = basename(path, ".pathway");
    const records = join(pathways, dirname(path), "records", name);
    const files = existsSync(records) ? readdirSync(records) : [];
    return { path: join(pathways, path), name: `${dirname(path)}_${name}`, records: files.map((file) => join(records, file)) };
  });
}

/** The text of every file that a programme may use, by path. */
function sources() {
  const files = readdirSync(pathways, { recursive: true }).filter((path) => path.endsWith(".pathway"));
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(pathways, path), "utf8")]));
}

test("the programmes' own records, and their outcomes, are of their types", () => {
  const modules = {};
  let count = 0;
  for (const { path, name, records } of programmes()) {
    const module = types(path);
    const [, type] = /^export interface (\w+) {/m.exec(module);
    modules[`${name}.ts`] = module;
    const lines = [`import type { ${type} } from "./${name}.js";`];
    const pathway = load(compile(sources(), relative(pathways, path)).plan);
    for (const record of records.map((file) => readFileSync(file, "utf8"))) {
      const outcome = Buffer.from(pathway.evaluateJson(record, "2026-11-22")).toString();
      lines.push(`export const record${count}: ${type}["record"] = ${record};`);
      lines.push(`export const outcome${count}: ${type}["outcome"] = ${outcome};`);
      count += 1;
    }
    modules[`${name}.records.ts`] = lines.join("\n");
  }
  assert.deepEqual(problems(modules), []);
  assert.ok(Object.keys(modules).length >= 10 && count >= 15, `${count} records`);
});

test("what the package gives is of the types it says", () => {
  const text = 'pathway p "P" {} role r "R" { eligible when all of without reuse { at least 1 it } }';
  const { plan, diagnostics } = compile({ "p.pathway": `${text} evidence it` }, "p.pathway");
  const failed = compile({ "p.pathway": text }, "p.pathway").diagnostics;
  const pathway = load(plan);
  const record = { id: "c-1" };
  const receipt = pathway.receipt(record, { asOf: "2026-11-22" });
  const given = {
    Outcome: pathway.evaluate(record, { asOf: "2026-11-22" }),
    Receipt: receipt,
    Verification: pathway.verify({ ...receipt, as_of: "2026-11-23" }, record),
    CheckedAllocations: pathway.checkAllocations(receipt.outcome, record),
    Identity: pathway.identity,
    "readonly Diagnostic[]": [...diagnostics, ...failed],
  };
  assert.ok(failed.length > 0);
  const lines = Object.entries(given).map(([type, value], at) => `export const it${at}: ${type} = ${JSON.stringify(value)};`);
  const head = 'import type { CheckedAllocations, Diagnostic, Identity, Outcome, Receipt, Verification } from "milepost";';
  assert.deepEqual(problems({ "given.ts": [head, ...lines].join("\n") }), []);
});
