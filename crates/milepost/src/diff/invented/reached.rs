//! What something rests on: a programme and a goal in; the kinds of evidence, the competencies and the waivable requirements that
//! are asked for on the way out.

use std::collections::BTreeSet;

use milepost_engine::plan::{CompetencyId, Form, KindId, NodeId, Parts};

/// What a goal rests on.
#[derive(Default)]
pub(super) struct Reached {
    pub(super) kinds: BTreeSet<KindId>,
    /// Kinds of which records that are not accepted may count.
    pub(super) not_accepted: BTreeSet<KindId>,
    pub(super) competencies: BTreeSet<CompetencyId>,
    pub(super) waivable: BTreeSet<NodeId>,
    /// Whether posts are asked for.
    pub(super) posts: bool,
}

impl Reached {
    pub(super) fn new(parts: &Parts, goal: &Form) -> Self {
        let mut reached = Self::default();
        let mut seen = BTreeSet::new();
        let mut left = reached.roots(parts, goal);
        while let Some(id) = left.pop() {
            let Some(node) = parts.nodes.get(id.index()).filter(|_| seen.insert(id)) else {
                continue;
            };
            if !node.waivable.is_empty() {
                reached.waivable.insert(id);
            }
            if let Form::Records(records) = &node.form {
                reached.kinds.insert(records.kind);
                if records.including_returned || records.including_under_review {
                    reached.not_accepted.insert(records.kind);
                }
            }
            left.extend(node.form.children());
            left.extend(reached.roots(parts, &node.form));
        }
        reached
    }

    /// The requirements that something referred to consists of.
    fn roots(&mut self, parts: &Parts, form: &Form) -> Vec<NodeId> {
        match form {
            Form::Competency(id) => {
                self.competencies.insert(*id);
                let competency = parts.competencies.get(id.index());
                competency
                    .and_then(|it| it.requirement)
                    .into_iter()
                    .collect()
            }
            Form::Role(id) => {
                let role = parts.roles.get(id.index());
                self.posts |= role.is_some_and(|it| it.stays);
                role.map(|it| it.eligible).into_iter().collect()
            }
            Form::Stage(id) => {
                self.posts = true;
                let Some(stage) = parts.stages.get(id.index()) else {
                    return Vec::new();
                };
                let mut roots = self.roots(parts, &Form::Role(stage.role));
                let before = parts.stages_of(stage.role).filter(|(it, _)| it <= id);
                roots.extend(before.filter_map(|(_, it)| it.requirement));
                roots
            }
            Form::Held(_) => {
                self.posts = true;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}
