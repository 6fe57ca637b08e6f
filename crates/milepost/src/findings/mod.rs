//! Findings for the programs of others. In: diagnostics, and scenarios that did not come out as expected. Out: one list with
//! places and fingerprints, and the documents that platforms of continuous integration take.

mod github;
mod gitlab;
mod sarif;

use std::collections::BTreeMap;

use milepost_diagnostics::{Diagnostic, Severity, Source, Sources, Span, Units};
use sha2::{Digest, Sha256};

use crate::scenario::ScenarioResult;

/// What a scenario that does not come out as expected is called among the codes of diagnostics.
const SCENARIO: &str = "scenario";

/// A stretch of a file, counted as most programs count: lines and UTF-16 columns from 1, the end not included.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Region {
    file: String,
    start: (u32, u32),
    end: (u32, u32),
}

/// One thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Finding {
    rule: &'static str,
    severity: Severity,
    message: String,
    help: Vec<String>,
    /// Places and what is to be said of them, the finding's own first.
    places: Vec<(Region, String)>,
    /// What mends it, where that is certain.
    edits: Vec<(Region, String)>,
    fingerprint: String,
}

/// What was found so far, in the order it was found.
///
/// Each finding has a fingerprint, by which a platform knows it again: made of its kind, its file and what stands on its line, but
/// not of where that line is, so that a finding that has moved is not a new one. Of findings alike in all three, the first is told
/// from the second.
///
/// ```
/// use milepost::{Findings, Levels};
///
/// let text = "pathway p \"P\" { version \"1\" }\nrole r \"R\" { eligible when yeers >= 3 }\n";
/// let compiled = milepost::compile(&|_: &str| Ok(text.into()), "p.pathway");
/// let mut findings = Findings::default();
/// for found in compiled.findings(&Levels::default()) {
///     findings.diagnostic(&found, compiled.sources());
/// }
/// assert!(findings.to_github().starts_with("::error file=p.pathway,line=2,"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Findings {
    all: Vec<Finding>,
    /// How many findings there were of each kind that look the same: code, file and line.
    alike: BTreeMap<String, u32>,
}

impl Findings {
    /// Takes a diagnostic.
    pub fn diagnostic(&mut self, found: &Diagnostic, sources: &Sources) {
        let labels = found.labels.iter();
        let edits = found.edits.iter();
        self.add(
            Finding {
                rule: found.code.as_str(),
                severity: found.severity(),
                message: found.message.clone(),
                help: found.help.clone(),
                places: labels
                    .filter_map(|it| Some((region(it.span, sources)?, it.text.clone())))
                    .collect(),
                edits: edits
                    .filter_map(|it| Some((region(it.span, sources)?, it.text.clone())))
                    .collect(),
                fingerprint: String::new(),
            },
            &seed(found.code.as_str(), found.span(), sources),
        );
    }

    /// Takes each expectation of a scenario that was not met.
    pub fn scenario(&mut self, result: &ScenarioResult, sources: &Sources) {
        for failure in &result.failures {
            let title = (result.span, "the scenario".to_owned());
            let places = [(failure.span, String::new()), title];
            let finding = Finding {
                rule: SCENARIO,
                severity: Severity::Error,
                message: format!(
                    "the scenario `{}` does not come out as expected: {}: expected {}, found {}",
                    result.title, failure.address, failure.expected, failure.found
                ),
                help: failure.explanation.clone(),
                places: places
                    .into_iter()
                    .filter_map(|(span, text)| Some((region(span, sources)?, text)))
                    .collect(),
                edits: Vec::new(),
                fingerprint: String::new(),
            };
            let seed = seed(SCENARIO, Some(failure.span), sources);
            self.add(finding, &format!("{seed}\0{}", result.title));
        }
    }

    fn add(&mut self, mut finding: Finding, seed: &str) {
        let place = self.alike.entry(seed.to_owned()).or_default();
        *place += 1;
        let digest = Sha256::digest(format!("{seed}\0{place}").as_bytes());
        finding.fingerprint = digest
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        self.all.push(finding);
    }
}

impl Finding {
    fn place(&self) -> Option<&Region> {
        self.places.first().map(|(region, _)| region)
    }

    /// What is wrong, and what to do about it on lines of their own.
    fn whole(&self) -> String {
        let helps = self.help.iter().map(String::as_str);
        let lines: Vec<&str> = std::iter::once(self.message.as_str())
            .chain(helps)
            .collect();
        lines.join("\n")
    }
}

/// What a finding is told by: its kind, its file and its line without the blanks, so that one that moved, or was laid out anew,
/// is the same.
fn seed(kind: &str, span: Option<Span>, sources: &Sources) -> String {
    let source = span.and_then(|span| Some((span, sources.get(span.file)?)));
    let (file, line) = source.map_or(("", String::new()), |(span, source)| {
        (source.name(), line(source, span.start))
    });
    format!("{kind}\0{file}\0{line}")
}

/// The words of the line that a byte is on.
fn line(source: &Source, byte: u32) -> String {
    let text = source.text();
    let (before, after) = text.split_at(text.floor_char_boundary(byte as usize));
    let before = before.rsplit('\n').next().unwrap_or("");
    let after = after.split('\n').next().unwrap_or("");
    let line = format!("{before}{after}");
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn region(span: Span, sources: &Sources) -> Option<Region> {
    let source = sources.get(span.file)?;
    let at = |byte| {
        let place = source.place(byte, Units::Utf16);
        // a byte order mark is no character of the first line
        let mark = place.line == 0 && source.text().starts_with('\u{feff}');
        let column = place.column.saturating_sub(u32::from(mark));
        (place.line.saturating_add(1), column.saturating_add(1))
    };
    Some(Region {
        file: source.name().to_owned(),
        start: at(span.start),
        end: at(span.end),
    })
}
