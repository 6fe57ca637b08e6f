//! Validation: everything that evaluation relies on, asked once when a plan is made.
//!
//! In: the parts. Out: nothing, or the first thing that does not hold.

mod expression;
mod records;
#[cfg(test)]
mod tests;

use super::types::levels;
use super::{Form, Node, NodeId, Parts, Type};
use crate::date::Unit;
use expression::Expressions;

/// Requirements of a plan.
const NODES: usize = 100_000;
/// Facts, fields, scales and the like.
const ENTRIES: usize = 1_000_000;
/// Nesting of requirements and of conditions.
const NESTING: usize = 200;

/// Why parts make no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// There are too many of something.
    #[error("there are too many {0}")]
    TooMany(&'static str),
    /// Something refers to what is not there, or comes before what it depends on.
    #[error("a reference leads nowhere: {0}")]
    Reference(&'static str),
    /// Something is not of the type its use asks for.
    #[error("something is of the wrong type: {0}")]
    Type(&'static str),
    /// Something is nested too deeply.
    #[error("something is nested too deeply")]
    Nesting,
}

type Checked = Result<(), PlanError>;

/// Asks everything that evaluation relies on.
pub(super) fn validate(parts: &Parts) -> Checked {
    if parts.nodes.len() > NODES {
        return Err(PlanError::TooMany("requirements"));
    }
    tables(parts)?;
    for competency in &parts.competencies {
        if let Some(root) = competency.requirement {
            let what = "a competency's requirement";
            within(root.index(), parts.nodes.len(), what)?;
        }
        if let Some(valid) = competency.award.as_ref().and_then(|award| award.valid) {
            school_year(parts, valid.unit == Unit::SchoolYears)?;
        }
    }
    for role in &parts.roles {
        for root in std::iter::once(&role.eligible).chain(&role.preferred) {
            within(root.index(), parts.nodes.len(), "a role's requirement")?;
        }
    }
    let mut tree = Tree {
        depths: Vec::with_capacity(parts.nodes.len()),
        taken: vec![false; parts.nodes.len()],
    };
    for node in &parts.nodes {
        let depth = tree.node(parts, node)?;
        tree.depths.push(depth);
    }
    Ok(())
}

/// The tables of declarations.
fn tables(parts: &Parts) -> Checked {
    let fields = || parts.kinds.iter().flat_map(|kind| &kind.fields);
    let entries = [
        parts.scales.len(),
        parts.rubrics.len(),
        parts.facts.len(),
        parts.kinds.len(),
        parts.competencies.len(),
        parts.roles.len(),
        fields().count(),
    ];
    if entries.into_iter().any(|entries| entries > ENTRIES) {
        return Err(PlanError::TooMany("declarations"));
    }
    for scale in &parts.scales {
        places(scale.levels.len(), "levels")?;
    }
    for rubric in &parts.rubrics {
        within(rubric.scale.index(), parts.scales.len(), "a rubric's scale")?;
        places(rubric.criteria.len(), "criteria")?;
    }
    for field in parts.facts.iter().chain(fields()) {
        of_type(parts, &field.ty, true)?;
    }
    Ok(())
}

fn of_type(parts: &Parts, ty: &Type, outermost: bool) -> Checked {
    match ty {
        Type::Level(scale) => within(scale.index(), parts.scales.len(), "a scale"),
        Type::Choice(choices) => places(choices.len(), "choices"),
        Type::Rubric(rubric) if outermost => {
            within(rubric.index(), parts.rubrics.len(), "a rubric")
        }
        Type::List(item) if outermost => of_type(parts, item, false),
        Type::Rubric(_) | Type::List(_) => Err(PlanError::Type("a list of lists or rubrics")),
        Type::Number(least, most) | Type::Whole(least, most) if least > most => {
            Err(PlanError::Type("a range"))
        }
        Type::Number(..) | Type::Whole(..) | Type::YesNo | Type::Date | Type::Text => Ok(()),
    }
}

/// Levels, criteria and choices are known by a place of 16 bits.
fn places(entries: usize, what: &'static str) -> Checked {
    if entries <= usize::from(u16::MAX) {
        Ok(())
    } else {
        Err(PlanError::TooMany(what))
    }
}

fn within(place: usize, length: usize, what: &'static str) -> Checked {
    if place < length {
        Ok(())
    } else {
        Err(PlanError::Reference(what))
    }
}

fn school_year(parts: &Parts, needed: bool) -> Checked {
    if needed && parts.programme.school_year.is_none() {
        return Err(PlanError::Reference("the start of the school year"));
    }
    Ok(())
}

/// The requirements looked at so far.
struct Tree {
    /// How deep each is.
    depths: Vec<usize>,
    /// Whether it stands under another.
    taken: Vec<bool>,
}

impl Tree {
    /// How deep the next node is; its children stand before it, each under one parent.
    fn node(&mut self, parts: &Parts, node: &Node) -> Result<usize, PlanError> {
        if let Some(owner) = node.owner {
            within(owner.index(), parts.competencies.len(), "an owner")?;
        }
        let facts = Expressions::over_facts(parts);
        match &node.form {
            Form::All(children)
            | Form::Any(children)
            | Form::None(children)
            | Form::InOrder(children) => self.group(children),
            Form::AtLeast(bound, children) => {
                facts.whole(bound)?;
                self.group(children)
            }
            Form::Competency(competency) => {
                let known = parts.competencies.get(competency.index());
                let known = known.ok_or(PlanError::Reference("a competency"))?;
                if let Some(root) = known.requirement {
                    self.before(root)?;
                }
                Ok(0)
            }
            Form::Role(role) => {
                let known = parts.roles.get(role.index());
                self.before(known.ok_or(PlanError::Reference("a role"))?.eligible)?;
                Ok(0)
            }
            Form::Condition(test) => facts.test(test).map(|()| 0),
            Form::Records(records) => records::records(parts, records).map(|()| 0),
        }
    }

    /// What a node depends on stands before it.
    fn before(&self, node: NodeId) -> Checked {
        let what = "a requirement before what it depends on";
        within(node.index(), self.depths.len(), what)
    }

    fn group(&mut self, children: &[NodeId]) -> Result<usize, PlanError> {
        let mut depth = 0;
        for child in children {
            self.before(*child)?;
            match self.taken.get_mut(child.index()) {
                Some(taken) if !*taken => *taken = true,
                _ => return Err(PlanError::Reference("a requirement under two others")),
            }
            let below = self.depths.get(child.index()).copied().unwrap_or(0);
            depth = depth.max(below.saturating_add(1));
        }
        if depth > NESTING {
            return Err(PlanError::Nesting);
        }
        Ok(depth)
    }
}
