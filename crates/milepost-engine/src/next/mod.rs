//! What next: a plan, a record, a day and a role or stage in; the smallest sets of actions that would reach it out.
//!
//! An action adds a record dated the day, supplies a fact, fills in what an accepted record lacks, has what is under review
//! accepted, or waits. The search goes by cost, the least first, and whatever it gives has been evaluated.

mod greedy;
mod mentions;
mod needs;
mod search;
mod set;
mod weaken;
mod weight;
mod world;

use crate::evaluate::Links;
use crate::outcome::RecordRef;
use crate::plan::{CompetencyId, Constant, FactId, Form, KindId, NodeId, Plan};
use crate::record::Record;
use crate::{Date, Decimal};

/// So much is looked at, about, for all goals together: requirements, eight records of a kind for each comparison, and so on,
/// each as often as it is.
pub const WORK: u64 = 64_000_000;
/// The most evaluations in search of the smallest set.
pub const EVALUATIONS: u64 = 4_000;
/// The most actions of a set that is known to be the smallest.
pub const ACTIONS: usize = 40;
/// The most actions of any other.
pub const STEPS: usize = 400;
/// The most proposals that are given; others of the same cost are counted, up to [`COUNTED`].
pub const PROPOSALS: usize = 3;
/// The most proposals of one cost that are looked for.
pub const COUNTED: usize = 20;
/// The most later days that are tried.
pub const DAYS: usize = 200;

/// What would reach a role or a stage.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Next {
    /// The proposals that cost least, in the order they were found.
    pub proposals: Vec<Proposal>,
    /// How many others of the same cost there are, counted up to a bound.
    pub more: usize,
    /// Whether there is nothing that costs less, and if there is no proposal, that no set of actions would do.
    pub exact: bool,
    /// Whether the search ended at its bound.
    pub ended: bool,
    /// Whether the proposal is one that was found where the smallest was not.
    pub found: bool,
    /// Whether each action of such a one is known to be needed.
    pub needed: bool,
    /// Without a proposal: the requirements that nothing would change.
    pub blocked: Vec<NodeId>,
}

/// A set of actions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The actions; waiting stands first.
    pub actions: Vec<Action>,
    /// What they take together, in hours.
    pub effort: Decimal,
}

/// One thing to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Wait until the day.
    Wait(Date),
    /// Submit a record of the kind, filed for the competency, with these fields; it has to be accepted.
    Submit {
        /// The kind.
        kind: KindId,
        /// An id that nothing on the record has.
        id: String,
        /// The competency it is filed for.
        competency: Option<CompetencyId>,
        /// The day.
        date: Date,
        /// The fields that matter.
        fields: Vec<(u32, Wanted)>,
    },
    /// Supply a fact; one that is known would have to be another.
    Supply(FactId, Wanted),
    /// Fill in what an accepted record lacks.
    Complete(RecordRef, Vec<(u32, Wanted)>),
    /// Have a record that is under review accepted, with what it lacks filled in.
    Accept(RecordRef, Vec<(u32, Wanted)>),
    /// Have a credential that is under review accepted, by its place.
    AcceptCredential(usize),
}

/// A value that would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The value.
    pub value: Constant,
    /// What else would do.
    pub also: Also,
}

/// Which values would do as well as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Also {
    /// No other is known to.
    Nothing,
    /// Greater, later or better ones.
    Greater,
    /// Less, earlier or lower ones.
    Less,
    /// Any that is not on the record yet.
    Others,
    /// Any, if it is the same everywhere.
    Same,
}

/// The proposals for a role or stage that is not met, as requirements refer to it, with no waiting beyond a last day. What is
/// looked at is taken from what may be, of [`WORK`] in all.
#[must_use]
pub fn next(
    plan: &Plan,
    links: &Links,
    record: &Record,
    days: (Date, Date),
    goal: &Form,
    left: &mut u64,
) -> Next {
    search::search(plan, links, record, days, goal, left)
}
