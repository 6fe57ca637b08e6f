//! The one order the engine sorts in. In: numbers, each with a place. Out: the same, ascending.
//!
//! A sort is compiled anew for every type it is given, and each weighs kilobytes in the module that browsers load.

/// A number, and the place that goes with it.
pub(crate) type Placed = (i64, u32);

/// Sorts by number, and where those are equal by place.
pub(crate) fn sort(pairs: &mut [Placed]) {
    pairs.sort_unstable();
}
