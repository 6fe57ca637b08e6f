//! Walks over the model, for checks: every requirement and every expression, each once, rules not written out.

use milepost_engine::plan::RoleId;

use crate::model::{
    CohortMeasure, Expr, ExprKind, Form, Group, Measure, Model, Quantifier, Records, Requirement,
    Spread, Window,
};

/// Calls `visit` with every requirement of the model, parents first.
pub fn requirements<'m>(model: &'m Model, visit: &mut dyn FnMut(&'m Requirement)) {
    for root in roots(model) {
        below(root, visit);
    }
}

/// The requirements that stand in no other: of competencies, roles, rules and measures.
pub fn roots(model: &Model) -> impl Iterator<Item = &Requirement> {
    let competencies = model
        .competencies
        .iter()
        .filter_map(|competency| competency.requires.as_ref());
    let roles = (0u32..).map(RoleId).take(model.roles.len());
    let roles = roles.flat_map(|role| model.requirements_of(role));
    competencies
        .chain(roles)
        .chain(model.rules.iter().map(|rule| &rule.requirement))
        .chain(model.measures.iter().flat_map(CohortMeasure::requirements))
}

/// Calls `visit` with a requirement and every one in it, parents first.
pub fn below<'m>(requirement: &'m Requirement, visit: &mut dyn FnMut(&'m Requirement)) {
    visit(requirement);
    if let Form::Group(_, _, children) = &requirement.form {
        for child in children {
            below(child, visit);
        }
    }
}

/// Calls `visit` with every whole expression of a requirement itself, not of those in it.
pub fn expressions<'m>(requirement: &'m Requirement, visit: &mut dyn FnMut(&'m Expr)) {
    match &requirement.form {
        Form::Group(_, Group::AtLeast(bound) | Group::Points(bound, _), _) => visit(bound),
        Form::Held(held) => visit(&held.bound),
        Form::Call(_, arguments) => arguments.iter().for_each(visit),
        Form::Condition(condition) => visit(condition),
        Form::Records(records) => of_records(records, visit),
        Form::Invalid | Form::Group(..) | Form::Competency(_) | Form::Role(..) => {}
    }
}

fn of_records<'m>(records: &'m Records, visit: &mut dyn FnMut(&'m Expr)) {
    match &records.measure {
        Measure::Count(_, bound) => visit(bound),
        Measure::Aggregate(_, bound, _, field) => {
            visit(bound);
            visit(field);
        }
        Measure::No | Measure::Every | Measure::Share(..) => {}
    }
    for (window, _) in &records.windows {
        match window {
            Window::Within(_, Some(when))
            | Window::Since(when)
            | Window::Before(when)
            | Window::After(when)
            | Window::InThe(_, when)
            | Window::LastYears(when, _) => visit(when),
            Window::From(from, to) => {
                visit(from);
                visit(to);
            }
            Window::Within(_, None) | Window::ThisYear | Window::LastYear | Window::Year(_) => {}
        }
    }
    if let Some((attempts, _)) = &records.attempts {
        visit(&attempts.key);
        attempts.highest.iter().for_each(&mut *visit);
    }
    if let Some((Spread::Different(field) | Spread::Same(field), _)) = &records.spread {
        visit(field);
    }
    [&records.whose, &records.latest, &records.matching]
        .into_iter()
        .flatten()
        .for_each(visit);
}

/// Calls `visit` with an expression and every one in it.
pub fn parts<'m>(expr: &'m Expr, visit: &mut dyn FnMut(&'m Expr)) {
    visit(expr);
    match &expr.kind {
        ExprKind::NextDay(_, inner)
        | ExprKind::Criterion(inner, _)
        | ExprKind::LevelNumber(inner, _)
        | ExprKind::Not(inner)
        | ExprKind::Contains(inner, _)
        | ExprKind::IsKnown(inner) => parts(inner, visit),
        ExprKind::And(left, right)
        | ExprKind::Or(left, right)
        | ExprKind::Compare(left, _, right)
        | ExprKind::Add(left, right)
        | ExprKind::Subtract(left, right)
        | ExprKind::Multiply(left, right) => {
            parts(left, visit);
            parts(right, visit);
        }
        ExprKind::In(value, items) => {
            parts(value, visit);
            for item in items {
                parts(item, visit);
            }
        }
        ExprKind::Criteria(quantifier, rubric, _, level) => {
            if let Quantifier::Count(_, bound) = quantifier {
                parts(bound, visit);
            }
            parts(rubric, visit);
            parts(level, visit);
        }
        _ => {}
    }
}
