//! Pieces of a record in, each checked against the plan; the record out.

use std::sync::Arc;

use super::column::Column;
use super::post::{Posts, fits_post};
use super::table::Table;
use super::texts::Texts;
use super::{Credential, Evidence, Input, Post, Record, Suspension, Waiver};
use crate::Date;
use crate::order;
use crate::plan::types::fits;
use crate::plan::{CompetencyId, Constant, FactId, KindId, Plan};

/// The most evidence, the most credentials, and the most waivers, of a record.
pub const RECORDS: usize = 1_000_000;
/// The most pieces of evidence, each as often as requirements look at its kind: an outcome tells of each requirement what counted
/// and what nearly did.
pub const LOOKS: usize = 10_000_000;

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
    /// An outcome would have to tell of too many.
    #[error(
        "more than 10 000 000 pieces of evidence in all, each counted once for every requirement on its kind"
    )]
    TooMuch,
}

/// Makes a record of its pieces.
#[derive(Clone, Debug)]
pub struct RecordBuilder<'p> {
    plan: &'p Plan,
    record: Record,
    /// The evidence, in the order given.
    evidence: Vec<(u64, Evidence)>,
    /// How often requirements look at it.
    looks: usize,
}

impl<'p> RecordBuilder<'p> {
    /// An empty record for a plan.
    #[must_use]
    pub fn new(plan: &'p Plan) -> Self {
        let parts = plan.parts();
        Self {
            plan,
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
                waivers: Vec::new(),
                waived: Vec::new(),
                posts: Posts::default(),
                texts: Texts::new(plan.texts()),
                written: 0,
                latest: Date::MIN,
                parts: plan.shared(),
                versions: Arc::clone(plan.versions()),
            },
            evidence: Vec::new(),
            looks: 0,
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
        fact(self.plan, id, &value)?;
        if let Some(column) = self.record.facts.get_mut(id.index()) {
            column.push(Some(&value), &mut self.record.texts);
        }
        Ok(())
    }

    /// A piece of evidence; those of one date count as later the later they are added.
    ///
    /// # Errors
    ///
    /// The kind or a competency is not declared, a value is not of its type, or there are too many.
    pub fn evidence(&mut self, evidence: Evidence) -> Result<(), RecordError> {
        fits_evidence(self.plan, &evidence)?;
        if self.evidence.len() >= RECORDS {
            return Err(RecordError::TooMany);
        }
        let looks = self
            .looks
            .saturating_add(self.plan.looking_at(evidence.kind));
        if looks > LOOKS {
            return Err(RecordError::TooMuch);
        }
        self.looks = looks;
        self.record.latest = self.record.latest.max(latest_of(&evidence));
        self.evidence.push((self.record.written, evidence));
        self.record.written += 1;
        Ok(())
    }

    /// A credential; those issued on one day count as later the later they are added.
    ///
    /// # Errors
    ///
    /// The competency is not declared, or there are too many.
    pub fn credential(&mut self, credential: Credential) -> Result<(), RecordError> {
        competency(self.plan, credential.competency, &credential.id)?;
        if self.record.credentials.len() >= RECORDS {
            return Err(RecordError::TooMany);
        }
        self.record.latest = self.record.latest.max(latest_of_credential(&credential));
        self.record.credentials.push(credential);
        Ok(())
    }

    /// A waiver; that there is no such requirement or authority shows in the outcome.
    ///
    /// # Errors
    ///
    /// There are too many.
    pub fn waiver(&mut self, waiver: Waiver) -> Result<(), RecordError> {
        if self.record.waivers.len() >= RECORDS {
            return Err(RecordError::TooMany);
        }
        self.record.latest = self.record.latest.max(waiver.granted);
        self.record
            .waived
            .push(self.plan.requirement(&waiver.requirement));
        self.record.waivers.push(waiver);
        Ok(())
    }

    /// A post; those that began on one day count as later the later they are added.
    ///
    /// # Errors
    ///
    /// The role is not declared or has no such stage, or there are too many.
    pub fn post(&mut self, post: Post) -> Result<(), RecordError> {
        fits_post(self.plan, &post)?;
        if self.record.posts.written.len() >= RECORDS {
            return Err(RecordError::TooMany);
        }
        self.record.latest = self.record.latest.max(post.from);
        self.record.posts.written.push(post);
        Ok(())
    }

    /// The record.
    #[must_use]
    pub fn finish(self) -> Record {
        let mut record = self.record;
        let parts = self.plan.parts();
        // By kind and date; of one date, in the order written.
        let mut evidence = self.evidence;
        order::sort_by(&mut evidence, |(_, one), (_, other)| {
            (one.kind, one.date).cmp(&(other.kind, other.date))
        });
        let mut evidence = evidence.into_iter();
        record.tables.reserve_exact(parts.kinds.len());
        for (id, kind) in (0..).map(KindId).zip(&parts.kinds) {
            let rows = evidence.as_slice().partition_point(|(_, it)| it.kind <= id);
            let mut table = Table::new(kind, parts, rows);
            for (order, evidence) in evidence.by_ref().take(rows) {
                let names = self.plan.looks_at_ids();
                table.insert(usize::MAX, evidence, order, names, &mut record.texts);
            }
            table.settle(kind, parts);
            record.tables.push(table);
        }
        record.settle_credentials();
        record.posts.settle(self.plan.versions(), parts);
        record
    }
}

/// Whether a fact is declared, and a value of its type.
pub(super) fn fact(plan: &Plan, id: FactId, value: &Constant) -> Result<(), RecordError> {
    let Some(fact) = plan.parts().facts.get(id.index()) else {
        return Err(RecordError::Undeclared(format!("fact {}", id.0)));
    };
    if fits(value, &fact.ty, plan.parts()) {
        Ok(())
    } else {
        Err(RecordError::Mistyped(fact.entry.name.clone()))
    }
}

/// Whether a competency is declared.
pub(super) fn competency(plan: &Plan, id: CompetencyId, whose: &str) -> Result<(), RecordError> {
    if id.index() < plan.parts().competencies.len() {
        Ok(())
    } else {
        Err(RecordError::Undeclared(whose.to_owned()))
    }
}

/// Whether a piece of evidence is of a kind, and all it has of the types declared.
pub(super) fn fits_evidence(plan: &Plan, evidence: &Evidence) -> Result<(), RecordError> {
    let Some(kind) = plan.parts().kinds.get(evidence.kind.index()) else {
        return Err(RecordError::Undeclared(evidence.id.clone()));
    };
    for id in &evidence.competencies {
        competency(plan, *id, &evidence.id)?;
    }
    if evidence.fields.len() != kind.fields.len() {
        return Err(RecordError::Fields(evidence.id.clone()));
    }
    let mut fields = kind.fields.iter().zip(&evidence.fields);
    let of_type = fields.all(|(field, value)| {
        let value = value.as_ref();
        value.is_none_or(|value| field.from_score.is_none() && fits(value, &field.ty, plan.parts()))
    });
    if of_type {
        Ok(())
    } else {
        Err(RecordError::Mistyped(evidence.id.clone()))
    }
}

/// The latest day a piece of evidence is dated.
fn latest_of(evidence: &Evidence) -> Date {
    let days = [
        evidence.submitted,
        evidence.decided,
        began_last(&evidence.suspended),
    ];
    days.into_iter().flatten().fold(evidence.date, Date::max)
}

/// The day on which the last suspension began.
pub(super) fn began_last(suspended: &[Suspension]) -> Option<Date> {
    suspended.iter().map(|suspension| suspension.from).max()
}

/// The latest day a credential is dated.
fn latest_of_credential(credential: &Credential) -> Date {
    let days = [
        credential.submitted,
        credential.decided,
        began_last(&credential.suspended),
    ];
    days.into_iter()
        .flatten()
        .fold(credential.issued, Date::max)
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
        for waiver in input.waivers {
            builder.waiver(waiver)?;
        }
        for post in input.posts {
            builder.post(post)?;
        }
        Ok(builder.finish())
    }
}
