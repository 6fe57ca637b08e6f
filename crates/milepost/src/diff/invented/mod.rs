//! Candidates made up: two programmes, a day and something both have in; a small record on which they disagree, out, if one is
//! found within the bound.
//!
//! The search begins with nobody, with those who meet it in the fewest steps under the one and the other, from nothing or from
//! credentials and posts on, and with those and every waiver; it goes on to records beside these. Whatever it gives has been
//! evaluated by both, each on what it knows of it.

mod alone;
mod anytime;
mod beside;
mod material;
mod reached;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use milepost_engine::Date;
use milepost_engine::plan::Form;
use serde_json::{Value, json};

use super::bridge::Bridge;
use super::known::{Known, shared};
use alone::Alone;
use beside::Neighbours;
use material::{Material, renamed};

/// So many records are tried for each role, stage and competency, in each direction.
pub const TRIED: u64 = 1_000;
/// So many records are gone on from at once.
const LAYER: usize = 32;
/// So many requirements are evaluated in all searches together, each as often as it is.
const WORK: u64 = 40_000_000;
/// Finding the fewest steps counts as so many.
const WAYS: u64 = 100_000;

/// The search for candidates on whom two programmes disagree.
pub(super) struct Search {
    old: Alone,
    new: Alone,
    /// What the old programme calls what has another name in the new one.
    shared: BTreeMap<String, String>,
    as_of: Date,
    /// What one record takes, and what is left for all.
    each: u64,
    left: Cell<u64>,
}

/// What a search found.
pub(super) struct Found {
    /// The record, as JSON.
    pub(super) record: Option<String>,
    /// How many records were tried.
    pub(super) tried: u64,
}

/// A programme and what is asked for in it.
type Side<'a> = (&'a Alone, &'a Form);

impl Search {
    pub(super) fn new(bridge: &Bridge<'_>, as_of: Date) -> Option<Self> {
        let (old, new) = (bridge.old, bridge.new);
        let each = old.nodes.len().saturating_add(new.nodes.len());
        Some(Self {
            old: Alone::new(old, Known::old(bridge))?,
            new: Alone::new(new, Known::new(bridge))?,
            shared: shared(bridge),
            as_of,
            each: u64::try_from(each).unwrap_or(u64::MAX).saturating_add(32),
            left: Cell::new(WORK),
        })
    }

    /// Takes from what is left; says no if there is not so much.
    fn spend(&self, work: u64) -> bool {
        let left = self.left.get().checked_sub(work);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Somebody who gains: does not meet it under the old, and meets it under the new.
    pub(super) fn gains(&self, old: &Form, new: &Form) -> Found {
        self.search((&self.old, old), (&self.new, new))
    }

    /// Somebody who loses.
    pub(super) fn loses(&self, old: &Form, new: &Form) -> Found {
        self.search((&self.new, new), (&self.old, old))
    }

    fn search(&self, not: Side<'_>, met: Side<'_>) -> Found {
        let mut trial = Trial {
            search: self,
            not,
            met,
            seen: BTreeSet::new(),
            tried: 0,
        };
        let record = trial.run().err().flatten();
        Found {
            record: record.map(|it| self.smallest(it, not, met).to_string()),
            tried: trial.tried,
        }
    }

    /// The records that meet it in the fewest steps from one on.
    fn ways(&self, (alone, goal): Side<'_>, from: &Value) -> Vec<Value> {
        if !self.spend(WAYS) {
            return Vec::new();
        }
        let mut ways = alone.ways(goal, from, self.as_of);
        if ways.is_empty() && self.spend(WAYS) {
            let days: Vec<Date> = material::always(self.as_of)
                .chain(anytime::named(alone.parts()))
                .collect();
            let anytime = alone.ways_at_any_time(goal, from, self.as_of);
            let laid_out = anytime.into_iter().map(|it| {
                anytime::laid_out(it, &days, |record| {
                    let worth = self.spend(self.each);
                    worth.then(|| alone.left(record, goal, self.as_of))?
                })
            });
            ways.extend(laid_out);
        }
        let ways = ways.into_iter();
        ways.map(|it| renamed(it, &self.shared)).collect()
    }

    /// Whether the one and the other meet it.
    fn stands(&self, record: &Value, not: Side<'_>, met: Side<'_>) -> Option<(bool, bool)> {
        let met = met.0.meets(record, met.1, self.as_of)?;
        Some((not.0.meets(record, not.1, self.as_of)?, met))
    }

    /// The same record with whatever can be left out left out.
    fn smallest(&self, mut record: Value, not: Side<'_>, met: Side<'_>) -> Value {
        let mut left = TRIED;
        loop {
            let smaller = beside::less(&record)
                .take_while(|_| {
                    let goes_on = left > 0 && self.spend(self.each);
                    left = left.saturating_sub(1);
                    goes_on
                })
                .find(|it| self.stands(it, not, met) == Some((false, true)));
            match smaller {
                Some(smaller) => record = smaller,
                None => return record,
            }
        }
    }
}

/// One search under way.
struct Trial<'a> {
    search: &'a Search,
    not: Side<'a>,
    met: Side<'a>,
    seen: BTreeSet<String>,
    tried: u64,
}

/// Why a search ends: somebody was found, or as many as may be were tried.
type End = Option<Value>;

/// Records beside a record.
type Step = for<'r> fn(&'r Value, &'r Material) -> Neighbours<'r>;

impl Trial<'_> {
    /// Tries whatever comes to mind, until it ends.
    fn run(&mut self) -> Result<(), End> {
        let mut layer = Vec::new();
        let nobody = json!({ "id": "invented" });
        let met = self.search.ways(self.met, &nobody);
        let mut first = met.clone();
        first.push(nobody.clone());
        first.extend(self.search.ways(self.not, &nobody));
        self.try_all(first, &mut layer)?;
        let material = Material::new([self.met, self.not], &self.search.shared, self.search.as_of);
        let mut met = met;
        for before in &material.before {
            let mut ways = self.search.ways(self.met, before);
            ways.push(before.clone());
            self.try_all(ways.clone(), &mut layer)?;
            met.append(&mut ways);
        }
        if !material.waivers.is_empty() {
            met.push(nobody.clone());
            let waived = met.iter().map(|it| {
                let waivers = Value::Array(material.waivers.clone());
                beside::with(it, "waivers", waivers)
            });
            self.try_all(waived.collect(), &mut layer)?;
        }
        layer.push(nobody);
        while !layer.is_empty() {
            let mut after = Vec::new();
            let less: Step = |record, _| beside::less(record);
            let steps = [less, beside::other, beside::more].into_iter();
            let mut turns: Vec<_> = steps
                .flat_map(|step| {
                    layer
                        .iter()
                        .map(|it| step(it, &material))
                        .collect::<Vec<_>>()
                })
                .collect();
            // One of each in turn, for of some there are many.
            while !turns.is_empty() {
                let mut all = Vec::new();
                turns.retain_mut(|turn| {
                    let before = all.len();
                    all.extend(turn.next());
                    all.len() > before
                });
                self.try_all(all, &mut after)?;
            }
            drop(turns);
            after.truncate(LAYER);
            layer = after;
        }
        Ok(())
    }

    /// Tries records, and keeps those that meet it where it is to be met.
    fn try_all(&mut self, records: Vec<Value>, kept: &mut Vec<Value>) -> Result<(), End> {
        for record in records {
            if let Some((_, true)) = self.stands(&record)? {
                kept.push(record);
            }
        }
        Ok(())
    }

    /// How a record stands, if it is a new one; ends if the two disagree as they are to.
    fn stands(&mut self, record: &Value) -> Result<Option<(bool, bool)>, End> {
        if !self.seen.insert(record.to_string()) {
            return Ok(None);
        }
        if self.tried == TRIED || !self.search.spend(self.search.each) {
            return Err(None);
        }
        self.tried += 1;
        match self.search.stands(record, self.not, self.met) {
            Some((false, true)) => Err(Some(record.clone())),
            stands => Ok(stands),
        }
    }
}
