//! Values of expressions, for one record or for the facts alone: known, or missing on whose part.

use crate::date::{Date, MonthDay, school_year_end, school_year_start};
use crate::plan::{Number, Ordinal, Parts, Source, Text, When};
use crate::record::{Cell, Columns, Record};

/// A value, or whose part it is missing on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known<T> {
    Value(T),
    /// A fact nobody supplied.
    NoFact,
    /// A field the record lacks.
    NoField,
}

impl<T> Known<T> {
    pub(crate) fn map<U>(self, of: impl FnOnce(T) -> U) -> Known<U> {
        match self {
            Self::Value(value) => Known::Value(of(value)),
            Self::NoFact => Known::NoFact,
            Self::NoField => Known::NoField,
        }
    }

    /// Both values; a fact that is missing outweighs a field that is.
    pub(crate) fn both<U>(self, other: Known<U>) -> Known<(T, U)> {
        match (self, other) {
            (Self::Value(one), Known::Value(two)) => Known::Value((one, two)),
            (Self::NoFact, _) | (_, Known::NoFact) => Known::NoFact,
            _ => Known::NoField,
        }
    }

    pub(crate) fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::NoFact | Self::NoField => None,
        }
    }
}

/// Units of 10⁻¹² in one, and in a millionth. A product of two millionths is a whole number of them.
pub(crate) const ONE: i128 = 1_000_000_000_000;
const MILLIONTH: i128 = 1_000_000;

/// What expressions are evaluated against.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'a> {
    pub(crate) parts: &'a Parts,
    pub(crate) record: &'a Record,
    pub(crate) as_of: Date,
    /// The records looked at, where there are any.
    pub(crate) columns: Option<&'a Columns>,
}

impl<'a> Scope<'a> {
    fn start(&self) -> MonthDay {
        self.parts.programme.school_year.unwrap_or(MonthDay::FIRST)
    }

    /// The school year of a day.
    pub(crate) fn school_year(&self, date: Date) -> i32 {
        date.school_year(self.start())
    }

    pub(crate) fn year_start(&self, year: i32) -> Date {
        school_year_start(year, self.start())
    }

    pub(crate) fn year_end(&self, year: i32) -> Date {
        school_year_end(year, self.start())
    }

    /// A fact's or field's value of several parts.
    pub(crate) fn cell(&self, source: Source, row: usize) -> Known<&'a Cell> {
        match source {
            Source::Fact(fact) => match self.record.facts.get(fact.index()) {
                Some(cell) if *cell != Cell::Missing => Known::Value(cell),
                _ => Known::NoFact,
            },
            Source::Field(field) => {
                let column = self
                    .columns
                    .and_then(|columns| columns.fields.get(field as usize));
                column
                    .and_then(|column| column.other(row))
                    .map_or(Known::NoField, Known::Value)
            }
            _ => Known::NoField,
        }
    }

    /// A fact's or field's single value.
    pub(crate) fn scalar(&self, source: Source, row: usize) -> Known<i64> {
        match source {
            Source::Fact(fact) => match self.record.facts.get(fact.index()) {
                Some(Cell::Scalar(value)) => Known::Value(*value),
                _ => Known::NoFact,
            },
            Source::FactCriterion(fact, criterion) => match self.record.facts.get(fact.index()) {
                Some(Cell::Rubric(levels)) => {
                    level(levels, criterion).map_or(Known::NoFact, Known::Value)
                }
                _ => Known::NoFact,
            },
            Source::Field(field) => {
                let column = self
                    .columns
                    .and_then(|columns| columns.fields.get(field as usize));
                column
                    .and_then(|column| column.scalar(row))
                    .map_or(Known::NoField, Known::Value)
            }
            Source::FieldCriterion(field, criterion) => {
                let column = self
                    .columns
                    .and_then(|columns| columns.fields.get(field as usize));
                match column.and_then(|column| column.other(row)) {
                    Some(Cell::Rubric(levels)) => {
                        level(levels, criterion).map_or(Known::NoField, Known::Value)
                    }
                    _ => Known::NoField,
                }
            }
            Source::Date => {
                let date = self.columns.and_then(|columns| columns.dates.get(row));
                date.map_or(Known::NoField, |date| Known::Value(i64::from(date.days())))
            }
            Source::Expires => {
                let date = self
                    .columns
                    .and_then(|columns| columns.expires.get(row).copied().flatten());
                date.map_or(Known::NoField, |date| Known::Value(i64::from(date.days())))
            }
            Source::Id => Known::NoField,
        }
    }

    /// A number, in units of 10⁻¹².
    pub(crate) fn number(&self, number: &Number, row: usize) -> Known<i128> {
        match number {
            Number::Literal(value) => Known::Value(i128::from(value.micros()) * MILLIONTH),
            Number::Of(source) => self
                .scalar(*source, row)
                .map(|micros| i128::from(micros) * MILLIONTH),
            Number::OfLevel(source, scale) => {
                let levels = self
                    .parts
                    .scales
                    .get(scale.index())
                    .map(|scale| scale.levels.as_slice());
                self.scalar(*source, row).map(|level| {
                    let level = usize::try_from(level)
                        .ok()
                        .and_then(|level| levels?.get(level));
                    let number = level.and_then(|level| level.number).unwrap_or_default();
                    i128::from(number.micros()) * MILLIONTH
                })
            }
            Number::Add(left, right) => {
                let both = self.number(left, row).both(self.number(right, row));
                both.map(|(left, right)| left.saturating_add(right))
            }
            Number::Subtract(left, right) => {
                let both = self.number(left, row).both(self.number(right, row));
                both.map(|(left, right)| left.saturating_sub(right))
            }
            Number::Multiply(left, right) => self
                .number(left, row)
                .both(self.number(right, row))
                .map(|(left, right)| product(left, right)),
        }
    }

    /// A day.
    pub(crate) fn when(&self, when: &When, row: usize) -> Known<Date> {
        match when {
            When::Literal(date) => Known::Value(*date),
            When::Today => Known::Value(self.as_of),
            When::Of(source) => self.scalar(*source, row).map(|days| {
                i32::try_from(days)
                    .ok()
                    .and_then(Date::from_days)
                    .unwrap_or(Date::MIN)
            }),
            When::Plus(when, duration) => self.when(when, row).map(|date| date.plus(*duration)),
            When::Minus(when, duration) => self.when(when, row).map(|date| date.minus(*duration)),
            When::YearStart(year) => {
                Known::Value(self.year_start(self.school_year(self.as_of).saturating_add(*year)))
            }
            When::YearEnd(year) => {
                Known::Value(self.year_end(self.school_year(self.as_of).saturating_add(*year)))
            }
            When::Next(day, after) => self.when(after, row).map(|date| day.next_after(date)),
        }
    }

    /// A level or a choice, by its place.
    pub(crate) fn ordinal(&self, ordinal: Ordinal, row: usize) -> Known<i64> {
        match ordinal {
            Ordinal::Literal(place) => Known::Value(i64::from(place)),
            Ordinal::Of(source) => self.scalar(source, row),
        }
    }

    /// A text.
    pub(crate) fn text<'t>(&self, text: &'t Text, row: usize) -> Known<&'t str>
    where
        'a: 't,
    {
        match text {
            Text::Literal(text) => Known::Value(text),
            Text::Of(Source::Id) => {
                let id = self.columns.and_then(|columns| columns.ids.get(row));
                id.map_or(Known::NoField, |id| Known::Value(id.as_str()))
            }
            Text::Of(source) => self.scalar(*source, row).map(|place| {
                usize::try_from(place)
                    .ok()
                    .and_then(|place| self.record.texts.get(place))
                    .map_or("", String::as_str)
            }),
        }
    }
}

fn level(levels: &[Option<u16>], criterion: u32) -> Option<i64> {
    levels
        .get(criterion as usize)
        .copied()
        .flatten()
        .map(i64::from)
}

/// The product of two numbers in units of 10⁻¹², exact as long as it has no more digits than that.
fn product(left: i128, right: i128) -> i128 {
    let (mut left, mut right, mut scale) = (left, right, ONE);
    for side in [&mut left, &mut right] {
        while scale > 1 && *side != 0 && *side % 10 == 0 {
            *side /= 10;
            scale /= 10;
        }
    }
    left.saturating_mul(right) / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_exact() {
        let of = |text: &str| i128::from(crate::Decimal::parse(text).unwrap().micros()) * MILLIONTH;
        assert_eq!(product(of("0.000001"), of("0.000001")), 1);
        assert_eq!(
            product(of("999999999.999999"), of("-999999999.999999")),
            -999_999_999_999_998_000_000_000_000_001
        );
        assert_eq!(product(of("0.1"), of("3")), of("0.3"));
        assert_eq!(product(0, of("3")), 0);
    }
}
