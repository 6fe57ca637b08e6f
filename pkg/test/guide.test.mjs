// The code in the guide for frontends and in the package's README. In: every block of TypeScript. Out: what the compiler
// says of it; and the README's, run.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { compile, load } from "milepost";

import { problems, root, types } from "./types/compiler.mjs";

const blocks = (path) => [...readFileSync(join(root, path), "utf8").matchAll(/^```ts[^\n]*\n(.*?)^```$/gms)].map(([, code]) => code);
const programme = types("pathways/teaching_matters/data_driver.pathway");

/** What Node has and the browser's types do not. */
const node = join(root, "pkg/node_modules/@types/node/index.d.ts");

for (const [path, least] of [["docs/guides/frontends.md", 8], ["pkg/README.md", 1]]) {
  test(`${path} compiles`, () => {
    const modules = { "data_driver.ts": programme };
    const codes = blocks(path);
    assert.ok(codes.length >= least);
    for (const [at, code] of codes.entries()) {
      modules[`block_${at + 1}.ts`] = `/// <reference lib="dom" />\n/// <reference path="${node}" />\n${code}\nexport {};\n`;
    }
    assert.deepEqual(problems(modules), []);
  });
}

test("the README's programme says what the README says", async () => {
  const [code] = blocks("pkg/README.md");
  const said = [];
  const run = code
    .replace(/^import.*$/gm, "")
    .replace("using pathway", "const pathway")
    .replace("console.log", "said.push");
  new Function("compile", "load", "said", run)(compile, load, said);
  const [, expected] = /console\.log\(.*\); \/\/ (.*)$/m.exec(code);
  assert.deepEqual(said[0], JSON.parse(expected.replaceAll("'", '"')));
});
