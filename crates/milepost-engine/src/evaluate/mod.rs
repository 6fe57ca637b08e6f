//! Evaluation: a plan, a record and a day in; the outcome out.
//!
//! Every requirement is evaluated once, in the plan's order. What is needed along the way is kept in the
//! evaluator and used again, so that an evaluator that has been warmed up allocates next to nothing.

mod again;
mod aggregate;
mod allocation;
mod attempts;
mod competency;
mod count;
mod explain;
mod group;
mod held;
mod looks;
mod planes;
mod population;
mod progress;
mod requirement;
mod spread;
pub(crate) mod stage;
mod standing;
mod test;
#[cfg(test)]
mod tests;
mod time;
mod value;
mod waivers;
mod window;

pub use self::again::{Links, Target, Touched, Updated};
pub use self::allocation::Asked;
use self::allocation::Sharing;
pub use self::explain::Explainer;
use self::population::Population;
use self::progress::UNMET;
use self::standing::Standing;
use self::test::Rows;
pub use self::time::horizon;
use self::value::Scope;
pub use self::waivers::{WaiverStanding, waiver_standing};
use crate::Plan;
use crate::date::Date;
use crate::order::Placed;
use crate::outcome::{NodeOutcome, Outcome, Progress};
use crate::plan::{CompetencyId, Form, Node, NodeId, Parts, Records, RoleId};
use crate::record::Record;
use crate::truth::Truth;

/// Units of 10⁻¹² in one, as [`Amount::Number`](crate::outcome::Amount::Number) has them.
pub const UNITS: i128 = value::ONE;

/// Evaluates records against one plan, one after the other.
#[derive(Clone, Debug)]
pub struct Evaluator<'p> {
    plan: &'p Plan,
    /// What stands, for each kind.
    standing: Vec<Standing>,
    /// The values of a spread.
    values: Vec<spread::Valued>,
    /// The steps that the children of a group have left.
    left: Vec<Placed>,
    /// How much was looked at to share out, eight records together as one.
    shared_out: u64,
}

/// What an evaluator keeps while nobody evaluates.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    standing: Vec<Standing>,
}

impl<'p> Evaluator<'p> {
    /// An evaluator for a plan.
    #[must_use]
    pub fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            standing: vec![Standing::default(); plan.parts().kinds.len()],
            values: Vec::new(),
            left: Vec::new(),
            shared_out: 0,
        }
    }

    /// An evaluator that goes on with what another one left.
    #[must_use]
    pub fn resume(plan: &'p Plan, memory: &mut Memory) -> Self {
        let mut evaluator = Self {
            plan,
            standing: std::mem::take(&mut memory.standing),
            values: Vec::new(),
            left: Vec::new(),
            shared_out: 0,
        };
        let kinds = plan.parts().kinds.len();
        evaluator.standing.resize(kinds, Standing::default());
        evaluator
    }

    /// Leaves what it knows to the next one.
    pub fn leave(self, memory: &mut Memory) {
        memory.standing = self.standing;
    }

    /// Forgets what stands, which is so of one record and day only.
    fn forget(&mut self) {
        self.standing.iter_mut().for_each(Standing::clear);
    }

    /// How much was looked at to share out since this was asked last, eight records together as one.
    pub(crate) const fn shared_out(&mut self) -> u64 {
        std::mem::replace(&mut self.shared_out, 0)
    }

    /// Evaluates a record on a day. The record has to be made for the evaluator's plan.
    pub fn evaluate(&mut self, record: &Record, as_of: Date) -> Outcome {
        let mut outcome = Outcome::nothing(as_of);
        self.evaluate_into(record, as_of, &mut outcome);
        outcome
    }

    /// Evaluates a record on a day into an outcome that is used again.
    pub fn evaluate_into(&mut self, record: &Record, as_of: Date, outcome: &mut Outcome) {
        self.forget();
        outcome.as_of = as_of;
        outcome.replay = record.goes_beyond(as_of);
        waivers::in_force(record, as_of, &mut outcome.waived);
        outcome.needed.clear();
        self.pass(record, outcome);
        if !outcome.waived.is_empty() {
            let mut without = Outcome::nothing(as_of);
            self.pass(record, &mut without);
            let groups = self.excusing(record, outcome);
            waivers::compare(self.plan.parts(), outcome, &without, &groups);
        }
    }

    /// Evaluates everything once, with the waivers that the outcome says are in force.
    fn pass(&mut self, record: &Record, outcome: &mut Outcome) {
        let parts = self.plan.parts();
        self.before(record, outcome);
        outcome.nodes.clear();
        let mut waived = 0;
        for node in &parts.nodes {
            let id = NodeId(u32::try_from(outcome.nodes.len()).unwrap_or(u32::MAX));
            let mut evaluated = self.node(id, node, record, outcome);
            let next = outcome.waived.get(waived);
            if next.is_some_and(|(node, _)| node.index() == outcome.nodes.len()) {
                waivers::waive(&mut evaluated);
                waived += 1;
            }
            if let Form::InOrder(children) = &node.form {
                group::lock(children, &mut outcome.nodes);
            }
            outcome.nodes.push(evaluated);
        }
        for place in (0u32..).take(parts.competencies.len()) {
            let (truth, progress) = settled(parts, outcome, CompetencyId(place));
            if let Some(competency) = outcome.competencies.get_mut(place as usize) {
                (competency.truth, competency.progress) = (truth, progress);
            }
        }
        for place in (0u32..).take(parts.roles.len()) {
            outcome.settle_role(parts, RoleId(place));
        }
    }

    /// Notes what credentials and posts say before any requirement is asked.
    fn before(&self, record: &Record, outcome: &mut Outcome) {
        let (parts, as_of) = (self.plan.parts(), outcome.as_of);
        outcome.competencies.clear();
        let competencies = (0u32..).zip(&parts.competencies);
        outcome.competencies.extend(competencies.map(|(place, _)| {
            competency::by_credentials(parts, record, CompetencyId(place), as_of)
        }));
        stage::by_posts(parts, record, outcome);
    }

    fn node(&mut self, id: NodeId, node: &Node, record: &Record, outcome: &Outcome) -> NodeOutcome {
        let parts = self.plan.parts();
        let facts = Scope::facts(self.plan, record, outcome.as_of);
        match &node.form {
            Form::All(children) | Form::InOrder(children) => group::all(children, outcome),
            Form::Any(children) => group::any(children, outcome),
            Form::None(children) => group::none(children, outcome),
            Form::AtLeast(bound, children) => {
                group::at_least(facts.whole(bound), children, outcome, &mut self.left)
            }
            Form::Points(bound, children, worth) => {
                group::points(facts.whole(bound), children, worth, outcome)
            }
            Form::Competency(competency) => {
                let (truth, progress) = settled(parts, outcome, *competency);
                plain(truth, progress)
            }
            Form::Role(role) => {
                let (truth, progress) = stage::role(parts, outcome, *role);
                plain(truth, progress)
            }
            Form::Stage(id) => {
                let (truth, progress) = stage::stage(parts, outcome, *id);
                plain(truth, progress)
            }
            Form::WithoutReuse(children) => match self.plan.reached_by(id) {
                Some(shared) => {
                    let sharing =
                        Sharing::new(self.plan, shared, record, outcome, &mut self.standing);
                    let found = sharing.outcome(children, outcome);
                    self.shared_out = self.shared_out.saturating_add(sharing.looks());
                    found
                }
                None => group::all(children, outcome),
            },
            Form::Held(held) => held::outcome(held, facts),
            Form::Condition(test) => plain(facts.test(test, Rows::FACTS).truth(0), UNMET),
            Form::Records(records) => {
                let renewal = renewal_after(outcome, node);
                let scope = self.stand(records, record, outcome.as_of);
                let standing = self.standing.get(records.kind.index());
                let population = standing
                    .and_then(|standing| Population::new(scope, records, standing, renewal));
                let staying = population.and_then(attempts::staying);
                let population = match &staying {
                    Some(staying) => population.map(|population| population.staying(staying)),
                    None => population,
                };
                requirement::records(records, facts, population, &mut self.values)
            }
        }
    }

    /// Makes sure that it is known what stands of the kind a requirement asks for.
    fn stand<'a>(&mut self, records: &Records, record: &'a Record, as_of: Date) -> Scope<'a>
    where
        'p: 'a,
    {
        let table = record.table(records.kind);
        if let (Some(standing), Some(table)) = (self.standing.get_mut(records.kind.index()), table)
        {
            standing.fill(table, as_of);
        }
        Scope {
            table,
            ..Scope::facts(self.plan, record, as_of)
        }
    }
}

/// What became of a node that has been evaluated.
fn seen(outcome: &Outcome, node: NodeId) -> (Truth, Progress) {
    let known = outcome.nodes.get(node.index());
    known.map_or((Truth::FALSE, UNMET), |known| (known.truth, known.progress))
}

/// What becomes of a competency whose requirement has been evaluated.
fn settled(parts: &Parts, outcome: &Outcome, competency: CompetencyId) -> (Truth, Progress) {
    let requirement = parts.competencies.get(competency.index());
    let requirement = requirement.and_then(|competency| competency.requirement);
    let (truth, progress) = requirement.map_or((Truth::FALSE, UNMET), |requirement| {
        seen(outcome, requirement)
    });
    let known = outcome.competencies.get(competency.index());
    let truth = known.map_or(truth, |known| competency::truth(known.standing, truth));
    (truth, progress.settled(truth.met()))
}

/// The day up to which evidence does not count for a requirement of a competency or of a stage.
fn renewal_after(outcome: &Outcome, node: &Node) -> Option<Date> {
    match (node.owner, node.stage) {
        (Some(owner), _) => outcome.competencies.get(owner.index())?.renewal_after,
        (None, Some(stage)) => outcome.stages.get(stage.index())?.renewal_after,
        (None, None) => None,
    }
}

/// What became of a node that finds and needs no quantity.
fn plain(truth: Truth, progress: Progress) -> NodeOutcome {
    NodeOutcome {
        truth,
        locked: false,
        progress: progress.settled(truth.met()),
        found: None,
        needed: None,
        without: None,
    }
}
