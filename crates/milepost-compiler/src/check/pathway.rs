//! One programme, one `pathway`; one kind of candidate; something to evaluate.

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_syntax::tree::ItemKind;

use super::Subject;

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let main = subject.files.files.len().saturating_sub(1);
    let mut first: Option<Span> = None;
    let mut candidate: Option<(&str, Span)> = None;
    for (file, loaded) in subject.files.files.iter().enumerate().rev() {
        for item in &loaded.tree.items {
            match &item.kind {
                ItemKind::Pathway(pathway) => {
                    let name = &pathway.name;
                    if let Some(first) = first {
                        found.push(
                            Diagnostic::new(
                                Code::PathwayCount,
                                name.span,
                                "a programme has one `pathway`",
                            )
                            .label(first, "this is the one that counts")
                            .help("keep one of them"),
                        );
                    } else if file == main {
                        first = Some(name.span);
                    } else {
                        let used = use_of(subject, file).unwrap_or(name.span);
                        found.push(
                            Diagnostic::new(Code::PathwayCount, used, "a file with a `pathway` of its own cannot be used by another")
                                .label(name.span, format!("`{}` is declared here", name.text))
                                .help("put what both share into a file without `pathway`, and use that from both"),
                        );
                    }
                }
                ItemKind::Candidate(declared) => {
                    let title = &declared.title;
                    match candidate {
                        Some((other, span)) if other != title.text => found.push(
                            Diagnostic::new(
                                Code::CandidateClash,
                                title.span,
                                format!("is the candidate `{}` or `{other}`?", title.text),
                            )
                            .label(span, format!("`{other}` here"))
                            .help("give both blocks one title: their facts then add up"),
                        ),
                        Some(_) => {}
                        None => candidate = Some((&title.text, title.span)),
                    }
                }
                _ => {}
            }
        }
    }
    let model = subject.model;
    if let Some(header) = &model.header
        && model.competencies.is_empty()
        && model.roles.is_empty()
        && subject.files.diagnostics.is_empty()
    {
        found.push(
            Diagnostic::new(
                Code::NothingToEvaluate,
                header.named.span,
                "this programme has no competency and no role",
            )
            .help(
                "declare what a candidate can reach: `competency NAME { … }` or `role NAME { … }`",
            ),
        );
    }
}

/// Where a file is first used.
fn use_of(subject: &Subject<'_>, used: usize) -> Option<Span> {
    subject.files.files.iter().rev().find_map(|loaded| {
        let uses = loaded
            .tree
            .items
            .iter()
            .filter_map(|item| match &item.kind {
                ItemKind::Use(used) => Some(used.path.span),
                _ => None,
            });
        // A `use` that failed has no place among the uses, and then nothing is certain.
        let spans: Vec<_> = uses.collect();
        (spans.len() == loaded.uses.len())
            .then(|| {
                loaded
                    .uses
                    .iter()
                    .zip(spans)
                    .find(|((place, _), _)| *place == used)
                    .map(|(_, span)| span)
            })
            .flatten()
    })
}
