//! Attempts: which of several records of one value counts, and what one under review or without the value may replace.

use super::explanations::near;
use super::*;
use crate::outcome::{Amount, Reason};

fn counting(highest: Option<Source>) -> Records {
    Records {
        attempts: Some(Attempts {
            key: ASSESSOR,
            highest,
        }),
        matching: mastered(),
        ..tasks(at_least("1"))
    }
}

fn by_a(id: &str, date: &str, score: u16) -> Evidence {
    task(id, date).assessor("a").score(score)
}

#[test]
fn the_latest_replaces_and_the_highest_stays() {
    let good = || by_a("good", "2026-01-01", 2);
    for (later, latest, highest) in [
        (by_a("low", "2026-02-01", 0), "L00 W00 B00", "L11 W11 B11"),
        (by_a("equal", "2026-02-01", 2), "L11 W11 B11", "L11 W11 B11"),
        (
            by_a("low", "2026-02-01", 0).under_review(),
            "L11 W00 B11",
            "L11 W11 B11",
        ),
        (
            by_a("low", "2026-02-01", 0).status(Status::Returned),
            "L11 W11 B11",
            "L11 W11 B11",
        ),
        // Of another.
        (
            task("other", "2026-02-01").assessor("b").score(0),
            "L11 W11 B11",
            "L11 W11 B11",
        ),
        // Of nobody knows whom, and of a score that nobody knows.
        (
            task("whose", "2026-02-01").score(0),
            "L01 W01 B01",
            "L01 W01 B01",
        ),
        (
            task("unscored", "2026-02-01").assessor("a"),
            "L01 W01 B01",
            "L01 W01 B01",
        ),
    ] {
        for (highest, expected) in [(None, latest), (Some(SCORE), highest)] {
            let found = of_records(counting(highest), of_evidence([good(), later.clone()]));
            assert_eq!(bits(found.truth), expected, "{highest:?} {later:?}");
        }
    }
}

#[test]
fn a_second_attempt_never_doubles() {
    let asked = Records {
        measure: at_least("2"),
        ..counting(None)
    };
    let input = of_evidence([by_a("one", "2026-01-01", 2), by_a("two", "2026-02-01", 2)]);
    let found = of_records(asked.clone(), input.clone());
    assert_eq!(bits(found.truth), "L00 W00 B00");
    assert_eq!(found.found, Some(Amount::Count(1)));
    assert_eq!(
        near(asked, input),
        [("one".to_owned(), Reason::AnotherAttempt)]
    );
}

#[test]
fn on_one_day_the_one_written_later_is_the_later_one() {
    let input = |first, second| {
        of_evidence([
            by_a("one", "2026-01-01", first),
            by_a("two", "2026-01-01", second),
        ])
    };
    let truth = |first, second| bits(of_records(counting(None), input(first, second)).truth);
    assert_eq!(truth(2, 0), "L00 W00 B00");
    assert_eq!(truth(0, 2), "L11 W11 B11");
}
