// Cedar (Rust, as wasm), its policies parsed once. Cedar does not count: its host gives it the counts, made in JavaScript.

import { createRequire } from "node:module";
import { COMPETENCIES, KINDS, prepared, verdicts } from "./input.mjs";

export const title = "Cedar, wasm, counts made by the host";
export const wasm = "@cedar-policy/cedar-wasm/nodejs/cedar_wasm_bg.wasm";

const policies = `
  ${COMPETENCIES.map((name) => `permit(principal, action == Action::"${name}", resource) when { context.${name} >= 3 };`).join("\n")}
  permit(principal, action == Action::"lead", resource) when {
    ${COMPETENCIES.map((name) => `context.${name} >= 3`).join(" && ")}
    && context.rated >= 2 && context.licensed && context.years >= 3
  };`;

export async function setup() {
  const cedar = createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs");
  cedar.preparsePolicySet("workload", { staticPolicies: policies });
  return (text, asOf) => {
    const input = prepared(text, asOf);
    const ways = (name) =>
      KINDS.filter((kind) =>
        input.evidence.some((e) => e.kind === kind && e.recent && e.competencies.includes(name)),
      ).length;
    const context = {
      ...Object.fromEntries(COMPETENCIES.map((name) => [name, ways(name)])),
      rated: input.latest.filter(({ level }) => level === "effective" || level === "highly_effective").length,
      licensed: input.facts.licence_expires >= asOf,
      years: input.facts.years,
    };
    return verdicts((name) => {
      const answer = cedar.statefulIsAuthorized({
        principal: { type: "Teacher", id: "candidate" },
        action: { type: "Action", id: name },
        resource: { type: "Programme", id: "workload" },
        context,
        preparsedPolicySetId: "workload",
        validateRequest: false,
        entities: [],
      });
      if (answer.type !== "success") throw new Error(JSON.stringify(answer.errors));
      return answer.response.decision === "allow";
    });
  };
}
