//! The check of one group. In: what its requirements ask for and which records may count for them, and what is said to be
//! given to whom. Out: everything that does not hold of that, each with its place.

use std::collections::{HashMap, HashSet};

use milepost_engine::Asked;
use milepost_engine::outcome::{self, RecordRef, Share};
use milepost_engine::plan::{Node, NodeId, Parts};
use milepost_engine::record::Record;

use super::claims::{Allocation, Blocking, Claim, Given};
use super::findings::Findings;
use crate::wording::Words;

/// A requirement of the group.
struct Asks<'a> {
    address: &'a str,
    node: NodeId,
    asked: u64,
    /// The records that may count, by id, each with the value of which only one may.
    serving: HashMap<&'a str, (RecordRef, Option<i64>)>,
}

/// A group, and what it asks for.
pub(super) struct Group<'a> {
    group: &'a Node,
    words: Words<'a>,
    record: &'a Record,
    /// In the order written.
    asks: Vec<Asks<'a>>,
    places: HashMap<&'a str, usize>,
}

impl<'a> Group<'a> {
    pub(super) fn new(
        group: &'a Node,
        demands: &[Asked],
        parts: &'a Parts,
        record: &'a Record,
    ) -> Self {
        let asks: Vec<Asks<'a>> = demands
            .iter()
            .filter_map(|demand| {
                let serving = demand.serving.iter();
                let serving = serving.map(|(it, value)| (record.record_id(*it), (*it, *value)));
                Some(Asks {
                    address: &parts.nodes.get(demand.node.index())?.address,
                    node: demand.node,
                    asked: demand.asked,
                    serving: serving.collect(),
                })
            })
            .collect();
        let places = asks.iter().enumerate();
        Self {
            group,
            words: Words::new(parts),
            record,
            places: places.map(|(place, it)| (it.address, place)).collect(),
            asks,
        }
    }

    fn of(&self, address: &str) -> Option<(usize, &Asks<'a>)> {
        let place = *self.places.get(address)?;
        Some((place, self.asks.get(place)?))
    }

    /// Finds all that does not hold of what is said.
    pub(super) fn check(&self, claim: &Claim<'_>, said: &Allocation<'_>, found: &mut Findings) {
        let at = format!("{}/allocation", claim.pointer);
        self.assigned(said, &at, found);
        if let Some(blocking) = &said.blocking {
            self.blocking(blocking, &format!("{at}/blocking"), found);
        }
        let status = || format!("{}/status", claim.pointer);
        match (claim.status, &said.blocking) {
            ("waived", _) => {}
            ("met", Some(_)) => found.add(status(), || {
                "it is said to be met, and its requirements to be blocked".to_owned()
            }),
            ("met", None) if !claim.all_met => found.add(status(), || {
                "it is said to be met, and not all its members are".to_owned()
            }),
            ("met", None) => {}
            (_, None) if claim.all_met => found.add(status(), || {
                "all its members are met and served, and it is said not to be met".to_owned()
            }),
            _ => {}
        }
    }

    /// Who is given what: each of those that ask, only what may count for it, nothing twice; and all that is asked for, or
    /// all that is left.
    fn assigned(&self, said: &Allocation<'_>, at: &str, found: &mut Findings) {
        let mut owners: HashMap<&str, &str> = HashMap::new();
        let mut taken: HashSet<(usize, i64)> = HashSet::new();
        let mut given = vec![None; self.asks.len()];
        for (index, share) in said.assigned.iter().enumerate() {
            let at = format!("{at}/assigned/{index}");
            let address = share.requirement;
            let Some((place, asks)) = self.of(address) else {
                found.add(format!("{at}/requirement"), || strange(address));
                continue;
            };
            let count = share.records.len() as u64;
            if let Some(given) = given.get_mut(place)
                && given.replace(count).is_some()
            {
                found.add(format!("{at}/requirement"), || {
                    format!("`{address}` stands twice")
                });
            }
            for (index, id) in share.records.iter().enumerate() {
                let at = || format!("{at}/records/{index}");
                let Some((_, value)) = asks.serving.get(id) else {
                    found.add(at(), || may_not(id, address));
                    continue;
                };
                if let Some(other) = owners.insert(id, address) {
                    found.add(at(), || {
                        format!("`{id}` is given to `{address}`, and before to `{other}`")
                    });
                }
                if value.is_some_and(|value| !taken.insert((place, value))) {
                    found.add(at(), || {
                        format!("`{id}` has the value of another record given to `{address}`")
                    });
                }
            }
            let asked = asks.asked;
            if count > asked || count < asked && said.blocking.is_none() {
                found.add(format!("{at}/records"), || {
                    format!("`{address}` asks for {asked}, and is given {count}")
                });
            }
        }
        let mut lacking = false;
        for (place, (asks, given)) in self.asks.iter().zip(given).enumerate() {
            let address = asks.address;
            let Some(given) = given else {
                found.add(format!("{at}/assigned"), || {
                    format!("`{address}` asks for records, and is left out")
                });
                continue;
            };
            if given >= asks.asked {
                continue;
            }
            lacking = true;
            let serving = asks.serving.iter().filter(|(id, (_, value))| {
                !owners.contains_key(*id)
                    && value.is_none_or(|value| !taken.contains(&(place, value)))
            });
            if let Some((id, _)) = serving.min_by_key(|(id, _)| **id) {
                found.add(format!("{at}/assigned"), || {
                    format!(
                        "`{address}` lacks a record, and `{id}` may count and is given to nobody"
                    )
                });
            }
        }
        if said.blocking.is_some() && !lacking {
            found.add(format!("{at}/blocking"), || {
                "all requirements are given what they ask for, and are said to be blocked"
                    .to_owned()
            });
        }
    }

    /// That some requirements ask for more than may count for any of them.
    fn blocking(&self, said: &Blocking<'_>, at: &str, found: &mut Findings) {
        let before = found.len();
        let mut places: Vec<usize> = Vec::new();
        let mut seen = HashSet::new();
        let mut needed = 0u64;
        for (index, address) in said.requirements.iter().enumerate() {
            let at = || format!("{at}/requirements/{index}");
            match self.of(address) {
                None => found.add(at(), || strange(address)),
                Some((place, _)) if !seen.insert(place) => {
                    found.add(at(), || format!("`{address}` stands twice"));
                }
                Some((place, asks)) => {
                    needed = needed.saturating_add(asks.asked);
                    places.push(place);
                }
            }
        }
        if needed != said.needed {
            found.add(format!("{at}/needed"), || {
                format!("{} are said to be needed; it is {needed}", said.needed)
            });
        }
        let listed = said.records.len() as u64 + said.one_of.len() as u64;
        if listed != said.found {
            found.add(format!("{at}/found"), || {
                format!("{} are said to be found; {listed} are listed", said.found)
            });
        }
        if listed >= needed {
            found.add(at.to_owned(), || {
                format!("{listed} may count, and {needed} are asked for: that blocks nothing")
            });
        }
        self.listed(said, &places, at, found);
        if found.len() == before && self.in_words(said) != said.text {
            found.add(format!("{at}/text"), || {
                "the sentence does not say what the sets say".to_owned()
            });
        }
    }

    /// That every record that may count for any of those that block is listed, and nothing else.
    fn listed(&self, said: &Blocking<'_>, places: &[usize], at: &str, found: &mut Findings) {
        let blocking = || places.iter().filter_map(|place| self.asks.get(*place));
        let mut once: HashSet<&str> = HashSet::new();
        for (index, id) in said.records.iter().enumerate() {
            let at = || format!("{at}/records/{index}");
            if !blocking().any(|asks| asks.serving.contains_key(id)) {
                found.add(at(), || may_not(id, "any of those that block"));
            } else if !once.insert(id) {
                found.add(at(), || format!("`{id}` stands twice"));
            }
        }
        // For each of those that block, the values of which one record is said to count.
        let mut alike: HashSet<(usize, i64)> = HashSet::new();
        for (index, group) in said.one_of.iter().enumerate() {
            let at = || format!("{at}/one_of/{index}");
            let address = group.requirement;
            let Some((place, asks)) = self.of(address).filter(|(place, _)| places.contains(place))
            else {
                found.add(at(), || {
                    format!("`{address}` is not among those that block")
                });
                continue;
            };
            let value = |id: &str| asks.serving.get(id).and_then(|(_, value)| *value);
            let first = group.records.first().and_then(|id| value(id));
            let same = group.records.iter().all(|id| value(id) == first);
            match first.filter(|_| same) {
                Some(value) if !alike.insert((place, value)) => {
                    found.add(at(), || format!("these stand twice for `{address}`"));
                }
                Some(value) => {
                    let all = asks.serving.iter();
                    let all = all.filter(|(id, (_, of))| *of == Some(value) && !once.contains(*id));
                    let named: HashSet<&str> = group.records.iter().copied().collect();
                    if let Some((id, _)) = all
                        .filter(|(id, _)| !named.contains(*id))
                        .min_by_key(|it| *it.0)
                    {
                        found.add(at(), || unlisted(id, address));
                    } else if named.len() != group.records.len() {
                        found.add(at(), || "a record stands twice".to_owned());
                    }
                }
                None => found.add(at(), || {
                    format!("more than one of these may count for `{address}`, or none")
                }),
            }
        }
        for place in places {
            let Some(asks) = self.asks.get(*place) else {
                continue;
            };
            let missing = asks.serving.iter().filter(|(id, (_, value))| {
                !once.contains(*id) && value.is_none_or(|value| !alike.contains(&(*place, value)))
            });
            if let Some((id, _)) = missing.min_by_key(|(id, _)| **id) {
                found.add(format!("{at}/records"), || unlisted(id, asks.address));
            }
        }
    }

    /// The sentence about a blocking set of which all else holds.
    fn in_words(&self, said: &Blocking<'_>) -> String {
        let known: HashMap<&str, RecordRef> = said
            .requirements
            .iter()
            .filter_map(|address| self.of(address))
            .flat_map(|(_, asks)| asks.serving.iter().map(|(id, (it, _))| (*id, *it)))
            .collect();
        let records = |ids: &[&str]| ids.iter().filter_map(|id| known.get(id).copied()).collect();
        let node = |address: &str| self.of(address).map(|(_, asks)| asks.node);
        let share = |given: &Given<'_>| {
            Some(Share {
                node: node(given.requirement)?,
                records: records(&given.records),
            })
        };
        let blocking = outcome::Blocking {
            nodes: said.requirements.iter().filter_map(|it| node(it)).collect(),
            needed: said.needed,
            records: records(&said.records),
            groups: said.one_of.iter().filter_map(share).collect(),
        };
        self.words.blocking(self.group, &blocking, self.record)
    }
}

fn strange(address: &str) -> String {
    format!("`{address}` asks for no records in this group")
}

fn may_not(id: &str, address: &str) -> String {
    match address {
        "any of those that block" => format!("`{id}` may not count for {address}"),
        _ => format!("`{id}` may not count for `{address}`"),
    }
}

fn unlisted(id: &str, address: &str) -> String {
    format!("`{id}` may count for `{address}` too, and is not listed")
}
