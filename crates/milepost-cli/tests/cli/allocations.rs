//! Who is given what, on the command line: shown by title, verified, refused.

use std::path::Path;

use super::{file, folder, run, run_fed};

const PROGRAMME: &str = r#"pathway shared "Shared" { version "1" }
evidence task "Task" { deep : yes/no "Deep" }
role lead "Lead" {
  eligible when all of without reuse {
    any_one "Any task": at least 1 task
    at least 1 task where deep
  }
}
"#;

/// A programme, a record with so many tasks, and the outcome; each in a file.
fn files(folder: &Path, tasks: &str) -> (String, String, String) {
    let programme = file(folder, "shared.pathway", PROGRAMME);
    let record = format!(r#"{{ "id": "c", "evidence": [{tasks}] }}"#);
    let record = file(folder, "record.json", record);
    let outcome = run(&format!(
        "evaluate {programme} --record {record} --as-of 2026-11-22 --format json"
    ));
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let outcome = file(folder, "outcome.json", outcome.out);
    (programme, record, outcome)
}

const ONE: &str = r#"{ "id": "t1", "kind": "task", "date": "2026-01-01", "deep": true }"#;
const TWO: &str = r#"{ "id": "t1", "kind": "task", "date": "2026-01-01", "deep": true },
  { "id": "t2", "kind": "task", "date": "2026-01-02", "deep": false }"#;

#[test]
fn what_is_shared_out_is_shown_by_title() {
    let (programme, record, _) = files(&folder("shared_titles"), TWO);
    let shown = run(&format!(
        "evaluate {programme} --record {record} --as-of 2026-11-22"
    ));
    insta::assert_snapshot!("shared", shown.whole());
}

#[test]
fn an_outcome_that_holds_is_said_to() {
    for (name, tasks) in [("served", TWO), ("blocked", ONE)] {
        let (programme, record, outcome) = files(&folder(name), tasks);
        let verified = run(&format!("verify {outcome} {programme} --record {record}"));
        assert_eq!(verified.code, 0);
        insta::assert_snapshot!(format!("allocation_{name}"), verified.whole());
        let json = run(&format!(
            "verify {outcome} {programme} --record {record} --format json"
        ));
        assert!(json.out.starts_with("{\"holds\":true,") && json.out.ends_with("}\n"));
        let text = std::fs::read(&outcome).expect("the outcome");
        let piped = run_fed(&format!("verify - {programme} --record {record}"), &text);
        assert_eq!((piped.out, piped.code), (verified.out, 0));
    }
}

#[test]
fn an_outcome_that_was_changed_ends_with_findings() {
    let folder = folder("changed_outcome");
    let (programme, record, outcome) = files(&folder, TWO);
    let text = std::fs::read_to_string(&outcome).expect("the outcome");
    let changed = text.replace(r#""records":["t2"]"#, r#""records":["t1"]"#);
    assert_ne!(text, changed);
    let changed = file(&folder, "changed.json", changed);
    let verified = run(&format!("verify {changed} {programme} --record {record}"));
    assert_eq!(verified.code, 1);
    insta::assert_snapshot!("allocation_changed", verified.whole());
}

#[test]
fn what_cannot_be_verified_ends_with_two() {
    let folder = folder("refused_outcome");
    let (programme, record, outcome) = files(&folder, TWO);
    for (arguments, why) in [
        (
            format!("{outcome} coach.pathway --record record.json"),
            "the outcome is of another programme or version",
        ),
        (
            format!("{record} {programme} --record {record}"),
            "/candidate: expected a text here, as an outcome has it",
        ),
        (
            format!("nowhere.json {programme} --record {record}"),
            "the outcome `nowhere.json` cannot be read",
        ),
        (
            format!("- {programme} --record -"),
            "the outcome and the record cannot both come from standard input",
        ),
        (
            format!("{outcome} {programme} --plan {programme} --record {record}"),
            "cannot be used with",
        ),
        (
            format!("{outcome} --record {record}"),
            "required arguments were not provided",
        ),
    ] {
        let refused = run(&format!("verify {arguments}"));
        assert_eq!((refused.out.as_str(), refused.code), ("", 2), "{arguments}");
        assert!(refused.said().contains(why), "{}", refused.err);
    }
}
