//! Changes tried on the command line: what they do to waivers and to what is at risk.

use std::path::Path;

use super::{file, folder, run};

/// A programme, and a record with changes to it.
fn tried(folder: &Path, record: &str, changes: &str) -> String {
    let programme = file(
        folder,
        "p.pathway",
        r#"
pathway p "P" { version "1" }
candidate "Teacher" { years : number "Years" }
evidence finding "Finding"
evidence task "Task"
role lead "Lead" {
  eligible when all of {
    conduct "Conduct": no finding within 5 years
    served  "Served" waivable by board: years >= 4
    work: all of without reuse {
      first  "First" waivable by board: at least 1 task
      second "Second": at least 1 task
    }
  }
}
"#,
    );
    let record = file(folder, "record.json", record);
    let changes = file(folder, "changes.json", changes);
    let page = run(&format!(
        "evaluate {programme} --record {record} --as-of 2026-11-22 --what-if {changes}"
    ));
    page.whole()
}

#[test]
fn a_waiver_without_effect_says_why() {
    let page = tried(
        &folder("what_if_waiver"),
        r#"{ "id": "x", "facts": { "years": 2 } }"#,
        r#"[{ "add": { "requirement": "lead.served", "by": "P. Q.", "as": "principal", "reason": "short", "granted": "2026-01-01" } }]"#,
    );
    assert!(
        page.contains("Note: nothing rests on the waiver of lead.served by P. Q. as principal from\n      2026-01-01: only board may waive this requirement"),
        "{page}"
    );
    assert!(page.contains("Nothing differs."), "{page}");
}

#[test]
fn what_is_newly_at_risk_is_told() {
    let page = tried(
        &folder("what_if_risk"),
        r#"{ "id": "x", "facts": { "years": 5 } }"#,
        r#"[{ "add": { "id": "f1", "kind": "finding", "date": "2026-10-01", "status": "under_review" } }]"#,
    );
    assert!(
        page.contains("\n  met, at risk (was met): Conduct (lead.conduct)\n"),
        "{page}"
    );
    assert!(!page.contains("Served"), "{page}");
}

#[test]
fn a_waiver_that_only_frees_evidence_says_so() {
    let folder = folder("what_if_shared");
    let record = r#"{ "id": "x", "facts": { "years": 5 },
        "evidence": [{ "id": "t1", "kind": "task", "date": "2026-10-01" }],
        "waivers": [{ "requirement": "lead.work.first", "by": "B.", "as": "board", "reason": "shown elsewhere", "granted": "2026-01-01" }] }"#;
    tried(&folder, record, "[]");
    let page = run(&format!(
        "evaluate {0}/p.pathway --record {0}/record.json --as-of 2026-11-22",
        folder.display()
    ));
    let page = page
        .whole()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        page.contains("without the waiver: met as well, but not what shares evidence with it"),
        "{page}"
    );
}
