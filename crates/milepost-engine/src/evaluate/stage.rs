//! Stages of roles: what the posts on the record say of them in, before their requirements are asked; and what becomes of
//! a stage once they are, out.

use super::progress::UNMET;
use super::seen;
use crate::date::Date;
use crate::outcome::{Outcome, Progress, RoleOutcome, StageOutcome};
use crate::plan::{Form, NodeId, Parts, RoleId, StageId};
use crate::record::{Post, Record};
use crate::truth::Truth;

/// A stage of which nothing is known.
const UNSETTLED: StageOutcome = StageOutcome {
    truth: Truth::FALSE,
    progress: UNMET,
    without: None,
    held: None,
    under_way: false,
    renewal_after: None,
};

/// What the posts on the record say of every role and stage; their truth and progress are settled when their
/// requirements are.
pub(super) fn by_posts(parts: &Parts, record: &Record, outcome: &mut Outcome) {
    let Outcome {
        as_of,
        roles,
        stages,
        ..
    } = outcome;
    roles.clear();
    stages.clear();
    stages.resize(parts.stages.len(), UNSETTLED);
    for (id, role) in (0..).map(RoleId).zip(&parts.roles) {
        let (mut latest, mut under_way) = (None, None);
        for (place, post) in record.begun(id, *as_of) {
            latest = Some(place);
            if post.last_day(parts).is_none_or(|last| last >= *as_of) {
                under_way = latest;
            }
            of_post(parts, stages, (place, post), role.stays, *as_of);
        }
        roles.push(RoleOutcome {
            truth: Truth::FALSE,
            progress: UNMET,
            without: None,
            held: under_way.or(latest).filter(|_| role.stays),
        });
    }
}

/// What a post says of the stages of its role; posts come in the order in which they began.
fn of_post(
    parts: &Parts,
    stages: &mut [StageOutcome],
    (place, post): (u32, &Post),
    stays: bool,
    as_of: Date,
) {
    let Some(own) = post.stage(parts) else { return };
    for (id, stage) in parts.stages_of(post.role) {
        let Some(known) = stages.get_mut(id.index()).filter(|_| id <= own) else {
            return;
        };
        if id == own && post.last_day(parts).is_none_or(|last| last >= as_of) {
            known.held = Some(place);
            known.under_way = true;
        } else if stays && !known.under_way {
            known.held = Some(place);
        }
        if id == own && stage.valid.is_some() && post.last_day(parts).is_some_and(|it| it < as_of) {
            known.renewal_after = Some(post.from);
        }
    }
}

/// What becomes of a role whose requirement has been evaluated.
pub(super) fn role(parts: &Parts, outcome: &Outcome, role: RoleId) -> (Truth, Progress) {
    let Some(eligible) = parts.roles.get(role.index()).map(|role| role.eligible) else {
        return (Truth::FALSE, UNMET);
    };
    let (truth, progress) = seen(outcome, eligible);
    let held = outcome
        .roles
        .get(role.index())
        .is_some_and(|it| it.held.is_some());
    let truth = if held { Truth::TRUE } else { truth };
    (truth, progress.settled(truth.met()))
}

/// What becomes of the stages of a role whose requirements have been evaluated, one after the other.
pub(super) fn each<'a>(
    parts: &'a Parts,
    outcome: &'a Outcome,
    of: RoleId,
) -> impl Iterator<Item = (StageId, Truth, Progress)> + 'a {
    let mut reached = role(parts, outcome, of).0;
    parts.stages_of(of).map(move |(id, stage)| {
        let own = stage.requirement;
        let (truth, progress) = own.map_or((Truth::FALSE, UNMET), |own| seen(outcome, own));
        let held = outcome
            .stages
            .get(id.index())
            .is_some_and(|it| it.held.is_some());
        reached = if held {
            Truth::TRUE
        } else {
            reached.and(truth)
        };
        (id, reached, progress.settled(reached.met()))
    })
}

/// What becomes of one of them.
pub(super) fn stage(parts: &Parts, outcome: &Outcome, id: StageId) -> (Truth, Progress) {
    let of = parts.stages.get(id.index()).map(|stage| stage.role);
    let found = of.and_then(|of| each(parts, outcome, of).find(|(stage, ..)| *stage == id));
    found.map_or((Truth::FALSE, UNMET), |(_, truth, progress)| {
        (truth, progress)
    })
}

/// The requirements that decide of a role, or of its stage: what a post decides rests on none.
pub(super) fn roots(
    parts: &Parts,
    outcome: &Outcome,
    of: RoleId,
    up_to: Option<StageId>,
) -> Vec<NodeId> {
    let mut roots: Vec<NodeId> = Vec::new();
    if outcome
        .roles
        .get(of.index())
        .is_some_and(|it| it.held.is_none())
    {
        roots.extend(parts.roles.get(of.index()).map(|role| role.eligible));
    }
    let stages = parts.stages_of(of);
    for (id, stage) in stages.take_while(|(id, _)| Some(*id) <= up_to) {
        if outcome
            .stages
            .get(id.index())
            .is_some_and(|it| it.held.is_some())
        {
            roots.clear();
        } else {
            roots.extend(stage.requirement);
        }
    }
    roots
}

/// The requirements that decide of a stage.
pub(super) fn roots_of(parts: &Parts, outcome: &Outcome, id: StageId) -> Vec<NodeId> {
    let of = parts.stages.get(id.index()).map(|stage| stage.role);
    of.map_or_else(Vec::new, |of| roots(parts, outcome, of, Some(id)))
}

/// The requirements a role or a stage that a form refers to depends on.
pub(crate) fn below(parts: &Parts, form: &Form) -> Vec<NodeId> {
    let (of, up_to) = match form {
        Form::Role(id) => (*id, None),
        Form::Stage(id) => match parts.stages.get(id.index()) {
            Some(stage) => (stage.role, Some(*id)),
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    let eligible = parts.roles.get(of.index()).map(|role| role.eligible);
    let stages = parts.stages_of(of);
    let stages = stages.take_while(|(id, _)| Some(*id) <= up_to);
    let stages = stages.filter_map(|(_, stage)| stage.requirement);
    eligible.into_iter().chain(stages).collect()
}

/// Those of them that decide of it as posts are; nothing if only another post could.
pub(crate) fn deciding(parts: &Parts, outcome: &Outcome, form: &Form) -> Option<Vec<NodeId>> {
    let id = match form {
        Form::Role(id) => return Some(roots(parts, outcome, *id, None)),
        Form::Stage(id) => *id,
        _ => return Some(Vec::new()),
    };
    let of = parts.stages.get(id.index())?.role;
    let held = |id: StageId| {
        let known = outcome.stages.get(id.index());
        known.is_some_and(|it| it.held.is_some())
    };
    let up_to = parts.stages_of(of).take_while(|(stage, _)| *stage <= id);
    let last = up_to.filter(|(id, stage)| held(*id) || stage.requirement.is_none());
    match last.last() {
        Some((last, _)) if !held(last) => None,
        _ => Some(roots(parts, outcome, of, Some(id))),
    }
}

impl Outcome {
    /// Settles what became of a role and of its stages.
    pub(super) fn settle_role(&mut self, parts: &Parts, id: RoleId) {
        let (truth, progress) = role(parts, self, id);
        let settled: Vec<_> = each(parts, self, id).collect();
        if let Some(known) = self.roles.get_mut(id.index()) {
            (known.truth, known.progress) = (truth, progress);
        }
        for (id, truth, progress) in settled {
            if let Some(known) = self.stages.get_mut(id.index()) {
                (known.truth, known.progress) = (truth, progress);
            }
        }
    }
}
