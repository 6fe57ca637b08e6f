//! What a handbook is made of: headings, paragraphs, lists and tables, without a word of HTML or Markdown.

/// A handbook, ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handbook {
    pub(super) title: String,
    /// Whose handbook it is, below the title.
    pub(super) subtitle: String,
    pub(super) blocks: Vec<Block>,
    /// The small print.
    pub(super) colophon: Line,
}

/// Something that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading of level 2 to 4, which links lead to.
    Heading(u8, String, String),
    Paragraph(Line),
    /// A paragraph of small print.
    Note(Line),
    Bullets(Vec<Line>),
    /// What is asked, numbered as the clauses of a contract are.
    Clauses(Vec<Clause>),
    /// Names and what they stand for.
    Terms(Vec<(String, Line)>),
    /// A picture, the words that go with it, and the same as a flowchart for Mermaid.
    Picture {
        svg: String,
        caption: String,
        flowchart: String,
    },
    /// A caption, the heads of the columns, and rows, each with its own head first.
    Table(String, Vec<&'static str>, Vec<Vec<Line>>),
}

/// A requirement and those it is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Clause {
    pub(super) line: Line,
    /// Where it comes from, who may waive it, what to do about it.
    pub(super) notes: Vec<Line>,
    pub(super) inside: Vec<Self>,
}

/// Words that follow one another.
pub(super) type Line = Vec<Piece>;

/// Some words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Plain(String),
    /// As it stands in a file or a record.
    Code(String),
    Strong(String),
    /// The id of a heading, and the words that lead there.
    Link(String, String),
}

/// A line of plain words.
pub(super) fn plain(text: impl Into<String>) -> Line {
    vec![Piece::Plain(text.into())]
}

/// Lines joined to one.
pub(super) fn joined(lines: Vec<Line>, between: &str) -> Line {
    let mut out = Line::new();
    for line in lines {
        if !out.is_empty() {
            out.push(Piece::Plain(between.to_owned()));
        }
        out.extend(line);
    }
    out
}
