//! Pairs of the grammar in, the tree out; what is malformed or missing is described on the way.
//!
//! One file per construct. Everything here follows the parse once, from its beginning to its end.

mod expression;
mod item;
mod layout;
mod measure;
mod property;
mod records;
mod requirement;
mod scenario;
mod types;
mod value;
mod wrong;

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, FileId, Span};
use pest::Parser;
use pest::iterators::Pair;

use crate::grammar::{Grammar, Rule};
use crate::report::Report;
use crate::scan::Scan;
use crate::tree::{Comment, Item};
use layout::Crooked;

/// A piece of the parse.
type Node<'t> = Pair<'t, Rule>;

/// Reads the declarations of a scanned text.
pub(crate) fn items(file: FileId, text: &str, scan: &Scan) -> (Vec<Item>, Report) {
    let mut reader = Reader {
        file,
        text,
        clean: &scan.clean,
        comments: &scan.comments,
        docs: &scan.docs,
        spoiled: &scan.spoiled,
        report: Report::default(),
        crooked: Vec::new(),
        astray: false,
        last_stray: None,
        last_wrong: None,
    };
    let items = reader.file();
    (items, reader.report)
}

/// Builds the tree of one file.
struct Reader<'t> {
    file: FileId,
    /// The text as given.
    text: &'t str,
    /// The text as parsed: of the same length.
    clean: &'t str,
    comments: &'t [Comment],
    docs: &'t BTreeMap<u32, String>,
    spoiled: &'t [Span],
    report: Report,
    /// Blocks whose brace closes at another indentation than they were opened at.
    crooked: Vec<Crooked>,
    /// Whether what stands outside declarations has been explained: one of them ended too early.
    astray: bool,
    /// The end of a stray member, so that a row of them is one problem.
    last_stray: Option<usize>,
    /// Where the last problem was, so that nothing is said twice of one place.
    last_wrong: Option<usize>,
}

impl<'t> Reader<'t> {
    fn file(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        match Grammar::parse(Rule::file, self.clean) {
            Ok(pairs) => {
                for node in pairs.flat_map(Pair::into_inner) {
                    match node.as_rule() {
                        Rule::item => {
                            let known = self.report.len();
                            let end = self.span(&node).end;
                            items.extend(self.item(node));
                            let crooked = self.crooked.iter().any(|crooked| crooked.closed == end);
                            self.astray = crooked && self.report.len() > known;
                            self.crooked.clear();
                        }
                        Rule::malformed_item => self.malformed_item(&node),
                        Rule::orphans => self.orphans(&node),
                        _ => {}
                    }
                }
            }
            // The grammar accepts every text; only the parser's own bounds are left.
            Err(_) => self.report.push(Diagnostic::new(
                Code::NestedTooDeep,
                self.span_of(0, 0),
                "this file is too deeply nested to be read",
            )),
        }
        items
    }

    fn span_of(&self, start: usize, end: usize) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span {
            file: self.file,
            start: offset(start),
            end: offset(end),
        }
    }

    fn span(&self, node: &Node) -> Span {
        let span = node.as_span();
        let end = span.start() + node.as_str().trim_end().len();
        self.span_of(span.start(), end)
    }

    /// The documentation above a declaration or field.
    fn doc(&self, node: &Node) -> Option<String> {
        let start = u32::try_from(node.as_span().start()).unwrap_or(u32::MAX);
        self.docs.get(&start).cloned()
    }

    /// Reads a block: its members one by one, and whether it was opened and closed.
    fn block(&mut self, node: Node<'t>, mut member: impl FnMut(&mut Self, Node<'t>)) {
        let mut opened = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::open => opened = Some(self.span(&part)),
                Rule::missing_close => self.unclosed(opened, part.as_span().start(), '}'),
                Rule::close => self.closed(opened, self.span(&part)),
                Rule::missing_open => self.missing_open(part.as_span().start()),
                _ => member(self, part),
            }
        }
    }
}
