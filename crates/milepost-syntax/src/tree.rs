//! The syntax tree: what was written, with the place of everything, before names mean anything.
//!
//! Numbers, dates and escapes in it are still text; the compiler gives them meaning. What could not be
//! parsed stands as `Missing` and has been reported.

mod declarations;
mod expressions;
mod requirements;
mod scenarios;

pub use declarations::{
    Candidate, CohortMeasure, Competency, CompetencyProperty, CutScores, Entry, Evidence, Field,
    Figure, Level, Parameter, Pathway, PathwayProperty, Role, RoleProperty, Rubric, Rule, Scale,
    Stage, Transition, Type, TypeKind, Use,
};
pub use expressions::{
    Criteria, Duration, Edge, Expr, ExprKind, Operator, Quantifier, RelativeYear, Unit,
};
use milepost_diagnostics::Span;
pub use requirements::{
    Aggregate, Argument, Clause, ClauseKind, Form, Group, Held, How, Label, Measure, Records,
    Requirement, SchoolYear, Waivable,
};
pub use scenarios::{
    Expect, ExpectedStatus, Given, GivenCredential, GivenEvidence, GivenPost, GivenWaiver,
    RecordNote, RecordStatus, Scenario, ScenarioLine, Value, ValueKind,
};

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
