//! Names declared twice: declarations that see each other, and what stands inside one of them.

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_syntax::tree::{Entry, Field, ItemKind, Name, TypeKind};

use super::Subject;
use crate::scope::{Space, declared};

/// The fields every record has.
const BUILT_IN: [&str; 9] = [
    "id",
    "kind",
    "date",
    "status",
    "for",
    "expires",
    "submitted",
    "decided",
    "suspended",
];
/// The words of types, which no scale or rubric can be called by.
const TYPE_WORDS: [&str; 7] = ["number", "whole", "date", "text", "yes", "list", "one"];

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    declarations(subject, found);
    let mut facts: BTreeMap<&str, Span> = BTreeMap::new();
    for loaded in &subject.files.files {
        let mut aliases: BTreeMap<&str, Span> = BTreeMap::new();
        for item in &loaded.tree.items {
            match &item.kind {
                ItemKind::Use(used) => {
                    if let Some(alias) = &used.alias {
                        note(&mut aliases, alias, "alias", found);
                    }
                }
                ItemKind::Scale(scale) => {
                    inside(scale.levels.iter().map(|level| &level.name), "level", found)
                }
                ItemKind::Rubric(rubric) => {
                    inside(
                        rubric.criteria.iter().map(|criterion| &criterion.name),
                        "criterion",
                        found,
                    );
                }
                ItemKind::Candidate(candidate) => {
                    for fact in &candidate.facts {
                        note(&mut facts, &fact.name, "fact", found);
                        choices(fact, found);
                    }
                }
                ItemKind::Evidence(kind) => {
                    inside(kind.fields.iter().map(|field| &field.name), "field", found);
                    for field in &kind.fields {
                        choices(field, found);
                        if BUILT_IN.contains(&field.name.text.as_str()) {
                            reserved(&field.name, "every record has it already", found);
                        }
                    }
                }
                ItemKind::Rule(rule) => {
                    inside(
                        rule.parameters.iter().map(|parameter| &parameter.name),
                        "parameter",
                        found,
                    );
                }
                _ => {}
            }
            if let Some((Space::Types, name, span)) = declared(item)
                && TYPE_WORDS.contains(&name)
            {
                reserved(
                    &Name {
                        text: name.to_owned(),
                        span,
                    },
                    "it is the word for a type",
                    found,
                );
            }
        }
    }
}

fn declarations(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for group in subject.scopes.groups() {
        let mut names: BTreeMap<(Space, &str), Span> = BTreeMap::new();
        for loaded in group
            .iter()
            .rev()
            .filter_map(|&file| subject.files.files.get(file))
        {
            for item in &loaded.tree.items {
                if let Some((space, name, span)) = declared(item) {
                    if let Some(first) = names.get(&(space, name)) {
                        let what = match space {
                            Space::Types => "scales and rubrics",
                            Space::Kinds => "kinds of evidence",
                            Space::Posts => "competencies and roles",
                            Space::Rules => "rules",
                            Space::Measures => "measures",
                        };
                        let mut problem = Diagnostic::new(
                            Code::DuplicateName,
                            span,
                            format!("`{name}` is declared twice"),
                        )
                        .label(*first, "first declared here");
                        problem = if first.file == span.file {
                            problem.help(format!("{what} need names of their own"))
                        } else {
                            problem.help(
                                "rename one, or keep the files apart with `use \"…\" as NAME`",
                            )
                        };
                        found.push(problem);
                    } else {
                        names.insert((space, name), span);
                    }
                }
            }
        }
    }
}

fn inside<'t>(names: impl Iterator<Item = &'t Name>, what: &str, found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeMap::new();
    for name in names {
        note(&mut seen, name, what, found);
    }
}

fn note<'t>(
    seen: &mut BTreeMap<&'t str, Span>,
    name: &'t Name,
    what: &str,
    found: &mut Vec<Diagnostic>,
) {
    if let Some(first) = seen.get(name.text.as_str()) {
        found.push(
            Diagnostic::new(
                Code::DuplicateName,
                name.span,
                format!("{what} `{}` is declared twice", name.text),
            )
            .label(*first, "first declared here")
            .help("rename one of them, or remove it"),
        );
    } else {
        seen.insert(&name.text, name.span);
    }
}

fn choices(field: &Field, found: &mut Vec<Diagnostic>) {
    let mut ty = &field.ty;
    while let TypeKind::List(item) = &ty.kind {
        ty = item;
    }
    if let TypeKind::OneOf(choices) = &ty.kind {
        inside(
            choices.iter().map(|Entry { name, .. }| name),
            "choice",
            found,
        );
    }
}

fn reserved(name: &Name, why: &str, found: &mut Vec<Diagnostic>) {
    found.push(
        Diagnostic::new(
            Code::ReservedWord,
            name.span,
            format!("`{}` cannot be declared: {why}", name.text),
        )
        .help("choose another name"),
    );
}
