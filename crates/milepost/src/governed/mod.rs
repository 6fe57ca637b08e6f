//! Which version governs: a programme, a record and a day in; the version, the record as that version reads it, why it
//! governs, and what comes of the results when another does, out.
//!
//! Nothing of one version is ever evaluated with anything of another. Where nobody knows when the candidate enrolled, and that
//! decides, each version that may govern is evaluated, and a role or competency stands as all of them say: the rest is a
//! question.

mod future;

use std::borrow::Cow;

use milepost_engine::plan::{CompetencyId, Governing, NodeId, RoleId, StageId, Transition, Why};
use milepost_engine::record::Record;
use milepost_engine::{Ahead, Date, Evaluator, Outcome, Target, Verdict, horizon, order};

use crate::programme::Pathway;
use crate::report::Hole;
use crate::report::text::{day, text_or_null};
use future::Future;
pub(crate) use future::{Later, Told};

/// How everything stood and will stand.
#[derive(Debug)]
pub(crate) struct Timeline {
    /// The first day.
    pub(crate) from: Date,
    /// The last day that is known.
    pub(crate) to: Date,
    /// Whether the last day was reached.
    pub(crate) complete: bool,
    /// One for each role of the version that governs.
    pub(crate) roles: Vec<Vec<Told>>,
    /// One for each stage of all its roles.
    pub(crate) stages: Vec<Vec<Told>>,
    /// One for each competency of it.
    pub(crate) competencies: Vec<Vec<Told>>,
    /// Each of its requirements, in the order of the outcome.
    pub(crate) requirements: Vec<(NodeId, Vec<Told>)>,
}

/// A record under the version that governs the candidate.
#[derive(Clone, Debug)]
pub(crate) struct Governed<'a> {
    newest: &'a Pathway,
    /// The version that governs.
    pub(crate) pathway: &'a Pathway,
    /// The record under that version.
    pub(crate) record: Cow<'a, Record>,
    governing: Governing,
    enrolled: Option<Date>,
}

impl<'a> Governed<'a> {
    /// The version that governs on a day; the record was made for the newest.
    pub(crate) fn new(newest: &'a Pathway, record: &'a Record, as_of: Date) -> Self {
        let enrolled = record.enrolled();
        let governing = newest.plan().governing(enrolled, as_of);
        let pathway = newest.version(governing.version);
        let record = if governing.version == 0 {
            Cow::Borrowed(record)
        } else {
            Cow::Owned(record.under(pathway.plan()))
        };
        Self {
            newest,
            pathway,
            record,
            governing,
            enrolled,
        }
    }

    /// The place of the version, the newest being 0.
    pub(crate) const fn version(&self) -> usize {
        self.governing.version
    }

    /// The version that governs, and those that may instead.
    pub(crate) fn versions(&self) -> impl Iterator<Item = usize> + '_ {
        self.governing.versions()
    }

    /// The record as a version reads it.
    pub(crate) fn under(&self, version: usize) -> Cow<'_, Record> {
        if version == self.version() {
            return Cow::Borrowed(&self.record);
        }
        Cow::Owned(self.record.under(self.newest.version(version).plan()))
    }

    /// Whether the programme has more than one version.
    pub(crate) fn several(&self) -> bool {
        !self.newest.plan().older().is_empty()
    }

    /// The verdicts in which an outcome of another version differs, of what both versions have.
    pub(crate) fn compare(
        &self,
        other: usize,
        before: &Outcome,
        now: &Outcome,
    ) -> Vec<(Target, Verdict, Verdict)> {
        let other = self.newest.version(other);
        let nodes = (0..).map(NodeId).zip(&self.pathway.plan().parts().nodes);
        let nodes = nodes.filter_map(|(id, node)| {
            let theirs = other.plan().requirement(&node.address)?;
            Some((Target::Node(id), Target::Node(theirs)))
        });
        let pairs = nodes.chain(counterparts(self.pathway, other));
        let compared = pairs.filter_map(|(own, theirs)| {
            let (was, is) = (verdict(before, theirs)?, verdict(now, own)?);
            (was != is).then_some((own, was, is))
        });
        compared.collect()
    }

    /// Evaluates the record.
    pub(crate) fn evaluate(&self, as_of: Date) -> Outcome {
        let mut outcome = Evaluator::new(self.pathway.plan()).evaluate(&self.record, as_of);
        self.settle(&mut outcome);
        outcome
    }

    /// Lets roles and competencies stand as all versions say that may govern.
    pub(crate) fn settle(&self, outcome: &mut Outcome) {
        for (version, _) in &self.governing.open {
            let other = self.newest.version(*version);
            let record = self.under(*version);
            let found = Evaluator::new(other.plan()).evaluate(&record, outcome.as_of);
            for (target, theirs) in counterparts(self.pathway, other) {
                match (target, theirs) {
                    (Target::Role(own), Target::Role(theirs)) => {
                        let theirs = found.roles.get(theirs.index()).map(|it| it.truth);
                        if let (Some(own), Some(theirs)) =
                            (outcome.roles.get_mut(own.index()), theirs)
                        {
                            own.truth = own.truth.one_of(theirs);
                        }
                    }
                    (Target::Competency(own), Target::Competency(theirs)) => {
                        let theirs = found.competencies.get(theirs.index()).map(|it| it.truth);
                        if let (Some(own), Some(theirs)) =
                            (outcome.competencies.get_mut(own.index()), theirs)
                        {
                            own.truth = own.truth.one_of(theirs);
                        }
                    }
                    (Target::Stage(own), Target::Stage(theirs)) => {
                        let theirs = found.stages.get(theirs.index()).map(|it| it.truth);
                        if let (Some(own), Some(theirs)) =
                            (outcome.stages.get_mut(own.index()), theirs)
                        {
                            own.truth = own.truth.one_of(theirs);
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// What time changes of the outcome that the evaluator made last.
    pub(crate) fn ahead(
        &self,
        evaluator: &mut Evaluator<'_>,
        outcome: &Outcome,
    ) -> (Ahead, Vec<Later>) {
        let mut ahead = evaluator.ahead(self.pathway.links(), &self.record, outcome);
        let switches = self.switches(outcome.as_of);
        if switches.is_empty() && self.governing.open.is_empty() {
            return (ahead, Vec::new());
        }
        let to = horizon(outcome.as_of);
        let later = Future::new(self, outcome.as_of, to).turns(&mut ahead, outcome);
        (ahead, later)
    }

    /// How every role, stage, competency and requirement stood and will stand.
    pub(crate) fn timeline(&self, as_of: Date) -> Timeline {
        let first = self.record.first_day();
        let from = first.map_or(as_of, |first| first.min(as_of));
        let to = horizon(as_of);
        let future = Future::new(self, from, to);
        let parts = self.pathway.plan().parts();
        let places = 0u32..;
        let nodes = self.pathway.layout().holes();
        let nodes = nodes.filter_map(|(_, hole)| match hole {
            Hole::Node(id) => Some(id),
            _ => None,
        });
        let roles = places.clone().zip(&parts.roles);
        let stages = places.clone().zip(&parts.stages);
        let competencies = places.zip(&parts.competencies);
        Timeline {
            from,
            to: future.ended().unwrap_or(to),
            complete: future.ended().is_none(),
            roles: roles
                .map(|(at, _)| future.stretches(Target::Role(RoleId(at))))
                .collect(),
            stages: stages
                .map(|(at, _)| future.stretches(Target::Stage(StageId(at))))
                .collect(),
            competencies: competencies
                .map(|(at, _)| future.stretches(Target::Competency(CompetencyId(at))))
                .collect(),
            requirements: nodes.map(|id| (id, future.requirement(id))).collect(),
        }
    }

    fn switches(&self, as_of: Date) -> Vec<(Date, Governing)> {
        let plan = self.newest.plan();
        plan.switches(self.enrolled, as_of, horizon(as_of))
    }

    /// `in_force`, `why` and `until`.
    pub(crate) fn write(&self, as_of: Date, out: &mut String) {
        out.push_str("\"in_force\":");
        text_or_null(out, self.governing.in_force.and_then(|it| self.name(it)));
        out.push_str(",\"why\":");
        text_or_null(out, self.why().as_deref());
        out.push_str(",\"until\":");
        match self.until(as_of) {
            Some(last) => day(out, last),
            None => out.push_str("null"),
        }
    }

    /// The last day on which the version governs, if nothing but time passes.
    pub(crate) fn until(&self, as_of: Date) -> Option<Date> {
        let switches = self.switches(as_of);
        let mut others = switches
            .iter()
            .filter(|(_, it)| it.version != self.version());
        others.next().map(|(next, _)| next.pred())
    }

    /// A role of the newest version in the one that governs.
    #[cfg(feature = "compile")]
    pub(crate) fn role(&self, id: RoleId) -> Option<RoleId> {
        let mut known = counterparts(self.newest, self.pathway);
        known.find_map(|pair| match pair {
            (Target::Role(own), Target::Role(theirs)) if own == id => Some(theirs),
            _ => None,
        })
    }

    /// A stage of the newest version in the one that governs.
    #[cfg(feature = "compile")]
    pub(crate) fn stage(&self, id: StageId) -> Option<StageId> {
        let mut known = counterparts(self.newest, self.pathway);
        known.find_map(|pair| match pair {
            (Target::Stage(own), Target::Stage(theirs)) if own == id => Some(theirs),
            _ => None,
        })
    }

    /// What a version is called.
    pub(crate) fn name(&self, version: usize) -> Option<&'a str> {
        let programme = &self.newest.version(version).plan().parts().programme;
        programme.version.as_deref()
    }

    /// Why the version governs; nothing if there is no other.
    fn why(&self) -> Option<String> {
        if !self.several() {
            return None;
        }
        let effective = self.pathway.plan().parts().programme.effective;
        let (from, to) = effective.unzip();
        Some(match (self.governing.why, from, to.flatten()) {
            (Why::Transition(enrolled, it), ..) => format!(
                "whoever enrolled before {}, as the candidate did on {enrolled}, may finish under it until {}",
                it.before, it.until
            ),
            (Why::NotYet, Some(from), _) => {
                format!("no version is in force before {from}, and it is the first")
            }
            (Why::NoLonger, _, Some(to)) => {
                format!("no version is in force after {to}, and it was the last")
            }
            (_, Some(from), _) => format!("it is in force since {from}"),
            _ => "it is the only one".to_owned(),
        })
    }

    /// What to ask, where the day of enrolment decides and nobody knows it.
    pub(crate) fn question(&self) -> Option<String> {
        let named = |(version, it): &(usize, Transition)| {
            let name = self.name(*version).unwrap_or_default();
            format!(
                "whoever enrolled before {} may finish under version {name} until {}",
                it.before, it.until
            )
        };
        let open: Vec<_> = self.governing.open.iter().map(named).collect();
        (!open.is_empty()).then(|| {
            format!(
                "nobody knows when the candidate enrolled, and {}",
                open.join("; ")
            )
        })
    }
}

/// How something stands.
fn verdict(outcome: &Outcome, target: Target) -> Option<Verdict> {
    Some(match target {
        Target::Node(id) => outcome.nodes.get(id.index())?.verdict(),
        Target::Competency(id) => outcome.competencies.get(id.index())?.truth.status(),
        Target::Role(id) => outcome.roles.get(id.index())?.truth.status(),
        Target::Stage(id) => outcome.stages.get(id.index())?.truth.status(),
    })
}

/// The competencies, roles and stages of one version that another has as well, roles and stages by name.
fn counterparts<'a>(
    own: &'a Pathway,
    other: &'a Pathway,
) -> impl Iterator<Item = (Target, Target)> + 'a {
    let (own, other) = (own.plan().parts(), other.plan().parts());
    let competencies = own.competencies.iter().zip(&other.competencies);
    let competencies = (0..)
        .map(CompetencyId)
        .zip(competencies)
        .filter(|(_, (own, other))| !own.elsewhere && !other.elsewhere)
        .map(|(id, _)| (Target::Competency(id), Target::Competency(id)));
    let mut known: Vec<(&str, RoleId)> = Vec::new();
    for (id, role) in (0..).map(RoleId).zip(&other.roles) {
        let names = role.formerly.iter().chain([&role.entry.name]);
        known.extend(names.map(|name| (name.as_str(), id)));
    }
    order::sort(&mut known);
    let roles = (0..).map(RoleId).zip(&own.roles);
    let roles = roles.filter_map(move |(id, role)| {
        let mut names = std::iter::once(&role.entry.name).chain(&role.formerly);
        let place =
            names.find_map(|name| known.binary_search_by(|(it, _)| (*it).cmp(name)).ok())?;
        known.get(place).map(|(_, theirs)| (id, *theirs))
    });
    let roles: Vec<(RoleId, RoleId)> = roles.collect();
    let mut stages = Vec::new();
    for (id, theirs) in &roles {
        for (id, stage) in own.stages_of(*id) {
            let mut all = other.stages_of(*theirs);
            let same = all.find(|(_, it)| it.entry.name == stage.entry.name);
            stages.extend(same.map(|(theirs, _)| (Target::Stage(id), Target::Stage(theirs))));
        }
    }
    let roles = roles.into_iter();
    let roles = roles.map(|(id, theirs)| (Target::Role(id), Target::Role(theirs)));
    competencies.chain(roles).chain(stages)
}
