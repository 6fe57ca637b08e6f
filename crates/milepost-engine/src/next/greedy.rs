//! One way: a search that ended without a proposal in; a set of actions that does out. It is not known to be the smallest.
//!
//! What records are compared with comes first: facts that are not known get the value with which least is left, and stay as
//! they are. Then the action that helps most is added until they do.

use super::STEPS;
use super::needs::Cost;
use super::search::{Search, Tried};
use super::set::Set;
use super::world::{Act, World};
use crate::Date;
use crate::plan::FactId;
use crate::record::Record;

/// The most values of a fact, and the most actions at a time, of which the best is taken.
const TRIES: usize = 12;
/// A whole step, in hundredths.
const STEP: u64 = 100;

/// The best value of a fact: what is left with it, its action, and the record with it.
type Best = Option<(Option<(Cost, u64)>, Act, Record)>;

impl Search<'_> {
    /// A set of actions that does, with the place of its day: the first day on which one is found.
    pub(super) fn one_way(&mut self) -> Option<(usize, Vec<Act>)> {
        for (place, day) in self.days.clone().into_iter().enumerate() {
            let mut record = self.record.clone();
            let mut acts = self.supplied(place, day, &mut record)?;
            let settled = World::compared(self.plan, &record, day, self.goal);
            let settled = settled.into_iter().map(FactId::index).collect();
            let world = self.made(&record, day, &settled)?;
            let chosen = self.reached(&world);
            let chosen = chosen.into_iter().flatten();
            acts.extend(chosen.filter_map(|act| world.acts.get(act).cloned()));
            let world = self.world(place)?;
            let does = self.does(&world, &acts);
            self.put(place, world);
            if does? {
                return Some((place, acts));
            }
        }
        None
    }

    /// The facts that records are compared with and that are not known, each supplied.
    fn supplied(&mut self, place: usize, day: Date, record: &mut Record) -> Option<Vec<Act>> {
        let mut acts = Vec::new();
        let facts = World::compared(self.plan, record, day, self.goal);
        let known = facts.iter().filter(|fact| record.fact(**fact).is_some());
        let mut settled: Set = known.map(|fact| fact.index()).collect();
        let world = self.world(place)?;
        let tried: Vec<Act> = world.acts.clone();
        self.put(place, world);
        for fact in facts {
            let supply = |act: &&Act| matches!(act, Act::Supply(of, _) if *of == fact);
            if settled.has(fact.index()) {
                continue;
            }
            settled.insert(fact.index());
            let mut best: Best = None;
            for act in tried.iter().filter(supply).take(TRIES) {
                let Act::Supply(_, slot) = act else { continue };
                let mut with = record.clone();
                let value = slot.value(&mut 0, &[]);
                let _fits = with.set_fact(self.plan, fact, Some(&value));
                let world = self.made(&with, day, &settled)?;
                let tried = self.tries(&world, &[])?;
                let left = match &tried.needs {
                    _ if tried.met => Some(((0, 0), 0)),
                    needs => needs.as_ref().map(|(_, cost)| (*cost, tried.steps)),
                };
                let better = match &best {
                    None => true,
                    Some((None, ..)) => left.is_some(),
                    Some((Some(known), ..)) => left.is_some_and(|left| left < *known),
                };
                if better {
                    best = Some((left, act.clone(), with));
                }
            }
            if let Some((_, act, with)) = best {
                *record = with;
                acts.push(act);
            }
        }
        Some(acts)
    }

    /// Adds the action that helps most, until they do.
    fn reached(&mut self, world: &World<'_>) -> Option<Vec<usize>> {
        let mut acts = Vec::new();
        let mut known = self.tries(world, &acts)?;
        while !known.met {
            let rest = known.needs.as_ref()?.1;
            if acts.len() >= STEPS {
                return None;
            }
            let spent = world.spent(false, &acts);
            let before = (spent.0.saturating_add(rest.0), rest.1, known.steps);
            let mut best: Option<(_, Vec<usize>, Tried)> = None;
            for act in self.ranked(world, &known).into_iter().take(TRIES) {
                let mut more = acts.clone();
                more.push(act);
                crate::order::sort(&mut more);
                let looks = self.left;
                let tried = self.tries(world, &more)?;
                let looks = (looks - self.left).saturating_mul(TRIES as u64);
                let plenty = looks.saturating_mul(rest.1 as u64 + 8) < self.left;
                let Some(rest) = tried.needs.as_ref().map(|needs| needs.1) else {
                    if tried.met {
                        return Some(more);
                    }
                    continue;
                };
                let spent = world.spent(false, &more);
                let now = (spent.0.saturating_add(rest.0), rest.1, tried.steps);
                if best.as_ref().is_none_or(|(known, ..)| now < *known) {
                    best = Some((now, more, tried));
                }
                // One action hardly does more, where there is no time to compare.
                if !plenty && now.0 <= before.0 && (now.1 < before.1 || now.2 + STEP <= before.2) {
                    break;
                }
            }
            (_, acts, known) = best?;
        }
        Some(acts)
    }
}
