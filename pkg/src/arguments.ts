// What callers hand in. In: anything, for JavaScript checks nothing. Out: the bytes that the engine reads, or an error
// that says what was expected.

import { MilepostError } from "./error.js";

const encoder = new TextEncoder();

/** A value in words: what an error says was found. */
function found(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value !== "object") return value === undefined ? "undefined" : `a ${typeof value}`;
  const name: unknown = value.constructor?.name;
  if (typeof name !== "string" || name === "Object") return "an object";
  return `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`;
}

function expected(what: string, value: unknown, help = ""): MilepostError {
  return new MilepostError(`expected ${what}, found ${found(value)}${help && `; ${help}`}`);
}

/** A day. That it exists is for the engine to say. */
export function day(value: unknown): string {
  if (typeof value === "string") return value;
  const help =
    value instanceof Date ? "a Date is a moment, and on which day it falls depends on where one stands" : "";
  throw expected('asOf to be a day like "2026-11-22"', value, help);
}

/** The day among the options of a call. */
export function dayOf(options: unknown): string {
  if (typeof options === "object" && options !== null && "asOf" in options) return day(options.asOf);
  if (options === undefined) throw new MilepostError('expected the options { asOf: "2026-11-22" }, found nothing');
  throw expected('the options { asOf: "2026-11-22" }', options);
}

export function text(what: string, value: unknown): string {
  if (typeof value !== "string") throw expected(`${what} to be a text`, value);
  return whole(what, value);
}

/** A place in a text. That the text is so long is for the engine to say. */
export function place(value: unknown): number {
  if (typeof value !== "number") throw expected("the place to be a whole number", value);
  if (Number.isInteger(value) && value >= 0 && value <= 0xffffffff) return value;
  throw new MilepostError(`expected the place to be a whole number of 0 or more, found ${value}`);
}

/** A document as text or as bytes. */
export function bytesOf(what: string, value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value !== "string") throw expected(`${what} to be JSON as text or a Uint8Array`, value);
  return encoder.encode(whole(what, value));
}

/** A text without halves of characters, which no UTF-8 has. */
function whole(what: string, text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new MilepostError(`${what} holds half of a character (a lone surrogate)`);
  return text;
}

/** A compiled plan. */
export function planOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (value === null) throw new MilepostError("there is no plan: the programme has errors, which its diagnostics list");
  throw expected("a plan to be a Uint8Array", value, "compile() and `milepost compile` make one");
}

/** An object, as the bytes of its JSON. */
export function jsonOfObject(what: string, value: unknown): Uint8Array {
  if (typeof value === "string" || value instanceof Uint8Array) {
    throw expected(`${what} to be an object`, value, "JSON as text or bytes is for evaluateJson");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw expected(`${what} to be an object`, value);
  }
  return jsonOf(what, value);
}

/** An object as the bytes of its JSON, or JSON as it stands. */
export function written(what: string, value: unknown): Uint8Array {
  return typeof value === "string" || value instanceof Uint8Array ? bytesOf(what, value) : jsonOfObject(what, value);
}

/** A list, as the bytes of its JSON, or JSON as it stands. */
export function listOf(what: string, value: unknown): Uint8Array {
  if (typeof value === "string" || value instanceof Uint8Array) return bytesOf(what, value);
  if (!Array.isArray(value)) throw expected(`${what} to be a list`, value);
  return jsonOf(what, value);
}

/** Any value, as the bytes of its JSON. */
export function jsonOf(what: string, value: unknown): Uint8Array {
  let json: string | undefined;
  try {
    json = JSON.stringify(value) as string | undefined;
    // JSON.stringify quietly turns a number that is none into null, and null means unknown.
    if (json?.includes("null")) JSON.stringify(value, refuseNoNumbers);
  } catch (problem) {
    const why = problem instanceof Error ? problem.message.split("\n", 1)[0] : String(problem);
    throw new MilepostError(`${what} cannot be written as JSON: ${why}`);
  }
  if (json === undefined) throw expected(`${what} to be a value that JSON has`, value);
  return encoder.encode(json);
}

function refuseNoNumbers(key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`\`${key}\` is ${value}`);
  return value;
}

/** The texts of a programme, as the bytes of their JSON. */
export function sourcesOf(value: unknown): Uint8Array {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw expected("the sources to be an object of path to text", value);
  }
  for (const [path, source] of Object.entries(value)) text(`the text of \`${path}\``, source);
  return jsonOf("the sources", value);
}
