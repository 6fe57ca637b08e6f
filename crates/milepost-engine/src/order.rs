//! Order. In: things, and how two of them compare. Out: the same, ascending; equal ones stay as they stand.
//!
//! The library's sorts are compiled anew for every type they are given, and each weighs kilobytes in the module that
//! browsers load. Here one sort of places serves all types, and one of numbers what is sorted at every evaluation.

use std::cmp::Ordering;

/// A number, and the place that goes with it.
pub(crate) type Placed = (i64, u32);

/// Sorts by number, and where those are equal by place.
pub(crate) fn sort_placed(pairs: &mut [Placed]) {
    pairs.sort_unstable();
}

/// Sorts by what `compare` says of two.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let places = {
        let of = |place: usize| items.get(place);
        places(items.len(), &|one, other| match (of(one), of(other)) {
            (Some(one), Some(other)) => compare(one, other),
            _ => Ordering::Equal,
        })
    };
    if places.is_sorted() {
        return;
    }
    let mut moved: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(
        places
            .into_iter()
            .filter_map(|place| moved.get_mut(place)?.take()),
    );
}

/// Sorts by what the items themselves say.
pub fn sort<T: Ord>(items: &mut Vec<T>) {
    sort_by(items, T::cmp);
}

/// So many places, in the order of what stands at them.
fn places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|one, other| compare(*one, *other));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_equal_stays_as_it_stands() {
        let mut items: Vec<(u32, usize)> =
            (0..1_000).map(|at| (at * 7 % 10, at as usize)).collect();
        let mut other = items.clone();
        other.sort_by_key(|(key, _)| *key);
        assert_ne!(items, other);
        sort_by(&mut items, |one, two| one.0.cmp(&two.0));
        assert_eq!(items, other);
        let mut words = vec!["b", "a", "c", "a"];
        sort(&mut words);
        assert_eq!(words, ["a", "a", "b", "c"]);
        sort(&mut Vec::<u8>::new());
    }
}
