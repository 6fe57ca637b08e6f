//! Explanations: what counted, what nearly did, what nobody supplied.

use super::*;
use crate::outcome::{Reason, RecordRef, Unknown};

fn at(row: u32) -> RecordRef {
    RecordRef {
        kind: KindId(0),
        row,
    }
}

fn ids(rows: &[RecordRef], record: &Record) -> Vec<String> {
    rows.iter()
        .map(|row| record.record_id(*row).to_owned())
        .collect()
}

pub(super) fn near(asked: Records, input: Input) -> Vec<(String, Reason)> {
    let (explanation, record) = explain(asked, input);
    let of = |record: &Record, row| record.record_id(row).to_owned();
    explanation
        .near_misses
        .iter()
        .map(|miss| (of(&record, miss.record), miss.reason))
        .collect()
}

#[test]
fn near_misses_fall_short_of_one_clause() {
    let asked = Records {
        competency: Some(CompetencyId(0)),
        windows: vec![Window::From(
            When::Literal(day("2026-01-01")),
            When::Literal(day("2026-09-30")),
        )],
        whose: Some(Test::All(vec![
            Test::Known(ASSESSOR),
            Test::Numbers(Number::Of(HOURS), Comparison::Greater, literal("1")),
        ])),
        matching: mastered(),
        ..tasks(at_least("9"))
    };
    let good = |id: &str, date: &str| {
        let mut good = task(id, date).score(2).assessor("a").hours("2");
        good.competencies.push(CompetencyId(0));
        good
    };
    let mut expired = good("expired", "2026-02-06");
    expired.expires = Some(day("2026-11-21"));
    let mut elsewhere = good("elsewhere", "2026-02-07");
    elsewhere.competencies.clear();
    let mut future = good("future", "2026-02-12");
    future.submitted = Some(day("2026-11-23"));
    let mut unfilled = good("unfilled", "2026-02-04").under_review();
    unfilled.fields[0] = None;
    let input = of_evidence([
        good("early", "2025-12-31"),
        good("counts", "2026-02-01"),
        good("twice", "2026-02-02").score(1).under_review(),
        good("reviewed", "2026-02-03").under_review(),
        unfilled,
        good("draft", "2026-02-05").status(Status::Draft),
        expired,
        elsewhere,
        good("short", "2026-02-08").hours("1"),
        good("low", "2026-02-09").score(0),
        good("low_and_short", "2026-02-10").score(0).hours("1"),
        future,
        good("late", "2026-10-01"),
    ]);
    let found: Vec<_> = near(asked, input);
    let expected = [
        ("early", Reason::TooEarly(day("2026-01-01"))),
        ("reviewed", Reason::UnderReview),
        ("unfilled", Reason::UnderReview),
        ("draft", Reason::Status(Status::Draft)),
        ("expired", Reason::Expired(day("2026-11-21"))),
        ("elsewhere", Reason::NotFor(CompetencyId(0))),
        ("short", Reason::Whose(1)),
        ("low", Reason::Where(0)),
        ("late", Reason::TooLate(day("2026-09-30"))),
    ];
    assert_eq!(found, expected.map(|(id, reason)| (id.to_owned(), reason)));
}

#[test]
fn the_latest_push_others_out() {
    let asked = Records {
        latest: Some(2),
        matching: mastered(),
        ..tasks(at_least("2"))
    };
    let input = of_evidence([
        task("good", "2026-01-01").score(2),
        task("low", "2026-02-01").score(0),
        task("lower", "2026-03-01").score(0),
        task("best", "2026-04-01").score(2),
    ]);
    let expected = [
        ("good", Reason::NotAmongLatest),
        ("lower", Reason::Where(0)),
    ];
    assert_eq!(
        near(asked, input),
        expected.map(|(id, reason)| (id.to_owned(), reason))
    );
}

#[test]
fn what_repeats_does_not_count_again() {
    let asked = |how| Records {
        spread: Some(Spread::Different(ASSESSOR)),
        ..tasks(Measure::Count(how, literal("3")))
    };
    let input = || {
        of_evidence([
            task("one", "2026-01-01").assessor("a"),
            task("again", "2026-02-01").assessor("a"),
            task("reviewed", "2026-03-01").assessor("a").under_review(),
            task("two", "2026-04-01").assessor("b"),
        ])
    };
    assert_eq!(
        near(asked(How::AtLeast), input()),
        [("again".to_owned(), Reason::Repeats(at(0)))]
    );
    let (explanation, record) = explain(asked(How::AtLeast), input());
    assert_eq!(ids(&explanation.counted, &record), ["one", "two"]);
    let same = Records {
        spread: Some(Spread::Same(ASSESSOR)),
        ..tasks(at_least("3"))
    };
    let (explanation, record) = explain(same, input());
    assert_eq!(ids(&explanation.counted, &record), ["one", "again"]);
}

#[test]
fn what_speaks_against_is_what_counted() {
    let input = of_evidence([
        task("t1", "2026-01-01"),
        task("t2", "2026-02-01").under_review(),
    ]);
    let (explanation, record) = explain(tasks(Measure::No), input);
    assert_eq!(ids(&explanation.counted, &record), ["t1"]);
    assert_eq!(explanation.near_misses, []);
}

#[test]
fn only_unknowns_that_matter_are_listed() {
    let either = Test::Any(vec![
        Test::All(vec![Test::YesNo(READY), Test::Literal(false)]),
        Test::Numbers(Number::Of(YEARS), Comparison::GreaterOrEqual, literal("3")),
    ]);
    let forms = vec![
        Form::Condition(either),
        Form::Condition(Test::Literal(true)),
        Form::Any(vec![NodeId(0)]),
        Form::All(vec![NodeId(1), NodeId(2)]),
    ];
    let plan = Plan::new(parts(forms)).unwrap();
    let record = Record::new(&plan, Input::default()).unwrap();
    let mut evaluator = Evaluator::new(&plan);
    let outcome = evaluator.evaluate(&record, day(TODAY));
    let unknown = evaluator.explain(&record, &outcome, NodeId(3)).unknown;
    assert_eq!(unknown, [Unknown::Fact(FactId(0), None)]);
    assert_eq!(evaluator.explain(&record, &outcome, NodeId(1)).unknown, []);
}

#[test]
fn fields_that_records_lack() {
    let asked = Records {
        windows: vec![Window::Since(When::Of(HIRED))],
        matching: mastered(),
        spread: Some(Spread::Different(ASSESSOR)),
        ..tasks(Measure::Count(How::AtLeast, Number::Of(YEARS)))
    };
    let input = of_evidence([
        task("full", "2026-01-01").score(2).assessor("a"),
        task("low", "2026-02-01").score(0),
        task("unrated", "2026-03-01").assessor("b"),
        task("unsigned", "2026-04-01").score(2),
        task("reviewed", "2026-05-01").under_review(),
    ]);
    let (explanation, _) = explain(asked, input);
    let expected = [
        Unknown::Fact(FactId(0), None),
        Unknown::Fact(FactId(2), None),
        Unknown::Field(at(2), 0, None),
        Unknown::Field(at(3), 1, None),
    ];
    assert_eq!(explanation.unknown, expected);
}
