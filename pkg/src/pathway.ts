// A programme. In: a compiled plan, records, days. Out: outcomes, receipts, sessions.

import { bytesOf, day, dayOf, jsonOfObject, listOf, written } from "./arguments.js";
import { measures, outcomes } from "./cohort.js";
import { disposable } from "./disposable.js";
import { MilepostError } from "./error.js";
import { bytes, refusal, value, type RawPathway } from "./raw.js";
import { Session } from "./session.js";
import type { AnyProgramme, AsOf, Change, Evaluated, Identity, ProgrammeTypes, Records, Suppressed } from "./types.js";
import type { CheckedAllocations, CohortReport, Next, Receipt, Timeline, Verification, WhatIf } from "./wire.js";

/**
 * A checked programme, ready for records. `P` holds the types of its records and outcomes, as `milepost types` writes
 * them.
 *
 * It holds memory outside JavaScript: let it go with `using`, with `free()`, or leave it to the garbage collector.
 */
export class Pathway<P extends ProgrammeTypes = AnyProgramme> {
  #raw: RawPathway | null;
  #identity: Identity | undefined;

  /** @internal `load` makes pathways. */
  constructor(raw: RawPathway) {
    this.#raw = raw;
  }

  /** Which programme it is. */
  get identity(): Identity {
    return (this.#identity ??= Object.freeze(value<Identity>("the identity", this.#live().identity())));
  }

  /** Evaluates a record on a day. Throws a MilepostError that lists everything wrong with the record. */
  evaluate(record: P["record"], options: AsOf): P["outcome"] {
    const asOf = dayOf(options);
    return value("the record is refused", this.#live().evaluate(jsonOfObject("the record", record), asOf));
  }

  /** The same from JSON to JSON: byte for byte what every other host of Milepost gives. */
  evaluateJson(record: string | Uint8Array, asOf: string): Uint8Array {
    const json = bytesOf("the record", record);
    return bytes("the record is refused", this.#live().evaluate(json, day(asOf)));
  }

  /** Evaluates a record, and gives the outcome with all that is needed to verify it later. */
  receipt(record: P["record"], options: AsOf): Receipt {
    const asOf = dayOf(options);
    return value("the record is refused", this.#live().receipt(jsonOfObject("the record", record), asOf));
  }

  /** The same from JSON to JSON: the bytes to keep. */
  receiptJson(record: string | Uint8Array, asOf: string): Uint8Array {
    const json = bytesOf("the record", record);
    return bytes("the record is refused", this.#live().receipt(json, day(asOf)));
  }

  /** Evaluates again what a receipt says, and compares. A receipt may be the object or its JSON. */
  verify(receipt: Receipt | string | Uint8Array, record: P["record"] | string | Uint8Array): Verification {
    const [told, about] = [written("the receipt", receipt), written("the record", record)];
    return value("the receipt cannot be verified", this.#live().verify(told, about));
  }

  /**
   * Checks what an outcome says of who is given what under `without reuse`, or why that cannot be, by counting alone. An
   * outcome may be the object or its JSON. Only a pathway of `milepost` does so, and none of `milepost/evaluate`.
   */
  checkAllocations(
    outcome: P["outcome"] | string | Uint8Array,
    record: P["record"] | string | Uint8Array,
  ): CheckedAllocations {
    const raw = this.#live();
    if (!raw.check_allocations) throw new MilepostError("allocations are checked by `milepost`, not by `milepost/evaluate`");
    const [said, about] = [written("the outcome", outcome), written("the record", record)];
    return value("the outcome cannot be checked", raw.check_allocations(said, about));
  }

  /** What would make each role met that is not, or reach its next stage: the least work, tried. `goal` asks for one role, or for a stage by `role.stage`. */
  next(record: P["record"], options: AsOf & { goal?: string }): Next {
    const asOf = dayOf(options);
    const json = jsonOfObject("the record", record);
    const { goal } = options;
    return value(goal === undefined ? "the record is refused" : "the record or the goal is refused", this.#live().next(json, asOf, goal));
  }

  /** What changes would do, made one after the other; they may be a list or its JSON, as `next` proposes it. */
  whatIf(record: P["record"], changes: readonly Change<P["record"]>[] | string | Uint8Array, options: AsOf): WhatIf {
    const asOf = dayOf(options);
    const [json, list] = [jsonOfObject("the record", record), listOf("the changes", changes)];
    return value("the record or the changes are refused", this.#live().what_if(json, list, asOf));
  }

  /** How every role, competency and requirement stood and will stand, if nothing but time passes. */
  timeline(record: P["record"], options: AsOf): Timeline {
    const asOf = dayOf(options);
    return value("the record is refused", this.#live().timeline(jsonOfObject("the record", record), asOf));
  }

  /**
   * Evaluates many records as they come, and gives an outcome or a refusal for each, in their order. A record may be an
   * object or its JSON, such as a line of a file.
   */
  evaluateAll(records: Records<P["record"]>, options: AsOf): AsyncGenerator<Evaluated<P["outcome"]>, void, undefined> {
    return outcomes<P["outcome"]>(() => this.#live(), records, dayOf(options));
  }

  /** The measures of the programme over many records; those that are refused are counted, and part of no figure. */
  async report(records: Records<P["record"]>, options: AsOf & Suppressed): Promise<CohortReport> {
    return measures(this.#live(), records, dayOf(options), options.suppressBelow ?? null);
  }

  /** Keeps a record inside, for pages on which it changes. */
  session(record: P["record"]): Session<P> {
    const raw = this.#live();
    const json = jsonOfObject("the record", record);
    const session = raw.session(json);
    if (session) return new Session(session);
    throw refusal("the record is refused", raw.session_refusal(json));
  }

  /** Lets go of the memory; nothing can be asked of it afterwards. Its sessions live on. */
  free(): void {
    this.#raw?.free();
    this.#raw = null;
  }

  declare [Symbol.dispose]: () => void;

  #live(): RawPathway {
    if (this.#raw) return this.#raw;
    throw new MilepostError("this pathway was freed");
  }
}

disposable(Pathway.prototype);
