// A programme. In: a compiled plan, records, days. Out: outcomes, receipts, sessions.

import { bytesOf, day, dayOf, jsonOfObject } from "./arguments.js";
import { disposable } from "./disposable.js";
import { MilepostError } from "./error.js";
import { bytes, refusal, value, type RawPathway } from "./raw.js";
import { Session } from "./session.js";
import type { AnyProgramme, AsOf, Identity, ProgrammeTypes } from "./types.js";
import type { Receipt, Verification } from "./wire.js";

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
    const written = (what: string, given: unknown) =>
      typeof given === "string" || given instanceof Uint8Array ? bytesOf(what, given) : jsonOfObject(what, given);
    const [told, about] = [written("the receipt", receipt), written("the record", record)];
    return value("the receipt cannot be verified", this.#live().verify(told, about));
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
