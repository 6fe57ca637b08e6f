//! Lowering: a model without errors in, the plan and its scenarios out.
//!
//! Rules are written out, requirements get their addresses and stand in dependency order. What only shows
//! when rules are written out (a label twice, a programme too large) is reported here.

mod addresses;
mod expression;
mod measure;
mod order;
mod records;
mod requirement;
mod tables;

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::plan::{CohortMeasure, Node, NodeId, Parts, StageId, file};
use milepost_engine::{Plan, Verdict};

use crate::model::{self, Mention, Model, Subject};
use crate::{Expectation, Scenario, Target};

/// What lowering made.
pub struct Lowered {
    /// The plan, if nothing was wrong.
    pub plan: Option<Plan>,
    /// The scenarios, their expectations looked up.
    pub scenarios: Vec<Scenario>,
    /// Where each requirement is written, in the order of the plan.
    pub places: Vec<Span>,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// Where each requirement was written; those of a rule that is called twice are two.
    pub written: Vec<(Span, NodeId)>,
    /// What the labels stand for that scenarios name.
    pub mentions: Vec<Mention>,
}

/// Lowers a programme. Its definition hash is that of its texts.
pub fn lower(model: &Model, definition: [u8; 32]) -> Lowered {
    let mut lowering = Lowering {
        model,
        nodes: Vec::new(),
        places: Vec::new(),
        written: 0,
        addresses: BTreeMap::new(),
        former: BTreeMap::new(),
        competencies: vec![None; model.competencies.len()],
        roles: vec![(None, Vec::new()); model.roles.len()],
        measures: Vec::new(),
        stages: vec![None; model.stages.len()],
        diagnostics: Vec::new(),
        spans: Vec::new(),
        full: false,
    };
    for subject in order::in_dependency_order(model) {
        lowering.subject(subject);
    }
    lowering.lower_measures();
    let scenarios: Vec<_> = model
        .scenarios
        .iter()
        .filter_map(|scenario| lowering.scenario(scenario))
        .collect();
    lowering.former_are_apart();
    let mentions = lowering.label_mentions();
    let written = std::mem::take(&mut lowering.spans);
    let parts = lowering.parts(definition);
    let places = lowering.places;
    let mut diagnostics = lowering.diagnostics;
    let mut plan =
        parts
            .filter(|_| diagnostics.is_empty())
            .and_then(|parts| match Plan::new(parts) {
                Ok(plan) if file::size(&plan) <= file::LARGEST => Some(plan),
                refused => {
                    let why = refused.err().map_or_else(
                        || "it is too large when it is compiled".to_owned(),
                        |error| error.to_string(),
                    );
                    let at = model.header.as_ref().map(|header| header.named.span);
                    diagnostics.extend(at.map(|span| too_much(span, &why)));
                    None
                }
            });
    if let Some(compiled) = &plan {
        let in_vain = addresses::waived_in_vain(compiled, model);
        plan = plan.filter(|_| in_vain.is_empty());
        diagnostics.extend(in_vain);
    }
    Lowered {
        plan,
        scenarios,
        places,
        diagnostics,
        written,
        mentions,
    }
}

/// A plan with those of the versions before it; or why not, at a place.
pub fn replacing(
    newest: Plan,
    older: Vec<Plan>,
    at: Option<Span>,
) -> Result<Plan, Option<Diagnostic>> {
    let why = match newest.replacing(older) {
        Ok(plan) if file::size(&plan) <= file::LARGEST => return Ok(plan),
        Ok(_) => "its versions are too large when they are compiled".to_owned(),
        Err(error) => error.to_string(),
    };
    Err(at.map(|span| too_much(span, &why)))
}

fn too_much(at: Span, why: &str) -> Diagnostic {
    let message = format!("this programme cannot be evaluated: {why}");
    Diagnostic::new(Code::TooManyRequirements, at, message)
        .help("make it smaller: split it, or ask for fewer things at once")
}

struct Lowering<'m> {
    model: &'m Model,
    nodes: Vec<Node>,
    /// Where each of them is written.
    places: Vec<Span>,
    /// The bytes they take in a plan file.
    written: usize,
    /// Where each address was written.
    addresses: BTreeMap<String, (NodeId, Span)>,
    /// Where each former address was written.
    former: BTreeMap<String, Span>,
    competencies: Vec<Option<NodeId>>,
    roles: Vec<(Option<NodeId>, Vec<NodeId>)>,
    measures: Vec<CohortMeasure>,
    stages: Vec<Option<NodeId>>,
    diagnostics: Vec<Diagnostic>,
    /// All of each requirement, where it was written.
    spans: Vec<(Span, NodeId)>,
    /// Whether the programme grew too large; nothing more is lowered then.
    full: bool,
}

impl Lowering<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn scenario(&mut self, scenario: &model::Scenario) -> Option<Scenario> {
        let expectations: Vec<_> = scenario
            .expectations
            .iter()
            .filter_map(|expected| self.expectation(expected))
            .collect();
        Some(Scenario {
            title: scenario.title.clone(),
            span: scenario.span,
            as_of: scenario.as_of,
            record: scenario.record.clone(),
            expectations,
        })
    }

    fn expectation(&mut self, expected: &model::Expectation) -> Option<Expectation> {
        let root = match expected.subject {
            Subject::Competency(id) => &self.model.competency(id)?.named.name,
            Subject::Role(id) => &self.model.role(id)?.named.name,
        };
        let mut address = root.clone();
        let mut span = expected.span;
        for (label, at) in &expected.labels {
            address = format!("{address}.{label}");
            span = span_of_labels(span, *at, &expected.labels);
        }
        let target = if let Some(stage) = self.stage(expected) {
            Target::Stage(stage)
        } else if expected.labels.is_empty() {
            match expected.subject {
                Subject::Competency(id) => Target::Competency(id),
                Subject::Role(id) => Target::Role(id),
            }
        } else if let Some((node, _)) = self.addresses.get(&address) {
            Target::Node(*node)
        } else {
            self.unknown_label(root, &address, span);
            return None;
        };
        Some(Expectation {
            span: expected.span,
            address,
            target,
            verdict: expected.verdict,
            at_risk: expected.at_risk && expected.verdict == Verdict::Met,
            stated: expected.stated.clone(),
        })
    }

    /// The stage an expectation names, and nothing in it.
    fn stage(&self, expected: &model::Expectation) -> Option<StageId> {
        let (Subject::Role(role), [(name, _)]) = (expected.subject, expected.labels.as_slice())
        else {
            return None;
        };
        let mut stages = self.model.stages_of(role);
        let found = stages.find(|(_, stage)| stage.named.name == *name);
        found.map(|(id, _)| id)
    }

    fn unknown_label(&mut self, root: &str, address: &str, span: Span) {
        let inside = format!("{root}.");
        let known: Vec<_> = self
            .addresses
            .range(inside.clone()..)
            .map_while(|(known, _)| known.strip_prefix(&inside))
            .filter(|known| !known.contains('/'))
            .take(12)
            .map(|known| format!("`{known}`"))
            .collect();
        let written = address.strip_prefix(&inside).unwrap_or(address);
        let help = if known.is_empty() {
            format!(
                "nothing in `{root}` has a label; give the requirement one, such as `{written}: …`"
            )
        } else {
            format!("the labels of `{root}` are {}", known.join(", "))
        };
        let message = format!("`{root}` has no requirement `{written}`");
        self.report(Diagnostic::new(Code::UnknownName, span, message).help(help));
    }
}

/// From the first label to the last.
fn span_of_labels(whole: Span, last: Span, labels: &[(String, Span)]) -> Span {
    labels.first().map_or(whole, |(_, first)| first.to(last))
}

impl Lowering<'_> {
    fn parts(&self, definition: [u8; 32]) -> Option<Parts> {
        tables::parts(
            self.model,
            definition,
            &self.nodes,
            &self.competencies,
            &self.roles,
            &self.measures,
            &self.stages,
        )
    }
}
