//! Aggregates: a population and a bound in; six bits and the figure as the record stands out.

use super::planes::ones;
use super::population::{Latest, Population};
use super::value::Known;
use crate::plan::{Aggregate, How, Value};
use crate::truth::{BITS, DUAL, Truth};

/// A millionth.
const MICRO: i128 = super::UNITS / 1_000_000;

/// What an aggregate came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    /// Whether it keeps the bound; nothing if a fact nobody supplied hides the bound.
    pub(super) truth: Truth,
    /// The figure as the record stands, of the values that are known; nothing of nothing, but a total of 0.
    pub(super) found: Option<i128>,
}

/// How a record takes part at a bit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It is in.
    Sure,
    /// It is in only if that helps.
    Helpful,
    /// It is in only if that hurts.
    Harmful,
}

/// What was made of the values at one bit.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    /// A record that may take part lacks its value: in the manner of an accepted one, or of one under review.
    unknown: bool,
    unfilled: bool,
    /// Σ sure v + Σ helpful max(v, 0) + Σ harmful min(v, 0), and its mirror image.
    most: i128,
    least: i128,
    /// The same over v − V, for averages.
    most_over: i128,
    least_over: i128,
    /// Whether some record is sure, or helpful on that side of the bound.
    some_at_least: bool,
    some_at_most: bool,
    /// Whether some record that is sure or helpful reaches the bound from above or below.
    reaches: bool,
    stays: bool,
    /// Whether some record that is sure or harmful lies beyond the bound.
    exceeds: bool,
    falls_short: bool,
}

/// Evaluates an aggregate of values against a bound.
pub(super) fn figure(
    population: Option<Population<'_>>,
    how: How,
    bound: Known<i128>,
    aggregate: Aggregate,
    value: &Value,
) -> Figure {
    let asked = bound.value();
    let mut sums = [Sums::default(); BITS];
    let mut found = Found::default();
    let mut visit = |truth: Truth, known: Known<i128>, under_review: bool| {
        if let (Known::Value(value), true) = (known, truth.met()) {
            found.see(value);
        }
        for ((sums, dual), own) in sums.iter_mut().zip(DUAL).zip(truth.bits()) {
            let part = match (own, truth.bit(dual)) {
                (true, true) => Part::Sure,
                (true, false) => Part::Helpful,
                (false, true) => Part::Harmful,
                (false, false) => continue,
            };
            match known {
                Known::Value(value) => sums.add(part, value, asked.unwrap_or(0)),
                Known::NoField if under_review => sums.unfilled = true,
                Known::NoField | Known::NoFact => sums.unknown = true,
            }
        }
    };
    if let Some(population) = population {
        let mut latest = Latest::new(population.records.latest);
        for word in population.words() {
            if latest.is_full() {
                break;
            }
            let hits = latest.narrow(word.population).and(word.matching);
            for place in ones(hits.any()) {
                let known = population.scope.value(value, word.first + place);
                visit(
                    hits.truth(place),
                    known,
                    word.under_review >> place & 1 == 1,
                );
            }
        }
    }
    let truth = match asked {
        None => Truth::UNKNOWN,
        Some(asked) => Truth::new(std::array::from_fn(|bit| {
            sums.get(bit)
                .is_some_and(|sums| sums.holds(how, asked, aggregate, bit))
        })),
    };
    Figure {
        truth,
        found: found.figure(aggregate),
    }
}

/// What is found as the record stands.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    sum: i128,
    values: i128,
    ends: Option<(i128, i128)>,
}

impl Found {
    fn see(&mut self, value: i128) {
        self.sum = self.sum.saturating_add(value);
        self.values += 1;
        let (lowest, highest) = self.ends.unwrap_or((value, value));
        self.ends = Some((lowest.min(value), highest.max(value)));
    }

    fn figure(self, aggregate: Aggregate) -> Option<i128> {
        match aggregate {
            Aggregate::Total => Some(self.sum),
            // rounded down to the places that a number is written with
            Aggregate::Average => {
                Some(self.sum.checked_div_euclid(self.values)?.div_euclid(MICRO) * MICRO)
            }
            Aggregate::Highest => self.ends.map(|(_, highest)| highest),
            Aggregate::Lowest => self.ends.map(|(lowest, _)| lowest),
        }
    }
}

impl Sums {
    fn add(&mut self, part: Part, value: i128, bound: i128) {
        let over = value.saturating_sub(bound);
        let of = |value: i128| {
            let (up, down) = (value.max(0), value.min(0));
            match part {
                Part::Sure => (value, value),
                Part::Helpful => (up, down),
                Part::Harmful => (down, up),
            }
        };
        let (most, least) = of(value);
        self.most = self.most.saturating_add(most);
        self.least = self.least.saturating_add(least);
        let (most, least) = of(over);
        self.most_over = self.most_over.saturating_add(most);
        self.least_over = self.least_over.saturating_add(least);
        if part != Part::Harmful {
            self.some_at_least |= part == Part::Sure || over >= 0;
            self.some_at_most |= part == Part::Sure || over <= 0;
            self.reaches |= over >= 0;
            self.stays |= over <= 0;
        }
        if part != Part::Helpful {
            self.exceeds |= over > 0;
            self.falls_short |= over < 0;
        }
    }

    /// Whether the bound is kept at this bit.
    fn holds(&self, how: How, asked: i128, aggregate: Aggregate, bit: usize) -> bool {
        if self.unknown {
            return Truth::UNKNOWN.bit(bit);
        }
        if self.unfilled {
            return Truth::UNFILLED.bit(bit);
        }
        let (at_least, at_most) = match aggregate {
            Aggregate::Total => (self.most >= asked, self.least <= asked),
            Aggregate::Average => (
                self.most_over >= 0 && self.some_at_least,
                self.least_over <= 0 && self.some_at_most,
            ),
            Aggregate::Highest => (self.reaches, !self.exceeds && self.stays),
            Aggregate::Lowest => (!self.falls_short && self.reaches, self.stays),
        };
        match how {
            How::AtLeast => at_least,
            How::AtMost => at_most,
            How::Exactly => at_least && at_most,
        }
    }
}
