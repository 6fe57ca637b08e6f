//! Dependency order: competencies and roles, each after those its requirement refers to.

use std::collections::BTreeSet;

use milepost_engine::plan::{CompetencyId, RoleId};

use crate::model::{Form, Model, Requirement, RuleId, Subject};

/// Every competency and role, each after those it depends on; in the order written otherwise.
pub fn in_dependency_order(model: &Model) -> Vec<Subject> {
    let of_rules = rule_references(model);
    let mut order = Vec::new();
    let mut done: BTreeSet<Subject> = BTreeSet::new();
    for subject in subjects(model) {
        let mut open = vec![(subject, false)];
        while let Some((subject, ready)) = open.pop() {
            if ready {
                if done.insert(subject) {
                    order.push(subject);
                }
            } else if !done.contains(&subject) {
                open.push((subject, true));
                let mut found = BTreeSet::new();
                for requirement in roots(model, subject) {
                    references(requirement, &of_rules, &mut found);
                }
                open.extend(
                    found
                        .into_iter()
                        .rev()
                        .filter(|found| !done.contains(found))
                        .map(|found| (found, false)),
                );
            }
        }
    }
    order
}

/// Every competency, then every role.
pub fn subjects(model: &Model) -> impl Iterator<Item = Subject> {
    let competencies = (0u32..)
        .zip(&model.competencies)
        .map(|(id, _)| Subject::Competency(CompetencyId(id)));
    competencies.chain(
        (0u32..)
            .zip(&model.roles)
            .map(|(id, _)| Subject::Role(RoleId(id))),
    )
}

/// The requirements of a competency or a role.
pub fn roots(model: &Model, subject: Subject) -> Vec<&Requirement> {
    match subject {
        Subject::Competency(id) => model
            .competency(id)
            .and_then(|competency| competency.requires.as_ref())
            .into_iter()
            .collect(),
        Subject::Role(id) => model.requirements_of(id).collect(),
    }
}

/// What each rule refers to, the rules it calls included.
fn rule_references(model: &Model) -> Vec<BTreeSet<Subject>> {
    let mut found: Vec<BTreeSet<Subject>> = vec![BTreeSet::new(); model.rules.len()];
    let mut open: Vec<(usize, bool)> = (0..model.rules.len())
        .rev()
        .map(|rule| (rule, false))
        .collect();
    let mut done = BTreeSet::new();
    while let Some((rule, ready)) = open.pop() {
        let Some(requirement) = model.rules.get(rule).map(|rule| &rule.requirement) else {
            continue;
        };
        if ready {
            let mut own = BTreeSet::new();
            references(requirement, &found, &mut own);
            if let Some(slot) = found.get_mut(rule) {
                *slot = own;
            }
        } else if done.insert(rule) {
            open.push((rule, true));
            let mut called = Vec::new();
            calls(requirement, &mut called);
            open.extend(
                called
                    .into_iter()
                    .map(|RuleId(rule)| (rule as usize, false)),
            );
        }
    }
    found
}

fn references(
    requirement: &Requirement,
    of_rules: &[BTreeSet<Subject>],
    found: &mut BTreeSet<Subject>,
) {
    match &requirement.form {
        Form::Group(_, _, children) => {
            for child in children {
                references(child, of_rules, found);
            }
        }
        Form::Competency(id) => {
            found.insert(Subject::Competency(*id));
        }
        Form::Role(id, _) => {
            found.insert(Subject::Role(*id));
        }
        Form::Call(rule, _) => found.extend(of_rules.get(rule.0 as usize).into_iter().flatten()),
        Form::Invalid | Form::Records(_) | Form::Condition(_) | Form::Held(_) => {}
    }
}

/// The rules a requirement calls.
pub fn calls(requirement: &Requirement, found: &mut Vec<RuleId>) {
    match &requirement.form {
        Form::Group(_, _, children) => {
            for child in children {
                calls(child, found);
            }
        }
        Form::Call(rule, _) => found.push(*rule),
        _ => {}
    }
}
