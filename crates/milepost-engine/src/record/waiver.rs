//! Waivers on a record: what they say in; which requirement each is for, and in which order they are looked at, out.

use super::build::RECORDS;
use super::{Record, RecordError};
use crate::Date;
use crate::order;
use crate::plan::{NodeId, Plan};

/// That somebody let a candidate go without a requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// Its id, if it has one.
    pub id: Option<String>,
    /// The address of the requirement, as it was written; there may be none.
    pub requirement: String,
    /// Who granted it.
    pub by: String,
    /// As which authority.
    pub authority: String,
    /// Why.
    pub reason: String,
    /// The first day it holds.
    pub granted: Date,
    /// The last day it holds.
    pub expires: Option<Date>,
}

impl Record {
    /// The waivers, in the order written.
    #[must_use]
    pub fn waivers(&self) -> &[Waiver] {
        &self.waivers
    }

    /// The requirement of a waiver, by its place, if the programme has it.
    #[must_use]
    pub fn waived(&self, place: usize) -> Option<NodeId> {
        self.waived.get(place).copied().flatten()
    }

    /// The address of what a waiver is for: the present one, if the programme has it.
    #[must_use]
    pub fn waived_address(&self, place: usize) -> &str {
        let node = self.waived(place);
        match node.and_then(|node| self.parts.nodes.get(node.index())) {
            Some(node) => &node.address,
            None => self.waivers.get(place).map_or("", |it| &it.requirement),
        }
    }

    /// The places of the waivers by the day they were granted, then by requirement; of one day and requirement in the
    /// order written. The first of a requirement that is in force waives it.
    #[must_use]
    pub fn waivers_in_order(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.waivers.len()).collect();
        let key = |place: usize| {
            let granted = self.waivers.get(place).map(|it| it.granted);
            (granted, self.waived_address(place))
        };
        order::sort_by(&mut places, |one, other| key(*one).cmp(&key(*other)));
        places
    }

    /// Adds a waiver after all others, or puts it in the place of one.
    ///
    /// # Errors
    ///
    /// There are too many.
    pub fn put_waiver(
        &mut self,
        plan: &Plan,
        at: Option<usize>,
        waiver: Waiver,
    ) -> Result<(), RecordError> {
        let node = plan.requirement(&waiver.requirement);
        let held = at.and_then(|at| self.waivers.get_mut(at).zip(self.waived.get_mut(at)));
        if let Some((other, known)) = held {
            (*other, *known) = (waiver, node);
        } else if self.waivers.len() < RECORDS {
            self.waivers.push(waiver);
            self.waived.push(node);
        } else {
            return Err(RecordError::TooMany);
        }
        self.settle_latest();
        Ok(())
    }

    /// Takes a waiver out.
    pub fn remove_waiver(&mut self, at: usize) {
        if at < self.waivers.len() {
            self.waivers.remove(at);
            self.waived.remove(at);
        }
        self.settle_latest();
    }
}
