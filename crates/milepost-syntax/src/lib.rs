//! The text of a pathway file in; its syntax tree with the place of everything, and what is wrong with it, out.
//!
//! [`parse`] is total: it always returns a tree, and a diagnostic for every mistake, each at its own place.
//! Only this crate knows the grammar and its parser.

mod character;
mod format;
mod grammar;
mod parse;
mod phrases;
mod report;
mod scan;
pub mod tree;

pub use format::{Formatted, format};
use milepost_diagnostics::{Code, Diagnostic, FileId, Span};

pub use crate::phrases::otherwise;
use crate::report::Report;
use crate::tree::Tree;

/// The most bytes of one file.
pub const MAX_FILE_BYTES: usize = 2 * 1024 * 1024;
/// The deepest nesting of braces and parentheses.
pub const MAX_NESTING: usize = 64;
/// The most operators in one condition.
pub const MAX_OPERATORS: usize = 64;
/// The most characters of a name.
pub const MAX_NAME: usize = 64;
/// The most characters of a title.
pub const MAX_TITLE: usize = 200;
/// The most diagnostics for one file; the last of so many says how many more there are.
pub const MAX_DIAGNOSTICS: usize = 200;

/// The reserved words, in alphabetical order: no name is one of them.
pub const KEYWORDS: &[&str] = &[
    "advice",
    "after",
    "all",
    "among",
    "and",
    "any",
    "at",
    "average",
    "before",
    "by",
    "candidate",
    "cites",
    "competency",
    "contains",
    "counting",
    "during",
    "every",
    "evidence",
    "exactly",
    "for",
    "formerly",
    "from",
    "highest",
    "in",
    "including",
    "is",
    "lowest",
    "no",
    "none",
    "not",
    "of",
    "or",
    "pathway",
    "role",
    "rubric",
    "rule",
    "scale",
    "scenario",
    "since",
    "skipping",
    "this",
    "to",
    "today",
    "total",
    "use",
    "waivable",
    "where",
    "whose",
    "with",
    "within",
    "without",
    "yes",
];

/// What a file says, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The tree, without what could not be understood.
    pub tree: Tree,
    /// The problems, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses a file.
#[must_use]
pub fn parse(file: FileId, text: &str) -> Parsed {
    if text.len() > MAX_FILE_BYTES {
        let place = Span {
            file,
            start: 0,
            end: 0,
        };
        let diagnostic =
            Diagnostic::new(Code::FileTooLarge, place, "this file is larger than 2 MiB")
                .help("split it into several files and join them with `use`");
        return Parsed {
            tree: Tree::default(),
            diagnostics: vec![diagnostic],
        };
    }
    let mut report = Report::default();
    let scan = scan::scan(file, text, &mut report);
    let (items, found) = if scan.shallow {
        parse::items(file, text, &scan)
    } else {
        (Vec::new(), Report::default())
    };
    Parsed {
        tree: Tree {
            items,
            comments: scan.comments,
        },
        diagnostics: report.join(found),
    }
}
