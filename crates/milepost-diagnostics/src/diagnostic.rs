//! One problem: a code, a sentence, the places it concerns and what to do about it.

use crate::{Code, Severity, Span};

/// A place and what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is here; may be empty for the first label.
    pub text: String,
}

/// A text to put in the place of another: with all edits of its problem made, the problem is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// A problem in a text. The first label is where it is; the others are places it involves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem.
    pub code: Code,
    /// How bad it is: a matter of its code, unless somebody set another level.
    pub severity: Severity,
    /// One sentence, lower case, no full stop.
    pub message: String,
    /// The places, the problem's own first.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Vec<String>,
    /// What mends it, where that is certain; all of it in the file of its first place.
    pub edits: Vec<Edit>,
}

impl Diagnostic {
    /// A problem at a place.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            labels: vec![Label {
                span,
                text: String::new(),
            }],
            help: Vec::new(),
            edits: Vec::new(),
        }
    }

    /// Says something at the problem's own place.
    #[must_use]
    pub fn here(mut self, text: impl Into<String>) -> Self {
        if let Some(label) = self.labels.first_mut() {
            label.text = text.into();
        }
        self
    }

    /// Adds a place that is involved.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds a part of what mends it.
    #[must_use]
    pub fn edit(mut self, span: Span, text: impl Into<String>) -> Self {
        self.edits.push(Edit {
            span,
            text: text.into(),
        });
        self
    }

    /// What its help asks about: what may have been meant to stand where the problem is.
    #[must_use]
    pub fn meant(&self) -> Option<&str> {
        let mut help = self.help.iter();
        help.find_map(|help| help.strip_prefix(DID_YOU_MEAN)?.strip_suffix("`?"))
    }

    /// Where the problem is.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }

    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }
}

const DID_YOU_MEAN: &str = "did you mean `";

/// The help that asks whether this was meant to stand where the problem is.
#[must_use]
pub fn did_you_mean(meant: &str) -> String {
    format!("{DID_YOU_MEAN}{meant}`?")
}
