//! A receipt's text in, its parts out; or a refusal that lists every problem with its place. Nothing in it is trusted.

use std::borrow::Cow;

use milepost_engine::Date;

use super::json::{self, Broken, Cursor, Raw, Shape};
use super::names::nearest;
use super::place::Place;
use super::problems::{Problems, known, quoted, say};
use super::{syntax, values};
use crate::wire::Refusal;

/// What these documents are called.
const WHAT: &str = "receipt";
/// The form of receipts that is written and read.
pub(crate) const FORM: u32 = 1;
/// The keys of a receipt.
const KEYS: [&str; 6] = [
    "receipt",
    "milepost",
    "definition",
    "record",
    "as_of",
    "outcome",
];
/// What stands before the digits of a hash, and how many these are.
const ALGORITHM: &str = "sha256:";
const DIGITS: usize = 64;
/// So long is the name of a version of Milepost at most.
const VERSION: usize = 64;

/// What a receipt says.
#[derive(Debug)]
pub(crate) struct Receipt<'t> {
    /// The version of Milepost that wrote it.
    pub(crate) milepost: Cow<'t, str>,
    /// The hash of the programme's texts.
    pub(crate) definition: Cow<'t, str>,
    /// The hash of the canonical record.
    pub(crate) record: Cow<'t, str>,
    /// The day it holds for.
    pub(crate) as_of: Date,
    /// The text of the outcome, which is an object.
    pub(crate) outcome: &'t str,
}

/// Reads a receipt.
pub(crate) fn receipt(json: &[u8]) -> Result<Receipt<'_>, Refusal> {
    let text = syntax::text(json, WHAT)?;
    syntax::is_object(text, WHAT)?;
    let mut reader = Reader::default();
    let mut cursor = Cursor::new(text);
    let read = cursor.object(|cursor, key| {
        cursor.peek();
        let from = text.len() - cursor.left();
        let value = cursor.value()?;
        let written = text.get(from..text.len() - cursor.left()).unwrap_or("");
        reader.entry(&key.ok_or(Broken)?, value, written);
        Ok(())
    });
    if read.and_then(|()| cursor.end()).is_err() {
        return Err(syntax::broken(text, WHAT));
    }
    reader.receipt()
}

/// A receipt on its way.
#[derive(Default)]
struct Reader<'t> {
    problems: Problems,
    seen: [bool; KEYS.len()],
    /// Whether another version wrote it, in a form that is not known.
    foreign: bool,
    milepost: Option<Cow<'t, str>>,
    definition: Option<Cow<'t, str>>,
    record: Option<Cow<'t, str>>,
    as_of: Option<Date>,
    outcome: Option<&'t str>,
}

impl<'t> Reader<'t> {
    fn entry(&mut self, key: &str, value: Raw<'t>, written: &'t str) {
        if self.foreign {
            return;
        }
        let place = Place::ROOT.key(key);
        let mut keys = KEYS.into_iter().zip(&mut self.seen);
        let Some((key, seen)) = keys.find(|(known, _)| *known == key) else {
            self.problems.add(&place, || {
                let near = nearest(key, KEYS.map(|name| (name, None)));
                say(format!("a receipt has no key {}", quoted(key))).help(known(near, &KEYS))
            });
            return;
        };
        if std::mem::replace(seen, true) {
            self.problems
                .add(&place, || say("this key stands twice in one object"));
            return;
        }
        match key {
            "receipt" => self.form(value, &place),
            "milepost" => self.milepost = self.version(value, &place),
            "definition" => self.definition = self.hash(value, &place),
            "record" => self.record = self.hash(value, &place),
            "as_of" => self.as_of = self.day(value, &place),
            _ if matches!(json::shape(value), Shape::Object) => self.outcome = Some(written),
            _ => self.mistyped(value, "the outcome, an object", &place),
        }
    }

    /// Its form: a whole number from 1.
    fn form(&mut self, value: Raw<'t>, place: &Place<'_>) {
        let Shape::Number(written) = json::shape(value) else {
            self.mistyped(value, "the number of a form of receipts", place);
            return;
        };
        if written.parse() == Ok(FORM) {
            return;
        }
        self.foreign = true;
        self.problems = Problems::default();
        self.problems.add(place, || {
            say(format!(
                "this version of Milepost does not read receipts of the form {}",
                quoted(written)
            ))
            .help(format!(
                "it reads the form {FORM}; a later version of Milepost may read both"
            ))
        });
    }

    fn version(&mut self, value: Raw<'t>, place: &Place<'_>) -> Option<Cow<'t, str>> {
        match json::shape(value) {
            Shape::Text(text) if !text.is_empty() && text.len() <= VERSION => Some(text),
            _ => {
                self.mistyped(value, "the version of Milepost that wrote it", place);
                None
            }
        }
    }

    fn hash(&mut self, value: Raw<'t>, place: &Place<'_>) -> Option<Cow<'t, str>> {
        match json::shape(value) {
            Shape::Text(text) if is_hash(&text) => Some(text),
            _ => {
                self.mistyped(
                    value,
                    "`sha256:` and 64 hexadecimal digits in small letters",
                    place,
                );
                None
            }
        }
    }

    fn day(&mut self, value: Raw<'t>, place: &Place<'_>) -> Option<Date> {
        let date = match json::shape(value) {
            Shape::Text(text) => text.parse().ok(),
            _ => None,
        };
        if date.is_none() {
            self.mistyped(value, "a date like `2026-07-01`", place);
        }
        date
    }

    fn mistyped(&mut self, value: Raw<'t>, expected: &str, place: &Place<'_>) {
        self.problems.add(place, || {
            let found = values::found(&json::shape(value));
            say(format!("expected {expected}, found {found}"))
        });
    }

    /// The receipt, if nothing is wrong with it. Of a form that is not known, that alone is said.
    fn receipt(mut self) -> Result<Receipt<'t>, Refusal> {
        if !self.foreign {
            for (key, seen) in KEYS.into_iter().zip(self.seen) {
                if !seen {
                    self.problems
                        .add(&Place::ROOT, || say(format!("`{key}` is missing")));
                }
            }
        }
        let all = (
            self.milepost,
            self.definition,
            self.record,
            self.as_of,
            self.outcome,
        );
        let (Some(milepost), Some(definition), Some(record), Some(as_of), Some(outcome)) = all
        else {
            return Err(self.problems.refusal());
        };
        if !self.problems.is_empty() {
            return Err(self.problems.refusal());
        }
        Ok(Receipt {
            milepost,
            definition,
            record,
            as_of,
            outcome,
        })
    }
}

fn is_hash(text: &str) -> bool {
    text.strip_prefix(ALGORITHM).is_some_and(|digits| {
        digits.len() == DIGITS
            && digits
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}
