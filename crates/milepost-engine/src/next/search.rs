//! The search: a goal and the days in; the sets of actions that cost least and reach it out.
//!
//! It goes by cost, the least first. A set that does not do yet is extended by each action of which one at least is needed:
//! those that can help one requirement that has to be met and is not. What is left costs at least what the requirements
//! say, so that nothing cheaper is passed over. If that takes too long, one way is looked for that does.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use super::needs::{Cost, Needs};
use super::set::Set;
use super::weaken::{Trying, weakened};
use super::weight::weight;
use super::world::{Act, World};
use super::{ACTIONS, COUNTED, DAYS, EVALUATIONS, Next, PROPOSALS};
use crate::date::Date;
use crate::evaluate::{Evaluator, Links, horizon, stage};
use crate::outcome::Outcome;
use crate::plan::{Form, NodeId, Plan};
use crate::record::Record;

/// To know what helps, each requirement is looked at so many times at least.
const EACH: u64 = 64;

/// A set of actions that waits for its turn: what it and what is left cost at least, its day, what is left of that, its
/// actions, and the place of what was found of it.
type Waiting = Reverse<(Cost, usize, Cost, Vec<usize>, usize)>;

/// What was found of a set of actions.
struct Looked {
    met: bool,
    /// The actions of which one at least is needed.
    helpful: Set,
}

/// What a set of actions comes to on a day.
pub(super) struct Tried {
    pub(super) met: bool,
    /// The actions of which one at least is needed, and what is left costs at least; nothing if nothing would do.
    pub(super) needs: Option<(Set, Cost)>,
    /// How far the goal still is, in hundredths of a step.
    pub(super) steps: u64,
    /// Whether all that could be needed is known.
    whole: bool,
    /// Where nothing is done and nothing would do: what nothing changes.
    blocked: Vec<NodeId>,
    outcome: Outcome,
}

pub(super) struct Search<'a> {
    pub(super) plan: &'a Plan,
    pub(super) record: &'a Record,
    pub(super) goal: &'a Form,
    pub(super) days: Vec<Date>,
    worlds: Vec<Option<World<'a>>>,
    evaluator: Evaluator<'a>,
    /// What an evaluation looks at.
    weight: u64,
    /// How much may still be looked at, and how many evaluations there may still be.
    pub(super) left: u64,
    evaluations: u64,
    open: BinaryHeap<Waiting>,
    looked: Vec<Looked>,
    next: Next,
}

/// The search for a goal. What is looked at is taken from what may be.
pub(super) fn search(
    plan: &Plan,
    links: &Links,
    record: &Record,
    days: (Date, Date),
    goal: &Form,
    left: &mut u64,
) -> Next {
    let nodes = plan.parts().nodes.len() as u64;
    let all = *left;
    if all / 2 < EACH * nodes {
        return Next {
            ended: true,
            ..Next::default()
        };
    }
    let weight = weight(plan, record);
    let mut search = Search {
        plan,
        record,
        goal,
        days: Vec::new(),
        worlds: Vec::new(),
        evaluator: Evaluator::new(plan),
        weight,
        left: all / 2,
        evaluations: EVALUATIONS,
        open: BinaryHeap::new(),
        looked: Vec::new(),
        next: Next {
            exact: true,
            ..Next::default()
        },
    };
    search.days(links, days);
    let mut found = search.run();
    // A half is for the search, a quarter for one way at least, the rest for weak words.
    if found.is_empty() && !search.next.exact && search.next.blocked.is_empty() {
        search.left = search.left.saturating_add(all / 4);
        found.extend(search.one_way());
        search.next.found = !found.is_empty();
    } else {
        search.left = search.left.saturating_add(all / 4);
    }
    search.left = search.left.saturating_add(all / 4);
    let (next, rest) = search.told(found);
    *left = rest;
    next
}

impl<'a> Search<'a> {
    /// The day and the later days that are tried, in order: those on which anything on the record comes to count otherwise,
    /// and those that the requirements name.
    fn days(&mut self, links: &Links, (as_of, last): (Date, Date)) {
        self.days.push(as_of);
        if self.spend(self.weight) {
            let outcome = self.evaluator.evaluate(self.record, as_of);
            self.left = self.left.saturating_sub(self.evaluator.shared_out());
            // Not all of it may go into looking for days.
            let mut looks = self.left / 4;
            let before = looks;
            let (mut days, all) =
                self.evaluator
                    .days_ahead(links, self.record, &outcome, DAYS, &mut looks);
            self.left -= before - looks;
            let last = horizon(as_of).min(last);
            let named = World::named(self.plan, self.record, as_of, self.goal).into_iter();
            let named = named.flat_map(|date| [date, date.succ()]);
            days.extend(named.filter(|date| (as_of.succ()..=last).contains(date)));
            days.retain(|day| *day <= last);
            crate::order::sort(&mut days);
            days.dedup();
            self.next.exact &= all && days.len() <= DAYS;
            days.truncate(DAYS);
            self.days.extend(days);
        }
        self.worlds = self.days.iter().map(|_| None).collect();
    }

    /// The sets of actions that cost least, each with the place of its day.
    fn run(&mut self) -> Vec<(usize, Vec<Act>)> {
        self.look(0, Vec::new());
        for place in 1..self.days.len() {
            // Looked at when its turn comes.
            let waiting = ((0, 1), place, (0, 0), Vec::new(), usize::MAX);
            self.open.push(Reverse(waiting));
        }
        let mut seen = HashSet::new();
        let mut least: Option<Cost> = None;
        let mut waited: Option<usize> = None;
        let mut found: Vec<(usize, Vec<usize>)> = Vec::new();
        while let Some(Reverse((cost, place, _, acts, looked))) = self.open.pop() {
            if least.is_some_and(|least| cost > least) || found.len() >= COUNTED {
                break;
            }
            // Waiting longer than has to be is no alternative.
            if waited.is_some_and(|waited| place > waited) {
                continue;
            }
            let Some(known) = self.looked.get_mut(looked) else {
                self.look(place, acts);
                continue;
            };
            if known.met {
                least = Some(cost);
                waited = waited.or((place > 0).then_some(place));
                found.push((place, acts));
                continue;
            }
            if acts.len() >= ACTIONS {
                self.next.exact = false;
                continue;
            }
            for act in std::mem::take(&mut known.helpful).places() {
                let mut more = acts.clone();
                more.push(act);
                crate::order::sort(&mut more);
                if seen.insert((place, more.clone())) {
                    self.look(place, more);
                } else {
                    self.left = self.left.saturating_sub(1);
                }
                if self.next.ended {
                    break;
                }
            }
            if self.next.ended {
                break;
            }
        }
        // What was found before nothing more was looked at costs no more than what is left.
        self.next.exact &= !self.next.ended || least.is_some();
        let found = found.into_iter().filter_map(|(place, acts)| {
            let world = self.worlds.get(place)?.as_ref()?;
            let acts = acts.into_iter();
            let acts = acts.filter_map(|act| world.acts.get(act).cloned());
            Some((place, acts.collect()))
        });
        found.collect()
    }

    /// Evaluates a set of actions on a day, and puts it where its turn will come.
    fn look(&mut self, place: usize, acts: Vec<usize>) {
        if self.evaluations == 0 {
            self.next.ended = true;
            return;
        }
        self.evaluations -= 1;
        let Some(tried) = self.tried(place, &acts) else {
            self.next.ended = true;
            return;
        };
        let (mut helpful, mut rest) = (Set::default(), (0, 0));
        if !tried.met {
            match tried.needs {
                Some((meet, cost)) => (helpful, rest) = (meet, cost),
                None => return,
            }
        }
        let spent = self.spent(place, &acts);
        let cost = (spent.0.saturating_add(rest.0), spent.1 + rest.1);
        let looked = self.looked.len();
        let met = tried.met;
        self.looked.push(Looked { met, helpful });
        self.open.push(Reverse((cost, place, rest, acts, looked)));
    }

    /// What a set of actions costs on a day.
    fn spent(&self, place: usize, acts: &[usize]) -> Cost {
        let world = self.worlds.get(place).and_then(Option::as_ref);
        world.map_or((0, 0), |world| world.spent(place > 0, acts))
    }

    /// Takes from what may be looked at; whether there was so much.
    const fn spend(&mut self, looks: u64) -> bool {
        let enough = self.left >= looks;
        self.left = self.left.saturating_sub(looks);
        enough
    }

    /// What a set of actions comes to on a day; nothing if too much has been looked at.
    fn tried(&mut self, place: usize, acts: &[usize]) -> Option<Tried> {
        let world = self.world(place)?;
        let tried = self.tries(&world, acts);
        self.put(place, world);
        let tried = tried?;
        self.next.exact &= tried.whole;
        if place == 0 && acts.is_empty() && !tried.met && tried.needs.is_none() {
            self.next.blocked.clone_from(&tried.blocked);
        }
        Some(tried)
    }

    /// The world on a day, which is put back when it is not needed any more.
    pub(super) fn world(&mut self, place: usize) -> Option<World<'a>> {
        let date = *self.days.get(place)?;
        let known = self.worlds.get_mut(place)?.take();
        if known.is_some() {
            return known;
        }
        let made = self.made(self.record, date, &Set::default())?;
        self.next.exact &= made.whole;
        Some(made)
    }

    pub(super) fn put(&mut self, place: usize, world: World<'a>) {
        if let Some(slot) = self.worlds.get_mut(place) {
            *slot = Some(world);
        }
    }

    /// Makes a world, in which some facts are as they are; nothing if too much has been looked at.
    pub(super) fn made<'r>(
        &mut self,
        record: &'r Record,
        date: Date,
        settled: &Set,
    ) -> Option<World<'r>>
    where
        'a: 'r,
    {
        if self.left < EACH * self.plan.parts().nodes.len() as u64 {
            self.left = 0;
            return None;
        }
        let made = World::new(self.plan, record, date, self.goal, settled, self.left);
        self.left = self.left.saturating_sub(made.looks);
        Some(made)
    }

    /// The outcome of a record with actions done; nothing if too much has been looked at.
    pub(super) fn outcome<'b>(
        &mut self,
        world: &World<'_>,
        acts: impl ExactSizeIterator<Item = &'b Act> + Clone,
    ) -> Option<Outcome> {
        let copies = self.weight.saturating_mul(acts.len() as u64) / 4;
        if !self.spend(self.weight.saturating_add(copies)) {
            return None;
        }
        let outcome = self.evaluator.evaluate(&world.done(acts), world.day);
        self.left = self.left.saturating_sub(self.evaluator.shared_out());
        Some(outcome)
    }

    /// Whether actions reach the goal; nothing if too much has been looked at.
    pub(super) fn does(&mut self, world: &World<'_>, acts: &[Act]) -> Option<bool> {
        let outcome = self.outcome(world, acts.iter())?;
        Some(met(&outcome, self.goal))
    }

    /// What a set of actions comes to in a world; nothing if too much has been looked at.
    pub(super) fn tries(&mut self, world: &World<'_>, acts: &[usize]) -> Option<Tried> {
        let chosen: Vec<&Act> = acts.iter().filter_map(|act| world.acts.get(*act)).collect();
        let outcome = self.outcome(world, chosen.into_iter())?;
        let mut tried = Tried {
            met: met(&outcome, self.goal),
            needs: None,
            steps: 0,
            whole: world.whole,
            blocked: Vec::new(),
            outcome,
        };
        if tried.met {
            return Some(tried);
        }
        let outcome = &tried.outcome;
        let needs = Needs::new(world, outcome, acts);
        let parts = self.plan.parts();
        if let Some(roots) = stage::deciding(parts, outcome, self.goal) {
            tried.needs = needs.goal(world, outcome, &roots);
            if tried.needs.is_none() && acts.is_empty() {
                tried.blocked = needs.blocked(world, roots, outcome);
            }
        }
        let steps = stage::below(parts, self.goal).into_iter();
        let steps = steps.filter_map(|id| outcome.nodes.get(id.index()));
        let steps = steps.map(|node| node.progress.of.saturating_sub(node.progress.met));
        tried.steps = steps.sum();
        tried.whole &= needs.whole;
        self.left = self.left.saturating_sub(needs.looks.get());
        Some(tried)
    }

    /// The actions that help, in the order in which they are worth trying: those that take least, and of them those that the
    /// most requirements look at that are not met.
    pub(super) fn ranked(&mut self, world: &World<'_>, tried: &Tried) -> Vec<usize> {
        let Some((helpful, _)) = &tried.needs else {
            return Vec::new();
        };
        let unmet = world.nodes.iter().filter(|id| {
            let node = tried.outcome.nodes.get(id.index());
            node.is_some_and(|node| !node.truth.met())
        });
        let unmet: Vec<&Set> = unmet
            .filter_map(|id| Some(&world.leaves.get(id.index())?.hits))
            .filter(|hits| !hits.is_empty())
            .collect();
        let mut ranked: Vec<_> = helpful
            .places()
            .map(|act| {
                let effort = world.acts.get(act).map(|act| world.effort(act));
                let hits = unmet.iter().filter(|hits| hits.has(act)).count();
                (effort, Reverse(hits), act)
            })
            .collect();
        let looks = ranked.len() * (1 + unmet.len()) / 8 + world.nodes.len();
        self.left = self.left.saturating_sub(looks as u64);
        crate::order::sort(&mut ranked);
        ranked.into_iter().map(|(.., act)| act).collect()
    }

    /// What was found, said as weakly as it does; and how much may still be looked at.
    fn told(mut self, found: Vec<(usize, Vec<Act>)>) -> (Next, u64) {
        let mut proposals = Vec::new();
        self.next.needed = true;
        for (place, acts) in found {
            if let Some(Some(world)) = self.worlds.get(place) {
                let mut trying = Trying {
                    world,
                    goal: self.goal,
                    acts,
                    evaluator: &mut self.evaluator,
                    weight: self.weight,
                    left: &mut self.left,
                };
                let (proposal, needed) = weakened(&mut trying, place > 0, self.next.found);
                self.next.needed &= needed;
                if !proposals.contains(&proposal) {
                    proposals.push(proposal);
                }
            }
        }
        let mut next = self.next;
        next.more = proposals.len().saturating_sub(PROPOSALS);
        proposals.truncate(PROPOSALS);
        if !proposals.is_empty() {
            next.blocked.clear();
        }
        next.proposals = proposals;
        (next, self.left)
    }
}

/// Whether a goal is reached.
pub(super) fn met(outcome: &Outcome, goal: &Form) -> bool {
    let truth = match goal {
        Form::Role(id) => outcome.roles.get(id.index()).map(|role| role.truth),
        Form::Stage(id) => outcome.stages.get(id.index()).map(|stage| stage.truth),
        _ => None,
    };
    truth.is_some_and(crate::Truth::met)
}
