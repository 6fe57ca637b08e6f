//! Counts, `no`, `every` and shares: hits and misses in, six bits out.

use super::population::Found;
use crate::plan::How;
use crate::truth::{BITS, DUAL, Truth};

/// What each bit counts.
pub(crate) type Counts = [u64; BITS];

/// So many of a thing that each bit counts for itself.
pub(crate) fn compare(how: How, counts: Counts, bound: i128) -> Truth {
    let at_least = |bound: i128| Truth::new(counts.map(|count| i128::from(count) >= bound));
    match how {
        How::AtLeast => at_least(bound),
        How::AtMost => at_least(bound.saturating_add(1)).not(),
        How::Exactly => at_least(bound).and(at_least(bound.saturating_add(1)).not()),
    }
}

impl Found {
    /// Hits at each bit.
    pub(crate) fn hits(&self, latest: Option<u32>) -> Counts {
        std::array::from_fn(|bit| self.hits_and_misses(bit, latest).0)
    }

    /// At least one, and no misses.
    pub(crate) fn every(&self, latest: Option<u32>) -> Truth {
        Truth::new(std::array::from_fn(|bit| {
            let (hits, misses) = self.hits_and_misses(bit, latest);
            hits >= 1 && misses == 0
        }))
    }

    /// A share in millionths of a per cent.
    pub(crate) fn share(&self, how: How, share: i64, latest: Option<u32>) -> Truth {
        let counted: [(u64, u64); BITS] =
            std::array::from_fn(|bit| self.hits_and_misses(bit, latest));
        let sides = |(hits, misses): (u64, u64)| {
            let all = u128::from(hits) + u128::from(misses);
            (
                u128::from(hits) * 100_000_000,
                u128::from(share.unsigned_abs()) * all,
            )
        };
        let at_least = Truth::new(counted.map(|counted| {
            let (hits, asked) = sides(counted);
            counted != (0, 0) && hits >= asked
        }));
        let at_most = Truth::new(std::array::from_fn(|bit| {
            let dual = DUAL.get(bit).copied().unwrap_or(bit);
            let (hits, asked) = sides(counted.get(dual).copied().unwrap_or_default());
            self.population
                .iter()
                .any(|population| population.at(bit) != 0)
                && hits <= asked
        }));
        match how {
            How::AtLeast => at_least,
            How::AtMost => at_most,
            How::Exactly => at_least.and(at_most),
        }
    }
}
