//! A column: the values of one field in, a whole number per row out.
//!
//! Every value is one `i64`: a number in millionths, no and yes as 0 and 1, a day since 1970-01-01, a text by its place among
//! the texts of the record, a level or a choice by its place.

use super::texts::Texts;
use crate::plan::{Constant, Parts, Type};
use crate::{Date, Decimal};

/// Nothing was supplied.
pub(crate) const MISSING: i64 = i64::MIN;

/// The values of one field, a row each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// One value a row, or [`MISSING`].
    Single(Vec<i64>),
    /// For each criterion its levels, a row each; and whether the rubric was supplied at all.
    Rubric(Vec<Vec<i64>>, Vec<bool>),
    /// The values of all rows one after the other, and for each row where its own begin and end.
    List(Vec<i64>, Vec<Option<(u32, u32)>>),
}

impl Column {
    /// A column with room for so many rows.
    pub(super) fn new(ty: &Type, parts: &Parts, rows: usize) -> Self {
        match ty {
            Type::Rubric(id) => {
                let criteria = parts
                    .rubrics
                    .get(id.index())
                    .map_or(0, |rubric| rubric.criteria.len());
                let levels = (0..criteria).map(|_| Vec::with_capacity(rows));
                Self::Rubric(levels.collect(), Vec::with_capacity(rows))
            }
            Type::List(_) => Self::List(Vec::new(), Vec::with_capacity(rows)),
            _ => Self::Single(Vec::with_capacity(rows)),
        }
    }

    /// Adds a row after the others. The value has been checked against the type.
    pub(super) fn push(&mut self, value: Option<&Constant>, texts: &mut Texts) {
        self.insert(usize::MAX, value, texts);
    }

    /// Adds a row before the one at a place, or after them all. The value has been checked against the type.
    pub(super) fn insert(&mut self, row: usize, value: Option<&Constant>, texts: &mut Texts) {
        match self {
            Self::Single(rows) => {
                insert(rows, row, value.map_or(MISSING, |value| cell(value, texts)));
            }
            Self::Rubric(criteria, supplied) => {
                let levels = match value {
                    Some(Constant::Rubric(levels)) => levels.as_slice(),
                    _ => &[],
                };
                for (place, rows) in criteria.iter_mut().enumerate() {
                    let level = levels.get(place).copied().flatten();
                    insert(rows, row, level.map_or(MISSING, i64::from));
                }
                insert(supplied, row, value.is_some());
            }
            Self::List(values, rows) => {
                let Some(Constant::List(items)) = value else {
                    insert(rows, row, None);
                    return;
                };
                let start = u32::try_from(values.len()).ok();
                values.extend(items.iter().map(|item| cell(item, texts)));
                insert(rows, row, start.zip(u32::try_from(values.len()).ok()));
            }
        }
    }

    /// Takes a row out.
    pub(super) fn remove(&mut self, row: usize) {
        match self {
            Self::Single(rows) => remove(rows, row),
            Self::Rubric(criteria, supplied) => {
                for rows in criteria {
                    remove(rows, row);
                }
                remove(supplied, row);
            }
            Self::List(values, rows) => {
                if let Some((start, end)) = rows.get(row).copied().flatten() {
                    values.drain(start as usize..end as usize);
                    for (from, to) in rows.iter_mut().flatten() {
                        if *from >= end {
                            *from -= end - start;
                            *to -= end - start;
                        }
                    }
                }
                remove(rows, row);
            }
        }
    }

    /// One value a row; of a rubric those of a criterion.
    pub(crate) fn cells(&self, criterion: Option<u32>) -> &[i64] {
        match (self, criterion) {
            (Self::Single(rows), None) => rows,
            (Self::Rubric(criteria, _), Some(place)) => {
                criteria.get(place as usize).map_or(&[], Vec::as_slice)
            }
            _ => &[],
        }
    }

    /// How many criteria it has, if it is of a rubric.
    pub(crate) const fn criteria(&self) -> usize {
        match self {
            Self::Rubric(criteria, _) => criteria.len(),
            Self::Single(_) | Self::List(..) => 0,
        }
    }

    /// The value of a row, or [`MISSING`].
    pub(crate) fn cell(&self, row: usize, criterion: Option<u32>) -> i64 {
        self.cells(criterion).get(row).copied().unwrap_or(MISSING)
    }

    /// The values of a row of a list.
    pub(crate) fn list(&self, row: usize) -> Option<&[i64]> {
        let Self::List(values, rows) = self else {
            return None;
        };
        let (start, end) = rows.get(row).copied().flatten()?;
        values.get(start as usize..end as usize)
    }

    /// Whether a row was supplied.
    pub(crate) fn known(&self, row: usize) -> bool {
        match self {
            Self::Single(rows) => rows.get(row).is_some_and(|cell| *cell != MISSING),
            Self::Rubric(_, supplied) => supplied.get(row).copied().unwrap_or(false),
            Self::List(_, rows) => rows.get(row).is_some_and(Option::is_some),
        }
    }

    /// The value of a row as it was supplied.
    pub(super) fn constant(&self, row: usize, ty: &Type, texts: &Texts) -> Option<Constant> {
        match (self, ty) {
            (Self::Single(_), _) => constant(self.cell(row, None), ty, texts),
            (Self::Rubric(criteria, supplied), _) => {
                supplied.get(row).copied().unwrap_or(false).then(|| {
                    let level = |rows: &Vec<i64>| {
                        rows.get(row).and_then(|level| u16::try_from(*level).ok())
                    };
                    Constant::Rubric(criteria.iter().map(level).collect())
                })
            }
            (Self::List(..), Type::List(item)) => {
                let items = self.list(row)?;
                items
                    .iter()
                    .map(|cell| constant(*cell, item, texts))
                    .collect::<Option<_>>()
                    .map(Constant::List)
            }
            (Self::List(..), _) => None,
        }
    }
}

fn insert<T>(rows: &mut Vec<T>, row: usize, value: T) {
    rows.insert(row.min(rows.len()), value);
}

fn remove<T>(rows: &mut Vec<T>, row: usize) {
    if row < rows.len() {
        rows.remove(row);
    }
}

fn cell(value: &Constant, texts: &mut Texts) -> i64 {
    match value {
        Constant::Number(number) => number.micros(),
        Constant::YesNo(yes) => i64::from(*yes),
        Constant::Date(date) => i64::from(date.days()),
        Constant::Text(text) => i64::from(texts.place(text)),
        Constant::Ordinal(place) => i64::from(*place),
        Constant::Rubric(_) | Constant::List(_) => MISSING,
    }
}

fn constant(cell: i64, ty: &Type, texts: &Texts) -> Option<Constant> {
    if cell == MISSING {
        return None;
    }
    Some(match ty {
        Type::Number(..) | Type::Whole(..) => Constant::Number(Decimal::from_micros(cell)?),
        Type::YesNo => Constant::YesNo(cell == 1),
        Type::Date => Constant::Date(Date::from_days(i32::try_from(cell).ok()?)?),
        Type::Text => Constant::Text(texts.at(cell)?.to_owned()),
        Type::Level(_) | Type::Choice(_) => Constant::Ordinal(u16::try_from(cell).ok()?),
        Type::Rubric(_) | Type::List(_) => return None,
    })
}
