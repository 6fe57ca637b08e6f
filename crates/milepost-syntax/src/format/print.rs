//! Layout in, lines out: whatever fits on a line stands on one.

use super::doc::{Block, Doc, Kind};
use super::trivia::{Before, Comment};
use super::{STEP, WIDTH};

/// Lines on their way.
#[derive(Default)]
pub(super) struct Printer {
    out: String,
    /// The columns of the line so far.
    column: usize,
    /// The lines that have ended.
    lines: usize,
    /// What comes before the next word.
    next: Next,
}

/// What comes before a word.
#[derive(Clone, Copy, Default)]
enum Next {
    #[default]
    Nothing,
    Space(usize),
    Line(usize),
}

impl Printer {
    /// What was printed.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Prints a declaration or the member of a block: on one line if it may and can.
    pub(super) fn member(&mut self, doc: &Doc, indent: usize) {
        if doc.flat.is_some_and(|flat| indent + flat <= WIDTH) {
            self.flat(doc, Some(indent));
        } else {
            self.print(doc, indent, 0);
        }
    }

    /// Prints on one line; a member that has a line of its own keeps to the columns of its block.
    fn flat(&mut self, doc: &Doc, member: Option<usize>) {
        match &doc.kind {
            Kind::Word(word, comments) => self.word(word, comments, 0),
            Kind::Row(parts) | Kind::Fill(parts) | Kind::Apart(parts) => {
                for (at, part) in parts.iter().enumerate() {
                    match member {
                        Some(indent) => {
                            self.space(part, at);
                            self.pad(part, indent);
                        }
                        None => self.next(part.space(at).min(1)),
                    }
                    self.flat(part, None);
                }
            }
            Kind::Block(block) if block.members.is_empty() => self.word("{}", &[], 0),
            Kind::Block(block) => {
                self.word("{", &[], 0);
                for (at, member) in block.members.iter().enumerate() {
                    self.next(if at == 0 { 1 } else { block.spacing() });
                    self.flat(&member.doc, None);
                }
                self.next(1);
                self.word("}", &[], 0);
            }
        }
    }

    /// Prints where lines may end; `tail` columns follow on the last of them.
    fn print(&mut self, doc: &Doc, indent: usize, tail: usize) {
        match &doc.kind {
            Kind::Word(word, comments) => self.word(word, comments, indent),
            Kind::Row(parts) => {
                let tails = tails(parts, tail);
                for (at, (part, tail)) in parts.iter().zip(tails).enumerate() {
                    self.space(part, at);
                    self.pad(part, indent);
                    self.print(part, indent, tail);
                }
            }
            Kind::Fill(parts) => self.fill(parts, indent, tail, true),
            Kind::Apart(parts) => self.fill(parts, indent, tail, self.fits(doc, tail)),
            Kind::Block(block) => self.block(block, indent),
        }
    }

    /// Whether a piece fits on the line, up to where its own line must end.
    fn fits(&self, doc: &Doc, tail: usize) -> bool {
        let column = match self.next {
            Next::Nothing => self.column,
            Next::Space(spaces) => self.column + spaces,
            Next::Line(indent) => indent,
        };
        let tail = if doc.line.ends { 0 } else { tail };
        column + doc.line.width + tail <= WIDTH
    }

    /// Parts of which those begin a line that do not fit on the one before, or would follow what takes several lines.
    fn fill(&mut self, parts: &[Doc], indent: usize, tail: usize, together: bool) {
        let last = parts.len().saturating_sub(1);
        // The line that the first part stands on may be yet to begin.
        let mut lines = self.lines + usize::from(matches!(self.next, Next::Line(_)));
        for (at, part) in parts.iter().enumerate() {
            let tail = if at == last { tail } else { 0 };
            self.space(part, at);
            if at == 0 || together && self.lines == lines && self.fits(part, tail) {
                self.print(part, indent, tail);
            } else {
                lines = self.lines + 1;
                self.next = Next::Line(indent + STEP);
                self.print(part, indent + STEP, tail);
            }
        }
    }

    fn block(&mut self, block: &Block, indent: usize) {
        self.word("{", &block.open, indent);
        if block.members.is_empty() && block.last.comments.is_empty() {
            self.push("}");
            return;
        }
        let inner = indent + STEP;
        let mut first = true;
        for member in &block.members {
            self.comments(&member.before, inner, &mut first);
            self.empty_line(member.before.blank && !first);
            self.next = Next::Line(inner);
            self.member(&member.doc, inner);
            first = false;
        }
        self.comments(&block.last, inner, &mut first);
        self.next = Next::Line(indent);
        self.word("}", &[], indent);
    }

    /// Comments between the members of a block.
    fn comments(&mut self, before: &Before, indent: usize, first: &mut bool) {
        for comment in &before.comments {
            if comment.trailing {
                self.push(" ");
            } else {
                self.empty_line(comment.blank && !*first);
                self.line(indent);
                *first = false;
            }
            self.push(comment.text);
        }
    }

    /// A word, and the comments that stand before it in the midst of something.
    fn word(&mut self, word: &str, comments: &[Comment], indent: usize) {
        let next = std::mem::take(&mut self.next);
        if comments.is_empty() {
            match next {
                Next::Nothing => {}
                Next::Space(spaces) => self.spaces(spaces),
                Next::Line(indent) => self.line(indent),
            }
        } else {
            let indent = match next {
                Next::Line(indent) => indent,
                Next::Nothing | Next::Space(_) => indent + STEP,
            };
            for comment in comments {
                if comment.trailing {
                    self.push(" ");
                } else {
                    self.line(indent);
                }
                self.push(comment.text);
            }
            self.line(indent);
        }
        self.push(word);
    }

    /// The space before the part of a row.
    fn space(&mut self, part: &Doc, place: usize) {
        self.next(part.space(place));
    }

    /// So many spaces come next; what is to come before a whole row stays.
    fn next(&mut self, spaces: usize) {
        if spaces > 0 {
            self.next = Next::Space(spaces);
        }
    }

    /// Goes on to the column of a part that begins with a word.
    fn pad(&mut self, part: &Doc, indent: usize) {
        if let Next::Space(spaces) = self.next
            && part.lead.width > 0
        {
            let short = (indent + part.at).saturating_sub(self.column);
            self.next = Next::Space(spaces.max(short));
        }
    }

    fn spaces(&mut self, spaces: usize) {
        self.out.extend(std::iter::repeat_n(' ', spaces));
        self.column += spaces;
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
    }

    fn line(&mut self, indent: usize) {
        self.out.push('\n');
        self.lines += 1;
        self.column = 0;
        self.spaces(indent);
    }

    fn empty_line(&mut self, wanted: bool) {
        if wanted {
            self.out.push('\n');
        }
    }
}

/// What follows each part of a row on the same line, up to where the line may end.
fn tails(parts: &[Doc], tail: usize) -> Vec<usize> {
    let mut tails = Vec::with_capacity(parts.len());
    let mut follows = tail;
    for (at, part) in parts.iter().enumerate().rev() {
        tails.push(follows);
        let after = if part.lead.ends { 0 } else { follows };
        follows = part.space(at) + part.lead.width + after;
    }
    tails.reverse();
    tails
}
