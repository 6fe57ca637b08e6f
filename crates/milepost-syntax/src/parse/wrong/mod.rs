//! What is wrong: a malformed or missing piece of the parse in, one diagnostic at its exact place out.
//!
//! A malformed stretch is parsed again, alone, with the rule that was meant; how far that comes is where
//! the mistake is, and what it tried there is what was expected.

mod expected;
mod place;
mod slip;
mod spelling;
mod words;

use milepost_diagnostics::{Code, Diagnostic, Span};
use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};

use self::expected::{joined, shown};
use self::place::{Place, quoted_length};
use self::spelling::nearest;
use super::{Node, Reader};
use crate::grammar::{Grammar, Rule};
use crate::tree::{Form, Requirement};

/// The words that begin declarations.
const DECLARATIONS: &[&str] = &[
    "pathway",
    "use",
    "scale",
    "rubric",
    "candidate",
    "evidence",
    "competency",
    "role",
    "rule",
    "measure",
    "scenario",
];

/// The first words of the properties of competencies and roles.
const PROPERTIES: &[&str] = &[
    "about",
    "aligned",
    "requires",
    "awards",
    "incentive",
    "eligible",
    "preferred",
];

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
        if !self.is_stray(span.start(), span.end(), meant) {
            self.explain(span.start(), end, meant);
        }
        block
            .filter(|_| meant != Rule::whole_pathway_property)
            .map(|block| self.requirements(block))
    }

    /// Whether this is another of a row of requirements that stand among properties, their block having
    /// ended too early.
    fn is_stray(&mut self, start: usize, end: usize, meant: Rule) -> bool {
        if !matches!(
            meant,
            Rule::whole_competency_property | Rule::whole_role_property
        ) {
            return false;
        }
        let text = self.clean.get(start..end).unwrap_or("");
        let word = text
            .get(
                ..text
                    .find(|c: char| !c.is_alphanumeric())
                    .unwrap_or(text.len()),
            )
            .unwrap_or(text);
        let rest = text.get(word.len()..).unwrap_or("").trim_start();
        let after = rest.get(quoted_length(rest)..).unwrap_or("").trim_start();
        let label = [":", "cites", "advice", "waivable", "formerly"]
            .iter()
            .any(|sign| after.starts_with(sign));
        let titled = rest.starts_with('"') && !label;
        let property = titled || nearest(word, PROPERTIES).is_some();
        let again = self.last_stray == Some(self.place(start).before);
        self.last_stray = (!property).then(|| start + text.trim_end().len());
        again && !property
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

    /// Something outside declarations; a row of what cannot be a declaration is one problem.
    pub(super) fn malformed_item(&mut self, node: &Node<'t>) {
        let start = node.as_span().start();
        let mut words = node.as_str().split_whitespace();
        let (first, second, third) = (words.next(), words.next(), words.next());
        let named = second.is_some_and(|word| word.starts_with(char::is_alphabetic));
        let headed = named && third.is_some_and(|word| word.starts_with(['"', '{']));
        if headed || first.is_some_and(|word| nearest(word, DECLARATIONS).is_some()) {
            self.astray = false;
        }
        if !self.astray {
            self.unexpected(start, start, Rule::item, &[Rule::item]);
            self.astray = true;
        }
    }

    /// Members after the end of their block.
    pub(super) fn orphans(&mut self, node: &Node<'t>) {
        let start = node.as_span().start();
        if node.as_str().starts_with('}') {
            if self.fresh(start, start) && !std::mem::replace(&mut self.astray, true) {
                let place = self.span_of(start, start + 1);
                self.wrong(
                    Diagnostic::new(Code::UnexpectedText, place, "this `}` closes nothing")
                        .help("remove it, or look for a `{` that is missing above"),
                );
            }
            return;
        }
        if !self.fresh(start, start) || std::mem::replace(&mut self.astray, true) {
            return;
        }
        let mut found = self.place(start);
        found.point_at_next(self.clean);
        let before = found.before;
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
        self.unexpected(self.place(at).before, at, Rule::open, &[Rule::open]);
    }

    pub(super) fn missing_requirement(&mut self, node: &Node<'t>) -> Requirement {
        let at = node.as_span().start();
        self.unexpected(
            self.place(at).before,
            at,
            Rule::requirement,
            &[Rule::requirement],
        );
        Requirement {
            span: self.span_of(at, at),
            label: None,
            form: Form::Missing,
        }
    }

    /// A brace or parenthesis that should close what was opened.
    pub(super) fn unclosed(&mut self, opened: Option<Span>, at: usize, closer: char) {
        if self.report.is_full() {
            self.report.skip(Some(self.span_of(at, at)));
            return;
        }
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
        let opened = opened.map(|opened| {
            if closer == '}' {
                self.suspect(opened)
            } else {
                opened
            }
        });
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
        let stretch = self.clean.get(start..end).unwrap_or("");
        let start = start + (stretch.len() - stretch.trim_start().len());
        let stretch = stretch.trim();
        match Grammar::parse(meant, stretch) {
            Ok(_) => self.unexpected(start, start, meant, &[meant]),
            Err(error) => {
                let at = match error.location {
                    InputLocation::Pos(at) | InputLocation::Span((at, _)) => start + at,
                };
                match error.variant {
                    ErrorVariant::ParsingError { positives, .. } if !positives.is_empty() => {
                        self.unexpected(start, at, meant, &positives);
                    }
                    _ => self.unexpected(start, at, meant, &[meant]),
                }
            }
        }
    }

    /// Whether nothing has been said yet of a place, and the scan has not spoiled it.
    fn fresh(&mut self, start: usize, at: usize) -> bool {
        let place = self.place(at);
        let spoiled = [start, at, place.before, place.next, place.end]
            .into_iter()
            .any(|at| self.is_spoiled(at));
        let again = self.last_wrong == Some(place.next);
        self.last_wrong = Some(place.next);
        !spoiled && !again
    }

    /// Notes that what is wrong at a place has been said.
    pub(super) fn explained(&mut self, at: usize) {
        self.last_wrong = Some(self.place(at).next);
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
    fn unexpected(&mut self, start: usize, at: usize, meant: Rule, expected: &[Rule]) {
        if self.report.is_full() {
            self.report.skip(Some(self.span_of(at, at)));
            return;
        }
        if !self.fresh(start, at) {
            return;
        }
        let mut place = self.place(at);
        if place.before < start {
            place.point_at_next(self.clean);
        }
        let token = place.token(self.clean);
        let shown = shown(meant, expected, token);
        let wrong = Unexpected {
            start,
            place,
            token,
            meant,
            expected,
            shown,
        };
        let diagnostic = self.slip(&wrong).unwrap_or_else(|| self.plainly(&wrong));
        self.wrong(diagnostic);
    }

    fn plainly(&self, wrong: &Unexpected) -> Diagnostic {
        let place = &wrong.place;
        let here = self.span_of(place.start, place.end);
        let message = format!(
            "expected {}{}",
            joined(&wrong.shown),
            place.found(self.clean)
        );
        let closers = [(Rule::close_paren, '(', "`)`"), (Rule::close, '{', "`}`")];
        let ended = matches!(wrong.token, "" | "{" | "}");
        let before = self.clean.get(wrong.start..place.before).unwrap_or("");
        for (closer, opener, written) in closers {
            if let (true, true, Some(at)) = (
                ended,
                wrong.expected.contains(&closer),
                before.rfind(opener),
            ) {
                let opened = self.span_of(wrong.start + at, wrong.start + at + 1);
                return Diagnostic::new(Code::UnclosedBlock, here, message)
                    .label(opened, "opened here")
                    .help(format!("add {written} here"));
            }
        }
        Diagnostic::new(Code::UnexpectedText, here, message)
    }
}

/// Something that was expected and not found.
struct Unexpected<'e> {
    /// The start of the stretch it is in.
    start: usize,
    place: Place,
    /// What was found; nothing at the end of a line.
    token: &'e str,
    /// What the stretch was meant to be.
    meant: Rule,
    /// What the parse tried there.
    expected: &'e [Rule],
    /// What is said of it.
    shown: Vec<&'static str>,
}
