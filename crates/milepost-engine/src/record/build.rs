//! Pieces of a record in, each checked against the plan; the record out.

use super::column::Column;
use super::table::Table;
use super::texts::Texts;
use super::{Credential, Evidence, Input, Record};
use crate::Date;
use crate::plan::types::fits;
use crate::plan::{CompetencyId, Constant, FactId, KindId, Plan};

/// The most evidence, and the most credentials, of a record.
pub const RECORDS: usize = 1_000_000;

/// Why a record was refused. Whoever reads records for people checks them first and says it better.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Something is not declared.
    #[error("`{0}` refers to something the programme does not declare")]
    Undeclared(String),
    /// A value is not of the type declared.
    #[error("a value of `{0}` is not of the type the programme declares")]
    Mistyped(String),
    /// Evidence has not one value, or nothing, for each field of its kind.
    #[error("`{0}` does not have the fields of its kind")]
    Fields(String),
    /// There is too much of it.
    #[error("more than {RECORDS} records")]
    TooMany,
}

/// Makes a record of its pieces.
#[derive(Clone, Debug)]
pub struct RecordBuilder<'p> {
    plan: &'p Plan,
    texts: Texts<'p>,
    record: Record,
    /// The evidence, in the order given.
    evidence: Vec<Evidence>,
}

impl<'p> RecordBuilder<'p> {
    /// An empty record for a plan.
    #[must_use]
    pub fn new(plan: &'p Plan) -> Self {
        let parts = plan.parts();
        Self {
            plan,
            texts: Texts::new(plan.texts()),
            record: Record {
                id: String::new(),
                enrolled: None,
                facts: parts
                    .facts
                    .iter()
                    .map(|fact| Column::new(&fact.ty, parts, 0))
                    .collect(),
                tables: Vec::new(),
                credentials: Vec::new(),
                issued: Vec::new(),
                texts: Vec::new(),
                latest: Date::MIN,
                parts: plan.shared(),
            },
            evidence: Vec::new(),
        }
    }

    /// Makes room for so many more pieces of evidence.
    pub fn reserve(&mut self, evidence: usize) {
        self.evidence.reserve(evidence);
    }

    /// The candidate's id.
    pub fn id(&mut self, id: impl Into<String>) {
        self.record.id = id.into();
    }

    /// When the candidate enrolled.
    pub const fn enrolled(&mut self, date: Date) {
        self.record.enrolled = Some(date);
    }

    /// A fact that is known; given again, the first holds.
    ///
    /// # Errors
    ///
    /// The fact is not declared, or the value is not of its type.
    pub fn fact(&mut self, id: FactId, value: Constant) -> Result<(), RecordError> {
        let declared = self.plan.parts().facts.get(id.index());
        let (Some(fact), Some(column)) = (declared, self.record.facts.get_mut(id.index())) else {
            return Err(RecordError::Undeclared(format!("fact {}", id.0)));
        };
        if !fits(&value, &fact.ty, self.plan.parts()) {
            return Err(RecordError::Mistyped(fact.entry.name.clone()));
        }
        column.push(Some(&value), &mut self.texts);
        Ok(())
    }

    fn competency(&self, id: CompetencyId, whose: &str) -> Result<(), RecordError> {
        if id.index() < self.plan.parts().competencies.len() {
            Ok(())
        } else {
            Err(RecordError::Undeclared(whose.to_owned()))
        }
    }

    fn dated(&mut self, days: [Option<Date>; 3]) {
        self.record.latest = days
            .into_iter()
            .flatten()
            .fold(self.record.latest, Date::max);
    }

    /// A piece of evidence; those of one date count as later the later they are added.
    ///
    /// # Errors
    ///
    /// The kind or a competency is not declared, a value is not of its type, or there are too many.
    pub fn evidence(&mut self, evidence: Evidence) -> Result<(), RecordError> {
        let Some(kind) = self.plan.parts().kinds.get(evidence.kind.index()) else {
            return Err(RecordError::Undeclared(evidence.id));
        };
        for competency in &evidence.competencies {
            self.competency(*competency, &evidence.id)?;
        }
        if evidence.fields.len() != kind.fields.len() {
            return Err(RecordError::Fields(evidence.id));
        }
        for (field, value) in kind.fields.iter().zip(&evidence.fields) {
            if value
                .as_ref()
                .is_some_and(|value| !fits(value, &field.ty, self.plan.parts()))
            {
                return Err(RecordError::Mistyped(evidence.id));
            }
        }
        if self.evidence.len() >= RECORDS {
            return Err(RecordError::TooMany);
        }
        self.dated([Some(evidence.date), evidence.submitted, evidence.decided]);
        self.evidence.push(evidence);
        Ok(())
    }

    /// A credential; those issued on one day count as later the later they are added.
    ///
    /// # Errors
    ///
    /// The competency is not declared, or there are too many.
    pub fn credential(&mut self, credential: Credential) -> Result<(), RecordError> {
        self.competency(credential.competency, &credential.id)?;
        if self.record.credentials.len() >= RECORDS {
            return Err(RecordError::TooMany);
        }
        self.dated([
            Some(credential.issued),
            credential.submitted,
            credential.decided,
        ]);
        self.record.credentials.push(credential);
        Ok(())
    }

    /// The record.
    #[must_use]
    pub fn finish(self) -> Record {
        let (mut record, mut texts) = (self.record, self.texts);
        let parts = self.plan.parts();
        // By kind and date; of one date, the order written stays.
        let mut evidence = self.evidence;
        evidence.sort_by_key(|it| (it.kind, it.date));
        let mut evidence = evidence.into_iter();
        record.tables.reserve_exact(parts.kinds.len());
        for (id, kind) in (0..).map(KindId).zip(&parts.kinds) {
            let rows = evidence.as_slice().partition_point(|it| it.kind <= id);
            let mut table = Table::new(kind, parts, rows);
            for evidence in evidence.by_ref().take(rows) {
                table.push(evidence, self.plan.looks_at_ids(), &mut texts);
            }
            table.finish();
            record.tables.push(table);
        }
        record.issued = (0u32..)
            .zip(&record.credentials)
            .map(|(place, it)| (it.competency, place))
            .collect();
        record.issued.sort_unstable();
        record.texts = texts.finish();
        record
    }
}

impl Record {
    /// A record of what is known of a candidate.
    ///
    /// # Errors
    ///
    /// Something in it is not declared, not of its type, or too much.
    pub fn new(plan: &Plan, input: Input) -> Result<Self, RecordError> {
        let mut builder = RecordBuilder::new(plan);
        builder.id(input.id);
        if let Some(date) = input.enrolled {
            builder.enrolled(date);
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
}
