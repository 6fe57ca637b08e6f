// datalogic (Rust, as wasm), its rule compiled once. Its build for the web, since the one for Node does not load as it ships.

import fs from "node:fs";
import { fileURLToPath } from "node:url";
import * as datalogic from "../node_modules/@goplasmatic/datalogic/web/datalogic_wasm.js";
import { prepared } from "./input.mjs";
import { named, rule } from "./json_logic.mjs";

export const title = "datalogic, wasm, compiled";
export const wasm = "@goplasmatic/datalogic/web/datalogic_wasm_bg.wasm";

export async function setup() {
  datalogic.initSync({ module: fs.readFileSync(fileURLToPath(new URL(`../node_modules/${wasm}`, import.meta.url))) });
  const compiled = new datalogic.CompiledRule(JSON.stringify(rule), false);
  return (text, asOf) => named(JSON.parse(compiled.evaluate(JSON.stringify(prepared(text, asOf)))));
}
