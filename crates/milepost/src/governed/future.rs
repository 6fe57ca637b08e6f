//! What becomes of roles and competencies as one version after another governs: a record and the versions that govern it on one
//! day after the other in; what turns on another day than under the version that governs now, or how all of it stood and will
//! stand, and why, out.

use std::borrow::Cow;

use milepost_engine::ahead::{Stretch, Turn};
use milepost_engine::plan::{CompetencyId, Governing, NodeId, RoleId, StageId};
use milepost_engine::record::Record;
use milepost_engine::{Ahead, Date, Evaluator, History, Outcome, Target, Verdict, order};

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

/// From a day on, and until the next stretch begins, something stands so.
#[derive(Debug)]
pub(crate) struct Told {
    /// The first day.
    pub(crate) from: Date,
    /// How it stands.
    pub(crate) verdict: Verdict,
    /// Whether what is under review may still undo it.
    pub(crate) at_risk: bool,
    /// What changed it, and the id of the record that did; nothing of the first stretch.
    pub(crate) because: Option<(String, Option<String>)>,
}

impl Told {
    fn new(
        from: Date,
        (verdict, at_risk): (Verdict, bool),
        because: Option<(String, Option<String>)>,
    ) -> Self {
        Self {
            from,
            verdict,
            at_risk,
            because,
        }
    }
}

/// How the versions that come to govern see a candidate.
pub(super) struct Future<'g, 'a> {
    governed: &'g Governed<'a>,
    /// The first day.
    from: Date,
    /// Which versions govern from which day on.
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

    fn stretches(&self, target: Target) -> &[Stretch] {
        self.own(target).map_or(&[][..], |own| self.history.of(own))
    }

    /// How something stands on a day; what a version does not have is not met.
    fn stands(&self, target: Target, on: Date) -> (Verdict, bool) {
        let stretches = self.stretches(target);
        let after = stretches.partition_point(|it| it.from <= on);
        let stretch = after.checked_sub(1).and_then(|at| stretches.get(at));
        stretch.map_or((Verdict::Unmet, false), |it| (it.verdict, it.at_risk))
    }

    /// Whether something holds on a day.
    fn holds(&self, target: Target, on: Date) -> bool {
        self.stands(target, on).0.holds()
    }
}

impl<'g, 'a: 'g> Future<'g, 'a> {
    /// From a day up to another.
    pub(super) fn new(governed: &'g Governed<'a>, from: Date, to: Date) -> Self {
        let plan = governed.newest.plan();
        let mut spans = vec![(from, plan.governing(governed.enrolled, from))];
        spans.extend(plan.switches(governed.enrolled, from, to));
        let mut seen: Vec<Seen<'g>> = Vec::new();
        for version in spans.iter().flat_map(|(_, it)| it.versions()) {
            if seen.iter().any(|it| it.version == version) {
                continue;
            }
            let pathway = governed.newest.version(version);
            let record = governed.under(version);
            let mut evaluator = Evaluator::new(pathway.plan());
            let history = evaluator.stretches(pathway.links(), &record, from, to);
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
            from,
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
        let stages = (0..).map(StageId).zip(&outcome.stages);
        let targets: Vec<_> = competencies
            .map(|(id, _)| Target::Competency(id))
            .chain(roles.map(|(id, _)| Target::Role(id)))
            .chain(stages.map(|(id, _)| Target::Stage(id)))
            .collect();
        ahead.ended = [ahead.ended, self.ended()].into_iter().flatten().min();
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
        let held = self.holds(target, self.from);
        // What lies beyond a search that ended early is not known.
        let last = self.ended().unwrap_or(Date::MAX);
        let mut days = self.days(target).into_iter().take_while(|day| *day <= last);
        let day = days.find(|day| self.holds(target, *day) != held)?;
        let (because, record) = self.because(target, day);
        Some(Later {
            target,
            lapses: held,
            day,
            because,
            record,
        })
    }

    /// The days after the first on which something may be otherwise, in order.
    fn days(&self, target: Target) -> Vec<Date> {
        let mut days: Vec<Date> = self.spans.iter().skip(1).map(|(day, _)| *day).collect();
        for seen in &self.seen {
            days.extend(seen.stretches(target).iter().skip(1).map(|it| it.from));
        }
        order::sort(&mut days);
        days.dedup();
        days
    }

    fn governing(&self, on: Date) -> Option<&(Date, Governing)> {
        let after = self.spans.partition_point(|(from, _)| *from <= on);
        self.spans.get(after.checked_sub(1)?)
    }

    /// Whether something holds on a day under every version that has a say in it.
    fn holds(&self, target: Target, on: Date) -> bool {
        let mut asked = self.asked(target, on).peekable();
        asked.peek().is_some() && asked.all(|seen| seen.holds(target, on))
    }

    /// The version that governs on a day, and those that may instead and have the thing at all.
    fn asked(&self, target: Target, on: Date) -> impl Iterator<Item = &Seen<'g>> {
        let governing = self.governing(on).into_iter();
        let versions = governing.flat_map(|(_, it)| it.versions().enumerate());
        versions.filter_map(move |(place, version)| {
            let seen = self.seen.iter().find(|it| it.version == version)?;
            (place == 0 || seen.own(target).is_some()).then_some(seen)
        })
    }

    /// The last day that is known, if a search ended early.
    pub(super) fn ended(&self) -> Option<Date> {
        self.seen.iter().filter_map(|it| it.history.ended).min()
    }

    /// How a role or competency stands from the first day on.
    pub(super) fn stretches(&self, target: Target) -> Vec<Told> {
        let mut last = self.stands(target, self.from);
        let mut told = vec![Told::new(self.from, last, None)];
        for day in self.days(target) {
            let stands = self.stands(target, day);
            if stands != last {
                told.push(Told::new(day, stands, Some(self.because(target, day))));
                last = stands;
            }
        }
        told
    }

    /// How a requirement of the version that governs now stands under that version from the first day on.
    pub(super) fn requirement(&self, id: NodeId) -> Vec<Told> {
        let version = self.governed.version();
        let Some(seen) = self.seen.iter().find(|it| it.version == version) else {
            return Vec::new();
        };
        let stretches = seen.history.of(Target::Node(id)).iter();
        let told = stretches.map(|it| {
            let because = it.because.map(|because| {
                seen.turned(Turn {
                    day: it.from,
                    because,
                })
            });
            Told::new(it.from, (it.verdict, it.at_risk), because)
        });
        told.collect()
    }

    /// How something stands on a day, as all versions say that may govern on it.
    fn stands(&self, target: Target, on: Date) -> (Verdict, bool) {
        let all = self.asked(target, on).map(|seen| seen.stands(target, on));
        all.reduce(|(one, risk), (other, other_risk)| {
            let verdict = match (one, other) {
                (one, other) if one == other => one,
                (Verdict::Met, Verdict::Pending) | (Verdict::Pending, Verdict::Met) => {
                    Verdict::Pending
                }
                _ => Verdict::NeedsInformation,
            };
            (verdict, verdict.holds() && (risk || other_risk))
        })
        .unwrap_or((Verdict::Unmet, false))
    }

    fn because(&self, target: Target, day: Date) -> (String, Option<String>) {
        let turned = |seen: &&Seen<'_>| seen.stands(target, day) != seen.stands(target, day.pred());
        match self.governing(day) {
            Some((from, _)) if *from < day => {
                let by = self.asked(target, day).find(turned);
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
        let mut stretches = self.stretches(target).iter();
        let because = stretches
            .find(|it| it.from == day)
            .and_then(|it| it.because);
        match because.map(|because| Turn { day, because }) {
            Some(turn) => self.turned(turn),
            None => (format!("{day} has come"), None),
        }
    }

    /// What turns something, in words, and its id.
    fn turned(&self, turn: Turn) -> (String, Option<String>) {
        let words = Words::new(self.pathway.plan().parts());
        let record = turned_by(turn, &self.record).map(str::to_owned);
        (words.because(turn, &self.record), record)
    }
}
