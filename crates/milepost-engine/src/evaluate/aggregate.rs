//! Aggregates: totals, averages, highest and lowest values against a bound.

use super::planes::ones;
use super::population::Found;
use super::value::{Known, Scope};
use crate::plan::{Aggregate, How, Value};
use crate::truth::{BITS, DUAL, Truth};

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
struct Sums {
    /// A record that may take part lacks its value: in the manner of an accepted one, or of one under review.
    unknown: bool,
    unfilled: bool,
    /// Σ sure v + Σ helpful max(v, 0) + Σ harmful min(v, 0), and its mirror image.
    up: i128,
    down: i128,
    /// The same over v − V, for averages.
    above: i128,
    below: i128,
    /// Whether some record is sure, or helpful on that side of the bound.
    some_above: bool,
    some_below: bool,
    /// Whether some record that is in or helpful reaches the bound from above or below.
    reaches: bool,
    stays: bool,
    /// Whether some record that is in or harmful lies beyond the bound.
    exceeds: bool,
    falls_short: bool,
}

impl Scope<'_> {
    /// A value as one number: units of 10⁻¹², days or places.
    pub(crate) fn value(&self, value: &Value, row: usize) -> Known<i128> {
        match value {
            Value::Number(number) => self.number(number, row),
            Value::Date(when) => self.when(when, row).map(|date| i128::from(date.days())),
            Value::Ordinal(ordinal) => self.ordinal(*ordinal, row).map(i128::from),
        }
    }

    /// Whether an aggregate keeps its bound. The population has been narrowed to the latest so many already.
    pub(crate) fn aggregate(
        &self,
        how: How,
        bound: i128,
        aggregate: Aggregate,
        field: &Value,
        found: &Found,
    ) -> Truth {
        Truth::new(std::array::from_fn(|bit| {
            let sums = self.sums(bound, field, found, bit);
            if sums.unknown {
                return Truth::UNKNOWN.bit(bit);
            }
            if sums.unfilled {
                return Truth::UNFILLED.bit(bit);
            }
            let (at_least, at_most) = match aggregate {
                Aggregate::Total => (sums.up >= bound, sums.down <= bound),
                Aggregate::Average => (
                    sums.above >= 0 && sums.some_above,
                    sums.below <= 0 && sums.some_below,
                ),
                Aggregate::Highest => (sums.reaches, !sums.exceeds && sums.stays),
                Aggregate::Lowest => (!sums.falls_short && sums.reaches, sums.stays),
            };
            match how {
                How::AtLeast => at_least,
                How::AtMost => at_most,
                How::Exactly => at_least && at_most,
            }
        }))
    }

    fn sums(&self, bound: i128, field: &Value, found: &Found, bit: usize) -> Sums {
        let dual = DUAL.get(bit).copied().unwrap_or(bit % BITS);
        let mut sums = Sums {
            unknown: false,
            unfilled: false,
            up: 0,
            down: 0,
            above: 0,
            below: 0,
            some_above: false,
            some_below: false,
            reaches: false,
            stays: false,
            exceeds: false,
            falls_short: false,
        };
        let planes = found
            .population
            .iter()
            .zip(&found.matching)
            .zip(&found.under_review);
        for (word, ((population, matching), under_review)) in planes.enumerate() {
            let own = population.at(bit) & matching.at(bit);
            let other = population.at(dual) & matching.at(dual);
            for place in ones(own | other) {
                let part = match (own >> place & 1 == 1, other >> place & 1 == 1) {
                    (true, true) => Part::Sure,
                    (true, false) => Part::Helpful,
                    _ => Part::Harmful,
                };
                match self.value(field, word * 64 + place) {
                    Known::Value(value) => sums.add(part, value, bound),
                    Known::NoField if under_review >> place & 1 == 1 => sums.unfilled = true,
                    Known::NoField | Known::NoFact => sums.unknown = true,
                }
            }
        }
        sums
    }
}

impl Sums {
    fn add(&mut self, part: Part, value: i128, bound: i128) {
        let over = value.saturating_sub(bound);
        let (up, down) = (value.max(0), value.min(0));
        let (above, below) = (over.max(0), over.min(0));
        let (for_up, for_down, for_above, for_below) = match part {
            Part::Sure => (value, value, over, over),
            Part::Helpful => (up, down, above, below),
            Part::Harmful => (down, up, below, above),
        };
        self.up = self.up.saturating_add(for_up);
        self.down = self.down.saturating_add(for_down);
        self.above = self.above.saturating_add(for_above);
        self.below = self.below.saturating_add(for_below);
        self.some_above |= part == Part::Sure || (part == Part::Helpful && over >= 0);
        self.some_below |= part == Part::Sure || (part == Part::Helpful && over <= 0);
        if part != Part::Harmful {
            self.reaches |= over >= 0;
            self.stays |= over <= 0;
        }
        if part != Part::Helpful {
            self.exceeds |= over > 0;
            self.falls_short |= over < 0;
        }
    }
}
