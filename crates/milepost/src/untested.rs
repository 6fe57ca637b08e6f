//! A lint that has to evaluate: branches of `any of` that no scenario needed. In: a programme, where its requirements are written,
//! and how its scenarios saw them stand. Out: the branches.

use std::collections::{BTreeMap, BTreeSet};

use milepost_diagnostics::{Code, Diagnostic, FileId, Span};
use milepost_engine::plan::Form;

use crate::coverage::{Covered, Seen};
use crate::programme::Pathway;

/// The main file: what stands in another, other programmes may try out.
const MAIN: FileId = FileId(0);

/// The branches that were never met, of blocks that were.
pub(crate) fn branches(pathway: &Pathway, places: &[Span], covered: &[Covered]) -> Vec<Diagnostic> {
    let seen: BTreeMap<Span, Seen> = covered.iter().map(|it| (it.span, it.seen)).collect();
    let is_met = |place: &Span| seen.get(place).is_some_and(|seen| seen.met);
    let mut untested = BTreeSet::new();
    for (place, node) in places.iter().zip(&pathway.plan().parts().nodes) {
        if let Form::Any(children) = &node.form
            && is_met(place)
        {
            let branches = children
                .iter()
                .filter_map(|child| places.get(child.index()));
            let open =
                branches.filter(|it| it.file == MAIN && seen.contains_key(it) && !is_met(it));
            untested.extend(open.copied());
        }
    }
    let told = untested.into_iter().map(|branch| {
        Diagnostic::new(
            Code::UntestedBranch,
            branch,
            "no scenario meets this, though some meet what it is a branch of",
        )
        .help("write a scenario of a candidate who gets there this way")
    });
    told.collect()
}
