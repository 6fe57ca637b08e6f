//! Explanations: an outcome and one of its requirements in; what counted, what nearly did and what nobody supplied out.
//! Made only when asked for, so it may look twice.

mod counted;
mod near;
mod unknown;

use self::unknown::Unknowns;
use super::allocation::Sharing;
use super::attempts;
use super::planes::Planes;
use super::population::Population;
use super::standing::Standing;
use super::value::Scope;
use super::{Evaluator, renewal_after};
use crate::date::Date;
use crate::order;
use crate::outcome::{Explanation, NearMiss, Outcome, Reason, RecordRef};
use crate::plan::{Form, How, KindId, Measure, NodeId, Plan, Records};
use crate::record::Record;

impl<'p> Evaluator<'p> {
    /// Whoever explains the requirements of an outcome of the same record.
    pub fn explaining<'a>(&'a mut self, record: &'a Record, outcome: &'a Outcome) -> Explainer<'a>
    where
        'p: 'a,
    {
        self.forget();
        self.explaining_last(record, outcome)
    }

    /// The same of the record and the outcome that this evaluator made last.
    pub fn explaining_last<'a>(
        &'a mut self,
        record: &'a Record,
        outcome: &'a Outcome,
    ) -> Explainer<'a>
    where
        'p: 'a,
    {
        Explainer {
            plan: self.plan,
            standing: &mut self.standing,
            staying: Vec::new(),
            record,
            outcome,
            asked: 0,
            looked_at: Vec::new(),
        }
    }

    /// Why a requirement stands as it does in an outcome of the same record.
    pub fn explain(&mut self, record: &Record, outcome: &Outcome, node: NodeId) -> Explanation {
        self.explaining(record, outcome).explain(node)
    }
}

/// Explains the requirements of one outcome.
#[derive(Debug)]
pub struct Explainer<'a> {
    plan: &'a Plan,
    /// What stands, for each kind.
    standing: &'a mut [Standing],
    /// The attempts that stay, of the requirement last looked at.
    staying: Vec<Planes>,
    record: &'a Record,
    outcome: &'a Outcome,
    /// How often it was asked what is unknown.
    asked: u32,
    /// For each requirement, at which of these times it was last looked at.
    looked_at: Vec<u32>,
}

impl Explainer<'_> {
    /// Why a requirement stands as it does.
    pub fn explain(&mut self, node: NodeId) -> Explanation {
        let mut explanation = Explanation::default();
        let known = self
            .plan
            .node(node)
            .zip(self.outcome.nodes.get(node.index()));
        let Some((asked, found)) = known else {
            return explanation;
        };
        if let Form::Records(records) = &asked.form {
            let renewal = renewal_after(self.outcome, asked);
            if let Some(population) = self.population(records, renewal) {
                let rows = counted::counted(population);
                if !found.truth.met() && !forbids(&records.measure) {
                    explanation.near_misses = near::near_misses(population, renewal, &rows);
                }
                explanation.counted = rows.into_iter().map(|row| at(records.kind, row)).collect();
            }
        }
        if let Some(shared) = self.plan.reached_by(node) {
            let (record, outcome) = (self.record, self.outcome);
            let sharing = Sharing::new(self.plan, shared, record, outcome, self.standing);
            let truth = found.without.unwrap_or(found.truth);
            let (allocation, under_review) = sharing.allocation(truth);
            explanation.allocation = Some(allocation);
            let reason = Reason::UnderReview;
            let nearly = under_review.into_iter();
            explanation.near_misses = nearly.map(|record| NearMiss { record, reason }).collect();
        }
        if found.truth.is_uncertain() {
            explanation.unknown = self.unknown(node);
        }
        explanation
    }

    /// Whether a requirement is looked at for the first time since it was asked what is unknown.
    fn first_asked(&mut self, node: NodeId) -> bool {
        self.looked_at.resize(self.plan.parts().nodes.len(), 0);
        let last = self.looked_at.get_mut(node.index());
        last.is_some_and(|last| std::mem::replace(last, self.asked) != self.asked)
    }

    fn facts(&self) -> Scope<'_> {
        Scope::facts(self.plan, self.record, self.outcome.as_of)
    }

    fn population<'s>(
        &'s mut self,
        records: &'s Records,
        renewal: Option<Date>,
    ) -> Option<Population<'s>> {
        let table = self.record.table(records.kind)?;
        let standing = self.standing.get_mut(records.kind.index())?;
        standing.fill(table, self.outcome.as_of);
        let scope = Scope {
            table: Some(table),
            ..Scope::facts(self.plan, self.record, self.outcome.as_of)
        };
        let population = Population::new(scope, records, standing, renewal)?;
        match attempts::staying(population) {
            Some(staying) => {
                self.staying = staying;
                Some(population.staying(&self.staying))
            }
            None => Some(population),
        }
    }

    /// What nobody supplied and a requirement depends on, the requirements below and referred to included.
    fn unknown(&mut self, node: NodeId) -> Vec<crate::outcome::Unknown> {
        let plan = self.plan;
        let parts = plan.parts();
        let mut unknowns = Unknowns::default();
        self.asked += 1;
        let mut open = vec![node];
        // Records that a requirement has enough of on its own may still be what a group needs.
        let mut shared = Vec::new();
        while let Some(node) = open.pop() {
            let found = self.outcome.nodes.get(node.index());
            let Some((asked, found)) = parts.nodes.get(node.index()).zip(found) else {
                continue;
            };
            let matters = found.truth.is_uncertain() || shared.binary_search(&node).is_ok();
            if !matters || !self.first_asked(node) {
                continue;
            }
            match &asked.form {
                Form::All(children)
                | Form::Any(children)
                | Form::None(children)
                | Form::InOrder(children) => open.extend(children),
                Form::WithoutReuse(_) => {
                    if let Some(reached) = plan.reached_by(node) {
                        open.extend(&reached.members);
                        shared.extend(&reached.written);
                        order::sort(&mut shared);
                    }
                }
                Form::AtLeast(bound, children) | Form::Points(bound, children, _) => {
                    unknowns.number(self.facts(), bound, None);
                    open.extend(children);
                }
                Form::Competency(competency) => {
                    let competency = parts.competencies.get(competency.index());
                    open.extend(competency.and_then(|competency| competency.requirement));
                }
                Form::Role(role) => {
                    open.extend(parts.roles.get(role.index()).map(|role| role.eligible));
                }
                Form::Stage(id) => {
                    let of = parts.stages.get(id.index()).map(|stage| stage.role);
                    let role = of.and_then(|of| parts.roles.get(of.index()));
                    open.extend(role.map(|role| role.eligible));
                    let stages = of.into_iter().flat_map(|of| parts.stages_of(of));
                    let up_to = stages.take_while(|(stage, _)| stage <= id);
                    open.extend(up_to.filter_map(|(_, stage)| stage.requirement));
                }
                Form::Held(held) => unknowns.number(self.facts(), &held.bound, None),
                Form::Condition(test) => unknowns.test(self.facts(), test, None),
                Form::Records(records) => {
                    unknowns.facts_of(self.facts(), records);
                    let renewal = renewal_after(self.outcome, asked);
                    if let Some(population) = self.population(records, renewal) {
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
pub(super) const fn forbids(measure: &Measure) -> bool {
    matches!(
        measure,
        Measure::No
            | Measure::Count(How::AtMost, _)
            | Measure::Share(How::AtMost, _)
            | Measure::Aggregate(How::AtMost, ..)
    )
}
