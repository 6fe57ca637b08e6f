// What every peer is given. In: the record as JSON text and a day. Out: the record as an object, made flat for languages
// that neither subtract years from a day, nor sort, nor reach from an item of a list to what is outside it:
// `from` is the first day of the window; each piece of evidence says itself whether it is `recent`; `latest` are the
// three latest ratings that count.

export const KINDS = ["artefact", "observation", "reflection", "survey", "peer_review"];
export const COMPETENCIES = ["goals", "data", "feedback", "teams"];

export function prepared(text, asOf) {
  const record = JSON.parse(text);
  const day = new Date(`${asOf}T00:00:00Z`);
  day.setUTCFullYear(day.getUTCFullYear() - 3);
  day.setUTCDate(day.getUTCDate() + 1);
  const from = day.toISOString().slice(0, 10);
  const evidence = [];
  const ratings = [];
  for (const { kind, date, status = "accepted", level = "", for: competencies = [] } of record.evidence) {
    if (status !== "accepted" || date > asOf) continue;
    if (kind === "annual_rating") ratings.push({ date, level });
    else evidence.push({ kind, recent: date >= from, competencies });
  }
  ratings.sort((a, b) => (a.date < b.date ? 1 : -1));
  return { asOf, facts: record.facts, evidence, latest: ratings.slice(0, 3) };
}

/** Yes or no for each name, from a function that answers for one. */
export function verdicts(answer) {
  const shown = COMPETENCIES.map((name) => [name, answer(name)]);
  return Object.fromEntries([...shown, ["lead", answer("lead", shown)]]);
}
