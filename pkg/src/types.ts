// The types of the calls, beside those of the documents in wire.ts.

import type { Diagnostic } from "./wire.js";

/** The day to evaluate for. */
export interface AsOf {
  /** A day like `"2026-11-22"`. */
  asOf: string;
}

/** Which programme a plan is of. */
export interface Identity {
  readonly name: string;
  readonly version: string | null;
  /** `sha256:` and the hash of the programme's texts. */
  readonly definition: string;
  /** The version of the plan's format. */
  readonly format: number;
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

/** The facts of a record, by name. */
export type FactsOf<R> = R extends { readonly facts?: infer F } ? NonNullable<F> : never;

/** The evidence that a record may hold. */
export type EvidenceOf<R> = R extends { readonly evidence?: infer E }
  ? NonNullable<E> extends readonly (infer One)[]
    ? One
    : never
  : never;
