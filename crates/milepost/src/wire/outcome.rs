//! What an evaluation found, as one document.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::wire::{Node, Progress, Status, Turn};

/// What an evaluation found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// The version of Milepost.
    pub milepost: String,
    /// The programme that was evaluated, in the version that governs the candidate.
    pub programme: Governing,
    /// The id of the candidate.
    pub candidate: String,
    /// The day the outcome holds for.
    pub as_of: String,
    /// The roles, in the order written.
    pub roles: Vec<Role>,
    /// The competencies, in the order written.
    pub competencies: Vec<Competency>,
    /// The waivers of the record, by the day they were granted, and what became of each.
    pub waivers: Vec<Waiver>,
    /// What to know before relying on it.
    pub notices: Vec<String>,
}

/// Which programme it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Programme {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: Option<String>,
    /// `sha256:` and the hash of its texts.
    pub definition: String,
}

/// Which programme it was, in which version, and why that one governs the candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Governing {
    /// Its name.
    pub name: String,
    /// The version that governs.
    pub version: Option<String>,
    /// `sha256:` and the hash of the texts of that version.
    pub definition: String,
    /// The version that is in force on the day, if one is.
    pub in_force: Option<String>,
    /// Why the version governs, in words, if the programme has several.
    pub why: Option<String>,
    /// The last day on which it does, if nothing but time passes and another follows within ten years.
    pub until: Option<String>,
}

/// What became of a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// What it is.
    pub about: Option<String>,
    /// What its documentation says.
    pub doc: Option<String>,
    /// Whether the candidate is eligible.
    pub status: Status,
    /// Whether what is under review may still undo it.
    pub at_risk: bool,
    /// How far it is.
    pub progress: Progress,
    /// The last day it holds if nothing but time passes; nothing unless it is met and lapses within ten years.
    pub holds_until: Option<Turn>,
    /// The first day on which time alone makes it met; nothing if it is met, or does not come to be within ten years.
    pub opens_on: Option<Turn>,
    /// How it would stand without waivers, if one reaches it.
    pub without_waivers: Option<Status>,
    /// The first stage that is not met, `eligible` before those of its own; nothing once all are.
    pub next: Option<String>,
    /// The post by which eligibility stays.
    pub held: Option<Held>,
    /// What the role brings.
    pub incentives: Vec<String>,
    /// Who is eligible.
    pub requirement: Node,
    /// What is preferred; never decides.
    pub preferred: Vec<Node>,
    /// The stages after eligibility, in their order.
    pub stages: Vec<Stage>,
}

/// What became of a stage of a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stage {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Whether the candidate is in it.
    pub status: Status,
    /// Whether what is under review may still undo it.
    pub at_risk: bool,
    /// How far it is.
    pub progress: Progress,
    /// The last day it holds if nothing but time passes; nothing unless it is met and lapses within ten years.
    pub holds_until: Option<Turn>,
    /// The first day on which time alone makes it met; nothing if it is met, or does not come to be within ten years.
    pub opens_on: Option<Turn>,
    /// How it would stand without waivers, if one reaches it.
    pub without_waivers: Option<Status>,
    /// For how long a post in it lasts, in words.
    pub valid: Option<String>,
    /// The post by which it is held, or by which it stays.
    pub held: Option<Held>,
    /// Who is in it besides those who hold a post in it.
    pub requirement: Option<Node>,
}

/// A post that decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Held {
    /// The first day.
    pub from: String,
    /// The last day, if there is one.
    pub until: Option<String>,
}

/// What became of a competency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Competency {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// What it is.
    pub about: Option<String>,
    /// What its documentation says.
    pub doc: Option<String>,
    /// How it stands.
    pub status: Status,
    /// Whether what is under review may still undo it.
    pub at_risk: bool,
    /// How far it is.
    pub progress: Progress,
    /// The last day it holds if nothing but time passes; nothing unless it is met and lapses within ten years.
    pub holds_until: Option<Turn>,
    /// The first day on which time alone makes it met; nothing if it is met, or does not come to be within ten years.
    pub opens_on: Option<Turn>,
    /// How it would stand without waivers, if one reaches it.
    pub without_waivers: Option<Status>,
    /// The micro-credential it awards.
    pub award: Option<Award>,
    /// The credential that decided, if one did.
    pub credential: Option<Credential>,
    /// The day up to which evidence does not count, because a credential issued then has expired.
    pub renewal_after: Option<String>,
    /// What demonstrates it.
    pub requirement: Option<Node>,
}

/// A micro-credential that a competency awards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Award {
    /// Its title.
    pub title: String,
    /// For how long it is valid, in words.
    pub valid: Option<String>,
}

/// A credential on the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Credential {
    /// Its id.
    pub id: String,
    /// When it was issued.
    pub issued: String,
    /// The last day it counts, if it expires.
    pub expires: Option<String>,
    /// Its status.
    pub status: RecordStatus,
}

/// A waiver on the record, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Waiver {
    /// Its id, if it has one.
    pub id: Option<String>,
    /// The address of the requirement as it is now; as the record has it, if the programme has no such requirement.
    pub requirement: String,
    /// Who granted it.
    pub by: String,
    /// As which authority.
    #[serde(rename = "as")]
    pub authority: String,
    /// The first day it holds.
    pub granted: String,
    /// Whether the requirement rests on it.
    pub effective: bool,
    /// Why the requirement does not.
    pub why: Option<String>,
}

/// The status of evidence or a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RecordStatus {
    /// It counts.
    Accepted,
    /// It may come to count.
    UnderReview,
    /// It was not submitted.
    Draft,
    /// It was sent back.
    Returned,
    /// It does not count for now.
    Suspended,
    /// It no longer counts.
    Revoked,
}

impl Outcome {
    /// Reads an outcome that Milepost wrote.
    ///
    /// # Errors
    ///
    /// The text is no such document.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        let mut reader = serde_json::Deserializer::from_str(json);
        // Requirements nest no deeper than a plan allows, and each is two levels of JSON.
        reader.disable_recursion_limit();
        let outcome = Self::deserialize(&mut reader)?;
        reader.end()?;
        Ok(outcome)
    }

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
