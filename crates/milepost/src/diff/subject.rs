//! Two programmes compared: their plans in; what the change of each competency, role and stage can do out.

use std::collections::BTreeMap;

use milepost_engine::plan::{Competency, CompetencyId, NodeId, RoleId, StageId};
use milepost_engine::{Duration, Plan, Unit};

use super::bridge::Bridge;
use super::effect::Effect;
use super::records;

/// Something that is met or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A competency.
    Competency(CompetencyId),
    /// Eligibility for a role.
    Role(RoleId),
    /// A stage of a role.
    Stage(StageId),
}

/// A clause that is responsible for a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Where it stood; nothing if it is new.
    pub(crate) old: Option<NodeId>,
    /// Where it stands; nothing if it is gone.
    pub(crate) new: Option<NodeId>,
    /// What its change can do to the whole.
    pub(crate) effect: Effect,
}

/// The comparison of two programmes.
pub(crate) struct Comparing<'a> {
    pub(super) old: &'a Plan,
    pub(super) new: &'a Plan,
    pub(crate) bridge: Bridge<'a>,
    pub(super) known: BTreeMap<(NodeId, NodeId), Effect>,
    competencies: BTreeMap<CompetencyId, Effect>,
    roles: BTreeMap<RoleId, Effect>,
    stages: BTreeMap<StageId, Effect>,
}

impl<'a> Comparing<'a> {
    /// Compares everything, what others refer to first.
    pub(crate) fn new(old: &'a Plan, new: &'a Plan) -> Self {
        let mut comparing = Self {
            old,
            new,
            bridge: Bridge::new(old.parts(), new.parts()),
            known: BTreeMap::new(),
            competencies: BTreeMap::new(),
            roles: BTreeMap::new(),
            stages: BTreeMap::new(),
        };
        // What is referred to stands before what refers to it.
        let parts = old.parts();
        let mut order: Vec<(Option<NodeId>, Subject)> = Vec::new();
        for (id, it) in (0u32..).map(CompetencyId).zip(&parts.competencies) {
            order.push((it.requirement, Subject::Competency(id)));
        }
        for (id, it) in (0u32..).map(RoleId).zip(&parts.roles) {
            order.push((Some(it.eligible), Subject::Role(id)));
            let mut last = it.eligible;
            for (id, stage) in parts.stages_of(id) {
                last = stage.requirement.map_or(last, |own| own.max(last));
                order.push((Some(last), Subject::Stage(id)));
            }
        }
        order.sort_by_key(|(root, _)| *root);
        for (_, subject) in order {
            match subject {
                Subject::Competency(id) => comparing.whole_competency(id),
                Subject::Role(id) => comparing.whole_role(id),
                Subject::Stage(id) => comparing.whole_stage(id),
            }
        }
        comparing
    }

    /// What the change of a competency can do, by its place in the old programme.
    pub(crate) fn competency(&self, id: CompetencyId) -> Effect {
        self.competencies
            .get(&id)
            .copied()
            .unwrap_or(Effect::EITHER)
    }

    /// What the change of eligibility for a role can do.
    pub(crate) fn role(&self, id: RoleId) -> Effect {
        self.roles.get(&id).copied().unwrap_or(Effect::EITHER)
    }

    /// What the change of a stage can do, with that of all that comes before it.
    pub(crate) fn stage(&self, id: StageId) -> Effect {
        self.stages.get(&id).copied().unwrap_or(Effect::EITHER)
    }

    fn whole_competency(&mut self, id: CompetencyId) {
        let (old, new) = (self.old.parts(), self.new.parts());
        let now = self
            .bridge
            .competency(id)
            .and_then(|id| new.competencies.get(id.index()));
        let was = old.competencies.get(id.index());
        let (Some(was), Some(now)) = (was, now) else {
            return;
        };
        let effect = match (was.requirement, now.requirement) {
            (None, None) => Effect::NONE,
            (None, Some(_)) => Effect::GAINS,
            (Some(_), None) => Effect::LOSES,
            (Some(old), Some(new)) => self.effect(old, new),
        };
        let award = self.award(was, now);
        self.competencies.insert(id, effect.and(award));
    }

    fn whole_role(&mut self, id: RoleId) {
        let (old, new) = (self.old.parts(), self.new.parts());
        let now = self
            .bridge
            .role(id)
            .and_then(|id| new.roles.get(id.index()));
        if let (Some(was), Some(now)) = (old.roles.get(id.index()), now) {
            let effect = self.effect(was.eligible, now.eligible);
            let stays = self.stays(id);
            self.roles.insert(id, effect.and(stays));
        }
    }

    /// What it does that who reached a stage stays in it, or no longer does.
    fn stays(&self, id: RoleId) -> Effect {
        let other = self.bridge.role(id).unwrap_or(id);
        let was = self.old.parts().roles.get(id.index());
        let now = self.new.parts().roles.get(other.index());
        match (
            was.is_some_and(|it| it.stays),
            now.is_some_and(|it| it.stays),
        ) {
            (false, false) => Effect::NONE,
            _ if !self.bridge.same_stages(id, other) => Effect::EITHER,
            (false, true) => Effect::GAINS,
            (true, false) => Effect::LOSES,
            (true, true) => Effect::NONE,
        }
    }

    fn whole_stage(&mut self, id: StageId) {
        let (old, new) = (self.old.parts(), self.new.parts());
        let Some(was) = old.stages.get(id.index()) else {
            return;
        };
        let role = was.role;
        let now = self.bridge.stage(id);
        let both = now.and_then(|now| Some((new.stages.get(now.index())?, now)));
        let (Some((stage, now)), Some(other)) = (both, self.bridge.role(role)) else {
            return;
        };
        let mut effect = self.role(role);
        // The stages before it are the same in the same order, or nothing is known.
        let before = old.stages_of(role).filter(|(it, _)| *it < id);
        let before: Vec<StageId> = before.map(|(id, _)| id).collect();
        let counterparts = before.iter().map(|id| self.bridge.stage(*id));
        let ahead = new.stages_of(other).filter(|(it, _)| *it < now);
        if counterparts.eq(ahead.map(|(id, _)| Some(id))) {
            // The last of them rests on all before it.
            effect = before.last().map_or(effect, |id| self.stage(*id));
        } else {
            effect = Effect::EITHER;
        }
        effect = match (was.requirement, stage.requirement) {
            // Only for those who hold a post, whatever comes before it.
            (None, None) => self.stays(role),
            (Some(old), Some(new)) => effect.and(self.effect(old, new)),
            _ => Effect::EITHER,
        };
        // A post in one stage may stand for another.
        effect = effect.and(Effect::of_equal(self.bridge.same_stages(role, other)));
        effect = effect.and(self.validity(was.valid, stage.valid));
        self.stages.insert(id, effect);
    }

    /// The effect of another credential.
    pub(crate) fn award(&self, was: &Competency, now: &Competency) -> Effect {
        match (&was.award, &now.award) {
            (Some(was), Some(now)) => self.validity(was.valid, now.valid),
            // Who has a credential has it all the same, without end.
            (Some(was), None) => self.validity(was.valid, None),
            (None, Some(now)) => self.validity(None, now.valid),
            (None, None) => Effect::NONE,
        }
    }

    /// The effect of another time for which something is valid.
    pub(crate) fn validity(&self, old: Option<Duration>, new: Option<Duration>) -> Effect {
        match (old, new) {
            (None, None) => Effect::NONE,
            (None, Some(_)) => Effect::LOSES,
            (Some(_), None) => Effect::GAINS,
            (Some(old), Some(new)) => {
                let years = old.unit == Unit::SchoolYears;
                if years && !self.bridge.same_year() {
                    return Effect::EITHER;
                }
                records::longer(old, new).unwrap_or(Effect::EITHER)
            }
        }
    }
}
