//! What scenarios try out. In: a programme, where its requirements are written, and its scenarios. Out: for each place how the
//! requirement there was seen to stand.
//!
//! An expectation that holds has tried out what it is about and everything that rests on: the parts of a requirement, the
//! competencies and roles it refers to, the stages before a stage. What a credential or a post decides instead is not tried out.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use milepost_compiler::{Scenario, Target};
use milepost_diagnostics::Span;
use milepost_engine::outcome::Standing;
use milepost_engine::plan::{CompetencyId, Form, NodeId, Parts, RoleId, StageId};
use milepost_engine::record::Record;
use milepost_engine::{Outcome, Verdict};
use serde::Serialize;

use crate::governed::Governed;
use crate::programme::Pathway;
use crate::scenario::stands;

/// A requirement as it is written, once however often the rule it is part of is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// Where it stands: its label, if it has one.
    pub span: Span,
    /// Whose it is, as scenarios write it: `role coach`, `role coach selected`, `competency data_analyst`; of a rule the first.
    pub of: String,
    /// Its addresses, in the order of the programme; at least one.
    pub addresses: Vec<String>,
    /// How scenarios saw it stand.
    pub seen: Seen,
}

/// How a requirement was seen to stand. That information was wanting is none of its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize)]
pub struct Seen {
    /// Met, not by a waiver.
    pub met: bool,
    /// Pending.
    pub pending: bool,
    /// Unmet, even if it was waived.
    pub unmet: bool,
}

impl Seen {
    /// How many of two sides: a requirement seen in one way only is half covered.
    #[must_use]
    pub fn sides(self) -> usize {
        let ways = [self.met, self.pending, self.unmet];
        ways.into_iter().filter(|seen| *seen).count().min(2)
    }

    /// What is seen by either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self {
            met: self.met || other.met,
            pending: self.pending || other.pending,
            unmet: self.unmet || other.unmet,
        }
    }

    const fn note(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Met => self.met = true,
            Verdict::Pending => self.pending = true,
            Verdict::Unmet => self.unmet = true,
            Verdict::NeedsInformation | Verdict::Waived => {}
        }
    }
}

/// The requirements by their places, in the order of these.
pub(crate) fn of(pathway: &Pathway, places: &[Span], scenarios: &[Scenario]) -> Vec<Covered> {
    let parts = pathway.plan().parts();
    let mut seen = vec![Seen::default(); parts.nodes.len()];
    for scenario in scenarios {
        try_out(pathway, scenario, &mut seen);
    }
    let mut written: BTreeMap<Span, Covered> = BTreeMap::new();
    for (id, of) in asked(parts) {
        let at = id.index();
        if let (Some(span), Some(node), Some(seen)) =
            (places.get(at), parts.nodes.get(at), seen.get(at))
        {
            let covered = written.entry(*span).or_insert_with(|| Covered {
                span: *span,
                of: of.to_string(),
                addresses: Vec::new(),
                seen: Seen::default(),
            });
            covered.addresses.push(node.address.clone());
            covered.seen = covered.seen.or(*seen);
        }
    }
    written.into_values().collect()
}

/// Everything that competencies, roles and stages require, and whose it is; what is preferred decides nothing.
fn asked(parts: &Parts) -> Vec<(NodeId, Rc<str>)> {
    let mut open: Vec<(NodeId, Rc<str>)> = Vec::new();
    for it in &parts.competencies {
        let of = || format!("competency {}", it.entry.name).into();
        open.extend(it.requirement.map(|id| (id, of())));
    }
    for (id, role) in (0..).map(RoleId).zip(&parts.roles) {
        let of = format!("role {}", role.entry.name);
        for (_, stage) in parts.stages_of(id) {
            let of = || format!("{of} {}", stage.entry.name).into();
            open.extend(stage.requirement.map(|id| (id, of())));
        }
        open.push((role.eligible, of.into()));
    }
    let mut asked = Vec::new();
    while let Some((id, of)) = open.pop() {
        if let Some(node) = parts.nodes.get(id.index()) {
            let children = node.form.children().iter();
            open.extend(children.map(|child| (*child, Rc::clone(&of))));
        }
        asked.push((id, of));
    }
    asked.sort();
    asked
}

/// Notes how the requirements stood that the expectations of a scenario rest on. One that an earlier version governs, or that
/// does not hold, says nothing of this programme.
fn try_out(pathway: &Pathway, scenario: &Scenario, seen: &mut [Seen]) {
    let Ok(record) = Record::new(pathway.plan(), scenario.record.clone()) else {
        return;
    };
    let governed = Governed::new(pathway, &record, scenario.as_of);
    if governed.version() != 0 {
        return;
    }
    let outcome = governed.evaluate(scenario.as_of);
    let held = scenario.expectations.iter().filter(|expected| {
        let found = stands(&outcome, expected.target);
        found == Some((expected.verdict, expected.at_risk))
    });
    let mut visit = Visit {
        parts: pathway.plan().parts(),
        outcome: &outcome,
        open: held.map(|expected| expected.target).collect(),
        visited: BTreeSet::new(),
    };
    while let Some(id) = visit.next() {
        let found = outcome.nodes.get(id.index());
        if let (Some(found), Some(seen)) = (found, seen.get_mut(id.index())) {
            seen.note(found.without.unwrap_or(found.truth).status());
        }
    }
}

/// A walk over all that something rests on, each once.
struct Visit<'a> {
    parts: &'a Parts,
    outcome: &'a Outcome,
    open: Vec<Target>,
    visited: BTreeSet<Target>,
}

impl Visit<'_> {
    /// The next requirement.
    fn next(&mut self) -> Option<NodeId> {
        while let Some(target) = self.open.pop() {
            if !self.visited.insert(target) {
                continue;
            }
            match target {
                Target::Competency(id) => self.competency(id),
                Target::Role(id) => self.role(id),
                Target::Stage(id) => self.stage(id),
                Target::Node(id) => {
                    self.node(id);
                    return Some(id);
                }
            }
        }
        None
    }

    fn node(&mut self, id: NodeId) {
        let Some(node) = self.parts.nodes.get(id.index()) else {
            return;
        };
        match &node.form {
            Form::Competency(id) => self.open.push(Target::Competency(*id)),
            Form::Role(id) => self.open.push(Target::Role(*id)),
            Form::Stage(id) => self.open.push(Target::Stage(*id)),
            form => {
                let children = form.children().iter();
                self.open.extend(children.map(|child| Target::Node(*child)));
            }
        }
    }

    fn competency(&mut self, id: CompetencyId) {
        let found = self.outcome.competencies.get(id.index());
        let decides =
            |standing| !matches!(standing, Standing::Credential(_) | Standing::Withheld(_));
        if found.is_some_and(|it| decides(it.standing)) {
            let competency = self.parts.competencies.get(id.index());
            let requirement = competency.and_then(|it| it.requirement);
            self.open.extend(requirement.map(Target::Node));
        }
    }

    fn role(&mut self, id: RoleId) {
        let found = self.outcome.roles.get(id.index());
        if found.is_some_and(|it| it.held.is_none()) {
            let role = self.parts.roles.get(id.index());
            self.open.extend(role.map(|it| Target::Node(it.eligible)));
        }
    }

    fn stage(&mut self, id: StageId) {
        let found = self.outcome.stages.get(id.index());
        let (Some(stage), true) = (
            self.parts.stages.get(id.index()),
            found.is_some_and(|it| it.held.is_none()),
        ) else {
            return;
        };
        let before = id.0.checked_sub(1).map(StageId);
        let before = before.filter(|before| {
            let other = self.parts.stages.get(before.index());
            other.is_some_and(|other| other.role == stage.role)
        });
        self.open
            .push(before.map_or(Target::Role(stage.role), Target::Stage));
        self.open.extend(stage.requirement.map(Target::Node));
    }
}
