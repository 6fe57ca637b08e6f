//! The public door to the compiler: texts in, diagnostics and a [`Pathway`] out.

use std::fmt;

use milepost_compiler::lint;
use milepost_compiler::model::Model;
use milepost_diagnostics::{Diagnostic, Levels, Severity, Sources, Span};

use crate::coverage::{self, Covered};
use crate::programme::Pathway;
use crate::scenario::{self, ScenarioResult};
use crate::source::SourceReader;
use crate::{untested, wire};

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
    milepost_compiler::compile(&mut |path| sources.read(path), main).into()
}

impl From<milepost_compiler::Compiled> for Compiled {
    fn from(compiled: milepost_compiler::Compiled) -> Self {
        Self {
            sources: compiled.sources,
            diagnostics: compiled.diagnostics,
            model: compiled.model,
            pathway: compiled.plan.map(Pathway::new),
            scenarios: compiled.scenarios,
            places: compiled.places,
        }
    }
}

/// What compiling made: what could be understood, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Compiled {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    model: Model,
    pathway: Option<Pathway>,
    scenarios: Vec<milepost_compiler::Scenario>,
    /// Where each requirement of the programme is written.
    places: Vec<Span>,
}

impl Compiled {
    /// The texts that were read.
    #[must_use]
    pub const fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Where each requirement of the programme is written.
    pub(crate) fn places(&self) -> &[Span] {
        &self.places
    }

    /// What is wrong or doubtful; levels play no part in it, nor do lints.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// What to report to whoever writes the texts: the errors, and of the warnings and lints those that neither the levels nor
    /// the notes in the texts allow.
    ///
    /// ```
    /// let text = r#"
    ///     pathway coaching "Coaching" { version "2026.1" }
    ///     evidence session "Coaching session"
    ///     competency mentor "Mentor" { requires at least 4 session }
    ///     role coach "Coach" { eligible when at least 1 session }
    /// "#;
    /// let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
    /// let compiled = milepost::compile(&sources, "main.pathway");
    /// let mut levels = milepost::Levels::default();
    /// assert_eq!(compiled.findings(&levels)[0].message, "no role uses competency `mentor`");
    /// levels.set(milepost::Code::UnusedCompetency, milepost::Level::Allow);
    /// assert!(compiled.findings(&levels).is_empty());
    /// ```
    #[must_use]
    pub fn findings(&self, levels: &Levels) -> Vec<Diagnostic> {
        let subject = lint::Subject {
            sources: &self.sources,
            model: &self.model,
        };
        let untested = self.pathway.as_ref().map_or_else(Vec::new, |pathway| {
            untested::branches(pathway, &self.places, &self.coverage())
        });
        lint::findings(&subject, &self.diagnostics, untested, levels)
    }

    /// What to report to whoever uses the programme: the diagnostics that nobody allows. That a warning is denied is for those
    /// who write the texts.
    #[must_use]
    pub fn told(&self, levels: &Levels) -> Vec<Diagnostic> {
        lint::told(&self.sources, &self.diagnostics, levels)
    }

    /// The diagnostics for programs.
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

    /// The requirements of roles, stages and competencies, by where they are written, and how the scenarios of the main file
    /// saw each of them stand.
    ///
    /// ```
    /// let text = r#"
    ///     pathway coaching "Coaching" { version "2026.1" }
    ///     evidence session "Coaching session"
    ///     role coach "Coach" { eligible when at least 1 session }
    ///     scenario "nothing handed in" { as of 2026-11-22  expect role coach unmet }
    /// "#;
    /// let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
    /// let seen = milepost::compile(&sources, "main.pathway").coverage()[0].seen;
    /// assert!(seen.unmet && !seen.met);
    /// ```
    #[must_use]
    pub fn coverage(&self) -> Vec<Covered> {
        self.pathway.as_ref().map_or_else(Vec::new, |pathway| {
            coverage::of(pathway, &self.places, &self.scenarios)
        })
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
