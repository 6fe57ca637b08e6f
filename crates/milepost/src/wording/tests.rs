//! Sentences, read whole: each requirement as its author wrote it, as the outcome words it, and what is
//! missing of it for a candidate of whom much is known.

use std::collections::BTreeMap;

use crate::wire;

const DECLARED: &str = r#"
pathway words "Words" { school year starts 07-01 }
scale mastery "Mastery" { not_yet = 1 "Not yet" approaching = 2 "Approaching" mastered = 3 "Mastered" }
rubric lesson "Lesson" on mastery { planning "Planning" delivery "Delivery" }
candidate "Teacher" {
  years    : whole "Years of teaching"
  on_leave : whole "Years on leave"
  ready    : yes/no "Recommended"
  hired    : date "Hired on"
  school   : text "School"
  contract : one of { full "Full time" part "Part time" } "Contract"
  areas    : list of text "Areas"
  rated    : lesson "Self-rating"
  absent   : number "Days absent"
}
evidence task "Performance task" {
  score : mastery "Score"  assessor : text "Assessor"  ratings : lesson "Ratings"  weight : number "Weight"
  verified : yes/no "Verified"  variety : one of { a "A" b "B" } "Type"
}
evidence session { hours : number "Hours"  coach : text }
evidence finding "Finding"
competency analyst "Analyst" { requires at least 1 task for this }
competency setter "Setter" { requires at least 1 session }
role other "Other" { eligible when ready stage pool "In the pool" stage chosen "Chosen" }
"#;

const RECORD: &str = r#"{
"id": "c",
"facts": { "years": 2, "on_leave": 3, "ready": true, "hired": "2030-01-01", "school": "Q1", "contract": "part",
           "areas": ["art"], "rated": { "planning": "approaching" } },
"posts": [{ "role": "other", "from": "2024-08-01", "until": "2025-06-30" }],
"evidence": [
  { "id": "t3", "kind": "task", "date": "2020-09-01", "for": ["setter"], "score": "mastered", "assessor": "y",
    "verified": true, "variety": "a" },
  { "id": "t1", "kind": "task", "date": "2026-03-01", "for": ["analyst"], "score": "mastered", "assessor": "x",
    "ratings": { "planning": "mastered", "delivery": "approaching" }, "verified": false, "variety": "b", "weight": 1 },
  { "id": "t2", "kind": "task", "date": "2026-09-01", "for": ["analyst"], "score": "mastered", "assessor": "x",
    "ratings": { "planning": "not_yet", "delivery": "approaching" }, "verified": false, "variety": "a", "weight": 1.5 },
  { "id": "s1", "kind": "session", "date": "2026-09-01", "hours": 3.5, "coach": "k" },
  { "id": "s2", "kind": "session", "date": "2026-10-01", "hours": 3.5, "coach": "l", "status": "suspended" },
  { "id": "s3", "kind": "session", "date": "2025-10-01", "hours": 3.5, "coach": "l", "status": "under_review" },
  { "id": "f1", "kind": "finding", "date": "2026-10-01" },
  { "id": "f2", "kind": "finding", "date": "2026-10-02", "expires": "2026-10-31" }
] }"#;

/// What becomes of requirements, each on its own.
fn nodes(requirements: &[&str]) -> Vec<wire::Node> {
    let all = requirements.join("\n");
    let text = format!("{DECLARED} role lead \"Lead\" {{ eligible when all of {{ {all} }} }}");
    let compiled = crate::compile(&BTreeMap::from([("main.pathway", text)]), "main.pathway");
    let pathway = compiled.plan().expect("the programme compiles");
    let record = pathway
        .decode_record(RECORD.as_bytes())
        .expect("the record is taken");
    let document = pathway
        .evaluate(&record, "2026-11-22".parse().unwrap())
        .report();
    let lead = document
        .roles
        .into_iter()
        .find(|role| role.name == "lead")
        .unwrap();
    assert_eq!(lead.requirement.children.len(), requirements.len());
    lead.requirement.children
}

fn check(rows: &[(&str, &str, &[&str])]) {
    let requirements: Vec<_> = rows.iter().map(|row| row.0).collect();
    for ((written, text, missing), node) in rows.iter().zip(nodes(&requirements)) {
        assert_eq!(node.text, *text, "{written}");
        assert_eq!(node.missing, *missing, "{written}");
    }
}

#[test]
fn posts_held() {
    check(&[
        (
            "held role other for at least 1 school year",
            "the role Other held for at least one school year",
            &[],
        ),
        (
            "held role other for at least 2 school years",
            "the role Other held for at least two school years",
            &["one more school year in the role Other"],
        ),
        (
            "held role other chosen for at least 12 school years",
            "the stage Chosen of the role Other held for at least 12 school years",
            &["11 more school years in the stage Chosen of the role Other"],
        ),
        (
            "held role other pool for at least 2 school years",
            "the stage In the pool of the role Other held for at least two school years",
            &["the stage In the pool of the role Other held for at least two school years"],
        ),
        (
            "held role other for at least 2 consecutive school years",
            "the role Other held for at least two consecutive school years",
            &["the role Other held for at least two consecutive school years; there is one"],
        ),
        (
            "held role other for at least years school years",
            "the role Other held for at least (Years of teaching) school years",
            &["one more school year in the role Other"],
        ),
    ]);
}

#[test]
fn counts() {
    check(&[
        (
            "at least 2 task for analyst within 3 years where score >= mastered by different assessor",
            "at least two records of Performance task for Analyst within 3 years, where Score is Mastered or better, \
             each with a different Assessor",
            &[
                "one more Performance task for Analyst within 3 years, with Score Mastered or better, with another Assessor",
            ],
        ),
        (
            "at least 1 task where score > approaching by different assessor",
            "at least one Performance task, where Score is better than Approaching",
            &[],
        ),
        (
            "at most 1 finding within 18 months",
            "at most one Finding within 18 months",
            &[],
        ),
        ("no finding", "no Finding", &["no Finding; there is one"]),
        (
            "exactly 2 session with the same coach",
            "exactly two records of session, all with the same coach",
            &["one more session, with the same coach"],
        ),
        (
            "at least 12 session in different school years",
            "at least 12 records of session, each in a different school year",
            &["11 more records of session, each in a different school year"],
        ),
        (
            "at least 2 session in consecutive school years skipping years without one",
            "at least two records of session, in consecutive school years (years without one are skipped)",
            &["the review of s3 to come out well"],
        ),
        (
            "at least years + on_leave * 2 session",
            "at least (Years of teaching plus (Years on leave times 2)) records of session",
            &["seven more records of session"],
        ),
    ]);
}

#[test]
fn every_shares_and_aggregates() {
    check(&[
        (
            "every task during this school year where every criterion of ratings >= mastered",
            "for every Performance task during this school year (at least one), every criterion of Ratings is Mastered or better",
            &[
                "for every Performance task during this school year (at least one), every criterion of Ratings is Mastered or better",
            ],
        ),
        (
            "every task whose variety = b among latest 1 where ratings.planning >= approaching",
            "for the latest Performance task whose Type is B, Planning of Ratings is Approaching or better",
            &[],
        ),
        (
            "every task during school year 2015-16",
            "every Performance task during school year 2015-16 (at least one)",
            &["one Performance task during school year 2015-16"],
        ),
        (
            "at least 75% of task where verified",
            "for at least 75% of the records of Performance task, Verified is yes",
            &[
                "for at least 75% of the records of Performance task, Verified is yes; it is 33% now",
            ],
        ),
        (
            "at most 50% of task during last school year where not verified",
            "for at most 50% of the records of Performance task during last school year, Verified is no",
            &[
                "for at most 50% of the records of Performance task during last school year, Verified is no; it is 100% now",
            ],
        ),
        (
            "at least 20.5 total hours of session since 2026-07-01",
            "at least 20.5 total Hours from session since 2026-07-01",
            &["17 more of Hours from session since 2026-07-01"],
        ),
        (
            "at least 10 total (weight * 2) of task since 2026-01-01",
            "at least 10 total (Weight times 2) from Performance task since 2026-01-01",
            &["5 more of (Weight times 2) from Performance task since 2026-01-01"],
        ),
        (
            "at most approaching highest score of task",
            "at most Approaching highest Score from Performance task",
            &["at most Approaching highest Score from Performance task; it is Mastered now"],
        ),
        (
            "at least mastered lowest ratings.planning of task since 2026-01-01",
            "at least Mastered lowest Planning of Ratings from Performance task since 2026-01-01",
            &[
                "at least Mastered lowest Planning of Ratings from Performance task since 2026-01-01; it is Not yet now",
            ],
        ),
        (
            "at most 2.5 average score of task",
            "at most 2.5 average Score from Performance task",
            &["at most 2.5 average Score from Performance task; it is 3 now"],
        ),
    ]);
}

#[test]
fn windows() {
    let rows = [
        ("from hired to today", "from Hired on to today"),
        (
            "before start of this school year among latest 3",
            "before the start of this school year among the latest three",
        ),
        (
            "in the 2 school years before hired",
            "in the 2 school years before that of Hired on",
        ),
        (
            "in the 2 years before 2026-01-01",
            "in the 2 years before 2026-01-01",
        ),
        ("during school year 1999-00", "during school year 1999-00"),
        (
            "counting the latest of each assessor",
            ", counting only the latest of each Assessor",
        ),
        (
            "counting the highest weight of each variety",
            ", counting only the one with the highest Weight of each Type",
        ),
        (
            "during the last 3 school years and this one",
            "during the last three school years and this one",
        ),
        (
            "during the last 2 school years",
            "during the last two school years",
        ),
        ("after 2020-01-01", "after 2020-01-01"),
        (
            "within 6 months before hired + 6 months",
            "within 6 months before (6 months after Hired on)",
        ),
        (
            "within 1 year including those under review including returned",
            "within 1 year, including those under review or returned",
        ),
    ];
    let requirements: Vec<_> = rows
        .iter()
        .map(|(window, _)| format!("at least 1 task {window}"))
        .collect();
    let requirements: Vec<_> = requirements.iter().map(String::as_str).collect();
    for ((_, words), node) in rows.iter().zip(nodes(&requirements)) {
        assert_eq!(
            node.text,
            format!("at least one Performance task {words}").replace("task ,", "task,")
        );
    }
}

#[test]
fn conditions() {
    check(&[
        (
            "years >= 3",
            "Years of teaching is 3 or more",
            &["Years of teaching is 2; 3 or more is asked for"],
        ),
        (
            "years + on_leave + absent - (years - on_leave) >= 30",
            "Years of teaching plus Years on leave plus Days absent minus (Years of teaching minus Years on leave) is 30 or more",
            &["to be supplied: Days absent"],
        ),
        (
            "3 <= years - on_leave",
            "Years of teaching minus Years on leave is 3 or more",
            &["asked for: Years of teaching minus Years on leave is 3 or more"],
        ),
        (
            "years > on_leave",
            "Years of teaching is more than Years on leave",
            &["Years of teaching is 2; more than Years on leave is asked for"],
        ),
        (
            "not ready",
            "Recommended is no",
            &["Recommended is yes; no is asked for"],
        ),
        (
            "ready and (years >= 3 or contract = full)",
            "Recommended is yes and (Years of teaching is 3 or more or Contract is Full time)",
            &["asked for: Years of teaching is 3 or more or Contract is Full time"],
        ),
        (
            "not (ready or contract in { part })",
            "Recommended is no and Contract is not Part time",
            &[
                "Recommended is yes; no is asked for",
                "Contract is Part time; anything else is asked for",
            ],
        ),
        (
            "hired <= end of next school year",
            "Hired on is on or before the end of next school year",
            &["Hired on is 2030-01-01; on or before the end of next school year is asked for"],
        ),
        (
            "hired < next 07-31 after hired",
            "Hired on is before the next 07-31 after Hired on",
            &[],
        ),
        (
            "areas contains \"maths\" and not areas contains \"art\"",
            "Areas contains \"maths\" and Areas does not contain \"art\"",
            &[
                "asked for: Areas contains \"maths\"",
                "asked for: Areas does not contain \"art\"",
            ],
        ),
        (
            "school != \"Q1\"",
            "School is not \"Q1\"",
            &["School is \"Q1\"; anything else is asked for"],
        ),
        (
            "not hired is known",
            "Hired on is not known",
            &["asked for: Hired on is not known"],
        ),
        (
            "every criterion of rated >= mastered",
            "every criterion of Self-rating is Mastered or better",
            &["Planning of Self-rating is Approaching; Mastered or better is asked for"],
        ),
        (
            "at least 2 criteria of rated >= mastered",
            "at least two criteria of Self-rating are Mastered or better",
            &["asked for: at least two criteria of Self-rating are Mastered or better"],
        ),
        (
            "absent < 10",
            "Days absent is less than 10",
            &["to be supplied: Days absent"],
        ),
    ]);
}

#[test]
fn groups_and_references() {
    let rows: &[(&str, &str, &[&str])] = &[
        (
            "any of { not ready years >= 3 }",
            "any of the following",
            &["one of these two"],
        ),
        (
            "at least 3 of { ready not ready years >= 3 school = \"Q2\" }",
            "at least three of the following",
            &["two more of these four"],
        ),
        (
            "none of { blamed \"Any finding\": at least 1 finding  ready  at least 9 task }",
            "none of the following",
            &[
                "this may not hold: Any finding",
                "this may not hold: Recommended is yes",
            ],
        ),
        (
            "in order { ready not ready }",
            "all of the following, in this order",
            &[],
        ),
        ("competency analyst", "the competency Analyst", &[]),
        ("role other", "eligible for the role Other", &[]),
    ];
    check(rows);
    let requirements: Vec<_> = rows.iter().map(|row| row.0).collect();
    let nodes = nodes(&requirements);
    assert_eq!(nodes[4].refers_to.as_deref(), Some("analyst"));
    assert_eq!(nodes[5].refers_to.as_deref(), Some("other"));
    // What lies under `none of` is not to be striven for.
    assert_eq!(nodes[2].children[2].status, wire::Status::Unmet);
    assert_eq!(nodes[2].children[2].missing, [""; 0]);
}

#[test]
fn near_misses() {
    let reasons = |requirement: &str| {
        let node = nodes(&[requirement]).remove(0);
        let reasons = node
            .near_misses
            .into_iter()
            .map(|miss| format!("{}: {}", miss.id, miss.reason));
        reasons.collect::<Vec<_>>()
    };
    assert_eq!(
        reasons("at least 2 task within 3 years where score >= mastered by different assessor"),
        [
            "t3: 2020-09-01 is before 2023-11-23, the first day that counts",
            "t2: same Assessor as t1"
        ]
    );
    // What is filed for another competency is meant for that one.
    assert_eq!(reasons("at least 3 task for analyst"), [""; 0]);
    assert_eq!(
        reasons("at least 2 task where weight > 1 and not verified"),
        [
            "t3: Weight is not given",
            "t1: Weight is 1, not more than 1"
        ]
    );
    assert_eq!(
        reasons("at least 3 task where verified"),
        ["t1: Verified is no, not yes", "t2: Verified is no, not yes"]
    );
    assert_eq!(
        reasons("at least 3 task where every criterion of ratings >= approaching"),
        [
            "t3: Ratings is not given",
            "t2: Planning of Ratings is Not yet, not Approaching or better"
        ]
    );
    assert_eq!(
        reasons("at least 2 task whose variety in { b }"),
        ["t3: Type is A, not B", "t2: Type is A, not B"]
    );
    assert_eq!(
        reasons("at least 9 task before 2026-09-01"),
        ["t2: 2026-09-01 is after 2026-08-31, the last day that counts"]
    );
    assert_eq!(
        reasons("at least 2 task among latest 2 where verified"),
        [
            "t3: not among the latest two",
            "t1: Verified is no, not yes",
            "t2: Verified is no, not yes"
        ]
    );
    assert_eq!(
        reasons("at least 2 task counting the latest of each assessor where not verified"),
        [
            "t3: Verified is yes, not no",
            "t1: not the latest of its Assessor"
        ]
    );
    assert_eq!(
        reasons(
            "at least 3 task counting the highest weight of each variety whose weight is known"
        ),
        ["t3: Weight is not given"]
    );
    assert_eq!(
        reasons("at least 2 session"),
        ["s3: under review", "s2: suspended"]
    );
    assert_eq!(reasons("at least 2 finding"), ["f2: expired on 2026-10-31"]);
}

#[test]
fn advice_has_its_values_filled_in_while_it_is_needed() {
    let nodes = nodes(&[
        "hours \"Hours\" cites \"Handbook, p. 3\" advice \"{found} of {needed}, {remaining} to go\": \
         at least 20.5 total hours of session",
        "ready advice \"not now\": ready",
        "steps advice \"{remaining} more {needed}\": at least 2 of { not ready  years >= 3  ready }",
    ]);
    assert_eq!(nodes[0].advice.as_deref(), Some("3.5 of 20.5, 17 to go"));
    assert_eq!(nodes[0].cites, ["Handbook, p. 3"]);
    assert_eq!(nodes[1].advice, None);
    assert_eq!(nodes[2].advice.as_deref(), Some("1 more 2"));
}
