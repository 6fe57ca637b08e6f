//! Why a scenario did not come out as expected. In: its failures and its outcome. Out: for each failure the requirement it is
//! about in what it is part of, and all below it that makes it stand so.

use milepost::wire::{Node, Outcome, Role};
use milepost::{ScenarioFailure, ScenarioResult};

use crate::page::{Page, Text};
use crate::screen::Screen;

use super::node::{is_met, marker};
use super::{FAINT, Report, STRONG};

/// The requirement that each failure is about, in what surrounds it.
pub fn around(screen: &Screen, result: &ScenarioResult) -> String {
    let mut page = Page::new(screen.width, screen.colour);
    if let Some(outcome) = &result.outcome {
        let report = Report::new(screen, outcome);
        for failure in &result.failures {
            report.failure(&mut page, failure);
        }
    }
    page.finish()
}

/// Whether there is anything around a failure.
pub fn is_around(result: &ScenarioResult, failure: &ScenarioFailure) -> bool {
    let outcome = result.outcome.as_ref();
    outcome.is_some_and(|outcome| !path(outcome, &failure.address).is_empty())
}

impl Report<'_> {
    fn failure(&self, page: &mut Page, failure: &ScenarioFailure) {
        let ScenarioFailure {
            address,
            expected,
            found,
            ..
        } = failure;
        let path = path(self.outcome, address);
        let Some((node, above)) = path.split_last() else {
            return;
        };
        let heading = Text::styled(STRONG, address);
        page.line(
            2,
            &heading.then(&format!(": expected {expected}, found {found}")),
        );
        let mut indent = 4;
        for node in above {
            let title = node.title.as_deref().map(|title| format!("{title}: "));
            let text = format!("{}{}", title.unwrap_or_default(), node.text);
            page.item(
                indent,
                &marker(node).before(self.screen, 0),
                &Text::styled(FAINT, &text),
            );
            indent += self.step();
        }
        self.nodes(page, indent, &[self.why(node, true)]);
        page.gap();
    }

    /// A requirement with those below it that make it stand so; of the others only how they stand. What a competency lacks is
    /// shown where it is referred to, and not again what that refers to.
    fn why(&self, node: &Node, follow: bool) -> Node {
        let child = |child: &Node, follow| {
            if is_met(child) == is_met(node) {
                self.why(child, follow)
            } else {
                let children = Vec::new();
                Node {
                    children,
                    ..child.clone()
                }
            }
        };
        let referred = self.referred(node).filter(|_| follow);
        let own = node.children.iter().map(|it| child(it, follow));
        let referred = referred.map(|it| child(it, false));
        Node {
            children: own.chain(referred).collect(),
            ..node.clone()
        }
    }

    /// What the competency requires that a requirement refers to, unless a credential decides.
    fn referred(&self, node: &Node) -> Option<&Node> {
        let name = node.refers_to.as_ref()?;
        let mut competencies = self.outcome.competencies.iter();
        let competency = competencies.find(|it| it.name == *name && it.credential.is_none())?;
        competency.requirement.as_ref()
    }
}

/// From the whole requirement of a role, stage or competency to the one at an address.
fn path<'a>(outcome: &'a Outcome, address: &str) -> Vec<&'a Node> {
    let mut path = Vec::new();
    for role in &outcome.roles {
        if role.name == address {
            return vec![&role.requirement];
        }
        if let Some(decides) = of_stage(role, address) {
            return vec![decides];
        }
        let stages = role.stages.iter().filter_map(|it| it.requirement.as_ref());
        let roots = std::iter::once(&role.requirement).chain(stages);
        if roots
            .chain(&role.preferred)
            .any(|root| leads(root, address, &mut path))
        {
            return path;
        }
    }
    for competency in &outcome.competencies {
        let Some(requirement) = &competency.requirement else {
            continue;
        };
        if competency.name == address {
            let decided = competency.credential.is_some();
            return Vec::from_iter(Some(requirement).filter(|_| !decided));
        }
        if leads(requirement, address, &mut path) {
            return path;
        }
    }
    path
}

/// What decides a stage: the first on the way to it that is not met, else its own requirement.
fn of_stage<'a>(role: &'a Role, address: &str) -> Option<&'a Node> {
    let name = address.strip_prefix(&role.name)?.strip_prefix('.')?;
    let place = role.stages.iter().position(|stage| stage.name == name)?;
    let stages = role.stages.iter().take(place + 1);
    let on_the_way = stages.filter_map(|stage| stage.requirement.as_ref());
    let way: Vec<_> = std::iter::once(&role.requirement)
        .chain(on_the_way)
        .collect();
    let lacking = way.iter().find(|node| !is_met(node)).or(way.last());
    lacking.copied()
}

/// Whether a requirement is, or contains, the one at an address; the way there is added to the path.
fn leads<'a>(node: &'a Node, address: &str, path: &mut Vec<&'a Node>) -> bool {
    path.push(node);
    let found = node.address == address
        || node
            .children
            .iter()
            .any(|child| leads(child, address, path));
    if !found {
        path.pop();
    }
    found
}
