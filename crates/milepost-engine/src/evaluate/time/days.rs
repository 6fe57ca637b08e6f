//! Days on which a comparison can change: expressions of days in, the exact days out, whatever arithmetic they hold.
//!
//! Whatever is made of the as-of date is never earlier on a later day: adding and subtracting durations (clamped to the end
//! of the month and of the calendar), school years and `next 07-31 after …` all keep the order of days. So the day on which
//! such an expression passes another day is found by halving, and no day has to be tried one by one.

use crate::date::Date;
use crate::plan::{When, Window};

/// The first day of `from + 1 ..= to` on which it is so, where it is not so on `from`, is so on `to`, and stays so once it
/// is. A guess that is right is found with two looks.
pub(super) fn first_day(from: i32, to: i32, guess: i32, so: impl Fn(i32) -> bool) -> i32 {
    let (mut before, mut after) = (from, to);
    let (mut probe, mut step) = (guess, 1i32);
    while before.saturating_add(1) < after {
        if probe <= before || probe >= after {
            probe = before.midpoint(after);
        }
        if so(probe) {
            after = probe;
            probe = probe.saturating_sub(step);
        } else {
            before = probe;
            probe = probe.saturating_add(step);
        }
        step = step.saturating_mul(2);
    }
    after
}

/// The days of `from + 1 ..= to` on which two values that never fall come to compare differently than on the day before.
/// Every look is counted.
pub(super) fn comparisons(
    from: i32,
    to: i32,
    values: impl Fn(i32) -> Option<(i64, i64)>,
    looks: &mut u64,
    mut found: impl FnMut(i32),
) {
    let mut open = vec![(from, to)];
    while let Some((before, after)) = open.pop() {
        *looks = looks.saturating_sub(1);
        if before >= after || *looks == 0 {
            continue;
        }
        // What is unknown on one day is unknown on every day.
        let Some((first, last)) = values(before).zip(values(after)) else {
            return;
        };
        let ((left, right), (left_after, right_after)) = (first, last);
        let never_changes = left > right_after || left_after < right || first == last;
        if never_changes {
            continue;
        }
        if before.saturating_add(1) == after {
            if left.cmp(&right) != left_after.cmp(&right_after) {
                found(after);
            }
            continue;
        }
        let middle = before.midpoint(after);
        open.push((middle, after));
        open.push((before, middle));
    }
}

/// Whether an expression is made of the as-of date.
pub(super) fn follows_the_day(when: &When) -> bool {
    match when {
        When::Today | When::YearStart(_) | When::YearEnd(_) => true,
        When::Plus(when, _) | When::Minus(when, _) | When::Next(_, when) => follows_the_day(when),
        When::Literal(_) | When::Of(_) | When::RoleStart(..) => false,
    }
}

/// Whether the days of a window follow the as-of date.
pub(super) fn moves(window: &Window) -> bool {
    match window {
        Window::Within(_, when)
        | Window::Since(when)
        | Window::Before(when)
        | Window::After(when)
        | Window::InThe(_, when) => follows_the_day(when),
        Window::From(from, to) => follows_the_day(from) || follows_the_day(to),
        Window::SchoolYears(..) => true,
        Window::SchoolYear(_) => false,
    }
}

/// About the day on which a record leaves a window; only a guess.
pub(super) fn leaves_about(window: &Window, date: Date) -> Option<i32> {
    match window {
        Window::Within(duration, When::Today) => Some(date.plus(*duration).days()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_day_is_found_from_any_guess() {
        for guess in -5..30 {
            for first in 1..=20 {
                assert_eq!(
                    first_day(0, 20, guess, |day| day >= first),
                    first,
                    "{guess}"
                );
            }
        }
    }

    #[test]
    fn every_change_of_a_comparison_is_found_and_no_other_day() {
        let values = |day: i32| Some((i64::from(day / 7 * 7), i64::from(day / 5 * 5)));
        let mut found = Vec::new();
        let mut looks = u64::MAX;
        comparisons(0, 200, values, &mut looks, |day| found.push(day));
        let of = |day: i32| values(day).map(|(left, right)| left.cmp(&right));
        let expected: Vec<i32> = (1..=200).filter(|day| of(*day) != of(day - 1)).collect();
        assert_eq!(found, expected);
        comparisons(0, 9, |_| None, &mut looks, |_| found.clear());
        assert_eq!(found, expected);
    }
}
