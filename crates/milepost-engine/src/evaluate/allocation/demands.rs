//! What groups without reuse ask for, for whoever checks how that was shared out. In: a record and a day. Out: for every
//! group the requirements on records that it reaches, how many each asks for, and which may count for it, as the record stands.
//!
//! Nothing is shared out here, and what shares out takes no part in it.

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
        self.forget();
        let parts = self.plan.parts();
        let mut outcome = Outcome::nothing(as_of);
        self.before(record, &mut outcome);
        // What is waived asks for nothing; of all else it does not matter what becomes of it.
        let nodes = parts.nodes.iter().map(|_| plain(Truth::FALSE, UNMET));
        outcome.nodes.extend(nodes);
        let mut waived = Vec::new();
        waivers::in_force(record, as_of, &mut waived);
        for (id, _) in waived {
            outcome
                .nodes
                .get_mut(id.index())
                .into_iter()
                .for_each(waivers::waive);
        }
        for shared in self.plan.without_reuse() {
            let sharing = Sharing::new(self.plan, shared, record, &outcome, &mut self.standing);
            let demands = sharing.demands.iter();
            let demands: Vec<Asked> = demands
                .filter_map(|demand| {
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
