//! Properties given twice, and those that may not be missing.

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_syntax::tree::{CompetencyProperty, ItemKind, PathwayProperty, RoleProperty};

use super::Subject;

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for item in subject
        .files
        .files
        .iter()
        .flat_map(|loaded| &loaded.tree.items)
    {
        match &item.kind {
            ItemKind::Pathway(pathway) => once(
                pathway
                    .properties
                    .iter()
                    .filter_map(|property| match property {
                        PathwayProperty::Publisher(text) => Some(("publisher", text.span)),
                        PathwayProperty::Version(text) => Some(("version", text.span)),
                        PathwayProperty::Effective(span, ..) => Some(("effective", *span)),
                        PathwayProperty::SchoolYear(day) => Some(("school year starts", day.span)),
                        PathwayProperty::Replaces(path) => Some(("replaces", path.span)),
                        PathwayProperty::Transition(_) => None,
                    }),
                found,
            ),
            ItemKind::Competency(competency) => once(
                competency
                    .properties
                    .iter()
                    .filter_map(|property| match property {
                        CompetencyProperty::About(text) => Some(("about", text.span)),
                        CompetencyProperty::Aligned(_) => None,
                        CompetencyProperty::Requires(span, _) => Some(("requires", *span)),
                        CompetencyProperty::Awards(title, _) => Some(("awards", title.span)),
                    }),
                found,
            ),
            ItemKind::Role(role) => {
                once(
                    role.properties
                        .iter()
                        .filter_map(|property| match property {
                            RoleProperty::About(text) => Some(("about", text.span)),
                            RoleProperty::Incentive(_) | RoleProperty::Stage(_) => None,
                            RoleProperty::Stays(span) => Some(("once reached stays", *span)),
                            RoleProperty::Eligible(span, _) => Some(("eligible when", *span)),
                            RoleProperty::Preferred(span, _) => Some(("preferred", *span)),
                        }),
                    found,
                );
                let eligible = role
                    .properties
                    .iter()
                    .any(|property| matches!(property, RoleProperty::Eligible(..)));
                if !eligible && !subject.unread(item.span) {
                    found.push(
                        Diagnostic::new(
                            Code::EmptyBlock,
                            role.name.span,
                            format!("role `{}` does not say who is eligible", role.name.text),
                        )
                        .help("add `eligible when` and a requirement"),
                    );
                }
            }
            _ => {}
        }
    }
}

fn once(properties: impl Iterator<Item = (&'static str, Span)>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for (name, span) in properties {
        if let Some(first) = seen.get(name) {
            let help = match name {
                "requires" | "eligible when" => {
                    "keep one, and join the requirements by `all of { … }`"
                }
                "preferred" => "keep one, and put everything preferred into it",
                _ => "keep one of them",
            };
            found.push(
                Diagnostic::new(
                    Code::RepeatedProperty,
                    span,
                    format!("`{name}` is given twice"),
                )
                .label(*first, "first given here")
                .help(help),
            );
        } else {
            seen.insert(name, span);
        }
    }
}
