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
    assert!(run.out.contains("\n1 candidate,"), "{}", run.out);
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
fn a_bound_that_holds_everything_back_is_not_understood() {
    for bound in ["0", "1000001", "99999999999999999999999"] {
        let found = run_fed(
            &format!("{REPORT} --suppress-below {bound}"),
            b"{\"id\":\"a\"}",
        );
        assert_eq!((found.code, found.out.as_str()), (2, ""), "{bound}");
    }
    let range = run_fed(&format!("{REPORT} --suppress-below 1000001"), b"");
    assert!(range.said().contains("1..=1000000"), "{}", range.err);
}

#[test]
fn a_single_record_that_is_refused() {
    let found = run_fed(REPORT, b"{}");
    assert_eq!(found.code, 2);
    assert!(
        found.said().contains("the only record was refused"),
        "{}",
        found.err
    );
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

/// A table with what goes well and what does not: two rows of one candidate, a cell with a line break, an empty line.
const TABLE: &str = "id,enrolled,facts.school,facts.years,evidence.id,evidence.kind,evidence.date,evidence.hours\n\
    c-1,2025-09-01,\"North, upper\",4,s1,session,2026-09-01,3\n\
    c-1,,,,s2,session,2026-09-02, 2.50 \n\
    c-2,,South,2,,,,\n\
    c-3,,South,many,s1,session,2026-02-30,3\n\
    \n\
    c-3,,South,,s1,sesion,2026-02-03,3\n\
    c-4,,\"South\nside\",12,s1,session,2026-09-01,3\n\
    c-5,,North,3\n\
    c-6,,North,3,s1,session,2026-09-01,3\n\
    c-6,,South,3,s2,session,2026-09-01,3\n";

#[test]
fn a_table_says_the_same_as_its_records() {
    let folder = folder("cohort_table");
    let table = file(&folder, "cohort.csv", TABLE);
    let evaluate = format!("evaluate cohort.pathway --as-of 2026-11-22 --cohort {table}");
    let found = run(&evaluate);
    assert_eq!(found.code, 2);
    let lines: Vec<_> = found.out.lines().collect();
    let records = [
        r#"{"id":"c-1","enrolled":"2025-09-01","facts":{"school":"North, upper","years":4},"evidence":[
            {"id":"s1","kind":"session","date":"2026-09-01","hours":3},
            {"id":"s2","kind":"session","date":"2026-09-02","hours":2.5}]}"#,
        r#"{"id":"c-2","facts":{"school":"South","years":2}}"#,
        r#"{"id":"c-4","facts":{"school":"South\nside","years":12},"evidence":[
            {"id":"s1","kind":"session","date":"2026-09-01","hours":3}]}"#,
    ];
    let joined: Vec<_> = records.map(|record| record.replace('\n', " ")).to_vec();
    let alone = run_fed(EVALUATE, joined.join("\n").as_bytes());
    assert_eq!(alone.code, 0, "{}", alone.err);
    let outcomes = lines
        .iter()
        .filter(|line| !line.starts_with("{\"refused\""));
    assert_eq!(
        outcomes.copied().collect::<Vec<_>>(),
        alone.out.lines().collect::<Vec<_>>()
    );
    let refused: String = lines
        .iter()
        .filter(|line| line.starts_with("{\"refused\""))
        .map(|line| format!("{line}\n"))
        .collect();
    insta::assert_snapshot!("cohort_table", refused + "--- errors\n" + &found.err);
    let report = run(&format!(
        "report cohort.pathway --as-of 2026-11-22 --cohort {table} --format csv"
    ));
    insta::assert_snapshot!("cohort_report_csv", report.out);
}

#[test]
fn a_table_that_cannot_be_read_says_why() {
    let report = |table: &[u8]| run_fed(&format!("{REPORT} --cohort-format csv"), table);
    let tables: [(&[u8], &str); 9] = [
        (b"", "line 1: the table is empty"),
        (
            b"id;enrolled\na;\n",
            "a column cannot be called `id;enrolled`",
        ),
        (
            b"id,facts.scool\n",
            "column 2: column `facts.scool`: there is no fact `scool` help: did you mean `school`?",
        ),
        (
            b"id,school\n",
            "a column cannot be called `school` help: the column of a fact begins with `facts.`: `facts.school`",
        ),
        (
            b"id,evidence.hourz\n",
            "nothing there has a key `hourz` help: did you mean `hours`?",
        ),
        (b"enrolled\n2026-01-01\n", "line 1: there is no column `id`"),
        (
            b"id,enrolled\na\n",
            "line 2: the row has 1 cell, and the first row names 2 columns",
        ),
        (b"id,id\n", "the column `id` stands there twice"),
        (
            b"\xef\xbb\xbfid\na\xff\nb\n",
            "line 2: the row is no text in UTF-8",
        ),
    ];
    for (table, said) in tables {
        let found = report(table);
        assert_eq!(found.code, 2, "{said}");
        assert!(found.said().contains(said), "{said}: {}", found.err);
    }
    let wide: Vec<_> = (0..1_001).map(|place| format!("c{place}")).collect();
    let wide = report(wide.join(",").as_bytes());
    assert!(
        wide.said().contains("more than 1000 columns"),
        "{}",
        wide.err
    );
    assert!(!wide.said().contains("a column cannot"), "{}", wide.err);
    let folder = folder("cohort_long_row");
    let long = file(
        &folder,
        "long.csv",
        format!("id\n\"{}", "x".repeat(17 << 20)),
    );
    let long = run(&format!(
        "report cohort.pathway --as-of 2026-11-22 --cohort {long}"
    ));
    let said = "a row is longer than 16 MiB; is a quotation mark left open?";
    assert!(long.said().contains(said), "{}", long.err);
}

#[test]
fn what_asks_for_one_candidate_or_too_many_threads_is_not_understood() {
    for words in [
        "--next",
        "--timeline",
        "--what-if changes.json",
        "--jobs 0",
        "--jobs 100000",
    ] {
        let found = run_fed(&format!("{EVALUATE} {words}"), b"");
        assert_eq!(
            (found.code, found.out.as_str()),
            (2, ""),
            "{words}: {}",
            found.err
        );
    }
    let most = run_fed(&format!("{EVALUATE} --jobs 256"), b"{\"id\":\"a\"}");
    assert_eq!(most.code, 0, "{}", most.err);
}

#[test]
fn a_cohort_is_not_text() {
    let found = run_fed(&format!("{EVALUATE} --format text"), b"{\"id\":\"a\"}");
    assert_eq!((found.code, found.out.as_str()), (2, ""));
    assert!(found.said().contains("and no text"), "{}", found.err);
    let lines = run_fed(&format!("{EVALUATE} --format json"), b"{\"id\":\"a\"}");
    assert_eq!(lines.code, 0, "{}", lines.err);
    assert!(lines.out.starts_with("{\"milepost\":"), "{}", lines.out);
}

#[test]
fn a_table_holds_suspensions() {
    let report = |table: &str| {
        run_fed(
            &format!("{REPORT} --cohort-format csv --format csv"),
            table.as_bytes(),
        )
    };
    let head = "id,evidence.id,evidence.kind,evidence.date,evidence.hours,evidence.suspended\n";
    let with = |days: &str| {
        report(&format!(
            "{head}a,s1,session,2026-09-01,3,{days}\na,s2,session,2026-09-02,3,\n"
        ))
    };
    let figures = |run: &crate::Run| run.out.clone();
    let counts = figures(&with(""));
    assert_eq!(
        figures(&with("2026-10-01 to 2026-11-21")),
        counts,
        "it is over"
    );
    assert_ne!(
        figures(&with("2026-10-01 to 2026-11-22")),
        counts,
        "its last day"
    );
    assert_ne!(
        figures(&with("2026-10-01 to 2026-10-31; 2026-11-20")),
        counts,
        "the second goes on"
    );
    for (days, said) in [
        ("autumn", "line 2, column 6: `evidence.suspended`:"),
        (
            "2026-10-02 to 2026-10-01",
            "`until` 2026-10-01 is before `from` 2026-10-02",
        ),
        (
            "2026-10-01; 2026-10-05",
            "this suspension has days that another one has",
        ),
    ] {
        let found = with(days);
        assert_eq!(found.code, 2, "{days}");
        assert!(found.said().contains(said), "{days}: {}", found.err);
    }
}

#[test]
fn a_level_that_follows_from_a_score_is_not_given() {
    let programme = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../pathways/field/dc_cut_scores.pathway"
    );
    let evaluate =
        format!("evaluate {programme} --as-of 2026-11-22 --cohort - --cohort-format csv");
    let table = "id,evidence.id,evidence.kind,evidence.date,evidence.score,evidence.level\n\
        a,r1,annual_rating,2026-06-01,300,\n\
        b,r1,annual_rating,2026-06-01,300,effective\n";
    let found = run_fed(&evaluate, table.as_bytes());
    assert_eq!(found.code, 2);
    let status = r#""name":"effective_teacher","title":"Effective teacher","about":null,"doc":null,"status":"met""#;
    assert!(found.out.contains(status), "{}", found.out);
    let said = "line 3, column 6: `evidence.level`: `level` follows from `score`";
    assert!(found.said().contains(said), "{}", found.err);
}
