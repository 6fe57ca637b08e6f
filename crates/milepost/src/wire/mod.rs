//! The wire types: what Milepost tells programs, as plain data with one JSON shape each.
//!
//! In: nothing but values. Out: JSON whose keys stand in one order and are never left out, so that equal
//! results are equal bytes. Dates are `2026-07-01`, numbers exact.

mod allocation;
mod changes;
mod cohort;
#[cfg(feature = "compile")]
mod diagnostic;
mod diff;
#[cfg(feature = "compile")]
mod editor;
mod next;
mod node;
mod number;
mod outcome;
mod problem;
mod receipt;
#[cfg(feature = "compile")]
mod tested;
mod timeline;
mod what_if;

pub use allocation::{CheckedAllocations, CheckedGroup, OutcomeRefusal, Said};
pub use changes::{
    Changed, ChangedOf, Changes, CompetencyChange, Governs, NodeChange, RoleChange, StageChange,
};
pub use cohort::{CohortReport, Measure, MeasureKind, MeasureNote, RefusedLine, RefusedRow};
#[cfg(feature = "compile")]
pub use diagnostic::{Diagnostic, Label, Place, Severity};
pub use diff::{
    Change, Diff, DiffClause, DiffCohort, DiffEffect, DiffSearch, DiffSubject, DiffText,
};
#[cfg(feature = "compile")]
pub use editor::{Completion, Hover, Symbol, Token, TokenKind};
pub use next::{Action, Do, Next, Proposal, RoleNext};
pub use node::{
    Allocation, Assigned, Blocking, NearMiss, Node, NodeWaiver, Progress, Quantity, Status, Turn,
    Unknown,
};
pub use number::Number;
pub(crate) use number::write_number;
pub use outcome::{
    Award, Competency, Credential, Governing, Held, Outcome, Programme, RecordStatus, Role, Stage,
    Waiver,
};
pub use problem::{Problem, Refusal};
pub use receipt::{Compared, ComparedOutcome, Difference, Receipt, ReceiptRefusal, Verification};
#[cfg(feature = "compile")]
pub use tested::{CoveredRequirement, TestCoverage, TestFailure, TestReport, TestedScenario};
pub use timeline::{NamedTimeline, RequirementTimeline, RoleTimeline, Stretch, Timeline};
pub use what_if::{ChangesRefusal, WhatIf};

/// Anything that an [`Editor`](crate::Editor) answers, as JSON.
#[cfg(feature = "compile")]
#[must_use]
pub fn to_json<T: serde::Serialize>(answer: &T) -> String {
    serde_json::to_string(answer).unwrap_or_default()
}
