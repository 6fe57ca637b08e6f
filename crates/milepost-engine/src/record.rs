//! The record: what is known of a candidate, as columns per kind of evidence.

use crate::Date;
use crate::plan::{CompetencyId, Constant, FactId, KindId};

/// The status of a piece of evidence or a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Status {
    /// It counts.
    #[default]
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

/// A piece of evidence to put into a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Its id, unique among evidence and credentials of the candidate.
    pub id: String,
    /// Its kind.
    pub kind: KindId,
    /// Its day.
    pub date: Date,
    /// Its status now.
    pub status: Status,
    /// The competencies it is filed for.
    pub competencies: Vec<CompetencyId>,
    /// The last day it counts.
    pub expires: Option<Date>,
    /// When it was submitted.
    pub submitted: Option<Date>,
    /// When its status was decided.
    pub decided: Option<Date>,
    /// One for each field of its kind, in their order; nothing where it is missing.
    pub fields: Vec<Option<Constant>>,
}

/// A credential on a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub competency: CompetencyId,
    /// When it was issued.
    pub issued: Date,
    /// Its status now.
    pub status: Status,
    /// The last day it counts, if it says so itself.
    pub expires: Option<Date>,
    /// When it was submitted.
    pub submitted: Option<Date>,
    /// When its status was decided.
    pub decided: Option<Date>,
}

/// What is known of a candidate, before it is put into columns.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Input {
    /// The candidate's id.
    pub id: String,
    /// When the candidate enrolled.
    pub enrolled: Option<Date>,
    /// The facts that are known.
    pub facts: Vec<(FactId, Constant)>,
    /// The evidence, in the order written.
    pub evidence: Vec<Evidence>,
    /// The credentials, in the order written.
    pub credentials: Vec<Credential>,
}
