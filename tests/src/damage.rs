//! Damage to programmes. In: the text of a file and chance. Out: the same text with one thing wrong in it, and where; and what `check` tells
//! of it.

use milepost::Levels;

use crate::examples;
use crate::generator::Random;

/// How near a problem is to the damage that it is told for, in lines.
const NEAR: u32 = 5;
/// The problems that one damage may give.
const FEW: usize = 3;

/// What happened to a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// A word, a number, a text in quotes or a sign is gone.
    TokenDeleted,
    /// A line stands there twice.
    LineDoubled,
    /// The end is gone.
    Truncated,
    /// A brace looks the other way.
    BraceSwapped,
}

impl Damage {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::TokenDeleted,
        Self::LineDoubled,
        Self::Truncated,
        Self::BraceSwapped,
    ];

    /// Damages a text somewhere: the text, and the line of the damage in it, from 1. Nothing, if there is no place for it.
    #[must_use]
    pub fn done(self, text: &str, random: &mut Random) -> Option<(String, u32)> {
        let tokens = tokens(text);
        let damaged = match self {
            Self::TokenDeleted => {
                let (from, to) = *random_of(&tokens, random)?;
                (format!("{}{}", text.get(..from)?, text.get(to..)?), from)
            }
            Self::LineDoubled => {
                let (at, _) = *random_of(&tokens, random)?;
                let from = text.get(..at)?.rfind('\n').map_or(0, |at| at + 1);
                let to = text
                    .get(at..)?
                    .find('\n')
                    .map_or(text.len(), |end| at + end + 1);
                (format!("{}{}", text.get(..to)?, text.get(from..)?), to)
            }
            Self::Truncated => {
                // what ends between two declarations is whole
                let (from, to) = *random_of(&tokens, random)?;
                let at = text.floor_char_boundary(from + random.below(to - from));
                (text.get(..at)?.to_owned(), at)
            }
            Self::BraceSwapped => {
                let braces: Vec<_> = tokens
                    .iter()
                    .filter(|(from, to)| matches!(text.get(*from..*to), Some("{" | "}")))
                    .collect();
                let (from, to) = **random_of(&braces, random)?;
                let other = if text.get(from..to) == Some("{") {
                    "}"
                } else {
                    "{"
                };
                (
                    format!("{}{other}{}", text.get(..from)?, text.get(to..)?),
                    from,
                )
            }
        };
        let (text, at) = damaged;
        let line = text.get(..at)?.matches('\n').count() + 1;
        Some((text, u32::try_from(line).ok()?))
    }
}

fn random_of<'t, T>(all: &'t [T], random: &mut Random) -> Option<&'t T> {
    (!all.is_empty()).then(|| all.get(random.below(all.len())))?
}

/// The words, numbers, texts and signs outside comments.
fn tokens(text: &str) -> Vec<(usize, usize)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let first = rest.chars().next().unwrap_or(' ');
        let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '/' | '%');
        let length = if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
            continue;
        } else if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        } else if first == '"' {
            let end = rest.char_indices().skip(1).find(|(at, c)| {
                *c == '"'
                    && rest
                        .get(..*at)
                        .is_some_and(|before| !before.ends_with('\\'))
            });
            end.map_or(rest.len(), |(at, _)| at + 1)
        } else if word(first) {
            rest.find(|c| !word(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        tokens.push((at, at + length));
        at += length;
    }
    tokens
}

/// What `check` tells of a damaged file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// How many problems, warnings as well.
    pub problems: usize,
    /// Whether one of them is near.
    pub near: bool,
}

impl Told {
    /// Whether somebody who made the damage is helped.
    #[must_use]
    pub const fn well(self) -> bool {
        self.near && self.problems <= FEW
    }
}

/// Checks a file of the example programmes as if it said something else.
#[must_use]
pub fn told(name: &str, text: &str, line: u32) -> Told {
    let read = |path: &str| {
        if path == name {
            Ok(text.as_bytes().to_vec())
        } else {
            examples::read(path)
        }
    };
    let compiled = milepost::compile(&read, name);
    let found = compiled.findings(&Levels::default());
    let near = found.iter().filter_map(|it| it.span()).any(|span| {
        let source = compiled.sources().get(span.file);
        source.is_some_and(|source| {
            let at = source.position(span.start).line;
            source.name() == name && at.abs_diff(line) <= NEAR
        })
    });
    Told {
        problems: found.len(),
        near,
    }
}
