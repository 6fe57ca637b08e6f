//! A list of changes in, as `--what-if` takes it; each change with the pieces of JSON it is made of out, or a refusal that
//! lists every problem with its place. What the pieces say is asked when the changes are made.

use std::borrow::Cow;

use milepost_engine::Date;
use milepost_engine::plan::Plan;

use super::json::{self, Cursor, Raw, Shape};
use super::keys::Keys;
use super::names::Names;
use super::place::Place;
use super::problems::say;
use super::{Decoder, syntax, unknown_key, values};
use crate::wire::Refusal;

/// What these documents are called.
const WHAT: &str = "list of changes";
/// The most changes of a list.
const MOST: usize = 1_000;
/// The keys of each form of a change, the one that tells it first.
const FORMS: [&[&str]; 6] = [
    &["add"],
    &["remove"],
    &["fact", "value"],
    &["field", "key", "value"],
    &["enrolled"],
    &["as_of"],
];

/// A change of a record or of the day.
pub(crate) enum Change<'t> {
    /// Adds evidence or a credential: an object.
    Add(&'t str),
    /// Removes what has the id.
    Remove(Cow<'t, str>),
    /// Learns a fact: its name and its value.
    Fact(Cow<'t, str>, &'t str),
    /// Gives a key of an entry anew: its id, the key and the value.
    Field(Cow<'t, str>, Cow<'t, str>, &'t str),
    /// Says when the candidate enrolled.
    Enrolled(&'t str),
    /// Evaluates for that day.
    AsOf(Date),
}

/// Reads a list of changes.
pub(crate) fn changes<'t>(
    plan: &Plan,
    names: &Names,
    json: &'t [u8],
) -> Result<Vec<Change<'t>>, Refusal> {
    let text = syntax::text(json, WHAT)?;
    let mut cursor = Cursor::new(text);
    let whole = cursor
        .value()
        .and_then(|whole| cursor.end().map(|()| whole))
        .map_err(|_| syntax::broken(text, WHAT))?;
    let shape = json::shape(whole);
    if !matches!(shape, Shape::List) {
        let found = values::found(&shape);
        return Err(say(format!("a {WHAT} is a list, found {found}")).refusal(None));
    }
    let mut decoder = Decoder::new(plan, names);
    let mut changes = Vec::new();
    json::items(whole, |index, raw| {
        let place = Place::ROOT.index(index);
        if index < MOST {
            changes.extend(decoder.change(raw, &place));
        } else {
            decoder
                .problems
                .add(&place, || say("more than 1 000 changes"));
        }
        index < MOST
    });
    if decoder.problems.is_empty() {
        Ok(changes)
    } else {
        Err(decoder.problems.refusal())
    }
}

impl<'t> Decoder<'_, 't> {
    /// One change; nothing if anything is wrong with its form.
    fn change(&mut self, raw: Raw<'t>, place: &Place<'_>) -> Option<Change<'t>> {
        if !matches!(json::shape(raw), Shape::Object) {
            self.mistyped(raw, "a change, which is an object", None, place);
            return None;
        }
        let keys = self.keys_of(raw, place);
        let value = |wanted: &str| keys.iter().find(|(key, _)| key == wanted).map(|it| it.1);
        let told = |form: &&[&str]| form.first().is_some_and(|key| value(key).is_some());
        let Some(form) = FORMS.into_iter().find(told) else {
            self.problems.add(place, || {
                say("a change says `add`, `remove`, `fact`, `field`, `enrolled` or `as_of`")
            });
            return None;
        };
        for (key, _) in &keys {
            if !form.contains(&key.as_ref()) {
                self.problems
                    .add(&place.key(key), || unknown_key(key, "this change", form));
            }
        }
        for key in form {
            if value(key).is_none() {
                self.missing(key, place);
            }
        }
        self.of_form(form, &keys, place)
    }

    fn of_form(&mut self, form: &[&str], keys: &Keys<'t>, place: &Place<'_>) -> Option<Change<'t>> {
        let value = |wanted: &str| keys.iter().find(|(key, _)| key == wanted).map(|it| it.1);
        let mut text = |key: &str| self.text(value(key)?, &place.key(key));
        Some(match form {
            ["add"] => Change::Add(value("add")?.json()),
            ["remove"] => Change::Remove(text("remove")?),
            ["fact", ..] => Change::Fact(text("fact")?, value("value")?.json()),
            ["field", ..] => {
                let (id, key) = (text("field"), text("key"));
                Change::Field(id?, key?, value("value")?.json())
            }
            ["enrolled"] => Change::Enrolled(value("enrolled")?.json()),
            _ => Change::AsOf(self.date(value("as_of")?, &place.key("as_of"))?),
        })
    }
}
