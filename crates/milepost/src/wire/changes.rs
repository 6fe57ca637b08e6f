//! What changed in an outcome, as a patch of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::wire::{
    Allocation, Credential, Held, NearMiss, NodeWaiver, Outcome, Progress, Quantity, Status, Turn,
    Unknown, Waiver,
};

/// What changed in an outcome, since a session was asked last. Who keeps the outcome applies it so:
///
/// 0. `whole` takes the place of the outcome, if there is one: another version of the programme governs now. The rest need not
///    be applied then.
/// 1. `as_of`, `waivers` and `notices` take the place of those of the outcome, and the members of `governs` that of those of
///    its `programme`.
/// 2. For each of `roles`, and of `competencies`: the one of the same `name` gets its other members.
/// 3. For each of `stages`: the one of that `name` under the role of the name `role` gets its other members.
/// 4. For each of `nodes`: the one node of the same `address` gets its other members. It stands under the `requirement` of
///    a role, a stage or a competency or among the `preferred` of a role, or under their `children`; its own `children` stay.
///
/// Everything else stays as it is. `changed` is what to tell people; it need not be applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Changes {
    /// The day the outcome holds for.
    pub as_of: String,
    /// What is to be said of the version that governs.
    pub governs: Governs,
    /// The whole outcome, if another version governs now.
    pub whole: Option<Box<Outcome>>,
    /// The statuses that changed: of requirements, then of competencies, then of roles and their stages.
    pub changed: Vec<Changed>,
    /// The roles of which something else is to be said, in the order written.
    pub roles: Vec<RoleChange>,
    /// The stages of roles of which something else is to be said, in the order written.
    pub stages: Vec<StageChange>,
    /// The competencies of which something else is to be said, in the order written.
    pub competencies: Vec<CompetencyChange>,
    /// The nodes of which something else is to be said, in the order of the outcome.
    pub nodes: Vec<NodeChange>,
    /// All waivers, and what became of each now.
    pub waivers: Vec<Waiver>,
    /// All notices, as they are now.
    pub notices: Vec<String>,
}

/// Why the version governs that does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Governs {
    /// The version that is in force on the day, if one is.
    pub in_force: Option<String>,
    /// Why the version governs, in words, if the programme has several.
    pub why: Option<String>,
    /// The last day on which it does, if nothing but time passes and another follows within ten years.
    pub until: Option<String>,
}

/// A status that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Changed {
    /// What has the status.
    pub of: ChangedOf,
    /// The address of the requirement, or the name of the competency or role.
    pub address: String,
    /// The status it had.
    pub before: Status,
    /// The status it has.
    pub after: Status,
}

/// What has a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangedOf {
    /// A requirement.
    Requirement,
    /// A competency.
    Competency,
    /// A role.
    Role,
    /// A stage of a role, with the address `role.stage`.
    Stage,
}

/// What is said of a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RoleChange {
    /// Its name.
    pub name: String,
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
    /// The first stage that is not met.
    pub next: Option<String>,
    /// The post by which eligibility stays.
    pub held: Option<Held>,
}

/// What is said of a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StageChange {
    /// The name of its role.
    pub role: String,
    /// Its name.
    pub name: String,
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
}

/// What is said of a competency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CompetencyChange {
    /// Its name.
    pub name: String,
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
    /// The credential that decided, if one did.
    pub credential: Option<Credential>,
    /// The day up to which evidence does not count, because a credential issued then has expired.
    pub renewal_after: Option<String>,
}

/// What is said of a node, all that depends on the record and the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NodeChange {
    /// Its address.
    pub address: String,
    /// How it stands.
    pub status: Status,
    /// Whether what is under review may still undo it.
    pub at_risk: bool,
    /// Whether an earlier step is to be met first.
    pub locked: bool,
    /// How far it is.
    pub progress: Progress,
    /// The last day it holds if nothing but time passes; nothing unless it is met and lapses within ten years.
    pub holds_until: Option<Turn>,
    /// The first day on which time alone makes it met; nothing if it is met, or does not come to be within ten years.
    pub opens_on: Option<Turn>,
    /// What was found, where the requirement counts.
    pub found: Option<Quantity>,
    /// What is asked for, where the requirement counts.
    pub needed: Option<Quantity>,
    /// The ids of the records that count.
    pub counted: Vec<String>,
    /// The records that nearly count.
    pub near_misses: Vec<NearMiss>,
    /// What is missing, in words a candidate can act on; empty once it is met.
    pub missing: Vec<String>,
    /// What nobody supplied and the result depends on.
    pub unknown: Vec<Unknown>,
    /// What the programme tells the candidate, with live values; only while it is not met.
    pub advice: Option<String>,
    /// The waiver it rests on.
    pub waiver: Option<NodeWaiver>,
    /// Of a group without reuse, what each requirement is given.
    pub allocation: Option<Allocation>,
}

impl Changes {
    /// Reads what a session wrote.
    ///
    /// # Errors
    ///
    /// The text is no such document.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }
}
