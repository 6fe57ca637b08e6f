//! What checking the allocations of an outcome shows, and why an outcome cannot be checked.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

use crate::wire::{Problem, Refusal};

/// What checking the allocations of an outcome shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CheckedAllocations {
    /// Whether all that the outcome says of who is given what holds.
    pub holds: bool,
    /// The candidate's id.
    pub candidate: String,
    /// The day the outcome holds for.
    pub as_of: String,
    /// `sha256:` and the hash of the texts of the version that governs.
    pub definition: String,
    /// Every group without reuse, in the programme's order.
    pub groups: Vec<CheckedGroup>,
    /// What does not hold, each with its place in the outcome; at most 1 000.
    pub problems: Vec<Problem>,
    /// How much more does not hold.
    pub more: u64,
}

/// What checking one group without reuse shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CheckedGroup {
    /// Its address.
    pub address: String,
    /// Its title.
    pub title: Option<String>,
    /// What the outcome says of it.
    pub says: Said,
    /// Whether that holds.
    pub holds: bool,
}

/// What an outcome says of a group without reuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// All its requirements can be served, and how.
    Served,
    /// Some of them cannot be served together, and why.
    Blocked,
    /// Nothing.
    Nothing,
}

impl CheckedAllocations {
    /// Canonical JSON: one order of keys, no space that means nothing.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The same with lines and indentation.
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// An outcome whose allocations cannot be checked: it is none, or of another programme or record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct OutcomeRefusal(pub Refusal);

impl OutcomeRefusal {
    /// Canonical JSON, of the same shape as that of a refused record.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }
}

impl fmt::Display for OutcomeRefusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the outcome is refused")?;
        self.0.list(out)
    }
}

impl std::error::Error for OutcomeRefusal {}
