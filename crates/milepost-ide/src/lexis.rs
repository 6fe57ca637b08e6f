//! The pieces of a text that an editor paints and completion looks back at: a text in, whatever state it is in; its
//! words, texts, numbers, comments and signs out.

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// `// …`
    Comment,
    /// `"…"`, closed or not.
    Text,
    /// A number, a date, a share.
    Number,
    /// A word.
    Word,
    /// Any other character.
    Sign,
}

/// A piece and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece<'t> {
    /// What it is.
    pub kind: PieceKind,
    /// Its first byte.
    pub start: u32,
    /// What is written.
    pub text: &'t str,
    /// Whether a line begins with it.
    pub first: bool,
}

impl Piece<'_> {
    /// The byte after its last.
    pub(crate) fn end(&self) -> u32 {
        self.start
            .saturating_add(u32::try_from(self.text.len()).unwrap_or(u32::MAX))
    }

    /// Whether it is this word or sign.
    pub(crate) fn is(&self, word: &str) -> bool {
        matches!(self.kind, PieceKind::Word | PieceKind::Sign) && self.text == word
    }
}

/// The pieces of a text, in order.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut all = Vec::new();
    let mut at = 0;
    let mut first = true;
    while let Some(rest) = text.get(at..) {
        let Some(c) = rest.chars().next() else { break };
        if c.is_whitespace() || c == '\u{feff}' {
            first |= c == '\n';
            at += c.len_utf8();
            continue;
        }
        let (kind, length) = piece(rest, c);
        if let (Some(text), Ok(start)) = (rest.get(..length), u32::try_from(at)) {
            all.push(Piece {
                kind,
                start,
                text,
                first,
            });
        }
        first = false;
        at += length;
    }
    all
}

fn piece(rest: &str, c: char) -> (PieceKind, usize) {
    let until = |ends: fn(char) -> bool| rest.find(ends).unwrap_or(rest.len());
    match c {
        '/' if rest.starts_with("//") => (PieceKind::Comment, until(is_break)),
        '"' => (PieceKind::Text, text(rest)),
        '0'..='9' => (PieceKind::Number, number(rest)),
        c if is_name(c) => (PieceKind::Word, until(|c| !is_name(c))),
        c => (PieceKind::Sign, c.len_utf8()),
    }
}

/// A text ends at its quote or with its line.
fn text(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if is_break(c) => return at,
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    rest.len()
}

/// `12.5`, `90%`, `2026-07-01`, `2015-16`
fn number(rest: &str) -> usize {
    let inside = |(at, c): &(usize, char)| {
        let next = || rest.get(at + 1..).and_then(|rest| rest.chars().next());
        c.is_ascii_digit() || (matches!(c, '.' | '-') && next().is_some_and(|c| c.is_ascii_digit()))
    };
    let end = rest.char_indices().find(|it| !inside(it));
    match end {
        Some((at, '%')) => at + 1,
        Some((at, _)) => at,
        None => rest.len(),
    }
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

pub(crate) fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_piece_is_told() {
        let found: Vec<_> = pieces("role a \"x\\\" y\" { // c\n  n >= 2026-07-01 - 3 “\"open\nz")
            .iter()
            .map(|piece| (piece.kind, piece.text, piece.first))
            .collect();
        assert_eq!(
            found,
            [
                (PieceKind::Word, "role", true),
                (PieceKind::Word, "a", false),
                (PieceKind::Text, "\"x\\\" y\"", false),
                (PieceKind::Sign, "{", false),
                (PieceKind::Comment, "// c", false),
                (PieceKind::Word, "n", true),
                (PieceKind::Sign, ">", false),
                (PieceKind::Sign, "=", false),
                (PieceKind::Number, "2026-07-01", false),
                (PieceKind::Sign, "-", false),
                (PieceKind::Number, "3", false),
                (PieceKind::Sign, "“", false),
                (PieceKind::Text, "\"open", false),
                (PieceKind::Word, "z", true),
            ]
        );
    }
}
