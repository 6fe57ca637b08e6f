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
/// The most other actions that are tried where none of those helps.
const OTHERS: usize = 300;
/// The most times over that one is tried.
const TIMES: usize = 3;
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

    /// Adds the action that helps most, until they do. Where none of the likeliest helps, the others are tried, and then each several
    /// times over: a second session with the same coach helps where the first does not.
    fn reached(&mut self, world: &World<'_>) -> Option<Vec<usize>> {
        let mut so_far = Reached {
            acts: Vec::new(),
            known: self.tries(world, &[])?,
        };
        while !so_far.known.met {
            if so_far.acts.len() >= STEPS {
                return None;
            }
            let ranked = self.ranked(world, &so_far.known);
            // The first fill in the least; some from all over may do more.
            let stride = (ranked.len() / TRIES).max(1);
            let (first, rest) = ranked.split_at(ranked.len().min(TRIES));
            let all_over = rest.iter().rev().step_by(stride);
            let likely: Vec<usize> = first.iter().chain(all_over).copied().collect();
            let best = self.best(world, &so_far, &likely)?;
            let before = so_far.left(world)?;
            let helps = |it: &Reached| it.known.met || it.left(world).is_some_and(|it| it < before);
            so_far = match best {
                Some(best) if helps(&best) => best,
                best => self.several(world, &so_far, &ranked)?.or(best)?,
            };
        }
        Some(so_far.acts)
    }

    /// With the best of a few actions more.
    fn best(
        &mut self,
        world: &World<'_>,
        so_far: &Reached,
        acts: &[usize],
    ) -> Option<Option<Reached>> {
        let before = so_far.left(world)?;
        let mut best: Option<(_, Reached)> = None;
        for act in acts {
            let looks = self.left;
            let more = self.more(world, so_far, *act, 1)?;
            let looks = (looks - self.left).saturating_mul(TRIES as u64);
            let plenty = looks.saturating_mul(before.1 as u64 + 8) < self.left;
            if more.known.met {
                return Some(Some(more));
            }
            let Some(now) = more.left(world) else {
                continue;
            };
            if best.as_ref().is_none_or(|(known, _)| now < *known) {
                best = Some((now, more));
            }
            // One action hardly does more, where there is no time to compare.
            if !plenty && now.0 <= before.0 && (now.1 < before.1 || now.2 + STEP <= before.2) {
                break;
            }
        }
        Some(best.map(|(_, best)| best))
    }

    /// With the first of other actions that helps, or of all that helps several times over.
    fn several(
        &mut self,
        world: &World<'_>,
        so_far: &Reached,
        ranked: &[usize],
    ) -> Option<Option<Reached>> {
        let before = so_far.left(world)?;
        let once = ranked.iter().rev().take(OTHERS).map(|act| (*act, 1));
        let often = ranked.iter().take(OTHERS);
        let often = often.flat_map(|act| (2..=TIMES).map(|times| (*act, times)));
        for (act, times) in once.chain(often) {
            let more = self.more(world, so_far, act, times)?;
            if more.known.met || more.left(world).is_some_and(|now| now < before) {
                return Some(Some(more));
            }
        }
        Some(None)
    }

    /// With an action so many times more; nothing if too much has been looked at.
    fn more(
        &mut self,
        world: &World<'_>,
        so_far: &Reached,
        act: usize,
        times: usize,
    ) -> Option<Reached> {
        let mut acts = so_far.acts.clone();
        acts.extend(std::iter::repeat_n(act, times));
        crate::order::sort(&mut acts);
        let known = self.tries(world, &acts)?;
        Some(Reached { acts, known })
    }
}

/// Actions, and what they come to.
struct Reached {
    acts: Vec<usize>,
    known: Tried,
}

impl Reached {
    /// What they and what is left cost at least, and how far the goal is; nothing, if nothing would do.
    fn left(&self, world: &World<'_>) -> Option<(i64, usize, u64)> {
        let rest = self.known.needs.as_ref()?.1;
        let spent = world.spent(false, &self.acts);
        Some((spent.0.saturating_add(rest.0), rest.1, self.known.steps))
    }
}
