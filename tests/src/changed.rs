//! Programmes with a small change, and records near what they ask for. In: the text of a file, records as JSON, chance. Out: the
//! text with one thing changed, which may no longer compile; a record with a few things changed, which may not be taken.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "every place was found in what it is looked up in"
)]

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

/// The text with one thing changed: a number, a word for another of the text, a comparison, or a line left out.
#[must_use]
pub fn programme(random: &mut Random, text: &str) -> String {
    let (mut pieces, rest) = pieces(text);
    let is_line = |piece: &Piece<'_>| matches!(piece, Piece::Other("\n"));
    let written;
    match random.below(10) {
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
    let text = pieces.iter().map(|piece| match piece {
        Piece::Number(text) | Piece::Word(text) | Piece::Other(text) => *text,
    });
    text.collect::<String>() + rest
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

/// The numbers that a text writes, and their neighbours.
#[must_use]
pub fn numbers(text: &str) -> Vec<i64> {
    let (pieces, _) = pieces(text);
    let mut all: Vec<i64> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Number(number) => number.parse().ok(),
            _ => None,
        })
        .flat_map(|number: i64| [number - 1, number, number + 1])
        .collect();
    all.extend([0, 1]);
    all.sort_unstable();
    all.dedup();
    all
}

/// A record with one to four things changed.
#[must_use]
pub fn record(random: &mut Random, record: &Value, numbers: &[i64]) -> Value {
    let mut record = record.clone();
    for _ in 0..=random.below(4) {
        change(random, &mut record, numbers);
    }
    record
}

fn change(random: &mut Random, record: &mut Value, numbers: &[i64]) {
    let Some(record) = record.as_object_mut() else {
        return;
    };
    let evidence = record.get("evidence").and_then(Value::as_array);
    let entries = evidence.map_or(0, Vec::len);
    if entries == 0 || random.chance(30) {
        if let Some(Value::Object(facts)) = record.get_mut("facts") {
            field(random, facts, numbers);
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
                field(random, entry, numbers);
            }
        }
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
fn field(random: &mut Random, of: &mut Map<String, Value>, numbers: &[i64]) {
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
        Value::Number(_) => json!(random.choose(numbers)),
        Value::String(text) => match text.parse() {
            Ok(date) => json!(moved(random, date)),
            Err(_) => json!(format!("{text}{}", random.pick(&["", "x", "y"]))),
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
