//! Former names: each is given once, and nothing else is called so, now or then. Those of requirements show when rules are
//! written out.

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, Span};

use super::Subject;
use crate::model::Named;
use crate::walk;

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let model = subject.model;
    walk::requirements(model, &mut |requirement| {
        if let Some(label) = &requirement.label {
            once(&label.formerly, found);
        }
    });
    let competencies = model.competencies.iter();
    let competencies = competencies.map(|it| (&it.named, &it.formerly));
    let roles = model.roles.iter().map(|it| (&it.named, &it.formerly));
    let posts = || competencies.clone().chain(roles.clone());
    let present: BTreeMap<&str, Span> = posts()
        .map(|(now, _)| (now.name.as_str(), now.span))
        .collect();
    let mut former: BTreeMap<&str, (&Named, Span)> = BTreeMap::new();
    for (now, formerly) in posts() {
        once(formerly, found);
        for old in formerly {
            if let Some(taken) = present.get(old.name.as_str()) {
                found.push(
                    Diagnostic::new(
                        Code::FormerNameClash,
                        old.span,
                        format!("`{}` is also a present name", old.name),
                    )
                    .label(*taken, "it is declared here")
                    .help("give the new one another name, so that old records do not reach it"),
                );
            }
            let (other, first) = *former.entry(&old.name).or_insert((now, old.span));
            if other.span != now.span {
                found.push(
                    Diagnostic::new(
                        Code::FormerNameClash,
                        old.span,
                        format!(
                            "`{}` and `{}` were both called `{}` before",
                            other.name, now.name, old.name
                        ),
                    )
                    .label(first, "the other one is here")
                    .help("keep it where records of that name belong"),
                );
            }
        }
    }
}

/// Within one declaration or label each name stands once.
fn once(formerly: &[Named], found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for old in formerly {
        if let Some(first) = seen.insert(&old.name, old.span) {
            found.push(
                Diagnostic::new(
                    Code::DuplicateName,
                    old.span,
                    format!("the former name `{}` is given twice", old.name),
                )
                .label(first, "first given here")
                .help("keep one of them"),
            );
        }
    }
}
