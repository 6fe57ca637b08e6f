//! What commands find in programmes. In: diagnostics and results of scenarios. Out: excerpts for people as they come, or at the end
//! one document for programs, in the form that was asked for.

use milepost::{Compiled, Diagnostic, Findings, ScenarioResult, Severity, wire};

use crate::args::FindingsFormat;
use crate::check::counted;
use crate::junit::{Case, Suites};
use crate::programme::Shown;
use crate::screen::Screen;
use crate::{Trouble, complain, explain, report};

/// What was found so far.
pub struct Found {
    format: FindingsFormat,
    shown: Shown,
    pub listed: Vec<wire::Diagnostic>,
    findings: Findings,
    suites: Suites,
    pub errors: usize,
    pub warnings: usize,
}

impl Found {
    /// Nothing yet.
    pub fn new(format: FindingsFormat) -> Self {
        Self {
            format,
            shown: Shown::default(),
            listed: Vec::new(),
            findings: Findings::default(),
            suites: Suites::default(),
            errors: 0,
            warnings: 0,
        }
    }

    /// Takes the diagnostics of a programme that were not there in another.
    pub fn diagnostics(&mut self, screen: &Screen, compiled: &Compiled, all: &[Diagnostic]) {
        let sources = compiled.sources();
        let new = self.shown.news(screen, compiled, all);
        for diagnostic in &new {
            match diagnostic.severity() {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
            }
        }
        match self.format {
            FindingsFormat::Text => complain::diagnostics(screen, sources, &new),
            FindingsFormat::Json => {
                let listed = new.iter().map(|it| wire::Diagnostic::new(it, sources));
                self.listed.extend(listed);
            }
            FindingsFormat::Github | FindingsFormat::Gitlab | FindingsFormat::Sarif => {
                for diagnostic in new {
                    self.findings.diagnostic(diagnostic, sources);
                }
            }
            FindingsFormat::Junit => {
                for diagnostic in new {
                    self.case(compiled, diagnostic);
                }
            }
        }
    }

    /// Takes the result of a scenario that somebody is to know of.
    pub fn scenario(
        &mut self,
        screen: &Screen,
        compiled: &Compiled,
        result: &ScenarioResult,
    ) -> Result<(), Trouble> {
        let sources = compiled.sources();
        let failed = !result.failures.is_empty();
        match self.format {
            FindingsFormat::Text if failed => {
                screen.print(&complain::scenario(screen, sources, result))?;
                screen.print(&report::around(screen, result))?;
            }
            FindingsFormat::Text | FindingsFormat::Json => {}
            FindingsFormat::Github | FindingsFormat::Gitlab | FindingsFormat::Sarif => {
                self.findings.scenario(result, sources);
            }
            FindingsFormat::Junit => {
                let source = sources.get(result.span.file);
                let failure = failed.then(|| {
                    let failures = result.failures.iter();
                    let said = failures.map(|it| {
                        format!(
                            "{}: expected {}, found {}",
                            it.address, it.expected, it.found
                        )
                    });
                    let said: Vec<_> = said.collect();
                    let text = complain::scenario(&Screen::NONE, sources, result)
                        + &report::around(&Screen::NONE, result);
                    (said.join("; "), text)
                });
                let case = Case {
                    name: result.title.clone(),
                    line: source.map(|source| source.position(result.span.start).line),
                    failure,
                    notes: String::new(),
                };
                self.suites
                    .add(source.map_or("", |source| source.name()), [case]);
            }
        }
        Ok(())
    }

    /// A diagnostic as a case: an error is one that failed.
    fn case(&mut self, compiled: &Compiled, diagnostic: &Diagnostic) {
        let sources = compiled.sources();
        let place = diagnostic.span();
        let place = place.and_then(|span| Some((sources.get(span.file)?, span)));
        let code = diagnostic.code.as_str();
        let at = place.map(|(source, span)| source.position(span.start));
        let said = complain::told(&Screen::NONE, false, sources, diagnostic);
        let is_error = diagnostic.severity() == Severity::Error;
        let case = Case {
            name: at.map_or_else(
                || code.to_owned(),
                |at| format!("{code} at {}:{}", at.line, at.column),
            ),
            line: at.map(|at| at.line),
            failure: is_error.then(|| (diagnostic.message.clone(), said.clone())),
            notes: if is_error { String::new() } else { said },
        };
        self.suites
            .add(place.map_or("", |(source, _)| source.name()), [case]);
    }

    /// A file was looked at: where nothing was found in it, that is a case as well.
    pub fn looked_at(&mut self, name: &str) {
        if self.format == FindingsFormat::Junit && !self.suites.has(name) {
            let case = Case {
                name: "check".to_owned(),
                ..Case::default()
            };
            self.suites.add(name, [case]);
        }
    }

    /// The document for programs; none for people, nor where a command has one of its own.
    pub fn document(&self) -> Result<Option<String>, Trouble> {
        Ok(match self.format {
            FindingsFormat::Text | FindingsFormat::Json => None,
            FindingsFormat::Github => Some(self.findings.to_github()),
            FindingsFormat::Gitlab => Some(self.findings.to_gitlab()),
            FindingsFormat::Junit => Some(self.suites.document()?),
            FindingsFormat::Sarif => Some(self.findings.to_sarif(&explain::page_of)),
        })
    }

    /// How many errors and warnings.
    pub fn summary(&self) -> String {
        match (self.errors, self.warnings) {
            (0, 0) => "nothing wrong".to_owned(),
            (errors, 0) => counted(errors, "error"),
            (0, warnings) => counted(warnings, "warning"),
            (errors, warnings) => format!(
                "{}, {}",
                counted(errors, "error"),
                counted(warnings, "warning")
            ),
        }
    }
}
