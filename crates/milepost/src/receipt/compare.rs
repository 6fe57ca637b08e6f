//! The outcome of a receipt and the one replayed, as trees, in; each place where they differ, with what it is about, out.

use super::number;
use crate::decode::{Place, Tree};
use crate::report::text::text;
use crate::wire::{ComparedOutcome, Difference};
use milepost_engine::order;

/// So many differences are listed; who has more has another record or another programme.
const LISTED: usize = 100;
/// So many characters of a value are shown.
const SHOWN: usize = 200;
/// What tells the items of a list apart.
const NAMES: [&str; 3] = ["address", "name", "id"];

/// Compares the outcome of a receipt, which stands at a place, with the one replayed.
pub(super) fn compare(
    receipt: &Tree<'_>,
    replayed: &Tree<'_>,
    place: &Place<'_>,
) -> ComparedOutcome {
    let mut differences = Differences::default();
    differences.values(receipt, replayed, place, About::default());
    let verdicts = verdicts(receipt);
    ComparedOutcome {
        same: differences.listed.is_empty(),
        verdicts_same: verdicts.is_some() && verdicts == self::verdicts(replayed),
        differences: differences.listed,
        more: differences.more,
    }
}

/// The status of every role and competency, and whether it is at risk.
type Verdicts<'t> = Vec<(&'static str, &'t str, &'t str, bool)>;

/// How roles and competencies stand, by name; nothing if that is not said of each of them, once.
fn verdicts<'t>(outcome: &'t Tree<'_>) -> Option<Verdicts<'t>> {
    let mut verdicts = Vec::new();
    for section in ["roles", "competencies"] {
        let Some(Tree::List(items)) = outcome.get(section) else {
            return None;
        };
        for item in items {
            let name = item.get("name")?.text()?;
            let status = item.get("status")?.text()?;
            let Some(Tree::YesNo(at_risk)) = item.get("at_risk") else {
                return None;
            };
            verdicts.push((section, name, status, *at_risk));
        }
    }
    order::sort(&mut verdicts);
    let named = |it: &(&'static str, &'t str, &'t str, bool)| (it.0, it.1);
    let all = verdicts.len();
    verdicts.dedup_by_key(|it| named(it));
    (verdicts.len() == all).then_some(verdicts)
}

/// What a place is about: a role, a competency or a requirement.
#[derive(Clone, Copy, Default)]
struct About<'a> {
    address: Option<&'a str>,
    title: Option<&'a str>,
}

impl<'a> About<'a> {
    /// What an object is about, within what it stands in.
    fn of(self, object: &'a Tree<'_>) -> Self {
        let said = |key| object.get(key).and_then(Tree::text);
        let name =
            said("address").or_else(|| said("name").filter(|_| object.get("status").is_some()));
        match name {
            Some(name) => Self {
                address: Some(name),
                title: said("title").or_else(|| said("text")),
            },
            None => self,
        }
    }
}

#[derive(Default)]
struct Differences {
    listed: Vec<Difference>,
    more: u64,
}

impl Differences {
    fn values(
        &mut self,
        receipt: &Tree<'_>,
        replayed: &Tree<'_>,
        place: &Place<'_>,
        about: About<'_>,
    ) {
        match (receipt, replayed) {
            (Tree::Object(own), Tree::Object(other)) => {
                let about = about.of(replayed);
                for (key, value) in other {
                    let place = place.key(key);
                    match receipt.get(key) {
                        Some(own) => self.values(own, value, &place, about),
                        None => self.add(None, Some(value), &place, about),
                    }
                }
                for (key, value) in own {
                    if replayed.get(key).is_none() {
                        self.add(Some(value), None, &place.key(key), about);
                    }
                }
            }
            (Tree::List(own), Tree::List(other)) => {
                if let Some(name) = NAMES.into_iter().find(|name| are_named(own, other, name)) {
                    self.named(own, other, name, place, about);
                } else if own.iter().chain(other).all(is_plain) {
                    if !(own.len() == other.len()
                        && own.iter().zip(other).all(|(own, other)| same(own, other)))
                    {
                        self.add(Some(receipt), Some(replayed), place, about);
                    }
                } else {
                    self.in_order(own, other, place, about);
                }
            }
            _ => {
                if !same(receipt, replayed) {
                    self.add(Some(receipt), Some(replayed), place, about);
                }
            }
        }
    }

    /// Two lists, item by item.
    fn in_order(
        &mut self,
        receipt: &[Tree<'_>],
        replayed: &[Tree<'_>],
        place: &Place<'_>,
        about: About<'_>,
    ) {
        for index in 0..receipt.len().max(replayed.len()) {
            let place = place.index(index);
            match (receipt.get(index), replayed.get(index)) {
                (Some(own), Some(other)) => self.values(own, other, &place, about),
                (own, other) => self.add(own, other, &place, about),
            }
        }
    }

    /// Two lists whose items have names: each item is compared with that of its name, so that one that is missing does not
    /// make all that follow different.
    fn named(
        &mut self,
        receipt: &[Tree<'_>],
        replayed: &[Tree<'_>],
        name: &str,
        place: &Place<'_>,
        about: About<'_>,
    ) {
        let mut others: Vec<(&str, usize)> = (0..)
            .zip(replayed)
            .filter_map(|(index, item)| Some((named(item, name)?, index)))
            .collect();
        order::sort(&mut others);
        let mut matched = vec![false; replayed.len()];
        let mut last = None;
        let mut moved = false;
        for (index, item) in receipt.iter().enumerate() {
            let other = named(item, name).and_then(|name| {
                let at = others.binary_search_by(|(other, _)| (*other).cmp(name));
                let (_, at) = others.get(at.ok()?)?;
                Some((*at, replayed.get(*at)?))
            });
            let place = place.index(index);
            match other {
                Some((at, other)) => {
                    if let Some(matched) = matched.get_mut(at) {
                        *matched = true;
                    }
                    moved |= last.is_some_and(|last| last > at);
                    last = Some(at);
                    self.values(item, other, &place, about);
                }
                None => self.add(Some(item), None, &place, about.of(item)),
            }
        }
        for (index, (item, matched)) in replayed.iter().zip(matched).enumerate() {
            if !matched {
                self.add(None, Some(item), &place.index(index), about.of(item));
            }
        }
        if moved {
            let order = |items: &[Tree<'_>]| {
                let names = items.iter().filter_map(|item| named(item, name));
                Tree::List(
                    names
                        .map(|name| Tree::Text(name.to_owned().into()))
                        .collect(),
                )
            };
            self.add(Some(&order(receipt)), Some(&order(replayed)), place, about);
        }
    }

    fn add(
        &mut self,
        receipt: Option<&Tree<'_>>,
        replayed: Option<&Tree<'_>>,
        place: &Place<'_>,
        about: About<'_>,
    ) {
        if self.listed.len() == LISTED {
            self.more += 1;
            return;
        }
        self.listed.push(Difference {
            pointer: place.to_string(),
            address: about.address.map(shortened),
            title: about.title.map(shortened),
            receipt: receipt.map(shown),
            replayed: replayed.map(shown),
        });
    }
}

/// The name of an item.
fn named<'t>(item: &'t Tree<'_>, name: &str) -> Option<&'t str> {
    item.get(name).and_then(Tree::text)
}

/// Whether every item of two lists has a name, and no two of one list the same.
fn are_named(receipt: &[Tree<'_>], replayed: &[Tree<'_>], name: &str) -> bool {
    let distinct = |items: &[Tree<'_>]| {
        let mut names: Vec<&str> = items.iter().filter_map(|item| named(item, name)).collect();
        order::sort(&mut names);
        names.dedup();
        names.len() == items.len()
    };
    !(receipt.is_empty() && replayed.is_empty()) && distinct(receipt) && distinct(replayed)
}

/// Whether a value holds no others.
const fn is_plain(value: &Tree<'_>) -> bool {
    !matches!(value, Tree::List(_) | Tree::Object(_))
}

/// Whether two values that hold no others are the same.
fn same(receipt: &Tree<'_>, replayed: &Tree<'_>) -> bool {
    match (receipt, replayed) {
        (Tree::Number(own), Tree::Number(other)) => number::same(own, other),
        (Tree::Null, Tree::Null) => true,
        (Tree::YesNo(own), Tree::YesNo(other)) => own == other,
        (Tree::Text(own), Tree::Text(other)) => own == other,
        _ => false,
    }
}

/// A value as JSON text, cut short if it is long.
fn shown(value: &Tree<'_>) -> String {
    let mut out = String::new();
    write(&mut out, value);
    shortened(&out)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
        None => text.to_owned(),
    }
}

/// Writes a value, or as much of it as can be shown.
fn write(out: &mut String, value: &Tree<'_>) {
    // A character has at most four bytes.
    let full = |out: &String| out.len() > SHOWN * 4;
    match value {
        Tree::Null => out.push_str("null"),
        Tree::YesNo(true) => out.push_str("true"),
        Tree::YesNo(false) => out.push_str("false"),
        Tree::Number(number) => out.push_str(number),
        Tree::Text(value) => text(out, value),
        Tree::List(items) => {
            let mut before = "[";
            for item in items {
                if full(out) {
                    return;
                }
                out.push_str(before);
                before = ",";
                write(out, item);
            }
            out.push_str(if before == "[" { "[]" } else { "]" });
        }
        Tree::Object(entries) => {
            let mut before = "{";
            for (key, item) in entries {
                if full(out) {
                    return;
                }
                out.push_str(before);
                before = ",";
                text(out, key);
                out.push(':');
                write(out, item);
            }
            out.push_str(if before == "{" { "{}" } else { "}" });
        }
    }
}
