//! The ladder of a role on the command line: how it is printed, and a stage that is required.

use super::{Run, file, folder, run_with};

const LADDER: &str = r#"
pathway ladder "Ladder" { school year starts 07-01 }

candidate "Teacher" { tenured : yes/no "Tenured" }

evidence interview "Panel interview" { passed : yes/no "Passed" }

role peer "Peer leader" {
  eligible when tenured
  stage qualified "In the pool" valid 2 school years when at least 1 interview where passed
  stage selected "Selected by a principal"
}
"#;

const RECORD: &str = r#"{ "id": "invented-1", "facts": { "tenured": true },
  "evidence": [ { "id": "i1", "kind": "interview", "date": "2025-06-01", "passed": true } ],
  "posts": [ { "role": "peer", "stage": "qualified", "from": "2025-08-01" } ] }"#;

/// An evaluation of the ladder on a day.
fn evaluate(name: &str, as_of: &str, more: &str) -> Run {
    let folder = folder(name);
    let programme = file(&folder, "ladder.pathway", LADDER);
    let record = file(&folder, "record.json", RECORD);
    let words = format!("evaluate {programme} --record {record} --as-of {as_of} {more}");
    run_with(&words, &[("COLUMNS", "80")])
}

#[test]
fn a_ladder_is_printed_stage_by_stage() {
    let held = evaluate("stages_held", "2026-11-22", "");
    insta::assert_snapshot!("ladder", held.whole());
}

#[test]
fn a_timeline_tells_every_stage() {
    let told = evaluate("stages_told", "2026-11-22", "--timeline");
    insta::assert_snapshot!("ladder_timeline", told.whole());
}

/// Two in the pool, of whom one is selected; one who is eligible, and one of whom nothing is known.
const COHORT: &str = r#"{ "id": "a", "posts": [{ "role": "peer", "stage": "qualified", "from": "2026-08-01" }] }
{ "id": "b", "posts": [{ "role": "peer", "from": "2026-08-01" }, { "role": "peer", "stage": "qualified", "from": "2025-08-01" }] }
{ "id": "c", "facts": { "tenured": true } }
{ "id": "d", "evidence": [{ "id": "i", "kind": "interview", "date": "2026-08-01", "passed": true }] }
"#;

const MEASURES: &str = r#"
measure pool     "In the pool" = percent of candidates who meet role peer qualified
measure selected "Selected" = number of candidates who meet role peer selected among candidates who meet role peer qualified
"#;

#[test]
fn a_measure_counts_who_is_in_a_stage() {
    let folder = folder("stages_measured");
    let programme = file(&folder, "ladder.pathway", format!("{LADDER}{MEASURES}"));
    let cohort = file(&folder, "cohort.ndjson", COHORT);
    let words = format!("report {programme} --cohort {cohort} --as-of 2026-11-22");
    let run = run_with(&words, &[("COLUMNS", "80")]);
    let said = "Ladder
4 candidates, as of 2026-11-22

  In the pool  50%  (2 of 4), undecided: 1
  Selected     1  (of 2)
";
    assert_eq!((run.out.as_str(), run.code), (said, 0), "{}", run.err);
}

#[test]
fn a_stage_may_be_required() {
    let required = |as_of, stage: &str| {
        let run = evaluate("stages_required", as_of, &format!("--require {stage}"));
        (run.said(), run.code)
    };
    assert_eq!(required("2027-06-30", "peer.qualified"), (String::new(), 0));
    let said = "error: the stage `peer.qualified` is required and is not met: unmet";
    assert_eq!(required("2027-07-01", "peer.qualified"), (said.into(), 1));
    let said = "error: the role `peer` has no stage `qualifed` help: did you mean `qualified`?";
    assert_eq!(required("2027-07-01", "peer.qualifed"), (said.into(), 2));
    let said = "error: the programme has no role `pear` help: did you mean `peer`?";
    assert_eq!(required("2027-07-01", "pear.qualified"), (said.into(), 2));
}

#[test]
fn what_would_reach_a_stage_is_told() {
    let next = |more: &str| {
        let run = evaluate("stages_next", "2027-11-22", more);
        (run.said(), run.out, run.code)
    };
    let head = "Ladder\nTeacher invented-1, as of 2027-11-22\n\nRole Peer leader (peer)\n  met, 1 of 1 step, 100%\n";
    let selected = "  no proposal to reach Selected by a principal: no set of the actions that are\n    tried would do; a post is not among them\n";
    let pool = "  To reach In the pool (one action)\n    1. submit one Panel interview, with Passed: yes\n";
    assert_eq!(next("--next"), (String::new(), format!("{head}{pool}"), 0));
    let told = next("--next=peer.selected");
    assert_eq!(told, (String::new(), format!("{head}{selected}"), 0));
    assert_eq!(next("--next=peer"), (String::new(), head.to_owned(), 0));
    let (said, out, code) = next("--next=peer.selectd");
    assert_eq!(
        said,
        "error: the role `peer` has no stage `selectd` help: did you mean `selected`?"
    );
    assert_eq!((out.as_str(), code), ("", 2));
}
