//! The compiler. In: the texts of a programme. Out: its plan, and what is wrong or doubtful.

use milepost::Refusal;
use milepost::wire::Diagnostic;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::document::document;

/// What compiling made.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Compiled(Result<milepost::Compiled, Refusal>);

/// Compiles a programme: a JSON object of path to text, and the path of the main file.
#[wasm_bindgen]
#[must_use]
pub fn compile(sources: &[u8], main: &str) -> Compiled {
    let sources = milepost::sources_from_json(sources);
    Compiled(sources.map(|sources| milepost::compile(&sources, main)))
}

#[wasm_bindgen]
impl Compiled {
    /// A document: what is wrong or doubtful, as a JSON list; or a refusal of the texts.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<u8> {
        let diagnostics = self.0.as_ref().map(milepost::Compiled::wire_diagnostics);
        document(
            diagnostics
                .map(|list| Diagnostic::list_to_json(&list))
                .map_err(Clone::clone),
        )
    }

    /// The plan, if the texts make one.
    #[must_use]
    pub fn plan(&self) -> Option<Vec<u8>> {
        let compiled = self.0.as_ref().ok()?;
        Some(compiled.plan().ok()?.to_plan_bytes())
    }
}
