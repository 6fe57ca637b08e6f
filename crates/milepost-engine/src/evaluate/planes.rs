//! Planes: the six-bit truths of 64 records at once, one word for each bit.

use crate::truth::{BITS, DUAL, Truth};

/// One word for each of the six bits; a record is a bit of every word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Planes(pub(super) [u64; BITS]);

impl Planes {
    pub(super) const NONE: Self = Self([0; BITS]);
    pub(super) const ALL: Self = Self([u64::MAX; BITS]);

    /// Of three kinds of records: plainly true; unknown; unknown until a reviewer fills a field.
    pub(super) fn new(yes: u64, unknown: u64, unfilled: u64) -> Self {
        let place = |truth: Truth, bit: usize, word: u64| if truth.bit(bit) { word } else { 0 };
        Self(std::array::from_fn(|bit| {
            yes | place(Truth::UNKNOWN, bit, unknown) | place(Truth::UNFILLED, bit, unfilled)
        }))
    }

    /// The records that stand: accepted ones, and ones under review.
    pub(super) fn standing(accepted: u64, under_review: u64) -> Self {
        Self(std::array::from_fn(|bit| {
            accepted
                | if Truth::UNDER_REVIEW.bit(bit) {
                    under_review
                } else {
                    0
                }
        }))
    }

    pub(super) fn and(self, other: Self) -> Self {
        self.zip(other, |one, two| one & two)
    }

    pub(super) fn or(self, other: Self) -> Self {
        self.zip(other, |one, two| one | two)
    }

    pub(super) fn not(self) -> Self {
        Self(DUAL.map(|dual| !self.at(dual)))
    }

    /// The word of a bit.
    pub(super) fn at(self, bit: usize) -> u64 {
        self.0.get(bit).copied().unwrap_or(0)
    }

    /// The same truths, with those of one record that had none.
    pub(super) fn with(self, record: usize, truth: Truth) -> Self {
        Self(std::array::from_fn(|bit| {
            self.at(bit) | u64::from(truth.bit(bit)) << (record % 64)
        }))
    }

    /// The same truths, at one bit of some records only.
    pub(super) fn masked(mut self, bit: usize, records: u64) -> Self {
        if let Some(word) = self.0.get_mut(bit) {
            *word &= records;
        }
        self
    }

    /// The records of which it is true at any bit.
    pub(super) fn any(self) -> u64 {
        self.0.into_iter().fold(0, |any, word| any | word)
    }

    /// The truth of one record.
    pub(super) fn truth(self, record: usize) -> Truth {
        Truth::new(self.0.map(|word| word >> (record % 64) & 1 == 1))
    }

    fn zip(self, other: Self, of: impl Fn(u64, u64) -> u64) -> Self {
        Self(std::array::from_fn(|bit| of(self.at(bit), other.at(bit))))
    }
}

/// The places of the ones of a word, lowest first.
pub(super) fn ones(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = word.trailing_zeros();
        (word != 0).then(|| {
            word &= word - 1;
            place as usize
        })
    })
}

/// The places of the ones of a word, highest first.
pub(super) fn downwards(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = word.checked_ilog2()?;
        word &= !(1 << place);
        Some(place as usize)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planes_agree_with_truths() {
        let truths = [
            Truth::TRUE,
            Truth::FALSE,
            Truth::UNKNOWN,
            Truth::UNDER_REVIEW,
            Truth::UNFILLED,
        ];
        for one in truths {
            for two in truths {
                let wide =
                    |truth: Truth| Planes(truth.bits().map(|bit| if bit { u64::MAX } else { 0 }));
                assert_eq!(wide(one).and(wide(two)).truth(63), one.and(two));
                assert_eq!(wide(one).or(wide(two)).truth(0), one.or(two));
                assert_eq!(wide(one).not().truth(7), one.not());
            }
        }
        assert_eq!(Planes::new(1, 2, 4).truth(1), Truth::UNKNOWN);
        assert_eq!(Planes::new(1, 2, 4).truth(2), Truth::UNFILLED);
        assert_eq!(Planes::standing(1, 2).truth(1), Truth::UNDER_REVIEW);
        assert_eq!(ones(0b1001_0000).collect::<Vec<_>>(), [4, 7]);
        assert_eq!(downwards(0b1001_0000).collect::<Vec<_>>(), [7, 4]);
    }
}
