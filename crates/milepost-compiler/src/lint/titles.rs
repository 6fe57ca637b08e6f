//! Titles: two things that a reader cannot tell apart, and a thing whose title speaks of something else than its name.

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::plan::RoleId;

use super::Subject;
use crate::model::{Form, Named};
use crate::walk;

pub fn lint(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let model = subject.model;
    let kinds = || model.kinds.iter().map(|kind| &kind.named);
    let competencies = model.competencies.iter().filter(|it| !it.elsewhere);
    let competencies = || competencies.clone().map(|it| &it.named);
    let roles = || model.roles.iter().map(|role| &role.named);
    same(kinds(), found);
    same(competencies(), found);
    same(roles(), found);
    for role in (0u32..).map(RoleId).take(model.roles.len()) {
        same(model.stages_of(role).map(|(_, stage)| &stage.named), found);
    }
    walk::requirements(model, &mut |requirement| {
        if let Form::Group(_, _, children) = &requirement.form {
            let labels = children.iter().filter_map(|child| child.label.as_ref());
            same(labels.map(|label| &label.named), found);
        }
    });
    // Labels and stages are named for what they are, and titled in the words of the policy.
    for named in kinds() {
        apart(named, "name it after its title, or mend the title", found);
    }
    for named in competencies().chain(roles()) {
        let help = "name it after its title, and keep the old name with `formerly` where records use it; or mend the title";
        apart(named, help, found);
    }
}

/// Things beside each other with the same title.
fn same<'m>(all: impl Iterator<Item = &'m Named>, found: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    for named in all {
        let Some(title) = named.title.as_deref() else {
            continue;
        };
        match first.get(title) {
            None => drop(first.insert(title, named.span)),
            Some(&other) => found.push(
                Diagnostic::new(
                    Code::SameTitle,
                    named.span,
                    format!("another title is `{title}` as well"),
                )
                .label(other, "the other one is here")
                .help("give each a title that tells it from the other"),
            ),
        }
    }
}

/// A title that has no word in common with the name.
fn apart(named: &Named, help: &str, found: &mut Vec<Diagnostic>) {
    let Some(title) = named.title.as_deref() else {
        return;
    };
    // Behind an alias stands the name; and what is not English cannot be compared with it.
    let name = named.name.rsplit('.').next().unwrap_or_default();
    if !title.is_ascii() || related(name, &title.to_ascii_lowercase()) {
        return;
    }
    found.push(
        Diagnostic::new(
            Code::TitleDrift,
            named.span,
            format!("`{name}` and its title have no word in common"),
        )
        .here(format!("the title is `{title}`"))
        .help(help),
    );
}

/// How many letters at the beginning make two words of one stem.
const STEM: usize = 3;

fn related(name: &str, title: &str) -> bool {
    let words: Vec<&str> = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let stem = |one: &str, other: &str| {
        let alike = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b);
        alike.count() >= STEM.min(one.len()).min(other.len())
    };
    // Short for it: its letters stand in the title in their order, the first one at the beginning of a word.
    let short = |part: &str| {
        let mut letters = part.bytes().peekable();
        let first = words
            .iter()
            .position(|word| word.bytes().next() == letters.peek().copied());
        for letter in words
            .iter()
            .skip(first.unwrap_or(words.len()))
            .flat_map(|word| word.bytes())
        {
            letters.next_if_eq(&letter);
        }
        letters.peek().is_none()
    };
    let mut parts = name.split('_').filter(|part| !part.is_empty());
    parts.any(|part| short(part) || words.iter().any(|word| stem(part, word)))
}
