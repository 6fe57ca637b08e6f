//! Conditions: a test and 64 records in, their truths out.

use super::planes::{Planes, ones};
use super::value::{Known, ONE, Scope};
use crate::plan::{Comparison, Constant, How, Number, Ordinal, Quantifier, Source, Test};
use crate::record::Cell;

/// 64 records of a kind.
#[derive(Clone, Copy)]
pub(crate) struct Rows {
    /// The place of the first.
    pub(crate) first: usize,
    /// Which of the 64 are looked at.
    pub(crate) looked_at: u64,
    /// Which of them are under review, so that a field they lack may yet be filled.
    pub(crate) under_review: u64,
}

impl Rows {
    /// One row that stands for the facts alone.
    pub(crate) const FACTS: Self = Self {
        first: 0,
        looked_at: 1,
        under_review: 0,
    };

    /// The truths of a question that each record answers with yes, no, or not known on whose part.
    fn each(self, answer: impl Fn(usize) -> Known<bool>) -> Planes {
        let (mut yes, mut unknown, mut unfilled) = (0, 0, 0);
        for place in ones(self.looked_at) {
            let bit = 1 << place;
            match answer(self.first + place) {
                Known::Value(true) => yes |= bit,
                Known::Value(false) => {}
                Known::NoField if self.under_review & bit != 0 => unfilled |= bit,
                Known::NoField | Known::NoFact => unknown |= bit,
            }
        }
        Planes::new(yes, unknown, unfilled)
    }
}

impl Scope<'_> {
    /// The truths of a test. Its nesting is bounded by the plan.
    pub(crate) fn test(&self, test: &Test, rows: Rows) -> Planes {
        match test {
            Test::Literal(true) => Planes::ALL,
            Test::Literal(false) => Planes::NONE,
            Test::All(tests) => tests
                .iter()
                .fold(Planes::ALL, |all, test| all.and(self.test(test, rows))),
            Test::Any(tests) | Test::OneOf(tests) => tests
                .iter()
                .fold(Planes::NONE, |any, test| any.or(self.test(test, rows))),
            Test::Not(test) => self.test(test, rows).not(),
            Test::YesNo(source) => {
                rows.each(|row| self.scalar(*source, row).map(|answer| answer == 1))
            }
            Test::Numbers(left, comparison, right) => rows.each(|row| {
                let both = self.number(left, row).both(self.number(right, row));
                both.map(|(left, right)| compares(left, *comparison, right))
            }),
            Test::Dates(left, comparison, right) => rows.each(|row| {
                let both = self.when(left, row).both(self.when(right, row));
                both.map(|(left, right)| compares(left, *comparison, right))
            }),
            Test::Ordinals(left, comparison, right) => rows.each(|row| {
                let both = self.ordinal(*left, row).both(self.ordinal(*right, row));
                both.map(|(left, right)| compares(left, *comparison, right))
            }),
            Test::Texts(left, same, right) => rows.each(|row| {
                let both = self.text(left, row).both(self.text(right, row));
                both.map(|(left, right)| (left == right) == *same)
            }),
            Test::Contains(source, value) => rows.each(|row| {
                self.cell(*source, row).map(|cell| match cell {
                    Cell::List(items) => items.iter().any(|&item| self.is(value, item)),
                    _ => false,
                })
            }),
            Test::Known(source) => self.known(*source, rows),
            Test::Criteria(quantifier, source, comparison, level) => {
                rows.each(|row| self.criteria(quantifier, *source, *comparison, *level, row))
            }
        }
    }

    /// Whether a value of a list is the one written.
    fn is(&self, written: &Constant, item: i64) -> bool {
        match written {
            Constant::Number(number) => number.micros() == item,
            Constant::YesNo(answer) => i64::from(*answer) == item,
            Constant::Date(date) => i64::from(date.days()) == item,
            Constant::Ordinal(ordinal) => i64::from(*ordinal) == item,
            Constant::Text(text) => {
                usize::try_from(item)
                    .ok()
                    .and_then(|place| self.record.texts.get(place))
                    == Some(text)
            }
            Constant::Rubric(_) | Constant::List(_) => false,
        }
    }

    /// A missing field of a record under review may come to be known; anything else is known or is not.
    fn known(&self, source: Source, rows: Rows) -> Planes {
        let (mut known, mut unfilled) = (0, 0);
        for place in ones(rows.looked_at) {
            let row = rows.first + place;
            let there = match source {
                Source::Fact(fact) => self
                    .record
                    .facts
                    .get(fact.index())
                    .is_some_and(|cell| *cell != Cell::Missing),
                Source::Field(field) => {
                    let column = self
                        .columns
                        .and_then(|columns| columns.fields.get(field as usize));
                    column.is_some_and(|column| column.is_known(row))
                }
                Source::Id => true,
                _ => matches!(self.scalar(source, row), Known::Value(_)),
            };
            if there {
                known |= 1 << place;
            } else if !matches!(source, Source::Fact(_) | Source::FactCriterion(..)) {
                unfilled |= 1 << place & rows.under_review;
            }
        }
        Planes::standing(known, unfilled)
    }

    /// So many criteria of a rubric; those not rated may go either way.
    fn criteria(
        &self,
        quantifier: &Quantifier,
        source: Source,
        comparison: Comparison,
        level: Ordinal,
        row: usize,
    ) -> Known<bool> {
        let level = match self.ordinal(level, row) {
            Known::Value(level) => level,
            Known::NoFact => return Known::NoFact,
            Known::NoField => return Known::NoField,
        };
        let missing = if matches!(source, Source::Fact(_)) {
            Known::NoFact
        } else {
            Known::NoField
        };
        let (mut hits, mut open, mut all) = (0, 0, 0);
        match self.cell(source, row) {
            Known::Value(Cell::Rubric(levels)) => {
                for rated in levels {
                    all += 1;
                    match rated {
                        Some(rated) => {
                            hits += i128::from(compares(i64::from(*rated), comparison, level))
                        }
                        None => open += 1,
                    }
                }
            }
            _ => return missing,
        }
        let (how, bound, scale) = match quantifier {
            Quantifier::Every => (How::AtLeast, all * ONE, ONE),
            Quantifier::Count(how, bound) => match self.number(bound, row) {
                Known::Value(bound) => (*how, bound, ONE),
                Known::NoFact => return Known::NoFact,
                Known::NoField => return Known::NoField,
            },
            // Of all criteria, so many hundredths; both sides times a hundred, in millionths.
            Quantifier::Share(how, share) => (*how, i128::from(share.micros()) * all, 100_000_000),
        };
        let (lowest, highest) = (hits * scale, (hits + open) * scale);
        let at_least = if lowest >= bound {
            Some(true)
        } else if highest < bound {
            Some(false)
        } else {
            None
        };
        let at_most = if highest <= bound {
            Some(true)
        } else if lowest > bound {
            Some(false)
        } else {
            None
        };
        let answer = match how {
            How::AtLeast => at_least,
            How::AtMost => at_most,
            How::Exactly => match (at_least, at_most) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
        };
        answer.map_or(missing, Known::Value)
    }

    /// A whole number from an expression over facts.
    pub(crate) fn whole(&self, number: &Number) -> Option<i128> {
        self.number(number, 0)
            .value()
            .map(|number| number.div_euclid(ONE))
    }
}

/// Whether two values compare so.
pub(crate) fn compares<T: Ord>(left: T, comparison: Comparison, right: T) -> bool {
    match comparison {
        Comparison::Equal => left == right,
        Comparison::NotEqual => left != right,
        Comparison::Less => left < right,
        Comparison::LessOrEqual => left <= right,
        Comparison::Greater => left > right,
        Comparison::GreaterOrEqual => left >= right,
    }
}
