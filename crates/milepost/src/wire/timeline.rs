//! A timeline: how everything of an outcome stood and will stand, stretch by stretch.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::wire::Status;

/// How every role, stage, competency and requirement stands on every day, if nothing but time passes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Timeline {
    /// The day it is told for.
    pub as_of: String,
    /// The first day: the first that the record knows of, or the day it is told for.
    pub from: String,
    /// The last day, ten years after the day it is told for; or the last that is known, if there was too much to look at.
    pub to: String,
    /// Whether the last day was reached.
    pub complete: bool,
    /// The roles, in the order written.
    pub roles: Vec<RoleTimeline>,
    /// The competencies, in the order written.
    pub competencies: Vec<NamedTimeline>,
    /// The requirements, each once, in the order of the outcome.
    pub requirements: Vec<RequirementTimeline>,
}

/// How a role and its stages stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RoleTimeline {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// The stretches of being eligible, each beginning on the day after the one before; at least one.
    pub stretches: Vec<Stretch>,
    /// Its stages, in the order written.
    pub stages: Vec<NamedTimeline>,
}

/// How a competency, or a stage of a role, stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NamedTimeline {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// The stretches, each beginning on the day after the one before; at least one.
    pub stretches: Vec<Stretch>,
}

/// How a requirement stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RequirementTimeline {
    /// Its address.
    pub address: String,
    /// Its title.
    pub title: Option<String>,
    /// The stretches, each beginning on the day after the one before; at least one.
    pub stretches: Vec<Stretch>,
}

/// Days that follow one another, on all of which something stands the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stretch {
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// How it stands.
    pub status: Status,
    /// Whether what is under review may still undo it.
    pub at_risk: bool,
    /// What changed it on the first day; `null` of the first stretch.
    pub because: Option<String>,
    /// The id of the evidence, credential or waiver that did, if one did and has an id.
    pub record: Option<String>,
}

impl Timeline {
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
