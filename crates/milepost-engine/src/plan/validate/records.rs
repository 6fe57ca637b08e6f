//! Requirements on records: their clauses in, nothing or what does not hold out.

use super::declarations::{Tally, duration};
use super::expression::Expressions;
use super::{Checked, PlanError, ranged, school_year};
use crate::plan::{Aggregate, Measure, Parts, Records, Spread, Type, Value, Window};

/// The most records of a candidate, and the most school years looked back on.
const MOST: u32 = 1_000_000;

/// Asks everything of a requirement on records.
pub(super) fn records(parts: &Parts, tally: &Tally, records: &Records) -> Checked {
    let kind = parts.kinds.get(records.kind.index());
    tally.says(&kind.ok_or(PlanError::Reference("a kind"))?.entry);
    if let Some(competency) = records.competency {
        let competency = parts.competencies.get(competency.index());
        tally.says(
            &competency
                .ok_or(PlanError::Reference("a competency"))?
                .entry,
        );
    }
    if let Some(latest) = records.latest {
        ranged((1..=MOST).contains(&latest), "how many of the latest")?;
    }
    let facts = Expressions::over_facts(parts, tally);
    let inside = Expressions::over_records(parts, tally, records.kind);
    match &records.measure {
        Measure::Count(_, bound) => facts.whole(bound)?,
        Measure::No | Measure::Every => {}
        Measure::Share(_, share) => facts.percent(*share)?,
        Measure::Aggregate(_, bound, aggregate, value) => {
            let sums = matches!(aggregate, Aggregate::Total | Aggregate::Average);
            match (bound, value) {
                (Value::Number(bound), Value::Number(value)) => {
                    facts.number(bound)?;
                    inside.number(value)?;
                }
                (Value::Date(bound), Value::Date(value)) if !sums => {
                    facts.when(bound)?;
                    inside.when(value)?;
                }
                (Value::Ordinal(bound), Value::Ordinal(value)) if !sums => {
                    facts.ordinal(*bound)?;
                    inside.ordinals(*bound, *value)?;
                }
                _ => return Err(PlanError::Type("an aggregate and its bound")),
            }
        }
    }
    for window in &records.windows {
        of_window(parts, facts, window)?;
    }
    for test in [&records.whose, &records.matching].into_iter().flatten() {
        inside.test(test)?;
    }
    if let Some(attempts) = records.attempts {
        if records.latest.is_some() {
            return Err(PlanError::Type("attempts among the latest"));
        }
        if matches!(&*inside.ty(attempts.key)?, Type::Rubric(_) | Type::List(_)) {
            return Err(PlanError::Type("attempts told apart by several values"));
        }
        if let Some(highest) = attempts.highest
            && !matches!(
                &*inside.ty(highest)?,
                Type::Number(..) | Type::Whole(..) | Type::Date | Type::Level(_)
            )
        {
            return Err(PlanError::Type("the highest of what has no order"));
        }
    }
    match records.spread {
        None => Ok(()),
        Some(_) if !matches!(records.measure, Measure::Count(..)) => {
            Err(PlanError::Type("a spread without a count"))
        }
        Some(Spread::Different(source) | Spread::Same(source)) => match &*inside.ty(source)? {
            Type::Rubric(_) | Type::List(_) => Err(PlanError::Type("a spread by several values")),
            _ => Ok(()),
        },
        Some(Spread::DifferentYears | Spread::ConsecutiveYears(_)) => school_year(parts, true),
    }
}

fn of_window(parts: &Parts, facts: Expressions<'_>, window: &Window) -> Checked {
    match window {
        Window::Within(length, when) | Window::InThe(length, when) => {
            duration(parts, *length)?;
            facts.when(when)
        }
        Window::Since(when) | Window::Before(when) | Window::After(when) => facts.when(when),
        Window::From(from, to) => {
            facts.when(from)?;
            facts.when(to)
        }
        Window::SchoolYears(first, last) => {
            let near = first.unsigned_abs() <= MOST && last.unsigned_abs() <= MOST;
            ranged(near && first <= last, "school years")?;
            school_year(parts, true)
        }
        Window::SchoolYear(year) => {
            ranged((1..9999).contains(year), "a school year")?;
            school_year(parts, true)
        }
    }
}
