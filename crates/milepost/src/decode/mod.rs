//! Record JSON in, a [`Record`] out; or a refusal that lists every problem with its place.
//!
//! The text is read once for its syntax and then piece by piece, each piece of evidence straight into the
//! record: no tree of the whole is built, and what has no escapes in it is borrowed.

mod credential;
mod entry;
mod evidence;
mod json;
mod names;
mod place;
mod problems;
mod syntax;
mod values;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use milepost_engine::plan::Plan;
use milepost_engine::record::{Record, RecordBuilder, RecordError};
use serde_json::value::RawValue;

use crate::wire::Refusal;
use json::Shape;
pub(crate) use names::Names;
use names::{nearest, titled};
use place::Place;
use problems::{Problems, known, quoted, say};

/// The most pieces of evidence, and the most credentials, of a candidate.
const ENTRIES: usize = 1_000_000;
/// Few keys, as one object has them.
const FEW: usize = 16;
/// The most keys of one object; far more than any kind has fields.
const KEYS: usize = 100_000;
/// The most values in all lists of a record together.
const LISTED: usize = 4_000_000;

/// The keys of a record.
const SECTIONS: [&str; 5] = ["id", "enrolled", "facts", "evidence", "credentials"];

/// Decodes a record against a plan.
pub(crate) fn record(plan: &Plan, names: &Names, json: &[u8]) -> Result<Record, Refusal> {
    let text = syntax::text(json)?;
    let mut decoder = Decoder {
        plan,
        names,
        builder: RecordBuilder::new(plan),
        problems: Problems::default(),
        ids: HashMap::new(),
        listed: 0,
    };
    let mut seen = BTreeSet::new();
    syntax::object(text, |key, value| decoder.section(&key, value, &mut seen))?;
    if !seen.contains("id") {
        decoder.missing("id", &Place::ROOT);
    }
    if decoder.problems.is_empty() {
        Ok(decoder.builder.finish())
    } else {
        Err(decoder.problems.refusal())
    }
}

/// A record on its way.
struct Decoder<'p, 't> {
    plan: &'p Plan,
    names: &'p Names,
    builder: RecordBuilder<'p>,
    problems: Problems,
    /// Whose the ids are: evidence and credentials share them.
    ids: HashMap<Cow<'t, str>, Owner>,
    /// How many values lists held so far.
    listed: usize,
}

/// What an id belongs to.
#[derive(Clone, Copy)]
struct Owner {
    section: &'static str,
    index: usize,
}

impl<'t> Decoder<'_, 't> {
    fn section(&mut self, key: &str, value: &'t RawValue, seen: &mut BTreeSet<&'static str>) {
        let place = Place::ROOT.key(key);
        let Some(section) = SECTIONS.into_iter().find(|section| *section == key) else {
            self.problems.add(&place, || match key {
                "waivers" => say("this version of Milepost does not evaluate waivers").help(
                    "leave `waivers` out; nothing in the outcome will rest on one".to_owned(),
                ),
                _ => unknown_key(key, "a record", &SECTIONS),
            });
            return;
        };
        if !seen.insert(section) {
            self.twice(&place);
            return;
        }
        match section {
            "id" => {
                if let Some(id) = self.id(value, &place) {
                    self.builder.id(id);
                }
            }
            "enrolled" => {
                if let Some(date) = self.date_or_null(value, &place) {
                    self.builder.enrolled(date);
                }
            }
            "facts" => self.facts(value, &place),
            "evidence" => self.each(value, &place, |decoder, index, value, place| {
                if let Some(evidence) = decoder.evidence(index, value, place) {
                    let put = decoder.builder.evidence(evidence);
                    decoder.put(put, place);
                }
            }),
            _ => self.each(value, &place, |decoder, index, value, place| {
                if let Some(credential) = decoder.credential(index, value, place) {
                    let put = decoder.builder.credential(credential);
                    decoder.put(put, place);
                }
            }),
        }
    }

    fn facts(&mut self, raw: &'t RawValue, place: &Place<'_>) {
        if !matches!(json::shape(raw), Shape::Object) {
            self.mistyped(raw, "an object of fact to value", None, place);
            return;
        }
        let plan = self.plan;
        for (key, value) in self.keys(raw, place) {
            let place = place.key(&key);
            let Some((id, fact)) = self
                .names
                .fact(&key)
                .and_then(|id| Some((id, plan.parts().facts.get(id.index())?)))
            else {
                self.problems.add(&place, || {
                    let near = nearest(
                        &key,
                        plan.parts().facts.iter().map(|fact| titled(&fact.entry)),
                    );
                    let all: Vec<_> = plan
                        .parts()
                        .facts
                        .iter()
                        .map(|fact| fact.entry.name.as_str())
                        .collect();
                    say(format!("unknown fact {}", quoted(&key))).help(known(near, &all))
                });
                continue;
            };
            if json::is_null(value) {
                continue;
            }
            if let Some(value) = self.constant(value, &fact.ty, &place) {
                let put = self.builder.fact(id, value);
                self.put(put, &place);
            }
        }
    }

    /// Hands each item of a section to `decode`.
    fn each(
        &mut self,
        raw: &'t RawValue,
        place: &Place<'_>,
        mut decode: impl FnMut(&mut Self, usize, &'t RawValue, &Place<'_>),
    ) {
        if !matches!(json::shape(raw), Shape::List) {
            self.mistyped(raw, "a list", Some("write it in square brackets"), place);
            return;
        }
        let mut over = false;
        let read = json::items(raw, |index, value| {
            over = index >= ENTRIES;
            if !over {
                decode(self, index, value, &place.index(index));
            }
            !over
        });
        if over {
            self.problems
                .add(place, || say("a list of more than 1 000 000 records"));
        } else if read.is_err() {
            self.problems.add(place, || say("the list cannot be read"));
        }
    }

    /// The keys of an object and their values, each key once.
    fn keys(&mut self, raw: &'t RawValue, place: &Place<'_>) -> Vec<(Cow<'t, str>, &'t RawValue)> {
        let mut keys: Vec<(Cow<'t, str>, &'t RawValue)> = Vec::new();
        // The keys of an object that has more than a few; those of the others are looked through.
        let mut seen: BTreeSet<Cow<'t, str>> = BTreeSet::new();
        let mut over = false;
        let read = json::entries(raw.get(), |key, value| {
            if keys.len() == FEW && seen.is_empty() {
                seen.extend(keys.iter().map(|(key, _)| key.clone()));
            }
            let known = if seen.is_empty() {
                keys.iter().any(|(known, _)| *known == key)
            } else {
                seen.contains(&key)
            };
            if known {
                self.twice(&place.key(&key));
            } else if keys.len() < KEYS {
                if !seen.is_empty() {
                    seen.insert(key.clone());
                }
                keys.push((key, value));
            } else {
                over = true;
            }
        });
        if over {
            self.problems
                .add(place, || say("an object with more than 100 000 keys"));
        } else if read.is_err() {
            self.problems.add(place, || {
                say("a key has an escape that stands for no character")
            });
        }
        keys
    }

    /// What the record does not take although it was checked is a problem as well.
    fn put(&mut self, put: Result<(), RecordError>, place: &Place<'_>) {
        if let Err(problem) = put {
            self.problems.add(place, || say(problem.to_string()));
        }
    }

    fn twice(&mut self, place: &Place<'_>) {
        self.problems
            .add(place, || say("this key stands twice in one object"));
    }

    fn missing(&mut self, key: &str, place: &Place<'_>) {
        self.problems
            .add(place, || say(format!("`{key}` is missing")));
    }
}

/// A key that nothing of its kind has.
fn unknown_key(key: &str, whose: &str, all: &[&str]) -> problems::Said {
    let near = nearest(key, all.iter().map(|name| (*name, None)));
    say(format!("{whose} has no key {}", quoted(key))).help(known(near, all))
}
