//! Conditions: a test and 64 records in, their truths out.

use super::planes::{Planes, ones};
use super::value::{Known, ONE, Operand, Scope};
use crate::plan::{Comparison, Constant, How, Number, Ordinal, Quantifier, Source, Test};
use crate::record::MISSING;
use crate::truth::{BITS, DUAL, Truth};

/// 64 records of a kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    /// The place of the first.
    pub(super) first: usize,
    /// Which of the 64 are looked at.
    pub(super) looked_at: u64,
    /// Which of them are under review, so that a field they lack may yet be filled.
    pub(super) under_review: u64,
}

impl Rows {
    /// One row that stands for the facts alone.
    pub(super) const FACTS: Self = Self {
        first: 0,
        looked_at: 1,
        under_review: 0,
    };

    /// One row that is looked at as if it were accepted.
    pub(super) const fn one(row: usize) -> Self {
        Self {
            first: row,
            looked_at: 1,
            under_review: 0,
        }
    }

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

    /// The truths of a comparison.
    fn compare(self, left: Operand<'_>, comparison: Comparison, right: Operand<'_>) -> Planes {
        self.each(|row| {
            let both = left.at(row).both(right.at(row));
            both.map(|(left, right)| compares(left, comparison, right))
        })
    }
}

impl Scope<'_> {
    /// The truths of a test. Its nesting is bounded by the plan.
    pub(super) fn test(&self, test: &Test, rows: Rows) -> Planes {
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
                let yes = Operand::Same(Known::Value(1));
                rows.compare(self.operand(*source), Comparison::Equal, yes)
            }
            Test::Numbers(left, comparison, right) => {
                match (self.plain_number(left), self.plain_number(right)) {
                    (Some(left), Some(right)) => rows.compare(left, *comparison, right),
                    _ => rows.each(|row| {
                        let both = self.number(left, row).both(self.number(right, row));
                        both.map(|(left, right)| compares(left, *comparison, right))
                    }),
                }
            }
            Test::Dates(left, comparison, right) => {
                match (self.plain_day(left), self.plain_day(right)) {
                    (Some(left), Some(right)) => rows.compare(left, *comparison, right),
                    _ => rows.each(|row| {
                        let both = self.day(left, row).both(self.day(right, row));
                        both.map(|(left, right)| compares(left, *comparison, right))
                    }),
                }
            }
            Test::Ordinals(left, comparison, right) => {
                rows.compare(self.ordinal(*left), *comparison, self.ordinal(*right))
            }
            Test::Texts(left, same, right) => {
                let comparison = if *same {
                    Comparison::Equal
                } else {
                    Comparison::NotEqual
                };
                rows.compare(self.text(left), comparison, self.text(right))
            }
            Test::Contains(source, value) => self.contains(*source, value, rows),
            Test::Known(source) => self.known(*source, rows),
            Test::Criteria(quantifier, source, comparison, level) => {
                self.criteria(quantifier, *source, *comparison, *level, rows)
            }
        }
    }

    /// Lists that have a value.
    fn contains(&self, source: Source, wanted: &Constant, rows: Rows) -> Planes {
        let wanted = match wanted {
            Constant::Number(number) => number.micros(),
            Constant::YesNo(answer) => i64::from(*answer),
            Constant::Date(date) => i64::from(date.days()),
            Constant::Ordinal(place) => i64::from(*place),
            Constant::Text(text) => self.plan.text(text).unwrap_or(MISSING),
            Constant::Rubric(_) | Constant::List(_) => MISSING,
        };
        let (column, _, of_fact) = self.column(source);
        rows.each(|row| {
            let list = column.and_then(|column| column.list(if of_fact { 0 } else { row }));
            match list {
                Some(items) => Known::Value(items.contains(&wanted)),
                None if of_fact => Known::NoFact,
                None => Known::NoField,
            }
        })
    }

    /// A missing field of a record under review may come to be known; anything else is known or is not.
    fn known(&self, source: Source, rows: Rows) -> Planes {
        let of_fact = matches!(source, Source::Fact(_) | Source::FactCriterion(..));
        let (mut known, mut unfilled) = (0, 0);
        for place in ones(rows.looked_at) {
            if self.is_known(source, rows.first + place) {
                known |= 1 << place;
            } else if !of_fact {
                unfilled |= (1 << place) & rows.under_review;
            }
        }
        Planes::standing(known, unfilled)
    }

    /// So many criteria of a rubric compare so; each is a comparison of its own.
    fn criteria(
        &self,
        quantifier: &Quantifier,
        source: Source,
        comparison: Comparison,
        level: Ordinal,
        rows: Rows,
    ) -> Planes {
        let mut all = Planes::NONE;
        for place in ones(rows.looked_at) {
            let row = rows.first + place;
            let under_review = rows.under_review >> place & 1 == 1;
            let truth = self.criteria_of(quantifier, source, comparison, level, row, under_review);
            all = all.with(place, truth);
        }
        all
    }

    fn criteria_of(
        &self,
        quantifier: &Quantifier,
        source: Source,
        comparison: Comparison,
        level: Ordinal,
        row: usize,
        under_review: bool,
    ) -> Truth {
        let lacking = |no_fact: bool| {
            if under_review && !no_fact {
                Truth::UNFILLED
            } else {
                Truth::UNKNOWN
            }
        };
        let level = self.ordinal(level).at(row);
        let mut hits = [0i128; BITS];
        let mut criteria = 0i128;
        for criterion in 0u32.. {
            let Some(rated) = self.criterion(source, criterion) else {
                break;
            };
            criteria += 1;
            let truth = match rated.at(row).both(level) {
                Known::Value((rated, level)) if compares(rated, comparison, level) => Truth::TRUE,
                Known::Value(_) => Truth::FALSE,
                Known::NoFact => lacking(true),
                Known::NoField => lacking(false),
            };
            for (bit, hits) in hits.iter_mut().enumerate() {
                *hits += i128::from(truth.bit(bit));
            }
        }
        // Both sides of a share are taken a hundred times, in millionths.
        let (how, bound, scale) = match quantifier {
            Quantifier::Every => (How::AtLeast, criteria, 1),
            Quantifier::Share(how, share) => {
                (*how, i128::from(share.micros()) * criteria, 100_000_000)
            }
            Quantifier::Count(how, bound) => match self.number(bound, row) {
                Known::Value(bound) => (*how, bound, ONE),
                Known::NoFact => return lacking(true),
                Known::NoField => return lacking(false),
            },
        };
        let at_least = Truth::new(hits.map(|hits| hits * scale >= bound));
        let at_most = Truth::new(DUAL.map(|dual| {
            let hits = hits.get(dual).copied().unwrap_or(0);
            hits * scale <= bound
        }));
        match how {
            How::AtLeast => at_least,
            How::AtMost => at_most,
            How::Exactly => at_least.and(at_most),
        }
    }

    /// The levels of a criterion of a rubric, if it has that many.
    fn criterion(&self, source: Source, criterion: u32) -> Option<Operand<'_>> {
        let (column, _, _) = self.column(source);
        if criterion as usize >= column?.criteria() {
            return None;
        }
        match source {
            Source::Fact(fact) => Some(self.operand(Source::FactCriterion(fact, criterion))),
            Source::Field(field) => Some(self.operand(Source::FieldCriterion(field, criterion))),
            _ => None,
        }
    }

    /// A whole number from an expression over facts, rounded up.
    pub(super) fn whole(&self, number: &Number) -> Option<i128> {
        let number = self.number(number, 0).value()?;
        Some(number.div_euclid(ONE) + i128::from(number.rem_euclid(ONE) != 0))
    }
}

/// Whether two values compare so.
pub(super) fn compares<T: Ord>(left: T, comparison: Comparison, right: T) -> bool {
    match comparison {
        Comparison::Equal => left == right,
        Comparison::NotEqual => left != right,
        Comparison::Less => left < right,
        Comparison::LessOrEqual => left <= right,
        Comparison::Greater => left > right,
        Comparison::GreaterOrEqual => left >= right,
    }
}
