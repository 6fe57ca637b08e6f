//! A requirement that its sibling decides: under `all of` one that asks less of the same, under `any of` one that asks more.
//!
//! Siblings are compared by what they ask, so that a long block takes no longer than its length.

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, Span};

use super::Subject;
use super::keys::{self, Asked};
use crate::model::{Form, Group, Requirement};
use crate::walk;

pub fn lint(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    walk::requirements(subject.model, &mut |requirement| {
        if let Form::Group(_, group @ (Group::All | Group::Any), children) = &requirement.form {
            siblings(subject, matches!(group, Group::All), children, found);
        }
    });
}

fn siblings(
    subject: &Subject<'_>,
    all: bool,
    children: &[Requirement],
    found: &mut Vec<Diagnostic>,
) {
    // Of those that ask the same: the one that decides.
    let mut deciding: BTreeMap<String, (i64, &Requirement)> = BTreeMap::new();
    for child in children {
        // A waiver reaches one of them and leaves the other.
        let waivable = child
            .label
            .as_ref()
            .is_some_and(|it| !it.waivable.is_empty());
        let Some(Asked { what, much }) = keys::asked(child).filter(|_| !waivable) else {
            continue;
        };
        let much = if all { much } else { -much };
        let Some((most, decides)) = deciding.get_mut(&what) else {
            deciding.insert(what, (much, child));
            continue;
        };
        let same = much == *most;
        let idle = if much > *most {
            *most = much;
            std::mem::replace(decides, child)
        } else {
            child
        };
        found.push(told(subject, all, same, idle, decides));
    }
}

fn told(
    subject: &Subject<'_>,
    all: bool,
    same: bool,
    idle: &Requirement,
    decides: &Requirement,
) -> Diagnostic {
    let (message, there) = match (all, same) {
        (_, true) => ("this is required a second time", "the first time is here"),
        (true, false) => (
            "this is met whenever its sibling is",
            "the sibling asks for more",
        ),
        (false, false) => (
            "whoever meets this meets its sibling as well",
            "the sibling asks for less",
        ),
    };
    let problem = Diagnostic::new(Code::SubsumedRequirement, idle.span, message)
        .label(decides.span, there)
        .help("remove it, or change what it asks");
    match removal(subject, idle) {
        // A label is what results and texts refer to.
        Some(span) if idle.label.is_none() => problem.edit(span, ""),
        _ => problem,
    }
}

/// Words that would read on from a number before them.
const UNITS: [&str; 12] = [
    "day", "days", "week", "weeks", "month", "months", "year", "years", "school", "hours",
    "points", "total",
];

/// What goes with a requirement, if what stands before and after it can be read side by side.
fn removal(subject: &Subject<'_>, idle: &Requirement) -> Option<Span> {
    let text = subject.sources.get(idle.span.file)?.text();
    let before = text.get(..idle.span.start as usize)?;
    let after = text.get(idle.span.end as usize..)?;
    let mut next = after.trim_start();
    while next.starts_with("//") {
        next = next.get(next.find('\n')?..)?.trim_start();
    }
    let word = next
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .and_then(|end| next.get(..end))?;
    if !(next.starts_with('}') || next.starts_with(|c: char| c.is_ascii_lowercase()))
        || before.trim_end().ends_with(|c: char| c.is_ascii_digit()) && UNITS.contains(&word)
    {
        return None;
    }
    // With its line only if nothing follows on it: what follows must not move up into a comment.
    let blanks = [' ', '\t'];
    let kept = if after.trim_start_matches(blanks).starts_with(['\n', '\r']) {
        before.trim_end()
    } else {
        before.trim_end_matches(blanks)
    };
    Some(Span {
        start: u32::try_from(kept.len()).ok()?,
        ..idle.span
    })
}
