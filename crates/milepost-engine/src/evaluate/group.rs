//! Groups: what became of the children in, what becomes of the group out.

use super::count::compare;
use super::progress::UNMET;
use super::{plain, seen};
use crate::order::{Placed, sort_placed};
use crate::outcome::{Amount, NodeOutcome, Outcome, Progress};
use crate::plan::{How, NodeId};
use crate::truth::{BITS, Truth};

/// All of the children; of none, it is true.
pub(super) fn all(children: &[NodeId], outcome: &Outcome) -> NodeOutcome {
    let seen = children.iter().map(|child| seen(outcome, *child));
    let truth = seen
        .clone()
        .fold(Truth::TRUE, |all, (truth, _)| all.and(truth));
    plain(truth, Progress::sum(seen.map(|(_, progress)| progress)))
}

fn some(children: &[NodeId], outcome: &Outcome) -> Truth {
    let seen = children.iter().map(|child| seen(outcome, *child));
    seen.fold(Truth::FALSE, |any, (truth, _)| any.or(truth))
}

/// Any of the children; its progress is that of the nearest, of equals the first written.
pub(super) fn any(children: &[NodeId], outcome: &Outcome) -> NodeOutcome {
    let progress = children.iter().map(|child| seen(outcome, *child).1);
    let nearest = progress.min_by_key(|progress| progress.left());
    plain(some(children, outcome), nearest.unwrap_or(UNMET))
}

/// None of the children.
pub(super) fn none(children: &[NodeId], outcome: &Outcome) -> NodeOutcome {
    plain(some(children, outcome).not(), UNMET)
}

/// At least so many of the children; its progress is that of the nearest so many.
pub(super) fn at_least(
    bound: Option<i128>,
    children: &[NodeId],
    outcome: &Outcome,
    left: &mut Vec<Placed>,
) -> NodeOutcome {
    left.clear();
    let mut counts = [0u64; BITS];
    for (place, child) in (0u32..).zip(children) {
        let (truth, progress) = seen(outcome, *child);
        left.push((i64::try_from(progress.left()).unwrap_or(i64::MAX), place));
        for (count, bit) in counts.iter_mut().zip(truth.bits()) {
            *count += u64::from(bit);
        }
    }
    let [found, ..] = counts;
    let found = Some(Amount::Count(found));
    let Some(bound) = bound else {
        return NodeOutcome {
            found,
            ..plain(Truth::UNKNOWN, UNMET)
        };
    };
    let asked = u64::try_from(bound.max(0)).unwrap_or(u64::MAX);
    sort_placed(left);
    let nearest = left
        .iter()
        .filter_map(|(_, place)| children.get(*place as usize))
        .map(|child| seen(outcome, *child).1);
    let progress = Progress::sum(nearest.take(usize::try_from(asked).unwrap_or(usize::MAX)));
    NodeOutcome {
        found,
        needed: Some(Amount::Count(asked)),
        ..plain(compare(How::AtLeast, counts, bound), progress)
    }
}

/// At least so many points of what the children that are met are worth; a share of one step.
pub(super) fn points(
    bound: Option<i128>,
    children: &[NodeId],
    worth: &[u32],
    outcome: &Outcome,
) -> NodeOutcome {
    let mut counts = [0u64; BITS];
    for (child, points) in children.iter().zip(worth) {
        for (count, bit) in counts.iter_mut().zip(seen(outcome, *child).0.bits()) {
            *count += u64::from(*points) * u64::from(bit);
        }
    }
    let [found, ..] = counts;
    let needed = bound.map(|bound| u64::try_from(bound.max(0)).unwrap_or(u64::MAX));
    let outcome = match bound {
        Some(bound) => plain(
            compare(How::AtLeast, counts, bound),
            Progress::share(i128::from(found), bound),
        ),
        None => plain(Truth::UNKNOWN, UNMET),
    };
    NodeOutcome {
        found: Some(Amount::Count(found)),
        needed: needed.map(Amount::Count),
        ..outcome
    }
}

/// Locks the steps after the first that is not met.
pub(super) fn lock(children: &[NodeId], nodes: &mut [NodeOutcome]) {
    let mut locked = false;
    for child in children {
        if let Some(known) = nodes.get_mut(child.index()) {
            known.locked = locked;
            locked |= !known.truth.met();
        }
    }
}
