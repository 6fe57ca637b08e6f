//! Names, texts, numbers, dates and durations: a pair in, what it says with its place out.

use milepost_diagnostics::{Code, Diagnostic};

use super::{Node, Reader};
use crate::character::is_hidden;
use crate::grammar::Rule;
use crate::scan::unicode;
use crate::tree::{Duration, Literal, Name, Path, Unit};
use crate::{KEYWORDS, MAX_NAME, MAX_TITLE};

impl<'t> Reader<'t> {
    /// A name that is declared here, which must not be a reserved word.
    pub(super) fn declared(&mut self, node: &Node) -> Name {
        let name = self.name(node);
        if KEYWORDS.contains(&name.text.as_str()) {
            let message = format!(
                "`{}` is a word of the language and cannot be a name",
                name.text
            );
            let help = "choose another name, for instance a longer one";
            self.wrong(Diagnostic::new(Code::ReservedWord, name.span, message).help(help));
        }
        if let Some(message) = too_long("name", &name.text, MAX_NAME) {
            let help = "shorten it, and say the rest in its title";
            self.wrong(Diagnostic::new(Code::NameTooLong, name.span, message).help(help));
        }
        name
    }

    /// A title with its escapes undone.
    pub(super) fn title(&mut self, node: &Node) -> Literal {
        let title = self.quoted(node);
        if let Some(message) = too_long("title", &title.text, MAX_TITLE) {
            let help = "shorten it, and say the rest in a comment that begins with `///`";
            self.wrong(Diagnostic::new(Code::NameTooLong, title.span, message).help(help));
        }
        title
    }

    pub(super) fn name(&self, node: &Node) -> Name {
        let span = node.as_span();
        self.name_at(span.start(), span.end())
    }

    fn name_at(&self, start: usize, end: usize) -> Name {
        let text = self
            .text
            .get(start..end)
            .unwrap_or("")
            .chars()
            .filter(|&c| !is_hidden(c))
            .collect();
        Name {
            text,
            span: self.span_of(start, end),
        }
    }

    pub(super) fn path(&self, node: &Node) -> Path {
        let mut names = Vec::new();
        let mut start = node.as_span().start();
        for part in node.as_str().split('.') {
            names.push(self.name_at(start, start + part.len()));
            start += part.len() + 1;
        }
        Path {
            names,
            span: self.span(node),
        }
    }

    /// What is written, as it is written.
    pub(super) fn literal(&self, node: &Node) -> Literal {
        Literal {
            text: node.as_str().to_owned(),
            span: self.span(node),
        }
    }

    /// A share without its sign.
    pub(super) fn percent(&self, node: &Node) -> Literal {
        Literal {
            text: node.as_str().trim_end_matches('%').to_owned(),
            span: self.span(node),
        }
    }

    /// A text with its escapes undone.
    pub(super) fn quoted(&self, node: &Node) -> Literal {
        let written = node.as_str();
        let content = written.strip_prefix('"').unwrap_or(written);
        let content = content.strip_suffix('"').unwrap_or(content);
        Literal {
            text: unescape(content),
            span: self.span(node),
        }
    }

    pub(super) fn duration(&self, node: Node<'t>) -> Option<Duration> {
        let span = self.span(&node);
        let (mut count, mut unit) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::amount => count = Some(self.literal(&part)),
                Rule::unit => unit = Some(read_unit(part.as_str())),
                _ => {}
            }
        }
        Some(Duration {
            span,
            count: count?,
            unit: unit?,
        })
    }
}

/// What is said of a name or title of more characters than it may have.
fn too_long(what: &str, text: &str, most: usize) -> Option<String> {
    let characters = text.chars().count();
    (characters > most).then(|| {
        format!("this {what} has {characters} characters, and a {what} has at most {most}")
    })
}

fn read_unit(written: &str) -> Unit {
    match written {
        "day" | "days" => Unit::Days,
        "week" | "weeks" => Unit::Weeks,
        "month" | "months" => Unit::Months,
        "year" | "years" => Unit::Years,
        _ => Unit::SchoolYears,
    }
}

/// Undoes escapes; one that means nothing has been reported and stands for itself.
fn unescape(content: &str) -> String {
    let mut text = String::with_capacity(content.len());
    let mut rest = content;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let by_number = after
            .strip_prefix("u{")
            .and_then(|rest| rest.split_once('}'))
            .and_then(|(digits, rest)| Some((unicode(digits)?, rest)));
        rest = if let Some((c, rest)) = by_number {
            text.push(c);
            rest
        } else if let Some(rest) = after.strip_prefix('n') {
            text.push('\n');
            rest
        } else {
            let mut chars = after.chars();
            text.extend(chars.next());
            chars.as_str()
        };
    }
    text.push_str(rest);
    text
}
