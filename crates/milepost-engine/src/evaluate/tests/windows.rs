//! Windows of time and what exists on a day.

use super::*;

fn counted(windows: Vec<Window>, dates: &[&str], as_of: &str) -> Truth {
    let asked = Records {
        windows,
        ..tasks(at_least("1"))
    };
    let evidence = dates.iter().map(|date| task(date, date)).collect();
    let input = Input {
        evidence,
        ..Input::default()
    };
    evaluate_on(vec![Form::Records(asked)], input, as_of).nodes[0].truth
}

fn years(count: u32) -> Duration {
    Duration {
        count,
        unit: Unit::Years,
    }
}

fn school_years(count: u32) -> Duration {
    Duration {
        count,
        unit: Unit::SchoolYears,
    }
}

fn on(date: &str) -> When {
    When::Literal(day(date))
}

#[test]
fn each_window_has_its_first_and_its_last_day() {
    for (window, first, last) in [
        (
            Window::Within(years(3), When::Today),
            "2023-11-23",
            "2026-11-22",
        ),
        (
            Window::Within(years(1), on("2026-02-28")),
            "2025-03-01",
            "2026-02-28",
        ),
        (
            Window::Within(school_years(2), When::Today),
            "2025-07-01",
            "2026-11-22",
        ),
        (Window::Since(on("2026-01-05")), "2026-01-05", "2026-11-22"),
        (Window::After(on("2026-01-05")), "2026-01-06", "2026-11-22"),
        (Window::Before(on("2026-01-05")), "0001-01-01", "2026-01-04"),
        (
            Window::From(on("2026-01-05"), on("2026-02-05")),
            "2026-01-05",
            "2026-02-05",
        ),
        (
            Window::InThe(years(2), on("2026-03-01")),
            "2024-03-01",
            "2026-02-28",
        ),
        (
            Window::InThe(school_years(2), on("2026-08-01")),
            "2024-07-01",
            "2026-06-30",
        ),
        (Window::SchoolYears(0, 0), "2026-07-01", "2026-11-22"),
        (Window::SchoolYears(-1, -1), "2025-07-01", "2026-06-30"),
        (Window::SchoolYears(-2, 0), "2024-07-01", "2026-11-22"),
        (Window::SchoolYear(2015), "2015-07-01", "2016-06-30"),
        (
            Window::Since(When::YearStart(-1)),
            "2025-07-01",
            "2026-11-22",
        ),
        (
            Window::Before(When::YearEnd(-1)),
            "0001-01-01",
            "2026-06-29",
        ),
    ] {
        let inside = |date: Date| counted(vec![window.clone()], &[&date.to_string()], TODAY);
        let (first, last) = (day(first), day(last));
        assert_eq!(inside(first), Truth::TRUE, "{window:?} holds {first}");
        assert_eq!(inside(last), Truth::TRUE, "{window:?} holds {last}");
        assert_eq!(
            inside(last.succ()),
            Truth::FALSE,
            "{window:?} ends on {last}"
        );
        if first > Date::MIN {
            assert_eq!(
                inside(first.pred()),
                Truth::FALSE,
                "{window:?} begins on {first}"
            );
        }
    }
}

#[test]
fn windows_add_up_and_may_be_empty() {
    let both = || {
        vec![
            Window::Since(on("2026-02-01")),
            Window::Before(on("2026-03-01")),
        ]
    };
    assert_eq!(
        counted(both(), &["2026-01-31", "2026-03-01"], TODAY),
        Truth::FALSE
    );
    assert_eq!(counted(both(), &["2026-02-28"], TODAY), Truth::TRUE);
    let empty = vec![Window::From(on("2026-03-01"), on("2026-02-01"))];
    assert_eq!(counted(empty, &["2026-02-15"], TODAY), Truth::FALSE);
    let beyond = vec![Window::After(on("9999-12-31"))];
    assert_eq!(counted(beyond, &["9999-12-31"], "9999-12-31"), Truth::FALSE);
}

#[test]
fn a_window_of_an_unknown_fact_is_unknown() {
    let hired = || vec![Window::Since(When::Of(HIRED))];
    assert_eq!(counted(hired(), &["2026-01-31"], TODAY), Truth::UNKNOWN);
    assert_eq!(counted(hired(), &[], TODAY), Truth::FALSE);
    let and_before = vec![Window::From(When::Of(HIRED), on("2026-01-01"))];
    assert_eq!(counted(and_before, &["2026-01-31"], TODAY), Truth::FALSE);
}

#[test]
fn a_record_exists_from_its_days_on() {
    let asked = || vec![Form::Records(tasks(at_least("1")))];
    let decided = || {
        let mut evidence = task("t1", "2026-10-01");
        evidence.submitted = Some(day("2026-10-05"));
        evidence.decided = Some(day("2026-10-20"));
        evidence.expires = Some(day("2026-11-30"));
        of_evidence([evidence])
    };
    for (as_of, expected, replay) in [
        ("2026-10-04", "L00 W00 B00", true),
        ("2026-10-05", "L00 W00 B11", true),
        ("2026-10-19", "L00 W00 B11", true),
        ("2026-10-20", "L11 W11 B11", false),
        ("2026-11-30", "L11 W11 B11", false),
        ("2026-12-01", "L00 W00 B00", false),
    ] {
        let outcome = evaluate_on(asked(), decided(), as_of);
        assert_eq!(bits(outcome.nodes[0].truth), expected, "{as_of}");
        assert_eq!(outcome.replay, replay, "{as_of}");
    }
}

#[test]
fn a_window_reaches_across_words() {
    let days = (0..200).map(|away| Date::from_days(20_000 + away).unwrap());
    let evidence = days
        .map(|day| task(&day.to_string(), &day.to_string()))
        .collect();
    let input = Input {
        evidence,
        ..Input::default()
    };
    let from = |day| When::Literal(Date::from_days(day).unwrap());
    for (first, last, expected) in [
        (20_000, 20_063, 64),
        (20_063, 20_064, 2),
        (20_070, 20_199, 130),
        (20_064, 20_127, 64),
    ] {
        let asked = Records {
            windows: vec![Window::From(from(first), from(last))],
            ..tasks(at_least("1"))
        };
        let found = of_records(asked, input.clone()).found;
        assert_eq!(
            found,
            Some(crate::outcome::Amount::Count(expected)),
            "{first} to {last}"
        );
    }
}
