//! The names of a programme by some of their letters: what somebody types to find a thing in; the declarations meant out.

use crate::Analysis;
use crate::declarations::{Declaration, DeclarationKind};

impl Analysis {
    /// The declarations whose name or title has these letters in this order, capitals or not, in the order of the texts.
    pub fn symbols(&self, letters: &str) -> impl Iterator<Item = &Declaration> {
        let files = self.sources().iter();
        found(files.flat_map(|(file, _)| self.declarations(file)), letters)
    }
}

/// Those of some declarations that are meant.
pub(crate) fn found<'d>(
    all: impl Iterator<Item = &'d Declaration>,
    letters: &str,
) -> impl Iterator<Item = &'d Declaration> {
    let letters: Vec<char> = folded(letters).filter(|c| !c.is_whitespace()).collect();
    all.filter(move |it| {
        let findable = !matches!(it.kind, DeclarationKind::Parameter | DeclarationKind::Alias);
        let title = it.title.as_deref();
        findable && (has(&it.name, &letters) || title.is_some_and(|it| has(it, &letters)))
    })
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}

fn has(text: &str, letters: &[char]) -> bool {
    let mut text = folded(text);
    letters.iter().all(|letter| text.any(|c| c == *letter))
}
