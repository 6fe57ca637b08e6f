//! Changes of a record: what is added, replaced, removed or learnt in, the same record with only that touched out.
//!
//! A record that was changed is the one that would have been made of what it holds now, in the order written: what is
//! added is written last, what is replaced keeps its place.

use super::build::{LOOKS, RECORDS, began_last, competency, fact, fits_evidence};
use super::column::Column;
use super::post::fits_post;
use super::{Credential, Evidence, Post, Record, RecordError};
use crate::Date;
use crate::order;
use crate::outcome::RecordRef;
use crate::plan::{Constant, FactId, KindId, Plan};

impl Record {
    /// The evidence, credential, waiver or post of an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<Held> {
        let credential = self.credentials.iter().position(|it| it.id == id);
        if let Some(place) = credential {
            return Some(Held::Credential(place));
        }
        let waiver = self
            .waivers
            .iter()
            .position(|it| it.id.as_deref() == Some(id));
        if let Some(place) = waiver {
            return Some(Held::Waiver(place));
        }
        let posts = self.posts_written().iter();
        if let Some(place) = posts
            .map(|it| it.id.as_deref())
            .position(|own| own == Some(id))
        {
            return Some(Held::Post(place));
        }
        (0u32..).zip(&self.tables).find_map(|(kind, table)| {
            let row = table.rows.iter().position(|row| row.id == id)?;
            Some(Held::Evidence(RecordRef {
                kind: KindId(kind),
                row: u32::try_from(row).ok()?,
            }))
        })
    }

    /// How many pieces of evidence there are.
    #[must_use]
    pub fn evidence_count(&self) -> usize {
        self.tables.iter().map(|table| table.rows.len()).sum()
    }

    /// How many pieces of evidence were written before one.
    #[must_use]
    pub fn written_before(&self, evidence: RecordRef) -> usize {
        let order = self.row(evidence).map_or(u64::MAX, |row| row.order);
        let rows = self.tables.iter().flat_map(|table| &table.rows);
        rows.filter(|row| row.order < order).count()
    }

    /// A piece of evidence as it was put in.
    #[must_use]
    pub fn evidence(&self, at: RecordRef) -> Option<Evidence> {
        let row = self.row(at)?;
        let kind = self.parts.kinds.get(at.kind.index())?;
        let fields = (0u32..).zip(&kind.fields);
        Some(Evidence {
            id: row.id.clone(),
            kind: at.kind,
            date: row.date,
            status: row.status,
            competencies: row.competencies.clone(),
            expires: row.expires,
            submitted: row.submitted,
            decided: row.decided,
            suspended: row.suspended.clone(),
            fields: fields
                .map(|(place, field)| match field.from_score {
                    Some(_) => None,
                    None => self.value(at, place),
                })
                .collect(),
        })
    }

    /// Adds a piece of evidence, written after all others.
    ///
    /// # Errors
    ///
    /// It does not fit the programme, or there are too many.
    pub fn add(&mut self, plan: &Plan, evidence: Evidence) -> Result<(), RecordError> {
        fits_evidence(plan, &evidence)?;
        if self.evidence_count() >= RECORDS {
            return Err(RecordError::TooMany);
        }
        let looks = (0..)
            .map(KindId)
            .zip(&self.tables)
            .fold(0_usize, |all, (kind, table)| {
                all.saturating_add(table.rows().saturating_mul(plan.looking_at(kind)))
            });
        if looks.saturating_add(plan.looking_at(evidence.kind)) > LOOKS {
            return Err(RecordError::TooMuch);
        }
        let order = self.written;
        self.written += 1;
        self.put(plan, evidence, order);
        self.settle_latest();
        Ok(())
    }

    /// Puts a piece of evidence in the place of another.
    ///
    /// # Errors
    ///
    /// It does not fit the programme.
    pub fn replace(
        &mut self,
        plan: &Plan,
        at: RecordRef,
        evidence: Evidence,
    ) -> Result<(), RecordError> {
        fits_evidence(plan, &evidence)?;
        let Some(order) = self.row(at).map(|row| row.order) else {
            return Err(RecordError::Undeclared(evidence.id));
        };
        self.take(at);
        self.put(plan, evidence, order);
        self.settle_latest();
        Ok(())
    }

    /// Takes a piece of evidence out.
    pub fn remove(&mut self, at: RecordRef) {
        self.take(at);
        self.settle_table(at.kind);
        self.settle_latest();
    }

    fn take(&mut self, at: RecordRef) {
        if let Some(table) = self.tables.get_mut(at.kind.index()) {
            table.remove(at.row as usize);
        }
    }

    fn put(&mut self, plan: &Plan, evidence: Evidence, order: u64) {
        let kind = evidence.kind;
        if let Some(table) = self.tables.get_mut(kind.index()) {
            let row = table.place(evidence.date, order);
            let names = plan.looks_at_ids();
            table.insert(row, evidence, order, names, &mut self.texts);
        }
        self.settle_table(kind);
    }

    fn settle_table(&mut self, id: KindId) {
        let kind = self.parts.kinds.get(id.index());
        if let Some((table, kind)) = self.tables.get_mut(id.index()).zip(kind) {
            table.settle(kind, &self.parts);
        }
    }

    /// Learns a fact, or forgets it.
    ///
    /// # Errors
    ///
    /// The fact is not declared, or the value is not of its type.
    pub fn set_fact(
        &mut self,
        plan: &Plan,
        id: FactId,
        value: Option<&Constant>,
    ) -> Result<(), RecordError> {
        if let Some(value) = value {
            fact(plan, id, value)?;
        }
        let declared = plan.parts().facts.get(id.index());
        if let (Some(column), Some(declared)) = (self.facts.get_mut(id.index()), declared) {
            *column = Column::new(&declared.ty, plan.parts(), 0);
            if value.is_some() {
                column.push(value, &mut self.texts);
            }
        }
        Ok(())
    }

    /// When the candidate enrolled, if that is known.
    pub const fn set_enrolled(&mut self, date: Option<Date>) {
        self.enrolled = date;
    }

    /// Adds a credential after all others, or puts it in the place of one.
    ///
    /// # Errors
    ///
    /// It does not fit the programme, or there are too many.
    pub fn put_credential(
        &mut self,
        plan: &Plan,
        at: Option<usize>,
        credential: Credential,
    ) -> Result<(), RecordError> {
        competency(plan, credential.competency, &credential.id)?;
        if let Some(other) = at.and_then(|at| self.credentials.get_mut(at)) {
            *other = credential;
        } else if self.credentials.len() < RECORDS {
            self.credentials.push(credential);
        } else {
            return Err(RecordError::TooMany);
        }
        self.settle_credentials();
        self.settle_latest();
        Ok(())
    }

    /// Takes a credential out.
    pub fn remove_credential(&mut self, at: usize) {
        if at < self.credentials.len() {
            self.credentials.remove(at);
        }
        self.settle_credentials();
        self.settle_latest();
    }

    /// Adds a post after all others, or puts it in the place of one.
    ///
    /// # Errors
    ///
    /// It does not fit the programme, or there are too many.
    pub fn put_post(
        &mut self,
        plan: &Plan,
        at: Option<usize>,
        post: Post,
    ) -> Result<(), RecordError> {
        fits_post(plan, &post)?;
        let posts = &mut self.posts.written;
        if let Some(other) = at.and_then(|at| posts.get_mut(at)) {
            *other = post;
        } else if posts.len() < RECORDS {
            posts.push(post);
        } else {
            return Err(RecordError::TooMany);
        }
        self.settle_posts();
        Ok(())
    }

    /// Takes a post out.
    pub fn remove_post(&mut self, at: usize) {
        if at < self.posts.written.len() {
            self.posts.written.remove(at);
        }
        self.settle_posts();
    }

    fn settle_posts(&mut self) {
        self.posts.settle(&self.versions, &self.parts);
        self.settle_latest();
    }

    /// Settles which credentials are for which competency.
    pub(super) fn settle_credentials(&mut self) {
        self.issued.clear();
        let places = (0u32..).zip(&self.credentials);
        self.issued
            .extend(places.map(|(place, it)| (it.competency, place)));
        order::sort(&mut self.issued);
    }

    /// Settles the latest day anything is dated.
    pub(super) fn settle_latest(&mut self) {
        let rows = self.tables.iter().flat_map(|table| &table.rows);
        let rows = rows.map(|row| (row.date, row.submitted, row.decided, &row.suspended));
        let credentials = self.credentials.iter();
        let credentials =
            credentials.map(|it| (it.issued, it.submitted, it.decided, &it.suspended));
        let posts = self.posts.written.iter().map(|post| post.from);
        self.latest = rows
            .chain(credentials)
            .map(|(date, submitted, decided, suspended)| {
                let days = [submitted, decided, began_last(suspended)];
                days.into_iter().flatten().fold(date, Date::max)
            })
            .chain(self.waivers.iter().map(|waiver| waiver.granted))
            .chain(posts)
            .max()
            .unwrap_or(Date::MIN);
    }
}

/// Where a record holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// A piece of evidence.
    Evidence(RecordRef),
    /// A credential, by its place.
    Credential(usize),
    /// A waiver, by its place.
    Waiver(usize),
    /// A post, by its place.
    Post(usize),
}
