//! Windows of time with no day in them, as far as written dates and lengths tell.

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::{Date, Unit};

use super::Subject;
use crate::model::{Expr, ExprKind, Form, Window};
use crate::walk;

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    walk::requirements(subject.model, &mut |requirement| {
        let Form::Records(records) = &requirement.form else {
            return;
        };
        let mut first: Option<(Date, Span)> = None;
        let mut last: Option<(Date, Span)> = None;
        for (window, span) in &records.windows {
            let (from, to) = days(window);
            if let Some(from) = from
                && first.is_none_or(|(day, _)| from > day)
            {
                first = Some((from, *span));
            }
            if let Some(to) = to
                && last.is_none_or(|(day, _)| to < day)
            {
                last = Some((to, *span));
            }
            if let Window::Within(duration, _) | Window::InThe(duration, _) = window
                && duration.count == 0
            {
                found.push(
                    Diagnostic::new(
                        Code::EmptyWindow,
                        *span,
                        "no day lies in a window of no length",
                    )
                    .help("write a length of at least one, such as `within 1 year`"),
                );
            }
            if let Window::LastYears(number, _) = window
                && matches!(number.kind, ExprKind::Number(number) if number.micros() <= 0)
            {
                found.push(
                    Diagnostic::new(
                        Code::EmptyWindow,
                        *span,
                        "no day lies in the last 0 school years",
                    )
                    .help("write a number of at least one"),
                );
            }
        }
        if let (Some((from, start)), Some((to, end))) = (first, last)
            && from > to
        {
            let mut problem = Diagnostic::new(
                Code::EmptyWindow,
                end,
                format!("no day is both from `{from}` on and up to `{to}`"),
            );
            if start != end {
                problem = problem.label(start, format!("the first day is `{from}`"));
            }
            found.push(problem.help("write the earlier date first, or take one of the two away"));
        }
    });
}

/// The first and the last day of a window that is written out.
fn days(window: &Window) -> (Option<Date>, Option<Date>) {
    match window {
        Window::Since(when) => (written(when), None),
        Window::After(when) => (written(when).map(Date::succ), None),
        Window::Before(when) => (None, written(when).map(Date::pred)),
        Window::From(from, to) => (written(from), written(to)),
        // School years begin where the programme says; their days are not worked out here.
        Window::Within(duration, _) | Window::InThe(duration, _)
            if duration.unit == Unit::SchoolYears =>
        {
            (None, None)
        }
        Window::Within(duration, Some(end)) => {
            let end = written(end);
            (end.map(|end| end.minus(*duration).succ()), end)
        }
        Window::InThe(duration, end) => {
            let end = written(end);
            (end.map(|end| end.minus(*duration)), end.map(Date::pred))
        }
        _ => (None, None),
    }
}

const fn written(when: &Expr) -> Option<Date> {
    match when.kind {
        ExprKind::Date(date) => Some(date),
        _ => None,
    }
}
