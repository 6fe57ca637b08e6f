//! A programme. In: a compiled plan, records, days. Out: outcomes, receipts, sessions.

use milepost::{Refusal, cohort};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::document::{day, document};
use crate::{Report, Session};

/// A checked programme, ready for records.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Pathway(pub(crate) milepost::Pathway);

#[wasm_bindgen]
impl Pathway {
    /// The programme of a compiled plan, if the bytes are one.
    #[must_use]
    pub fn load(plan: &[u8]) -> Option<Pathway> {
        milepost::Pathway::load(plan).ok().map(Self)
    }

    /// A document: why bytes are no plan that can be loaded; empty if they are one.
    #[must_use]
    pub fn load_refusal(plan: &[u8]) -> Vec<u8> {
        let loaded = milepost::Pathway::load(plan);
        document(
            loaded
                .map(|_| String::new())
                .map_err(|problem| Refusal::because(problem.to_string())),
        )
    }

    /// A document: which programme it is.
    #[must_use]
    pub fn identity(&self) -> Vec<u8> {
        document(Ok(self.0.identity()))
    }

    /// A document: the outcome of a record, given as JSON, on a day, written `2026-11-22`.
    #[must_use]
    pub fn evaluate(&self, record: &[u8], as_of: &str) -> Vec<u8> {
        document(day(as_of).and_then(|as_of| {
            let record = self.0.decode_record(record)?;
            Ok(self.0.evaluate(&record, as_of).to_json())
        }))
    }

    /// A document: the outcome with all that is needed to verify it later.
    #[must_use]
    pub fn receipt(&self, record: &[u8], as_of: &str) -> Vec<u8> {
        document(day(as_of).and_then(|as_of| {
            let record = self.0.decode_record(record)?;
            Ok(self.0.receipt(&record, as_of))
        }))
    }

    /// A document: what comes of evaluating again what a receipt says.
    #[must_use]
    pub fn verify(&self, receipt: &[u8], record: &[u8]) -> Vec<u8> {
        document(self.0.decode_record(record).and_then(|record| {
            let verification = self
                .0
                .verify(receipt, &record)
                .map_err(|refused| refused.0)?;
            Ok(verification.to_json())
        }))
    }

    /// A document: what would make each role met that is not, or reach its next stage; or one role or stage, if it is named.
    #[must_use]
    pub fn next(&self, record: &[u8], as_of: &str, goal: Option<String>) -> Vec<u8> {
        document(day(as_of).and_then(|as_of| {
            let record = self.0.decode_record(record)?;
            match goal {
                Some(goal) => {
                    let found = self.0.next_to(&record, as_of, &goal);
                    found.map_err(|unknown| Refusal::because(unknown.to_string()))
                }
                None => Ok(self.0.next(&record, as_of)),
            }
        }))
    }

    /// A document: what a list of changes would do, given as JSON.
    #[must_use]
    pub fn what_if(&self, record: &[u8], changes: &[u8], as_of: &str) -> Vec<u8> {
        document(day(as_of).and_then(|as_of| {
            let record = self.0.decode_record(record)?;
            let compared = self.0.what_if(&record, changes, as_of);
            compared.map_err(|refused| refused.0)
        }))
    }

    /// A document: how everything stood and will stand if nothing but time passes.
    #[must_use]
    pub fn timeline(&self, record: &[u8], as_of: &str) -> Vec<u8> {
        document(day(as_of).and_then(|as_of| {
            let record = self.0.decode_record(record)?;
            Ok(self.0.timeline(&record, as_of))
        }))
    }

    /// The measures of a cohort of nobody yet, if the text is a day.
    #[must_use]
    pub fn report(&self, as_of: &str) -> Option<Report> {
        let report = cohort::Report::new(&self.0, day(as_of).ok()?);
        Some(Report {
            pathway: self.0.clone(),
            report,
        })
    }

    /// A record kept inside, if it is not refused.
    #[must_use]
    pub fn session(&self, record: &[u8]) -> Option<Session> {
        self.0.session(record).ok().map(Session)
    }

    /// A document: why a record is refused; empty if it is not.
    #[must_use]
    pub fn session_refusal(&self, record: &[u8]) -> Vec<u8> {
        document(self.0.decode_record(record).map(|_| String::new()))
    }
}
