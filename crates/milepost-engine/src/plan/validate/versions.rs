//! Versions of a programme in; nothing, or what does not hold of them together, out. Each was asked by itself before.

use super::{Checked, PlanError, ranged};
use crate::plan::versions::{TRANSITIONS, VERSIONS};
use crate::plan::{Entry, Field, Parts, Plan, Type};

/// Asks everything of the versions together.
pub(in crate::plan) fn versions(newest: &Plan) -> Checked {
    let older = newest.older();
    if older.len() >= VERSIONS {
        return Err(PlanError::TooMany("versions"));
    }
    if older.iter().any(|plan| !plan.older.is_empty()) {
        return Err(PlanError::Reference("a version within a version"));
    }
    let all: Vec<_> = std::iter::once(newest)
        .chain(older)
        .map(|plan| &plan.parts.programme)
        .collect();
    for pair in all.windows(2) {
        let [later, earlier] = pair else { continue };
        if later.name != earlier.name {
            return Err(PlanError::Name("a version of another programme"));
        }
        let (Some((next, _)), Some((from, to))) = (later.effective, earlier.effective) else {
            return Err(PlanError::Range("a version without its days"));
        };
        ranged(from < next, "the days of a version")?;
        ranged(to.is_none_or(|to| to < next), "the days of a version")?;
    }
    if !older
        .iter()
        .all(|plan| same_words(newest.parts(), plan.parts()))
    {
        return Err(PlanError::Type("the words of a version"));
    }
    let last = older.len();
    for (place, programme) in all.iter().enumerate() {
        if programme.transitions.len() > TRANSITIONS {
            return Err(PlanError::TooMany("transitions"));
        }
        for transition in &programme.transitions {
            let back = transition.back as usize;
            if back == 0 || back > last.saturating_sub(place) {
                return Err(PlanError::Reference("an earlier version"));
            }
            let from = programme.effective.map(|(from, _)| from);
            ranged(
                from.is_some_and(|from| from <= transition.until),
                "the days of a transition",
            )?;
        }
    }
    for (place, programme) in all.iter().enumerate() {
        let mut others = all.iter().take(place);
        let named = last == 0 || programme.version.is_some();
        if !named || others.any(|other| other.version == programme.version) {
            return Err(PlanError::Name("a version"));
        }
    }
    Ok(())
}

/// Whether records mean the same under both: their tables, and what each thing in them takes.
fn same_words(one: &Parts, other: &Parts) -> bool {
    same(&one.scales, &other.scales, |one, other| {
        one.entry.name == other.entry.name
            && same(&one.levels, &other.levels, |one, other| {
                one.entry.name == other.entry.name
            })
    }) && same(&one.rubrics, &other.rubrics, |one, other| {
        one.entry.name == other.entry.name
            && one.scale == other.scale
            && same(&one.criteria, &other.criteria, named)
    }) && same(&one.facts, &other.facts, field)
        && same(&one.kinds, &other.kinds, |one, other| {
            one.entry.name == other.entry.name && same(&one.fields, &other.fields, field)
        })
        && one.competencies.len() == other.competencies.len()
}

fn same<T>(one: &[T], other: &[T], equal: impl Fn(&T, &T) -> bool) -> bool {
    let mut pairs = one.iter().zip(other);
    one.len() == other.len() && pairs.all(|(one, other)| equal(one, other))
}

fn named(one: &Entry, other: &Entry) -> bool {
    one.name == other.name
}

fn field(one: &Field, other: &Field) -> bool {
    named(&one.entry, &other.entry)
        && of_type(&one.ty, &other.ty)
        && one.from_score == other.from_score
}

fn of_type(one: &Type, other: &Type) -> bool {
    match (one, other) {
        (Type::Choice(one), Type::Choice(other)) => same(one, other, named),
        (Type::List(one), Type::List(other)) => of_type(one, other),
        (one, other) => one == other,
    }
}
