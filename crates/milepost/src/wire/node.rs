//! What became of one requirement.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::wire::Number;

/// How a result stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// True as it stands.
    Met,
    /// True once what is under review comes out well.
    Pending,
    /// Depends on what nobody supplied.
    NeedsInformation,
    /// None of these.
    Unmet,
    /// It would not be met, and a waiver lets it go; only of requirements.
    Waived,
}

impl Status {
    /// The words people read, as in scenarios.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Pending => "pending",
            Self::NeedsInformation => "needs information",
            Self::Unmet => "unmet",
            Self::Waived => "waived",
        }
    }
}

/// Steps met of steps asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Progress {
    /// Steps met, to a hundredth.
    pub met: Number,
    /// Steps asked.
    pub of: Number,
    /// The share in per cent, rounded down; 100 only of what is met.
    pub percent: u8,
}

/// A quantity found or asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Quantity {
    /// A count, a number, or per cent.
    Number(Number),
    /// A level or a choice by name, or a date.
    Name(String),
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        let value = <&RawValue>::deserialize(json)?.get();
        if value.starts_with('"') {
            serde_json::from_str(value).map(Self::Name)
        } else {
            serde_json::from_str(value).map(Self::Number)
        }
        .map_err(serde::de::Error::custom)
    }
}

/// A record that nearly counted, and why it did not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NearMiss {
    /// The id of the record.
    pub id: String,
    /// The one thing it fell short of.
    pub reason: String,
}

/// Something nobody supplied and the result depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Unknown {
    /// A fact.
    Fact {
        /// Its name; of a criterion `rubric_fact.criterion`.
        fact: String,
        /// Its title, for people.
        title: String,
    },
    /// A field of a record.
    Field {
        /// The id of the record.
        record: String,
        /// The name of the field; of a criterion `field.criterion`.
        field: String,
        /// Its title, for people.
        title: String,
    },
}

/// The waiver that a requirement rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NodeWaiver {
    /// Who granted it.
    pub by: String,
    /// As which authority.
    #[serde(rename = "as")]
    pub authority: String,
    /// Why.
    pub reason: String,
    /// The first day it holds.
    pub granted: String,
    /// The last day it holds, if it expires.
    pub expires: Option<String>,
    /// How the requirement would stand without it.
    pub without: Status,
}

/// The day on which a result changes, if nothing but time passes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Turn {
    /// The last day it holds, or the first on which it is met.
    pub date: String,
    /// What causes it, in words.
    pub because: String,
    /// The id of the evidence or credential that causes it, if one does.
    pub record: Option<String>,
}

/// What the requirements of a group without reuse are given, as the record stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Allocation {
    /// Every requirement on records that the group shares out to, in the order written, with what it is given.
    pub assigned: Vec<Assigned>,
    /// Why not all of them are served, if they are not.
    pub blocking: Option<Blocking>,
}

/// A requirement and what it is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Assigned {
    /// The address of the requirement.
    pub requirement: String,
    /// The ids of the records.
    pub records: Vec<String>,
}

/// Requirements that together ask for more records than may count for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Blocking {
    /// Their addresses, in the order written. Any fewer of them could be served.
    pub requirements: Vec<String>,
    /// How many records they ask for.
    pub needed: u64,
    /// The ids of records that may count once each.
    pub records: Vec<String>,
    /// Records of one value, of which only one may count for the requirement.
    pub one_of: Vec<Assigned>,
    /// How many may count at most: the records, and one of each of those groups.
    pub found: u64,
    /// The same in words.
    pub text: String,
}

/// What became of one requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Node {
    /// `role.label.label` or `competency.label`; an unnamed one is `parent/2`.
    pub address: String,
    /// Its own title.
    pub title: Option<String>,
    /// The requirement in words.
    pub text: String,
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
    /// The competency or role this refers to, by name; its own result stands there.
    pub refers_to: Option<String>,
    /// Where the requirement comes from.
    pub cites: Vec<String>,
    /// What the programme tells the candidate, with live values; only while it is not met.
    pub advice: Option<String>,
    /// The waiver it rests on.
    pub waiver: Option<NodeWaiver>,
    /// Of a group without reuse, what each requirement is given.
    pub allocation: Option<Allocation>,
    /// The requirements it is made of.
    pub children: Vec<Node>,
}
