//! What if: a record, a day and a list of changes in; the outcomes before and after and the statuses that differ out, in the
//! shape of [`WhatIf`](crate::wire::WhatIf). Changes are refused whole, each problem with its place in the list.

use milepost_engine::Date;
use milepost_engine::plan::RoleId;
use milepost_engine::record::Record;

use super::{Session, patch};
use crate::decode::{self, Change};
use crate::governed::Governed;
use crate::programme::Pathway;
use crate::report::text::day;
use crate::wire::{ChangesRefusal, Refusal};

/// The keys of evidence and credentials that are given anew, besides the fields of a kind.
const KEYS: [&str; 8] = [
    "date",
    "status",
    "for",
    "expires",
    "submitted",
    "decided",
    "issued",
    "competency",
];

/// Makes the changes and says what differs.
pub(crate) fn what_if(
    pathway: &Pathway,
    record: &Record,
    changes: &[u8],
    as_of: Date,
) -> Result<String, ChangesRefusal> {
    let changes = decode::changes(pathway.plan(), pathway.names(), changes);
    let changes = changes.map_err(ChangesRefusal)?;
    let mut session = Session::new(pathway.clone(), record.clone());
    let before = session.outcome(as_of);
    let mut now = as_of;
    for (index, change) in changes.iter().enumerate() {
        if let Change::AsOf(date) = change {
            now = *date;
        }
        let made = session.make(change);
        made.map_err(|refusal| ChangesRefusal(session.placed(refusal, index, change)))?;
    }
    let found = session.update(now);
    let mut out = String::with_capacity(before.len() * 2 + 1_024);
    out.push_str("{\"as_of\":");
    day(&mut out, now);
    out.push_str(",\"changed\":");
    patch::changed(&mut out, session.governing(), &found);
    out.push_str(",\"before\":");
    out.push_str(&before);
    out.push_str(",\"after\":");
    out.push_str(&session.outcome(now));
    out.push('}');
    Ok(out)
}

/// Whether a role or a stage of it is met once changes are made, under every version that may govern then.
pub(crate) fn reaches(
    (pathway, record): (&Pathway, &Record),
    changes: &str,
    as_of: Date,
    (role, stage): (&str, Option<&str>),
) -> bool {
    let Ok(changes) = decode::changes(pathway.plan(), pathway.names(), changes.as_bytes()) else {
        return false;
    };
    let mut session = Session::new(pathway.clone(), record.clone());
    let mut now = as_of;
    for change in &changes {
        if let Change::AsOf(date) = change {
            now = *date;
        }
        if session.make(change).is_err() {
            return false;
        }
    }
    let governed = Governed::new(pathway, &session.record, now);
    let outcome = governed.evaluate(now);
    let parts = governed.pathway.plan().parts();
    let mut roles = (0..).map(RoleId).zip(&parts.roles);
    let Some((id, _)) = roles.find(|(_, it)| it.entry.name == role) else {
        return false;
    };
    let truth = match stage {
        None => outcome.roles.get(id.index()).map(|found| found.truth),
        Some(stage) => {
            let mut stages = parts.stages_of(id);
            let stage = stages.find(|(_, it)| it.entry.name == stage);
            stage.and_then(|(id, _)| Some(outcome.stages.get(id.index())?.truth))
        }
    };
    truth.is_some_and(milepost_engine::Truth::met)
}

impl Session {
    /// Makes a change of the record.
    fn make(&mut self, change: &Change<'_>) -> Result<(), Refusal> {
        match change {
            Change::Add(entry) => self.add(entry.as_bytes()),
            Change::Remove(id) => self.remove(id),
            Change::Fact(name, value) => self.set_fact(name, value.as_bytes()),
            Change::Field(id, key, value) => self.set_field(id, key, value.as_bytes()),
            Change::Enrolled(date) => self.set_enrolled(date.as_bytes()),
            Change::AsOf(_) => Ok(()),
        }
    }

    /// A refusal of a change, with the places of the list instead of those of the changed record.
    fn placed(&self, mut refusal: Refusal, index: usize, change: &Change<'_>) -> Refusal {
        for problem in &mut refusal.problems {
            // `/evidence/5/…`, `/facts/…/…`, `/enrolled`
            let mut steps = problem.pointer.splitn(4, '/').skip(3);
            let inner = steps.next().map(|inner| format!("/{inner}"));
            let inner = inner.unwrap_or_default();
            let within = match change {
                Change::Add(_) => format!("add{inner}"),
                Change::Remove(_) => "remove".to_owned(),
                Change::Fact(name, _) if !self.declares(name) => "fact".to_owned(),
                Change::Fact(..) => format!("value{inner}"),
                Change::Field(id, ..) if self.record.find(id).is_none() => "field".to_owned(),
                Change::Field(id, key, _) if !self.has_key(id, key) => "key".to_owned(),
                Change::Field(_, key, _) => {
                    let deeper = inner
                        .strip_prefix('/')
                        .and_then(|it| it.strip_prefix(&**key));
                    format!("value{}", deeper.unwrap_or_default())
                }
                Change::Enrolled(_) => "enrolled".to_owned(),
                Change::AsOf(_) => "as_of".to_owned(),
            };
            problem.pointer = format!("/{index}/{within}");
            // That would be a place in the changed record.
            problem.also = None;
        }
        refusal
    }

    fn declares(&self, fact: &str) -> bool {
        let facts = &self.pathway.plan().parts().facts;
        facts.iter().any(|known| known.entry.name == fact)
    }

    /// Whether an entry has a key that is given anew.
    fn has_key(&self, id: &str, key: &str) -> bool {
        let parts = self.pathway.plan().parts();
        let field = match self.record.find(id) {
            Some(milepost_engine::record::Held::Evidence(at)) => parts
                .kinds
                .get(at.kind.index())
                .is_some_and(|kind| kind.fields.iter().any(|field| field.entry.name == key)),
            _ => false,
        };
        field || KEYS.contains(&key)
    }
}
