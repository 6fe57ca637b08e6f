//! What a measure counts, and of whom: pairs in, the tree out.

use super::{Node, Reader};
use crate::grammar::Rule;
use crate::tree::{Figure, Form, Requirement};

impl<'t> Reader<'t> {
    pub(super) fn figure(&mut self, node: Node<'t>) -> Figure {
        let (mut counted, mut fact, mut who) = (Rule::figure, None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::who => who = self.requirement_of(part),
                Rule::different_of => {
                    counted = Rule::different_of;
                    fact = part
                        .into_inner()
                        .find(|part| part.as_rule() == Rule::fact_name)
                        .map(|name| self.path(&name));
                }
                rule => counted = rule,
            }
        }
        match (counted, who, fact) {
            (Rule::percent_of, Some(who), _) => Figure::Percent(who),
            (Rule::number_of, who, _) => Figure::Candidates(who),
            (Rule::different_of, who, Some(fact)) => Figure::Different(fact, who),
            (Rule::competencies_met, ..) => Figure::Competencies,
            _ => Figure::Missing,
        }
    }

    /// The `who meet …` or `whose …` in a node.
    pub(super) fn who(&mut self, node: Node<'t>) -> Option<Requirement> {
        let who = node.into_inner().find(|part| part.as_rule() == Rule::who)?;
        self.requirement_of(who)
    }

    fn requirement_of(&mut self, node: Node<'t>) -> Option<Requirement> {
        let part = node
            .into_inner()
            .find(|part| matches!(part.as_rule(), Rule::reference | Rule::condition))?;
        let span = self.span(&part);
        let form = if part.as_rule() == Rule::reference {
            self.reference(part)
        } else {
            Form::Condition(self.expression(part))
        };
        Some(Requirement {
            span,
            label: None,
            form,
        })
    }
}
