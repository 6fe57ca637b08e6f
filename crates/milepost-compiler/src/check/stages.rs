//! Stages of a role: each by a name of its own, which no requirement of the role has, and not too many.

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_syntax::tree::{Form, ItemKind, Name, Requirement, Role, RoleProperty};

use super::Subject;

/// The most stages of a role; a plan has no more.
const STAGES: usize = 32;

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let files = subject.files.files.iter();
    for item in files.flat_map(|loaded| &loaded.tree.items) {
        if let ItemKind::Role(role) = &item.kind {
            of_role(role, found);
        }
    }
}

fn of_role(role: &Role, found: &mut Vec<Diagnostic>) {
    let stages = role
        .properties
        .iter()
        .filter_map(|property| match property {
            RoleProperty::Stage(stage) => Some(&stage.name),
            _ => None,
        });
    let stages: Vec<&Name> = stages.collect();
    if stages.is_empty() {
        return;
    }
    let mut labels = BTreeMap::new();
    for property in &role.properties {
        match property {
            RoleProperty::Eligible(_, requirement) => note(requirement, &mut labels),
            RoleProperty::Preferred(_, items) => {
                for requirement in items {
                    note(requirement, &mut labels);
                }
            }
            _ => {}
        }
    }
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for name in &stages {
        if name.text == "eligible" {
            found.push(
                Diagnostic::new(
                    Code::ReservedWord,
                    name.span,
                    "`eligible` cannot be declared: it is the first stage of every role",
                )
                .help("choose another name"),
            );
        } else if let Some(first) = seen.get(name.text.as_str()) {
            let message = format!("stage `{}` is declared twice", name.text);
            found.push(
                Diagnostic::new(Code::DuplicateName, name.span, message)
                    .label(*first, "first declared here")
                    .help("rename one of them, or remove it"),
            );
        } else if let Some(label) = labels.get(name.text.as_str()) {
            let message = format!("`{}` is a stage and a requirement of this role", name.text);
            found.push(
                Diagnostic::new(Code::DuplicateName, name.span, message)
                    .label(*label, "the requirement is here")
                    .help("rename one of them: results and scenarios call both by this name"),
            );
        }
        seen.entry(&name.text).or_insert(name.span);
    }
    if let Some(name) = stages.get(STAGES) {
        let message = format!("a role has at most {STAGES} stages");
        found.push(
            Diagnostic::new(Code::TooManyRequirements, name.span, message)
                .help("make roles of their own of some of them"),
        );
    }
}

/// The labels that stand in no labelled requirement; their addresses begin as those of stages do.
fn note<'t>(requirement: &'t Requirement, labels: &mut BTreeMap<&'t str, Span>) {
    if let Some(label) = &requirement.label {
        labels.entry(&label.name.text).or_insert(label.name.span);
    } else if let Form::Group(_, _, children) = &requirement.form {
        for child in children {
            note(child, labels);
        }
    }
}
