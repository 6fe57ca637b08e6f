//! What an outcome says is given to whom. In: its document, and the addresses of the groups without reuse. Out: what it says
//! of each of them; or a refusal that lists what has not the form of an outcome.

use std::collections::HashMap;

use milepost_engine::Date;

use crate::decode::{Place, Problems, Tree, say};
use crate::wire::Refusal;

/// What an outcome says.
#[derive(Debug)]
pub(super) struct Claims<'t> {
    /// The candidate's id.
    pub(super) candidate: &'t str,
    /// The hash of the programme's texts.
    pub(super) definition: &'t str,
    /// The day it holds for.
    pub(super) as_of: Date,
}

/// What it says of one group.
#[derive(Debug)]
pub(super) struct Claim<'t> {
    /// Where: a JSON pointer.
    pub(super) pointer: String,
    /// Its status.
    pub(super) status: &'t str,
    /// Whether all its members are met or waived.
    pub(super) all_met: bool,
    /// Who is given what, if that is said.
    pub(super) allocation: Option<Allocation<'t>>,
}

/// Who is given what.
#[derive(Debug)]
pub(super) struct Allocation<'t> {
    pub(super) assigned: Vec<Given<'t>>,
    pub(super) blocking: Option<Blocking<'t>>,
}

/// A requirement and the ids of records.
#[derive(Debug)]
pub(super) struct Given<'t> {
    pub(super) requirement: &'t str,
    pub(super) records: Vec<&'t str>,
}

/// Why not everybody is served.
#[derive(Debug)]
pub(super) struct Blocking<'t> {
    pub(super) requirements: Vec<&'t str>,
    pub(super) needed: u64,
    pub(super) records: Vec<&'t str>,
    pub(super) one_of: Vec<Given<'t>>,
    pub(super) found: u64,
    pub(super) text: &'t str,
}

/// Reads whose outcome it is.
pub(super) fn claims<'t>(document: &'t Tree<'t>) -> Result<Claims<'t>, Refusal> {
    let mut reader = Reader::default();
    let root = Place::ROOT;
    if document.get("receipt").is_some() {
        reader.problems.add(&root, || {
            say("this is a receipt, and not an outcome").help(
                "a receipt is replayed: `milepost verify RECEIPT --record FILE --plan FILE`"
                    .to_owned(),
            )
        });
        return Err(reader.problems.refusal());
    }
    let candidate = reader.text(document, "candidate", &root);
    let as_of = reader.text(document, "as_of", &root);
    let day = as_of.and_then(|text| text.parse().ok());
    if as_of.is_some() && day.is_none() {
        reader.expected(&root.key("as_of"), "a date like `2026-07-01`");
    }
    let programme = document.get("programme").unwrap_or(&Tree::Null);
    let definition = reader.text(programme, "definition", &root.key("programme"));
    match (candidate, definition, day) {
        (Some(candidate), Some(definition), Some(as_of)) => Ok(Claims {
            candidate,
            definition,
            as_of,
        }),
        _ => Err(reader.problems.refusal()),
    }
}

/// Reads what is said of each of some groups, by their addresses.
pub(super) fn groups<'t>(
    document: &'t Tree<'t>,
    addresses: &[&str],
) -> Result<HashMap<&'t str, Claim<'t>>, Refusal> {
    let mut reader = Reader {
        known: addresses.iter().map(|it| (*it, ())).collect(),
        ..Reader::default()
    };
    reader.walk(document, &Place::ROOT);
    if reader.problems.is_empty() {
        Ok(reader.groups)
    } else {
        Err(reader.problems.refusal())
    }
}

#[derive(Default)]
struct Reader<'t, 'k> {
    problems: Problems,
    known: HashMap<&'k str, ()>,
    groups: HashMap<&'t str, Claim<'t>>,
}

impl<'t> Reader<'t, '_> {
    /// Looks for requirements, however deep they stand; a tree nests no deeper than a document may.
    fn walk(&mut self, tree: &'t Tree<'t>, place: &Place<'_>) {
        match tree {
            Tree::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.walk(item, &place.index(index));
                }
            }
            Tree::Object(entries) => {
                if let Some(said) = tree.get("allocation") {
                    self.claim(tree, said, place);
                }
                for (key, value) in entries {
                    self.walk(value, &place.key(key));
                }
            }
            _ => {}
        }
    }

    fn claim(&mut self, node: &'t Tree<'t>, said: &'t Tree<'t>, place: &Place<'_>) {
        let Some(address) = self.text(node, "address", place) else {
            return;
        };
        let allocation = place.key("allocation");
        if !self.known.contains_key(address) {
            if !matches!(said, Tree::Null) {
                self.problems.add(&allocation, || {
                    say("the programme has no group without reuse of this address")
                });
            }
            return;
        }
        if self.groups.contains_key(address) {
            self.problems
                .add(place, || say("this group stands twice in the outcome"));
            return;
        }
        let Some(status) = self.text(node, "status", place) else {
            return;
        };
        let is_met = |node: &Tree<'_>| {
            let status = node.get("status").and_then(Tree::text);
            matches!(status, Some("met" | "waived"))
        };
        let Some(Tree::List(children)) = node.get("children") else {
            self.expected(&place.key("children"), "a list");
            return;
        };
        let claim = Claim {
            pointer: place.to_string(),
            status,
            all_met: children.iter().all(is_met),
            allocation: match said {
                Tree::Null => None,
                said => self.allocation(said, &allocation),
            },
        };
        self.groups.insert(address, claim);
    }

    fn allocation(&mut self, said: &'t Tree<'t>, place: &Place<'_>) -> Option<Allocation<'t>> {
        self.keys(said, &["assigned", "blocking"], place);
        let assigned = self.shares(said, "assigned", place)?;
        let blocking = match said.get("blocking") {
            Some(Tree::Null) => None,
            Some(said) => Some(self.blocking(said, &place.key("blocking"))?),
            None => {
                self.expected(&place.key("blocking"), "a blocking set, or `null`");
                return None;
            }
        };
        Some(Allocation { assigned, blocking })
    }

    fn blocking(&mut self, said: &'t Tree<'t>, place: &Place<'_>) -> Option<Blocking<'t>> {
        let keys = [
            "requirements",
            "needed",
            "records",
            "one_of",
            "found",
            "text",
        ];
        self.keys(said, &keys, place);
        Some(Blocking {
            requirements: self.texts(said, "requirements", place)?,
            needed: self.whole(said, "needed", place)?,
            records: self.texts(said, "records", place)?,
            one_of: self.shares(said, "one_of", place)?,
            found: self.whole(said, "found", place)?,
            text: self.text(said, "text", place)?,
        })
    }

    fn shares(&mut self, of: &'t Tree<'t>, key: &str, at: &Place<'_>) -> Option<Vec<Given<'t>>> {
        let place = at.key(key);
        let Some(Tree::List(items)) = of.get(key) else {
            self.expected(&place, "a list");
            return None;
        };
        let mut shares = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let place = place.index(index);
            self.keys(item, &["requirement", "records"], &place);
            shares.push(Given {
                requirement: self.text(item, "requirement", &place)?,
                records: self.texts(item, "records", &place)?,
            });
        }
        Some(shares)
    }

    fn texts(&mut self, of: &'t Tree<'t>, key: &str, at: &Place<'_>) -> Option<Vec<&'t str>> {
        let texts = match of.get(key) {
            Some(Tree::List(items)) => items.iter().map(Tree::text).collect(),
            _ => None,
        };
        if texts.is_none() {
            self.expected(&at.key(key), "a list of texts");
        }
        texts
    }

    fn text(&mut self, of: &'t Tree<'t>, key: &str, at: &Place<'_>) -> Option<&'t str> {
        let text = of.get(key).and_then(Tree::text);
        if text.is_none() {
            self.expected(&at.key(key), "a text");
        }
        text
    }

    fn whole(&mut self, of: &'t Tree<'t>, key: &str, at: &Place<'_>) -> Option<u64> {
        let number = match of.get(key) {
            Some(Tree::Number(written)) => written.parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.expected(&at.key(key), "a whole number");
        }
        number
    }

    /// What is not known is not checked, and so cannot be let pass.
    fn keys(&mut self, of: &'t Tree<'t>, known: &[&str], place: &Place<'_>) {
        let Tree::Object(entries) = of else { return };
        for (key, _) in entries.iter().filter(|(key, _)| !known.contains(&&**key)) {
            self.problems
                .add(&place.key(key), || say("an outcome has no such key here"));
        }
    }

    fn expected(&mut self, place: &Place<'_>, what: &str) {
        self.problems.add(place, || {
            say(format!("expected {what} here, as an outcome has it"))
        });
    }
}
