//! The measures of a plan: in, the requirements looked at; out, nothing or what does not hold.

use super::{Checked, PlanError, Tree};
use crate::plan::{Figure, Type};

/// Whom a measure counts stands nowhere else, and the fact it tells apart has one value for each candidate.
pub(super) fn measures(tree: &mut Tree<'_>) -> Checked {
    for measure in &tree.parts.measures {
        let who = match &measure.figure {
            Figure::Percent(who) => Some(*who),
            Figure::Candidates(who) => *who,
            Figure::Different(fact, who) => {
                let fact = tree.parts.facts.get(fact.index());
                match fact.map(|fact| &fact.ty) {
                    None => return Err(PlanError::Reference("a fact")),
                    Some(Type::List(_) | Type::Rubric(_)) => {
                        return Err(PlanError::Type("a fact that a measure counts"));
                    }
                    Some(_) => *who,
                }
            }
            Figure::Competencies => None,
        };
        for root in who.into_iter().chain(measure.among) {
            tree.take(root)?;
        }
    }
    Ok(())
}
