//! Demands that a waiver excuses although what it is for is met without it. In: what a group shares out, and the bits at which
//! it is true. Out: the demands that the records do not stretch to beside the others, and the waivers that are needed for that.

use super::network::Network;
use super::{Sharing, asks};
use crate::evaluate::Evaluator;
use crate::order;
use crate::outcome::{NodeOutcome, Outcome};
use crate::plan::{NodeId, Plan, Shared, below};
use crate::record::Record;
use crate::truth::{BITS, Truth};

/// Whether a waiver is in force for a requirement.
pub(super) fn has_waiver(outcome: &Outcome, id: NodeId) -> bool {
    let found = outcome.nodes.get(id.index());
    found.is_some_and(|found| found.without.is_some())
}

impl Sharing {
    /// Whether no waiver can excuse a demand, by its place.
    pub(super) fn is_firm(&self, place: usize) -> bool {
        self.demands.get(place).is_some_and(|it| !it.excusable)
    }

    /// The demands, by their places, that do not ask because a waiver excuses them, in a group that is true at these bits
    /// while none that can be excused asks.
    ///
    /// One after the other asks all the same if it takes nothing from those that ask before it: as the record stands, and
    /// wherever the group is true.
    pub(super) fn excused(&self, group: Truth) -> Vec<usize> {
        let all = 0..self.demands.len();
        let excusable: Vec<usize> = all.filter(|place| !self.is_firm(*place)).collect();
        if excusable.is_empty() {
            return excusable;
        }
        let mut networks: Vec<(usize, Network, Vec<usize>)> = Vec::new();
        for bit in (0..BITS).filter(|bit| *bit == 0 || group.bit(*bit)) {
            if networks.iter().any(|(other, ..)| self.same(bit, *other)) {
                continue;
            }
            let Some((mut network, places)) = self.network(bit, |_| true) else {
                if self.network(bit, |place| self.is_firm(place)).is_some() {
                    return excusable;
                }
                continue;
            };
            for (leaf, place) in places.iter().enumerate() {
                if !self.is_firm(*place) {
                    network.dismiss(leaf);
                }
            }
            network.serve();
            networks.push((bit, network, places));
        }
        let mut excused = excusable;
        excused.retain(|place| {
            let leaf = |places: &[usize]| places.binary_search(place).ok();
            let stretches = networks
                .iter_mut()
                .all(|(_, network, places)| leaf(places).is_none_or(|leaf| network.admit(leaf)));
            if !stretches {
                for (_, network, places) in &mut networks {
                    leaf(places)
                        .into_iter()
                        .for_each(|leaf| network.dismiss(leaf));
                }
            }
            !stretches
        });
        excused
    }

    /// Notes the requirements by whose waivers these demands are excused: on each way to one the last before it.
    fn note(&self, plan: &Plan, shared: &Shared, excused: &[usize], outcome: &mut Outcome) {
        let nodes = excused.iter().filter_map(|place| self.demands.get(*place));
        let mut excused: Vec<NodeId> = nodes.map(|demand| demand.node).collect();
        order::sort(&mut excused);
        let mut passes: Vec<bool> = Vec::with_capacity(shared.members.len());
        for (id, reached) in shared.members.iter().zip(&self.reached) {
            let leads = |below: &NodeId| {
                let place = shared.members.binary_search(below).ok();
                place.and_then(|place| passes.get(place)) == Some(&true)
            };
            let node = plan.node(*id).filter(|_| *reached);
            let leads = node.is_some_and(|node| {
                asks(outcome, *id, &node.form).met()
                    && (excused.binary_search(id).is_ok()
                        || below(plan.parts(), &node.form).iter().any(leads))
            });
            let waived = leads && has_waiver(outcome, *id);
            if waived {
                outcome.needed.push(*id);
            }
            passes.push(leads && !waived);
        }
    }
}

impl Evaluator<'_> {
    /// Notes the waivers that groups without reuse need for what is met without them; which groups these are.
    pub(in super::super) fn excusing(
        &mut self,
        record: &Record,
        outcome: &mut Outcome,
    ) -> Vec<NodeId> {
        let mut groups = Vec::new();
        for shared in self.plan.without_reuse() {
            let may_excuse = |(id, _): &(NodeId, u32)| {
                let found = outcome.nodes.get(id.index());
                shared.members.binary_search(id).is_ok()
                    && !found.is_some_and(NodeOutcome::rests_on_waiver)
            };
            let found = outcome.nodes.get(shared.group.index()).copied();
            let Some(found) = found.filter(|_| outcome.waived.iter().any(may_excuse)) else {
                continue;
            };
            let sharing = Sharing::new(self.plan, shared, record, outcome, &mut self.standing);
            let excused = sharing.excused(found.without.unwrap_or(found.truth));
            if !excused.is_empty() {
                groups.push(shared.group);
                sharing.note(self.plan, shared, &excused, outcome);
            }
        }
        order::sort(&mut outcome.needed);
        outcome.needed.dedup();
        groups
    }
}
