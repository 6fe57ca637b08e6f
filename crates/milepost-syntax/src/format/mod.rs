//! The one shape of a pathway file: its text in, the same words and comments laid out anew out.
//!
//! Only the white space between words changes. Every word comes from the text itself, in its order, whatever
//! the grammar calls it, so that a form this module has never heard of is laid out plainly and not lost.
//! A declaration that was not wholly understood stands as it was written, and so does what is around it.

mod columns;
mod doc;
mod parts;
mod print;
mod trivia;

use milepost_diagnostics::{Diagnostic, FileId, Span};
use pest::Parser;
use pest::iterators::Pair;

use crate::grammar::{Grammar, Rule};
use crate::report::Report;
use crate::scan;
use crate::{MAX_DIAGNOSTICS, MAX_FILE_BYTES, parse};
use parts::Builder;
use print::Printer;
use trivia::{Before, Lexer};

/// The columns that a line has before it is broken.
const WIDTH: usize = 110;
/// The columns by which what is inside stands further in.
const STEP: usize = 2;

/// A file in its one shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    /// The text; the one that came in if nothing of it had to change.
    pub text: String,
    /// Whether all of it was laid out; if not, what is around its mistakes stands as it was written.
    pub whole: bool,
}

/// Gives a file its one shape.
///
/// The meaning stays, and so does every comment; only the white space between words changes, and a byte order mark goes. What is
/// malformed is left byte for byte, from the end of the whole declaration before it to the beginning of the next; a file of more
/// than 2 MiB, that nests more than 64 deep, or that has 200 mistakes, is left altogether. Formatting what is formatted changes nothing.
///
/// ```
/// # use milepost_syntax::format;
/// let formatted = format("scale mastery {not_yet\n  mastered  }");
/// assert_eq!(formatted.text, "scale mastery {\n  not_yet\n  mastered\n}\n");
/// assert!(formatted.whole);
/// ```
#[must_use]
pub fn format(text: &str) -> Formatted {
    laid_out(text)
        .filter(|formatted| formatted.text.len() <= MAX_FILE_BYTES)
        .unwrap_or_else(|| Formatted {
            text: text.to_owned(),
            whole: false,
        })
}

/// The file in its shape; nothing if it is too large or too deep.
fn laid_out(text: &str) -> Option<Formatted> {
    if text.len() > MAX_FILE_BYTES {
        return None;
    }
    let scan = scan::scan(FileId(0), text, &mut Report::default());
    if !scan.shallow {
        return None;
    }
    // What the grammar lets through may be wrong all the same, such as a reserved word for a name.
    let wrong = parse(FileId(0), text).diagnostics;
    if wrong.len() >= MAX_DIAGNOSTICS {
        return None;
    }
    let spoiled: Vec<Span> = wrong.iter().filter_map(Diagnostic::span).collect();
    let pairs = Grammar::parse(Rule::file, &scan.clean).ok()?;
    let mut file = File::new(text);
    for pair in pairs.flat_map(Pair::into_inner) {
        match pair.as_rule() {
            Rule::EOI => {}
            Rule::item if is_whole(&pair, &spoiled) => file.item(pair),
            _ => file.leave(),
        }
    }
    Some(file.finish())
}

/// Whether all of a declaration was understood.
fn is_whole(item: &Pair<Rule>, spoiled: &[Span]) -> bool {
    let (start, end) = (item.as_span().start(), item.as_span().end());
    let mut touching = spoiled.iter().filter(|span| {
        (span.start as usize) < end && start < (span.end as usize).max(span.start as usize + 1)
    });
    touching.next().is_none()
        && !item
            .clone()
            .into_inner()
            .flatten()
            .any(|pair| is_wrong(pair.as_rule()))
}

/// Whether a rule of the grammar marks a mistake.
fn is_wrong(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::malformed_header
            | Rule::malformed_measure
            | Rule::malformed_property
            | Rule::malformed_entry
            | Rule::malformed_field
            | Rule::malformed_line
            | Rule::malformed_form
            | Rule::malformed_clause
            | Rule::malformed_item
            | Rule::missing_open
            | Rule::missing_close
            | Rule::missing_requirement
            | Rule::missing_paren
            | Rule::missing_list_close
            | Rule::skipped_form
            | Rule::skipped_list
            | Rule::skipped_property
            | Rule::tight_minus
    )
}

/// A file on its way to its shape.
struct File<'t> {
    text: &'t str,
    words: Lexer<'t>,
    out: String,
    /// Where the last declaration that was laid out ends in the text.
    end: usize,
    /// Whether something since then stays as it is written.
    left: bool,
    /// Whether nothing did so far.
    whole: bool,
    /// Whether the last declaration takes several lines; nothing before the first one.
    tall: Option<bool>,
}

impl<'t> File<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            words: Lexer::new(text),
            out: String::with_capacity(text.len()),
            end: 0,
            left: false,
            whole: true,
            tall: None,
        }
    }

    /// Something here stays as it is written.
    fn leave(&mut self) {
        self.left = true;
        self.whole = false;
    }

    /// Lays out a whole declaration.
    fn item(&mut self, pair: Pair<Rule>) {
        let start = pair.as_span().start();
        let mut before = Before::default();
        if !self.left {
            before = self.words.before();
            if self.words.at() != start {
                self.leave();
            }
        }
        if self.left {
            self.out
                .push_str(self.text.get(self.end..start).unwrap_or(""));
            self.words.go_to(start);
        }
        let mut builder = Builder::new(&mut self.words);
        let item = builder.doc(pair);
        let mut printer = Printer::default();
        printer.member(&item, 0);
        let item = printer.finish();
        let tall = item.contains('\n');
        if !self.left {
            self.between(&before, tall);
        }
        self.out.push_str(&item);
        self.end = self.words.at();
        self.left = false;
        self.tall = Some(tall);
    }

    /// What stands between two declarations: comments, and one empty line where there was one or where one of
    /// the two takes several lines.
    fn between(&mut self, before: &Before<'t>, tall: bool) {
        let mut lacking = self.tall.is_some_and(|last| last || tall) && !before.has_blank();
        let own_lines = self.comments(before, &mut lacking);
        if self.tall.is_some() || own_lines {
            self.line(lacking || before.blank);
        }
    }

    /// Writes comments; whether any stands on a line of its own.
    fn comments(&mut self, before: &Before<'t>, lacking: &mut bool) -> bool {
        let mut own_lines = false;
        for comment in &before.comments {
            if comment.trailing && self.tall.is_some() {
                self.out.push(' ');
            } else {
                if self.tall.is_some() || own_lines {
                    self.line(comment.blank || *lacking);
                }
                *lacking = false;
                own_lines = true;
            }
            self.out.push_str(comment.text);
        }
        own_lines
    }

    fn line(&mut self, blank: bool) {
        self.out.push_str(if blank { "\n\n" } else { "\n" });
    }

    /// The file, with what comes after the last declaration.
    fn finish(mut self) -> Formatted {
        let mut before = Before::default();
        if !self.left {
            before = self.words.before();
            if self.words.at() != self.text.len() {
                self.leave();
            }
        }
        if self.left {
            self.out.push_str(self.text.get(self.end..).unwrap_or(""));
        } else {
            self.comments(&before, &mut false);
            if !self.out.is_empty() {
                self.out.push('\n');
            }
        }
        Formatted {
            text: self.out,
            whole: self.whole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules that only say how far something malformed reaches, and leave no trace of their own.
    const SILENT: [&str; 4] = [
        "skipped_parens",
        "skipped_braces",
        "skipped_brace",
        "skipped_values",
    ];

    /// Whoever adds a rule for a mistake says here that it is one.
    #[test]
    fn every_rule_for_a_mistake_is_known_as_one() {
        for rule in Rule::all_rules() {
            let name = format!("{rule:?}");
            let wrong = ["malformed_", "missing_", "skipped_"]
                .iter()
                .any(|word| name.starts_with(word))
                && !SILENT.contains(&name.as_str());
            assert_eq!(
                is_wrong(*rule),
                wrong || *rule == Rule::tight_minus,
                "{name}"
            );
        }
    }
}
