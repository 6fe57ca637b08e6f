//! The evidence of one kind as columns, in the order of dates; of one date, in the order written.

use super::column::{Column, MISSING, reorder};
use super::texts::Texts;
use super::{Evidence, Status};
use crate::Date;
use crate::plan::{CompetencyId, Kind, Parts};

/// The evidence of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub(super) ids: Vec<Box<str>>,
    pub(crate) dates: Vec<Date>,
    pub(crate) status: Vec<Status>,
    pub(crate) expires: Vec<Option<Date>>,
    pub(crate) submitted: Vec<Option<Date>>,
    pub(crate) decided: Vec<Option<Date>>,
    /// A column for each field of the kind.
    pub(crate) columns: Vec<Column>,
    /// The dates once more, as a column.
    pub(crate) days: Column,
    /// The last days that count, as a column.
    pub(crate) last_days: Column,
    /// The ids as texts, as a column; empty unless the plan looks at ids.
    pub(crate) names: Column,
    /// The competencies that rows are filed for, and for each row where its own begin and end.
    competencies: Vec<CompetencyId>,
    own_competencies: Vec<(usize, usize)>,
    /// Every competency and row filed for it, in order.
    filed: Vec<(CompetencyId, u32)>,
}

impl Table {
    pub(super) fn new(kind: &Kind, parts: &Parts) -> Self {
        Self {
            ids: Vec::new(),
            dates: Vec::new(),
            status: Vec::new(),
            expires: Vec::new(),
            submitted: Vec::new(),
            decided: Vec::new(),
            columns: kind
                .fields
                .iter()
                .map(|field| Column::new(&field.ty, parts))
                .collect(),
            days: Column::Single(Vec::new()),
            last_days: Column::Single(Vec::new()),
            names: Column::Single(Vec::new()),
            competencies: Vec::new(),
            own_competencies: Vec::new(),
            filed: Vec::new(),
        }
    }

    /// How many rows there are.
    pub(crate) const fn rows(&self) -> usize {
        self.dates.len()
    }

    /// Adds a row; its values have been checked.
    pub(super) fn push(&mut self, evidence: Evidence, names: bool, texts: &mut Texts<'_>) {
        if names && let Column::Single(rows) = &mut self.names {
            rows.push(i64::from(texts.place(&evidence.id)));
        }
        self.ids.push(evidence.id.into_boxed_str());
        self.dates.push(evidence.date);
        self.status.push(evidence.status);
        self.expires.push(evidence.expires);
        self.submitted.push(evidence.submitted);
        self.decided.push(evidence.decided);
        for (column, value) in self.columns.iter_mut().zip(&evidence.fields) {
            column.push(value.as_ref(), texts);
        }
        let start = self.competencies.len();
        self.competencies.extend(evidence.competencies);
        self.own_competencies.push((start, self.competencies.len()));
    }

    /// Puts the rows into their order.
    pub(super) fn finish(&mut self) {
        let rows = u32::try_from(self.rows()).unwrap_or(u32::MAX);
        if !self.dates.is_sorted() {
            let mut order: Vec<u32> = (0..rows).collect();
            order.sort_by_key(|row| self.dates.get(*row as usize).copied());
            self.reorder(&order);
        }
        for (row, (start, end)) in (0u32..).zip(&self.own_competencies) {
            let own = self.competencies.get(*start..*end).unwrap_or_default();
            self.filed
                .extend(own.iter().map(|competency| (*competency, row)));
        }
        self.filed.sort_unstable();
        self.filed.dedup();
        self.days = Column::Single(
            self.dates
                .iter()
                .map(|date| i64::from(date.days()))
                .collect(),
        );
        let last = |date: &Option<Date>| date.map_or(MISSING, |date| i64::from(date.days()));
        self.last_days = Column::Single(self.expires.iter().map(last).collect());
    }

    fn reorder(&mut self, order: &[u32]) {
        reorder(&mut self.ids, order);
        reorder(&mut self.dates, order);
        reorder(&mut self.status, order);
        reorder(&mut self.expires, order);
        reorder(&mut self.submitted, order);
        reorder(&mut self.decided, order);
        for column in &mut self.columns {
            column.reorder(order);
        }
        self.names.reorder(order);
        reorder(&mut self.own_competencies, order);
    }

    /// The competencies a row is filed for, in the order written.
    pub(crate) fn competencies(&self, row: usize) -> &[CompetencyId] {
        let own = self.own_competencies.get(row).copied();
        own.and_then(|(start, end)| self.competencies.get(start..end))
            .unwrap_or_default()
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
