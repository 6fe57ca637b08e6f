//! Scenarios: a programme and its tests in, what did not come out as expected out.

use milepost_compiler::{Expectation, Scenario, Target};
use milepost_diagnostics::Span;
use milepost_engine::record::Record;
use milepost_engine::{Truth, Verdict};

use crate::governed::Governed;
use crate::programme::Pathway;
use crate::report::{self, status_of};
use crate::wire;

/// How many sentences explain a failure.
const SENTENCES: usize = 3;

/// What became of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioResult {
    /// Its title.
    pub title: String,
    /// Where the title stands.
    pub span: Span,
    /// The expectations that were not met; none is what one hopes for.
    pub failures: Vec<ScenarioFailure>,
}

/// An expectation that was not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioFailure {
    /// Where the expectation stands.
    pub span: Span,
    /// The address of what it is about.
    pub address: String,
    /// What was expected, as scenarios write it.
    pub expected: String,
    /// What was found, as scenarios write it.
    pub found: String,
    /// Why it was found so.
    pub explanation: Vec<String>,
}

/// Runs scenarios in their order.
pub(crate) fn run(pathway: &Pathway, scenarios: &[Scenario]) -> Vec<ScenarioResult> {
    scenarios
        .iter()
        .map(|scenario| ScenarioResult {
            title: scenario.title.clone(),
            span: scenario.span,
            failures: failures(pathway, scenario),
        })
        .collect()
}

fn failures(pathway: &Pathway, scenario: &Scenario) -> Vec<ScenarioFailure> {
    let record = match Record::new(pathway.plan(), scenario.record.clone()) {
        Ok(record) => record,
        Err(problem) => {
            // The compiler checks what is given, so that this is said only of what it could not foresee.
            return scenario
                .expectations
                .iter()
                .map(|expectation| {
                    failure(
                        expectation,
                        "no result".to_owned(),
                        vec![problem.to_string()],
                    )
                })
                .collect();
        }
    };
    let governed = Governed::new(pathway, &record, scenario.as_of);
    let outcome = governed.evaluate(scenario.as_of);
    let mut document = None;
    scenario
        .expectations
        .iter()
        .filter_map(|expectation| {
            let Some(target) = governed.counterpart(expectation) else {
                let version = governed.name(governed.version()).unwrap_or_default();
                let why = format!(
                    "version `{version}` governs, and has no `{}`",
                    expectation.address
                );
                return Some(failure(expectation, "no result".to_owned(), vec![why]));
            };
            let (verdict, at_risk) = match target {
                Target::Competency(id) => of(outcome.competencies.get(id.index())?.truth),
                Target::Role(id) => of(outcome.roles.get(id.index())?.truth),
                Target::Stage(id) => of(outcome.stages.get(id.index())?.truth),
                Target::Node(id) => {
                    let found = outcome.nodes.get(id.index())?;
                    (found.verdict(), found.truth.at_risk())
                }
            };
            if verdict == expectation.verdict && at_risk == expectation.at_risk {
                return None;
            }
            let document = document.get_or_insert_with(|| report::document(&governed, &outcome));
            Some(failure(
                expectation,
                written(verdict, at_risk),
                explanation(document, expectation),
            ))
        })
        .collect()
}

impl Governed<'_> {
    /// What an expectation of the newest version is about in the one that governs, if that has it.
    fn counterpart(&self, expectation: &Expectation) -> Option<Target> {
        let plan = self.pathway.plan();
        if self.version() == 0 {
            return Some(expectation.target);
        }
        match expectation.target {
            Target::Competency(id) => {
                let competency = plan.parts().competencies.get(id.index())?;
                (!competency.elsewhere).then_some(expectation.target)
            }
            Target::Role(id) => self.role(id).map(Target::Role),
            Target::Stage(id) => self.stage(id).map(Target::Stage),
            Target::Node(_) => plan.requirement(&expectation.address).map(Target::Node),
        }
    }
}

fn failure(expectation: &Expectation, found: String, explanation: Vec<String>) -> ScenarioFailure {
    ScenarioFailure {
        span: expectation.span,
        address: expectation.address.clone(),
        expected: written(expectation.verdict, expectation.at_risk),
        found,
        explanation,
    }
}

const fn of(truth: Truth) -> (Verdict, bool) {
    (truth.status(), truth.at_risk())
}

/// A verdict as scenarios write it.
fn written(verdict: Verdict, at_risk: bool) -> String {
    let status = status_of(verdict).as_str();
    if at_risk {
        format!("{status} at risk")
    } else {
        status.to_owned()
    }
}

/// Why something stands as it does: what it lacks, or what counted.
fn explanation(document: &wire::Outcome, expectation: &Expectation) -> Vec<String> {
    let roles = document
        .roles
        .iter()
        .map(|role| (&role.name, Some(&role.requirement)));
    let competencies = document
        .competencies
        .iter()
        .map(|it| (&it.name, it.requirement.as_ref()));
    let name = expectation.address.split(['.', '/']).next().unwrap_or("");
    let Some((_, root)) = roles.chain(competencies).find(|(owner, _)| *owner == name) else {
        return Vec::new();
    };
    let credential = document
        .competencies
        .iter()
        .find(|it| it.name == expectation.address);
    if let Some(credential) = credential.and_then(|it| it.credential.as_ref()) {
        return vec![format!("the credential {} decides", credential.id)];
    }
    let mut open: Vec<&wire::Node> = root.into_iter().collect();
    let mut inside = Vec::new();
    // What is meant first, then all that lies below it.
    while let Some(node) = open.pop() {
        if matches!(expectation.target, Target::Node(_))
            && inside.is_empty()
            && node.address != expectation.address
        {
            open.extend(node.children.iter().rev());
            continue;
        }
        if inside.is_empty() {
            open.clear();
        }
        inside.push(node);
        open.extend(node.children.iter().rev());
    }
    let waived = inside.iter().filter_map(|node| node.waiver.as_ref());
    let waived: Vec<_> = waived
        .map(|it| format!("{} waived it as {}: {}", it.by, it.authority, it.reason))
        .take(SENTENCES)
        .collect();
    if !waived.is_empty() {
        return waived;
    }
    if expectation.verdict == Verdict::Waived {
        let waivers = document.waivers.iter();
        let waivers = waivers.filter(|it| it.requirement == expectation.address);
        let why = waivers.filter_map(|it| it.why.clone()).take(SENTENCES);
        let why: Vec<_> = why.collect();
        if !why.is_empty() {
            return why;
        }
    }
    let missing = inside
        .iter()
        .filter(|node| node.status != wire::Status::Met)
        .flat_map(|node| {
            let near = node
                .near_misses
                .iter()
                .map(|miss| format!("{}: {}", miss.id, miss.reason));
            node.missing.iter().cloned().chain(near)
        });
    let missing: Vec<_> = missing.take(SENTENCES).collect();
    if !missing.is_empty() {
        return missing;
    }
    let counted = inside.iter().filter(|node| !node.counted.is_empty());
    counted
        .map(|node| format!("{} for: {}", node.counted.join(", "), node.text))
        .take(SENTENCES)
        .collect()
}
