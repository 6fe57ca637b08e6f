//! Names that a reader cannot tell apart: `level_1` and `level_l`, `modern` and `modem`.

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, Span};

use super::Subject;
use crate::model::Named;

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let model = subject.model;
    among(model.facts.iter().map(|fact| &fact.named), found);
    among(model.kinds.iter().map(|kind| &kind.named), found);
    among(model.rules.iter().map(|rule| &rule.named), found);
    among(model.measures.iter().map(|measure| &measure.named), found);
    let types = model.scales.iter().map(|scale| &scale.named);
    among(
        types.chain(model.rubrics.iter().map(|rubric| &rubric.named)),
        found,
    );
    let posts = model
        .competencies
        .iter()
        .map(|competency| &competency.named);
    among(
        posts.chain(model.roles.iter().map(|role| &role.named)),
        found,
    );
    for kind in &model.kinds {
        among(kind.fields.iter().map(|field| &field.named), found);
    }
    for scale in &model.scales {
        among(scale.levels.iter().map(|(level, _)| level), found);
    }
    for rubric in &model.rubrics {
        among(rubric.criteria.iter(), found);
    }
    for choices in &model.choices {
        among(choices.iter(), found);
    }
}

fn among<'m>(names: impl Iterator<Item = &'m Named>, found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    for named in names {
        match seen.get(&shape(&named.name)) {
            Some((other, span)) if *other != named.name => found.push(
                Diagnostic::new(
                    Code::LookAlikeName,
                    named.span,
                    format!("`{}` looks like `{other}`", named.name),
                )
                .label(*span, format!("`{other}` is declared here"))
                .help("choose names that a reader can tell apart"),
            ),
            Some(_) => {}
            None => {
                seen.insert(shape(&named.name), (&named.name, named.span));
            }
        }
    }
}

/// What a name looks like. Names are made of small letters, digits and `_`, so a few pairs are all there is.
fn shape(name: &str) -> String {
    name.replace("rn", "m")
        .replace("vv", "w")
        .replace("cl", "d")
        .replace('1', "l")
        .replace('0', "o")
        .replace("__", "_")
}
