//! What a comparison of two programmes says, against records. In: every programme of `pathways/` with small changes made by chance,
//! and records near what it asks for; `MILEPOST_DIFF_CASES` and `MILEPOST_ORACLE_SEED`. Out: the first record that contradicts.

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

fn number(variable: &str, otherwise: u64) -> u64 {
    let said = std::env::var(variable).ok();
    said.map_or(otherwise, |said| said.parse().expect("a number"))
}

/// A programme whose file of that name says something else.
fn compiled(main: &str, path: &str, text: &str) -> Compiled {
    let read = |asked: &str| match asked == path {
        true => Ok(text.as_bytes().to_vec()),
        false => examples::read(asked),
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
    all
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

/// Has both programmes, each by itself, evaluate the candidates that a comparison made up; says how many there were.
fn disagreed(diff: &Diff, (old, new): (&Pathway, &Pathway), day: Date) -> u64 {
    let alone = |it: &Pathway| Pathway::new(Plan::new(it.plan().parts().clone()).expect("a plan"));
    let (old, new) = (alone(old), alone(new));
    let mut candidates = 0;
    for (what, was, is, it) in subjects(diff) {
        for (search, before, after) in [(&it.gains, false, true), (&it.loses, true, false)] {
            let record = search.as_ref().and_then(|it| it.record.as_ref());
            let Some(record) = record else { continue };
            let stands = |pathway: &Pathway, name: &String| {
                let found = found(pathway, record.as_bytes(), day).expect("a record for both");
                found.get(&(what, name.clone())) == Some(&Status::Met)
            };
            let stood = (stands(&old, &was), stands(&new, &is));
            assert_eq!(stood, (before, after), "{what} {}: {record}", it.name);
            candidates += 1;
        }
    }
    candidates
}

#[test]
fn no_record_contradicts_a_comparison() {
    let seed = number("MILEPOST_ORACLE_SEED", 1);
    let cases = number("MILEPOST_DIFF_CASES", CASES);
    let mut told: BTreeMap<&str, u64> = BTreeMap::new();
    let (mut differed, mut candidates) = (0, 0);
    for main in examples::programmes() {
        let text = String::from_utf8(examples::read(main).expect("there")).expect("UTF-8");
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
        for case in 0..cases {
            let mut random = Random::new(seed.wrapping_add(case).wrapping_mul(0x5851_F42D));
            // Most small changes of a text make no programme.
            let changed = (0..20).find_map(|_| {
                let path = random.choose(&own);
                let before = String::from_utf8(examples::read(&path).ok()?).ok()?;
                let after = changed::programme(&mut random, &before);
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
                (case == 0).then_some(day),
            );
            candidates += disagreed(&diff, (pathway, changed), day);
            for (.., it) in subjects(&diff) {
                *told.entry(it.change.as_str()).or_default() += 1;
            }
            let numbers = changed::numbers(&after);
            let mut begin = beginnings.clone();
            begin.extend(self::beginnings(main, changed, day));
            for place in 0..begin.len() + RECORDS {
                let record = match begin.get(place) {
                    Some(record) => record.clone(),
                    None => {
                        let record = random.choose(&begin);
                        changed::record(&mut random, &record, &numbers)
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
                if let Some(why) = contradiction(&diff, &was, &is) {
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
    assert!(candidates >= 10, "{candidates} candidates");
    assert!(differed > cases * 10, "{differed} records differed");
}
