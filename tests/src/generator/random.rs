//! Numbers that look random and are the same for the same seed: SplitMix64.

/// A source of random choices.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The source of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below another, which is at least 1.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.next() % bound).unwrap_or(0)
    }

    /// True so many times of a hundred.
    pub fn chance(&mut self, per_cent: usize) -> bool {
        self.below(100) < per_cent
    }

    /// One of several.
    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        let place = self.below(from.len());
        from.get(place)
            .unwrap_or_else(|| panic!("nothing to pick from"))
    }

    /// One of several.
    pub fn choose<T: Clone>(&mut self, from: &[T]) -> T {
        let place = self.below(from.len());
        from.get(place)
            .cloned()
            .unwrap_or_else(|| panic!("nothing to choose from"))
    }

    /// Each of several with a chance.
    pub fn some<T: Clone>(&mut self, from: &[T], per_cent: usize) -> Vec<T> {
        from.iter()
            .filter(|_| self.chance(per_cent))
            .cloned()
            .collect()
    }
}
