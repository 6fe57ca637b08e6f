//! Evaluation again: an outcome and what was touched since in; the same outcome brought up to date, and what of it changed,
//! out. Only what can depend on what was touched is looked at, in the plan's order.

mod links;
mod sources;

pub use self::links::Links;
use self::links::Root;
pub(super) use self::sources::looks_at_posts;
use super::{Evaluator, competency, group, settled, stage};
use crate::order;
use crate::outcome::{Outcome, Standing};
use crate::plan::{
    CompetencyId, FactId, Form, KindId, Node, NodeId, Plan, RoleId, Shared, StageId,
};
use crate::record::Record;
use crate::truth::Verdict;

/// What was touched in a record since it was evaluated.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    /// A bit for each requirement.
    nodes: Vec<u64>,
    kinds: Vec<KindId>,
    credentials: bool,
    posts: bool,
}

impl Touched {
    /// A fact.
    pub fn fact(&mut self, links: &Links, fact: FactId) {
        self.nodes(links.of_fact(fact).iter().copied());
    }

    /// A piece of evidence, filed for these competencies.
    pub fn evidence(&mut self, links: &Links, kind: KindId, filed: &[CompetencyId]) {
        self.nodes(links.of_evidence(kind, filed));
        if !self.kinds.contains(&kind) {
            self.kinds.push(kind);
        }
    }

    /// What stands of a kind.
    pub(super) fn kind(&mut self, links: &Links, kind: KindId) {
        self.nodes(links.of_kind(kind));
        self.kinds.push(kind);
    }

    /// A requirement.
    pub(super) fn node(&mut self, node: NodeId) {
        self.nodes(std::iter::once(node));
    }

    /// A credential.
    pub const fn credential(&mut self) {
        self.credentials = true;
    }

    /// A post.
    pub fn post(&mut self, links: &Links) {
        self.nodes(links.of_posts().iter().copied());
        self.posts = true;
    }

    /// Whether nothing was touched.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.kinds.is_empty() && !self.credentials && !self.posts
    }

    fn nodes(&mut self, nodes: impl Iterator<Item = NodeId>) {
        for node in nodes {
            let (word, bit) = (node.index() / 64, node.index() % 64);
            if word >= self.nodes.len() {
                self.nodes.resize(word + 1, 0);
            }
            if let Some(word) = self.nodes.get_mut(word) {
                *word |= 1 << bit;
            }
        }
    }

    fn has(&self, node: NodeId) -> bool {
        let word = self.nodes.get(node.index() / 64).copied().unwrap_or(0);
        word >> (node.index() % 64) & 1 == 1
    }

    /// The first that is marked from a place on.
    fn next(&self, from: usize) -> Option<NodeId> {
        let mut word = from / 64;
        let mut bits = self.nodes.get(word)? & (u64::MAX << (from % 64));
        while bits == 0 {
            word += 1;
            bits = *self.nodes.get(word)?;
        }
        let place = word * 64 + bits.trailing_zeros() as usize;
        u32::try_from(place).ok().map(NodeId)
    }

    fn clear(&mut self) {
        self.nodes.clear();
        self.kinds.clear();
        self.credentials = false;
        self.posts = false;
    }
}

/// What of an outcome changed.
#[derive(Clone, Debug, Default)]
pub struct Updated {
    /// The requirements of which something else may be to be said.
    pub nodes: Vec<NodeId>,
    /// The competencies that stand differently, or further.
    pub competencies: Vec<CompetencyId>,
    /// The roles that stand differently, or further, or of which a stage does or is held by another post.
    pub roles: Vec<RoleId>,
    /// Whether another credential may decide a competency.
    pub credentials: bool,
    /// The verdicts that changed: on what, before, and now.
    pub verdicts: Vec<(Target, Verdict, Verdict)>,
    /// How many records and requirements were looked at, eight records together as one.
    pub(super) looks: usize,
}

/// What a verdict is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A requirement.
    Node(NodeId),
    /// A competency.
    Competency(CompetencyId),
    /// A role.
    Role(RoleId),
    /// A stage of a role.
    Stage(StageId),
}

impl Evaluator<'_> {
    /// Brings the outcome up to date that this evaluator made last, of the same record and day. Nothing is touched then.
    pub fn update(
        &mut self,
        links: &Links,
        touched: &mut Touched,
        record: &Record,
        outcome: &mut Outcome,
    ) -> Updated {
        let mut updated = Updated {
            credentials: touched.credentials,
            ..Updated::default()
        };
        for kind in touched.kinds.drain(..) {
            if let Some(standing) = self.standing.get_mut(kind.index()) {
                standing.clear();
            }
        }
        outcome.replay = record.goes_beyond(outcome.as_of);
        let mut settle = Vec::new();
        if touched.credentials {
            self.credentials(links, touched, record, outcome, &mut settle);
        }
        if touched.posts {
            self.posts(links, touched, record, outcome, &mut updated);
        }
        let said_again = touched.clone();
        let mut from = 0;
        while let Some(id) = touched.next(from) {
            from = id.index() + 1;
            let Some(node) = self.plan.parts().nodes.get(id.index()) else {
                break;
            };
            updated.looks += looks(self.plan, id, node, record);
            let changed = self.node_again(id, node, record, outcome, &mut updated);
            if changed {
                touched.nodes(links.parent(id).into_iter());
                for root in links.roots(id) {
                    match root {
                        Root::Competency(competency) => {
                            settle.push(*competency);
                            touched.nodes(links.to_competency(*competency).iter().copied());
                        }
                        Root::Role(role) => {
                            updated.roles.push(*role);
                            self.role_again(links, touched, *role);
                        }
                        Root::Stage(stage) => {
                            let stages = &self.plan.parts().stages;
                            let role = stages.get(stage.index()).map(|stage| stage.role);
                            updated.roles.extend(role);
                            self.stages_again(links, touched, *stage);
                        }
                    }
                }
            }
            // Another record may match, whatever becomes of the requirement itself.
            touched.nodes(links.sharing(id).iter().copied());
            let always = matches!(node.form, Form::None(_) | Form::WithoutReuse(_));
            if changed || said_again.has(id) || always {
                updated.nodes.push(id);
            }
        }
        touched.clear();
        self.settle(settle, outcome, &mut updated);
        updated
    }

    /// Evaluates a requirement again; whether it stands differently, or further, than before.
    fn node_again(
        &mut self,
        id: NodeId,
        node: &Node,
        record: &Record,
        outcome: &mut Outcome,
        updated: &mut Updated,
    ) -> bool {
        let mut evaluated = self.node(id, node, record, outcome);
        if let Form::InOrder(children) = &node.form {
            let locked = |outcome: &Outcome| -> Vec<bool> {
                let nodes = children
                    .iter()
                    .map(|child| outcome.nodes.get(child.index()));
                nodes
                    .map(|node| node.is_some_and(|node| node.locked))
                    .collect()
            };
            let before = locked(outcome);
            group::lock(children, &mut outcome.nodes);
            let changed = children.iter().zip(before.iter().zip(locked(outcome)));
            let changed = changed.filter(|(_, (before, after))| *before != after);
            updated.nodes.extend(changed.map(|(child, _)| *child));
        }
        let Some(known) = outcome.nodes.get_mut(id.index()) else {
            return false;
        };
        evaluated.locked = known.locked;
        let before = std::mem::replace(known, evaluated);
        let (was, is) = (before.truth.status(), evaluated.truth.status());
        if was != is {
            updated.verdicts.push((Target::Node(id), was, is));
        }
        before != evaluated
    }

    /// Asks the credentials again.
    fn credentials(
        &self,
        links: &Links,
        touched: &mut Touched,
        record: &Record,
        outcome: &mut Outcome,
        settle: &mut Vec<CompetencyId>,
    ) {
        let parts = self.plan.parts();
        for (id, known) in (0..).map(CompetencyId).zip(&mut outcome.competencies) {
            let now = competency::by_credentials(parts, record, id, outcome.as_of);
            if now.renewal_after != known.renewal_after {
                touched.nodes(links.owned_by(id).iter().copied());
            }
            if kind(now.standing) != kind(known.standing) {
                settle.push(id);
                touched.nodes(links.to_competency(id).iter().copied());
            }
            // Credentials may have other places now.
            (known.standing, known.renewal_after) = (now.standing, now.renewal_after);
        }
    }

    /// Asks the posts again.
    fn posts(
        &self,
        links: &Links,
        touched: &mut Touched,
        record: &Record,
        outcome: &mut Outcome,
        updated: &mut Updated,
    ) {
        let parts = self.plan.parts();
        let (roles, stages) = (outcome.roles.clone(), outcome.stages.clone());
        stage::by_posts(parts, record, outcome);
        for (id, (was, is)) in (0..).map(RoleId).zip(roles.iter().zip(&mut outcome.roles)) {
            (is.truth, is.progress) = (was.truth, was.progress);
            // Posts may have other places now.
            updated.roles.push(id);
            if was.held.is_some() != is.held.is_some() {
                self.role_again(links, touched, id);
            }
        }
        for (id, (was, is)) in (0..)
            .map(StageId)
            .zip(stages.iter().zip(&mut outcome.stages))
        {
            (is.truth, is.progress) = (was.truth, was.progress);
            if was.renewal_after != is.renewal_after {
                touched.nodes(links.of_stage(id).iter().copied());
            }
            if was.held.is_some() != is.held.is_some() {
                self.stages_again(links, touched, id);
            }
        }
    }

    /// Looks again at what refers to a role or to a stage of it.
    fn role_again(&self, links: &Links, touched: &mut Touched, role: RoleId) {
        touched.nodes(links.to_role(role).iter().copied());
        if let Some((first, _)) = self.plan.parts().stages_of(role).next() {
            self.stages_again(links, touched, first);
        }
    }

    /// Looks again at what refers to a stage or to a later one of its role.
    fn stages_again(&self, links: &Links, touched: &mut Touched, from: StageId) {
        let parts = self.plan.parts();
        let Some(role) = parts.stages.get(from.index()).map(|stage| stage.role) else {
            return;
        };
        for (stage, _) in parts.stages_of(role).filter(|(stage, _)| *stage >= from) {
            touched.nodes(links.to_stage(stage).iter().copied());
        }
    }

    /// Settles competencies and roles whose requirements changed.
    fn settle(
        &self,
        mut competencies: Vec<CompetencyId>,
        outcome: &mut Outcome,
        updated: &mut Updated,
    ) {
        order::sort(&mut competencies);
        competencies.dedup();
        for id in competencies {
            let now = settled(self.plan.parts(), outcome, id);
            let Some(known) = outcome.competencies.get_mut(id.index()) else {
                continue;
            };
            let was = std::mem::replace(&mut known.truth, now.0).status();
            known.progress = now.1;
            updated.competencies.push(id);
            if was != now.0.status() {
                let target = Target::Competency(id);
                updated.verdicts.push((target, was, now.0.status()));
            }
        }
        order::sort(&mut updated.roles);
        updated.roles.dedup();
        let mut changed = Vec::new();
        let parts = self.plan.parts();
        for id in &updated.roles {
            let role =
                |outcome: &Outcome| outcome.roles.get(id.index()).map(|it| it.truth.status());
            let stages: Vec<StageId> = parts.stages_of(*id).map(|(stage, _)| stage).collect();
            let of_stages = |outcome: &Outcome| -> Vec<Option<Verdict>> {
                let known = stages.iter().map(|stage| outcome.stages.get(stage.index()));
                known
                    .map(|known| known.map(|it| it.truth.status()))
                    .collect()
            };
            let (was, before) = (role(outcome), of_stages(outcome));
            outcome.settle_role(parts, *id);
            let mut compare = |target, was: Option<Verdict>, is: Option<Verdict>| {
                if let (Some(was), Some(is)) = (was, is)
                    && was != is
                {
                    changed.push((target, was, is));
                }
            };
            compare(Target::Role(*id), was, role(outcome));
            for (stage, (was, is)) in stages.iter().zip(before.iter().zip(of_stages(outcome))) {
                compare(Target::Stage(*stage), *was, is);
            }
        }
        updated.verdicts.extend(changed);
    }
}

/// What decides, whichever credential it is.
pub(super) const fn kind(standing: Standing) -> u8 {
    match standing {
        Standing::Requirement => 0,
        Standing::Credential(_) => 1,
        Standing::Withheld(_) => 2,
        Standing::UnderReview(_) => 3,
    }
}

/// How much is looked at to share out: each record for each requirement on its kind.
pub(super) fn looks_to_share(plan: &Plan, shared: &Shared, record: &Record) -> usize {
    let asking = shared.written.iter().filter_map(|id| plan.node(*id));
    asking.fold(0, |all, node| match &node.form {
        Form::Records(records) => all.saturating_add(record.rows(records.kind)),
        _ => all,
    })
}

/// How much is looked at to evaluate a requirement.
fn looks(plan: &Plan, id: NodeId, node: &Node, record: &Record) -> usize {
    1 + match &node.form {
        Form::All(children)
        | Form::Any(children)
        | Form::AtLeast(_, children)
        | Form::Points(_, children, _)
        | Form::None(children)
        | Form::InOrder(children) => children.len(),
        Form::Records(records) => record.rows(records.kind) / 8,
        Form::WithoutReuse(children) => {
            let shared = plan.reached_by(id);
            children.len() + shared.map_or(0, |shared| looks_to_share(plan, shared, record))
        }
        Form::Held(_) => record.posts().len() / 8,
        Form::Competency(_) | Form::Role(_) | Form::Stage(_) | Form::Condition(_) => 0,
    }
}
