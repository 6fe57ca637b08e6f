//! Problems in a programme's texts, with places that editors and programs of any kind understand.

use milepost_diagnostics as diagnostics;
use schemars::JsonSchema;
use serde::Serialize;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The programme cannot be evaluated.
    Error,
    /// It can be, and is probably not what was meant.
    Warning,
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Place {
    /// Bytes from the start of the text, from 0.
    pub byte: u32,
    /// UTF-16 units from the start of the text, from 0.
    pub utf16: u32,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// A stretch of text and what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Label {
    /// The path of the file.
    pub file: String,
    /// Where it begins.
    pub start: Place,
    /// Where it ends: the place after its last character.
    pub end: Place,
    /// What is here; may be empty.
    pub text: String,
}

/// A text to put in the place of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Edit {
    /// The path of the file.
    pub file: String,
    /// Where what goes begins.
    pub start: Place,
    /// Where it ends: the place after its last character.
    pub end: Place,
    /// What comes.
    pub text: String,
}

/// A problem in a programme's texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Diagnostic {
    /// Its code, `MP0102` for one; each has a page.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence.
    pub message: String,
    /// The places, the problem's own first.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Vec<String>,
    /// What mends it, where that is certain: all of it together.
    pub edits: Vec<Edit>,
}

impl Diagnostic {
    /// A diagnostic with its places counted out.
    #[must_use]
    pub fn new(diagnostic: &diagnostics::Diagnostic, sources: &diagnostics::Sources) -> Self {
        Self {
            code: diagnostic.code.as_str().to_owned(),
            severity: match diagnostic.severity() {
                diagnostics::Severity::Error => Severity::Error,
                diagnostics::Severity::Warning => Severity::Warning,
            },
            message: diagnostic.message.clone(),
            labels: diagnostic
                .labels
                .iter()
                .filter_map(|label| Label::new(label, sources))
                .collect(),
            help: diagnostic.help.clone(),
            edits: diagnostic
                .edits
                .iter()
                .filter_map(|edit| {
                    let (file, start, end) = places(edit.span, sources)?;
                    Some(Edit {
                        file,
                        start,
                        end,
                        text: edit.text.clone(),
                    })
                })
                .collect(),
        }
    }

    /// A list of diagnostics as canonical JSON.
    #[must_use]
    pub fn list_to_json(list: &[Self]) -> String {
        serde_json::to_string(list).unwrap_or_default()
    }
}

impl Label {
    fn new(label: &diagnostics::Label, sources: &diagnostics::Sources) -> Option<Self> {
        let (file, start, end) = places(label.span, sources)?;
        Some(Self {
            file,
            start,
            end,
            text: label.text.clone(),
        })
    }
}

/// The file of a stretch, where it begins and where it ends.
pub(super) fn places(
    span: diagnostics::Span,
    sources: &diagnostics::Sources,
) -> Option<(String, Place, Place)> {
    let source = sources.get(span.file)?;
    let place = |byte| {
        let at = source.position(byte);
        Place {
            byte,
            utf16: at.utf16,
            line: at.line,
            column: at.column,
        }
    };
    let file = source.name().to_owned();
    Some((file, place(span.start), place(span.end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use milepost_diagnostics::{Code, Sources, Span};

    #[test]
    fn a_diagnostic_has_its_places_in_every_unit() {
        let mut sources = Sources::default();
        let file = sources.add("main.pathway", "a\né😀x");
        let found = diagnostics::Diagnostic::new(
            Code::UnknownName,
            Span {
                file,
                start: 8,
                end: 9,
            },
            "nobody declares `x`",
        )
        .help("did you mean `y`?")
        .edit(
            Span {
                file,
                start: 8,
                end: 9,
            },
            "y",
        );
        let json = serde_json::to_string(&Diagnostic::new(&found, &sources)).unwrap();
        assert_eq!(
            json,
            "{\"code\":\"MP0102\",\"severity\":\"error\",\"message\":\"nobody declares `x`\",\"labels\":[{\
             \"file\":\"main.pathway\",\"start\":{\"byte\":8,\"utf16\":5,\"line\":2,\"column\":3},\
             \"end\":{\"byte\":9,\"utf16\":6,\"line\":2,\"column\":4},\"text\":\"\"}],\
             \"help\":[\"did you mean `y`?\"],\"edits\":[{\"file\":\"main.pathway\",\
             \"start\":{\"byte\":8,\"utf16\":5,\"line\":2,\"column\":3},\
             \"end\":{\"byte\":9,\"utf16\":6,\"line\":2,\"column\":4},\"text\":\"y\"}]}"
        );
    }
}
