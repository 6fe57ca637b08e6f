//! The public door: texts in, a [`Pathway`] out; records and days in, [`Outcome`]s out.

use std::fmt;

use milepost_diagnostics::{Diagnostic, Severity, Sources};
use milepost_engine::record::{Input, Record, RecordError};
use milepost_engine::{Date, Evaluator, Plan};

use crate::decode::{self, Names};
use crate::report::{report, status_of};
use crate::scenario::{self, ScenarioResult};
use crate::source::SourceReader;
use crate::wire::{self, Refusal};

/// Compiles the programme whose main file is at `main`.
///
/// ```
/// let text = r#"
///     pathway coaching "Coaching" { version "2026.1" }
///     evidence session "Coaching session"
///     role coach "Coach" { eligible when at least 1 session }
/// "#;
/// let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
/// let compiled = milepost::compile(&sources, "main.pathway");
/// assert!(compiled.plan().is_ok());
/// ```
#[must_use]
pub fn compile(sources: &impl SourceReader, main: &str) -> Compiled {
    let compiled = milepost_compiler::compile(&mut |path| sources.read(path), main);
    Compiled {
        sources: compiled.sources,
        diagnostics: compiled.diagnostics,
        pathway: compiled.plan.map(Pathway::new),
        scenarios: compiled.scenarios,
    }
}

/// What compiling made: what could be understood, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Compiled {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    pathway: Option<Pathway>,
    scenarios: Vec<milepost_compiler::Scenario>,
}

impl Compiled {
    /// The texts that were read.
    #[must_use]
    pub const fn sources(&self) -> &Sources {
        &self.sources
    }

    /// What is wrong or doubtful.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The same for programs.
    #[must_use]
    pub fn wire_diagnostics(&self) -> Vec<wire::Diagnostic> {
        self.diagnostics
            .iter()
            .map(|diagnostic| wire::Diagnostic::new(diagnostic, &self.sources))
            .collect()
    }

    /// Whether anything is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity() == Severity::Error)
    }

    /// The checked programme.
    ///
    /// # Errors
    ///
    /// The texts have errors, or hold no programme; the error carries the diagnostics.
    pub fn plan(&self) -> Result<&Pathway, CompileError> {
        self.pathway.as_ref().ok_or_else(|| CompileError {
            diagnostics: self.wire_diagnostics(),
        })
    }

    /// Runs the scenarios of the main file, in the order written.
    #[must_use]
    pub fn run_scenarios(&self) -> Vec<ScenarioResult> {
        self.pathway
            .as_ref()
            .map_or_else(Vec::new, |pathway| scenario::run(pathway, &self.scenarios))
    }
}

/// Why texts make no programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompileError {
    /// What is wrong or doubtful; may be empty for a file that is only a part of a programme.
    pub diagnostics: Vec<wire::Diagnostic>,
}

impl fmt::Display for CompileError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the programme cannot be evaluated")?;
        let errors = self
            .diagnostics
            .iter()
            .filter(|it| it.severity == wire::Severity::Error);
        for error in errors {
            out.write_str("\n  ")?;
            if let Some(label) = error.labels.first() {
                write!(
                    out,
                    "{}:{}:{}: ",
                    label.file, label.start.line, label.start.column
                )?;
            }
            write!(out, "[{}] {}", error.code, error.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for CompileError {}

/// A checked programme, ready for records.
#[derive(Clone, Debug)]
pub struct Pathway {
    plan: Plan,
    names: Names,
}

impl Pathway {
    /// A plan, with the names its records use.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        let names = Names::new(&plan);
        Self { plan, names }
    }

    /// The plan.
    #[must_use]
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Decodes a record: JSON text in UTF-8.
    ///
    /// # Errors
    ///
    /// Anything is wrong with it; every problem is listed with its place.
    pub fn decode_record(&self, json: &[u8]) -> Result<Record, Refusal> {
        decode::record(&self.plan, &self.names, json)
    }

    /// A record of what is already in Rust.
    ///
    /// # Errors
    ///
    /// Something in it does not fit the programme.
    pub fn record(&self, input: Input) -> Result<Record, RecordError> {
        Record::new(&self.plan, input)
    }

    /// Evaluates a record on a day.
    ///
    /// ```
    /// # let text = r#"
    /// #     pathway coaching "Coaching" { version "2026.1" }
    /// #     evidence session "Coaching session"
    /// #     role coach "Coach" { eligible when at least 1 session }
    /// # "#;
    /// # let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
    /// # let compiled = milepost::compile(&sources, "main.pathway");
    /// let plan = compiled.plan()?;
    /// let record = plan.decode_record(
    ///     br#"{ "id": "c-7", "evidence": [{ "id": "s1", "kind": "session", "date": "2026-09-01" }] }"#,
    /// )?;
    /// let outcome = plan.evaluate(&record, "2026-11-22".parse()?);
    /// assert_eq!(outcome.status("coach"), Some(milepost::wire::Status::Met));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn evaluate<'a>(&'a self, record: &'a Record, as_of: Date) -> Outcome<'a> {
        let outcome = Evaluator::new(&self.plan).evaluate(record, as_of);
        Outcome {
            pathway: self,
            record,
            outcome,
        }
    }

    /// JSON Schema of this programme's records.
    #[must_use]
    pub fn record_schema(&self) -> serde_json::Value {
        crate::schema::record(self.plan.parts())
    }
}

/// What an evaluation found; sentences are made of it only when asked for.
#[derive(Clone, Debug)]
pub struct Outcome<'a> {
    pathway: &'a Pathway,
    record: &'a Record,
    outcome: milepost_engine::Outcome,
}

impl Outcome<'_> {
    /// The day it holds for.
    #[must_use]
    pub const fn as_of(&self) -> Date {
        self.outcome.as_of
    }

    /// How a role or competency stands, if there is one of that name.
    #[must_use]
    pub fn status(&self, name: &str) -> Option<wire::Status> {
        let parts = self.pathway.plan.parts();
        let role = parts.roles.iter().position(|role| role.entry.name == name);
        let competency = || {
            parts
                .competencies
                .iter()
                .position(|competency| competency.entry.name == name)
        };
        let truth = match role {
            Some(at) => self.outcome.roles.get(at)?.truth,
            None => self.outcome.competencies.get(competency()?)?.truth,
        };
        Some(status_of(truth.status()))
    }

    /// What the engine found, in numbers and places.
    #[must_use]
    pub const fn engine(&self) -> &milepost_engine::Outcome {
        &self.outcome
    }

    /// The whole outcome as a document, with every sentence made.
    #[must_use]
    pub fn report(&self) -> wire::Outcome {
        report(self.pathway, self.record, &self.outcome)
    }

    /// The document as canonical JSON: one order of keys, no space that means nothing.
    #[must_use]
    pub fn to_json(&self) -> String {
        self.report().to_json()
    }

    /// The document as JSON with lines and indentation.
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        self.report().to_json_pretty()
    }
}
