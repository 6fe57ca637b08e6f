//! What a group without reuse asks for, for whoever checks how it was shared out. In: the group, a record and a day. Out: every
//! requirement on records that it reaches, how many it asks for, and which may count for it, as the record stands.
//!
//! Nothing is shared out here, and what shares out takes no part in it.

use super::competency::by_credentials;
use super::explain::at;
use super::planes::downwards;
use super::population::{Latest, Population};
use super::value::Scope;
use super::{Evaluator, waivers};
use crate::Date;
use crate::outcome::{RecordRef, Standing};
use crate::plan::{Form, Measure, NodeId, Records, Spread, below};
use crate::record::Record;

/// A requirement on records that a group without reuse shares out to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// The requirement.
    pub node: NodeId,
    /// How many records it asks for.
    pub asked: u64,
    /// The records that may count for it, each with the value of which only one may, if it has to have a value of its own.
    pub serving: Vec<(RecordRef, Option<i64>)>,
}

impl Evaluator<'_> {
    /// What a group without reuse asks for as the record stands, in the order written; nothing if it is no such group, or if more
    /// than so many records may count for its requirements, for each of them those that may.
    pub fn demands(
        &mut self,
        record: &Record,
        as_of: Date,
        group: NodeId,
        most: usize,
    ) -> Option<Vec<Demand>> {
        self.forget();
        let plan = self.plan;
        let parts = plan.parts();
        let Form::WithoutReuse(children) = &plan.node(group)?.form else {
            return None;
        };
        let mut waived = Vec::new();
        waivers::in_force(record, as_of, &mut waived);
        let is_waived = |id| waived.binary_search_by(|(known, _)| known.cmp(&id)).is_ok();
        let mut seen = vec![false; parts.nodes.len()];
        let mut open: Vec<NodeId> = children.iter().rev().copied().collect();
        let (mut demands, mut left) = (Vec::new(), most);
        while let Some(id) = open.pop() {
            let Some((node, seen)) = plan.node(id).zip(seen.get_mut(id.index())) else {
                continue;
            };
            if std::mem::replace(seen, true) || is_waived(id) {
                continue;
            }
            match &node.form {
                Form::Records(records) => {
                    let owner = node.owner;
                    let renewal = owner.and_then(|owner| {
                        by_credentials(parts, record, owner, as_of).renewal_after
                    });
                    let Some(asked) = self.asked(records, record, as_of) else {
                        continue;
                    };
                    let serving = self.may_count(records, record, as_of, renewal);
                    left = left.checked_sub(serving.len())?;
                    demands.push(Demand {
                        node: id,
                        asked,
                        serving,
                    });
                }
                Form::Competency(competency) => {
                    let standing = by_credentials(parts, record, *competency, as_of).standing;
                    if matches!(standing, Standing::Requirement | Standing::UnderReview(_)) {
                        open.extend(below(parts, &node.form));
                    }
                }
                Form::Any(_) | Form::AtLeast(..) | Form::None(_) | Form::Condition(_) => {}
                _ => open.extend(below(parts, &node.form).iter().rev()),
            }
        }
        Some(demands)
    }

    /// How many records a requirement asks for; nothing if that is none or an unknown fact hides it.
    fn asked(&self, records: &Records, record: &Record, as_of: Date) -> Option<u64> {
        let Measure::Count(_, bound) = &records.measure else {
            return None;
        };
        let asked = Scope::facts(self.plan, record, as_of).whole(bound)?;
        u64::try_from(asked).ok().filter(|asked| *asked > 0)
    }

    /// The records that may count for a requirement, as they stand.
    fn may_count(
        &mut self,
        records: &Records,
        record: &Record,
        as_of: Date,
        renewal: Option<Date>,
    ) -> Vec<(RecordRef, Option<i64>)> {
        let scope = self.stand(records, record, as_of);
        let standing = self.standing.get(records.kind.index());
        let population =
            standing.and_then(|standing| Population::new(scope, records, standing, renewal));
        let Some(population) = population else {
            return Vec::new();
        };
        let mut latest = Latest::new(records.latest);
        let mut may = Vec::new();
        for word in population.words() {
            let narrowed = latest.narrow(word.population);
            let rows = downwards(narrowed.and(word.matching).at(0)).map(|place| word.first + place);
            may.extend(rows.filter_map(|row| {
                let value = match records.spread {
                    None => None,
                    // Of what is not known no record can be said to have another.
                    Some(Spread::Different(source)) => Some(scope.told_apart(source, row).value()?),
                    Some(_) => {
                        Some(scope.school_year(scope.table?.row(row)?.date).into())
                    }
                };
                Some((at(records.kind, row), value))
            }));
        }
        may
    }
}
