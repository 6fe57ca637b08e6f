//! When two things ask the same. Requirements and expressions in; texts out that are equal exactly if these are, wherever they
//! stand.

use std::fmt::Write as _;

use milepost_engine::plan::{Comparison, How};

use crate::model::{
    Expr, ExprKind, Form, Measure, Quantifier, Records, Requirement, Spread, Type, Window,
};

/// What is asked, and how much of it: of two requirements that ask the same, the one with more implies the other.
pub struct Asked {
    /// What.
    pub what: String,
    /// How much; the same for all where there is no more and less.
    pub much: i64,
}

/// What a requirement asks, if it is neither a group nor a mistake.
pub fn asked(requirement: &Requirement) -> Option<Asked> {
    let (what, much) = match &requirement.form {
        Form::Invalid | Form::Group(..) => return None,
        Form::Competency(id) => (format!("competency {}", id.0), 0),
        Form::Role(role, stage) => (format!("role {role:?} {stage:?}"), 0),
        Form::Held(held) => {
            let what = format!("held {:?} {:?} {}", held.role, held.stage, held.consecutive);
            bounded(How::AtLeast, &held.bound, what)
        }
        Form::Call(rule, arguments) => {
            let arguments: Vec<_> = arguments.iter().map(expression).collect();
            (format!("rule {} {arguments:?}", rule.0), 0)
        }
        Form::Condition(condition) => match compared(condition) {
            Some((thing, Comparison::GreaterOrEqual, value)) => (format!("{thing} >"), 2 * value),
            Some((thing, Comparison::Greater, value)) => (format!("{thing} >"), 2 * value + 1),
            Some((thing, Comparison::LessOrEqual, value)) => (format!("{thing} <"), -2 * value),
            Some((thing, Comparison::Less, value)) => (format!("{thing} <"), 1 - 2 * value),
            _ => (expression(condition), 0),
        },
        Form::Records(records) => of_records(records),
    };
    Some(Asked { what, much })
}

fn of_records(records: &Records) -> (String, i64) {
    let mut what = population(records);
    let _ = write!(what, " where {}", optional(records.matching.as_ref()));
    let _ = match &records.spread {
        None => Ok(()),
        Some((Spread::Different(field), _)) => write!(what, " different {}", expression(field)),
        Some((Spread::Same(field), _)) => write!(what, " same {}", expression(field)),
        Some((Spread::DifferentYears, _)) => write!(what, " years"),
        Some((Spread::ConsecutiveYears(skip), _)) => write!(what, " consecutive {skip}"),
    };
    match &records.measure {
        Measure::Count(how, bound) => bounded(*how, bound, format!("count {what}")),
        Measure::No => (format!("no {what}"), 0),
        Measure::Every => (format!("every {what}"), 0),
        Measure::Share(how, share, _) => signed(*how, share.micros(), format!("share {what}")),
        Measure::Aggregate(how, bound, aggregate, field) => {
            let what = format!("{aggregate:?} {} {what}", expression(field));
            bounded(*how, bound, what)
        }
    }
}

fn bounded(how: How, bound: &Expr, what: String) -> (String, i64) {
    match written(bound) {
        Some(value) => signed(how, value, what),
        None => (format!("{how:?} {} {what}", expression(bound)), 0),
    }
}

fn signed(how: How, value: i64, what: String) -> (String, i64) {
    match how {
        How::AtLeast => (format!("> {what}"), value),
        How::AtMost => (format!("< {what}"), -value),
        How::Exactly => (format!("= {value} {what}"), 0),
    }
}

/// Which records are looked at, before `where`.
pub fn population(records: &Records) -> String {
    let mut key = format!(
        "{} for {:?} whose {} latest {} {} {}",
        records.kind.0,
        records.target.map(|(target, _)| target),
        optional(records.whose.as_ref()),
        optional(records.latest.as_ref()),
        records.including_under_review,
        records.including_returned,
    );
    if let Some((attempts, _)) = &records.attempts {
        let highest = optional(attempts.highest.as_ref());
        let _ = write!(key, " attempts {} {highest}", expression(&attempts.key));
    }
    for (window, _) in &records.windows {
        let _ = match window {
            Window::Within(length, when) => {
                write!(key, " within {length:?} {}", optional(when.as_ref()))
            }
            Window::Since(when) => write!(key, " since {}", expression(when)),
            Window::From(from, to) => write!(key, " from {} {}", expression(from), expression(to)),
            Window::Before(when) => write!(key, " before {}", expression(when)),
            Window::After(when) => write!(key, " after {}", expression(when)),
            Window::InThe(length, when) => write!(key, " in {length:?} {}", expression(when)),
            Window::ThisYear => write!(key, " this year"),
            Window::LastYear => write!(key, " last year"),
            Window::Year(year) => write!(key, " year {year}"),
            Window::LastYears(number, and) => write!(key, " years {} {and}", expression(number)),
        };
    }
    key
}

fn optional(expr: Option<&Expr>) -> String {
    expr.map_or_else(String::new, expression)
}

/// A comparison of something with a written value, the value on the right.
pub fn compared(expr: &Expr) -> Option<(String, Comparison, i64)> {
    let ExprKind::Compare(left, comparison, right) = &expr.kind else {
        return None;
    };
    match (written(left), written(right)) {
        (None, Some(value)) => Some((expression(left), *comparison, value)),
        (Some(value), None) => Some((expression(right), turned(*comparison), value)),
        _ => None,
    }
}

const fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}

/// A written value: levels by their place, numbers in millionths, days by their number.
pub fn written(expr: &Expr) -> Option<i64> {
    match &expr.kind {
        ExprKind::Number(number) => Some(number.micros()),
        ExprKind::Ordinal(level) => Some(i64::from(*level)),
        ExprKind::Date(date) => Some(i64::from(date.days())),
        _ => None,
    }
}

/// An expression.
pub fn expression(expr: &Expr) -> String {
    let two = |sign: &str, left: &Expr, right: &Expr| {
        format!("({} {sign} {})", expression(left), expression(right))
    };
    match &expr.kind {
        // No mistake is the same as another.
        ExprKind::Invalid => format!("invalid {:?}", expr.span),
        ExprKind::Ordinal(level) => match &expr.ty {
            Type::Level(scale) => format!("level {} {level}", scale.0),
            _ => format!("choice {level}"),
        },
        ExprKind::NextDay(day, after) => format!("next {day:?} {}", expression(after)),
        ExprKind::Criterion(of, criterion) => format!("{} {criterion}", expression(of)),
        ExprKind::LevelNumber(of, _) => format!("number {}", expression(of)),
        ExprKind::Not(of) => format!("not {}", expression(of)),
        ExprKind::Contains(list, value) => format!("{} contains {value:?}", expression(list)),
        ExprKind::IsKnown(of) => format!("known {}", expression(of)),
        ExprKind::And(left, right) => two("and", left, right),
        ExprKind::Or(left, right) => two("or", left, right),
        ExprKind::Compare(left, comparison, right) => two(&format!("{comparison:?}"), left, right),
        ExprKind::Add(left, right) => two("+", left, right),
        ExprKind::Subtract(left, right) => two("-", left, right),
        ExprKind::Multiply(left, right) => two("*", left, right),
        ExprKind::In(value, items) => {
            let items: Vec<_> = items.iter().map(expression).collect();
            format!("{} in {items:?}", expression(value))
        }
        ExprKind::Criteria(quantifier, rubric, comparison, level) => {
            let how_many = match quantifier {
                Quantifier::Every => "every".to_owned(),
                Quantifier::Count(how, bound) => format!("{how:?} {}", expression(bound)),
                Quantifier::Share(how, share) => format!("{how:?} {share:?} share"),
            };
            let (rubric, level) = (expression(rubric), expression(level));
            format!("{how_many} of {rubric} {comparison:?} {level}")
        }
        leaf => format!("{leaf:?}"),
    }
}
