//! Changes of texts: what is to stand where.

use milepost_diagnostics::Span;

/// A stretch of text and what is to stand there instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What is replaced; nothing, where something is put in.
    pub span: Span,
    /// What stands there then.
    pub text: String,
}

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
