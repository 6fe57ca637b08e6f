//! A programme that asks for its evidence on whatever day, and records that meet it laid out over days. In: a programme's parts, or a
//! record and a measure of how far it is. Out: the parts without what limits days, or the record with its evidence on days that do.
//!
//! What would be the fewest steps from today on is all of today; what is asked of past years has been done in them.

use std::collections::BTreeSet;

use milepost_engine::plan::{Form, Parts, Spread, When, Window};
use milepost_engine::{Date, school_year_start};
use serde_json::Value;

/// So many different days that the programme names are tried.
const NAMED: usize = 8;

/// The programme without windows of time that no fact moves, and without asking for different school years; nothing if there are
/// none.
pub(super) fn relaxed(parts: &Parts) -> Option<Parts> {
    let mut parts = parts.clone();
    let mut changed = false;
    for node in &mut parts.nodes {
        let Form::Records(records) = &mut node.form else {
            continue;
        };
        let windows = records.windows.len();
        records.windows.retain(moved);
        changed |= records.windows.len() != windows;
        if let Some(Spread::DifferentYears | Spread::ConsecutiveYears(_)) = records.spread {
            records.spread = None;
            changed = true;
        }
    }
    changed.then_some(parts)
}

/// Whether a fact or a post moves a window.
fn moved(window: &Window) -> bool {
    match window {
        Window::Within(_, when)
        | Window::Since(when)
        | Window::Before(when)
        | Window::After(when)
        | Window::InThe(_, when) => rests(when),
        Window::From(first, last) => rests(first) || rests(last),
        Window::SchoolYears(..) | Window::SchoolYear(_) => false,
    }
}

fn rests(when: &When) -> bool {
    match when {
        When::Of(_) | When::RoleStart(..) => true,
        When::Plus(when, _) | When::Minus(when, _) | When::Next(_, when) => rests(when),
        When::Literal(_) | When::Today | When::YearStart(_) | When::YearEnd(_) => false,
    }
}

/// Days on which evidence may be asked for: those that windows name.
pub(super) fn named(parts: &Parts) -> Vec<Date> {
    let mut days = BTreeSet::new();
    let records = parts.nodes.iter().filter_map(|node| match &node.form {
        Form::Records(records) => Some(records),
        _ => None,
    });
    for window in records.flat_map(|it| &it.windows) {
        let day = match window {
            Window::Since(When::Literal(day)) | Window::From(When::Literal(day), _) => Some(*day),
            Window::After(When::Literal(day)) => Date::from_days(day.days().saturating_add(1)),
            Window::Before(When::Literal(day)) => Date::from_days(day.days().saturating_sub(1)),
            Window::SchoolYear(year) => parts
                .programme
                .school_year
                .map(|it| school_year_start(*year, it)),
            _ => None,
        };
        if days.len() < NAMED {
            days.extend(day);
        }
    }
    days.into_iter().collect()
}

/// The record with each piece of its evidence on the day on which the least is left to do, which `left` says.
pub(super) fn laid_out(
    mut record: Value,
    days: &[Date],
    mut left: impl FnMut(&Value) -> Option<u64>,
) -> Value {
    let Some(mut least) = left(&record) else {
        return record;
    };
    let pieces = record
        .get("evidence")
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    for at in 0..pieces {
        for day in days {
            if least == 0 {
                return record;
            }
            let mut other = record.clone();
            let place = format!("/evidence/{at}/date");
            if let Some(date) = other.pointer_mut(&place) {
                *date = day.to_string().into();
            }
            if let Some(now) = left(&other).filter(|now| *now < least) {
                least = now;
                record = other;
            }
        }
    }
    record
}
