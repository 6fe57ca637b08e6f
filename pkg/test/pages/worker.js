// The package in a Worker. Out: what it says of the sample, posted.
import { MilepostError, compile, load } from "../../dist/index.js";
import * as evaluateOnly from "../../dist/evaluate.js";

const asOf = "2026-11-22";
const answer = async (name) => (await fetch(`../../examples/progress/${name}`));
const plan = new Uint8Array(await (await answer("data_driver.plan")).arrayBuffer());
const record = await (await answer("sample.json")).json();

const pathway = load(plan);
const session = pathway.session(record);
const first = session.outcome({ asOf });
session.set("years_teaching", 3);
const { changed } = session.outcome({ asOf });
const { diagnostics } = compile({ "main.pathway": "role" }, "main.pathway");
let refused;
try {
  pathway.evaluate({}, { asOf });
} catch (problem) {
  refused = problem instanceof MilepostError && problem.problems.length;
}
postMessage({
  role: first.outcome.roles[0].status,
  same: JSON.stringify(evaluateOnly.load(plan).evaluate(record, { asOf })) === JSON.stringify(first.outcome),
  changed: changed.map((it) => it.address),
  code: diagnostics[0].code,
  refused,
});
