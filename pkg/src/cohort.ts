// Many candidates. In: records, one after the other, as they come. Out: an outcome or a refusal for each, or the measures
// of the programme over them.

import { day, jsonOf, written } from "./arguments.js";
import { MilepostError } from "./error.js";
import { bytes, refusal, value, type RawPathway, type RawReport } from "./raw.js";
import type { Evaluated, Records } from "./types.js";
import type { CohortReport, Outcome } from "./wire.js";

/** Throws if the day is none; then there is no report of a cohort either. */
function report(raw: RawPathway, asOf: string): RawReport {
  const report = raw.report(day(asOf));
  if (report) return report;
  throw refusal("the day is refused", raw.evaluate(jsonOf("no record", {}), asOf));
}

function iterated(records: unknown): asserts records is Records<object> {
  const several = typeof records === "object" && records !== null;
  if (several && (Symbol.asyncIterator in records || Symbol.iterator in records)) return;
  throw new MilepostError("expected the records to be a list, or anything else that for await goes through");
}

/** The outcomes of records, in their order. */
export async function* outcomes<O extends Outcome>(
  live: () => RawPathway,
  records: Records<object>,
  asOf: string,
): AsyncGenerator<Evaluated<O>, void, undefined> {
  iterated(records);
  report(live(), asOf).free();
  for await (const record of records) {
    const raw = live();
    try {
      const found = raw.evaluate(written("the record", record), asOf);
      yield { outcome: value<O>("the record is refused", found), refused: null };
    } catch (problem) {
      if (!(problem instanceof MilepostError)) throw problem;
      yield { outcome: null, refused: problem };
    }
  }
}

/** The measures over records. */
export async function measures(
  raw: RawPathway,
  records: Records<object>,
  asOf: string,
  suppressBelow: number | null,
): Promise<CohortReport> {
  iterated(records);
  const cohort = report(raw, asOf);
  try {
    const bound = jsonOf("suppressBelow", suppressBelow);
    bytes("suppressBelow is refused", cohort.finish(bound));
    for await (const record of records) cohort.add(readable(record));
    return value<CohortReport>("the report", cohort.finish(bound));
  } finally {
    cohort.free();
  }
}

/** The bytes of a record; of what cannot be written as JSON, bytes that are refused, and so counted, like any other. */
function readable(record: object | string | Uint8Array): Uint8Array {
  try {
    return written("the record", record);
  } catch (problem) {
    if (problem instanceof MilepostError) return new Uint8Array();
    throw problem;
  }
}
