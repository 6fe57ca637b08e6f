//! What stands between words: a text and a place in it in; comments, line breaks and the next word out.

/// A comment.
pub(super) struct Comment<'t> {
    /// What it says, its slashes included.
    pub text: &'t str,
    /// Whether it stands behind something on its line.
    pub trailing: bool,
    /// Whether an empty line is above it.
    pub blank: bool,
}

/// What stands before a word.
#[derive(Default)]
pub(super) struct Before<'t> {
    /// The comments.
    pub comments: Vec<Comment<'t>>,
    /// Whether an empty line comes last.
    pub blank: bool,
}

impl Before<'_> {
    /// Whether there is an empty line anywhere.
    pub(super) fn has_blank(&self) -> bool {
        self.blank || self.comments.iter().any(|comment| comment.blank)
    }
}

/// A walk through a text, word by word.
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    /// Begins after the byte order mark, if there is one.
    pub(super) fn new(text: &'t str) -> Self {
        let at = text.len() - text.trim_start_matches('\u{feff}').len();
        let at = at.min('\u{feff}'.len_utf8());
        Self { text, at }
    }

    /// Where the walk is.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes on from another place.
    pub(super) fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    /// Whether a stretch of the text stands on one line.
    pub(super) fn on_one_line(&self, start: usize, end: usize) -> bool {
        let stretch = self.text.get(start..end).unwrap_or("");
        !stretch.contains(['\n', '\r'])
    }

    /// Passes white space and comments.
    pub(super) fn before(&mut self) -> Before<'t> {
        let mut comments = Vec::new();
        loop {
            let rest = self.rest();
            let next = rest.trim_start_matches([' ', '\t', '\n', '\r']);
            let white = rest.get(..rest.len() - next.len()).unwrap_or("");
            let breaks = line_breaks(white);
            self.at += white.len();
            if !next.starts_with("//") {
                return Before {
                    comments,
                    blank: breaks > 1,
                };
            }
            let line = next.get(..line_length(next)).unwrap_or(next);
            self.at += line.len();
            comments.push(Comment {
                text: line.trim_end(),
                trailing: breaks == 0,
                blank: breaks > 1,
            });
        }
    }

    /// Takes the word that stands here, which ends before a place; a text is one word.
    pub(super) fn word(&mut self, end: usize) -> &'t str {
        let rest = self.text.get(self.at..end).unwrap_or("");
        let word = if rest.starts_with('"') {
            rest.trim_end()
        } else {
            let white = rest.find([' ', '\t', '\n', '\r']).unwrap_or(rest.len());
            let comment = rest.find("//").unwrap_or(rest.len());
            rest.get(..white.min(comment)).unwrap_or(rest)
        };
        self.at += word.len();
        word
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }
}

fn line_length(text: &str) -> usize {
    text.find(['\n', '\r']).unwrap_or(text.len())
}

/// How many lines end in white space; `\r\n` ends one.
fn line_breaks(white: &str) -> usize {
    let pairs = white.matches("\r\n").count();
    white.matches(['\n', '\r']).count() - pairs
}
