//! Requirements: labels, groups, references and blocks of them; pairs in, the tree out.

use milepost_diagnostics::{Code, Diagnostic, Span};

use super::{Node, Reader};
use crate::grammar::Rule;
use crate::tree::{
    Argument, Expr, ExprKind, Form, Group, Held, Label, Name, Path, Requirement, Waivable,
};

impl<'t> Reader<'t> {
    /// The requirements of a block.
    pub(super) fn requirements(&mut self, block: Node<'t>) -> Vec<Requirement> {
        let mut requirements = Vec::new();
        self.block(block, |reader, part| {
            if part.as_rule() == Rule::requirement {
                requirements.push(reader.requirement(part));
            }
        });
        requirements
    }

    pub(super) fn requirement(&mut self, node: Node<'t>) -> Requirement {
        let span = self.span(&node);
        let mut label = None;
        let mut form = Form::Missing;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::label => label = self.label(part),
                Rule::form => form = self.form(part),
                Rule::malformed_form => form = self.malformed_form(part),
                Rule::missing_requirement => form = self.missing_requirement(&part).form,
                _ => {}
            }
        }
        Requirement { span, label, form }
    }

    fn label(&mut self, node: Node<'t>) -> Option<Label> {
        let (mut name, mut title) = (None, None);
        let (mut cites, mut advice) = (Vec::new(), Vec::new());
        let (mut waivable, mut formerly) = (Vec::new(), Vec::new());
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::any_name => name = Some(self.declared(&part)),
                Rule::title => title = Some(self.title(&part)),
                Rule::cites => cites.extend(self.note(part)),
                Rule::advice => advice.extend(self.note(part)),
                Rule::waivable => waivable.push(self.waivable(part)),
                Rule::formerly => formerly.extend(self.former_names(part)),
                _ => {}
            }
        }
        Some(Label {
            name: name?,
            title,
            cites,
            advice,
            waivable,
            formerly,
        })
    }

    fn waivable(&mut self, node: Node<'t>) -> Waivable {
        let span = self.span(&node);
        let authorities = node
            .into_inner()
            .filter(|part| part.as_rule() == Rule::authority);
        Waivable {
            span,
            authorities: authorities.map(|part| self.declared(&part)).collect(),
        }
    }

    /// The names after `formerly`; one that was a name once may be a word of the language now.
    pub(super) fn former_names(&self, node: Node<'t>) -> Vec<Name> {
        let names = node
            .into_inner()
            .filter(|part| part.as_rule() == Rule::former_name);
        names.map(|part| self.name(&part)).collect()
    }

    fn note(&self, node: Node<'t>) -> Option<crate::tree::Literal> {
        node.into_inner()
            .find(|part| part.as_rule() == Rule::text)
            .map(|text| self.quoted(&text))
    }

    fn form(&mut self, node: Node<'t>) -> Form {
        let Some(inner) = node.into_inner().next() else {
            return Form::Missing;
        };
        match inner.as_rule() {
            Rule::group => self.group(inner),
            Rule::quantified => self.quantified(inner),
            Rule::reference => self.reference(inner),
            Rule::held => self.held(inner).map_or(Form::Missing, Form::Held),
            Rule::no_records | Rule::every_records => self.plain_records(inner),
            _ => Form::Condition(self.expression(inner)),
        }
    }

    fn group(&mut self, node: Node<'t>) -> Form {
        let mut words = self.span(&node);
        let mut group = Group::All;
        let mut requirements = Vec::new();
        for part in node.into_inner() {
            group = match part.as_rule() {
                Rule::group_block => {
                    requirements = self.requirements(part);
                    continue;
                }
                Rule::any_of => Group::Any,
                Rule::none_of => Group::None,
                Rule::in_order => Group::InOrder,
                _ if part
                    .clone()
                    .into_inner()
                    .any(|part| part.as_rule() == Rule::without_reuse) =>
                {
                    Group::WithoutReuse
                }
                _ => Group::All,
            };
            words = self.span(&part);
        }
        Form::Group(words, group, requirements)
    }

    /// `at least BOUND of { … }`; only `at least` can be asked of a block.
    pub(super) fn counted_group(
        &mut self,
        how: Span,
        at_least: bool,
        bound: Expr,
        words: Span,
        block: Node<'t>,
    ) -> Form {
        self.only_at_least(how, at_least);
        Form::Group(words, Group::AtLeast(bound), self.requirements(block))
    }

    pub(super) fn only_at_least(&mut self, how: Span, at_least: bool) {
        if !at_least {
            self.wrong(
                Diagnostic::new(
                    Code::UnexpectedText,
                    how,
                    "only `at least` can be asked of a block of requirements",
                )
                .help("write `at least 2 of { … }`; for none of them write `none of { … }`"),
            );
        }
    }

    /// `at least BOUND points of { … }`: each with what it is worth before it.
    pub(super) fn points(&mut self, bound: Expr, words: Span, block: Node<'t>) -> Form {
        let (mut worth, mut requirements) = (Vec::new(), Vec::new());
        self.block(block, |reader, member| {
            let span = reader.span(&member);
            let mut points = None;
            for part in member.into_inner() {
                match part.as_rule() {
                    Rule::worth => {
                        let number = part.into_inner().next();
                        points = number.map(|number| reader.literal(&number));
                    }
                    Rule::requirement => {
                        let requirement = reader.requirement(part);
                        if points.is_none() {
                            let message = "this does not say how many points it is worth";
                            reader.wrong(
                                Diagnostic::new(Code::UnexpectedText, span, message)
                                    .help("write the points before it, such as `5 for competency data_analyst`"),
                            );
                        }
                        worth.push(points.take());
                        requirements.push(requirement);
                    }
                    _ => {
                        worth.push(points.take());
                        requirements.push(reader.missing_requirement(&part));
                    }
                }
            }
        });
        Form::Group(words, Group::Points(bound, worth), requirements)
    }

    pub(super) fn reference(&mut self, node: Node<'t>) -> Form {
        let Some(inner) = node.into_inner().next() else {
            return Form::Missing;
        };
        if inner.as_rule() == Rule::role_ref {
            return match self.role_and_stage(inner) {
                Some((role, stage)) => Form::Role(role, stage),
                None => Form::Missing,
            };
        }
        let (mut path, mut arguments) = (None, Vec::new());
        for part in inner.into_inner() {
            match part.as_rule() {
                Rule::competency_name => return Form::Competency(self.path(&part)),
                Rule::rule_name => path = Some(self.path(&part)),
                Rule::arguments => arguments = self.arguments(part),
                _ => {}
            }
        }
        path.map_or(Form::Missing, |path| Form::Rule(path, arguments))
    }

    fn held(&mut self, node: Node<'t>) -> Option<Held> {
        let for_how_long = node
            .clone()
            .into_inner()
            .find(|part| part.as_rule() == Rule::held_for)?;
        let (role, stage) = self.role_and_stage(node)?;
        let (mut bound, mut consecutive) = (None, false);
        for part in for_how_long.into_inner() {
            match part.as_rule() {
                Rule::bound => bound = Some(self.expression(part)),
                Rule::k_consecutive => consecutive = true,
                _ => {}
            }
        }
        Some(Held {
            role,
            stage,
            bound: bound?,
            consecutive,
        })
    }

    /// A role, and the stage named after it.
    pub(super) fn role_and_stage(&self, node: Node<'t>) -> Option<(Path, Option<Name>)> {
        let (mut role, mut stage) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::role_name => role = Some(self.path(&part)),
                Rule::stage_name => stage = Some(self.name(&part)),
                _ => {}
            }
        }
        Some((role?, stage))
    }

    fn arguments(&mut self, node: Node<'t>) -> Vec<Argument> {
        let mut arguments = Vec::new();
        let mut opened = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::open_paren => opened = Some(self.span(&part)),
                Rule::missing_paren => self.unclosed(opened, part.as_span().start(), ')'),
                Rule::argument => arguments.extend(self.argument(part)),
                _ => {}
            }
        }
        arguments
    }

    fn argument(&mut self, node: Node<'t>) -> Option<Argument> {
        let (mut name, mut value) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::any_name => name = Some(self.declared(&part)),
                Rule::sum => value = Some(self.expression(part)),
                _ => {}
            }
        }
        Some(Argument {
            name: name?,
            value: value?,
        })
    }

    /// A requirement nobody could read, whose block is read all the same.
    fn malformed_form(&mut self, node: Node<'t>) -> Form {
        let first = node.as_str().split_whitespace().next().unwrap_or("");
        let words = self.span(&node);
        let group = match first {
            "any" => Group::Any,
            "none" => Group::None,
            "in" => Group::InOrder,
            "at" => Group::AtLeast(Expr {
                span: words,
                kind: ExprKind::Missing,
            }),
            _ => Group::All,
        };
        match self.malformed_block(node, Rule::whole_requirement) {
            Some(requirements) => Form::Group(words, group, requirements),
            None => Form::Missing,
        }
    }
}
