//! Who is given what, checked apart from what shares out. In: programmes and records made up by chance, and outcomes changed in
//! every way there is. Out: an outcome as written that is said not to hold, or a changed one that is said to.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a suite that cannot set itself up has failed"
)]

use std::collections::BTreeMap;

use milepost::wire::Said;
use milepost::{Pathway, Record};
use milepost_tests::differential::compile;
use milepost_tests::generator::{self, Random, Size, record};
use serde_json::{Value, json};

/// A programme, a record, and its outcome.
struct Made {
    pathway: Pathway,
    record: Record,
    outcome: String,
}

impl Made {
    fn by_chance(seed: u64) -> Option<Self> {
        let mut random = Random::new(seed);
        let (programme, days) = match seed % 3 {
            0 => generator::shared::programme(&mut random),
            _ => generator::programme(&mut random, Size::WHOLE),
        };
        let compiled = compile(&programme.text());
        let plan = compiled.plan?;
        let input = record::record(&mut random, &days, &compiled.model);
        let pathway = Pathway::new(plan);
        let record = pathway.record(input).ok()?;
        let outcome = pathway.evaluate(&record, days.as_of).to_json();
        Some(Self {
            pathway,
            record,
            outcome,
        })
    }

    fn written(eligible: &str, evidence: &str) -> Self {
        Self::waived(eligible, evidence, "")
    }

    fn waived(eligible: &str, evidence: &str, waivers: &str) -> Self {
        let text = format!(
            r#"pathway p "P" {{ version "1" }}
            evidence task "Task" {{ deep : yes/no "Deep"  class : text "Class" }}
            evidence visit "Visit"
            role lead "Lead" {{ eligible when {eligible} }}"#
        );
        let sources = BTreeMap::from([("main.pathway", text.as_str())]);
        let pathway = milepost::compile(&sources, "main.pathway")
            .plan()
            .unwrap()
            .clone();
        let record =
            format!(r#"{{ "id": "c", "evidence": [{evidence}], "waivers": [{waivers}] }}"#);
        let record = pathway.decode_record(record.as_bytes()).unwrap();
        let outcome = pathway
            .evaluate(&record, "2026-11-22".parse().unwrap())
            .to_json();
        Self {
            pathway,
            record,
            outcome,
        }
    }

    /// What does not hold of an outcome; nothing if all does.
    fn wrong(&self, outcome: &str) -> Vec<String> {
        match self
            .pathway
            .check_allocations(outcome.as_bytes(), &self.record)
        {
            Ok(checked) => {
                assert_eq!(checked.holds, checked.problems.is_empty());
                checked.problems.iter().map(ToString::to_string).collect()
            }
            Err(refusal) => vec![refusal.to_string()],
        }
    }
}

/// Two requirements that are served, with one record between them at the start that both could have.
fn served() -> Made {
    Made::written(
        "all of without reuse { one: at least 2 task  two: at least 1 task where deep }",
        r#"{ "id": "t1", "kind": "task", "date": "2026-01-01", "deep": true, "class": "a" },
           { "id": "t2", "kind": "task", "date": "2026-01-02", "deep": false, "class": "a" },
           { "id": "t3", "kind": "task", "date": "2026-01-03", "deep": false, "class": "b" }"#,
    )
}

/// Two requirements that are blocked, one of them by values, beside one that is served.
fn blocked() -> Made {
    Made::written(
        "all of without reuse { one: at least 2 task by different class  two: at least 1 task where deep  three: at least 1 visit }",
        r#"{ "id": "t1", "kind": "task", "date": "2026-01-01", "deep": true, "class": "a" },
           { "id": "t2", "kind": "task", "date": "2026-01-02", "deep": false, "class": "b" },
           { "id": "t3", "kind": "task", "date": "2026-01-03", "deep": false, "class": "b" },
           { "id": "v1", "kind": "visit", "date": "2026-01-04" }"#,
    )
}

const ELIGIBLE: &str = "all of without reuse { one: at least 1 task  two waivable by board: at least 1 task where deep }";
const DEEP: &str = r#"{ "id": "t1", "kind": "task", "date": "2026-01-01", "deep": true }"#;
const WAIVER: &str = r#"{ "requirement": "lead.two", "by": "p-9", "as": "board", "granted": "2026-01-01", "reason": "so decided" }"#;

/// One record for two requirements, of which one is excused.
fn excused() -> Made {
    Made::waived(ELIGIBLE, DEEP, WAIVER)
}

/// Where the groups of an outcome stand that say who is given what.
fn groups(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                groups(item, &format!("{pointer}/{index}"), found);
            }
        }
        Value::Object(entries) => {
            if entries.get("allocation").is_some_and(|it| !it.is_null()) {
                found.push(pointer.to_owned());
            }
            for (key, value) in entries {
                groups(value, &format!("{pointer}/{key}"), found);
            }
        }
        _ => {}
    }
}

/// A change, in words, and the outcome with it.
type Changed = (String, Value);

/// Every way to change what is said of one group.
fn changes(outcome: &Value, at: &str) -> Vec<Changed> {
    let mut done: Vec<Changed> = Vec::new();
    let mut change = |what: String, make: &dyn Fn(&mut Value)| {
        let mut changed = outcome.clone();
        make(changed.pointer_mut(at).unwrap());
        assert_ne!(&changed, outcome, "{what}");
        done.push((format!("{at}: {what}"), changed));
    };
    let group = outcome.pointer(at).unwrap();
    let said = &group["allocation"];
    let shares = said["assigned"].as_array().unwrap();
    for (place, share) in shares.iter().enumerate() {
        let records = share["records"].as_array().unwrap();
        change(format!("share {place} out"), &|group| {
            list(&mut group["allocation"]["assigned"]).remove(place);
        });
        change(format!("share {place} twice"), &|group| {
            list(&mut group["allocation"]["assigned"]).push(share.clone());
        });
        change(format!("share {place} to nobody"), &|group| {
            group["allocation"]["assigned"][place]["requirement"] = json!("nobody");
        });
        change(format!("share {place} with a stranger"), &|group| {
            list(&mut group["allocation"]["assigned"][place]["records"]).push(json!("stranger"));
        });
        let others = shares
            .iter()
            .flat_map(|it| it["records"].as_array().unwrap());
        for other in others {
            change(format!("share {place} with {other} too"), &|group| {
                list(&mut group["allocation"]["assigned"][place]["records"]).push(other.clone());
            });
            for (at, record) in records.iter().enumerate() {
                if record != other {
                    change(format!("{other} for {record} in share {place}"), &|group| {
                        group["allocation"]["assigned"][place]["records"][at] = other.clone();
                    });
                }
            }
        }
        for at in 0..records.len() {
            change(format!("share {place} without {at}"), &|group| {
                list(&mut group["allocation"]["assigned"][place]["records"]).remove(at);
            });
        }
    }
    change("nothing said".to_owned(), &|group| {
        group["allocation"] = Value::Null
    });
    change("a key more".to_owned(), &|group| {
        group["allocation"]["why"] = json!(1)
    });
    let members = group["children"].as_array().unwrap();
    let met = members
        .iter()
        .all(|it| it["status"] == "met" || it["status"] == "waived");
    let blocking = &said["blocking"];
    match group["status"].as_str().unwrap() {
        "waived" => {}
        "met" => change("not met".to_owned(), &|group| {
            group["status"] = json!("unmet")
        }),
        _ if blocking.is_null() && met => panic!("met and served, and not met"),
        _ => change("met".to_owned(), &|group| group["status"] = json!("met")),
    }
    if blocking.is_null() {
        let all: Vec<&Value> = shares.iter().map(|it| &it["requirement"]).collect();
        change("blocked, for no reason".to_owned(), &|group| {
            group["allocation"]["blocking"] = json!({ "requirements": all, "needed": 1_000,
                "records": [], "one_of": [], "found": 0, "text": "" });
        });
        return done;
    }
    change("served".to_owned(), &|group| {
        group["allocation"]["blocking"] = Value::Null
    });
    for (key, text) in [("text", json!("so be it")), ("why", json!("so be it"))] {
        change(format!("another {key}"), &|group| {
            group["allocation"]["blocking"][key] = text.clone()
        });
    }
    for key in ["needed", "found"] {
        let number = blocking[key].as_u64().unwrap();
        for other in [number + 1, number + 1_000, number.saturating_sub(1)] {
            if other != number {
                change(format!("{key} {other}"), &|group| {
                    group["allocation"]["blocking"][key] = json!(other);
                });
            }
        }
    }
    for key in ["requirements", "records", "one_of"] {
        let listed = blocking[key].as_array().unwrap();
        for (place, it) in listed.iter().enumerate() {
            change(format!("{key} without {place}"), &|group| {
                list(&mut group["allocation"]["blocking"][key]).remove(place);
            });
            change(format!("{key} with {place} twice"), &|group| {
                list(&mut group["allocation"]["blocking"][key]).push(it.clone());
            });
            // The same, with the number of those found made to fit.
            if key != "requirements" {
                let found = blocking["found"].as_u64().unwrap();
                change(format!("{key} without {place}, counted so"), &|group| {
                    list(&mut group["allocation"]["blocking"][key]).remove(place);
                    group["allocation"]["blocking"]["found"] = json!(found - 1);
                });
                change(format!("{key} with {place} twice, counted so"), &|group| {
                    list(&mut group["allocation"]["blocking"][key]).push(it.clone());
                    group["allocation"]["blocking"]["found"] = json!(found + 1);
                    group["allocation"]["blocking"]["needed"] = json!(found + 2);
                });
            }
        }
    }
    for share in shares {
        let address = &share["requirement"];
        if !blocking["requirements"]
            .as_array()
            .unwrap()
            .contains(address)
        {
            change(format!("blocked by {address} too"), &|group| {
                list(&mut group["allocation"]["blocking"]["requirements"]).push(address.clone());
            });
        }
    }
    change("a record more may count".to_owned(), &|group| {
        list(&mut group["allocation"]["blocking"]["records"]).push(json!("stranger"));
    });
    done
}

fn list(value: &mut Value) -> &mut Vec<Value> {
    value.as_array_mut().unwrap()
}

/// Holds every change of an outcome to be found, and says how many there were.
fn all_found(made: &Made) -> usize {
    let outcome: Value = serde_json::from_str(&made.outcome).unwrap();
    let mut at = Vec::new();
    groups(&outcome, "", &mut at);
    let changed: Vec<Changed> = at.iter().flat_map(|at| changes(&outcome, at)).collect();
    for (what, changed) in &changed {
        let wrong = made.wrong(&changed.to_string());
        assert!(!wrong.is_empty(), "{what}\n{changed:#}");
        assert!(
            wrong
                .iter()
                .any(|it| it.contains("/allocation") || it.contains("/status")),
            "{what}: {wrong:?}"
        );
    }
    changed.len()
}

#[test]
fn whatever_is_made_up_holds_as_written_and_not_when_changed() {
    let (mut served, mut blocked, mut changed) = (0, 0, 0);
    for made in (1..=300).filter_map(Made::by_chance) {
        let found = made
            .pathway
            .check_allocations(made.outcome.as_bytes(), &made.record);
        let found = found.unwrap();
        assert!(found.holds, "{}\n{}", found.to_json_pretty(), made.outcome);
        let said = |what: Said| found.groups.iter().filter(|it| it.says == what).count();
        served += said(Said::Served);
        blocked += said(Said::Blocked);
        if !found.groups.is_empty() {
            changed += all_found(&made);
        }
    }
    println!("{served} served, {blocked} blocked, {changed} changes");
    assert!(served > 20 && blocked > 20 && changed > 500);
}

#[test]
fn every_change_is_found() {
    assert!(all_found(&served()) > 20);
    assert!(all_found(&blocked()) > 40);
    assert!(all_found(&excused()) > 5);
}

#[test]
fn what_a_waiver_excuses_is_given_nothing() {
    let made = excused();
    assert_eq!(made.wrong(&made.outcome), [""; 0]);
    let at = "/roles/0/requirement/allocation/assigned";
    let one = r#"{"requirement":"lead.one","records":["t1"]}"#;
    let none = format!(r#"{one},{{"requirement":"lead.two","records":[]}}"#);
    assert_eq!(
        why(&made, one, &none),
        [format!(
            "{at}/1/requirement: `lead.two` asks for no records in this group"
        )]
    );
    let enough = r#"{"requirement":"lead.two","records":["t1"]}"#;
    let idle = Made::waived(
        ELIGIBLE,
        &format!(
            r#"{DEEP}, {{ "id": "t2", "kind": "task", "date": "2026-01-02", "deep": false }}"#
        ),
        WAIVER,
    );
    assert_eq!(idle.wrong(&idle.outcome), [""; 0]);
    assert_eq!(
        why(&idle, &format!(",{enough}"), ""),
        [format!(
            "{at}: `lead.two` asks for records, and is left out"
        )]
    );
}

/// Says why a change of a text in an outcome does not hold.
fn why(made: &Made, from: &str, to: &str) -> Vec<String> {
    assert!(made.outcome.contains(from), "no {from} in {}", made.outcome);
    made.wrong(&made.outcome.replacen(from, to, 1))
}

#[test]
fn what_does_not_hold_is_said_where_it_stands() {
    let made = served();
    let at = "/roles/0/requirement";
    let shares = r#""assigned":[{"requirement":"lead.one","records":["t2","t3"]},{"requirement":"lead.two","records":["t1"]}]"#;
    for (from, to, expected) in [
        (
            shares,
            r#""assigned":[{"requirement":"lead.one","records":["t2","t1"]},{"requirement":"lead.two","records":["t3"]}]"#,
            vec![format!(
                "{at}/allocation/assigned/1/records/0: `t3` may not count for `lead.two`"
            )],
        ),
        (
            r#""records":["t1"]"#,
            r#""records":[]"#,
            vec![
                format!(
                    "{at}/allocation/assigned/1/records: `lead.two` asks for 1, and is given 0"
                ),
                format!(
                    "{at}/allocation/assigned: `lead.two` lacks a record, and `t1` may count and is given to nobody"
                ),
            ],
        ),
        (
            r#""as_of":"2026-11-22""#,
            r#""as_of":"2026-01-02""#,
            vec![format!(
                "{at}/allocation/assigned/0/records/1: `t3` may not count for `lead.one`"
            )],
        ),
    ] {
        assert_eq!(why(&made, from, to), expected, "{to}");
    }
    let made = blocked();
    let at = "/roles/0/requirement/allocation/blocking";
    assert_eq!(
        why(&made, r#""needed":3,"records""#, r#""needed":4,"records""#),
        [format!("{at}/needed: 4 are said to be needed; it is 3")]
    );
}

#[test]
fn what_is_of_another_programme_or_record_is_refused() {
    let made = served();
    let definition = "the outcome is refused\n  /programme/definition: the outcome is of another programme or version, or its texts were changed since; check it with the programme it was made with";
    assert_eq!(why(&made, "sha256:", "sha256:0"), [definition]);
    assert_eq!(
        blocked().wrong(&made.outcome).first().map(String::as_str),
        Some(definition)
    );
    assert_eq!(
        why(&made, r#""candidate":"c""#, r#""candidate":"d""#),
        ["the outcome is refused\n  /candidate: the record is of another candidate, `c`"]
    );
}

#[test]
fn what_is_no_outcome_is_refused_with_a_reason() {
    let made = served();
    let broken = "the outcome is refused\n  ";
    for (text, expected) in [
        (
            "",
            "line 1, column 1: this is not JSON: the text ends in the middle",
        ),
        ("[]", "an outcome is an object, found a list"),
        (
            "{}",
            "/candidate: expected a text here, as an outcome has it",
        ),
        (r#"{"receipt":1}"#, "this is a receipt, and not an outcome"),
    ] {
        let wrong = made.wrong(text);
        assert!(
            wrong[0].starts_with(&format!("{broken}{expected}")),
            "{text}: {wrong:?}"
        );
    }
    let receipt = made
        .pathway
        .receipt(&made.record, "2026-11-22".parse().unwrap());
    assert!(made.wrong(&receipt)[0].contains("milepost verify RECEIPT"));
    // Cut short anywhere, and any value in place of any other: an answer, and no panic.
    for end in (0..made.outcome.len()).step_by(7) {
        if let Some(cut) = made.outcome.get(..end) {
            assert!(!made.wrong(cut).is_empty());
        }
    }
    let outcome: Value = serde_json::from_str(&blocked().outcome).unwrap();
    let mut places = Vec::new();
    pointers(&outcome, "", &mut places);
    for place in places {
        for value in [
            json!(null),
            json!(-1),
            json!("x"),
            json!([[]]),
            json!({ "allocation": {} }),
            json!(1e300),
        ] {
            let mut changed = outcome.clone();
            *changed.pointer_mut(&place).unwrap() = value;
            let _ = blocked_once().wrong(&changed.to_string());
        }
    }
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    assert!(!made.wrong(&format!(r#"{{"candidate":{deep}}}"#)).is_empty());
}

fn blocked_once() -> &'static Made {
    static MADE: std::sync::OnceLock<Made> = std::sync::OnceLock::new();
    MADE.get_or_init(blocked)
}

fn pointers(value: &Value, pointer: &str, found: &mut Vec<String>) {
    found.push(pointer.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{pointer}/{index}"), found);
            }
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                pointers(value, &format!("{pointer}/{key}"), found);
            }
        }
        _ => {}
    }
}
