// The documents, as the wire types of the crate `milepost` have them.

export type Status = "met" | "pending" | "needs_information" | "unmet";
export type Severity = "error" | "warning";
export interface Place { byte: number; utf16: number; line: number; column: number }
export interface Label { file: string; start: Place; end: Place; text: string }
export interface Diagnostic { code: string; severity: Severity; message: string; labels: readonly Label[]; help: readonly string[] }
export interface Problem { pointer: string; message: string; help: string | null; also: string | null; line: number | null; column: number | null }
export interface Refusal { problems: readonly Problem[]; more: number }
export interface Progress { met: number; of: number; percent: number }
export interface NearMiss { id: string; reason: string }
export type Unknown = { fact: string; title: string } | { record: string; field: string; title: string };
export interface Node {
  address: string; title: string | null; text: string; status: Status; at_risk: boolean; locked: boolean;
  progress: Progress; found: number | string | null; needed: number | string | null; counted: readonly string[];
  near_misses: readonly NearMiss[]; missing: readonly string[]; unknown: readonly Unknown[]; refers_to: string | null; cites: readonly string[];
  advice: string | null; children: readonly Node[];
}
export interface Programme { name: string; version: string | null; definition: string }
export interface Role {
  name: string; title: string | null; about: string | null; doc: string | null; status: Status; at_risk: boolean;
  progress: Progress; incentives: readonly string[]; requirement: Node; preferred: readonly Node[];
}
export interface Award { title: string; valid: string | null }
export interface Credential { id: string; issued: string; expires: string | null; status: string }
export interface Competency {
  name: string; title: string | null; about: string | null; doc: string | null; status: Status; at_risk: boolean;
  progress: Progress; award: Award | null; credential: Credential | null; renewal_after: string | null; requirement: Node | null;
}
export interface Outcome {
  milepost: string; programme: Programme; candidate: string; as_of: string; roles: readonly Role[]; competencies: readonly Competency[]; notices: readonly string[];
}
export interface Receipt { receipt: number; milepost: string; definition: string; record: string; as_of: string; outcome: Outcome }
export interface Compared { same: boolean; receipt: string; replayed: string }
export interface Difference { pointer: string; address: string | null; title: string | null; receipt: string | null; replayed: string | null }
export interface Verification {
  same: boolean; as_of: string; milepost: Compared; definition: Compared; record: Compared;
  outcome: { same: boolean; verdicts_same: boolean; differences: readonly Difference[]; more: number };
}
export interface Changed { of: "requirement" | "competency" | "role"; address: string; before: Status; after: Status }
export interface RoleChange { name: string; status: Status; at_risk: boolean; progress: Progress }
export interface CompetencyChange extends RoleChange { credential: Credential | null; renewal_after: string | null }
export interface NodeChange {
  address: string; status: Status; at_risk: boolean; locked: boolean; progress: Progress;
  found: number | string | null; needed: number | string | null; counted: readonly string[]; near_misses: readonly NearMiss[];
  missing: readonly string[]; unknown: readonly Unknown[]; advice: string | null;
}
export interface Changes { as_of: string; changed: readonly Changed[]; roles: readonly RoleChange[]; competencies: readonly CompetencyChange[]; nodes: readonly NodeChange[]; notices: readonly string[] }
