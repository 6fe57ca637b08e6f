//! What groups without reuse ask for, for whoever checks how that was shared out. In: a record and a day. Out: for every
//! group the requirements on records that it reaches, how many each asks for, and which may count for it, as the record stands.
//!
//! Nothing is shared out here, and what shares out takes no part in it; but with waivers in force everything is evaluated, to
//! know what rests on one and what a group needs one for.

use super::Sharing;
use crate::Date;
use crate::evaluate::progress::UNMET;
use crate::evaluate::{Evaluator, plain, waivers};
use crate::outcome::{Outcome, RecordRef};
use crate::plan::NodeId;
use crate::record::Record;
use crate::truth::Truth;

/// A requirement on records that a group without reuse shares out to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The requirement.
    pub node: NodeId,
    /// How many records it asks for; at least one.
    pub asked: u64,
    /// The records that may count for it, each with the value of which only one may, if there is such a value.
    pub serving: Vec<(RecordRef, Option<i64>)>,
}

impl Evaluator<'_> {
    /// Tells of every group without reuse what it asks for, in the order written; or nothing, if more may count than is gone
    /// through.
    pub fn demands(
        &mut self,
        record: &Record,
        as_of: Date,
        mut tell: impl FnMut(NodeId, Option<&[Asked]>),
    ) {
        let parts = self.plan.parts();
        let mut outcome = Outcome::nothing(as_of);
        waivers::in_force(record, as_of, &mut outcome.waived);
        if outcome.waived.is_empty() {
            self.forget();
            self.before(record, &mut outcome);
            // What becomes of a requirement does not matter.
            let nodes = parts.nodes.iter().map(|_| plain(Truth::FALSE, UNMET));
            outcome.nodes.extend(nodes);
        } else {
            outcome = self.evaluate(record, as_of);
        }
        for shared in self.plan.without_reuse() {
            let sharing = Sharing::new(self.plan, shared, record, &outcome, &mut self.standing);
            let group = outcome.nodes.get(shared.group.index());
            let group = group.map_or(Truth::FALSE, |it| it.without.unwrap_or(it.truth));
            let excused = sharing.excused(group);
            let demands = sharing.demands.iter().enumerate();
            let demands = demands.filter(|(place, _)| excused.binary_search(place).is_err());
            let demands: Vec<Asked> = demands
                .filter_map(|(_, demand)| {
                    let asked = demand.asked.filter(|asked| *asked > 0)?;
                    let serving = demand.serving.iter().filter(|it| it.bits.bit(0));
                    demand.bits.bit(0).then(|| Asked {
                        node: demand.node,
                        asked,
                        serving: serving.map(|it| (it.record, it.value)).collect(),
                    })
                })
                .collect();
            tell(shared.group, (!sharing.too_many).then_some(&demands));
        }
    }
}
