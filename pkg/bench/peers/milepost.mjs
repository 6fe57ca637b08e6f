// Milepost, its plan compiled beforehand. The verdict comes with the whole explanation: there is no smaller answer.

import fs from "node:fs";
import { load } from "../../dist/evaluate.js";

export const title = "Milepost, wasm, with the whole explanation";

export async function setup(planFile) {
  const pathway = load(fs.readFileSync(planFile));
  return (text, asOf) => {
    const { roles, competencies } = JSON.parse(decoder.decode(pathway.evaluateJson(text, asOf)));
    return Object.fromEntries([...competencies, ...roles].map(({ name, status }) => [name, status === "met"]));
  };
}

const decoder = new TextDecoder();
