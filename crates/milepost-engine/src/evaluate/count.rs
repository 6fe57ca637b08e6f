//! Counts, `no`, `every` and shares: a population in, six bits and what was found out.

use super::population::{Latest, Population};
use crate::plan::How;
use crate::truth::{BITS, DUAL, Truth};

/// What each bit counts.
pub(super) type Counts = [u64; BITS];

/// So many of a thing that each bit counts for itself.
pub(super) fn compare(how: How, counts: Counts, bound: i128) -> Truth {
    let at_least = |bound: i128| Truth::new(counts.map(|count| i128::from(count) >= bound));
    match how {
        How::AtLeast => at_least(bound),
        How::AtMost => at_least(bound.saturating_add(1)).not(),
        How::Exactly => at_least(bound).and(at_least(bound.saturating_add(1)).not()),
    }
}

/// The records kept, at each bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Those that belong and match.
    pub(super) hits: Counts,
    /// The rest.
    pub(super) misses: Counts,
    /// Whether any record belongs.
    some: [bool; BITS],
}

impl Tally {
    /// Counts a population, of those kept the latest so many only. With `some`, whether any record belongs matters too.
    pub(super) fn new(population: Option<Population<'_>>, some: bool) -> Self {
        let mut tally = Self::default();
        let Some(population) = population else {
            return tally;
        };
        let mut latest = Latest::new(population.records.latest);
        for word in population.words() {
            let hits = word.hits();
            for bit in 0..BITS {
                let kept = latest.take(bit, word.kept(bit));
                add(&mut tally.hits, bit, kept & hits.at(bit));
                add(&mut tally.misses, bit, kept & !hits.at(bit));
                if let Some(some) = tally.some.get_mut(bit) {
                    *some |= word.population.at(bit) != 0;
                }
            }
            if latest.is_full() && (!some || tally.some == [true; BITS]) {
                break;
            }
        }
        tally
    }

    /// At least one hit, and no misses.
    pub(super) fn every(&self) -> Truth {
        Truth::new(std::array::from_fn(|bit| {
            let (hits, misses) = self.at(bit);
            hits >= 1 && misses == 0
        }))
    }

    /// A share in millionths of a per cent.
    pub(super) fn share(&self, how: How, share: i64) -> Truth {
        // Both sides of hits ⁄ all against share are multiplied out.
        let sides = |bit: usize| {
            let (hits, misses) = self.at(bit);
            let all = i128::from(hits) + i128::from(misses);
            (i128::from(hits) * 100_000_000, i128::from(share) * all)
        };
        let some = |bit: usize| self.some.get(bit).copied().unwrap_or(false);
        let at_least = Truth::new(std::array::from_fn(|bit| {
            let (hits, asked) = sides(bit);
            // A record that belongs and is not kept would be a miss.
            some(bit) && hits >= asked.max(i128::from(share))
        }));
        let at_most = Truth::new(std::array::from_fn(|bit| {
            let (hits, asked) = sides(DUAL.get(bit).copied().unwrap_or(bit));
            some(bit) && hits <= asked
        }));
        match how {
            How::AtLeast => at_least,
            How::AtMost => at_most,
            How::Exactly => at_least.and(at_most),
        }
    }

    /// Hits and misses at a bit.
    pub(super) fn at(&self, bit: usize) -> (u64, u64) {
        let of = |counts: &Counts| counts.get(bit).copied().unwrap_or(0);
        (of(&self.hits), of(&self.misses))
    }

    /// The share of hits as the record stands, in whole per cent rounded down; none of nothing.
    pub(super) fn percent(&self) -> u64 {
        let (hits, misses) = self.at(0);
        (hits * 100).checked_div(hits + misses).unwrap_or(0)
    }
}

fn add(counts: &mut Counts, bit: usize, records: u64) {
    if let Some(count) = counts.get_mut(bit) {
        *count += u64::from(records.count_ones());
    }
}
