//! The check itself. In: what the requirements of a group ask for and which records may count for them, and what is said to be
//! given to whom. Out: everything that does not hold of that.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use milepost_engine::Demand;
use milepost_engine::plan::Parts;
use milepost_engine::record::Record;

use super::claims::{Allocation, Blocking, Given};
use super::ways::{Asks, Ways};
use crate::wording::count;

/// More is not searched: the records that may count for those that block, times what these ask for.
const WORK: u64 = 50_000_000;

/// What a group asks for.
pub(super) struct Demanded<'a> {
    /// Its requirements by their addresses, in the order written.
    requirements: Vec<(&'a str, Asks)>,
    /// The place of each.
    places: HashMap<&'a str, usize>,
    /// The number of each record that may count for any of them.
    numbers: HashMap<&'a str, usize>,
    /// The ids of those records.
    ids: Vec<&'a str>,
}

impl<'a> Demanded<'a> {
    pub(super) fn new(demands: &[Demand], parts: &'a Parts, record: &'a Record) -> Self {
        let mut demanded = Self {
            requirements: Vec::new(),
            places: HashMap::new(),
            numbers: HashMap::new(),
            ids: Vec::new(),
        };
        for demand in demands {
            let Some(node) = parts.nodes.get(demand.node.index()) else {
                continue;
            };
            let mut by_value: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
            let mut slots = Vec::new();
            for (of, value) in &demand.serving {
                let id = record.record_id(*of);
                let number = *demanded.numbers.entry(id).or_insert(demanded.ids.len());
                if number == demanded.ids.len() {
                    demanded.ids.push(id);
                }
                match value {
                    Some(value) => by_value.entry(*value).or_default().push(number),
                    None => slots.push(vec![number]),
                }
            }
            slots.extend(by_value.into_values());
            let place = demanded.requirements.len();
            demanded.places.insert(&node.address, place);
            let asks = Asks::new(demand.asked, slots);
            demanded.requirements.push((&node.address, asks));
        }
        demanded
    }

    fn of(&self, address: &str) -> Option<(usize, &Asks)> {
        let place = *self.places.get(address)?;
        let (_, asks) = self.requirements.get(place)?;
        Some((place, asks))
    }

    fn id(&self, number: usize) -> &str {
        self.ids.get(number).copied().unwrap_or_default()
    }
}

/// What does not hold of what is said.
pub(super) fn check(
    demanded: &Demanded<'_>,
    said: &Allocation<'_>,
    is_met: bool,
    record: &Record,
) -> Vec<String> {
    let mut check = Check {
        demanded,
        record,
        problems: Vec::new(),
    };
    let ways = check.assigned(&said.assigned, said.blocking.is_none());
    match (&said.blocking, ways) {
        (None, _) => {}
        (Some(_), _) if is_met => {
            check.problem("it is said to be met, and to be blocked".to_owned());
        }
        (Some(blocking), ways) => {
            if let Some(at) = ways.and_then(|mut ways| ways.serve_any()) {
                let address = demanded.requirements.get(at).map_or("", |it| it.0);
                check.problem(format!("`{address}` could be given one more, others being moved"));
            }
            check.blocking(blocking);
        }
    }
    check.problems
}

struct Check<'c, 'a> {
    demanded: &'c Demanded<'a>,
    record: &'c Record,
    problems: Vec<String>,
}

impl Check<'_, '_> {
    fn problem(&mut self, problem: String) {
        self.problems.push(problem);
    }

    /// Who is given what: each of those that ask, what may count for it, nothing twice, and all it asks for if `all` are said to be
    /// served. Nothing comes back unless it all holds.
    fn assigned(&mut self, shares: &[Given<'_>], all: bool) -> Option<Ways<'_>> {
        let demanded = self.demanded;
        let asks = demanded.requirements.iter().map(|(_, asks)| asks).collect();
        let mut ways = Ways::new(asks, demanded.ids.len());
        let mut seen = BTreeSet::new();
        for share in shares {
            let address = share.requirement;
            let Some((place, asks)) = demanded.of(address) else {
                self.problem(format!("`{address}` asks for no records in this group"));
                continue;
            };
            if !seen.insert(place) {
                self.problem(format!("`{address}` stands twice"));
                continue;
            }
            for id in &share.records {
                let number = demanded.numbers.get(id).copied();
                let Some((number, slot)) = number.and_then(|it| Some((it, asks.slot_of(it)?)))
                else {
                    self.may_not(id, address);
                    continue;
                };
                if let Some(other) = ways.owner(number) {
                    let other = demanded.requirements.get(other).map_or("", |it| it.0);
                    self.problem(format!("`{id}` is given to `{other}` and to `{address}`"));
                } else if let Some(held) = ways.held(place, slot) {
                    let held = demanded.id(held);
                    self.problem(format!(
                        "`{held}` and `{id}` are of one value, and both given to `{address}`"
                    ));
                } else {
                    ways.give(place, slot, number);
                }
            }
            let given = share.records.len() as u64;
            if given > asks.asked || all && given < asks.asked {
                let (asked, given) = (count(asks.asked), count(given));
                self.problem(format!("`{address}` asks for {asked} and is given {given}"));
            }
        }
        for (place, (address, _)) in demanded.requirements.iter().enumerate() {
            if !seen.contains(&place) {
                self.problem(format!("`{address}` asks for records, and is left out"));
            }
        }
        self.problems.is_empty().then_some(ways)
    }

    fn may_not(&mut self, id: &str, address: &str) {
        // One after another would be slow in a large record; past so many nobody reads why.
        let known = self.problems.len() < super::LISTED && self.record.find(id).is_none();
        self.problem(match known {
            true => format!("`{id}` is not on the record"),
            false => format!("`{id}` may not count for `{address}`"),
        });
    }

    /// That some requirements ask for more than may count for any of them, and none of them can be left out.
    fn blocking(&mut self, said: &Blocking<'_>) {
        let before = self.problems.len();
        let demanded = self.demanded;
        let mut places = Vec::new();
        for address in &said.requirements {
            match demanded.of(address) {
                Some((place, _)) if places.contains(&place) => {
                    self.problem(format!("`{address}` stands twice among those that block"));
                }
                Some((place, _)) if places.len() < demanded.places.len() => places.push(place),
                _ => self.problem(format!("`{address}` asks for no records in this group")),
            }
        }
        if places.is_empty() {
            self.problem("no requirement is said to block".to_owned());
        }
        let asks: Vec<&Asks> = places
            .iter()
            .filter_map(|place| demanded.requirements.get(*place))
            .map(|(_, asks)| asks)
            .collect();
        let needed = asks.iter().fold(0u64, |sum, asks| sum.saturating_add(asks.asked));
        if needed != said.needed {
            let said = said.needed;
            self.problem(format!("{said} are said to be needed; it is {needed}"));
        }
        let found = said.records.len() as u64 + said.one_of.len() as u64;
        if found != said.found {
            let said = said.found;
            self.problem(format!("{said} are said to be found; {found} are listed"));
        }
        if found >= needed {
            self.problem(format!("{found} may count, and {needed} are asked for: that blocks nothing"));
        }
        self.is_all(said, &places);
        if self.problems.len() > before {
            return;
        }
        let pairs: u64 = asks.iter().map(|asks| asks.pairs()).sum();
        if pairs.saturating_mul(needed.min(pairs)) > WORK {
            self.problem("there is too much to check whether fewer would block".to_owned());
            return;
        }
        let address = |at: usize| demanded.requirements.get(*places.get(at)?);
        if let Some((address, _)) = Ways::needless(&asks, demanded.ids.len()).and_then(address) {
            self.problem(format!("`{address}` can be left out: the others block without it"));
        }
    }

    /// That nothing else may count for those that block, and of each set of one value one record only.
    fn is_all(&mut self, said: &Blocking<'_>, places: &[usize]) {
        let demanded = self.demanded;
        let mut once = vec![false; demanded.ids.len()];
        for id in &said.records {
            let number = demanded.numbers.get(id).copied();
            match number.and_then(|number| once.get_mut(number)) {
                Some(once) if !*once => *once = true,
                Some(_) => self.problem(format!("`{id}` stands twice among what may count")),
                None => self.may_not(id, "any of them"),
            }
        }
        // For each requirement, the values of which one record is said to count, and those records.
        let mut alike: BTreeSet<(usize, usize)> = BTreeSet::new();
        for group in &said.one_of {
            let of = demanded.of(group.requirement);
            let Some((place, asks)) = of.filter(|(place, _)| places.contains(place)) else {
                let address = group.requirement;
                self.problem(format!("`{address}` is not among those that block"));
                continue;
            };
            let numbers = group.records.iter().map(|id| demanded.numbers.get(id));
            let slots: Vec<Option<usize>> =
                numbers.map(|it| it.and_then(|it| asks.slot_of(*it))).collect();
            match slots.first() {
                Some(Some(slot)) if slots.iter().all(|it| *it == Some(*slot)) => {
                    let numbers = group.records.iter().filter_map(|id| demanded.numbers.get(id));
                    alike.extend(numbers.map(|number| (place, *number)));
                }
                _ => {
                    let ids = group.records.join("`, `");
                    let address = group.requirement;
                    self.problem(format!("not just one of `{ids}` may count for `{address}`"));
                }
            }
        }
        for place in places {
            let Some((address, asks)) = demanded.requirements.get(*place) else {
                continue;
            };
            for number in asks.records() {
                let is_listed = once.get(number) == Some(&true) || alike.contains(&(*place, number));
                if !is_listed {
                    let id = demanded.id(number);
                    self.problem(format!("`{id}` may count for `{address}` too, and is not listed"));
                }
            }
        }
    }
}
