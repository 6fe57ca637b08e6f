//! One of two programmes, by itself. In: its parts, and records as JSON. Out: whether a record meets something, and what would be
//! the fewest steps to it.

use milepost_engine::outcome::Progress;
use milepost_engine::plan::{CompetencyId, Form, Node, NodeId, Parts, Role, RoleId};
use milepost_engine::{Date, Evaluator, Outcome, Plan, Truth};
use serde_json::{Map, Value};

use super::anytime::relaxed;
use crate::diff::known::Known;
use crate::next;
use crate::programme::Pathway;

/// A programme by itself, without the versions it replaces.
pub(super) struct Alone {
    pathway: Pathway,
    known: Known,
    /// The same with a role for each competency, for what is next is asked of roles.
    asked: Option<(Pathway, u32)>,
    /// The same without what limits the days of evidence.
    anytime: Option<(Pathway, u32)>,
}

impl Alone {
    pub(super) fn new(parts: &Parts, known: Known) -> Option<Self> {
        Some(Self {
            pathway: Pathway::new(Plan::new(parts.clone()).ok()?),
            known,
            asked: asked(parts.clone()),
            anytime: relaxed(parts).and_then(asked),
        })
    }

    pub(super) fn parts(&self) -> &Parts {
        self.pathway.plan().parts()
    }

    /// Records that meet it in the fewest steps from a record on.
    pub(super) fn ways(&self, goal: &Form, from: &Value, as_of: Date) -> Vec<Value> {
        Self::asked_of(self.asked.as_ref(), &self.known, goal, from, as_of)
    }

    /// Records that would meet it in the fewest steps if evidence were asked for of any day.
    pub(super) fn ways_at_any_time(&self, goal: &Form, from: &Value, as_of: Date) -> Vec<Value> {
        Self::asked_of(self.anytime.as_ref(), &self.known, goal, from, as_of)
    }

    fn asked_of(
        asked: Option<&(Pathway, u32)>,
        known: &Known,
        goal: &Form,
        from: &Value,
        as_of: Date,
    ) -> Vec<Value> {
        let Some((pathway, first)) = asked else {
            return Vec::new();
        };
        let goal = match goal {
            Form::Competency(id) => Form::Role(RoleId(first.saturating_add(id.0))),
            goal => goal.clone(),
        };
        let known = known.of(&from.to_string());
        let Ok(record) = pathway.decode_record(known.as_bytes()) else {
            return Vec::new();
        };
        let ways = next::ways(pathway, &record, as_of, &goal);
        ways.iter().filter_map(|it| made(from, it)).collect()
    }

    /// Whether a record meets it; nothing if the programme refuses what it knows of the record.
    pub(super) fn meets(&self, record: &Value, goal: &Form, as_of: Date) -> Option<bool> {
        Some(self.stands(record, goal, as_of)?.0.met())
    }

    /// How much of it is left to do, nothing if it is met.
    pub(super) fn left(&self, record: &Value, goal: &Form, as_of: Date) -> Option<u64> {
        let (truth, progress) = self.stands(record, goal, as_of)?;
        let left = progress.of.saturating_sub(progress.met);
        Some(if truth.met() { 0 } else { left.max(1) })
    }

    fn stands(&self, record: &Value, goal: &Form, as_of: Date) -> Option<(Truth, Progress)> {
        let known = self.known.of(&record.to_string());
        let record = self.pathway.decode_record(known.as_bytes()).ok()?;
        let outcome = Evaluator::new(self.pathway.plan()).evaluate(&record, as_of);
        stands(&outcome, goal)
    }
}

fn stands(outcome: &Outcome, goal: &Form) -> Option<(Truth, Progress)> {
    match goal {
        Form::Role(id) => {
            let role = outcome.roles.get(id.index());
            role.map(|it| (it.truth, it.progress))
        }
        Form::Stage(id) => {
            let stage = outcome.stages.get(id.index());
            stage.map(|it| (it.truth, it.progress))
        }
        Form::Competency(id) => {
            let competency = outcome.competencies.get(id.index());
            competency.map(|it| (it.truth, it.progress))
        }
        _ => None,
    }
}

/// The programme with a role for each competency, and the place of the first of these.
fn asked(mut parts: Parts) -> Option<(Pathway, u32)> {
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

/// The record that changes make of another.
fn made(from: &Value, changes: &str) -> Option<Value> {
    let changes: Vec<Value> = serde_json::from_str(changes).ok()?;
    let mut record = from.as_object()?.clone();
    for change in &changes {
        if let Some(entry) = change.get("add") {
            let evidence = record
                .entry("evidence")
                .or_insert_with(|| Vec::<Value>::new().into());
            evidence.as_array_mut()?.push(entry.clone());
        } else if let Some(fact) = change.get("fact").and_then(Value::as_str) {
            let facts = record.entry("facts").or_insert_with(|| Map::new().into());
            let facts = facts.as_object_mut()?;
            facts.insert(fact.to_owned(), change.get("value")?.clone());
        } else {
            return None;
        }
    }
    Some(Value::Object(record))
}
