//! Records beside a record: one as JSON, and what may be added to it, in; those that differ from it in a single thing out.

use std::collections::BTreeMap;

use milepost_engine::{Date, Decimal};
use serde_json::{Map, Value};

use super::material::{Addition, Material};

/// How many days a date is moved by.
const DAYS: [i32; 14] = [
    -1, 1, -31, 31, -366, 366, -92, 92, -548, -914, -183, -1_096, 1_096, -1_279,
];
/// How far a number is moved.
const STEPS: [i64; 8] = [-1, 1, -2, 2, -5, 5, -10, 10];
/// The parts of a record that are lists.
const LISTS: [&str; 4] = ["waivers", "posts", "credentials", "evidence"];
/// What has to be said of an entry.
const NEEDED: [&str; 12] = [
    "id",
    "kind",
    "date",
    "competency",
    "issued",
    "role",
    "from",
    "requirement",
    "by",
    "as",
    "reason",
    "granted",
];
/// What is not made another.
const FIXED: [&str; 8] = [
    "id",
    "kind",
    "status",
    "competency",
    "role",
    "stage",
    "requirement",
    "as",
];

/// Records beside a record, each made when it is asked for.
pub(super) type Neighbours<'r> = Box<dyn Iterator<Item = Value> + 'r>;

/// Records that say one thing more.
pub(super) fn more<'r>(record: &'r Value, material: &'r Material) -> Neighbours<'r> {
    Box::new(material.additions.iter().map(|it| added(record, it)))
}

fn added(record: &Value, (section, entry): &Addition) -> Value {
    let mut entries = entries(record, section).to_vec();
    let mut entry = entry.clone();
    if *section == "evidence"
        && let Some(entry) = entry.as_object_mut()
    {
        let taken = |id: &str| {
            let mut ids = entries.iter().filter_map(|it| it.get("id"));
            ids.any(|it| it == id)
        };
        let id = (1..).map(|at| format!("added-{at}")).find(|it| !taken(it));
        entry.extend(id.map(|it| ("id".to_owned(), it.into())));
    }
    entries.push(entry);
    with(record, section, entries.into())
}

/// Records in which one value is another.
pub(super) fn other<'r>(record: &'r Value, material: &'r Material) -> Neighbours<'r> {
    let lists = LISTS.iter().flat_map(move |section| {
        let entries = entries(record, section);
        entries.iter().enumerate().flat_map(move |(at, entry)| {
            let others = begun(section, entry, material).into_iter();
            let others = others.chain(changed(entry, &material.choices));
            others.map(move |it| with(record, section, replaced(entries, at, it)))
        })
    });
    let facts = record.get("facts").into_iter();
    let facts = facts.flat_map(|it| changed(it, &material.choices));
    Box::new(lists.chain(facts.map(|it| with(record, "facts", it))))
}

/// A credential or a post that began on other days.
fn begun(section: &str, entry: &Value, material: &Material) -> Vec<Value> {
    let key = match section {
        "posts" => "from",
        "credentials" => "issued",
        _ => return Vec::new(),
    };
    let days = material.days.iter();
    days.map(|day| with(entry, key, day.clone())).collect()
}

/// Records that say less: whole parts, single entries, and what is said of one.
pub(super) fn less(record: &Value) -> Neighbours<'_> {
    let sections = LISTS.iter().chain(&["facts"]);
    let sections = sections.filter(|section| record.get(section).is_some());
    let whole = sections.map(|section| {
        let mut fewer = record.clone();
        if let Some(fewer) = fewer.as_object_mut() {
            fewer.remove(*section);
        }
        fewer
    });
    let entries = LISTS.iter().flat_map(move |section| {
        let entries = entries(record, section);
        let gone = (0..entries.len()).map(move |at| {
            let mut fewer = entries.to_vec();
            fewer.remove(at);
            with(record, section, fewer.into())
        });
        let smaller = entries.iter().enumerate().flat_map(move |(at, entry)| {
            let smaller = without(entry).into_iter();
            smaller.map(move |it| with(record, section, replaced(entries, at, it)))
        });
        gone.chain(smaller)
    });
    let facts = record.get("facts").into_iter().flat_map(without);
    let facts = facts.map(|it| with(record, "facts", it));
    Box::new(whole.chain(entries).chain(facts))
}

/// A record with all of these in a part of it.
pub(super) fn with(record: &Value, section: &str, value: Value) -> Value {
    let mut record = record.clone();
    if let Some(record) = record.as_object_mut() {
        record.insert(section.to_owned(), value);
    }
    record
}

fn entries<'r>(record: &'r Value, section: &str) -> &'r [Value] {
    let entries = record.get(section).and_then(Value::as_array);
    entries.map_or(&[], |it| it)
}

fn replaced(entries: &[Value], at: usize, entry: Value) -> Value {
    let mut all = entries.to_vec();
    if let Some(old) = all.get_mut(at) {
        *old = entry;
    }
    all.into()
}

/// An object with one of its values another.
fn changed(object: &Value, choices: &BTreeMap<String, Vec<String>>) -> Vec<Value> {
    let keys = object.as_object().into_iter().flatten();
    let keys = keys.filter(|(key, _)| !FIXED.contains(&key.as_str()));
    let all = keys.flat_map(|(key, value)| {
        let known = choices.get(key).map_or(&[][..], |it| it);
        let others = others(value, known).into_iter();
        others.map(|other| with(object, key, other))
    });
    all.collect()
}

/// Values beside a value.
fn others(value: &Value, choices: &[String]) -> Vec<Value> {
    match value {
        Value::Bool(yes) => vec![Value::Bool(!yes)],
        Value::Number(number) => {
            let Ok(number) = Decimal::parse(&number.to_string()) else {
                return Vec::new();
            };
            let moved = STEPS.iter().filter_map(|by| {
                let by = Decimal::from_whole(*by)?.micros();
                let moved = Decimal::from_micros(number.micros().checked_add(by)?)?;
                serde_json::from_str(&moved.to_string()).ok()
            });
            moved.collect()
        }
        Value::String(text) => match text.parse::<Date>() {
            Ok(date) => {
                let moved = DAYS.iter().filter_map(|by| {
                    let moved = Date::from_days(date.days().checked_add(*by)?)?;
                    Some(moved.to_string().into())
                });
                moved.collect()
            }
            Err(_) => {
                let others = choices.iter().filter(|it| *it != text);
                others.map(|it| it.clone().into()).collect()
            }
        },
        _ => Vec::new(),
    }
}

/// An object without one of the keys that can be left out.
fn without(object: &Value) -> Vec<Value> {
    let keys = object.as_object().into_iter().flatten();
    let keys = keys.filter(|(key, _)| !NEEDED.contains(&key.as_str()));
    let fewer = keys.map(|(key, _)| {
        let mut fewer: Map<String, Value> = object.as_object().cloned().unwrap_or_default();
        fewer.remove(key);
        fewer.into()
    });
    fewer.collect()
}
