//! A layout before its lines are known: words, and where a line may or must end between them.
//!
//! In: words from [`super::parts`]. Out: pieces with their widths, for [`super::print`].

use super::trivia::{Before, Comment};

/// A piece of layout.
pub(super) struct Doc<'t> {
    /// What it is.
    pub kind: Kind<'t>,
    /// The spaces between it and what stands before it on its line.
    pub space: usize,
    /// The column of its block's members that it begins; the first has no number.
    pub column: Option<usize>,
    /// Where that column stands, from the beginning of the member.
    pub at: usize,
    /// Its width on one line, if it can and may stand on one.
    pub flat: Option<usize>,
    /// Its width up to where its line may end.
    pub lead: Extent,
    /// Its width up to where its line must end.
    pub line: Extent,
    /// Whether there is a block in it.
    pub has_block: bool,
}

/// A width up to the end of a piece, or of a line within it.
#[derive(Clone, Copy, Default)]
pub(super) struct Extent {
    /// The columns.
    pub width: usize,
    /// Whether a line ends there.
    pub ends: bool,
}

/// What a piece is.
pub(super) enum Kind<'t> {
    /// A word, and the comments before it.
    Word(&'t str, Vec<Comment<'t>>),
    /// One after the other.
    Row(Vec<Doc<'t>>),
    /// One after the other; those after the first may begin a line, further in.
    Fill(Vec<Doc<'t>>),
    /// The same; if they do not fit on one line together, each begins a line.
    Apart(Vec<Doc<'t>>),
    /// Braces and what is in them.
    Block(Block<'t>),
}

/// Braces and what is in them.
#[derive(Default)]
pub(super) struct Block<'t> {
    /// The comments before the opening brace.
    pub open: Vec<Comment<'t>>,
    /// Each on its line, or all on one.
    pub members: Vec<Member<'t>>,
    /// What stands before the closing brace.
    pub last: Before<'t>,
}

/// A member of a block.
pub(super) struct Member<'t> {
    /// What stands before it.
    pub before: Before<'t>,
    /// The member itself.
    pub doc: Doc<'t>,
}

impl Block<'_> {
    /// The columns between two members on one line.
    pub(super) fn spacing(&self) -> usize {
        let plain = |member: &Member| matches!(member.doc.kind, Kind::Word(..));
        if self.members.iter().all(plain) { 1 } else { 2 }
    }
}

impl<'t> Doc<'t> {
    /// A word.
    pub(super) fn word(text: &'t str, comments: Vec<Comment<'t>>) -> Self {
        let width = text.chars().count();
        let whole = Extent { width, ends: false };
        let (extent, flat) = if comments.is_empty() {
            (whole, Some(width))
        } else {
            (
                Extent {
                    width: 0,
                    ends: true,
                },
                None,
            )
        };
        Self {
            kind: Kind::Word(text, comments),
            space: 1,
            column: None,
            at: 0,
            flat,
            lead: extent,
            line: extent,
            has_block: false,
        }
    }

    /// Pieces one after the other.
    pub(super) fn row(mut parts: Vec<Self>) -> Self {
        if parts.len() == 1
            && let Some(only) = parts.pop()
        {
            return only;
        }
        let lead = extent(&parts, |part| part.lead);
        Self::made(Kind::Row, parts, lead)
    }

    /// Pieces between which a line may end.
    pub(super) fn fill(parts: Vec<Self>) -> Self {
        Self::breakable(Kind::Fill, parts)
    }

    /// Pieces between which a line may end: everywhere or nowhere.
    pub(super) fn apart(parts: Vec<Self>) -> Self {
        Self::breakable(Kind::Apart, parts)
    }

    fn breakable(kind: fn(Vec<Self>) -> Kind<'t>, parts: Vec<Self>) -> Self {
        if parts.len() < 2 {
            return Self::row(parts);
        }
        let width = parts.first().map_or(0, |first| first.lead.width);
        Self::made(kind, parts, Extent { width, ends: true })
    }

    fn made(kind: fn(Vec<Self>) -> Kind<'t>, parts: Vec<Self>, lead: Extent) -> Self {
        let flat = parts
            .iter()
            .enumerate()
            .try_fold(0, |sum, (at, part)| Some(sum + part.space(at) + part.flat?));
        Self {
            flat,
            lead,
            line: extent(&parts, |part| part.line),
            has_block: parts.iter().any(|part| part.has_block),
            space: parts.first().map_or(1, |part| part.space),
            column: None,
            at: 0,
            kind: kind(parts),
        }
    }

    /// Braces; whether they may stand on one line.
    pub(super) fn block(block: Block<'t>, one_line: bool) -> Self {
        let empty = block.members.is_empty() && block.last.comments.is_empty();
        let spacing = block.spacing() * block.members.len().saturating_sub(1);
        let flat = if !block.open.is_empty() || !(empty || one_line) {
            None
        } else if empty {
            Some(2)
        } else {
            let widths = block.members.iter().map(|member| member.doc.flat);
            widths
                .sum::<Option<usize>>()
                .map(|width| 4 + spacing + width)
        };
        let extent = match (block.open.is_empty(), empty) {
            (false, _) => Extent {
                width: 0,
                ends: true,
            },
            (true, true) => Extent {
                width: 2,
                ends: false,
            },
            (true, false) => Extent {
                width: 1,
                ends: true,
            },
        };
        Self {
            kind: Kind::Block(block),
            space: 1,
            column: None,
            at: 0,
            flat,
            lead: extent,
            line: extent,
            has_block: !empty,
        }
    }

    /// The spaces before it, as the part of a row at a place.
    pub(super) fn space(&self, place: usize) -> usize {
        if place > 0 { self.space } else { 0 }
    }
}

/// How far a row of pieces reaches.
fn extent(parts: &[Doc], of: impl Fn(&Doc) -> Extent) -> Extent {
    let mut reached = Extent::default();
    for (at, part) in parts.iter().enumerate() {
        let Extent { width, ends } = of(part);
        reached.width += part.space(at) + width;
        if ends {
            reached.ends = true;
            break;
        }
    }
    reached
}
