//! A record that changes. In: evidence, facts and fields, one at a time. Out: outcomes, and what changed in them.

use milepost::Refusal;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::document::{day, document};

/// A record kept inside. What is refused changes nothing.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Session(pub(crate) milepost::Session);

#[wasm_bindgen]
impl Session {
    /// Adds evidence or a credential, given as JSON; an empty document, or a refusal.
    pub fn add(&mut self, entry: &[u8]) -> Vec<u8> {
        done(self.0.add(entry))
    }

    /// Removes what has an id; an empty document, or a refusal.
    pub fn remove(&mut self, id: &str) -> Vec<u8> {
        done(self.0.remove(id))
    }

    /// Gives a fact a value, given as JSON; an empty document, or a refusal.
    pub fn set_fact(&mut self, name: &str, value: &[u8]) -> Vec<u8> {
        done(self.0.set_fact(name, value))
    }

    /// Gives a key of what has an id a value, given as JSON; an empty document, or a refusal.
    pub fn set_field(&mut self, id: &str, key: &str, value: &[u8]) -> Vec<u8> {
        done(self.0.set_field(id, key, value))
    }

    /// Says when the candidate enrolled, a day as JSON or `null`; an empty document, or a refusal.
    pub fn set_enrolled(&mut self, value: &[u8]) -> Vec<u8> {
        done(self.0.set_enrolled(value))
    }

    /// A document: the outcome on a day.
    pub fn outcome(&mut self, as_of: &str) -> Vec<u8> {
        document(day(as_of).map(|as_of| self.0.outcome(as_of)))
    }

    /// A document: what changed in the outcome since it was asked for last, by either function.
    pub fn changes(&mut self, as_of: &str) -> Vec<u8> {
        document(day(as_of).map(|as_of| self.0.changes(as_of)))
    }

    /// A document: the record as it is now, in its canonical form.
    #[must_use]
    pub fn record(&self) -> Vec<u8> {
        document(Ok(self.0.record()))
    }
}

/// A document with nothing in it, or the refusal.
fn done(result: Result<(), Refusal>) -> Vec<u8> {
    document(result.map(|()| String::new()))
}
