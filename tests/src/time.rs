//! Time as an answer, against one day after the other. In: a seed. Out: where an answer about other days is not what
//! evaluating the same record on those days gives.

use milepost_engine::ahead::Stretch;
use milepost_engine::outcome::{
    CompetencyOutcome, NodeOutcome, Outcome, RoleOutcome, StageOutcome,
};
use milepost_engine::plan::{CompetencyId, NodeId, RoleId, StageId};
use milepost_engine::record::Input;
use milepost_engine::{Date, Evaluator, Links, Plan, Record, Truth, Verdict, horizon};

use crate::differential::compile;
use crate::generator::{self, Random, Size, record};

/// What of an outcome has an answer, in one order.
fn truths(outcome: &Outcome) -> impl Iterator<Item = Truth> + '_ {
    let nodes = outcome.nodes.iter().map(|it| it.truth);
    let competencies = outcome.competencies.iter().map(|it| it.truth);
    let roles = outcome.roles.iter().map(|it| it.truth);
    let stages = outcome.stages.iter().map(|it| it.truth);
    nodes.chain(competencies).chain(roles).chain(stages)
}

/// The same as they stand.
fn stands(outcome: &Outcome) -> impl Iterator<Item = (Verdict, bool)> + '_ {
    let nodes = outcome.nodes.iter().map(NodeOutcome::stands);
    let competencies = outcome.competencies.iter().map(CompetencyOutcome::stands);
    let roles = outcome.roles.iter().map(RoleOutcome::stands);
    let stages = outcome.stages.iter().map(StageOutcome::stands);
    nodes.chain(competencies).chain(roles).chain(stages)
}

fn names(plan: &Plan) -> Vec<String> {
    let parts = plan.parts();
    let nodes = parts.nodes.iter().map(|it| it.address.clone());
    let competencies = parts.competencies.iter();
    let competencies = competencies.map(|it| format!("competency {}", it.entry.name));
    let roles = parts.roles.iter();
    let roles = roles.map(|it| format!("role {}", it.entry.name));
    let stages = parts.stages.iter();
    let stages = stages.map(|it| format!("stage {}", it.entry.name));
    nodes
        .chain(competencies)
        .chain(roles)
        .chain(stages)
        .collect()
}

/// The days of a search, one after the other.
fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    (from.days()..=to.days()).filter_map(Date::from_days)
}

/// Whether every turn, and every stretch of the history, is what each day gives by itself.
///
/// # Errors
///
/// The first difference, with the programme and the record.
pub fn is_what_every_day_gives(seed: u64) -> Result<(), String> {
    let mut random = Random::new(seed);
    let (programme, known) = generator::programme(&mut random, Size::WHOLE);
    let text = programme.text();
    let compiled = compile(&text);
    let Some(plan) = &compiled.plan else {
        return Ok(());
    };
    let input = record::record(&mut random, &known, &compiled.model);
    let as_of = known.as_of;
    differences(plan, &input, as_of)
        .map_err(|why| format!("seed {seed}, as of {as_of}: {why}\n{text}\n{input:#?}"))
}

/// The first difference of a record and a day.
///
/// # Errors
///
/// There is one.
pub fn differences(plan: &Plan, input: &Input, as_of: Date) -> Result<(), String> {
    let record = Record::new(plan, input.clone()).map_err(|why| why.to_string())?;
    let links = Links::new(plan);
    let names = names(plan);
    let mut evaluator = Evaluator::new(plan);
    let outcome = evaluator.evaluate(&record, as_of);
    let ahead = evaluator.ahead(&links, &record, &outcome);
    if let Some(ended) = ahead.ended {
        return Err(format!("the search ended on {ended}"));
    }
    let nodes = (0u32..).zip(&outcome.nodes);
    let nodes = nodes.map(|(at, _)| ahead.node(NodeId(at)));
    let competencies = (0u32..).zip(&outcome.competencies);
    let competencies = competencies.map(|(at, _)| ahead.competency(CompetencyId(at)));
    let roles = (0u32..).zip(&outcome.roles);
    let roles = roles.map(|(at, _)| ahead.role(RoleId(at)));
    let stages = (0u32..).zip(&outcome.stages);
    let stages = stages.map(|(at, _)| ahead.stage(StageId(at)));
    let found: Vec<Option<Date>> = nodes
        .chain(competencies)
        .chain(roles)
        .chain(stages)
        .map(|turn| turn.map(|turn| turn.day))
        .collect();

    let from = record.first_day().map_or(as_of, |first| first.min(as_of));
    let history = evaluator.stretches(&links, &record, from, horizon(as_of));
    let stretches: Vec<&[Stretch]> = history
        .nodes
        .iter()
        .chain(&history.competencies)
        .chain(&history.roles)
        .chain(&history.stages)
        .map(Vec::as_slice)
        .collect();

    let now: Vec<Truth> = truths(&outcome).collect();
    let mut expected: Vec<Option<Date>> = vec![None; now.len()];
    let mut on_day = Outcome::clone(&outcome);
    let mut alone = Evaluator::new(plan);
    // What is long past is looked at on fewer days.
    let long_past = as_of.days().saturating_sub(4_000);
    for day in days(history.from, history.to) {
        if day.days() < long_past && day.days() % 7 != 0 {
            continue;
        }
        alone.evaluate_into(&record, day, &mut on_day);
        let stands: Vec<_> = stands(&on_day).collect();
        let all = truths(&on_day).zip(&now).zip(&mut expected);
        let known = stretches.iter().zip(&names).zip(&stands);
        for (((truth, now), expected), ((stretches, name), stands)) in all.zip(known) {
            if day > as_of && expected.is_none() && truth.met() != now.met() {
                *expected = Some(day);
            }
            let at = stretches.partition_point(|stretch| stretch.from <= day);
            let known = at.checked_sub(1).and_then(|at| stretches.get(at));
            let known = known.map(|stretch| (stretch.verdict, stretch.at_risk));
            if known != Some(*stands) {
                return Err(format!("{name} is {truth:?} on {day}, and not {known:?}"));
            }
        }
    }
    for ((found, expected), name) in found.iter().zip(&expected).zip(&names) {
        if found != expected {
            return Err(format!(
                "{name} turns on {expected:?}, and not on {found:?}"
            ));
        }
    }
    Ok(())
}
