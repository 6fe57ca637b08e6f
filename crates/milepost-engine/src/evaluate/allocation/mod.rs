//! Groups without reuse: a group and what was found of what it reaches in; its six bits and its progress out, and when asked,
//! who is given what, or why not everybody can be.
//!
//! A flow is worked out for a bit only if the children hold at it, and no bit before it shares out the same records.

mod blocking;
mod demands;
mod excused;
mod first;
mod network;
#[cfg(test)]
mod tests;

use std::cell::Cell;

pub use self::demands::Asked;
use self::excused::has_waiver;
use self::network::Network;
use super::planes::downwards;
use super::population::{Latest, Population};
use super::progress::UNMET;
use super::standing::Standing;
use super::value::{Known, Scope};
use super::{group, plain, renewal_after, seen};
use crate::order::{self, Placed, sort_placed};
use crate::outcome::{
    self, Allocation, Blocking, NodeOutcome, Outcome, Progress, RecordRef, Share,
};
use crate::plan::{CompetencyId, Form, Measure, NodeId, Plan, Records, Shared, Spread, below};
use crate::record::Record;
use crate::truth::{BITS, Truth};

/// The most records that may serve the requirements of one group, for each of them those that may serve it.
const PAIRS: usize = 1_000_000;
/// The most of those times the steps that are asked for.
const WORK: usize = 50_000_000;

/// Reached at no bit, and on no way without a waiver.
const NOWHERE: (Truth, bool) = (Truth::FALSE, false);

/// A record that may serve a requirement takes as long as looking at so many times eight records does, and walking so many
/// steps of a network as one such look.
const PAIR: u64 = 4;
const STEPS: u64 = 4;

/// A requirement on records that a group shares out to.
struct Demand {
    node: NodeId,
    /// The bits at which it asks for anything.
    bits: Truth,
    /// Whether a waiver that its requirement does without may still excuse it.
    excusable: bool,
    /// How many it asks for; nothing if an unknown fact hides that.
    asked: Option<u64>,
    /// Whether those of one value count once.
    spread: bool,
    /// What may serve it.
    serving: Vec<Serving>,
}

/// A record that may serve a requirement.
struct Serving {
    record: RecordRef,
    /// The bits at which it may.
    bits: Truth,
    /// What it is told apart by; nothing if it is of a value of its own.
    value: Option<i64>,
}

/// What a group shares out.
pub(super) struct Sharing {
    /// In the order written.
    demands: Vec<Demand>,
    /// The records that may serve any of them, by date and then by id.
    records: Vec<RecordRef>,
    /// The same in the order of kinds and rows, each with its place among those.
    places: Vec<(RecordRef, u32)>,
    /// The progress of what is not shared out.
    others: Vec<Progress>,
    /// The members that are reached, by their places.
    reached: Vec<bool>,
    /// Whether there are too many pairs to go through.
    too_many: bool,
    /// How much was looked at, eight records together as one.
    looks: Cell<u64>,
}

/// At which bits a requirement asks for what it asks for, or passes that on to those below. Here ends what asks for nothing:
/// whatever rests on a waiver, a competency whose credential decides, and a role that stays.
fn asks(outcome: &Outcome, id: NodeId, form: &Form) -> Truth {
    let found = outcome.nodes.get(id.index());
    if found.is_some_and(NodeOutcome::rests_on_waiver) {
        return Truth::FALSE;
    }
    let standing = |id: &CompetencyId| Some(outcome.competencies.get(id.index())?.standing);
    match form {
        Form::Competency(id) => match standing(id) {
            Some(outcome::Standing::Credential(_) | outcome::Standing::Withheld(_)) => Truth::FALSE,
            Some(outcome::Standing::UnderReview(_)) => {
                Truth::new([true, true, true, true, false, false])
            }
            Some(outcome::Standing::Requirement) | None => Truth::TRUE,
        },
        Form::Role(id)
            if outcome
                .roles
                .get(id.index())
                .is_some_and(|it| it.held.is_some()) =>
        {
            Truth::FALSE
        }
        Form::Condition(_)
        | Form::Any(_)
        | Form::AtLeast(..)
        | Form::Points(..)
        | Form::None(_) => Truth::FALSE,
        _ => Truth::TRUE,
    }
}

impl Sharing {
    /// What a group shares out, as far as an outcome knows what it reaches.
    pub(super) fn new(
        plan: &Plan,
        shared: &Shared,
        record: &Record,
        outcome: &Outcome,
        standing: &mut [Standing],
    ) -> Self {
        let parts = plan.parts();
        let mut others = Vec::new();
        // The bits at which each is reached, and whether on a way without a waiver in force.
        let mut asked = vec![NOWHERE; shared.members.len()];
        let ask =
            |asked: &mut Vec<(Truth, bool)>, ids: &[NodeId], (bits, firmly): (Truth, bool)| {
                for id in ids {
                    let place = shared.members.binary_search(id).ok();
                    if let Some((asked, firm)) = place.and_then(|place| asked.get_mut(place)) {
                        *asked = asked.or(bits);
                        *firm |= firmly && bits != Truth::FALSE;
                    }
                }
            };
        if let Some(node) = plan.node(shared.group) {
            let all = (Truth::TRUE, true);
            ask(&mut asked, below(parts, &node.form), all);
        }
        // Whatever reaches something stands after it.
        for (place, id) in shared.members.iter().enumerate().rev() {
            let (bits, firm) = asked.get(place).copied().unwrap_or(NOWHERE);
            let Some(node) = plan.node(*id) else { continue };
            let through = bits.and(asks(outcome, *id, &node.form));
            let firm = firm && !has_waiver(outcome, *id);
            let refers = matches!(node.form, Form::Competency(_));
            let below = below(parts, &node.form);
            let ends = !through.met() || refers && below.is_empty();
            if bits.met() && ends {
                others.push(seen(outcome, *id).1);
            }
            if let (Form::Records(_), Some(own)) = (&node.form, asked.get_mut(place)) {
                *own = (through, firm);
            }
            ask(&mut asked, below, (through, firm));
        }
        let mut sharing = Self {
            demands: Vec::new(),
            records: Vec::new(),
            places: Vec::new(),
            others,
            reached: asked.iter().map(|(bits, _)| bits.met()).collect(),
            too_many: false,
            looks: Cell::new(shared.members.len() as u64),
        };
        let mut pairs = 0usize;
        let mut open = Vec::new();
        if let Some(node) = plan.node(shared.group) {
            open.extend(below(parts, &node.form).iter().rev());
        }
        while let Some(id) = open.pop() {
            // Each once, where it is first reached.
            let place = shared.members.binary_search(&id).ok();
            let own = place.and_then(|place| asked.get_mut(place));
            let (bits, firm) = own.map_or(NOWHERE, |own| std::mem::replace(own, NOWHERE));
            let Some(node) = plan.node(id).filter(|_| bits != Truth::FALSE) else {
                continue;
            };
            let Form::Records(records) = &node.form else {
                if asks(outcome, id, &node.form).met() {
                    open.extend(below(parts, &node.form).iter().rev());
                }
                continue;
            };
            let facts = Scope::facts(plan, record, outcome.as_of);
            let asked = match &records.measure {
                Measure::Count(_, bound) => facts.whole(bound),
                _ => None,
            };
            let renewal = renewal_after(outcome, node);
            let table = record.table(records.kind);
            let of_kind = standing.get_mut(records.kind.index());
            let population = table.zip(of_kind).and_then(|(table, standing)| {
                standing.fill(table, outcome.as_of);
                let scope = Scope {
                    table: Some(table),
                    ..facts
                };
                Population::new(scope, records, standing, renewal)
            });
            let serving = population.map_or_else(Vec::new, |it| serving(it, PAIRS - pairs));
            pairs += serving.len();
            sharing.demands.push(Demand {
                node: id,
                bits,
                excusable: !firm,
                asked: asked.map(|asked| u64::try_from(asked.max(0)).unwrap_or(u64::MAX)),
                spread: records.spread.is_some(),
                serving,
            });
            if pairs >= PAIRS {
                sharing.too_many = true;
                break;
            }
        }
        sharing.number(record);
        sharing.spend(PAIR * pairs as u64);
        sharing
    }

    fn spend(&self, looks: u64) {
        self.looks.set(self.looks.get().saturating_add(looks));
    }

    /// How much was looked at so far, eight records together as one.
    pub(super) const fn looks(&self) -> u64 {
        self.looks.get()
    }

    /// Puts the records in order: by date, then by id.
    fn number(&mut self, record: &Record) {
        let serving = self.demands.iter().flat_map(|demand| &demand.serving);
        let mut records: Vec<RecordRef> = serving.map(|it| it.record).collect();
        order::sort(&mut records);
        records.dedup();
        self.places = records.iter().map(|it| (*it, 0)).collect();
        order::sort_by(&mut records, |one, other| {
            let key = |it: &RecordRef| (record.date(*it), record.record_id(*it));
            key(one).cmp(&key(other))
        });
        for (place, it) in (0u32..).zip(&records) {
            let at = self.places.binary_search_by(|(known, _)| known.cmp(it));
            if let Some((_, number)) = at.ok().and_then(|at| self.places.get_mut(at)) {
                *number = place;
            }
        }
        self.records = records;
    }

    /// The network of some demands, by their places, at a bit, with the place of the demand behind each of its requirements;
    /// nothing if it is too large.
    fn network(&self, bit: usize, of: impl Fn(usize) -> bool) -> Option<(Network, Vec<usize>)> {
        if self.too_many {
            return None;
        }
        let asking = || {
            let demands = self.demands.iter().enumerate();
            demands.filter_map(|(place, demand)| {
                let asked = demand
                    .asked
                    .filter(|asked| *asked > 0 && demand.bits.bit(bit))?;
                of(place).then_some((place, demand, asked))
            })
        };
        let all = asking().map(|(_, demand, asked)| {
            let serving = demand.serving.len();
            usize::try_from(asked).map_or(serving, |asked| asked.min(serving))
        });
        let all: usize = all.sum();
        // What is surely too large is not even built.
        let (mut pairs, mut steps) = (0usize, 0usize);
        for (_, demand, asked) in asking() {
            let serving = demand.serving.iter().filter(|it| it.bits.bit(bit));
            let serving = serving.count();
            self.spend(serving as u64 / 8);
            if demand.spread {
                pairs += serving;
                steps += usize::from(serving > 0);
            } else {
                let serving = serving.min(all);
                pairs += serving;
                steps += usize::try_from(asked).map_or(serving, |asked| asked.min(serving));
            }
        }
        if pairs.saturating_mul(steps) > WORK {
            return None;
        }
        let mut network = Network::new(self.records.len());
        let mut places = Vec::new();
        for (place, demand, asked) in asking() {
            let mut serving: Vec<Placed> = Vec::with_capacity(demand.serving.len());
            let mut valued: Vec<Placed> = Vec::new();
            for it in demand.serving.iter().filter(|it| it.bits.bit(bit)) {
                let at = self
                    .places
                    .binary_search_by(|(known, _)| known.cmp(&it.record));
                let Some((_, number)) = at.ok().and_then(|at| self.places.get(at)) else {
                    continue;
                };
                match it.value {
                    Some(value) => valued.push((value, *number)),
                    None => serving.push((i64::from(*number), *number)),
                }
            }
            sort_placed(&mut valued);
            for together in valued.chunk_by(|(one, _), (other, _)| one == other) {
                let first = together.first().map_or(0, |(_, first)| i64::from(*first));
                serving.extend(together.iter().map(|(_, number)| (first, *number)));
            }
            sort_placed(&mut serving);
            if !demand.spread {
                // The others cannot take more than all that is asked for, so that enough of the first are left.
                serving.truncate(all);
            }
            network.add(asked, &serving);
            places.push(place);
        }
        self.spend(PAIR * network.pairs() as u64);
        let work = network.pairs().saturating_mul(network.at_most());
        (work <= WORK).then_some((network, places))
    }

    /// Whether the same is shared out at two bits.
    fn same(&self, one: usize, other: usize) -> bool {
        let same = |bits: Truth| bits.bit(one) == bits.bit(other);
        self.demands.iter().all(|demand| {
            same(demand.bits) && demand.serving.iter().all(|serving| same(serving.bits))
        })
    }

    /// What becomes of the group.
    pub(super) fn outcome(&self, children: &[NodeId], outcome: &Outcome) -> NodeOutcome {
        let all = group::all(children, outcome).truth;
        // Nothing at a bit at which the children do not hold, and where there is too much to try.
        let mut served = [None; BITS];
        let mut given = vec![0; self.demands.len()];
        for bit in 0..BITS {
            let known = served.iter().enumerate().take(bit);
            let known = known
                .filter_map(|(other, served)| served.filter(|_| self.same(bit, other)))
                .next();
            let answer = match known {
                Some(known) => Some(known),
                None if bit > 0 && !all.bit(bit) => None,
                None => self
                    .network(bit, |it| self.is_firm(it))
                    .map(|(mut network, places)| {
                        network.serve();
                        self.spend(network.looked_at() / STEPS);
                        for (leaf, place) in network.leaves.iter().zip(places) {
                            if let (0, Some(given)) = (bit, given.get_mut(place)) {
                                *given = leaf.given as u64;
                            }
                        }
                        network.is_served()
                    }),
            };
            if let Some(slot) = served.get_mut(bit) {
                *slot = answer;
            }
        }
        let mut unknown = Truth::UNKNOWN.bits().into_iter();
        let served = served.map(|served| served.or(unknown.next()).unwrap_or(false));
        let truth = all.and(Truth::new(served));
        let demands = self.demands.iter().zip(given);
        let demands = demands.filter(|(demand, _)| demand.bits.met());
        let steps = demands.map(|(demand, given)| match demand.asked {
            Some(0) => UNMET.settled(true),
            // It is served, or excused.
            Some(asked) if demand.excusable => Progress::steps(asked, asked),
            Some(asked) => Progress::steps(given, asked),
            None => UNMET,
        });
        plain(
            truth,
            Progress::sum(self.others.iter().copied().chain(steps)),
        )
    }

    /// Who is given what as the record stands, and why not everybody can be; and the records under review that may yet serve
    /// those that cannot.
    pub(super) fn allocation(&self, group: Truth) -> (Allocation, Vec<RecordRef>) {
        let mut allocation = Allocation::default();
        let mut under_review = Vec::new();
        let excused = self.excused(group);
        let asks = |place| excused.binary_search(&place).is_err();
        let Some((mut network, places)) = self.network(0, asks) else {
            allocation.undecided = true;
            return (allocation, under_review);
        };
        let demand = |leaf: usize| self.demands.get(*places.get(leaf)?);
        network.serve();
        let blocking = network.blocking();
        network.settle();
        for leaf in 0..places.len() {
            allocation.assigned.extend(demand(leaf).map(|demand| Share {
                node: demand.node,
                records: self.records_of(&network.given(leaf)),
            }));
        }
        if let Some(block) = blocking {
            let blocking: Vec<&Demand> = block.leaves.iter().filter_map(|it| demand(*it)).collect();
            let groups = block.groups.iter();
            let groups = groups.filter_map(|(leaf, records)| {
                Some(Share {
                    node: demand(*leaf)?.node,
                    records: self.records_of(records),
                })
            });
            allocation.blocking = Some(Blocking {
                nodes: blocking.iter().map(|demand| demand.node).collect(),
                needed: blocking.iter().fold(0, |needed: u64, demand| {
                    needed.saturating_add(demand.asked.unwrap_or(0))
                }),
                records: self.records_of(&block.records),
                groups: groups.collect(),
            });
            let serving = blocking.iter().flat_map(|demand| &demand.serving);
            let reviewed = serving.filter(|it| it.bits.bit(4) && !it.bits.met());
            under_review.extend(reviewed.map(|it| it.record));
            order::sort(&mut under_review);
            under_review.dedup();
        }
        (allocation, under_review)
    }

    fn records_of(&self, numbers: &[usize]) -> Vec<RecordRef> {
        let records = numbers
            .iter()
            .filter_map(|number| self.records.get(*number));
        records.copied().collect()
    }
}

/// The records that may serve a requirement, up to so many.
fn serving(population: Population<'_>, most: usize) -> Vec<Serving> {
    let records: &Records = population.records;
    let mut latest = Latest::new(records.latest);
    let mut serving = Vec::new();
    for mut word in population.words() {
        if latest.is_full() || serving.len() >= most {
            break;
        }
        word.population = latest.narrow(word.population);
        let hits = word.hits();
        for place in downwards(hits.any()) {
            let row = word.first + place;
            let (mut bits, mut value) = (hits.truth(place), None);
            match records.spread {
                Some(Spread::Different(source)) => match population.scope.told_apart(source, row) {
                    Known::Value(known) => value = Some(known),
                    Known::NoField if word.under_review >> place & 1 == 1 => {
                        bits = bits.and(Truth::UNFILLED);
                    }
                    Known::NoField | Known::NoFact => bits = bits.and(Truth::UNKNOWN),
                },
                Some(_) => {
                    let day = population.scope.table.and_then(|table| table.row(row));
                    value = day.map(|row| population.scope.school_year(row.date).into());
                }
                None => {}
            }
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            serving.push(Serving {
                record: RecordRef {
                    kind: records.kind,
                    row,
                },
                bits,
                value,
            });
        }
    }
    serving
}
