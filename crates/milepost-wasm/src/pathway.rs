//! A programme. In: a compiled plan, records, days. Out: outcomes.

use milepost::{Date, Refusal};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::document::document;

/// A checked programme, ready for records.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Pathway(pub(crate) milepost::Pathway);

#[wasm_bindgen]
impl Pathway {
    /// A document: the outcome of a record, given as JSON, on a day, written `2026-11-22`.
    #[must_use]
    pub fn evaluate(&self, record: &[u8], as_of: &str) -> Vec<u8> {
        document(self.outcome(record, as_of))
    }
}

impl Pathway {
    fn outcome(&self, record: &[u8], as_of: &str) -> Result<String, Refusal> {
        let as_of = day(as_of)?;
        let record = self.0.decode_record(record)?;
        Ok(self.0.evaluate(&record, as_of).to_json())
    }
}

/// The day that a text names.
fn day(text: &str) -> Result<Date, Refusal> {
    text.parse()
        .map_err(|problem| Refusal::because(format!("the day `{text}`: {problem}")))
}
