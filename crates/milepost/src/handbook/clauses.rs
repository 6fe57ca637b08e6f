//! Requirements as clauses: a requirement of a plan in; what it asks, with links to what it speaks of, out.

use milepost_engine::plan::{Entry, Form, Node, NodeId, Parts};

use super::document::{Block, Clause, Line, Piece, plain};
use crate::wording::{Words, listed, title};

/// What a requirement asks, as blocks: of a group, what it asks of the clauses below it.
pub(super) fn blocks(parts: &Parts, root: NodeId) -> Vec<Block> {
    let Some(node) = parts.nodes.get(root.index()) else {
        return Vec::new();
    };
    let children = node.form.children();
    if node.title.is_some() || children.is_empty() || !notes(node).is_empty() {
        return vec![Block::Clauses(vec![clause(parts, root, None)])];
    }
    let mut asked = phrase(parts, node);
    asked.push(Piece::Plain(":".to_owned()));
    vec![Block::Paragraph(asked), Block::Clauses(inside(parts, node))]
}

/// A clause with all that is below it. Nesting is bounded by the plan.
fn clause(parts: &Parts, id: NodeId, worth: Option<u32>) -> Clause {
    let Some(node) = parts.nodes.get(id.index()) else {
        return Clause::default();
    };
    let mut line = Line::new();
    if let Some(title) = &node.title {
        line.push(Piece::Strong(title.clone()));
        line.push(Piece::Plain(". ".to_owned()));
    }
    line.extend(phrase(parts, node));
    match worth {
        Some(1) => line.push(Piece::Plain(" (one point)".to_owned())),
        Some(worth) => line.push(Piece::Plain(format!(" ({worth} points)"))),
        None => {}
    }
    Clause {
        line,
        notes: notes(node),
        inside: inside(parts, node),
    }
}

fn inside(parts: &Parts, node: &Node) -> Vec<Clause> {
    let worth: &[u32] = match &node.form {
        Form::Points(_, _, worth) => worth,
        _ => &[],
    };
    let worth = worth
        .iter()
        .copied()
        .map(Some)
        .chain(std::iter::repeat(None));
    let children = node.form.children().iter().zip(worth);
    children
        .map(|(child, worth)| clause(parts, *child, worth))
        .collect()
}

/// What it says besides what it asks. Advice with live values in it waits for an outcome.
fn notes(node: &Node) -> Vec<Line> {
    let mut notes = Vec::new();
    if !node.waivable.is_empty() {
        let may: Vec<_> = node
            .waivable
            .iter()
            .map(|it| it.replace('_', " "))
            .collect();
        notes.push(plain(format!("May be waived by {}.", listed(&may, "or"))));
    }
    if let Some(advice) = node.advice.as_ref().filter(|it| !it.contains('{')) {
        notes.push(plain(advice));
    }
    if !node.cites.is_empty() {
        notes.push(plain(format!("Source: {}", node.cites.join("; "))));
    }
    notes
}

/// What it asks, beginning with a capital, with links to what it names.
pub(super) fn phrase(parts: &Parts, node: &Node) -> Line {
    let phrase = match &node.form {
        Form::Points(number, ..) => Words::new(parts).points(number),
        _ => Words::new(parts).requirement(node),
    };
    let mut links = Vec::new();
    match &node.form {
        Form::Competency(id) => links.extend(competency(parts, id.index())),
        Form::Role(id) => links.extend(role(parts, id.index())),
        Form::Held(held) => links.extend(role(parts, held.role.index())),
        Form::Stage(id) => {
            let stage = parts.stages.get(id.index());
            links.extend(stage.and_then(|it| role(parts, it.role.index())));
        }
        Form::Records(records) => {
            links.extend(
                parts
                    .kinds
                    .get(records.kind.index())
                    .map(|it| link("evidence", &it.entry)),
            );
            links.extend(
                records
                    .competency
                    .and_then(|id| competency(parts, id.index())),
            );
        }
        _ => {}
    }
    linked(&capital(&phrase), &links)
}

/// The title of something with an id of its own, and that id.
pub(super) fn link(what: &str, entry: &Entry) -> (String, String) {
    (id(what, entry), title(entry).into_owned())
}

/// What links to something lead to.
pub(super) fn id(what: &str, entry: &Entry) -> String {
    format!("{what}-{}", entry.name)
}

fn competency(parts: &Parts, place: usize) -> Option<(String, String)> {
    let competency = parts.competencies.get(place).filter(|it| !it.elsewhere)?;
    Some(link("competency", &competency.entry))
}

fn role(parts: &Parts, place: usize) -> Option<(String, String)> {
    let role = parts.roles.get(place)?;
    Some(link("role", &role.entry))
}

/// Words in which each of these titles, where it first stands after the one before, is a link.
fn linked(words: &str, links: &[(String, String)]) -> Line {
    let mut line = Line::new();
    let mut rest = words;
    for (id, title) in links {
        if let Some((before, after)) = rest.split_once(title.as_str()) {
            if !before.is_empty() {
                line.push(Piece::Plain(before.to_owned()));
            }
            line.push(Piece::Link(id.clone(), title.clone()));
            rest = after;
        }
    }
    if !rest.is_empty() {
        line.push(Piece::Plain(rest.to_owned()));
    }
    line
}

/// The same words, beginning with a capital.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
