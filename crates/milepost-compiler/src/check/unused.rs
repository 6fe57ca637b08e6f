//! Kinds of evidence, rules and parameters that nothing uses. In a part, only parameters can be told.

use std::collections::BTreeSet;

use milepost_diagnostics::{Code, Diagnostic};

use super::Subject;
use crate::model::{ExprKind, Form};
use crate::walk;

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let model = subject.model;
    let mut kinds = BTreeSet::new();
    let mut rules = BTreeSet::new();
    walk::requirements(model, &mut |requirement| match &requirement.form {
        Form::Records(records) => {
            kinds.insert(records.kind.index());
        }
        Form::Call(rule, _) => {
            rules.insert(rule.0 as usize);
        }
        _ => {}
    });
    let main = subject.files.files.last().map(|file| file.id);
    if model.header.is_some() && !unsound(subject) {
        let mut names = BTreeSet::new();
        for (place, kind) in model.kinds.iter().enumerate() {
            // The second of a name has been reported as that.
            if !names.insert(&kind.named.name) {
                continue;
            }
            if !kinds.contains(&place) && Some(kind.named.span.file) == main {
                found.push(
                    Diagnostic::new(
                        Code::UnusedEvidence,
                        kind.named.span,
                        format!("nothing asks for `{}`", kind.named.name),
                    )
                    .help("ask for it in a requirement, or remove it"),
                );
            }
        }
        names.clear();
        for (place, rule) in model.rules.iter().enumerate() {
            if !names.insert(&rule.named.name) {
                continue;
            }
            if !rules.contains(&place) && Some(rule.named.span.file) == main {
                found.push(
                    Diagnostic::new(
                        Code::UnusedRule,
                        rule.named.span,
                        format!("nothing calls rule `{}`", rule.named.name),
                    )
                    .help("call it with `rule NAME(…)`, or remove it"),
                );
            }
        }
    }
    for rule in &model.rules {
        let mut used = BTreeSet::new();
        // Where a brace was lost the rule may end too early.
        let file = rule.named.span.file;
        let wrong = subject.files.diagnostics.iter();
        let mut wrong = wrong.filter_map(Diagnostic::span);
        let mut sound = !wrong.any(|span| span.file == file);
        walk::below(&rule.requirement, &mut |inner| {
            sound &= !matches!(inner.form, Form::Invalid);
            walk::expressions(inner, &mut |whole| {
                walk::parts(whole, &mut |expr| match expr.kind {
                    ExprKind::Parameter(place) => {
                        used.insert(place);
                    }
                    ExprKind::Invalid => sound = false,
                    _ => {}
                });
            });
        });
        for (place, (parameter, _)) in (0u32..).zip(&rule.parameters) {
            if sound && !used.contains(&place) {
                found.push(
                    Diagnostic::new(
                        Code::UnusedParameter,
                        parameter.span,
                        format!(
                            "rule `{}` does not use its parameter `{}`",
                            rule.named.name, parameter.name
                        ),
                    )
                    .help("use it in the rule, or remove it here and from the calls"),
                );
            }
        }
    }
}

/// Whether a requirement could not be understood: then nothing can be said of what it uses.
fn unsound(subject: &Subject<'_>) -> bool {
    let mut unsound = !subject.files.diagnostics.is_empty();
    walk::requirements(subject.model, &mut |requirement| {
        unsound |= matches!(requirement.form, Form::Invalid)
    });
    unsound
}
