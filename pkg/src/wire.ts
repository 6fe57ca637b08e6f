// The documents that Milepost gives, made from the Rust types that write them; `cargo xtask bless` writes this file anew.

/** What an evaluation found. */
export interface Outcome {
  /** The version of Milepost. */
  milepost: string;
  /** The programme that was evaluated, in the version that governs the candidate. */
  programme: Governing;
  /** The id of the candidate. */
  candidate: string;
  /** The day the outcome holds for. */
  as_of: string;
  /** The roles, in the order written. */
  roles: readonly Role[];
  /** The competencies, in the order written. */
  competencies: readonly Competency[];
  /** The waivers of the record, by the day they were granted, and what became of each. */
  waivers: readonly Waiver[];
  /** What to know before relying on it. */
  notices: readonly string[];
}

/** Which programme it was, in which version, and why that one governs the candidate. */
export interface Governing {
  /** Its name. */
  name: string;
  /** The version that governs. */
  version: string | null;
  /** `sha256:` and the hash of the texts of that version. */
  definition: string;
  /** The version that is in force on the day, if one is. */
  in_force: string | null;
  /** Why the version governs, in words, if the programme has several. */
  why: string | null;
  /** The last day on which it does, if nothing but time passes and another follows within ten years. */
  until: string | null;
}

/** What became of a role. */
export interface Role {
  /** Its name. */
  name: string;
  /** Its title. */
  title: string | null;
  /** What it is. */
  about: string | null;
  /** What its documentation says. */
  doc: string | null;
  /** Whether the candidate is eligible. */
  status: Status;
  /** Whether what is under review may still undo it. */
  at_risk: boolean;
  /** How far it is. */
  progress: Progress;
  /** The last day it holds if nothing but time passes; nothing unless it is met and lapses within ten years. */
  holds_until: Turn | null;
  /** The first day on which time alone makes it met; nothing if it is met, or does not come to be within ten years. */
  opens_on: Turn | null;
  /** How it would stand without waivers, if one reaches it. */
  without_waivers: Status | null;
  /** The first stage that is not met, `eligible` before those of its own; nothing once all are. */
  next: string | null;
  /** The post by which eligibility stays. */
  held: Held | null;
  /** What the role brings. */
  incentives: readonly string[];
  /** Who is eligible. */
  requirement: Node;
  /** What is preferred; never decides. */
  preferred: readonly Node[];
  /** The stages after eligibility, in their order. */
  stages: readonly Stage[];
}

/** How a result stands. */
export type Status =
  /** True as it stands. */
  | "met"
  /** True once what is under review comes out well. */
  | "pending"
  /** Depends on what nobody supplied. */
  | "needs_information"
  /** None of these. */
  | "unmet"
  /** It would not be met, and a waiver lets it go; only of requirements. */
  | "waived";

/** Steps met of steps asked. */
export interface Progress {
  /** Steps met, to a hundredth. */
  met: number;
  /** Steps asked. */
  of: number;
  /** The share in per cent, rounded down; 100 only of what is met. */
  percent: number;
}

/** The day on which a result changes, if nothing but time passes. */
export interface Turn {
  /** The last day it holds, or the first on which it is met. */
  date: string;
  /** What causes it, in words. */
  because: string;
  /** The id of the evidence or credential that causes it, if one does. */
  record: string | null;
}

/** A post that decides. */
export interface Held {
  /** The first day. */
  from: string;
  /** The last day, if there is one. */
  until: string | null;
}

/** What became of one requirement. */
export interface Node {
  /** `role.label.label` or `competency.label`; an unnamed one is `parent/2`. */
  address: string;
  /** Its own title. */
  title: string | null;
  /** The requirement in words. */
  text: string;
  /** How it stands. */
  status: Status;
  /** Whether what is under review may still undo it. */
  at_risk: boolean;
  /** Whether an earlier step is to be met first. */
  locked: boolean;
  /** How far it is. */
  progress: Progress;
  /** The last day it holds if nothing but time passes; nothing unless it is met and lapses within ten years. */
  holds_until: Turn | null;
  /** The first day on which time alone makes it met; nothing if it is met, or does not come to be within ten years. */
  opens_on: Turn | null;
  /** What was found, where the requirement counts. */
  found: Quantity | null;
  /** What is asked for, where the requirement counts. */
  needed: Quantity | null;
  /** The ids of the records that count. */
  counted: readonly string[];
  /** The records that nearly count. */
  near_misses: readonly NearMiss[];
  /** What is missing, in words a candidate can act on; empty once it is met. */
  missing: readonly string[];
  /** What nobody supplied and the result depends on. */
  unknown: readonly Unknown[];
  /** The competency or role this refers to, by name; its own result stands there. */
  refers_to: string | null;
  /** Where the requirement comes from. */
  cites: readonly string[];
  /** What the programme tells the candidate, with live values; only while it is not met. */
  advice: string | null;
  /** The waiver it rests on. */
  waiver: NodeWaiver | null;
  /** Of a group without reuse, what each requirement is given. */
  allocation: Allocation | null;
  /** The requirements it is made of. */
  children: readonly Node[];
}

/** A quantity found or asked for. */
export type Quantity =
  /** A count, a number, or per cent. */
  | number
  /** A level or a choice by name, or a date. */
  | string;

/** A record that nearly counted, and why it did not. */
export interface NearMiss {
  /** The id of the record. */
  id: string;
  /** The one thing it fell short of. */
  reason: string;
}

/** Something nobody supplied and the result depends on. */
export type Unknown =
  /** A fact. */
  | {
      /** Its name; of a criterion `rubric_fact.criterion`. */
      fact: string;
      /** Its title, for people. */
      title: string;
    }
  /** A field of a record. */
  | {
      /** The id of the record. */
      record: string;
      /** The name of the field; of a criterion `field.criterion`. */
      field: string;
      /** Its title, for people. */
      title: string;
    };

/** The waiver that a requirement rests on. */
export interface NodeWaiver {
  /** Who granted it. */
  by: string;
  /** As which authority. */
  as: string;
  /** Why. */
  reason: string;
  /** The first day it holds. */
  granted: string;
  /** The last day it holds, if it expires. */
  expires: string | null;
  /** How the requirement would stand without it. */
  without: Status;
}

/** What the requirements of a group without reuse are given, as the record stands. */
export interface Allocation {
  /** Every requirement on records that the group shares out to, in the order written, with what it is given. */
  assigned: readonly Assigned[];
  /** Why not all of them are served, if they are not. */
  blocking: Blocking | null;
}

/** A requirement and what it is given. */
export interface Assigned {
  /** The address of the requirement. */
  requirement: string;
  /** The ids of the records. */
  records: readonly string[];
}

/** Requirements that together ask for more records than may count for them. */
export interface Blocking {
  /** Their addresses, in the order written. Any fewer of them could be served. */
  requirements: readonly string[];
  /** How many records they ask for. */
  needed: number;
  /** The ids of records that may count once each. */
  records: readonly string[];
  /** Records of one value, of which only one may count for the requirement. */
  one_of: readonly Assigned[];
  /** How many may count at most: the records, and one of each of those groups. */
  found: number;
  /** The same in words. */
  text: string;
}

/** What became of a stage of a role. */
export interface Stage {
  /** Its name. */
  name: string;
  /** Its title. */
  title: string | null;
  /** Whether the candidate is in it. */
  status: Status;
  /** Whether what is under review may still undo it. */
  at_risk: boolean;
  /** How far it is. */
  progress: Progress;
  /** The last day it holds if nothing but time passes; nothing unless it is met and lapses within ten years. */
  holds_until: Turn | null;
  /** The first day on which time alone makes it met; nothing if it is met, or does not come to be within ten years. */
  opens_on: Turn | null;
  /** How it would stand without waivers, if one reaches it. */
  without_waivers: Status | null;
  /** For how long a post in it lasts, in words. */
  valid: string | null;
  /** The post by which it is held, or by which it stays. */
  held: Held | null;
  /** Who is in it besides those who hold a post in it. */
  requirement: Node | null;
}

/** What became of a competency. */
export interface Competency {
  /** Its name. */
  name: string;
  /** Its title. */
  title: string | null;
  /** What it is. */
  about: string | null;
  /** What its documentation says. */
  doc: string | null;
  /** How it stands. */
  status: Status;
  /** Whether what is under review may still undo it. */
  at_risk: boolean;
  /** How far it is. */
  progress: Progress;
  /** The last day it holds if nothing but time passes; nothing unless it is met and lapses within ten years. */
  holds_until: Turn | null;
  /** The first day on which time alone makes it met; nothing if it is met, or does not come to be within ten years. */
  opens_on: Turn | null;
  /** How it would stand without waivers, if one reaches it. */
  without_waivers: Status | null;
  /** The micro-credential it awards. */
  award: Award | null;
  /** The credential that decided, if one did. */
  credential: Credential | null;
  /** The day up to which evidence does not count, because a credential issued then has expired. */
  renewal_after: string | null;
  /** What demonstrates it. */
  requirement: Node | null;
}

/** A micro-credential that a competency awards. */
export interface Award {
  /** Its title. */
  title: string;
  /** For how long it is valid, in words. */
  valid: string | null;
}

/** A credential on the record. */
export interface Credential {
  /** Its id. */
  id: string;
  /** When it was issued. */
  issued: string;
  /** The last day it counts, if it expires. */
  expires: string | null;
  /** Its status. */
  status: RecordStatus;
}

/** The status of evidence or a credential. */
export type RecordStatus =
  /** It counts. */
  | "accepted"
  /** It may come to count. */
  | "under_review"
  /** It was not submitted. */
  | "draft"
  /** It was sent back. */
  | "returned"
  /** It does not count for now. */
  | "suspended"
  /** It no longer counts. */
  | "revoked";

/** A waiver on the record, and what became of it. */
export interface Waiver {
  /** Its id, if it has one. */
  id: string | null;
  /** The address of the requirement as it is now; as the record has it, if the programme has no such requirement. */
  requirement: string;
  /** Who granted it. */
  by: string;
  /** As which authority. */
  as: string;
  /** The first day it holds. */
  granted: string;
  /** Whether the requirement rests on it. */
  effective: boolean;
  /** Why the requirement does not. */
  why: string | null;
}

/**
 * What changed in an outcome, since a session was asked last. Who keeps the outcome applies it so:
 *
 * 0. `whole` takes the place of the outcome, if there is one: another version of the programme governs now. The rest need not
 * be applied then.
 * 1. `as_of`, `waivers` and `notices` take the place of those of the outcome, and the members of `governs` that of those of
 * its `programme`.
 * 2. For each of `roles`, and of `competencies`: the one of the same `name` gets its other members.
 * 3. For each of `stages`: the one of that `name` under the role of the name `role` gets its other members.
 * 4. For each of `nodes`: the one node of the same `address` gets its other members. It stands under the `requirement` of
 * a role, a stage or a competency or among the `preferred` of a role, or under their `children`; its own `children` stay.
 *
 * Everything else stays as it is. `changed` is what to tell people; it need not be applied.
 */
export interface Changes {
  /** The day the outcome holds for. */
  as_of: string;
  /** What is to be said of the version that governs. */
  governs: Governs;
  /** The whole outcome, if another version governs now. */
  whole: Outcome | null;
  /** The statuses that changed: of requirements, then of competencies, then of roles and their stages. */
  changed: readonly Changed[];
  /** The roles of which something else is to be said, in the order written. */
  roles: readonly RoleChange[];
  /** The stages of roles of which something else is to be said, in the order written. */
  stages: readonly StageChange[];
  /** The competencies of which something else is to be said, in the order written. */
  competencies: readonly CompetencyChange[];
  /** The nodes of which something else is to be said, in the order of the outcome. */
  nodes: readonly NodeChange[];
  /** All waivers, and what became of each now. */
  waivers: readonly Waiver[];
  /** All notices, as they are now. */
  notices: readonly string[];
}

/** Why the version governs that does. */
export interface Governs {
  /** The version that is in force on the day, if one is. */
  in_force: string | null;
  /** Why the version governs, in words, if the programme has several. */
  why: string | null;
  /** The last day on which it does, if nothing but time passes and another follows within ten years. */
  until: string | null;
}

/** A status that changed. */
export interface Changed {
  /** What has the status. */
  of: ChangedOf;
  /** The address of the requirement, or the name of the competency or role. */
  address: string;
  /** The status it had. */
  before: Status;
  /** The status it has. */
  after: Status;
}

/** What has a status. */
export type ChangedOf =
  /** A requirement. */
  | "requirement"
  /** A competency. */
  | "competency"
  /** A role. */
  | "role"
  /** A stage of a role, with the address `role.stage`. */
  | "stage";

/** What is said of a role. */
export interface RoleChange {
  /** Its name. */
  name: string;
  /** Whether the candidate is eligible. */
  status: Status;
  /** Whether what is under review may still undo it. */
  at_risk: boolean;
  /** How far it is. */
  progress: Progress;
  /** The last day it holds if nothing but time passes; nothing unless it is met and lapses within ten years. */
  holds_until: Turn | null;
  /** The first day on which time alone makes it met; nothing if it is met, or does not come to be within ten years. */
  opens_on: Turn | null;
  /** How it would stand without waivers, if one reaches it. */
  without_waivers: Status | null;
  /** The first stage that is not met. */
  next: string | null;
  /** The post by which eligibility stays. */
  held: Held | null;
}

/** What is said of a stage. */
export interface StageChange {
  /** The name of its role. */
  role: string;
  /** Its name. */
  name: string;
  /** Whether the candidate is in it. */
  status: Status;
  /** Whether what is under review may still undo it. */
  at_risk: boolean;
  /** How far it is. */
  progress: Progress;
  /** The last day it holds if nothing but time passes; nothing unless it is met and lapses within ten years. */
  holds_until: Turn | null;
  /** The first day on which time alone makes it met; nothing if it is met, or does not come to be within ten years. */
  opens_on: Turn | null;
  /** How it would stand without waivers, if one reaches it. */
  without_waivers: Status | null;
  /** For how long a post in it lasts, in words. */
  valid: string | null;
  /** The post by which it is held, or by which it stays. */
  held: Held | null;
}

/** What is said of a competency. */
export interface CompetencyChange {
  /** Its name. */
  name: string;
  /** How it stands. */
  status: Status;
  /** Whether what is under review may still undo it. */
  at_risk: boolean;
  /** How far it is. */
  progress: Progress;
  /** The last day it holds if nothing but time passes; nothing unless it is met and lapses within ten years. */
  holds_until: Turn | null;
  /** The first day on which time alone makes it met; nothing if it is met, or does not come to be within ten years. */
  opens_on: Turn | null;
  /** How it would stand without waivers, if one reaches it. */
  without_waivers: Status | null;
  /** The credential that decided, if one did. */
  credential: Credential | null;
  /** The day up to which evidence does not count, because a credential issued then has expired. */
  renewal_after: string | null;
}

/** What is said of a node, all that depends on the record and the day. */
export interface NodeChange {
  /** Its address. */
  address: string;
  /** How it stands. */
  status: Status;
  /** Whether what is under review may still undo it. */
  at_risk: boolean;
  /** Whether an earlier step is to be met first. */
  locked: boolean;
  /** How far it is. */
  progress: Progress;
  /** The last day it holds if nothing but time passes; nothing unless it is met and lapses within ten years. */
  holds_until: Turn | null;
  /** The first day on which time alone makes it met; nothing if it is met, or does not come to be within ten years. */
  opens_on: Turn | null;
  /** What was found, where the requirement counts. */
  found: Quantity | null;
  /** What is asked for, where the requirement counts. */
  needed: Quantity | null;
  /** The ids of the records that count. */
  counted: readonly string[];
  /** The records that nearly count. */
  near_misses: readonly NearMiss[];
  /** What is missing, in words a candidate can act on; empty once it is met. */
  missing: readonly string[];
  /** What nobody supplied and the result depends on. */
  unknown: readonly Unknown[];
  /** What the programme tells the candidate, with live values; only while it is not met. */
  advice: string | null;
  /** The waiver it rests on. */
  waiver: NodeWaiver | null;
  /** Of a group without reuse, what each requirement is given. */
  allocation: Allocation | null;
}

/** What a list of changes would do to an outcome. */
export interface WhatIf {
  /** The day after the changes. */
  as_of: string;
  /** The statuses that differ: of requirements, then of competencies, then of roles. */
  changed: readonly Changed[];
  /** The outcome without the changes. */
  before: Outcome;
  /** The outcome with them. */
  after: Outcome;
}

/** What would make roles met. */
export interface Next {
  /** The day it holds for. */
  as_of: string;
  /** The roles that are not met, and the next stage of each that is, in the order written; or what was asked for. */
  roles: readonly RoleNext[];
}

/** What would make a role, or a stage of it, met. */
export interface RoleNext {
  /** Its name. */
  name: string;
  /** The name of its stage that is to be reached; nothing if it is the role itself. */
  stage: string | null;
  /** How it stands. */
  status: Status;
  /** The sets of actions that cost least, at most three; none if none was found. */
  proposals: readonly Proposal[];
  /** How many others that cost the same were found. */
  alternatives: number;
  /** Whether it is proven that no set of actions costs less, or without a proposal, that none would do. */
  exact: boolean;
  /** Why there is no proposal, or why it is not exact. */
  why: string | null;
}

/** A set of actions that makes it met; it has been evaluated. */
export interface Proposal {
  /** The actions; those that are the same stand there once. */
  actions: readonly Action[];
  /** The hours that they take together, if the programme states what its evidence takes. */
  effort: number | null;
  /** How many actions they are. */
  count: number;
  /** The same as a list of changes: the JSON text that `what_if` takes. */
  changes: string;
}

/** Something to be done. */
export interface Action {
  /** What is done. */
  do: Do;
  /** The kind of evidence, the fact, the id of the record or credential, or the day. */
  of: string;
  /** How often it is done. */
  count: number;
  /** A sentence. */
  text: string;
}

/** What is done. */
export type Do =
  /** A record is submitted, and accepted. */
  | "submit"
  /** A fact is supplied, or would have to be another. */
  | "supply"
  /** What an accepted record lacks is filled in. */
  | "complete"
  /** What is under review is accepted. */
  | "accept"
  /** The day is waited for. */
  | "wait";

/** How every role, stage, competency and requirement stands on every day, if nothing but time passes. */
export interface Timeline {
  /** The day it is told for. */
  as_of: string;
  /** The first day: the first that the record knows of, or the day it is told for. */
  from: string;
  /** The last day, ten years after the day it is told for; or the last that is known, if there was too much to look at. */
  to: string;
  /** Whether the last day was reached. */
  complete: boolean;
  /** The roles, in the order written. */
  roles: readonly RoleTimeline[];
  /** The competencies, in the order written. */
  competencies: readonly NamedTimeline[];
  /** The requirements, each once, in the order of the outcome. */
  requirements: readonly RequirementTimeline[];
}

/** How a role and its stages stand. */
export interface RoleTimeline {
  /** Its name. */
  name: string;
  /** Its title. */
  title: string | null;
  /** The stretches of being eligible, each beginning on the day after the one before; at least one. */
  stretches: readonly Stretch[];
  /** Its stages, in the order written. */
  stages: readonly NamedTimeline[];
}

/** Days that follow one another, on all of which something stands the same. */
export interface Stretch {
  /** The first day. */
  from: string;
  /** The last day. */
  to: string;
  /** How it stands. */
  status: Status;
  /** Whether what is under review may still undo it. */
  at_risk: boolean;
  /** What changed it on the first day; `null` of the first stretch. */
  because: string | null;
  /** The id of the evidence, credential or waiver that did, if one did and has an id. */
  record: string | null;
}

/** How a competency, or a stage of a role, stands. */
export interface NamedTimeline {
  /** Its name. */
  name: string;
  /** Its title. */
  title: string | null;
  /** The stretches, each beginning on the day after the one before; at least one. */
  stretches: readonly Stretch[];
}

/** How a requirement stands. */
export interface RequirementTimeline {
  /** Its address. */
  address: string;
  /** Its title. */
  title: string | null;
  /** The stretches, each beginning on the day after the one before; at least one. */
  stretches: readonly Stretch[];
}

/** An outcome with what it rests on. */
export interface Receipt {
  /** The form of the receipt: 1. */
  receipt: number;
  /** The version of Milepost that wrote it. */
  milepost: string;
  /** `sha256:` and the hash of the programme's texts. */
  definition: string;
  /** `sha256:` and the hash of the canonical record. */
  record: string;
  /** The day the outcome holds for. */
  as_of: string;
  /** The outcome. */
  outcome: Outcome;
}

/** What replaying a receipt shows. */
export interface Verification {
  /** Whether definition, record and outcome are all as the receipt says. */
  same: boolean;
  /** The day that was replayed. */
  as_of: string;
  /** The version of Milepost; that it differs alone changes nothing. */
  milepost: Compared;
  /** The hash of the programme's texts. */
  definition: Compared;
  /** The hash of the canonical record. */
  record: Compared;
  /** The outcome. */
  outcome: ComparedOutcome;
}

/** One thing the receipt says, and what it is here. */
export interface Compared {
  /** Whether the two are the same. */
  same: boolean;
  /** What the receipt says. */
  receipt: string;
  /** What it is here. */
  replayed: string;
}

/** How the outcome of a receipt compares with the one replayed. */
export interface ComparedOutcome {
  /** Whether the two are the same document. */
  same: boolean;
  /** Whether every role and competency stands as the receipt says, however the rest differs. */
  verdicts_same: boolean;
  /** Where they differ, in the order of the document; at most 100. */
  differences: readonly Difference[];
  /** In how many places more they differ. */
  more: number;
}

/** One place where the outcome of a receipt is not the one replayed. */
export interface Difference {
  /** Where in the receipt: a JSON pointer (RFC 6901). What the receipt lacks has the place it has in the outcome replayed. */
  pointer: string;
  /** The role, the competency or the address of the requirement this is about, if it is about one. */
  address: string | null;
  /** Its title, or the requirement in words if it has none. */
  title: string | null;
  /** What the receipt has there, as JSON text, cut short if it is long; `null` if it has nothing there. */
  receipt: string | null;
  /** What the outcome replayed has there, likewise. */
  replayed: string | null;
}

/** A record is refused whole: nothing is guessed, and nothing is dropped silently. */
export interface Refusal {
  /** What is wrong, in the order of the text; at most 1 000. */
  problems: readonly Problem[];
  /** How many problems more there are. */
  more: number;
}

/** One thing that is wrong with a record. */
export interface Problem {
  /** Where: a JSON pointer (RFC 6901); empty for the document as a whole. */
  pointer: string;
  /** What is wrong: one sentence, lower case, no full stop. */
  message: string;
  /** What to do about it. */
  help: string | null;
  /** A second place that is involved, such as the first use of an id. */
  also: string | null;
  /** For text that is not JSON, and for tables: the line, from 1. */
  line: number | null;
  /** For text that is not JSON: the column in characters, from 1. For tables: which column, from 1. */
  column: number | null;
}

/** What checking the allocations of an outcome shows. */
export interface CheckedAllocations {
  /** Whether all that the outcome says of who is given what holds. */
  holds: boolean;
  /** The candidate's id. */
  candidate: string;
  /** The day the outcome holds for. */
  as_of: string;
  /** `sha256:` and the hash of the texts of the version that governs. */
  definition: string;
  /** Every group without reuse, in the programme's order. */
  groups: readonly CheckedGroup[];
  /** What does not hold, each with its place in the outcome; at most 1 000. */
  problems: readonly Problem[];
  /** How much more does not hold. */
  more: number;
}

/** What checking one group without reuse shows. */
export interface CheckedGroup {
  /** Its address. */
  address: string;
  /** Its title. */
  title: string | null;
  /** What the outcome says of it. */
  says: Said;
  /** Whether that holds. */
  holds: boolean;
}

/** What an outcome says of a group without reuse. */
export type Said =
  /** All its requirements can be served, and how. */
  | "served"
  /** Some of them cannot be served together, and why. */
  | "blocked"
  /** Nothing. */
  | "nothing";

/** The measures of a programme over a cohort. */
export interface CohortReport {
  /** The version of Milepost. */
  milepost: string;
  /** The programme. */
  programme: Programme;
  /** The day the figures hold for. */
  as_of: string;
  /** How many candidates were evaluated; nothing if that is held back. */
  candidates: number | null;
  /** How many records were refused: they are part of no figure. */
  refused: number;
  /** Figures that fewer people stand behind, or are left out of, are held back. */
  suppressed_below: number | null;
  /** The measures, in the order written. */
  measures: readonly Measure[];
}

/** Which programme it was. */
export interface Programme {
  /** Its name. */
  name: string;
  /** Its version. */
  version: string | null;
  /** `sha256:` and the hash of its texts. */
  definition: string;
}

/** What a measure comes to. */
export interface Measure {
  /** Its name. */
  name: string;
  /** Its title. */
  title: string | null;
  /** What its documentation says. */
  doc: string | null;
  /** What it counts. */
  kind: MeasureKind;
  /** The figure; a share in per cent, rounded to a tenth. Nothing where there is a note. */
  value: number | null;
  /** How many candidates count, where the measure says who does. */
  met: number | null;
  /** How many candidates were looked at. */
  of: number | null;
  /** Of how many of these it is open whether they count: something is under review or unknown. */
  undecided: number | null;
  /** Why there is no figure. */
  note: MeasureNote | null;
}

/** What a measure counts. */
export type MeasureKind =
  /** A share of candidates. */
  | "percent"
  /** Candidates. */
  | "candidates"
  /** Different values of a fact. */
  | "different"
  /** Competencies met. */
  | "competencies";

/** Why a measure has no figure. */
export type MeasureNote =
  /** There was nobody to look at: a share of nothing is no number. */
  | "nobody"
  /** It would tell of too few people. */
  | "suppressed"
  /** There are more than a million different values. */
  | "too_many";

/** What stands in place of the outcome of a candidate whose record is refused. */
export interface RefusedRow {
  /** The refusal. */
  refused: RefusedLine;
}

/** A refused record of a cohort. */
export interface RefusedLine {
  /** The line it stands on, from 1. */
  line: number;
  /** What is wrong with it. */
  problems: readonly Problem[];
  /** How many problems more there are. */
  more: number;
}

/** A problem in a programme's texts. */
export interface Diagnostic {
  /** Its code, `MP0102` for one; each has a page. */
  code: string;
  /** How bad it is. */
  severity: Severity;
  /** One sentence. */
  message: string;
  /** The places, the problem's own first. */
  labels: readonly Label[];
  /** What to do about it. */
  help: readonly string[];
  /** What mends it, where that is certain: all of it together. */
  edits: readonly Edit[];
}

/** How bad a problem is. */
export type Severity =
  /** The programme cannot be evaluated. */
  | "error"
  /** It can be, and is probably not what was meant. */
  | "warning";

/** A stretch of text and what is to be said of it. */
export interface Label {
  /** The path of the file. */
  file: string;
  /** Where it begins. */
  start: Place;
  /** Where it ends: the place after its last character. */
  end: Place;
  /** What is here; may be empty. */
  text: string;
}

/** A place in a text. */
export interface Place {
  /** Bytes from the start of the text, from 0. */
  byte: number;
  /** UTF-16 units from the start of the text, from 0. */
  utf16: number;
  /** The line, from 1. */
  line: number;
  /** The column in characters, from 1. */
  column: number;
}

/** A text to put in the place of another. */
export interface Edit {
  /** The path of the file. */
  file: string;
  /** Where what goes begins. */
  start: Place;
  /** Where it ends: the place after its last character. */
  end: Place;
  /** What comes. */
  text: string;
}

/** What is to be said of a place. */
export interface Hover {
  /** Where what it is about begins. */
  from: number;
  /** Where that ends. */
  to: number;
  /** What it is, in Markdown. */
  markdown: string;
}

/** Something that may stand at a place. */
export interface Completion {
  /** What comes. */
  text: string;
  /** What it is. */
  kind: TokenKind;
  /** More about it: a title, a type. */
  detail: string | null;
  /** Where what it takes the place of begins. */
  from: number;
  /** Where that ends. */
  to: number;
}

/** What a piece of a text is, or what a name stands for. */
export type TokenKind =
  /** A comment. */
  | "comment"
  /** A text in quotation marks. */
  | "text"
  /** A number, a date or a share. */
  | "number"
  /** A word of the language. */
  | "keyword"
  /** The programme. */
  | "pathway"
  /** The name a file gives to a file it uses. */
  | "alias"
  /** A scale. */
  | "scale"
  /** A level of a scale. */
  | "level"
  /** A rubric. */
  | "rubric"
  /** A criterion of a rubric. */
  | "criterion"
  /** A fact of the candidate. */
  | "fact"
  /** A kind of evidence. */
  | "evidence"
  /** A field of a kind of evidence. */
  | "field"
  /** One of the values of a fact or field. */
  | "choice"
  /** A competency. */
  | "competency"
  /** A role. */
  | "role"
  /** A stage of a role. */
  | "stage"
  /** A rule. */
  | "rule"
  /** A parameter of a rule. */
  | "parameter"
  /** A measure over a cohort. */
  | "measure"
  /** The label of a requirement. */
  | "label"
  /** A scenario. */
  | "scenario";

/** Something that a text declares. */
export interface Symbol {
  /** Its name; of a scenario its title. */
  name: string;
  /** What it is. */
  kind: TokenKind;
  /** Its title. */
  title: string | null;
  /** Where its name begins. */
  from: number;
  /** Where its name ends. */
  to: number;
  /** Where all of it begins. */
  whole_from: number;
  /** Where all of it ends. */
  whole_to: number;
  /** What belongs to it, in the order written. */
  children: readonly Symbol[];
}

/** A piece of a text, for painting it. */
export interface Token {
  /** Where it begins. */
  from: number;
  /** Where it ends; never on another line. */
  to: number;
  /** What it is. */
  kind: TokenKind;
  /** Whether it is a name that is declared here. */
  declared: boolean;
}
