//! What groups without reuse share records out to. In: the parts. Out: for each such group the requirements it reaches, or
//! why it could not be decided exactly.

use super::validate::PlanError;
use super::{Form, How, Measure, NodeId, Parts, Records, Spread};
use crate::order;

/// Requirements that one group shares records out to.
const SHARED: usize = 1_000;
/// Requirements that all groups reach, each as often as a group reaches it.
const REACHED: usize = 1_000_000;

/// A group without reuse, and what it reaches through `all of`, `in order`, other such groups, competencies and roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shared {
    /// The group.
    pub(crate) group: NodeId,
    /// What it reaches, in the plan's order: each after its children and after what it refers to.
    pub(crate) members: Vec<NodeId>,
    /// Those of them that ask for records, in the order written, what is referred to in its place.
    pub(crate) written: Vec<NodeId>,
}

/// The groups without reuse of a plan, in its order.
pub(super) fn shared(parts: &Parts) -> Result<Vec<Shared>, PlanError> {
    let groups = (0u32..).map(NodeId).zip(&parts.nodes);
    let groups: Vec<NodeId> = groups
        .filter(|(_, node)| matches!(node.form, Form::WithoutReuse(_)))
        .map(|(id, _)| id)
        .collect();
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let asks = asks_for_records(parts);
    let mut seen_by: Vec<Option<NodeId>> = vec![None; parts.nodes.len()];
    let mut left = REACHED;
    let mut found = Vec::with_capacity(groups.len());
    for group in groups {
        let mut members = Vec::new();
        let mut open = vec![group];
        let mut written = Vec::new();
        while let Some(id) = open.pop() {
            let place = seen_by.get_mut(id.index()).zip(parts.nodes.get(id.index()));
            let Some((seen, node)) = place else { continue };
            if seen.replace(group) == Some(group) {
                continue;
            }
            if id != group {
                members.push(id);
            }
            match &node.form {
                Form::Any(_) | Form::AtLeast(..) | Form::Points(..) | Form::None(_) => {
                    if asks.get(id.index()) == Some(&true) {
                        return Err(PlanError::Type("a choice of evidence without reuse"));
                    }
                }
                Form::Records(records) if !can_be_shared_out(records) => {
                    return Err(PlanError::Type("a form of evidence without reuse"));
                }
                Form::Records(_) => written.push(id),
                Form::Stage(_) => return Err(PlanError::Type("a stage without reuse")),
                _ => open.extend(below(parts, &node.form).iter().rev()),
            }
        }
        left = left.saturating_sub(members.len());
        if written.len() > SHARED || left == 0 {
            return Err(PlanError::TooMany("requirements that share records out"));
        }
        order::sort(&mut members);
        found.push(Shared {
            group,
            members,
            written,
        });
    }
    Ok(found)
}

/// Whether the best way to share records out to such a requirement is found exactly.
fn can_be_shared_out(records: &Records) -> bool {
    records.attempts.is_none()
        && matches!(records.measure, Measure::Count(How::AtLeast, _))
        && matches!(
            records.spread,
            None | Some(Spread::Different(_) | Spread::DifferentYears)
        )
}

/// The requirements a form is made of or refers to.
pub(crate) fn below<'p>(parts: &'p Parts, form: &'p Form) -> &'p [NodeId] {
    match form {
        Form::All(children)
        | Form::Any(children)
        | Form::AtLeast(_, children)
        | Form::Points(_, children, _)
        | Form::None(children)
        | Form::InOrder(children)
        | Form::WithoutReuse(children) => children,
        Form::Competency(competency) => parts
            .competencies
            .get(competency.index())
            .and_then(|competency| competency.requirement.as_ref())
            .map_or(&[], std::slice::from_ref),
        Form::Role(role) => parts
            .roles
            .get(role.index())
            .map_or(&[], |role| std::slice::from_ref(&role.eligible)),
        Form::Stage(_) | Form::Held(_) | Form::Records(_) | Form::Condition(_) => &[],
    }
}

/// For each requirement, whether it or anything it depends on asks for records, as stages may.
fn asks_for_records(parts: &Parts) -> Vec<bool> {
    let mut asks: Vec<bool> = Vec::with_capacity(parts.nodes.len());
    for node in &parts.nodes {
        let own = matches!(node.form, Form::Records(_) | Form::Stage(_));
        let below = below(parts, &node.form).iter();
        let deeper = below.clone().any(|id| asks.get(id.index()) == Some(&true));
        asks.push(own || deeper);
    }
    asks
}
