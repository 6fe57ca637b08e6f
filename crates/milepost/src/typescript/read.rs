//! Schemas as types. In: a JSON Schema of the kind that `schema` makes. Out: types, or which of its words has none.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Declaration, Member, NoType, Property, Type};

/// Schemas by the names of their types, each with the pointer to it.
pub(super) type Schemas<'a> = BTreeMap<String, (String, &'a Value)>;

/// What says nothing about a type, or says more than a type can.
const SILENT: [&str; 12] = [
    "$schema",
    "$defs",
    "title",
    "description",
    "examples",
    "format",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "pattern",
    "maxItems",
];

/// What a type is read with.
pub(super) struct Reader<'a> {
    /// The name of the type of a definition.
    pub(super) name: &'a dyn Fn(&str) -> String,
    /// The place of a key among those that need not be there.
    pub(super) place: &'a dyn Fn(&str) -> usize,
}

impl Reader<'_> {
    /// The types of these names, each before those it is made of, and no others.
    pub(super) fn declarations(
        &self,
        roots: &[&str],
        schemas: &Schemas,
    ) -> Result<Vec<Declaration>, NoType> {
        let mut all = Vec::new();
        let mut seen = BTreeSet::new();
        let mut open: Vec<_> = roots.iter().rev().map(|&root| root.to_owned()).collect();
        while let Some(name) = open.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            let Some((pointer, schema)) = schemas.get(&name) else {
                return Err(NoType {
                    pointer: String::new(),
                    what: format!("the missing definition of `{name}`"),
                });
            };
            let ty = self.read(schema, pointer)?;
            let mut found = Vec::new();
            names(&ty, &mut found);
            open.extend(found.into_iter().rev());
            let doc = doc(schema);
            all.push(Declaration { name, doc, ty });
        }
        Ok(all)
    }

    /// The type of a schema; nests as deep as the schema, whose references are not entered.
    pub(super) fn read(&self, schema: &Value, pointer: &str) -> Result<Type, NoType> {
        let refused = |what: String| NoType {
            pointer: pointer.to_owned(),
            what,
        };
        let schema = match schema {
            Value::Object(schema) => schema,
            Value::Bool(false) => return Ok(Type::Word("never")),
            other => return Err(refused(format!("the schema {other}"))),
        };
        let mut said = Vec::new();
        for (key, value) in schema {
            let below = format!("{pointer}/{key}");
            match (key.as_str(), value) {
                ("$ref", Value::String(target)) => {
                    let Some(definition) = target.strip_prefix("#/$defs/") else {
                        return Err(refused(format!("the reference `{target}`")));
                    };
                    said.push(Type::Name((self.name)(definition)));
                }
                ("const", Value::String(text)) => said.push(Type::Text(text.clone())),
                ("enum" | "anyOf" | "oneOf", Value::Array(all)) => {
                    said.push(self.union(key, all, &below)?);
                }
                ("type", Value::String(word)) => {
                    if !schema.contains_key("const") {
                        said.push(self.word(word, schema, pointer)?);
                    }
                }
                ("type", Value::Array(words)) => {
                    let mut members = Vec::new();
                    for word in words.iter().filter_map(Value::as_str) {
                        members.push(Member {
                            doc: Vec::new(),
                            ty: self.word(word, schema, pointer)?,
                        });
                    }
                    said.push(Type::Union(members));
                }
                ("properties" | "required" | "items", _)
                | ("additionalProperties", Value::Bool(false))
                | ("uniqueItems", Value::Bool(true)) => {}
                (silent, _) if SILENT.contains(&silent) => {}
                _ => return Err(refused(format!("`{key}`"))),
            }
        }
        match (said.pop(), said.is_empty()) {
            (Some(one), true) => Ok(one),
            (Some(_), false) => Err(refused("more than one type in one place".to_owned())),
            (None, _) => Err(refused("a schema without a type".to_owned())),
        }
    }

    /// One of several; unions within are laid open.
    fn union(&self, key: &str, all: &[Value], pointer: &str) -> Result<Type, NoType> {
        let mut members = Vec::new();
        for (place, one) in all.iter().enumerate() {
            let ty = match (key, one) {
                ("enum", Value::String(text)) => Type::Text(text.clone()),
                _ => self.read(one, &format!("{pointer}/{place}"))?,
            };
            match ty {
                Type::Union(inner) => members.extend(inner),
                ty => members.push(Member { doc: doc(one), ty }),
            }
        }
        Ok(Type::Union(members))
    }

    fn word(&self, word: &str, schema: &Map<String, Value>, pointer: &str) -> Result<Type, NoType> {
        Ok(match word {
            "string" => Type::Word("string"),
            "number" | "integer" => Type::Word("number"),
            "boolean" => Type::Word("boolean"),
            "null" => Type::Word("null"),
            "array" => {
                let items = schema.get("items").unwrap_or(&Value::Null);
                Type::List(Box::new(self.read(items, &format!("{pointer}/items"))?))
            }
            "object" => Type::Object(self.properties(schema, pointer)?),
            other => {
                return Err(NoType {
                    pointer: pointer.to_owned(),
                    what: format!("the type `{other}`"),
                });
            }
        })
    }

    /// The keys of an object: those that must be there in their order, then the others in theirs.
    fn properties(
        &self,
        schema: &Map<String, Value>,
        pointer: &str,
    ) -> Result<Vec<Property>, NoType> {
        let Some(Value::Object(all)) = schema.get("properties") else {
            return Err(NoType {
                pointer: pointer.to_owned(),
                what: "an object without keys of its own".to_owned(),
            });
        };
        let required: Vec<_> = match schema.get("required") {
            Some(Value::Array(required)) => required.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let mut properties = Vec::with_capacity(all.len());
        for (key, value) in all {
            let place = required.iter().position(|it| it == key);
            let property = Property {
                key: key.clone(),
                optional: place.is_none(),
                doc: doc(value),
                ty: self.read(value, &format!("{pointer}/properties/{key}"))?,
            };
            properties.push((place.unwrap_or(usize::MAX), (self.place)(key), property));
        }
        properties.sort_by_key(|(required, other, _)| (*required, *other));
        Ok(properties.into_iter().map(|(_, _, it)| it).collect())
    }
}

/// What a schema says for people: its title, then its description.
fn doc(schema: &Value) -> Vec<String> {
    ["title", "description"]
        .iter()
        .filter_map(|key| schema.get(key)?.as_str())
        .map(str::to_owned)
        .collect()
}

/// The names that a type is made of, in its order.
fn names(ty: &Type, found: &mut Vec<String>) {
    match ty {
        Type::Name(name) => found.push(name.clone()),
        Type::List(item) => names(item, found),
        Type::Object(properties) => properties.iter().for_each(|it| names(&it.ty, found)),
        Type::Union(members) => members.iter().for_each(|it| names(&it.ty, found)),
        Type::Word(_) | Type::Text(_) => {}
    }
}
