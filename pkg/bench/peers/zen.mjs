// ZEN's expressions (Rust, as wasm). It parses them at every evaluation: its package offers nothing else.

import fs from "node:fs";
import { fileURLToPath } from "node:url";
import * as zen from "../node_modules/@gorules/zen-engine-wasm/dist/zen_engine_wasm.js";
import { COMPETENCIES, KINDS, prepared, verdicts } from "./input.mjs";

export const title = "ZEN expressions, wasm";
export const wasm = "@gorules/zen-engine-wasm/dist/zen_engine_wasm_bg.wasm";

const way = (name, kind) =>
  `(some(evidence, #.kind == "${kind}" and #.recent and "${name}" in #.competencies) ? 1 : 0)`;
const shown = Object.fromEntries(
  COMPETENCIES.map((name) => [name, `${KINDS.map((kind) => way(name, kind)).join(" + ")} >= 3`]),
);
const role =
  `count(latest, #.level in ["effective", "highly_effective"]) >= 2 and licensed and facts.years >= 3`;

export async function setup() {
  const path = fileURLToPath(new URL(`../node_modules/${wasm}`, import.meta.url));
  zen.initSync({ module: fs.readFileSync(path) });
  return (text, asOf) => {
    const input = prepared(text, asOf);
    const licensed = input.facts.licence_expires >= asOf;
    const variable = new zen.Variable({ ...input, licensed });
    const result = verdicts((name, all) =>
      all ? all.every(([, yes]) => yes) && variable.evaluateExpression(role) : variable.evaluateExpression(shown[name]),
    );
    variable.free();
    return result;
  };
}
