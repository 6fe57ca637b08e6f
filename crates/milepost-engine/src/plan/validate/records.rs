//! Requirements on records: their clauses in, nothing or what does not hold out.

use super::expression::Expressions;
use super::{Checked, PlanError, school_year, within};
use crate::date::Unit;
use crate::plan::{Aggregate, Measure, Parts, Records, Spread, Type, Value, Window};

/// Asks everything of a requirement on records.
pub(super) fn records(parts: &Parts, records: &Records) -> Checked {
    within(records.kind.index(), parts.kinds.len(), "a kind")?;
    if let Some(competency) = records.competency {
        within(competency.index(), parts.competencies.len(), "a competency")?;
    }
    let facts = Expressions::over_facts(parts);
    let inside = Expressions::over_records(parts, records.kind);
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
        Window::Within(duration, when) | Window::InThe(duration, when) => {
            school_year(parts, duration.unit == Unit::SchoolYears)?;
            facts.when(when)
        }
        Window::Since(when) | Window::Before(when) | Window::After(when) => facts.when(when),
        Window::From(from, to) => {
            facts.when(from)?;
            facts.when(to)
        }
        Window::SchoolYears(..) | Window::SchoolYear(_) => school_year(parts, true),
    }
}
