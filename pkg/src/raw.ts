// The engine as wasm-bindgen shows it. In: bytes and texts. Out: documents, whose first byte says what follows: 0 the
// document itself, 1 a refusal.

import { refused, type MilepostError } from "./error.js";
import type { Refusal } from "./wire.js";

export interface RawPathway {
  free(): void;
  identity(): Uint8Array;
  evaluate(record: Uint8Array, asOf: string): Uint8Array;
  receipt(record: Uint8Array, asOf: string): Uint8Array;
  verify(receipt: Uint8Array, record: Uint8Array): Uint8Array;
  /** Only in the module with the compiler. */
  check_allocations?(outcome: Uint8Array, record: Uint8Array): Uint8Array;
  next(record: Uint8Array, asOf: string, goal?: string): Uint8Array;
  what_if(record: Uint8Array, changes: Uint8Array, asOf: string): Uint8Array;
  timeline(record: Uint8Array, asOf: string): Uint8Array;
  report(asOf: string): RawReport | undefined;
  session(record: Uint8Array): RawSession | undefined;
  session_refusal(record: Uint8Array): Uint8Array;
}

export interface RawReport {
  free(): void;
  add(record: Uint8Array): Uint8Array;
  finish(suppressBelow: Uint8Array): Uint8Array;
}

export interface RawSession {
  free(): void;
  add(evidence: Uint8Array): Uint8Array;
  remove(id: string): Uint8Array;
  set_fact(name: string, value: Uint8Array): Uint8Array;
  set_field(id: string, field: string, value: Uint8Array): Uint8Array;
  set_enrolled(value: Uint8Array): Uint8Array;
  outcome(asOf: string): Uint8Array;
  changes(asOf: string): Uint8Array;
  record(): Uint8Array;
}

export interface RawEditor {
  free(): void;
  update(path: string, text: string): Uint8Array;
  remove(path: string): Uint8Array;
  diagnostics(): Uint8Array;
  hover(path: string, at: number): Uint8Array;
  complete(path: string, at: number): Uint8Array;
  format(path: string): Uint8Array;
  symbols(path: string): Uint8Array;
  tokens(path: string): Uint8Array;
}

const decoder = new TextDecoder();

/** The error of a document that is a refusal. `what` says what was refused. */
export function refusal(what: string, document: Uint8Array): MilepostError {
  return refused(what, JSON.parse(decoder.decode(document.subarray(1))) as Refusal);
}

/** The bytes of a document, or the refusal thrown. */
export function bytes(what: string, document: Uint8Array): Uint8Array {
  if (document[0] === 0) return document.subarray(1);
  throw refusal(what, document);
}

/** The value of a document of JSON, or the refusal thrown. */
export function value<T>(what: string, document: Uint8Array): T {
  return JSON.parse(decoder.decode(bytes(what, document))) as T;
}
