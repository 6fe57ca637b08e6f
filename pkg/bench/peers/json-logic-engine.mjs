// json-logic-engine, its rule compiled to JavaScript once.

import { LogicEngine } from "json-logic-engine";
import { prepared } from "./input.mjs";
import { named, rule } from "./json_logic.mjs";

export const title = "json-logic-engine, compiled";

export async function setup() {
  const run = new LogicEngine().build(rule);
  return (text, asOf) => named(run(prepared(text, asOf)));
}
