//! The list of problems: one at a time in, the refusal out. What lies past the cap is only counted.

use crate::decode::place::Place;
use crate::wire::{Problem, Refusal};

/// So many problems are listed; who has more has one mistake in many places.
const LISTED: usize = 1_000;
/// So many characters of a record's own words are repeated in a message.
const QUOTED: usize = 60;

/// What is wrong so far.
#[derive(Default)]
pub(crate) struct Problems {
    listed: Vec<Problem>,
    more: u64,
}

impl Problems {
    /// Whether nothing is wrong so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// Adds a problem; it is put into words only if there is room for it.
    pub(crate) fn add(&mut self, place: &Place<'_>, say: impl FnOnce() -> Said) {
        if self.listed.len() < LISTED {
            let said = say();
            self.listed.push(Problem {
                pointer: place.to_string(),
                message: said.message,
                help: said.help,
                also: said.also,
                line: None,
                column: None,
            });
        } else {
            self.more += 1;
        }
    }

    /// The refusal they make.
    pub(crate) fn refusal(self) -> Refusal {
        Refusal {
            problems: self.listed,
            more: self.more,
        }
    }
}

/// A problem in words, before it has a place.
pub(crate) struct Said {
    message: String,
    help: Option<String>,
    also: Option<String>,
}

/// A message.
pub(crate) fn say(message: impl Into<String>) -> Said {
    Said {
        message: message.into(),
        help: None,
        also: None,
    }
}

impl Said {
    /// Adds what to do about it.
    pub(crate) fn help(mut self, help: impl Into<Option<String>>) -> Self {
        self.help = help.into();
        self
    }

    /// Adds a second place that is involved.
    pub(crate) fn also(mut self, place: &Place<'_>) -> Self {
        self.also = Some(place.to_string());
        self
    }

    /// The refusal this alone makes, at the root.
    pub(crate) fn refusal(self, at: Option<(u32, u32)>) -> Refusal {
        Refusal {
            problems: vec![Problem {
                pointer: String::new(),
                message: self.message,
                help: self.help,
                also: self.also,
                line: at.map(|(line, _)| line),
                column: at.map(|(_, column)| column),
            }],
            more: 0,
        }
    }
}

/// The record's own words in backticks: not too many of them, and nothing that cannot be seen.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("`");
    for letter in text.chars().take(QUOTED) {
        if letter.is_control() || hidden(letter) {
            out.extend(letter.escape_unicode());
        } else {
            out.push(letter);
        }
    }
    out.push_str(if text.chars().nth(QUOTED).is_some() {
        "…`"
    } else {
        "`"
    });
    out
}

/// Characters that are invisible or change the direction of what follows.
const fn hidden(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

/// Help that names the nearest known name, or all of them if they are few.
pub(crate) fn known(nearest: Option<&str>, all: &[&str]) -> Option<String> {
    match (nearest, all) {
        (Some(name), _) => Some(format!("did you mean `{name}`?")),
        (None, []) => None,
        (None, all) if all.len() <= 8 => Some(format!("known are `{}`", all.join("`, `"))),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_repeated_within_reason() {
        assert_eq!(quoted("a\u{202e}b\n"), "`a\\u{202e}b\\u{a}`");
        assert_eq!(quoted(&"x".repeat(61)), format!("`{}…`", "x".repeat(60)));
    }

    #[test]
    fn what_is_past_the_cap_is_counted() {
        let mut problems = Problems::default();
        for _ in 0..1_003 {
            problems.add(&Place::ROOT, || say("wrong"));
        }
        let refusal = problems.refusal();
        assert_eq!((refusal.problems.len(), refusal.more), (1_000, 3));
    }
}
