//! Record JSON in, a [`Record`] out; or a refusal that lists every problem with its place.
//!
//! The text is read once, each piece of evidence straight into the record: no tree of the whole is built, and what has
//! no escapes in it is borrowed.

mod change;
mod changes;
mod credential;
mod entry;
mod escapes;
mod evidence;
mod json;
mod keys;
mod names;
mod place;
mod post;
mod problems;
mod receipt;
mod syntax;
mod tree;
mod values;
mod waiver;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;

use milepost_engine::plan::{Constant, FactId, Plan};
use milepost_engine::record::{Held, Record, RecordBuilder, RecordError};

use crate::wire::Refusal;
pub(crate) use change::{Entry, enrolled, entry, fact, field, refused, unknown_id};
pub(crate) use changes::{Change, changes};
pub(crate) use credential::KEYS as CREDENTIAL_KEYS;
pub(crate) use entry::LONGEST_ID;
pub(crate) use evidence::BUILT_IN as EVIDENCE_KEYS;
use json::{Broken, Cursor, Raw, Shape};
use keys::Keys;
pub(crate) use names::Names;
pub(crate) use names::nearest;
use names::titled;
pub(crate) use place::Place;
pub(crate) use post::KEYS as POST_KEYS;
pub(crate) use problems::{Problems, say};
use problems::{known, quoted};
pub(crate) use receipt::{Receipt, receipt};
pub(crate) use tree::{Tree, tree};
pub(crate) use waiver::KEYS as WAIVER_KEYS;

/// The tree of a document, which is a `what`, an object.
pub(crate) fn document<'t>(json: &'t [u8], what: &str) -> Result<Tree<'t>, Refusal> {
    let text = syntax::text(json, what)?;
    syntax::is_object(text, what)?;
    let mut cursor = Cursor::new(text);
    if cursor.value().and_then(|_| cursor.end()).is_err() {
        return Err(syntax::broken(text, what));
    }
    tree(text, &Place::ROOT)
}

/// The most pieces of evidence, the most credentials, and the most waivers, of a candidate.
const ENTRIES: usize = 1_000_000;
/// So many ids are made room for at once, and so many bytes an entry has at least, about.
const ROOM: usize = 1_024;
const ENTRY: usize = 96;
/// The most values in all lists of a record together.
const LISTED: usize = 4_000_000;

/// What these documents are called.
const WHAT: &str = "record";
/// The keys of a record.
const SECTIONS: [&str; 7] = [
    "id",
    "enrolled",
    "facts",
    "evidence",
    "credentials",
    "posts",
    "waivers",
];

/// Decodes a record against a plan.
pub(crate) fn record(plan: &Plan, names: &Names, json: &[u8]) -> Result<Record, Refusal> {
    let text = syntax::text(json, WHAT)?;
    syntax::is_object(text, WHAT)?;
    let mut decoder = Decoder::new(plan, names);
    let mut seen = [false; SECTIONS.len()];
    let mut cursor = Cursor::new(text);
    let read = cursor.object(|cursor, key| decoder.section(&key.ok_or(Broken)?, cursor, &mut seen));
    if read.and_then(|()| cursor.end()).is_err() {
        return Err(syntax::broken(text, WHAT));
    }
    let [id, ..] = seen;
    if !id {
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
    /// Whose the ids are: evidence, credentials and waivers share them.
    ids: HashMap<Cow<'t, str>, Owner>,
    /// The record that an entry is to be part of, and what in it that entry replaces.
    within: Option<(&'p Record, Option<Held>)>,
    /// How many values lists held so far.
    listed: usize,
}

/// What an id belongs to.
#[derive(Clone, Copy)]
struct Owner {
    section: &'static str,
    index: usize,
}

impl<'p, 't> Decoder<'p, 't> {
    fn new(plan: &'p Plan, names: &'p Names) -> Self {
        Self {
            plan,
            names,
            builder: RecordBuilder::new(plan),
            problems: Problems::default(),
            ids: HashMap::new(),
            within: None,
            listed: 0,
        }
    }

    fn section(
        &mut self,
        key: &str,
        cursor: &mut Cursor<'t>,
        seen: &mut [bool; SECTIONS.len()],
    ) -> Result<(), Broken> {
        let place = Place::ROOT.key(key);
        let mut sections = SECTIONS.into_iter().zip(seen);
        let Some((section, seen)) = sections.find(|(section, _)| *section == key) else {
            cursor.value()?;
            self.problems
                .add(&place, || unknown_key(key, "a record", &SECTIONS));
            return Ok(());
        };
        if std::mem::replace(seen, true) {
            cursor.value()?;
            self.twice(&place);
            return Ok(());
        }
        match section {
            "id" => {
                if let Some(id) = self.id(cursor.value()?, &place) {
                    self.builder.id(id);
                }
            }
            "enrolled" => {
                if let Some(date) = self.date_or_null(cursor.value()?, &place) {
                    self.builder.enrolled(date);
                }
            }
            "facts" => self.facts(cursor.value()?, &place),
            "evidence" => self.each(cursor, &place, |decoder, index, keys, place| {
                if let Some(evidence) = decoder.evidence(index, keys, place) {
                    let put = decoder.builder.evidence(evidence);
                    decoder.put(put, place);
                }
            })?,
            "posts" => self.each(cursor, &place, |decoder, index, keys, place| {
                if let Some(post) = decoder.post(index, keys, place) {
                    let put = decoder.builder.post(post);
                    decoder.put(put, place);
                }
            })?,
            "waivers" => self.each(cursor, &place, |decoder, index, keys, place| {
                if let Some(waiver) = decoder.waiver(index, keys, place) {
                    let put = decoder.builder.waiver(waiver);
                    decoder.put(put, place);
                }
            })?,
            _ => self.each(cursor, &place, |decoder, index, keys, place| {
                if let Some(credential) = decoder.credential(index, keys, place) {
                    let put = decoder.builder.credential(credential);
                    decoder.put(put, place);
                }
            })?,
        }
        Ok(())
    }

    fn facts(&mut self, raw: Raw<'t>, place: &Place<'_>) {
        if !matches!(json::shape(raw), Shape::Object) {
            self.mistyped(raw, "an object of fact to value", None, place);
            return;
        }
        for (key, value) in self.keys_of(raw, place) {
            let place = place.key(&key);
            if let Some((id, Some(value))) = self.fact(&key, value, &place) {
                let put = self.builder.fact(id, value);
                self.put(put, &place);
            }
        }
    }

    /// A fact and its value, which may be unknown; nothing if anything is wrong with it.
    fn fact(
        &mut self,
        key: &str,
        value: Raw<'t>,
        place: &Place<'_>,
    ) -> Option<(FactId, Option<Constant>)> {
        let plan = self.plan;
        let facts = &plan.parts().facts;
        let known = self.names.fact(key);
        let Some((id, fact)) = known.and_then(|id| Some((id, facts.get(id.index())?))) else {
            self.problems.add(place, || {
                let near = nearest(key, facts.iter().map(|fact| titled(&fact.entry)));
                let all: Vec<_> = facts.iter().map(|fact| fact.entry.name.as_str()).collect();
                say(format!("unknown fact {}", quoted(key))).help(problems::known(near, &all))
            });
            return None;
        };
        if json::is_null(value) {
            return Some((id, None));
        }
        let value = self.constant(value, &fact.ty, place)?;
        Some((id, Some(value)))
    }

    /// Hands the keys of each entry of a section to `decode`.
    fn each(
        &mut self,
        cursor: &mut Cursor<'t>,
        place: &Place<'_>,
        mut decode: impl FnMut(&mut Self, usize, &Keys<'t>, &Place<'_>),
    ) -> Result<(), Broken> {
        if cursor.peek() != Some(b'[') {
            let raw = cursor.value()?;
            self.mistyped(raw, "a list", Some("write it in square brackets"), place);
            return Ok(());
        }
        let room = (cursor.left() / ENTRY).min(ROOM);
        self.ids.reserve(room);
        self.builder.reserve(room);
        let mut over = false;
        let mut keys = Vec::with_capacity(8);
        cursor.list(|cursor, index| {
            over = index >= ENTRIES;
            if over {
                cursor.value()?;
                return Ok(());
            }
            let place = place.index(index);
            if cursor.peek() == Some(b'{') {
                self.keys(cursor, &mut keys, &place)?;
                decode(self, index, &keys, &place);
            } else {
                let raw = cursor.value()?;
                self.mistyped(raw, "an object", None, &place);
            }
            Ok(())
        })?;
        if over {
            self.problems
                .add(place, || say("a list of more than 1 000 000 records"));
        }
        Ok(())
    }

    /// What the record does not take although it was checked is a problem as well.
    fn put(&mut self, put: Result<(), RecordError>, place: &Place<'_>) {
        if let Err(problem) = put {
            self.problems.add(place, || say(problem.to_string()));
        }
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
