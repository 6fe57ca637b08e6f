//! The public door, end to end: a programme, a record and a day in; canonical JSON, scenarios and errors out.

use std::collections::BTreeMap;

use crate::{Compiled, wire};

const PROGRAMME: &str = r#"
/// Invented for this test.
pathway small "Small" { version "2026.1" effective from 2026-07-01 }
candidate "Teacher" { years : number "Years" }
evidence session "Session" { hours : number "Hours" }
/// Sits beside others.
competency listener "Listener" { about "Listens." requires at least 3 total hours of session awards "Ear" valid 1 year }
role coach "Coach" {
  incentive "Stipend"
  eligible when all of { competency listener  seasoned "Seasoned" cites "Art. 1" advice "Wait.": years >= 3 }
  preferred { no session }
}
scenario "as hoped" {
  as of 2026-11-22
  given years 3
  given session s1 on 2026-09-01 with hours 3
  expect role coach met
}
scenario "not as hoped" {
  as of 2026-11-22
  given years 2
  given session s1 on 2026-09-01 with hours 3
  expect role coach met
  expect role coach seasoned unmet
  expect competency listener met at risk
}
"#;

fn compiled(text: &str) -> Compiled {
    crate::compile(&BTreeMap::from([("main.pathway", text)]), "main.pathway")
}

fn outcome(record: &str, as_of: &str) -> String {
    let compiled = compiled(PROGRAMME);
    let plan = compiled.plan().unwrap();
    let record = plan.decode_record(record.as_bytes()).unwrap();
    plan.evaluate(&record, as_of.parse().unwrap()).to_json()
}

#[test]
fn an_outcome_is_these_bytes() {
    let json = outcome(
        r#"{"id":"c-1","facts":{"years":2.5},"evidence":[
            {"id":"s1","kind":"session","date":"2026-09-01","hours":1.1},
            {"id":"s2","kind":"session","date":"2026-09-02","hours":0.2,"status":"draft"}]}"#,
        "2026-11-22",
    );
    let definition = json
        .split("sha256:")
        .nth(1)
        .and_then(|rest| rest.get(..64))
        .unwrap();
    assert!(definition.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let expected = [
        r#"{"milepost":"0.1.0","programme":{"name":"small","version":"2026.1","definition":"sha256:DEFINITION","in_force":"2026.1","why":null,"until":null},"#,
        r#""candidate":"c-1","as_of":"2026-11-22","roles":[{"name":"coach","title":"Coach","about":null,"doc":null,"#,
        r#""status":"unmet","at_risk":false,"progress":{"met":0.36,"of":2,"percent":18},"holds_until":null,"opens_on":null,"without_waivers":null,"next":"eligible","held":null,"incentives":["Stipend"],"#,
        r#""requirement":{"address":"coach","title":null,"text":"all of the following","status":"unmet","#,
        r#""at_risk":false,"locked":false,"progress":{"met":0.36,"of":2,"percent":18},"holds_until":null,"opens_on":null,"found":null,"needed":null,"#,
        r#""counted":[],"near_misses":[],"missing":[],"unknown":[],"refers_to":null,"cites":[],"advice":null,"waiver":null,"allocation":null,"#,
        r#""children":[{"address":"coach/1","title":null,"text":"the competency Listener","status":"unmet","#,
        r#""at_risk":false,"locked":false,"progress":{"met":0.36,"of":1,"percent":36},"holds_until":null,"opens_on":null,"found":null,"needed":null,"#,
        r#""counted":[],"near_misses":[],"missing":["the competency Listener"],"unknown":[],"#,
        r#""refers_to":"listener","cites":[],"advice":null,"waiver":null,"allocation":null,"children":[]},"#,
        r#"{"address":"coach.seasoned","title":"Seasoned","text":"Years is 3 or more","status":"unmet","#,
        r#""at_risk":false,"locked":false,"progress":{"met":0,"of":1,"percent":0},"holds_until":null,"opens_on":null,"found":null,"needed":null,"#,
        r#""counted":[],"near_misses":[],"missing":["Years is 2.5; 3 or more is asked for"],"unknown":[],"#,
        r#""refers_to":null,"cites":["Art. 1"],"advice":"Wait.","waiver":null,"allocation":null,"children":[]}]},"#,
        r#""preferred":[{"address":"coach/preferred/1","title":null,"text":"no Session","status":"unmet","#,
        r#""at_risk":false,"locked":false,"progress":{"met":0,"of":1,"percent":0},"holds_until":null,"opens_on":null,"found":1,"needed":0,"#,
        r#""counted":["s1"],"near_misses":[],"missing":["no Session; there is one"],"unknown":[],"#,
        r#""refers_to":null,"cites":[],"advice":null,"waiver":null,"allocation":null,"children":[]}],"stages":[]}],"#,
        r#""competencies":[{"name":"listener","title":"Listener","about":"Listens.","doc":"Sits beside others.","#,
        r#""status":"unmet","at_risk":false,"progress":{"met":0.36,"of":1,"percent":36},"holds_until":null,"opens_on":null,"#,
        r#""without_waivers":null,"award":{"title":"Ear","valid":"1 year"},"credential":null,"renewal_after":null,"#,
        r#""requirement":{"address":"listener","title":null,"text":"at least 3 total Hours from Session","#,
        r#""status":"unmet","at_risk":false,"locked":false,"progress":{"met":0.36,"of":1,"percent":36},"holds_until":null,"opens_on":null,"#,
        r#""found":1.1,"needed":3,"counted":["s1"],"#,
        r#""near_misses":[{"id":"s2","reason":"a draft, not submitted"}],"missing":["1.9 more of Hours from Session"],"#,
        r#""unknown":[],"refers_to":null,"cites":[],"advice":null,"waiver":null,"allocation":null,"children":[]}}],"waivers":[],"notices":[]}"#,
    ]
    .concat();
    assert_eq!(json.replace(definition, "DEFINITION"), expected);
}

#[test]
fn notices_say_what_to_know() {
    let json = outcome(
        r#"{"id":"c","credentials":[{"id":"m","competency":"listener","issued":"2025-02-01"}],
            "evidence":[{"id":"s","kind":"session","date":"2026-07-01"}]}"#,
        "2026-06-30",
    );
    assert!(json.ends_with(
        "\"notices\":[\"the record holds entries dated after 2026-06-30, which are left out; facts and undated \
         statuses are taken as they are now\",\"the programme is in force only from 2026-07-01\"]}"
    ));
    assert!(json.contains("\"unknown\":[{\"fact\":\"years\",\"title\":\"Years\"}]"));
    assert!(json.contains("\"renewal_after\":\"2025-02-01\""));
}

#[test]
fn a_credential_is_shown_as_it_stands_on_the_day() {
    let json = outcome(
        r#"{"id":"c","credentials":[{"id":"m","competency":"listener","issued":"2026-02-01","decided":"2026-12-01"}]}"#,
        "2026-11-22",
    );
    assert!(json.contains(
        r#""credential":{"id":"m","issued":"2026-02-01","expires":"2027-02-01","status":"under_review"}"#
    ));
}

#[test]
fn scenarios_say_what_was_expected_found_and_why() {
    let compiled = compiled(PROGRAMME);
    let results = compiled.run_scenarios();
    assert_eq!(results.len(), 2);
    assert_eq!(
        (results[0].title.as_str(), results[0].failures.len()),
        ("as hoped", 0)
    );
    let failures: Vec<_> = results[1]
        .failures
        .iter()
        .map(|it| {
            (
                it.address.as_str(),
                it.expected.as_str(),
                it.found.as_str(),
                it.explanation.clone(),
            )
        })
        .collect();
    assert_eq!(
        failures,
        [
            (
                "coach",
                "met",
                "unmet",
                vec!["Years is 2; 3 or more is asked for".to_owned()]
            ),
            (
                "listener",
                "met at risk",
                "met",
                vec!["s1 for: at least 3 total Hours from Session".to_owned()]
            ),
        ]
    );
    assert_eq!(compiled.sources().text(results[1].span), "\"not as hoped\"");
}

#[test]
fn what_does_not_compile_carries_its_diagnostics() {
    let compiled = compiled("pathway p \"P\" {}\nrole r { eligible when competency lost }");
    let error = compiled.plan().unwrap_err();
    assert!(compiled.has_errors());
    assert_eq!(error.diagnostics, compiled.wire_diagnostics());
    assert!(
        error
            .to_string()
            .starts_with("the programme cannot be evaluated\n  main.pathway:2:"),
        "{error}"
    );
    let missing = crate::compile(&BTreeMap::<String, String>::new(), "main.pathway");
    assert!(missing.plan().is_err());
    assert_eq!(
        missing.wire_diagnostics()[0].severity,
        wire::Severity::Error
    );
}

#[test]
fn sources_come_from_maps_and_functions() {
    let read = |path: &str| match path {
        "a/main.pathway" => Ok(PROGRAMME.as_bytes().to_vec()),
        other => Err(format!("no {other}")),
    };
    assert!(crate::compile(&read, "a/main.pathway").plan().is_ok());
    assert!(crate::compile(&read, "b.pathway").plan().is_err());
}
