//! What changes would do: the outcomes before and after them, and why a list of changes cannot be made.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::wire::{Changed, Outcome, Refusal};

/// What a list of changes would do to an outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WhatIf {
    /// The day after the changes.
    pub as_of: String,
    /// The statuses that differ: of requirements, then of competencies, then of roles.
    pub changed: Vec<Changed>,
    /// The outcome without the changes.
    pub before: Outcome,
    /// The outcome with them.
    pub after: Outcome,
}

impl WhatIf {
    /// Reads what Milepost wrote.
    ///
    /// # Errors
    ///
    /// The text is no such document.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        let mut reader = serde_json::Deserializer::from_str(json);
        // Outcomes nest no deeper than a plan allows.
        reader.disable_recursion_limit();
        let what_if = Self::deserialize(&mut reader)?;
        reader.end()?;
        Ok(what_if)
    }

    /// The document as JSON with lines and indentation.
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// Why changes are not made: none of them is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangesRefusal(pub Refusal);

impl ChangesRefusal {
    /// Canonical JSON, of the same shape as that of a refused record.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }
}

impl fmt::Display for ChangesRefusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the list of changes is refused")?;
        self.0.list(out)
    }
}

impl std::error::Error for ChangesRefusal {}
