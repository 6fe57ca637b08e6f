//! Which version governs, in whatever asks for it. In: a programme of two versions. Out: what if, what next, sessions, receipts,
//! plan files, schema, types and measures, each of the version that governs.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "that is how a test fails"
)]

use std::collections::BTreeMap;

use milepost::wire::{Changes, Next, Receipt, Status, WhatIf};
use milepost::{Date, Pathway, Record, cohort};

const NEWER: &str = r#"
pathway coaching "Coaching" {
  version "2026.1"
  effective from 2026-07-01
  replaces "older.pathway"
  candidates enrolled before 2026-07-01 may finish under "2025.1" until 2027-06-30
}
candidate "Teacher" { hired : date }
evidence session "Session" { hours : number }
competency planning "Planning" formerly plans { requires at least 1 session for this }
role coach "Coach" { eligible when all of { enough: at least 3 session  seasoned: hired <= today - 3 years } }
measure coaches "Coaches" = percent of candidates who meet role coach
measure skills "Skills" = number of competencies met
"#;

const OLDER: &str = r#"
pathway coaching "Coaching" { version "2025.1" effective from 2025-07-01 }
candidate "Teacher" { hired : date }
evidence talk "Talk" { topic : text }
evidence session "Session" { place : text }
competency plans "Plans" { requires at least 1 session for this }
competency speaking "Speaking" { requires at least 1 talk for this }
role coach "Coach" { eligible when all of { some: at least 2 session  seasoned: hired <= today - 1 years } }
role speaker "Speaker" { eligible when competency speaking }
measure coaches "Coaches" = percent of candidates who meet role coach
"#;

fn pathway() -> Pathway {
    let sources = BTreeMap::from([("main.pathway", NEWER), ("older.pathway", OLDER)]);
    let compiled = milepost::compile(&sources, "main.pathway");
    assert!(
        compiled.diagnostics().is_empty(),
        "{:?}",
        compiled.diagnostics()
    );
    compiled.plan().expect("the programme is right").clone()
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// A record with two sessions and a talk, and whatever else.
fn record(pathway: &Pathway, rest: &str) -> Record {
    let json = format!(
        r#"{{ "id": "c", {rest} "evidence": [
          {{ "id": "s1", "kind": "session", "date": "2026-03-01", "for": ["planning"], "place": "Hall" }},
          {{ "id": "s2", "kind": "session", "date": "2026-03-02", "for": ["plans"], "hours": 2 }},
          {{ "id": "t1", "kind": "talk", "date": "2026-03-03", "for": ["speaking"], "topic": "x" }}
        ] }}"#
    );
    let record = pathway.decode_record(json.as_bytes());
    record.unwrap_or_else(|why| panic!("{why}"))
}

#[test]
fn another_day_of_enrolment_is_another_version() {
    let pathway = pathway();
    let record = record(
        &pathway,
        r#""enrolled": "2026-08-01", "facts": { "hired": "2020-01-01" },"#,
    );
    let changes = br#"[{ "enrolled": "2026-06-30" }]"#;
    let json = pathway
        .what_if(&record, changes, day("2026-11-22"))
        .expect("it can be made");
    let made = WhatIf::read(&json).expect("it is read");
    assert_eq!(made.before.programme.version.as_deref(), Some("2026.1"));
    assert_eq!(made.after.programme.version.as_deref(), Some("2025.1"));
    assert_eq!(made.after.programme.in_force.as_deref(), Some("2026.1"));
    let changed: Vec<_> = made
        .changed
        .iter()
        .map(|it| (it.address.as_str(), it.before, it.after))
        .collect();
    assert_eq!(
        changed,
        [
            ("coach", Status::Unmet, Status::Met),
            ("coach", Status::Unmet, Status::Met)
        ],
        "the requirement and the role: the seasoned stay so, and the rest is not in both"
    );
    let names: Vec<_> = made.after.roles.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["coach", "speaker"]);
    let names: Vec<_> = made
        .after
        .competencies
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(names, ["plans", "speaking"]);
}

#[test]
fn a_session_gives_the_whole_outcome_where_another_version_governs() {
    let pathway = pathway();
    let record = br#"{ "id": "c", "enrolled": "2026-06-30" }"#;
    let mut session = pathway.session(record).expect("the record is right");
    session.outcome(day("2027-06-30"));
    let same = Changes::read(&session.changes(day("2027-06-29"))).expect("it is read");
    assert!(same.whole.is_none());
    assert_eq!(same.governs.until.as_deref(), Some("2027-06-30"));
    let other = Changes::read(&session.changes(day("2027-07-01"))).expect("it is read");
    let whole = other.whole.expect("all of it is another");
    assert_eq!(whole.programme.version.as_deref(), Some("2026.1"));
    assert!(other.nodes.is_empty() && other.roles.is_empty());
    session
        .add(br#"{ "id": "t", "kind": "talk", "date": "2026-03-03" }"#)
        .expect("every version takes the kinds of all");
    let same = Changes::read(&session.changes(day("2027-07-01"))).expect("it is read");
    assert!(same.whole.is_none() && same.changed.is_empty());
}

/// What is proposed for the coach.
fn coach(pathway: &Pathway, record: &Record, on: &str) -> (Vec<Vec<String>>, Option<String>) {
    let next = Next::read(&pathway.next(record, day(on))).expect("it is read");
    let role = next.roles.into_iter().find(|it| it.name == "coach");
    let role = role.expect("the coach is not met");
    let proposals = role.proposals.into_iter().map(|it| {
        let actions = it.actions.into_iter();
        actions.map(|action| action.text).collect()
    });
    (proposals.collect(), role.why)
}

#[test]
fn what_next_waits_for_no_day_on_which_another_version_governs() {
    let pathway = pathway();
    let waits = |hired: &str| {
        let rest = format!(r#""enrolled": "2026-01-01", "facts": {{ "hired": "{hired}" }},"#);
        coach(&pathway, &record(&pathway, &rest), "2026-11-22").0
    };
    let wait = vec!["wait until 2027-06-30".to_owned()];
    assert!(waits("2026-06-30").contains(&wait));
    let later = waits("2026-07-01");
    assert!(
        later.iter().flatten().all(|it| !it.starts_with("wait")),
        "{later:?}"
    );
}

#[test]
fn what_next_is_enough_under_every_version_that_may_govern() {
    let pathway = pathway();
    let asked = coach(
        &pathway,
        &record(&pathway, r#""facts": { "hired": "2020-01-01" },"#),
        "2026-11-22",
    );
    assert_eq!(asked.0, [["submit one Session"]]);
    // Met under the newer version alone.
    let json = br#"{ "id": "c", "facts": { "hired": "2020-01-01" } }"#;
    let none = pathway.decode_record(json).expect("the record is right");
    let asked = coach(&pathway, &none, "2026-11-22");
    assert_eq!(asked.0, [["submit three records of Session"]]);
}

#[test]
fn a_receipt_is_of_the_version_that_governs() {
    let pathway = pathway();
    let record = record(&pathway, r#""enrolled": "2026-01-01","#);
    let text = pathway.receipt(&record, day("2026-11-22"));
    let receipt = Receipt::read(&text).expect("it is read");
    let older = pathway.plan().older().first().expect("there is one");
    let hash: String = older
        .parts()
        .programme
        .definition
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(receipt.definition, format!("sha256:{hash}"));
    let replayed = pathway.verify(text.as_bytes(), &record);
    assert!(replayed.expect("it is a receipt").same);
}

#[test]
fn a_plan_file_holds_all_versions() {
    let pathway = pathway();
    let bytes = pathway.to_plan_bytes();
    let loaded = Pathway::load(&bytes).unwrap_or_else(|why| panic!("{why}"));
    assert_eq!(loaded.plan(), pathway.plan());
    let one = record(&pathway, r#""enrolled": "2026-01-01","#);
    let other = record(&loaded, r#""enrolled": "2026-01-01","#);
    let on = day("2026-11-22");
    assert_eq!(
        pathway.evaluate(&one, on).to_json(),
        loaded.evaluate(&other, on).to_json()
    );
}

#[test]
fn schema_and_types_are_of_all_versions() {
    let pathway = pathway();
    let schema = pathway.record_schema().to_string();
    let types = milepost::typescript::programme(&pathway).expect("it has types");
    for word in [
        "talk", "topic", "place", "hours", "plans", "planning", "speaking",
    ] {
        assert!(schema.contains(&format!("\"{word}\"")), "{word}: {schema}");
    }
    for word in [
        "\"speaker\"",
        "\"coach.some\"",
        "\"coach.enough\"",
        "name: CompetencyName | FormerCompetencyName;",
        "programme: Governing & { name: \"coaching\" };",
    ] {
        assert!(types.contains(word), "{word}: {types}");
    }
}

#[test]
fn a_measure_asks_the_version_that_governs() {
    let pathway = pathway();
    let facts = r#""facts": { "hired": "2020-01-01" },"#;
    let mut report = cohort::Report::new(&pathway, day("2026-11-22"));
    for enrolled in [
        r#""enrolled": "2026-06-30","#, // met under the older version
        r#""enrolled": "2026-07-01","#, // unmet under the newer
        "",                             // undecided
    ] {
        report.add(&record(&pathway, &format!("{enrolled} {facts}")));
    }
    let found = report.finish(None).measures;
    let said: Vec<_> = found
        .iter()
        .map(|it| {
            (
                it.met,
                it.of,
                it.undecided,
                it.value.as_ref().map(ToString::to_string),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            (Some(1), Some(3), Some(1), Some("33.3".to_owned())),
            // The older version measures no skills: all count by the newer, which has one.
            (None, Some(3), None, Some("3".to_owned())),
        ]
    );
}

#[test]
fn so_many_versions_are_too_many() {
    let version = |place: usize| {
        format!(
            "pathway p \"P\" {{ version \"{place}\" effective from {}-07-01 replaces \"{}.pathway\" }}\n\
             evidence e\nrole r {{ eligible when at least 1 e }}",
            2100 - place,
            place + 1,
        )
    };
    let mut sources: BTreeMap<String, String> = (0..40)
        .map(|place| (format!("{place}.pathway"), version(place)))
        .collect();
    let compiled = milepost::compile(&sources, "0.pathway");
    let said: Vec<_> = compiled
        .diagnostics()
        .iter()
        .map(|it| it.message.as_str())
        .collect();
    assert_eq!(said, ["a programme has at most 32 versions"]);
    let last = version(31).replace(" replaces \"32.pathway\"", "");
    sources.insert("31.pathway".to_owned(), last);
    let compiled = milepost::compile(&sources, "0.pathway");
    let plan = compiled.plan().unwrap_or_else(|why| panic!("{why}"));
    assert_eq!(plan.plan().older().len(), 31);
}

#[test]
fn so_many_transitions_are_too_many() {
    let transition = |place: usize| {
        format!(
            "candidates enrolled before 2026-01-{:02} may finish under \"1\" until 2027-06-30\n",
            place % 28 + 1
        )
    };
    let newer = |count: usize| {
        let all: String = (0..count)
            .map(|place| {
                transition(place).replace("2026-01", &format!("20{:02}-01", 40 + place / 28))
            })
            .collect();
        format!(
            "pathway p \"P\" {{ version \"2\" effective from 2026-07-01 replaces \"one.pathway\"\n{all} }}\n\
             evidence e\nrole r {{ eligible when at least 1 e }}"
        )
    };
    let older = "pathway p \"P\" { version \"1\" effective from 2025-07-01 }\n\
                 evidence e\nrole r { eligible when at least 1 e }";
    for (count, said) in [
        (32, None),
        (33, Some("a version has at most 32 transitions")),
    ] {
        let sources = BTreeMap::from([
            ("main.pathway", newer(count)),
            ("one.pathway", older.to_owned()),
        ]);
        let compiled = milepost::compile(&sources, "main.pathway");
        let found = compiled.diagnostics().first();
        assert_eq!(found.map(|it| it.message.as_str()), said);
    }
}

#[test]
fn much_that_many_versions_declare_is_too_much() {
    let mut sources = BTreeMap::new();
    for place in 0..30 {
        let mut text = format!(
            "pathway p \"P\" {{ version \"{place}\" effective from {}-07-01 ",
            2100 - place
        );
        if place < 29 {
            text += &format!("replaces \"{}.pathway\" ", place + 1);
        }
        text += "}\n";
        if place == 29 {
            for kind in 0..40_000 {
                text += &format!("evidence e{kind}\n");
            }
        }
        text += "evidence e\nrole r { eligible when at least 1 e }\n";
        sources.insert(format!("{place}.pathway"), text);
    }
    let compiled = milepost::compile(&sources, "0.pathway");
    let said = compiled.diagnostics().iter().map(|it| it.message.as_str());
    let too_much = "the versions of this programme declare too much together";
    assert!(said.into_iter().any(|it| it == too_much));
    assert!(compiled.plan().is_err());
}

#[test]
fn a_post_that_only_an_earlier_version_knows_is_kept_and_changed_like_any_other() {
    let pathway = pathway();
    let json = r#"{"enrolled":"2026-06-30","id":"c","posts":[{"from":"2026-01-01","id":"p","role":"speaker"}]}"#;
    let mut session = pathway.session(json.as_bytes()).expect("it is right");
    assert_eq!(session.record(), json);
    session
        .set_field("p", "until", br#""2026-02-01""#)
        .expect("it can be set");
    session
        .add(br#"{ "role": "coach", "from": "2026-01-01" }"#)
        .expect("it can be added");
    let changed = r#"{"enrolled":"2026-06-30","id":"c","posts":[{"from":"2026-01-01","role":"coach"},{"from":"2026-01-01","id":"p","role":"speaker","until":"2026-02-01"}]}"#;
    assert_eq!(session.record(), changed);
    session.remove("p").expect("it can be removed");
    assert!(!session.record().contains("speaker"));
    let schema = pathway.record_schema();
    let roles = &schema["$defs"]["post"]["properties"]["role"]["enum"];
    assert_eq!(*roles, serde_json::json!(["coach", "speaker"]));
}
