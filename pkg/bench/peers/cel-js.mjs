// @marcbachmann/cel-js, its expressions parsed once.

import { parse } from "@marcbachmann/cel-js";
import { COMPETENCIES, KINDS, prepared, verdicts } from "./input.mjs";

export const title = "@marcbachmann/cel-js, parsed";

const way = (name, kind) =>
  `(evidence.exists(e, e.kind == "${kind}" && e.recent && "${name}" in e.competencies) ? 1 : 0)`;
const shown = (name) => `${KINDS.map((kind) => way(name, kind)).join(" + ")} >= 3`;
const rated = `latest.filter(r, r.level in ["effective", "highly_effective"]).size() >= 2`;

export async function setup() {
  const expressions = Object.fromEntries(COMPETENCIES.map((name) => [name, parse(shown(name))]));
  const role = parse(`${rated} && facts.licence_expires >= asOf && facts.years >= 3.0`);
  return (text, asOf) => {
    const input = prepared(text, asOf);
    return verdicts((name, all) =>
      all ? all.every(([, yes]) => yes) && role(input) : expressions[name](input),
    );
  };
}
