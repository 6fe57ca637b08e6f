//! How a requirement looks at each record of its kind: an outcome and its record in, two truths for each record out.

use super::planes::ones;
use super::population::Population;
use super::{Evaluator, renewal_after};
use crate::outcome::Outcome;
use crate::plan::{NodeId, Records};
use crate::record::Record;
use crate::truth::Truth;

impl Evaluator<'_> {
    /// For each row of the kind: whether the requirement is about the record, and whether it matches, each as if no other were an
    /// attempt at the same. The outcome is the one
    /// that this evaluator made last, of the same record.
    pub(crate) fn looks(
        &mut self,
        records: &Records,
        node: NodeId,
        record: &Record,
        outcome: &Outcome,
    ) -> Vec<(Truth, Truth)> {
        let mut looks = vec![(Truth::FALSE, Truth::FALSE); record.rows(records.kind)];
        let node = self.plan.node(node);
        let renewal = node.and_then(|node| renewal_after(outcome, node));
        let scope = self.stand(records, record, outcome.as_of);
        let standing = self.standing.get(records.kind.index());
        let population =
            standing.and_then(|standing| Population::new(scope, records, standing, renewal));
        for word in population.iter().flat_map(|population| population.words()) {
            for place in ones(word.population.any()) {
                if let Some(look) = looks.get_mut(word.first + place) {
                    *look = (word.population.truth(place), word.matching.truth(place));
                }
            }
        }
        looks
    }
}
