//! The documents that Milepost gives, whatever the programme. In: the wire types. Out: one module of TypeScript.

use super::read::{Reader, Schemas};
use super::{NoType, print};
use crate::{schema, wire};

const HEAD: &str = "\
// The documents that Milepost gives, made from the Rust types that write them; `cargo xtask bless` writes this file anew.
";

/// TypeScript of the documents: outcomes, diagnostics, refusals, receipts and all that they are made of.
///
/// # Errors
///
/// A schema says something that no type is written for.
pub fn documents() -> Result<String, NoType> {
    let mut generator = schema::generator();
    let mut roots = Vec::new();
    macro_rules! roots {
        ($($(#[$when:meta])* $ty:ident)*) => {
            $($(#[$when])* {
                generator.subschema_for::<wire::$ty>();
                roots.push(stringify!($ty));
            })*
        };
    }
    roots! {
        Outcome
        Changes
        WhatIf
        Next
        Timeline
        Receipt
        Verification
        Refusal
        CheckedAllocations
        CohortReport
        RefusedRow
        #[cfg(feature = "compile")]
        Diagnostic
        #[cfg(feature = "compile")]
        Hover
        #[cfg(feature = "compile")]
        Completion
        #[cfg(feature = "compile")]
        Symbol
        #[cfg(feature = "compile")]
        Token
    }
    let definitions = generator.take_definitions(false);
    let schemas: Schemas = definitions
        .iter()
        .map(|(name, schema)| (name.clone(), (format!("/$defs/{name}"), schema)))
        .collect();
    let reader = Reader {
        name: &|definition| definition.to_owned(),
        place: &|_| 0,
    };
    let mut out = HEAD.to_owned();
    for declaration in reader.declarations(&roots, &schemas)? {
        out.push('\n');
        out.push_str(&print::declaration(&declaration));
    }
    Ok(out)
}
