//! Versions of a programme: their days and transitions in; which of them governs a candidate on a day, and why, out.
//!
//! A plan of several versions holds each as a plan of its own. Nothing of one is ever evaluated with anything of another.

use std::sync::Arc;

use super::validate::{self, PlanError};
use super::{Parts, Plan, Programme};
use crate::{Date, order};

/// Versions of a programme.
pub const VERSIONS: usize = 32;
/// Transitions of a version.
pub const TRANSITIONS: usize = 32;

/// Until when candidates may finish under an earlier version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// Who enrolled before this day may.
    pub before: Date,
    /// How many versions earlier it is; 1 for the one that this version replaces.
    pub back: u32,
    /// The last day.
    pub until: Date,
}

/// Which version governs a candidate on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Governing {
    /// Its place, the newest being 0.
    pub version: usize,
    /// The place of the one in force on the day, if one is.
    pub in_force: Option<usize>,
    /// Why it governs.
    pub why: Why,
    /// Where nobody knows when the candidate enrolled: what may govern instead, and by which transition.
    pub open: Vec<(usize, Transition)>,
}

/// Why a version governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is the only one, and has no days.
    Only,
    /// It is in force.
    InForce,
    /// No version is in force yet, and it is the first.
    NotYet,
    /// No version is in force any more, or none until the next, and it is the last that was.
    NoLonger,
    /// The candidate enrolled on a day before that of the transition, which is not over.
    Transition(Date, Transition),
}

impl Plan {
    /// The same with the versions before it, the newest first.
    ///
    /// # Errors
    ///
    /// They are not versions of one programme, one after the other.
    pub fn replacing(mut self, older: Vec<Self>) -> Result<Self, PlanError> {
        self.older = older;
        validate::versions(&self)?;
        // One record is evaluated under any of them, so they write out the same texts.
        let all = || std::iter::once(&self).chain(&self.older);
        let mut texts: Vec<Arc<str>> = all().flat_map(|plan| plan.texts.clone()).collect();
        order::sort(&mut texts);
        texts.dedup();
        let ids = all().any(|plan| plan.looks_at_ids);
        for older in &mut self.older {
            (older.texts, older.looks_at_ids) = (texts.clone(), ids);
        }
        (self.texts, self.looks_at_ids) = (texts, ids);
        for older in &self.older {
            let both = self.looking.iter_mut().zip(&older.looking);
            both.for_each(|(count, other)| *count = (*count).max(*other));
        }
        self.versions = all_parts(&self);
        Ok(self)
    }

    /// The versions before it, the newest first.
    #[must_use]
    pub fn older(&self) -> &[Self] {
        &self.older
    }

    /// Which of its versions governs a candidate on a day.
    #[must_use]
    pub fn governing(&self, enrolled: Option<Date>, as_of: Date) -> Governing {
        let all = || std::iter::once(self).chain(&self.older);
        let programmes = || all().map(|plan| &plan.parts.programme);
        let (version, why) = by_days(programmes(), as_of);
        let mut found = Governing {
            version,
            in_force: matches!(why, Why::Only | Why::InForce).then_some(version),
            why,
            open: Vec::new(),
        };
        let transitions = programmes()
            .nth(version)
            .map_or(&[][..], |programme| &programme.transitions);
        let last = self.older.len();
        let standing = transitions
            .iter()
            .map(|it| (version.saturating_add(it.back as usize), *it))
            .filter(|(place, it)| *place <= last && as_of <= it.until);
        match enrolled {
            None => {
                for (place, it) in standing {
                    // Of several for those who enrolled before one day the first written counts.
                    if !found
                        .open
                        .iter()
                        .any(|(_, known)| known.before == it.before)
                    {
                        found.open.push((place, it));
                    }
                }
            }
            // Of several, the one for those who enrolled the longest ago; of two for the same, the first written.
            Some(enrolled) => {
                let applies = standing.filter(|(_, it)| enrolled < it.before);
                if let Some((place, it)) = applies.min_by_key(|(_, it)| it.before) {
                    (found.version, found.why) = (place, Why::Transition(enrolled, it));
                }
            }
        }
        found
    }

    /// The later days, up to the last, on which other versions govern a candidate, or may, than on the day before.
    #[must_use]
    pub fn switches(
        &self,
        enrolled: Option<Date>,
        as_of: Date,
        to: Date,
    ) -> Vec<(Date, Governing)> {
        let mut days: Vec<Date> = Vec::new();
        for plan in std::iter::once(self).chain(&self.older) {
            let programme = &plan.parts.programme;
            days.extend(programme.effective.map(|(from, _)| from));
            days.extend(programme.transitions.iter().map(|it| it.until.succ()));
        }
        days.retain(|day| as_of < *day && *day <= to);
        order::sort(&mut days);
        days.dedup();
        let mut last = self.governing(enrolled, as_of);
        let mut found = Vec::new();
        for day in days {
            let now = self.governing(enrolled, day);
            if now.versions().ne(last.versions()) {
                found.push((day, now.clone()));
            }
            last = now;
        }
        found
    }
}

/// What a plan and those before it are made of.
fn all_parts(plan: &Plan) -> Arc<[Arc<Parts>]> {
    let all = std::iter::once(plan).chain(&plan.older);
    all.map(Plan::shared).collect()
}

impl Governing {
    /// The version that governs, and those that may instead.
    pub fn versions(&self) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(self.version).chain(self.open.iter().map(|(version, _)| *version))
    }
}

/// The version that governs by the days on which they are in force: the newest that has begun.
fn by_days<'a>(programmes: impl Iterator<Item = &'a Programme>, as_of: Date) -> (usize, Why) {
    let mut first = (0, Why::Only);
    for (place, programme) in programmes.enumerate() {
        let Some((from, to)) = programme.effective else {
            return (place, Why::Only);
        };
        if from <= as_of {
            let over = to.is_some_and(|to| to < as_of);
            return (place, if over { Why::NoLonger } else { Why::InForce });
        }
        first = (place, Why::NotYet);
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Entry, Kind};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn version(
        name: &str,
        from: &str,
        to: Option<&str>,
        transitions: &[(&str, u32, &str)],
    ) -> Parts {
        let transitions = transitions.iter().map(|(before, back, until)| Transition {
            before: day(before),
            back: *back,
            until: day(until),
        });
        Parts {
            programme: Programme {
                name: "coaching".to_owned(),
                title: None,
                doc: None,
                publisher: None,
                version: Some(name.to_owned()),
                effective: Some((day(from), to.map(day))),
                candidate: None,
                school_year: None,
                definition: [0; 32],
                transitions: transitions.collect(),
            },
            scales: Vec::new(),
            rubrics: Vec::new(),
            facts: Vec::new(),
            kinds: Vec::new(),
            competencies: Vec::new(),
            roles: Vec::new(),
            nodes: Vec::new(),
            measures: Vec::new(),
            stages: Vec::new(),
        }
    }

    fn together(all: Vec<Parts>) -> Result<Plan, PlanError> {
        let mut plans = all.into_iter().map(|parts| Plan::new(parts).unwrap());
        let newest = plans.next().unwrap();
        newest.replacing(plans.collect())
    }

    fn three() -> Vec<Parts> {
        vec![
            version(
                "C",
                "2026-07-01",
                None,
                &[
                    ("2026-07-01", 1, "2027-06-30"),
                    ("2025-07-01", 2, "2026-12-31"),
                ],
            ),
            version("B", "2025-07-01", None, &[]),
            version("A", "2024-07-01", Some("2025-06-30"), &[]),
        ]
    }

    #[test]
    fn the_earliest_transition_that_reaches_a_candidate_counts() {
        let plan = together(three()).unwrap();
        for (enrolled, on, expected) in [
            ("2025-06-30", "2026-12-31", 2),
            ("2025-06-30", "2027-01-01", 1),
            ("2025-07-01", "2026-12-31", 1),
            ("2026-06-30", "2027-06-30", 1),
            ("2026-06-30", "2027-07-01", 0),
            ("2026-07-01", "2026-07-01", 0),
            ("2026-07-01", "2026-06-30", 1),
            ("2024-07-01", "2025-06-30", 2),
            ("2024-07-01", "2020-01-01", 2),
        ] {
            let found = plan.governing(Some(day(enrolled)), day(on));
            assert_eq!(found.version, expected, "{enrolled} on {on}");
            assert!(found.open.is_empty());
        }
        let open = plan.governing(None, day("2026-12-31"));
        assert!(open.versions().eq([0, 1, 2]));
        assert_eq!(open.in_force, Some(0));
        let days = plan.switches(Some(day("2025-06-30")), day("2026-07-01"), Date::MAX);
        let days: Vec<_> = days.iter().map(|(day, it)| (*day, it.version)).collect();
        assert_eq!(days, [(day("2027-01-01"), 1), (day("2027-07-01"), 0)]);
    }

    #[test]
    fn versions_that_do_not_go_together_are_refused() {
        let refused = |change: fn(&mut [Parts])| {
            let mut all = three();
            change(&mut all);
            together(all).unwrap_err()
        };
        let programme = "a version of another programme";
        assert_eq!(
            refused(|all| all[1].programme.name = "other".to_owned()),
            PlanError::Name(programme)
        );
        let days = PlanError::Range("a version without its days");
        assert_eq!(refused(|all| all[1].programme.effective = None), days);
        let order = PlanError::Range("the days of a version");
        assert_eq!(
            refused(|all| all[2].programme.effective = all[0].programme.effective),
            order
        );
        assert_eq!(
            refused(|all| all[2].programme.effective =
                Some((day("2024-07-01"), Some(day("2025-07-01"))))),
            order
        );
        let named = PlanError::Name("a version");
        assert_eq!(refused(|all| all[1].programme.version = None), named);
        assert_eq!(
            refused(|all| all[2].programme.version = Some("C".to_owned())),
            named
        );
        let earlier = PlanError::Reference("an earlier version");
        assert_eq!(
            refused(|all| all[0].programme.transitions[0].back = 3),
            earlier
        );
        assert_eq!(
            refused(|all| all[0].programme.transitions[0].back = 0),
            earlier
        );
        assert_eq!(
            refused(|all| all[0].programme.transitions[0].until = day("2026-06-30")),
            PlanError::Range("the days of a transition")
        );
        let words = PlanError::Type("the words of a version");
        let kind = |all: &mut [Parts]| {
            all[1].kinds.push(Kind {
                entry: Entry {
                    name: "talk".to_owned(),
                    title: None,
                },
                doc: None,
                fields: Vec::new(),
                effort: None,
            });
        };
        assert_eq!(refused(kind), words);
        let within = together(three()).unwrap();
        let outer = Plan::new(version("D", "2030-07-01", None, &[])).unwrap();
        assert_eq!(
            outer.replacing(vec![within]),
            Err(PlanError::Reference("a version within a version"))
        );
        let many = (0..=VERSIONS).map(|_| three().remove(1)).collect();
        assert_eq!(together(many), Err(PlanError::TooMany("versions")));
    }
}
