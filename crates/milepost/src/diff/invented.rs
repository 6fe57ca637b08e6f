//! Candidates made up: two programmes, a day and something both have in; a small record on which they disagree, out, if one is
//! found within the bound.
//!
//! The search begins with nobody, and with those who meet it in the fewest steps under the one and the other; it goes on to
//! records beside those that still meet it on the side on which it is to be met. Whatever it gives has been evaluated by both.

use std::cell::Cell;
use std::collections::{BTreeSet, VecDeque};

use milepost_engine::plan::{CompetencyId, Form, Node, NodeId, Parts, Role, RoleId, Type};
use milepost_engine::{Date, Decimal, Evaluator, Outcome, Plan, Truth};
use serde_json::{Map, Value};

use crate::next;
use crate::programme::Pathway;

/// So many records are tried for each role, stage and competency, in each direction.
pub const TRIED: u64 = 1_000;
/// So many requirements are evaluated in all searches together, each as often as it is.
const WORK: u64 = 40_000_000;
/// Finding the fewest steps counts as so many.
const WAYS: u64 = 100_000;
/// So many kinds of evidence are added to a record.
const KINDS: usize = 64;
/// How many days a date is moved by.
const DAYS: [i32; 10] = [-1, 1, -31, 31, -92, 92, -366, 366, -1_096, 1_096];
/// How many days ago what is added was.
const AGO: [i32; 7] = [0, 183, 548, 914, 1_279, 1_644, 2_009];
/// How far a number is moved.
const STEPS: [i64; 8] = [-1, 1, -2, 2, -5, 5, -10, 10];

/// A programme by itself, without the versions it replaces.
struct Alone {
    pathway: Pathway,
    /// The same with a role for each competency, for what is next is asked of roles.
    asked: Option<(Pathway, u32)>,
}

impl Alone {
    fn new(parts: &Parts) -> Option<Self> {
        let pathway = Pathway::new(Plan::new(parts.clone()).ok()?);
        Some(Self {
            pathway,
            asked: asked(parts),
        })
    }

    /// Records that meet it in the fewest steps.
    fn ways(&self, goal: &Form, as_of: Date) -> Vec<Value> {
        let (pathway, goal) = match (goal, &self.asked) {
            (Form::Competency(id), Some((asked, first))) => {
                (asked, Form::Role(RoleId(first.saturating_add(id.0))))
            }
            (Form::Competency(_), None) => return Vec::new(),
            (goal, _) => (&self.pathway, goal.clone()),
        };
        let Ok(nobody) = pathway.decode_record(NOBODY.as_bytes()) else {
            return Vec::new();
        };
        let ways = next::ways(pathway, &nobody, as_of, &goal);
        ways.iter().filter_map(|it| made(it)).collect()
    }

    /// Whether a record meets it; nothing if the programme does not take the record.
    fn meets(&self, json: &str, goal: &Form, as_of: Date) -> Option<bool> {
        let record = self.pathway.decode_record(json.as_bytes()).ok()?;
        let outcome = Evaluator::new(self.pathway.plan()).evaluate(&record, as_of);
        truth(&outcome, goal).map(Truth::met)
    }
}

const NOBODY: &str = r#"{"id":"invented"}"#;

fn truth(outcome: &Outcome, goal: &Form) -> Option<Truth> {
    match goal {
        Form::Role(id) => outcome.roles.get(id.index()).map(|it| it.truth),
        Form::Stage(id) => outcome.stages.get(id.index()).map(|it| it.truth),
        Form::Competency(id) => outcome.competencies.get(id.index()).map(|it| it.truth),
        _ => None,
    }
}

/// The programme with a role for each competency, and the place of the first of these.
fn asked(parts: &Parts) -> Option<(Pathway, u32)> {
    let mut parts = parts.clone();
    let first = u32::try_from(parts.roles.len()).ok()?;
    let competencies = u32::try_from(parts.competencies.len()).ok()?;
    for id in (0..competencies).map(CompetencyId) {
        let node = NodeId(u32::try_from(parts.nodes.len()).ok()?);
        let name = format!("invented_{}", id.0);
        let mut entry = parts.competencies.get(id.index())?.entry.clone();
        entry.name.clone_from(&name);
        parts.nodes.push(Node {
            address: name,
            title: None,
            cites: Vec::new(),
            advice: None,
            owner: None,
            stage: None,
            form: Form::Competency(id),
            waivable: Vec::new(),
            formerly: Vec::new(),
        });
        parts.roles.push(Role {
            entry,
            doc: None,
            about: None,
            incentives: Vec::new(),
            eligible: node,
            preferred: Vec::new(),
            formerly: Vec::new(),
            stays: false,
        });
    }
    Some((Pathway::new(Plan::new(parts).ok()?), first))
}

/// The record that changes make of nobody.
fn made(changes: &str) -> Option<Value> {
    let changes: Vec<Value> = serde_json::from_str(changes).ok()?;
    let mut record = Map::new();
    let (mut facts, mut evidence) = (Map::new(), Vec::new());
    record.insert("id".to_owned(), Value::from("invented"));
    for change in &changes {
        if let Some(entry) = change.get("add") {
            evidence.push(entry.clone());
        } else if let Some(fact) = change.get("fact").and_then(Value::as_str) {
            facts.insert(fact.to_owned(), change.get("value")?.clone());
        } else {
            return None;
        }
    }
    record.insert("facts".to_owned(), Value::Object(facts));
    record.insert("evidence".to_owned(), Value::Array(evidence));
    Some(Value::Object(record))
}

/// The search for candidates on whom two programmes disagree.
pub(super) struct Search {
    old: Alone,
    new: Alone,
    as_of: Date,
    /// What one record takes, and what is left for all.
    each: u64,
    left: Cell<u64>,
}

/// What a search found.
pub(super) struct Found {
    /// The record, as JSON.
    pub(super) record: Option<String>,
    /// How many records were tried.
    pub(super) tried: u64,
}

impl Search {
    pub(super) fn new(old: &Parts, new: &Parts, as_of: Date) -> Option<Self> {
        let each = old.nodes.len().saturating_add(new.nodes.len());
        Some(Self {
            old: Alone::new(old)?,
            new: Alone::new(new)?,
            as_of,
            each: u64::try_from(each).unwrap_or(u64::MAX).saturating_add(32),
            left: Cell::new(WORK),
        })
    }

    /// Takes from what is left; says no if there is not so much.
    fn spend(&self, work: u64) -> bool {
        let left = self.left.get().checked_sub(work);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Somebody who gains: does not meet it under the old, and meets it under the new.
    pub(super) fn gains(&self, old: &Form, new: &Form) -> Found {
        self.search((&self.old, old), (&self.new, new))
    }

    /// Somebody who loses.
    pub(super) fn loses(&self, old: &Form, new: &Form) -> Found {
        self.search((&self.new, new), (&self.old, old))
    }

    fn search(&self, not: (&Alone, &Form), met: (&Alone, &Form)) -> Found {
        let ways = |(alone, goal): (&Alone, &Form)| match self.spend(WAYS) {
            true => alone.ways(goal, self.as_of),
            false => Vec::new(),
        };
        let mut beginnings: VecDeque<Value> = ways(met).into();
        beginnings.extend(serde_json::from_str(NOBODY).ok());
        beginnings.extend(ways(not));
        let mut seen = BTreeSet::new();
        let mut tried = 0;
        let kinds = kinds(met.0.pathway.plan().parts(), self.as_of);
        while let Some(record) = beginnings.pop_front() {
            let all = std::iter::once(record.clone()).chain(beside(&record, &kinds));
            for record in all {
                let json = record.to_string();
                if !seen.insert(json.clone()) {
                    continue;
                }
                if tried == TRIED || !self.spend(self.each) {
                    return Found {
                        record: None,
                        tried,
                    };
                }
                tried += 1;
                match self.stands(&json, not, met) {
                    Some((false, true)) => {
                        let smallest = self.smallest(record, not, met);
                        return Found {
                            record: Some(smallest.to_string()),
                            tried,
                        };
                    }
                    Some((_, true)) => beginnings.push_back(record),
                    _ => {}
                }
            }
        }
        Found {
            record: None,
            tried,
        }
    }

    fn stands(
        &self,
        json: &str,
        not: (&Alone, &Form),
        met: (&Alone, &Form),
    ) -> Option<(bool, bool)> {
        let met = met.0.meets(json, met.1, self.as_of)?;
        Some((not.0.meets(json, not.1, self.as_of)?, met))
    }

    /// The same record with whatever can be left out left out.
    fn smallest(&self, mut record: Value, not: (&Alone, &Form), met: (&Alone, &Form)) -> Value {
        let mut left = TRIED;
        'less: loop {
            for smaller in less(&record) {
                if left == 0 || !self.spend(self.each) {
                    return record;
                }
                left -= 1;
                if self.stands(&smaller.to_string(), not, met) == Some((false, true)) {
                    record = smaller;
                    continue 'less;
                }
            }
            return record;
        }
    }
}

/// Pieces of evidence of each kind, from different days, with as little said in them as can be.
fn kinds(parts: &Parts, as_of: Date) -> Vec<Value> {
    let filed: Vec<&str> = parts
        .competencies
        .iter()
        .filter(|it| !it.elsewhere)
        .map(|it| it.entry.name.as_str())
        .collect();
    let days = AGO.iter();
    let days: Vec<Date> = days
        .filter_map(|ago| Date::from_days(as_of.days().checked_sub(*ago)?))
        .collect();
    let kinds = parts.kinds.iter().take(KINDS);
    let each = kinds.flat_map(|kind| days.iter().map(move |day| (kind, day)));
    let all = each.map(|(kind, day)| {
        let mut entry = Map::new();
        entry.insert("id".to_owned(), format!("added-{}", kind.entry.name).into());
        entry.insert("kind".to_owned(), kind.entry.name.clone().into());
        entry.insert("date".to_owned(), day.to_string().into());
        entry.insert("for".to_owned(), filed.clone().into());
        for field in &kind.fields {
            if let (Type::Level(_), None) = (&field.ty, field.from_score) {
                let Type::Level(scale) = field.ty else {
                    continue;
                };
                let lowest = parts.scales.get(scale.index());
                let lowest = lowest.and_then(|it| it.levels.first());
                let lowest = lowest.map(|it| it.entry.name.clone());
                entry.extend(lowest.map(|it| (field.entry.name.clone(), it.into())));
            }
        }
        Value::Object(entry)
    });
    all.collect()
}

/// Records that differ from one in a single thing.
fn beside(record: &Value, kinds: &[Value]) -> Vec<Value> {
    let mut all = less(record);
    let empty = Vec::new();
    let evidence = record.get("evidence").and_then(Value::as_array);
    let evidence = evidence.unwrap_or(&empty);
    let with = |evidence: Vec<Value>| with(record, "evidence", Value::Array(evidence));
    for added in kinds {
        let mut more = evidence.clone();
        more.push(added.clone());
        all.push(with(more));
    }
    for (at, entry) in evidence.iter().enumerate() {
        for changed in changed(entry) {
            let mut other = evidence.clone();
            if let Some(entry) = other.get_mut(at) {
                *entry = changed;
            }
            all.push(with(other));
        }
    }
    if let Some(facts) = record.get("facts") {
        let others = changed(facts);
        all.extend(others.into_iter().map(|it| self::with(record, "facts", it)));
    }
    all
}

fn with(record: &Value, key: &str, value: Value) -> Value {
    let mut record = record.clone();
    if let Some(record) = record.as_object_mut() {
        record.insert(key.to_owned(), value);
    }
    record
}

/// An object with one of its values another.
fn changed(object: &Value) -> Vec<Value> {
    let keys = object.as_object().into_iter().flatten();
    let keys = keys.filter(|(key, _)| !matches!(key.as_str(), "id" | "kind" | "status"));
    let all = keys.flat_map(|(key, value)| {
        let others = others(value).into_iter();
        others.map(|other| with(object, key, other))
    });
    all.collect()
}

/// Values beside a value.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(yes) => vec![Value::Bool(!yes)],
        Value::Number(number) => {
            let Ok(number) = Decimal::parse(&number.to_string()) else {
                return Vec::new();
            };
            let moved = STEPS.iter().filter_map(|by| {
                let by = Decimal::from_whole(*by)?.micros();
                let moved = Decimal::from_micros(number.micros().checked_add(by)?)?;
                serde_json::from_str(&moved.to_string()).ok()
            });
            moved.collect()
        }
        Value::String(text) => {
            let Ok(date) = text.parse::<Date>() else {
                return Vec::new();
            };
            let moved = DAYS.iter().filter_map(|by| {
                let moved = Date::from_days(date.days().checked_add(*by)?)?;
                Some(moved.to_string().into())
            });
            moved.collect()
        }
        _ => Vec::new(),
    }
}

/// Records that say one thing less.
fn less(record: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    for key in ["evidence", "facts"] {
        let Some(value) = record.get(key) else {
            continue;
        };
        if *value == Value::Array(Vec::new()) || *value == Value::Object(Map::new()) {
            let mut fewer = record.clone();
            if let Some(fewer) = fewer.as_object_mut() {
                fewer.remove(key);
            }
            all.push(fewer);
        } else if let Some(entries) = value.as_array() {
            for at in 0..entries.len() {
                let mut fewer = entries.clone();
                fewer.remove(at);
                all.push(with(record, key, fewer.into()));
            }
            for (at, entry) in entries.iter().enumerate() {
                for smaller in without(entry) {
                    let mut other = entries.clone();
                    if let Some(entry) = other.get_mut(at) {
                        *entry = smaller;
                    }
                    all.push(with(record, key, other.into()));
                }
            }
        } else {
            let fewer = without(value).into_iter();
            all.extend(fewer.map(|it| with(record, key, it)));
        }
    }
    all
}

/// An object without one of the keys that can be left out.
fn without(object: &Value) -> Vec<Value> {
    let Some(object) = object.as_object() else {
        return Vec::new();
    };
    let keys = object.keys();
    let keys = keys.filter(|key| !matches!(key.as_str(), "id" | "kind" | "date"));
    let fewer = keys.map(|key| {
        let mut fewer = object.clone();
        fewer.remove(key);
        Value::Object(fewer)
    });
    fewer.collect()
}
