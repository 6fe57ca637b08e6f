//! The look at the bare text before it is parsed: text in; comments, documentation, the problems of single
//! characters and texts, and a text fit for the grammar out.
//!
//! Hidden characters outside texts are blanked, byte for byte, so that one of them is one problem and
//! every offset stays true. Nesting is bounded here, because the grammar's own recursion follows it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, FileId, Span};

use crate::MAX_NESTING;
use crate::character::{describe, is_hidden, is_odd_space};
use crate::report::Report;
use crate::tree::Comment;

/// What the scan finds.
pub(crate) struct Scan<'t> {
    /// The text without what the grammar cannot bear.
    pub clean: Cow<'t, str>,
    /// The comments.
    pub comments: Vec<Comment>,
    /// Documentation, by the start of what it documents.
    pub docs: BTreeMap<u32, String>,
    /// Stretches in which a syntax error would only repeat what the scan has reported; in order.
    pub spoiled: Vec<Span>,
    /// Whether the nesting is within its bound.
    pub shallow: bool,
}

/// Scans a text.
pub(crate) fn scan<'t>(file: FileId, text: &'t str, report: &mut Report) -> Scan<'t> {
    let mut scanner = Scanner {
        file,
        text,
        report,
        at: 0,
        found: Scan {
            clean: Cow::Borrowed(text),
            comments: Vec::new(),
            docs: BTreeMap::new(),
            spoiled: Vec::new(),
            shallow: true,
        },
        doc: Vec::new(),
        blanked: Vec::new(),
        open: Vec::new(),
        words: [""; 2],
    };
    scanner.run();
    let Scanner {
        mut found, blanked, ..
    } = scanner;
    if !blanked.is_empty() {
        found.clean = Cow::Owned(blank(text, &blanked));
    }
    found
}

/// The text with the characters at these places replaced.
fn blank(text: &str, places: &[(usize, char)]) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut from = 0;
    for &(at, by) in places {
        clean.push_str(text.get(from..at).unwrap_or(""));
        let width = text
            .get(at..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        clean.extend(std::iter::repeat_n(by, width));
        from = at + width;
    }
    clean.push_str(text.get(from..).unwrap_or(""));
    clean
}

/// The reserved words that begin a requirement.
const STARTERS: &[&str] = &[
    "all",
    "any",
    "at",
    "competency",
    "every",
    "exactly",
    "in",
    "no",
    "none",
    "not",
    "role",
    "rule",
    "today",
];

/// Something that is open and takes part in the nesting.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Brace,
    Parenthesis,
}

struct Scanner<'t, 'r> {
    file: FileId,
    text: &'t str,
    report: &'r mut Report,
    at: usize,
    found: Scan<'t>,
    doc: Vec<&'t str>,
    blanked: Vec<(usize, char)>,
    open: Vec<Open>,
    /// The last two words, to notice `all of` and its like.
    words: [&'t str; 2],
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

impl<'t> Scanner<'t, '_> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn span(&self, start: usize, end: usize) -> Span {
        span(self.file, start, end)
    }

    fn run(&mut self) {
        if self.rest().starts_with('\u{feff}') {
            self.blanked.push((0, ' '));
            self.at = '\u{feff}'.len_utf8();
        }
        while let Some(c) = self.rest().chars().next() {
            match c {
                ' ' | '\t' | '\n' | '\r' => self.at += 1,
                '/' if self.rest().starts_with("//") => self.comment(),
                _ if is_hidden(c) || is_odd_space(c) => self.hidden_outside(c),
                _ => {
                    self.document();
                    self.token(c);
                }
            }
        }
    }

    /// Gives the documentation gathered so far to what begins here.
    fn document(&mut self) {
        if !self.doc.is_empty() {
            self.found.docs.insert(offset(self.at), self.doc.join("\n"));
            self.doc.clear();
        }
    }

    /// One word, text or sign. A group whose brace is missing counts as opened, for the grammar reads it so.
    fn token(&mut self, c: char) {
        let start = self.at;
        if c != '{' && self.is_unopened_group() {
            self.push(Open::Brace, start);
            self.words = [""; 2];
        }
        if c == '"' {
            self.quoted();
        } else if is_name(c) {
            let rest = self.rest();
            self.at += rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            let word = self.text.get(start..self.at).unwrap_or("");
            let [_, last] = self.words;
            self.words = [last, word];
            return;
        } else {
            self.at += c.len_utf8();
            self.nest(c, start);
        }
        self.words = [""; 2];
    }

    /// Whether the words before this place begin a group, or need one before what stands here.
    fn is_unopened_group(&self) -> bool {
        let rest = self.rest();
        let word = rest
            .get(..rest.find(|c| !is_name(c)).unwrap_or(rest.len()))
            .unwrap_or(rest);
        match self.words {
            ["all" | "any" | "none", "of"] | ["in", "order"] => true,
            [_, "of"] => STARTERS.contains(&word),
            _ => false,
        }
    }

    /// Follows the nesting.
    fn nest(&mut self, c: char, start: usize) {
        match c {
            '{' => self.push(Open::Brace, start),
            '(' => self.push(Open::Parenthesis, start),
            ')' if self.open.last() == Some(&Open::Parenthesis) => {
                self.open.pop();
            }
            '}' => while self.open.pop() == Some(Open::Parenthesis) {},
            _ => {}
        }
    }

    fn push(&mut self, open: Open, start: usize) {
        self.open.push(open);
        if self.open.len() > MAX_NESTING && self.found.shallow {
            self.found.shallow = false;
            self.report.push(
                Diagnostic::new(
                    Code::NestedTooDeep,
                    self.span(start, start + 1),
                    format!("braces and parentheses are nested more than {MAX_NESTING} deep"),
                )
                .help("move the inner part into a `rule` of its own and refer to it by name"),
            );
        }
    }

    fn comment(&mut self) {
        let start = self.at;
        let rest = self.rest();
        let line = rest
            .get(..rest.find(is_break).unwrap_or(rest.len()))
            .unwrap_or(rest);
        let doc = line.starts_with("///") && !line.starts_with("////");
        if doc {
            let said = line.get(3..).unwrap_or("");
            self.doc
                .push(said.strip_prefix(' ').unwrap_or(said).trim_end());
        }
        self.at += line.len();
        let span = self.span(start, self.at);
        self.found.comments.push(Comment { span, doc });
        self.hidden_inside(line, start);
    }

    /// A text, which ends on its line: at its quote, or else where the grammar ends it, before a brace
    /// that ends the line.
    fn quoted(&mut self) {
        let start = self.at;
        let rest = self.rest();
        let mut escapes = Vec::new();
        let mut chars = rest.char_indices().skip(1).peekable();
        let mut closed = None;
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    closed = Some(at + 1);
                    break;
                }
                '\\' if chars.peek().is_some_and(|&(_, next)| !is_break(next)) => {
                    escapes.push(at);
                    chars.next();
                }
                _ if is_break(c) => break,
                _ => {}
            }
        }
        let length = closed.unwrap_or_else(|| unclosed_length(rest));
        let content = rest.get(..length).unwrap_or(rest);
        self.at = start + length;
        if closed.is_some() {
            for at in escapes {
                self.escape(content, start, at);
            }
        } else {
            let place = self.span(start, start + content.trim_end().len());
            self.report.push(
                Diagnostic::new(Code::UnclosedText, place, "this text is not closed")
                    .help("end it with `\"`; a text stands on one line"),
            );
            let line = rest.find(is_break).unwrap_or(rest.len());
            self.found.spoiled.push(self.span(start, start + line));
        }
        self.hidden_inside(content, start);
    }

    /// Checks the escape at an offset of a text; `\u` reaches to its closing brace.
    fn escape(&mut self, content: &str, start: usize, at: usize) {
        let Some(rest) = content.get(at + 1..) else {
            return;
        };
        let Some(c) = rest.chars().next() else { return };
        if matches!(c, '"' | '\\' | 'n') {
            return;
        }
        let place = |length: usize| span(self.file, start + at, start + at + 1 + length);
        if c == 'u' {
            // Six digits name every character there is; looking no further keeps a long text cheap.
            let digits = rest.strip_prefix("u{").and_then(|rest| {
                let end = rest.bytes().take(9).position(|byte| byte == b'}')?;
                rest.get(..end)
            });
            if let Some(digits) = digits {
                let place = place(digits.len() + 3);
                match unicode(digits) {
                    Some(value) if is_hidden(value) => self.report.push(hidden(place, value)),
                    Some(_) => {}
                    None => self.report.push(
                        Diagnostic::new(
                            Code::UnknownEscape,
                            place,
                            format!("no character has the number `{digits}`"),
                        )
                        .help("write its number in hexadecimal digits, such as `\\u{e9}`"),
                    ),
                }
                return;
            }
        }
        self.report.push(
            Diagnostic::new(Code::UnknownEscape, place(c.len_utf8()), format!("`\\{c}` is not an escape"))
                .help("write `\\\"` for a quote, `\\\\` for a backslash, `\\n` for a new line, `\\u{e9}` for a character by its number"),
        );
    }

    /// A hidden character, or an odd space, between words.
    fn hidden_outside(&mut self, c: char) {
        let start = self.at;
        self.at += c.len_utf8();
        self.report.push(hidden(self.span(start, self.at), c));
        let before = self.text.get(..start).unwrap_or("");
        let after = self.rest();
        let joins = before.ends_with(is_name) && after.starts_with(is_name) && is_hidden(c);
        self.blanked.push((start, if joins { '_' } else { ' ' }));
        let from = self.words.last().map_or(0, |word| word.len());
        let to = after.chars().take_while(|&c| is_name(c)).count();
        let from = if before.ends_with(is_name) {
            start.saturating_sub(from)
        } else {
            start
        };
        self.found.spoiled.push(self.span(from, self.at + to));
    }

    fn hidden_inside(&mut self, content: &str, start: usize) {
        for (at, c) in content.char_indices().filter(|&(_, c)| is_hidden(c)) {
            let place = self.span(start + at, start + at + c.len_utf8());
            self.report.push(hidden(place, c));
        }
    }
}

/// How long a text is that is not closed on its line.
fn unclosed_length(rest: &str) -> usize {
    let line = rest
        .get(..rest.find(is_break).unwrap_or(rest.len()))
        .unwrap_or(rest);
    let blanks = [' ', '\t'];
    match line.trim_end_matches(blanks).strip_suffix('{') {
        Some(before) => before.trim_end_matches(blanks).len().max(1),
        None => line.len(),
    }
}

/// The character of `\u{…}`.
pub(crate) fn unicode(digits: &str) -> Option<char> {
    let plain =
        (1..=6).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16)
        .ok()
        .filter(|_| plain)
        .and_then(char::from_u32)
}

fn hidden(span: Span, c: char) -> Diagnostic {
    Diagnostic::new(
        Code::HiddenCharacter,
        span,
        format!("here stands {}", describe(c)),
    )
    .help("remove it: a file must not read otherwise than it evaluates")
}

fn span(file: FileId, start: usize, end: usize) -> Span {
    Span {
        file,
        start: offset(start),
        end: offset(end),
    }
}

/// An offset; a text that does not fit was refused before.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
