//! Receipts that somebody changed, or replays with something else: each is found, at its place.

use milepost::Verification;
use serde_json::{Value, json};

use super::{Example, examples, receipt, verified};

fn example() -> Example {
    let mut examples = examples();
    let at = examples.iter().position(|example| {
        example.name == "teaching_matters/bronx_2018.pathway maya-castellan.json"
    });
    examples.remove(at.expect("the example is there"))
}

/// What verifying shows after a change of the receipt.
fn after(example: &Example, change: impl Fn(&mut Value)) -> Verification {
    let mut value: Value = serde_json::from_str(&receipt(example)).unwrap();
    let before = value.clone();
    change(&mut value);
    assert_ne!(before, value, "nothing was changed");
    verified(&example.pathway, &value.to_string(), &example.record)
}

fn set(value: &mut Value, pointer: &str, new: Value) {
    *value
        .pointer_mut(pointer)
        .unwrap_or_else(|| panic!("no {pointer}")) = new;
}

fn places(verification: &Verification) -> Vec<&str> {
    let differences = verification.outcome.differences.iter();
    differences
        .map(|difference| difference.pointer.as_str())
        .collect()
}

#[test]
fn a_changed_value_is_found_where_it_stands() {
    let example = example();
    let node = "/outcome/competencies/0/requirement";
    for (pointer, new, verdicts_same) in [
        ("/outcome/roles/0/status".to_owned(), json!("met"), false),
        ("/outcome/roles/0/at_risk".to_owned(), json!(true), false),
        (
            "/outcome/roles/0/progress/percent".to_owned(),
            json!(99),
            true,
        ),
        ("/outcome/candidate".to_owned(), json!("someone else"), true),
        ("/outcome/as_of".to_owned(), json!("2026-11-23"), true),
        ("/outcome/milepost".to_owned(), json!("0.0.1"), true),
        ("/outcome/programme/version".to_owned(), json!("2019"), true),
        ("/outcome/notices".to_owned(), json!(["all is well"]), true),
        (format!("{node}/status"), json!("pending"), true),
        (format!("{node}/text"), json!("nothing at all"), true),
        (format!("{node}/children/0/counted"), json!(["x"]), true),
        (format!("{node}/progress/met"), json!("3"), true),
    ] {
        let verification = after(&example, |value| set(value, &pointer, new.clone()));
        assert!(!verification.same, "{pointer}");
        assert!(verification.record.same && verification.definition.same);
        assert_eq!(places(&verification), [pointer.as_str()]);
        assert_eq!(
            verification.outcome.verdicts_same, verdicts_same,
            "{pointer}"
        );
        let difference = verification.outcome.differences.first().unwrap();
        assert_eq!(difference.receipt, Some(new.to_string()));
        assert_ne!(difference.replayed, difference.receipt);
    }
}

#[test]
fn a_difference_is_told_by_address_and_title() {
    let example = example();
    let verification = after(&example, |value| {
        set(
            value,
            "/outcome/roles/0/requirement/progress/percent",
            json!(1),
        );
    });
    let difference = verification.outcome.differences.first().unwrap();
    assert_eq!(difference.address.as_deref(), Some("teacher_leader"));
    assert_eq!(difference.title.as_deref(), Some("all of the following"));
    let verification = after(&example, |value| {
        set(
            value,
            "/outcome/competencies/0/requirement/children/0/status",
            json!("unmet"),
        );
    });
    let difference = verification.outcome.differences.first().unwrap();
    let learn = (Some("strategizing_for_assessment.learn"), Some("Learn"));
    assert_eq!(
        (difference.address.as_deref(), difference.title.as_deref()),
        learn
    );
}

#[test]
fn hashes_and_the_day_are_checked() {
    let example = example();
    let hash = format!("sha256:{}", "0".repeat(64));
    let definition = after(&example, |value| set(value, "/definition", json!(hash)));
    assert!(!definition.same && !definition.definition.same && definition.record.same);
    assert_eq!(definition.definition.receipt, hash);
    assert!(definition.outcome.same);
    let record = after(&example, |value| set(value, "/record", json!(hash)));
    assert!(!record.same && !record.record.same && record.definition.same && record.outcome.same);
    let as_of = after(&example, |value| set(value, "/as_of", json!("2026-11-23")));
    assert!(!as_of.same && as_of.record.same && as_of.definition.same);
    assert!(places(&as_of).contains(&"/outcome/as_of"));
}

#[test]
fn the_version_of_milepost_alone_is_told_and_changes_nothing() {
    for places in [&["/milepost"][..], &["/milepost", "/outcome/milepost"]] {
        let verification = after(&example(), |value| {
            for place in places {
                set(value, place, json!("0.0.9"));
            }
        });
        assert!(verification.same && verification.outcome.same);
        assert!(!verification.milepost.same);
        assert_eq!(verification.milepost.receipt, "0.0.9");
    }
}

#[test]
fn an_added_key_never_passes() {
    for pointer in [
        "/outcome",
        "/outcome/roles/0",
        "/outcome/roles/0/requirement/progress",
    ] {
        let verification = after(&example(), |value| {
            let object = value.pointer_mut(pointer).and_then(Value::as_object_mut);
            object.unwrap().insert("approved".to_owned(), Value::Null);
        });
        assert!(!verification.same);
        assert_eq!(places(&verification), [format!("{pointer}/approved")]);
        let difference = verification.outcome.differences.first().unwrap();
        assert_eq!(difference.receipt.as_deref(), Some("null"));
        assert_eq!(difference.replayed, None);
    }
}

#[test]
fn what_was_taken_out_is_named_and_what_follows_is_not() {
    let example = example();
    let children = "/outcome/competencies/0/requirement/children";
    let verification = after(&example, |value| {
        let list = value.pointer_mut(children).and_then(Value::as_array_mut);
        let list = list.unwrap();
        assert!(list.len() > 1);
        list.remove(0);
    });
    assert_eq!(places(&verification), [format!("{children}/0")]);
    let difference = verification.outcome.differences.first().unwrap();
    assert_eq!(difference.receipt, None);
    assert_eq!(difference.title.as_deref(), Some("Learn"));
    assert!(verification.outcome.verdicts_same);

    let verification = after(&example, |value| {
        value
            .pointer_mut("/outcome/competencies")
            .and_then(Value::as_array_mut)
            .unwrap()
            .remove(0);
    });
    assert!(!verification.outcome.verdicts_same);
    let verification = after(&example, |value| {
        value
            .pointer_mut("/outcome")
            .and_then(Value::as_object_mut)
            .unwrap()
            .remove("notices");
    });
    assert_eq!(places(&verification), ["/outcome/notices"]);
}

#[test]
fn another_order_is_named_once() {
    let verification = after(&example(), |value| {
        value
            .pointer_mut("/outcome/competencies")
            .and_then(Value::as_array_mut)
            .unwrap()
            .reverse();
    });
    assert_eq!(places(&verification), ["/outcome/competencies"]);
    assert!(verification.outcome.verdicts_same);
}

#[test]
fn the_list_of_differences_ends_somewhere() {
    let verification = after(&example(), |value| {
        let notices: Vec<Value> = (0..250).map(|number| json!([number])).collect();
        set(value, "/outcome/notices", Value::Array(notices));
    });
    let outcome = &verification.outcome;
    assert_eq!((outcome.differences.len(), outcome.more), (100, 150));
    let long = after(&example(), |value| {
        set(value, "/outcome/candidate", json!("é".repeat(5_000)));
    });
    let difference = long.outcome.differences.first().unwrap();
    let shown = difference.receipt.as_deref().unwrap();
    assert_eq!(shown.chars().count(), 201);
    assert!(shown.ends_with("é…"));
}

#[test]
fn the_record_is_compared_by_what_it_says() {
    let example = example();
    let receipt = receipt(&example);
    let mut record: Value = serde_json::from_slice(&example.record).unwrap();
    // Written with its keys in the order of the alphabet.
    let reordered = record.to_string();
    assert_ne!(reordered.as_bytes(), example.record);
    assert!(verified(&example.pathway, &receipt, reordered.as_bytes()).same);

    let date = record.pointer_mut("/evidence/0/date").unwrap();
    let earlier = if date == "2020-01-02" {
        "2020-01-03"
    } else {
        "2020-01-02"
    };
    *date = json!(earlier);
    let verification = verified(&example.pathway, &receipt, record.to_string().as_bytes());
    assert!(!verification.same && !verification.record.same && verification.definition.same);
}

#[test]
fn another_programme_is_told() {
    let example = example();
    let other = example_of(&example, "version     \"2018\"", "version     \"2019\"");
    let verification = verified(&other, &receipt(&example), &example.record);
    assert!(!verification.same && !verification.definition.same && verification.record.same);
    let changed = [
        "/outcome/programme/version",
        "/outcome/programme/definition",
    ];
    assert_eq!(places(&verification), changed);
    assert!(verification.outcome.verdicts_same);
}

/// The programme of an example with a change in its text.
fn example_of(example: &Example, from: &str, to: &str) -> milepost::Pathway {
    let (file, _) = example.name.split_once(' ').unwrap();
    let reader = |path: &str| {
        let text = String::from_utf8(examples::read(path)?).map_err(|why| why.to_string())?;
        Ok(text.replacen(from, to, 1).into_bytes())
    };
    let compiled = milepost::compile(&reader, file);
    compiled.plan().expect("it compiles").clone()
}
