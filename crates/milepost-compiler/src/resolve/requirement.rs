//! Requirements: groups, references, calls and conditions.

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, Span, did_you_mean};
use milepost_syntax::tree;

use super::declarations::own;
use super::suggest::nearest;
use super::{Context, Resolver};
use crate::model::{
    Expr, ExprKind, Form, Group, Held, Label, Named, Requirement, RuleId, Type, Waivable,
};

/// Words that continue a requirement: a name close to one of these, right after records, is a slip for it.
const CLAUSE_WORDS: [&str; 16] = [
    "where",
    "whose",
    "within",
    "since",
    "before",
    "after",
    "from",
    "during",
    "among",
    "including",
    "with",
    "for",
    "skipping",
    "and",
    "or",
    "contains",
];

impl Resolver<'_> {
    /// The requirements of a block.
    pub(super) fn requirements(
        &mut self,
        context: Context<'_>,
        list: &[tree::Requirement],
    ) -> Vec<Requirement> {
        let mut resolved = Vec::with_capacity(list.len());
        let mut slip: Option<Span> = None;
        for (place, requirement) in list.iter().enumerate() {
            if let Some(after) = slip
                && self.continues(after, requirement)
            {
                slip = Some(requirement.span);
                resolved.push(Requirement {
                    span: requirement.span,
                    label: None,
                    form: Form::Invalid,
                });
                continue;
            }
            let previous = place.checked_sub(1).and_then(|previous| list.get(previous));
            slip = self.misspelt_clause(context, previous, requirement);
            if slip.is_some() {
                resolved.push(Requirement {
                    span: requirement.span,
                    label: None,
                    form: Form::Invalid,
                });
            } else {
                resolved.push(self.requirement(context, requirement));
            }
        }
        resolved
    }

    /// A clause whose first word is misspelt reads as a condition of its own; it is reported as what it is.
    fn misspelt_clause(
        &mut self,
        context: Context<'_>,
        previous: Option<&tree::Requirement>,
        requirement: &tree::Requirement,
    ) -> Option<Span> {
        let tree::Form::Condition(tree::Expr {
            kind: tree::ExprKind::Path(path),
            ..
        }) = &requirement.form
        else {
            return None;
        };
        if !matches!(
            previous?.form,
            tree::Form::Records(_) | tree::Form::Condition(_)
        ) || requirement.label.is_some()
            || self.is_variable(context, path)
        {
            return None;
        }
        let meant = nearest(&path.text(), CLAUSE_WORDS)?;
        self.report(
            Diagnostic::new(
                Code::UnknownName,
                path.span,
                format!("unknown word `{}`", path.text()),
            )
            .help(did_you_mean(meant)),
        );
        Some(path.span)
    }

    /// Whether a condition stands on the same line right after that place.
    fn continues(&self, after: Span, requirement: &tree::Requirement) -> bool {
        let between = Span {
            start: after.end,
            end: requirement.span.start,
            ..after
        };
        matches!(requirement.form, tree::Form::Condition(_))
            && requirement.label.is_none()
            && !self.written(between).contains('\n')
    }

    /// One requirement. Nesting is bounded by the syntax.
    pub(super) fn requirement(
        &mut self,
        context: Context<'_>,
        requirement: &tree::Requirement,
    ) -> Requirement {
        let label = requirement.label.as_ref().map(|label| Label {
            named: Named {
                name: label.name.text.clone(),
                title: label.title.as_ref().map(|title| title.text.clone()),
                span: label.name.span,
            },
            cites: label.cites.iter().map(|cites| cites.text.clone()).collect(),
            advice: label.advice.first().map(|advice| advice.text.clone()),
            waivable: label.waivable.iter().map(waivable).collect(),
            formerly: label.formerly.iter().map(|name| own(name, None)).collect(),
        });
        let form = match &requirement.form {
            tree::Form::Missing => Form::Invalid,
            tree::Form::Group(span, group, children) => self.group(context, *span, group, children),
            tree::Form::Competency(path) => self
                .competency(context.file, path)
                .map_or(Form::Invalid, Form::Competency),
            tree::Form::Role(path, stage) => self
                .role_stage(context.file, path, stage.as_ref())
                .map_or(Form::Invalid, |(role, stage)| Form::Role(role, stage)),
            tree::Form::Held(held) => self.held(context, held),
            tree::Form::Rule(path, arguments) => match self.rule(context.file, path) {
                Some(rule) => self.call(context, rule, path, arguments),
                None => Form::Invalid,
            },
            tree::Form::Records(records) => self.records(context, records),
            tree::Form::Condition(condition) => Form::Condition(self.condition(context, condition)),
        };
        Requirement {
            span: requirement.span,
            label,
            form,
        }
    }

    fn held(&mut self, context: Context<'_>, held: &tree::Held) -> Form {
        let place = self.role_stage(context.file, &held.role, held.stage.as_ref());
        let bound = self.whole(context, &held.bound);
        place.map_or(Form::Invalid, |(role, stage)| {
            Form::Held(Held {
                role,
                stage,
                bound,
                consecutive: held.consecutive,
            })
        })
    }

    fn group(
        &mut self,
        context: Context<'_>,
        span: Span,
        group: &tree::Group,
        children: &[tree::Requirement],
    ) -> Form {
        let group = match group {
            tree::Group::All => Group::All,
            tree::Group::WithoutReuse => Group::WithoutReuse,
            tree::Group::Any => Group::Any,
            tree::Group::AtLeast(bound) => Group::AtLeast(self.whole(context, bound)),
            tree::Group::Points(bound, worth) => {
                let bound = self.whole(context, bound);
                let worth = worth.iter().map(|points| self.points(points.as_ref()));
                Group::Points(bound, worth.collect())
            }
            tree::Group::None => Group::None,
            tree::Group::InOrder => Group::InOrder,
        };
        Form::Group(span, group, self.requirements(context, children))
    }

    fn call(
        &mut self,
        context: Context<'_>,
        rule: RuleId,
        path: &tree::Path,
        arguments: &[tree::Argument],
    ) -> Form {
        let Some(called) = self
            .model
            .rule(rule)
            .map(|rule| (rule.named.clone(), rule.parameters.clone()))
        else {
            return Form::Invalid;
        };
        let (named, parameters) = called;
        let mut given: BTreeMap<&str, &tree::Argument> = BTreeMap::new();
        let mut sound = true;
        for argument in arguments {
            let name = argument.name.text.as_str();
            if let Some(first) = given.get(name) {
                self.report(
                    Diagnostic::new(
                        Code::WrongArguments,
                        argument.name.span,
                        format!("`{name}` is given twice"),
                    )
                    .label(first.name.span, "first given here")
                    .help("keep one of them"),
                );
                sound = false;
            } else if let Some((known, _)) = parameters.iter().find(|(known, _)| known.name == name)
            {
                self.mention(argument.name.span, Some(known.span));
                given.insert(name, argument);
            } else {
                let help = self.did_you_mean(
                    name,
                    parameters.iter().map(|(known, _)| known.name.as_str()),
                );
                let mut problem = Diagnostic::new(
                    Code::WrongArguments,
                    argument.name.span,
                    format!("rule `{}` has no parameter `{name}`", named.name),
                )
                .label(named.span, "the rule is declared here");
                problem.help.extend(help);
                self.report(problem);
                sound = false;
            }
        }
        let missing: Vec<_> = parameters
            .iter()
            .filter(|(parameter, _)| !given.contains_key(parameter.name.as_str()))
            .map(|(parameter, _)| format!("`{}`", parameter.name))
            .collect();
        if !missing.is_empty() && sound {
            self.report(
                Diagnostic::new(
                    Code::WrongArguments,
                    path.span,
                    format!("rule `{}` also asks for {}", named.name, missing.join(", ")),
                )
                .label(named.span, "the rule is declared here")
                .help(format!(
                    "write `rule {}({})`",
                    path.text(),
                    call_shape(&parameters)
                )),
            );
        }
        let mut values = Vec::with_capacity(parameters.len());
        for (parameter, ty) in &parameters {
            if let Some(argument) = given.get(parameter.name.as_str()) {
                values.push(self.argument(context, argument, parameter, ty));
            }
        }
        if values.len() == parameters.len() {
            Form::Call(rule, values)
        } else {
            Form::Invalid
        }
    }

    fn argument(
        &mut self,
        context: Context<'_>,
        argument: &tree::Argument,
        parameter: &Named,
        ty: &Type,
    ) -> Expr {
        let value = self.expression(context, &argument.value, Some(ty));
        if !fits(&value.ty, ty) {
            let problem = Diagnostic::new(
                Code::TypeMismatch,
                argument.value.span,
                format!(
                    "`{}` is {}, not {}",
                    parameter.name,
                    self.model.type_name(ty),
                    self.model.type_name(&value.ty)
                ),
            )
            .here(self.model.type_name(&value.ty))
            .label(
                parameter.span,
                format!("the parameter is {}", self.model.type_name(ty)),
            )
            .help("give a value of the parameter's type");
            self.report(problem);
            return Expr {
                span: value.span,
                ty: Type::Invalid,
                kind: ExprKind::Invalid,
            };
        }
        value
    }
}

fn waivable(waivable: &tree::Waivable) -> Waivable {
    let authorities = waivable.authorities.iter();
    Waivable {
        span: waivable.span,
        authorities: authorities.map(|name| own(name, None)).collect(),
    }
}

/// Whether a value of one type goes where another is asked for.
pub(super) fn fits(given: &Type, asked: &Type) -> bool {
    match (given, asked) {
        (Type::Invalid, _) | (_, Type::Invalid) | (Type::Whole, Type::Number) => true,
        (given, asked) => given == asked,
    }
}

fn call_shape(parameters: &[(Named, Type)]) -> String {
    let parts: Vec<_> = parameters
        .iter()
        .map(|(parameter, _)| format!("{}: …", parameter.name))
        .collect();
    parts.join(", ")
}
