// What goes wrong, as one kind of error. In: a refusal as the engine gives it, or a sentence. Out: a MilepostError.

import type { Problem, Refusal } from "./wire.js";

/** Something was refused. The message is for people; the lists inside are for programs. */
export class MilepostError extends Error {
  override readonly name = "MilepostError";
  /** What is wrong with a record or another document, each with its place. */
  readonly problems: readonly Problem[];
  /** How many problems there are beyond those. */
  readonly more: number;

  constructor(message: string, { problems = [], more = 0 }: Partial<Refusal> = {}) {
    super(message);
    this.problems = problems;
    this.more = more;
  }
}

/** The error for what the engine refused. */
export function refused(what: string, refusal: Refusal): MilepostError {
  const lines = refusal.problems.map(sentence);
  if (refusal.more > 0) lines.push(`and ${refusal.more} more`);
  const [only] = lines;
  return new MilepostError(lines.length === 1 ? `${what}: ${only}` : [`${what}:`, ...lines].join("\n  "), refusal);
}

function sentence({ pointer, message, help, line, column }: Problem): string {
  const place = line !== null && column !== null ? `line ${line}, column ${column}: ` : pointer && `${pointer}: `;
  return `${place}${message}${help === null ? "" : `; ${help}`}`;
}
