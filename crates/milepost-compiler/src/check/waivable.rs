//! What can be waived: it says so once, each authority stands once, and nothing of it lies under `none of`, where a waiver would
//! count against the candidate.

use std::collections::{BTreeMap, BTreeSet};

use milepost_diagnostics::{Code, Diagnostic, Span};

use super::Subject;
use crate::model::{Form, Group, Requirement, RuleId, Waivable};
use crate::walk;

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let model = subject.model;
    walk::requirements(model, &mut |requirement| {
        if let Some(label) = &requirement.label {
            once(&label.waivable, found);
        }
    });
    // What a rule requires lies under `none of` if something there calls it.
    let mut known: BTreeSet<RuleId> = BTreeSet::new();
    let mut open: Vec<(&Requirement, Option<Span>)> =
        walk::roots(model).map(|root| (root, None)).collect();
    while let Some((requirement, none)) = open.pop() {
        if let (Some(none), Some(label)) = (none, &requirement.label) {
            found.extend(label.waivable.iter().map(|it| forbidden(it, none)));
        }
        match &requirement.form {
            Form::Group(words, group, children) => {
                let none = match group {
                    Group::None => Some(*words),
                    _ => none,
                };
                open.extend(children.iter().map(|child| (child, none)));
            }
            Form::Call(rule, _) if none.is_some() && known.insert(*rule) => {
                open.extend(model.rule(*rule).map(|rule| (&rule.requirement, none)));
            }
            _ => {}
        }
    }
}

fn forbidden(waivable: &Waivable, none: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NotWaivable,
        waivable.span,
        "what lies under `none of` cannot be waived",
    )
    .label(none, "a waiver would count against the candidate here")
    .help("let the whole of `none of { … }` be waived: give it a label, and write `waivable by` there")
}

/// A requirement says once who may waive it, and names each authority once.
fn once(all: &[Waivable], found: &mut Vec<Diagnostic>) {
    if let [first, second, ..] = all {
        found.push(
            Diagnostic::new(
                Code::RepeatedProperty,
                second.span,
                "`waivable by` is given twice",
            )
            .label(first.span, "first given here")
            .help("keep one, and join the authorities by `or`"),
        );
    }
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for authority in all.iter().flat_map(|waivable| &waivable.authorities) {
        if let Some(first) = seen.insert(&authority.name, authority.span) {
            found.push(
                Diagnostic::new(
                    Code::DuplicateName,
                    authority.span,
                    format!("the authority `{}` is given twice", authority.name),
                )
                .label(first, "first given here")
                .help("keep one of them"),
            );
        }
    }
}
