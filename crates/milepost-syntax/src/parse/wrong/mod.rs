//! What is wrong: a malformed or missing piece of the parse in, one diagnostic at its exact place out.
//!
//! A malformed stretch is parsed again, alone, with the rule that was meant; how far that comes is where
//! the mistake is, and what it tried there is what was expected.

mod place;
mod slip;
mod words;

use milepost_diagnostics::{Code, Diagnostic, Span};
use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};

use self::place::Place;
use self::words::words;
use super::{Node, Reader};
use crate::grammar::{Grammar, Rule};
use crate::tree::{Form, Requirement};

impl<'t> Reader<'t> {
    /// Adds a problem that has a place of its own.
    pub(super) fn wrong(&mut self, diagnostic: Diagnostic) {
        self.report.push(diagnostic);
    }

    /// A stretch that was meant to be something.
    pub(super) fn malformed(&mut self, node: &Node<'t>, meant: Rule) {
        let span = node.as_span();
        self.explain(span.start(), span.end(), meant);
    }

    /// The same, where a block of requirements may follow, which is read all the same.
    pub(super) fn malformed_block(
        &mut self,
        node: Node<'t>,
        meant: Rule,
    ) -> Option<Vec<Requirement>> {
        let span = node.as_span();
        let mut end = span.end();
        let mut block = None;
        for part in node.into_inner() {
            if part.as_rule() == Rule::requirement_block {
                end = part.as_span().start() + 1;
                block = Some(part);
            }
        }
        self.explain(span.start(), end, meant);
        block
            .filter(|_| meant != Rule::whole_pathway_property)
            .map(|block| self.requirements(block))
    }

    /// A header, with the brace behind it if there is one.
    pub(super) fn malformed_header(
        &mut self,
        node: &Node<'t>,
        opened: Option<&Node<'t>>,
        meant: Rule,
    ) {
        let span = node.as_span();
        let end = opened.map_or(span.end(), |open| open.as_span().end());
        self.explain(span.start(), end, meant);
    }

    pub(super) fn malformed_item(&mut self, node: &Node<'t>) {
        let start = node.as_span().start();
        self.unexpected(start, start, &[Rule::item]);
    }

    /// Members after the end of their block.
    pub(super) fn orphans(&mut self, node: &Node<'t>) {
        let start = node.as_span().start();
        if node.as_str().starts_with('}') {
            if self.fresh(start, start) {
                let place = self.span_of(start, start + 1);
                self.wrong(
                    Diagnostic::new(Code::UnexpectedText, place, "this `}` closes nothing")
                        .help("remove it, or look for a `{` that is missing above"),
                );
            }
            return;
        }
        let before = self.place(start).before;
        if !self.fresh(start, start) {
            return;
        }
        let found = self.place(start);
        let word = found.token(self.clean);
        let mut diagnostic = Diagnostic::new(
            Code::UnexpectedText,
            self.span_of(start, start + word.len()),
            format!("expected a declaration, found `{word}`"),
        );
        if self
            .clean
            .get(..before)
            .is_some_and(|text| text.ends_with('}'))
        {
            diagnostic = diagnostic
                .label(self.span_of(before - 1, before), "the block ended here")
                .help("if this belongs to the block above, remove the `}` before it");
        } else {
            diagnostic = diagnostic.help(
                "it stands in the block of a declaration such as `competency NAME \"TITLE\" { … }`",
            );
        }
        self.wrong(diagnostic);
    }

    /// A brace that should open a block.
    pub(super) fn missing_open(&mut self, at: usize) {
        self.unexpected(at, at, &[Rule::open]);
    }

    pub(super) fn missing_requirement(&mut self, node: &Node<'t>) -> Requirement {
        let at = node.as_span().start();
        self.unexpected(at, at, &[Rule::requirement]);
        Requirement {
            span: self.span_of(at, at),
            label: None,
            form: Form::Missing,
        }
    }

    /// A brace or parenthesis that should close what was opened.
    pub(super) fn unclosed(&mut self, opened: Option<Span>, at: usize, closer: char) {
        if !self.fresh(at, at) {
            return;
        }
        let place = self.place(at);
        let (what, expected) = if closer == '}' {
            ("block", "`}`")
        } else {
            ("parenthesis", "`)`")
        };
        let mut diagnostic = Diagnostic::new(
            Code::UnclosedBlock,
            self.span_of(place.start, place.end),
            format!(
                "this {what} is not closed: expected {expected}{}",
                place.found(self.clean)
            ),
        );
        if let Some(opened) = opened {
            diagnostic = diagnostic.label(opened, "opened here");
        }
        self.wrong(diagnostic.help(format!("add {expected} here")));
    }

    /// Parses a stretch again to see how far it comes.
    fn explain(&mut self, start: usize, end: usize, meant: Rule) {
        if self.report.is_full() {
            self.report.skip(Some(self.span_of(start, start)));
            return;
        }
        let stretch = self.clean.get(start..end).unwrap_or("").trim_end();
        match Grammar::parse(meant, stretch) {
            Ok(_) => self.unexpected(start, start, &[meant]),
            Err(error) => {
                let at = match error.location {
                    InputLocation::Pos(at) | InputLocation::Span((at, _)) => start + at,
                };
                match error.variant {
                    ErrorVariant::ParsingError { positives, .. } if !positives.is_empty() => {
                        self.unexpected(start, at, &positives);
                    }
                    _ => self.unexpected(start, at, &[meant]),
                }
            }
        }
    }

    /// Whether nothing has been said yet of a place, and the scan has not spoiled it.
    fn fresh(&mut self, start: usize, at: usize) -> bool {
        let place = self.place(at);
        let spoiled = [start, at, place.before, place.next]
            .into_iter()
            .any(|at| self.is_spoiled(at));
        let again = self.last_wrong == Some(place.next);
        self.last_wrong = Some(place.next);
        !spoiled && !again
    }

    fn is_spoiled(&self, at: usize) -> bool {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let after = self.spoiled.partition_point(|span| span.start <= at);
        after
            .checked_sub(1)
            .and_then(|last| self.spoiled.get(last))
            .is_some_and(|span| at <= span.end)
    }

    /// Says what was expected at a place of a stretch that begins at `start`.
    fn unexpected(&mut self, start: usize, at: usize, expected: &[Rule]) {
        if !self.fresh(start, at) {
            return;
        }
        let place = self.place(at);
        let diagnostic = self
            .slip(start, &place, expected)
            .unwrap_or_else(|| self.plainly(start, &place, expected));
        self.wrong(diagnostic);
    }

    fn plainly(&self, start: usize, place: &Place, expected: &[Rule]) -> Diagnostic {
        let here = self.span_of(place.start, place.end);
        let list = list(expected, place.token(self.clean));
        let found = place.found(self.clean);
        let closers = [(Rule::close_paren, '(', "`)`"), (Rule::close, '{', "`}`")];
        let ends = found.is_empty() || matches!(place.token(self.clean), "{" | "}");
        for (closer, opener, written) in closers {
            let before = self.clean.get(start..place.before).unwrap_or("");
            if let (true, true, Some(opened)) =
                (ends, expected.contains(&closer), before.rfind(opener))
            {
                let opened = self.span_of(start + opened, start + opened + 1);
                return Diagnostic::new(
                    Code::UnclosedBlock,
                    here,
                    format!("expected {list}{found}"),
                )
                .label(opened, "opened here")
                .help(format!("add {written} here"));
            }
        }
        Diagnostic::new(
            Code::UnexpectedText,
            here,
            format!("expected {list}{found}"),
        )
    }
}

/// What was expected, as a list in words.
fn list(expected: &[Rule], found: &str) -> String {
    let mut all: Vec<&str> = Vec::new();
    for &rule in expected {
        let words = words(rule);
        if rule != Rule::EOI && !all.contains(&words) {
            all.push(words);
        }
    }
    let quoted = found.starts_with('"');
    if all.contains(&"an operator") {
        all.retain(|&words| {
            !matches!(words, "a comparison" | "`cites`" | "`advice`" | "`:`")
                && (words != "a title" || quoted)
        });
    }
    if all.contains(&"`:`") {
        all.retain(|&words| !matches!(words, "`cites`" | "`advice`"));
    }
    match all.as_slice() {
        [] => "the end".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
