//! The names a record may use: a plan in, look-ups and the nearest known name out.

use std::collections::BTreeMap;

use milepost_engine::plan::{CompetencyId, Entry, FactId, Field, KindId, Plan};

/// Longer names are compared with none: nobody mistypes a whole page.
const LONGEST: usize = 64;

/// So many known names are looked at; a programme with more has none that stands out.
const LOOKED_AT: usize = 500;

/// The fields of a kind by name: their places.
pub(super) type Fields = BTreeMap<String, usize>;

/// The names of a plan, made once for all its records.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    facts: BTreeMap<String, FactId>,
    kinds: BTreeMap<String, (KindId, Fields)>,
    competencies: BTreeMap<String, CompetencyId>,
}

impl Names {
    /// The names of a plan.
    pub(crate) fn new(plan: &Plan) -> Self {
        let parts = plan.parts();
        let name = |entry: &Entry| entry.name.clone();
        Self {
            facts: (0..)
                .map(FactId)
                .zip(&parts.facts)
                .map(|(id, it)| (name(&it.entry), id))
                .collect(),
            kinds: (0..)
                .map(KindId)
                .zip(&parts.kinds)
                .map(|(id, it)| (name(&it.entry), (id, fields(&it.fields))))
                .collect(),
            competencies: (0..)
                .map(CompetencyId)
                .zip(&parts.competencies)
                .map(|(id, it)| (name(&it.entry), id))
                .collect(),
        }
    }

    /// The fact of a name.
    pub(super) fn fact(&self, name: &str) -> Option<FactId> {
        self.facts.get(name).copied()
    }

    /// The kind of a name, and the places of its fields.
    pub(super) fn kind(&self, name: &str) -> Option<(KindId, &Fields)> {
        self.kinds.get(name).map(|(id, fields)| (*id, fields))
    }

    /// The competency of a name.
    pub(super) fn competency(&self, name: &str) -> Option<CompetencyId> {
        self.competencies.get(name).copied()
    }
}

fn fields(fields: &[Field]) -> Fields {
    fields
        .iter()
        .enumerate()
        .map(|(place, field)| (field.entry.name.clone(), place))
        .collect()
}

/// The known name nearest to what was written: one whose title it is, or one a slip or two away.
pub(super) fn nearest<'a>(
    written: &str,
    known: impl IntoIterator<Item = (&'a str, Option<&'a str>)>,
) -> Option<&'a str> {
    if written.is_empty() || written.len() > LONGEST {
        return None;
    }
    let written = plain(written);
    let allowed = (written.chars().count() / 3).max(1);
    known
        .into_iter()
        .filter(|(name, title)| {
            let near = name.len().abs_diff(written.len()) <= allowed;
            name.len() <= LONGEST && (near || title.is_some())
        })
        .take(LOOKED_AT)
        .map(|(name, title)| {
            let titled = title.is_some_and(|title| plain(title) == written);
            let slips = if titled {
                0
            } else {
                strsim::osa_distance(&written, name)
            };
            (slips, name)
        })
        .filter(|(slips, _)| *slips <= allowed)
        .min()
        .map(|(_, name)| name)
}

/// A name as it would be declared: small letters, `_` between words.
fn plain(text: &str) -> String {
    text.trim()
        .chars()
        .map(|letter| {
            if matches!(letter, ' ' | '-') {
                '_'
            } else {
                letter.to_ascii_lowercase()
            }
        })
        .collect()
}

/// Names and titles of entries, as [`nearest`] takes them.
pub(super) fn titled(entry: &Entry) -> (&str, Option<&str>) {
    (&entry.name, entry.title.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [(&str, Option<&str>); 3] = [
        ("performance_task", None),
        ("mastered", Some("Fully met")),
        ("ab", None),
    ];

    #[test]
    fn slips_and_titles_find_their_name() {
        let near = |written| nearest(written, KNOWN);
        assert_eq!(near("perfomance_task"), Some("performance_task"));
        assert_eq!(near("Performance Task"), Some("performance_task"));
        assert_eq!(near("fully-met"), Some("mastered"));
        assert_eq!(near("ba"), Some("ab"));
        assert_eq!(near("coaching"), None);
        assert_eq!(near(""), None);
        assert_eq!(near(&"x".repeat(10_000)), None);
    }
}
