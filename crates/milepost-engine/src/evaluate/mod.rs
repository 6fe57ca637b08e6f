//! Evaluation: a plan, a record and a day in; the outcome out.
//!
//! Every requirement is evaluated once, in the plan's order. What is needed along the way is kept in the
//! evaluator and used again, so that an evaluator that has been warmed up allocates next to nothing.

mod aggregate;
mod competency;
mod count;
mod explain;
mod planes;
mod population;
mod progress;
mod spread;
mod test;
mod value;

use self::count::compare;
use self::population::Found;
use self::test::Rows;
use self::value::{ONE, Scope};
use crate::date::Date;
use crate::outcome::{
    Amount, CompetencyOutcome, NodeOutcome, Outcome, Progress, RoleOutcome, Standing,
};
use crate::plan::{
    Aggregate, CompetencyId, Form, How, Measure, Node, NodeId, Plan, Records, Value,
};
use crate::record::Record;
use crate::truth::{BITS, Truth};

/// Evaluates records against one plan, one after the other.
#[derive(Clone, Debug)]
pub struct Evaluator<'p> {
    plan: &'p Plan,
    /// What stands, for each kind.
    standing: Vec<population::Standing>,
    found: Found,
    values: Vec<i64>,
}

impl<'p> Evaluator<'p> {
    /// An evaluator for a plan.
    #[must_use]
    pub fn new(plan: &'p Plan) -> Self {
        let standing = vec![population::Standing::default(); plan.parts().kinds.len()];
        Self {
            plan,
            standing,
            found: Found::default(),
            values: Vec::new(),
        }
    }

    /// Evaluates a record on a day.
    pub fn evaluate(&mut self, record: &Record, as_of: Date) -> Outcome {
        let mut outcome = Outcome {
            as_of,
            nodes: Vec::new(),
            competencies: Vec::new(),
            roles: Vec::new(),
            replay: false,
        };
        self.evaluate_into(record, as_of, &mut outcome);
        outcome
    }

    /// Evaluates a record on a day into an outcome that is used again.
    pub fn evaluate_into(&mut self, record: &Record, as_of: Date, outcome: &mut Outcome) {
        let parts = self.plan.parts();
        outcome.as_of = as_of;
        outcome.replay = record.latest.is_some_and(|latest| latest > as_of);
        for (standing, columns) in self.standing.iter_mut().zip(&record.kinds) {
            standing.fill(columns, as_of);
        }
        outcome.competencies.clear();
        for (place, _) in (0u32..).zip(&parts.competencies) {
            let (standing, renewal_after) =
                competency::standing(parts, record, CompetencyId(place), as_of);
            outcome.competencies.push(CompetencyOutcome {
                truth: Truth::FALSE,
                progress: Progress::one(false),
                standing,
                renewal_after,
            });
            if parts
                .competencies
                .get(place as usize)
                .is_some_and(|competency| competency.requirement.is_none())
            {
                self.settle(CompetencyId(place), outcome);
            }
        }
        outcome.nodes.clear();
        // A node comes after what it refers to, so a competency is settled as soon as its root is.
        for node in &parts.nodes {
            let evaluated = self.node(node, record, as_of, outcome);
            if let Form::InOrder(children) = &node.form {
                lock(children, outcome);
            }
            outcome.nodes.push(evaluated);
            if let Some(owner) = node.owner {
                let root = parts
                    .competencies
                    .get(owner.index())
                    .and_then(|competency| competency.requirement);
                if root.map(NodeId::index) == Some(outcome.nodes.len() - 1) {
                    self.settle(owner, outcome);
                }
            }
        }
        outcome.roles.clear();
        for role in &parts.roles {
            let (truth, progress) = seen(outcome, role.eligible);
            outcome.roles.push(RoleOutcome { truth, progress });
        }
    }

    /// Decides a competency whose root has been evaluated.
    fn settle(&self, competency: CompetencyId, outcome: &mut Outcome) {
        let root = self
            .plan
            .parts()
            .competencies
            .get(competency.index())
            .and_then(|known| known.requirement);
        let (demonstrated, progress) = match root {
            Some(root) => seen(outcome, root),
            None => (Truth::FALSE, Progress::one(false)),
        };
        if let Some(slot) = outcome.competencies.get_mut(competency.index()) {
            slot.truth = match slot.standing {
                Standing::Requirement => demonstrated,
                Standing::Credential(_) => Truth::TRUE,
                Standing::Withheld(_) => Truth::FALSE,
                Standing::UnderReview(_) => demonstrated.or(Truth::UNDER_REVIEW),
            };
            slot.progress = progress.settled(slot.truth.met());
        }
    }

    fn node(
        &mut self,
        node: &Node,
        record: &Record,
        as_of: Date,
        outcome: &Outcome,
    ) -> NodeOutcome {
        let plan = self.plan;
        let scope = Scope {
            parts: plan.parts(),
            record,
            as_of,
            columns: None,
        };
        let truths = |children: &[NodeId]| -> Vec<(Truth, Progress)> {
            children.iter().map(|child| seen(outcome, *child)).collect()
        };
        let plain = |truth: Truth, progress: Progress| NodeOutcome {
            truth,
            locked: false,
            progress: progress.settled(truth.met()),
            found: None,
            needed: None,
        };
        match &node.form {
            Form::All(children) | Form::InOrder(children) => {
                let seen = children.iter().map(|child| seen(outcome, *child));
                let truth = seen
                    .clone()
                    .fold(Truth::TRUE, |all, (truth, _)| all.and(truth));
                plain(truth, Progress::sum(seen.map(|(_, progress)| progress)))
            }
            Form::Any(children) => {
                let seen = children.iter().map(|child| seen(outcome, *child));
                let truth = seen
                    .clone()
                    .fold(Truth::FALSE, |any, (truth, _)| any.or(truth));
                let nearest = seen
                    .map(|(_, progress)| progress)
                    .min_by_key(|progress| progress.left());
                plain(truth, nearest.unwrap_or(Progress::one(false)))
            }
            Form::None(children) => {
                let seen = children.iter().map(|child| seen(outcome, *child));
                let truth = seen
                    .fold(Truth::FALSE, |any, (truth, _)| any.or(truth))
                    .not();
                plain(truth, Progress::one(false))
            }
            Form::AtLeast(bound, children) => at_least(scope.whole(bound), &truths(children)),
            Form::Competency(competency) => match outcome.competencies.get(competency.index()) {
                Some(known) => plain(known.truth, known.progress),
                None => plain(Truth::FALSE, Progress::one(false)),
            },
            Form::Role(role) => {
                let eligible = plan
                    .parts()
                    .roles
                    .get(role.index())
                    .map(|role| seen(outcome, role.eligible));
                let (truth, progress) = eligible.unwrap_or((Truth::FALSE, Progress::one(false)));
                plain(truth, progress)
            }
            Form::Condition(test) => {
                let truth = scope.test(test, Rows::FACTS).truth(0);
                plain(truth, Progress::one(false))
            }
            Form::Records(records) => {
                let renewal = node
                    .owner
                    .and_then(|owner| outcome.competencies.get(owner.index()));
                let renewal = renewal.and_then(|owner| owner.renewal_after);
                self.find(records, &scope, renewal);
                let scope = Scope {
                    columns: record.kinds.get(records.kind.index()),
                    ..scope
                };
                self.records(records, &scope)
            }
        }
    }

    /// Finds the population and the match of a requirement.
    fn find(&mut self, records: &Records, scope: &Scope<'_>, renewal: Option<Date>) {
        let scope = Scope {
            columns: scope.record.kinds.get(records.kind.index()),
            ..*scope
        };
        if let Some(standing) = self.standing.get(records.kind.index()) {
            scope.find(records, standing, renewal, &mut self.found);
        }
        let narrows = records.spread.is_some() || matches!(records.measure, Measure::Aggregate(..));
        if let (Some(latest), true) = (records.latest, narrows) {
            self.found.narrow_to_latest(latest);
        }
    }

    fn records(&mut self, records: &Records, scope: &Scope<'_>) -> NodeOutcome {
        let done = |truth: Truth, progress: Progress, found, needed| NodeOutcome {
            truth,
            locked: false,
            progress: progress.settled(truth.met()),
            found,
            needed,
        };
        let latest = records.latest;
        match &records.measure {
            Measure::Count(how, bound) => {
                let counts = match records.spread {
                    Some(spread) => scope.spread(spread, &self.found, latest, &mut self.values),
                    None => self.found.hits(latest),
                };
                let [found, ..] = counts;
                let Some(bound) = scope.whole(bound) else {
                    return done(
                        Truth::UNKNOWN,
                        Progress::one(false),
                        Some(Amount::Count(found)),
                        None,
                    );
                };
                let truth = compare(*how, counts, bound);
                let asked = u64::try_from(bound.max(0)).unwrap_or(u64::MAX);
                let progress = match how {
                    How::AtMost => Progress::one(false),
                    How::AtLeast | How::Exactly => Progress::steps(found, asked),
                };
                done(
                    truth,
                    progress,
                    Some(Amount::Count(found)),
                    Some(Amount::Count(asked)),
                )
            }
            Measure::No => {
                let counts = self.found.hits(latest);
                let [found, ..] = counts;
                let truth = compare(How::AtMost, counts, 0);
                done(
                    truth,
                    Progress::one(false),
                    Some(Amount::Count(found)),
                    Some(Amount::Count(0)),
                )
            }
            Measure::Every => {
                let truth = self.found.every(latest);
                let (hits, misses) = self.found.hits_and_misses(0, latest);
                let (found, needed) = (Amount::Count(hits), Amount::Count(hits + misses));
                done(truth, Progress::one(false), Some(found), Some(needed))
            }
            Measure::Share(how, share) => {
                let truth = self.found.share(*how, share.micros(), latest);
                let (hits, misses) = self.found.hits_and_misses(0, latest);
                let percent = (hits * 100).checked_div(hits + misses);
                let found = percent.and_then(|percent| i64::try_from(percent).ok());
                let found = found.map(|percent| Amount::Percent(percent * 1_000_000));
                done(
                    truth,
                    Progress::one(false),
                    found,
                    Some(Amount::Percent(share.micros())),
                )
            }
            Measure::Aggregate(how, bound, aggregate, field) => {
                let asked = scope.value(bound, 0).value();
                let made = self.made(*aggregate, field, scope);
                let Some(asked) = asked else {
                    return done(
                        Truth::UNKNOWN,
                        Progress::one(false),
                        made.map(|made| amount(field, made)),
                        None,
                    );
                };
                let truth = scope.aggregate(*how, asked, *aggregate, field, &self.found);
                let progress = match (aggregate, how) {
                    (Aggregate::Total, How::AtLeast | How::Exactly) => {
                        Progress::share(made.unwrap_or(0), asked)
                    }
                    _ => Progress::one(false),
                };
                done(
                    truth,
                    progress,
                    made.map(|made| amount(field, made)),
                    Some(amount(field, asked)),
                )
            }
        }
    }

    /// The figure as the record stands, of the values that are known; nothing for an average or of nothing.
    fn made(&self, aggregate: Aggregate, field: &Value, scope: &Scope<'_>) -> Option<i128> {
        let mut made: Option<i128> = None;
        self.found.each(0, |row, _| {
            if let Some(value) = scope.value(field, row).value() {
                made = Some(match (aggregate, made) {
                    (Aggregate::Total, Some(sum)) => sum.saturating_add(value),
                    (Aggregate::Highest, Some(highest)) => highest.max(value),
                    (Aggregate::Lowest, Some(lowest)) => lowest.min(value),
                    (_, Some(other)) => other,
                    (_, None) => value,
                });
            }
        });
        match aggregate {
            Aggregate::Total => Some(made.unwrap_or(0)),
            Aggregate::Average => None,
            Aggregate::Highest | Aggregate::Lowest => made,
        }
    }
}

/// A value in the terms of an outcome.
fn amount(of: &Value, value: i128) -> Amount {
    match of {
        Value::Number(_) => Amount::Number(value),
        Value::Date(_) => {
            let date = i32::try_from(value).ok().and_then(Date::from_days);
            Amount::Date(date.unwrap_or(Date::MIN))
        }
        Value::Ordinal(_) => Amount::Ordinal(u16::try_from(value).unwrap_or(0)),
    }
}

/// What became of a node that has been evaluated.
fn seen(outcome: &Outcome, node: NodeId) -> (Truth, Progress) {
    outcome
        .nodes
        .get(node.index())
        .map_or((Truth::FALSE, Progress::one(false)), |known| {
            (known.truth, known.progress)
        })
}

/// At least so many of the children; their progress is that of the nearest so many.
fn at_least(bound: Option<i128>, children: &[(Truth, Progress)]) -> NodeOutcome {
    let mut counts = [0u64; BITS];
    for (bit, count) in counts.iter_mut().enumerate() {
        *count = children.iter().filter(|(truth, _)| truth.bit(bit)).count() as u64;
    }
    let [found, ..] = counts;
    let Some(bound) = bound else {
        return NodeOutcome {
            truth: Truth::UNKNOWN,
            locked: false,
            progress: Progress::one(false),
            found: Some(Amount::Count(found)),
            needed: None,
        };
    };
    let truth = compare(How::AtLeast, counts, bound);
    let asked = u64::try_from(bound.max(0)).unwrap_or(u64::MAX);
    let mut nearest: Vec<Progress> = children.iter().map(|(_, progress)| *progress).collect();
    nearest.sort_by_key(|progress| progress.left());
    let taken = usize::try_from(asked.max(1)).unwrap_or(usize::MAX);
    let progress = Progress::sum(nearest.into_iter().take(taken));
    NodeOutcome {
        truth,
        locked: false,
        progress: progress.settled(truth.met()),
        found: Some(Amount::Count(found)),
        needed: Some(Amount::Count(asked)),
    }
}

/// Locks the steps after the first that is not met.
fn lock(children: &[NodeId], outcome: &mut Outcome) {
    let mut locked = false;
    for child in children {
        if let Some(known) = outcome.nodes.get_mut(child.index()) {
            known.locked = locked;
            locked |= !known.truth.met();
        }
    }
}

/// Units of 10⁻¹² in one, as [`Amount::Number`] has them.
pub const UNITS: i128 = ONE;
