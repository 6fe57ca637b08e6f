//! `this` names the competency a requirement belongs to; a role or a measure has none, nor has a rule that one calls.

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, Span};

use milepost_engine::plan::RoleId;

use super::Subject;
use crate::model::{Form, Named, Requirement, RuleId, Target};
use crate::walk;

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let model = subject.model;
    // A rule needs a competency if it says `this`, or calls one that does. Rules are few; a fixed point is plain.
    let mut needs: BTreeMap<RuleId, Span> = BTreeMap::new();
    loop {
        let before = needs.len();
        for (id, rule) in (0u32..).map(RuleId).zip(&model.rules) {
            if !needs.contains_key(&id)
                && let Some((_, says)) = first_this(&rule.requirement, &needs)
            {
                needs.insert(id, says);
            }
        }
        if needs.len() == before {
            break;
        }
    }
    for (id, role) in (0u32..).map(RoleId).zip(&model.roles) {
        for requirement in model.requirements_of(id) {
            outside(requirement, "role", &role.named, &needs, found);
        }
    }
    for measure in &model.measures {
        for requirement in measure.requirements() {
            outside(requirement, "measure", &measure.named, &needs, found);
        }
    }
}

/// Reports every `this` in a requirement of what is no competency.
fn outside(
    requirement: &Requirement,
    what: &str,
    named: &Named,
    needs: &BTreeMap<RuleId, Span>,
    found: &mut Vec<Diagnostic>,
) {
    walk::below(requirement, &mut |inner| {
        if let Some((at, says)) = own_this(inner, needs) {
            let mut problem = Diagnostic::new(
                Code::ThisOutsideCompetency,
                at,
                format!("`this` means nothing in {what} `{}`", named.name),
            );
            if at != says {
                problem = problem.label(says, "the rule says `this` here");
            }
            problem = problem.label(named.span, format!("a {what} is no competency"));
            found.push(problem.help("name the competency: `for NAME`"));
        }
    });
}

/// Where a requirement or one in it first needs a competency: the place, and where `this` is written.
fn first_this(requirement: &Requirement, needs: &BTreeMap<RuleId, Span>) -> Option<(Span, Span)> {
    let mut first = None;
    walk::below(requirement, &mut |inner| {
        if first.is_none() {
            first = own_this(inner, needs);
        }
    });
    first
}

fn own_this(requirement: &Requirement, needs: &BTreeMap<RuleId, Span>) -> Option<(Span, Span)> {
    match &requirement.form {
        Form::Records(records) => match records.target {
            Some((Target::This, span)) => Some((span, span)),
            _ => None,
        },
        Form::Call(rule, _) => needs.get(rule).map(|says| (requirement.span, *says)),
        _ => None,
    }
}
