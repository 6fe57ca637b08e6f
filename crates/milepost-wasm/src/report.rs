//! A cohort. In: records, one after the other. Out: the measures of the programme over them.

use milepost::{Pathway, Refusal, cohort};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::document::document;

/// The measures of a cohort on the way.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Report {
    pub(crate) pathway: Pathway,
    pub(crate) report: cohort::Report,
}

#[wasm_bindgen]
impl Report {
    /// Adds a candidate, whose record is given as JSON; an empty document, or a refusal, which is counted.
    pub fn add(&mut self, record: &[u8]) -> Vec<u8> {
        let decoded = self.pathway.decode_record(record);
        match &decoded {
            Ok(record) => self.report.add(record),
            Err(_) => self.report.refuse(),
        }
        document(decoded.map(|_| String::new()))
    }

    /// A document: the measures. Figures that fewer people stand behind than a number says, or are left out of, are held
    /// back; the number is JSON, or `null`.
    #[must_use]
    pub fn finish(&self, suppress_below: &[u8]) -> Vec<u8> {
        document(bound(suppress_below).map(|bound| self.report.finish(bound).to_json()))
    }
}

fn bound(json: &[u8]) -> Result<Option<u64>, Refusal> {
    let text = std::str::from_utf8(json).unwrap_or_default();
    if text == "null" {
        return Ok(None);
    }
    match text.parse() {
        Ok(bound) if bound > 0 => Ok(Some(bound)),
        _ => Err(Refusal::because(format!(
            "`{text}` is no whole number of 1 or more"
        ))),
    }
}
