//! Totals, averages, the highest and the lowest.

use super::*;
use crate::outcome::{Amount, Progress};

const UNIT: i128 = 1_000_000_000_000;

fn aggregate(how: How, bound: &str, aggregate: Aggregate) -> Records {
    let value = Value::Number(Number::Of(HOURS));
    tasks(Measure::Aggregate(
        how,
        Value::Number(literal(bound)),
        aggregate,
        value,
    ))
}

fn two(first: &str, second: Evidence) -> Input {
    of_evidence([task("t1", "2026-08-01").hours(first), second])
}

fn second() -> Evidence {
    task("t2", "2026-08-02")
}

#[test]
fn totals() {
    let at_least = |bound| aggregate(How::AtLeast, bound, Aggregate::Total);
    let at_most = |bound| aggregate(How::AtMost, bound, Aggregate::Total);
    let of = |asked, second| bits(of_records(asked, two("6", second)).truth);
    assert_eq!(of(at_least("10"), second().hours("4")), "L11 W11 B11");
    assert_eq!(
        of(at_least("10"), second().hours("3.999999")),
        "L00 W00 B00"
    );
    assert_eq!(
        of(at_least("10"), second().hours("4").under_review()),
        "L00 W00 B11"
    );
    // A review may also take away.
    assert_eq!(
        of(at_least("6"), second().hours("-1").under_review()),
        "L11 W00 B11"
    );
    assert_eq!(
        of(at_most("6"), second().hours("4").under_review()),
        "L11 W00 B11"
    );
    assert_eq!(of(at_least("1"), second()), "L01 W01 B01");
    assert_eq!(of(at_least("1"), second().under_review()), "L11 W00 B11");
    let found = of_records(at_least("10"), two("6", second().hours("-2.5")));
    assert_eq!(found.found, Some(Amount::Number(35 * UNIT / 10)));
    assert_eq!(found.needed, Some(Amount::Number(10 * UNIT)));
    assert_eq!(found.progress, Progress { met: 35, of: 100 });
    assert_eq!(
        bits(of_records(at_most("0"), Input::default()).truth),
        "L11 W11 B11"
    );
}

#[test]
fn averages_are_compared_exactly() {
    let at_least = |bound| aggregate(How::AtLeast, bound, Aggregate::Average);
    let of = |asked, second| bits(of_records(asked, two("2", second)).truth);
    assert_eq!(of(at_least("2.5"), second().hours("3")), "L11 W11 B11");
    assert_eq!(of(at_least("2.500001"), second().hours("3")), "L00 W00 B00");
    assert_eq!(
        of(at_least("2"), second().hours("1").under_review()),
        "L11 W00 B11"
    );
    assert_eq!(
        of(at_least("2.5"), second().hours("3").under_review()),
        "L00 W00 B11"
    );
    assert_eq!(
        of_records(at_least("0"), Input::default()).truth,
        Truth::FALSE
    );
    let found = of_records(at_least("2.5"), two("2", second().hours("3")));
    assert_eq!(
        (found.found, found.needed),
        (
            Some(Amount::Number(25 * UNIT / 10)),
            Some(Amount::Number(25 * UNIT / 10))
        )
    );
}

#[test]
fn the_highest_and_the_lowest() {
    let of = |how, bound, which, second| {
        bits(of_records(aggregate(how, bound, which), two("5", second)).truth)
    };
    let (highest, lowest) = (Aggregate::Highest, Aggregate::Lowest);
    let reviewed = |hours| second().hours(hours).under_review();
    assert_eq!(of(How::AtLeast, "7", highest, reviewed("7")), "L00 W00 B11");
    assert_eq!(of(How::AtMost, "5", highest, reviewed("7")), "L11 W00 B11");
    assert_eq!(of(How::AtLeast, "5", lowest, reviewed("3")), "L11 W00 B11");
    assert_eq!(of(How::AtMost, "3", lowest, reviewed("3")), "L00 W00 B11");
    assert_eq!(
        of(How::Exactly, "5", highest, second().hours("3")),
        "L11 W11 B11"
    );
    let found = of_records(
        aggregate(How::AtLeast, "9", highest),
        two("5", second().hours("7")),
    );
    assert_eq!(found.found, Some(Amount::Number(7 * UNIT)));
    let nothing = of_records(aggregate(How::AtMost, "9", highest), Input::default());
    assert_eq!((nothing.truth, nothing.found), (Truth::FALSE, None));
}

#[test]
fn levels_and_dates_have_a_highest_too() {
    let score = Measure::Aggregate(
        How::AtLeast,
        Value::Ordinal(Ordinal::Literal(2)),
        Aggregate::Highest,
        Value::Ordinal(Ordinal::Of(SCORE)),
    );
    let found = of_records(
        tasks(score),
        of_evidence([task("t1", "2026-08-01").score(1)]),
    );
    assert_eq!(
        (found.truth, found.found),
        (Truth::FALSE, Some(Amount::Ordinal(1)))
    );
    let last = Measure::Aggregate(
        How::AtLeast,
        Value::Date(When::YearStart(0)),
        Aggregate::Highest,
        Value::Date(When::Of(Source::Date)),
    );
    let found = of_records(tasks(last), of_evidence([task("t1", "2026-08-01")]));
    assert_eq!(found.found, Some(Amount::Date(day("2026-08-01"))));
    assert_eq!(found.needed, Some(Amount::Date(day("2026-07-01"))));
    assert_eq!(found.truth, Truth::TRUE);
}

#[test]
fn the_latest_narrow_before_values_are_added() {
    let asked = Records {
        latest: Some(1),
        ..aggregate(How::AtLeast, "5", Aggregate::Total)
    };
    let of = |second| bits(of_records(asked.clone(), two("6", second)).truth);
    assert_eq!(of(second().hours("4")), "L00 W00 B00");
    // Left out, t1 is the latest. At its worst, nobody knows that t1 still is.
    assert_eq!(of(second().hours("4").under_review()), "L11 W00 B11");
}

#[test]
fn expressions_keep_every_digit() {
    let product = Number::Multiply(Box::new(Number::Of(HOURS)), Box::new(Number::Of(HOURS)));
    let asked = |bound: Number| {
        tasks(Measure::Aggregate(
            How::AtLeast,
            Value::Number(bound),
            Aggregate::Total,
            Value::Number(product.clone()),
        ))
    };
    let small = || Box::new(literal("0.000001"));
    let smallest = Number::Multiply(small(), small());
    let input = || of_evidence([task("t1", "2026-08-01").hours("0.000001")]);
    assert_eq!(
        of_records(asked(smallest.clone()), input()).truth,
        Truth::TRUE
    );
    let twice = Number::Add(Box::new(smallest.clone()), Box::new(smallest));
    assert_eq!(of_records(asked(twice), input()).truth, Truth::FALSE);
}
