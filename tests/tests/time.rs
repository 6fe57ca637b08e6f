//! Answers about other days against evaluating on every one of them, over programmes and records made up by chance. In:
//! `MILEPOST_TIME_CASES`, and `MILEPOST_ORACLE_SEED` to begin elsewhere. Out: the first difference.

#![expect(
    clippy::unwrap_used,
    reason = "a suite fails by panicking, also outside the test functions themselves"
)]

use std::collections::BTreeMap;

use milepost::Date;
use milepost::wire::{NamedTimeline, Node, Outcome, Status, Timeline};
use milepost_tests::examples;
use milepost_tests::time::is_what_every_day_gives;

/// Programmes in the default run, each with one record and more than 3 600 days.
const CASES: u64 = 60;

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable)
        .ok()
        .map_or(otherwise, |said| said.parse().unwrap())
}

#[test]
fn every_day_alone_gives_the_same() {
    let first = number("MILEPOST_ORACLE_SEED", 1);
    for seed in first..first + number("MILEPOST_TIME_CASES", CASES) {
        if let Err(report) = is_what_every_day_gives(seed) {
            panic!("{report}");
        }
    }
}

/// What an outcome says of a role, competency or requirement: its status, and whether it is at risk.
fn said(outcome: &Outcome) -> BTreeMap<(&'static str, String), (Status, bool)> {
    let mut said = BTreeMap::new();
    let mut nodes: Vec<&Node> = Vec::new();
    for role in &outcome.roles {
        said.insert(("role", role.name.clone()), (role.status, role.at_risk));
        for stage in &role.stages {
            let name = format!("{}.{}", role.name, stage.name);
            said.insert(("stage", name), (stage.status, stage.at_risk));
            nodes.extend(&stage.requirement);
        }
        nodes.push(&role.requirement);
        nodes.extend(&role.preferred);
    }
    for it in &outcome.competencies {
        said.insert(("competency", it.name.clone()), (it.status, it.at_risk));
        nodes.extend(&it.requirement);
    }
    while let Some(node) = nodes.pop() {
        let stands = (node.status, node.at_risk);
        said.insert(("requirement", node.address.clone()), stands);
        nodes.extend(&node.children);
    }
    said
}

#[test]
fn every_stretch_of_an_example_is_what_its_first_and_last_day_give() {
    let as_of: Date = "2026-11-22".parse().unwrap();
    let (mut stretches, mut told_stages) = (0, 0);
    for programme in examples::programmes() {
        let pathway = examples::compiled(programme);
        for (name, json) in examples::records(programme) {
            let record = pathway.decode_record(json).unwrap();
            let told = pathway.timeline(&record, as_of);
            let timeline = Timeline::read(&told).unwrap();
            assert_eq!(serde_json::to_string(&timeline).unwrap(), told);
            assert!(timeline.complete, "{name}");
            let named = |what, all: Vec<NamedTimeline>| {
                all.into_iter()
                    .map(move |it| ((what, it.name), it.stretches))
            };
            let requirements = timeline.requirements.into_iter();
            let requirements = requirements.map(|it| (("requirement", it.address), it.stretches));
            let mut ladders = Vec::new();
            for role in timeline.roles {
                let own = role.stages.into_iter().map(|stage| NamedTimeline {
                    name: format!("{}.{}", role.name, stage.name),
                    ..stage
                });
                ladders.extend(named("stage", own.collect()));
                ladders.push((("role", role.name), role.stretches));
            }
            told_stages += ladders.iter().filter(|(of, _)| of.0 == "stage").count();
            let all = ladders
                .into_iter()
                .chain(named("competency", timeline.competencies))
                .chain(requirements);
            let mut on_day = BTreeMap::new();
            let now = pathway.evaluate(&record, as_of).report();
            for (of, found) in all {
                let mut day = timeline.from.clone();
                for stretch in &found {
                    assert_eq!(stretch.from, day, "{name}: {of:?}");
                    for day in [&stretch.from, &stretch.to] {
                        let (version, known) = on_day.entry(day.clone()).or_insert_with(|| {
                            let outcome = pathway.evaluate(&record, day.parse().unwrap());
                            let outcome = Outcome::read(&outcome.to_json()).unwrap();
                            (outcome.programme.version.clone(), said(&outcome))
                        });
                        // the requirements of a version are told as that version sees them, whichever governs
                        if of.0 != "requirement" || *version == now.programme.version {
                            let expected = (stretch.status, stretch.at_risk);
                            assert_eq!(known.get(&of), Some(&expected), "{name}: {of:?} on {day}");
                        }
                    }
                    let to: Date = stretch.to.parse().unwrap();
                    day = to.succ().to_string();
                    stretches += 1;
                }
                assert_eq!(found.last().map(|last| &last.to), Some(&timeline.to));
                assert!(found.iter().skip(1).all(|it| it.because.is_some()));
            }
        }
    }
    assert!(stretches > 1_000, "{stretches}");
    assert!(told_stages > 0, "no example has stages");
}
