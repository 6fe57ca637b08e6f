//! Weak words: actions that do in; the same actions with no field and no value stronger than has to be, as far as trying
//! tells, out. Everything that is tried is evaluated.

use super::mentions::{SAME, ends, step};
use super::search::met;
use super::world::{Act, Slot, World};
use super::{Action, Also, Proposal, Wanted};
use crate::evaluate::Evaluator;
use crate::plan::{Constant, Form, Type};
use crate::{Date, Decimal};

/// The actions that do, as weak as they may be; if they may be too many, only those that are needed, and whether all are.
pub(super) fn weakened(
    trying: &mut Trying<'_, '_, '_>,
    waits: bool,
    too_many: bool,
) -> (Proposal, bool) {
    let world = trying.world;
    if too_many {
        trying.thin_out(None);
    }
    for at in 0..trying.acts.len() {
        trying.leave_out(at);
    }
    let mut wanted: Vec<Vec<Wanted>> = Vec::new();
    for at in 0..trying.acts.len() {
        wanted.push(trying.values(at));
    }
    // A weaker one may make another superfluous.
    let needed = !too_many || trying.thin_out(Some(&mut wanted));
    let mut actions = Vec::new();
    if waits {
        actions.push(Action::Wait(world.day));
    }
    let efforts = trying.acts.iter().map(|act| world.effort(act));
    let effort = efforts.fold(0i64, i64::saturating_add);
    let (mut number, mut fresh) = (0, 0);
    for (act, wanted) in trying.acts.iter().zip(wanted) {
        // Texts that are new are counted in the order of the record's changes, in which new records come last.
        let mut of = |fields: &[(u32, Slot)]| -> Vec<(u32, Wanted)> {
            let fields = fields.iter().map(|(field, slot)| (*field, slot));
            fields
                .zip(wanted.iter().cloned())
                .map(|((field, slot), wanted)| (field, named(world, slot, wanted, &mut fresh)))
                .collect()
        };
        actions.push(match act {
            Act::Submit(kind, competency, fields) => {
                number += 1;
                Action::Submit {
                    kind: *kind,
                    id: world.id(number),
                    competency: *competency,
                    date: world.day,
                    fields: of(fields),
                }
            }
            Act::Supply(fact, slot) => match of(&[(0, slot.clone())]).pop() {
                Some((_, wanted)) => Action::Supply(*fact, wanted),
                None => continue,
            },
            Act::Fill(at, true, fields) => Action::Accept(*at, of(fields)),
            Act::Fill(at, false, fields) => Action::Complete(*at, of(fields)),
            Act::Credential(at) => Action::AcceptCredential(*at),
        });
    }
    let effort = Decimal::from_micros(effort).unwrap_or_default();
    (Proposal { actions, effort }, needed)
}

/// A new text gets its name.
fn named(world: &World<'_>, slot: &Slot, wanted: Wanted, fresh: &mut usize) -> Wanted {
    match slot {
        Slot::Value(Constant::Text(text)) if text == SAME => Wanted {
            also: Also::Same,
            ..wanted
        },
        Slot::Value(_) => wanted,
        Slot::Fresh => Wanted {
            value: world.value(slot, fresh),
            also: Also::Others,
        },
    }
}

/// Actions that reach a goal, which are tried with others in their place.
pub(super) struct Trying<'t, 'w, 'e> {
    pub(super) world: &'t World<'w>,
    pub(super) goal: &'t Form,
    pub(super) acts: Vec<Act>,
    pub(super) evaluator: &'t mut Evaluator<'e>,
    /// What an evaluation looks at, and how much may still be looked at.
    pub(super) weight: u64,
    pub(super) left: &'t mut u64,
}

impl Trying<'_, '_, '_> {
    /// Whether the actions are known to do with another one in a place, or none.
    fn does(&mut self, at: usize, act: Option<&Act>) -> Option<bool> {
        let copies = self.weight.saturating_mul(self.acts.len() as u64) / 4;
        let looks = self.weight.saturating_add(copies);
        if *self.left < looks {
            *self.left = 0;
            return None;
        }
        *self.left -= looks;
        let acts = self.acts.iter().enumerate();
        let acts = acts.filter_map(|(place, own)| if place == at { act } else { Some(own) });
        let done = self.world.done(acts);
        let outcome = self.evaluator.evaluate(&done, self.world.day);
        *self.left = self.left.saturating_sub(self.evaluator.shared_out());
        Some(met(&outcome, self.goal))
    }

    /// Leaves out every action without which the others do, with what stands beside it; whether each that is left is needed.
    fn thin_out(&mut self, mut beside: Option<&mut Vec<Vec<Wanted>>>) -> bool {
        let (mut at, mut since) = (0, 0);
        while since < self.acts.len() {
            at %= self.acts.len();
            match self.does(at, None) {
                Some(true) => {
                    self.acts.remove(at);
                    if let Some(beside) = &mut beside {
                        beside.remove(at);
                    }
                    since = 0;
                }
                Some(false) => (at, since) = (at + 1, since + 1),
                None => return false,
            }
        }
        true
    }

    fn put(&mut self, at: usize, act: Act) {
        if let Some(place) = self.acts.get_mut(at) {
            *place = act;
        }
    }

    /// Leaves out every field, criterion and competency that does not matter.
    fn leave_out(&mut self, at: usize) {
        let Some(act) = self.acts.get(at).cloned() else {
            return;
        };
        if let Act::Submit(kind, Some(_), fields) = &act {
            let without = Act::Submit(*kind, None, fields.clone());
            if self.does(at, Some(&without)) == Some(true) {
                self.put(at, without);
            }
        }
        let mut place = 0;
        while let Some(act) = self.acts.get(at).cloned() {
            let Some(slot) = slots(&act).get(place).cloned() else {
                return;
            };
            let without = changed(&act, place, None);
            if let Some(without) = without
                && self.does(at, Some(&without)) == Some(true)
            {
                self.put(at, without);
                continue;
            }
            if let Slot::Value(Constant::Rubric(mut levels)) = slot {
                for criterion in 0..levels.len() {
                    let mut fewer = levels.clone();
                    if let Some(level) = fewer.get_mut(criterion) {
                        *level = None;
                    }
                    let value = Slot::Value(Constant::Rubric(fewer.clone()));
                    if let Some(weaker) = changed(&act, place, Some(value))
                        && self.does(at, Some(&weaker)) == Some(true)
                    {
                        levels = fewer;
                        self.put(at, weaker);
                    }
                }
            }
            place += 1;
        }
    }

    /// The values of an action, each as weak as it may be.
    fn values(&mut self, at: usize) -> Vec<Wanted> {
        let Some(act) = self.acts.get(at).cloned() else {
            return Vec::new();
        };
        let count = slots(&act).len();
        (0..count).map(|place| self.value(at, place)).collect()
    }

    fn value(&mut self, at: usize, place: usize) -> Wanted {
        let nothing = |value: Constant| Wanted {
            value,
            also: Also::Nothing,
        };
        let act = self.acts.get(at).cloned();
        let slot = act.as_ref().and_then(|act| slots(act).get(place).cloned());
        let (Some(act), Some(Slot::Value(value))) = (act, slot) else {
            return nothing(Constant::YesNo(true));
        };
        let Some(ty) = self.type_of(&act, place) else {
            return nothing(value);
        };
        let Some((low, own, high, step)) = self.range(&ty, &value) else {
            return self.levels(at, place, &act, &ty, value);
        };
        let of = |number: i64| constant(&ty, number);
        let mut tries = |number: i64| {
            let slot = of(number).map(Slot::Value);
            let act = slot.and_then(|slot| changed(&act, place, Some(slot)));
            act.is_some_and(|act| self.does(at, Some(&act)) == Some(true))
        };
        // Halving finds the last that does if all up to it do; what it finds has been tried.
        let (from, also) = if tries(high) {
            (low, Also::Greater)
        } else if tries(low) {
            (high, Also::Less)
        } else {
            return nothing(value);
        };
        let (mut does, mut fails) = (own, from);
        if tries(from) {
            does = from;
        }
        while (does.abs_diff(fails)) > step.unsigned_abs() {
            let mut middle = does.midpoint(fails);
            middle -= middle.rem_euclid(step);
            if middle == does || middle == fails {
                break;
            }
            if tries(middle) {
                does = middle;
            } else {
                fails = middle;
            }
        }
        let found = of(does).unwrap_or(value);
        if let Some(weaker) = changed(&act, place, Some(Slot::Value(found.clone()))) {
            self.put(at, weaker);
        }
        Wanted { value: found, also }
    }

    /// Levels: the lowest that does if better ones do, else the best that does.
    fn levels(&mut self, at: usize, place: usize, act: &Act, ty: &Type, value: Constant) -> Wanted {
        let parts = self.world.plan.parts();
        let scale = match ty {
            Type::Level(scale) => Some(*scale),
            Type::Rubric(rubric) => parts.rubrics.get(rubric.index()).map(|it| it.scale),
            _ => None,
        };
        let scale = scale.and_then(|scale| parts.scales.get(scale.index()));
        let top = scale.and_then(|scale| u16::try_from(scale.levels.len().checked_sub(1)?).ok());
        let Some(top) = top else {
            return Wanted {
                value,
                also: Also::Nothing,
            };
        };
        let at_level = |level: u16| match &value {
            Constant::Rubric(levels) => {
                let levels = levels.iter().map(|own| own.map(|_| level));
                Constant::Rubric(levels.collect())
            }
            _ => Constant::Ordinal(level),
        };
        let mut tries = |level: u16| {
            let act = changed(act, place, Some(Slot::Value(at_level(level))));
            act.is_some_and(|act| self.does(at, Some(&act)) == Some(true))
        };
        let (also, found) = if tries(top) {
            (Also::Greater, (0..=top).find(|level| tries(*level)))
        } else if tries(0) {
            (Also::Less, (0..=top).rev().find(|level| tries(*level)))
        } else {
            (Also::Nothing, None)
        };
        let value = found.map_or_else(|| value.clone(), at_level);
        if let Some(weaker) = changed(act, place, Some(Slot::Value(value.clone()))) {
            self.put(at, weaker);
        }
        Wanted { value, also }
    }

    fn type_of(&self, act: &Act, place: usize) -> Option<Type> {
        let parts = self.world.plan.parts();
        let (kind, fields) = match act {
            Act::Submit(kind, _, fields) => (*kind, fields),
            Act::Fill(at, _, fields) => (at.kind, fields),
            Act::Supply(fact, _) => return parts.facts.get(fact.index()).map(|it| it.ty.clone()),
            Act::Credential(_) => return None,
        };
        let (field, _) = fields.get(place)?;
        let field = parts.kinds.get(kind.index())?.fields.get(*field as usize)?;
        Some(field.ty.clone())
    }

    /// The range of numbers or days, and the distance of neighbours.
    fn range(&self, ty: &Type, value: &Constant) -> Option<(i64, i64, i64, i64)> {
        match (ty, value) {
            (Type::Number(least, most) | Type::Whole(least, most), Constant::Number(number)) => {
                let step = step(ty);
                let (low, high) = (least.micros(), most.micros());
                let low = low + (-low).rem_euclid(step);
                let high = high - high.rem_euclid(step);
                Some((low, number.micros(), high, step))
            }
            (Type::Date, Constant::Date(date)) => {
                let [low, high] = ends(self.world.day);
                let days = |date: Date| i64::from(date.days());
                Some((days(low), days(*date), days(high), 1))
            }
            _ => None,
        }
    }
}

fn constant(ty: &Type, number: i64) -> Option<Constant> {
    match ty {
        Type::Date => {
            let date = i32::try_from(number).ok().and_then(Date::from_days);
            date.map(Constant::Date)
        }
        _ => Decimal::from_micros(number).map(Constant::Number),
    }
}

/// The values of an action.
fn slots(act: &Act) -> Vec<Slot> {
    match act {
        Act::Submit(_, _, fields) | Act::Fill(_, _, fields) => {
            fields.iter().map(|(_, slot)| slot.clone()).collect()
        }
        Act::Supply(_, slot) => vec![slot.clone()],
        Act::Credential(_) => Vec::new(),
    }
}

/// An action with one of its values changed or left out; a fact is not left out.
fn changed(act: &Act, place: usize, slot: Option<Slot>) -> Option<Act> {
    let with = |fields: &[(u32, Slot)]| {
        let mut fields = fields.to_vec();
        match slot.clone() {
            Some(slot) => fields.get_mut(place)?.1 = slot,
            None if place < fields.len() => {
                fields.remove(place);
            }
            None => return None,
        }
        Some(fields)
    };
    Some(match act {
        Act::Submit(kind, filed, fields) => Act::Submit(*kind, *filed, with(fields)?),
        Act::Fill(at, review, fields) => {
            let fields = with(fields)?;
            if fields.is_empty() && !review {
                return None;
            }
            Act::Fill(*at, *review, fields)
        }
        Act::Supply(fact, _) => Act::Supply(*fact, slot?),
        Act::Credential(_) => return None,
    })
}
