// What a frontend writes; all of it is right.

import { load, type Node } from "milepost";
import { load as loadOnly } from "milepost/evaluate";
import type { Address, CompetencyName, DataDriver, Evidence, RoleName } from "./data_driver.js";

declare const plan: Uint8Array;

const pathway = load<DataDriver>(plan);
const small = loadOnly<DataDriver>(plan);

const task: Evidence = {
  id: "t1",
  kind: "performance_task",
  date: "2026-05-02",
  for: ["data_analyst"],
  score: "mastered",
  assessor: null,
};

const outcome = pathway.evaluate(
  {
    id: "c-1",
    facts: { years_teaching: 4, licence_expires: "2027-06-30", principal_recommends: null },
    evidence: [task, { id: "r1", kind: "annual_rating", date: "2026-06-20", level: "effective" }],
    credentials: [{ id: "b1", competency: "research_use", issued: "2025-06-16", status: "under_review" }],
  },
  { asOf: "2026-11-22" },
);

export const titles: Readonly<Record<RoleName, string>> = { data_lead: "Leads with data" };

export function status(name: CompetencyName): string | undefined {
  return outcome.competencies.find((competency) => competency.name === name)?.status;
}

export function find(address: Address): Node | undefined {
  const open: Node[] = outcome.roles.map((role) => role.requirement);
  for (const node of open) {
    if (node.address === address) return node;
    open.push(...node.children);
  }
  return undefined;
}

export const licensed = find("data_lead.licensed");

/** A kind tells which fields there are. */
export function score(evidence: Evidence): string | null | undefined {
  return evidence.kind === "performance_task" ? evidence.score : undefined;
}

const changes = [{ add: task }, { fact: "years_teaching", value: 5 }, { as_of: "2027-01-01" }] as const;
export const after = pathway.whatIf({ id: "c-1" }, changes, { asOf: "2026-11-22" }).after.roles[0]?.status;
export const least = pathway.next({ id: "c-1" }, { asOf: "2026-11-22" }).roles[0]?.proposals[0]?.changes;
export const stage: string | null | undefined = pathway.next({ id: "c-1" }, { asOf: "2026-11-22", goal: "data_lead" }).roles[0]?.stage;
export const stands = pathway.timeline({ id: "c-1" }, { asOf: "2026-11-22" }).roles[0]?.stretches[0]?.status;

export async function everybody(lines: AsyncIterable<string>): Promise<number> {
  let met = 0;
  for await (const { outcome, refused } of pathway.evaluateAll(lines, { asOf: "2026-11-22" })) {
    if (refused) met -= refused.problems.length;
    else met += outcome.roles.filter((role) => role.status === "met").length;
  }
  const report = await pathway.report([{ id: "c-1" }], { asOf: "2026-11-22", suppressBelow: 10 });
  return report.measures.length + met;
}

const session = small.session({ id: "c-1" });
session.set("years_teaching", 5);
session.set("licence_expires", null);
session.set("t1", "score", "mastered");
session.add(task);
session.add({ id: "b2", competency: "goal_setter", issued: "2025-06-16" });
export const first: RoleName | undefined = session.outcome({ asOf: "2026-11-22" }).outcome.roles[0]?.name;

/** Without types of a programme, names are texts. */
export const any: string | undefined = load(plan).evaluate({ id: "c-1", facts: { whatever: 1 } }, { asOf: "2026-11-22" }).roles[0]?.name;
