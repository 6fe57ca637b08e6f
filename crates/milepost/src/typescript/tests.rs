//! Types of schemas and programmes, read by hand; that a compiler takes and refuses what it should is tested with the
//! npm package.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::names::{comment, key, literal, type_name};
use super::read::Reader;
use super::{Declaration, documents, print, programme};

fn types(text: &str) -> String {
    let compiled = crate::compile(&BTreeMap::from([("main.pathway", text)]), "main.pathway");
    let pathway = compiled.plan().expect("the programme compiles");
    programme(pathway).expect("every schema has a type")
}

/// The type of a schema, or what it is refused for.
fn read(schema: &Value) -> String {
    let reader = Reader {
        name: &|definition| definition.to_owned(),
        place: &|_| 0,
    };
    reader.read(schema, "").map_or_else(
        |refused| refused.to_string(),
        |ty| {
            print::declaration(&Declaration {
                name: "It".to_owned(),
                doc: Vec::new(),
                ty,
            })
        },
    )
}

#[test]
fn every_construct_of_our_schemas_has_a_type() {
    let cases = [
        (json!({ "type": "string" }), "export type It = string;\n"),
        (
            json!({ "type": "integer", "minimum": 0 }),
            "export type It = number;\n",
        ),
        (
            json!({ "type": ["string", "null"] }),
            "export type It = string | null;\n",
        ),
        (json!({ "const": "a\"b" }), "export type It = \"a\\\"b\";\n"),
        (
            json!({ "enum": ["a", "b"] }),
            "export type It = \"a\" | \"b\";\n",
        ),
        (
            json!({ "$ref": "#/$defs/Node" }),
            "export type It = Node;\n",
        ),
        (json!(false), "export type It = never;\n"),
        (
            json!({ "type": ["array", "null"], "items": { "enum": ["a", "b"] } }),
            "export type It = readonly (\"a\" | \"b\")[] | null;\n",
        ),
        (
            json!({ "anyOf": [{ "oneOf": [{ "const": "a", "title": "A" }] }, { "type": "null" }] }),
            "export type It =\n  /** A */\n  | \"a\"\n  | null;\n",
        ),
        (
            json!({ "type": "object", "properties": {} }),
            "export interface It { [key: string]: never }\n",
        ),
        (
            json!({
                "type": "object", "required": ["z"],
                "properties": { "a": { "type": "boolean", "description": "Why." }, "z": { "type": "number" } }
            }),
            "export interface It {\n  z: number;\n  /** Why. */\n  a?: boolean;\n}\n",
        ),
    ];
    for (schema, expected) in cases {
        assert_eq!(read(&schema), expected, "{schema}");
    }
}

#[test]
fn what_has_no_type_is_refused_by_name() {
    let cases = [
        (
            json!({ "type": "string", "not": {} }),
            "no TypeScript for `not` at ``",
        ),
        (
            json!({ "type": "tuple" }),
            "no TypeScript for the type `tuple` at ``",
        ),
        (
            json!({ "type": "object" }),
            "no TypeScript for an object without keys of its own at ``",
        ),
        (
            json!({ "type": "array" }),
            "no TypeScript for the schema null at `/items`",
        ),
        (json!({ "const": 3 }), "no TypeScript for `const` at ``"),
        (
            json!({ "enum": [3] }),
            "no TypeScript for the schema 3 at `/enum/0`",
        ),
        (
            json!({ "$ref": "other.json" }),
            "no TypeScript for the reference `other.json` at ``",
        ),
        (json!({}), "no TypeScript for a schema without a type at ``"),
        (json!(true), "no TypeScript for the schema true at ``"),
        (
            json!({ "type": "string", "anyOf": [{ "type": "null" }] }),
            "no TypeScript for more than one type in one place at ``",
        ),
        (
            json!({ "type": "object", "properties": { "a": { "additionalProperties": true } } }),
            "no TypeScript for `additionalProperties` at `/properties/a`",
        ),
    ];
    for (schema, expected) in cases {
        assert_eq!(read(&schema), expected, "{schema}");
    }
}

#[test]
fn the_documents_say_nothing_of_any_and_leave_no_key_out() {
    let documents = documents().expect("every document has a type");
    assert!(
        documents.contains("export interface Outcome {\n"),
        "{documents}"
    );
    assert!(documents.contains("  title: string | null;\n"));
    assert!(!documents.contains("?:"), "every key is always there");
    for word in [" any", "unknown[", ": unknown", "object;"] {
        assert!(!documents.contains(word), "{word}");
    }
}

#[test]
fn a_programme_names_all_that_it_declares() {
    let types = types(
        r#"
pathway lab "Lab" {}
scale mastery { not_yet "Not yet" mastered }
candidate "Teacher" { zeal : number "Zeal"  areas : list of text  contract : one of { full "Full time" part } }
evidence task "Task" { score : mastery }
competency analyst "Analyst" { requires at least 1 task for this where score >= mastered }
role lead { eligible when all of { analysis: competency analyst  zeal > 0 } }
"#,
    );
    for expected in [
        "/** Lab */\nexport interface Lab {\n  record: LabRecord;\n  outcome: LabOutcome;\n}\n",
        "  id: Id;\n  /** The day of enrolment. */\n  enrolled?: Day | null;\n",
        "  /** Zeal */\n  zeal?: number | null;\n  areas?: readonly string[] | null;\n  contract?:\n    \
         /** Full time */\n    | \"full\"\n    | \"part\"\n    | null;\n}\n",
        "export type Evidence = TaskEvidence;\n",
        "  kind: \"task\";\n",
        "  score?: MasteryLevel | null;\n",
        "export type MasteryLevel =\n  /** Not yet */\n  | \"not_yet\"\n  | \"mastered\";\n",
        "export type CompetencyName =\n  /** Analyst */\n  | \"analyst\";\n",
        "export type RoleName = \"lead\";\n",
        "export type Address = \"analyst\" | \"lead\" | \"lead.analysis\" | \"lead/2\";\n",
        "export interface LabOutcome extends Outcome {\n  programme: Governing & { name: \"lab\" };\n",
    ] {
        assert!(types.contains(expected), "{expected}\nin\n{types}");
    }
}

#[test]
fn a_programme_without_anything_takes_nothing() {
    let types = types("pathway bare \"Bare\" {}");
    for expected in [
        "export interface Facts { [key: string]: never }\n",
        "export type Evidence = never;\n",
        "export type CompetencyName = never;\n",
        "export type RoleName = never;\n",
        "export type Address = never;\n",
    ] {
        assert!(types.contains(expected), "{expected}\nin\n{types}");
    }
}

#[test]
fn names_of_types_are_apart() {
    let mut taken = BTreeMap::from([("Role".to_owned(), 1)]);
    let mut name = |words: &[&str]| type_name(words, &mut taken);
    assert_eq!(name(&["data_driver", ""]), "DataDriver");
    assert_eq!(name(&["data__driver"]), "DataDriver_2");
    assert_eq!(name(&["data_driver_2"]), "DataDriver2");
    assert_eq!(name(&["data", "driver"]), "DataDriver_3");
    assert_eq!(name(&["level_2", "level"]), "Level2Level");
    assert_eq!(name(&["role"]), "Role_2");
    assert_eq!(name(&["2x", "*/ é"]), "X");
    assert_eq!(name(&["", "é"]), "Unnamed");
}

#[test]
fn no_text_gets_out_of_where_it_stands() {
    let said = |text: &str| comment(&[text.to_owned()], "");
    assert_eq!(said("ends */ here **/"), "/** ends *\\/ here **\\/ */\n");
    assert_eq!(said("@ts-expect-error"), "/** \\@ts-expect-error */\n");
    assert_eq!(
        said("a\n /* @ts-ignore"),
        "/**\n * a\n * /* \\@ts-ignore\n */\n"
    );
    assert_eq!(
        said("a\r@b\u{2028}@c\td"),
        "/** a\u{FFFD}@b\u{FFFD}@c d */\n"
    );
    assert_eq!(comment(&[], "  "), "");
    assert_eq!(
        comment(&["T".to_owned(), "D".to_owned()], " "),
        " /**\n  * T\n  *\n  * D\n  */\n"
    );
    assert_eq!(
        literal("a\"\\\n\u{2028}\u{202e}é"),
        "\"a\\\"\\\\\\u{a}\\u{2028}\\u{202e}é\""
    );
    assert_eq!(key("class"), "class");
    assert_eq!(key("a-b"), "\"a-b\"");
    assert_eq!(key("2b"), "\"2b\"");
    assert_eq!(key(""), "\"\"");
}
