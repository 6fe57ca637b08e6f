//! Lints: a programme that can be evaluated in, what is worth a second look out. One lint, one file.
//!
//! Nothing here says that a programme is wrong, only that it is hardly what was meant; so a lint keeps silent where it is
//! not sure. What of it is reported, and how, the notes in the files and the [`Levels`] decide.

mod authority;
mod expectations;
mod fixed_date;
mod keys;
mod notes;
mod short_credential;
mod subsumed;
mod titles;
mod too_much;
mod unused_competency;

use milepost_diagnostics::{Diagnostic, FileId, Levels, Severity, Sources};

use crate::model::Model;
use notes::Notes;

/// What a lint looks at: a programme without errors, or a part of one.
pub struct Subject<'a> {
    /// Its texts; the main file is the first.
    pub sources: &'a Sources,
    /// What they mean.
    pub model: &'a Model,
}

impl Subject<'_> {
    /// The main file: what stands in another is for other programmes as well.
    pub const MAIN: FileId = FileId(0);
}

/// Every lint, in the order they run.
const LINTS: [fn(&Subject<'_>, &mut Vec<Diagnostic>); 8] = [
    unused_competency::lint,
    short_credential::lint,
    subsumed::lint,
    too_much::lint,
    titles::lint,
    fixed_date::lint,
    authority::lint,
    expectations::lint,
];

/// Everything to report: of the diagnostics of compiling and of what the lints find, with `more` that others found, what
/// nobody allows, each as severe as its level. Where compiling found more than is told, nothing more is looked for.
#[must_use]
pub fn findings(
    subject: &Subject<'_>,
    diagnostics: &[Diagnostic],
    more: Vec<Diagnostic>,
    levels: &Levels,
) -> Vec<Diagnostic> {
    let mut found = diagnostics.to_vec();
    if found.len() > crate::limits::DIAGNOSTICS {
        // The last one says how many more there are.
        let mut notes = Notes::read(subject.sources);
        found.retain_mut(|problem| report(problem, &mut notes, levels));
        return found;
    }
    let whole = !crate::has_errors(&found);
    if whole {
        for lint in LINTS {
            lint(subject, &mut found);
        }
        found.extend(more);
    }
    let mut notes = Notes::read(subject.sources);
    found.append(&mut notes.unclear);
    found.retain_mut(|problem| report(problem, &mut notes, levels));
    // What a part allows may be found only in a programme that uses it.
    if whole && subject.model.header.is_some() {
        let mut idle = notes.unused(subject.sources);
        idle.retain_mut(|problem| report(problem, &mut notes, levels));
        found.append(&mut idle);
    }
    crate::sort(&mut found);
    found
}

/// What of the diagnostics of compiling to tell somebody who only uses a programme: all that nobody allows. A warning stays one.
#[must_use]
pub fn told(sources: &Sources, diagnostics: &[Diagnostic], levels: &Levels) -> Vec<Diagnostic> {
    let mut notes = Notes::read(sources);
    let mut told = diagnostics.to_vec();
    told.retain(|problem| report(&mut problem.clone(), &mut notes, levels));
    told
}

/// Gives a problem the severity of its level; `false` if it is not to be reported.
fn report(problem: &mut Diagnostic, notes: &mut Notes, levels: &Levels) -> bool {
    if problem.code.severity() == Severity::Error {
        return true;
    }
    let level = notes
        .level(problem)
        .unwrap_or_else(|| levels.of(problem.code));
    let severity = level.severity();
    problem.severity = severity.unwrap_or(problem.severity);
    severity.is_some()
}
