//! Circles: competencies, roles and rules that require themselves by way of each other. The circle is printed.

use milepost_diagnostics::{Code, Diagnostic, Span};

use milepost_engine::plan::RoleId;

use super::Subject;
use crate::model::{Form, Model, Requirement};
use crate::walk;

/// A declaration in the graph: competencies first, then roles, then rules.
type Vertex = usize;

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let model = subject.model;
    let graph = graph(model);
    let mut state = vec![State::New; graph.len()];
    for start in 0..graph.len() {
        // Depth first, with a stack of our own: chains may be as long as a programme.
        let mut path: Vec<(Vertex, usize, Span)> = Vec::new();
        if state.get(start) == Some(&State::New) {
            set(&mut state, start, State::Open);
            path.push((start, 0, name(model, start).1));
        }
        while let Some((vertex, next, _)) = path.last_mut() {
            let vertex = *vertex;
            let edge = graph
                .get(vertex)
                .and_then(|edges| edges.get(*next))
                .copied();
            *next += 1;
            let Some((target, span)) = edge else {
                set(&mut state, vertex, State::Done);
                path.pop();
                continue;
            };
            match state.get(target) {
                Some(State::New) => {
                    set(&mut state, target, State::Open);
                    path.push((target, 0, span));
                }
                Some(State::Open) => found.push(circle(model, &path, target, span)),
                _ => {}
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

fn set(states: &mut [State], vertex: Vertex, state: State) {
    if let Some(slot) = states.get_mut(vertex) {
        *slot = state;
    }
}

fn circle(
    model: &Model,
    path: &[(Vertex, usize, Span)],
    target: Vertex,
    closes: Span,
) -> Diagnostic {
    let from = path
        .iter()
        .position(|(vertex, _, _)| *vertex == target)
        .unwrap_or(0);
    let members: Vec<_> = path.iter().skip(from).collect();
    let mut names: Vec<_> = members
        .iter()
        .map(|(vertex, _, _)| format!("`{}`", name(model, *vertex).0))
        .collect();
    names.push(format!("`{}`", name(model, target).0));
    let message = match names.as_slice() {
        [one, _] => format!("{one} requires itself"),
        _ => format!(
            "these require each other in a circle: {}",
            names.join(" → ")
        ),
    };
    let mut problem =
        Diagnostic::new(Code::DependencyCycle, closes, message).here("and here the circle closes");
    for pair in members.windows(2) {
        if let [(one, _, _), (other, _, span)] = pair {
            problem = problem.label(
                *span,
                format!(
                    "`{}` requires `{}`",
                    name(model, *one).0,
                    name(model, *other).0
                ),
            );
        }
    }
    problem.help("nobody could ever meet it: take one of these requirements out")
}

fn graph(model: &Model) -> Vec<Vec<(Vertex, Span)>> {
    let roles = model.competencies.len();
    let rules = roles + model.roles.len();
    let edges = |requirements: Vec<&Requirement>| {
        let mut edges = Vec::new();
        for requirement in requirements {
            walk::below(requirement, &mut |inner| match &inner.form {
                Form::Competency(id) => edges.push((id.index(), inner.span)),
                Form::Role(id, _) => edges.push((roles + id.index(), inner.span)),
                Form::Call(id, _) => edges.push((rules + id.0 as usize, inner.span)),
                _ => {}
            });
        }
        edges
    };
    let competencies = model
        .competencies
        .iter()
        .map(|competency| edges(competency.requires.iter().collect()));
    // What is preferred never decides, but it is evaluated, so a circle through it is one as well; as is one through stages.
    let of_roles = (0u32..).map(RoleId).take(model.roles.len());
    let of_roles = of_roles.map(|role| edges(model.requirements_of(role).collect()));
    let of_rules = model
        .rules
        .iter()
        .map(|rule| edges(vec![&rule.requirement]));
    competencies.chain(of_roles).chain(of_rules).collect()
}

fn name(model: &Model, vertex: Vertex) -> (&str, Span) {
    let competencies = model
        .competencies
        .iter()
        .map(|competency| &competency.named);
    let roles = model.roles.iter().map(|role| &role.named);
    let rules = model.rules.iter().map(|rule| &rule.named);
    let nothing = Span {
        file: milepost_diagnostics::FileId(0),
        start: 0,
        end: 0,
    };
    competencies
        .chain(roles)
        .chain(rules)
        .nth(vertex)
        .map_or(("", nothing), |named| (&named.name, named.span))
}
