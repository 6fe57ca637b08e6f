//! Where a mistake is shown: an offset at which the parse stopped in, the stretch to point at out.

use crate::parse::Reader;

/// The place of a mistake.
pub(super) struct Place {
    /// The end of what stands before it.
    pub before: usize,
    /// The start of what stands next.
    pub next: usize,
    /// The stretch to point at: what stands next if it is on the same line, else the end of what is before.
    pub start: usize,
    /// Its end.
    pub end: usize,
}

impl Place {
    /// Points at what stands next, on whichever line it is.
    pub(super) fn point_at_next(&mut self, text: &str) {
        self.start = self.next;
        self.end = self.next + text.get(self.next..).map_or(0, token_length);
    }

    /// What is there, or nothing at the end of a line.
    pub(super) fn token<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// The end of a sentence that says what is there.
    pub(super) fn found(&self, text: &str) -> String {
        match self.token(text) {
            "" => String::new(),
            token if token.starts_with('"') => ", found a text".to_owned(),
            token => format!(", found `{token}`"),
        }
    }
}

impl Reader<'_> {
    /// The place at an offset.
    pub(super) fn place(&self, at: usize) -> Place {
        let next = self.forward(at);
        let before = self.backward(at);
        let between = self.clean.get(before..next).unwrap_or("");
        let rest = self.clean.get(next..).unwrap_or("");
        if rest.is_empty() || between.contains(['\n', '\r']) {
            Place {
                before,
                next,
                start: before,
                end: before,
            }
        } else {
            Place {
                before,
                next,
                start: next,
                end: next + token_length(rest),
            }
        }
    }

    /// Over blanks and comments to what comes next.
    fn forward(&self, mut at: usize) -> usize {
        loop {
            let rest = self.clean.get(at..).unwrap_or("");
            let code = rest.trim_start_matches([' ', '\t', '\n', '\r']);
            at += rest.len() - code.len();
            if !code.starts_with("//") {
                return at;
            }
            at += code.find(['\n', '\r']).unwrap_or(code.len());
        }
    }

    /// Over blanks and comments to the end of what came before.
    fn backward(&self, at: usize) -> usize {
        let mut text = self.clean.get(..at).unwrap_or("");
        loop {
            text = text.trim_end_matches([' ', '\t', '\n', '\r']);
            let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
            let after = self
                .comments
                .partition_point(|comment| comment.span.start < end);
            match after
                .checked_sub(1)
                .and_then(|last| self.comments.get(last))
            {
                Some(comment) if comment.span.end >= end => {
                    text = text.get(..comment.span.start as usize).unwrap_or("");
                }
                _ => return text.len(),
            }
        }
    }
}

/// How long the word, number, text or sign is that a text begins with.
fn token_length(text: &str) -> usize {
    let Some(first) = text.chars().next() else {
        return 0;
    };
    if first == '"' {
        return quoted_length(text);
    }
    if first.is_alphanumeric() || first == '_' {
        let number = first.is_ascii_digit();
        let part = |c: char| {
            c.is_alphanumeric()
                || c == '_'
                || c == '-'
                || number && matches!(c, '/' | '.' | ',' | '%')
        };
        let word = text
            .get(..text.find(|c| !part(c)).unwrap_or(text.len()))
            .unwrap_or(text);
        return word.trim_end_matches(['-', '/', '.', ',']).len();
    }
    let pairs = ["==", "=>", "=<", "&&", "||", "<>", "!=", "<=", ">="];
    pairs
        .iter()
        .find(|pair| text.starts_with(**pair))
        .map_or(first.len_utf8(), |pair| pair.len())
}

/// A text up to its quote or the end of its line.
pub(super) fn quoted_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' | '\r' => return at,
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}
