//! Whether versions follow one another: the versions in, the newest first; how far back each transition goes, and what is
//! wrong, out.

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::Date;
use milepost_engine::plan::TRANSITIONS;

use super::Version;
use crate::model::{Header, Transition};

/// Looks up what each version says of the earlier ones, which are `complete` if all of them were read.
pub fn check(versions: &mut [Version], complete: bool, found: &mut Vec<Diagnostic>) {
    let headers: Vec<_> = versions
        .iter()
        .map(|version| version.model.header.clone())
        .collect();
    for (pair, version) in headers.windows(2).zip(versions.iter().skip(1)) {
        if let [Some(later), Some(earlier)] = pair {
            follows(later, earlier, found);
        } else if let [Some(later), None] = pair
            && let Some(replaced) = &later.replaces
            // A file that could not be read has been reported as that.
            && !version.files.files.is_empty()
        {
            let message = format!("`{}` has no `pathway`, so it is no version", replaced.path);
            let problem = Diagnostic::new(Code::AnotherProgramme, replaced.span, message);
            found.push(problem.help("`replaces` names the main file of the version before"));
        }
    }
    distinct(&headers, found);
    for (place, version) in versions.iter_mut().enumerate() {
        let Some(header) = &mut version.model.header else {
            continue;
        };
        let earlier = headers.get(place + 1..).unwrap_or_default();
        let from = header.effective.map(|(from, _)| from);
        for transition in &mut header.transitions {
            found.extend(look_up(transition, earlier, from, complete));
        }
        shadowed(&header.transitions, found);
        if let Some(beyond) = header.transitions.get(TRANSITIONS) {
            let message = format!("a version has at most {TRANSITIONS} transitions");
            found.push(
                Diagnostic::new(Code::FileTooLarge, beyond.span, message)
                    .help("drop those that are over"),
            );
        }
    }
}

/// Whether a version is in force after the one that it replaces.
fn follows(later: &Header, earlier: &Header, found: &mut Vec<Diagnostic>) {
    let Some(replaced) = &later.replaces else {
        return;
    };
    if later.named.name != earlier.named.name {
        let message = format!(
            "`{}` cannot replace `{}`, which is another programme",
            later.named.name, earlier.named.name
        );
        found.push(
            Diagnostic::new(Code::AnotherProgramme, replaced.span, message)
                .label(earlier.named.span, format!("`{}` here", earlier.named.name))
                .help("all versions of a programme have its name"),
        );
    }
    for header in [later, earlier] {
        let lacks = [
            ("version \"…\"", header.version.is_none()),
            ("effective from …", header.effective.is_none()),
        ];
        for (property, _) in lacks.iter().filter(|(_, lacking)| *lacking) {
            let message = format!("one of several versions needs `{property}`");
            found.push(
                Diagnostic::new(Code::VersionWithoutDays, header.named.span, message)
                    .help("who finishes under which version depends on its name and its days"),
            );
        }
    }
    let (Some((next, _)), Some((from, to))) = (later.effective, earlier.effective) else {
        return;
    };
    let (here, there) = (
        later.effective_span.unwrap_or(later.named.span),
        earlier.effective_span.unwrap_or(earlier.named.span),
    );
    let last = to.unwrap_or(Date::MAX);
    if from >= next {
        let message = format!(
            "version `{}` begins on {next}, not after the one it replaces",
            name(later)
        );
        found.push(
            Diagnostic::new(Code::VersionsOverlap, here, message)
                .label(there, format!("version `{}` begins here", name(earlier)))
                .help("a version begins on a later day than the one it replaces"),
        );
    } else if to.is_some() && last >= next {
        let message = format!(
            "both version `{}` and version `{}` are in force from {next} to {last}",
            name(earlier),
            name(later)
        );
        found.push(
            Diagnostic::new(Code::VersionsOverlap, here, message)
                .label(there, format!("version `{}`", name(earlier)))
                .help(format!(
                    "let the earlier one end on {}, or leave its last day out",
                    next.pred()
                )),
        );
    } else if to.is_some() && last.succ() < next {
        let (first, last) = (last.succ(), next.pred());
        let message = if first == last {
            format!("no version is in force on {first}")
        } else {
            format!("no version is in force from {first} to {last}")
        };
        found.push(
            Diagnostic::new(Code::VersionGap, here, message)
                .label(there, format!("version `{}` ends here", name(earlier)))
                .help("leave the last day of the earlier one out if it is in force until the next begins"),
        );
    }
}

fn name(header: &Header) -> &str {
    header.version.as_deref().unwrap_or("")
}

/// Each version has a name of its own.
fn distinct(headers: &[Option<Header>], found: &mut Vec<Diagnostic>) {
    let named: Vec<_> = headers
        .iter()
        .flatten()
        .filter_map(|header| Some((header.version.as_deref()?, header.version_span?)))
        .collect();
    for (place, (version, span)) in named.iter().enumerate() {
        let older = named.iter().skip(place + 1);
        if let Some((_, other)) = older.into_iter().find(|(other, _)| other == version) {
            let message = format!("two versions are called `{version}`");
            found.push(
                Diagnostic::new(Code::DuplicateName, *span, message)
                    .label(*other, "the earlier one")
                    .help("give each version a name of its own"),
            );
        }
    }
}

/// Looks up the version of a transition.
fn look_up(
    transition: &mut Transition,
    earlier: &[Option<Header>],
    from: Option<Date>,
    complete: bool,
) -> Option<Diagnostic> {
    let (version, at) = &transition.version;
    let called = |header: &Option<Header>| {
        let header = header.as_ref();
        header.is_some_and(|header| header.version.as_ref() == Some(version))
    };
    let Some(place) = earlier.iter().position(called) else {
        let known: Vec<_> = earlier
            .iter()
            .flatten()
            .filter_map(|header| header.version.as_ref())
            .map(|version| format!("`{version}`"))
            .collect();
        let help = if known.is_empty() {
            "name the file of the version before with `replaces \"…\"`".to_owned()
        } else {
            format!("earlier versions are {}", known.join(", "))
        };
        let message = format!("there is no earlier version `{version}`");
        let problem = Diagnostic::new(Code::UnknownVersion, *at, message);
        return complete.then(|| problem.help(help));
    };
    transition.back = u32::try_from(place + 1).unwrap_or(u32::MAX);
    let (until, span) = transition.until;
    let from = from.filter(|from| until < *from)?;
    let message = format!("nobody needs this: the version begins on {from}, after {until}");
    let problem = Diagnostic::new(Code::IdleTransition, span, message);
    Some(problem.help("a transition ends after the version has begun"))
}

/// Of two transitions for those who enrolled before one day, the first written counts as long as it lasts.
fn shadowed(transitions: &[Transition], found: &mut Vec<Diagnostic>) {
    let mut lasting: BTreeMap<Date, (Date, Span)> = BTreeMap::new();
    for it in transitions {
        let (until, before) = (it.until.0, it.before);
        match lasting.get(&before) {
            Some((last, first)) if until <= *last => found.push(
                Diagnostic::new(
                    Code::IdleTransition,
                    it.span,
                    format!("whoever enrolled before {before} finishes under the other version until {last}"),
                )
                .label(*first, "because of this")
                .help("let it last longer than the other, or remove it"),
            ),
            _ => {
                lasting.insert(before, (until, it.span));
            }
        }
    }
}
