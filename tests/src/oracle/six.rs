//! Six truths, one for each view of what is under review and each bound of what is unknown.

/// A view of what is under review, and a bound of what is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bit {
    /// Left out; unknown at its worst.
    L0,
    /// Left out; unknown at its best.
    L1,
    /// At its worst; unknown at its worst.
    W0,
    /// At its worst; unknown at its best.
    W1,
    /// At its best; unknown at its worst.
    B0,
    /// At its best; unknown at its best.
    B1,
}

impl Bit {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::L0, Self::L1, Self::W0, Self::W1, Self::B0, Self::B1];

    /// The bit that a `not` looks at.
    #[must_use]
    pub const fn dual(self) -> Self {
        match self {
            Self::L0 => Self::L1,
            Self::L1 => Self::L0,
            Self::W0 => Self::B1,
            Self::W1 => Self::B0,
            Self::B0 => Self::W1,
            Self::B1 => Self::W0,
        }
    }
}

/// Six truths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Six {
    /// See [`Bit::L0`].
    pub l0: bool,
    /// See [`Bit::L1`].
    pub l1: bool,
    /// See [`Bit::W0`].
    pub w0: bool,
    /// See [`Bit::W1`].
    pub w1: bool,
    /// See [`Bit::B0`].
    pub b0: bool,
    /// See [`Bit::B1`].
    pub b1: bool,
}

impl Six {
    /// True, whatever comes.
    pub const TRUE: Self = Self {
        l0: true,
        l1: true,
        w0: true,
        w1: true,
        b0: true,
        b1: true,
    };
    /// False, whatever comes.
    pub const FALSE: Self = Self {
        l0: false,
        l1: false,
        w0: false,
        w1: false,
        b0: false,
        b1: false,
    };
    /// What an unknown fact makes of a comparison.
    pub const UNKNOWN: Self = Self {
        l0: false,
        l1: true,
        w0: false,
        w1: true,
        b0: false,
        b1: true,
    };
    /// What a field missing on a record under review makes of a comparison.
    pub const UNFILLED: Self = Self {
        l0: false,
        l1: true,
        w0: false,
        w1: false,
        b0: true,
        b1: true,
    };
    /// How a record under review stands.
    pub const UNDER_REVIEW: Self = Self {
        l0: false,
        l1: false,
        w0: false,
        w1: false,
        b0: true,
        b1: true,
    };

    /// One truth in every bit.
    #[must_use]
    pub const fn of(truth: bool) -> Self {
        if truth { Self::TRUE } else { Self::FALSE }
    }

    /// What a question answers for each bit.
    pub fn each(mut answer: impl FnMut(Bit) -> bool) -> Self {
        Self {
            l0: answer(Bit::L0),
            l1: answer(Bit::L1),
            w0: answer(Bit::W0),
            w1: answer(Bit::W1),
            b0: answer(Bit::B0),
            b1: answer(Bit::B1),
        }
    }

    /// One of the six.
    #[must_use]
    pub const fn at(self, bit: Bit) -> bool {
        match bit {
            Bit::L0 => self.l0,
            Bit::L1 => self.l1,
            Bit::W0 => self.w0,
            Bit::W1 => self.w1,
            Bit::B0 => self.b0,
            Bit::B1 => self.b1,
        }
    }

    /// Both, bit by bit.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::each(|bit| self.at(bit) && other.at(bit))
    }

    /// Either, bit by bit.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self::each(|bit| self.at(bit) || other.at(bit))
    }

    /// True wherever it is not.
    #[must_use]
    pub fn not_bitwise(self) -> Self {
        Self::each(|bit| !self.at(bit))
    }

    /// The negation, worst and best swapped.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::each(|bit| !self.at(bit.dual()))
    }
}
