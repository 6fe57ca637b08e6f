//! School years mean something only where the programme says when they start.

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::Unit;
use milepost_syntax::tree::{ItemKind, PathwayProperty};

use super::Subject;
use crate::model::{ExprKind, Form, Records, Spread, Window};
use crate::walk;

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let model = subject.model;
    let Some(header) = &model.header else { return };
    if header.school_year.is_some() || says_it(subject) {
        return;
    }
    let mut first: Option<Span> = None;
    let mut note = |span: Span| {
        first.get_or_insert(span);
    };
    walk::requirements(model, &mut |requirement| {
        if let Form::Records(records) = &requirement.form {
            of_records(records, &mut note);
        }
        if matches!(requirement.form, Form::Held(_)) {
            note(requirement.span);
        }
        walk::expressions(requirement, &mut |whole| {
            walk::parts(whole, &mut |expr| {
                if matches!(expr.kind, ExprKind::YearStart(_) | ExprKind::YearEnd(_)) {
                    note(expr.span);
                }
            });
        });
    });
    for competency in &model.competencies {
        if matches!(&competency.awards, Some((_, Some(valid))) if valid.unit == Unit::SchoolYears) {
            note(competency.named.span);
        }
    }
    for stage in &model.stages {
        if stage
            .valid
            .is_some_and(|valid| valid.unit == Unit::SchoolYears)
        {
            note(stage.named.span);
        }
    }
    if let Some(span) = first {
        found.push(
            Diagnostic::new(
                Code::NoSchoolYear,
                span,
                "nobody said when a school year starts",
            )
            .label(header.named.span, "this programme does not say it")
            .help("add it to the `pathway` block, for example `school year starts 07-01`"),
        );
    }
}

/// Whether the main file says when a school year starts, on a day there is or not.
fn says_it(subject: &Subject<'_>) -> bool {
    let items = subject
        .files
        .files
        .last()
        .into_iter()
        .flat_map(|main| &main.tree.items);
    items
        .filter_map(|item| match &item.kind {
            ItemKind::Pathway(pathway) => Some(&pathway.properties),
            _ => None,
        })
        .flatten()
        .any(|property| matches!(property, PathwayProperty::SchoolYear(_)))
}

fn of_records(records: &Records, note: &mut dyn FnMut(Span)) {
    for (window, span) in &records.windows {
        match window {
            Window::ThisYear | Window::LastYear | Window::Year(_) | Window::LastYears(..) => {
                note(*span)
            }
            Window::Within(duration, _) | Window::InThe(duration, _)
                if duration.unit == Unit::SchoolYears =>
            {
                note(*span);
            }
            _ => {}
        }
    }
    if let Some((Spread::DifferentYears | Spread::ConsecutiveYears(_), span)) = &records.spread {
        note(*span);
    }
}
