//! Programmes with a small change, and records near what they ask for. In: the text of a file, records as JSON, chance. Out: the
//! text with one thing changed, which may no longer compile; a record with a few things changed, which may not be taken.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "every place was found in what it is looked up in"
)]

use std::collections::BTreeMap;

use milepost_engine::plan::{Parts, Type};
use serde_json::{Map, Value, json};

use crate::generator::Random;

/// A piece of a programme's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'t> {
    Number(&'t str),
    Word(&'t str),
    /// Comments, texts, titles and all else.
    Other(&'t str),
}

/// The pieces of a text, up to its first scenario; and the rest.
fn pieces<'t>(text: &'t str) -> (Vec<Piece<'t>>, &'t str) {
    let end = text.find("\nscenario ").unwrap_or(text.len());
    let (mut left, rest) = text.split_at(end);
    let mut pieces = Vec::new();
    while let Some(first) = left.chars().next() {
        let length = |inside: fn(char) -> bool| left.find(|c| !inside(c)).unwrap_or(left.len());
        let (length, kind): (usize, fn(&'t str) -> Piece<'t>) = match first {
            '"' => {
                let end = left[1..].find('"').map_or(left.len(), |end| end + 2);
                (end, Piece::Other)
            }
            '/' if left.starts_with("//") => (left.find('\n').unwrap_or(left.len()), Piece::Other),
            '0'..='9' => (length(|c| c.is_ascii_digit() || c == '.'), Piece::Number),
            'a'..='z' | 'A'..='Z' => (
                length(|c| c.is_ascii_alphanumeric() || c == '_'),
                Piece::Word,
            ),
            _ => (first.len_utf8(), Piece::Other),
        };
        let (piece, after) = left.split_at(length);
        pieces.push(kind(piece));
        left = after;
    }
    (pieces, rest)
}

/// Words that stand for one another.
const SWAPS: [(&str, &str); 12] = [
    ("all", "any"),
    ("any", "all"),
    ("all", "none"),
    ("least", "most"),
    ("most", "least"),
    ("no", "every"),
    ("years", "months"),
    ("years", "weeks"),
    ("within", "in the"),
    ("different", "same"),
    ("highest", "lowest"),
    ("total", "highest"),
];

/// Words that begin a clause or something else that can be left out by itself.
const CLAUSES: [&str; 16] = [
    "within",
    "since",
    "before",
    "during",
    "among",
    "whose",
    "where",
    "counting",
    "including",
    "by",
    "for",
    "waivable",
    "valid",
    "in",
    "once",
    "skipping",
];

fn begins(piece: &Piece<'_>) -> bool {
    matches!(piece, Piece::Word(word) if CLAUSES.contains(word))
}

/// Where the clause ends that begins at a place.
fn clause_end(pieces: &[Piece<'_>], at: usize) -> usize {
    let waivable = pieces[at] == Piece::Word("waivable");
    let ends = |piece: &Piece<'_>| match piece {
        Piece::Word("by") if waivable => false,
        Piece::Other("\n" | ":" | "{" | "}") => true,
        piece => begins(piece),
    };
    let length = pieces[at + 1..].iter().position(ends);
    length.map_or(pieces.len(), |length| at + 1 + length)
}

fn joined(pieces: &[Piece<'_>]) -> String {
    let text = pieces.iter().map(|piece| match piece {
        Piece::Number(text) | Piece::Word(text) | Piece::Other(text) => *text,
    });
    text.collect()
}

/// The text without each clause in turn.
#[must_use]
pub fn without_a_clause(text: &str) -> Vec<String> {
    let (pieces, rest) = pieces(text);
    let each = places(&pieces, begins).into_iter().map(|at| {
        let (before, after) = (&pieces[..at], &pieces[clause_end(&pieces, at)..]);
        joined(before) + &joined(after) + rest
    });
    each.collect()
}

/// The text with one thing changed: a number, a word for another of the text, a comparison, a clause or a line left out.
#[must_use]
pub fn programme(random: &mut Random, text: &str) -> String {
    let (mut pieces, rest) = pieces(text);
    let is_line = |piece: &Piece<'_>| matches!(piece, Piece::Other("\n"));
    let written;
    match random.below(12) {
        10.. => {
            let at = places(&pieces, begins);
            if !at.is_empty() {
                let at = random.choose(&at);
                pieces.drain(at..clause_end(&pieces, at));
            }
        }
        0..3 => {
            let numbers = places(&pieces, |it| matches!(it, Piece::Number(_)));
            if !numbers.is_empty() {
                let at = random.choose(&numbers);
                if let Piece::Number(number) = pieces[at] {
                    written = another(random, number);
                    pieces[at] = Piece::Other(&written);
                }
            }
        }
        3..5 => {
            let words: Vec<&str> = pieces
                .iter()
                .filter_map(|it| match it {
                    Piece::Word(word) => Some(*word),
                    _ => None,
                })
                .collect();
            let at = places(&pieces, |it| matches!(it, Piece::Word(_)));
            if !at.is_empty() {
                let at = random.choose(&at);
                pieces[at] = Piece::Word(random.choose(&words));
            }
        }
        5..7 => {
            let known = |word: &str| SWAPS.iter().any(|(from, _)| *from == word);
            let at = places(&pieces, |it| matches!(it, Piece::Word(word) if known(word)));
            if !at.is_empty() {
                let at = random.choose(&at);
                if let Piece::Word(word) = pieces[at] {
                    let others: Vec<&str> = SWAPS
                        .iter()
                        .filter(|(from, _)| *from == word)
                        .map(|(_, to)| *to)
                        .collect();
                    pieces[at] = Piece::Word(random.choose(&others));
                }
            }
        }
        7 => {
            let at = places(&pieces, |it| matches!(it, Piece::Other("<" | ">" | "=")));
            if !at.is_empty() {
                let at = random.choose(&at);
                pieces[at] = Piece::Other(random.pick(&["<", ">", "=", ""]));
            }
        }
        _ => {
            let lines: Vec<_> = pieces.split(is_line).map(<[Piece<'_>]>::to_vec).collect();
            let gone = random.below(lines.len());
            let twice = random.chance(20);
            let kept = lines.into_iter().enumerate().flat_map(|(at, line)| {
                let copies = match at == gone {
                    true if twice => 2,
                    true => 0,
                    false => 1,
                };
                std::iter::repeat_n(line, copies)
            });
            let kept: Vec<_> = kept.collect();
            pieces = kept.join(&Piece::Other("\n"));
        }
    }
    joined(&pieces) + rest
}

fn places(pieces: &[Piece<'_>], which: impl Fn(&Piece<'_>) -> bool) -> Vec<usize> {
    let all = pieces.iter().enumerate();
    all.filter(|(_, piece)| which(piece))
        .map(|(at, _)| at)
        .collect()
}

fn another(random: &mut Random, number: &str) -> String {
    match number.parse::<i64>() {
        Ok(value) => {
            let changed = (value + random.choose(&[-1, 1, 1, 2, -2])).max(0);
            format!("{changed:0width$}", width = number.len())
        }
        Err(_) => format!("{number}5"),
    }
}

/// What a record may say that makes a difference.
#[derive(Debug)]
pub struct Near {
    numbers: Vec<i64>,
    choices: BTreeMap<String, Vec<String>>,
}

impl Near {
    /// The numbers that a text writes, and their neighbours; the levels and choices of each fact and field.
    #[must_use]
    pub fn new(text: &str, parts: &Parts) -> Self {
        let (pieces, _) = pieces(text);
        let mut numbers: Vec<i64> = pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Number(number) => number.parse().ok(),
                _ => None,
            })
            .flat_map(|number: i64| [number - 1, number, number + 1])
            .collect();
        numbers.extend([0, 1]);
        numbers.sort_unstable();
        numbers.dedup();
        let mut choices: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let fields = parts.kinds.iter().flat_map(|it| &it.fields);
        for field in parts.facts.iter().chain(fields) {
            let names: Vec<String> = match &field.ty {
                Type::Level(scale) => {
                    let levels = &parts.scales[scale.index()].levels;
                    levels.iter().map(|it| it.entry.name.clone()).collect()
                }
                Type::Choice(all) => all.iter().map(|it| it.name.clone()).collect(),
                _ => continue,
            };
            let all = choices.entry(field.entry.name.clone()).or_default();
            all.extend(names);
        }
        Self { numbers, choices }
    }
}

/// A record with one to four things changed.
#[must_use]
pub fn record(random: &mut Random, record: &Value, near: &Near) -> Value {
    let mut record = record.clone();
    for _ in 0..=random.below(4) {
        change(random, &mut record, near);
    }
    record
}

fn change(random: &mut Random, record: &mut Value, near: &Near) {
    let Some(record) = record.as_object_mut() else {
        return;
    };
    if random.chance(20) {
        let section = random.pick(&["credentials", "posts", "waivers"]);
        if let Some(Value::Array(all)) = record.get_mut(section)
            && !all.is_empty()
        {
            standing(random, all);
            return;
        }
    }
    let evidence = record.get("evidence").and_then(Value::as_array);
    let entries = evidence.map_or(0, Vec::len);
    if entries == 0 || random.chance(30) {
        if let Some(Value::Object(facts)) = record.get_mut("facts") {
            field(random, facts, near);
        }
        return;
    }
    let Some(Value::Array(all)) = record.get_mut("evidence") else {
        return;
    };
    let at = random.below(entries);
    match random.below(6) {
        0 => drop(all.remove(at)),
        1 => {
            let mut other = all[at].clone();
            other["id"] = json!(format!("again-{}", random.below(100_000)));
            if random.chance(60) {
                let date = other["date"].as_str().and_then(|it| it.parse().ok());
                if let Some(date) = date {
                    other["date"] = json!(moved(random, date));
                }
                field(
                    random,
                    other.as_object_mut().unwrap_or(&mut Map::new()),
                    near,
                );
            }
            all.push(other);
        }
        2 => {
            let statuses = ["under_review", "returned", "accepted", "draft", "revoked"];
            all[at]["status"] = json!(random.pick(&statuses));
        }
        3 => {
            let date = all[at]["date"].as_str().and_then(|it| it.parse().ok());
            if let Some(date) = date {
                all[at]["date"] = json!(moved(random, date));
            }
        }
        _ => {
            if let Some(entry) = all[at].as_object_mut() {
                field(random, entry, near);
            }
        }
    }
}

/// One credential, post or waiver less, or with another day, or ended.
fn standing(random: &mut Random, all: &mut Vec<Value>) {
    let at = random.below(all.len());
    if random.chance(40) {
        all.remove(at);
        return;
    }
    let Some(entry) = all[at].as_object_mut() else {
        return;
    };
    let days: Vec<(String, milepost::Date)> = entry
        .iter()
        .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.parse().ok()?)))
        .collect();
    if days.is_empty() {
        return;
    }
    let (key, day) = random.choose(&days);
    if random.chance(25) {
        let last = match key.as_str() {
            "from" => "until",
            _ => "expires",
        };
        let by = i32::try_from(random.below(1_500)).unwrap_or(0);
        let until = milepost::Date::from_days(day.days() + by);
        entry.insert(last.to_owned(), json!(until.map(|it| it.to_string())));
    } else {
        entry.insert(key, json!(moved(random, day)));
    }
}

fn moved(random: &mut Random, date: milepost::Date) -> String {
    let by = random.choose(&[
        -1, 1, -7, 7, -30, 30, -90, -365, 365, -366, -730, -1_095, -1_826,
    ]);
    let moved = milepost::Date::from_days(date.days() + by);
    moved.map_or_else(String::new, |it| it.to_string())
}

/// Another value of one of the keys, or none.
fn field(random: &mut Random, of: &mut Map<String, Value>, near: &Near) {
    let fixed = ["id", "kind", "date", "status"];
    let keys: Vec<String> = of
        .keys()
        .filter(|key| !fixed.contains(&key.as_str()))
        .cloned()
        .collect();
    if keys.is_empty() {
        return;
    }
    let key = random.choose(&keys);
    if random.chance(15) {
        of.remove(&key);
        return;
    }
    let value = match &of[&key] {
        Value::Bool(yes) => json!(!yes),
        Value::Number(_) => json!(random.choose(&near.numbers)),
        Value::String(text) => match text.parse() {
            Ok(date) => json!(moved(random, date)),
            Err(_) => match near.choices.get(&key) {
                Some(choices) => json!(random.choose(choices)),
                None => json!(format!("{text}{}", random.pick(&["", "x", "y"]))),
            },
        },
        Value::Array(items) if !items.is_empty() => {
            let mut items = items.clone();
            items.remove(random.below(items.len()));
            Value::Array(items)
        }
        other => other.clone(),
    };
    of.insert(key, value);
}

/// Somebody with several records of each kind, of whatever day and with whatever values.
#[must_use]
pub fn crowd(random: &mut Random, parts: &Parts, day: milepost::Date, near: &Near) -> Value {
    let mut evidence = Vec::new();
    let filed: Vec<&str> = parts
        .competencies
        .iter()
        .map(|it| it.entry.name.as_str())
        .collect();
    for kind in &parts.kinds {
        for at in 0..2 + random.below(8) {
            let ago = i32::try_from(random.below(1_100)).unwrap_or(0);
            let date = milepost::Date::from_days(day.days() - ago);
            let mut entry = json!({
                "id": format!("{}-{at}", kind.entry.name), "kind": kind.entry.name,
                "date": date.map(|it| it.to_string()), "for": filed,
            });
            for field in &kind.fields {
                let name = &field.entry.name;
                let value = match &field.ty {
                    Type::Number(..) | Type::Whole(..) => json!(random.choose(&near.numbers)),
                    Type::YesNo => json!(random.chance(50)),
                    Type::Text => json!(random.pick(&["a", "b", "c"])),
                    Type::Level(_) | Type::Choice(_) => match near.choices.get(name) {
                        Some(choices) => json!(random.choose(choices)),
                        None => continue,
                    },
                    _ => continue,
                };
                entry[name] = value;
            }
            evidence.push(entry);
        }
    }
    json!({ "id": "x", "evidence": evidence })
}

/// Somebody who holds a credential of each competency, a post in each role and stage, and a waiver of all that can be waived, on top
/// of what a record says.
#[must_use]
pub fn endowed(record: &Value, parts: &Parts, day: milepost::Date) -> Value {
    let before = |days: i32| {
        let day = milepost::Date::from_days(day.days() - days);
        day.map_or_else(String::new, |it| it.to_string())
    };
    let competencies = parts.competencies.iter().filter(|it| !it.elsewhere);
    let credentials = competencies.enumerate().map(|(at, it)| {
        json!({ "id": format!("held-{at}"), "competency": it.entry.name, "issued": before(700) })
    });
    let posts = parts.stages.iter().filter_map(|it| {
        let role = parts.roles.get(it.role.index())?;
        Some(json!({ "role": role.entry.name, "stage": it.entry.name, "from": before(800) }))
    });
    let waivers = parts.nodes.iter().flat_map(|node| {
        node.waivable.iter().map(|by| {
            json!({ "requirement": node.address, "by": "p-1", "as": by, "reason": "so",
                    "granted": before(30) })
        })
    });
    let mut record = record.clone();
    record["credentials"] = credentials.collect();
    record["posts"] = posts.collect();
    record["waivers"] = waivers.collect();
    record
}
