//! What a programme knows of a record: a record as JSON, and what another programme has names for, in; the same record without
//! what only the other one has a name for out.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use milepost_engine::plan::{CompetencyId, Entry, Parts, RoleId};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::bridge::Bridge;

/// The names of a programme, present and former.
#[derive(Default)]
struct Names {
    facts: BTreeSet<String>,
    kinds: BTreeMap<String, BTreeSet<String>>,
    competencies: BTreeSet<String>,
    roles: BTreeMap<String, BTreeSet<String>>,
}

/// A name and those it had before.
fn called<'a>(entry: &'a Entry, formerly: &'a [String]) -> impl Iterator<Item = String> + 'a {
    std::iter::once(&entry.name).chain(formerly).cloned()
}

impl Names {
    fn new(parts: &Parts) -> Self {
        let mut names = Self::default();
        let facts = parts.facts.iter().map(|it| it.entry.name.clone());
        names.facts.extend(facts);
        for kind in &parts.kinds {
            let fields = kind.fields.iter().map(|it| it.entry.name.clone());
            names
                .kinds
                .insert(kind.entry.name.clone(), fields.collect());
        }
        for it in &parts.competencies {
            names.competencies.extend(called(&it.entry, &it.formerly));
        }
        for (id, role) in (0..).map(RoleId).zip(&parts.roles) {
            let stages = parts.stages_of(id).map(|(_, it)| it.entry.name.clone());
            let stages: BTreeSet<String> = stages.collect();
            for name in called(&role.entry, &role.formerly) {
                names.roles.insert(name, stages.clone());
            }
        }
        names
    }

    fn stage(&self, role: &str, stage: Option<&str>) -> bool {
        let stages = self.roles.get(role);
        stages.is_some_and(|all| stage.is_none_or(|it| all.contains(it)))
    }

    fn field(&self, kind: &str, field: &str) -> bool {
        let fields = self.kinds.get(kind);
        fields.is_some_and(|all| all.contains(field))
    }
}

/// What one of two programmes knows of records.
pub(super) struct Known {
    own: Names,
    other: Names,
    /// What it calls what the other one has another name for.
    called: BTreeMap<String, String>,
}

impl Known {
    /// What the old programme knows.
    pub(super) fn old(bridge: &Bridge<'_>) -> Self {
        let mut called = shared(bridge);
        let own = Names::new(bridge.old);
        called.retain(|name, _| !own.competencies.contains(name) && !own.roles.contains_key(name));
        Self {
            own,
            other: Names::new(bridge.new),
            called,
        }
    }

    /// What the new programme knows. It understands what the old one says, for it says what it was called formerly.
    pub(super) fn new(bridge: &Bridge<'_>) -> Self {
        Self {
            own: Names::new(bridge.new),
            other: Names::new(bridge.old),
            called: BTreeMap::new(),
        }
    }

    /// What it knows of a record. What neither of the two knows stays, and so does what is no record.
    pub(super) fn of(&self, record: &str) -> String {
        self.record(record).unwrap_or_else(|| record.to_owned())
    }

    fn record(&self, record: &str) -> Option<String> {
        let record: Members<'_> = read(record)?;
        let sections = record.0.iter().map(|(key, value)| {
            let known = match &**key {
                "facts" => self.facts(value),
                "evidence" => each(value, |entry| self.piece(entry)),
                "credentials" => each(value, |entry| self.credential(entry)),
                "posts" => each(value, |entry| self.post(entry)),
                "waivers" => each(value, |entry| self.waiver(entry)),
                _ => None,
            };
            Some(member(
                key,
                &known.unwrap_or_else(|| value.get().to_owned()),
            ))
        });
        Some(object(sections))
    }

    fn facts(&self, facts: &RawValue) -> Option<String> {
        let facts: Members<'_> = read(facts.get())?;
        let (own, other) = (&self.own.facts, &self.other.facts);
        let known = facts.0.iter().map(|(name, value)| {
            let mine = own.contains(&**name) || !other.contains(&**name);
            mine.then(|| member(name, value.get()))
        });
        Some(object(known))
    }

    fn piece(&self, entry: &Members<'_>) -> Option<String> {
        let Some(kind) = entry.text("kind") else {
            return Some(entry.whole());
        };
        if !self.own.kinds.contains_key(&kind) && self.other.kinds.contains_key(&kind) {
            return None;
        }
        let known = entry.0.iter().map(|(key, value)| {
            if &**key == "for" {
                let filed = self.filed(value);
                return Some(member(
                    key,
                    &filed.unwrap_or_else(|| value.get().to_owned()),
                ));
            }
            let mine = self.own.field(&kind, key) || !self.other.field(&kind, key);
            mine.then(|| member(key, value.get()))
        });
        Some(object(known))
    }

    /// The competencies that a piece of evidence is filed for.
    fn filed(&self, value: &RawValue) -> Option<String> {
        let filed: Vec<String> = read(value.get())?;
        let filed = filed.into_iter().filter_map(|name| self.competency(name));
        serde_json::to_string(&filed.collect::<Vec<_>>()).ok()
    }

    /// What it calls a competency, if that is not one that only the other one has.
    fn competency(&self, name: String) -> Option<String> {
        let name = self.called.get(&name).cloned().unwrap_or(name);
        let foreign =
            !self.own.competencies.contains(&name) && self.other.competencies.contains(&name);
        (!foreign).then_some(name)
    }

    fn credential(&self, entry: &Members<'_>) -> Option<String> {
        match entry.text("competency") {
            Some(name) => Some(entry.with("competency", &self.competency(name)?)),
            None => Some(entry.whole()),
        }
    }

    fn post(&self, entry: &Members<'_>) -> Option<String> {
        let Some(name) = entry.text("role") else {
            return Some(entry.whole());
        };
        let stage = entry.text("stage");
        let role = self.called.get(&name).unwrap_or(&name);
        let foreign =
            !self.own.stage(role, stage.as_deref()) && self.other.stage(&name, stage.as_deref());
        (!foreign).then(|| entry.with("role", role))
    }

    fn waiver(&self, entry: &Members<'_>) -> Option<String> {
        let Some(address) = entry.text("requirement") else {
            return Some(entry.whole());
        };
        let end = address.find(['.', '/']).unwrap_or(address.len());
        let (first, rest) = address.split_at_checked(end)?;
        let first = self.called.get(first).map_or(first, |it| it);
        Some(entry.with("requirement", &format!("{first}{rest}")))
    }
}

/// The names of the new programme that the old one does not use, with those it uses for the same.
pub(super) fn shared(bridge: &Bridge<'_>) -> BTreeMap<String, String> {
    let (old, new) = (bridge.old, bridge.new);
    let competencies = (0..).map(CompetencyId).zip(&old.competencies);
    let competencies = competencies.filter_map(|(id, was)| {
        let now = new.competencies.get(bridge.competency(id)?.index())?;
        Some((&now.entry.name, &was.entry.name))
    });
    let roles = (0..).map(RoleId).zip(&old.roles).filter_map(|(id, was)| {
        let now = new.roles.get(bridge.role(id)?.index())?;
        Some((&now.entry.name, &was.entry.name))
    });
    let both = competencies.chain(roles).filter(|(now, was)| now != was);
    both.map(|(now, was)| (now.clone(), was.clone())).collect()
}

/// The members of an object as they stand.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl Members<'_> {
    /// The text of a key, if it has one.
    fn text(&self, key: &str) -> Option<String> {
        let (_, value) = self.0.iter().find(|(it, _)| it == key)?;
        read(value.get())
    }

    fn whole(&self) -> String {
        object(
            self.0
                .iter()
                .map(|(key, value)| Some(member(key, value.get()))),
        )
    }

    /// The same with another text of a key.
    fn with(&self, key: &str, text: &str) -> String {
        let text = quoted(text);
        let all = self.0.iter().map(|(it, value)| {
            let value = if it == key { &text } else { value.get() };
            Some(member(it, value))
        });
        object(all)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry::<Cow<'de, str>, &'de RawValue>()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        from.deserialize_map(InOrder)
    }
}

fn read<'a, T: Deserialize<'a>>(json: &'a str) -> Option<T> {
    serde_json::from_str(json).ok()
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn member(key: &str, value: &str) -> String {
    format!("{}:{value}", quoted(key))
}

fn object(members: impl Iterator<Item = Option<String>>) -> String {
    let members: Vec<String> = members.flatten().collect();
    format!("{{{}}}", members.join(","))
}

/// The entries of a list, each as far as it is known; nothing if it is no list of objects.
fn each(list: &RawValue, mut known: impl FnMut(&Members<'_>) -> Option<String>) -> Option<String> {
    let entries: Vec<Members<'_>> = read(list.get())?;
    let known: Vec<String> = entries.iter().filter_map(&mut known).collect();
    Some(format!("[{}]", known.join(",")))
}
