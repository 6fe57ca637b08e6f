//! Waivers: a record and a day in; which are in force for which requirement, and what would be without them, out.

use super::stage;
use crate::Date;
use crate::outcome::{NodeOutcome, Outcome, Standing};
use crate::plan::{Form, NodeId, Parts, RoleId, StageId};
use crate::record::Record;
use crate::truth::Truth;

/// How a waiver stands on a day. What keeps it from being in force is the first that applies, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaiverStanding {
    /// The programme has no such requirement.
    Orphaned,
    /// Nobody may waive the requirement.
    NotWaivable(NodeId),
    /// The authority may not waive it.
    Unauthorised(NodeId),
    /// The candidate granted it.
    SelfGranted(NodeId),
    /// It is granted later.
    NotYet(NodeId),
    /// Its last day is past.
    Expired(NodeId),
    /// It may waive the requirement, if none before it does.
    InForce(NodeId),
}

/// How a waiver of a record, by its place, stands on a day.
#[must_use]
pub fn waiver_standing(record: &Record, place: usize, as_of: Date) -> WaiverStanding {
    let known = record.waivers().get(place).zip(record.waived(place));
    let node = |id: NodeId| record.parts().nodes.get(id.index());
    let Some((waiver, id, node)) = known.and_then(|(waiver, id)| Some((waiver, id, node(id)?)))
    else {
        return WaiverStanding::Orphaned;
    };
    if node.waivable.is_empty() {
        WaiverStanding::NotWaivable(id)
    } else if !node.waivable.contains(&waiver.authority) {
        WaiverStanding::Unauthorised(id)
    } else if waiver.by == record.id() {
        WaiverStanding::SelfGranted(id)
    } else if waiver.granted > as_of {
        WaiverStanding::NotYet(id)
    } else if waiver.expires.is_some_and(|last| last < as_of) {
        WaiverStanding::Expired(id)
    } else {
        WaiverStanding::InForce(id)
    }
}

/// The requirements that a waiver in force is for, in their order, and the first such waiver of each.
pub(super) fn in_force(record: &Record, as_of: Date, waived: &mut Vec<(NodeId, u32)>) {
    waived.clear();
    if record.waivers().is_empty() {
        return;
    }
    for place in record.waivers_in_order() {
        if let WaiverStanding::InForce(node) = waiver_standing(record, place, as_of) {
            waived.extend(u32::try_from(place).ok().map(|place| (node, place)));
        }
    }
    crate::order::sort_by(waived, |(one, _), (other, _)| one.cmp(other));
    waived.dedup_by_key(|(node, _)| *node);
}

/// Lets a requirement go: it is true whatever is unknown or under review.
pub(super) fn waive(found: &mut NodeOutcome) {
    found.without = Some(found.truth);
    found.truth = Truth::TRUE;
    found.progress = found.progress.settled(true);
}

/// Notes at competencies and roles that a waiver reaches what they would be without any; `groups` need one for something
/// that does without it by itself.
pub(super) fn compare(parts: &Parts, outcome: &mut Outcome, without: &Outcome, groups: &[NodeId]) {
    let mut reached: Vec<bool> = Vec::with_capacity(parts.nodes.len());
    let is = |reached: &[bool], node: Option<NodeId>| {
        node.and_then(|node| reached.get(node.index())) == Some(&true)
    };
    // What a credential decides does not rest on its requirement.
    let root = |outcome: &Outcome, place: usize| {
        let standing = outcome.competencies.get(place)?.standing;
        let decided = matches!(standing, Standing::Credential(_) | Standing::Withheld(_));
        let competency = parts.competencies.get(place).filter(|_| !decided);
        competency.and_then(|it| it.requirement)
    };
    for (id, (node, found)) in (0u32..).zip(parts.nodes.iter().zip(&outcome.nodes)) {
        let below = match &node.form {
            Form::Competency(id) => root(outcome, id.index()).into_iter().collect(),
            Form::Role(id) => stage::roots(parts, outcome, *id, None),
            Form::Stage(id) => stage::roots_of(parts, outcome, *id),
            form => form.children().to_vec(),
        };
        let below = below.into_iter().any(|below| is(&reached, Some(below)));
        let needs = groups.contains(&NodeId(id));
        reached.push(found.rests_on_waiver() || needs || below);
    }
    for place in 0..parts.competencies.len() {
        if is(&reached, root(outcome, place))
            && let Some(found) = outcome.competencies.get_mut(place)
        {
            found.without = without.competencies.get(place).map(|it| it.truth);
        }
    }
    for id in (0u32..).map(RoleId).take(parts.roles.len()) {
        let roots = stage::roots(parts, outcome, id, None).into_iter();
        if roots.map(Some).any(|root| is(&reached, root))
            && let Some(found) = outcome.roles.get_mut(id.index())
        {
            found.without = without.roles.get(id.index()).map(|it| it.truth);
        }
    }
    for id in (0u32..).map(StageId).take(parts.stages.len()) {
        let roots = stage::roots_of(parts, outcome, id).into_iter();
        if roots.map(Some).any(|root| is(&reached, root))
            && let Some(found) = outcome.stages.get_mut(id.index())
        {
            found.without = without.stages.get(id.index()).map(|it| it.truth);
        }
    }
}
