//! Attempts: a population in; for each record whether it stays, or another attempt of the same counts in its place, out.
//!
//! A record is replaced, at a bit, by any that belongs there and goes before it. Whether it stays is the negation of that, so that
//! at worst whatever may replace it does. One that lacks the key may be an attempt of anything, and one that lacks the value
//! may be the highest or not.

use std::cmp::Reverse;

use super::planes::{Planes, ones};
use super::population::Population;
use super::value::Known;
use crate::order;
use crate::plan::{Attempts, Source};
use crate::truth::{BITS, Truth};

/// A record that may belong.
struct Attempt {
    row: usize,
    key: Option<i64>,
    value: Option<i64>,
    /// That it belongs, and has whatever key or value another one has.
    replaces: Truth,
    /// What it lacks; true if nothing.
    lacks: Truth,
}

/// How many records replace others, at each bit.
#[derive(Clone, Copy, Default)]
struct Replacing([u32; BITS]);

impl Replacing {
    fn add(&mut self, truth: Truth) {
        for (count, bit) in self.0.iter_mut().zip(truth.bits()) {
            *count += u32::from(bit);
        }
    }

    fn any(self) -> Truth {
        Truth::new(self.0.map(|count| count > 0))
    }

    fn any_but(self, own: Truth) -> Truth {
        let bits = own.bits().map(u32::from).into_iter().zip(self.0);
        let mut others = Self::default();
        for (other, (own, all)) in others.0.iter_mut().zip(bits) {
            *other = all.saturating_sub(own);
        }
        others.any()
    }
}

/// Which records of a population stay, one word for each 64 rows; nothing where all do.
pub(super) fn staying(population: Population<'_>) -> Option<Vec<Planes>> {
    let attempts = population.records.attempts?;
    let mut all = gathered(population, attempts);
    // By key, those without one first; the highest or latest first, before them those of unknown value.
    order::sort_by(&mut all, |one, other| {
        let place = |it: &Attempt| (it.key, Reverse((it.value.is_none(), it.value, it.row)));
        place(one).cmp(&place(other))
    });
    let mut planes = vec![Planes::NONE; population.standing.rows().div_ceil(64)];
    let mut replaced = |attempt: &Attempt, by: Truth| {
        if let Some(word) = planes.get_mut(attempt.row / 64) {
            *word = word.with(attempt.row, by);
        }
    };
    let (mut everything, mut keyless) = (Replacing::default(), Replacing::default());
    for attempt in &all {
        everything.add(attempt.replaces);
        if attempt.key.is_none() {
            keyless.add(attempt.replaces);
        }
    }
    for group in all.chunk_by(|one, other| one.key == other.key) {
        let keyed = group.first().is_some_and(|first| first.key.is_some());
        let mut together = Replacing::default();
        for attempt in group {
            together.add(attempt.replaces);
        }
        let mut before = keyless;
        for attempt in group {
            let by = match (keyed, attempt.value) {
                (false, _) => everything.any_but(attempt.replaces).and(attempt.lacks),
                (true, None) => {
                    let others = together.any_but(attempt.replaces).or(keyless.any());
                    others.and(attempt.lacks)
                }
                (true, Some(_)) => before.any(),
            };
            replaced(attempt, by);
            before.add(attempt.replaces);
        }
    }
    Some(planes.into_iter().map(Planes::not).collect())
}

fn gathered(population: Population<'_>, attempts: Attempts) -> Vec<Attempt> {
    let mut all = Vec::new();
    for word in population.words() {
        for place in ones(word.population.any()) {
            let row = word.first + place;
            let under_review = word.under_review >> place & 1 == 1;
            let of = |source: Source| population.scope.told_apart(source, row);
            let key = of(attempts.key);
            let value = attempts.highest.map_or(Known::Value(0), of);
            let lacks = lack(key, under_review).and(lack(value, under_review));
            all.push(Attempt {
                row,
                key: key.value(),
                value: value.value(),
                replaces: word.population.truth(place).and(lacks),
                lacks,
            });
        }
    }
    all
}

fn lack(known: Known<i64>, under_review: bool) -> Truth {
    match known {
        Known::Value(_) => Truth::TRUE,
        Known::NoField if under_review => Truth::UNFILLED,
        Known::NoField | Known::NoFact => Truth::UNKNOWN,
    }
}
