//! Many candidates: `evaluate --cohort` and `report`.

use crate::{file, folder, run, run_fed};

const REPORT: &str = "report cohort.pathway --as-of 2026-11-22 --cohort -";
const EVALUATE: &str = "evaluate cohort.pathway --as-of 2026-11-22 --cohort -";

/// So many candidates, of three schools: every fourth has two sessions of three hours, and years from 0 to 11.
fn candidates(number: usize) -> Vec<String> {
    let candidate = |place: usize| {
        let evidence = if place.is_multiple_of(4) {
            r#"{"id":"a","kind":"session","date":"2026-09-01","hours":3},{"id":"b","kind":"session","date":"2026-09-02","hours":3}"#
        } else {
            ""
        };
        format!(
            r#"{{"id":"c-{place}","facts":{{"school":"s{}","years":{}}},"evidence":[{evidence}]}}"#,
            place % 3,
            place % 12
        )
    };
    (0..number).map(candidate).collect()
}

#[test]
fn the_measures_of_a_cohort() {
    let cohort = candidates(1_200).join("\n");
    let report = run_fed(REPORT, cohort.as_bytes());
    assert_eq!(report.code, 0, "{}", report.err);
    insta::assert_snapshot!("cohort_report", report.out);
    let json = run_fed(
        &format!("{REPORT} --format json --pretty"),
        cohort.as_bytes(),
    );
    insta::assert_snapshot!("cohort_report_json", json.out);
}

#[test]
fn the_order_and_the_number_of_threads_make_no_difference() {
    let mut cohort = candidates(3_000);
    cohort.push("{}".to_owned());
    let one = run_fed(&format!("{REPORT} --jobs 1"), cohort.join("\n").as_bytes());
    // a shuffle that anybody can repeat: steps of a number that shares no factor with the length
    let shuffled: Vec<_> = (0..cohort.len())
        .map(|place| cohort[place * 1_009 % cohort.len()].as_str())
        .collect();
    let other = run_fed(
        &format!("{REPORT} --jobs 4"),
        shuffled.join("\n").as_bytes(),
    );
    assert_eq!(one.code, 2);
    assert_eq!(one.out, other.out);
}

#[test]
fn outcomes_stand_in_the_order_of_the_lines() {
    let cohort = candidates(1_000).join("\n");
    let one = run_fed(&format!("{EVALUATE} --jobs 1"), cohort.as_bytes());
    let four = run_fed(&format!("{EVALUATE} --jobs 4"), cohort.as_bytes());
    assert_eq!(one.out, four.out);
    assert_eq!((one.code, one.err.as_str()), (0, ""));
    for (place, line) in one.out.lines().enumerate() {
        let candidate = format!(r#""candidate":"c-{place}","#);
        assert!(line.contains(&candidate), "{place}: {line}");
    }
    assert_eq!(one.out.lines().count(), 1_000);
}

#[test]
fn an_outcome_is_the_one_of_the_record_alone() {
    let folder = folder("cohort_alone");
    let [candidate] = &candidates(1)[..] else {
        panic!("one candidate")
    };
    let record = file(&folder, "c-0.json", candidate);
    let alone = run(&format!(
        "evaluate cohort.pathway --as-of 2026-11-22 --format json --record {record}"
    ));
    assert_eq!(
        run(&format!(
            "evaluate cohort.pathway --as-of 2026-11-22 --cohort {record}"
        ))
        .out,
        alone.out
    );
}

#[test]
fn a_bad_line_stands_in_its_place_and_stops_nothing() {
    let mut cohort = b"\xef\xbb\xbf{\"id\":\"a\"}\r\n\n  \r\n{\"id\":\"b\",\"fact\":{}}\n{\"id\":\"c\"\nnot json\n".to_vec();
    cohort.extend_from_slice(b"{\"id\":\"\xff\"}\n{\"id\":\"z\"}");
    let run = run_fed(EVALUATE, &cohort);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!("cohort_bad_lines", {
        let lines = run
            .out
            .lines()
            .map(|line| line.chars().take(300).collect::<String>() + "\n");
        lines.collect::<String>() + "--- errors\n" + &run.err
    });
}

#[test]
fn a_line_that_is_too_long_is_refused_and_not_kept() {
    let mut cohort = vec![b' '; (16 << 20) + 1];
    cohort.extend_from_slice(b"\n{\"id\":\"z\"}\n");
    let run = run_fed(REPORT, &cohort);
    assert!(
        run.said()
            .contains("line 1: the line is longer than 16 MiB"),
        "{}",
        run.err
    );
    assert!(
        run.said().contains("1 of 2 records was refused"),
        "{}",
        run.err
    );
    assert!(run.out.starts_with("1 candidate,"), "{}", run.out);
}

#[test]
fn small_counts_are_held_back() {
    let cohort = candidates(36).join("\n");
    let run = run_fed(&format!("{REPORT} --suppress-below 10"), cohort.as_bytes());
    insta::assert_snapshot!("cohort_suppressed", run.out);
    let few = run_fed(
        &format!("{REPORT} --suppress-below 10 --format json"),
        candidates(9).join("\n").as_bytes(),
    );
    assert!(few.out.contains(r#""candidates":null"#), "{}", few.out);
    assert!(!few.out.contains(r#""of":9"#), "{}", few.out);
}

#[test]
fn a_programme_without_measures_has_no_report() {
    let run = run("report coach.pathway --as-of 2026-11-22 --cohort record.json");
    assert_eq!(run.code, 2);
    assert!(
        run.said().contains("the programme has no measures"),
        "{}",
        run.err
    );
}
