//! Milepost: compile a pathway, decode a record, evaluate it.
//!
//! In: the texts of a programme, a candidate's record as JSON, and a day. Out: diagnostics, problems and
//! outcomes, as Rust values and as canonical JSON. This is the only crate where values become JSON.
//!
//! Without the feature `compile`, which is on by default, neither parser nor compiler is linked: whoever only evaluates
//! brings a compiled plan.
//!
//! ```
//! let text = r#"
//!     pathway coaching "Coaching" { version "2026.1" }
//!     evidence session "Coaching session" { hours : number "Hours" }
//!     role coach "Coach" {
//!       eligible when at least 10 total hours of session
//!     }
//! "#;
//! let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
//!
//! let compiled = milepost::compile(&sources, "main.pathway");
//! let plan = compiled.plan()?; // the error carries the diagnostics
//! let record = plan.decode_record(
//!     br#"{ "id": "c-7", "evidence": [
//!         { "id": "s1", "kind": "session", "date": "2026-09-01", "hours": 2.5 }
//!     ] }"#,
//! )?; // the error lists every problem with its place
//! let outcome = plan.evaluate(&record, "2026-11-22".parse()?).report();
//!
//! let role = &outcome.roles[0];
//! assert_eq!(role.status, milepost::wire::Status::Unmet);
//! assert_eq!(role.requirement.missing, ["7.5 more of Hours from Coaching session"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod allocation;
pub mod canonical;
pub mod cohort;
#[cfg(feature = "compile")]
mod compiled;
#[cfg(feature = "compile")]
mod coverage;
mod decode;
mod diagram;
pub mod diff;
#[cfg(feature = "compile")]
mod editor;
#[cfg(feature = "compile")]
mod findings;
mod governed;
pub mod handbook;
#[cfg(feature = "compile")]
pub mod ide;
mod identity;
mod next;
mod plain;
mod plan_file;
mod programme;
mod receipt;
mod report;
#[cfg(feature = "compile")]
mod scenario;
pub mod schema;
mod session;
#[cfg(feature = "compile")]
mod source;
mod timeline;
pub mod typescript;
#[cfg(feature = "compile")]
mod untested;
pub mod wire;
mod wording;

#[cfg(test)]
mod tests;

#[cfg(feature = "compile")]
pub use compiled::{CompileError, Compiled, compile};
#[cfg(feature = "compile")]
pub use coverage::{Covered, Seen};
pub use diagram::{Diagram, TooMuch};
#[cfg(feature = "compile")]
pub use editor::Editor;
#[cfg(feature = "compile")]
pub use findings::Findings;
#[cfg(feature = "compile")]
pub use milepost_diagnostics::{
    Code, Diagnostic, Edit, FileId, Label, Level, Levels, Place, Position, Severity, Source,
    Sources, Span, Units,
};
pub use milepost_engine::record::{Input, Record, RecordError};
pub use milepost_engine::{Date, DateError, Plan, Verdict};
#[cfg(feature = "compile")]
pub use milepost_syntax::{Formatted, format};
pub use next::UnknownGoal;
pub use plan_file::{LARGEST_PLAN, PlanFileError, PlanHeader, is_plan};
pub use programme::{Outcome, Pathway};
#[cfg(feature = "compile")]
pub use scenario::{ScenarioFailure, ScenarioResult};
pub use session::Session;
#[cfg(feature = "compile")]
pub use source::{SourceReader, sources_from_json};
pub use wire::{
    ChangesRefusal, CheckedAllocations, OutcomeRefusal, Problem, ReceiptRefusal, Refusal,
    Verification,
};
