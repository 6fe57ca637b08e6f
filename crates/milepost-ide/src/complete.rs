//! What may stand at a place: a file and a place in it in; names and words, the likely ones first, out.
//!
//! The words before the place decide, not the tree, for the text is broken while it is being written.

use milepost_diagnostics::{FileId, Span};

use crate::Analysis;
use crate::declarations::{Declaration, DeclarationKind};
use crate::lexis::{Piece, PieceKind, pieces};

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

/// What encloses a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Inside {
    Nothing,
    Pathway,
    Scale,
    Rubric,
    Fields,
    Competency,
    Role,
    Requirements,
    Scenario,
    Values,
}

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
const PATHWAY: &[&str] = &[
    "publisher",
    "version",
    "effective from",
    "school year starts",
    "replaces",
    "candidates enrolled before",
];
const COMPETENCY: &[&str] = &["about", "aligned to", "requires", "awards"];
const ROLE: &[&str] = &[
    "about",
    "incentive",
    "eligible when",
    "preferred",
    "stage",
    "once reached stays",
];
const REQUIREMENT: &[&str] = &[
    "all of",
    "any of",
    "at least",
    "at most",
    "exactly",
    "none of",
    "in order",
    "no",
    "every",
    "competency",
    "role",
    "rule",
    "held role",
    "not",
];
const SCENARIO: &[&str] = &[
    "as of",
    "enrolled",
    "given",
    "given credential",
    "given post",
    "given waiver for",
    "expect role",
    "expect competency",
];
const CLAUSES: &[&str] = &[
    "where",
    "whose",
    "within",
    "since",
    "from",
    "before",
    "after",
    "during this school year",
    "during last school year",
    "for",
    "for this",
    "among latest",
    "counting the latest of each",
    "counting the highest",
    "including those under review",
    "including returned",
    "by different",
    "with the same",
    "in different school years",
    "in consecutive school years",
];
const NOTES: &[&str] = &[
    "with",
    "for",
    "expires",
    "submitted",
    "decided",
    "suspended from",
    "under review",
    "draft",
    "returned",
    "revoked",
];
const STATUSES: &[&str] = &["met", "pending", "needs information", "unmet", "waived"];
const TYPES: &[&str] = &[
    "number", "whole", "yes/no", "date", "text", "one of", "list of",
];
const DAYS: &[&str] = &[
    "today",
    "start of this school year",
    "end of this school year",
];

impl Analysis {
    /// What may stand at a place, in the order in which it is offered.
    #[must_use]
    pub fn complete(&self, file: FileId, offset: u32) -> Vec<Completion> {
        let Some(text) = self.text(file).get(..offset as usize) else {
            return Vec::new();
        };
        let mut before = pieces(text);
        let written = before.pop_if(|piece| piece.kind == PieceKind::Word && piece.end() == offset);
        let in_text = |piece: &Piece<'_>| {
            matches!(piece.kind, PieceKind::Text | PieceKind::Comment)
                && piece.end() == offset
                && (piece.kind == PieceKind::Comment || !closed(piece.text))
        };
        if before.last().is_some_and(in_text) {
            return Vec::new();
        }
        let start = written.map_or(offset, |piece| piece.start);
        let span = Span {
            file,
            start,
            end: offset,
        };
        let mut offers = Offers {
            analysis: self,
            file,
            span,
            all: Vec::new(),
        };
        offers.at(&before);
        offers.all
    }
}

fn closed(text: &str) -> bool {
    text.len() > 1 && text.ends_with('"') && !text.ends_with("\\\"")
}

struct Offers<'a> {
    analysis: &'a Analysis,
    file: FileId,
    span: Span,
    all: Vec<Completion>,
}

impl Offers<'_> {
    fn words(&mut self, words: &[&str]) {
        let span = self.span;
        self.all.extend(words.iter().map(|word| Completion {
            text: (*word).to_owned(),
            kind: CompletionKind::Word,
            detail: None,
            span,
        }));
    }

    fn names(&mut self, keep: impl Fn(&Declaration) -> bool) {
        let (analysis, span) = (self.analysis, self.span);
        for (file, _) in analysis.sources().iter() {
            for it in analysis.declarations(file).iter().filter(|it| keep(it)) {
                let ty = it.ty.map(|ty| analysis.sources().text(ty).to_owned());
                let offer = Completion {
                    text: it.name.clone(),
                    kind: CompletionKind::Name(it.kind),
                    detail: it.title.clone().or(ty),
                    span,
                };
                if !self.all.contains(&offer) {
                    self.all.push(offer);
                }
            }
        }
    }

    fn kind(&mut self, kind: DeclarationKind) {
        self.names(|it| it.kind == kind);
    }

    fn at(&mut self, before: &[Piece<'_>]) {
        let (inside, open) = enclosing(before);
        let line = statement(before.get(open..).unwrap_or_default());
        match inside {
            Inside::Nothing => self.top(line),
            Inside::Pathway => self.first(line, PATHWAY),
            Inside::Scale | Inside::Rubric => {}
            Inside::Fields => self.types(line),
            Inside::Competency => self.property(line, COMPETENCY),
            Inside::Role => self.property(line, ROLE),
            Inside::Requirements => self.requirement(line),
            Inside::Scenario => self.scenario(line),
            Inside::Values => self.values(before.get(..open.saturating_sub(1)).unwrap_or_default()),
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
            Some("measure") if ends(line, &["="]) => {
                self.words(&[
                    "percent of candidates",
                    "number of candidates",
                    "number of different",
                    "number of competencies met",
                ]);
            }
            Some("measure") if ends(line, &["candidates"]) => self.words(&[
                "who meet role",
                "who meet competency",
                "whose",
                "among candidates",
            ]),
            Some("measure") if ends(line, &["different"]) => self.kind(DeclarationKind::Fact),
            Some("measure") => self.requirement(line),
            Some(_) => {}
        }
    }

    fn property(&mut self, line: &[Piece<'_>], words: &[&str]) {
        if line.is_empty() {
            self.words(words);
        } else if let Some(at) = line
            .iter()
            .position(|it| it.is("when") || it.is("requires"))
        {
            self.requirement(line.get(at + 1..).unwrap_or_default());
        }
    }

    fn types(&mut self, line: &[Piece<'_>]) {
        if ends(line, &[":"]) || ends(line, &["list", "of"]) {
            self.words(TYPES);
            self.kind(DeclarationKind::Scale);
            self.kind(DeclarationKind::Rubric);
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
            "total" | "average" | "highest" | "lowest" | "different" | "same" | "each" => {
                self.fields(line)
            }
            "of" if previous.is_some_and(|it| it.kind == PieceKind::Word) => {
                self.kind(DeclarationKind::Evidence);
            }
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
                self.kind(DeclarationKind::Fact);
            }
            "=" | "<" | ">" => self.compared(line),
            "by" if previous.is_some_and(|it| it.is("waivable")) => self.authorities(),
            "of" => self.kind(DeclarationKind::Evidence),
            _ if last.kind == PieceKind::Number
                && previous
                    .is_some_and(|it| it.is("least") || it.is("most") || it.is("exactly")) =>
            {
                self.kind(DeclarationKind::Evidence);
                self.words(&[
                    "of",
                    "total",
                    "average",
                    "highest",
                    "lowest",
                    "points of",
                    "criteria of",
                ]);
            }
            _ if self.records(line).is_some() => {
                self.words(CLAUSES);
                self.words(&["and", "or"]);
            }
            _ if self.names_role(line) => self.stages(last.text),
            _ => self.words(&["and", "or", "in", "is known", "contains"]),
        }
    }

    /// The kind of evidence that a requirement asks for.
    fn records(&self, line: &[Piece<'_>]) -> Option<String> {
        let analysis = self.analysis;
        let known = |name: &str| {
            analysis.sources().iter().any(|(file, _)| {
                let mut own = analysis.declarations(file).iter();
                own.any(|it| it.kind == DeclarationKind::Evidence && it.name == name)
            })
        };
        let words = line.iter().filter(|it| it.kind == PieceKind::Word);
        let mut kinds = words.filter(|it| known(it.text));
        kinds.next().map(|it| it.text.to_owned())
    }

    fn names_role(&self, line: &[Piece<'_>]) -> bool {
        let previous = line.iter().rev().nth(1);
        previous.is_some_and(|it| it.is("role"))
    }

    fn stages(&mut self, role: &str) {
        self.part_of(DeclarationKind::Role, role, DeclarationKind::Stage);
    }

    /// The fields of the kind of evidence asked for; where none is written yet, of every kind.
    fn fields(&mut self, line: &[Piece<'_>]) {
        match self.records(line) {
            Some(kind) => self.part_of(DeclarationKind::Evidence, &kind, DeclarationKind::Field),
            None => self.kind(DeclarationKind::Field),
        }
    }

    fn parameters(&mut self, line: &[Piece<'_>]) {
        let open = line.iter().rposition(|it| it.is("("));
        let rule = open.and_then(|open| line.get(open.checked_sub(1)?));
        if let Some(rule) = rule {
            self.part_of(DeclarationKind::Rule, rule.text, DeclarationKind::Parameter);
        }
    }

    /// What belongs to something of that name.
    fn part_of(&mut self, kind: DeclarationKind, name: &str, part: DeclarationKind) {
        let analysis = self.analysis;
        self.names(|it| {
            let of = analysis.parent(it);
            it.kind == part && of.is_some_and(|of| of.kind == kind && of.name == name)
        });
    }

    /// What the other side of a comparison may be: the levels or choices of what stands on this side.
    fn compared(&mut self, line: &[Piece<'_>]) {
        let mut words = line
            .iter()
            .rev()
            .skip_while(|it| it.kind == PieceKind::Sign);
        if let Some(left) = words.next() {
            self.values_of(left.start, left.text);
        }
        self.words(&["today", "yes", "no"]);
        self.kind(DeclarationKind::Fact);
    }

    /// The values in `in { … }`.
    fn values(&mut self, before: &[Piece<'_>]) {
        let mut words = before.iter().rev().skip_while(|it| it.is("in"));
        if let Some(left) = words.next() {
            self.values_of(left.start, left.text);
        }
    }

    /// The levels or choices of the fact, field, parameter or criterion whose name stands there.
    fn values_of(&mut self, start: u32, name: &str) {
        let analysis = self.analysis;
        let mentioned = analysis.name_at(self.file, start);
        let mentioned = mentioned.and_then(|name| analysis.declaration(name.declared));
        let typed = |it: &&Declaration| it.ty.is_some() && it.name == name;
        let named = || {
            let mut files = analysis.sources().iter();
            files.find_map(|(file, _)| analysis.declarations(file).iter().find(typed))
        };
        let Some(declaration) = mentioned.or_else(named) else {
            return;
        };
        let (at, own) = (declaration.at, &declaration.name);
        self.names(|it| {
            let of = analysis.parent(it);
            it.kind == DeclarationKind::Choice
                && of.is_some_and(|of| of.at == at && of.name == *own)
        });
        let ty = declaration.ty.map_or("", |ty| analysis.sources().text(ty));
        let scale = ty.rsplit('.').next().unwrap_or(ty);
        self.part_of(DeclarationKind::Scale, scale, DeclarationKind::Level);
    }

    fn authorities(&mut self) {
        let mut known: Vec<String> = Vec::new();
        for (_, source) in self.analysis.sources().iter() {
            let all = pieces(source.text());
            for pair in all.windows(3) {
                if let [waivable, by, name] = pair
                    && waivable.is("waivable")
                    && by.is("by")
                {
                    known.push(name.text.to_owned());
                }
            }
        }
        known.sort();
        known.dedup();
        let known: Vec<_> = known.iter().map(String::as_str).collect();
        self.words(&known);
    }

    fn scenario(&mut self, line: &[Piece<'_>]) {
        let Some(first) = line.first() else {
            self.words(SCENARIO);
            return;
        };
        let last = line.last().map_or("", |it| it.text);
        match (first.text, last) {
            ("given", "given") => {
                self.words(&["credential", "post", "waiver for"]);
                self.kind(DeclarationKind::Fact);
                self.kind(DeclarationKind::Evidence);
            }
            ("given", "with") => self.fields(line),
            ("given", ",") if line.iter().any(|it| it.is("with")) => self.fields(line),
            ("given", ",") => self.kind(DeclarationKind::Fact),
            ("given", "for") => self.kind(DeclarationKind::Competency),
            ("given", "post") | ("expect", "role") => self.kind(DeclarationKind::Role),
            ("expect", "competency") => self.kind(DeclarationKind::Competency),
            ("expect", "expect") => self.words(&["role", "competency"]),
            ("expect", _) => {
                if let Some(subject) = line.get(2) {
                    self.labels(subject.text);
                }
                self.words(STATUSES);
            }
            ("given", _) => {
                if let Some(name) = line.last() {
                    self.values_of(name.start, name.text);
                }
                if line.get(3).is_some_and(|it| it.is("on"))
                    || line.iter().any(|it| it.is("issued"))
                {
                    self.words(NOTES);
                }
                self.words(&["yes", "no"]);
            }
            _ => {}
        }
    }

    /// The labels in a role or competency, and the stages of a role.
    fn labels(&mut self, subject: &str) {
        let analysis = self.analysis;
        self.names(|it| {
            let root = std::iter::successors(Some(it), |it| analysis.parent(it)).last();
            matches!(it.kind, DeclarationKind::Label | DeclarationKind::Stage)
                && root.is_some_and(|root| root.name == subject)
        });
    }
}

/// Whether the last pieces are these.
fn ends(line: &[Piece<'_>], words: &[&str]) -> bool {
    let tail = line
        .len()
        .checked_sub(words.len())
        .and_then(|from| line.get(from..));
    tail.is_some_and(|tail| tail.iter().zip(words).all(|(piece, word)| piece.is(word)))
}

/// Whether the parentheses of a rule are open.
fn in_call(line: &[Piece<'_>]) -> bool {
    let open = line.iter().rposition(|it| it.is("("));
    let closed = line.iter().rposition(|it| it.is(")"));
    open > closed && line.iter().any(|it| it.is("rule"))
}

/// What encloses the end of these pieces, and how many of them stand before and with its brace.
fn enclosing(before: &[Piece<'_>]) -> (Inside, usize) {
    let mut open: Vec<(Inside, usize)> = Vec::new();
    let mut head = 0;
    for (at, piece) in before.iter().enumerate() {
        if piece.is("{") {
            let words = before.get(head..at).unwrap_or_default();
            let around = open.last().map_or(Inside::Nothing, |(inside, _)| *inside);
            open.push((opened(around, words), at + 1));
            head = at + 1;
        } else if piece.is("}") {
            open.pop();
            head = at + 1;
        }
    }
    open.last().copied().unwrap_or((Inside::Nothing, head))
}

/// What a brace opens after these words.
fn opened(around: Inside, words: &[Piece<'_>]) -> Inside {
    if words.last().is_some_and(|it| it.is("in")) {
        return Inside::Values;
    }
    let line = statement(words);
    match (around, line.first().map(|it| it.text)) {
        (Inside::Nothing, Some("pathway")) => Inside::Pathway,
        (Inside::Nothing, Some("scale")) => Inside::Scale,
        (Inside::Nothing, Some("rubric")) => Inside::Rubric,
        (Inside::Nothing, Some("candidate" | "evidence")) => Inside::Fields,
        (Inside::Nothing, Some("competency")) => Inside::Competency,
        (Inside::Nothing, Some("role")) => Inside::Role,
        (Inside::Nothing, Some("rule")) => Inside::Requirements,
        (Inside::Nothing, Some("scenario")) => Inside::Scenario,
        (Inside::Competency | Inside::Role | Inside::Requirements, _) => Inside::Requirements,
        _ => Inside::Values,
    }
}

/// The statement that the end of these pieces belongs to: from the last line that does not continue the one before it.
fn statement<'p, 't>(pieces: &'p [Piece<'t>]) -> &'p [Piece<'t>] {
    let from = pieces
        .iter()
        .rposition(|piece| piece.first && !continues(piece))
        .unwrap_or(0);
    let line = pieces.get(from..).unwrap_or_default();
    if line.iter().all(|piece| piece.kind == PieceKind::Comment) {
        return &[];
    }
    line
}

/// Whether a line that begins so continues the one before.
fn continues(piece: &Piece<'_>) -> bool {
    const WORDS: &[&str] = &[
        "after",
        "among",
        "and",
        "before",
        "by",
        "counting",
        "during",
        "for",
        "from",
        "in",
        "including",
        "or",
        "since",
        "where",
        "whose",
        "with",
        "within",
    ];
    piece.kind == PieceKind::Sign || WORDS.contains(&piece.text)
}
