// A record that changes. In: a record, then evidence, facts and fields one at a time. Out: outcomes, and what changed.

import { dayOf, jsonOf, jsonOfObject, text } from "./arguments.js";
import { disposable } from "./disposable.js";
import { MilepostError } from "./error.js";
import { bytes, value, type RawSession } from "./raw.js";
import type { AnyRecord, AsOf, EvidenceOf, FactsOf } from "./types.js";
import type { Outcome } from "./wire.js";

/** A record kept inside the engine, for pages on which it changes. What is refused changes nothing. */
export class Session<R extends object = AnyRecord, O extends Outcome = Outcome> {
  #raw: RawSession | null;

  /** @internal `Pathway.session` makes sessions. */
  constructor(raw: RawSession) {
    this.#raw = raw;
  }

  /** Adds a piece of evidence. */
  add(evidence: EvidenceOf<R>): void {
    bytes("the evidence is refused", this.#live().add(jsonOfObject("the evidence", evidence)));
  }

  /** Removes a piece of evidence or a credential. */
  remove(id: string): void {
    bytes("nothing is removed", this.#live().remove(text("the id", id)));
  }

  /** Sets a fact; `null` makes it unknown. */
  set<N extends keyof FactsOf<R> & string>(fact: N, value: FactsOf<R>[N] | null): void;
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

  /** The record as it is now. */
  record(): R {
    return value("the record", this.#live().record());
  }

  outcome(options: AsOf): { outcome: O } {
    return { outcome: value("the outcome", this.#live().outcome(dayOf(options))) };
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
