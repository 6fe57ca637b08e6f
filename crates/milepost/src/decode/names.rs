//! The names a record may use: a plan in, look-ups and the nearest known name out.

use milepost_engine::order;
use milepost_engine::plan::{CompetencyId, Entry, FactId, Kind, KindId, Parts, Plan, RoleId};

/// Longer names are compared with none: nobody mistypes a whole page.
const LONGEST: usize = 64;

/// So many known names are looked at; a programme with more has none that stands out.
const LOOKED_AT: usize = 500;

/// The places of names, in the order of the names.
#[derive(Clone, Debug)]
pub(super) struct Places(Vec<(String, u32)>);

impl Places {
    fn new<'a>(entries: impl Iterator<Item = &'a Entry>) -> Self {
        let names = entries.map(|entry| entry.name.clone());
        Self::of_names(names.zip(0u32..))
    }

    fn of_names(names: impl Iterator<Item = (String, u32)>) -> Self {
        let mut places: Vec<_> = names.collect();
        order::sort(&mut places);
        Self(places)
    }

    /// The place of a name.
    pub(super) fn get(&self, name: &str) -> Option<u32> {
        let found = self
            .0
            .binary_search_by(|(known, _)| known.as_str().cmp(name));
        self.0.get(found.ok()?).map(|(_, place)| *place)
    }
}

/// The names of a plan, made once for all its records.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    facts: Places,
    kinds: Places,
    competencies: Places,
    /// Of each version, the newest first.
    roles: Vec<Places>,
    /// The fields of each kind.
    fields: Vec<Places>,
}

impl Names {
    /// The names of a plan.
    pub(crate) fn new(plan: &Plan) -> Self {
        let parts = plan.parts();
        let fields = |kind: &Kind| Places::new(kind.fields.iter().map(|it| &it.entry));
        Self {
            facts: Places::new(parts.facts.iter().map(|it| &it.entry)),
            kinds: Places::new(parts.kinds.iter().map(|it| &it.entry)),
            competencies: Places::of_names((0u32..).zip(&parts.competencies).flat_map(
                |(place, it)| {
                    let names = std::iter::once(&it.entry.name).chain(&it.formerly);
                    names.map(move |name| (name.clone(), place))
                },
            )),
            roles: plan.versions().iter().map(|parts| roles(parts)).collect(),
            fields: parts.kinds.iter().map(fields).collect(),
        }
    }

    /// The fact of a name.
    pub(super) fn fact(&self, name: &str) -> Option<FactId> {
        self.facts.get(name).map(FactId)
    }

    /// The kind of a name, and the places of its fields.
    pub(super) fn kind(&self, name: &str) -> Option<(KindId, &Places)> {
        let kind = self.kinds.get(name).map(KindId)?;
        Some((kind, self.fields.get(kind.index())?))
    }

    /// The competency of a name, present or former.
    pub(super) fn competency(&self, name: &str) -> Option<CompetencyId> {
        self.competencies.get(name).map(CompetencyId)
    }

    /// The role of a name, present or former, in each version that has it, the newest first.
    pub(super) fn roles(&self, name: &str) -> impl Iterator<Item = (u32, RoleId)> {
        let versions = (0u32..).zip(&self.roles);
        versions.filter_map(move |(version, roles)| Some((version, RoleId(roles.get(name)?))))
    }
}

fn roles(parts: &Parts) -> Places {
    Places::of_names((0u32..).zip(&parts.roles).flat_map(|(place, it)| {
        let names = std::iter::once(&it.entry.name).chain(&it.formerly);
        names.map(move |name| (name.clone(), place))
    }))
}

/// The known name nearest to what was written: one whose title it is, or one a slip or two away.
pub(crate) fn nearest<'a>(
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
