//! The outcome that is kept: a record and what was touched in it in; the holes of the layout filled anew where they have
//! to be, and which of them read differently, out.

use milepost_engine::order;
use milepost_engine::plan::{CompetencyId, NodeId, RoleId, StageId};
use milepost_engine::{Ahead, Date, Evaluator, Memory, Outcome, Target, Touched, Updated, Verdict};

use crate::governed::{Governed, Later};
use crate::programme::Pathway;
use crate::report::{Hole, Report};

/// An outcome and the text of it.
#[derive(Debug)]
pub(super) struct Kept {
    outcome: Outcome,
    /// The version it is of.
    version: usize,
    /// What time changes of it.
    ahead: (Ahead, Vec<Later>),
    /// Whether the record held waivers.
    waivers: bool,
    memory: Memory,
    /// What fills each hole of the layout.
    filled: Vec<String>,
    /// Whether a list in a hole was cut, and how many are.
    cut: Vec<bool>,
    cuts: usize,
}

/// What changed.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The holes that are filled differently, in order.
    pub(super) holes: Vec<usize>,
    /// The verdicts that changed: on what, before and now.
    pub(super) verdicts: Vec<(Target, Verdict, Verdict)>,
    /// Whether another version governs now, so that all of the outcome is another.
    pub(super) switched: bool,
}

impl Kept {
    /// The outcome of a record on a day. All of it is new.
    pub(super) fn new(governed: &Governed<'_>, as_of: Date) -> (Self, Found) {
        let holes = governed.pathway.layout().count();
        let mut memory = Memory::default();
        let mut evaluator = Evaluator::resume(governed.pathway.plan(), &mut memory);
        let mut outcome = evaluator.evaluate(&governed.record, as_of);
        let ahead = governed.ahead(&mut evaluator, &outcome);
        governed.settle(&mut outcome);
        evaluator.leave(&mut memory);
        let mut kept = Self {
            outcome,
            version: governed.version(),
            ahead,
            waivers: !governed.record.waivers().is_empty(),
            memory,
            filled: vec![String::new(); holes],
            cut: vec![false; holes],
            cuts: 0,
        };
        let holes = kept.fill(governed, (0..holes).collect());
        let found = Found {
            holes,
            ..Found::default()
        };
        (kept, found)
    }

    /// The version it is of.
    pub(super) const fn version(&self) -> usize {
        self.version
    }

    /// Brings the outcome up to date where another version governs; what both have is compared.
    pub(super) fn switch(&mut self, governed: &Governed<'_>, as_of: Date) -> Found {
        let was = self.version;
        let (now, mut found) = Self::new(governed, as_of);
        let before = std::mem::replace(self, now).outcome;
        found.verdicts = governed.compare(was, &before, &self.outcome);
        found.switched = true;
        found
    }

    /// What fills the holes, in order.
    pub(super) fn filled(&self) -> impl Iterator<Item = &str> {
        self.filled.iter().map(String::as_str)
    }

    /// What fills a hole.
    pub(super) fn at(&self, hole: usize) -> &str {
        self.filled.get(hole).map_or("", String::as_str)
    }

    /// Brings the outcome up to date. What has several versions is evaluated afresh, because any of them may bear on it.
    pub(super) fn update(
        &mut self,
        governed: &Governed<'_>,
        touched: &mut Touched,
        as_of: Date,
    ) -> Found {
        let (pathway, record) = (governed.pathway, &*governed.record);
        let mut evaluator = Evaluator::resume(pathway.plan(), &mut self.memory);
        let links = pathway.links();
        // A waiver that was taken out, and was not in force, leaves nothing behind but what is ahead.
        let waivers = !record.waivers().is_empty() || !self.outcome.waived.is_empty();
        let had_waivers = std::mem::replace(&mut self.waivers, !record.waivers().is_empty());
        let afresh = as_of != self.outcome.as_of || waivers || governed.several();
        let stale = !touched.is_empty() || afresh || had_waivers;
        let (mut holes, verdicts) = if afresh {
            *touched = Touched::default();
            let mut now = evaluator.evaluate(record, as_of);
            self.ahead = governed.ahead(&mut evaluator, &now);
            governed.settle(&mut now);
            let verdicts = verdicts(&self.outcome, &now);
            self.outcome = now;
            ((0..self.filled.len()).collect(), verdicts)
        } else {
            let updated = evaluator.update(links, touched, record, &mut self.outcome);
            (holes(pathway, &updated), updated.verdicts)
        };
        if stale && !afresh {
            let ahead = evaluator.ahead(links, record, &self.outcome);
            turned(pathway, &self.ahead.0, &mut holes);
            turned(pathway, &ahead, &mut holes);
            self.ahead = (ahead, Vec::new());
        }
        evaluator.leave(&mut self.memory);
        order::sort(&mut holes);
        holes.dedup();
        Found {
            holes: self.fill(governed, holes),
            verdicts,
            switched: false,
        }
    }

    /// Fills holes, given in order, anew; those of them that read differently now.
    fn fill(&mut self, governed: &Governed<'_>, mut holes: Vec<usize>) -> Vec<usize> {
        let layout = governed.pathway.layout();
        let mut evaluator = Evaluator::resume(governed.pathway.plan(), &mut self.memory);
        let mut report = Report::of_last(governed, &self.outcome, &self.ahead, &mut evaluator);
        let mut out = String::new();
        holes.retain(|place| {
            let Some(hole) = layout.hole(*place) else {
                return false;
            };
            out.clear();
            // The notices, which come last, speak of all lists.
            report.shortened = hole == Hole::Notices && self.cuts > 0;
            report.fill(hole, &mut out);
            if let (Hole::Findings(_), Some(cut)) = (hole, self.cut.get_mut(*place)) {
                self.cuts -= usize::from(*cut);
                *cut = report.shortened;
                self.cuts += usize::from(*cut);
            }
            let Some(filled) = self.filled.get_mut(*place) else {
                return false;
            };
            let differs = *filled != out;
            if differs {
                filled.clear();
                filled.push_str(&out);
            }
            differs
        });
        drop(report);
        evaluator.leave(&mut self.memory);
        holes
    }
}

/// The holes that what was updated may fill differently.
fn holes(pathway: &Pathway, updated: &Updated) -> Vec<usize> {
    let layout = pathway.layout();
    let mut holes = Vec::with_capacity(updated.nodes.len() * 2 + 8);
    for node in &updated.nodes {
        // Its findings and its advice follow.
        holes.extend(
            layout
                .of_node(*node)
                .into_iter()
                .flat_map(|at| [at, at + 2, at + 3]),
        );
    }
    for role in &updated.roles {
        holes.extend(
            layout
                .of_role(*role)
                .into_iter()
                .flat_map(|at| [at, at + 1]),
        );
        let stages = pathway.plan().parts().stages_of(*role);
        let stages = stages.filter_map(|(stage, _)| layout.of_stage(stage));
        holes.extend(stages.flat_map(|at| [at, at + 1]));
    }
    for competency in &updated.competencies {
        let places = layout.of_competency(*competency);
        holes.extend(places.into_iter().flat_map(|at| [at, at + 1]));
    }
    if updated.credentials {
        // Which credential decides follows how the competency stands.
        holes.extend(layout.of_competencies().map(|at| at + 2));
    }
    // The waivers and the notices come last.
    holes.extend(
        [2, 1]
            .iter()
            .filter_map(|from_end| layout.count().checked_sub(*from_end)),
    );
    holes
}

/// The holes of what time changes; who causes it may be called otherwise now.
fn turned(pathway: &Pathway, ahead: &Ahead, holes: &mut Vec<usize>) {
    let layout = pathway.layout();
    let places = ahead.turning().filter_map(|target| match target {
        Target::Node(id) => layout.of_node(id),
        Target::Competency(id) => layout.of_competency(id),
        Target::Role(id) => layout.of_role(id),
        Target::Stage(id) => layout.of_stage(id),
    });
    holes.extend(places.map(|at| at + 1));
}

/// The verdicts in which two outcomes differ.
fn verdicts(before: &Outcome, now: &Outcome) -> Vec<(Target, Verdict, Verdict)> {
    let of = |target: Target, was: Verdict, is: Verdict| (was != is).then_some((target, was, is));
    let nodes = (0..).map(NodeId).zip(before.nodes.iter().zip(&now.nodes));
    let nodes =
        nodes.filter_map(|(id, (was, is))| of(Target::Node(id), was.verdict(), is.verdict()));
    let competencies = before.competencies.iter().zip(&now.competencies);
    let competencies = (0..).map(CompetencyId).zip(competencies);
    let competencies = competencies.filter_map(|(id, (was, is))| {
        let target = Target::Competency(id);
        of(target, was.truth.status(), is.truth.status())
    });
    let roles = (0..).map(RoleId).zip(before.roles.iter().zip(&now.roles));
    let roles = roles
        .filter_map(|(id, (was, is))| of(Target::Role(id), was.truth.status(), is.truth.status()));
    let stages = (0..)
        .map(StageId)
        .zip(before.stages.iter().zip(&now.stages));
    let stages = stages.filter_map(|(id, (was, is))| {
        let target = Target::Stage(id);
        of(target, was.truth.status(), is.truth.status())
    });
    nodes
        .chain(competencies)
        .chain(roles)
        .chain(stages)
        .collect()
}
