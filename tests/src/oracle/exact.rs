//! Exact numbers: so many units of a power of ten.

use std::cmp::Ordering;

use milepost_engine::Decimal;

/// `units` times ten to the power of minus `scale`.
#[derive(Clone, Copy, Debug)]
pub struct Exact {
    units: i128,
    scale: u32,
}

impl Exact {
    /// A whole number.
    #[must_use]
    pub const fn whole(number: i128) -> Self {
        Self {
            units: number,
            scale: 0,
        }
    }

    /// A decimal.
    #[must_use]
    pub fn decimal(number: Decimal) -> Self {
        Self {
            units: i128::from(number.micros()),
            scale: 6,
        }
        .shortened()
    }

    /// The two in units of one size.
    fn level(self, other: Self) -> (i128, i128, u32) {
        let scale = self.scale.max(other.scale);
        (
            self.units * ten(scale - self.scale),
            other.units * ten(scale - other.scale),
            scale,
        )
    }

    fn shortened(mut self) -> Self {
        while self.scale > 0 && self.units % 10 == 0 {
            self.units /= 10;
            self.scale -= 1;
        }
        self
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let (one, two, scale) = self.level(other);
        Self {
            units: one + two,
            scale,
        }
        .shortened()
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        let (one, two, scale) = self.level(other);
        Self {
            units: one - two,
            scale,
        }
        .shortened()
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        Self {
            units: self.units * other.units,
            scale: self.scale + other.scale,
        }
        .shortened()
    }

    /// The lesser of it and nothing.
    #[must_use]
    pub fn below_zero(self) -> Self {
        if self.units < 0 { self } else { Self::whole(0) }
    }

    /// The greater of it and nothing.
    #[must_use]
    pub fn above_zero(self) -> Self {
        if self.units > 0 { self } else { Self::whole(0) }
    }

    /// In units of 10⁻¹².
    #[must_use]
    pub fn trillionths(self) -> i128 {
        assert!(self.scale <= 12, "finer than 10⁻¹²: {self:?}");
        self.units * ten(12 - self.scale)
    }

    /// One of so many equal parts, rounded down to whole millionths.
    #[must_use]
    pub fn one_of(self, parts: usize) -> Self {
        let (units, whole) = (self.units * 1_000_000, ten(self.scale) * parts as i128);
        let below = i128::from(units % whole < 0);
        Self {
            units: units / whole - below,
            scale: 6,
        }
        .shortened()
    }

    /// The whole number it is, if it is one.
    #[must_use]
    pub fn to_whole(self) -> Option<i128> {
        (self.scale == 0).then_some(self.units)
    }

    /// So many hundredths of another, rounded down; nothing of what is not more than nothing.
    #[must_use]
    pub fn hundredths_of(self, other: Self) -> u64 {
        let (one, two, _) = self.level(other);
        if one <= 0 || two <= 0 {
            return 0;
        }
        u64::try_from((one * 100 / two).min(100)).unwrap_or(100)
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        let (one, two, _) = self.level(*other);
        one.cmp(&two)
    }
}

fn ten(power: u32) -> i128 {
    (0..power).fold(1, |product, _| product * 10)
}
