//! An outcome for a person. In: the outcome and the screen. Out: the overview of all roles and competencies, then each
//! of them with what counted, what is missing and why. Whatever a symbol, a bar or a colour says stands there in words.

mod around;
mod next;
mod node;
mod status;
mod timeline;
mod what_if;

use std::collections::BTreeMap;

use anstyle::Style;
use milepost::wire::{
    Competency, Credential, Governing, Held, Outcome, Progress, RecordStatus, Role, Stage, Status,
    Turn, Waiver,
};
use unicode_width::UnicodeWidthStr;

use crate::page::{Page, Text};
use crate::screen::Screen;
pub use around::{around, is_around};
pub use next::next;
use status::Marker;
pub use timeline::timeline;
pub use what_if::what_if;

/// What matters.
pub const STRONG: Style = Style::new().bold();
/// What matters less.
pub const FAINT: Style = Style::new().dimmed();

/// Cells of the bar that shows progress.
const BAR: usize = 10;

/// What the report says beside the outcome itself.
#[derive(Debug, Default)]
pub struct Circumstances<'a> {
    /// The title of the programme.
    pub title: Option<&'a str>,
    /// Whom it is about ("Teacher").
    pub candidate: Option<&'a str>,
    /// That the day is today's, because no other was given.
    pub today: bool,
}

/// The whole report.
pub fn report(screen: &Screen, outcome: &Outcome, circumstances: &Circumstances<'_>) -> String {
    let mut page = Page::new(screen.width, screen.colour);
    let report = Report::new(screen, outcome);
    report.heading(&mut page, circumstances);
    report.overview(&mut page);
    for role in &outcome.roles {
        page.gap();
        report.role(&mut page, role);
    }
    for competency in &outcome.competencies {
        page.gap();
        report.competency(&mut page, competency);
    }
    page.finish()
}

struct Report<'a> {
    screen: &'a Screen,
    outcome: &'a Outcome,
    /// The titles of requirements by their addresses.
    titles: BTreeMap<&'a str, &'a str>,
}

impl<'a> Report<'a> {
    fn new(screen: &'a Screen, outcome: &'a Outcome) -> Self {
        Self {
            screen,
            outcome,
            titles: node::titles(outcome),
        }
    }
}

/// What a role and a competency have in common.
struct Head<'a> {
    what: &'static str,
    name: &'a str,
    title: &'a str,
    marker: Marker,
    progress: &'a Progress,
    holds_until: Option<&'a Turn>,
    opens_on: Option<&'a Turn>,
}

impl<'a> Head<'a> {
    fn role(role: &'a Role) -> Self {
        Self {
            what: "Role",
            name: &role.name,
            title: role.title.as_deref().unwrap_or(&role.name),
            marker: Marker {
                status: role.status,
                at_risk: role.at_risk,
            },
            progress: &role.progress,
            holds_until: role.holds_until.as_ref(),
            opens_on: role.opens_on.as_ref(),
        }
    }

    fn competency(competency: &'a Competency) -> Self {
        Self {
            what: "Competency",
            name: &competency.name,
            title: competency.title.as_deref().unwrap_or(&competency.name),
            marker: Marker {
                status: competency.status,
                at_risk: competency.at_risk,
            },
            progress: &competency.progress,
            holds_until: competency.holds_until.as_ref(),
            opens_on: competency.opens_on.as_ref(),
        }
    }
}

impl Report<'_> {
    fn heading(&self, page: &mut Page, circumstances: &Circumstances<'_>) {
        let programme = &self.outcome.programme;
        let title = Text::styled(STRONG, circumstances.title.unwrap_or(&programme.name));
        page.line(
            0,
            &match &programme.version {
                Some(version) => title.then(&format!(", version {version}")),
                None => title,
            },
        );
        let whom = circumstances.candidate.unwrap_or("Candidate");
        let when = if circumstances.today {
            " (today, in UTC)"
        } else {
            ""
        };
        page.line(
            0,
            &Text::plain(whom)
                .then(" ")
                .and(STRONG, &self.outcome.candidate)
                .then(&format!(", as of {}{when}", self.outcome.as_of)),
        );
        if let Some(why) = &programme.why {
            page.line(0, &Text::plain(&governs(programme, why)));
        }
        for notice in &self.outcome.notices {
            page.item(0, &Text::plain("Note:"), &Text::plain(notice));
        }
        for waiver in &self.outcome.waivers {
            if let Some(why) = &waiver.why {
                page.item(
                    0,
                    &Text::plain("Note:"),
                    &Text::plain(&in_vain(waiver, why)),
                );
            }
        }
    }

    /// A table of all roles and competencies, with bars if there is room for them.
    fn overview(&self, page: &mut Page) {
        let roles: Vec<Head<'_>> = self.outcome.roles.iter().map(Head::role).collect();
        let competencies: Vec<Head<'_>> = self
            .outcome
            .competencies
            .iter()
            .map(Head::competency)
            .collect();
        let all = || roles.iter().chain(&competencies);
        let column = all()
            .map(|head| head.marker.width(self.screen))
            .max()
            .unwrap_or(0);
        let titles = all().map(|head| head.title.width()).max().unwrap_or(0);
        let progress = all()
            .map(|head| steps(head.progress).width())
            .max()
            .unwrap_or(0);
        let room = self
            .screen
            .width
            .saturating_sub(2 + column + 1 + titles + 2 + progress);
        for (name, heads) in [("Roles", &roles), ("Competencies", &competencies)] {
            if heads.is_empty() {
                continue;
            }
            page.gap();
            page.line(0, &Text::styled(STRONG, name));
            for head in heads {
                let marker = head.marker.before(self.screen, column);
                let progress = if room > BAR {
                    self.progress(head.progress)
                } else {
                    Text::plain(&steps(head.progress))
                };
                let title = Text::plain(head.title);
                if room > 0 {
                    let fill = " ".repeat(titles.saturating_sub(head.title.width()) + 2);
                    page.fixed(
                        2,
                        &marker.then(" ").join(&title).then(&fill).join(&progress),
                    );
                } else {
                    page.item(2, &marker, &title.then(", ").join(&progress));
                }
            }
        }
    }

    fn role(&self, page: &mut Page, role: &Role) {
        self.head(page, &Head::role(role));
        without_waivers(page, role.without_waivers);
        if let Some(held) = &role.held {
            page.item(2, &label("post:"), &Text::plain(&post(held)));
        }
        if let Some(next) = role.next.as_ref().filter(|_| !role.stages.is_empty()) {
            page.item(2, &label("next stage:"), &Text::plain(next));
        }
        self.prose(page, role.about.as_deref(), role.doc.as_deref());
        for incentive in &role.incentives {
            page.item(2, &label("incentive:"), &Text::plain(incentive));
        }
        self.root(page, "Eligible when", role.status, &role.requirement);
        if !role.preferred.is_empty() {
            page.line(
                2,
                &Text::styled(STRONG, "Preferred").then(" (does not decide)"),
            );
            self.nodes(page, 4, &role.preferred);
        }
        for stage in &role.stages {
            self.stage(page, stage);
        }
    }

    fn stage(&self, page: &mut Page, stage: &Stage) {
        let title = stage.title.as_deref().unwrap_or(&stage.name);
        let heading = Text::plain("Stage ").and(STRONG, title);
        page.line(2, &heading.and(FAINT, &format!(" ({})", stage.name)));
        let marker = Marker {
            status: stage.status,
            at_risk: stage.at_risk,
        };
        let marker = marker.plain(self.screen).then(", ");
        page.line(4, &marker.join(&self.progress(&stage.progress)));
        let held = stage.held.as_ref().map(post);
        let details = [
            ("holds until:", stage.holds_until.as_ref().map(turned)),
            ("opens on:", stage.opens_on.as_ref().map(turned)),
            ("valid:", stage.valid.clone()),
            ("post:", held),
            (
                "without waivers:",
                stage.without_waivers.map(|it| it.as_str().to_owned()),
            ),
        ];
        for (what, said) in details {
            if let Some(said) = said {
                page.item(4, &label(what), &Text::plain(&said));
            }
        }
        match &stage.requirement {
            Some(requirement) => self.nodes(page, 4, std::slice::from_ref(requirement)),
            None => page.line(4, &Text::plain("Only a post shows it.")),
        }
    }

    fn competency(&self, page: &mut Page, competency: &Competency) {
        self.head(page, &Head::competency(competency));
        without_waivers(page, competency.without_waivers);
        self.prose(page, competency.about.as_deref(), competency.doc.as_deref());
        if let Some(award) = &competency.award {
            let valid = award
                .valid
                .as_ref()
                .map(|valid| format!(", valid {valid}"))
                .unwrap_or_default();
            page.item(
                2,
                &label("awards:"),
                &Text::plain(&award.title).then(&valid),
            );
        }
        if let Some(credential) = &competency.credential {
            page.item(2, &label("credential:"), &Text::plain(&decided(credential)));
            if credential.status != RecordStatus::UnderReview {
                return;
            }
        }
        if let Some(day) = &competency.renewal_after {
            let why =
                format!("the credential issued on {day} has expired; only later evidence counts");
            page.item(2, &label("renewal:"), &Text::plain(&why));
        }
        match &competency.requirement {
            Some(requirement) => self.root(page, "Demonstrated by", competency.status, requirement),
            None => page.line(2, &Text::plain("Only a credential shows it.")),
        }
    }

    fn head(&self, page: &mut Page, head: &Head<'_>) {
        let title = Text::plain(head.what).then(" ").and(STRONG, head.title);
        page.line(0, &title.and(FAINT, &format!(" ({})", head.name)));
        page.line(
            2,
            &head
                .marker
                .plain(self.screen)
                .then(", ")
                .join(&self.progress(head.progress)),
        );
        for (what, turn) in [
            ("holds until:", head.holds_until),
            ("opens on:", head.opens_on),
        ] {
            if let Some(turn) = turn {
                page.item(2, &label(what), &Text::plain(&turned(turn)));
            }
        }
    }

    /// What it is: `about`, else the doc comment's first paragraph.
    fn prose(&self, page: &mut Page, about: Option<&str>, doc: Option<&str>) {
        let first = doc.and_then(|doc| doc.split("\n\n").next());
        if let Some(text) = about.or(first) {
            page.paragraph(2, &Text::plain(text));
        }
    }

    /// The steps, with a bar before them where symbols are welcome.
    fn progress(&self, progress: &Progress) -> Text {
        let words = steps(progress);
        if !self.screen.symbols {
            return Text::plain(&words);
        }
        let full = usize::from(progress.percent) * BAR / 100;
        let (done, left) = ("━".repeat(full), "─".repeat(BAR.saturating_sub(full)));
        Text::styled(status::colour(Status::Met), &done)
            .and(FAINT, &left)
            .then(" ")
            .then(&words)
    }
}

/// Which version governs and why, and which one is in force if that is another.
fn governs(programme: &Governing, why: &str) -> String {
    let version = programme.version.as_deref().unwrap_or("");
    let in_force = programme.in_force.as_deref();
    let other = in_force.filter(|in_force| *in_force != version);
    let other = other.map_or_else(String::new, |other| {
        format!("; version {other} is in force")
    });
    format!("Version {version} governs: {why}{other}")
}

/// `from 2026-07-01 until 2028-06-30`
fn post(held: &Held) -> String {
    match &held.until {
        Some(until) => format!("from {} until {until}", held.from),
        None => format!("from {}", held.from),
    }
}

/// How a role or competency would stand without the waivers it rests on.
fn without_waivers(page: &mut Page, without: Option<Status>) {
    if let Some(without) = without {
        page.item(
            2,
            &label("without waivers:"),
            &Text::plain(without.as_str()),
        );
    }
}

/// That nothing rests on a waiver, and why.
fn in_vain(waiver: &Waiver, why: &str) -> String {
    let Waiver {
        requirement,
        by,
        authority,
        granted,
        ..
    } = waiver;
    format!(
        "nothing rests on the waiver of {requirement} by {by} as {authority} from {granted}: {why}"
    )
}

/// `5 of 8 steps, 62%`
fn steps(progress: &Progress) -> String {
    let steps = if progress.of.as_str() == "1" {
        "step"
    } else {
        "steps"
    };
    format!(
        "{} of {} {steps}, {}%",
        progress.met, progress.of, progress.percent
    )
}

/// `2027-06-30: pt1 (Performance task, 2024-07-01) no longer falls within 3 years`
fn turned(turn: &Turn) -> String {
    format!("{}: {}", turn.date, turn.because)
}

/// What a line below something is about.
fn label(text: &str) -> Text {
    Text::styled(FAINT, text)
}

/// The credential that decided, in words.
fn decided(credential: &Credential) -> String {
    let Credential {
        id,
        issued,
        expires,
        status,
    } = credential;
    let status = match status {
        RecordStatus::Accepted => "; it decides, whatever the evidence",
        RecordStatus::UnderReview => "; it is under review",
        RecordStatus::Draft => "; it is a draft",
        RecordStatus::Returned => "; it was returned",
        RecordStatus::Suspended => "; it is suspended, and so the competency is not met",
        RecordStatus::Revoked => "; it is revoked, and so the competency is not met",
    };
    let expires = expires
        .as_ref()
        .map(|day| format!(", counts until {day}"))
        .unwrap_or_default();
    format!("{id}, issued {issued}{expires}{status}")
}
