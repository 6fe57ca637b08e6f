//! Expressions and conditions of a plan: where values come from, what is made of them, how they compare.

use super::{FactId, How, RoleId, ScaleId, StageId};
use crate::{Date, Decimal, Duration, MonthDay};

/// Where a value comes from. Outside `whose`, `where`, spreads and aggregated values only facts occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A fact.
    Fact(FactId),
    /// A criterion of a rubric fact.
    FactCriterion(FactId, u32),
    /// A field of the record.
    Field(u32),
    /// A criterion of a rubric field of the record.
    FieldCriterion(u32, u32),
    /// The record's date.
    Date,
    /// The last day the record counts; missing if it has none.
    Expires,
    /// The record's id.
    Id,
}

/// An expression of ordered values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Of numbers.
    Number(Number),
    /// Of dates.
    Date(When),
    /// Of levels of one scale.
    Ordinal(Ordinal),
}

/// An expression of numbers. At most two sources are multiplied, at most 64 operators occur.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    /// Written out.
    Literal(Decimal),
    /// From a number.
    Of(Source),
    /// The number of a level.
    OfLevel(Source, ScaleId),
    /// Left plus right.
    Add(Box<Number>, Box<Number>),
    /// Left minus right.
    Subtract(Box<Number>, Box<Number>),
    /// Left times right.
    Multiply(Box<Number>, Box<Number>),
}

/// An expression of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// Written out.
    Literal(Date),
    /// The as-of date.
    Today,
    /// From a date.
    Of(Source),
    /// Later by a duration (not of school years).
    Plus(Box<When>, Duration),
    /// Earlier by a duration (not of school years).
    Minus(Box<When>, Duration),
    /// The first day of a school year, relative to the one of the as-of date (0).
    YearStart(i32),
    /// The last day of a school year, relative to the one of the as-of date (0).
    YearEnd(i32),
    /// The first such day after another.
    Next(MonthDay, Box<When>),
    /// The day on which the latest post began, in the role or in that stage of it.
    RoleStart(RoleId, Option<StageId>),
}

/// An expression of levels or choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ordinal {
    /// Written out.
    Literal(u16),
    /// From a level or a choice.
    Of(Source),
}

/// An expression of texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// Written out.
    Literal(String),
    /// From a text (or the record's id).
    Of(Source),
}

/// How two values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
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
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Always so.
    Literal(bool),
    /// All of them.
    All(Vec<Test>),
    /// Any of them.
    Any(Vec<Test>),
    /// Not so.
    Not(Box<Test>),
    /// It is yes.
    YesNo(Source),
    /// Numbers compare so.
    Numbers(Number, Comparison, Number),
    /// Days compare so.
    Dates(When, Comparison, When),
    /// Levels of one scale, or choices of one field, compare so; the scale or the choices are those of the sources.
    Ordinals(Ordinal, Comparison, Ordinal),
    /// Texts are equal (`true`) or differ (`false`).
    Texts(Text, bool, Text),
    /// It is one of these. Kept for the wording; means any of the equalities.
    OneOf(Vec<Test>),
    /// The list has the value.
    Contains(Source, Constant),
    /// It is known.
    Known(Source),
    /// So many criteria of a rubric compare so.
    Criteria(Quantifier, Source, Comparison, Ordinal),
}

/// A value written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constant {
    /// A number.
    Number(Decimal),
    /// Yes or no.
    YesNo(bool),
    /// A day.
    Date(Date),
    /// A text.
    Text(String),
    /// A level or a choice.
    Ordinal(u16),
    /// A level for each criterion, in their order.
    Rubric(Vec<Option<u16>>),
    /// Several values.
    List(Vec<Constant>),
}

/// How many criteria.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// Every one.
    Every,
    /// So many.
    Count(How, Number),
    /// So many per cent, 0 to 100.
    Share(How, Decimal),
}
