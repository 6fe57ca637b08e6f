//! An authority that may waive something, and that appears nowhere else although the programme has scenarios: nobody has ever
//! acted as it, so it may be misspelt.

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, Span};

use super::Subject;
use crate::walk;

pub fn lint(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let model = subject.model;
    if model.scenarios.is_empty() {
        return;
    }
    let mut named: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    walk::requirements(model, &mut |requirement| {
        let label = requirement.label.iter();
        for waivable in label.flat_map(|label| &label.waivable) {
            for authority in &waivable.authorities {
                named
                    .entry(&authority.name)
                    .or_default()
                    .push(authority.span);
            }
        }
    });
    let waivers = model.scenarios.iter().flat_map(|it| &it.record.waivers);
    for waiver in waivers {
        named.remove(waiver.authority.as_str());
    }
    let choices = model.choices.iter().flatten();
    let roles = model.roles.iter().map(|role| &role.named);
    let stages = model.stages.iter().map(|stage| &stage.named);
    for other in choices.chain(roles).chain(stages) {
        named.remove(other.name.as_str());
    }
    for (name, places) in named {
        if let [only] = places.as_slice()
            && only.file == Subject::MAIN
        {
            found.push(
                Diagnostic::new(
                    Code::UnknownAuthority,
                    *only,
                    format!("`{name}` appears nowhere else in the programme"),
                )
                .help("write it as records do, and show in a scenario what a waiver by it does"),
            );
        }
    }
}
