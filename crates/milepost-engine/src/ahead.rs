//! What time alone changes: the days on which results turn, and what turns them, in numbers and places. Sentences are made
//! of it elsewhere.

use crate::evaluate::Target;
use crate::outcome::{Outcome, RecordRef};
use crate::plan::{CompetencyId, FactId, NodeId, RoleId, StageId};
use crate::{Date, Verdict};

/// How many years ahead of the as-of date are searched.
pub const YEARS_AHEAD: u32 = 10;

/// The most records and requirements a search looks at, each as often as it does. Eight records that a requirement looks
/// at together are one.
pub const LOOKS_AHEAD: u64 = 4_000_000;

/// The first later day on which each result turns from met to not met, or from not met to met, if nothing but time passes.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Ahead {
    pub(crate) nodes: Vec<Option<Turn>>,
    pub(crate) competencies: Vec<Option<Turn>>,
    pub(crate) roles: Vec<Option<Turn>>,
    pub(crate) stages: Vec<Option<Turn>>,
    /// The last day that was searched, if the search ended early.
    pub ended: Option<Date>,
}

impl Ahead {
    /// When a requirement turns.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<Turn> {
        self.nodes.get(id.index()).copied().flatten()
    }

    /// When a competency turns.
    #[must_use]
    pub fn competency(&self, id: CompetencyId) -> Option<Turn> {
        self.competencies.get(id.index()).copied().flatten()
    }

    /// When a role turns.
    #[must_use]
    pub fn role(&self, id: RoleId) -> Option<Turn> {
        self.roles.get(id.index()).copied().flatten()
    }

    /// When a stage turns.
    #[must_use]
    pub fn stage(&self, id: StageId) -> Option<Turn> {
        self.stages.get(id.index()).copied().flatten()
    }
}

/// That a result turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The first day on which it is otherwise.
    pub day: Date,
    /// What turns it.
    pub because: Because,
}

/// What turns a result on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// A record, looked at by a requirement.
    Record(NodeId, RecordRef, Change),
    /// A credential, by its place in the record.
    Credential(u32, Change),
    /// A waiver, by its place in the record.
    Waiver(u32, Change),
    /// A post, by its place in the record.
    Post(u32, Change),
    /// A day that is a fact.
    Fact(FactId),
    /// A school year begins.
    SchoolYear,
    /// The day has come; nothing else is to be named.
    Day,
}

/// What changes of a record, a credential, a waiver or a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It comes to exist: its date, or the day it is submitted.
    Exists,
    /// Its status is decided.
    Decided,
    /// It expired on the day before.
    Expires,
    /// A suspension begins.
    Suspended,
    /// A suspension ended on the day before.
    Reinstated,
    /// It is no longer in a window, by its place among those of the requirement.
    Leaves(u32),
    /// It comes to be in a window.
    Enters(u32),
    /// What is asked of it comes to be so, or is no longer so.
    Turns(bool),
}

impl Ahead {
    /// What turns, requirements first, then competencies, then roles, then stages.
    pub fn turning(&self) -> impl Iterator<Item = Target> + '_ {
        let nodes = (0..).zip(&self.nodes).filter(|(_, turn)| turn.is_some());
        let competencies = (0..)
            .zip(&self.competencies)
            .filter(|(_, turn)| turn.is_some());
        let roles = (0..).zip(&self.roles).filter(|(_, turn)| turn.is_some());
        let stages = (0..).zip(&self.stages).filter(|(_, turn)| turn.is_some());
        nodes
            .map(|(at, _)| Target::Node(NodeId(at)))
            .chain(competencies.map(|(at, _)| Target::Competency(CompetencyId(at))))
            .chain(roles.map(|(at, _)| Target::Role(RoleId(at))))
            .chain(stages.map(|(at, _)| Target::Stage(StageId(at))))
    }

    /// When something turns.
    #[must_use]
    pub fn turn(&self, target: Target) -> Option<Turn> {
        match target {
            Target::Node(id) => self.node(id),
            Target::Competency(id) => self.competency(id),
            Target::Role(id) => self.role(id),
            Target::Stage(id) => self.stage(id),
        }
    }

    /// Forgets that something turns.
    pub fn forget(&mut self, target: Target) {
        let slot = match target {
            Target::Node(id) => self.nodes.get_mut(id.index()),
            Target::Competency(id) => self.competencies.get_mut(id.index()),
            Target::Role(id) => self.roles.get_mut(id.index()),
            Target::Stage(id) => self.stages.get_mut(id.index()),
        };
        if let Some(slot) = slot {
            *slot = None;
        }
    }

    /// Notes when something of an outcome turns.
    pub(crate) fn put(&mut self, target: Target, outcome: &Outcome, turn: Turn) {
        let (turns, place, count) = match target {
            Target::Node(id) => (&mut self.nodes, id.index(), outcome.nodes.len()),
            Target::Competency(id) => {
                let count = outcome.competencies.len();
                (&mut self.competencies, id.index(), count)
            }
            Target::Role(id) => (&mut self.roles, id.index(), outcome.roles.len()),
            Target::Stage(id) => (&mut self.stages, id.index(), outcome.stages.len()),
        };
        turns.resize(count, None);
        if let Some(slot) = turns.get_mut(place) {
            *slot = Some(turn);
        }
    }
}

/// From a day on, and until the next stretch begins, something stands so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The first day.
    pub from: Date,
    /// How it stands.
    pub verdict: Verdict,
    /// Whether what is under review may still undo it.
    pub at_risk: bool,
    /// What changed it on the first day; nothing of the first stretch.
    pub because: Option<Because>,
}

/// How every result stood and will stand: stretches that follow one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// One for each requirement.
    pub nodes: Vec<Vec<Stretch>>,
    /// One for each competency.
    pub competencies: Vec<Vec<Stretch>>,
    /// One for each role.
    pub roles: Vec<Vec<Stretch>>,
    /// One for each stage of a role.
    pub stages: Vec<Vec<Stretch>>,
    /// The last day that is known, if the search ended early.
    pub ended: Option<Date>,
}

impl History {
    /// How something stands, from one day on after the other.
    #[must_use]
    pub fn of(&self, target: Target) -> &[Stretch] {
        let all = match target {
            Target::Node(id) => self.nodes.get(id.index()),
            Target::Competency(id) => self.competencies.get(id.index()),
            Target::Role(id) => self.roles.get(id.index()),
            Target::Stage(id) => self.stages.get(id.index()),
        };
        all.map_or(&[], Vec::as_slice)
    }

    /// The history that begins with an outcome.
    pub(crate) fn new(first: &Outcome, to: Date) -> Self {
        let from = first.as_of;
        let begins = |stands: (Verdict, bool)| vec![Stretch::new(from, stands)];
        let nodes = first.nodes.iter().map(|it| begins(it.stands()));
        let competencies = first.competencies.iter().map(|it| begins(it.stands()));
        let roles = first.roles.iter().map(|it| begins(it.stands()));
        let stages = first.stages.iter().map(|it| begins(it.stands()));
        Self {
            from,
            to,
            nodes: nodes.collect(),
            competencies: competencies.collect(),
            roles: roles.collect(),
            stages: stages.collect(),
            ended: None,
        }
    }

    /// Whether something stands otherwise than it did last.
    pub(crate) fn is_news(&self, target: Target, stands: (Verdict, bool)) -> bool {
        let stretches = match target {
            Target::Node(id) => self.nodes.get(id.index()),
            Target::Competency(id) => self.competencies.get(id.index()),
            Target::Role(id) => self.roles.get(id.index()),
            Target::Stage(id) => self.stages.get(id.index()),
        };
        let last = stretches.and_then(|stretches| stretches.last());
        last.is_some_and(|last| (last.verdict, last.at_risk) != stands)
    }

    /// Notes how something stands from a day on.
    pub(crate) fn put(&mut self, target: Target, turn: Turn, stands: (Verdict, bool)) {
        let stretches = match target {
            Target::Node(id) => self.nodes.get_mut(id.index()),
            Target::Competency(id) => self.competencies.get_mut(id.index()),
            Target::Role(id) => self.roles.get_mut(id.index()),
            Target::Stage(id) => self.stages.get_mut(id.index()),
        };
        if let Some(stretches) = stretches {
            stretches.push(Stretch {
                because: Some(turn.because),
                ..Stretch::new(turn.day, stands)
            });
        }
    }
}

impl Stretch {
    const fn new(from: Date, (verdict, at_risk): (Verdict, bool)) -> Self {
        Self {
            from,
            verdict,
            at_risk,
            because: None,
        }
    }
}
