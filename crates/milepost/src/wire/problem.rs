//! What is wrong with a record: each problem with its place, as people and programs read it.

use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;

/// One thing that is wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Problem {
    /// Where: a JSON pointer (RFC 6901); empty for the document as a whole.
    pub pointer: String,
    /// What is wrong: one sentence, lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// A second place that is involved, such as the first use of an id.
    pub also: Option<String>,
    /// For text that is not JSON, and for tables: the line, from 1.
    pub line: Option<u32>,
    /// For text that is not JSON: the column in characters, from 1. For tables: which column, from 1.
    pub column: Option<u32>,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(line), Some(column)) = (self.line, self.column) {
            write!(out, "line {line}, column {column}: ")?;
        } else if !self.pointer.is_empty() {
            write!(out, "{}: ", self.pointer)?;
        }
        out.write_str(&self.message)?;
        self.help
            .as_ref()
            .map_or(Ok(()), |help| write!(out, "; {help}"))
    }
}

/// A record is refused whole: nothing is guessed, and nothing is dropped silently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Refusal {
    /// What is wrong, in the order of the text; at most 1 000.
    pub problems: Vec<Problem>,
    /// How many problems more there are.
    pub more: u64,
}

impl Refusal {
    /// A refusal for one reason that has no place.
    #[must_use]
    pub fn because(message: impl Into<String>) -> Self {
        Self {
            problems: vec![Problem {
                pointer: String::new(),
                message: message.into(),
                help: None,
                also: None,
                line: None,
                column: None,
            }],
            more: 0,
        }
    }

    /// Canonical JSON: one order of keys, no space that means nothing.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Refusal {
    /// Writes the problems, a line each.
    pub(crate) fn list(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            write!(out, "\n  {problem}")?;
        }
        if self.more > 0 {
            write!(out, "\n  and {} more", self.more)
        } else {
            Ok(())
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the record is refused")?;
        self.list(out)
    }
}

impl std::error::Error for Refusal {}
