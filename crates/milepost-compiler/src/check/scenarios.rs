//! Scenarios: a date to evaluate on, and something to expect.

use milepost_diagnostics::{Code, Diagnostic};
use milepost_syntax::tree::{ExpectedStatus, ItemKind, ScenarioLine};

use super::Subject;

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for item in subject
        .files
        .files
        .iter()
        .flat_map(|loaded| &loaded.tree.items)
    {
        let ItemKind::Scenario(scenario) = &item.kind else {
            continue;
        };
        let span = scenario.title.span;
        let dates: Vec<_> = scenario
            .lines
            .iter()
            .filter_map(|line| match line {
                ScenarioLine::AsOf(date) => Some(date.span),
                _ => None,
            })
            .collect();
        match dates.as_slice() {
            [] => found.push(
                Diagnostic::new(Code::ScenarioIncomplete, span, "this scenario has no date")
                    .help("add the day it is evaluated on, such as `as of 2026-11-22`"),
            ),
            [_] => {}
            [first, second, ..] => found.push(
                Diagnostic::new(
                    Code::RepeatedProperty,
                    *second,
                    "a scenario is evaluated on one day",
                )
                .label(*first, "the first is here")
                .help("write a second scenario for the other day"),
            ),
        }
        let mut expects = false;
        for line in &scenario.lines {
            if let ScenarioLine::Expect(expect) = line {
                expects = true;
                if expect.status == ExpectedStatus::Waived && expect.labels.is_none() {
                    found.push(
                        Diagnostic::new(
                            Code::ScenarioIncomplete,
                            expect.span,
                            "only a requirement can be waived",
                        )
                        .help("name it by its labels, as in `expect role NAME experience waived`; what rests on it is `met`"),
                    );
                }
                if expect.at_risk && expect.status != ExpectedStatus::Met {
                    found.push(
                        Diagnostic::new(
                            Code::ScenarioIncomplete,
                            expect.span,
                            "only what is met can be at risk",
                        )
                        .help("write `met at risk`, or leave `at risk` away"),
                    );
                }
            }
        }
        if !expects {
            found.push(
                Diagnostic::new(
                    Code::ScenarioIncomplete,
                    span,
                    "this scenario expects nothing",
                )
                .help("add what should come of it, such as `expect role NAME met`"),
            );
        }
    }
}
