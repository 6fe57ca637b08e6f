//! Truth in six bits: three views of what is under review, each with what is unknown at its worst and its best. In: bits of
//! comparisons, and how they are joined. Out: a verdict.

use std::fmt;

/// Six booleans: `L0 L1 W0 W1 B0 B1`. `L`, `W` and `B` leave out what is under review, take it at its worst and at its
/// best; `0` and `1` take what is unknown at its worst and at its best.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Truth(u8);

/// How many bits a truth has.
pub const BITS: usize = 6;

/// For each bit, the one that `not` takes the negation of.
pub const DUAL: [usize; BITS] = [1, 0, 5, 4, 3, 2];

impl Truth {
    /// True in every bit.
    pub const TRUE: Self = Self(0b11_1111);
    /// False in every bit.
    pub const FALSE: Self = Self(0);
    /// What nobody supplied: false at worst, true at best.
    pub const UNKNOWN: Self = Self(0b10_1010);
    /// What a review decides: false left out and at worst, true at best.
    pub const UNDER_REVIEW: Self = Self(0b11_0000);
    /// A field that a reviewer has yet to fill.
    pub const UNFILLED: Self = Self(0b11_0010);

    /// Of the six bits in their order.
    #[must_use]
    pub fn new(bits: [bool; BITS]) -> Self {
        Self(
            bits.iter()
                .rev()
                .fold(0, |all, &bit| all << 1 | u8::from(bit)),
        )
    }

    /// The six bits in their order.
    #[must_use]
    pub fn bits(self) -> [bool; BITS] {
        std::array::from_fn(|bit| self.bit(bit))
    }

    /// One of the bits, by its place.
    #[must_use]
    pub const fn bit(self, bit: usize) -> bool {
        self.0 >> bit & 1 == 1
    }

    /// The bits as a number, the first the lowest.
    pub(crate) const fn number(self) -> u32 {
        self.0 as u32
    }

    /// The same in a byte.
    pub(crate) const fn byte(self) -> u8 {
        self.0
    }

    /// The bits of a number.
    pub(crate) const fn of_number(number: u32) -> Self {
        Self(number as u8 & Self::TRUE.0)
    }

    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// One of the two, and nobody knows which: true at worst if both are, at best if either is.
    #[must_use]
    pub const fn one_of(self, other: Self) -> Self {
        Self(self.0 & other.0 & 0b01_0101 | (self.0 | other.0) & 0b10_1010)
    }

    /// Not so: each bit is the negation of its dual.
    #[must_use]
    pub const fn not(self) -> Self {
        let flipped = !self.0;
        let left_out = (flipped & 0b01) << 1 | (flipped & 0b10) >> 1;
        let worst = (flipped >> 5 & 1) << 2 | (flipped >> 4 & 1) << 3;
        let best = (flipped >> 3 & 1) << 4 | (flipped >> 2 & 1) << 5;
        Self(left_out | worst | best)
    }

    /// True as it stands, whatever the unknowns.
    #[must_use]
    pub const fn met(self) -> bool {
        self.bit(0)
    }

    /// Whether it depends on what nobody supplied.
    #[must_use]
    pub const fn is_uncertain(self) -> bool {
        (self.0 ^ self.0 >> 1) & 0b01_0101 != 0
    }

    /// The verdict in one word.
    #[must_use]
    pub const fn status(self) -> Verdict {
        if self.met() {
            Verdict::Met
        } else if self.bit(4) {
            Verdict::Pending
        } else if self.bit(5) {
            Verdict::NeedsInformation
        } else {
            Verdict::Unmet
        }
    }

    /// Met, and would not be if what is under review came out badly.
    #[must_use]
    pub const fn at_risk(self) -> bool {
        self.met() && !self.bit(2)
    }
}

impl fmt::Debug for Truth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [l0, l1, w0, w1, b0, b1] = self.bits().map(u8::from);
        write!(f, "L{l0}{l1} W{w0}{w1} B{b0}{b1}")
    }
}

/// A verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// True as it stands, whatever the unknowns.
    Met,
    /// True once what is under review comes out well.
    Pending,
    /// Depends on what nobody supplied.
    NeedsInformation,
    /// None of these.
    Unmet,
    /// It would not be met, and a waiver lets it go; never of a competency or role.
    Waived,
}

impl Verdict {
    /// Whether it is met, or counts as met.
    #[must_use]
    pub const fn holds(self) -> bool {
        matches!(self, Self::Met | Self::Waived)
    }

    /// The word in outcomes.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Pending => "pending",
            Self::NeedsInformation => "needs_information",
            Self::Unmet => "unmet",
            Self::Waived => "waived",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn not_takes_the_negation_of_the_dual_and_undoes_itself() {
        for pattern in 0..64u8 {
            let truth = Truth::new(std::array::from_fn(|bit| pattern >> bit & 1 == 1));
            for (bit, dual) in DUAL.into_iter().enumerate() {
                assert_eq!(truth.not().bit(bit), !truth.bit(dual), "{truth:?}");
            }
            assert_eq!(truth.not().not(), truth);
        }
    }

    #[test]
    fn verdicts_follow_the_bits() {
        assert_eq!(Truth::TRUE.status(), Verdict::Met);
        assert_eq!(Truth::UNDER_REVIEW.status(), Verdict::Pending);
        assert_eq!(Truth::UNKNOWN.status(), Verdict::NeedsInformation);
        assert_eq!(Truth::FALSE.status(), Verdict::Unmet);
        assert!(Truth::UNDER_REVIEW.not().at_risk());
        assert!(!Truth::TRUE.at_risk());
        assert_eq!(format!("{:?}", Truth::UNFILLED), "L01 W00 B11");
    }
}
