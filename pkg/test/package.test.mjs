// The package as npm gets it. In: `npm pack`. Out: what is in it, and what two critics of packages say of it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

const root = path.resolve(import.meta.dirname, "..");
const run = (program, ...words) =>
  execFileSync(path.join(root, "node_modules/.bin", program), words, { encoding: "utf8", cwd: root });

let folder;
let packed;
before(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "milepost-pack-"));
  const said = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  packed = [JSON.parse(said)].flat().flatMap((it) => (it.files ? [it] : Object.values(it)))[0];
});
after(() => rmSync(folder, { recursive: true }));

const modules = ["arguments", "cohort", "disposable", "editor", "error", "evaluate", "index", "load", "module", "patch", "pathway", "raw", "session", "shared", "types", "wire"];

test("the package holds the two modules, the layer over them, and what a package has", () => {
  const files = packed.files.map((file) => file.path).sort();
  assert.deepEqual(files, [
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    ...modules.flatMap((name) => [`dist/${name}.d.ts`, `dist/${name}.js`]),
    "package.json",
    ...["evaluate", "full"].flatMap((shape) => [`wasm/${shape}/milepost.js`, `wasm/${shape}/milepost_bg.wasm`]),
  ].sort());
});

test("the licences are those of the project", () => {
  for (const name of ["LICENSE-APACHE", "LICENSE-MIT"]) {
    assert.equal(readFileSync(path.join(root, name), "utf8"), readFileSync(path.join(root, "..", name), "utf8"));
  }
});

test("publint finds nothing", () => {
  assert.match(run("publint", path.join(folder, packed.filename), "--strict"), /All good!/);
});

test("are the types wrong? They are not", () => {
  // The form for machines: the one for people depends on the width of whatever it is printed to.
  const { analysis } = JSON.parse(run("attw", path.join(folder, packed.filename), "--profile", "esm-only", "--format", "json")); // and its exit code is 0
  assert.deepEqual(Object.keys(analysis.entrypoints), [".", "./evaluate", "./package.json"]);
  for (const [name, { resolutions }] of Object.entries(analysis.entrypoints)) {
    for (const kind of ["node16-esm", "bundler"]) assert.ok(resolutions[kind].resolution, `${name} as ${kind}`);
  }
  const older = ["node10", "node16-cjs"]; // which know no modules
  assert.deepEqual(analysis.problems.filter((it) => !older.includes(it.resolutionKind)), []);
});
