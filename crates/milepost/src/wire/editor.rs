//! What an editor in a page is told. In: what [`crate::ide`] says. Out: plain data, with every place as a string of JavaScript
//! counts: in UTF-16 code units from the start of the text, from 0, the end not included.

use milepost_diagnostics::{Sources, Span};
use milepost_ide as ide;
use schemars::JsonSchema;
use serde::Serialize;

/// What a piece of a text is, or what a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    /// A comment.
    Comment,
    /// A text in quotation marks.
    Text,
    /// A number, a date or a share.
    Number,
    /// A word of the language.
    Keyword,
    /// The programme.
    Pathway,
    /// The name a file gives to a file it uses.
    Alias,
    /// A scale.
    Scale,
    /// A level of a scale.
    Level,
    /// A rubric.
    Rubric,
    /// A criterion of a rubric.
    Criterion,
    /// A fact of the candidate.
    Fact,
    /// A kind of evidence.
    Evidence,
    /// A field of a kind of evidence.
    Field,
    /// One of the values of a fact or field.
    Choice,
    /// A competency.
    Competency,
    /// A role.
    Role,
    /// A stage of a role.
    Stage,
    /// A rule.
    Rule,
    /// A parameter of a rule.
    Parameter,
    /// A measure over a cohort.
    Measure,
    /// The label of a requirement.
    Label,
    /// A scenario.
    Scenario,
}

/// What is to be said of a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Hover {
    /// Where what it is about begins.
    pub from: u32,
    /// Where that ends.
    pub to: u32,
    /// What it is, in Markdown.
    pub markdown: String,
}

/// Something that may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Completion {
    /// What comes.
    pub text: String,
    /// What it is.
    pub kind: TokenKind,
    /// More about it: a title, a type.
    pub detail: Option<String>,
    /// Where what it takes the place of begins.
    pub from: u32,
    /// Where that ends.
    pub to: u32,
}

/// Something that a text declares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Symbol {
    /// Its name; of a scenario its title.
    pub name: String,
    /// What it is.
    pub kind: TokenKind,
    /// Its title.
    pub title: Option<String>,
    /// Where its name begins.
    pub from: u32,
    /// Where its name ends.
    pub to: u32,
    /// Where all of it begins.
    pub whole_from: u32,
    /// Where all of it ends.
    pub whole_to: u32,
    /// What belongs to it, in the order written.
    pub children: Vec<Self>,
}

/// A piece of a text, for painting it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Token {
    /// Where it begins.
    pub from: u32,
    /// Where it ends; never on another line.
    pub to: u32,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it is a name that is declared here.
    pub declared: bool,
}

impl Hover {
    /// What an editor is told.
    #[must_use]
    pub fn new(hover: ide::Hover, sources: &Sources) -> Self {
        let (from, to) = units(hover.span, sources);
        let markdown = hover.markdown;
        Self { from, to, markdown }
    }
}

impl Completion {
    /// What an editor is told.
    #[must_use]
    pub fn new(offer: ide::Completion, sources: &Sources) -> Self {
        let (from, to) = units(offer.span, sources);
        Self {
            text: offer.text,
            kind: match offer.kind {
                ide::CompletionKind::Word => TokenKind::Keyword,
                ide::CompletionKind::Name(kind) => kind.into(),
            },
            detail: offer.detail,
            from,
            to,
        }
    }
}

impl Symbol {
    /// What a file declares, each with what belongs to it; the places in `all` are those of one file.
    #[must_use]
    pub fn tree(all: &[ide::Declaration], sources: &Sources) -> Vec<Self> {
        let mut open: Vec<Option<Self>> =
            all.iter().map(|it| Some(Self::new(it, sources))).collect();
        let mut roots = Vec::new();
        // What belongs to something comes after it: from the last on, each is whole when it is moved.
        for (place, it) in all.iter().enumerate().rev() {
            let Some(mut symbol) = open.get_mut(place).and_then(Option::take) else {
                continue;
            };
            symbol.children.reverse();
            match it.parent.and_then(|parent| open.get_mut(parent)?.as_mut()) {
                Some(parent) => parent.children.push(symbol),
                None => roots.push(symbol),
            }
        }
        roots.reverse();
        roots
    }

    fn new(it: &ide::Declaration, sources: &Sources) -> Self {
        let (from, to) = units(it.at, sources);
        let (whole_from, whole_to) = units(it.whole, sources);
        Self {
            name: it.name.clone(),
            kind: it.kind.into(),
            title: it.title.clone(),
            from,
            to,
            // A name is always within what it names, however broken that is.
            whole_from: whole_from.min(from),
            whole_to: whole_to.max(to),
            children: Vec::new(),
        }
    }
}

impl Token {
    /// What an editor is told.
    #[must_use]
    pub fn new(token: ide::Token, sources: &Sources) -> Self {
        let (from, to) = units(token.span, sources);
        Self {
            from,
            to,
            kind: match token.kind {
                ide::TokenKind::Comment => TokenKind::Comment,
                ide::TokenKind::Text => TokenKind::Text,
                ide::TokenKind::Number => TokenKind::Number,
                ide::TokenKind::Keyword => TokenKind::Keyword,
                ide::TokenKind::Name(kind) => kind.into(),
            },
            declared: token.declared,
        }
    }
}

impl From<ide::DeclarationKind> for TokenKind {
    fn from(kind: ide::DeclarationKind) -> Self {
        use ide::DeclarationKind as Kind;
        match kind {
            Kind::Pathway => Self::Pathway,
            Kind::Alias => Self::Alias,
            Kind::Scale => Self::Scale,
            Kind::Level => Self::Level,
            Kind::Rubric => Self::Rubric,
            Kind::Criterion => Self::Criterion,
            Kind::Fact => Self::Fact,
            Kind::Evidence => Self::Evidence,
            Kind::Field => Self::Field,
            Kind::Choice => Self::Choice,
            Kind::Competency => Self::Competency,
            Kind::Role => Self::Role,
            Kind::Stage => Self::Stage,
            Kind::Rule => Self::Rule,
            Kind::Parameter => Self::Parameter,
            Kind::Measure => Self::Measure,
            Kind::Label => Self::Label,
            Kind::Scenario => Self::Scenario,
        }
    }
}

fn units(span: Span, sources: &Sources) -> (u32, u32) {
    sources.get(span.file).map_or((0, 0), |source| {
        (source.utf16(span.start), source.utf16(span.end))
    })
}
