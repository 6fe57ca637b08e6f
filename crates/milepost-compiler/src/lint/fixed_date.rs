//! A day written into a rule, before the programme begins, where other requirements of the same evidence look back from the
//! day of evaluation: the window grows by a year every year.

use std::collections::BTreeSet;

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::Date;
use milepost_engine::plan::{Comparison, KindId};

use super::Subject;
use crate::model::{Expr, ExprKind, Form, Records, Window};
use crate::walk;

pub fn lint(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let model = subject.model;
    let header = model.header.as_ref();
    let Some((begins, _)) = header.and_then(|header| header.effective) else {
        return;
    };
    let mut moving: BTreeSet<KindId> = BTreeSet::new();
    each(subject, &mut |records| {
        let mut windows = records.windows.iter();
        if windows.any(|(window, _)| matches!(window, Window::Within(_, None))) {
            moving.insert(records.kind);
        }
    });
    each(subject, &mut |records| {
        if !moving.contains(&records.kind) {
            return;
        }
        let since = records
            .windows
            .iter()
            .filter_map(|(window, span)| match window {
                Window::Since(when) | Window::After(when) => Some((date(when)?, *span)),
                _ => None,
            });
        let conditions = [&records.whose, &records.matching];
        let mut open: Vec<&Expr> = conditions.into_iter().flatten().collect();
        let mut fixed: Vec<(Date, Span)> = since.collect();
        while let Some(expr) = open.pop() {
            match &expr.kind {
                ExprKind::And(left, right) => open.extend([&**left, &**right]),
                ExprKind::Compare(left, comparison, right) => {
                    fixed.extend(from(left, *comparison, right).map(|day| (day, expr.span)));
                }
                _ => {}
            }
        }
        for (day, span) in fixed.into_iter().filter(|(day, _)| *day < begins) {
            let kind = model.kind(records.kind).map_or("", |kind| &kind.named.name);
            let message =
                format!("`{day}` stays where it is, and the programme begins on `{begins}`");
            found.push(
                Diagnostic::new(Code::FixedDate, span, message).help(format!(
                    "another requirement of `{kind}` looks back from the day: write a window such as `within 3 years` here too"
                )),
            );
        }
    });
}

fn each<'m>(subject: &Subject<'m>, visit: &mut dyn FnMut(&'m Records)) {
    walk::requirements(subject.model, &mut |requirement| {
        if let Form::Records(records) = &requirement.form {
            visit(records);
        }
    });
}

/// The written day that a comparison lets dates of records begin with.
fn from(left: &Expr, comparison: Comparison, right: &Expr) -> Option<Date> {
    match (&left.kind, comparison, &right.kind) {
        (ExprKind::RecordDate, Comparison::GreaterOrEqual | Comparison::Greater, _) => date(right),
        (_, Comparison::LessOrEqual | Comparison::Less, ExprKind::RecordDate) => date(left),
        _ => None,
    }
}

const fn date(when: &Expr) -> Option<Date> {
    match when.kind {
        ExprKind::Date(date) => Some(date),
        _ => None,
    }
}
