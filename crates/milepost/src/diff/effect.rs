//! What a change can do: two comparisons, or two effects, in; an [`Effect`] out.

use milepost_engine::plan::{Comparison, How};

/// Whether somebody may meet the new who did not meet the old, and whether somebody may no longer.
///
/// Where it says no, nobody does; where it says yes, somebody may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Effect {
    pub(crate) gains: bool,
    pub(crate) loses: bool,
}

impl Effect {
    /// The same for everybody.
    pub(crate) const NONE: Self = Self::new(false, false);
    /// Nobody loses by it.
    pub(crate) const GAINS: Self = Self::new(true, false);
    /// Nobody gains by it.
    pub(crate) const LOSES: Self = Self::new(false, true);
    /// Nothing is known of it.
    pub(crate) const EITHER: Self = Self::new(true, true);

    const fn new(gains: bool, loses: bool) -> Self {
        Self { gains, loses }
    }

    /// Whether it may be felt.
    pub(crate) const fn any(self) -> bool {
        self.gains || self.loses
    }

    /// Both changes together.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self::new(self.gains || other.gains, self.loses || other.loses)
    }

    /// Where less was asked for, more is, as under `not`.
    pub(crate) const fn turned(self) -> Self {
        Self::new(self.loses, self.gains)
    }

    /// Any change at all may do either.
    pub(crate) const fn unclear(self) -> Self {
        if self.any() { Self::EITHER } else { self }
    }

    /// What is equal has no effect; of all else nothing is known.
    pub(crate) fn of_equal(equal: bool) -> Self {
        if equal { Self::NONE } else { Self::EITHER }
    }
}

/// The effect of another comparison with another value: `>= 3` becomes `> 4`.
pub(crate) fn compared<T: Ord>(old: (Comparison, &T), new: (Comparison, &T)) -> Effect {
    let low = old.1.min(new.1);
    let high = old.1.max(new.1);
    // The values tell five stretches apart: below both, the lower, between, the higher, above both.
    let place = |value: &T| if value == low { 1 } else { 3 };
    let holds = |at: u8, (comparison, value): (Comparison, &T)| {
        let place = place(value);
        match comparison {
            Comparison::Equal => at == place,
            Comparison::NotEqual => at != place,
            Comparison::Less => at < place,
            Comparison::LessOrEqual => at <= place,
            Comparison::Greater => at > place,
            Comparison::GreaterOrEqual => at >= place,
        }
    };
    let mut effect = Effect::NONE;
    for at in 0..=4 {
        // There is nothing between a value and itself.
        if low == high && matches!(at, 2 | 3) {
            continue;
        }
        match (holds(at, old), holds(at, new)) {
            (false, true) => effect.gains = true,
            (true, false) => effect.loses = true,
            _ => {}
        }
    }
    effect
}

/// What `at least` and its like ask of a figure.
pub(crate) const fn comparison(how: How) -> Comparison {
    match how {
        How::AtLeast => Comparison::GreaterOrEqual,
        How::AtMost => Comparison::LessOrEqual,
        How::Exactly => Comparison::Equal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_are_ordered_by_what_they_let_through() {
        use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        let cases = [
            ((GreaterOrEqual, 3), (GreaterOrEqual, 4), Effect::LOSES),
            ((GreaterOrEqual, 3), (Greater, 3), Effect::LOSES),
            ((GreaterOrEqual, 3), (Greater, 2), Effect::GAINS),
            ((LessOrEqual, 3), (LessOrEqual, 4), Effect::GAINS),
            ((Equal, 3), (GreaterOrEqual, 3), Effect::GAINS),
            ((Equal, 3), (Equal, 4), Effect::EITHER),
            ((NotEqual, 3), (Less, 3), Effect::LOSES),
            ((Less, 3), (Greater, 3), Effect::EITHER),
            ((Less, 3), (Less, 3), Effect::NONE),
        ];
        for ((old, at), (new, then), effect) in cases {
            assert_eq!(
                compared((old, &at), (new, &then)),
                effect,
                "{old:?} {at}, {new:?} {then}"
            );
            let back = compared((new, &then), (old, &at));
            assert_eq!(back, effect.turned(), "{new:?} {then}, {old:?} {at}");
        }
    }
}
