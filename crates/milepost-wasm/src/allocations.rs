//! Allocations checked. In: an outcome that anybody may have sent, and the record it is said to be of. Out: whether what it says
//! of groups without reuse holds. Only the larger module has room for it.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::Pathway;
use crate::document::document;

#[wasm_bindgen]
impl Pathway {
    /// A document: whether what an outcome says of who is given what holds.
    #[must_use]
    pub fn check_allocations(&self, outcome: &[u8], record: &[u8]) -> Vec<u8> {
        document(self.0.decode_record(record).and_then(|record| {
            let checked = self.0.check_allocations(outcome, &record);
            Ok(checked.map_err(|refused| refused.0)?.to_json())
        }))
    }
}
