//! Requirements as written: labels, groups, references, what is asked of records and their clauses.
//!
//! In and out: plain data, made by the parser and read by the compiler.

use milepost_diagnostics::Span;

use super::{Duration, Expr, Literal, Name, Path};

/// A requirement with its label.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// All of it, the label included.
    pub span: Span,
    /// Its name, title and notes.
    pub label: Option<Label>,
    /// What is required.
    pub form: Form,
}

/// `NAME ["TITLE"] [cites "…"] [advice "…"] [waivable by NAME or NAME] [formerly NAME, NAME] :`
#[derive(Clone, Debug)]
pub struct Label {
    /// The stable name.
    pub name: Name,
    /// The title.
    pub title: Option<Literal>,
    /// Where the requirement comes from.
    pub cites: Vec<Literal>,
    /// What to tell the candidate.
    pub advice: Vec<Literal>,
    /// Who may waive it; one is right.
    pub waivable: Vec<Waivable>,
    /// The names it had before.
    pub formerly: Vec<Name>,
}

/// `waivable by NAME or NAME`
#[derive(Clone, Debug)]
pub struct Waivable {
    /// All of it.
    pub span: Span,
    /// Who may waive it.
    pub authorities: Vec<Name>,
}

/// The forms of a requirement.
#[derive(Clone, Debug)]
pub enum Form {
    /// Not understood and reported.
    Missing,
    /// A block of requirements; the span is that of its words before the brace.
    Group(Span, Group, Vec<Requirement>),
    /// `competency NAME`
    Competency(Path),
    /// `role NAME [STAGE]`
    Role(Path, Option<Name>),
    /// `held role NAME [STAGE] for at least BOUND [consecutive] school years`
    Held(Held),
    /// `rule NAME(…)`
    Rule(Path, Vec<Argument>),
    /// Something asked of records.
    Records(Records),
    /// A condition over facts.
    Condition(Expr),
}

/// For how long posts in a role were held.
#[derive(Clone, Debug)]
pub struct Held {
    /// The role.
    pub role: Path,
    /// The stage of it; without one, any.
    pub stage: Option<Name>,
    /// For how many school years at least.
    pub bound: Expr,
    /// Whether they have to follow one another.
    pub consecutive: bool,
}

/// The kinds of group.
#[derive(Clone, Debug)]
pub enum Group {
    /// `all of`
    All,
    /// `all of without reuse`
    WithoutReuse,
    /// `any of`
    Any,
    /// `at least BOUND of`
    AtLeast(Expr),
    /// `at least BOUND points of`, and what each requirement is worth; nothing where that is missing and reported
    Points(Expr, Vec<Option<Literal>>),
    /// `none of`
    None,
    /// `in order`
    InOrder,
}

/// `NAME: VALUE` in a call.
#[derive(Clone, Debug)]
pub struct Argument {
    /// The parameter.
    pub name: Name,
    /// Its value.
    pub value: Expr,
}

/// Something asked of the records of a kind.
#[derive(Clone, Debug)]
pub struct Records {
    /// What is asked.
    pub measure: Measure,
    /// The kind.
    pub kind: Path,
    /// Which records, and what must hold of them.
    pub clauses: Vec<Clause>,
}

/// At least, at most or exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// `at least`
    AtLeast,
    /// `at most`
    AtMost,
    /// `exactly`
    Exactly,
}

/// What is asked of records.
#[derive(Clone, Debug)]
pub enum Measure {
    /// `at least N KIND`
    Count(How, Expr),
    /// `no KIND`
    No(Span),
    /// `every KIND`
    Every(Span),
    /// `at least P% of KIND`; the literal without the sign
    Share(How, Literal),
    /// `at least V total FIELD of KIND`
    Aggregate(How, Expr, Aggregate, Expr),
}

/// What is made of the values of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// `total`
    Total,
    /// `average`
    Average,
    /// `highest`
    Highest,
    /// `lowest`
    Lowest,
}

/// A clause after a kind.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Its place.
    pub span: Span,
    /// What it says.
    pub kind: ClauseKind,
}

/// The kinds of clause.
#[derive(Clone, Debug)]
pub enum ClauseKind {
    /// `for COMPETENCY`
    For(Path),
    /// `for this`
    ForThis,
    /// `within DURATION [before WHEN]`
    Within(Duration, Option<Expr>),
    /// `since WHEN`
    Since(Expr),
    /// `from WHEN to WHEN`
    From(Expr, Expr),
    /// `before WHEN`
    Before(Expr),
    /// `after WHEN`
    After(Expr),
    /// `in the DURATION before WHEN`
    InThe(Duration, Expr),
    /// `during this school year` and its like
    During(SchoolYear),
    /// `during the last N school years [and this one]`
    DuringLast(Expr, bool),
    /// `whose CONDITION`
    Whose(Expr),
    /// `counting the latest of each KEY`
    CountingLatest(Path),
    /// `counting the highest FIELD of each KEY`
    CountingHighest(Path, Path),
    /// `among latest N`
    AmongLatest(Expr),
    /// `including those under review`
    IncludingUnderReview,
    /// `including returned`
    IncludingReturned,
    /// `where CONDITION`
    Where(Expr),
    /// `by different FIELD`
    ByDifferent(Path),
    /// `with the same FIELD`
    WithTheSame(Path),
    /// `in different school years`
    DifferentYears,
    /// `in consecutive school years`, and whether `skipping years without one`
    ConsecutiveYears(bool),
}

/// A school year in a `during` clause.
#[derive(Clone, Debug)]
pub enum SchoolYear {
    /// `this school year`
    This,
    /// `last school year`
    Last,
    /// `school year 2015-16`
    Named(Literal),
}
