//! What next, for a person. In: the outcome and what would make its roles met. Out: for each role that is not met the ways
//! that take least, or why there is none.

use milepost::wire::{Next, Outcome, Proposal, RoleNext, Stage};

use super::{Circumstances, Head, Report, STRONG};
use crate::page::{Page, Text};
use crate::screen::Screen;

/// The whole page.
pub fn next(
    screen: &Screen,
    outcome: &Outcome,
    next: &Next,
    circumstances: &Circumstances<'_>,
) -> String {
    let mut page = Page::new(screen.width, screen.colour);
    let report = Report::new(screen, outcome);
    report.heading(&mut page, circumstances);
    for role in &outcome.roles {
        page.gap();
        report.head(&mut page, &Head::role(role));
        if let Some(found) = next.roles.iter().find(|it| it.name == role.name) {
            let mut stages = role.stages.iter();
            let stage = stages.find(|it| found.stage.as_ref() == Some(&it.name));
            proposals(&mut page, found, stage);
        }
    }
    page.finish()
}

/// The ways to meet a role, or to reach a stage of it.
fn proposals(page: &mut Page, role: &RoleNext, stage: Option<&Stage>) {
    let stage = stage.map(|stage| stage.title.as_ref().unwrap_or(&stage.name));
    let first = match stage {
        Some(stage) => format!("To reach {stage}"),
        None => "To meet it".to_owned(),
    };
    for (place, proposal) in role.proposals.iter().enumerate() {
        let heading = if place == 0 { first.as_str() } else { "Or" };
        let costs = format!(" ({})", costs(proposal));
        page.line(2, &Text::styled(STRONG, heading).then(&costs));
        for (number, action) in (1..).zip(&proposal.actions) {
            let number = Text::plain(&format!("{number}."));
            page.item(4, &number, &Text::plain(&action.text));
        }
    }
    match role.alternatives {
        0 => {}
        1 => page.line(2, &Text::plain("One more way takes as much.")),
        more => page.line(2, &Text::plain(&format!("{more} more ways take as much."))),
    }
    if let Some(why) = &role.why {
        let said = match stage {
            _ if !role.proposals.is_empty() => "not proven:".to_owned(),
            Some(stage) => format!("no proposal to reach {stage}:"),
            None => "no proposal:".to_owned(),
        };
        page.line(2, &Text::plain(&format!("{said} {why}")));
    }
}

fn costs(proposal: &Proposal) -> String {
    let count = match proposal.count {
        1 => "one action".to_owned(),
        count => format!("{count} actions"),
    };
    match &proposal.effort {
        Some(hours) if hours.as_str() == "1" => format!("1 hour, {count}"),
        Some(hours) => format!("{} hours, {count}", hours.as_str()),
        None => count,
    }
}
