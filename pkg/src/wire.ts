// The documents, as the wire types of the crate `milepost` have them.

export type Status = "met" | "pending" | "needs_information" | "unmet";
export type Severity = "error" | "warning";
export interface Place { byte: number; utf16: number; line: number; column: number }
export interface Label { file: string; start: Place; end: Place; text: string }
export interface Diagnostic { code: string; severity: Severity; message: string; labels: Label[]; help: string[] }
export interface Problem { pointer: string; message: string; help: string | null; also: string | null; line: number | null; column: number | null }
export interface Refusal { problems: Problem[]; more: number }
export interface Progress { met: number; of: number; percent: number }
export interface NearMiss { id: string; reason: string }
export type Unknown = { fact: string; title: string } | { record: string; field: string; title: string };
export interface Node {
  address: string; title: string | null; text: string; status: Status; at_risk: boolean; locked: boolean;
  progress: Progress; found: number | string | null; needed: number | string | null; counted: string[];
  near_misses: NearMiss[]; missing: string[]; unknown: Unknown[]; refers_to: string | null; cites: string[];
  advice: string | null; children: Node[];
}
export interface Programme { name: string; version: string | null; definition: string }
export interface Role {
  name: string; title: string | null; about: string | null; doc: string | null; status: Status; at_risk: boolean;
  progress: Progress; incentives: string[]; requirement: Node; preferred: Node[];
}
export interface Award { title: string; valid: string | null }
export interface Credential { id: string; issued: string; expires: string | null; status: string }
export interface Competency {
  name: string; title: string | null; about: string | null; doc: string | null; status: Status; at_risk: boolean;
  progress: Progress; award: Award | null; credential: Credential | null; renewal_after: string | null; requirement: Node | null;
}
export interface Outcome {
  milepost: string; programme: Programme; candidate: string; as_of: string; roles: Role[]; competencies: Competency[]; notices: string[];
}
export interface Receipt { receipt: number; milepost: string; definition: string; record: string; as_of: string; outcome: Outcome }
export interface Compared { same: boolean; receipt: string; replayed: string }
export interface Difference { pointer: string; address: string | null; title: string | null; receipt: string | null; replayed: string | null }
export interface Verification {
  same: boolean; as_of: string; milepost: Compared; definition: Compared; record: Compared;
  outcome: { same: boolean; verdicts_same: boolean; differences: Difference[]; more: number };
}
