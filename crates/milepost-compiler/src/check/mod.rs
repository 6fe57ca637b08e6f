//! Checks: the files and the resolved model in, what is wrong or doubtful out. One check, one file.

mod advice;
mod alternatives;
mod conditions;
mod cut_scores;
mod cycles;
mod duplicates;
mod former_names;
mod levels;
mod look_alikes;
mod pathway;
mod properties;
mod reuse;
mod scenarios;
mod school_year;
mod stages;
mod this;
mod unused;
mod waivable;
mod windows;

use milepost_diagnostics::{Diagnostic, Span};

use crate::load::Files;
use crate::model::Model;
use crate::scope::Scopes;

/// What a check looks at.
pub struct Subject<'a> {
    /// The files.
    pub files: &'a Files,
    /// What each file sees.
    pub scopes: &'a Scopes,
    /// What they mean.
    pub model: &'a Model,
}

impl Subject<'_> {
    /// Whether something in a stretch could not be read: what is said to be missing there may only have been lost.
    fn unread(&self, stretch: Span) -> bool {
        let wrong = self.files.diagnostics.iter().filter_map(Diagnostic::span);
        wrong.into_iter().any(|span| {
            span.file == stretch.file && span.start <= stretch.end && stretch.start <= span.end
        })
    }
}

/// Every check, in the order they run.
const CHECKS: [fn(&Subject<'_>, &mut Vec<Diagnostic>); 19] = [
    pathway::check,
    duplicates::check,
    properties::check,
    look_alikes::check,
    former_names::check,
    levels::check,
    cut_scores::check,
    cycles::check,
    this::check,
    alternatives::check,
    reuse::check,
    conditions::check,
    windows::check,
    school_year::check,
    stages::check,
    advice::check,
    waivable::check,
    scenarios::check,
    unused::check,
];

/// Runs every check.
pub fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for check in CHECKS {
        check(subject, &mut found);
    }
    found
}
