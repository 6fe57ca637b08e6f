//! A decision on record: the outcome with what it rests on, what replaying it shows, and why one cannot be read.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::wire::{Outcome, Refusal};

/// An outcome with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Receipt {
    /// The form of the receipt: 1.
    pub receipt: u32,
    /// The version of Milepost that wrote it.
    pub milepost: String,
    /// `sha256:` and the hash of the programme's texts.
    pub definition: String,
    /// `sha256:` and the hash of the canonical record.
    pub record: String,
    /// The day the outcome holds for.
    pub as_of: String,
    /// The outcome.
    pub outcome: Outcome,
}

/// What replaying a receipt shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Verification {
    /// Whether definition, record and outcome are all as the receipt says.
    pub same: bool,
    /// The day that was replayed.
    pub as_of: String,
    /// The version of Milepost; that it differs alone changes nothing.
    pub milepost: Compared,
    /// The hash of the programme's texts.
    pub definition: Compared,
    /// The hash of the canonical record.
    pub record: Compared,
    /// The outcome.
    pub outcome: ComparedOutcome,
}

/// One thing the receipt says, and what it is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Compared {
    /// Whether the two are the same.
    pub same: bool,
    /// What the receipt says.
    pub receipt: String,
    /// What it is here.
    pub replayed: String,
}

/// How the outcome of a receipt compares with the one replayed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ComparedOutcome {
    /// Whether the two are the same document.
    pub same: bool,
    /// Whether every role and competency stands as the receipt says, however the rest differs.
    pub verdicts_same: bool,
    /// Where they differ, in the order of the document; at most 100.
    pub differences: Vec<Difference>,
    /// In how many places more they differ.
    pub more: u64,
}

/// One place where the outcome of a receipt is not the one replayed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Difference {
    /// Where in the receipt: a JSON pointer (RFC 6901). What the receipt lacks has the place it has in the outcome replayed.
    pub pointer: String,
    /// The role, the competency or the address of the requirement this is about, if it is about one.
    pub address: Option<String>,
    /// Its title, or the requirement in words if it has none.
    pub title: Option<String>,
    /// What the receipt has there, as JSON text, cut short if it is long; `null` if it has nothing there.
    pub receipt: Option<String>,
    /// What the outcome replayed has there, likewise.
    pub replayed: Option<String>,
}

impl Receipt {
    /// Reads a receipt that Milepost wrote. One that anybody else sent is to be verified.
    ///
    /// # Errors
    ///
    /// The text is no such document.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        let mut reader = serde_json::Deserializer::from_str(json);
        // The outcome nests no deeper than a plan allows.
        reader.disable_recursion_limit();
        let receipt = Self::deserialize(&mut reader)?;
        reader.end()?;
        Ok(receipt)
    }

    /// The receipt as JSON with lines and indentation.
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl Verification {
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

/// A receipt that cannot be read is refused whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct ReceiptRefusal(pub Refusal);

impl ReceiptRefusal {
    /// Canonical JSON, of the same shape as that of a refused record.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }
}

impl fmt::Display for ReceiptRefusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the receipt is refused")?;
        self.0.list(out)
    }
}

impl std::error::Error for ReceiptRefusal {}
