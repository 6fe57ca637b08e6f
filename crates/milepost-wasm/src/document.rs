//! What crosses the border. In: a text, or why there is none; the text of a day. Out: bytes, the first of which says which
//! of the two follows; the day.

use milepost::{Date, Refusal};

/// 0 and the document, or 1 and the refusal as JSON.
pub fn document(result: Result<String, Refusal>) -> Vec<u8> {
    let (kind, text) = match result {
        Ok(text) => (0, text),
        Err(refusal) => (1, refusal.to_json()),
    };
    let mut bytes = Vec::with_capacity(text.len() + 1);
    bytes.push(kind);
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

/// The day that a text names.
pub fn day(text: &str) -> Result<Date, Refusal> {
    text.parse()
        .map_err(|problem| Refusal::because(format!("`{text}`: {problem}")))
}
