//! What every piece of a text is, for painting it: a text in; its pieces with what they stand for out.

use milepost_diagnostics::{FileId, Span};

use crate::Analysis;
use crate::declarations::DeclarationKind;
use crate::lexis::{PieceKind, pieces};

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A comment.
    Comment,
    /// A text.
    Text,
    /// A number, a date or a share.
    Number,
    /// A word of the language.
    Keyword,
    /// A name, and what it stands for.
    Name(DeclarationKind),
}

/// A piece of text that is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, never over the end of a line.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it is declared here.
    pub declared: bool,
}

impl Analysis {
    /// The painted pieces of a file, in order. A word that stands for nothing known is taken for one of the language only
    /// if the language has it.
    #[must_use]
    pub fn tokens(&self, file: FileId) -> Vec<Token> {
        let mut own: Vec<_> = self.declarations(file).iter().collect();
        own.sort_by_key(|declaration| declaration.at);
        let mut tokens = Vec::new();
        for piece in pieces(self.text(file)) {
            let span = Span {
                file,
                start: piece.start,
                end: piece.end(),
            };
            let mut declared = false;
            let kind = match piece.kind {
                PieceKind::Comment => TokenKind::Comment,
                PieceKind::Text => TokenKind::Text,
                PieceKind::Number => TokenKind::Number,
                PieceKind::Sign => continue,
                PieceKind::Word => {
                    let named = own.binary_search_by_key(&span, |it| it.at);
                    if let Some(declaration) = named.ok().and_then(|at| own.get(at)) {
                        declared = true;
                        TokenKind::Name(declaration.kind)
                    } else if let Some(kind) = self.mentioned(span) {
                        TokenKind::Name(kind)
                    } else if WORDS.binary_search(&piece.text).is_ok() {
                        TokenKind::Keyword
                    } else {
                        continue;
                    }
                }
            };
            tokens.push(Token {
                span,
                kind,
                declared,
            });
        }
        tokens
    }

    fn mentioned(&self, at: Span) -> Option<DeclarationKind> {
        let mentions = self.mentions();
        let place = mentions.binary_search_by_key(&at, |mention| mention.at);
        let mention = mentions.get(place.ok()?)?;
        Some(self.declaration(mention.declared)?.kind)
    }
}

/// The words of the language, in alphabetical order; most of them are names elsewhere.
pub const WORDS: &[&str] = &[
    "about",
    "accepted",
    "advice",
    "after",
    "aligned",
    "all",
    "among",
    "and",
    "any",
    "as",
    "at",
    "average",
    "awards",
    "because",
    "before",
    "by",
    "candidate",
    "candidates",
    "cites",
    "competencies",
    "competency",
    "consecutive",
    "contains",
    "counting",
    "credential",
    "criteria",
    "criterion",
    "date",
    "day",
    "days",
    "decided",
    "different",
    "draft",
    "during",
    "each",
    "effective",
    "effort",
    "eligible",
    "end",
    "enrolled",
    "every",
    "evidence",
    "exactly",
    "expect",
    "expires",
    "finish",
    "for",
    "formerly",
    "from",
    "given",
    "granted",
    "held",
    "highest",
    "hour",
    "hours",
    "in",
    "incentive",
    "including",
    "information",
    "is",
    "issued",
    "known",
    "last",
    "latest",
    "least",
    "list",
    "lowest",
    "may",
    "measure",
    "meet",
    "met",
    "month",
    "months",
    "most",
    "needs",
    "next",
    "no",
    "none",
    "not",
    "number",
    "of",
    "on",
    "once",
    "one",
    "or",
    "order",
    "pathway",
    "pending",
    "percent",
    "point",
    "points",
    "post",
    "preferred",
    "publisher",
    "reached",
    "replaces",
    "requires",
    "returned",
    "reuse",
    "review",
    "revoked",
    "risk",
    "role",
    "rubric",
    "rule",
    "same",
    "scale",
    "scenario",
    "school",
    "since",
    "skipping",
    "stage",
    "start",
    "starts",
    "stays",
    "submitted",
    "suspended",
    "text",
    "the",
    "this",
    "those",
    "to",
    "today",
    "total",
    "under",
    "unmet",
    "until",
    "use",
    "valid",
    "version",
    "waivable",
    "waived",
    "waiver",
    "week",
    "weeks",
    "when",
    "where",
    "who",
    "whole",
    "whose",
    "with",
    "within",
    "without",
    "year",
    "years",
    "yes",
];
