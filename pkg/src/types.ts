// The types of the calls, beside those of the documents in wire.ts.

import type { MilepostError } from "./error.js";
import type { Changed, Diagnostic, Outcome } from "./wire.js";

/** The day to evaluate for. */
export interface AsOf {
  /** A day like `"2026-11-22"`. */
  asOf: string;
}

/** Which programme a plan is of. */
export interface Identity {
  readonly name: string;
  readonly title: string | null;
  readonly version: string | null;
  /** `sha256:` and the hash of the programme's texts. */
  readonly definition: string;
  /** The version of the plan's format. */
  readonly format: number;
  /** The version of Milepost. */
  readonly milepost: string;
}

/** What compiling made. */
export interface Compiled {
  /** The plan, for `load`, for a file, for another host; `null` if the texts have errors. */
  readonly plan: Uint8Array | null;
  /** What is wrong or doubtful. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The texts of a programme: path to text. */
export type Sources = Readonly<Record<string, string>>;

/** A record of a programme whose types are not written down. `milepost types` writes them. */
export interface AnyRecord {
  readonly id: string;
  readonly enrolled?: string | null;
  readonly facts?: { readonly [name: string]: unknown } | null;
  readonly evidence?: readonly AnyEvidence[] | null;
  readonly credentials?: readonly object[] | null;
}

/** A piece of evidence of a programme whose types are not written down. */
export interface AnyEvidence {
  readonly id: string;
  readonly kind: string;
  readonly date: string;
  readonly [field: string]: unknown;
}

/** The types of one programme, as `milepost types` writes them. */
export interface ProgrammeTypes {
  record: object;
  outcome: Outcome;
}

/** The types of a programme of which nobody wrote them down. */
export interface AnyProgramme {
  record: AnyRecord;
  outcome: Outcome;
}

/** The facts of a record, by name. */
export type FactsOf<R> = R extends { readonly facts?: infer F } ? NonNullable<F> : { readonly [name: string]: unknown };

/** What the lists of a record hold: evidence and credentials. */
export type EntryOf<R> = One<R, "evidence"> | One<R, "credentials"> | One<R, "waivers">;

type One<R, K extends string> = R extends { readonly [k in K]?: infer L }
  ? NonNullable<L> extends readonly (infer E)[]
    ? E
    : never
  : never;

/** A change of a record, for `whatIf`. */
export type Change<R = AnyRecord> =
  | { readonly add: EntryOf<R> }
  | { readonly remove: string }
  | { readonly fact: keyof FactsOf<R> & string; readonly value: unknown }
  | { readonly field: string; readonly key: string; readonly value: unknown }
  | { readonly enrolled: string | null }
  | { readonly as_of: string };

/** Records as they come: objects, or their JSON. */
export type Records<R> = Iterable<R | string | Uint8Array> | AsyncIterable<R | string | Uint8Array>;

/** What became of one of many records. */
export type Evaluated<O extends Outcome> =
  | { readonly outcome: O; readonly refused: null }
  | { readonly outcome: null; readonly refused: MilepostError };

/** What of a report is held back. */
export interface Suppressed {
  /** Figures that fewer people stand behind, or are left out of, are held back: a whole number of 1 or more. */
  suppressBelow?: number | null;
}

/** An outcome, and the statuses that changed since the session was asked last. */
export interface Answer<O extends Outcome> {
  /** The whole outcome. What did not change is the same object as before, so `===` tells what to draw again. */
  readonly outcome: O;
  /** The statuses that changed; empty the first time. */
  readonly changed: readonly Changed[];
}
