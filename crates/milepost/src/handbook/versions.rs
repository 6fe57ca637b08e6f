//! What a programme says of itself, and its versions: who publishes it, which version holds for whom, what this page is made of.

use milepost_engine::plan::{Programme, Transition};

use super::chapters::heading;
use super::document::{Block, Line, Piece, plain};
use crate::Pathway;

/// What the programme says of itself.
pub(super) fn terms(programme: &Programme) -> Vec<(String, Line)> {
    let mut terms = Vec::new();
    let mut term = |name: &str, text: String| terms.push((name.to_owned(), plain(text)));
    if let Some(publisher) = &programme.publisher {
        term("Published by", publisher.clone());
    }
    if let Some(version) = &programme.version {
        term("Version", version.clone());
    }
    match programme.effective {
        Some((from, Some(to))) => term("In force", format!("{from} to {to}")),
        Some((from, None)) => term("In force", format!("from {from}")),
        None => {}
    }
    if let Some(start) = programme.school_year {
        let (month, day) = start.parts();
        term(
            "School year",
            format!("starts on {day} {}", month_name(month)),
        );
    }
    terms
}

fn month_name(month: u8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let place = usize::from(month).checked_sub(1);
    place
        .and_then(|place| NAMES.get(place))
        .copied()
        .unwrap_or("")
}

/// The versions side by side, and who may finish under an earlier one.
pub(super) fn versions(pathway: &Pathway, out: &mut Vec<Block>) {
    let all: Vec<_> = pathway
        .versions()
        .map(|it| &it.plan().parts().programme)
        .collect();
    if all.len() < 2 {
        return;
    }
    out.push(heading(2, "versions", "Versions"));
    out.push(Block::Paragraph(plain(
        "This handbook is that of the newest version. On each day the version in force holds, unless one of the rules below lets \
         a candidate finish under an earlier one.",
    )));
    let rows = all.iter().map(|it| {
        let (from, to) = match it.effective {
            Some((from, to)) => (
                from.to_string(),
                to.map_or_else(|| "until replaced".to_owned(), |to| to.to_string()),
            ),
            None => ("always".to_owned(), "until replaced".to_owned()),
        };
        vec![plain(called(it)), plain(from), plain(to)]
    });
    out.push(Block::Table(
        "Versions and their days".to_owned(),
        vec!["Version", "From", "To"],
        rows.collect(),
    ));
    let rules = all.iter().enumerate().flat_map(|(place, it)| {
        let finish = |transition: &Transition| {
            let Transition {
                before,
                back,
                until,
            } = *transition;
            let under = all
                .get(place.saturating_add(back as usize))
                .map_or_else(String::new, |it| called(it));
            plain(format!(
                "Whoever enrolled before {before} may finish under version {under} until {until}."
            ))
        };
        it.transitions.iter().map(finish).collect::<Vec<_>>()
    });
    let rules: Vec<_> = rules.collect();
    if !rules.is_empty() {
        out.push(Block::Bullets(rules));
    }
}

fn called(programme: &Programme) -> String {
    programme
        .version
        .clone()
        .unwrap_or_else(|| programme.name.clone())
}

/// What the page is made of.
pub(super) fn colophon(programme: &Programme) -> Line {
    let digits = programme.definition.iter();
    let definition: String = digits.map(|byte| format!("{byte:02x}")).collect();
    let version = programme
        .version
        .as_ref()
        .map_or_else(String::new, |it| format!(", version {it}"));
    vec![
        Piece::Plain(format!(
            "Made by Milepost from the rules of the programme {}{version}, the same by which candidates are evaluated. \
             It says what is asked of everybody; where somebody stands is said by an evaluation of their record. \
             The rules have the SHA-256 ",
            programme.name
        )),
        Piece::Plain(definition),
        Piece::Plain(".".to_owned()),
    ]
}
