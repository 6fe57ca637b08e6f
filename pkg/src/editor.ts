// The texts of a programme while they are written. In: texts, and places in them. Out: what is wrong, what a place is, what
// may stand there, how a text is laid out, what it declares and its pieces.

import { place, sourcesOf, text } from "./arguments.js";
import { disposable } from "./disposable.js";
import { MilepostError } from "./error.js";
import { bytes, value, type RawEditor } from "./raw.js";
import type { Sources } from "./types.js";
import type { Completion, Diagnostic, Hover, Symbol as Declared, Token } from "./wire.js";

/**
 * The texts of a programme, kept inside the engine while they are written. Each question is answered for the texts as they
 * are now. A place is what indexes a string of JavaScript: a number of UTF-16 code units from the start of the text.
 */
export class Editor {
  #raw: RawEditor | null;

  /** @internal `edit` makes editors. */
  constructor(make: (sources: Uint8Array, main: string) => RawEditor, sources: Sources, main: string) {
    this.#raw = make(sourcesOf(sources), text("the main file's path", main));
  }

  /** A text is another now, or there is one more. */
  update(path: string, source: string): void {
    bytes("the text is refused", this.#live().update(text("the path", path), text(`the text of \`${path}\``, source)));
  }

  /** There is no such text any more. */
  remove(path: string): void {
    bytes("nothing is removed", this.#live().remove(text("the path", path)));
  }

  /** What is wrong or doubtful in the programme, with the lints, and what mends it where that is certain. */
  diagnostics(): Diagnostic[] {
    return value<Diagnostic[]>("the texts are refused", this.#live().diagnostics());
  }

  /** What is to be said of a place: of a name, what it stands for; anywhere else in a requirement, how it reads. */
  hover(path: string, at: number): Hover | null {
    return value<Hover | null>("no such place", this.#live().hover(text("the path", path), place(at)));
  }

  /** What may stand at a place, the likeliest first. */
  complete(path: string, at: number): Completion[] {
    return value<Completion[]>("no such place", this.#live().complete(text("the path", path), place(at)));
  }

  /** A text as `milepost fmt` lays it out; what cannot be read stays as it is. */
  format(path: string): string {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(
      bytes("no such text", this.#live().format(text("the path", path))),
    );
  }

  /** What a text declares, each with what belongs to it, in the order written. */
  symbols(path: string): Declared[] {
    return value<Declared[]>("no such text", this.#live().symbols(text("the path", path)));
  }

  /** The pieces of a text, for painting it, in order. */
  tokens(path: string): Token[] {
    return value<Token[]>("no such text", this.#live().tokens(text("the path", path)));
  }

  /** Lets go of the memory; nothing can be asked of it afterwards. */
  free(): void {
    this.#raw?.free();
    this.#raw = null;
  }

  declare [Symbol.dispose]: () => void;

  #live(): RawEditor {
    if (this.#raw) return this.#raw;
    throw new MilepostError("this editor was freed");
  }
}

disposable(Editor.prototype);
