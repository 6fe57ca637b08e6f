//! Nearest names: a misspelt name and the known ones in, the one probably meant out.

use milepost_diagnostics::{Span, did_you_mean};
use milepost_syntax::otherwise;

use super::Resolver;

/// How many misspelt names of a programme get a suggestion; looking for one is not free.
const SUGGESTIONS: usize = 200;
/// How many known names are looked through for one.
const CANDIDATES: usize = 2_000;

impl Resolver<'_> {
    /// How to say what stands there, if it begins a phrase of policies that is said otherwise here.
    pub(super) fn said_otherwise(&self, at: Span) -> Option<String> {
        let text = self.sources.get(at.file)?.text();
        let at = at.start as usize;
        // `no` and `not` are words of the language, and were read.
        let said = ["no ", "not ", ""].into_iter().filter_map(|word| {
            let from = at.checked_sub(word.len())?;
            let text = text.get(from..).filter(|text| text.starts_with(word))?;
            otherwise(text)
        });
        said.map(|(_, help)| help).next()
    }

    /// The known name nearest to what was written, as help.
    pub(super) fn did_you_mean<'n>(
        &mut self,
        written: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) -> Option<String> {
        if self.suggestions >= SUGGESTIONS {
            return None;
        }
        self.suggestions += 1;
        nearest(written, known).map(did_you_mean)
    }
}

/// The known name that differs in the fewest letters, if they are few enough to be a slip.
pub(super) fn nearest<'n>(
    written: &str,
    known: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let allowed = (written.chars().count() / 3).clamp(1, 4);
    known
        .into_iter()
        .take(CANDIDATES)
        .map(|name| (strsim::osa_distance(written, name), name))
        .filter(|(distance, name)| *distance <= allowed && *distance < name.chars().count())
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_found_and_another_word_is_not() {
        assert_eq!(
            nearest("perfomance_task", ["coaching", "performance_task"]),
            Some("performance_task")
        );
        assert_eq!(
            nearest("masterd", ["mastered", "mastery"]),
            Some("mastered")
        );
        assert_eq!(nearest("school", ["licence", "a"]), None);
    }
}
