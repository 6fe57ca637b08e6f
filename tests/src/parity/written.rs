//! A generated record as JSON. In: an [`Input`] and the model it was made for. Out: the record as another system would
//! write it.

use milepost_compiler::model::{Field, Model, Type};
use milepost_engine::plan::Constant;
use milepost_engine::record::Input;
use milepost_engine::{Date, Status};
use serde_json::{Map, Number, Value, json};

/// The record as JSON.
#[must_use]
pub fn record(model: &Model, input: &Input) -> Value {
    let facts: Map<String, Value> = input
        .facts
        .iter()
        .filter_map(|(id, constant)| {
            let fact = model.fact(*id)?;
            Some((fact.named.name.clone(), field(model, fact, constant)))
        })
        .collect();
    let evidence: Vec<Value> = input
        .evidence
        .iter()
        .map(|evidence| {
            let kind = model.kind(evidence.kind);
            let mut entry = json!({
                "id": evidence.id,
                "kind": kind.map_or("", |kind| &kind.named.name),
                "date": evidence.date.to_string(),
                "status": status(evidence.status),
                "for": evidence.competencies.iter().map(|id| competency(model, id.0)).collect::<Vec<_>>(),
            });
            let fields = kind.map_or(&[][..], |kind| &kind.fields);
            for (of, constant) in fields.iter().zip(&evidence.fields) {
                if let Some(constant) = constant {
                    put(&mut entry, &of.named.name, field(model, of, constant));
                }
            }
            dates(
                &mut entry,
                [evidence.expires, evidence.submitted, evidence.decided],
            );
            entry
        })
        .collect();
    let credentials: Vec<Value> = input
        .credentials
        .iter()
        .map(|credential| {
            let mut entry = json!({
                "id": credential.id,
                "competency": competency(model, credential.competency.0),
                "issued": credential.issued.to_string(),
                "status": status(credential.status),
            });
            dates(
                &mut entry,
                [credential.expires, credential.submitted, credential.decided],
            );
            entry
        })
        .collect();
    let mut record = json!({
        "id": input.id, "facts": facts, "evidence": evidence, "credentials": credentials,
    });
    if let Some(enrolled) = input.enrolled {
        put(&mut record, "enrolled", enrolled.to_string().into());
    }
    record
}

fn put(entry: &mut Value, key: &str, value: Value) {
    if let Some(object) = entry.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}

/// `expires`, `submitted` and `decided`.
fn dates(entry: &mut Value, all: [Option<Date>; 3]) {
    for (key, date) in ["expires", "submitted", "decided"].into_iter().zip(all) {
        if let Some(date) = date {
            put(entry, key, date.to_string().into());
        }
    }
}

fn competency(model: &Model, place: u32) -> &str {
    let place = usize::try_from(place).unwrap_or(usize::MAX);
    let competency = model.competencies.get(place);
    competency.map_or("", |competency| &competency.named.name)
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Accepted => "accepted",
        Status::UnderReview => "under_review",
        Status::Draft => "draft",
        Status::Returned => "returned",
        Status::Suspended => "suspended",
        Status::Revoked => "revoked",
    }
}

fn field(model: &Model, field: &Field, constant: &Constant) -> Value {
    value(model, &field.ty, constant)
}

fn value(model: &Model, ty: &Type, constant: &Constant) -> Value {
    match (constant, ty) {
        (Constant::Number(number), _) => {
            let number = number.to_string().parse::<Number>();
            number.map_or(Value::Null, Value::Number)
        }
        (Constant::YesNo(yes), _) => (*yes).into(),
        (Constant::Date(date), _) => date.to_string().into(),
        (Constant::Text(text), _) => text.clone().into(),
        (Constant::Ordinal(ordinal), Type::Level(scale)) => {
            let levels = model.scale(*scale).map(|scale| &scale.levels);
            let level = levels.and_then(|levels| levels.get(usize::from(*ordinal)));
            level.map_or(Value::Null, |(named, _)| named.name.clone().into())
        }
        (Constant::Ordinal(ordinal), Type::Choice(choices)) => {
            let choices = model.choices.get(choices.0 as usize);
            let choice = choices.and_then(|choices| choices.get(usize::from(*ordinal)));
            choice.map_or(Value::Null, |named| named.name.clone().into())
        }
        (Constant::Rubric(ratings), Type::Rubric(rubric)) => {
            let Some(rubric) = model.rubric(*rubric) else {
                return Value::Null;
            };
            let rated = rubric.criteria.iter().zip(ratings);
            rated
                .filter_map(|(criterion, rating)| {
                    let level = Constant::Ordinal((*rating)?);
                    let ty = Type::Level(rubric.scale?);
                    Some((criterion.name.clone(), value(model, &ty, &level)))
                })
                .collect::<Map<_, _>>()
                .into()
        }
        (Constant::List(items), Type::List(item)) => items
            .iter()
            .map(|constant| value(model, item, constant))
            .collect(),
        (constant, ty) => panic!("{constant:?} is no {ty:?}"),
    }
}
