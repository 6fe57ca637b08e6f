//! The search: a role and the days in; the sets of actions that cost least and make the role met out.
//!
//! It goes by cost, the least first. A set that does not do yet is extended by each action of which one at least is needed:
//! those that can help one requirement that has to be met and is not. What is left costs at least what the requirements
//! say, so that nothing cheaper is passed over.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use super::needs::{Cost, Needs};
use super::set::Set;
use super::weaken::weakened;
use super::world::World;
use super::{ACTIONS, COUNTED, DAYS, Next, PROPOSALS, evaluations};
use crate::date::Date;
use crate::evaluate::{Evaluator, Links, horizon};
use crate::plan::{NodeId, Plan, RoleId};
use crate::record::Record;

/// A set of actions that waits for its turn: what it and what is left cost at least, its day, what is left of that, its
/// actions, and the place of what was found of it.
type Waiting = Reverse<(Cost, usize, Cost, Vec<usize>, usize)>;

/// What was found of a set of actions.
struct Looked {
    met: bool,
    /// The actions of which one at least is needed.
    helpful: Set,
}

struct Search<'a> {
    plan: &'a Plan,
    record: &'a Record,
    role: RoleId,
    root: NodeId,
    days: Vec<Date>,
    worlds: Vec<Option<World<'a>>>,
    evaluator: Evaluator<'a>,
    /// How many evaluations are left.
    left: u64,
    open: BinaryHeap<Waiting>,
    looked: Vec<Looked>,
    next: Next,
}

/// The search for a role.
pub(super) fn search(
    plan: &Plan,
    links: &Links,
    record: &Record,
    (as_of, last): (Date, Date),
    role: RoleId,
) -> Next {
    let Some(root) = plan
        .parts()
        .roles
        .get(role.index())
        .map(|role| role.eligible)
    else {
        return Next::default();
    };
    let entries = u64::try_from(record.evidence_count()).unwrap_or(u64::MAX);
    let nodes = u64::try_from(plan.parts().nodes.len()).unwrap_or(u64::MAX);
    let left = evaluations(entries, nodes);
    // Making a world is work too.
    let most = usize::try_from(left / 20).unwrap_or(DAYS).min(DAYS);
    let (days, all) = days(plan, links, record, (as_of, last), role, most);
    let search = Search {
        plan,
        record,
        role,
        root,
        worlds: days.iter().map(|_| None).collect(),
        days,
        evaluator: Evaluator::new(plan),
        left,
        open: BinaryHeap::new(),
        looked: Vec::new(),
        next: Next {
            exact: all,
            ..Next::default()
        },
    };
    search.run()
}

/// The day and the later days that are tried, in order: those on which anything on the record comes to count otherwise, and
/// those that the requirements name. And whether that is all of them.
fn days(
    plan: &Plan,
    links: &Links,
    record: &Record,
    (as_of, last): (Date, Date),
    role: RoleId,
    most: usize,
) -> (Vec<Date>, bool) {
    let mut evaluator = Evaluator::new(plan);
    let outcome = evaluator.evaluate(record, as_of);
    let (mut days, mut all) = evaluator.days_ahead(links, record, &outcome, most);
    let last = horizon(as_of).min(last);
    let named = World::named(plan, record, as_of, role).into_iter();
    let named = named.flat_map(|date| [date, date.succ()]);
    days.extend(named.filter(|date| (as_of.succ()..=last).contains(date)));
    days.retain(|day| *day <= last);
    crate::order::sort(&mut days);
    days.dedup();
    all &= days.len() <= most;
    days.truncate(most);
    days.insert(0, as_of);
    (days, all)
}

impl<'a> Search<'a> {
    fn run(mut self) -> Next {
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
            let Some(known) = self.looked.get(looked) else {
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
            for act in known.helpful.clone().places() {
                let mut more = acts.clone();
                more.push(act);
                crate::order::sort(&mut more);
                if seen.insert((place, more.clone())) {
                    self.look(place, more);
                }
            }
            if self.next.ended {
                break;
            }
        }
        self.told(&found)
    }

    /// Evaluates a set of actions on a day, and puts it where its turn will come.
    fn look(&mut self, place: usize, acts: Vec<usize>) {
        if self.left == 0 {
            self.next.ended = true;
            return;
        }
        let Some((date, world)) = self.days.get(place).zip(self.worlds.get_mut(place)) else {
            return;
        };
        let world =
            world.get_or_insert_with(|| World::new(self.plan, self.record, *date, self.role));
        let done = world.done(acts.iter().filter_map(|act| world.acts.get(*act)));
        let outcome = self.evaluator.evaluate(&done, *date);
        self.left -= 1;
        let met = outcome.nodes.get(self.root.index());
        let met = met.is_some_and(|node| node.truth.met());
        let spent = world.spent(place > 0, &acts);
        let mut helpful = Set::default();
        let mut rest = (0, 0);
        if !met {
            let needs = Needs::new(world, &outcome, &acts);
            self.next.exact &= world.whole && needs.whole;
            match needs.cost(self.root) {
                Some(cost) => rest = cost,
                None => {
                    if place == 0 && acts.is_empty() {
                        self.next.blocked = needs.blocked(world, self.root, &outcome);
                    }
                    return;
                }
            }
            helpful = needs.meet(self.root);
        }
        let cost = (spent.0.saturating_add(rest.0), spent.1 + rest.1);
        let looked = self.looked.len();
        self.looked.push(Looked { met, helpful });
        self.open.push(Reverse((cost, place, rest, acts, looked)));
    }

    /// What was found, said as weakly as it does.
    fn told(mut self, found: &[(usize, Vec<usize>)]) -> Next {
        let mut proposals = Vec::new();
        for (place, acts) in found {
            if let Some(Some(world)) = self.worlds.get(*place) {
                let acts = acts.iter().filter_map(|act| world.acts.get(*act)).cloned();
                let acts = acts.collect();
                let proposal = weakened(world, self.root, *place > 0, acts, &mut self.evaluator);
                if !proposals.contains(&proposal) {
                    proposals.push(proposal);
                }
            }
        }
        let mut next = self.next;
        next.exact &= !next.ended;
        next.more = proposals.len().saturating_sub(PROPOSALS);
        proposals.truncate(PROPOSALS);
        if !proposals.is_empty() {
            next.blocked.clear();
        }
        next.proposals = proposals;
        next
    }
}
