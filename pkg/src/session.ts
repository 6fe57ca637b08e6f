// A record that changes. In: a record, then evidence, facts and fields one at a time. Out: outcomes, and what changed.

import { dayOf, jsonOf, jsonOfObject, text } from "./arguments.js";
import { disposable } from "./disposable.js";
import { MilepostError } from "./error.js";
import { patched } from "./patch.js";
import { bytes, value, type RawSession } from "./raw.js";
import type { AnyProgramme, Answer, AsOf, EntryOf, FactsOf, ProgrammeTypes } from "./types.js";
import type { Changes } from "./wire.js";

/** A record kept inside the engine, for pages on which it changes. What is refused changes nothing. */
export class Session<P extends ProgrammeTypes = AnyProgramme> {
  #raw: RawSession | null;
  #outcome: P["outcome"] | null = null;

  /** @internal `Pathway.session` makes sessions. */
  constructor(raw: RawSession) {
    this.#raw = raw;
  }

  /** Adds a piece of evidence, a credential or a waiver. */
  add(entry: EntryOf<P["record"]>): void {
    bytes("what was to be added is refused", this.#live().add(jsonOfObject("what is added", entry)));
  }

  /** Removes a piece of evidence, a credential or a waiver. */
  remove(id: string): void {
    bytes("nothing is removed", this.#live().remove(text("the id", id)));
  }

  /** Sets a fact; `null` makes it unknown. */
  set<N extends keyof FactsOf<P["record"]> & string>(fact: N, value: FactsOf<P["record"]>[N] | null): void;
  /** Sets a field of a piece of evidence; `null` makes it unknown. */
  set(id: string, field: string, value: unknown): void;
  set(...given: [string, unknown] | [string, string, unknown]): void {
    const raw = this.#live();
    const refused =
      given.length === 3
        ? raw.set_field(text("the id", given[0]), text("the field", given[1]), jsonOf("the value", given[2]))
        : raw.set_fact(text("the fact", given[0]), jsonOf("the value", given[1]));
    bytes("the value is refused", refused);
  }

  /** Says on which day the candidate enrolled; `null` makes it unknown. */
  enrol(day: string | null): void {
    bytes("the day is refused", this.#live().set_enrolled(jsonOf("the day", day)));
  }

  /** The record as it is now. */
  record(): P["record"] {
    return value("the record", this.#live().record());
  }

  /** The outcome of the record as it is now, and what changed in it since this was asked last. */
  outcome(options: AsOf): Answer<P["outcome"]> {
    const raw = this.#live();
    const asOf = dayOf(options);
    if (this.#outcome === null) {
      this.#outcome = value<P["outcome"]>("the day is refused", raw.outcome(asOf));
      return { outcome: this.#outcome, changed: [] };
    }
    const changes = value<Changes>("the day is refused", raw.changes(asOf));
    this.#outcome = patched(this.#outcome, changes);
    return { outcome: this.#outcome, changed: changes.changed };
  }

  /** Lets go of the memory; nothing can be asked of it afterwards. */
  free(): void {
    this.#raw?.free();
    this.#raw = null;
  }

  declare [Symbol.dispose]: () => void;

  #live(): RawSession {
    if (this.#raw) return this.#raw;
    throw new MilepostError("this session was freed");
  }
}

disposable(Session.prototype);
