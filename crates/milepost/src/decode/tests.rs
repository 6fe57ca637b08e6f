//! Records through the public door: text in, the whole list of problems out.

use std::collections::BTreeMap;

use crate::{Compiled, Pathway, Refusal};

const PROGRAMME: &str = r#"
pathway lab "Lab" { school year starts 07-01 }
scale mastery "Mastery" { not_yet "Not yet" approaching "Approaching" mastered "Mastered" }
rubric lesson "Lesson" on mastery { planning "Planning" delivery "Delivery" }
candidate "Teacher" {
  years    : number from 0 to 60 "Years of teaching"
  balance  : number from -5 to 5
  sessions : whole
  ready    : yes/no
  hired    : date
  school   : text
  level    : mastery
  contract : one of { full "Full time" part "Part time" }
  areas    : list of text
  rated    : lesson
}
evidence task "Performance task" { score : mastery "Score"  hours : number  ratings : lesson }
evidence visit "Visit"
competency analyst "Analyst" { requires at least 1 task for this where score >= mastered and hours > 0 }
competency setter "Setter" { requires at least 1 visit }
role lead "Lead" { eligible when all of { years >= 1 every criterion of rated >= mastered } }
"#;

fn compiled() -> Compiled {
    crate::compile(
        &BTreeMap::from([("main.pathway", PROGRAMME)]),
        "main.pathway",
    )
}

fn refused(pathway: &Pathway, json: &[u8]) -> Refusal {
    pathway
        .decode_record(json)
        .expect_err("the record should be refused")
}

/// Each problem as people read it.
fn problems(json: &str) -> Vec<String> {
    let compiled = compiled();
    let refusal = refused(
        compiled.plan().expect("the programme compiles"),
        json.as_bytes(),
    );
    refusal.problems.iter().map(ToString::to_string).collect()
}

fn accepted(json: &str) {
    let compiled = compiled();
    let pathway = compiled.plan().expect("the programme compiles");
    if let Err(refusal) = pathway.decode_record(json.as_bytes()) {
        panic!("{refusal}");
    }
}

#[test]
fn a_whole_record_in_any_order_of_keys_is_taken() {
    accepted(
        "\u{feff} {\"evidence\": [ { \"score\": \"mastered\", \"hours\": 1.50, \"for\": [\"analyst\", \"setter\"],
            \"ratings\": {\"planning\": \"mastered\", \"delivery\": null}, \"date\": \"2024-02-29\",
            \"kind\": \"task\", \"id\": \"t\\u00e9\", \"status\": \"returned\", \"submitted\": \"2024-03-01\",
            \"decided\": \"2024-03-01\", \"expires\": null } ],
          \"facts\": { \"years\": 4, \"balance\": -2.5, \"sessions\": 3.0, \"ready\": true, \"hired\": \"2020-09-01\",
            \"school\": \"Q460\", \"level\": \"not_yet\", \"contract\": \"part\", \"areas\": [\"maths\"],
            \"rated\": {\"planning\": \"mastered\"} },
          \"credentials\": [ { \"id\": \"mc\", \"competency\": \"setter\", \"issued\": \"2024-01-01\" } ],
          \"enrolled\": \"2023-09-01\", \"id\": \"c-1\" }",
    );
    accepted(r#"{"id":"c","facts":{"years":null,"sessions":1e2},"evidence":[]}"#);
}

#[test]
fn unknown_names_come_with_the_nearest_known_one() {
    assert_eq!(
        problems(
            r#"{"id":"c","fact":{},"facts":{"yaers":1,"level":"masterd","contract":"Part time","rated":{"plan":"mastered"}},
            "evidence":[{"id":"a","kind":"tsak","date":"2024-01-01"},
                        {"id":"b","kind":"task","date":"2024-01-01","scor":"mastered","status":"underreview","for":["anlyst"]}],
            "credentials":[{"id":"d","competency":"x","issued":"2024-01-01","expiry":"2024-01-02"}]}"#
        ),
        [
            "/fact: a record has no key `fact`; did you mean `facts`?",
            "/facts/yaers: unknown fact `yaers`; did you mean `years`?",
            "/facts/level: unknown level of mastery `masterd`; did you mean `mastered`?",
            "/facts/contract: unknown choice `Part time`; did you mean `part`?",
            "/facts/rated/plan: unknown criterion `plan` of lesson; known are `planning`, `delivery`",
            "/evidence/0/kind: unknown kind `tsak`; did you mean `task`?",
            "/evidence/1/scor: unknown field `scor` of `task`; did you mean `score`?",
            "/evidence/1/status: unknown status `underreview`; did you mean `under_review`?",
            "/evidence/1/for/0: unknown competency `anlyst`; did you mean `analyst`?",
            "/credentials/0/competency: unknown competency `x`; known are `analyst`, `setter`",
            "/credentials/0/expiry: a credential has no key `expiry`; did you mean `expires`?",
        ]
    );
}

#[test]
fn wrong_types_say_what_was_expected_and_found() {
    assert_eq!(
        problems(
            r#"{"id":7,"facts":{"years":"4","balance":[],"ready":"yes","hired":20240101,"school":460,"level":3,
                "contract":null,"areas":"maths","rated":"mastered"},
            "evidence":[7,{"id":"b","kind":["task"],"date":"2024-01-01"},
                        {"id":"d","kind":"task","date":"2024-01-01","for":"analyst","status":null}],
            "credentials":{}}"#
        ),
        [
            "/id: expected a text, found the number `7`; write it in quotation marks",
            "/facts/years: expected a number, found the text `4`; write it without quotation marks",
            "/facts/balance: expected a number, found a list",
            "/facts/ready: expected yes or no (`true` or `false`), found the text `yes`; write `true` or `false` without quotation marks",
            "/facts/hired: expected a date like `2026-07-01`, found the number `20240101`",
            "/facts/school: expected a text, found the number `460`; write it in quotation marks",
            "/facts/level: expected the name of a level of mastery, found the number `3`; known are `not_yet`, `approaching`, `mastered`",
            "/facts/areas: expected a list, found the text `maths`; write it in square brackets",
            "/facts/rated: expected an object of criterion to level, found the text `mastered`",
            "/evidence/0: expected an object, found the number `7`",
            "/evidence/1/kind: expected the name of a kind of evidence, found a list",
            "/evidence/2/for: expected a list of competencies, found the text `analyst`; write it in square brackets, even if it is one",
            "/evidence/2/status: expected a status, found `null`; known are `accepted`, `under_review`, `draft`, `returned`, `suspended`, `revoked`",
            "/credentials: expected a list, found an object; write it in square brackets",
        ]
    );
}

#[test]
fn numbers_are_exact_whole_and_in_range() {
    assert_eq!(
        problems(
            r#"{"id":"c","facts":{"years":60.000001,"balance":-5.5,"sessions":1.5},
            "evidence":[{"id":"a","kind":"task","date":"2024-01-01","hours":-1},
                        {"id":"b","kind":"task","date":"2024-01-01","hours":0.1234567},
                        {"id":"d","kind":"task","date":"2024-01-01","hours":1e999}]}"#
        ),
        [
            "/facts/years: the number `60.000001` is out of range; it is from 0 to 60",
            "/facts/balance: the number `-5.5` is out of range; it is from -5 to 5",
            "/facts/sessions: expected a whole number, found `1.5`",
            "/evidence/0/hours: the number `-1` is out of range; it is 0 or more",
            "/evidence/1/hours: the number `0.1234567` has too many digits; at most nine before the point and six after it",
            "/evidence/2/hours: the number `1e999` has too many digits; at most nine before the point and six after it",
        ]
    );
}

#[test]
fn days_exist_and_agree_with_the_status() {
    assert_eq!(
        problems(
            r#"{"id":"c","enrolled":"01/09/2024","facts":{"hired":"2023-02-29"},
            "evidence":[{"id":"a","kind":"visit","date":"2024-01-01T10:00:00Z"},
                        {"id":"b","kind":"visit","date":"2024-05-01","expires":"2024-04-30"},
                        {"id":"d","kind":"visit","date":"2024-05-01","status":"draft","decided":"2024-05-02"},
                        {"id":"e","kind":"visit","date":"2024-05-01","status":"under_review","decided":"2024-05-02"},
                        {"id":"f","kind":"visit","date":"2024-05-01","submitted":"2024-05-03","decided":"2024-05-02"}],
            "credentials":[{"id":"g","competency":"setter","issued":"2024-05-01","expires":"2023-05-01"}]}"#
        ),
        [
            "/enrolled: expected a date like `2026-07-01`, found the text `01/09/2024`; a date is written year-month-day",
            "/facts/hired: the date `2023-02-29` does not exist",
            "/evidence/0/date: expected a date like `2026-07-01`, found the text `2024-01-01T10:00:00Z`; leave out what follows the day",
            "/evidence/1/expires: `expires` 2024-04-30 is before `date` 2024-05-01",
            "/evidence/2/decided: a draft has not been decided; leave `decided` out, or give the status that was decided",
            "/evidence/3/decided: what is under review has not been decided; leave `decided` out, or give the status that was decided",
            "/evidence/4/decided: `decided` 2024-05-02 is before `submitted` 2024-05-03",
            "/credentials/0/expires: `expires` 2023-05-01 is before `issued` 2024-05-01",
        ]
    );
}

#[test]
fn ids_and_keys_are_given_and_given_once() {
    let json = r#"{"facts":{"years":1,"years":2},"evidence":[{},{"id":"","kind":"visit","date":"2024-05-01"},
        {"id":"a","kind":"visit","date":"2024-05-01","date":"2024-05-02","for":["setter","setter"]},
        {"id":"\u0061","kind":"visit","date":"2024-05-01"}],
        "credentials":[{"id":"a","issued":"2024-05-01"}],"facts":{}}"#;
    assert_eq!(
        problems(json),
        [
            "/facts/years: this key stands twice in one object",
            "/evidence/0: `kind` is missing",
            "/evidence/0: `id` is missing",
            "/evidence/0: `date` is missing",
            "/evidence/1/id: an id is not empty",
            "/evidence/2/date: this key stands twice in one object",
            "/evidence/2/for/1: this competency stands twice in the list",
            "/evidence/3/id: the id `a` is taken: /evidence/2/id has it; evidence, credentials and waivers share their ids; each is given once",
            "/credentials/0: `competency` is missing",
            "/credentials/0/id: the id `a` is taken: /evidence/2/id has it; evidence, credentials and waivers share their ids; each is given once",
            "/facts: this key stands twice in one object",
            "`id` is missing",
        ]
    );
    let compiled = compiled();
    let refusal = refused(compiled.plan().unwrap(), json.as_bytes());
    assert_eq!(refusal.problems[7].also.as_deref(), Some("/evidence/2/id"));
}

#[test]
fn waivers_are_read_like_the_rest() {
    let waiver = r#"{"id":"w","requirement":"lead.1","by":"p-3","as":"board","reason":"r","granted":"2026-09-01"}"#;
    let json = format!(r#"{{"id":"c","waivers":[{waiver}]}}"#);
    let compiled = compiled();
    let pathway = compiled.plan().unwrap();
    let known = pathway.decode_record(json.as_bytes()).unwrap();
    let [known] = known.waivers() else { panic!() };
    assert_eq!(
        (known.id.as_deref(), known.authority.as_str()),
        (Some("w"), "board")
    );
    assert_eq!(
        problems(&format!(
            r#"{{"id":"c","waivers":{{}}, "credentials":[], "waivers":[{waiver}]}}"#
        )),
        [
            "/waivers: expected a list, found an object; write it in square brackets",
            "/waivers: this key stands twice in one object"
        ]
    );
    assert_eq!(
        problems(r#"{"id":"c","waivers":[{"id":""}]}"#),
        [
            "/waivers/0: `requirement` is missing",
            "/waivers/0: `by` is missing",
            "/waivers/0: `as` is missing",
            "/waivers/0: `reason` is missing",
            "/waivers/0: `granted` is missing",
            "/waivers/0/id: an id is not empty"
        ]
    );
}

#[test]
fn broken_texts_say_where_they_break() {
    for (json, expected) in [
        (
            "",
            "line 1, column 1: this is not JSON: the text ends in the middle",
        ),
        (
            "{\n  \"id\": \"é\" \"x\"}",
            "line 2, column 13: this is not JSON: expected `,` or `}`",
        ),
        (
            "{\"id\":\"c\",}",
            "line 1, column 11: this is not JSON: a comma with nothing after it",
        ),
        (
            "{\"id\":\"c\"} x",
            "line 1, column 12: this is not JSON: something follows the end of the record",
        ),
        (
            "{\"id\":\"a\nb\"}",
            "line 1, column 9: this is not JSON: a line break or another control character inside a text",
        ),
        (
            "{\"id\":",
            "line 1, column 7: this is not JSON: the text ends in the middle",
        ),
        (
            "{\"id\":\"\\u00",
            "line 1, column 12: this is not JSON: the text ends in the middle",
        ),
        (
            "{\"facts\": [1, ]}",
            "line 1, column 15: this is not JSON: a comma with nothing after it",
        ),
        (
            "{\"facts\": [1 2]}",
            "line 1, column 14: this is not JSON: expected `,` or `]`",
        ),
        (
            "{\"id\" \"c\"}",
            "line 1, column 7: this is not JSON: expected `:`",
        ),
        (
            "{id: 1}",
            "line 1, column 2: this is not JSON: a key in quotation marks was expected here",
        ),
        (
            "{\"id\": nil}",
            "line 1, column 9: this is not JSON: `true`, `false` or `null` was expected here",
        ),
        (
            "{\"id\": \"\\x\"}",
            "line 1, column 9: this is not JSON: an escape that JSON does not have",
        ),
        (
            "{\"id\": 1,\n \"\\ud800\": 2}",
            "line 2, column 11: this is not JSON: the key before this has an escape that stands for no character",
        ),
        (
            "{\"id\":01}",
            "line 1, column 8: this is not JSON: this is no number as JSON writes them",
        ),
        ("[{\"id\":\"c\"}]", "a record is an object, found a list"),
        (
            "{\"id\":\"\\ud800\"}",
            "/id: the text has an escape that stands for no character",
        ),
    ] {
        assert_eq!(problems(json), [expected], "{json}");
    }
    let compiled = compiled();
    let refusal = refused(compiled.plan().unwrap(), b"\xef\xbb\xbf{\"id\":\"\xff\"}");
    assert_eq!(
        refusal.problems[0].message,
        "the text is not UTF-8: byte 10 (counted from 0) does not belong to a character"
    );
}

#[test]
fn hostile_records_are_refused_without_harm() {
    let deep = format!(
        "{{\"id\":\"c\",\"facts\":{{\"areas\":{}{}}}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert_eq!(
        problems(&deep),
        ["/facts/areas/0: expected a text, found a list"]
    );
    let long = format!(
        "{{\"id\":\"c\",\"facts\":{{\"school\":\"{}\"}}}}",
        "x".repeat(64 * 1024 + 1)
    );
    assert_eq!(
        problems(&long),
        ["/facts/school: a text of more than 64 KiB"]
    );
    let many = format!("{{\"id\":\"c\",\"evidence\":[{}7]}}", "7,".repeat(1_004));
    let compiled = compiled();
    let refusal = refused(compiled.plan().unwrap(), many.as_bytes());
    assert_eq!((refusal.problems.len(), refusal.more), (1_000, 5));
    assert!(refusal.to_string().ends_with("\n  and 5 more"));
}

#[test]
fn an_object_of_many_keys_has_each_once() {
    let keys: String = (0..20).map(|at| format!("\"k{at}\":1,")).collect();
    let said = problems(&format!(r#"{{"id":"c","facts":{{{keys}"k3":1,"k19":1}}}}"#));
    assert_eq!(said.len(), 22);
    let twice: Vec<_> = said
        .iter()
        .filter(|said| said.ends_with("twice in one object"))
        .collect();
    assert_eq!(
        twice,
        [
            "/facts/k3: this key stands twice in one object",
            "/facts/k19: this key stands twice in one object"
        ]
    );
}
