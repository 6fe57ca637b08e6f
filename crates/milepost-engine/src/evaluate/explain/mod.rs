//! Explanations: an outcome and one of its requirements in; what counted, what nearly did and what nobody supplied out.
//! Made only when asked for, so it may look twice.

mod counted;
mod near;
mod unknown;

use std::collections::BTreeSet;

use self::unknown::Unknowns;
use super::population::Population;
use super::standing::Standing;
use super::value::Scope;
use super::{Evaluator, renewal_after};
use crate::outcome::{Explanation, Outcome, RecordRef};
use crate::plan::{Form, How, KindId, Measure, NodeId};
use crate::record::Record;

impl Evaluator<'_> {
    /// Why a requirement stands as it does in an outcome of the same record.
    pub fn explain(&mut self, record: &Record, outcome: &Outcome, node: NodeId) -> Explanation {
        self.standing.iter_mut().for_each(Standing::clear);
        let mut explanation = Explanation::default();
        let known = self.plan.node(node).zip(outcome.nodes.get(node.index()));
        let Some((asked, found)) = known else {
            return explanation;
        };
        if let Form::Records(records) = &asked.form {
            let scope = self.stand(records, record, outcome.as_of);
            let renewal = renewal_after(outcome, asked.owner);
            let standing = self.standing.get(records.kind.index());
            let population =
                standing.and_then(|standing| Population::new(scope, records, standing, renewal));
            if let Some(population) = population {
                let rows = counted::counted(population);
                if !found.truth.met() && !forbids(&records.measure) {
                    explanation.near_misses = near::near_misses(population, renewal, &rows);
                }
                explanation.counted = rows.into_iter().map(|row| at(records.kind, row)).collect();
            }
        }
        explanation.unknown = self.unknown(record, outcome, node);
        explanation
    }

    /// What nobody supplied and a requirement depends on, the requirements below and referred to included.
    fn unknown(
        &mut self,
        record: &Record,
        outcome: &Outcome,
        node: NodeId,
    ) -> Vec<crate::outcome::Unknown> {
        let parts = self.plan.parts();
        let facts = Scope::facts(self.plan, record, outcome.as_of);
        let mut unknowns = Unknowns::default();
        let mut seen = BTreeSet::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            let known = parts
                .nodes
                .get(node.index())
                .zip(outcome.nodes.get(node.index()));
            let Some((asked, found)) = known else {
                continue;
            };
            if !found.truth.is_uncertain() || !seen.insert(node) {
                continue;
            }
            match &asked.form {
                Form::All(children)
                | Form::Any(children)
                | Form::None(children)
                | Form::InOrder(children) => open.extend(children),
                Form::AtLeast(bound, children) => {
                    unknowns.number(facts, bound, None);
                    open.extend(children);
                }
                Form::Competency(competency) => {
                    let competency = parts.competencies.get(competency.index());
                    open.extend(competency.and_then(|competency| competency.requirement));
                }
                Form::Role(role) => {
                    open.extend(parts.roles.get(role.index()).map(|role| role.eligible));
                }
                Form::Condition(test) => unknowns.test(facts, test, None),
                Form::Records(records) => {
                    unknowns.facts_of(facts, records);
                    let scope = self.stand(records, record, outcome.as_of);
                    let standing = self.standing.get(records.kind.index());
                    let renewal = renewal_after(outcome, asked.owner);
                    let population = standing
                        .and_then(|standing| Population::new(scope, records, standing, renewal));
                    if let Some(population) = population {
                        unknowns.records(population);
                    }
                }
            }
        }
        unknowns.finish()
    }
}

fn at(kind: KindId, row: usize) -> RecordRef {
    RecordRef {
        kind,
        row: u32::try_from(row).unwrap_or(u32::MAX),
    }
}

/// Whether what counts speaks against the requirement.
const fn forbids(measure: &Measure) -> bool {
    matches!(
        measure,
        Measure::No
            | Measure::Count(How::AtMost, _)
            | Measure::Share(How::AtMost, _)
            | Measure::Aggregate(How::AtMost, ..)
    )
}
