//! Scenarios: a programme and its tests in, what did not come out as expected out.

use milepost_compiler::{Expectation, Scenario, Target};
use milepost_diagnostics::Span;
use milepost_engine::record::Record;
use milepost_engine::{Outcome, Verdict};

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
    /// The outcome, if an expectation was not met and there is one.
    pub outcome: Option<wire::Outcome>,
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
    /// The places of the words of what was expected, which what was found may take; none where nothing was found.
    pub stated: Vec<Span>,
}

/// Runs scenarios in their order.
pub(crate) fn run(pathway: &Pathway, scenarios: &[Scenario]) -> Vec<ScenarioResult> {
    scenarios
        .iter()
        .map(|scenario| {
            let (failures, outcome) = failures(pathway, scenario);
            ScenarioResult {
                title: scenario.title.clone(),
                span: scenario.span,
                failures,
                outcome,
            }
        })
        .collect()
}

fn failures(
    pathway: &Pathway,
    scenario: &Scenario,
) -> (Vec<ScenarioFailure>, Option<wire::Outcome>) {
    let record = match Record::new(pathway.plan(), scenario.record.clone()) {
        Ok(record) => record,
        Err(problem) => {
            // The compiler checks what is given, so that this is said only of what it could not foresee.
            let failures = scenario.expectations.iter();
            let failures = failures.map(|it| no_result(it, problem.to_string()));
            return (failures.collect(), None);
        }
    };
    let governed = Governed::new(pathway, &record, scenario.as_of);
    let outcome = governed.evaluate(scenario.as_of);
    let mut document = None;
    let expectations = scenario.expectations.iter();
    let failures = expectations
        .filter_map(|expectation| {
            let Some(target) = governed.counterpart(expectation) else {
                let version = governed.name(governed.version()).unwrap_or_default();
                let why = format!(
                    "version `{version}` governs, and has no `{}`",
                    expectation.address
                );
                return Some(no_result(expectation, why));
            };
            let (verdict, at_risk) = stands(&outcome, target)?;
            if verdict == expectation.verdict && at_risk == expectation.at_risk {
                return None;
            }
            let document = document.get_or_insert_with(|| report::document(&governed, &outcome));
            Some(ScenarioFailure {
                span: expectation.span,
                address: expectation.address.clone(),
                expected: written(expectation.verdict, expectation.at_risk),
                found: written(verdict, at_risk),
                explanation: explanation(document, expectation),
                stated: expectation.stated.clone(),
            })
        })
        .collect();
    (failures, document)
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

fn no_result(expectation: &Expectation, why: String) -> ScenarioFailure {
    ScenarioFailure {
        span: expectation.span,
        address: expectation.address.clone(),
        expected: written(expectation.verdict, expectation.at_risk),
        found: "no result".to_owned(),
        explanation: vec![why],
        stated: Vec::new(),
    }
}

/// How something stands, and whether it is at risk.
pub(crate) fn stands(outcome: &Outcome, target: Target) -> Option<(Verdict, bool)> {
    Some(match target {
        Target::Competency(id) => outcome.competencies.get(id.index())?.stands(),
        Target::Role(id) => outcome.roles.get(id.index())?.stands(),
        Target::Stage(id) => outcome.stages.get(id.index())?.stands(),
        Target::Node(id) => outcome.nodes.get(id.index())?.stands(),
    })
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
