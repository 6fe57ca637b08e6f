//! How a requirement is made of others: a plan and a requirement in; a group and its members, or what it is about, out.

use milepost_engine::plan::{Form, NodeId, Number, Ordinal, Source, Test, Text, When};
use milepost_engine::{Decimal, Plan};

/// How a requirement is made of others.
pub(crate) enum Shape {
    /// All of them; one by itself is all of itself.
    All(Vec<NodeId>),
    /// At least so many of them.
    AtLeast(Number, Vec<NodeId>),
    /// So many points of what they are worth.
    Points(Number, Vec<NodeId>, Vec<u32>),
    /// None of them.
    None(Vec<NodeId>),
    /// All of them, each with records of its own.
    Apart(Vec<NodeId>),
}

/// A group as so many of its members.
pub(crate) fn counted(shape: Shape) -> (Number, Vec<NodeId>) {
    match shape {
        Shape::AtLeast(number, members) => (number, members),
        Shape::All(members)
        | Shape::None(members)
        | Shape::Apart(members)
        | Shape::Points(_, members, _) => {
            let all = i64::try_from(members.len()).unwrap_or(i64::MAX);
            (whole(all), members)
        }
    }
}

fn whole(number: i64) -> Number {
    Number::Literal(Decimal::from_whole(number).unwrap_or(Decimal::MAX))
}

/// How a requirement is made of others. What is itself a group of the same sort and cannot be waived is opened up.
pub(crate) fn shape(plan: &Plan, id: NodeId) -> Shape {
    let members = |children: &[NodeId], opened: fn(&Form) -> bool| {
        let mut members = Vec::new();
        let mut left: Vec<NodeId> = children.iter().rev().copied().collect();
        while let Some(child) = left.pop() {
            match plan.node(child) {
                Some(node) if node.waivable.is_empty() && opened(&node.form) => {
                    left.extend(node.form.children().iter().rev());
                }
                _ => members.push(child),
            }
        }
        members
    };
    let all = |form: &Form| match form {
        Form::All(_) | Form::InOrder(_) => true,
        Form::Any(children) => children.len() == 1,
        _ => false,
    };
    let any = |form: &Form| match form {
        Form::Any(_) => true,
        Form::All(children) | Form::InOrder(children) => children.len() == 1,
        _ => false,
    };
    match plan.node(id).map(|node| &node.form) {
        Some(Form::All(children) | Form::InOrder(children)) => Shape::All(members(children, all)),
        Some(Form::Any(children)) if children.len() == 1 => Shape::All(members(children, all)),
        Some(Form::Any(children)) => Shape::AtLeast(whole(1), members(children, any)),
        Some(Form::AtLeast(number, children)) => Shape::AtLeast(number.clone(), children.clone()),
        Some(Form::Points(number, children, worth)) => {
            Shape::Points(number.clone(), children.clone(), worth.clone())
        }
        Some(Form::None(children)) => Shape::None(members(children, any)),
        Some(Form::WithoutReuse(children)) => Shape::Apart(children.clone()),
        _ => Shape::All(vec![id]),
    }
}

/// The first fact a condition is about.
pub(crate) fn first(test: &Test) -> Option<Source> {
    let number = |number: &Number| match number {
        Number::Of(source) | Number::OfLevel(source, _) => Some(*source),
        _ => None,
    };
    match test {
        Test::YesNo(source)
        | Test::Known(source)
        | Test::Contains(source, _)
        | Test::Criteria(_, source, ..) => Some(*source),
        Test::Numbers(left, _, right) => number(left).or_else(|| number(right)),
        Test::Dates(left, _, right) => day(left).or_else(|| day(right)),
        Test::Ordinals(left, _, right) => level(*left).or_else(|| level(*right)),
        Test::Texts(left, _, right) => text(left).or_else(|| text(right)),
        Test::All(tests) | Test::Any(tests) | Test::OneOf(tests) => tests.iter().find_map(first),
        Test::Not(test) => first(test),
        Test::Literal(_) => None,
    }
}

fn day(when: &When) -> Option<Source> {
    match when {
        When::Of(source) => Some(*source),
        When::Plus(date, _) | When::Minus(date, _) | When::Next(_, date) => day(date),
        _ => None,
    }
}

const fn level(ordinal: Ordinal) -> Option<Source> {
    match ordinal {
        Ordinal::Of(source) => Some(source),
        Ordinal::Literal(_) => None,
    }
}

const fn text(text: &Text) -> Option<Source> {
    match text {
        Text::Of(source) => Some(*source),
        Text::Literal(_) => None,
    }
}
