//! The schema of records, read by hand: what it takes, what it refuses, and its shape.

use std::collections::BTreeMap;

use serde_json::{Value, json};

const PROGRAMME: &str = r#"
pathway lab "Lab" {}
scale mastery "Mastery" { not_yet "Not yet" mastered  from 2026-01-01 { mastered 3 } }
rubric lesson "Lesson" on mastery { planning "Planning" }
candidate "Teacher" { share : number from -0.5 to 1 "Share"  areas : list of text }
/// A task done in class.
evidence task "Task" { score : mastery  count : whole from 0 to 5  ratings : lesson  graded : mastery from count }
competency analyst "Analyst" { requires at least 1 task where score >= mastered and count > 1 }
role lead { eligible when all of { share > 0  areas contains "maths" at least 1 task where ratings.planning >= mastered } }
"#;

fn schema() -> Value {
    let compiled = crate::compile(
        &BTreeMap::from([("main.pathway", PROGRAMME)]),
        "main.pathway",
    );
    compiled
        .plan()
        .expect("the programme compiles")
        .record_schema()
}

#[test]
fn a_record_has_the_keys_the_decoder_knows_and_no_others() {
    let schema = schema();
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert_eq!(schema["title"], "A record for Lab");
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(schema["required"], json!(["id"]));
    let keys: Vec<_> = schema["properties"].as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "credentials",
            "enrolled",
            "evidence",
            "facts",
            "id",
            "posts",
            "waivers"
        ]
    );
}

#[test]
fn facts_and_fields_have_their_types() {
    let schema = schema();
    assert_eq!(
        schema["$defs"]["facts"]["properties"],
        json!({
            "share": {
                "title": "Share",
                "anyOf": [{ "type": "number", "minimum": -0.5, "maximum": 1 }, { "type": "null" }]
            },
            "areas": {
                "anyOf": [
                    { "type": "array", "items": { "type": "string", "maxLength": 16384 } },
                    { "type": "null" }
                ]
            },
        })
    );
    let definitions = &schema["$defs"];
    assert_eq!(
        definitions["scale.mastery"],
        json!({ "title": "Mastery", "oneOf": [{ "const": "not_yet", "title": "Not yet" }, { "const": "mastered" }] })
    );
    let task = &definitions["evidence.task"];
    assert_eq!(task["title"], "Task");
    assert_eq!(task["description"], "A task done in class.");
    assert_eq!(task["additionalProperties"], false);
    assert_eq!(task["required"], json!(["id", "kind", "date"]));
    assert_eq!(task["properties"]["kind"], json!({ "const": "task" }));
    assert_eq!(
        task["properties"]["count"]["anyOf"][0],
        json!({ "type": "integer", "minimum": 0, "maximum": 5 })
    );
    assert_eq!(
        task["properties"]["score"]["anyOf"][0],
        json!({ "$ref": "#/$defs/scale.mastery" })
    );
    assert_eq!(
        definitions["rubric.lesson"]["properties"]["planning"],
        json!({ "title": "Planning", "anyOf": [{ "$ref": "#/$defs/scale.mastery" }, { "type": "null" }] })
    );
}

#[test]
fn every_reference_has_its_definition() {
    let schema = schema();
    let mut open = vec![&schema];
    let mut found = 0;
    while let Some(value) = open.pop() {
        match value {
            Value::Object(object) => {
                if let Some(Value::String(reference)) = object.get("$ref") {
                    let name = reference
                        .strip_prefix("#/$defs/")
                        .expect("a reference to a definition");
                    assert!(schema["$defs"].get(name).is_some(), "{name}");
                    found += 1;
                }
                open.extend(object.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    assert!(found > 10);
}

#[test]
fn the_schema_of_outcomes_names_every_part() {
    let schema = super::outcome();
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    let required: Vec<_> = schema["required"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert_eq!(
        required,
        [
            "milepost",
            "programme",
            "candidate",
            "as_of",
            "roles",
            "competencies",
            "waivers",
            "notices"
        ]
    );
    let node = &schema["$defs"]["Node"]["required"];
    assert!(
        node.as_array().unwrap().contains(&json!("address")),
        "{node}"
    );
}

#[test]
fn a_level_that_follows_from_a_score_is_not_given() {
    let schema = schema();
    let task = schema["$defs"]["evidence.task"]["properties"]
        .as_object()
        .unwrap();
    assert!(task.contains_key("count") && !task.contains_key("graded"));
}
