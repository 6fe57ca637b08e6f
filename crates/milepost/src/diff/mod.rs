//! What a change of a programme means: the old one and the new one in; for each role, stage and competency whether it became
//! stricter or looser, and the clauses responsible, out.
//!
//! Nothing is tried out to say so: requirements are compared as they are built. Where that cannot tell, a change counts as
//! both, so that what is said to be unchanged, stricter or looser is so for every record.

mod bridge;
mod cohort;
mod condition;
mod effect;
mod invented;
mod known;
mod records;
mod requirement;
mod shape;
mod side;
mod subject;
mod write;

use milepost_engine::Date;

use crate::wire;
pub use cohort::Cohort;
pub use invented::TRIED;
pub use side::Side;

/// Compares two programmes. With a day it looks for invented candidates as well on whom they disagree on that day.
///
/// ```
/// let programme = |number: u8| {
///     let text = format!(
///         "pathway coaching \"Coaching\" {{ version \"{number}\" }}
///          evidence session \"Coaching session\"
///          role coach \"Coach\" {{ eligible when at least {number} session }}"
///     );
///     let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
///     milepost::compile(&sources, "main.pathway")
/// };
/// let (old, new) = (programme(2), programme(3));
/// let diff = milepost::diff::compare(
///     milepost::diff::Side::written(&old)?,
///     milepost::diff::Side::written(&new)?,
///     Some("2026-11-22".parse()?),
/// );
/// let role = &diff.roles[0];
/// assert_eq!(role.change, milepost::wire::Change::Stricter);
/// let clause = &role.clauses[0];
/// assert_eq!(clause.old.as_ref().map(|it| &*it.text), Some("at least two records of Coaching session"));
/// let loses = role.loses.as_ref().and_then(|search| search.record.as_deref());
/// assert!(loses.is_some_and(|record| record.matches("session").count() == 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn compare(old: Side<'_>, new: Side<'_>, as_of: Option<Date>) -> wire::Diff {
    write::diff(old, new, as_of)
}
