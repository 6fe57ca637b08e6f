//! The evidence of one kind: rows in the order of dates, of one date in the order written; and their fields as columns.

use super::column::{Column, MISSING};
use super::texts::Texts;
use super::{Evidence, Status};
use crate::Date;
use crate::plan::{CompetencyId, Kind, Parts};

/// What every piece of evidence has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) date: Date,
    pub(crate) status: Status,
    pub(crate) expires: Option<Date>,
    pub(crate) submitted: Option<Date>,
    pub(crate) decided: Option<Date>,
    /// The competencies it is filed for, in the order written.
    pub(crate) competencies: Vec<CompetencyId>,
}

/// The evidence of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) rows: Vec<Row>,
    /// A column for each field of the kind.
    pub(crate) columns: Vec<Column>,
    /// The dates once more, as a column.
    pub(crate) days: Column,
    /// The last days that count, as a column.
    pub(crate) last_days: Column,
    /// The ids as texts, as a column; empty unless the plan looks at ids.
    pub(crate) names: Column,
    /// Every competency and row filed for it, in order.
    filed: Vec<(CompetencyId, u32)>,
}

impl Table {
    /// A table with room for so many rows.
    pub(super) fn new(kind: &Kind, parts: &Parts, rows: usize) -> Self {
        let columns = kind.fields.iter();
        Self {
            rows: Vec::with_capacity(rows),
            columns: columns
                .map(|field| Column::new(&field.ty, parts, rows))
                .collect(),
            days: Column::Single(Vec::with_capacity(rows)),
            last_days: Column::Single(Vec::with_capacity(rows)),
            names: Column::Single(Vec::new()),
            filed: Vec::new(),
        }
    }

    /// How many rows there are.
    pub(crate) const fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Adds a row after the others, which are dated no later; its values have been checked.
    pub(super) fn push(&mut self, evidence: Evidence, names: bool, texts: &mut Texts<'_>) {
        if names && let Column::Single(rows) = &mut self.names {
            rows.push(i64::from(texts.place(&evidence.id)));
        }
        let last = |date: Option<Date>| date.map_or(MISSING, |date| i64::from(date.days()));
        for (column, cell) in [
            (&mut self.days, i64::from(evidence.date.days())),
            (&mut self.last_days, last(evidence.expires)),
        ] {
            if let Column::Single(rows) = column {
                rows.push(cell);
            }
        }
        for (column, value) in self.columns.iter_mut().zip(&evidence.fields) {
            column.push(value.as_ref(), texts);
        }
        let row = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let filed = evidence.competencies.iter();
        self.filed
            .extend(filed.map(|competency| (*competency, row)));
        self.rows.push(Row {
            id: evidence.id,
            date: evidence.date,
            status: evidence.status,
            expires: evidence.expires,
            submitted: evidence.submitted,
            decided: evidence.decided,
            competencies: evidence.competencies,
        });
    }

    /// No more rows are added.
    pub(super) fn finish(&mut self) {
        self.filed.sort_unstable();
        self.filed.dedup();
    }

    /// The row at a place.
    pub(crate) fn row(&self, row: usize) -> Option<&Row> {
        self.rows.get(row)
    }

    /// How many rows are dated before a day, by its number.
    pub(crate) fn before(&self, day: i32) -> usize {
        self.rows.partition_point(|row| row.date.days() < day)
    }

    /// The rows filed for a competency, in order.
    pub(crate) fn filed_for(&self, competency: CompetencyId) -> &[(CompetencyId, u32)] {
        let from = self.filed.partition_point(|(filed, _)| *filed < competency);
        let to = self
            .filed
            .partition_point(|(filed, _)| *filed <= competency);
        self.filed.get(from..to).unwrap_or_default()
    }
}
