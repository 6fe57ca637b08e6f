//! Declarations as written: what stands in a file, but for requirements and scenarios.
//!
//! In and out: plain data, made by the parser and read by the compiler.

use milepost_diagnostics::Span;

use super::{Duration, Literal, Name, Path, Requirement};

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
