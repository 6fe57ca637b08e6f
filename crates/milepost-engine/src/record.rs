//! The record: what is known of a candidate, as columns per kind of evidence.
//!
//! In: facts, evidence and credentials, as a builder takes them. Out: columns in the order of dates, and each value
//! again as it was supplied, for whoever puts an outcome into words.

mod build;
mod column;
mod edit;
mod post;
mod table;
mod texts;
mod waiver;

#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use build::{LOOKS, RECORDS, RecordBuilder, RecordError};
pub(crate) use column::{Column, MISSING};
pub use edit::Held;
pub use post::Post;
use post::Posts;
pub(crate) use table::{Row, Table};
use texts::Texts;
pub use waiver::Waiver;

use crate::Date;
use crate::outcome::RecordRef;
use crate::plan::{CompetencyId, Constant, FactId, KindId, NodeId, Parts, Plan};

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

impl Status {
    /// Its name, as records write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::UnderReview => "under_review",
            Self::Draft => "draft",
            Self::Returned => "returned",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
        }
    }
}

/// A time for which something accepted does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Suspension {
    /// The first day.
    pub from: Date,
    /// The last day; nothing while it goes on.
    pub until: Option<Date>,
}

impl Suspension {
    /// Whether a day lies in it.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| until >= day)
    }

    /// Whether two of them have a day in common.
    #[must_use]
    pub fn overlaps(&self, other: Self) -> bool {
        self.holds(other.from) || other.holds(self.from)
    }
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
    /// When it was suspended, once accepted; in the order of the days, none of them twice.
    pub suspended: Vec<Suspension>,
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
    /// When it was suspended, once accepted; in the order of the days, none of them twice.
    pub suspended: Vec<Suspension>,
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
    /// The waivers, in the order written.
    pub waivers: Vec<Waiver>,
    /// The posts, in the order written.
    pub posts: Vec<Post>,
}

/// What is known of a candidate, ready to evaluate against the plan it was made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    id: String,
    enrolled: Option<Date>,
    /// A column of one row, or none, for each fact.
    facts: Vec<Column>,
    /// The evidence of each kind.
    tables: Vec<Table>,
    credentials: Vec<Credential>,
    /// The competency of each credential and its place, in order.
    issued: Vec<(CompetencyId, u32)>,
    waivers: Vec<Waiver>,
    /// The requirement of each waiver, if there is one.
    waived: Vec<Option<NodeId>>,
    posts: Posts,
    /// Every text in it.
    texts: Texts,
    /// How many pieces of evidence were ever written into it.
    written: u64,
    /// The latest day anything in it is dated.
    latest: Date,
    /// The version that reads it.
    parts: Arc<Parts>,
    /// The versions of the programme it was made for, the newest first.
    versions: Arc<[Arc<Parts>]>,
}

impl Record {
    /// The version of the programme that reads it.
    #[must_use]
    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// The same record, evaluated under another version of the programme that it was made for.
    #[must_use]
    pub fn under(&self, version: &Plan) -> Self {
        let waived = self.waivers.iter();
        let parts = version.parts();
        let mut tables = self.tables.clone();
        for (table, kind) in tables.iter_mut().zip(&parts.kinds) {
            table.settle_levels(kind, parts);
        }
        Self {
            tables,
            waived: waived
                .map(|it| version.requirement(&it.requirement))
                .collect(),
            posts: self.posts.under(&self.versions, parts),
            parts: version.shared(),
            ..self.clone()
        }
    }

    /// The candidate's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// When the candidate enrolled.
    #[must_use]
    pub const fn enrolled(&self) -> Option<Date> {
        self.enrolled
    }

    /// How many records of a kind there are.
    #[must_use]
    pub fn rows(&self, kind: KindId) -> usize {
        self.table(kind).map_or(0, Table::rows)
    }

    /// The id of a record.
    #[must_use]
    pub fn record_id(&self, record: RecordRef) -> &str {
        self.row(record).map_or("", |row| &row.id)
    }

    /// The day of a record.
    #[must_use]
    pub fn date(&self, record: RecordRef) -> Option<Date> {
        self.row(record).map(|row| row.date)
    }

    /// The status of a record now.
    #[must_use]
    pub fn status(&self, record: RecordRef) -> Option<Status> {
        self.row(record).map(|row| row.status)
    }

    /// The last day a record counts.
    #[must_use]
    pub fn expires(&self, record: RecordRef) -> Option<Date> {
        self.row(record)?.expires
    }

    /// When a record was submitted.
    #[must_use]
    pub fn submitted(&self, record: RecordRef) -> Option<Date> {
        self.row(record)?.submitted
    }

    /// When the status of a record was decided.
    #[must_use]
    pub fn decided(&self, record: RecordRef) -> Option<Date> {
        self.row(record)?.decided
    }

    /// When a record was suspended.
    #[must_use]
    pub fn suspended(&self, record: RecordRef) -> &[Suspension] {
        self.row(record).map_or(&[], |row| &row.suspended)
    }

    /// The competencies a record is filed for.
    #[must_use]
    pub fn competencies(&self, record: RecordRef) -> &[CompetencyId] {
        self.row(record).map_or(&[], |row| &row.competencies)
    }

    /// The value of a field of a record, if it is not missing.
    #[must_use]
    pub fn value(&self, record: RecordRef, field: u32) -> Option<Constant> {
        let ty = &self
            .parts
            .kinds
            .get(record.kind.index())?
            .fields
            .get(field as usize)?
            .ty;
        let column = self.table(record.kind)?.columns.get(field as usize)?;
        column.constant(record.row as usize, ty, &self.texts)
    }

    /// The value of a fact, if it is known.
    #[must_use]
    pub fn fact(&self, fact: FactId) -> Option<Constant> {
        let ty = &self.parts.facts.get(fact.index())?.ty;
        self.facts.get(fact.index())?.constant(0, ty, &self.texts)
    }

    /// The credentials, in the order written.
    #[must_use]
    pub fn credentials(&self) -> &[Credential] {
        &self.credentials
    }

    /// The credentials for a competency and their places, in the order written.
    pub(crate) fn issued(
        &self,
        competency: CompetencyId,
    ) -> impl Iterator<Item = (u32, &Credential)> {
        let from = self
            .issued
            .partition_point(|(issued, _)| *issued < competency);
        let to = self
            .issued
            .partition_point(|(issued, _)| *issued <= competency);
        let places = self.issued.get(from..to).unwrap_or_default();
        places
            .iter()
            .filter_map(|(_, place)| Some((*place, self.credentials.get(*place as usize)?)))
    }

    fn row(&self, record: RecordRef) -> Option<&Row> {
        self.table(record.kind)?.row(record.row as usize)
    }

    /// The evidence of a kind.
    pub(crate) fn table(&self, kind: KindId) -> Option<&Table> {
        self.tables.get(kind.index())
    }

    /// The column of a fact; its only row is the first.
    pub(crate) fn fact_column(&self, fact: FactId) -> Option<&Column> {
        self.facts.get(fact.index())
    }

    /// The first day anything in it is dated.
    #[must_use]
    pub fn first_day(&self) -> Option<Date> {
        let rows = self.tables.iter().filter_map(|table| table.row(0));
        let credentials = self.credentials.iter().map(|it| it.issued);
        let posts = self.posts.written.iter().map(|post| post.from);
        rows.map(|row| row.date)
            .chain(credentials)
            .chain(posts)
            .min()
    }

    /// Whether anything in it is dated after a day.
    pub(crate) fn goes_beyond(&self, day: Date) -> bool {
        self.latest > day
    }
}
