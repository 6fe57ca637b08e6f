// The plan's way in. In: the engine and a compiled plan. Out: a pathway.

import { planOf } from "./arguments.js";
import { Pathway } from "./pathway.js";
import { refusal, type RawPathway } from "./raw.js";
import type { AnyProgramme, ProgrammeTypes } from "./types.js";

/** The engine's own way in. */
export interface RawLoader {
  load(plan: Uint8Array): RawPathway | undefined;
  load_refusal(plan: Uint8Array): Uint8Array;
}

/** Loads a plan with an engine. */
export function loadWith<P extends ProgrammeTypes = AnyProgramme>(
  loader: RawLoader,
  plan: unknown,
): Pathway<P> {
  const bytes = planOf(plan);
  const raw = loader.load(bytes);
  if (raw) return new Pathway<P>(raw);
  throw refusal("the plan is refused", loader.load_refusal(bytes));
}
