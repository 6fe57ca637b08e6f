//! The document: two programmes in; what the change means for each role, stage and competency out.

use std::collections::BTreeSet;

use milepost_engine::plan::{
    Competency, CompetencyId, Entry, Form, NodeId, Role, RoleId, Stage, StageId,
};
use milepost_engine::{Date, Duration};

use super::effect::Effect;
use super::invented::{Found, Search};
use super::side::Side;
use super::subject::{Clause, Comparing};
use crate::wire::{Change, Diff, DiffClause, DiffSearch, DiffSubject, DiffText};

/// So many clauses are listed of each role, stage or competency.
const CLAUSES: usize = 100;

/// Compares two programmes.
pub(super) fn diff(old: Side<'_>, new: Side<'_>, as_of: Option<Date>) -> Diff {
    let comparing = Comparing::new(old.pathway.plan(), new.pathway.plan());
    let mut writer = Writer {
        old,
        new,
        search: as_of.and_then(|as_of| Search::new(&comparing.bridge, as_of)),
        comparing,
    };
    Diff {
        milepost: env!("CARGO_PKG_VERSION").to_owned(),
        old: old.programme(),
        new: new.programme(),
        as_of: as_of.map(|it| it.to_string()),
        roles: writer.roles(),
        competencies: writer.competencies(),
        cohort: None,
    }
}

struct Writer<'a> {
    old: Side<'a>,
    new: Side<'a>,
    comparing: Comparing<'a>,
    search: Option<Search>,
}

/// What is not compared, for the other programme has none of it.
fn alone(entry: &Entry, change: Change) -> DiffSubject {
    DiffSubject {
        name: entry.name.clone(),
        title: entry.title.clone(),
        was: None,
        change,
        clauses: Vec::new(),
        more_clauses: 0,
        gains: None,
        loses: None,
        stages: Vec::new(),
    }
}

const fn change(effect: Effect) -> Change {
    match (effect.gains, effect.loses) {
        (false, false) => Change::Unchanged,
        (false, true) => Change::Stricter,
        (true, false) => Change::Looser,
        (true, true) => Change::Both,
    }
}

impl Writer<'_> {
    fn roles(&mut self) -> Vec<DiffSubject> {
        let (old, new) = (self.old.parts(), self.new.parts());
        let mut was = vec![None; new.roles.len()];
        let mut gone = Vec::new();
        for (id, it) in (0u32..).map(RoleId).zip(&old.roles) {
            let now = self.comparing.bridge.role(id);
            match now.and_then(|now| was.get_mut(now.index())) {
                Some(was) => *was = Some((id, it)),
                None => gone.push(DiffSubject {
                    stages: self.stages(Some(id), None),
                    ..alone(&it.entry, Change::Removed)
                }),
            }
        }
        let mut all = Vec::new();
        for ((id, role), was) in (0u32..).map(RoleId).zip(&new.roles).zip(was) {
            let mut subject = match was {
                Some((was, it)) => self.role(was, (it, role)),
                None => alone(&role.entry, Change::Added),
            };
            subject.stages = self.stages(was.map(|(was, _)| was), Some(id));
            all.push(subject);
        }
        all.append(&mut gone);
        all
    }

    fn role(&mut self, id: RoleId, (old, new): (&Role, &Role)) -> DiffSubject {
        let mut own = Vec::new();
        if old.stays != new.stays {
            let said = |stays| {
                if stays {
                    "who reached a stage stays in it"
                } else {
                    "who reached a stage can leave it"
                }
            };
            let effect = if new.stays {
                Effect::GAINS
            } else {
                Effect::LOSES
            };
            own.push(said_of(effect, said(old.stays), said(new.stays)));
        }
        let effect = self.comparing.role(id);
        let roots = Some((old.eligible, new.eligible));
        let mut subject = self.subject((&old.entry, &new.entry), effect, roots, own);
        if subject.clauses.is_empty() && effect.any() {
            let stages = "its stages, in which whoever reached them stays";
            subject.clauses.push(said_of(effect, stages, stages));
        }
        let now = self.comparing.bridge.role(id);
        self.with_candidates(subject, effect, Form::Role(id), now.map(Form::Role))
    }

    fn stages(&mut self, old: Option<RoleId>, new: Option<RoleId>) -> Vec<DiffSubject> {
        let of = |side: Side<'_>, role: Option<RoleId>| -> Vec<(StageId, Stage)> {
            let own = role
                .into_iter()
                .flat_map(|role| side.parts().stages_of(role));
            own.map(|(id, it)| (id, it.clone())).collect()
        };
        let (was, now) = (of(self.old, old), of(self.new, new));
        let mut all = Vec::new();
        for (id, stage) in &now {
            let before = was
                .iter()
                .find(|(was, _)| self.comparing.bridge.stage(*was) == Some(*id));
            all.push(match before {
                Some((was, before)) => self.stage(*was, (before, stage)),
                None => alone(&stage.entry, Change::Added),
            });
        }
        for (id, stage) in &was {
            if self.comparing.bridge.stage(*id).is_none() {
                all.push(alone(&stage.entry, Change::Removed));
            }
        }
        all
    }

    fn stage(&mut self, id: StageId, (old, new): (&Stage, &Stage)) -> DiffSubject {
        let mut own = Vec::new();
        if old.valid != new.valid {
            let said = |valid: Option<Duration>| match valid {
                Some(valid) => format!("a post in it lasts {valid}"),
                None => "a post in it lasts until it ends".to_owned(),
            };
            let effect = self.comparing.validity(old.valid, new.valid);
            own.push(said_of(effect, said(old.valid), said(new.valid)));
        }
        let effect = self.comparing.stage(id);
        let own_effect = old.requirement.zip(new.requirement);
        let mut subject = self.subject((&old.entry, &new.entry), effect, own_effect, own);
        if subject.clauses.is_empty() && effect.any() {
            let before = "what comes before it: the role and its other stages";
            subject.clauses.push(said_of(effect, before, before));
        }
        let now = self.comparing.bridge.stage(id);
        self.with_candidates(subject, effect, Form::Stage(id), now.map(Form::Stage))
    }

    fn competencies(&mut self) -> Vec<DiffSubject> {
        let (old, new) = (self.old.parts(), self.new.parts());
        let mut was = vec![None; new.competencies.len()];
        let mut gone = Vec::new();
        for (id, it) in (0u32..).map(CompetencyId).zip(&old.competencies) {
            match self.comparing.bridge.competency(id) {
                Some(now) => {
                    if let Some(was) = was.get_mut(now.index()) {
                        *was = Some((id, it));
                    }
                }
                None if it.elsewhere => {}
                None => gone.push(alone(&it.entry, Change::Removed)),
            }
        }
        let mut all = Vec::new();
        for (it, was) in new.competencies.iter().zip(was) {
            match was {
                Some((id, was)) => all.push(self.competency(id, (was, it))),
                None if it.elsewhere => {}
                None => all.push(alone(&it.entry, Change::Added)),
            }
        }
        all.append(&mut gone);
        all
    }

    fn competency(
        &mut self,
        id: CompetencyId,
        (old, new): (&Competency, &Competency),
    ) -> DiffSubject {
        let effect = self.comparing.competency(id);
        let award = self.comparing.award(old, new);
        let mut own = Vec::new();
        if award.any() {
            let said = |it: &Competency| match &it.award {
                None => "it awards no credential".to_owned(),
                Some(award) => match award.valid {
                    Some(valid) => format!("its credential is valid {valid}"),
                    None => "its credential is valid without end".to_owned(),
                },
            };
            own.push(said_of(award, said(old), said(new)));
        }
        match (old.requirement, new.requirement) {
            (Some(root), None) => own.push(self.clause(Clause {
                old: Some(root),
                new: None,
                effect: Effect::LOSES,
            })),
            (None, Some(root)) => own.push(self.clause(Clause {
                old: None,
                new: Some(root),
                effect: Effect::GAINS,
            })),
            _ => {}
        }
        let roots = old.requirement.zip(new.requirement);
        let subject = self.subject((&old.entry, &new.entry), effect, roots, own);
        let now = self.comparing.bridge.competency(id);
        let was = Form::Competency(id);
        self.with_candidates(subject, effect, was, now.map(Form::Competency))
    }

    /// Looks for candidates on whom the two disagree, in each direction in which somebody may be.
    fn with_candidates(
        &self,
        mut subject: DiffSubject,
        effect: Effect,
        old: Form,
        new: Option<Form>,
    ) -> DiffSubject {
        if let (Some(search), Some(new)) = (&self.search, new) {
            let told = |found: Found| DiffSearch {
                record: found.record,
                tried: found.tried,
            };
            subject.gains = effect.gains.then(|| told(search.gains(&old, &new)));
            subject.loses = effect.loses.then(|| told(search.loses(&old, &new)));
        }
        subject
    }

    fn subject(
        &mut self,
        (old, new): (&Entry, &Entry),
        effect: Effect,
        roots: Option<(NodeId, NodeId)>,
        mut clauses: Vec<DiffClause>,
    ) -> DiffSubject {
        let found = roots.map(|(old, new)| self.comparing.clauses(old, new));
        let mut told = BTreeSet::new();
        let mut more = 0;
        for clause in found.into_iter().flatten() {
            if !told.insert((clause.old, clause.new)) {
                continue;
            }
            if clauses.len() < CLAUSES {
                clauses.push(self.clause(clause));
            } else {
                more += 1;
            }
        }
        DiffSubject {
            was: (old.name != new.name).then(|| old.name.clone()),
            clauses,
            more_clauses: more,
            ..alone(new, change(effect))
        }
    }

    fn clause(&self, clause: Clause) -> DiffClause {
        DiffClause {
            change: change(clause.effect),
            old: clause.old.and_then(|id| self.old.text(id)),
            new: clause.new.and_then(|id| self.new.text(id)),
        }
    }
}

/// A clause that is no requirement.
fn said_of(effect: Effect, old: impl Into<String>, new: impl Into<String>) -> DiffClause {
    let said = |text: String| DiffText {
        text,
        address: None,
        file: None,
        line: None,
        column: None,
    };
    DiffClause {
        change: change(effect),
        old: Some(said(old.into())),
        new: Some(said(new.into())),
    }
}
