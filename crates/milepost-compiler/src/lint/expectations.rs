//! Expectations that stand twice in a scenario: the second one adds nothing, or cannot come out together with the first.

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, Sources, Span};

use super::Subject;
use crate::model::Expectation;

pub fn lint(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for scenario in &subject.model.scenarios {
        let mut first: BTreeMap<_, &Expectation> = BTreeMap::new();
        for it in &scenario.expectations {
            let labels: Vec<&str> = it.labels.iter().map(|(label, _)| label.as_str()).collect();
            let of = (it.subject, labels);
            match first.get(&of) {
                None => drop(first.insert(of, it)),
                Some(before) => found.push(twice(subject.sources, before, it)),
            }
        }
    }
}

fn twice(sources: &Sources, before: &Expectation, it: &Expectation) -> Diagnostic {
    let same = (before.verdict, before.at_risk) == (it.verdict, it.at_risk);
    let message = match same {
        true => "this is expected a second time",
        false => "something else is expected of this already",
    };
    let problem = Diagnostic::new(Code::RepeatedExpectation, it.span, message)
        .label(before.span, "the first time is here");
    match line(sources, it.span).filter(|_| same) {
        Some(line) => problem.help("remove it").edit(line, ""),
        None if same => problem.help("remove it"),
        None => problem.help("keep the one that is meant"),
    }
}

/// The line of an expectation with what parts it from the one before, if nothing else stands on it.
fn line(sources: &Sources, span: Span) -> Option<Span> {
    let text = sources.get(span.file)?.text();
    let before = text.get(..span.start as usize)?;
    let after = text.get(span.end as usize..)?;
    let blanks = [' ', '\t', '\r'];
    let kept = before.trim_end_matches(blanks).strip_suffix('\n')?;
    let kept = kept.strip_suffix('\r').unwrap_or(kept);
    let alone = after.trim_start_matches(blanks).starts_with('\n');
    alone.then_some(Span {
        start: u32::try_from(kept.len()).ok()?,
        ..span
    })
}
