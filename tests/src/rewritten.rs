//! A record in its canonical text, and chance, in; the same record as somebody else might write it, out: other orders
//! where order means nothing, other spaces, escapes, zeros, and what goes without saying said.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::generator::Random;

type Object = BTreeMap<String, Box<RawValue>>;

/// The record, written otherwise.
///
/// # Panics
///
/// The text is no canonical record.
#[must_use]
pub fn rewritten(random: &mut Random, canonical: &str) -> String {
    let record: Object = read(serde_json::from_str(canonical));
    let mut entries = Vec::new();
    for (key, value) in &record {
        let value = match key.as_str() {
            "facts" => {
                let facts: Object = read(serde_json::from_str(value.get()));
                let facts = facts
                    .iter()
                    .map(|(name, value)| (name.clone(), any(random, value.get())))
                    .collect();
                object(random, facts)
            }
            "evidence" => section(random, value.get(), ["date", "kind"]),
            "credentials" => section(random, value.get(), ["issued", "competency"]),
            "waivers" => section(random, value.get(), ["granted", "requirement"]),
            _ => scalar(random, value.get()),
        };
        entries.push((key.clone(), value));
    }
    for (key, nothing) in [
        ("enrolled", "null"),
        ("facts", "{}"),
        ("evidence", "[ ]"),
        ("credentials", "[]"),
        ("waivers", "[]"),
    ] {
        if !record.contains_key(key) && random.chance(50) {
            entries.push((key.to_owned(), nothing.to_owned()));
        }
    }
    object(random, entries)
}

fn read<T>(parsed: serde_json::Result<T>) -> T {
    parsed.unwrap_or_else(|error| panic!("no canonical record: {error}"))
}

/// Evidence, credentials or waivers: in any order, but of those that have a day and another key in common.
fn section(random: &mut Random, json: &str, by: [&str; 2]) -> String {
    let entries: Vec<Object> = read(serde_json::from_str(json));
    let group = |entry: &Object| by.map(|key| entry.get(key).map(|value| value.get().to_owned()));
    let mut order: Vec<usize> = (0..entries.len()).collect();
    shuffle(random, &mut order);
    let mut left: BTreeMap<_, Vec<&Object>> = BTreeMap::new();
    for entry in entries.iter().rev() {
        left.entry(group(entry)).or_default().push(entry);
    }
    let written: Vec<String> = order
        .into_iter()
        .filter_map(|place| left.get_mut(&group(entries.get(place)?))?.pop())
        .map(|entry| one(random, entry))
        .collect();
    list(random, &written)
}

/// One piece of evidence, one credential or one waiver.
fn one(random: &mut Random, entry: &Object) -> String {
    let mut written: Vec<(String, String)> = Vec::new();
    for (key, value) in entry {
        let value = if key == "for" {
            let mut filed: Vec<String> = read(serde_json::from_str(value.get()));
            shuffle(random, &mut filed);
            let filed: Vec<String> = filed.iter().map(|name| text(random, name)).collect();
            list(random, &filed)
        } else {
            any(random, value.get())
        };
        written.push((key.clone(), value));
    }
    for (key, said) in [
        ("status", "\"accepted\""),
        ("expires", "null"),
        ("submitted", "null"),
        ("decided", "null"),
    ] {
        let has = key == "expires" || !entry.contains_key("granted");
        if has && !entry.contains_key(key) && random.chance(30) {
            written.push((key.to_owned(), said.to_owned()));
        }
    }
    if entry.contains_key("kind") && !entry.contains_key("for") && random.chance(50) {
        written.push(("for".to_owned(), random.choose(&["[]", "null"]).to_owned()));
    }
    object(random, written)
}

/// A value of a fact or a field.
fn any(random: &mut Random, json: &str) -> String {
    match json.as_bytes().first() {
        Some(b'{') => {
            let levels: Object = read(serde_json::from_str(json));
            let levels = levels
                .iter()
                .map(|(criterion, level)| (criterion.clone(), scalar(random, level.get())))
                .collect();
            object(random, levels)
        }
        Some(b'[') => {
            let items: Vec<Box<RawValue>> = read(serde_json::from_str(json));
            let items: Vec<String> = items
                .iter()
                .map(|item| scalar(random, item.get()))
                .collect();
            list(random, &items)
        }
        _ => scalar(random, json),
    }
}

fn scalar(random: &mut Random, json: &str) -> String {
    match json.as_bytes().first() {
        Some(b'"') => text(random, &read(serde_json::from_str::<String>(json))),
        Some(b'-' | b'0'..=b'9') if random.chance(50) => match json.split_once('.') {
            Some((_, after)) if after.len() >= 6 => json.to_owned(),
            Some(_) => format!("{json}0"),
            None => format!("{json}.0"),
        },
        _ => json.to_owned(),
    }
}

/// A text, perhaps with escapes that nobody needs.
fn text(random: &mut Random, text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        if random.chance(10) || letter < ' ' || matches!(letter, '"' | '\\') {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04X}"));
            }
        } else {
            out.push(letter);
        }
    }
    out + "\""
}

fn object(random: &mut Random, mut entries: Vec<(String, String)>) -> String {
    shuffle(random, &mut entries);
    let entries: Vec<String> = entries
        .into_iter()
        .map(|(key, value)| text(random, &key) + space(random) + ":" + space(random) + &value)
        .collect();
    format!("{{{}}}", apart(random, &entries))
}

fn list(random: &mut Random, items: &[String]) -> String {
    format!("[{}]", apart(random, items))
}

fn apart(random: &mut Random, items: &[String]) -> String {
    let comma = format!("{},{}", space(random), space(random));
    format!("{}{}{}", space(random), items.join(&comma), space(random))
}

fn space(random: &mut Random) -> &'static str {
    random.choose(&["", "", " ", "\n", "\t \r\n"])
}

fn shuffle<T>(random: &mut Random, items: &mut [T]) {
    for place in (1..items.len()).rev() {
        items.swap(place, random.below(place + 1));
    }
}
