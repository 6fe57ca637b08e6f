//! The largest inputs that are allowed, and those just beyond. In: nothing. Out: cases; each is large, and there are few.

use std::fmt::Write as _;

use serde_json::json;

use super::case::Case;

const AS_OF: &str = "2026-11-22";
const HEADER: &str = "pathway p \"P\" { version \"1\" }\nevidence e\n";
const RECORD: &str =
    r#"{ "id": "c", "evidence": [{ "id": "e1", "kind": "e", "date": "2026-01-01" }] }"#;

/// A file at its largest: 2 MiB.
const FILE: usize = 2 << 20;
/// Requirements at most, the groups around them among them.
const REQUIREMENTS: usize = 100_000;
/// Evidence records at most.
const EVIDENCE: usize = 1_000_000;
/// Nesting at most.
const DEPTH: usize = 64;

/// All of them.
#[must_use]
pub fn all() -> Vec<Case> {
    let mut cases = vec![
        one("giant-file", &file(FILE), RECORD),
        one("giant-file-beyond", &file(FILE + 1), RECORD),
        one("giant-requirements", &requirements(REQUIREMENTS), RECORD),
        one(
            "giant-requirements-beyond",
            &requirements(REQUIREMENTS + 1),
            RECORD,
        ),
        one("giant-record", &requirements(2), &record(EVIDENCE)),
        one(
            "giant-record-beyond",
            &requirements(2),
            &record(EVIDENCE + 1),
        ),
        one(
            "giant-json",
            &requirements(2),
            &format!("{{ \"id\": {}", "[".repeat(100_000)),
        ),
    ];
    for depth in [DEPTH, DEPTH + 1, 100_000] {
        // The role's own brace is one of them.
        let groups = depth - 1;
        let text = format!(
            "role r {{ eligible when {}at least 1 e{} }}",
            "all of { ".repeat(groups),
            " }".repeat(groups)
        );
        cases.push(one(&format!("deep-groups-{depth}"), &text, RECORD));
        let text = format!(
            "role r {{ eligible when at least 1 e where {}date >= 2020-01-01{} }}",
            "(".repeat(groups),
            ")".repeat(groups)
        );
        cases.push(one(&format!("deep-parentheses-{depth}"), &text, RECORD));
    }
    cases
}

/// Whether a case is larger than all others.
#[must_use]
pub fn is_one(case: &Case) -> bool {
    case.name().starts_with("giant-")
}

/// A programme of one text after the header, with a record.
fn one(name: &str, text: &str, record: &str) -> Case {
    let text = if text.starts_with(HEADER) {
        text.to_owned()
    } else {
        format!("{HEADER}{text}")
    };
    Case::new(name)
        .with("sources", json!({ "main.pathway": text }).to_string())
        .with("main", "main.pathway")
        .with("record", record)
        .with("as_of", AS_OF)
}

/// A text of so many bytes, declarations as far as they fit.
fn file(size: usize) -> String {
    let mut text = format!("{HEADER}role r {{ eligible when at least 1 e }}\n");
    while text.len() + 100 < size {
        let at = text.len();
        let _ = writeln!(
            text,
            "evidence kind_{at} \"Kind {at}\" {{ hours : number \"Hours\" }}"
        );
    }
    let left = size.saturating_sub(text.len());
    text.push_str(&" ".repeat(left));
    text
}

/// A role of so many requirements, the group among them.
fn requirements(count: usize) -> String {
    format!(
        "role r {{ eligible when any of {{\n{}}} }}",
        "at least 2 e\n".repeat(count - 1)
    )
}

fn record(evidence: usize) -> String {
    let mut text = "{\"id\":\"c\",\"evidence\":[".to_owned();
    for place in 0..evidence {
        let comma = if place > 0 { "," } else { "" };
        let _ = write!(
            text,
            "{comma}{{\"id\":\"e{place}\",\"kind\":\"e\",\"date\":\"2026-01-01\"}}"
        );
    }
    text.push_str("]}");
    text
}
