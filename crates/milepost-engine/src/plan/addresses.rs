//! Addresses: a plan's parts in; the requirement of an address out, whichever names of their time it is written in.

use super::{NodeId, Parts};
use crate::order;

/// How many names an address has at most; requirements do not nest deeper.
const NAMES: usize = 200;

/// The requirements of a plan by address, present and former.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Addresses {
    /// The requirements in the order of their addresses.
    present: Vec<NodeId>,
    /// Former addresses, in which only the last name is a former one, with the present ones.
    former: Vec<(String, String)>,
}

impl Addresses {
    pub(super) fn new(parts: &Parts) -> Self {
        let mut present: Vec<NodeId> = (0u32..).take(parts.nodes.len()).map(NodeId).collect();
        order::sort_by(&mut present, |one, other| {
            address(parts, *one).cmp(address(parts, *other))
        });
        let mut former = former(parts);
        order::sort(&mut former);
        Self { present, former }
    }

    /// The requirement of an address.
    pub(super) fn find(&self, parts: &Parts, written: &str) -> Option<NodeId> {
        if let Some(known) = self.at(parts, written) {
            return Some(known);
        }
        // From the front, each former name gives way to the present one.
        let mut now = String::new();
        let mut names = 0;
        for piece in written.split_inclusive(['.', '/']) {
            names += 1;
            if names > NAMES {
                return None;
            }
            let name = piece.trim_end_matches(['.', '/']);
            now.push_str(name);
            if let Some(present) = self.present_name(&now) {
                now = present.to_owned();
            }
            now.push_str(piece.get(name.len()..).unwrap_or_default());
        }
        self.at(parts, &now)
    }

    /// The requirement whose address is this now.
    fn at(&self, parts: &Parts, wanted: &str) -> Option<NodeId> {
        let found = self
            .present
            .binary_search_by(|known| address(parts, *known).cmp(wanted));
        self.present.get(found.ok()?).copied()
    }

    /// What is called so no longer, by its present address.
    fn present_name(&self, wanted: &str) -> Option<&str> {
        let found = self
            .former
            .binary_search_by(|(former, _)| former.as_str().cmp(wanted));
        self.former
            .get(found.ok()?)
            .map(|(_, present)| present.as_str())
    }
}

/// Every former address and what it is now: of competencies, roles and requirements, in no order.
pub(super) fn former(parts: &Parts) -> Vec<(String, String)> {
    let competencies = parts.competencies.iter();
    let competencies = competencies.map(|it| (&it.entry.name, &it.formerly));
    let roles = parts.roles.iter().map(|it| (&it.entry.name, &it.formerly));
    let mut former: Vec<(String, String)> = Vec::new();
    for (name, formerly) in competencies.chain(roles) {
        former.extend(formerly.iter().map(|old| (old.clone(), name.clone())));
    }
    for node in &parts.nodes {
        let Some((above, _)) = node.address.rsplit_once('.') else {
            continue;
        };
        let old = node.formerly.iter();
        former.extend(old.map(|old| (format!("{above}.{old}"), node.address.clone())));
    }
    former
}

fn address(parts: &Parts, node: NodeId) -> &str {
    parts
        .nodes
        .get(node.index())
        .map_or("", |node| node.address.as_str())
}
