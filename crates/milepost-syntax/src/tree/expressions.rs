//! Expressions and lengths of time as written.
//!
//! In and out: plain data, made by the parser and read by the compiler.

use milepost_diagnostics::Span;

use super::{How, Literal, Name, Path};

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
