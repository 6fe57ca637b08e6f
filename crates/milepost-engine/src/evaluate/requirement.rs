//! Requirements on records: a population in, what becomes of the requirement out.

use super::aggregate::figure;
use super::count::{Counts, Tally, compare};
use super::plain;
use super::population::Population;
use super::progress::UNMET;
use super::spread::{Valued, spread};
use super::value::{Scope, day_of};
use crate::outcome::{Amount, NodeOutcome, Progress};
use crate::plan::{Aggregate, How, Measure, Number, Records, Value};
use crate::truth::Truth;

/// Evaluates a requirement on records. `values` is used again.
pub(super) fn records(
    records: &Records,
    facts: Scope<'_>,
    population: Option<Population<'_>>,
    values: &mut Vec<Valued>,
) -> NodeOutcome {
    match &records.measure {
        Measure::Count(how, bound) => {
            let counts = match records.spread {
                Some(by) => spread(population, by, values),
                None => Tally::new(population, false).hits,
            };
            counted(*how, bound, counts, facts)
        }
        Measure::No => {
            let Tally { hits, .. } = Tally::new(population, false);
            let [found, ..] = hits;
            NodeOutcome {
                found: Some(Amount::Count(found)),
                needed: Some(Amount::Count(0)),
                ..plain(compare(How::AtMost, hits, 0), UNMET)
            }
        }
        Measure::Every => {
            let tally = Tally::new(population, false);
            let (hits, misses) = tally.at(0);
            NodeOutcome {
                found: Some(Amount::Count(hits)),
                needed: Some(Amount::Count(hits + misses)),
                ..plain(tally.every(), UNMET)
            }
        }
        Measure::Share(how, share) => {
            let tally = Tally::new(population, true);
            let percent = i64::try_from(tally.percent()).unwrap_or(100);
            NodeOutcome {
                found: Some(Amount::Percent(percent * 1_000_000)),
                needed: Some(Amount::Percent(share.micros())),
                ..plain(tally.share(*how, share.micros()), UNMET)
            }
        }
        Measure::Aggregate(how, bound, aggregate, value) => {
            let asked = facts.value(bound, 0);
            let figure = figure(population, *how, asked, *aggregate, value);
            let progress = match (aggregate, figure.found, asked.value()) {
                (Aggregate::Total, Some(found), Some(asked)) => Progress::share(found, asked),
                _ => UNMET,
            };
            NodeOutcome {
                found: figure.found.map(|found| amount(value, found)),
                needed: asked.value().map(|asked| amount(value, asked)),
                ..plain(figure.truth, progress)
            }
        }
    }
}

/// A count against its bound.
fn counted(how: How, bound: &Number, counts: Counts, facts: Scope<'_>) -> NodeOutcome {
    let [found, ..] = counts;
    let Some(bound) = facts.whole(bound) else {
        return NodeOutcome {
            found: Some(Amount::Count(found)),
            ..plain(Truth::UNKNOWN, UNMET)
        };
    };
    let asked = u64::try_from(bound.max(0)).unwrap_or(u64::MAX);
    let progress = match how {
        How::AtMost => UNMET,
        How::AtLeast | How::Exactly => Progress::steps(found, asked),
    };
    NodeOutcome {
        found: Some(Amount::Count(found)),
        needed: Some(Amount::Count(asked)),
        ..plain(compare(how, counts, bound), progress)
    }
}

/// A value in the terms of an outcome.
fn amount(of: &Value, value: i128) -> Amount {
    match of {
        Value::Number(_) => Amount::Number(value),
        Value::Date(_) => Amount::Date(day_of(i64::try_from(value).unwrap_or(i64::MAX))),
        Value::Ordinal(_) => Amount::Ordinal(u16::try_from(value).unwrap_or(0)),
    }
}
