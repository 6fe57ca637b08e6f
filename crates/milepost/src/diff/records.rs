//! What is asked of records, compared: the old clause and the new one in; what the change can do out.
//!
//! What narrows the records looked at or those that match helps who needs few and costs who needs many. Where a share, a
//! figure or `among latest` is made of the records, others in it can do either.

use milepost_engine::plan::{
    Attempts, Comparison, How, Measure, Ordinal, Records, Spread, Value, When, Window,
};
use milepost_engine::{Duration, Unit};

use super::bridge::Bridge;
use super::condition::{bound, over};
use super::effect::{Effect, compared, comparison};

/// The effect of another clause on records.
pub(crate) fn effect(bridge: &Bridge<'_>, old: &Records, new: &Records) -> Effect {
    if bridge.kind(old.kind) != Some(new.kind) {
        return Effect::EITHER;
    }
    let population = population(bridge, old, new);
    let kind = Some(old.kind);
    let matching = over(bridge, kind, old.matching.as_ref(), new.matching.as_ref());
    let latest = match (old.latest, new.latest) {
        (old, new) if old == new => Effect::NONE,
        (Some(old), Some(new)) if old < new => Effect::GAINS,
        (Some(_), None) => Effect::GAINS,
        _ => Effect::LOSES,
    };
    // Among the latest, others take the places of some.
    let window = old.latest.is_some() || new.latest.is_some();
    let population = if window {
        population.unclear()
    } else {
        population
    };
    let spread = match (spread(bridge, old), &new.spread) {
        (Some(old), new) if old == *new => Effect::NONE,
        (Some(None), Some(_)) => Effect::LOSES,
        (Some(Some(_)), None) | (None, None) => Effect::GAINS,
        _ => Effect::EITHER,
    };
    // A year with records of which none matches breaks a run, a year without one does not.
    let runs = |it: &Option<Spread>| matches!(it, Some(Spread::ConsecutiveYears(true)));
    let runs = runs(&old.spread) || runs(&new.spread);
    let population = if runs {
        population.unclear()
    } else {
        population
    };
    // Of the attempts looked at, others may be the ones that count.
    let attempts = match (attempts(bridge, old), new.attempts) {
        (Some(None), None) => Effect::NONE,
        (Some(None), Some(_)) => Effect::LOSES,
        (_, None) => Effect::GAINS,
        (Some(old), new) if old == new => Effect::NONE,
        _ => Effect::EITHER,
    };
    let counting = old.attempts.is_some() || new.attempts.is_some();
    let population = if counting {
        population.unclear()
    } else {
        population
    };
    let all = population.and(latest).and(attempts);
    let asked = measure(bridge, old, new);
    match (&old.measure, &new.measure) {
        (Measure::Count(How::AtLeast, _), Measure::Count(How::AtLeast, _)) => {
            asked.and(all).and(matching).and(spread)
        }
        (
            Measure::Count(How::AtMost, _) | Measure::No,
            Measure::Count(How::AtMost, _) | Measure::No,
        ) => asked.and(all.and(matching).and(spread).turned()),
        (Measure::Every, Measure::Every) => all.unclear().and(matching),
        (Measure::Share(How::AtLeast, _), Measure::Share(How::AtLeast, _)) => {
            asked.and(all.unclear()).and(matching)
        }
        (Measure::Share(How::AtMost, _), Measure::Share(How::AtMost, _)) => {
            asked.and(all.unclear()).and(matching.turned())
        }
        // The best of more is no worse, but that a record may lack the value.
        _ => asked.and(all.and(matching).and(spread).unclear()),
    }
}

/// The effect of another bound or another figure.
fn measure(bridge: &Bridge<'_>, old: &Records, new: &Records) -> Effect {
    let names = bridge.over(Some(old.kind));
    match (&old.measure, &new.measure) {
        (Measure::Count(how, old), Measure::Count(now, new)) => match names.number(old) {
            Some(old) => bound((comparison(*how), &old), (comparison(*now), new)),
            None => Effect::EITHER,
        },
        (Measure::No, Measure::No) | (Measure::Every, Measure::Every) => Effect::NONE,
        // None is no more than none.
        (Measure::No, Measure::Count(How::AtMost, _)) => Effect::GAINS,
        (Measure::Count(How::AtMost, _), Measure::No) => Effect::LOSES,
        (Measure::Share(how, old), Measure::Share(now, new)) => {
            compared((comparison(*how), old), (comparison(*now), new))
        }
        (
            Measure::Aggregate(how, old, made, of),
            Measure::Aggregate(now, new, made_now, of_now),
        ) => {
            let figure = made == made_now && names.value(of).as_ref() == Some(of_now);
            match names.value(old) {
                Some(old) if figure => figured((comparison(*how), &old), (comparison(*now), new)),
                _ => Effect::EITHER,
            }
        }
        _ => Effect::EITHER,
    }
}

/// The effect of another bound of a figure.
fn figured((how, old): (Comparison, &Value), (now, new): (Comparison, &Value)) -> Effect {
    match (old, new) {
        (Value::Number(old), Value::Number(new)) => bound((how, old), (now, new)),
        (Value::Ordinal(old), Value::Ordinal(new)) => match (old, new) {
            (Ordinal::Literal(old), Ordinal::Literal(new)) => compared((how, old), (now, new)),
            _ if old == new => compared((how, &()), (now, &())),
            _ => Effect::EITHER,
        },
        (Value::Date(old), Value::Date(new)) => match (old, new) {
            (When::Literal(old), When::Literal(new)) => compared((how, old), (now, new)),
            _ if old == new => compared((how, &()), (now, &())),
            _ => Effect::EITHER,
        },
        _ => Effect::EITHER,
    }
}

/// Whether more records are looked at, or fewer.
fn population(bridge: &Bridge<'_>, old: &Records, new: &Records) -> Effect {
    let filed = match (old.competency, new.competency) {
        (None, None) => Effect::NONE,
        (None, Some(_)) => Effect::LOSES,
        (Some(_), None) => Effect::GAINS,
        (Some(old), new) => Effect::of_equal(bridge.competency(old) == new),
    };
    let flag = |old: bool, new: bool| match (old, new) {
        (false, true) => Effect::GAINS,
        (true, false) => Effect::LOSES,
        _ => Effect::NONE,
    };
    filed
        .and(windows(bridge, old, new))
        .and(over(
            bridge,
            Some(old.kind),
            old.whose.as_ref(),
            new.whose.as_ref(),
        ))
        .and(flag(old.including_under_review, new.including_under_review))
        .and(flag(old.including_returned, new.including_returned))
}

/// Whether the windows let more records in, or fewer.
fn windows(bridge: &Bridge<'_>, old: &Records, new: &Records) -> Effect {
    let names = bridge.over(Some(old.kind));
    let mut left: Vec<&Window> = new.windows.iter().collect();
    let mut effect = Effect::NONE;
    let mut changed = Vec::new();
    for window in &old.windows {
        let now = names.window(window);
        let same = |other: &&Window| bridge.spend(1) && now.as_ref() == Some(*other);
        match left.iter().position(same) {
            Some(at) => drop(left.remove(at)),
            None => changed.push(now),
        }
    }
    for window in changed {
        let told = window.and_then(|window| {
            let mut all = left.iter().enumerate();
            all.find_map(|(at, other)| {
                let told = bridge.spend(1).then(|| shifted(&window, other))?;
                Some((at, told?))
            })
        });
        effect = effect.and(match told {
            Some((at, effect)) => {
                left.remove(at);
                effect
            }
            None => Effect::GAINS,
        });
    }
    match left.is_empty() {
        true => effect,
        false => effect.and(Effect::LOSES),
    }
}

/// What a window that is longer or shorter, or begins or ends on another day, lets in; nothing where that cannot be told.
fn shifted(old: &Window, new: &Window) -> Option<Effect> {
    let days = |old: &When, new: &When, later: Comparison| match (old, new) {
        (When::Literal(old), When::Literal(new)) => Some(compared((later, old), (later, new))),
        _ if old == new => Some(Effect::NONE),
        _ => None,
    };
    match (old, new) {
        (Window::Within(long, end), Window::Within(now, other))
        | (Window::InThe(long, end), Window::InThe(now, other))
            if end == other =>
        {
            longer(*long, *now)
        }
        (Window::Since(old), Window::Since(new)) => days(old, new, Comparison::GreaterOrEqual),
        (Window::After(old), Window::After(new)) => days(old, new, Comparison::Greater),
        (Window::Before(old), Window::Before(new)) => days(old, new, Comparison::Less),
        (Window::From(first, last), Window::From(then, end)) => {
            Some(days(first, then, Comparison::GreaterOrEqual)?.and(days(
                last,
                end,
                Comparison::LessOrEqual,
            )?))
        }
        (Window::SchoolYears(first, last), Window::SchoolYears(then, end)) => Some(
            compared(
                (Comparison::GreaterOrEqual, first),
                (Comparison::GreaterOrEqual, then),
            )
            .and(compared(
                (Comparison::LessOrEqual, last),
                (Comparison::LessOrEqual, end),
            )),
        ),
        _ => None,
    }
}

/// What a longer or shorter time lets in; nothing where that cannot be told.
pub(crate) fn longer(old: Duration, new: Duration) -> Option<Effect> {
    let (was, now) = (length(old), length(new));
    let up_to = Comparison::LessOrEqual;
    if was.0 == now.0 {
        return Some(compared((up_to, &was.1), (up_to, &now.1)));
    }
    // A month has 28 days at least, and 31 at most.
    let days = |(unit, count): (u8, u64)| match unit {
        0 => Some((count, count)),
        1 => Some((count.saturating_mul(28), count.saturating_mul(31))),
        _ => None,
    };
    let (was, now) = (days(was)?, days(now)?);
    match (was.1 < now.0, now.1 < was.0) {
        (true, _) => Some(Effect::GAINS),
        (_, true) => Some(Effect::LOSES),
        _ => None,
    }
}

/// A duration in a unit in which it can be compared.
fn length(duration: Duration) -> (u8, u64) {
    let count = u64::from(duration.count);
    match duration.unit {
        Unit::Days => (0, count),
        Unit::Weeks => (0, count.saturating_mul(7)),
        Unit::Months => (1, count),
        Unit::Years => (1, count.saturating_mul(12)),
        Unit::SchoolYears => (2, count),
    }
}

/// Which attempts counted, in the new names: nothing if it has none there.
fn attempts(bridge: &Bridge<'_>, old: &Records) -> Option<Option<Attempts>> {
    let Some(Attempts { key, highest }) = old.attempts else {
        return Some(None);
    };
    let names = bridge.over(Some(old.kind));
    let highest = match highest {
        Some(source) => Some(names.source(source)?),
        None => None,
    };
    let key = names.source(key)?;
    Some(Some(Attempts { key, highest }))
}

/// The old spread in the new names: nothing if it has none there.
fn spread(bridge: &Bridge<'_>, old: &Records) -> Option<Option<Spread>> {
    match old.spread {
        None => Some(None),
        Some(spread) => bridge.over(Some(old.kind)).spread(spread).map(Some),
    }
}
