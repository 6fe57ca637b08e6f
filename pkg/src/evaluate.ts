// "milepost/evaluate": the engine without the compiler, a fraction of the size. In: a compiled plan. Out: a pathway.

import * as glue from "../wasm/evaluate/milepost.js";
import { loadWith } from "./load.js";
import { start } from "./module.js";
import type { Pathway } from "./pathway.js";
import type { AnyProgramme, ProgrammeTypes } from "./types.js";

export * from "./shared.js";

await start(glue, new URL("../wasm/evaluate/milepost_bg.wasm", import.meta.url));

/**
 * Loads a plan that `milepost compile` or `compile()` made. Throws a MilepostError for anything else.
 *
 * `null` is what `compile()` gives for a programme with errors; it is refused like every other that is no plan.
 */
export function load<P extends ProgrammeTypes = AnyProgramme>(
  plan: Uint8Array | ArrayBuffer | null,
): Pathway<P> {
  return loadWith(glue.Pathway, plan);
}
