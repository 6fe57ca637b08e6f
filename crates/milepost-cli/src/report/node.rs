//! The requirements of an outcome. In: nodes and an indent. Out: a line for each with its status, and below it what
//! counted, what nearly did and why not, what is missing, what to supply, and the requirements it is made of.

use std::collections::BTreeMap;

use milepost::wire::{Node, NodeWaiver, Outcome, Quantity, Status, Unknown};

use crate::page::{Page, Text};

use super::status::Marker;
use super::{FAINT, Report, STRONG};

/// The columns of the labels below a requirement.
const LABEL: usize = 10;

/// The most ids written in a row, and the most reasons of near misses: what a person reads.
const IDS: usize = 40;
const REASONS: usize = 8;

/// Requirements that stand below each other.
struct Level<'a> {
    indent: usize,
    /// The columns of their statuses.
    column: usize,
    /// The number of what they are within.
    within: String,
    /// Whether what they are within is met, so that nothing more is asked of them.
    settled: bool,
    /// How many of them are written.
    done: usize,
    nodes: &'a [Node],
}

impl Report<'_> {
    /// The requirement of a role or competency. A nameless group that stands as the whole does goes without a line of its
    /// own: its members stand right below the heading.
    pub(super) fn root(&self, page: &mut Page, heading: &str, status: Status, root: &Node) {
        let heading = Text::styled(STRONG, heading);
        if root.title.is_none() && !root.children.is_empty() && root.status == status {
            page.line(2, &heading.then(" ").then(&root.text));
            self.details(page, 4, false, root);
            self.nodes(page, 4, &root.children);
        } else {
            page.line(2, &heading);
            self.nodes(page, 4, std::slice::from_ref(root));
        }
    }

    /// Requirements below each other, their titles in one column, numbered as the clauses of a contract are, so that the
    /// indent is not the only sign of what is within what. What is nested is kept on a list of its own: no depth of
    /// requirements is a depth of calls.
    pub(super) fn nodes(&self, page: &mut Page, indent: usize, nodes: &[Node]) {
        let level = |indent, within, settled, nodes| Level {
            indent,
            column: self.column(nodes),
            within,
            settled,
            done: 0,
            nodes,
        };
        let mut open = vec![level(indent, String::new(), false, nodes)];
        while let Some(mut at) = open.pop() {
            let Some(node) = at.nodes.get(at.done) else {
                continue;
            };
            at.done += 1;
            let number = format!("{}{}.", at.within, at.done);
            self.node(page, &at, &number, node);
            let settled = at.settled || is_met(node);
            let inside = level(at.indent + self.step(), number, settled, &node.children);
            open.push(at);
            open.push(inside);
        }
    }

    /// How far what belongs to a requirement stands to the right of it.
    pub(super) const fn step(&self) -> usize {
        if self.screen.width < 60 { 2 } else { 4 }
    }

    /// The column that holds the widest status of these.
    fn column(&self, nodes: &[Node]) -> usize {
        nodes
            .iter()
            .map(|node| marker(node).width(self.screen))
            .max()
            .unwrap_or(0)
    }

    fn node(&self, page: &mut Page, at: &Level<'_>, number: &str, node: &Node) {
        let indent = at.indent;
        let short = !node.children.is_empty() || node.refers_to.is_some();
        let said = Text::styled(FAINT, number)
            .then(" ")
            .then(match &node.title {
                Some(title) => title,
                None => &node.text,
            });
        let said = if short && node.title.is_some() {
            said.then(": ").then(&node.text)
        } else {
            said
        };
        let counted = count(node)
            .map(|counted| format!(" ({counted})"))
            .unwrap_or_default();
        page.item(
            indent,
            &marker(node).before(self.screen, at.column),
            &said.and(FAINT, &counted),
        );
        if node.title.is_some() && !short {
            page.paragraph(indent + self.step(), &Text::styled(FAINT, &node.text));
        }
        self.details(page, indent + self.step(), at.settled, node);
    }

    /// What there is to say of a requirement, a line for each thing; of one that is settled, nothing to act on.
    fn details(&self, page: &mut Page, indent: usize, settled: bool, node: &Node) {
        let mut say = |label: &str, text: &str| {
            page.item(
                indent,
                &super::label(&format!("{label:LABEL$}")),
                &Text::plain(text),
            );
        };
        if let Some(waiver) = &node.waiver {
            say("waived:", &waived(waiver));
        }
        if node.locked {
            say("locked:", "an earlier step is to be met first");
        }
        if node.at_risk && node.children.is_empty() && node.refers_to.is_none() {
            say("at risk:", "what is under review may still undo it");
        }
        if !node.counted.is_empty() {
            say("counted:", &listed(&node.counted));
        }
        if let Some(allocation) = &node.allocation {
            for given in allocation
                .assigned
                .iter()
                .filter(|it| !it.records.is_empty())
            {
                say(
                    "shared:",
                    &format!(
                        "{} to {}",
                        listed(&given.records),
                        self.titled(&given.requirement)
                    ),
                );
            }
        }
        if !settled {
            to_do(node, &mut say);
        }
        for source in &node.cites {
            say("from:", source);
        }
    }

    /// A requirement by its title; one that has none by its address.
    fn titled<'t>(&'t self, address: &'t str) -> &'t str {
        self.titles.get(address).copied().unwrap_or(address)
    }
}

/// The titles of all requirements by their addresses.
pub(super) fn titles(outcome: &Outcome) -> BTreeMap<&str, &str> {
    let mut titles = BTreeMap::new();
    let of_roles = outcome.roles.iter().flat_map(|role| {
        let stages = role.stages.iter().filter_map(|it| it.requirement.as_ref());
        std::iter::once(&role.requirement)
            .chain(&role.preferred)
            .chain(stages)
    });
    let of_competencies = outcome
        .competencies
        .iter()
        .filter_map(|it| it.requirement.as_ref());
    let mut open: Vec<&Node> = of_roles.chain(of_competencies).collect();
    while let Some(node) = open.pop() {
        if let Some(title) = &node.title {
            titles.insert(node.address.as_str(), title.as_str());
        }
        open.extend(&node.children);
    }
    titles
}

/// Who waived a requirement and why, and how it would stand otherwise.
fn waived(waiver: &NodeWaiver) -> String {
    let NodeWaiver {
        by,
        authority,
        reason,
        granted,
        expires,
        without,
    } = waiver;
    let until = expires
        .as_ref()
        .map_or(String::new(), |last| format!(" until {last}"));
    let without = match without {
        // Waiving it frees evidence for others.
        Status::Met => "met as well, but not what shares evidence with it".to_owned(),
        without => without.as_str().to_owned(),
    };
    format!("by {by} as {authority} from {granted}{until}: {reason}; without the waiver: {without}")
}

/// Whether nothing more is asked.
pub(super) const fn is_met(node: &Node) -> bool {
    matches!(node.status, Status::Met | Status::Waived)
}

/// What is missing and why, and what to do about it.
fn to_do(node: &Node, say: &mut impl FnMut(&str, &str)) {
    // what a role or competency lacks stands where it is reported itself, and what is to be supplied follows
    let elsewhere = node.refers_to.is_some()
        || (node.status == Status::NeedsInformation && !node.unknown.is_empty());
    for missing in node.missing.iter().filter(|_| !elsewhere) {
        say("missing:", missing);
    }
    let near = by_reason(node);
    for (reason, ids) in near.iter().take(REASONS) {
        say("nearly:", &format!("{}: {reason}", listed(ids)));
    }
    if near.len() > REASONS {
        let more: usize = near.iter().skip(REASONS).map(|(_, ids)| ids.len()).sum();
        say(
            "nearly:",
            &format!("{more} more, for other reasons; --format json lists them all"),
        );
    }
    // what opens a group or a reference is said of what is within it, and of the whole
    let of_its_own = node.children.is_empty() && node.refers_to.is_none();
    if let Some(turn) = node.opens_on.as_ref().filter(|_| of_its_own) {
        say("opens on:", &super::turned(turn));
    }
    for unknown in &node.unknown {
        say("to supply:", &supply(unknown));
    }
    if let Some(advice) = &node.advice {
        say("advice:", advice);
    }
}

/// Ids in a row, of very many the first ones.
fn listed(ids: &[impl AsRef<str>]) -> String {
    let mut text = ids
        .iter()
        .take(IDS)
        .map(AsRef::as_ref)
        .collect::<Vec<_>>()
        .join(", ");
    if ids.len() > IDS {
        text.push_str(&format!(
            " and {} more; --format json lists them all",
            ids.len() - IDS
        ));
    }
    text
}

/// The records that nearly count, those with the same reason together.
fn by_reason(node: &Node) -> Vec<(&str, Vec<&str>)> {
    let mut places = BTreeMap::new();
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for miss in &node.near_misses {
        let place = *places.entry(miss.reason.as_str()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, ids)) => ids.push(&miss.id),
            None => groups.push((&miss.reason, vec![&miss.id])),
        }
    }
    groups
}

/// How much of it there is: what was found and asked for, else the steps of what has several and is not met.
fn count(node: &Node) -> Option<String> {
    match (&node.found, &node.needed) {
        (Some(found), Some(needed)) if quantity(needed) != "0" => Some(format!(
            "found {}, asked {}",
            quantity(found),
            quantity(needed)
        )),
        (Some(found), _) => Some(format!("found {}", quantity(found))),
        (None, _) if node.progress.of.as_str() == "1" || is_met(node) => None,
        (None, _) => Some(format!(
            "{} of {} steps",
            node.progress.met, node.progress.of
        )),
    }
}

pub(super) fn marker(node: &Node) -> Marker {
    Marker {
        status: node.status,
        at_risk: node.at_risk,
    }
}

fn quantity(quantity: &Quantity) -> &str {
    match quantity {
        Quantity::Number(number) => number.as_str(),
        Quantity::Name(name) => name,
    }
}

fn supply(unknown: &Unknown) -> String {
    match unknown {
        Unknown::Fact { fact, title } => format!("{title} (fact {fact})"),
        Unknown::Field {
            record,
            field,
            title,
        } => format!("{title} of {record} (field {field})"),
    }
}
