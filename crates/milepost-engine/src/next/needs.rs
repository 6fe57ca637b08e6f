//! What is needed: a world and an outcome in it in; for each requirement that is not met the actions of which one at least is
//! needed, and what meeting it costs at least, out. Each requirement is looked at once, after those it is made of.

use std::cell::Cell;

use super::set::Set;
use super::world::{Act, World, children};
use crate::evaluate::stage;
use crate::outcome::{Amount, NodeOutcome, Outcome, Standing};
use crate::plan::{Aggregate, Form, How, Measure, NodeId, Records, Spread};

/// What something costs: hours in millionths, then actions.
pub(super) type Cost = (i64, usize);

/// What is needed for each requirement.
pub(super) struct Needs {
    /// The actions of which one at least is needed to meet it.
    meet: Vec<Set>,
    /// The actions of which one at least is needed so that it surely is not so.
    undo: Vec<Set>,
    /// What meeting it costs at least; nothing if nothing meets it.
    cost: Vec<Option<Cost>>,
    /// Whether it is known what every requirement needs.
    pub(super) whole: bool,
    /// How much was looked at.
    pub(super) looks: Cell<u64>,
}

impl Needs {
    pub(super) fn new(world: &World<'_>, outcome: &Outcome, acts: &[usize]) -> Self {
        let count = world.plan.parts().nodes.len();
        let mut needs = Self {
            meet: vec![Set::default(); count],
            undo: vec![Set::default(); count],
            cost: vec![None; count],
            whole: true,
            looks: Cell::new(world.once),
        };
        let once = Once::new(world, acts);
        for id in &world.nodes {
            let known = world.plan.node(*id).zip(outcome.nodes.get(id.index()));
            let Some((node, found)) = known else { continue };
            let (mut meet, mut undo) = (Set::default(), Set::default());
            let mut cost = Some((0, 0));
            if !found.truth.met() {
                (meet, cost) = needs.meets(world, outcome, *id, &node.form, found, &once);
            }
            if found.truth.bit(1) {
                undo = needs.undoes(world, outcome, *id, &node.form, found, &once);
            }
            let at = id.index();
            if let Some(((own_meet, own_undo), own_cost)) = needs
                .meet
                .get_mut(at)
                .zip(needs.undo.get_mut(at))
                .zip(needs.cost.get_mut(at))
            {
                (*own_meet, *own_undo, *own_cost) = (meet, undo, cost);
            }
        }
        needs
    }

    /// What meets a goal that these requirements decide, and what that costs at least; nothing if nothing meets it.
    pub(super) fn goal(
        &self,
        world: &World<'_>,
        outcome: &Outcome,
        roots: &[NodeId],
    ) -> Option<(Set, Cost)> {
        let (meet, cost) = self.each(world, outcome, roots);
        Some((meet, cost?))
    }

    fn meet(&self, id: NodeId) -> Set {
        self.meet.get(id.index()).cloned().unwrap_or_default()
    }

    fn undo(&self, id: NodeId) -> Set {
        self.undo.get(id.index()).cloned().unwrap_or_default()
    }

    fn cost(&self, id: NodeId) -> Option<Cost> {
        self.cost.get(id.index()).copied().flatten()
    }

    /// What meets any of several that all have to be met, and what all cost.
    fn each(&self, world: &World<'_>, outcome: &Outcome, all: &[NodeId]) -> (Set, Option<Cost>) {
        let unmet: Vec<NodeId> = all
            .iter()
            .filter(|id| !is_met(outcome, **id))
            .copied()
            .collect();
        let fewest = unmet.iter().min_by_key(|id| self.meet(**id).len());
        let meet = fewest.map(|id| self.meet(*id)).unwrap_or_default();
        (meet, self.together(world, &unmet))
    }

    fn meets(
        &mut self,
        world: &World<'_>,
        outcome: &Outcome,
        id: NodeId,
        form: &Form,
        found: &NodeOutcome,
        once: &Once,
    ) -> (Set, Option<Cost>) {
        let parts = world.plan.parts();
        if let Form::All(all) | Form::InOrder(all) = form {
            self.each(world, outcome, all)
        } else if let Form::Any(all) = form {
            let cost = all.iter().filter_map(|id| self.cost(*id));
            (self.union(all), cost.reduce(less))
        } else if let Form::AtLeast(_, all) | Form::Points(_, all, _) = form {
            let unmet: Vec<NodeId> = all
                .iter()
                .filter(|id| !is_met(outcome, **id))
                .copied()
                .collect();
            let mut meet = self.union(&unmet);
            let bound = world.leaves.get(id.index()).map(|leaf| &leaf.facts);
            let facts = bound.map(|facts| once.left(facts)).unwrap_or_default();
            meet.add(&facts);
            let (mut efforts, mut counts): (Vec<i64>, Vec<usize>) =
                unmet.iter().filter_map(|id| self.cost(*id)).unzip();
            crate::order::sort(&mut efforts);
            crate::order::sort(&mut counts);
            let lacking = match (found.found, found.needed) {
                (Some(Amount::Count(found)), Some(Amount::Count(needed))) => {
                    usize::try_from(needed.saturating_sub(found)).unwrap_or(usize::MAX)
                }
                _ => 1,
            };
            let lacking = match form {
                Form::Points(_, all, worth) => {
                    let worth = all.iter().zip(worth);
                    let worth = worth.filter(|(id, _)| !is_met(outcome, **id));
                    fewest(worth.map(|(_, points)| *points).collect(), lacking)
                }
                _ => lacking,
            };
            let last = lacking.max(1) - 1;
            let cost = efforts.get(last).copied().zip(counts.get(last).copied());
            let cost = if facts.is_empty() { cost } else { Some((0, 1)) };
            (meet, cost)
        } else if let Form::None(all) = form {
            let so = all.iter().filter(|id| {
                let node = outcome.nodes.get(id.index());
                node.is_some_and(|node| node.truth.bit(1))
            });
            let fewest = so.min_by_key(|id| self.undo(**id).len());
            let meet = fewest.map(|id| self.undo(*id)).unwrap_or_default();
            let cost = (!meet.is_empty()).then_some((0, 1));
            (meet, cost)
        } else if let Form::Competency(competency) = form {
            let standing = outcome.competencies.get(competency.index());
            if matches!(standing.map(|it| it.standing), Some(Standing::Withheld(_))) {
                return (Set::default(), None);
            }
            let credentials = world.credentials.get(competency.index());
            let mut meet = credentials.map(|it| once.left(it)).unwrap_or_default();
            let accepted = (!meet.is_empty()).then_some((0, 1));
            let requirement = parts.competencies.get(competency.index());
            let requirement = requirement.and_then(|it| it.requirement);
            let cost = requirement.and_then(|id| self.cost(id));
            if let Some(id) = requirement {
                meet.add(&self.meet(id));
            }
            (meet, [accepted, cost].into_iter().flatten().reduce(less))
        } else if let Form::Role(_) | Form::Stage(_) = form {
            match stage::deciding(parts, outcome, form) {
                Some(all) => self.each(world, outcome, &all),
                None => (Set::default(), None),
            }
        } else if let Form::Records(records) = form {
            let meet = self.records(world, id, records, found, once);
            let cost = least(world, &meet, lacking(world, id, records, found));
            (meet, cost)
        } else if let Form::Condition(_) | Form::Held(_) = form {
            let leaf = world.leaves.get(id.index());
            let meet = leaf.map(|leaf| once.left(&leaf.facts)).unwrap_or_default();
            let cost = (!meet.is_empty()).then_some((0, 1));
            (meet, cost)
        } else {
            // Whatever touches it may help. Each requirement that shares evidence has to be met for itself too.
            let unmet = children(form)
                .iter()
                .filter(|id| !is_met(outcome, **id))
                .copied();
            let unmet: Vec<NodeId> = unmet.collect();
            let touch = world.touch.get(id.index());
            let meet = touch.map(|touch| once.left(touch)).unwrap_or_default();
            let apart = self.together(world, &unmet);
            let cost = apart.map(|(effort, count)| (effort, count.max(1)));
            self.whole &= matches!(form, Form::WithoutReuse(_));
            (meet.clone(), cost.filter(|_| !meet.is_empty()))
        }
    }

    /// What helps a requirement on records.
    fn records(
        &mut self,
        world: &World<'_>,
        id: NodeId,
        records: &Records,
        found: &NodeOutcome,
        once: &Once,
    ) -> Set {
        let Some(leaf) = world.leaves.get(id.index()) else {
            return Set::default();
        };
        let mut meet = leaf.facts.clone();
        meet.add(&leaf.completes);
        let some = found.found.is_some();
        let none = found.needed == Some(Amount::Count(0));
        let newer = records.latest.is_some() || records.attempts.is_some();
        match &records.measure {
            Measure::Count(How::AtLeast, _) => meet.add(&leaf.hits),
            Measure::Count(How::Exactly, _) => {
                let (found, needed) = (count(found.found), count(found.needed));
                if newer || needed.is_none_or(|needed| found < Some(needed)) {
                    meet.add(&leaf.hits);
                }
            }
            Measure::Every if none => meet.add(&leaf.hits),
            Measure::Count(How::AtMost, _) | Measure::No | Measure::Every => {}
            Measure::Share(..) => meet.add(&leaf.belongs),
            Measure::Aggregate(How::AtLeast, _, Aggregate::Lowest, _)
            | Measure::Aggregate(How::AtMost, _, Aggregate::Highest, _)
                if some => {}
            Measure::Aggregate(How::AtMost, _, Aggregate::Total, _) => self.whole &= newer,
            Measure::Aggregate(..) => meet.add(&leaf.hits),
        }
        if newer {
            meet.add(&leaf.belongs);
        }
        let years = matches!(
            records.spread,
            Some(Spread::DifferentYears | Spread::ConsecutiveYears(_))
        );
        // All that is submitted is of one day, and so of one school year.
        let again = years && once.submitted.meets(&leaf.hits);
        let mut left = once.left(&meet);
        if again {
            left.keep(|place| !matches!(world.acts.get(place), Some(Act::Submit(..))));
        }
        left
    }

    fn undoes(
        &mut self,
        world: &World<'_>,
        outcome: &Outcome,
        id: NodeId,
        form: &Form,
        found: &NodeOutcome,
        once: &Once,
    ) -> Set {
        let parts = world.plan.parts();
        let so = |id: &&NodeId| {
            let node = outcome.nodes.get(id.index());
            node.is_some_and(|node| node.truth.bit(1))
        };
        if let Form::Any(all) = form {
            let fewest = all.iter().filter(so).min_by_key(|id| self.undo(**id).len());
            return fewest.map(|id| self.undo(*id)).unwrap_or_default();
        }
        let mut undo = Set::default();
        if let Form::All(all)
        | Form::InOrder(all)
        | Form::AtLeast(_, all)
        | Form::Points(_, all, _) = form
        {
            for id in all {
                undo.add(&self.undo(*id));
            }
            if let Some(leaf) = world.leaves.get(id.index()) {
                undo.add(&leaf.facts);
            }
        } else if let Form::None(all) = form {
            undo = self.union(all);
        } else if let Form::Competency(competency) = form {
            let standing = outcome.competencies.get(competency.index());
            let requirement = parts.competencies.get(competency.index());
            if let (Some(Standing::Requirement), Some(id)) = (
                standing.map(|it| it.standing),
                requirement.and_then(|it| it.requirement),
            ) {
                undo = self.undo(id);
            }
        } else if let Form::Role(_) | Form::Stage(_) = form {
            for id in stage::deciding(parts, outcome, form).unwrap_or_default() {
                undo.add(&self.undo(id));
            }
        } else if let (Form::Records(records), Some(leaf)) = (form, world.leaves.get(id.index())) {
            undo.add(&leaf.facts);
            undo.add(&leaf.completes);
            let _ = found;
            let adding = match &records.measure {
                Measure::Count(How::AtLeast, _) => {
                    records.latest.is_some() || records.attempts.is_some()
                }
                _ => true,
            };
            if adding {
                undo.add(&leaf.belongs);
            }
        } else if let (Form::Condition(_) | Form::Held(_), Some(leaf)) =
            (form, world.leaves.get(id.index()))
        {
            undo.add(&leaf.facts);
        } else {
            self.whole = false;
            undo = world.touch.get(id.index()).cloned().unwrap_or_default();
        }
        once.left(&undo)
    }

    fn union(&self, all: &[NodeId]) -> Set {
        let mut union = Set::default();
        for id in all {
            union.add(&self.meet(*id));
        }
        union
    }

    /// What meeting all of these costs at least: those that no action touches together add up.
    fn together(&self, world: &World<'_>, all: &[NodeId]) -> Option<Cost> {
        // Each action belongs to the group of whatever it touches; groups that come together are joined.
        let mut group_of: Vec<Option<usize>> = vec![None; world.acts.len()];
        let mut joined: Vec<usize> = Vec::new();
        let mut costs: Vec<Cost> = Vec::new();
        let mut looks = group_of.len() / 8 + all.len();
        for id in all {
            let mut own = joined.len();
            joined.push(own);
            costs.push(self.cost(*id)?);
            let touch = world.touch.get(id.index());
            for act in touch.iter().flat_map(|touch| touch.places()) {
                looks += 1;
                let Some(group) = group_of.get_mut(act) else {
                    continue;
                };
                let other = group.map_or(own, |group| first(&mut joined, group));
                let (less, more) = (own.min(other), own.max(other));
                own = less;
                if less < more
                    && let (Some(join), Some(with)) = (joined.get_mut(more), costs.get(more))
                {
                    *join = less;
                    let with = *with;
                    if let Some(cost) = costs.get_mut(less) {
                        *cost = (cost.0.max(with.0), cost.1.max(with.1));
                    }
                }
                *group = Some(own);
            }
        }
        self.looks.set(self.looks.get() + looks as u64);
        let alone = joined.iter().enumerate().zip(&costs);
        let alone = alone.filter(|((place, join), _)| place == *join);
        let sum = |all: Cost, one: &Cost| (all.0.saturating_add(one.0), all.1 + one.1);
        Some(alone.fold((0, 0), |all, (_, cost)| sum(all, cost)))
    }

    /// The requirements that have to be met and that nothing helps.
    pub(super) fn blocked(
        &self,
        world: &World<'_>,
        roots: Vec<NodeId>,
        outcome: &Outcome,
    ) -> Vec<NodeId> {
        let parts = world.plan.parts();
        let (mut blocked, mut seen) = (Vec::new(), Set::default());
        let hopeless = |id: &NodeId| {
            let met = outcome.nodes.get(id.index());
            met.is_some_and(|node| !node.truth.met()) && self.cost(*id).is_none()
        };
        let mut open = roots;
        open.retain(hopeless);
        open.reverse();
        while let Some(id) = open.pop() {
            if seen.has(id.index()) {
                continue;
            }
            seen.insert(id.index());
            let Some(node) = world.plan.node(id) else {
                continue;
            };
            let mut below = match &node.form {
                Form::None(_) => Vec::new(),
                form => children(form).to_vec(),
            };
            if let Form::Competency(it) = &node.form {
                below.extend(
                    parts
                        .competencies
                        .get(it.index())
                        .and_then(|it| it.requirement),
                );
            }
            below.extend(stage::deciding(parts, outcome, &node.form).unwrap_or_default());
            below.retain(hopeless);
            if below.is_empty() {
                blocked.push(id);
            }
            open.extend(below.iter().rev());
        }
        blocked
    }
}

/// What can be done once only, and has been.
struct Once {
    gone: Set,
    submitted: Set,
}

impl Once {
    fn new(world: &World<'_>, acts: &[usize]) -> Self {
        let mut once = Self {
            gone: Set::default(),
            submitted: Set::default(),
        };
        for done in acts {
            match world.acts.get(*done) {
                Some(Act::Submit(..)) => once.submitted.insert(*done),
                Some(Act::Supply(fact, _)) => once.strike(
                    world,
                    |act| matches!(act, Act::Supply(other, _) if other == fact),
                ),
                Some(Act::Fill(at, ..)) => once.strike(
                    world,
                    |act| matches!(act, Act::Fill(other, ..) if other == at),
                ),
                Some(Act::Credential(_)) => once.gone.insert(*done),
                None => {}
            }
        }
        once
    }

    fn strike(&mut self, world: &World<'_>, same: impl Fn(&Act) -> bool) {
        let all = world.acts.iter().enumerate();
        for (place, _) in all.filter(|(_, act)| same(act)) {
            self.gone.insert(place);
        }
    }

    /// What of a set can still be done.
    fn left(&self, set: &Set) -> Set {
        let mut left = set.clone();
        left.keep(|place| !self.gone.has(place));
        left
    }
}

/// So many of these at least make up that sum.
fn fewest(mut worth: Vec<u32>, sum: usize) -> usize {
    crate::order::sort(&mut worth);
    let mut all = 0usize;
    let mut taken = 0;
    for points in worth.iter().rev() {
        if all >= sum {
            break;
        }
        all = all.saturating_add(*points as usize);
        taken += 1;
    }
    taken
}

/// The group that a group was joined to.
fn first(joined: &mut [usize], group: usize) -> usize {
    let mut at = group;
    while let Some(next) = joined.get(at).copied()
        && next != at
    {
        // Halves the way for whoever asks again.
        let beyond = joined.get(next).copied().unwrap_or(next);
        if let Some(join) = joined.get_mut(at) {
            *join = beyond;
        }
        at = beyond;
    }
    at
}

/// The less of each.
fn less(one: Cost, other: Cost) -> Cost {
    (one.0.min(other.0), one.1.min(other.1))
}

const fn count(amount: Option<Amount>) -> Option<u64> {
    match amount {
        Some(Amount::Count(count)) => Some(count),
        _ => None,
    }
}

/// So many actions at least are needed, where each adds one at most.
fn lacking(world: &World<'_>, id: NodeId, records: &Records, found: &NodeOutcome) -> usize {
    let facts = world.leaves.get(id.index());
    let alone = facts.is_some_and(|leaf| leaf.facts.is_empty());
    let runs = matches!(records.spread, Some(Spread::ConsecutiveYears(_)));
    match (&records.measure, count(found.found), count(found.needed)) {
        (Measure::Count(How::AtLeast | How::Exactly, _), Some(found), Some(needed))
            if alone && !runs =>
        {
            usize::try_from(needed.saturating_sub(found))
                .unwrap_or(usize::MAX)
                .max(1)
        }
        _ => 1,
    }
}

/// What so many of these actions cost at least.
fn least(world: &World<'_>, helpful: &Set, times: usize) -> Option<Cost> {
    let efforts = helpful.places().filter_map(|place| world.acts.get(place));
    let effort = efforts.map(|act| world.effort(act)).min()?;
    let all = i64::try_from(times).unwrap_or(i64::MAX);
    Some((effort.saturating_mul(all), times))
}

fn is_met(outcome: &Outcome, id: NodeId) -> bool {
    let node = outcome.nodes.get(id.index());
    node.is_some_and(|node| node.truth.met())
}
