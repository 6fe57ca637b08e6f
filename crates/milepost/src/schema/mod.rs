//! JSON Schema (draft 2020-12): of the records of a programme, built from its plan; of outcomes, which have
//! one shape for all.

mod record;
mod types;

pub(crate) use record::record;

#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use schemars::generate::{SchemaGenerator, SchemaSettings};

use crate::wire;

/// JSON Schema of outcomes.
#[must_use]
pub fn outcome() -> serde_json::Value {
    document::<wire::Outcome>()
}

/// JSON Schema of a list of diagnostics.
#[cfg(feature = "compile")]
#[must_use]
pub fn diagnostics() -> serde_json::Value {
    document::<Vec<wire::Diagnostic>>()
}

fn document<T: JsonSchema>() -> serde_json::Value {
    generator().into_root_schema_for::<T>().to_value()
}

/// Schemas of what is written: no key of it is ever left out.
pub(crate) fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
}
