//! JSON Schema (draft 2020-12): of the records of a programme, built from its plan; of outcomes, which have
//! one shape for all.

mod record;
mod types;

pub(crate) use record::record;

#[cfg(test)]
mod tests;

use crate::wire;

/// JSON Schema of outcomes.
#[must_use]
pub fn outcome() -> serde_json::Value {
    schemars::schema_for!(wire::Outcome).to_value()
}

/// JSON Schema of a list of diagnostics.
#[cfg(feature = "compile")]
#[must_use]
pub fn diagnostics() -> serde_json::Value {
    schemars::schema_for!(Vec<wire::Diagnostic>).to_value()
}
