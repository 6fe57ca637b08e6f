//! What can be done about a problem at a place: what is wrong in a programme and a stretch of it in; edits with their titles
//! out.

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, FileId, Severity, Span};

use crate::Analysis;
use crate::edit::Edit;

/// Something that mends a problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What it does, or what it mends.
    pub title: String,
    /// The code of the problem.
    pub code: Code,
    /// Where the problem is.
    pub at: Span,
    /// What is to stand where, in order.
    pub edits: Vec<Edit>,
    /// Whether it is certain to be what is wanted.
    pub certain: bool,
}

/// So many guesses are tried out for one question.
const GUESSES: usize = 8;

impl Analysis {
    /// What mends the problems that a stretch of text touches.
    #[must_use]
    pub fn actions(&self, problems: &[Diagnostic], within: Span) -> Vec<Action> {
        let touches =
            |at: Span| at.file == within.file && at.start <= within.end && within.start <= at.end;
        let problems = problems.iter();
        let here = problems.filter_map(|problem| Some((problem, problem.span()?)));
        let mut guesses = GUESSES;
        here.filter(|(_, at)| touches(*at))
            .filter_map(|(problem, at)| self.action(problem, at, &mut guesses))
            .collect()
    }

    /// Everything that is certain to mend something in a file, as far as it can be done at once: of two things that touch
    /// each other, the first. Nothing, if there would be more errors then.
    #[must_use]
    pub fn mended(&self, problems: &[Diagnostic], file: FileId) -> Vec<Edit> {
        let mut taken: BTreeMap<u32, &Edit> = BTreeMap::new();
        for problem in problems {
            let fits = |edit: &Edit| {
                let before = taken.range(..=edit.span.end).next_back();
                edit.span.file == file && before.is_none_or(|(_, it)| it.span.end < edit.span.start)
            };
            if problem.edits.iter().all(fits) {
                taken.extend(problem.edits.iter().map(|edit| (edit.span.start, edit)));
            }
        }
        let edits: Vec<_> = taken.into_values().cloned().collect();
        let mends = !edits.is_empty() && self.with(&edits).errors() <= self.errors();
        if mends { edits } else { Vec::new() }
    }

    fn action(&self, problem: &Diagnostic, at: Span, guesses: &mut usize) -> Option<Action> {
        if !problem.edits.is_empty() {
            let mut edits = problem.edits.clone();
            edits.sort_by_key(|edit| edit.span);
            let first = edits.first()?;
            let title = match edits.as_slice() {
                [only] => self.told(only),
                _ => format!("Mend `{}` and what belongs to it", self.shown(first.span)),
            };
            return Some(Action {
                title,
                code: problem.code,
                at,
                edits,
                certain: true,
            });
        }
        let text = problem.meant()?.to_owned();
        *guesses = guesses.checked_sub(1)?;
        let edits = vec![Edit { span: at, text }];
        // A suggestion is for a person to look at; one that does not help is none.
        let mends = self.with(&edits).errors() < self.errors();
        let title = edits.first().map(|edit| self.told(edit));
        title.filter(|_| mends).map(|title| Action {
            title,
            code: problem.code,
            at,
            edits,
            certain: false,
        })
    }

    fn told(&self, edit: &Edit) -> String {
        let (old, new) = (self.shown(edit.span), edit.text.trim());
        match (old.is_empty(), new.is_empty()) {
            (true, _) => format!("Put in `{new}`"),
            (_, true) => format!("Take out `{old}`"),
            _ => format!("Change to `{new}`"),
        }
    }

    /// The beginning of what stands somewhere, on one line.
    fn shown(&self, span: Span) -> String {
        const MOST: usize = 40;
        let words: Vec<_> = self
            .sources()
            .text(span)
            .split_whitespace()
            .take(MOST)
            .collect();
        let text = words.join(" ");
        match text.char_indices().nth(MOST) {
            Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
            None => text,
        }
    }

    /// How many errors there are.
    pub(crate) fn errors(&self) -> usize {
        let all = self.diagnostics().iter();
        all.filter(|it| it.severity() == Severity::Error).count()
    }
}
