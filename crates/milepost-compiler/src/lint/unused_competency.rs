//! A competency of a programme that no role leads to: people work for it, and it opens nothing.

use std::collections::BTreeSet;

use milepost_diagnostics::{Code, Diagnostic};
use milepost_engine::plan::RoleId;

use super::Subject;
use crate::model::{self, Form, Model, Requirement};
use crate::walk;

pub fn lint(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let model = subject.model;
    // Without roles the credentials themselves are what it is about.
    if model.header.is_none() || model.roles.is_empty() {
        return;
    }
    let used = reached(model);
    for (place, competency) in model.competencies.iter().enumerate() {
        let named = &competency.named;
        if competency.elsewhere
            || named.span.file != Subject::MAIN
            || used.contains(&Reached::Competency(place))
        {
            continue;
        }
        found.push(
            Diagnostic::new(
                Code::UnusedCompetency,
                named.span,
                format!("no role uses competency `{}`", named.name),
            )
            .help("ask for it in a role, or remove it"),
        );
    }
}

/// Something that is used, by its place in the model.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reached {
    /// A competency.
    Competency(usize),
    /// A rule.
    Rule(usize),
}

/// The competencies that roles, what they prefer and measures lead to, however many steps away.
pub fn reached(model: &Model) -> BTreeSet<Reached> {
    let roles = (0u32..).map(RoleId).take(model.roles.len());
    let roles = roles.flat_map(|role| model.requirements_of(role));
    let measures = model
        .measures
        .iter()
        .flat_map(model::CohortMeasure::requirements);
    let mut open: Vec<&Requirement> = roles.chain(measures).collect();
    let mut reached = BTreeSet::new();
    while let Some(root) = open.pop() {
        walk::below(root, &mut |requirement| {
            let next = match &requirement.form {
                Form::Competency(id) if reached.insert(Reached::Competency(id.index())) => {
                    let competency = model.competency(*id);
                    competency.and_then(|it| it.requires.as_ref())
                }
                Form::Call(rule, _) if reached.insert(Reached::Rule(rule.0 as usize)) => {
                    model.rule(*rule).map(|rule| &rule.requirement)
                }
                // Evidence for a competency makes the record of it a part of the role.
                Form::Records(records) => {
                    if let Some((model::Target::Competency(id), _)) = &records.target {
                        reached.insert(Reached::Competency(id.index()));
                    }
                    None
                }
                _ => None,
            };
            open.extend(next);
        });
    }
    reached
}
