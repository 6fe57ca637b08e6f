//! Conditions that can never or must always hold on their own: `score >= not_yet`, `hours < 0`, `x > 5 and x < 3`.

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::Decimal;
use milepost_engine::plan::{Comparison, How};

use super::Subject;
use crate::model::{Expr, ExprKind, Form, Group, Measure, Model, Type};
use crate::walk;

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let model = subject.model;
    walk::requirements(model, &mut |requirement| {
        match &requirement.form {
            Form::Group(_, Group::AtLeast(bound), _) => {
                count(How::AtLeast, bound, "of them", found)
            }
            Form::Group(_, Group::Points(bound, _), _) => {
                count(How::AtLeast, bound, "points", found)
            }
            Form::Held(held) => count(How::AtLeast, &held.bound, "school years", found),
            Form::Records(records) => match &records.measure {
                Measure::Count(how, bound) => count(*how, bound, "records", found),
                Measure::Share(how, share, span) => {
                    let hundred = Decimal::from_whole(100).unwrap_or(Decimal::MAX);
                    let always = (*how == How::AtLeast && *share == Decimal::ZERO)
                        || (*how == How::AtMost && *share == hundred);
                    if always {
                        found.push(
                            Diagnostic::new(
                                Code::AlwaysHolds,
                                *span,
                                "this holds whatever the records say",
                            )
                            .help("ask for a share that some candidates reach and some do not"),
                        );
                    }
                }
                _ => {}
            },
            _ => {}
        }
        walk::expressions(requirement, &mut |whole| {
            walk::parts(whole, &mut |expr| {
                if let ExprKind::Compare(left, comparison, right) = &expr.kind {
                    single(model, expr, left, *comparison, right, found);
                }
            });
            conjunctions(whole, found);
        });
    });
}

/// A bound that every count passes, or none.
fn count(how: How, bound: &Expr, what: &str, found: &mut Vec<Diagnostic>) {
    let ExprKind::Number(number) = bound.kind else {
        return;
    };
    let negative = number < Decimal::ZERO;
    match how {
        How::AtLeast if number <= Decimal::ZERO => found.push(
            Diagnostic::new(
                Code::AlwaysHolds,
                bound.span,
                format!("at least {number} {what} is always so"),
            )
            .help("ask for at least 1"),
        ),
        How::AtMost | How::Exactly if negative => found.push(
            Diagnostic::new(
                Code::NeverHolds,
                bound.span,
                format!("there are never {number} {what}"),
            )
            .help("ask for 0 or more"),
        ),
        _ => {}
    }
}

/// A comparison of something with a written value, or of two written values.
fn single(
    model: &Model,
    whole: &Expr,
    left: &Expr,
    comparison: Comparison,
    right: &Expr,
    found: &mut Vec<Diagnostic>,
) {
    let verdict = match (written(left), written(right)) {
        (Some(left), Some(right)) => Some(holds(left, comparison, right)),
        (None, Some(value)) => {
            domain(model, left).and_then(|domain| domain.decide(comparison, value))
        }
        (Some(value), None) => {
            domain(model, right).and_then(|domain| domain.decide(turned(comparison), value))
        }
        (None, None) => None,
    };
    let (code, message) = match verdict {
        Some(true) => (Code::AlwaysHolds, "this holds whatever the value is"),
        Some(false) => (Code::NeverHolds, "this can never hold"),
        None => return,
    };
    let mut problem = Diagnostic::new(code, whole.span, message);
    if let Some(range) = described(model, left).or_else(|| described(model, right)) {
        problem = problem.here(range);
    }
    found.push(problem.help(if code == Code::AlwaysHolds {
        "take it away, or compare with another value"
    } else {
        "compare with a value that can occur"
    }));
}

/// What values a fact or field can take, as whole steps from the lowest to the highest.
#[derive(Clone, Copy)]
struct Domain {
    lowest: i64,
    highest: i64,
    step: i64,
}

impl Domain {
    /// Whether the comparison always (`true`) or never (`false`) holds.
    fn decide(self, comparison: Comparison, value: i64) -> Option<bool> {
        let possible =
            value >= self.lowest && value <= self.highest && (value - self.lowest) % self.step == 0;
        let (always, never) = match comparison {
            Comparison::GreaterOrEqual => (value <= self.lowest, value > self.highest),
            Comparison::Greater => (value < self.lowest, value >= self.highest),
            Comparison::LessOrEqual => (value >= self.highest, value < self.lowest),
            Comparison::Less => (value > self.highest, value <= self.lowest),
            Comparison::Equal => (possible && self.lowest == self.highest, !possible),
            Comparison::NotEqual => (!possible, possible && self.lowest == self.highest),
        };
        if always {
            Some(true)
        } else if never {
            Some(false)
        } else {
            None
        }
    }
}

fn domain(model: &Model, expr: &Expr) -> Option<Domain> {
    match (&expr.kind, &expr.ty) {
        (ExprKind::Fact(_) | ExprKind::Field(_) | ExprKind::Criterion(..), Type::Level(id)) => {
            let levels = model.scale(*id)?.levels.len();
            let highest = i64::try_from(levels).ok()? - 1;
            (highest >= 0).then_some(Domain {
                lowest: 0,
                highest,
                step: 1,
            })
        }
        (ExprKind::Fact(id), Type::Number | Type::Whole) => {
            let (lowest, highest) = model.fact(*id)?.range;
            let step = if expr.ty == Type::Whole { 1_000_000 } else { 1 };
            Some(Domain {
                lowest: lowest.micros(),
                highest: highest.micros(),
                step,
            })
        }
        _ => None,
    }
}

fn described(model: &Model, expr: &Expr) -> Option<String> {
    match (&expr.kind, &expr.ty) {
        (ExprKind::Fact(_) | ExprKind::Field(_) | ExprKind::Criterion(..), Type::Level(id)) => {
            let scale = model.scale(*id)?;
            let (lowest, highest) = (scale.levels.first()?, scale.levels.last()?);
            Some(format!(
                "`{}` goes from `{}` to `{}`",
                scale.named.name, lowest.0.name, highest.0.name
            ))
        }
        (ExprKind::Fact(id), Type::Number | Type::Whole) => {
            let fact = model.fact(*id)?;
            let name = &fact.named.name;
            Some(if fact.range.1 == Decimal::MAX {
                format!("`{name}` is {} or more", fact.range.0)
            } else {
                format!("`{name}` goes from {} to {}", fact.range.0, fact.range.1)
            })
        }
        _ => None,
    }
}

/// A written value, as a step: levels by their place, numbers in millionths, days by their number.
fn written(expr: &Expr) -> Option<i64> {
    match &expr.kind {
        ExprKind::Number(number) => Some(number.micros()),
        ExprKind::Ordinal(level) => Some(i64::from(*level)),
        ExprKind::Date(date) => Some(i64::from(date.days())),
        _ => None,
    }
}

const fn holds(left: i64, comparison: Comparison, right: i64) -> bool {
    match comparison {
        Comparison::Equal => left == right,
        Comparison::NotEqual => left != right,
        Comparison::Less => left < right,
        Comparison::LessOrEqual => left <= right,
        Comparison::Greater => left > right,
        Comparison::GreaterOrEqual => left >= right,
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

/// The bounds that the parts of a chain of `and` put on one thing.
#[derive(Default)]
struct Bounds {
    lowest: Option<(i64, Span)>,
    highest: Option<(i64, Span)>,
}

/// Chains of `and` whose parts exclude each other.
fn conjunctions(expr: &Expr, found: &mut Vec<Diagnostic>) {
    if let ExprKind::And(..) = expr.kind {
        let mut bounds: BTreeMap<(u8, u32, u32), Bounds> = BTreeMap::new();
        let mut parts = Vec::new();
        flatten(expr, &mut parts);
        for part in &parts {
            conjunctions(part, found);
            if let ExprKind::Compare(left, comparison, right) = &part.kind {
                let (thing, comparison, value) = match (written(left), written(right)) {
                    (None, Some(value)) => (left, *comparison, value),
                    (Some(value), None) => (right, turned(*comparison), value),
                    _ => continue,
                };
                let Some(key) = key(thing) else { continue };
                // A value next to another lies one step away: one place, one millionth or one day.
                let step = if thing.ty == Type::Whole {
                    1_000_000
                } else {
                    1
                };
                let (lowest, highest) = match comparison {
                    Comparison::Equal => (Some(value), Some(value)),
                    Comparison::Less => (None, Some(value - step)),
                    Comparison::LessOrEqual => (None, Some(value)),
                    Comparison::Greater => (Some(value + step), None),
                    Comparison::GreaterOrEqual => (Some(value), None),
                    Comparison::NotEqual => (None, None),
                };
                let bound = bounds.entry(key).or_default();
                if let Some(lowest) = lowest
                    && bound.lowest.is_none_or(|(other, _)| lowest > other)
                {
                    bound.lowest = Some((lowest, part.span));
                }
                if let Some(highest) = highest
                    && bound.highest.is_none_or(|(other, _)| highest < other)
                {
                    bound.highest = Some((highest, part.span));
                }
            }
        }
        for bound in bounds.values() {
            if let (Some((lowest, from)), Some((highest, to))) = (bound.lowest, bound.highest)
                && lowest > highest
                && from != to
            {
                found.push(
                    Diagnostic::new(
                        Code::NeverHolds,
                        to,
                        "this can never hold together with the other condition",
                    )
                    .label(from, "the other condition")
                    .help("join them by `or`, or change one of them"),
                );
            }
        }
        return;
    }
    match &expr.kind {
        ExprKind::Or(left, right) => {
            let mut open = vec![&**left, &**right];
            while let Some(part) = open.pop() {
                if let ExprKind::Or(left, right) = &part.kind {
                    open.extend([&**left, &**right]);
                } else {
                    conjunctions(part, found);
                }
            }
        }
        ExprKind::Not(inner) => conjunctions(inner, found),
        _ => {}
    }
}

fn flatten<'m>(expr: &'m Expr, parts: &mut Vec<&'m Expr>) {
    if let ExprKind::And(left, right) = &expr.kind {
        flatten(left, parts);
        flatten(right, parts);
    } else {
        parts.push(expr);
    }
}

/// What tells one fact or field from another.
fn key(expr: &Expr) -> Option<(u8, u32, u32)> {
    match &expr.kind {
        ExprKind::Fact(id) => Some((0, id.0, 0)),
        ExprKind::Field(place) => Some((1, *place, 0)),
        ExprKind::RecordDate => Some((2, 0, 0)),
        ExprKind::RecordExpires => Some((3, 0, 0)),
        ExprKind::Criterion(of, criterion) => match of.kind {
            ExprKind::Fact(id) => Some((4, id.0, *criterion)),
            ExprKind::Field(place) => Some((5, place, *criterion)),
            _ => None,
        },
        _ => None,
    }
}
