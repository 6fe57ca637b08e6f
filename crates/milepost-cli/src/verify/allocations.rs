//! What checking the allocations of an outcome showed, for a person. In: what was checked. Out: every group without reuse with
//! what the outcome says of it, and what of that does not hold.

use anstyle::Style;
use milepost::CheckedAllocations;
use milepost::wire::Said;

use crate::page::{Page, Text};
use crate::screen::Screen;

const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// The whole report.
pub fn report(screen: &Screen, checked: &CheckedAllocations) -> String {
    let mut page = Page::new(screen.width, screen.colour);
    let verdict = match (checked.holds, checked.groups.is_empty()) {
        (true, true) => "There is nothing to check: the programme has no group without reuse",
        (true, false) => "What the outcome says of groups without reuse holds",
        (false, _) => "What the outcome says of groups without reuse does not hold",
    };
    page.line(0, &Text::styled(STRONG, verdict));
    page.gap();
    let mut line = |name: &str, said: &str| {
        page.item(2, &Text::plain(&format!("{name:<10}")), &Text::plain(said));
    };
    line("candidate", &checked.candidate);
    line("day", &checked.as_of);
    for group in &checked.groups {
        let name = match &group.title {
            Some(title) => Text::plain(title).and(FAINT, &format!(" ({})", group.address)),
            None => Text::plain(&group.address),
        };
        let said = match (group.says, group.holds) {
            (Said::Served, true) => "every requirement has its records, and none counts twice",
            (Said::Blocked, true) => "not everybody can be served: more is asked for than there is",
            (Said::Served, false) => "not so: said to be served",
            (Said::Blocked, false) => "not so: said to be blocked",
            (Said::Nothing, _) => "nothing is said of it",
        };
        page.item(2, &Text::plain("-"), &name.then(": ").then(said));
    }
    if !checked.problems.is_empty() {
        page.gap();
        page.line(0, &Text::styled(STRONG, "What does not hold"));
    }
    for problem in &checked.problems {
        page.item(2, &Text::plain("-"), &Text::plain(&problem.message));
        page.line(4, &Text::styled(FAINT, &problem.pointer));
    }
    if checked.more > 0 {
        page.line(2, &Text::plain(&format!("and {} more", checked.more)));
    }
    page.finish()
}
