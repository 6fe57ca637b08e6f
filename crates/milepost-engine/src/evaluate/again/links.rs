//! What depends on what: a plan in; for each fact, kind, credential and requirement, the requirements that look at it, out.

use super::super::time::asks_for_the_day;
use super::sources::facts_of;
use crate::plan::{CompetencyId, FactId, Form, KindId, Node, NodeId, Plan, RoleId, StageId};

/// What depends on what, made once for a plan.
#[derive(Clone, Debug)]
pub struct Links {
    facts: Vec<Vec<NodeId>>,
    /// The requirements on a kind, and the competency that their records are filed for.
    kinds: Vec<Vec<(NodeId, Option<CompetencyId>)>>,
    /// The requirements on records that a competency owns.
    owned: Vec<Vec<NodeId>>,
    parents: Vec<Option<NodeId>>,
    roots: Vec<Vec<Root>>,
    competencies: Vec<Vec<NodeId>>,
    roles: Vec<Vec<NodeId>>,
    /// The requirements that ask for the day, beyond what stands of a kind.
    timed: Vec<NodeId>,
    /// The groups without reuse that reach a requirement.
    sharing: Vec<Vec<NodeId>>,
    stages: Vec<Vec<NodeId>>,
    /// The requirements on records that are part of a stage.
    of_stages: Vec<Vec<NodeId>>,
    /// The requirements that look at when posts began.
    posts: Vec<NodeId>,
}

/// What a requirement decides.
#[derive(Clone, Copy, Debug)]
pub(super) enum Root {
    Competency(CompetencyId),
    Role(RoleId),
    Stage(StageId),
}

impl Links {
    /// The links of a plan.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let parts = plan.parts();
        let mut links = Self {
            facts: vec![Vec::new(); parts.facts.len()],
            kinds: vec![Vec::new(); parts.kinds.len()],
            owned: vec![Vec::new(); parts.competencies.len()],
            parents: vec![None; parts.nodes.len()],
            roots: vec![Vec::new(); parts.nodes.len()],
            competencies: vec![Vec::new(); parts.competencies.len()],
            roles: vec![Vec::new(); parts.roles.len()],
            timed: Vec::new(),
            sharing: vec![Vec::new(); parts.nodes.len()],
            stages: vec![Vec::new(); parts.stages.len()],
            of_stages: vec![Vec::new(); parts.stages.len()],
            posts: Vec::new(),
        };
        for shared in plan.without_reuse() {
            for member in &shared.members {
                if let Some(groups) = links.sharing.get_mut(member.index()) {
                    groups.push(shared.group);
                }
            }
        }
        for (id, node) in (0..).map(NodeId).zip(&parts.nodes) {
            links.node(id, node);
        }
        for (id, competency) in (0..).map(CompetencyId).zip(&parts.competencies) {
            if let Some(root) = competency.requirement {
                links.root(root, Root::Competency(id));
            }
        }
        for (id, role) in (0..).map(RoleId).zip(&parts.roles) {
            links.root(role.eligible, Root::Role(id));
        }
        for (id, stage) in (0..).map(StageId).zip(&parts.stages) {
            if let Some(root) = stage.requirement {
                links.root(root, Root::Stage(id));
            }
        }
        links
    }

    fn root(&mut self, node: NodeId, root: Root) {
        if let Some(roots) = self.roots.get_mut(node.index()) {
            roots.push(root);
        }
    }

    fn node(&mut self, id: NodeId, node: &Node) {
        let put = |lists: &mut Vec<Vec<NodeId>>, place: usize| {
            if let Some(list) = lists.get_mut(place) {
                list.push(id);
            }
        };
        let looks_at = facts_of(&node.form);
        for fact in looks_at.facts {
            put(&mut self.facts, fact.index());
        }
        if asks_for_the_day(&node.form) {
            self.timed.push(id);
        }
        if looks_at.posts {
            self.posts.push(id);
        }
        match &node.form {
            Form::All(children)
            | Form::Any(children)
            | Form::AtLeast(_, children)
            | Form::Points(_, children, _)
            | Form::None(children)
            | Form::InOrder(children)
            | Form::WithoutReuse(children) => {
                for child in children {
                    if let Some(parent) = self.parents.get_mut(child.index()) {
                        *parent = Some(id);
                    }
                }
            }
            Form::Competency(competency) => put(&mut self.competencies, competency.index()),
            Form::Role(role) => put(&mut self.roles, role.index()),
            Form::Stage(stage) => put(&mut self.stages, stage.index()),
            Form::Records(records) => {
                if let Some(owner) = node.owner {
                    put(&mut self.owned, owner.index());
                }
                if let Some(stage) = node.stage {
                    put(&mut self.of_stages, stage.index());
                }
                if let Some(list) = self.kinds.get_mut(records.kind.index()) {
                    list.push((id, records.competency));
                }
            }
            Form::Condition(_) | Form::Held(_) => {}
        }
    }

    /// The requirements that look at a fact.
    pub(super) fn of_fact(&self, fact: FactId) -> &[NodeId] {
        self.facts.get(fact.index()).map_or(&[], Vec::as_slice)
    }

    /// The requirements that look at records of a kind which are filed for these competencies. What is filed for none is
    /// near to counting for any.
    pub(super) fn of_evidence<'a>(
        &'a self,
        kind: KindId,
        filed: &'a [CompetencyId],
    ) -> impl Iterator<Item = NodeId> + 'a {
        let all = self.kinds.get(kind.index()).map_or(&[][..], Vec::as_slice);
        let looks = move |asked: &Option<CompetencyId>| match asked {
            Some(asked) => filed.is_empty() || filed.contains(asked),
            None => true,
        };
        all.iter()
            .filter(move |(_, asked)| looks(asked))
            .map(|(node, _)| *node)
    }

    /// The requirements that look at records of a kind.
    pub(super) fn of_kind(&self, kind: KindId) -> impl Iterator<Item = NodeId> + '_ {
        let all = self.kinds.get(kind.index()).map_or(&[][..], Vec::as_slice);
        all.iter().map(|(node, _)| *node)
    }

    /// Whether any requirement looks at records of a kind.
    pub(in super::super) fn asks_for(&self, kind: KindId) -> bool {
        self.kinds
            .get(kind.index())
            .is_some_and(|all| !all.is_empty())
    }

    /// The requirements that ask for the day, beyond what stands of a kind.
    pub(in super::super) fn asking_for_the_day(&self) -> &[NodeId] {
        &self.timed
    }

    /// The requirements on records that a competency owns.
    pub(super) fn owned_by(&self, competency: CompetencyId) -> &[NodeId] {
        self.owned
            .get(competency.index())
            .map_or(&[], Vec::as_slice)
    }

    /// The requirement that one stands under.
    pub(super) fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.parents.get(node.index()).copied().flatten()
    }

    /// The groups without reuse that reach a requirement.
    pub(super) fn sharing(&self, node: NodeId) -> &[NodeId] {
        self.sharing.get(node.index()).map_or(&[], Vec::as_slice)
    }

    /// What a requirement decides.
    pub(super) fn roots(&self, node: NodeId) -> &[Root] {
        self.roots.get(node.index()).map_or(&[], Vec::as_slice)
    }

    /// The requirements that refer to a competency.
    pub(super) fn to_competency(&self, competency: CompetencyId) -> &[NodeId] {
        let all = self.competencies.get(competency.index());
        all.map_or(&[], Vec::as_slice)
    }

    /// The requirements on records that are part of a stage.
    pub(super) fn of_stage(&self, stage: StageId) -> &[NodeId] {
        self.of_stages.get(stage.index()).map_or(&[], Vec::as_slice)
    }

    /// The requirements that refer to a stage.
    pub(super) fn to_stage(&self, stage: StageId) -> &[NodeId] {
        self.stages.get(stage.index()).map_or(&[], Vec::as_slice)
    }

    /// The requirements that look at when posts began.
    pub(super) fn of_posts(&self) -> &[NodeId] {
        &self.posts
    }

    /// The requirements that refer to a role.
    pub(super) fn to_role(&self, role: RoleId) -> &[NodeId] {
        self.roles.get(role.index()).map_or(&[], Vec::as_slice)
    }
}
