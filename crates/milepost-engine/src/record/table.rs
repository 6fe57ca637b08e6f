//! The evidence of one kind: rows in the order of dates, of one date in the order written; and their fields as columns.

use super::column::{Column, MISSING};
use super::texts::Texts;
use super::{Evidence, Status, Suspension};
use crate::Date;
use crate::order;
use crate::plan::{CompetencyId, Constant, Kind, Parts, Type};

/// What every piece of evidence has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) id: String,
    /// The later it was written, the larger.
    pub(super) order: u64,
    pub(crate) date: Date,
    pub(crate) status: Status,
    pub(crate) expires: Option<Date>,
    pub(crate) submitted: Option<Date>,
    pub(crate) decided: Option<Date>,
    pub(crate) suspended: Vec<Suspension>,
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

    /// Adds a row at a place; its values have been checked. The rows filed for competencies are to be settled after it.
    pub(super) fn insert(
        &mut self,
        row: usize,
        evidence: Evidence,
        order: u64,
        names: bool,
        texts: &mut Texts,
    ) {
        if names {
            let name = Constant::Text(evidence.id.clone());
            self.names.insert(row, Some(&name), texts);
        }
        let day = Constant::Date(evidence.date);
        self.days.insert(row, Some(&day), texts);
        let last_day = evidence.expires.map(Constant::Date);
        self.last_days.insert(row, last_day.as_ref(), texts);
        for (column, value) in self.columns.iter_mut().zip(&evidence.fields) {
            column.insert(row, value.as_ref(), texts);
        }
        let own = Row {
            id: evidence.id,
            order,
            date: evidence.date,
            status: evidence.status,
            expires: evidence.expires,
            submitted: evidence.submitted,
            decided: evidence.decided,
            suspended: evidence.suspended,
            competencies: evidence.competencies,
        };
        self.rows.insert(row.min(self.rows.len()), own);
    }

    /// Takes a row out. The rows filed for competencies are to be settled after it.
    pub(super) fn remove(&mut self, row: usize) {
        if row >= self.rows.len() {
            return;
        }
        self.rows.remove(row);
        let built_in = [&mut self.days, &mut self.last_days, &mut self.names];
        for column in self.columns.iter_mut().chain(built_in) {
            column.remove(row);
        }
    }

    /// Settles which rows are filed for which competency, and the levels that follow from scores.
    pub(super) fn settle(&mut self, kind: &Kind, parts: &Parts) {
        self.settle_levels(kind, parts);
        self.filed.clear();
        for (row, own) in (0u32..).zip(&self.rows) {
            let filed = own.competencies.iter();
            self.filed
                .extend(filed.map(|competency| (*competency, row)));
        }
        order::sort(&mut self.filed);
        self.filed.dedup();
    }

    /// Settles the levels that follow from scores, as the cut scores were on the day of each row.
    pub(super) fn settle_levels(&mut self, kind: &Kind, parts: &Parts) {
        for (place, field) in kind.fields.iter().enumerate() {
            let (Some(score), Type::Level(scale)) = (field.from_score, &field.ty) else {
                continue;
            };
            let scale = parts.scales.get(scale.index());
            let scores = self.columns.get(score as usize);
            let rows = self.rows.iter().enumerate();
            let levels = rows.map(|(at, row)| {
                let score = scores.map_or(MISSING, |scores| scores.cell(at, None));
                let cuts = scale.and_then(|scale| scale.cut_scores(row.date));
                let cuts = cuts.filter(|_| score != MISSING);
                cuts.map_or(MISSING, |cuts| i64::from(cuts.level(score)))
            });
            let levels = Column::Single(levels.collect());
            if let Some(column) = self.columns.get_mut(place) {
                *column = levels;
            }
        }
    }

    /// The place of a row of a date that was written at a place.
    pub(super) fn place(&self, date: Date, order: u64) -> usize {
        self.rows
            .partition_point(|row| (row.date, row.order) < (date, order))
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
