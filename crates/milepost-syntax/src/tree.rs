//! The syntax tree: what was written, with the place of everything, before names mean anything.
//!
//! Numbers, dates and escapes in it are still text; the compiler gives them meaning. What could not be
//! parsed stands as `Missing` and has been reported.

use milepost_diagnostics::Span;

/// A file.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// The declarations, in the order written; malformed ones are left out.
    pub items: Vec<Item>,
    /// Every comment, in the order written.
    pub comments: Vec<Comment>,
}

/// A comment, `//` or `///`, to the end of its line.
#[derive(Clone, Debug)]
pub struct Comment {
    /// From the first slash to the end of the line.
    pub span: Span,
    /// Whether it documents what stands below it.
    pub doc: bool,
}

/// A name where it was written.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// One or more names joined by dots.
#[derive(Clone, Debug)]
pub struct Path {
    /// The names, at least one.
    pub names: Vec<Name>,
    /// From the first to the last.
    pub span: Span,
}

impl Path {
    /// The names joined by dots.
    #[must_use]
    pub fn text(&self) -> String {
        let names: Vec<_> = self.names.iter().map(|name| name.text.as_str()).collect();
        names.join(".")
    }
}

/// A literal as written (a number, a date, a school year), or the value of a text with its escapes undone.
#[derive(Clone, Debug)]
pub struct Literal {
    /// The text.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// A declaration with what documents it.
#[derive(Clone, Debug)]
pub struct Item {
    /// The `///` lines above it, joined by newlines.
    pub doc: Option<String>,
    /// From its first word to its end.
    pub span: Span,
    /// What it declares.
    pub kind: ItemKind,
}

/// The kinds of declaration.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// `pathway`
    Pathway(Pathway),
    /// `use`
    Use(Use),
    /// `scale`
    Scale(Scale),
    /// `rubric`
    Rubric(Rubric),
    /// `candidate`
    Candidate(Candidate),
    /// `evidence`
    Evidence(Evidence),
    /// `competency`
    Competency(Competency),
    /// `role`
    Role(Role),
    /// `rule`
    Rule(Rule),
    /// `measure`
    Measure(CohortMeasure),
    /// `scenario`
    Scenario(Scenario),
}

/// `pathway NAME "TITLE" { … }`
#[derive(Clone, Debug)]
pub struct Pathway {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Literal>,
    /// What stands in the block.
    pub properties: Vec<PathwayProperty>,
}

/// A line of a `pathway` block.
#[derive(Clone, Debug)]
pub enum PathwayProperty {
    /// `publisher "…"`
    Publisher(Literal),
    /// `version "…"`
    Version(Literal),
    /// `effective from DATE [to DATE]`
    Effective(Span, Literal, Option<Literal>),
    /// `school year starts MM-DD`
    SchoolYear(Literal),
    /// `replaces "PATH"`
    Replaces(Literal),
    /// `candidates enrolled before DATE may finish under "VERSION" until DATE`
    Transition(Transition),
}

/// `candidates enrolled before DATE may finish under "VERSION" until DATE`
#[derive(Clone, Debug)]
pub struct Transition {
    /// All of it.
    pub span: Span,
    /// The day before which one has to have enrolled.
    pub before: Literal,
    /// The version to finish under.
    pub version: Literal,
    /// The last day to do so.
    pub until: Literal,
}

/// `use "PATH" [as NAME]`
#[derive(Clone, Debug)]
pub struct Use {
    /// The path as written.
    pub path: Literal,
    /// The alias.
    pub alias: Option<Name>,
}

/// `scale NAME ["TITLE"] { … }`
#[derive(Clone, Debug)]
pub struct Scale {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Literal>,
    /// The levels, lowest first.
    pub levels: Vec<Level>,
    /// The cut scores, in the order written.
    pub cut_scores: Vec<CutScores>,
}

/// `from DATE { LEVEL NUMBER … }`
#[derive(Clone, Debug)]
pub struct CutScores {
    /// The first day they are in force.
    pub from: Literal,
    /// The score from which each level is reached.
    pub cuts: Vec<(Name, Literal)>,
}

/// A level of a scale.
#[derive(Clone, Debug)]
pub struct Level {
    /// Its name.
    pub name: Name,
    /// The number it carries.
    pub number: Option<Literal>,
    /// Its title.
    pub title: Option<Literal>,
}

/// `rubric NAME ["TITLE"] on SCALE { … }`
#[derive(Clone, Debug)]
pub struct Rubric {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Literal>,
    /// The scale every criterion is rated on.
    pub scale: Path,
    /// The criteria.
    pub criteria: Vec<Entry>,
}

/// A name with a title: a criterion or a choice.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The name.
    pub name: Name,
    /// The title.
    pub title: Option<Literal>,
}

/// `candidate "TITLE" { … }`
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Whom the file is about.
    pub title: Literal,
    /// The facts.
    pub facts: Vec<Field>,
}

/// `evidence NAME ["TITLE"] [effort NUMBER hours] { … }`
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Literal>,
    /// The hours that one takes.
    pub effort: Option<Literal>,
    /// The fields.
    pub fields: Vec<Field>,
}

/// A fact or a field.
#[derive(Clone, Debug)]
pub struct Field {
    /// The `///` lines above it.
    pub doc: Option<String>,
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: Type,
    /// `from SCORE`: the field that its level follows from.
    pub from: Option<Name>,
    /// Its title.
    pub title: Option<Literal>,
}

/// A type as written.
#[derive(Clone, Debug)]
pub struct Type {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: TypeKind,
}

/// The kinds of type.
#[derive(Clone, Debug)]
pub enum TypeKind {
    /// Not understood and reported.
    Missing,
    /// `number [from A to B]`
    Number(Option<(Literal, Literal)>),
    /// `whole [from A to B]`
    Whole(Option<(Literal, Literal)>),
    /// `yes/no`
    YesNo,
    /// `date`
    Date,
    /// `text`
    Text,
    /// A scale or a rubric.
    Named(Path),
    /// `one of { … }`
    OneOf(Vec<Entry>),
    /// `list of …`
    List(Box<Type>),
}

/// `competency NAME ["TITLE"] { … }`
#[derive(Clone, Debug)]
pub struct Competency {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Literal>,
    /// The names it had before.
    pub formerly: Vec<Name>,
    /// What stands in the block.
    pub properties: Vec<CompetencyProperty>,
}

/// A line of a `competency` block.
#[derive(Clone, Debug)]
pub enum CompetencyProperty {
    /// `about "…"`
    About(Literal),
    /// `aligned to "…", "…"`
    Aligned(Vec<Literal>),
    /// `requires REQUIREMENT`; the span is that of the word
    Requires(Span, Requirement),
    /// `awards "…" [valid DURATION]`
    Awards(Literal, Option<Duration>),
}

/// `role NAME ["TITLE"] { … }`
#[derive(Clone, Debug)]
pub struct Role {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Literal>,
    /// The names it had before.
    pub formerly: Vec<Name>,
    /// What stands in the block.
    pub properties: Vec<RoleProperty>,
}

/// A line of a `role` block.
#[derive(Clone, Debug)]
pub enum RoleProperty {
    /// `about "…"`
    About(Literal),
    /// `incentive "…"`
    Incentive(Literal),
    /// `eligible when REQUIREMENT`; the span is that of the words
    Eligible(Span, Requirement),
    /// `preferred { … }`; the span is that of the word
    Preferred(Span, Vec<Requirement>),
    /// `stage NAME ["TITLE"] [valid DURATION] [when REQUIREMENT]`
    Stage(Stage),
    /// `once reached stays`
    Stays(Span),
}

/// A stage of a role after eligibility.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Literal>,
    /// How long it lasts for who was put into it.
    pub valid: Option<Duration>,
    /// Who is in it; without one, who was put into it.
    pub when: Option<Requirement>,
}

/// `rule NAME(…) { REQUIREMENT }`
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name.
    pub name: Name,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// What stands in the block; one is right.
    pub requirements: Vec<Requirement>,
}

/// `measure NAME ["TITLE"] = FIGURE [among candidates …]`
#[derive(Clone, Debug)]
pub struct CohortMeasure {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<Literal>,
    /// What is counted.
    pub figure: Figure,
    /// Which candidates are looked at at all.
    pub among: Option<Requirement>,
}

/// What a measure counts; who counts is a reference (`who meet`) or a condition (`whose`).
#[derive(Clone, Debug)]
pub enum Figure {
    /// Not understood and reported.
    Missing,
    /// `percent of candidates WHO`
    Percent(Requirement),
    /// `number of candidates [WHO]`
    Candidates(Option<Requirement>),
    /// `number of different FACT of candidates [WHO]`
    Different(Path, Option<Requirement>),
    /// `number of competencies met`
    Competencies,
}

/// A parameter of a rule.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: Name,
    /// Its type.
    pub ty: Type,
}

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

/// `3 years`
#[derive(Clone, Debug)]
pub struct Duration {
    /// All of it.
    pub span: Span,
    /// The number as written.
    pub count: Literal,
    /// The unit.
    pub unit: Unit,
}

/// The units of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// `days`
    Days,
    /// `weeks`
    Weeks,
    /// `months`
    Months,
    /// `years`
    Years,
    /// `school years`
    SchoolYears,
}

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// The kinds of expression.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// Not understood and reported.
    Missing,
    /// A number as written.
    Number(String),
    /// A share as written, without its sign.
    Percent(String),
    /// A date as written.
    Date(String),
    /// A duration.
    Duration(Duration),
    /// A text, its escapes undone.
    Text(String),
    /// `yes` or `no`
    YesNo(bool),
    /// A fact, field, parameter, level, choice or criterion.
    Path(Path),
    /// `today`
    Today,
    /// `start of next school year`
    YearEdge(Edge, RelativeYear),
    /// `start of role NAME [STAGE]`
    RoleStart(Path, Option<Name>),
    /// `next 07-31 after WHEN`
    NextDay(Literal, Box<Expr>),
    /// `not …`
    Not(Box<Expr>),
    /// Two operands; the span is that of the operator.
    Binary(Box<Expr>, Operator, Span, Box<Expr>),
    /// `… in { … }`
    In(Box<Expr>, Vec<Expr>),
    /// `… is known`
    IsKnown(Box<Expr>),
    /// `every criterion of R >= L` and its like
    Criteria(Box<Criteria>),
}

/// Something asked of the criteria of a rubric.
#[derive(Clone, Debug)]
pub struct Criteria {
    /// How many of them.
    pub quantifier: Quantifier,
    /// The rubric fact or field.
    pub rubric: Path,
    /// The comparison.
    pub operator: Operator,
    /// The place of the comparison.
    pub operator_span: Span,
    /// The level compared with.
    pub level: Expr,
}

/// How many criteria.
#[derive(Clone, Debug)]
pub enum Quantifier {
    /// `every criterion of`
    Every,
    /// `at least 3 criteria of`
    Count(How, Expr),
    /// `at least 75% of criteria of`; the literal without the sign
    Share(How, Literal),
}

/// The start or the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// `start of`
    Start,
    /// `end of`
    End,
}

/// A school year relative to the as-of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelativeYear {
    /// `last`
    Last,
    /// `this`
    This,
    /// `next`
    Next,
}

/// The operators between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `or`
    Or,
    /// `and`
    And,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `contains`
    Contains,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
}

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
