//! The lines of `pathway`, `competency` and `role` blocks: pairs in, the tree out.

use super::{Node, Reader};
use crate::grammar::Rule;
use crate::tree::{
    CompetencyProperty, Duration, Literal, PathwayProperty, Requirement, RoleProperty, Stage,
    Transition,
};

/// The values found in a property, by their kind.
struct Values {
    texts: Vec<Literal>,
    dates: Vec<Literal>,
    duration: Option<Duration>,
}

impl Values {
    fn text(self) -> Option<Literal> {
        self.texts.into_iter().next()
    }
}

impl<'t> Reader<'t> {
    pub(super) fn pathway_properties(&mut self, block: Node<'t>) -> Vec<PathwayProperty> {
        let mut properties = Vec::new();
        self.block(block, |reader, member| {
            for part in member.into_inner() {
                match part.as_rule() {
                    Rule::pathway_property => {
                        properties.extend(
                            part.into_inner()
                                .filter_map(|part| reader.pathway_property(part)),
                        );
                    }
                    _ => drop(reader.malformed_block(part, Rule::whole_pathway_property)),
                }
            }
        });
        properties
    }

    fn pathway_property(&mut self, node: Node<'t>) -> Option<PathwayProperty> {
        let (span, rule) = (self.span(&node), node.as_rule());
        let values = self.values(node);
        match rule {
            Rule::publisher => values.text().map(PathwayProperty::Publisher),
            Rule::version => values.text().map(PathwayProperty::Version),
            Rule::effective => {
                let mut dates = values.dates.into_iter();
                Some(PathwayProperty::Effective(
                    span,
                    dates.next()?,
                    dates.next(),
                ))
            }
            Rule::replaces => values.text().map(PathwayProperty::Replaces),
            Rule::transition => {
                let mut dates = values.dates.into_iter();
                Some(PathwayProperty::Transition(Transition {
                    span,
                    before: dates.next()?,
                    until: dates.next()?,
                    version: values.texts.into_iter().next()?,
                }))
            }
            _ => values
                .dates
                .into_iter()
                .next()
                .map(PathwayProperty::SchoolYear),
        }
    }

    pub(super) fn competency_properties(&mut self, block: Node<'t>) -> Vec<CompetencyProperty> {
        let mut properties = Vec::new();
        self.block(block, |reader, member| {
            for part in member.into_inner() {
                match part.as_rule() {
                    Rule::competency_property => {
                        properties.extend(
                            part.into_inner()
                                .filter_map(|part| reader.competency_property(part)),
                        );
                    }
                    Rule::requires => {
                        let (span, requirement) = reader.required(part, Rule::k_requires);
                        properties.push(CompetencyProperty::Requires(span, requirement));
                    }
                    _ => drop(reader.malformed_block(part, Rule::whole_competency_property)),
                }
            }
        });
        properties
    }

    fn competency_property(&mut self, node: Node<'t>) -> Option<CompetencyProperty> {
        let rule = node.as_rule();
        let mut values = self.values(node);
        match rule {
            Rule::about => values.text().map(CompetencyProperty::About),
            Rule::aligned => Some(CompetencyProperty::Aligned(values.texts)),
            _ => {
                let duration = values.duration.take();
                Some(CompetencyProperty::Awards(values.text()?, duration))
            }
        }
    }

    pub(super) fn role_properties(&mut self, block: Node<'t>) -> Vec<RoleProperty> {
        let mut properties = Vec::new();
        self.block(block, |reader, member| {
            for part in member.into_inner() {
                match part.as_rule() {
                    Rule::role_property => {
                        properties.extend(
                            part.into_inner()
                                .filter_map(|part| reader.role_property(part)),
                        );
                    }
                    Rule::eligible => {
                        let (span, requirement) = reader.required(part, Rule::k_when);
                        properties.push(RoleProperty::Eligible(span, requirement));
                    }
                    Rule::stage => properties.extend(reader.stage(part)),
                    Rule::preferred => properties.extend(reader.preferred(part)),
                    _ => drop(reader.malformed_block(part, Rule::whole_role_property)),
                }
            }
        });
        properties
    }

    fn role_property(&mut self, node: Node<'t>) -> Option<RoleProperty> {
        let rule = node.as_rule();
        if rule == Rule::stays {
            return Some(RoleProperty::Stays(self.span(&node)));
        }
        let text = self.values(node).text()?;
        Some(if rule == Rule::about {
            RoleProperty::About(text)
        } else {
            RoleProperty::Incentive(text)
        })
    }

    fn stage(&mut self, node: Node<'t>) -> Option<RoleProperty> {
        let (mut name, mut title, mut valid, mut when) = (None, None, None, None);
        for part in node.into_inner() {
            if part.as_rule() == Rule::stage_when {
                when = Some(self.required(part, Rule::k_when).1);
                continue;
            }
            for part in part.into_inner() {
                match part.as_rule() {
                    Rule::any_name => name = Some(self.declared(&part)),
                    Rule::title => title = Some(self.title(&part)),
                    Rule::duration => valid = self.duration(part),
                    _ => {}
                }
            }
        }
        Some(RoleProperty::Stage(Stage {
            name: name?,
            title,
            valid,
            when,
        }))
    }

    fn preferred(&mut self, node: Node<'t>) -> Option<RoleProperty> {
        let mut span = self.span(&node);
        let mut found = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_preferred => span = self.span(&part),
                Rule::requirement_block => found = Some(self.requirements(part)),
                _ => {}
            }
        }
        Some(RoleProperty::Preferred(span, found?))
    }

    /// A requirement behind the words of its property, of which `last` is the last.
    fn required(
        &mut self,
        node: Node<'t>,
        last: Rule,
    ) -> (milepost_diagnostics::Span, Requirement) {
        let whole = self.span(&node);
        let mut words = whole;
        let mut requirement = None;
        for part in node.into_inner() {
            let rule = part.as_rule();
            if rule == last {
                words.end = self.span(&part).end;
            } else if rule == Rule::requirement {
                requirement = Some(self.requirement(part));
            } else if rule == Rule::missing_requirement {
                requirement = Some(self.missing_requirement(&part));
            }
        }
        let missing = || Requirement {
            span: whole,
            label: None,
            form: crate::tree::Form::Missing,
        };
        (words, requirement.unwrap_or_else(missing))
    }

    fn values(&mut self, node: Node<'t>) -> Values {
        let mut values = Values {
            texts: Vec::new(),
            dates: Vec::new(),
            duration: None,
        };
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::text => values.texts.push(self.quoted(&part)),
                Rule::date | Rule::day => values.dates.push(self.literal(&part)),
                Rule::duration => values.duration = self.duration(part),
                _ => {}
            }
        }
        values
    }
}
