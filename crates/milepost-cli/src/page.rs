//! Text for people. In: pieces of styled text, indents, a width. Out: lines that hang under their own beginning, none
//! wider than the page, styled only if the page is coloured.

use std::fmt::Write as _;

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use crate::visible::visible;

/// A text of one or more styles.
#[derive(Clone, Debug, Default)]
pub struct Text(Vec<(Style, String)>);

impl Text {
    /// In the plain style.
    pub fn plain(text: &str) -> Self {
        Self::styled(Style::new(), text)
    }

    /// In a style.
    pub fn styled(style: Style, text: &str) -> Self {
        Self::default().and(style, text)
    }

    /// And more, in a style.
    pub fn and(mut self, style: Style, text: &str) -> Self {
        self.0.push((style, visible(text).into_owned()));
        self
    }

    /// And more, in the plain style.
    pub fn then(self, text: &str) -> Self {
        self.and(Style::new(), text)
    }

    /// And another text.
    pub fn join(mut self, other: &Self) -> Self {
        self.0.extend_from_slice(&other.0);
        self
    }

    fn width(&self) -> usize {
        self.0.iter().map(|(_, text)| text.width()).sum()
    }

    /// The pieces between spaces; a word may have several styles.
    fn words(&self) -> Vec<Vec<(Style, &str)>> {
        let mut words: Vec<Vec<(Style, &str)>> = vec![Vec::new()];
        for (style, text) in &self.0 {
            for (place, piece) in text.split(' ').enumerate() {
                if place > 0 {
                    words.push(Vec::new());
                }
                if let (Some(word), false) = (words.last_mut(), piece.is_empty()) {
                    word.push((*style, piece));
                }
            }
        }
        words.retain(|word| !word.is_empty());
        words
    }
}

/// Lines of one width.
#[derive(Debug)]
pub struct Page {
    width: usize,
    colour: bool,
    /// The style that is switched on.
    style: Style,
    out: String,
}

impl Page {
    /// An empty page.
    pub fn new(width: usize, colour: bool) -> Self {
        Self {
            width,
            colour,
            style: Style::new(),
            out: String::new(),
        }
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }

    /// An empty line, unless nothing or an empty line stands before it.
    pub fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A text at an indent; what does not fit goes on two columns further in.
    pub fn line(&mut self, indent: usize, text: &Text) {
        self.flow(indent, indent + 2, &text.words());
    }

    /// A text at an indent; what does not fit goes on under its beginning.
    pub fn paragraph(&mut self, indent: usize, text: &Text) {
        self.flow(indent, indent, &text.words());
    }

    /// A line as it stands, its spaces too, if it fits.
    pub fn fixed(&mut self, indent: usize, line: &Text) {
        if indent + line.width() > self.width {
            self.line(indent, line);
        } else {
            self.start(indent);
            self.pieces(line);
            self.end();
        }
    }

    /// A marker at an indent, as it stands, and a text beside it; what does not fit goes on under the text. Where the
    /// marker takes more than half the page, the text goes on as if it were one with it.
    pub fn item(&mut self, indent: usize, marker: &Text, text: &Text) {
        let indent = indent.min(self.width / 3);
        let beside = indent + marker.width() + 1;
        let words = text.words();
        if words.is_empty() || beside > self.width / 2 {
            let mut all = marker.words();
            all.extend(words);
            self.flow(indent, indent + 2, &all);
        } else {
            self.start(indent);
            self.pieces(marker);
            self.paint(Style::new(), " ");
            self.run(beside, beside, &words);
        }
    }

    /// Words from the column `first`, on later lines from `rest`. On a narrow page indents shrink, so that at least
    /// two thirds are left for words.
    fn flow(&mut self, first: usize, rest: usize, words: &[Vec<(Style, &str)>]) {
        let most = self.width / 3;
        let column = self.start(first.min(most));
        self.run(column, rest.min(most), words);
    }

    /// Words, from a column on a line already begun.
    fn run(&mut self, mut column: usize, rest: usize, words: &[Vec<(Style, &str)>]) {
        for (place, word) in words.iter().enumerate() {
            let width: usize = word.iter().map(|(_, piece)| piece.width()).sum();
            if place > 0 && column + 1 + width > self.width {
                self.end();
                column = self.start(rest);
            } else if place > 0 {
                let same = word.first().is_some_and(|(style, _)| *style == self.style);
                self.paint(if same { self.style } else { Style::new() }, " ");
                column += 1;
            }
            column = self.word(column, rest, word);
        }
        self.end();
    }

    /// A word, broken where a line is full; the column after it.
    fn word(&mut self, mut column: usize, rest: usize, word: &[(Style, &str)]) -> usize {
        for &(style, piece) in word {
            let mut left = piece;
            while column + left.width() > self.width {
                let (fits, over) = split(left, self.width.saturating_sub(column), column > rest);
                self.paint(style, fits);
                self.end();
                column = self.start(rest);
                left = over;
            }
            self.paint(style, left);
            column += left.width();
        }
        column
    }

    fn start(&mut self, indent: usize) -> usize {
        self.out.extend(std::iter::repeat_n(' ', indent));
        indent
    }

    fn pieces(&mut self, text: &Text) {
        for (style, piece) in &text.0 {
            self.paint(*style, piece);
        }
    }

    fn paint(&mut self, style: Style, text: &str) {
        if self.colour && style != self.style && !text.is_empty() {
            // writing to a string does not fail
            let _ = write!(self.out, "{:#}{style}", self.style);
            self.style = style;
        }
        self.out.push_str(text);
    }

    /// Ends the line, and whatever style is switched on.
    fn end(&mut self) {
        let _ = write!(self.out, "{:#}", self.style);
        self.style = Style::new();
        self.out.push('\n');
    }
}

/// As much of a text as fits, and the rest. Nothing need fit if a fresh line may hold more; else at least one character does.
fn split(text: &str, room: usize, may_be_empty: bool) -> (&str, &str) {
    let ends = text
        .char_indices()
        .map(|(start, character)| start + character.len_utf8());
    let fitting = ends
        .take_while(|&end| text.get(..end).is_some_and(|piece| piece.width() <= room))
        .last();
    let least = if may_be_empty {
        0
    } else {
        text.chars().next().map_or(0, char::len_utf8)
    };
    text.split_at_checked(fitting.unwrap_or(least))
        .unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use anstyle::AnsiColor;

    fn page(width: usize, write: impl Fn(&mut Page)) -> String {
        let mut page = Page::new(width, false);
        write(&mut page);
        page.finish()
    }

    #[test]
    fn words_hang_under_their_beginning() {
        let text = Text::plain("two more coaching sessions, by another coach");
        let item = |page: &mut Page| page.item(2, &Text::plain("missing:"), &text);
        assert_eq!(
            page(37, item),
            "  missing: two more coaching\n           sessions, by another coach\n"
        );
        assert_eq!(
            page(80, |page| page.line(1, &text)),
            " two more coaching sessions, by another coach\n"
        );
    }

    #[test]
    fn a_long_word_is_broken() {
        let text = Text::plain("see").then(" https://example.org/a/very/long/address");
        assert_eq!(
            page(15, |page| page.line(2, &text)),
            "  see\n    https://exa\n    mple.org/a/\n    very/long/a\n    ddress\n"
        );
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        let texts = [
            "ident_".repeat(30),
            "教员 教学 领导力 ".repeat(9),
            "e\u{301}a b ".repeat(20),
            "👩‍🏫☺️".repeat(40),
        ];
        for width in 12..70 {
            for text in &texts {
                for indent in [0, 4, 40, 400] {
                    let written = page(width, |page| {
                        page.item(
                            indent,
                            &Text::plain("[needs information]"),
                            &Text::plain(text),
                        )
                    });
                    for line in written.lines() {
                        assert!(line.width() <= width, "{width} {indent}: {line:?}");
                    }
                    let kept = |text: &str| {
                        text.chars()
                            .filter(|c| !c.is_whitespace())
                            .collect::<String>()
                    };
                    assert_eq!(kept(&written), kept(&format!("[needsinformation]{text}")));
                }
            }
        }
    }

    #[test]
    fn colour_adds_and_takes_nothing_away() {
        let text = Text::styled(AnsiColor::Red.on_default(), "unmet").then(" Licensed");
        let mut coloured = Page::new(40, true);
        coloured.line(0, &text);
        assert_eq!(coloured.finish(), "\u{1b}[31munmet\u{1b}[0m Licensed\n");
        assert_eq!(page(40, |page| page.line(0, &text)), "unmet Licensed\n");
    }

    #[test]
    fn gaps_do_not_add_up() {
        let gaps = |page: &mut Page| {
            page.gap();
            page.line(0, &Text::plain("a"));
            page.gap();
            page.gap();
            page.line(0, &Text::plain("b"));
        };
        assert_eq!(page(40, gaps), "a\n\nb\n");
    }
}
