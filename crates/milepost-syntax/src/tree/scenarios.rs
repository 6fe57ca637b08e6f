//! Scenarios as written: what is given and what is expected.
//!
//! In and out: plain data, made by the parser and read by the compiler.

use milepost_diagnostics::Span;

use super::{Literal, Name, Path};

/// `scenario "TITLE" { … }`
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its title.
    pub title: Literal,
    /// What stands in the block.
    pub lines: Vec<ScenarioLine>,
}

/// A line of a scenario.
#[derive(Clone, Debug)]
pub enum ScenarioLine {
    /// `as of DATE`
    AsOf(Literal),
    /// `enrolled DATE`
    Enrolled(Literal),
    /// `given FACT VALUE, …`
    Facts(Vec<Given>),
    /// `given KIND ID on DATE …`
    Evidence(GivenEvidence),
    /// `given credential ID for COMPETENCY issued DATE …`
    Credential(GivenCredential),
    /// `given waiver for ADDRESS by "…" as AUTHORITY because "…" granted DATE [expires DATE]`
    Waiver(GivenWaiver),
    /// `given post ROLE [STAGE] from DATE [until DATE]`
    Post(GivenPost),
    /// `expect …`
    Expect(Expect),
}

/// A fact or field with its value.
#[derive(Clone, Debug)]
pub struct Given {
    /// The fact or field.
    pub name: Name,
    /// Its value.
    pub value: Value,
}

/// A value in a scenario.
#[derive(Clone, Debug)]
pub struct Value {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: ValueKind,
}

/// The kinds of value.
#[derive(Clone, Debug)]
pub enum ValueKind {
    /// A number as written.
    Number(String),
    /// A date as written.
    Date(String),
    /// A text.
    Text(String),
    /// `yes` or `no`
    YesNo(bool),
    /// A level or a choice.
    Name(String),
    /// `{ a, b }`
    List(Vec<Value>),
    /// `{ planning mastered, delivery approaching }`
    Rubric(Vec<Given>),
}

/// A record in a scenario.
#[derive(Clone, Debug)]
pub struct GivenEvidence {
    /// The kind.
    pub kind: Path,
    /// Its id.
    pub id: Literal,
    /// Its date.
    pub date: Literal,
    /// The rest, in the order written.
    pub notes: Vec<RecordNote>,
}

/// A credential in a scenario.
#[derive(Clone, Debug)]
pub struct GivenCredential {
    /// Its id.
    pub id: Literal,
    /// What it is for.
    pub competency: Path,
    /// When it was issued.
    pub issued: Literal,
    /// The rest, in the order written.
    pub notes: Vec<RecordNote>,
}

/// A waiver in a scenario.
#[derive(Clone, Debug)]
pub struct GivenWaiver {
    /// The address of what it waives.
    pub requirement: Path,
    /// Who granted it.
    pub by: Literal,
    /// As which authority.
    pub authority: Name,
    /// Why.
    pub reason: Literal,
    /// When.
    pub granted: Literal,
    /// The last day it holds.
    pub expires: Option<Literal>,
}

/// A post in a scenario.
#[derive(Clone, Debug)]
pub struct GivenPost {
    /// The role.
    pub role: Path,
    /// Its stage.
    pub stage: Option<Name>,
    /// The first day.
    pub from: Literal,
    /// The last day.
    pub until: Option<Literal>,
}

/// Something more about a record or a credential of a scenario.
#[derive(Clone, Debug)]
pub enum RecordNote {
    /// `for COMPETENCY, …`
    For(Vec<Path>),
    /// `with FIELD VALUE, …`
    With(Vec<Given>),
    /// `expires DATE`
    Expires(Literal),
    /// `submitted DATE`
    Submitted(Literal),
    /// `decided DATE`
    Decided(Literal),
    /// `suspended from DATE [to DATE]`
    Suspended(Span, Literal, Option<Literal>),
    /// `under review` and its like
    Status(Span, RecordStatus),
}

/// The status of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordStatus {
    /// `accepted`
    Accepted,
    /// `under review`
    UnderReview,
    /// `draft`
    Draft,
    /// `returned`
    Returned,
    /// `suspended`
    Suspended,
    /// `revoked`
    Revoked,
}

/// `expect role NAME [LABEL.LABEL] STATUS [at risk]`
#[derive(Clone, Debug)]
pub struct Expect {
    /// All of it.
    pub span: Span,
    /// Whether a role is meant, or a competency.
    pub role: bool,
    /// Its name.
    pub name: Path,
    /// The labels below it.
    pub labels: Option<Path>,
    /// The status expected.
    pub status: ExpectedStatus,
    /// Whether it is expected to be at risk.
    pub at_risk: bool,
    /// The words that say these two, one by one.
    pub stated: Vec<Span>,
}

/// The status of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedStatus {
    /// `met`
    Met,
    /// `pending`
    Pending,
    /// `needs information`
    NeedsInformation,
    /// `unmet`
    Unmet,
    /// `waived`
    Waived,
}
