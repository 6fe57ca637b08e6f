//! Time: an outcome and its record in; the later days on which results turn, or how every result stood on every day, out.
//!
//! What a result is on another day is what evaluating the same record on that day gives: what is dated later comes to exist
//! on its day. No day is tried that nothing can change on, and on the others only what can change is evaluated.

mod cause;
mod clock;
mod days;
mod walk;

use self::cause::Causes;
pub(super) use self::clock::asks_for_the_day;
use self::walk::Walk;
use super::{Evaluator, Links, Target, Updated};
use crate::ahead::{Ahead, History, LOOKS_AHEAD, Turn, YEARS_AHEAD};
use crate::date::{Date, Duration, Unit};
use crate::outcome::{CompetencyOutcome, NodeOutcome, Outcome, RoleOutcome, StageOutcome};
use crate::plan::Parts;
use crate::record::Record;
use crate::truth::Verdict;

/// The last day that is searched from another.
#[must_use]
pub fn horizon(as_of: Date) -> Date {
    as_of.plus(Duration {
        count: YEARS_AHEAD,
        unit: Unit::Years,
    })
}

impl Evaluator<'_> {
    /// When the results of the outcome turn that this evaluator made last, of the same record, if nothing but time passes.
    pub fn ahead(&mut self, links: &Links, record: &Record, outcome: &Outcome) -> Ahead {
        let to = horizon(outcome.as_of);
        let mut walk = Walk::new(self, links, record, outcome, to, LOOKS_AHEAD);
        let (mut ahead, mut causes) = (Ahead::default(), Causes::default());
        while let Some(updated) = walk.step() {
            let turns = |(_, was, is): &&(Target, Verdict, Verdict)| was.holds() != is.holds();
            let mut learnt = false;
            for (target, _, _) in updated.verdicts.iter().filter(turns) {
                if ahead.turn(*target).is_some() {
                    continue;
                }
                if !std::mem::replace(&mut learnt, true) {
                    causes.learn(&walk, &updated);
                }
                let because = causes.because(&mut walk, *target);
                let day = walk.outcome.as_of;
                ahead.put(*target, outcome, Turn { day, because });
            }
        }
        ahead.ended = walk.ended();
        ahead
    }

    /// The later days on which anything is otherwise than on the day before, if nothing but time passes; of more than so
    /// many the first, and whether that is all. What is looked at is taken from what is left, and the search ends there.
    pub fn days_ahead(
        &mut self,
        links: &Links,
        record: &Record,
        outcome: &Outcome,
        most: usize,
        left: &mut u64,
    ) -> (Vec<Date>, bool) {
        let (to, looks) = (horizon(outcome.as_of), LOOKS_AHEAD.min(*left));
        let mut walk = Walk::new(self, links, record, outcome, to, looks);
        let (mut days, mut all) = (Vec::new(), true);
        while let Some(updated) = walk.step() {
            if updated.nodes.is_empty()
                && updated.competencies.is_empty()
                && updated.verdicts.is_empty()
            {
                continue;
            }
            all = days.len() < most;
            if !all {
                break;
            }
            days.push(walk.outcome.as_of);
        }
        all &= walk.ended().is_none();
        *left -= looks - walk.clock.looks;
        (days, all)
    }

    /// How every result stands from a day up to another.
    pub fn stretches(&mut self, links: &Links, record: &Record, from: Date, to: Date) -> History {
        let outcome = self.evaluate(record, from);
        let mut history = History::new(&outcome, to);
        let mut walk = Walk::new(self, links, record, &outcome, history.to, LOOKS_AHEAD);
        let mut causes = Causes::default();
        while let Some(updated) = walk.step() {
            let news = news(walk.record.parts(), &history, &updated, &walk.outcome);
            if news.is_empty() {
                continue;
            }
            causes.learn(&walk, &updated);
            for (target, stands) in news {
                // what was updated may have been told twice
                if !history.is_news(target, stands) {
                    continue;
                }
                let because = causes.because(&mut walk, target);
                let day = walk.outcome.as_of;
                history.put(target, Turn { day, because }, stands);
            }
        }
        history.ended = walk.ended();
        history
    }
}

/// What stands otherwise on a day than it did, and how.
fn news(
    parts: &Parts,
    history: &History,
    updated: &Updated,
    now: &Outcome,
) -> Vec<(Target, (Verdict, bool))> {
    let nodes = updated.nodes.iter().map(|id| {
        let known = now.nodes.get(id.index());
        (Target::Node(*id), known.map(NodeOutcome::stands))
    });
    let competencies = updated.competencies.iter().map(|id| {
        let known = now.competencies.get(id.index());
        (
            Target::Competency(*id),
            known.map(CompetencyOutcome::stands),
        )
    });
    let roles = updated.roles.iter().map(|id| {
        let known = now.roles.get(id.index());
        (Target::Role(*id), known.map(RoleOutcome::stands))
    });
    let stages = updated.roles.iter().flat_map(|id| parts.stages_of(*id));
    let stages = stages.map(|(id, _)| {
        let known = now.stages.get(id.index());
        (Target::Stage(id), known.map(StageOutcome::stands))
    });
    nodes
        .chain(competencies)
        .chain(roles)
        .chain(stages)
        .filter_map(|(target, stands)| Some((target, stands?)))
        .filter(|(target, stands)| history.is_news(*target, *stands))
        .collect()
}
