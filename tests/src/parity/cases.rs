//! What every host is asked about. In: how many generated cases, or the name of one case. Out: the cases.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::case::Case;
use super::{damaged, giants, written};
use crate::conformance::page::{self, Expected, MAIN};
use crate::conformance::pages;
use crate::differential::compile;
use crate::examples;
use crate::generator::{self, Random, Size};

/// A day for records that no day is given for.
const SOME_DAY: &str = "2026-11-22";

/// The records and days of each generated programme.
const RECORDS: u64 = 3;
const DAYS: u64 = 2;

/// Generated programmes whose plans and receipts are damaged.
const DAMAGED: u64 = 12;

/// All cases, with so many generated ones.
#[must_use]
pub fn all(generated: u64) -> Vec<Case> {
    let mut hostile = Vec::new();
    let mut cases = conformance();
    cases.extend(with_records());
    let whole: Vec<Case> = (1..=DAMAGED).flat_map(of_seed).step_by(6).collect();
    for (seed, case) in (1..).zip(cases.iter().rev().step_by(27).chain(&whole)) {
        hostile.extend(damaged::of(case, seed));
    }
    cases.extend(hostile);
    cases.extend(giants::all());
    let mut made = 0;
    for seed in 1.. {
        if made >= generated {
            break;
        }
        for case in of_seed(seed).into_iter().take((generated - made) as usize) {
            made += 1;
            cases.push(case);
        }
    }
    cases
}

/// The case of a name.
#[must_use]
pub fn named(name: &str) -> Option<Case> {
    let found = |cases: Vec<Case>| cases.into_iter().find(|case| case.name() == name);
    if let Some(generated) = name.strip_prefix("generated-") {
        let (seed, _) = generated.split_once('-')?;
        return found(of_seed(seed.parse().ok()?));
    }
    found(all(0))
}

/// A case of a programme's files.
fn programme(name: &str, files: &BTreeMap<String, String>, main: &str) -> Case {
    let case = Case::new(name)
        .with("sources", json!(files).to_string())
        .with("main", main);
    placed(case, files.get(main).map_or("", String::as_str))
}

/// The case with a place in its main text for an editor to ask about: anywhere, but the same for the same text.
fn placed(case: Case, text: &str) -> Case {
    let length = text.encode_utf16().count();
    case.with("place", (length * (1 + length % 7) / 8).to_string())
}

/// The case with changes for a session of its record: an entry more, one less, a fact and a field unknown or another.
fn with_changes(case: Case) -> Case {
    let Some(Ok(record)) = case.bytes("record").map(serde_json::from_slice::<Value>) else {
        return case;
    };
    let evidence = record.get("evidence").and_then(Value::as_array);
    let evidence = evidence.map_or(&[][..], Vec::as_slice);
    let id = |entry: &Value| Some(entry.get("id")?.as_str()?.to_owned());
    let mut case = case
        .with("enrolled", r#""2024-02-29""#)
        .with("suppressed", "null");
    let mut changes = vec![json!({ "enrolled": "2024-02-29" })];
    if let Some(first) = evidence.first() {
        let mut entry = first.clone();
        if let Some(object) = entry.as_object_mut() {
            object.insert("id".to_owned(), "added".into());
        }
        case = case.with("entry", entry.to_string());
        changes.push(json!({ "add": entry }));
        if let Some(id) = id(first) {
            changes.push(json!({ "remove": id }));
            case = case.with("removed", id);
        }
    }
    if let Some((name, value)) = record
        .get("facts")
        .and_then(Value::as_object)
        .and_then(|facts| facts.iter().next())
    {
        // A whole number goes up by one; of all else it is no longer known.
        let value = value
            .as_i64()
            .map_or(Value::Null, |number| (number + 1).into());
        changes.push(json!({ "fact": name, "value": value }));
        case = case
            .with("fact", name.as_str())
            .with("value", value.to_string());
    }
    if let Some(last) = evidence.last().and_then(id) {
        case = case
            .with("id", last.as_str())
            .with("key", "date")
            .with("field", r#""2025-12-31""#);
        changes.push(json!({ "field": last, "key": "date", "value": "2025-12-31" }));
    }
    changes.push(json!({ "as_of": "2027-01-31" }));
    case.with("changes", Value::from(changes).to_string())
}

/// The case with a day for which to seek what is next, if it is one of every so many: that takes long.
fn seeking(case: Case, number: usize, every: usize) -> Case {
    let day = case.text("as_of").map(str::to_owned);
    match day.filter(|_| number.is_multiple_of(every)) {
        Some(day) => case.with("sought_on", day),
        None => case,
    }
}

fn conformance() -> Vec<Case> {
    let pages = pages().unwrap_or_else(|why| panic!("tests/conformance: {why}"));
    let mut cases = Vec::new();
    for page in pages {
        for found in page::cases(&page).unwrap_or_else(|why| panic!("{why}")) {
            let name = format!("{}:{}", page.name, found.line);
            let mut sources = Value::Object(serde_json::Map::new())
                .to_string()
                .into_bytes();
            sources.pop();
            for (place, (file, bytes)) in found.programme.files.iter().enumerate() {
                if place > 0 {
                    sources.push(b',');
                }
                sources.extend(json!(file).to_string().bytes());
                sources.push(b':');
                match std::str::from_utf8(bytes) {
                    Ok(text) => sources.extend(json!(text).to_string().bytes()),
                    // What is no text stays so: the whole is refused, everywhere alike.
                    Err(_) => sources.extend([b"\"".as_slice(), bytes, b"\""].concat()),
                }
            }
            sources.push(b'}');
            let case = Case::new(&name).with("sources", sources).with("main", MAIN);
            let mut files = found.programme.files.iter();
            let main = files.find(|(path, _)| path == MAIN);
            let text = main.map(|(_, bytes)| String::from_utf8_lossy(bytes));
            let case = placed(case, &text.unwrap_or_default());
            cases.push(match found.expected {
                Expected::Marks | Expected::Scenarios(_) => case,
                Expected::Outcome { record, as_of, .. } => {
                    let case = case.with("record", record).with("as_of", as_of);
                    seeking(with_changes(case), found.line, 9)
                }
                Expected::Refused { record, .. } => {
                    with_changes(case.with("record", record).with("as_of", SOME_DAY))
                }
            });
        }
    }
    cases
}

/// Each example programme with each of its records on two days, and with a record of the programme before, which it refuses.
fn with_records() -> Vec<Case> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let files: BTreeMap<String, String> = examples::files()
        .iter()
        .filter(|(path, _)| path.ends_with(".pathway"))
        .map(|(path, bytes)| (path.clone(), text(bytes)))
        .collect();
    let mut cases = Vec::new();
    let mut foreign = None;
    for main in examples::programmes() {
        let own: Vec<_> = examples::records(main).collect();
        let last = own.last().copied();
        for (path, record) in foreign.into_iter().chain(own) {
            for as_of in [SOME_DAY, "2018-06-30"] {
                let name = format!("{main} with {path} on {as_of}");
                let case = programme(&name, &files, main);
                let case = case.with("record", record.to_vec()).with("as_of", as_of);
                cases.push(seeking(with_changes(case), cases.len(), 9));
            }
        }
        foreign = last.or(foreign);
    }
    cases
}

/// The generated cases of a seed: one programme, some records, some days; now and then a damaged record.
fn of_seed(seed: u64) -> Vec<Case> {
    let mut random = Random::new(seed);
    let (made, days) = generator::programme(&mut random, Size::WHOLE);
    let text = made.text();
    let model = compile(&text).model;
    let files = BTreeMap::from([(MAIN.to_owned(), text)]);
    let mut cases = Vec::new();
    for record in 0..RECORDS {
        let input = generator::record::record(&mut random, &days, &model);
        let mut json = written::record(&model, &input).to_string().into_bytes();
        if random.chance(15) {
            damaged::damage(&mut random, &mut json);
        }
        let mut as_of = days.as_of;
        for day in 0..DAYS {
            let name = format!("generated-{seed}-{}", record * DAYS + day);
            let case = programme(&name, &files, MAIN)
                .with("record", json.clone())
                .with("as_of", as_of.to_string());
            cases.push(seeking(with_changes(case), seed as usize, 9));
            as_of = random.choose(&days.hot);
        }
    }
    cases
}
