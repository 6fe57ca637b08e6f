//! A competency that a role needs, and that takes longer to earn than its credential lasts: evidence from before the credential
//! does not count again, so nobody keeps the role without a break.

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::plan::How;
use milepost_engine::{Duration, Unit};

use super::Subject;
use super::unused_competency::{Reached, reached};
use crate::model::{Expr, ExprKind, Form, Group, Measure, Model, Requirement, Spread};

pub fn lint(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let model = subject.model;
    if model.header.is_none() {
        return;
    }
    let used = reached(model);
    for (place, competency) in model.competencies.iter().enumerate() {
        let (Some((_, Some(valid))), Some(requires)) = (&competency.awards, &competency.requires)
        else {
            continue;
        };
        let named = &competency.named;
        if named.span.file != Subject::MAIN || !used.contains(&Reached::Competency(place)) {
            continue;
        }
        if let Some((years, at)) = school_years(model, requires)
            && !reaches(*valid, years)
        {
            let message = format!(
                "`{}` asks for {years} school years, and its credential ends before they can pass again",
                named.name
            );
            found.push(
                Diagnostic::new(Code::ShortCredential, named.span, message)
                    .label(
                        at,
                        "only evidence after the credential counts here once it has ended",
                    )
                    .help("let the credential last longer, or ask for fewer school years"),
            );
        }
    }
}

/// The most school years that something certainly required asks for, and where.
fn school_years(model: &Model, requires: &Requirement) -> Option<(u32, Span)> {
    let mut most: Option<(u32, Span)> = None;
    // Only what the requirement itself calls is gone into: rules that call rules could be written out without end.
    let mut open: Vec<(&Requirement, Option<&[Expr]>)> = vec![(requires, None)];
    while let Some((requirement, arguments)) = open.pop() {
        match &requirement.form {
            Form::Group(_, Group::All | Group::InOrder | Group::WithoutReuse, children) => {
                open.extend(children.iter().map(|child| (child, arguments)));
            }
            Form::Call(rule, given) if arguments.is_none() => {
                let called = model.rule(*rule).map(|rule| &rule.requirement);
                open.extend(called.map(|called| (called, Some(given.as_slice()))));
            }
            Form::Records(records) => {
                if let Measure::Count(How::AtLeast | How::Exactly, bound) = &records.measure
                    && let Some((Spread::DifferentYears | Spread::ConsecutiveYears(_), _)) =
                        records.spread
                    && let Some(years) = number(bound, arguments)
                    && most.is_none_or(|(most, _)| years > most)
                {
                    most = Some((years, requirement.span));
                }
            }
            _ => {}
        }
    }
    most
}

fn number(bound: &Expr, arguments: Option<&[Expr]>) -> Option<u32> {
    match bound.kind {
        ExprKind::Number(number) => u32::try_from(number.to_whole()?).ok(),
        ExprKind::Parameter(place) => match arguments?.get(place as usize)?.kind {
            ExprKind::Number(number) => u32::try_from(number.to_whole()?).ok(),
            _ => None,
        },
        _ => None,
    }
}

/// Whether so many school years can have a day each between the beginning and the end of a credential. The first may be the
/// year that it begins in, on its last day, and the last one the year that it ends in, on its first.
fn reaches(valid: Duration, years: u32) -> bool {
    let between = u64::from(years.saturating_sub(2));
    let count = u64::from(valid.count);
    match valid.unit {
        Unit::SchoolYears => count >= u64::from(years),
        _ if years < 2 => true,
        Unit::Years => count > between,
        Unit::Months => count > between * 12,
        Unit::Weeks => count * 7 > between * 365,
        Unit::Days => count > between * 365,
    }
}
