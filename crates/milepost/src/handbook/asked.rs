//! Who asks for what: a plan in; for each competency and kind of evidence the roles and competencies that ask for it out.

use milepost_engine::plan::{Entry, Form, NodeId, Parts, RoleId};

use super::clauses::link;
use super::document::{Line, Piece, joined};

/// Who asks for each competency and each kind of evidence, in the order they are written.
pub(super) struct Asked {
    competencies: Vec<Vec<Line>>,
    kinds: Vec<Vec<Line>>,
}

impl Asked {
    pub(super) fn new(parts: &Parts) -> Self {
        let mut asked = Self {
            competencies: vec![Vec::new(); parts.competencies.len()],
            kinds: vec![Vec::new(); parts.kinds.len()],
        };
        for (place, role) in (0..).map(RoleId).zip(&parts.roles) {
            let stages = parts
                .stages_of(place)
                .filter_map(|(_, stage)| stage.requirement);
            let roots = std::iter::once(role.eligible).chain(role.preferred.iter().copied());
            asked.take(parts, "role", &role.entry, roots.chain(stages).collect());
        }
        for competency in parts.competencies.iter().filter(|it| !it.elsewhere) {
            let root = competency.requirement.into_iter().collect();
            asked.take(parts, "competency", &competency.entry, root);
        }
        asked
    }

    /// Notes what the requirements of something ask for.
    fn take(&mut self, parts: &Parts, what: &str, entry: &Entry, roots: Vec<NodeId>) {
        let (id, title) = link(what, entry);
        let asking = vec![Piece::Link(id, title)];
        let mut open = roots;
        while let Some(node) = open.pop().and_then(|next| parts.nodes.get(next.index())) {
            let all = match &node.form {
                Form::Competency(id) => self.competencies.get_mut(id.index()),
                Form::Records(records) => self.kinds.get_mut(records.kind.index()),
                form => {
                    open.extend(form.children());
                    None
                }
            };
            if let Some(all) = all.filter(|all| all.last() != Some(&asking)) {
                all.push(asking.clone());
            }
        }
    }

    /// Who asks for a competency.
    pub(super) fn of_competency(&self, place: usize) -> Line {
        listed(&self.competencies, place)
    }

    /// Who asks for a kind of evidence.
    pub(super) fn of_kind(&self, place: usize) -> Line {
        listed(&self.kinds, place)
    }
}

fn listed(all: &[Vec<Line>], place: usize) -> Line {
    all.get(place)
        .map_or_else(Line::new, |lines| joined(lines.clone(), ", "))
}
