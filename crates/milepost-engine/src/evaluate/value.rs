//! Values of expressions, for one record or for the facts alone: known, or missing on whose part.

use crate::Plan;
use crate::date::{Date, MonthDay, school_year_end, school_year_start};
use crate::plan::{Number, Ordinal, Source, Text, Value, When};
use crate::record::{Column, MISSING, Record, Table};

/// A value, or whose part it is missing on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known<T> {
    Value(T),
    /// A fact nobody supplied.
    NoFact,
    /// A field the record lacks.
    NoField,
}

impl<T> Known<T> {
    pub(super) fn map<U>(self, of: impl FnOnce(T) -> U) -> Known<U> {
        match self {
            Self::Value(value) => Known::Value(of(value)),
            Self::NoFact => Known::NoFact,
            Self::NoField => Known::NoField,
        }
    }

    /// Both values; a fact that is missing outweighs a field that is.
    pub(super) fn both<U>(self, other: Known<U>) -> Known<(T, U)> {
        match (self, other) {
            (Self::Value(one), Known::Value(two)) => Known::Value((one, two)),
            (Self::NoFact, _) | (_, Known::NoFact) => Known::NoFact,
            _ => Known::NoField,
        }
    }

    pub(super) fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::NoFact | Self::NoField => None,
        }
    }
}

/// Units of 10⁻¹² in one, and in a millionth. A product of two numbers in millionths is a whole number of them.
///
/// A plan's numbers have at most 18 digits before the point, so 2¹⁰⁰ units; 64 terms and a total over a million records
/// add 26 bits to that. So nothing overflows; sums saturate all the same.
pub(super) const ONE: i128 = 1_000_000_000_000;
const MILLIONTH: i128 = 1_000_000;

/// What expressions are evaluated against.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) plan: &'a Plan,
    pub(super) record: &'a Record,
    pub(super) as_of: Date,
    /// The records looked at, where there are any.
    pub(super) table: Option<&'a Table>,
}

/// One value for each record, or one for all of them.
#[derive(Clone, Copy)]
pub(super) enum Operand<'a> {
    /// The same for every record.
    Same(Known<i64>),
    /// One for each row.
    Each(&'a [i64]),
}

impl Operand<'_> {
    pub(super) fn at(self, row: usize) -> Known<i64> {
        match self {
            Self::Same(value) => value,
            Self::Each(cells) => match cells.get(row) {
                None | Some(&MISSING) => Known::NoField,
                Some(cell) => Known::Value(*cell),
            },
        }
    }
}

impl<'a> Scope<'a> {
    /// A scope that looks at the facts alone.
    pub(super) const fn facts(plan: &'a Plan, record: &'a Record, as_of: Date) -> Self {
        Self {
            plan,
            record,
            as_of,
            table: None,
        }
    }

    fn start(&self) -> MonthDay {
        let programme = &self.plan.parts().programme;
        programme.school_year.unwrap_or(MonthDay::FIRST)
    }

    /// The school year of a day.
    pub(super) fn school_year(&self, date: Date) -> i32 {
        date.school_year(self.start())
    }

    /// The first day of a school year.
    pub(super) fn year_start(&self, year: i32) -> Date {
        school_year_start(year, self.start())
    }

    /// The last day of a school year.
    pub(super) fn year_end(&self, year: i32) -> Date {
        school_year_end(year, self.start())
    }

    /// The column behind a source and the criterion asked for; and whether it is of a fact.
    pub(super) fn column(&self, source: Source) -> (Option<&'a Column>, Option<u32>, bool) {
        let field = |field: u32| self.table?.columns.get(field as usize);
        match source {
            Source::Fact(fact) => (self.record.fact_column(fact), None, true),
            Source::FactCriterion(fact, criterion) => {
                (self.record.fact_column(fact), Some(criterion), true)
            }
            Source::Field(place) => (field(place), None, false),
            Source::FieldCriterion(place, criterion) => (field(place), Some(criterion), false),
            Source::Date => (self.table.map(|table| &table.days), None, false),
            Source::Expires => (self.table.map(|table| &table.last_days), None, false),
            Source::Id => (self.table.map(|table| &table.names), None, false),
        }
    }

    /// The single values of a source.
    pub(super) fn operand(&self, source: Source) -> Operand<'a> {
        let (column, criterion, of_fact) = self.column(source);
        if of_fact {
            let cell = column.map_or(MISSING, |column| column.cell(0, criterion));
            return Operand::Same(if cell == MISSING {
                Known::NoFact
            } else {
                Known::Value(cell)
            });
        }
        Operand::Each(column.map_or(&[], |column| column.cells(criterion)))
    }

    /// A single value for a row.
    pub(super) fn single(&self, source: Source, row: usize) -> Known<i64> {
        self.operand(source).at(row)
    }

    /// Whether a source has a value for a row.
    pub(super) fn is_known(&self, source: Source, row: usize) -> bool {
        match self.column(source) {
            (_, Some(_), _) => matches!(self.single(source, row), Known::Value(_)),
            (column, None, of_fact) => {
                column.is_some_and(|column| column.known(if of_fact { 0 } else { row }))
                    || source == Source::Id
            }
        }
    }

    /// A number in millionths, if it is written out or comes from one place.
    pub(super) fn plain_number(&self, number: &Number) -> Option<Operand<'a>> {
        match number {
            Number::Literal(value) => Some(Operand::Same(Known::Value(value.micros()))),
            Number::Of(source) => Some(self.operand(*source)),
            _ => None,
        }
    }

    /// A number, in units of 10⁻¹². Its nesting is bounded by the plan.
    pub(super) fn number(&self, number: &Number, row: usize) -> Known<i128> {
        let of_micros = |micros: i64| i128::from(micros) * MILLIONTH;
        let both =
            |left: &Number, right: &Number| self.number(left, row).both(self.number(right, row));
        match number {
            Number::Literal(value) => Known::Value(of_micros(value.micros())),
            Number::Of(source) => self.single(*source, row).map(of_micros),
            Number::OfLevel(source, scale) => {
                let scale = self.plan.parts().scales.get(scale.index());
                self.single(*source, row).map(|level| {
                    let level = usize::try_from(level).ok();
                    let level = level.and_then(|level| scale?.levels.get(level));
                    of_micros(
                        level
                            .and_then(|level| level.number)
                            .unwrap_or_default()
                            .micros(),
                    )
                })
            }
            Number::Add(left, right) => {
                both(left, right).map(|(left, right)| left.saturating_add(right))
            }
            Number::Subtract(left, right) => {
                both(left, right).map(|(left, right)| left.saturating_sub(right))
            }
            Number::Multiply(left, right) => {
                both(left, right).map(|(left, right)| product(left, right))
            }
        }
    }

    /// A day, by its number, if it is the same for every record or comes from one place.
    pub(super) fn plain_day(&self, when: &When) -> Option<Operand<'a>> {
        match when {
            When::Of(source) => Some(self.operand(*source)),
            When::Plus(..) | When::Minus(..) | When::Next(..) => None,
            When::Literal(_)
            | When::Today
            | When::YearStart(_)
            | When::YearEnd(_)
            | When::RoleStart(..) => Some(Operand::Same(self.day(when, 0))),
        }
    }

    /// A day, by its number.
    pub(super) fn day(&self, when: &When, row: usize) -> Known<i64> {
        self.when(when, row).map(|date| i64::from(date.days()))
    }

    /// A day. Its nesting is bounded by the plan.
    pub(super) fn when(&self, when: &When, row: usize) -> Known<Date> {
        let year = |away: i32| self.school_year(self.as_of).saturating_add(away);
        match when {
            When::Literal(date) => Known::Value(*date),
            When::Today => Known::Value(self.as_of),
            When::Of(source) => self.single(*source, row).map(day_of),
            When::Plus(when, duration) => self.when(when, row).map(|date| date.plus(*duration)),
            When::Minus(when, duration) => self.when(when, row).map(|date| date.minus(*duration)),
            When::YearStart(away) => Known::Value(self.year_start(year(*away))),
            When::YearEnd(away) => Known::Value(self.year_end(year(*away))),
            When::RoleStart(role, stage) => {
                let start = self
                    .record
                    .latest_begun(*role, *stage, self.as_of)
                    .map(|(start, _)| start);
                // What never began lies ahead of every day.
                Known::Value(start.unwrap_or(Date::MAX))
            }
            When::Next(day, after) => self.when(after, row).map(|date| day.next_after(date)),
        }
    }

    /// A level or a choice, by its place.
    pub(super) fn ordinal(&self, ordinal: Ordinal) -> Operand<'a> {
        match ordinal {
            Ordinal::Literal(place) => Operand::Same(Known::Value(i64::from(place))),
            Ordinal::Of(source) => self.operand(source),
        }
    }

    /// A text, by its place among the texts of the record.
    pub(super) fn text(&self, text: &Text) -> Operand<'a> {
        match text {
            Text::Literal(text) => {
                Operand::Same(Known::Value(self.plan.text(text).unwrap_or(MISSING)))
            }
            Text::Of(source) => self.operand(*source),
        }
    }

    /// A value as one number: units of 10⁻¹², days or places.
    pub(super) fn value(&self, value: &Value, row: usize) -> Known<i128> {
        match value {
            Value::Number(number) => self.number(number, row),
            Value::Date(when) => self.day(when, row).map(i128::from),
            Value::Ordinal(ordinal) => self.ordinal(*ordinal).at(row).map(i128::from),
        }
    }
}

/// The day of a number that stands for one.
pub(super) fn day_of(days: i64) -> Date {
    let date = i32::try_from(days).ok().and_then(Date::from_days);
    date.unwrap_or(if days < 0 { Date::MIN } else { Date::MAX })
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
