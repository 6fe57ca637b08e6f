//! Validation: everything that evaluation, its sentences and the decoding of records rely on, asked once when a plan is made.
//!
//! In: the parts, which may come from a stranger. Out: nothing, or the first thing that does not hold. It takes time in
//! proportion to what the parts hold, and never more.

mod declarations;
mod expression;
mod measures;
mod names;
mod records;
#[cfg(test)]
mod tests;
mod versions;

use super::{Form, Node, NodeId, Parts};
use declarations::{Tally, declarations};
use expression::Expressions;
pub(super) use versions::versions;

/// Requirements of a plan.
const NODES: usize = 100_000;
/// How many requirements stand one in another.
const DEPTH: usize = 64;
/// Nesting of conditions and of days.
const NESTING: usize = 200;
/// Letters that say what a requirement is worth.
const WORTH: usize = 12;

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
    /// Something is called by what is no name, or two things by one.
    #[error("something has no name of its own: {0}")]
    Name(&'static str),
    /// A number or a day is beyond what can be written.
    #[error("something is out of range: {0}")]
    Range(&'static str),
    /// Something is nested too deeply.
    #[error("something is nested too deeply")]
    Nesting,
}

type Checked = Result<(), PlanError>;

/// Asks everything.
pub(super) fn validate(parts: &Parts) -> Checked {
    if parts.nodes.len() > NODES {
        return Err(PlanError::TooMany("requirements"));
    }
    declarations(parts)?;
    names::names(parts)?;
    let tally = Tally::new(parts);
    let mut tree = Tree {
        parts,
        tally: &tally,
        depths: Vec::with_capacity(parts.nodes.len()),
        waivable: Vec::with_capacity(parts.nodes.len()),
        taken: vec![false; parts.nodes.len()],
    };
    for node in &parts.nodes {
        let depth = tree.node(node)?;
        tree.depths.push(depth);
        let waivable = tree.waivable(node)?;
        tree.waivable.push(waivable);
    }
    for competency in &parts.competencies {
        if let Some(root) = competency.requirement {
            if competency.elsewhere {
                return Err(PlanError::Reference("a requirement of another version"));
            }
            tree.take(root)?;
        }
    }
    for role in &parts.roles {
        tree.take(role.eligible)?;
        for root in &role.preferred {
            tree.take(*root)?;
        }
    }
    for stage in &parts.stages {
        if let Some(root) = stage.requirement {
            tree.take(root)?;
        }
    }
    measures::measures(&mut tree)?;
    tally.finish()
}

/// Something has a place in a table.
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

fn ranged(holds: bool, what: &'static str) -> Checked {
    if holds {
        Ok(())
    } else {
        Err(PlanError::Range(what))
    }
}

/// The requirements looked at so far.
struct Tree<'a> {
    parts: &'a Parts,
    tally: &'a Tally,
    /// How many stand one in another, from each down.
    depths: Vec<usize>,
    /// Whether it can be waived, or one below it.
    waivable: Vec<bool>,
    /// Whether it has its place.
    taken: Vec<bool>,
}

impl Tree<'_> {
    /// How deep the next node is; its children stand before it.
    fn node(&mut self, node: &Node) -> Result<usize, PlanError> {
        let parts = self.parts;
        if let Some(owner) = node.owner {
            within(owner.index(), parts.competencies.len(), "an owner")?;
        }
        if let Some(stage) = node.stage {
            within(stage.index(), parts.stages.len(), "whose requirement it is")?;
        }
        let facts = Expressions::over_facts(parts, self.tally);
        match &node.form {
            Form::All(children)
            | Form::Any(children)
            | Form::None(children)
            | Form::InOrder(children)
            | Form::WithoutReuse(children) => self.group(children),
            Form::AtLeast(bound, children) => {
                facts.whole(bound)?;
                self.group(children)
            }
            Form::Points(bound, children, worth) => {
                facts.whole(bound)?;
                ranged(children.len() == worth.len(), "what requirements are worth")?;
                // Each stands in the sentence.
                self.tally.costs(worth.len().saturating_mul(WORTH));
                self.group(children)
            }
            Form::Competency(competency) => {
                let known = parts.competencies.get(competency.index());
                let known = known.ok_or(PlanError::Reference("a competency"))?;
                self.tally.says(&known.entry);
                if let Some(root) = known.requirement {
                    self.before(root)?;
                }
                Ok(1)
            }
            Form::Role(role) => {
                let known = parts.roles.get(role.index());
                let known = known.ok_or(PlanError::Reference("a role"))?;
                self.tally.says(&known.entry);
                self.before(known.eligible)?;
                Ok(1)
            }
            Form::Stage(id) => {
                let known = parts.stages.get(id.index());
                let known = known.ok_or(PlanError::Reference("a stage"))?;
                self.tally.says(&known.entry);
                let role = parts.roles.get(known.role.index());
                let role = role.ok_or(PlanError::Reference("a role"))?;
                self.tally.says(&role.entry);
                self.before(role.eligible)?;
                let up_to = parts
                    .stages_of(known.role)
                    .take_while(|(stage, _)| stage <= id);
                for root in up_to.filter_map(|(_, stage)| stage.requirement) {
                    self.before(root)?;
                }
                Ok(1)
            }
            Form::Held(held) => {
                let known = parts.roles.get(held.role.index());
                let known = known.ok_or(PlanError::Reference("a role"))?;
                self.tally.says(&known.entry);
                if let Some(stage) = held.stage {
                    let stage = parts.stages.get(stage.index());
                    let own = stage.filter(|stage| stage.role == held.role);
                    self.tally
                        .says(&own.ok_or(PlanError::Reference("a stage"))?.entry);
                }
                school_year(parts, true)?;
                facts.whole(&held.bound)?;
                Ok(1)
            }
            Form::Condition(test) => facts.test(test).map(|()| 1),
            Form::Records(records) => records::records(parts, self.tally, records).map(|()| 1),
        }
    }

    /// Whether the next node can be waived, or one below it; nothing under `none of` can.
    fn waivable(&self, node: &Node) -> Result<bool, PlanError> {
        for authority in &node.waivable {
            names::named(authority, "an authority")?;
        }
        let mut below = node.form.children().iter();
        let below = below.any(|child| self.waivable.get(child.index()) == Some(&true));
        if below && matches!(node.form, Form::None(_)) {
            return Err(PlanError::Type(
                "what lies under `none of` and can be waived",
            ));
        }
        Ok(below || !node.waivable.is_empty())
    }

    /// What a node depends on stands before it.
    fn before(&self, node: NodeId) -> Checked {
        let what = "a requirement before what it depends on";
        within(node.index(), self.depths.len(), what)
    }

    /// Gives a node its one place: below another, or below a competency or a role.
    fn take(&mut self, node: NodeId) -> Checked {
        match self.taken.get_mut(node.index()) {
            None => Err(PlanError::Reference("a requirement")),
            Some(true) => Err(PlanError::Reference("a requirement in two places")),
            Some(taken) => {
                *taken = true;
                Ok(())
            }
        }
    }

    fn group(&mut self, children: &[NodeId]) -> Result<usize, PlanError> {
        let mut depth = 1;
        for child in children {
            self.before(*child)?;
            self.take(*child)?;
            let below = self.depths.get(child.index()).copied().unwrap_or(0);
            depth = depth.max(below.saturating_add(1));
        }
        if depth > DEPTH {
            return Err(PlanError::Nesting);
        }
        Ok(depth)
    }
}
