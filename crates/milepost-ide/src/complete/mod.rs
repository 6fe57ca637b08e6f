//! What may stand at a place: a file and a place in it in; names and words, the likely ones first, out.
//!
//! The words before the place decide, not the tree, for the text is broken while it is being written.

mod offers;
mod place;
mod values;
mod words;

use milepost_diagnostics::{FileId, Span};

use crate::Analysis;
use crate::declarations::DeclarationKind;
use crate::lexis::{Piece, PieceKind, pieces};
use offers::Offers;
use place::{Inside, enclosing, ends, in_call, statement};
use words::{
    AFTER, CLAUSES, COMPETENCY, COUNTED, DAYS, DECLARATIONS, FIGURES, NOTES, PATHWAY, REQUIREMENT,
    ROLE, SCENARIO, STATUSES, TYPES, WHO,
};

/// What is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A word of the language.
    Word,
    /// Something that is declared.
    Name(DeclarationKind),
}

/// Something that may stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What is put in.
    pub text: String,
    /// What it is.
    pub kind: CompletionKind,
    /// Its title or its type.
    pub detail: Option<String>,
    /// What is replaced: the word that is being written.
    pub span: Span,
}

impl Analysis {
    /// What may stand at a place, in the order in which it is offered.
    #[must_use]
    pub fn complete(&self, file: FileId, offset: u32) -> Vec<Completion> {
        let Some(text) = self.text(file).get(..offset as usize) else {
            return Vec::new();
        };
        let mut before = pieces(text);
        if before.last().is_some_and(|last| is_open(last, offset)) {
            return Vec::new();
        }
        let (start, fresh) = written(&mut before, text);
        let span = Span {
            file,
            start,
            end: offset,
        };
        let (_, qualifiers) = self.text_between(file, start, offset);
        let mut offers = Offers::new(self, span, qualifiers);
        offers.at(&before, fresh);
        offers.finish()
    }

    /// What is written between two places, and of that what ends with the last dot.
    fn text_between(&self, file: FileId, start: u32, end: u32) -> (&str, &str) {
        let written = self.sources().text(Span { file, start, end });
        let qualifiers = written.rfind('.').and_then(|dot| written.get(..=dot));
        (written, qualifiers.unwrap_or(""))
    }
}

/// Whether a place is in a comment or in a text that is not closed.
fn is_open(last: &Piece<'_>, offset: u32) -> bool {
    let closed = last.text.len() > 1 && last.text.ends_with('"') && !last.text.ends_with("\\\"");
    last.end() == offset
        && match last.kind {
            PieceKind::Comment => true,
            PieceKind::Text => !closed,
            _ => false,
        }
}

/// Takes the word that is being written, with its qualifiers, from the pieces before the place: where it begins, and whether
/// a line begins with it.
fn written(before: &mut Vec<Piece<'_>>, text: &str) -> (u32, bool) {
    let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let mut start = end;
    let mut fresh = None;
    let mut dot = false;
    while let Some(piece) = before.pop_if(|piece| {
        let joins = piece.end() == start;
        joins && (piece.kind == PieceKind::Word && (dot || start == end) || piece.is("."))
    }) {
        dot = piece.is(".");
        start = piece.start;
        fresh = Some(piece.first);
    }
    let since = before.last().map_or(0, |last| last.end() as usize);
    let broken = || text.get(since..).is_some_and(|rest| rest.contains('\n'));
    (start, fresh.unwrap_or_else(broken))
}

impl Offers<'_> {
    fn at(&mut self, before: &[Piece<'_>], fresh: bool) {
        let (inside, open) = enclosing(before);
        let line = statement(before.get(open..).unwrap_or_default());
        let start: &[Piece<'_>] = &[];
        let line_or_start = if fresh { start } else { line };
        match inside {
            Inside::Nothing => self.top(line_or_start),
            Inside::Pathway => self.first(line_or_start, PATHWAY),
            Inside::Scale | Inside::Rubric => {}
            Inside::Fields => self.types(line_or_start),
            Inside::Competency => self.property(line, fresh, COMPETENCY),
            Inside::Role => self.property(line, fresh, ROLE),
            Inside::Requirements => self.requirements(line, fresh),
            Inside::Scenario => {
                self.scenario(line_or_start);
                if fresh && !line.is_empty() {
                    self.scenario(line);
                }
            }
            Inside::Values => self.listed(before.get(..open.saturating_sub(1)).unwrap_or_default()),
        }
    }

    fn first(&mut self, line: &[Piece<'_>], words: &[&str]) {
        if line.is_empty() {
            self.words(words);
        }
    }

    fn top(&mut self, line: &[Piece<'_>]) {
        match line.first().map(|piece| piece.text) {
            None => self.words(DECLARATIONS),
            Some("rubric") if ends(line, &["on"]) => self.kind(DeclarationKind::Scale),
            Some("rule") if ends(line, &[":"]) => self.types(line),
            Some("measure") if ends(line, &["="]) => self.words(FIGURES),
            Some("measure") if ends(line, &["candidates"]) => self.words(WHO),
            Some("measure") if ends(line, &["different"]) => self.kind(DeclarationKind::Fact),
            Some("measure") => self.requirement(line),
            Some(_) => {}
        }
    }

    /// A property, or what goes on with the requirement of the one before.
    fn property(&mut self, line: &[Piece<'_>], fresh: bool, words: &[&str]) {
        if line.is_empty() || fresh {
            self.words(words);
        }
        let mut pieces = line.iter();
        if let Some(at) = pieces.position(|it| it.is("when") || it.is("requires")) {
            let requirement = line.get(at + 1..).unwrap_or_default();
            if requirement.is_empty() || !fresh {
                self.requirement(requirement);
            } else {
                self.go_on(requirement);
            }
        }
    }

    fn types(&mut self, line: &[Piece<'_>]) {
        if ends(line, &[":"]) || ends(line, &["list", "of"]) {
            self.words(TYPES);
            self.kind(DeclarationKind::Scale);
            self.kind(DeclarationKind::Rubric);
        }
    }

    /// In a block of requirements a line begins one, or goes on with the one before.
    fn requirements(&mut self, line: &[Piece<'_>], fresh: bool) {
        if fresh || line.is_empty() {
            self.requirement(&[]);
        } else {
            self.requirement(line);
        }
        if fresh && !line.is_empty() {
            self.go_on(line);
        }
    }

    /// What follows a requirement that is whole.
    fn go_on(&mut self, line: &[Piece<'_>]) {
        if self.records(line).is_some() {
            self.words(CLAUSES);
        } else {
            self.words(AFTER);
        }
    }

    fn requirement(&mut self, line: &[Piece<'_>]) {
        let Some(last) = line.last() else {
            self.words(REQUIREMENT);
            self.kind(DeclarationKind::Fact);
            return;
        };
        let previous = line.iter().rev().nth(1);
        match last.text {
            ":" if !in_call(line) => self.requirement(&[]),
            ":" => self.argument(line),
            "competency" => self.kind(DeclarationKind::Competency),
            "for" => {
                self.words(&["this", "at least"]);
                self.kind(DeclarationKind::Competency);
            }
            "role" => self.kind(DeclarationKind::Role),
            "rule" => self.kind(DeclarationKind::Rule),
            "no" | "every" => self.kind(DeclarationKind::Evidence),
            "at" => self.words(&["least", "most"]),
            "(" | "," if in_call(line) => self.parameters(line),
            "total" | "average" | "highest" | "lowest" => self.measurable(line),
            "different" | "same" | "each" => self.fields(line),
            "where" | "whose" => {
                self.fields(line);
                self.words(&["not", "every criterion of", "date", "expires"]);
                self.kind(DeclarationKind::Fact);
            }
            "and" | "or" | "not" => {
                self.fields(line);
                self.kind(DeclarationKind::Fact);
            }
            "since" | "before" | "after" => {
                self.words(DAYS);
                self.facts_of("date");
            }
            "=" | "<" | ">" | "contains" => self.compared(line),
            "by" if previous.is_some_and(|it| it.is("waivable")) => self.authorities(),
            "of" => self.kind(DeclarationKind::Evidence),
            _ if last.kind == PieceKind::Number
                && previous
                    .is_some_and(|it| it.is("least") || it.is("most") || it.is("exactly")) =>
            {
                self.kind(DeclarationKind::Evidence);
                self.words(COUNTED);
            }
            _ if self.records(line).is_some() => {
                self.words(CLAUSES);
                self.words(&["and", "or"]);
            }
            _ if previous.is_some_and(|it| it.is("role")) => self.stages(last.text),
            _ => self.words(AFTER),
        }
    }

    fn scenario(&mut self, line: &[Piece<'_>]) {
        let Some(first) = line.first() else {
            self.words(SCENARIO);
            return;
        };
        let last = line.last().map_or("", |it| it.text);
        let waiver = line.get(1).is_some_and(|it| it.is("waiver"));
        let post = line.get(1).is_some_and(|it| it.is("post"));
        match (first.text, last) {
            ("given", "given") => {
                self.words(&["credential", "post", "waiver for"]);
                self.kind(DeclarationKind::Fact);
                self.kind(DeclarationKind::Evidence);
            }
            ("given", "for") if waiver => self.addresses(),
            ("given", "as") if waiver => self.authorities(),
            ("given", _) if waiver => self.words(&["by", "as", "because", "granted", "expires"]),
            ("given", "post") | ("expect", "role") => self.kind(DeclarationKind::Role),
            ("given", _) if post => {
                self.stages(last);
                self.words(&["from", "until"]);
            }
            ("given", "with") => self.fields(line),
            ("given", ",") if line.iter().any(|it| it.is("with")) => self.fields(line),
            ("given", ",") => self.kind(DeclarationKind::Fact),
            ("given", "for") | ("expect", "competency") => self.kind(DeclarationKind::Competency),
            ("expect", "expect") => self.words(&["role", "competency"]),
            ("expect", "met") => self.words(&["at risk"]),
            ("expect", _) => {
                if let Some(subject) = line.get(2) {
                    self.labels(subject.text);
                }
                self.words(STATUSES);
            }
            ("given", _) => {
                if let Some(name) = line.last() {
                    self.values_of(name.start, name.text, &[]);
                }
                let dated = line.get(3).is_some_and(|it| it.is("on"));
                if dated || line.iter().any(|it| it.is("issued")) {
                    self.words(NOTES);
                }
            }
            _ => {}
        }
    }
}
