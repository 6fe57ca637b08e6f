//! The schema of one value: a type of the plan in, the values it takes in JSON out.

use milepost_engine::Decimal;
use milepost_engine::plan::{Entry, Field, Parts, RubricId, ScaleId, Type};
use serde_json::{Map, Value, json};

/// The most characters of a text: its 64 KiB hold as many, whatever they are.
const CHARACTERS: u32 = 16 * 1024;

/// A reference to a definition.
pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// A text.
pub(super) fn text() -> Value {
    json!({ "type": "string", "maxLength": CHARACTERS })
}

/// The name of a scale's definition.
pub(super) fn scale_name(parts: &Parts, id: ScaleId) -> String {
    parts
        .scales
        .get(id.index())
        .map_or_else(String::new, |scale| format!("scale.{}", scale.entry.name))
}

/// The name of a rubric's definition.
pub(super) fn rubric_name(parts: &Parts, id: RubricId) -> String {
    parts
        .rubrics
        .get(id.index())
        .map_or_else(String::new, |rubric| {
            format!("rubric.{}", rubric.entry.name)
        })
}

/// One of these names, with their titles.
pub(super) fn one_of<'a>(entries: impl Iterator<Item = &'a Entry>) -> Value {
    let names: Vec<_> = entries
        .map(|entry| {
            let mut name = Map::from_iter([("const".to_owned(), json!(entry.name))]);
            if let Some(title) = &entry.title {
                name.insert("title".to_owned(), json!(title));
            }
            Value::Object(name)
        })
        .collect();
    if names.is_empty() {
        Value::Bool(false)
    } else {
        json!({ "oneOf": names })
    }
}

/// Values of a type.
pub(super) fn values(parts: &Parts, ty: &Type) -> Value {
    match ty {
        Type::Number(least, most) => number("number", *least, *most),
        Type::Whole(least, most) => number("integer", *least, *most),
        Type::YesNo => json!({ "type": "boolean" }),
        Type::Date => reference("date"),
        Type::Text => text(),
        Type::Level(scale) => reference(&scale_name(parts, *scale)),
        Type::Choice(choices) => one_of(choices.iter()),
        Type::Rubric(rubric) => reference(&rubric_name(parts, *rubric)),
        Type::List(item) => json!({ "type": "array", "items": values(parts, item) }),
    }
}

/// A fact or a field: a value, or `null` for one that is not known.
pub(super) fn field(parts: &Parts, field: &Field) -> Value {
    let mut schema = Map::new();
    if let Some(title) = &field.entry.title {
        schema.insert("title".to_owned(), json!(title));
    }
    if let Some(doc) = &field.doc {
        schema.insert("description".to_owned(), json!(doc));
    }
    schema.insert(
        "anyOf".to_owned(),
        json!([values(parts, &field.ty), { "type": "null" }]),
    );
    Value::Object(schema)
}

/// Facts or fields by name: those that records give.
pub(super) fn fields(parts: &Parts, all: &[Field]) -> Map<String, Value> {
    all.iter()
        .filter(|one| one.from_score.is_none())
        .map(|one| (one.entry.name.clone(), field(parts, one)))
        .collect()
}

fn number(ty: &str, least: Decimal, most: Decimal) -> Value {
    json!({ "type": ty, "minimum": bound(least), "maximum": bound(most) })
}

/// A decimal as it is written; fifteen digits are within what JSON numbers hold exactly.
fn bound(number: Decimal) -> Value {
    serde_json::from_str(&number.to_string()).unwrap_or(Value::Null)
}
