// What the types of a programme refuse. Every mistake stands on the line below what the compiler says of it, in part.

import { load } from "milepost";
import type { Address, DataDriver, DataDriverRecord, Evidence, RoleName } from "./data_driver.js";

declare const plan: Uint8Array;

const pathway = load<DataDriver>(plan);
const asOf = { asOf: "2026-11-22" };
const task = { id: "t1", kind: "performance_task", date: "2026-05-02" } as const;

// @ts-expect-error: 'years_teachin' does not exist in type 'Facts'
pathway.evaluate({ id: "c-1", facts: { years_teachin: 4 } }, asOf);

// @ts-expect-error: Type 'string' is not assignable to type 'number'
pathway.evaluate({ id: "c-1", facts: { years_teaching: "4" } }, asOf);

// @ts-expect-error: Type '"master"' is not assignable to type 'MasteryLevel | null
export const level: Evidence = { ...task, score: "master" };

// @ts-expect-error: 'level' does not exist in type 'PerformanceTaskEvidence
export const field: Evidence = { id: "t1", kind: "performance_task", date: "2026-05-02", level: "effective" };

// @ts-expect-error: Type '"performance_tasks"' is not assignable to type
export const kind: Evidence = { id: "t1", kind: "performance_tasks", date: "2026-05-02" };

// @ts-expect-error: Property 'date' is missing
export const undated: Evidence = { id: "t1", kind: "performance_task" };

// @ts-expect-error: Type '"data_analist"' is not assignable to type 'CompetencyName'
export const filed: Evidence = { ...task, for: ["data_analist"] };

// @ts-expect-error: Type '"approved"' is not assignable to type 'RecordStatus'
export const decided: Evidence = { ...task, status: "approved" };

// @ts-expect-error: Property 'id' is missing
export const nobody: DataDriverRecord = { facts: {} };

// @ts-expect-error: 'evidences' does not exist in type 'DataDriverRecord'
export const plural: DataDriverRecord = { id: "c-1", evidences: [] };

// @ts-expect-error: Type '"data_leed"' is not assignable to type '"data_lead"'
export const role: RoleName = "data_leed";

// @ts-expect-error: is not assignable to type 'Address'
export const address: Address = "data_lead.licenced";

const outcome = pathway.evaluate({ id: "c-1" }, asOf);

// @ts-expect-error: the types '"data_lead"' and '"data_leed"' have no overlap
export const found = outcome.roles.find((one) => one.name === "data_leed");

// @ts-expect-error: Property 'push' does not exist on type 'readonly DataDriverRole[]'
outcome.roles.push();

const session = pathway.session({ id: "c-1" });

// @ts-expect-error: '"years_teachin"' is not assignable to parameter of type
session.set("years_teachin", 5);

// @ts-expect-error: 'string' is not assignable to
session.set("years_teaching", "5");

// @ts-expect-error: 'level' does not exist in type 'PerformanceTaskEvidence
session.add({ id: "t1", kind: "performance_task", date: "2026-05-02", level: "effective" });
