//! Requirements: rules written out, addresses given, children before parents.

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::plan::{self, CompetencyId, Node, NodeId, RoleId, StageId, file};

use super::Lowering;
use super::expression::{Argument, Environment};
use crate::limits;
use crate::model::{Form, Group, Label, Requirement, Subject};

/// Where a requirement stands.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    /// The address of the nearest labelled requirement above, or of the role or competency.
    pub(super) base: &'a str,
    /// Its address if it has no label.
    pub(super) unnamed: &'a str,
    /// The competency it belongs to.
    pub(super) owner: Option<CompetencyId>,
    /// The stage it belongs to.
    pub(super) stage: Option<StageId>,
    /// How many requirements and calls it stands in.
    pub(super) depth: usize,
}

impl Lowering<'_> {
    /// Lowers the requirements of a competency or a role.
    pub(super) fn subject(&mut self, subject: Subject) {
        let model = self.model;
        let (name, owner) = match subject {
            Subject::Competency(id) => (
                model
                    .competency(id)
                    .map(|competency| &competency.named.name),
                Some(id),
            ),
            Subject::Role(id) => (model.role(id).map(|role| &role.named.name), None),
        };
        let Some(name) = name else { return };
        let own = match subject {
            Subject::Competency(id) => {
                let requires = model.competency(id).and_then(|it| it.requires.as_ref());
                requires.into_iter().collect()
            }
            Subject::Role(id) => {
                let role = model.role(id).into_iter();
                let own = role.map(|role| std::iter::once(&role.eligible).chain(&role.preferred));
                own.flatten().collect::<Vec<_>>()
            }
        };
        let mut lowered = Vec::new();
        for (place, requirement) in own.into_iter().enumerate() {
            let preferred = format!("{name}/preferred/{place}");
            let unnamed = if place == 0 { name } else { &preferred };
            let at = At {
                base: name,
                unnamed,
                owner,
                stage: None,
                depth: 1,
            };
            lowered.push(self.requirement(requirement, &Environment::default(), at, None));
        }
        match subject {
            Subject::Competency(id) => {
                if let Some(slot) = self.competencies.get_mut(id.index()) {
                    *slot = lowered.into_iter().next().flatten();
                }
            }
            Subject::Role(id) => {
                if let Some(slot) = self.roles.get_mut(id.index()) {
                    let mut lowered = lowered.into_iter();
                    *slot = (lowered.next().flatten(), lowered.flatten().collect());
                }
                self.stages_of(id, name);
            }
        }
    }

    /// Lowers the requirements of the stages of a role.
    fn stages_of(&mut self, role: RoleId, name: &str) {
        let model = self.model;
        for (id, stage) in model.stages_of(role) {
            let Some(when) = &stage.when else { continue };
            let base = format!("{name}.{}", stage.named.name);
            let at = At {
                base: &base,
                unnamed: &base,
                owner: None,
                stage: Some(id),
                depth: 1,
            };
            let lowered = self.requirement(when, &Environment::default(), at, None);
            if let Some(slot) = self.stages.get_mut(id.index()) {
                *slot = lowered;
            }
        }
    }

    /// Lowers a requirement; `label` is that of a call whose place it takes.
    pub(super) fn requirement(
        &mut self,
        requirement: &Requirement,
        environment: &Environment,
        at: At<'_>,
        label: Option<&Label>,
    ) -> Option<NodeId> {
        if self.full {
            return None;
        }
        if at.depth > limits::NESTING {
            self.full = true;
            self.report(
                Diagnostic::new(
                    Code::NestedTooDeep,
                    requirement.span,
                    format!(
                        "with its rules written out, this is nested more than {} deep",
                        limits::NESTING
                    ),
                )
                .help("let rules call fewer other rules"),
            );
            return None;
        }
        let own = requirement.label.as_ref();
        if let Form::Call(rule, arguments) = &requirement.form {
            let called = self.model.rule(*rule)?;
            let values = self.arguments(arguments, environment, requirement.span)?;
            let inside = Environment { arguments: values };
            let body = &called.requirement;
            if own.or(label).is_none() || body.label.is_none() {
                let at = At {
                    depth: at.depth + 1,
                    ..at
                };
                return self.requirement(body, &inside, at, own.or(label));
            }
            let address = self.address(own.or(label), at);
            let unnamed = format!("{address}/1");
            let below = At {
                base: &address,
                unnamed: &unnamed,
                depth: at.depth + 1,
                ..at
            };
            let child = self.requirement(body, &inside, below, None)?;
            return self.push(
                requirement.span,
                address,
                own.or(label),
                at,
                plan::Form::All(vec![child]),
            );
        }
        let label = own.or(label);
        let address = self.address(label, at);
        let form = match &requirement.form {
            Form::Invalid | Form::Call(..) => return None,
            Form::Competency(id) => plan::Form::Competency(*id),
            Form::Role(id, None) => plan::Form::Role(*id),
            Form::Role(_, Some(stage)) => plan::Form::Stage(*stage),
            Form::Held(held) => plan::Form::Held(plan::Held {
                role: held.role,
                stage: held.stage,
                bound: self.number(&held.bound, environment)?,
                consecutive: held.consecutive,
            }),
            Form::Condition(condition) => {
                plan::Form::Condition(self.condition(condition, environment)?)
            }
            Form::Records(records) => {
                plan::Form::Records(self.records(records, environment, at.owner)?)
            }
            Form::Group(_, group, children) => {
                let base = if label.is_some() { &address } else { at.base };
                let mut lowered = Vec::with_capacity(children.len());
                for (place, child) in (1usize..).zip(children) {
                    let unnamed = format!("{address}/{place}");
                    let at = At {
                        base,
                        unnamed: &unnamed,
                        depth: at.depth + 1,
                        ..at
                    };
                    lowered.push(self.requirement(child, environment, at, None)?);
                }
                match group {
                    Group::All => plan::Form::All(lowered),
                    Group::WithoutReuse => plan::Form::WithoutReuse(lowered),
                    Group::Any => plan::Form::Any(lowered),
                    Group::AtLeast(bound) => {
                        plan::Form::AtLeast(self.number(bound, environment)?, lowered)
                    }
                    Group::Points(bound, worth) => {
                        let worth = worth.iter().copied().collect::<Option<_>>()?;
                        plan::Form::Points(self.number(bound, environment)?, lowered, worth)
                    }
                    Group::None => plan::Form::None(lowered),
                    Group::InOrder => plan::Form::InOrder(lowered),
                }
            }
        };
        self.push(requirement.span, address, label, at, form)
    }

    fn address(&self, label: Option<&Label>, at: At<'_>) -> String {
        match label {
            Some(label) => format!("{}.{}", at.base, label.named.name),
            None => at.unnamed.to_owned(),
        }
    }

    fn push(
        &mut self,
        span: Span,
        address: String,
        label: Option<&Label>,
        at: At<'_>,
        form: plan::Form,
    ) -> Option<NodeId> {
        if self.nodes.len() >= limits::REQUIREMENTS {
            self.full = true;
            self.report(
                Diagnostic::new(
                    Code::TooManyRequirements,
                    span,
                    format!(
                        "with its rules written out, this programme has more than {} requirements",
                        limits::REQUIREMENTS
                    ),
                )
                .help("let rules call fewer other rules, or split the programme"),
            );
            return None;
        }
        let id = NodeId(u32::try_from(self.nodes.len()).ok()?);
        let place = label.map_or(span, |label| label.named.span);
        if let Some((_, first)) = self.addresses.insert(address.clone(), (id, place)) {
            let name = label.map_or(address.as_str(), |label| label.named.name.as_str());
            let help = if first == place {
                "the rule is called twice here: give each call a label of its own, such as `first: rule …`"
            } else {
                "give each requirement a label of its own; labels inside a labelled requirement may repeat"
            };
            self.report(
                Diagnostic::new(
                    Code::DuplicateName,
                    place,
                    format!("two requirements have the address `{address}`"),
                )
                .label(first, format!("`{name}` is also here"))
                .help(help),
            );
        }
        self.former_addresses(&address, label);
        let waivable = label.and_then(|label| label.waivable.first());
        let authorities = waivable.iter().flat_map(|waivable| &waivable.authorities);
        let former = label.iter().flat_map(|label| &label.formerly);
        let node = Node {
            address,
            title: label.and_then(|label| label.named.title.clone()),
            cites: label.map(|label| label.cites.clone()).unwrap_or_default(),
            advice: label.and_then(|label| label.advice.clone()),
            owner: at.owner,
            stage: at.stage,
            form,
            waivable: authorities.map(|named| named.name.clone()).collect(),
            formerly: former.map(|named| named.name.clone()).collect(),
        };
        self.written = self.written.saturating_add(file::size_of_node(&node));
        if self.written > file::LARGEST {
            self.full = true;
            self.report(
                Diagnostic::new(
                    Code::TooManyRequirements,
                    span,
                    format!(
                        "with its rules written out, this programme takes more than {} MiB",
                        file::LARGEST >> 20
                    ),
                )
                .help("let rules call fewer other rules, or give rules that are called often shorter texts"),
            );
            return None;
        }
        self.nodes.push(node);
        self.places.push(place);
        self.spans.push((span, id));
        Some(id)
    }

    fn arguments(
        &mut self,
        arguments: &[crate::model::Expr],
        environment: &Environment,
        call: Span,
    ) -> Option<Vec<Argument>> {
        arguments
            .iter()
            .map(|argument| self.argument(argument, environment, call))
            .collect()
    }
}
