//! Sharing out without reuse, by trying every way: what each requirement asks for and what may serve it in; the most that
//! can be served, and the first way to do so, out.

use std::collections::{BTreeMap, BTreeSet};

use milepost_engine::Date;

use super::six::{Bit, Six};

/// A record that may serve a requirement.
#[derive(Clone, Debug)]
pub struct Serving {
    /// Its date and its id.
    pub record: (Date, String),
    /// When it may.
    pub truth: Six,
    /// Its value, where the requirement tells apart and another has it too: the place of the first record that does.
    pub value: Option<usize>,
}

/// A requirement that asks for records.
#[derive(Clone, Debug)]
pub struct Demand {
    /// Its address.
    pub address: String,
    /// When it asks for any.
    pub truth: Six,
    /// For how many, if that is known.
    pub asked: Option<i128>,
    /// What may serve it.
    pub serving: Vec<Serving>,
}

/// What a requirement asks for at a bit, and the values of the records that may serve it.
#[derive(Clone, Debug)]
struct Asking {
    asked: i128,
    serving: BTreeMap<(Date, String), Option<usize>>,
}

/// Who is given what.
pub type Way = Vec<(String, Vec<String>)>;

fn at(demands: &[Demand], bit: Bit) -> Vec<Asking> {
    let of = |demand: &Demand| Asking {
        asked: match demand.asked {
            Some(asked) if demand.truth.at(bit) => asked.max(0),
            _ => 0,
        },
        serving: demand
            .serving
            .iter()
            .filter(|serving| serving.truth.at(bit))
            .map(|serving| (serving.record.clone(), serving.value))
            .collect(),
    };
    demands.iter().map(of).collect()
}

/// All but those of some addresses.
#[must_use]
pub fn but(demands: &[Demand], addresses: &[String]) -> Vec<Demand> {
    let others = demands.iter();
    let others = others.filter(|demand| !addresses.contains(&demand.address));
    others.cloned().collect()
}

/// Of demands that can be excused, in a group of this truth, those that are: each to which the records do not stretch beside
/// those that ask already.
#[must_use]
pub fn excused(demands: &[Demand], excusable: Vec<String>, group: Six) -> Vec<String> {
    let mut excused = excusable;
    let mut place = 0;
    while let Some(address) = excused.get(place).cloned() {
        let mut fewer = excused.clone();
        fewer.remove(place);
        let (before, with) = (but(demands, &excused), but(demands, &fewer));
        let asks = |demand: &&Demand| demand.address == address && demand.truth.l0;
        let own = demands.iter().find(asks).and_then(|demand| demand.asked);
        let stretches = most_served(&with) == most_served(&before) + own.unwrap_or(0).max(0)
            && Bit::ALL
                .iter()
                .all(|bit| !group.at(*bit) || served(&with, *bit));
        if stretches {
            excused = fewer;
        } else {
            place += 1;
        }
    }
    excused
}

/// Whether everybody can be served at a bit.
#[must_use]
pub fn served(demands: &[Demand], bit: Bit) -> bool {
    let asking = at(demands, bit);
    most(&asking, &BTreeMap::new()) == asking.iter().map(|one| one.asked).sum()
}

/// How many steps can be served as the record stands.
#[must_use]
pub fn most_served(demands: &[Demand]) -> i128 {
    most(&at(demands, Bit::L0), &BTreeMap::new())
}

/// The first of the ways to serve the most as the record stands, for those that ask for any.
#[must_use]
pub fn first(demands: &[Demand]) -> Way {
    let asking = at(demands, Bit::L0);
    let best = most(&asking, &BTreeMap::new());
    // For each record, the requirements it may still be given to.
    let mut open: BTreeMap<(Date, String), BTreeSet<Option<usize>>> = BTreeMap::new();
    let mut way = Vec::new();
    for (place, (one, demand)) in asking.iter().zip(demands).enumerate() {
        let mut given = Vec::new();
        for record in one.serving.keys() {
            let mut tried = open.clone();
            tried.insert(record.clone(), [Some(place)].into());
            let before = open.get(record);
            let free = before.is_none_or(|before| before.contains(&Some(place)));
            if free && most(&asking, &tried) == best {
                open = tried;
                given.push(record.1.clone());
            } else {
                let all: BTreeSet<Option<usize>> =
                    (0..asking.len()).map(Some).chain([None]).collect();
                open.entry(record.clone())
                    .or_insert(all)
                    .remove(&Some(place));
            }
        }
        if one.asked > 0 {
            way.push((demand.address.clone(), given));
        }
    }
    way
}

/// Whether some requirements, as the record stands, cannot all be served.
#[must_use]
pub fn blocked(demands: &[Demand], addresses: &[String]) -> bool {
    let chosen: Vec<Demand> = demands
        .iter()
        .filter(|demand| addresses.contains(&demand.address))
        .cloned()
        .collect();
    !served(&chosen, Bit::L0)
}

/// What is promised of requirements that cannot be served: the first one alone, else the first two, else those that were
/// `said` if none of them can be left out.
#[must_use]
pub fn smallest(demands: &[Demand], all: &[String], said: Vec<String>) -> Vec<String> {
    if let Some(one) = all.iter().find(|one| blocked(demands, &[(*one).clone()])) {
        return vec![one.clone()];
    }
    for (place, one) in all.iter().enumerate() {
        for other in all.iter().skip(place + 1) {
            let two = vec![one.clone(), other.clone()];
            if blocked(demands, &two) {
                return two;
            }
        }
    }
    if !blocked(demands, all) {
        return Vec::new();
    }
    for place in 0..said.len() {
        let mut fewer = said.clone();
        fewer.remove(place);
        if blocked(demands, &fewer) {
            return fewer;
        }
    }
    assert!(blocked(demands, &said), "these can be served: {said:?}");
    said
}

type State = Vec<(i128, BTreeSet<usize>)>;

/// The most that can be served, where some records may be given to some requirements only; no way at all is -1.
fn most(asking: &[Asking], open: &BTreeMap<(Date, String), BTreeSet<Option<usize>>>) -> i128 {
    let records: BTreeSet<&(Date, String)> =
        asking.iter().flat_map(|one| one.serving.keys()).collect();
    let mut states: BTreeMap<State, i128> = BTreeMap::new();
    states.insert(vec![(0, BTreeSet::new()); asking.len()], 0);
    for record in records {
        let may = |place: Option<usize>| open.get(record).is_none_or(|open| open.contains(&place));
        let mut next: BTreeMap<State, i128> = BTreeMap::new();
        let mut put = |state: State, count: i128| {
            let best = next.entry(state).or_insert(count);
            *best = count.max(*best);
        };
        for (state, count) in &states {
            if may(None) {
                put(state.clone(), *count);
            }
            for (place, one) in asking.iter().enumerate() {
                let (Some(value), true) = (one.serving.get(record), may(Some(place))) else {
                    continue;
                };
                let mut given = state.clone();
                let Some(own) = given.get_mut(place) else {
                    continue;
                };
                if own.0 < one.asked && value.is_none_or(|value| own.1.insert(value)) {
                    own.0 += 1;
                    put(given, *count + 1);
                }
            }
        }
        states = next;
    }
    states.into_values().max().unwrap_or(-1)
}
