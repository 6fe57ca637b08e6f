//! The record: what is known of a candidate, as columns per kind of evidence.

use std::collections::BTreeMap;

use crate::outcome::RecordRef;
use crate::plan::{CompetencyId, Constant, FactId, KindId, Type};
use crate::{Date, Decimal, Plan};

/// The status of a piece of evidence or a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Status {
    /// It counts.
    #[default]
    Accepted,
    /// It may come to count.
    UnderReview,
    /// It was not submitted.
    Draft,
    /// It was sent back.
    Returned,
    /// It does not count for now.
    Suspended,
    /// It no longer counts.
    Revoked,
}

/// A piece of evidence to put into a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Its id, unique among evidence and credentials of the candidate.
    pub id: String,
    /// Its kind.
    pub kind: KindId,
    /// Its day.
    pub date: Date,
    /// Its status now.
    pub status: Status,
    /// The competencies it is filed for.
    pub competencies: Vec<CompetencyId>,
    /// The last day it counts.
    pub expires: Option<Date>,
    /// When it was submitted.
    pub submitted: Option<Date>,
    /// When its status was decided.
    pub decided: Option<Date>,
    /// One for each field of its kind, in their order; nothing where it is missing.
    pub fields: Vec<Option<Constant>>,
}

/// A credential on a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub competency: CompetencyId,
    /// When it was issued.
    pub issued: Date,
    /// Its status now.
    pub status: Status,
    /// The last day it counts, if it says so itself.
    pub expires: Option<Date>,
    /// When it was submitted.
    pub submitted: Option<Date>,
    /// When its status was decided.
    pub decided: Option<Date>,
}

/// What is known of a candidate, before it is put into columns.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Input {
    /// The candidate's id.
    pub id: String,
    /// When the candidate enrolled.
    pub enrolled: Option<Date>,
    /// The facts that are known.
    pub facts: Vec<(FactId, Constant)>,
    /// The evidence, in the order written.
    pub evidence: Vec<Evidence>,
    /// The credentials, in the order written.
    pub credentials: Vec<Credential>,
}

/// Why something cannot be put into a record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// The plan has no such fact, kind or competency.
    #[error("the programme has no such fact, kind of evidence or competency")]
    Unknown,
    /// A value is not of its type.
    #[error("a value is not of its type")]
    Value,
    /// There are too many pieces of evidence.
    #[error("more than {EVIDENCE} pieces of evidence")]
    TooMany,
}

/// How many pieces of evidence a record holds at most.
pub const EVIDENCE: usize = 1_000_000;

/// One value in the engine's terms: numbers in millionths, days by their number, levels and choices by their place, yes as 1,
/// texts by their place among the record's texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Missing,
    Scalar(i64),
    Rubric(Vec<Option<u16>>),
    List(Vec<i64>),
}

/// The values of one field, a row for each record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    Scalar { values: Vec<i64>, known: Vec<bool> },
    Other(Vec<Cell>),
}

impl Column {
    pub(crate) fn scalar(&self, row: usize) -> Option<i64> {
        match self {
            Self::Scalar { values, known } => {
                if known.get(row).copied().unwrap_or(false) {
                    values.get(row).copied()
                } else {
                    None
                }
            }
            Self::Other(_) => None,
        }
    }

    pub(crate) fn other(&self, row: usize) -> Option<&Cell> {
        match self {
            Self::Scalar { .. } => None,
            Self::Other(cells) => cells.get(row).filter(|cell| **cell != Cell::Missing),
        }
    }

    pub(crate) fn is_known(&self, row: usize) -> bool {
        self.scalar(row).is_some() || self.other(row).is_some()
    }

    fn push(&mut self, cell: Cell) {
        match (self, cell) {
            (Self::Scalar { values, known }, Cell::Scalar(value)) => {
                values.push(value);
                known.push(true);
            }
            (Self::Scalar { values, known }, _) => {
                values.push(0);
                known.push(false);
            }
            (Self::Other(cells), cell) => cells.push(cell),
        }
    }

    fn reordered(&self, order: &[u32]) -> Self {
        match self {
            Self::Scalar { values, known } => Self::Scalar {
                values: pick(values, order),
                known: pick(known, order),
            },
            Self::Other(cells) => Self::Other(pick(cells, order)),
        }
    }
}

fn pick<T: Clone>(values: &[T], order: &[u32]) -> Vec<T> {
    order
        .iter()
        .filter_map(|&row| values.get(row as usize).cloned())
        .collect()
}

/// The records of one kind, by date and then as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) ids: Vec<String>,
    pub(crate) dates: Vec<Date>,
    pub(crate) statuses: Vec<Status>,
    pub(crate) expires: Vec<Option<Date>>,
    pub(crate) submitted: Vec<Option<Date>>,
    pub(crate) decided: Vec<Option<Date>>,
    /// For each competency of the plan that any record is filed for, one bit a row.
    pub(crate) filed: BTreeMap<CompetencyId, Vec<u64>>,
    competencies: Vec<Vec<CompetencyId>>,
    pub(crate) fields: Vec<Column>,
}

impl Columns {
    pub(crate) fn len(&self) -> usize {
        self.dates.len()
    }

    fn sort(&mut self) {
        let rows = u32::try_from(self.len()).unwrap_or(u32::MAX);
        let mut order: Vec<u32> = (0..rows).collect();
        if !self.dates.is_sorted() {
            order.sort_by_key(|&row| self.dates.get(row as usize).copied());
            self.ids = pick(&self.ids, &order);
            self.dates = pick(&self.dates, &order);
            self.statuses = pick(&self.statuses, &order);
            self.expires = pick(&self.expires, &order);
            self.submitted = pick(&self.submitted, &order);
            self.decided = pick(&self.decided, &order);
            self.competencies = pick(&self.competencies, &order);
            self.fields = self
                .fields
                .iter()
                .map(|column| column.reordered(&order))
                .collect();
        }
        let words = self.len().div_ceil(64);
        for (row, competencies) in self.competencies.iter().enumerate() {
            for competency in competencies {
                let bits = self
                    .filed
                    .entry(*competency)
                    .or_insert_with(|| vec![0; words]);
                if let Some(word) = bits.get_mut(row / 64) {
                    *word |= 1 << (row % 64);
                }
            }
        }
    }
}

/// What is known of a candidate, ready to evaluate against the plan it was made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    id: String,
    enrolled: Option<Date>,
    pub(crate) facts: Vec<Cell>,
    pub(crate) kinds: Vec<Columns>,
    pub(crate) credentials: Vec<Credential>,
    pub(crate) texts: Vec<String>,
    /// The latest day anything in it bears.
    pub(crate) latest: Option<Date>,
    types: Vec<Vec<Type>>,
    fact_types: Vec<Type>,
}

impl Record {
    /// Puts what is known of a candidate into columns.
    ///
    /// # Errors
    ///
    /// Something does not fit the plan.
    pub fn new(plan: &Plan, input: Input) -> Result<Self, RecordError> {
        let mut builder = RecordBuilder::new(plan);
        builder.id(input.id);
        if let Some(enrolled) = input.enrolled {
            builder.enrolled(enrolled);
        }
        for (fact, value) in input.facts {
            builder.fact(fact, value)?;
        }
        for evidence in input.evidence {
            builder.evidence(evidence)?;
        }
        for credential in input.credentials {
            builder.credential(credential)?;
        }
        Ok(builder.finish())
    }

    /// The candidate's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// When the candidate enrolled.
    #[must_use]
    pub const fn enrolled(&self) -> Option<Date> {
        self.enrolled
    }

    /// How many records of a kind there are.
    #[must_use]
    pub fn rows(&self, kind: KindId) -> usize {
        self.kinds.get(kind.index()).map_or(0, Columns::len)
    }

    /// The id of a record.
    #[must_use]
    pub fn record_id(&self, record: RecordRef) -> &str {
        self.columns(record)
            .and_then(|columns| columns.ids.get(record.row as usize))
            .map_or("", String::as_str)
    }

    /// The day of a record.
    #[must_use]
    pub fn date(&self, record: RecordRef) -> Option<Date> {
        self.columns(record)?
            .dates
            .get(record.row as usize)
            .copied()
    }

    /// The status of a record now.
    #[must_use]
    pub fn status(&self, record: RecordRef) -> Option<Status> {
        self.columns(record)?
            .statuses
            .get(record.row as usize)
            .copied()
    }

    /// The last day a record counts.
    #[must_use]
    pub fn expires(&self, record: RecordRef) -> Option<Date> {
        self.columns(record)?
            .expires
            .get(record.row as usize)
            .copied()
            .flatten()
    }

    /// The competencies a record is filed for.
    #[must_use]
    pub fn competencies(&self, record: RecordRef) -> &[CompetencyId] {
        let competencies = self
            .columns(record)
            .and_then(|columns| columns.competencies.get(record.row as usize));
        competencies.map_or(&[], Vec::as_slice)
    }

    /// The value of a field of a record, if it is not missing.
    #[must_use]
    pub fn value(&self, record: RecordRef, field: u32) -> Option<Constant> {
        let column = self.columns(record)?.fields.get(field as usize)?;
        let ty = self.types.get(record.kind.index())?.get(field as usize)?;
        match column.scalar(record.row as usize) {
            Some(value) => self.constant(ty, value),
            None => self.cell(ty, column.other(record.row as usize)?),
        }
    }

    /// The value of a fact, if it is known.
    #[must_use]
    pub fn fact(&self, fact: FactId) -> Option<Constant> {
        self.cell(
            self.fact_types.get(fact.index())?,
            self.facts.get(fact.index())?,
        )
    }

    /// The credentials, in the order written.
    #[must_use]
    pub fn credentials(&self) -> &[Credential] {
        &self.credentials
    }

    fn columns(&self, record: RecordRef) -> Option<&Columns> {
        self.kinds.get(record.kind.index())
    }

    fn cell(&self, ty: &Type, cell: &Cell) -> Option<Constant> {
        match (cell, ty) {
            (Cell::Missing, _) => None,
            (Cell::Scalar(value), ty) => self.constant(ty, *value),
            (Cell::Rubric(levels), _) => Some(Constant::Rubric(levels.clone())),
            (Cell::List(items), Type::List(item)) => items
                .iter()
                .map(|value| self.constant(item, *value))
                .collect::<Option<_>>()
                .map(Constant::List),
            (Cell::List(_), _) => None,
        }
    }

    fn constant(&self, ty: &Type, value: i64) -> Option<Constant> {
        Some(match ty {
            Type::Number(..) | Type::Whole(..) => Constant::Number(Decimal::from_micros(value)?),
            Type::YesNo => Constant::YesNo(value == 1),
            Type::Date => Constant::Date(Date::from_days(i32::try_from(value).ok()?)?),
            Type::Text => Constant::Text(self.texts.get(usize::try_from(value).ok()?)?.clone()),
            Type::Level(_) | Type::Choice(_) => Constant::Ordinal(u16::try_from(value).ok()?),
            Type::Rubric(_) | Type::List(_) => return None,
        })
    }
}

/// Builds a record, value by value.
#[derive(Debug)]
pub struct RecordBuilder<'p> {
    plan: &'p Plan,
    record: Record,
    places: BTreeMap<String, i64>,
    evidence: usize,
}

impl<'p> RecordBuilder<'p> {
    /// An empty record for a plan.
    #[must_use]
    pub fn new(plan: &'p Plan) -> Self {
        let parts = plan.parts();
        let kinds = parts.kinds.iter().map(|kind| Columns {
            fields: kind.fields.iter().map(|field| column(&field.ty)).collect(),
            ..Columns::default()
        });
        let types = parts
            .kinds
            .iter()
            .map(|kind| kind.fields.iter().map(|field| field.ty.clone()).collect());
        let record = Record {
            id: String::new(),
            enrolled: None,
            facts: vec![Cell::Missing; parts.facts.len()],
            kinds: kinds.collect(),
            credentials: Vec::new(),
            texts: Vec::new(),
            latest: None,
            types: types.collect(),
            fact_types: parts.facts.iter().map(|fact| fact.ty.clone()).collect(),
        };
        Self {
            plan,
            record,
            places: BTreeMap::new(),
            evidence: 0,
        }
    }

    /// The candidate's id.
    pub fn id(&mut self, id: impl Into<String>) {
        self.record.id = id.into();
    }

    /// When the candidate enrolled.
    pub fn enrolled(&mut self, date: Date) {
        self.record.enrolled = Some(date);
    }

    /// A fact.
    ///
    /// # Errors
    ///
    /// There is no such fact, or the value is not of its type.
    pub fn fact(&mut self, fact: FactId, value: Constant) -> Result<(), RecordError> {
        let plan = self.plan;
        let ty = &plan
            .parts()
            .facts
            .get(fact.index())
            .ok_or(RecordError::Unknown)?
            .ty;
        let cell = self.checked(ty, value)?;
        *self
            .record
            .facts
            .get_mut(fact.index())
            .ok_or(RecordError::Unknown)? = cell;
        Ok(())
    }

    /// A piece of evidence.
    ///
    /// # Errors
    ///
    /// There is no such kind or competency, a value is not of its type, or there are too many.
    pub fn evidence(&mut self, evidence: Evidence) -> Result<(), RecordError> {
        let plan = self.plan;
        let kind = plan
            .parts()
            .kinds
            .get(evidence.kind.index())
            .ok_or(RecordError::Unknown)?;
        if self.evidence >= EVIDENCE {
            return Err(RecordError::TooMany);
        }
        let competencies = plan.parts().competencies.len();
        if evidence
            .competencies
            .iter()
            .any(|competency| competency.index() >= competencies)
        {
            return Err(RecordError::Unknown);
        }
        if evidence.fields.len() != kind.fields.len() {
            return Err(RecordError::Value);
        }
        let mut cells = Vec::with_capacity(kind.fields.len());
        for (field, value) in kind.fields.iter().zip(evidence.fields) {
            cells.push(match value {
                Some(value) => self.checked(&field.ty, value)?,
                None => Cell::Missing,
            });
        }
        self.evidence += 1;
        self.record.latest = self
            .record
            .latest
            .max(Some(evidence.date))
            .max(evidence.submitted)
            .max(evidence.decided);
        let columns = self
            .record
            .kinds
            .get_mut(evidence.kind.index())
            .ok_or(RecordError::Unknown)?;
        for (column, cell) in columns.fields.iter_mut().zip(cells) {
            column.push(cell);
        }
        columns.ids.push(evidence.id);
        columns.dates.push(evidence.date);
        columns.statuses.push(evidence.status);
        columns.expires.push(evidence.expires);
        columns.submitted.push(evidence.submitted);
        columns.decided.push(evidence.decided);
        columns.competencies.push(evidence.competencies);
        Ok(())
    }

    /// A credential.
    ///
    /// # Errors
    ///
    /// There is no such competency, or there are too many.
    pub fn credential(&mut self, credential: Credential) -> Result<(), RecordError> {
        if credential.competency.index() >= self.plan.parts().competencies.len() {
            return Err(RecordError::Unknown);
        }
        if self.record.credentials.len() >= EVIDENCE {
            return Err(RecordError::TooMany);
        }
        let latest = self.record.latest.max(Some(credential.issued));
        self.record.latest = latest.max(credential.submitted).max(credential.decided);
        self.record.credentials.push(credential);
        Ok(())
    }

    /// The record.
    #[must_use]
    pub fn finish(mut self) -> Record {
        for columns in &mut self.record.kinds {
            columns.sort();
        }
        self.record
    }

    fn checked(&mut self, ty: &Type, value: Constant) -> Result<Cell, RecordError> {
        let parts = self.plan.parts();
        match (ty, value) {
            (Type::Rubric(rubric), Constant::Rubric(levels)) => {
                let rubric = parts
                    .rubrics
                    .get(rubric.index())
                    .ok_or(RecordError::Value)?;
                let scale = parts
                    .scales
                    .get(rubric.scale.index())
                    .ok_or(RecordError::Value)?;
                let fits = levels
                    .iter()
                    .flatten()
                    .all(|&level| usize::from(level) < scale.levels.len());
                if levels.len() == rubric.criteria.len() && fits {
                    Ok(Cell::Rubric(levels))
                } else {
                    Err(RecordError::Value)
                }
            }
            (Type::List(item), Constant::List(values)) => {
                let cells = values
                    .into_iter()
                    .map(|value| self.scalar(item, value))
                    .collect::<Result<_, _>>()?;
                Ok(Cell::List(cells))
            }
            (ty, value) => self.scalar(ty, value).map(Cell::Scalar),
        }
    }

    fn scalar(&mut self, ty: &Type, value: Constant) -> Result<i64, RecordError> {
        let parts = self.plan.parts();
        match (ty, value) {
            (
                Type::Number(lowest, highest) | Type::Whole(lowest, highest),
                Constant::Number(number),
            ) => {
                let whole = matches!(ty, Type::Whole(..));
                if number < *lowest || number > *highest || (whole && !number.is_whole()) {
                    return Err(RecordError::Value);
                }
                Ok(number.micros())
            }
            (Type::YesNo, Constant::YesNo(answer)) => Ok(i64::from(answer)),
            (Type::Date, Constant::Date(date)) => Ok(i64::from(date.days())),
            (Type::Level(scale), Constant::Ordinal(level)) => {
                let levels = parts
                    .scales
                    .get(scale.index())
                    .map_or(0, |scale| scale.levels.len());
                if usize::from(level) < levels {
                    Ok(i64::from(level))
                } else {
                    Err(RecordError::Value)
                }
            }
            (Type::Choice(choices), Constant::Ordinal(choice)) => {
                if usize::from(choice) < choices.len() {
                    Ok(i64::from(choice))
                } else {
                    Err(RecordError::Value)
                }
            }
            (Type::Text, Constant::Text(text)) => Ok(self.place(text)),
            _ => Err(RecordError::Value),
        }
    }

    /// The place of a text among the record's texts.
    fn place(&mut self, text: String) -> i64 {
        if let Some(place) = self.places.get(&text) {
            return *place;
        }
        let place = i64::try_from(self.record.texts.len()).unwrap_or(i64::MAX);
        self.record.texts.push(text.clone());
        self.places.insert(text, place);
        place
    }
}

fn column(ty: &Type) -> Column {
    match ty {
        Type::Rubric(_) | Type::List(_) => Column::Other(Vec::new()),
        _ => Column::Scalar {
            values: Vec::new(),
            known: Vec::new(),
        },
    }
}
