// "milepost": the compiler, the engine and the editor. In: texts, or a compiled plan. Out: plans, diagnostics, pathways.

import * as glue from "../wasm/full/milepost.js";
import { sourcesOf, text } from "./arguments.js";
import { Editor } from "./editor.js";
import { loadWith } from "./load.js";
import { start } from "./module.js";
import type { Pathway } from "./pathway.js";
import { value } from "./raw.js";
import type { AnyProgramme, Compiled, ProgrammeTypes, Sources } from "./types.js";
import type { Diagnostic } from "./wire.js";

export type { Editor } from "./editor.js";
export * from "./shared.js";

await start(glue, new URL("../wasm/full/milepost_bg.wasm", import.meta.url));

/**
 * Compiles the programme whose main file is at `main`. Errors in the texts are no exceptions: they are `diagnostics`,
 * and then `plan` is null.
 */
export function compile(sources: Sources, main: string): Compiled {
  const compiled = glue.compile(sourcesOf(sources), text("the main file's path", main));
  try {
    const diagnostics = value<Diagnostic[]>("the texts are refused", compiled.diagnostics());
    return { plan: compiled.plan() ?? null, diagnostics };
  } finally {
    compiled.free();
  }
}

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

/**
 * Keeps the texts of the programme whose main file is at `main` while they are written, for an editor in a page. They may be
 * broken, and some may be missing.
 */
export function edit(sources: Sources, main: string): Editor {
  return new Editor(glue.editor, sources, main);
}
