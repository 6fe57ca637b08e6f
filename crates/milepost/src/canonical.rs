//! A record in, its canonical text out: records that mean the same give the same text, whoever wrote them and however.
//!
//! It is JSON as RFC 8785 writes it: keys in alphabetical order, no space, numbers without needless digits. What is unknown
//! or is the default is left out. Evidence stands by date, then kind, credentials by day, then competency, posts by their first
//! day, then role, waivers by day, then
//! requirement; of one date and kind in the order written, for the later of two counts as the later one.

use milepost_engine::Date;
use milepost_engine::order;
use milepost_engine::outcome::RecordRef;
use milepost_engine::plan::{
    CompetencyId, Constant, Entry, FactId, Field, Kind, KindId, Parts, Type,
};
use milepost_engine::record::{Credential, Post, Record, Status, Suspension};

use crate::report::text::{day, list, text, yes_no};
use crate::wire::write_number;

/// The canonical text of a record.
#[must_use]
pub fn record(record: &Record) -> String {
    let parts = record.parts();
    let mut out = String::new();
    let mut whole = Object::new(&mut out);
    if !record.credentials().is_empty() {
        let credentials = credentials(record, parts);
        list(whole.key("credentials"), credentials, |out, it| {
            credential(out, it, parts);
        });
    }
    whole.day("enrolled", record.enrolled());
    let kinds: Vec<Named> = parts.kinds.iter().map(Named::new).collect();
    let evidence = evidence(record, &kinds);
    if !evidence.is_empty() {
        list(whole.key("evidence"), evidence, |out, it| {
            let place = it.kind.index();
            if let Some((kind, named)) = parts.kinds.get(place).zip(kinds.get(place)) {
                one(out, record, it, kind, named);
            }
        });
    }
    facts(&mut whole, record, parts);
    text(whole.key("id"), record.id());
    let posts = posts(record);
    if !posts.is_empty() {
        list(whole.key("posts"), posts, |out, it| post(out, it, record));
    }
    let waivers = record.waivers_in_order();
    if !waivers.is_empty() {
        list(whole.key("waivers"), waivers, |out, place| {
            waiver(out, record, place);
        });
    }
    whole.end();
    out
}

/// An object on its way; its keys are given in their order.
struct Object<'o> {
    out: &'o mut String,
    before: char,
}

impl<'o> Object<'o> {
    const fn new(out: &'o mut String) -> Self {
        Self { out, before: '{' }
    }

    /// Writes a key; its value is to follow.
    fn key(&mut self, key: &str) -> &mut String {
        self.out.push(self.before);
        self.before = ',';
        text(self.out, key);
        self.out.push(':');
        self.out
    }

    /// A day, if there is one.
    fn day(&mut self, key: &str, date: Option<Date>) {
        if let Some(date) = date {
            day(self.key(key), date);
        }
    }

    /// A status, if it is not the usual one.
    fn status(&mut self, status: Status) {
        if status != Status::default() {
            text(self.key("status"), status.as_str());
        }
    }

    fn end(self) {
        if self.before == '{' {
            self.out.push('{');
        }
        self.out.push('}');
    }
}

/// A key of evidence.
#[derive(Clone, Copy)]
enum Key {
    Date,
    Decided,
    Expires,
    For,
    Id,
    Kind,
    Status,
    Submitted,
    Suspended,
    Field(u32),
}

/// The keys of a kind in their order.
struct Named<'p> {
    kind: &'p str,
    keys: Vec<(&'p str, Key)>,
}

impl<'p> Named<'p> {
    fn new(kind: &'p Kind) -> Self {
        let mut keys = vec![
            ("date", Key::Date),
            ("decided", Key::Decided),
            ("expires", Key::Expires),
            ("for", Key::For),
            ("id", Key::Id),
            ("kind", Key::Kind),
            ("status", Key::Status),
            ("submitted", Key::Submitted),
            ("suspended", Key::Suspended),
        ];
        let fields = (0u32..).zip(&kind.fields);
        let fields = fields.filter(|(_, field)| field.from_score.is_none());
        keys.extend(fields.map(|(place, field)| (field.entry.name.as_str(), Key::Field(place))));
        order::sort_by(&mut keys, |(one, _), (other, _)| one.cmp(other));
        Self {
            kind: &kind.entry.name,
            keys,
        }
    }
}

/// The evidence in its order.
fn evidence(record: &Record, kinds: &[Named<'_>]) -> Vec<RecordRef> {
    let mut all = Vec::new();
    for (kind, named) in (0u32..).map(KindId).zip(kinds) {
        let rows = u32::try_from(record.rows(kind)).unwrap_or(u32::MAX);
        all.extend((0..rows).map(|row| {
            let it = RecordRef { kind, row };
            (record.date(it), named.kind, it)
        }));
    }
    // Rows of one kind stand in the order of their dates already, of one date in the order written: that stays.
    order::sort_by(&mut all, |one, other| {
        (one.0, one.1).cmp(&(other.0, other.1))
    });
    all.into_iter().map(|(_, _, it)| it).collect()
}

/// One piece of evidence.
fn one(out: &mut String, record: &Record, it: RecordRef, kind: &Kind, named: &Named<'_>) {
    let parts = record.parts();
    let mut object = Object::new(out);
    for (name, key) in &named.keys {
        match key {
            Key::Date => object.day(name, record.date(it)),
            Key::Decided => object.day(name, record.decided(it)),
            Key::Expires => object.day(name, record.expires(it)),
            Key::Submitted => object.day(name, record.submitted(it)),
            Key::Suspended => suspended(&mut object, record.suspended(it)),
            Key::For => {
                let mut filed: Vec<&str> = record
                    .competencies(it)
                    .iter()
                    .map(|id| competency(*id, parts))
                    .collect();
                order::sort(&mut filed);
                filed.dedup();
                if !filed.is_empty() {
                    list(object.key(name), filed, text);
                }
            }
            Key::Id => text(object.key(name), record.record_id(it)),
            Key::Kind => text(object.key(name), named.kind),
            Key::Status => object.status(record.status(it).unwrap_or_default()),
            Key::Field(place) => {
                let field = kind.fields.get(*place as usize);
                if let Some((value, field)) = record.value(it, *place).zip(field) {
                    constant(object.key(name), &value, &field.ty, parts);
                }
            }
        }
    }
    object.end();
}

/// The credentials in their order.
fn credentials<'r>(record: &'r Record, parts: &Parts) -> Vec<&'r Credential> {
    let mut all: Vec<&Credential> = record.credentials().iter().collect();
    order::sort_by(&mut all, |one, other| {
        let by_name = || competency(one.competency, parts).cmp(competency(other.competency, parts));
        one.issued.cmp(&other.issued).then_with(by_name)
    });
    all
}

/// One credential.
fn credential(out: &mut String, credential: &Credential, parts: &Parts) {
    let mut object = Object::new(out);
    let of = competency(credential.competency, parts);
    text(object.key("competency"), of);
    object.day("decided", credential.decided);
    object.day("expires", credential.expires);
    text(object.key("id"), &credential.id);
    object.day("issued", Some(credential.issued));
    object.status(credential.status);
    object.day("submitted", credential.submitted);
    suspended(&mut object, &credential.suspended);
    object.end();
}

/// When something was suspended, if it was.
fn suspended(object: &mut Object<'_>, all: &[Suspension]) {
    if !all.is_empty() {
        list(object.key("suspended"), all, |out, it| {
            let mut object = Object::new(out);
            object.day("from", Some(it.from));
            object.day("until", it.until);
            object.end();
        });
    }
}

/// The posts by their first day, then their role; of one day and role in the order written.
fn posts(record: &Record) -> Vec<&Post> {
    let mut all: Vec<&Post> = record.posts_written().iter().collect();
    let key = |post: &Post| (post.from, record.post_names(post).0);
    order::sort_by(&mut all, |one, other| key(one).cmp(&key(other)));
    all
}

/// One post.
fn post(out: &mut String, post: &Post, record: &Record) {
    let (role, stage) = record.post_names(post);
    let mut object = Object::new(out);
    object.day("from", Some(post.from));
    if let Some(id) = &post.id {
        text(object.key("id"), id);
    }
    text(object.key("role"), role);
    if let Some(stage) = stage {
        text(object.key("stage"), stage);
    }
    object.day("until", post.until);
    object.end();
}

/// One waiver.
fn waiver(out: &mut String, record: &Record, place: usize) {
    let Some(waiver) = record.waivers().get(place) else {
        return;
    };
    let mut object = Object::new(out);
    text(object.key("as"), &waiver.authority);
    text(object.key("by"), &waiver.by);
    object.day("expires", waiver.expires);
    object.day("granted", Some(waiver.granted));
    if let Some(id) = &waiver.id {
        text(object.key("id"), id);
    }
    text(object.key("reason"), &waiver.reason);
    text(object.key("requirement"), record.waived_address(place));
    object.end();
}

/// The facts that are known, by name.
fn facts(whole: &mut Object<'_>, record: &Record, parts: &Parts) {
    let ids = (0u32..).map(FactId).zip(&parts.facts);
    let mut known: Vec<(&Field, Constant)> = ids
        .filter_map(|(id, field)| Some((field, record.fact(id)?)))
        .collect();
    if known.is_empty() {
        return;
    }
    order::sort_by(&mut known, |(one, _), (other, _)| {
        one.entry.name.cmp(&other.entry.name)
    });
    let mut object = Object::new(whole.key("facts"));
    for (field, value) in &known {
        constant(object.key(&field.entry.name), value, &field.ty, parts);
    }
    object.end();
}

/// A value of a type.
pub(crate) fn constant(out: &mut String, value: &Constant, ty: &Type, parts: &Parts) {
    match (value, ty) {
        (Constant::Number(number), _) => write_number(out, number.micros().into(), 6),
        (Constant::YesNo(yes), _) => yes_no(out, *yes),
        (Constant::Date(date), _) => day(out, *date),
        (Constant::Text(value), _) => text(out, value),
        (Constant::Ordinal(place), Type::Level(scale)) => {
            let levels = parts.scales.get(scale.index()).map(|scale| &scale.levels);
            let level = levels.and_then(|levels| levels.get(usize::from(*place)));
            text(out, level.map_or("", |level| &level.entry.name));
        }
        (Constant::Ordinal(place), Type::Choice(choices)) => {
            let choice = choices.get(usize::from(*place));
            text(out, choice.map_or("", |choice| &choice.name));
        }
        (Constant::Rubric(levels), Type::Rubric(rubric)) => {
            let Some(rubric) = parts.rubrics.get(rubric.index()) else {
                return;
            };
            let level = Type::Level(rubric.scale);
            let mut rated: Vec<(&Entry, u16)> = rubric
                .criteria
                .iter()
                .zip(levels)
                .filter_map(|(criterion, level)| Some((criterion, (*level)?)))
                .collect();
            order::sort_by(&mut rated, |(one, _), (other, _)| one.name.cmp(&other.name));
            let mut object = Object::new(out);
            for (criterion, place) in rated {
                let rating = Constant::Ordinal(place);
                constant(object.key(&criterion.name), &rating, &level, parts);
            }
            object.end();
        }
        (Constant::List(items), Type::List(item)) => {
            list(out, items, |out, value| constant(out, value, item, parts));
        }
        // A record holds only values of the types declared.
        (Constant::Ordinal(_) | Constant::Rubric(_) | Constant::List(_), _) => out.push_str("null"),
    }
}

fn competency(id: CompetencyId, parts: &Parts) -> &str {
    let competency = parts.competencies.get(id.index());
    competency.map_or("", |competency| &competency.entry.name)
}
