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
        let (programme, days) = generator::programme(&mut random, Size::default());
        let compiled = compile(&programme.text());
        let input = record::record(&mut random, &days, &compiled.model);
        let pathway = Pathway::new(compiled.plan?);
        let record = pathway.record(input).ok()?;
        let outcome = pathway.evaluate(&record, days.as_of).to_json();
        Some(Self {
            pathway,
            record,
            outcome,
        })
    }

    fn written(eligible: &str, evidence: &str) -> Self {
        let text = format!(
            r#"pathway p "P" {{ version "1" }}
            evidence task "Task" {{ deep : yes/no "Deep"  class : text "Class" }}
            evidence visit "Visit"
            role lead "Lead" {{ eligible when {eligible} }}"#
        );
        let sources = BTreeMap::from([("main.pathway", text.as_str())]);
        let pathway = milepost::compile(&sources, "main.pathway").plan().unwrap().clone();
        let record = format!(r#"{{ "id": "c", "evidence": [{evidence}] }}"#);
        let record = pathway.decode_record(record.as_bytes()).unwrap();
        let outcome = pathway.evaluate(&record, "2026-11-22".parse().unwrap()).to_json();
        Self {
            pathway,
            record,
            outcome,
        }
    }

    /// What does not hold of an outcome; nothing if all does.
    fn wrong(&self, outcome: &str) -> Vec<String> {
        match self.pathway.check_allocations(outcome.as_bytes(), &self.record) {
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
    let mut all: Vec<Changed> = Vec::new();
    let mut change = |what: String, make: &dyn Fn(&mut Value)| {
        let mut changed = outcome.clone();
        make(changed.pointer_mut(at).unwrap());
        assert_ne!(&changed, outcome, "{what}");
        all.push((format!("{at}: {what}"), changed));
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
        let others = shares.iter().flat_map(|it| it["records"].as_array().unwrap());
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
    change("nothing said".to_owned(), &|group| group["allocation"] = Value::Null);
    change("a key more".to_owned(), &|group| group["allocation"]["why"] = json!(1));
    let waived = group["status"] == "waived";
    let blocking = &said["blocking"];
    if blocking.is_null() {
        let needed: usize = shares.iter().map(|it| it["records"].as_array().unwrap().len()).sum();
        let all: Vec<&Value> = shares.iter().map(|it| &it["requirement"]).collect();
        change("blocked, by nothing listed".to_owned(), &|group| {
            group["allocation"]["blocking"] = json!({ "requirements": all, "needed": needed,
                "records": [], "one_of": [], "found": 0, "text": "" });
        });
        let members = group["children"].as_array().unwrap();
        let met = members.iter().all(|it| it["status"] == "met" || it["status"] == "waived");
        if !waived {
            change("the verdict flipped".to_owned(), &|group| {
                group["status"] = json!(if met { "unmet" } else { "met" });
            });
        }
        return all_of(all_changes(all_changes_empty(), all.len()), outcome, at, all_done(all));
    }
    for key in ["needed", "found"] {
        let number = blocking[key].as_u64().unwrap();
        for other in [number + 1, number.wrapping_sub(1), 0] {
            if other != number {
                change(format!("{key} {other}"), &|group| {
                    group["allocation"]["blocking"][key] = json!(other);
                });
            }
        }
    }
    all
}
