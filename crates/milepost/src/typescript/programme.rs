//! The types of one programme. In: the programme. Out: a module of TypeScript with the type of its records and the type
//! of its outcomes, in which every name of the programme is written out.

use std::collections::{BTreeMap, BTreeSet};

use milepost_engine::plan::{Entry, Parts, Plan};
use serde_json::Value;

use super::names::{Taken, comment, literal, type_name};
use super::read::{Reader, Schemas};
use super::{Declaration, Member, NoType, Type, print};
use crate::{Pathway, schema};

const HEAD: &str = "\
// Written by `milepost types`; it is written anew when the programme changes, and never by hand.

import type { Competency, Governing, Node, Outcome, Role, Stage } from \"milepost\";

";

/// The names of types that every such module has or imports.
const TAKEN: [&str; 19] = [
    "Address",
    "Competency",
    "CompetencyName",
    "Day",
    "Evidence",
    "Facts",
    "FormerCompetencyName",
    "Governing",
    "Id",
    "Node",
    "Outcome",
    "RecordCredential",
    "RecordPost",
    "RecordStatus",
    "RecordSuspension",
    "RecordWaiver",
    "Role",
    "RoleName",
    "Stage",
];

/// The keys that need not be there and that every record has, in the order of the guide.
const KEYS: [&str; 14] = [
    "enrolled",
    "facts",
    "evidence",
    "credentials",
    "posts",
    "waivers",
    "status",
    "for",
    "expires",
    "submitted",
    "decided",
    "suspended",
    "stage",
    "until",
];

/// TypeScript of a programme: the types of its records and of its outcomes, and one that names both, for `load`.
///
/// ```
/// # let text = r#"
/// #     pathway coaching "Coaching" { version "2026.1" }
/// #     evidence session "Coaching session" { hours : number "Hours" }
/// #     role coach "Coach" { eligible when at least 10 total hours of session }
/// # "#;
/// # let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
/// # let compiled = milepost::compile(&sources, "main.pathway");
/// let types = milepost::typescript::programme(compiled.plan()?)?;
/// assert!(types.contains("export interface Coaching {"));
/// assert!(types.contains("hours?: number | null;"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// The schema of its records says something that no type is written for; no programme gives this.
pub fn programme(pathway: &Pathway) -> Result<String, NoType> {
    let parts = pathway.plan().parts();
    let mut taken: Taken = TAKEN.iter().map(|&name| (name.to_owned(), 1)).collect();
    let names = Names::new(parts, &mut taken);
    let mut out = HEAD.to_owned();
    out.push_str(&names.root(parts));
    for declaration in records(pathway.plan(), &names, &mut taken)? {
        out.push('\n');
        out.push_str(&print::declaration(&declaration));
    }
    for declaration in addresses(pathway) {
        out.push('\n');
        out.push_str(&print::declaration(&declaration));
    }
    out.push_str(&names.outcome(pathway));
    Ok(out)
}

/// The types that are named after the programme.
struct Names {
    both: String,
    record: String,
    outcome: String,
    role: String,
    competency: String,
    node: String,
}

impl Names {
    fn new(parts: &Parts, taken: &mut Taken) -> Self {
        let mut name = |last: &str| type_name(&[&parts.programme.name, last], taken);
        Self {
            both: name(""),
            record: name("record"),
            outcome: name("outcome"),
            role: name("role"),
            competency: name("competency"),
            node: name("node"),
        }
    }

    /// The type that names both.
    fn root(&self, parts: &Parts) -> String {
        let Self {
            both,
            record,
            outcome,
            ..
        } = self;
        let programme = &parts.programme;
        let said: Vec<_> = [&programme.title, &programme.doc]
            .into_iter()
            .flatten()
            .cloned()
            .collect();
        let said = comment(&said, "");
        format!(
            "{said}export interface {both} {{\n  record: {record};\n  outcome: {outcome};\n}}\n"
        )
    }

    /// The types of the outcome.
    fn outcome(&self, pathway: &Pathway) -> String {
        let parts = pathway.plan().parts();
        let former = parts.competencies.iter().any(|it| !it.formerly.is_empty());
        // An earlier version calls a competency as it was called then.
        let called = if former && !pathway.plan().older().is_empty() {
            "CompetencyName | FormerCompetencyName"
        } else {
            "CompetencyName"
        };
        let Self {
            outcome,
            role,
            competency,
            node,
            ..
        } = self;
        let name = literal(&parts.programme.name);
        format!(
            "
/** What an evaluation found. */
export interface {outcome} extends Outcome {{
  programme: Governing & {{ name: {name} }};
  roles: readonly {role}[];
  competencies: readonly {competency}[];
}}

/** What became of a role. */
export interface {role} extends Role {{
  name: RoleName;
  requirement: {node};
  preferred: readonly {node}[];
  stages: readonly (Stage & {{ requirement: {node} | null }})[];
}}

/** What became of a competency. */
export interface {competency} extends Competency {{
  name: {called};
  requirement: {node} | null;
}}

/** What became of one requirement. */
export interface {node} extends Node {{
  address: Address;
  refers_to: RoleName | {called} | null;
  children: readonly {node}[];
}}
"
        )
    }
}

/// The type of the records, then those that it is made of.
fn records(plan: &Plan, names: &Names, taken: &mut Taken) -> Result<Vec<Declaration>, NoType> {
    let schema = schema::record(plan);
    let mut types = BTreeMap::new();
    let mut schemas = Schemas::new();
    schemas.insert(names.record.clone(), (String::new(), &schema));
    if let Some(Value::Object(definitions)) = schema.get("$defs") {
        for (definition, schema) in definitions {
            let name = definition_name(definition, taken);
            schemas.insert(name.clone(), (format!("/$defs/{definition}"), schema));
            types.insert(definition.as_str(), name);
        }
    }
    let places = places(plan.parts());
    let reader = Reader {
        name: &|definition| types.get(definition).cloned().unwrap_or_default(),
        place: &|key| places.get(key).copied().unwrap_or(0),
    };
    reader.declarations(&[&names.record, "CompetencyName"], &schemas)
}

/// The name of a definition's type.
fn definition_name(definition: &str, taken: &mut Taken) -> String {
    let fixed = match definition {
        "id" => "Id",
        "date" => "Day",
        "status" => "RecordStatus",
        "competency" => "CompetencyName",
        "former_competency" => "FormerCompetencyName",
        "credential" => "RecordCredential",
        "post" => "RecordPost",
        "suspension" => "RecordSuspension",
        "waiver" => "RecordWaiver",
        "facts" => "Facts",
        "evidence" => "Evidence",
        other => {
            let (what, name) = other.split_once('.').unwrap_or(("", other));
            let last = if what == "scale" { "level" } else { what };
            return type_name(&[name, last], taken);
        }
    };
    fixed.to_owned()
}

/// What every record has, then facts, fields and criteria in the order they are declared.
fn places(parts: &Parts) -> BTreeMap<&str, usize> {
    let fields = parts.kinds.iter().flat_map(|kind| &kind.fields);
    let fields = parts.facts.iter().chain(fields).map(|field| &field.entry);
    let criteria = parts.rubrics.iter().flat_map(|rubric| &rubric.criteria);
    let declared = fields.chain(criteria).map(|entry| entry.name.as_str());
    let mut places = BTreeMap::new();
    for name in KEYS.into_iter().chain(declared) {
        let next = places.len();
        places.entry(name).or_insert(next);
    }
    places
}

/// The names of roles, and the addresses of requirements, of all versions.
fn addresses(pathway: &Pathway) -> [Declaration; 2] {
    let versions = || pathway.versions().map(|version| version.plan().parts());
    let mut seen = BTreeSet::new();
    let roles = versions().flat_map(|parts| &parts.roles);
    let roles = roles.filter(|role| seen.insert(&role.entry.name));
    let roles: Vec<_> = roles.map(|role| member(&role.entry)).collect();
    let nodes = versions().flat_map(|parts| &parts.nodes);
    let addresses: BTreeSet<_> = nodes.map(|node| &node.address).collect();
    let addresses = addresses.into_iter().map(|address| Member {
        doc: Vec::new(),
        ty: Type::Text(address.clone()),
    });
    [
        one_of("RoleName", "The name of a role.", roles),
        one_of(
            "Address",
            "The address of a requirement.",
            addresses.collect(),
        ),
    ]
}

fn member(entry: &Entry) -> Member {
    Member {
        doc: entry.title.iter().cloned().collect(),
        ty: Type::Text(entry.name.clone()),
    }
}

fn one_of(name: &str, doc: &str, members: Vec<Member>) -> Declaration {
    Declaration {
        name: name.to_owned(),
        doc: vec![doc.to_owned()],
        ty: if members.is_empty() {
            Type::Word("never")
        } else {
            Type::Union(members)
        },
    }
}
