//! Changes of texts: what is to stand where.

pub use milepost_diagnostics::Edit;

/// A text with edits of it made; they are in order and do not overlap.
pub(crate) fn apply<'e>(text: &str, edits: impl Iterator<Item = &'e Edit>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits {
        out.push_str(text.get(from..edit.span.start as usize).unwrap_or(""));
        out.push_str(&edit.text);
        from = edit.span.end as usize;
    }
    out.push_str(text.get(from..).unwrap_or(""));
    out
}
