//! One change of a record: a piece of JSON in, what it says out; or the refusal that the whole record would be given, had it
//! the change in it.

use std::borrow::Cow;

use milepost_engine::Date;
use milepost_engine::plan::{Constant, FactId, Plan};
use milepost_engine::record::{
    Credential, Evidence, Held, Post, Record, RecordError, Suspension, Waiver,
};

use super::json::{Cursor, Raw};
use super::keys::Keys;
use super::names::Names;
use super::place::Place;
use super::problems::{Problems, quoted, say};
use super::{Decoder, Owner, syntax};
use crate::report::text::{day, list, text};
use crate::wire::Refusal;

/// What these pieces of JSON are called.
const WHAT: &str = "piece";

/// Something with an id.
pub(crate) enum Entry {
    /// A piece of evidence.
    Evidence(Evidence),
    /// A credential.
    Credential(Credential),
    /// A post.
    Post(Post),
    /// A waiver.
    Waiver(Waiver),
}

/// A piece of evidence, a credential or a waiver to be added to a record. What names a requirement, and no kind, is a waiver;
/// what names a competency or a day of issue, and no kind, is a credential.
pub(crate) fn entry(
    plan: &Plan,
    names: &Names,
    record: &Record,
    json: &[u8],
) -> Result<Entry, Refusal> {
    let text = syntax::text(json, WHAT)?;
    let raw = value(text)?;
    let mut decoder = Decoder::new(plan, names);
    decoder.within = Some((record, None));
    let index = record.evidence_count();
    let evidence = Place::ROOT.key("evidence");
    let place = evidence.index(index);
    if !text.trim_start().starts_with('{') {
        decoder.mistyped(raw, "an object", None, &place);
        return Err(decoder.problems.refusal());
    }
    let (waiver, credential, post) = {
        let keys = decoder.keys_of(raw, &place);
        let has = |wanted: &str| !has(&keys, "kind") && has(&keys, wanted);
        (
            has("requirement"),
            has("competency") || has("issued"),
            has("role"),
        )
    };
    decoder.problems = Problems::default();
    let entry = if waiver {
        let index = record.waivers().len();
        let waivers = Place::ROOT.key("waivers");
        let place = waivers.index(index);
        let keys = decoder.keys_of(raw, &place);
        decoder.waiver(index, &keys, &place).map(Entry::Waiver)
    } else if post {
        let index = record.posts_written().len();
        let posts = Place::ROOT.key("posts");
        let place = posts.index(index);
        let keys = decoder.keys_of(raw, &place);
        decoder.post(index, &keys, &place).map(Entry::Post)
    } else if credential {
        let index = record.credentials().len();
        let credentials = Place::ROOT.key("credentials");
        let place = credentials.index(index);
        let keys = decoder.keys_of(raw, &place);
        decoder
            .credential(index, &keys, &place)
            .map(Entry::Credential)
    } else {
        let keys = decoder.keys_of(raw, &place);
        decoder.evidence(index, &keys, &place).map(Entry::Evidence)
    };
    decoder.checked(entry)
}

fn has(keys: &Keys<'_>, wanted: &str) -> bool {
    keys.iter().any(|(key, _)| key == wanted)
}

/// What a record holds with one of its fields given anew.
pub(crate) fn field(
    plan: &Plan,
    names: &Names,
    record: &Record,
    held: Held,
    key: &str,
    json: &[u8],
) -> Result<Entry, Refusal> {
    let raw = value(syntax::text(json, WHAT)?)?;
    let mut decoder = Decoder::new(plan, names);
    decoder.within = Some((record, Some(held)));
    let Owner { section, index } = owner(record, held);
    let section = Place::ROOT.key(section);
    let place = section.index(index);
    if matches!(key, "id" | "kind") {
        decoder.problems.add(&place.key(key), || {
            say(format!("`{key}` is not changed"))
                .help("remove the entry and add it anew".to_owned())
        });
        return Err(decoder.problems.refusal());
    }
    let mut known = String::new();
    let entry = match held {
        Held::Evidence(at) => {
            let Some(mut own) = record.evidence(at) else {
                return Err(decoder.problems.refusal());
            };
            let kind = plan.parts().kinds.get(at.kind.index());
            write_built_in(&mut known, kind.map_or("", |kind| &kind.entry.name), &own);
            let keys = with(&mut decoder, &known, key, raw);
            decoder.evidence(index, &keys, &place).map(|given| {
                // Its own fields stay, all but the one that is given.
                let fields = kind.map_or(&[][..], |kind| &kind.fields);
                for ((field, own), given) in fields.iter().zip(&mut own.fields).zip(given.fields) {
                    if field.entry.name == key {
                        *own = given;
                    }
                }
                let competencies = if key == "for" {
                    given.competencies
                } else {
                    own.competencies
                };
                Entry::Evidence(Evidence {
                    fields: own.fields,
                    competencies,
                    ..Evidence {
                        fields: Vec::new(),
                        competencies: Vec::new(),
                        ..given
                    }
                })
            })
        }
        Held::Credential(at) => {
            let Some(own) = record.credentials().get(at) else {
                return Err(decoder.problems.refusal());
            };
            let competency = plan.parts().competencies.get(own.competency.index());
            let competency = competency.map_or("", |it| &it.entry.name);
            write_credential(&mut known, competency, own);
            let keys = with(&mut decoder, &known, key, raw);
            decoder
                .credential(index, &keys, &place)
                .map(Entry::Credential)
        }
        Held::Post(at) => {
            let Some(own) = record.posts_written().get(at) else {
                return Err(decoder.problems.refusal());
            };
            write_post(&mut known, own, record);
            let keys = with(&mut decoder, &known, key, raw);
            decoder.post(index, &keys, &place).map(Entry::Post)
        }
        Held::Waiver(at) => {
            let Some(own) = record.waivers().get(at) else {
                return Err(decoder.problems.refusal());
            };
            write_waiver(&mut known, own);
            let keys = with(&mut decoder, &known, key, raw);
            decoder.waiver(index, &keys, &place).map(Entry::Waiver)
        }
    };
    decoder.checked(entry)
}

/// A fact and its value, or that it is unknown.
pub(crate) fn fact(
    plan: &Plan,
    names: &Names,
    name: &str,
    json: &[u8],
) -> Result<(FactId, Option<Constant>), Refusal> {
    let raw = value(syntax::text(json, WHAT)?)?;
    let mut decoder = Decoder::new(plan, names);
    let facts = Place::ROOT.key("facts");
    let fact = decoder.fact(name, raw, &facts.key(name));
    decoder.checked(fact)
}

/// When the candidate enrolled, or that it is unknown.
pub(crate) fn enrolled(plan: &Plan, names: &Names, json: &[u8]) -> Result<Option<Date>, Refusal> {
    let raw = value(syntax::text(json, WHAT)?)?;
    let mut decoder = Decoder::new(plan, names);
    let date = decoder.date_or_null(raw, &Place::ROOT.key("enrolled"));
    decoder.checked(Some(date))
}

/// That nothing in a record has an id.
pub(crate) fn unknown_id(id: &str) -> Refusal {
    say(format!("nothing in the record has the id {}", quoted(id))).refusal(None)
}

/// What the record does not take although it was checked.
pub(crate) fn refused(error: &RecordError) -> Refusal {
    say(error.to_string()).refusal(None)
}

/// The one value that a text holds.
fn value(text: &str) -> Result<Raw<'_>, Refusal> {
    let mut cursor = Cursor::new(text);
    let read = cursor.value();
    match read.and_then(|raw| cursor.end().map(|()| raw)) {
        Ok(raw) => Ok(raw),
        Err(_) => Err(syntax::broken(text, WHAT)),
    }
}

/// Where a record holds something, as its text would have it.
fn owner(record: &Record, held: Held) -> Owner {
    match held {
        Held::Evidence(at) => Owner {
            section: "evidence",
            index: record.written_before(at),
        },
        Held::Credential(index) => Owner {
            section: "credentials",
            index,
        },
        Held::Post(index) => Owner {
            section: "posts",
            index,
        },
        Held::Waiver(index) => Owner {
            section: "waivers",
            index,
        },
    }
}

/// The keys of an object with the value of one given anew.
fn with<'t>(
    decoder: &mut Decoder<'_, 't>,
    known: &'t str,
    key: &'t str,
    value: Raw<'t>,
) -> Keys<'t> {
    let object = Cursor::new(known).value();
    let mut keys = object.map_or_else(
        |_| Vec::new(),
        |object| decoder.keys_of(object, &Place::ROOT),
    );
    match keys.iter_mut().find(|(known, _)| known == key) {
        Some((_, known)) => *known = value,
        None => keys.push((Cow::Borrowed(key), value)),
    }
    keys
}

/// What has to agree with one another in a piece of evidence.
fn write_built_in(out: &mut String, kind: &str, own: &Evidence) {
    out.push_str("{\"kind\":");
    text(out, kind);
    write_entry(out, &own.id, "date", own.date);
    let days = [own.expires, own.submitted, own.decided];
    write_decision(out, own.status.as_str(), days, &own.suspended);
}

fn write_credential(out: &mut String, competency: &str, own: &Credential) {
    out.push_str("{\"competency\":");
    text(out, competency);
    write_entry(out, &own.id, "issued", own.issued);
    let days = [own.expires, own.submitted, own.decided];
    write_decision(out, own.status.as_str(), days, &own.suspended);
}

fn write_waiver(out: &mut String, own: &Waiver) {
    out.push_str("{\"id\":");
    text(out, own.id.as_deref().unwrap_or_default());
    let said = [
        ("requirement", &own.requirement),
        ("by", &own.by),
        ("as", &own.authority),
        ("reason", &own.reason),
    ];
    for (key, value) in said {
        out.push(',');
        text(out, key);
        out.push(':');
        text(out, value);
    }
    out.push_str(",\"granted\":");
    day(out, own.granted);
    if let Some(last) = own.expires {
        out.push_str(",\"expires\":");
        day(out, last);
    }
    out.push('}');
}

fn write_post(out: &mut String, own: &Post, record: &Record) {
    let (role, stage) = record.post_names(own);
    out.push_str("{\"role\":");
    text(out, role);
    if let Some(id) = &own.id {
        out.push_str(",\"id\":");
        text(out, id);
    }
    if let Some(stage) = stage {
        out.push_str(",\"stage\":");
        text(out, stage);
    }
    out.push_str(",\"from\":");
    day(out, own.from);
    last_day(out, own.until);
    out.push('}');
}

fn last_day(out: &mut String, until: Option<Date>) {
    if let Some(until) = until {
        out.push_str(",\"until\":");
        day(out, until);
    }
}

fn write_entry(out: &mut String, id: &str, key: &str, date: Date) {
    out.push_str(",\"id\":");
    text(out, id);
    out.push(',');
    text(out, key);
    out.push(':');
    day(out, date);
}

fn write_decision(
    out: &mut String,
    status: &str,
    days: [Option<Date>; 3],
    suspended: &[Suspension],
) {
    out.push_str(",\"status\":");
    text(out, status);
    for (key, date) in ["expires", "submitted", "decided"].into_iter().zip(days) {
        if let Some(date) = date {
            out.push(',');
            text(out, key);
            out.push(':');
            day(out, date);
        }
    }
    if !suspended.is_empty() {
        out.push_str(",\"suspended\":");
        list(out, suspended, |out, it| {
            out.push_str("{\"from\":");
            day(out, it.from);
            last_day(out, it.until);
            out.push('}');
        });
    }
    out.push('}');
}

impl Decoder<'_, '_> {
    /// What was read, if nothing is wrong.
    fn checked<T>(self, read: Option<T>) -> Result<T, Refusal> {
        match read {
            Some(read) if self.problems.is_empty() => Ok(read),
            _ => Err(self.problems.refusal()),
        }
    }

    /// What else in the record has an id.
    pub(super) fn held_elsewhere(&self, id: &str) -> Option<Owner> {
        let (record, own) = self.within?;
        let held = record.find(id)?;
        (Some(held) != own).then(|| owner(record, held))
    }
}
