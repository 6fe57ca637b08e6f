//! What a change means, for a person. In: the comparison. Out: each role, stage and competency that changed with the clauses
//! that do it, and the names of those that did not.

use milepost::wire::{
    Change, Diff, DiffClause, DiffCohort, DiffEffect, DiffSubject, DiffText, Programme,
};

use crate::check::counted;

use crate::page::{Page, Text};
use crate::report::{FAINT, STRONG};
use crate::screen::Screen;

/// The whole page.
pub fn text(screen: &Screen, diff: &Diff) -> String {
    let mut page = Page::new(screen.width, screen.colour);
    let old = Text::plain("From ").join(&programme(&diff.old));
    let new = Text::plain("to   ").join(&programme(&diff.new));
    page.line(0, &old);
    page.fixed(0, &new);
    if let Some(as_of) = &diff.as_of {
        page.line(
            0,
            &Text::plain(&format!("Candidates are invented, as of {as_of}")),
        );
    }
    let mut same = Vec::new();
    for role in &diff.roles {
        subject(&mut page, 0, "Role", role, &mut same);
        for stage in &role.stages {
            subject(&mut page, 2, "Stage", stage, &mut same);
        }
    }
    for competency in &diff.competencies {
        subject(&mut page, 0, "Competency", competency, &mut same);
    }
    if diff.is_empty() {
        page.gap();
        let nothing =
            "No difference: whoever meets a role or competency of one meets it in the other.";
        page.line(0, &Text::plain(nothing));
    } else if !same.is_empty() {
        page.gap();
        page.item(
            0,
            &Text::plain("Unchanged:"),
            &Text::plain(&same.join(", ")),
        );
    }
    if let Some(cohort) = &diff.cohort {
        page.gap();
        page.line(0, &Text::plain(&gathered(cohort)));
        for effect in &cohort.effects {
            for line in effect_lines(effect) {
                page.item(2, &Text::plain("-"), &Text::plain(&line));
            }
        }
    }
    page.finish()
}

/// How many candidates there were.
pub fn gathered(cohort: &DiffCohort) -> String {
    let refused = match cohort.refused {
        0 => String::new(),
        refused => format!(", without {refused} whose record was refused"),
    };
    format!(
        "Of {} on {}{refused}:",
        counted(
            usize::try_from(cohort.candidates).unwrap_or(usize::MAX),
            "candidate"
        ),
        cohort.as_of
    )
}

/// Who gains and loses something, in words.
pub fn effect_lines(effect: &DiffEffect) -> Vec<String> {
    let what = format!("{} {}", effect.of, effect.name);
    let (Some(met), Some(meets), Some(gain), Some(lose)) =
        (effect.met, effect.meets, effect.gain, effect.lose)
    else {
        return vec![format!(
            "{what}: few gain or lose it, and their number is held back"
        )];
    };
    let mut line = match (gain, lose) {
        (0, 0) => format!("{what}: met by {met}, as before"),
        _ => format!("{what}: met by {met}, now by {meets}"),
    };
    for (count, one, many) in [(gain, "gains", "gain"), (lose, "loses", "lose")] {
        match count {
            0 => {}
            1 => line.push_str(&format!("; 1 {one} it")),
            _ => line.push_str(&format!("; {count} {many} it")),
        }
    }
    let mut lines = vec![line];
    for (word, ids) in [("gain", &effect.gaining), ("lose", &effect.losing)] {
        if let Some(ids) = ids.as_ref().filter(|ids| !ids.is_empty()) {
            lines.push(format!("{word} {what}: {}", ids.join(", ")));
        }
    }
    lines
}

fn programme(programme: &Programme) -> Text {
    let named = Text::styled(STRONG, &programme.name);
    match &programme.version {
        Some(version) => named.then(", version ").then(version),
        None => named,
    }
}

fn subject(
    page: &mut Page,
    indent: usize,
    what: &str,
    subject: &DiffSubject,
    same: &mut Vec<String>,
) {
    let name = match &subject.was {
        Some(was) => format!("{}, formerly {was}", subject.name),
        None => subject.name.clone(),
    };
    if subject.change == Change::Unchanged && subject.was.is_none() {
        same.push(format!("{} {name}", what.to_lowercase()));
        return;
    }
    page.gap();
    let title = subject.title.as_deref().unwrap_or(&subject.name);
    let head = Text::plain(what).then(" ").and(STRONG, title);
    let head = head.and(FAINT, &format!(" ({name})")).then(": ");
    page.line(indent, &head.and(STRONG, said(subject)));
    for clause in &subject.clauses {
        self::clause(page, indent + 2, clause);
    }
    if subject.more_clauses > 0 {
        let more = format!("and {} clauses more", subject.more_clauses);
        page.line(indent + 2, &Text::plain(&more));
    }
    for (what, record) in candidates(subject) {
        page.line(indent + 2, &Text::plain(&what));
        if let Some(record) = record {
            page.line(indent + 4, &Text::styled(FAINT, record));
        }
    }
}

/// What was found of candidates on whom the two disagree, in words, and the record of each.
pub fn candidates(subject: &DiffSubject) -> Vec<(String, Option<&str>)> {
    let both = [("gains", &subject.gains), ("loses", &subject.loses)];
    let searches = both
        .into_iter()
        .filter_map(|(what, it)| Some((what, it.as_ref()?)));
    let told = searches.map(|(what, search)| match &search.record {
        Some(record) => (format!("somebody who {what}:"), Some(record.as_str())),
        None => {
            let tried = search.tried;
            (
                format!("nobody was found who {what}, among {tried} invented records"),
                None,
            )
        }
    });
    told.collect()
}

/// What became of something, in words.
pub fn said(subject: &DiffSubject) -> &'static str {
    match (subject.change, &subject.was) {
        (Change::Unchanged, Some(_)) => "renamed, otherwise unchanged",
        (Change::Both, _) => "may be stricter for some and looser for others",
        (change, _) => change.as_str(),
    }
}

fn clause(page: &mut Page, indent: usize, clause: &DiffClause) {
    let change = clause.change.as_str();
    let address = address(clause).map_or_else(String::new, |address| format!(" {address}"));
    page.line(indent, &Text::plain(change).and(FAINT, &address));
    if let Some(same) = unsaid(clause) {
        let text = Text::plain(&same.text).and(FAINT, &place(same));
        page.item(indent + 2, &Text::plain(" "), &text);
        let why = Text::styled(FAINT, UNSAID);
        page.item(indent + 2, &Text::plain(" "), &why);
        return;
    }
    for (sign, side) in [("-", &clause.old), ("+", &clause.new)] {
        if let Some(side) = side {
            let text = Text::plain(&side.text).and(FAINT, &place(side));
            page.item(indent + 2, &Text::plain(sign), &text);
        }
    }
}

/// What is to be said of a clause that says the same.
pub const UNSAID: &str = "(the words are the same; what they speak of changed)";

/// What a clause says, if it says the same as before.
pub fn unsaid(clause: &DiffClause) -> Option<&DiffText> {
    let (old, new) = (clause.old.as_ref()?, clause.new.as_ref()?);
    (old.text == new.text).then_some(new)
}

/// Where a clause stands, as it is called now.
pub fn address(clause: &DiffClause) -> Option<&str> {
    let text = clause.new.as_ref().or(clause.old.as_ref())?;
    text.address.as_deref()
}

/// " (coach.pathway:3:34)"
pub fn place(text: &DiffText) -> String {
    match (&text.file, text.line, text.column) {
        (Some(file), Some(line), Some(column)) => format!(" ({file}:{line}:{column})"),
        _ => String::new(),
    }
}
