//! The canonical record: the same for whatever means the same, another for whatever may decide otherwise.

use milepost::canonical;
use milepost::{Date, Input, Pathway};
use milepost_engine::Status;
use milepost_tests::differential::compile;
use milepost_tests::generator::{self, Random, Size, record};
use milepost_tests::rewritten::rewritten;

/// Records made up; each is written otherwise a few times.
const CASES: u64 = 600;

fn canonical_of(pathway: &Pathway, json: &str) -> String {
    let record = pathway.decode_record(json.as_bytes());
    canonical::record(&record.unwrap_or_else(|refusal| panic!("{refusal}\n{json}")))
}

/// A record as the decoder takes it: nothing in it contradicts itself.
fn consistent(mut input: Input) -> Input {
    for evidence in &mut input.evidence {
        let days = (evidence.submitted, evidence.status);
        tidy(
            &mut evidence.expires,
            &mut evidence.decided,
            evidence.date,
            days,
        );
    }
    for credential in &mut input.credentials {
        let days = (credential.submitted, credential.status);
        tidy(
            &mut credential.expires,
            &mut credential.decided,
            credential.issued,
            days,
        );
    }
    for waiver in &mut input.waivers {
        waiver.expires = waiver.expires.filter(|last| *last >= waiver.granted);
    }
    input
}

fn tidy(
    expires: &mut Option<Date>,
    decided: &mut Option<Date>,
    day: Date,
    (submitted, status): (Option<Date>, Status),
) {
    *expires = expires.filter(|expires| *expires >= day);
    *decided = decided.filter(|decided| {
        !matches!(status, Status::Draft | Status::UnderReview)
            && submitted.is_none_or(|submitted| submitted <= *decided)
    });
}

#[test]
fn records_that_mean_the_same_have_one_canonical_text_and_one_outcome() {
    let (mut compared, mut otherwise) = (0, 0);
    for seed in 0..CASES {
        let mut random = Random::new(seed);
        let (programme, days) = generator::programme(&mut random, Size::WHOLE);
        let compiled = compile(&programme.text());
        let Some(plan) = compiled.plan else {
            continue;
        };
        let input = consistent(record::record(&mut random, &days, &compiled.model));
        let pathway = Pathway::new(plan);
        let made = pathway.record(input).unwrap();
        let text = canonical::record(&made);
        let outcome = pathway.evaluate(&made, days.as_of).to_json();
        assert_eq!(canonical_of(&pathway, &text), text, "seed {seed}");
        for _ in 0..3 {
            let other = rewritten(&mut random, &text);
            otherwise += u64::from(other != text);
            let read = pathway
                .decode_record(other.as_bytes())
                .unwrap_or_else(|refusal| panic!("seed {seed}: {refusal}\n{other}"));
            assert_eq!(canonical::record(&read), text, "seed {seed}: {other}");
            let found = pathway.evaluate(&read, days.as_of).to_json();
            assert_eq!(found, outcome, "seed {seed}: {other}");
            compared += 1;
        }
    }
    assert!(compared > CASES, "only {compared} compared");
    assert!(
        otherwise * 100 > compared * 95,
        "only {otherwise} written otherwise"
    );
}

const PROGRAMME: &str = r#"
pathway tried "Tried" { version "1" }
scale mastery "Mastery" { low "Low"  high "High" }
rubric lesson "Lesson" on mastery { planning "Planning"  delivery "Delivery" }
candidate "Teacher" {
  years : number "Years"
  areas : list of text "Areas"
  started : date "Started"
  recommended : yes/no "Recommended"
  contract : one of { full "Full time"  part "Part time" } "Contract"
}
evidence visit "Visit" { score : mastery "Score"  ratings : lesson "Ratings" }
evidence task "Task" { assessor : text "Assessor" }
competency guide "Guide" { requires at least 1 visit for this  awards "Guide" valid 3 years }
competency assess "Assess" { requires at least 1 task for this }
role lead "Lead" { eligible when seasoned waivable by board formerly years: competency guide }
"#;

fn tried() -> Pathway {
    let sources = std::collections::BTreeMap::from([("main.pathway", PROGRAMME)]);
    let compiled = milepost::compile(&sources, "main.pathway");
    compiled.plan().expect("it compiles").clone()
}

#[test]
fn the_canonical_text_is_what_the_book_says() {
    let pathway = tried();
    let written = r#"{
      "evidence": [
        { "kind": "visit", "id": "v2", "date": "2026-03-02", "score": null, "status": "accepted", "for": ["guide", "assess"],
          "ratings": { "planning": "high", "delivery": "low" }, "expires": "2027-03-02" },
        { "kind": "visit", "id": "v1", "date": "2026-03-02", "score": "high", "ratings": {}, "for": [] },
        { "kind": "task", "id": "t1", "date": "2026-03-02", "assessor": "a\u002d1 \u00e9\/\n\u0001\u007f",
          "submitted": "2026-03-03", "decided": "2026-03-04", "status": "returned" },
        { "kind": "task", "id": "t0", "date": "2025-12-31" }
      ],
      "credentials": [
        { "id": "k2", "competency": "guide", "issued": "2024-01-01", "status": "suspended" },
        { "id": "k1", "competency": "assess", "issued": "2024-01-01", "expires": "2025-01-01" }
      ],
      "facts": { "years": 4.50, "areas": ["b", "a", "b"], "recommended": false, "contract": "part", "started": null },
      "waivers": [
        { "requirement": "lead.seasoned", "by": "p", "as": "board", "reason": "r", "granted": "2026-03-02", "expires": null },
        { "requirement": "lead.books", "by": "p", "as": "board", "reason": "r", "granted": "2026-03-02", "id": "w2" },
        { "requirement": "lead.years", "by": "q", "as": "board", "reason": "r", "granted": "2026-03-02", "expires": "2027-03-02" },
        { "requirement": "lead.years", "by": "q", "as": "board", "reason": "r", "granted": "2026-03-01" }
      ],
      "enrolled": null,
      "id": "c-1"
    }"#;
    let text = concat!(
        r#"{"credentials":["#,
        r#"{"competency":"assess","expires":"2025-01-01","id":"k1","issued":"2024-01-01"},"#,
        r#"{"competency":"guide","id":"k2","issued":"2024-01-01","status":"suspended"}],"#,
        r#""evidence":["#,
        r#"{"date":"2025-12-31","id":"t0","kind":"task"},"#,
        r#"{"assessor":"a-1 é/\n\u0001"#,
        "\u{7f}",
        r#"","date":"2026-03-02","decided":"2026-03-04","id":"t1","kind":"task","status":"returned","submitted":"2026-03-03"},"#,
        r#"{"date":"2026-03-02","expires":"2027-03-02","for":["assess","guide"],"id":"v2","kind":"visit","#,
        r#""ratings":{"delivery":"low","planning":"high"}},"#,
        r#"{"date":"2026-03-02","id":"v1","kind":"visit","ratings":{},"score":"high"}],"#,
        r#""facts":{"areas":["b","a","b"],"contract":"part","recommended":false,"years":4.5},"#,
        r#""id":"c-1","waivers":["#,
        r#"{"as":"board","by":"q","granted":"2026-03-01","reason":"r","requirement":"lead.seasoned"},"#,
        r#"{"as":"board","by":"p","granted":"2026-03-02","id":"w2","reason":"r","requirement":"lead.books"},"#,
        r#"{"as":"board","by":"p","granted":"2026-03-02","reason":"r","requirement":"lead.seasoned"},"#,
        r#"{"as":"board","by":"q","expires":"2027-03-02","granted":"2026-03-02","reason":"r","requirement":"lead.seasoned"}]}"#,
    );
    assert_eq!(canonical_of(&pathway, written), text);
    assert_eq!(canonical_of(&pathway, text), text);
    assert_eq!(canonical_of(&pathway, r#"{"id":"c"}"#), r#"{"id":"c"}"#);
}

#[test]
fn whatever_may_decide_otherwise_makes_another_canonical_text() {
    let pathway = tried();
    let base = r#"{"id":"c","enrolled":"2025-01-01","facts":{"years":4,"areas":["a","b"],"recommended":true},"evidence":[
        {"id":"v1","kind":"visit","date":"2026-03-02","for":["guide"],"score":"high","ratings":{"planning":"low"}},
        {"id":"v2","kind":"visit","date":"2026-03-02"}],
        "credentials":[{"id":"k1","competency":"guide","issued":"2024-01-01"},{"id":"k2","competency":"guide","issued":"2024-01-01"}]}"#;
    let before = canonical_of(&pathway, base);
    for (from, to) in [
        (r#""id":"c""#, r#""id":"d""#),
        ("2025-01-01", "2025-01-02"),
        (r#""years":4"#, r#""years":4.000001"#),
        (r#"["a","b"]"#, r#"["b","a"]"#),
        (r#","recommended":true"#, ""),
        (r#","recommended":true"#, r#","recommended":false"#),
        (r#"2026-03-02","for""#, r#"2026-03-01","for""#),
        (r#""for":["guide"]"#, r#""for":["guide","assess"]"#),
        (r#","score":"high""#, ""),
        (r#","score":"high""#, r#","score":"low""#),
        (r#"{"planning":"low"}"#, "{}"),
        (r#","ratings":{"planning":"low"}"#, ""),
        (
            r#""v2","kind":"visit","date":"2026-03-02""#,
            r#""v2","kind":"visit","date":"2026-03-02","status":"under_review""#,
        ),
        (
            r#""v2","kind":"visit","date":"2026-03-02""#,
            r#""v2","kind":"visit","date":"2026-03-02","submitted":"2026-03-02""#,
        ),
        (
            r#""v2","kind":"visit","date":"2026-03-02""#,
            r#""v2","kind":"visit","date":"2026-03-02","decided":"2026-03-02""#,
        ),
        (
            r#""v2","kind":"visit","date":"2026-03-02""#,
            r#""v2","kind":"visit","date":"2026-03-02","expires":"2026-03-02""#,
        ),
        (r#""v2","kind":"visit""#, r#""v2","kind":"task""#),
        (
            r#""k2","competency":"guide""#,
            r#""k2","competency":"assess""#,
        ),
        (
            r#""k2","competency":"guide","issued":"2024-01-01""#,
            r#""k2","competency":"guide","issued":"2024-01-02""#,
        ),
    ] {
        assert!(base.contains(from), "{from}");
        let after = canonical_of(&pathway, &base.replacen(from, to, 1));
        assert_ne!(before, after, "{from} became {to}");
    }
    // Of one day, the one written later counts as later: their order is part of the record.
    let evidence = base
        .replace("\"v1\"", "\"v3\"")
        .replace("\"v2\"", "\"v1\"")
        .replace("\"v3\"", "\"v2\"");
    assert_ne!(before, canonical_of(&pathway, &evidence));
    let credentials = base
        .replace("k1", "k3")
        .replace("k2", "k1")
        .replace("k3", "k2");
    assert_ne!(before, canonical_of(&pathway, &credentials));
}

#[test]
fn another_programme_that_takes_the_record_gives_it_the_same_canonical_text() {
    let pathway = tried();
    let text = r#"{"evidence":[{"assessor":"a","date":"2026-03-02","id":"t","kind":"task"},{"date":"2026-03-02","id":"v","kind":"visit","ratings":{"delivery":"low","planning":"high"}}],"facts":{"areas":[],"years":1},"id":"c"}"#;
    let other = r#"
      pathway other "Other" { version "2" }
      scale mastery "M" { high "H"  low "L" }
      rubric lesson "L" on mastery { delivery "D"  planning "P" }
      candidate "T" { areas : list of text "A"  years : number "Y" }
      evidence visit "Visit" { ratings : lesson "R" }
      evidence task "Task" { assessor : text "A"  more : text "More" }
      role lead "Lead" { eligible when at least 1 visit  preferred { at least 1 task } }
    "#;
    let sources = std::collections::BTreeMap::from([("main.pathway", other)]);
    let compiled = milepost::compile(&sources, "main.pathway");
    let other = compiled.plan().expect("it compiles");
    assert_eq!(canonical_of(&pathway, text), text);
    assert_eq!(canonical_of(other, text), text);
}
