//! The schema of a programme's records.

use milepost_engine::plan::{Kind, Parts, Plan};
use serde_json::{Map, Value, json};

use crate::decode::LONGEST_ID;

use super::types::{fields, one_of, reference, rubric_name, scale_name, text};

/// JSON Schema of the records of a programme.
pub(crate) fn record(plan: &Plan) -> Value {
    let parts = plan.parts();
    let programme = &parts.programme;
    let title = programme.title.as_ref().unwrap_or(&programme.name);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("A record for {title}"),
        "description": "What is known of one candidate. Numbers have at most nine digits before the point and six after it.",
        "type": "object",
        "additionalProperties": false,
        "required": ["id"],
        "properties": {
            "id": reference("id"),
            "enrolled": optional_date("The day of enrolment."),
            "facts": reference("facts"),
            "evidence": { "type": "array", "maxItems": 1_000_000, "items": reference("evidence") },
            "credentials": { "type": "array", "maxItems": 1_000_000, "items": reference("credential") },
            "posts": { "type": "array", "maxItems": 1_000_000, "items": reference("post") },
            "waivers": { "type": "array", "maxItems": 1_000_000, "items": reference("waiver") },
        },
        "$defs": definitions(plan),
    })
}

fn definitions(plan: &Plan) -> Map<String, Value> {
    let parts = plan.parts();
    let mut all = Map::new();
    let mut id = text();
    if let Value::Object(id) = &mut id {
        id.insert("minLength".to_owned(), json!(1));
        id.insert("maxLength".to_owned(), json!(LONGEST_ID));
        id.insert(
            "description".to_owned(),
            json!("A text of your choice, unlike every other id of the record."),
        );
    }
    all.insert("id".to_owned(), id);
    all.insert(
        "date".to_owned(),
        json!({ "description": "A day, as 2026-11-22.", "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
    );
    all.insert(
        "status".to_owned(),
        json!({ "description": "How evidence or a credential stands; `accepted` when left out.", "enum": ["accepted", "under_review", "draft", "returned", "suspended", "revoked"] }),
    );
    let mut competencies = one_of(parts.competencies.iter().map(|it| &it.entry));
    titled(&mut competencies, None, Some("The name of a competency."));
    all.insert("competency".to_owned(), competencies);
    let former: Vec<_> = former_names(parts).collect();
    if !former.is_empty() {
        all.insert(
            "former_competency".to_owned(),
            json!({ "description": "A name that a competency had before.", "enum": former }),
        );
    }
    all.insert("facts".to_owned(), facts(parts));
    all.insert("evidence".to_owned(), evidence(parts));
    all.insert("credential".to_owned(), credential(parts));
    all.insert("post".to_owned(), post(plan));
    all.insert("suspension".to_owned(), suspension());
    all.insert("waiver".to_owned(), waiver(parts));
    for (id, scale) in (0..).map(milepost_engine::plan::ScaleId).zip(&parts.scales) {
        let mut levels = one_of(scale.levels.iter().map(|level| &level.entry));
        titled(&mut levels, scale.entry.title.as_deref(), None);
        all.insert(scale_name(parts, id), levels);
    }
    for (id, rubric) in (0..)
        .map(milepost_engine::plan::RubricId)
        .zip(&parts.rubrics)
    {
        let level = reference(&scale_name(parts, rubric.scale));
        let criteria: Map<_, _> = rubric
            .criteria
            .iter()
            .map(|criterion| {
                let mut rated = json!({ "anyOf": [level, { "type": "null" }] });
                titled(&mut rated, criterion.title.as_deref(), None);
                (criterion.name.clone(), rated)
            })
            .collect();
        let mut schema =
            json!({ "type": "object", "additionalProperties": false, "properties": criteria });
        titled(&mut schema, rubric.entry.title.as_deref(), None);
        all.insert(rubric_name(parts, id), schema);
    }
    for one in &parts.kinds {
        all.insert(kind_name(one), kind(parts, one));
    }
    all
}

fn facts(parts: &Parts) -> Value {
    json!({
        "description": "What is known of the candidate; what is left out is unknown.",
        "type": "object",
        "additionalProperties": false,
        "properties": fields(parts, &parts.facts),
    })
}

fn evidence(parts: &Parts) -> Value {
    let kinds: Vec<_> = parts
        .kinds
        .iter()
        .map(|kind| reference(&kind_name(kind)))
        .collect();
    if kinds.is_empty() {
        Value::Bool(false)
    } else {
        json!({ "description": "A piece of evidence, by its kind.", "oneOf": kinds })
    }
}

fn kind_name(kind: &Kind) -> String {
    format!("evidence.{}", kind.entry.name)
}

fn kind(parts: &Parts, kind: &Kind) -> Value {
    let mut properties = fields(parts, &kind.fields);
    let filed = if parts.competencies.is_empty() {
        Value::Bool(false)
    } else {
        competency(parts)
    };
    let built_in = [
        ("id", reference("id")),
        ("kind", json!({ "const": kind.entry.name })),
        ("date", reference("date")),
        (
            "for",
            json!({
                "description": "The competencies it is filed for.",
                "type": ["array", "null"],
                "items": filed,
                "uniqueItems": true,
            }),
        ),
    ];
    properties.extend(built_in.map(|(name, schema)| (name.to_owned(), schema)));
    properties.extend(decision());
    let mut schema = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "kind", "date"],
        "properties": properties,
    });
    titled(
        &mut schema,
        kind.entry.title.as_deref(),
        kind.doc.as_deref(),
    );
    schema
}

/// The name of a competency, present or former.
fn competency(parts: &Parts) -> Value {
    if former_names(parts).next().is_none() {
        return reference("competency");
    }
    json!({ "anyOf": [reference("competency"), reference("former_competency")] })
}

fn former_names(parts: &Parts) -> impl Iterator<Item = &String> {
    parts.competencies.iter().flat_map(|it| &it.formerly)
}

fn credential(parts: &Parts) -> Value {
    let mut properties: Map<_, _> = decision().into_iter().collect();
    properties.insert("id".to_owned(), reference("id"));
    properties.insert("competency".to_owned(), competency(parts));
    properties.insert("issued".to_owned(), reference("date"));
    json!({
        "description": "A credential already issued.",
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "competency", "issued"],
        "properties": properties,
    })
}

fn post(plan: &Plan) -> Value {
    let versions = || plan.versions().iter();
    let roles = versions().flat_map(|parts| &parts.roles);
    let mut roles: Vec<_> = roles
        .flat_map(|role| std::iter::once(&role.entry.name).chain(&role.formerly))
        .collect();
    if roles.is_empty() {
        return Value::Bool(false);
    }
    milepost_engine::order::sort(&mut roles);
    roles.dedup();
    let stages = versions().flat_map(|parts| &parts.stages);
    let mut stages: Vec<_> = stages.map(|stage| &stage.entry.name).collect();
    milepost_engine::order::sort(&mut stages);
    stages.dedup();
    let mut properties = json!({
        "id": reference("id"),
        "role": { "description": "The role.", "enum": roles },
        "from": reference("date"),
        "until": optional_date("The last day it is held."),
    });
    if let Value::Object(properties) = &mut properties
        && !stages.is_empty()
    {
        let stage = json!({ "description": "The stage of the role; the last one when left out.", "enum": stages });
        properties.insert("stage".to_owned(), stage);
    }
    json!({
        "description": "A post the candidate holds or held.",
        "type": "object",
        "additionalProperties": false,
        "required": ["role", "from"],
        "properties": properties,
    })
}

fn suspension() -> Value {
    json!({
        "description": "Days on which something accepted does not count.",
        "type": "object",
        "additionalProperties": false,
        "required": ["from"],
        "properties": {
            "from": reference("date"),
            "until": optional_date("The last day; while it is left out, it goes on."),
        },
    })
}

fn waiver(parts: &Parts) -> Value {
    let said = |description: &str| json!({ "description": description, "type": "string", "pattern": "\\S" });
    let waivable = parts.nodes.iter().filter(|it| !it.waivable.is_empty());
    let mut requirement = said("The address of the requirement it is for.");
    if let Value::Object(requirement) = &mut requirement {
        let addresses: Vec<_> = waivable.map(|it| it.address.as_str()).collect();
        if !addresses.is_empty() {
            requirement.insert("examples".to_owned(), json!(addresses));
        }
    }
    json!({
        "description": "That somebody let the candidate go without a requirement.",
        "type": "object",
        "additionalProperties": false,
        "required": ["requirement", "by", "as", "reason", "granted"],
        "properties": {
            "id": reference("id"),
            "requirement": requirement,
            "by": said("Who granted it."),
            "as": said("The authority as which they granted it."),
            "reason": said("Why."),
            "granted": reference("date"),
            "expires": optional_date("The last day it holds."),
        },
    })
}

/// What evidence and credentials have in common.
fn decision() -> [(String, Value); 5] {
    [
        ("status", reference("status")),
        ("expires", optional_date("The last day it counts.")),
        ("submitted", optional_date("The day it was submitted.")),
        ("decided", optional_date("The day its status was decided.")),
        (
            "suspended",
            json!({
                "description": "When it was suspended.",
                "type": ["array", "null"],
                "items": reference("suspension"),
            }),
        ),
    ]
    .map(|(name, schema)| (name.to_owned(), schema))
}

fn optional_date(description: &str) -> Value {
    json!({ "description": description, "anyOf": [reference("date"), { "type": "null" }] })
}

fn titled(schema: &mut Value, title: Option<&str>, doc: Option<&str>) {
    if let Value::Object(schema) = schema {
        schema.extend(title.map(|title| ("title".to_owned(), json!(title))));
        schema.extend(doc.map(|doc| ("description".to_owned(), json!(doc))));
    }
}
