// What the extension ships that is not in git: itself with its library in one file, and the grammar of `grammar/`.
import fs from "node:fs";
import path from "node:path";

import { build } from "esbuild";

const here = path.resolve(import.meta.dirname, "..");
const grammar = "pathway.tmLanguage.json";

await build({
  absWorkingDir: here,
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  minify: true,
  platform: "node",
  format: "cjs",
  target: "node18",
  // The editor brings it along.
  external: ["vscode"],
  logLevel: "warning",
});
fs.mkdirSync(path.join(here, "syntaxes"), { recursive: true });
fs.copyFileSync(path.join(here, "../../grammar", grammar), path.join(here, "syntaxes", grammar));
