//! More asked of records than the population can hold: distinct values of a field that has fewer, school years of a window
//! that has fewer, and requirements that together ask for more of the latest records than are looked at.

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::Unit;
use milepost_engine::plan::{Comparison, How};

use super::{Subject, keys};
use crate::model::{
    ExprKind, Form, Group, Measure, Model, Records, Requirement, Spread, Type, Window,
};
use crate::walk;

pub fn lint(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let model = subject.model;
    walk::requirements(model, &mut |requirement| match &requirement.form {
        Form::Records(records) => alone(model, records, found),
        Form::Group(_, Group::All | Group::InOrder, children) => together(children, found),
        Form::Group(words, Group::WithoutReuse, children) => {
            pool(*words, children, found);
        }
        _ => {}
    });
}

/// How many records, values or years a count asks for at least, and where it says so.
fn asked(records: &Records) -> Option<(u64, Span)> {
    match &records.measure {
        Measure::Count(How::AtLeast | How::Exactly, bound) => match bound.kind {
            ExprKind::Number(number) => {
                let number = u64::try_from(number.to_whole()?).ok()?;
                Some((number, bound.span))
            }
            _ => None,
        },
        _ => None,
    }
}

fn alone(model: &Model, records: &Records, found: &mut Vec<Diagnostic>) {
    let Some((number, at)) = asked(records) else {
        return;
    };
    let limit = match &records.spread {
        Some((Spread::Different(field), place)) => {
            values(model, &field.ty).map(|most| (most, *place, "values"))
        }
        Some((Spread::DifferentYears | Spread::ConsecutiveYears(_), _)) => records
            .windows
            .iter()
            .filter_map(|(window, place)| Some((years(window)?, *place, "school years")))
            .min_by_key(|(most, ..)| *most),
        _ => None,
    };
    if let Some((most, place, what)) = limit
        && number > most
    {
        let what = if most == 1 {
            what.trim_end_matches('s')
        } else {
            what
        };
        let message = format!("{number} are asked for, and there can be {most} at most");
        found.push(
            Diagnostic::new(Code::BeyondPopulation, at, message)
                .label(place, format!("there is no more than {most} {what}"))
                .help("ask for fewer, or look further"),
        );
    }
}

/// How many values a type has, if that is few.
fn values(model: &Model, ty: &Type) -> Option<u64> {
    let number = match ty {
        Type::YesNo => 2,
        Type::Level(id) => model.scale(*id)?.levels.len(),
        Type::Choice(id) => model.choices.get(id.0 as usize)?.len(),
        _ => return None,
    };
    u64::try_from(number).ok()
}

/// How many school years a window reaches into at most.
fn years(window: &Window) -> Option<u64> {
    match window {
        Window::ThisYear | Window::LastYear | Window::Year(_) => Some(1),
        Window::LastYears(number, and) => match number.kind {
            ExprKind::Number(number) => {
                Some(u64::try_from(number.to_whole()?).ok()? + u64::from(*and))
            }
            _ => None,
        },
        Window::Within(length, None) if length.unit == Unit::SchoolYears => {
            Some(u64::from(length.count))
        }
        // However long a year is: it ends in the school year after the one it began in.
        Window::Within(length, _) | Window::InThe(length, _) if length.unit == Unit::Years => {
            Some(u64::from(length.count) + 1)
        }
        _ => None,
    }
}

/// How many of the latest records are looked at.
fn latest(records: &Records) -> Option<u64> {
    match records.latest.as_ref()?.kind {
        ExprKind::Number(number) => u64::try_from(number.to_whole()?).ok(),
        _ => None,
    }
}

/// Siblings that look at the same latest records, want something else of each, and of more than there are.
fn together(children: &[Requirement], found: &mut Vec<Diagnostic>) {
    let mut claims: BTreeMap<(String, String), Vec<Claim>> = BTreeMap::new();
    for child in children {
        if let Form::Records(records) = &child.form
            && let Some(most) = latest(records)
            && let Some((number, _)) = asked(records)
            && let Some((thing, comparison, value)) =
                records.matching.as_ref().and_then(keys::compared)
        {
            let (lowest, highest) = match comparison {
                Comparison::Equal => (value, value),
                Comparison::GreaterOrEqual => (value, i64::MAX),
                Comparison::Greater => (value.saturating_add(1), i64::MAX),
                Comparison::LessOrEqual => (i64::MIN, value),
                Comparison::Less => (i64::MIN, value.saturating_sub(1)),
                Comparison::NotEqual => continue,
            };
            let claims = claims.entry((keys::population(records), thing));
            claims.or_default().push(Claim {
                span: child.span,
                number,
                most,
                lowest,
                highest,
            });
        }
    }
    for mut claims in claims.into_values() {
        claims.sort_by_key(|claim| (claim.highest, claim.lowest));
        let mut sum = 0u64;
        let mut apart: Vec<Span> = Vec::new();
        let mut last = None;
        for claim in &claims {
            if last.is_some_and(|last| claim.lowest <= last) {
                continue;
            }
            last = Some(claim.highest);
            sum = sum.saturating_add(claim.number);
            apart.push(claim.span);
            if sum > claim.most && apart.len() > 1 {
                let message = format!(
                    "together {sum} are asked for, and {} are looked at",
                    claim.most
                );
                found.push(beyond(claim.span, message, &apart));
                break;
            }
        }
    }
}

/// How many records a requirement claims among how many latest ones, and of which values: no record has two.
struct Claim {
    span: Span,
    number: u64,
    most: u64,
    lowest: i64,
    highest: i64,
}

fn beyond(at: Span, message: String, all: &[Span]) -> Diagnostic {
    let others = all.iter().filter(|span| **span != at);
    let problem = Diagnostic::new(Code::BeyondPopulation, at, message);
    let problem = others.fold(problem, |problem, other| {
        problem.label(*other, "among the same records")
    });
    problem.help("ask for fewer, or look at more")
}

/// Requirements under `without reuse` that share out the same latest records, and ask for more than there are.
fn pool(words: Span, children: &[Requirement], found: &mut Vec<Diagnostic>) {
    let mut pools: BTreeMap<String, (u64, u64, Vec<Span>)> = BTreeMap::new();
    let mut open: Vec<&Requirement> = children.iter().rev().collect();
    while let Some(requirement) = open.pop() {
        match &requirement.form {
            Form::Group(_, Group::All | Group::InOrder, children) => {
                open.extend(children.iter().rev())
            }
            Form::Records(records) => {
                if let (Some(most), Some((number, _))) = (latest(records), asked(records)) {
                    let pool = pools.entry(keys::population(records));
                    let (_, sum, spans) = pool.or_insert((most, 0, Vec::new()));
                    *sum = sum.saturating_add(number);
                    spans.push(requirement.span);
                }
            }
            _ => {}
        }
    }
    for (most, sum, spans) in pools.into_values() {
        if let [.., last] = spans.as_slice()
            && spans.len() > 1
            && sum > most
        {
            let message =
                format!("without reuse {sum} records are asked for, and {most} are looked at");
            found.push(
                Diagnostic::new(Code::StarvingPool, *last, message)
                    .label(words, "no record is counted twice in this group")
                    .help("ask for fewer, or look at more; or let a record count for both, without `without reuse`"),
            );
        }
    }
}
