//! Conditions compared: the old one in the names of the new programme, and the new one, in; what the change can do out.
//!
//! It looks at how they are built, and says nothing that does not hold of every value, known or not.

use milepost_engine::Decimal;
use milepost_engine::plan::{KindId, Number, Ordinal, Quantifier, Test, When};

use super::bridge::Bridge;
use super::effect::{Effect, compared, comparison};

/// The effect of another condition over the records of a kind of the old programme, or over facts alone; of none, all meet it.
pub(crate) fn over(
    bridge: &Bridge<'_>,
    kind: Option<KindId>,
    old: Option<&Test>,
    new: Option<&Test>,
) -> Effect {
    match (old, new) {
        (None, None) => Effect::NONE,
        (None, Some(_)) => Effect::LOSES,
        (Some(_), None) => Effect::GAINS,
        (Some(old), Some(new)) => {
            if !bridge.spend(size(old).saturating_add(size(new))) {
                return Effect::EITHER;
            }
            let old = bridge.over(kind).test(old);
            old.map_or(Effect::EITHER, |old| effect(bridge, &old, new))
        }
    }
}

/// How many parts a condition has.
fn size(test: &Test) -> u32 {
    match test {
        Test::All(tests) | Test::Any(tests) | Test::OneOf(tests) => {
            tests.iter().map(size).fold(1, u32::saturating_add)
        }
        Test::Not(test) => size(test).saturating_add(1),
        _ => 1,
    }
}

/// The effect of another condition, both in the names of the new programme.
fn effect(bridge: &Bridge<'_>, old: &Test, new: &Test) -> Effect {
    if old == new {
        return Effect::NONE;
    }
    match (old, new) {
        (Test::Not(old), Test::Not(new)) => effect(bridge, old, new).turned(),
        (Test::All(_), _) | (_, Test::All(_)) => {
            let (removed, changed, added) = paired(bridge, all(old), all(new));
            changed
                .and(if removed { Effect::GAINS } else { Effect::NONE })
                .and(if added { Effect::LOSES } else { Effect::NONE })
        }
        (Test::Any(_) | Test::OneOf(_), _) | (_, Test::Any(_) | Test::OneOf(_)) => {
            let (removed, changed, added) = paired(bridge, any(old), any(new));
            changed
                .and(if removed { Effect::LOSES } else { Effect::NONE })
                .and(if added { Effect::GAINS } else { Effect::NONE })
        }
        (Test::Numbers(left, how, right), Test::Numbers(other, now, bound)) if left == other => {
            match (right, bound) {
                (Number::Literal(old), Number::Literal(new)) => compared((*how, old), (*now, new)),
                _ => Effect::EITHER,
            }
        }
        (Test::Dates(left, how, right), Test::Dates(other, now, bound)) if left == other => {
            match (right, bound) {
                (When::Literal(old), When::Literal(new)) => compared((*how, old), (*now, new)),
                (old, new) if old == new => compared((*how, &()), (*now, &())),
                _ => Effect::EITHER,
            }
        }
        (Test::Ordinals(left, how, right), Test::Ordinals(other, now, bound)) if left == other => {
            match (right, bound) {
                (Ordinal::Literal(old), Ordinal::Literal(new)) => {
                    compared((*how, old), (*now, new))
                }
                _ => Effect::EITHER,
            }
        }
        (Test::Criteria(old, source, how, level), Test::Criteria(new, other, now, bound))
            if source == other =>
        {
            if (how, level) == (now, bound) {
                quantified(old, new)
            } else {
                Effect::EITHER
            }
        }
        _ => Effect::EITHER,
    }
}

/// The effect of another number of criteria.
fn quantified(old: &Quantifier, new: &Quantifier) -> Effect {
    match (old, new) {
        (Quantifier::Count(how, old), Quantifier::Count(now, new)) => {
            bound((comparison(*how), old), (comparison(*now), new))
        }
        (Quantifier::Share(how, old), Quantifier::Share(now, new)) => {
            compared((comparison(*how), old), (comparison(*now), new))
        }
        _ => Effect::EITHER,
    }
}

/// The effect of another bound: of two expressions only those that are equal are known to be.
pub(crate) fn bound(
    (how, old): (milepost_engine::plan::Comparison, &Number),
    (now, new): (milepost_engine::plan::Comparison, &Number),
) -> Effect {
    match (old, new) {
        (Number::Literal(old), Number::Literal(new)) => compared::<Decimal>((how, old), (now, new)),
        _ if old == new => compared((how, &()), (now, &())),
        _ => Effect::EITHER,
    }
}

fn all(test: &Test) -> &[Test] {
    match test {
        Test::All(tests) => tests,
        one => std::slice::from_ref(one),
    }
}

fn any(test: &Test) -> &[Test] {
    match test {
        Test::Any(tests) | Test::OneOf(tests) => tests,
        one => std::slice::from_ref(one),
    }
}

/// Whether something of the old is gone, what the changes of the rest can do, and whether something was added. What stayed
/// the same finds itself first; of the rest, each goes with the first whose change can be told.
fn paired(bridge: &Bridge<'_>, old: &[Test], new: &[Test]) -> (bool, Effect, bool) {
    let mut left: Vec<&Test> = new.iter().collect();
    let changed: Vec<&Test> = old
        .iter()
        .filter(|test| {
            let mut all = left.iter();
            let same = all.position(|other| bridge.spend(1) && other == test);
            same.map(|at| left.remove(at)).is_none()
        })
        .collect();
    let mut together = Effect::NONE;
    let mut removed = false;
    for test in changed {
        let told = left.iter().enumerate().find_map(|(at, other)| {
            if !bridge.spend(1) {
                return None;
            }
            let effect = effect(bridge, test, other);
            (effect != Effect::EITHER).then_some((at, effect))
        });
        match told {
            Some((at, effect)) => {
                left.remove(at);
                together = together.and(effect);
            }
            None => removed = true,
        }
    }
    (removed, together, !left.is_empty())
}
