//! What changes would do, for a person. In: the outcomes without and with them. Out: the roles, competencies and requirements
//! that stand differently or further, each with what it was.

use std::collections::BTreeMap;

use milepost::wire::{ChangedOf, Node, Outcome, WhatIf};

use super::{Circumstances, Head, Marker, Report, STRONG, governs, in_vain, steps};
use crate::page::{Page, Text};
use crate::screen::Screen;

/// The whole page.
pub fn what_if(screen: &Screen, found: &WhatIf, circumstances: &Circumstances<'_>) -> String {
    let mut page = Page::new(screen.width, screen.colour);
    let (before, after) = (&found.before, &found.after);
    let report = Report::new(screen, before);
    report.heading(&mut page, circumstances);
    let day = if before.as_of == after.as_of {
        String::new()
    } else {
        format!(", as of {}", after.as_of)
    };
    page.line(0, &Text::plain("With the changes").then(&day).then(":"));
    let other = after.programme.version != before.programme.version;
    let why = after.programme.why.as_ref().filter(|_| other);
    if let Some(why) = why {
        page.line(0, &Text::plain(&governs(&after.programme, why)));
    }
    for notice in &after.notices {
        page.item(0, &Text::plain("Note:"), &Text::plain(notice));
    }
    for waiver in &after.waivers {
        let why = waiver.why.as_ref();
        if let Some(why) = why.filter(|_| !before.waivers.contains(waiver)) {
            page.item(
                0,
                &Text::plain("Note:"),
                &Text::plain(&in_vain(waiver, why)),
            );
        }
    }
    let roles = [before, after].map(|it| it.roles.iter().map(Head::role).collect::<Vec<_>>());
    let competencies = [before, after].map(|it| {
        let heads = it.competencies.iter().map(Head::competency);
        heads.collect::<Vec<_>>()
    });
    let mut said = false;
    for (name, [were, are]) in [("Roles", &roles), ("Competencies", &competencies)] {
        let mut known: BTreeMap<_, _> = were.iter().map(|was| (was.name, was)).collect();
        let mut lines = Vec::new();
        for is in are {
            match known.remove(is.name) {
                Some(was) => lines.extend(differs(screen, was, is)),
                None => lines.push(only(screen, is, after)),
            }
        }
        let gone = were.iter().filter(|was| known.contains_key(was.name));
        lines.extend(gone.map(|was| only(screen, was, before)));
        said |= section(&mut page, name, &lines);
    }
    let stages = found.changed.iter().filter(|it| it.of == ChangedOf::Stage);
    let stages: Vec<_> = stages
        .map(|it| {
            let marker = |status| Marker {
                status,
                at_risk: false,
            };
            let said = now(screen, marker(it.before), marker(it.after));
            (said, Text::plain(&it.address))
        })
        .collect();
    said |= section(&mut page, "Stages", &stages);
    let (were, are) = (nodes(found, false), nodes(found, true));
    let changed = found.changed.iter();
    let changed = changed.filter(|it| it.of == ChangedOf::Requirement);
    let changed = changed.map(|it| it.address.as_str());
    // What is newly at risk, or no longer, has the status it had.
    let risk = are.iter().filter(|(address, is)| {
        let was = were.get(*address);
        was.is_some_and(|was| was.status == is.status && was.at_risk != is.at_risk)
    });
    let risk = risk.map(|(address, _)| *address);
    let all = changed.chain(risk);
    // The whole requirement of a role or competency goes by its name, and has been told.
    let within = all.filter(|address| address.contains(['.', '/']));
    let lines: Vec<_> = within
        .filter_map(|address| {
            let (was, is) = (were.get(address)?, are.get(address)?);
            let marker = |node: &Node| Marker {
                status: node.status,
                at_risk: node.at_risk,
            };
            let text = is.title.as_ref().unwrap_or(&is.text);
            let said = Text::plain(text).then(&format!(" ({address})"));
            Some((now(screen, marker(was), marker(is)), said))
        })
        .collect();
    said |= section(&mut page, "Requirements", &lines);
    if !said {
        page.gap();
        page.line(0, &Text::plain("Nothing differs."));
    }
    page.finish()
}

/// What is otherwise of a role or competency, if anything is.
fn differs(screen: &Screen, was: &Head<'_>, is: &Head<'_>) -> Option<(Text, Text)> {
    if was.marker == is.marker && was.progress == is.progress {
        return None;
    }
    let progress = steps(is.progress);
    let progress = if was.progress == is.progress {
        progress
    } else {
        format!("{progress} (was {})", steps(was.progress))
    };
    let said = Text::plain(is.title).then(", ").then(&progress);
    Some((now(screen, was.marker, is.marker), said))
}

/// A role or competency that only one of the versions has.
fn only(screen: &Screen, head: &Head<'_>, outcome: &Outcome) -> (Text, Text) {
    let version = outcome.programme.version.as_deref().unwrap_or("");
    let said = format!("{}, only under version {version}", head.title);
    (head.marker.plain(screen).then(":"), Text::plain(&said))
}

/// A heading and the lines below it; whether there are any.
fn section(page: &mut Page, name: &str, lines: &[(Text, Text)]) -> bool {
    if lines.is_empty() {
        return false;
    }
    page.gap();
    page.line(0, &Text::styled(STRONG, name));
    for (marker, text) in lines {
        page.item(2, marker, text);
    }
    true
}

/// What it is now, and what it was if that is something else.
fn now(screen: &Screen, was: Marker, is: Marker) -> Text {
    let marker = is.plain(screen);
    if was == is {
        marker.then(":")
    } else {
        marker.then(&format!(" (was {}):", was.in_words()))
    }
}

/// The requirements of an outcome by their addresses, those of what is preferred included.
fn nodes(found: &WhatIf, after: bool) -> BTreeMap<&str, &Node> {
    let outcome = if after { &found.after } else { &found.before };
    let roles = outcome.roles.iter();
    let roles = roles.flat_map(|role| {
        let stages = role.stages.iter();
        let stages = stages.filter_map(|stage| stage.requirement.as_ref());
        std::iter::once(&role.requirement)
            .chain(&role.preferred)
            .chain(stages)
    });
    let competencies = outcome.competencies.iter();
    let competencies = competencies.filter_map(|competency| competency.requirement.as_ref());
    let mut open: Vec<&Node> = roles.chain(competencies).collect();
    let mut all = BTreeMap::new();
    while let Some(node) = open.pop() {
        open.extend(&node.children);
        all.insert(node.address.as_str(), node);
    }
    all
}
