//! Nearest names: a misspelt name and the known ones in, the one probably meant out.

use super::Resolver;

/// How many misspelt names of a programme get a suggestion; looking for one is not free.
const SUGGESTIONS: usize = 200;
/// How many known names are looked through for one.
const CANDIDATES: usize = 2_000;

impl Resolver<'_> {
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
        nearest(written, known).map(|name| format!("did you mean `{name}`?"))
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
