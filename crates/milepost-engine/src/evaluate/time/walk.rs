//! A walk through later days: an outcome in; the same outcome on each later day on which anything may be otherwise out. Only
//! what may change on a day is evaluated on it.

use super::clock::{Clock, Event};
use crate::date::Date;
use crate::evaluate::again::looks_to_share;
use crate::evaluate::{Evaluator, Links, Target, Touched, Updated};
use crate::outcome::{CompetencyOutcome, Outcome, RoleOutcome, StageOutcome};
use crate::plan::{CompetencyId, NodeId, Parts, RoleId, StageId};
use crate::record::Record;
use crate::truth::Verdict;

/// Where a walk is.
pub(super) struct Walk<'a, 'p> {
    pub(super) evaluator: &'a mut Evaluator<'p>,
    pub(super) record: &'a Record,
    /// What is true on the day.
    pub(super) outcome: Outcome,
    /// The competencies as they were on the day before, if their credentials were looked at.
    pub(super) before: Option<Vec<CompetencyOutcome>>,
    /// The roles and stages as they were on the day before, if posts were looked at.
    pub(super) posts: Option<(Vec<RoleOutcome>, Vec<StageOutcome>)>,
    /// The waivers that were in force on the day before.
    pub(super) waived: Vec<(NodeId, u32)>,
    pub(super) clock: Clock<'a>,
    links: &'a Links,
    /// The next event.
    next: usize,
    touched: Touched,
}

impl<'a, 'p: 'a> Walk<'a, 'p> {
    /// A walk from the outcome that the evaluator made last up to a day, or until so much has been looked at.
    pub(super) fn new(
        evaluator: &'a mut Evaluator<'p>,
        links: &'a Links,
        record: &'a Record,
        outcome: &Outcome,
        to: Date,
        looks: u64,
    ) -> Self {
        // What was shared out before is no part of it.
        evaluator.shared_out();
        let mut clock = Clock {
            plan: evaluator.plan,
            record,
            from: outcome.as_of,
            to,
            looks,
            events: Vec::new(),
        };
        clock.gather(links.asking_for_the_day(), |kind| links.asks_for(kind));
        let nowhere = clock.events.is_empty();
        Self {
            evaluator,
            record,
            outcome: if nowhere {
                Outcome::nothing(outcome.as_of)
            } else {
                outcome.clone()
            },
            before: None,
            posts: None,
            waived: Vec::new(),
            clock,
            links,
            next: 0,
            touched: Touched::default(),
        }
    }

    /// Goes to the next day on which anything may be otherwise; what of the outcome is. Nothing if there is no such day, or
    /// too much has been looked at.
    pub(super) fn step(&mut self) -> Option<Updated> {
        if self.clock.looks == 0 {
            return None;
        }
        let (number, _) = *self.clock.events.get(self.next)?;
        if !self.record.waivers().is_empty() {
            return Some(self.afresh(number));
        }
        self.outcome.as_of = day(number);
        (self.before, self.posts) = (None, None);
        while let Some((_, place)) = self
            .clock
            .events
            .get(self.next)
            .filter(|(other, _)| *other == number)
        {
            match self.clock.event(*place) {
                Event::Kind(kind) => {
                    self.clock.spend(self.record.rows(kind) / 8);
                    self.touched.kind(self.links, kind);
                }
                Event::Credentials => {
                    self.clock.spend(self.record.credentials().len());
                    self.before = Some(self.outcome.competencies.clone());
                    self.touched.credential();
                }
                Event::Waivers => {}
                Event::Posts => {
                    self.clock.spend(self.record.posts().len());
                    let outcome = &self.outcome;
                    self.posts = Some((outcome.roles.clone(), outcome.stages.clone()));
                    self.touched.post(self.links);
                }
                Event::Node(id) => self.touched.node(id),
            }
            self.next += 1;
        }
        let (links, record) = (self.links, self.record);
        let (touched, outcome) = (&mut self.touched, &mut self.outcome);
        let updated = self.evaluator.update(links, touched, record, outcome);
        self.clock.spend(updated.looks);
        self.shared_out();
        Some(updated)
    }

    /// Sharing out is looked at for more than the records of a group.
    fn shared_out(&mut self) {
        let looks = self.evaluator.shared_out();
        self.clock.looks = self.clock.looks.saturating_sub(looks);
    }

    /// The same where waivers, which reach anything, may come and go: everything is evaluated on the day.
    fn afresh(&mut self, number: i64) -> Updated {
        let events = self.clock.events.iter().skip(self.next);
        self.next += events.take_while(|(other, _)| *other == number).count();
        let was = self.outcome.clone();
        self.evaluator
            .evaluate_into(self.record, day(number), &mut self.outcome);
        self.clock.spend(self.outcome.nodes.len());
        self.clock.spend(self.record.evidence_count() / 8);
        for shared in self.clock.plan.without_reuse() {
            let looks = looks_to_share(self.clock.plan, shared, self.record);
            // With the waivers, without them, and to see whom they excuse.
            self.clock.spend(looks.saturating_mul(3));
        }
        self.shared_out();
        let updated = differences(self.clock.plan.parts(), &was, &self.outcome);
        (self.before, self.waived) = (Some(was.competencies), was.waived);
        self.posts = Some((was.roles, was.stages));
        updated
    }

    /// The last day that was searched, if too much has been looked at.
    pub(super) fn ended(&self) -> Option<Date> {
        if self.clock.looks > 0 {
            return None;
        }
        if self.next == 0 {
            // Not even the days are known.
            return Some(self.clock.from);
        }
        let next = self.clock.events.get(self.next);
        next.map(|(number, _)| day(*number).pred())
    }
}

impl Drop for Walk<'_, '_> {
    /// What stands on the last day is of no use to whoever evaluates next.
    fn drop(&mut self) {
        if self.next > 0 {
            self.evaluator.forget();
        }
    }
}

/// What of an outcome is otherwise than it was.
fn differences(parts: &Parts, was: &Outcome, is: &Outcome) -> Updated {
    let mut updated = Updated::default();
    let mut verdict = |target: Target, was: Verdict, is: Verdict| {
        if was != is {
            updated.verdicts.push((target, was, is));
        }
    };
    for (id, (was, is)) in (0..).map(NodeId).zip(was.nodes.iter().zip(&is.nodes)) {
        if (was.truth, was.without) != (is.truth, is.without) {
            updated.nodes.push(id);
            verdict(Target::Node(id), was.verdict(), is.verdict());
        }
    }
    let competencies = was.competencies.iter().zip(&is.competencies);
    for (id, (was, is)) in (0..).map(CompetencyId).zip(competencies) {
        if was.truth != is.truth {
            updated.competencies.push(id);
            verdict(
                Target::Competency(id),
                was.truth.status(),
                is.truth.status(),
            );
        }
    }
    for (id, (was, is)) in (0..).map(RoleId).zip(was.roles.iter().zip(&is.roles)) {
        if was.truth != is.truth {
            updated.roles.push(id);
            verdict(Target::Role(id), was.truth.status(), is.truth.status());
        }
    }
    let is_of = |id: StageId| parts.stages.get(id.index()).map(|stage| stage.role);
    for (id, (was, is)) in (0..).map(StageId).zip(was.stages.iter().zip(&is.stages)) {
        if was.truth != is.truth {
            updated.roles.extend(is_of(id));
            verdict(Target::Stage(id), was.truth.status(), is.truth.status());
        }
    }
    updated
}

fn day(number: i64) -> Date {
    super::super::value::day_of(number)
}
