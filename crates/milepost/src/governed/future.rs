//! What comes of roles and competencies as other versions come to govern: a record and the versions that govern it on one day
//! after the other in; what turns on another day than under the version that governs now, and why, out.

use std::borrow::Cow;

use milepost_engine::plan::{CompetencyId, Governing, RoleId};
use milepost_engine::record::Record;
use milepost_engine::{Ahead, Date, Evaluator, History, Outcome, Target, horizon};

use super::{Governed, counterparts};
use crate::programme::Pathway;
use crate::report::text::{day, text, text_or_null};
use crate::report::turned_by;
use crate::wording::Words;

/// That a role or competency turns on a day on which, or after which, another version governs.
#[derive(Debug)]
pub(crate) struct Later {
    /// What turns.
    pub(crate) target: Target,
    /// Whether it lapses.
    pub(crate) lapses: bool,
    day: Date,
    because: String,
    record: Option<String>,
}

impl Later {
    /// The member's value.
    pub(crate) fn write(&self, out: &mut String) {
        out.push_str("{\"date\":");
        day(
            out,
            if self.lapses {
                self.day.pred()
            } else {
                self.day
            },
        );
        out.push_str(",\"because\":");
        text(out, &self.because);
        out.push_str(",\"record\":");
        text_or_null(out, self.record.as_deref());
        out.push('}');
    }
}

/// How the versions that come to govern see a candidate.
pub(super) struct Future<'g, 'a> {
    governed: &'g Governed<'a>,
    as_of: Date,
    /// The days on which other versions govern, after the first.
    spans: Vec<(Date, Governing)>,
    /// Each version that governs at some time, and the record as it reads it.
    seen: Vec<Seen<'g>>,
}

struct Seen<'g> {
    version: usize,
    pathway: &'g Pathway,
    record: Cow<'g, Record>,
    history: History,
    /// What its results are called in the version that governs now.
    names: Vec<(Target, Target)>,
}

impl Seen<'_> {
    fn own(&self, target: Target) -> Option<Target> {
        let place = self
            .names
            .binary_search_by_key(&target, |(named, _)| *named);
        self.names.get(place.ok()?).map(|(_, own)| *own)
    }

    /// Whether something holds on a day; what a version does not have does not.
    fn holds(&self, target: Target, on: Date) -> bool {
        let stretches = self.own(target).map_or(&[][..], |own| self.history.of(own));
        let after = stretches.partition_point(|it| it.from <= on);
        let stands = after.checked_sub(1).and_then(|at| stretches.get(at));
        stands.is_some_and(|it| it.verdict.holds())
    }
}

impl<'g, 'a: 'g> Future<'g, 'a> {
    pub(super) fn new(
        governed: &'g Governed<'a>,
        as_of: Date,
        switches: Vec<(Date, Governing)>,
    ) -> Self {
        let mut spans = vec![(as_of, governed.governing.clone())];
        spans.extend(switches);
        let mut seen: Vec<Seen<'g>> = Vec::new();
        for version in spans.iter().flat_map(|(_, it)| it.versions()) {
            if seen.iter().any(|it| it.version == version) {
                continue;
            }
            let pathway = governed.newest.version(version);
            let record = governed.under(version);
            let mut evaluator = Evaluator::new(pathway.plan());
            let history = evaluator.stretches(pathway.links(), &record, as_of, horizon(as_of));
            let names: Vec<_> = counterparts(governed.pathway, pathway).collect();
            seen.push(Seen {
                version,
                pathway,
                record,
                history,
                names,
            });
        }
        Self {
            governed,
            as_of,
            spans,
            seen,
        }
    }

    /// Where a result turns on another day than in the version that governs now, or for another reason.
    pub(super) fn turns(self, ahead: &mut Ahead, outcome: &Outcome) -> Vec<Later> {
        let first = self.spans.get(1).map(|(day, _)| *day);
        let alone = self.governed.governing.open.is_empty();
        let parts = self.governed.pathway.plan().parts();
        let competencies = (0..).map(CompetencyId).zip(&parts.competencies);
        let competencies = competencies.filter(|(_, it)| !it.elsewhere);
        let roles = (0..).map(RoleId).zip(&outcome.roles);
        let targets: Vec<_> = competencies
            .map(|(id, _)| Target::Competency(id))
            .chain(roles.map(|(id, _)| Target::Role(id)))
            .collect();
        let mut later = Vec::new();
        for target in targets {
            let turn = ahead.turn(target);
            let sooner = turn.is_some_and(|turn| first.is_none_or(|first| turn.day < first));
            if alone && sooner {
                continue;
            }
            ahead.forget(target);
            later.extend(self.turn(target));
        }
        later
    }

    /// The first day on which something holds that did not, or the other way.
    fn turn(&self, target: Target) -> Option<Later> {
        let held = self.holds(target, self.as_of);
        let mut days: Vec<Date> = self.spans.iter().skip(1).map(|(day, _)| *day).collect();
        for seen in &self.seen {
            let own = seen.own(target);
            let stretches = own.map_or(&[][..], |own| seen.history.of(own));
            days.extend(stretches.iter().skip(1).map(|it| it.from));
        }
        days.sort_unstable();
        let day = days
            .into_iter()
            .find(|day| self.holds(target, *day) != held)?;
        let (because, record) = self.because(target, day);
        Some(Later {
            target,
            lapses: held,
            day,
            because,
            record,
        })
    }

    fn governing(&self, on: Date) -> Option<&(Date, Governing)> {
        let after = self.spans.partition_point(|(from, _)| *from <= on);
        self.spans.get(after.checked_sub(1)?)
    }

    /// Whether something holds on a day under every version that may govern on it.
    fn holds(&self, target: Target, on: Date) -> bool {
        let Some((_, governing)) = self.governing(on) else {
            return false;
        };
        governing.versions().all(|version| {
            let seen = self.seen.iter().find(|it| it.version == version);
            seen.is_some_and(|seen| seen.holds(target, on))
        })
    }

    fn because(&self, target: Target, day: Date) -> (String, Option<String>) {
        let turned = |seen: &&Seen<'_>| seen.holds(target, day) != seen.holds(target, day.pred());
        match self.governing(day) {
            Some((from, governing)) if *from < day => {
                let mut governing = governing.versions();
                let by = governing.find_map(|version| {
                    let mut all = self.seen.iter();
                    all.find(|it| it.version == version).filter(turned)
                });
                by.map_or_else(
                    || (format!("{day} has come"), None),
                    |seen| seen.because(target, day),
                )
            }
            Some((_, governing)) => {
                let name = self.governed.name(governing.version).unwrap_or_default();
                (format!("version {name} governs from {day}"), None)
            }
            None => (String::new(), None),
        }
    }
}

impl Seen<'_> {
    /// What turns something in this version on a day.
    fn because(&self, target: Target, day: Date) -> (String, Option<String>) {
        let mut evaluator = Evaluator::new(self.pathway.plan());
        let outcome = evaluator.evaluate(&self.record, day.pred());
        let ahead = evaluator.ahead(self.pathway.links(), &self.record, &outcome);
        let turn = self.own(target).and_then(|own| ahead.turn(own));
        match turn.filter(|turn| turn.day == day) {
            Some(turn) => {
                let words = Words::new(self.pathway.plan().parts());
                let record = turned_by(turn, &self.record).map(str::to_owned);
                (words.because(turn, &self.record), record)
            }
            None => (format!("{day} has come"), None),
        }
    }
}
