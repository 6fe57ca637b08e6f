//! Advice: `{found}`, `{needed}` and `{remaining}` are the live values there are.

use milepost_diagnostics::{Code, Diagnostic};
use milepost_syntax::tree::{
    CompetencyProperty, Form, Group, ItemKind, Measure, Requirement, RoleProperty,
};

use super::Subject;

/// The live values of advice.
const VALUES: [&str; 3] = ["found", "needed", "remaining"];

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for item in subject
        .files
        .files
        .iter()
        .flat_map(|loaded| &loaded.tree.items)
    {
        match &item.kind {
            ItemKind::Competency(competency) => {
                for property in &competency.properties {
                    if let CompetencyProperty::Requires(_, requirement) = property {
                        one(requirement, found);
                    }
                }
            }
            ItemKind::Role(role) => {
                for property in &role.properties {
                    match property {
                        RoleProperty::Eligible(_, requirement) => one(requirement, found),
                        RoleProperty::Preferred(_, items) => {
                            items.iter().for_each(|item| one(item, found))
                        }
                        _ => {}
                    }
                }
            }
            ItemKind::Rule(rule) => rule
                .requirements
                .iter()
                .for_each(|requirement| one(requirement, found)),
            _ => {}
        }
    }
}

fn one(requirement: &Requirement, found: &mut Vec<Diagnostic>) {
    if let Some(label) = &requirement.label {
        for advice in &label.advice {
            for value in values(&advice.text) {
                if !VALUES.contains(&value) {
                    found.push(
                        Diagnostic::new(
                            Code::UnknownAdviceValue,
                            advice.span,
                            format!("advice has no value `{{{value}}}`"),
                        )
                        .help("it has `{found}`, `{needed}` and `{remaining}`"),
                    );
                } else if !counts(&requirement.form) {
                    found.push(
                        Diagnostic::new(
                            Code::UnknownAdviceValue,
                            advice.span,
                            format!(
                                "`{{{value}}}` has no value here: this requirement counts nothing"
                            ),
                        )
                        .help(
                            "write the advice without it, or put it on the requirement that counts",
                        ),
                    );
                }
            }
        }
        if let [first, second, ..] = label.advice.as_slice() {
            found.push(
                Diagnostic::new(
                    Code::RepeatedProperty,
                    second.span,
                    "`advice` is given twice",
                )
                .label(first.span, "first given here")
                .help("keep one of them"),
            );
        }
    }
    if let Form::Group(_, _, children) = &requirement.form {
        children.iter().for_each(|child| one(child, found));
    }
}

/// What stands in braces.
fn values(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(value, _)| value))
}

/// Whether something is found and needed.
const fn counts(form: &Form) -> bool {
    match form {
        Form::Records(records) => !matches!(records.measure, Measure::No(_) | Measure::Every(_)),
        Form::Group(_, group, _) => matches!(group, Group::AtLeast(_) | Group::Points(..)),
        Form::Held(_) => true,
        // What a call or a malformed requirement counts shows elsewhere.
        Form::Missing | Form::Rule(..) => true,
        Form::Competency(_) | Form::Role(..) | Form::Condition(_) => false,
    }
}
