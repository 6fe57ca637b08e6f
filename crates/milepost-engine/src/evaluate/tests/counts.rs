//! Counts, `no`, `every` and shares, with `among latest` and without.

use super::*;
use crate::Verdict;
use crate::outcome::{Amount, Progress};

#[test]
fn a_count_tells_accepted_from_under_review_from_unknown() {
    let asked = Records {
        matching: mastered(),
        ..tasks(at_least("2"))
    };
    let accepted = || task("t1", "2026-05-02").score(2);
    for (second, expected) in [
        (task("t2", "2026-06-01").score(2), "L11 W11 B11"),
        (task("t2", "2026-06-01").score(1), "L00 W00 B00"),
        (task("t2", "2026-06-01"), "L01 W01 B01"),
        (
            task("t2", "2026-06-01").score(2).under_review(),
            "L00 W00 B11",
        ),
        (
            task("t2", "2026-06-01").score(1).under_review(),
            "L00 W00 B00",
        ),
        (task("t2", "2026-06-01").under_review(), "L00 W00 B11"),
        (
            task("t2", "2026-06-01").score(2).status(Status::Draft),
            "L00 W00 B00",
        ),
    ] {
        let found = of_records(asked.clone(), of_evidence([accepted(), second.clone()]));
        assert_eq!(bits(found.truth), expected, "{second:?}");
    }
    let found = of_records(asked, of_evidence([accepted()]));
    assert_eq!(
        (found.found, found.needed),
        (Some(Amount::Count(1)), Some(Amount::Count(2)))
    );
    assert_eq!(found.progress, Progress { met: 100, of: 200 });
}

#[test]
fn what_counts_against_is_at_its_worst_when_it_is_accepted() {
    let tasks_of = |measure| {
        of_records(
            tasks(measure),
            of_evidence([
                task("t1", "2026-05-02"),
                task("t2", "2026-06-01").under_review(),
            ]),
        )
    };
    let at_most = |count| Measure::Count(How::AtMost, literal(count));
    assert_eq!(bits(tasks_of(at_most("1")).truth), "L11 W00 B11");
    assert!(tasks_of(at_most("1")).truth.at_risk());
    assert_eq!(bits(tasks_of(at_most("0")).truth), "L00 W00 B00");
    assert_eq!(bits(tasks_of(Measure::No).truth), "L00 W00 B00");
    assert_eq!(bits(tasks_of(at_most("2")).truth), "L11 W11 B11");
    let exactly = |count| tasks_of(Measure::Count(How::Exactly, literal(count)));
    assert_eq!(bits(exactly("1").truth), "L11 W00 B11");
    assert_eq!(bits(exactly("2").truth), "L00 W00 B11");
}

#[test]
fn statuses_may_be_let_in() {
    let asked = |under_review, returned| Records {
        including_under_review: under_review,
        including_returned: returned,
        matching: mastered(),
        ..tasks(at_least("1"))
    };
    let of =
        |asked: Records, evidence: Evidence| bits(of_records(asked, of_evidence([evidence])).truth);
    let returned = task("t1", "2026-05-02").score(2).status(Status::Returned);
    assert_eq!(of(asked(false, true), returned.clone()), "L11 W11 B11");
    assert_eq!(of(asked(true, false), returned), "L00 W00 B00");
    let reviewed = task("t1", "2026-05-02").under_review();
    // What it lacks is lacking as if it were accepted.
    assert_eq!(of(asked(true, false), reviewed.clone()), "L01 W01 B01");
    assert_eq!(of(asked(false, true), reviewed), "L00 W00 B11");
}

#[test]
fn the_latest_are_taken_by_date_and_then_as_written() {
    let asked = Records {
        latest: Some(3),
        matching: mastered(),
        ..tasks(at_least("2"))
    };
    let dated = of_evidence([
        task("t1", "2025-01-10").score(2),
        task("t2", "2025-06-10").score(2),
        task("t3", "2026-01-10").score(1),
        task("t4", "2026-06-10").score(1),
    ]);
    assert_eq!(of_records(asked.clone(), dated).truth, Truth::FALSE);
    let one_day = of_evidence([
        task("t1", "2026-06-10").score(0),
        task("t2", "2026-06-10").score(2),
        task("t3", "2026-06-10").score(2),
        task("t4", "2026-06-10").score(1),
    ]);
    assert_eq!(of_records(asked, one_day).truth, Truth::TRUE);
}

#[test]
fn the_latest_are_uncertain_where_the_population_is() {
    // The latest is under review and fails: accepted, it takes the place of the one that matches.
    let asked = |measure| Records {
        latest: Some(1),
        matching: mastered(),
        ..tasks(measure)
    };
    let failing = of_evidence([
        task("t1", "2026-05-02").score(2),
        task("t2", "2026-06-01").score(0).under_review(),
    ]);
    let found = of_records(asked(at_least("1")), failing.clone());
    assert_eq!(bits(found.truth), "L11 W00 B11");
    let found = of_records(asked(Measure::Every), failing);
    assert_eq!(bits(found.truth), "L11 W00 B11");
    // And one that matches may help.
    let helping = of_evidence([
        task("t1", "2026-05-02").score(0),
        task("t2", "2026-06-01").score(2).under_review(),
    ]);
    assert_eq!(
        bits(of_records(asked(at_least("1")), helping).truth),
        "L00 W00 B11"
    );
}

#[test]
fn every_and_shares_ask_for_one_at_least() {
    let share = |how, share| Measure::Share(how, number(share));
    for measure in [
        Measure::Every,
        share(How::AtLeast, "0"),
        share(How::AtMost, "100"),
    ] {
        assert_eq!(
            of_records(tasks(measure), Input::default()).truth,
            Truth::FALSE
        );
    }
    let asked = |measure| Records {
        matching: mastered(),
        ..tasks(measure)
    };
    let three = || {
        of_evidence([
            task("t1", "2026-05-02").score(2),
            task("t2", "2026-06-01").score(2),
            task("t3", "2026-07-01").score(1),
        ])
    };
    assert_eq!(
        of_records(asked(Measure::Every), three()).truth,
        Truth::FALSE
    );
    let found = of_records(asked(share(How::AtLeast, "66.666666")), three());
    assert_eq!(found.truth, Truth::TRUE);
    assert_eq!(found.found, Some(Amount::Percent(66_000_000)));
    assert_eq!(
        of_records(asked(share(How::AtLeast, "66.666667")), three()).truth,
        Truth::FALSE
    );
    assert_eq!(
        of_records(asked(share(How::AtMost, "66.666667")), three()).truth,
        Truth::TRUE
    );
    assert_eq!(
        of_records(asked(share(How::AtMost, "66.666666")), three()).truth,
        Truth::FALSE
    );
}

#[test]
fn a_bound_may_be_a_fact_or_unknown() {
    let asked = || tasks(Measure::Count(How::AtLeast, Number::Of(YEARS)));
    let mut input = of_evidence([task("t1", "2026-05-02")]);
    let found = of_records(asked(), input.clone());
    assert_eq!(
        (found.truth, found.found, found.needed),
        (Truth::UNKNOWN, Some(Amount::Count(1)), None)
    );
    input.facts.push((FactId(0), Constant::Number(number("1"))));
    assert_eq!(of_records(asked(), input).truth, Truth::TRUE);
}

#[test]
fn conditions_over_facts() {
    let known = Test::Known(READY);
    let of = |test: Test, facts: Vec<(FactId, Constant)>| {
        one(
            Form::Condition(test),
            Input {
                facts,
                ..Input::default()
            },
        )
        .truth
    };
    assert_eq!(
        of(Test::YesNo(READY), vec![]).status(),
        Verdict::NeedsInformation
    );
    assert_eq!(
        of(Test::Not(Box::new(Test::YesNo(READY))), vec![]),
        Truth::UNKNOWN
    );
    assert_eq!(of(known.clone(), vec![]), Truth::FALSE);
    assert_eq!(
        of(known, vec![(FactId(1), Constant::YesNo(false))]),
        Truth::TRUE
    );
    let areas =
        |wanted: &str| Test::Contains(Source::Fact(FactId(3)), Constant::Text(wanted.to_owned()));
    let taught = Constant::List(vec![
        Constant::Text("art".to_owned()),
        Constant::Text("music".to_owned()),
    ]);
    assert_eq!(
        of(areas("music"), vec![(FactId(3), taught.clone())]),
        Truth::TRUE
    );
    assert_eq!(of(areas("maths"), vec![(FactId(3), taught)]), Truth::FALSE);
    let lesson = Source::Fact(FactId(4));
    let criteria = |quantifier| {
        Test::Criteria(
            quantifier,
            lesson,
            Comparison::GreaterOrEqual,
            Ordinal::Literal(1),
        )
    };
    let rated = |levels: [Option<u16>; 2]| vec![(FactId(4), Constant::Rubric(levels.into()))];
    let half = || Quantifier::Share(How::AtLeast, number("50"));
    assert_eq!(
        of(criteria(Quantifier::Every), rated([Some(1), None])),
        Truth::UNKNOWN
    );
    assert_eq!(
        of(criteria(Quantifier::Every), rated([Some(0), None])),
        Truth::FALSE
    );
    assert_eq!(of(criteria(half()), rated([Some(1), None])), Truth::TRUE);
    let most = Quantifier::Count(How::AtMost, literal("1"));
    assert_eq!(of(criteria(most), rated([Some(2), None])), Truth::UNKNOWN);
}
