//! A timeline, for a person. In: the outcome and how everything stood and will stand. Out: for each role, each of its stages
//! and each competency the days on which it stands so and what changes it; the stretch of today is marked.

use milepost::wire::{Outcome, Stretch, Timeline};

use super::status::Marker;
use super::{Circumstances, FAINT, Head, Report, STRONG};
use crate::page::{Page, Text};
use crate::screen::Screen;

/// The whole page.
pub fn timeline(
    screen: &Screen,
    outcome: &Outcome,
    timeline: &Timeline,
    circumstances: &Circumstances<'_>,
) -> String {
    let mut page = Page::new(screen.width, screen.colour);
    let report = Report::new(screen, outcome);
    report.heading(&mut page, circumstances);
    let days = match timeline.complete {
        true => format!("If nothing but time passes, up to {}:", timeline.to),
        false => format!(
            "If nothing but time passes, up to {}; there is too much to look at to go on:",
            timeline.to
        ),
    };
    page.gap();
    page.line(0, &Text::plain(&days));
    let roles = outcome.roles.iter().map(Head::role).zip(&timeline.roles);
    for (head, found) in roles {
        page.gap();
        named(&mut page, 0, (head.what, head.title, head.name));
        stretches(&mut page, 2, screen, timeline, &found.stretches);
        for stage in &found.stages {
            let title = stage.title.as_deref().unwrap_or(&stage.name);
            named(&mut page, 2, ("Stage", title, &stage.name));
            stretches(&mut page, 4, screen, timeline, &stage.stretches);
        }
    }
    let competencies = outcome.competencies.iter().map(Head::competency);
    for (head, found) in competencies.zip(&timeline.competencies) {
        page.gap();
        named(&mut page, 0, (head.what, head.title, head.name));
        stretches(&mut page, 2, screen, timeline, &found.stretches);
    }
    page.finish()
}

/// What the stretches below are of: what it is, its title and its name.
fn named(page: &mut Page, indent: usize, (what, title, name): (&str, &str, &str)) {
    let named = Text::styled(STRONG, &format!("{what} {title}"));
    page.line(indent, &named.and(FAINT, &format!(" ({name})")));
}

fn stretches(
    page: &mut Page,
    indent: usize,
    screen: &Screen,
    timeline: &Timeline,
    found: &[Stretch],
) {
    let last = found.len().saturating_sub(1);
    for (place, stretch) in found.iter().enumerate() {
        let days = match place {
            _ if place == last => format!("from {}:{:9}", stretch.from, ""),
            _ => format!("{} to {}:", stretch.from, stretch.to),
        };
        let marker = Marker {
            status: stretch.status,
            at_risk: stretch.at_risk,
        };
        let mut said = marker.plain(screen);
        if holds(stretch, &timeline.as_of) {
            said = said.and(STRONG, " (now)");
        }
        if let Some(because) = &stretch.because {
            said = said.then(": ").then(because);
        }
        page.item(indent, &Text::plain(&days), &said);
    }
}

/// Whether a day is one of a stretch; written as they are, days stand in the order of their texts.
fn holds(stretch: &Stretch, day: &str) -> bool {
    stretch.from.as_str() <= day && day <= stretch.to.as_str()
}
