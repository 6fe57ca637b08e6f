//! What running scenarios came to, for programs.

use milepost_diagnostics::Sources;
use serde::Serialize;

use super::Diagnostic;
use super::diagnostic::{Place, places};
use crate::coverage::{Covered, Seen};
use crate::scenario;

/// What the scenarios of files came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TestReport {
    /// How many came out as expected.
    pub passed: usize,
    /// How many did not.
    pub failed: usize,
    /// Every scenario that was run, file by file in the order it is written.
    pub scenarios: Vec<TestedScenario>,
    /// What kept scenarios from being run.
    pub diagnostics: Vec<Diagnostic>,
    /// What they tried out, if that was asked for.
    pub coverage: Option<TestCoverage>,
}

/// A scenario that was run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TestedScenario {
    /// Its title.
    pub title: String,
    /// The path of its file.
    pub file: String,
    /// Where its title stands.
    pub start: Place,
    /// Whether it came out as expected.
    pub passed: bool,
    /// The expectations that were not met.
    pub failures: Vec<TestFailure>,
}

/// An expectation that was not met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TestFailure {
    /// Where it begins.
    pub start: Place,
    /// The address of what it is about.
    pub address: String,
    /// What was expected, as scenarios write it.
    pub expected: String,
    /// What was found, as scenarios write it.
    pub found: String,
    /// Why it was found so.
    pub explanation: Vec<String>,
}

/// How much of the requirements scenarios tried out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TestCoverage {
    /// Of all sides there are to see, the share that was seen, in per cent, rounded down.
    pub percent: usize,
    /// The requirements.
    pub requirements: Vec<CoveredRequirement>,
}

/// How a requirement was seen to stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CoveredRequirement {
    /// The path of the file it is written in.
    pub file: String,
    /// Where it begins.
    pub start: Place,
    /// Whose it is, as scenarios write it.
    pub of: String,
    /// Its addresses: more than one, if it is in a rule that is used more than once.
    pub addresses: Vec<String>,
    /// In which ways.
    #[serde(flatten)]
    pub seen: Seen,
}

impl TestReport {
    /// Takes the result of a scenario.
    pub fn scenario(&mut self, result: &scenario::ScenarioResult, sources: &Sources) {
        let Some((file, start, _)) = places(result.span, sources) else {
            return;
        };
        let failures = result.failures.iter().filter_map(|failure| {
            let (_, start, _) = places(failure.span, sources)?;
            Some(TestFailure {
                start,
                address: failure.address.clone(),
                expected: failure.expected.clone(),
                found: failure.found.clone(),
                explanation: failure.explanation.clone(),
            })
        });
        let passed = result.failures.is_empty();
        if passed {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
        self.scenarios.push(TestedScenario {
            title: result.title.clone(),
            file,
            start,
            passed,
            failures: failures.collect(),
        });
    }

    /// The report as canonical JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl CoveredRequirement {
    /// A requirement with its place counted out; nothing, if it has none.
    #[must_use]
    pub fn new(covered: &Covered, sources: &Sources) -> Option<Self> {
        let (file, start, _) = places(covered.span, sources)?;
        Some(Self {
            file,
            start,
            of: covered.of.clone(),
            addresses: covered.addresses.clone(),
            seen: covered.seen,
        })
    }
}
