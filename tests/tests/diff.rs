//! What a comparison of two programmes says, against records. In: every programme of `pathways/`, and one in which each role asks for
//! one form, with small changes made by chance, and records near what they ask for; `MILEPOST_DIFF_CASES` and `MILEPOST_ORACLE_SEED`. Out: the first record that contradicts.

#![expect(
    clippy::expect_used,
    reason = "a suite fails by panicking, also outside the test functions themselves"
)]

use std::collections::{BTreeMap, BTreeSet};

use milepost::diff::{Side, compare};
use milepost::wire::{Change, Diff, DiffSubject, Next, Status};
use milepost::{Compiled, Date, Pathway, Plan};
use milepost_tests::generator::Random;
use milepost_tests::{changed, examples};
use serde_json::{Value, json};

/// Changes of each programme in the default run.
const CASES: u64 = 5;
/// Records tried on each.
const RECORDS: usize = 24;
/// The programme in which each role asks for one form, and how much more often and on how many records it is changed.
const ROLES: &str = "roles.pathway";
const ROLES_CASES: u64 = 25;
const ROLES_RECORDS: usize = 100;

fn read(path: &str) -> Result<Vec<u8>, String> {
    match path {
        ROLES => Ok(include_bytes!("../diff/roles.pathway").to_vec()),
        path => examples::read(path),
    }
}

fn number(variable: &str, otherwise: u64) -> u64 {
    let said = std::env::var(variable).ok();
    said.map_or(otherwise, |said| said.parse().expect("a number"))
}

/// A programme whose file of that name says something else.
fn compiled(main: &str, path: &str, text: &str) -> Compiled {
    let read = |asked: &str| match asked == path {
        true => Ok(text.as_bytes().to_vec()),
        false => read(asked),
    };
    milepost::compile(&read, main)
}

/// Records to begin with: those beside the programme, and one for each role that meets it.
fn beginnings(main: &str, pathway: &Pathway, day: Date) -> Vec<Value> {
    let kept = examples::records(main);
    let mut all: Vec<Value> = kept
        .map(|(_, json)| serde_json::from_slice(json).expect("JSON"))
        .collect();
    all.push(json!({ "id": "x" }));
    let nobody = pathway
        .decode_record(br#"{ "id": "x" }"#)
        .expect("a record");
    let next = Next::read(&pathway.next(&nobody, day)).expect("it is read");
    for proposal in next.roles.iter().flat_map(|role| &role.proposals) {
        let changes: Vec<Value> = serde_json::from_str(&proposal.changes).expect("JSON");
        let (mut facts, mut evidence) = (serde_json::Map::new(), Vec::new());
        for change in &changes {
            if let Some(entry) = change.get("add") {
                evidence.push(entry.clone());
            } else if let Some(Value::String(fact)) = change.get("fact") {
                facts.insert(fact.clone(), change["value"].clone());
            }
        }
        all.push(json!({ "id": "x", "facts": facts, "evidence": evidence }));
    }
    let parts = pathway.plan().parts();
    let endowed = all.iter().map(|it| changed::endowed(it, parts, day));
    let endowed: Vec<Value> = endowed.collect();
    all.extend(endowed);
    all
}

/// The record without what the programme has no name for.
fn known_to(pathway: &Pathway, record: &str) -> String {
    let parts = pathway.plan().parts();
    let mut record: Value = serde_json::from_str(record).expect("JSON");
    let competency = |name: &Value| {
        let mut all = parts.competencies.iter();
        all.any(|it| it.entry.name == *name || it.formerly.iter().any(|it| it == name))
    };
    let sections = record.as_object_mut().expect("an object");
    let mut each = |section: &str, keep: &dyn Fn(&mut Value) -> bool| {
        if let Some(Value::Array(all)) = sections.get_mut(section) {
            all.retain_mut(|it| keep(it));
        }
    };
    each("evidence", &|entry| {
        let kind = parts.kinds.iter().find(|it| it.entry.name == entry["kind"]);
        if let Some(Value::Array(filed)) = entry.get_mut("for") {
            filed.retain(&competency);
        }
        let own = ["id", "kind", "date", "status", "for", "expires"];
        let field =
            |key: &str| kind.is_some_and(|it| it.fields.iter().any(|it| it.entry.name == key));
        let keys = entry.as_object_mut().expect("an object");
        keys.retain(|key, _| own.contains(&&**key) || field(key));
        kind.is_some()
    });
    each("credentials", &|it| competency(&it["competency"]));
    each("posts", &|it| {
        let mut roles = parts.roles.iter().zip(0..);
        let role = roles.find(|(role, _)| {
            role.entry.name == it["role"] || role.formerly.iter().any(|name| *name == it["role"])
        });
        role.is_some_and(|(_, id)| {
            it.get("stage").is_none_or(|stage| {
                let mut stages = parts.stages.iter();
                stages.any(|it| it.role.0 == id && it.entry.name == *stage)
            })
        })
    });
    if let Some(Value::Object(facts)) = sections.get_mut("facts") {
        facts.retain(|name, _| parts.facts.iter().any(|it| it.entry.name == *name));
    }
    record.to_string()
}

type Found = BTreeMap<(&'static str, String), Status>;

/// How everything stands that a comparison is about.
fn found(pathway: &Pathway, json: &[u8], day: Date) -> Option<Found> {
    let record = pathway.decode_record(json).ok()?;
    let outcome = pathway.evaluate(&record, day).report();
    let mut found = Found::new();
    for role in outcome.roles {
        for stage in role.stages {
            let name = format!("{}.{}", role.name, stage.name);
            found.insert(("stage", name), stage.status);
        }
        found.insert(("role", role.name), role.status);
    }
    for it in outcome.competencies {
        found.insert(("competency", it.name), it.status);
    }
    Some(found)
}

/// Everything compared, as both programmes call it.
fn subjects(diff: &Diff) -> Vec<(&'static str, String, String, &DiffSubject)> {
    let was = |it: &DiffSubject| it.was.clone().unwrap_or_else(|| it.name.clone());
    let mut all = Vec::new();
    for role in &diff.roles {
        for stage in &role.stages {
            let name = |role: &str, stage: &str| format!("{role}.{stage}");
            let before = name(&was(role), &was(stage));
            all.push(("stage", before, name(&role.name, &stage.name), stage));
        }
        all.push(("role", was(role), role.name.clone(), role));
    }
    for it in &diff.competencies {
        all.push(("competency", was(it), it.name.clone(), it));
    }
    all
}

/// What a record says against a comparison.
fn contradiction(diff: &Diff, before: &Found, after: &Found) -> Option<String> {
    subjects(diff).into_iter().find_map(|(what, was, is, it)| {
        if matches!(it.change, Change::Added | Change::Removed) {
            return None;
        }
        let (was, is) = (before.get(&(what, was))?, after.get(&(what, is))?);
        let gains = *was != Status::Met && *is == Status::Met;
        let loses = *was == Status::Met && *is != Status::Met;
        let wrong = match it.change {
            Change::Unchanged => gains || loses,
            Change::Stricter => gains,
            Change::Looser => loses,
            _ => false,
        };
        let (name, change) = (&it.name, it.change.as_str());
        wrong.then(|| format!("{what} {name} is said to be {change}: {was:?}, then {is:?}"))
    })
}

/// Has both programmes, each by itself, evaluate the candidates that a comparison made up; says how many there were, and how many
/// searches.
fn disagreed(diff: &Diff, (old, new): (&Pathway, &Pathway), day: Date) -> (u64, u64) {
    let alone = |it: &Pathway| Pathway::new(Plan::new(it.plan().parts().clone()).expect("a plan"));
    let (old, new) = (alone(old), alone(new));
    let (mut candidates, mut searches) = (0, 0);
    for (what, was, is, it) in subjects(diff) {
        for (search, before, after) in [(&it.gains, false, true), (&it.loses, true, false)] {
            searches += u64::from(search.is_some());
            let record = search.as_ref().and_then(|it| it.record.as_ref());
            let Some(record) = record else { continue };
            let stands = |pathway: &Pathway, name: &String| {
                let known = known_to(pathway, record);
                let found = found(pathway, known.as_bytes(), day).expect("a record");
                found.get(&(what, name.clone())) == Some(&Status::Met)
            };
            let stood = (stands(&old, &was), stands(&new, &is));
            assert_eq!(stood, (before, after), "{what} {}: {record}", it.name);
            candidates += 1;
        }
    }
    (candidates, searches)
}

#[test]
fn no_record_contradicts_a_comparison() {
    let seed = number("MILEPOST_ORACLE_SEED", 1);
    let cases = number("MILEPOST_DIFF_CASES", CASES);
    let mut told: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut differed, mut candidates, mut searches) = (0, 0, 0);
    for main in examples::programmes().chain([ROLES]) {
        let (cases, records) = match main {
            ROLES => (cases * ROLES_CASES, ROLES_RECORDS),
            _ => (cases, RECORDS),
        };
        let text = String::from_utf8(read(main).expect("there")).expect("UTF-8");
        let old = compiled(main, main, &text);
        let pathway = old.plan().expect("it compiles");
        let effective = pathway.plan().parts().programme.effective;
        let day = effective.map_or("2026-11-22".parse().expect("a date"), |(from, until)| {
            until.unwrap_or_else(|| Date::from_days(from.days() + 400).expect("a date"))
        });
        let beginnings = beginnings(main, pathway, day);
        let own: BTreeSet<String> = old
            .sources()
            .iter()
            .map(|(_, it)| it.name().to_owned())
            .collect();
        let own: Vec<String> = own.into_iter().collect();
        // Of the programme that was made for it, each clause is left out once.
        let mut planned = match main {
            ROLES => changed::without_a_clause(&text),
            _ => Vec::new(),
        };
        planned.reverse();
        let planned_cases = u64::try_from(planned.len()).expect("few");
        for case in 0..cases + planned_cases {
            let mut random = Random::new(seed.wrapping_add(case).wrapping_mul(0x5851_F42D));
            // Most small changes of a text make no programme.
            let planned = planned.pop();
            let tries = if planned.is_some() { 1 } else { 20 };
            let changed = (0..tries).find_map(|_| {
                let path = random.choose(&own);
                let before = String::from_utf8(read(&path).ok()?).ok()?;
                let after = match &planned {
                    Some(after) => after.clone(),
                    None => changed::programme(&mut random, &before),
                };
                let header = |text: &str| {
                    let lines = text.lines().filter(|line| {
                        ["effective", "replaces", "enrolled before"]
                            .iter()
                            .any(|it| line.contains(it))
                    });
                    lines.map(str::to_owned).collect::<Vec<_>>()
                };
                if header(&before) != header(&after) {
                    return None;
                }
                let new = compiled(main, &path, &after);
                let changed = new
                    .plan()
                    .is_ok_and(|it| it.plan().parts() != pathway.plan().parts());
                changed.then_some((path, after, new))
            });
            let Some((path, after, new)) = changed else {
                continue;
            };
            let changed = new.plan().expect("it compiles");
            let diff = compare(
                Side::written(&old).expect("it compiles"),
                Side::written(&new).expect("it compiles"),
                // A search is long, so that one of the changes has to do.
                (case % ROLES_CASES == 0).then_some(day),
            );
            let back = compare(
                Side::written(&new).expect("it compiles"),
                Side::written(&old).expect("it compiles"),
                None,
            );
            let made_up = disagreed(&diff, (pathway, changed), day);
            candidates += made_up.0;
            searches += made_up.1;
            for (.., it) in subjects(&diff) {
                *told.entry(it.change.as_str()).or_default() += 1;
            }
            let near = changed::Near::new(&after, pathway.plan().parts());
            let mut begin = beginnings.clone();
            begin.extend(self::beginnings(main, changed, day));
            for place in 0..begin.len() + records {
                let record = match begin.get(place) {
                    Some(record) => record.clone(),
                    None if main == ROLES && place % 2 == 0 => {
                        changed::crowd(&mut random, pathway.plan().parts(), day, &near)
                    }
                    None => {
                        let record = random.choose(&begin);
                        changed::record(&mut random, &record, &near)
                    }
                };
                let json = record.to_string();
                let (was, is) = (
                    found(pathway, json.as_bytes(), day),
                    found(changed, json.as_bytes(), day),
                );
                let (Some(was), Some(is)) = (was, is) else {
                    continue;
                };
                differed += u64::from(was != is);
                let why = contradiction(&diff, &was, &is);
                if let Some(why) = why.or_else(|| contradiction(&back, &is, &was)) {
                    panic!(
                        "{main}, changed in {path} (case {case}), on {day}:\n{why}\n{json}\n{after}"
                    );
                }
            }
        }
    }
    // The suite says nothing unless changes of every sort were made, and records told some of them apart.
    for change in ["unchanged", "stricter", "looser", "both"] {
        assert!(
            told.get(change).is_some_and(|times| *times >= cases),
            "{told:?}"
        );
    }
    println!("{told:?}; {differed} records differed; {searches} searches, {candidates} candidates");
    assert!(candidates >= 10, "{candidates} candidates");
    assert!(differed > cases * 10, "{differed} records differed");
}
