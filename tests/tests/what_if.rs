//! What if: a programme, a record and lists of changes in; what differs, and the refusals with their places, out.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "that is how a test fails"
)]

use std::collections::BTreeMap;

use milepost::wire::{ChangedOf, Status, WhatIf};
use milepost::{Pathway, Record};

const PROGRAMME: &str = r#"
pathway lab "Lab" { version "1" }
scale mastery { not_yet approaching mastered }
rubric lesson on mastery { planning delivery }
candidate "Teacher" { years : number  licensed : yes/no }
evidence task { score : mastery  ratings : lesson  hours : number }
evidence finding
competency analyst {
  requires at least 2 task for this where score >= mastered
  awards "Analyst" valid 3 years
}
role lead {
  eligible when all of {
    competency analyst
    experience: years >= 3
    conduct: no finding within 1 year
  }
}
"#;

const RECORD: &str = r#"{ "id": "t-1", "facts": { "years": 2 }, "evidence": [
  { "id": "pt1", "kind": "task", "date": "2026-05-02", "for": ["analyst"], "score": "mastered" },
  { "id": "pt2", "kind": "task", "date": "2026-09-14", "for": ["analyst"], "status": "under_review" }
] }"#;

const DAY: &str = "2026-11-22";

fn pathway() -> Pathway {
    let sources = BTreeMap::from([("main.pathway", PROGRAMME)]);
    let compiled = milepost::compile(&sources, "main.pathway");
    compiled.plan().expect("the programme is right").clone()
}

fn record(pathway: &Pathway, json: &str) -> Record {
    pathway
        .decode_record(json.as_bytes())
        .expect("the record is right")
}

/// What the changes do to the record above.
fn made(changes: &str) -> WhatIf {
    let pathway = pathway();
    let record = record(&pathway, RECORD);
    let day = DAY.parse().expect("a date");
    let json = pathway
        .what_if(&record, changes.as_bytes(), day)
        .unwrap_or_else(|refusal| panic!("{refusal}"));
    let found = WhatIf::read(&json).expect("it is read as it is written");
    assert_eq!(
        serde_json::to_string(&found).expect("it is written"),
        json,
        "canonical"
    );
    let before = pathway.evaluate(&record, day).to_json();
    assert_eq!(found.before.to_json(), before, "the outcome without them");
    found
}

/// The statuses that differ.
fn changed(changes: &str) -> Vec<String> {
    let of = |of| match of {
        ChangedOf::Requirement => "",
        ChangedOf::Competency => "competency ",
        ChangedOf::Role => "role ",
        ChangedOf::Stage => "stage ",
    };
    made(changes)
        .changed
        .iter()
        .map(|it| {
            let (before, after) = (it.before.as_str(), it.after.as_str());
            format!("{}{}: {before} to {after}", of(it.of), it.address)
        })
        .collect()
}

/// The places and the sentences of a refusal.
fn refused(changes: &str) -> Vec<String> {
    let pathway = pathway();
    let record = record(&pathway, RECORD);
    let refusal = pathway
        .what_if(&record, changes.as_bytes(), DAY.parse().expect("a date"))
        .expect_err("it is refused");
    let problems = &refusal.0.problems;
    assert!(problems.iter().all(|it| it.also.is_none()));
    problems
        .iter()
        .map(|it| format!("{}: {}", it.pointer, it.message))
        .collect()
}

#[test]
fn no_changes_change_nothing() {
    let found = made("[]");
    assert_eq!(found.as_of, DAY);
    assert!(found.changed.is_empty());
    assert_eq!(found.before, found.after);
}

#[test]
fn a_fact_is_learnt_and_forgotten() {
    let learnt = r#"[{ "fact": "years", "value": 3 }]"#;
    assert_eq!(
        changed(learnt),
        [
            "lead.experience: unmet to met",
            "lead: unmet to pending",
            "role lead: unmet to pending"
        ]
    );
    let forgotten = r#"[{ "fact": "years", "value": null }]"#;
    assert_eq!(
        changed(forgotten),
        [
            "lead.experience: unmet to needs information",
            "lead: unmet to needs information",
            "role lead: unmet to needs information"
        ]
    );
}

#[test]
fn what_is_under_review_comes_out_well() {
    let accepted = r#"[
        { "field": "pt2", "key": "score", "value": "mastered" },
        { "field": "pt2", "key": "status", "value": "accepted" }
    ]"#;
    let all = changed(accepted);
    assert!(
        all.contains(&"competency analyst: pending to met".to_owned()),
        "{all:?}"
    );
    assert!(!all.iter().any(|it| it.starts_with("role")), "{all:?}");
}

#[test]
fn evidence_is_added_and_counts_as_if_it_stood_in_the_record() {
    let entry = r#"{ "id": "pt3", "kind": "task", "date": "2026-11-01", "for": ["analyst"], "score": "mastered" }"#;
    let found = made(&format!(
        r#"[{{ "add": {entry} }}, {{ "fact": "years", "value": 4 }}]"#
    ));
    let role = found.after.roles.first().expect("one role");
    assert_eq!(role.status, Status::Met);
    let whole = RECORD
        .replace("\n] }", &format!(",\n{entry}] }}"))
        .replace("\"years\": 2", "\"years\": 4");
    let pathway = pathway();
    let afresh = record(&pathway, &whole);
    let afresh = pathway.evaluate(&afresh, DAY.parse().expect("a date"));
    assert_eq!(found.after.to_json(), afresh.to_json());
}

#[test]
fn a_credential_is_added() {
    let all =
        changed(r#"[{ "add": { "id": "mc1", "competency": "analyst", "issued": "2026-02-01" } }]"#);
    assert!(
        all.contains(&"competency analyst: pending to met".to_owned()),
        "{all:?}"
    );
}

#[test]
fn evidence_is_removed() {
    assert_eq!(
        changed(r#"[{ "remove": "pt1" }]"#),
        [
            "analyst: pending to unmet",
            "lead/1: pending to unmet",
            "competency analyst: pending to unmet"
        ]
    );
}

#[test]
fn changes_are_made_one_after_the_other() {
    let added_and_removed = r#"[
        { "add": { "id": "f1", "kind": "finding", "date": "2026-10-01" } },
        { "field": "f1", "key": "status", "value": "returned" },
        { "remove": "f1" }
    ]"#;
    assert!(changed(added_and_removed).is_empty());
    assert_eq!(
        refused(
            r#"[{ "remove": "f1" }, { "add": { "id": "f1", "kind": "finding", "date": "2026-10-01" } }]"#
        ),
        ["/0/remove: nothing in the record has the id `f1`"]
    );
}

#[test]
fn another_day_is_evaluated_for() {
    let found = made(
        r#"[
            { "add": { "id": "f1", "kind": "finding", "date": "2026-10-01" } },
            { "as_of": "2027-09-30" }, { "as_of": "2027-10-01" }
        ]"#,
    );
    assert_eq!(
        (&*found.as_of, &*found.after.as_of),
        ("2027-10-01", "2027-10-01")
    );
    assert_eq!(found.before.as_of, DAY);
    assert!(found.changed.is_empty(), "{:?}", found.changed);
    let early = r#"[
        { "add": { "id": "f1", "kind": "finding", "date": "2026-10-01" } }, { "as_of": "2027-09-30" }
    ]"#;
    assert!(changed(early).contains(&"lead.conduct: met to unmet".to_owned()));
}

#[test]
fn the_day_of_enrolment_is_changed() {
    let found = made(r#"[{ "enrolled": "2025-09-01" }, { "enrolled": null }]"#);
    assert_eq!(found.before, found.after);
}

#[test]
fn what_is_no_list_is_refused() {
    assert_eq!(
        refused("{}"),
        [": a list of changes is a list, found an object"]
    );
    assert_eq!(
        refused("[{}"),
        [": this is not JSON: the text ends in the middle"]
    );
    assert_eq!(
        refused("[] []"),
        [": this is not JSON: something follows the end of the list of changes"]
    );
}

#[test]
fn every_change_of_no_form_is_listed() {
    assert_eq!(
        refused(
            r#"[1, {}, { "fact": "years" }, { "add": {}, "value": 1 }, { "as_of": "soon" }, { "remove": 7 }, { "fact": "a", "fact": "b", "value": 1 }]"#
        ),
        [
            "/0: expected a change, which is an object, found the number `1`",
            "/1: a change says `add`, `remove`, `fact`, `field`, `enrolled` or `as_of`",
            "/2: `value` is missing",
            "/3/value: this change has no key `value`",
            "/4/as_of: expected a date like `2026-07-01`, found the text `soon`",
            "/5/remove: expected a text, found the number `7`",
            "/6/fact: this key stands twice in one object"
        ]
    );
}

#[test]
fn what_a_record_would_refuse_is_refused_with_the_place_in_the_list() {
    for (changes, problems) in [
        (
            r#"[{ "fact": "years", "value": 3 }, { "fact": "yeers", "value": 3 }]"#,
            &["/1/fact: unknown fact `yeers`"][..],
        ),
        (
            r#"[{ "fact": "years", "value": "three" }]"#,
            &["/0/value: expected a number, found the text `three`"],
        ),
        (
            r#"[{ "add": { "id": "pt1", "kind": "task", "date": "2026-13-01", "skore": 1 } }]"#,
            &[
                "/0/add/id: the id `pt1` is taken: /evidence/0/id has it",
                "/0/add/date: the date `2026-13-01` does not exist",
                "/0/add/skore: unknown field `skore` of `task`",
            ],
        ),
        (
            r#"[{ "add": { "id": "pt9", "kind": "task", "date": "2026-10-01", "ratings": { "planing": "mastered" } } }]"#,
            &["/0/add/ratings/planing: unknown criterion `planing` of lesson"],
        ),
        (
            r#"[{ "field": "pt9", "key": "score", "value": "mastered" }]"#,
            &["/0/field: nothing in the record has the id `pt9`"],
        ),
        (
            r#"[{ "field": "pt1", "key": "skore", "value": "mastered" }]"#,
            &["/0/key: unknown field `skore` of `task`"],
        ),
        (
            r#"[{ "field": "pt1", "key": "kind", "value": "finding" }]"#,
            &["/0/key: `kind` is not changed"],
        ),
        (
            r#"[{ "field": "pt1", "key": "score", "value": "superb" }]"#,
            &["/0/value: unknown level of mastery `superb`"],
        ),
        (
            r#"[{ "field": "pt1", "key": "for", "value": ["analyst", "analyzt"] }]"#,
            &["/0/value/1: unknown competency `analyzt`"],
        ),
        (
            r#"[{ "enrolled": "2026" }]"#,
            &["/0/enrolled: expected a date like `2026-07-01`, found the text `2026`"],
        ),
    ] {
        assert_eq!(refused(changes), problems, "{changes}");
    }
}

#[test]
fn a_thousand_changes_are_made_and_no_more() {
    let list = |count: usize| format!("[{}]", vec![r#"{ "enrolled": null }"#; count].join(","));
    assert!(changed(&list(1_000)).is_empty());
    assert_eq!(refused(&list(1_001)), ["/1000: more than 1 000 changes"]);
}

#[test]
fn damaged_lists_are_refused_or_mean_something() {
    let whole = r#"[{"add":{"id":"x","kind":"task","date":"2026-01-01","score":"mastered","ratings":{"planning":"mastered"}}},{"field":"x","key":"for","value":["analyst"]},{"fact":"years","value":3.5},{"enrolled":"2025-01-01"},{"remove":"pt2"},{"as_of":"2027-01-01"}]"#;
    let pathway = pathway();
    let record = record(&pathway, RECORD);
    let day = DAY.parse().expect("a date");
    let (mut made, mut refused) = (0, 0);
    for at in 0..whole.len() {
        for put in ["", "\"", "{", "]", ",", "0", "\\", "\u{0}", "null", "[[[["] {
            for length in [0, 1, 3] {
                let to = (at + length).min(whole.len());
                let damaged = format!("{}{put}{}", &whole[..at], &whole[to..]);
                match pathway.what_if(&record, damaged.as_bytes(), day) {
                    Ok(json) => {
                        WhatIf::read(&json).expect("it is read as it is written");
                        made += 1;
                    }
                    Err(refusal) => {
                        assert!(!refusal.0.problems.is_empty(), "{damaged}");
                        refused += 1;
                    }
                }
            }
        }
    }
    assert!(made > 100 && refused > 1_000, "{made} {refused}");
    assert!(pathway.what_if(&record, b"[\xff]", day).is_err());
}
