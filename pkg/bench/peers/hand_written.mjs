// What a good developer would write by hand for this one programme. In: the record as JSON and a day. Out: `verdict` says yes
// or no for each name; `explained` gives the bytes that Milepost gives, so that both do the same work.
//
// Only what the workload needs is here: statuses `accepted` and `under_review`, every fact supplied, no credentials.

const KINDS = [
  ["artefact", "Artefact"],
  ["observation", "Observation"],
  ["reflection", "Reflection"],
  ["survey", "Survey"],
  ["peer_review", "Peer review"],
];
const COMPETENCIES = [
  ["goals", "Sets goals"],
  ["data", "Reads data"],
  ["feedback", "Gives feedback"],
  ["teams", "Builds teams"],
];
const LEVELS = ["ineffective", "developing", "effective", "highly_effective"];
const WORDS = ["no", "one", "two", "three"];
const DEFINITION = "sha256:46af17b99134d172567bb3ae289e009683c1606efc87296d2ca7a04c49f1a879";

const accepted = (entry) => entry.status === undefined || entry.status === "accepted";

/** The day after the same day three years earlier. */
function windowStart(asOf) {
  const day = new Date(`${asOf}T00:00:00Z`);
  day.setUTCFullYear(day.getUTCFullYear() - 3);
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

/** Yes or no, and nothing else, of a record that is an object already. */
export function decided(record, asOf) {
  const from = windowStart(asOf);
  const ways = new Map(COMPETENCIES.map(([name]) => [name, new Set()]));
  const ratings = [];
  for (const entry of record.evidence) {
    if (!accepted(entry) || entry.date > asOf) continue;
    if (entry.kind === "annual_rating") ratings.push(entry);
    else if (entry.date >= from) for (const name of entry.for) ways.get(name).add(entry.kind);
  }
  ratings.sort((a, b) => (a.date < b.date ? 1 : -1));
  const effective = ratings.slice(0, 3).filter((entry) => LEVELS.indexOf(entry.level) >= 2).length;
  const shown = COMPETENCIES.map(([name]) => [name, ways.get(name).size >= 3]);
  const lead =
    shown.every(([, yes]) => yes) &&
    effective >= 2 &&
    record.facts.licence_expires >= asOf &&
    record.facts.years >= 3;
  return Object.fromEntries([...shown, ["lead", lead]]);
}

export const verdict = (text, asOf) => decided(JSON.parse(text), asOf);

const progress = (met, of) => ({ met, of, percent: Math.floor((met * 100) / of) });

function node(address, title, text, status, met, of, rest) {
  return {
    address, title, text, status, at_risk: false, locked: false, progress: progress(met, of),
    found: rest.found ?? null, needed: rest.needed ?? null, counted: rest.counted ?? [],
    near_misses: rest.near_misses ?? [], missing: rest.missing, unknown: [], refers_to: rest.refers_to ?? null,
    cites: [], advice: null, children: rest.children ?? [],
  };
}

function list(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** How one kind of evidence stands for a competency; `entries` are of that kind and for it, or undefined. */
function way(address, kindTitle, title, entries, from) {
  const counted = [];
  const nearMisses = [];
  const reviewed = [];
  for (const entry of entries ?? []) {
    const recent = entry.date >= from;
    if (recent && accepted(entry)) counted.push(entry.id);
    else if (recent) {
      reviewed.push(entry.id);
      nearMisses.push({ id: entry.id, reason: "under review" });
    } else if (accepted(entry)) {
      nearMisses.push({ id: entry.id, reason: `${entry.date} is before ${from}, the first day that counts` });
    }
  }
  const status = counted.length > 0 ? "met" : reviewed.length > 0 ? "pending" : "unmet";
  const what = `one ${kindTitle} for ${title} within 3 years`;
  const missing = {
    met: [],
    pending: [`the review of ${list(reviewed)} to come out well`],
    unmet: [what],
  }[status];
  return node(address, null, `at least ${what}`, status, status === "met" ? 1 : 0, 1, {
    found: counted.length, needed: 1, counted, near_misses: status === "met" ? [] : nearMisses, missing,
  });
}

function competency([name, title], shown, from) {
  const children = KINDS.map(([kind, kindTitle], at) =>
    way(`${name}/${at + 1}`, kindTitle, title, shown.get(`${kind} ${name}`), from),
  );
  const met = children.filter((child) => child.status === "met").length;
  const possible = children.filter((child) => child.status !== "unmet").length;
  const status = met >= 3 ? "met" : possible >= 3 ? "pending" : "unmet";
  const steps = Math.min(met, 3);
  const missing = [];
  if (status !== "met") missing.push(met === 0 ? "three of these five" : `${WORDS[3 - met]} more of these five`);
  return {
    name, title, about: null, doc: null, status, at_risk: false, progress: progress(steps, 3),
    award: null, credential: null, renewal_after: null,
    requirement: node(name, null, "at least three of the following", status, steps, 3, {
      found: met, needed: 3, missing, children,
    }),
  };
}

function role(competencies, ratings, facts, asOf) {
  const children = competencies.map(({ name, title, status, progress: { met } }) =>
    node(`lead.${name}`, title, `the competency ${title}`, status, met, 3, {
      missing: status === "met" ? [] : [`the competency ${title}`],
      refers_to: name,
    }),
  );
  const latest = ratings.slice(-3);
  const counted = latest.filter((entry) => LEVELS.indexOf(entry.level) >= 2).map((entry) => entry.id);
  const rated = counted.length >= 2;
  children.push(
    node(
      "lead.rated",
      "Rated effective",
      "at least two records of Annual rating among the latest three, where Level is effective or better",
      rated ? "met" : "unmet",
      Math.min(counted.length, 2),
      2,
      { found: counted.length, needed: 2, counted, missing: rated ? [] : [`${WORDS[2 - counted.length]} more`] },
    ),
  );
  const test = (address, title, text, met, missing) =>
    node(address, title, text, met ? "met" : "unmet", met ? 1 : 0, 1, { missing: met ? [] : [missing] });
  children.push(
    test(
      "lead.licensed", "Licensed", "Licence expires is on or after today", facts.licence_expires >= asOf,
      `Licence expires is ${facts.licence_expires}; on or after today is asked for`,
    ),
    test(
      "lead/7", null, "Years of teaching is 3 or more", facts.years >= 3,
      `Years of teaching is ${facts.years}; 3 or more is asked for`,
    ),
  );
  const statuses = children.map((child) => child.status);
  const status = statuses.includes("unmet") ? "unmet" : statuses.includes("pending") ? "pending" : "met";
  const met = children.reduce((sum, child) => sum + child.progress.met, 0);
  const of = children.reduce((sum, child) => sum + child.progress.of, 0);
  return {
    name: "lead", title: "Lead teacher", about: null, doc: null, status, at_risk: false, progress: progress(met, of),
    incentives: [],
    requirement: node("lead", null, "all of the following", status, met, of, { missing: [], children }),
    preferred: [],
  };
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The whole outcome as canonical JSON, from the bytes of the record. */
export function explained(bytes, asOf) {
  const record = JSON.parse(decoder.decode(bytes));
  const from = windowStart(asOf);
  const evidence = record.evidence
    .filter((entry) => entry.date <= asOf)
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const ratings = [];
  const shown = new Map();
  for (const entry of evidence) {
    if (entry.kind !== "annual_rating") {
      for (const name of entry.for) {
        const way = `${entry.kind} ${name}`;
        const entries = shown.get(way);
        if (entries) entries.push(entry);
        else shown.set(way, [entry]);
      }
    } else if (accepted(entry)) ratings.push(entry);
  }
  const competencies = COMPETENCIES.map((one) => competency(one, shown, from));
  const outcome = {
    milepost: "0.1.0",
    programme: { name: "workload", version: "1", definition: DEFINITION },
    candidate: record.id,
    as_of: asOf,
    roles: [role(competencies, ratings, record.facts, asOf)],
    competencies,
    notices: [],
  };
  return encoder.encode(JSON.stringify(outcome));
}

export const title = "JavaScript by hand";

export async function setup() {
  return verdict;
}
