//! Spreads: different and same values, school years, runs of them.

use super::*;
use crate::outcome::Amount;

fn spread(spread: Spread, count: &str) -> Records {
    Records {
        spread: Some(spread),
        ..tasks(at_least(count))
    }
}

#[test]
fn different_values_count_once() {
    let asked = |count| spread(Spread::Different(ASSESSOR), count);
    let input = |third: Evidence| {
        of_evidence([
            task("t1", "2026-01-02").assessor("a"),
            task("t2", "2026-02-02").assessor("a"),
            third,
        ])
    };
    let last = || task("t3", "2026-03-02");
    for (third, expected) in [
        (last().assessor("b"), "L11 W11 B11"),
        (last().assessor("a"), "L00 W00 B00"),
        (last(), "L01 W01 B01"),
        (last().assessor("b").under_review(), "L00 W00 B11"),
        (last().assessor("a").under_review(), "L00 W00 B00"),
        (last().under_review(), "L00 W00 B11"),
    ] {
        let found = of_records(asked("2"), input(third.clone()));
        assert_eq!(bits(found.truth), expected, "{third:?}");
    }
    let found = of_records(asked("3"), input(last().assessor("b")));
    assert_eq!(found.found, Some(Amount::Count(2)));
    let ids = of_records(spread(Spread::Different(Source::Id), "3"), input(last()));
    assert_eq!(ids.truth, Truth::TRUE);
}

#[test]
fn the_largest_group_of_one_value() {
    let asked = |count| spread(Spread::Same(ASSESSOR), count);
    let evidence = || {
        of_evidence([
            task("t1", "2026-01-02").assessor("a"),
            task("t2", "2026-02-02").assessor("b"),
            task("t3", "2026-03-02").assessor("a"),
            task("t4", "2026-04-02"),
        ])
    };
    assert_eq!(
        bits(of_records(asked("2"), evidence()).truth),
        "L11 W11 B11"
    );
    assert_eq!(
        bits(of_records(asked("3"), evidence()).truth),
        "L01 W01 B01"
    );
    assert_eq!(
        bits(of_records(asked("4"), evidence()).truth),
        "L00 W00 B00"
    );
}

#[test]
fn school_years_and_runs_of_them() {
    // The years that start in 2022, 2023, 2025 and 2026; in 2024 one that falls short.
    let input = || {
        of_evidence([
            task("t1", "2022-07-01").score(2),
            task("t2", "2024-06-30").score(2),
            task("t3", "2024-09-01").score(1),
            task("t4", "2025-09-01").score(2),
            task("t5", "2026-06-30").score(2),
            task("t6", "2026-07-01").score(2),
        ])
    };
    let found = |by, test: Option<Test>, whose: Option<Test>| {
        let asked = Records {
            matching: test,
            whose,
            ..spread(by, "1")
        };
        of_records(asked, input()).found
    };
    let count = |count| Some(Amount::Count(count));
    assert_eq!(found(Spread::DifferentYears, mastered(), None), count(4));
    assert_eq!(
        found(Spread::ConsecutiveYears(false), mastered(), None),
        count(2)
    );
    assert_eq!(
        found(Spread::ConsecutiveYears(true), mastered(), None),
        count(2)
    );
    assert_eq!(found(Spread::ConsecutiveYears(false), None, None), count(5));
    // Outside the population, the one that falls short breaks nothing that may skip a year.
    assert_eq!(
        found(Spread::ConsecutiveYears(true), None, mastered()),
        count(4)
    );
    assert_eq!(
        found(Spread::ConsecutiveYears(false), None, mastered()),
        count(2)
    );
}

#[test]
fn a_year_under_review_may_break_a_run_or_join_it() {
    let asked = Records {
        matching: mastered(),
        ..spread(Spread::ConsecutiveYears(true), "2")
    };
    let with = |between: Evidence| {
        let input = of_evidence([
            task("t1", "2022-09-01").score(2),
            between,
            task("t3", "2024-09-01").score(2),
        ]);
        bits(of_records(asked.clone(), input).truth)
    };
    let between = || task("t2", "2023-09-01");
    assert_eq!(with(between().score(0).under_review()), "L11 W00 B11");
    assert_eq!(with(between().score(0)), "L00 W00 B00");
    assert_eq!(with(between()), "L01 W01 B01");
    assert_eq!(with(between().score(2).under_review()), "L11 W11 B11");
}

#[test]
fn the_latest_narrow_before_values_are_counted() {
    let asked = |latest| Records {
        latest: Some(latest),
        ..spread(Spread::Different(ASSESSOR), "2")
    };
    let input = || {
        of_evidence([
            task("t1", "2026-01-02").assessor("a"),
            task("t2", "2026-02-02").assessor("b"),
            task("t3", "2026-03-02").assessor("b").under_review(),
        ])
    };
    // Left out, t1 and t2 are the latest two; at its worst t3 is one of them and adds nothing.
    assert_eq!(bits(of_records(asked(2), input()).truth), "L11 W00 B11");
    assert_eq!(bits(of_records(asked(3), input()).truth), "L11 W11 B11");
}
