//! The names of a plan, by which records and outcomes tell things apart: its declarations in, nothing or what is no name, or
//! the name of two things, out.

use super::{Checked, PlanError};
use crate::order;
use crate::plan::{Entry, Field, Parts, RoleId, Type, addresses};

/// What every record of evidence has besides its own fields.
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

/// Bytes of all former addresses.
const FORMER: usize = 16 << 20;

/// Everything has a name of its own.
pub(super) fn names(parts: &Parts) -> Checked {
    named(&parts.programme.name, "a programme")?;
    let scales = parts.scales.iter().map(|scale| &scale.entry);
    let rubrics = parts.rubrics.iter().map(|rubric| &rubric.entry);
    own(&mut scales.chain(rubrics), "a scale or a rubric")?;
    own(&mut parts.kinds.iter().map(|kind| &kind.entry), "a kind")?;
    let competencies = parts.competencies.iter().map(|it| &it.entry);
    let roles = parts.roles.iter().map(|role| &role.entry);
    own(&mut competencies.chain(roles), "a competency or a role")?;
    own(&mut parts.measures.iter().map(|it| &it.entry), "a measure")?;
    for scale in &parts.scales {
        own(&mut scale.levels.iter().map(|it| &it.entry), "a level")?;
    }
    for rubric in &parts.rubrics {
        own(&mut rubric.criteria.iter(), "a criterion")?;
    }
    let eligible = Entry {
        name: "eligible".to_owned(),
        title: None,
    };
    for id in (0u32..).map(RoleId).take(parts.roles.len()) {
        let names = parts.stages_of(id).map(|(_, stage)| &stage.entry);
        own(&mut names.chain([&eligible]), "a stage")?;
    }
    fields(&parts.facts, "a fact")?;
    for kind in &parts.kinds {
        fields(&kind.fields, "a field")?;
        let mut names = kind.fields.iter().map(|field| field.entry.name.as_str());
        if names.any(|name| BUILT_IN.contains(&name)) {
            return Err(PlanError::Name("a field that every record has"));
        }
    }
    let addresses = parts.nodes.iter().map(|node| node.address.as_str());
    apart(addresses.collect(), "a requirement")?;
    former(parts)
}

/// What was called differently before was called by a name that nothing else has, then or now.
fn former(parts: &Parts) -> Checked {
    let what = "a former name";
    let competencies = parts.competencies.iter();
    let competencies = competencies.map(|it| (&it.entry.name, &it.formerly));
    let roles = parts.roles.iter().map(|it| (&it.entry.name, &it.formerly));
    let nodes = parts.nodes.iter().map(|it| (&it.address, &it.formerly));
    let mut bytes = 0usize;
    let mut present: Vec<&str> = Vec::new();
    for (now, formerly) in competencies.chain(roles).chain(nodes) {
        present.push(now);
        for old in formerly {
            named(old, what)?;
            bytes = bytes.saturating_add(now.len()).saturating_add(old.len());
        }
    }
    if bytes > FORMER {
        return Err(PlanError::TooMany("former names"));
    }
    if bytes == 0 {
        return Ok(());
    }
    let mut former = addresses::former(parts);
    order::sort(&mut former);
    let twice = |pair: &[(String, String)]| matches!(pair, [(one, _), (other, _)] if one == other);
    order::sort(&mut present);
    let taken = |old: &(String, String)| present.binary_search(&old.0.as_str()).is_ok();
    if former.windows(2).any(twice) || former.iter().any(taken) {
        return Err(PlanError::Name(what));
    }
    Ok(())
}

fn fields(fields: &[Field], what: &'static str) -> Checked {
    own(&mut fields.iter().map(|field| &field.entry), what)?;
    for field in fields {
        let ty = match &field.ty {
            Type::List(item) => item,
            ty => ty,
        };
        if let Type::Choice(choices) = ty {
            own(&mut choices.iter(), "a choice")?;
        }
    }
    Ok(())
}

/// Each is called by a name, and no two by the same.
fn own(entries: &mut dyn Iterator<Item = &Entry>, what: &'static str) -> Checked {
    let names: Vec<&str> = entries.map(|entry| entry.name.as_str()).collect();
    for name in &names {
        named(name, what)?;
    }
    apart(names, what)
}

/// A small letter, then small letters, digits and `_`; before it, with a point, the alias of the file it comes from.
pub(super) fn named(name: &str, what: &'static str) -> Checked {
    let word = |word: &str| {
        word.starts_with(|letter: char| letter.is_ascii_lowercase())
            && word
                .chars()
                .all(|letter| matches!(letter, 'a'..='z' | '0'..='9' | '_'))
    };
    if name.split('.').all(word) {
        Ok(())
    } else {
        Err(PlanError::Name(what))
    }
}

fn apart(mut names: Vec<&str>, what: &'static str) -> Checked {
    order::sort(&mut names);
    let none = names.first() == Some(&"");
    let twice = names.windows(2).any(|pair| pair.first() == pair.last());
    if none || twice {
        return Err(PlanError::Name(what));
    }
    Ok(())
}
