//! What next: for each role that is not met, or its next stage, what would make it so.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::wire::{Number, Status};

/// What would make roles met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Next {
    /// The day it holds for.
    pub as_of: String,
    /// The roles that are not met, and the next stage of each that is, in the order written; or what was asked for.
    pub roles: Vec<RoleNext>,
}

/// What would make a role, or a stage of it, met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RoleNext {
    /// Its name.
    pub name: String,
    /// The name of its stage that is to be reached; nothing if it is the role itself.
    pub stage: Option<String>,
    /// How it stands.
    pub status: Status,
    /// The sets of actions that cost least, at most three; none if none was found.
    pub proposals: Vec<Proposal>,
    /// How many others that cost the same were found.
    pub alternatives: u64,
    /// Whether it is proven that no set of actions costs less, or without a proposal, that none would do.
    pub exact: bool,
    /// Why there is no proposal, or why it is not exact.
    pub why: Option<String>,
}

/// A set of actions that makes it met; it has been evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Proposal {
    /// The actions; those that are the same stand there once.
    pub actions: Vec<Action>,
    /// The hours that they take together, if the programme states what its evidence takes.
    pub effort: Option<Number>,
    /// How many actions they are.
    pub count: u64,
    /// The same as a list of changes: the JSON text that `what_if` takes.
    pub changes: String,
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Action {
    /// What is done.
    #[serde(rename = "do")]
    pub what: Do,
    /// The kind of evidence, the fact, the id of the record or credential, or the day.
    pub of: String,
    /// How often it is done.
    pub count: u64,
    /// A sentence.
    pub text: String,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Do {
    /// A record is submitted, and accepted.
    Submit,
    /// A fact is supplied, or would have to be another.
    Supply,
    /// What an accepted record lacks is filled in.
    Complete,
    /// What is under review is accepted.
    Accept,
    /// The day is waited for.
    Wait,
}

impl Next {
    /// Reads what Milepost wrote.
    ///
    /// # Errors
    ///
    /// The text is no such document.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// The document as JSON with lines and indentation.
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}
