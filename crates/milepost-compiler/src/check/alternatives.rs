//! Groups and rules: something in them, and no more asked than there is.

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::Decimal;
use milepost_engine::plan::How;
use milepost_syntax::tree::ItemKind;

use super::Subject;
use crate::model::{ExprKind, Form, Group, Quantifier, Type};
use crate::walk;

/// How far behind its words the brace of a block may stand.
const BLANKS: u32 = 8;

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let model = subject.model;
    walk::requirements(model, &mut |requirement| {
        if let Form::Group(words, group, children) = &requirement.form {
            if children.is_empty() {
                if subject.unread(just_behind(requirement.span.to(*words))) {
                    return;
                }
                found.push(
                    Diagnostic::new(
                        Code::EmptyBlock,
                        *words,
                        "this block has no requirement in it",
                    )
                    .help("write what is required between the braces, or remove the block"),
                );
            } else if let Group::AtLeast(bound) = group
                && let ExprKind::Number(asked) = bound.kind
            {
                more_than(
                    asked,
                    children.len(),
                    "requirements here",
                    bound.span,
                    found,
                );
            } else if let Group::Points(bound, worth) = group
                && let ExprKind::Number(asked) = bound.kind
            {
                let worth = worth.iter().map(|points| points.map(u64::from));
                if let Some(all) = worth.sum::<Option<u64>>() {
                    let all = usize::try_from(all).unwrap_or(usize::MAX);
                    more_than(asked, all, "points here", bound.span, found);
                }
            }
        }
        walk::expressions(requirement, &mut |whole| {
            walk::parts(whole, &mut |expr| {
                if let ExprKind::Criteria(
                    Quantifier::Count(How::AtLeast | How::Exactly, bound),
                    rubric,
                    _,
                    _,
                ) = &expr.kind
                    && let (ExprKind::Number(asked), Type::Rubric(id)) = (&bound.kind, &rubric.ty)
                    && let Some(rubric) = model.rubric(*id)
                {
                    more_than(
                        *asked,
                        rubric.criteria.len(),
                        "criteria in the rubric",
                        bound.span,
                        found,
                    );
                }
            });
        });
    });
    for item in subject
        .files
        .files
        .iter()
        .flat_map(|loaded| &loaded.tree.items)
    {
        if let ItemKind::Rule(rule) = &item.kind {
            match rule.requirements.as_slice() {
                [] => found.push(
                    Diagnostic::new(
                        Code::EmptyBlock,
                        rule.name.span,
                        format!("rule `{}` requires nothing", rule.name.text),
                    )
                    .help("write what it requires between the braces"),
                ),
                [_] => {}
                [_, second, ..] if subject.unread(rule.name.span.to(second.span)) => {}
                [first, second, ..] => found.push(
                    Diagnostic::new(
                        Code::SeveralRequirements,
                        second.span,
                        format!("rule `{}` has more than one requirement", rule.name.text),
                    )
                    .label(first.span, "the first one is here")
                    .help("say how they go together: `all of { … }` or `any of { … }`"),
                ),
            }
        }
    }
}

/// A stretch and the few blanks after it, behind which its brace should stand.
fn just_behind(span: Span) -> Span {
    Span {
        end: span.end.saturating_add(BLANKS),
        ..span
    }
}

fn more_than(asked: Decimal, there: usize, what: &str, span: Span, found: &mut Vec<Diagnostic>) {
    let there = i64::try_from(there).unwrap_or(i64::MAX);
    if asked.to_whole().is_some_and(|asked| asked > there) {
        found.push(
            Diagnostic::new(
                Code::TooFewBranches,
                span,
                format!("{asked} are asked, and there are {there} {what}"),
            )
            .help(format!("ask for {there} at most, or add some")),
        );
    }
}
