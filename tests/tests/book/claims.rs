//! What blocks claim: a page in, the claims that do not hold out.

use std::collections::{BTreeMap, BTreeSet};

use milepost::{Compiled, Diagnostic, Levels, Pathway};
use milepost_diagnostics::{Code, Severity, Sources};

use crate::console::{self, Files};
use crate::pages::{Block, Page};

const MAIN: &str = "main.pathway";

/// What a `pathway` block claims.
enum Claim {
    /// It is right.
    Right,
    /// It gives this code and no other.
    Gives(Code),
    /// It parses.
    Fragment,
}

/// What the page has shown so far.
#[derive(Default)]
struct Shelf {
    files: BTreeMap<String, String>,
    /// Parts that no programme of the page has used yet.
    unused: BTreeSet<String>,
    programme: Option<Pathway>,
    record: Option<String>,
    /// Its last list of changes.
    changes: Option<String>,
    /// The files that its commands wrote.
    written: BTreeSet<String>,
    /// Whether its programmes are looked at by the lints as well.
    lints: bool,
}

/// The claims of a page that do not hold, by page and line.
pub fn wrong(page: &Page) -> Vec<String> {
    let mut shelf = Shelf {
        lints: page.path.starts_with("diagnostics/MP05") || page.path == "reference/lints.md",
        ..Shelf::default()
    };
    let mut wrong = Vec::new();
    for block in page.blocks() {
        let words: Vec<&str> = block.info.split_whitespace().collect();
        let result = match words.as_slice() {
            ["pathway", claims @ ..] => shelf.pathway(&block, claims),
            ["json", "record"] => shelf.record(&block, true),
            ["json", "refused"] => shelf.record(&block, false),
            ["json", "canonical"] => shelf.canonical(&block),
            ["json", "changes"] => {
                shelf.changes = Some(block.text.clone());
                Ok(())
            }
            ["console"] => shelf.console(page, &block),
            ["json", ..] => Err("JSON that claims nothing".to_owned()),
            _ => Ok(()),
        };
        wrong.extend(
            result
                .err()
                .map(|why| format!("{}:{}: {why}", page.path, block.line)),
        );
    }
    wrong.extend(
        shelf
            .unused
            .iter()
            .map(|part| format!("{}: nothing uses `{part}`", page.path)),
    );
    wrong
}

impl Shelf {
    fn pathway(&mut self, block: &Block, claims: &[&str]) -> Result<(), String> {
        let mut claim = Claim::Right;
        let mut name = MAIN;
        for word in claims {
            match word.split_once('=') {
                Some(("file", file)) => name = file,
                Some(("fails", code)) => claim = Claim::Gives(known(code, Severity::Error)?),
                Some(("warns", code)) => claim = Claim::Gives(known(code, Severity::Warning)?),
                None if *word == "fragment" => claim = Claim::Fragment,
                _ => return Err(format!("`{word}` claims nothing")),
            }
        }
        if matches!(claim, Claim::Fragment) {
            return fragment(&block.text);
        }
        self.files.insert(name.to_owned(), block.text.clone());
        if name != MAIN {
            // A part is compiled with the programme that uses it.
            self.unused.insert(name.to_owned());
            return Ok(());
        }
        let compiled = milepost::compile(&self.files, MAIN);
        for (_, source) in compiled.sources().iter() {
            self.unused.remove(source.name());
        }
        let found = if self.lints {
            compiled.findings(&Levels::default())
        } else {
            compiled.diagnostics().to_vec()
        };
        if let Claim::Gives(code) = claim {
            return gives(&compiled, &found, code);
        }
        right(&compiled, &found)?;
        self.programme = compiled.plan().ok().cloned();
        Ok(())
    }

    fn programme(&self) -> Result<&Pathway, String> {
        self.programme
            .as_ref()
            .ok_or_else(|| "no programme stands before this".to_owned())
    }

    fn record(&mut self, block: &Block, taken: bool) -> Result<(), String> {
        self.record = Some(block.text.clone());
        match self.programme()?.decode_record(block.text.as_bytes()) {
            Err(refusal) if taken => Err(refusal.to_string()),
            Ok(_) if !taken => Err("the record is not refused".to_owned()),
            _ => Ok(()),
        }
    }

    fn canonical(&self, block: &Block) -> Result<(), String> {
        let record = self
            .record
            .as_deref()
            .ok_or("no record stands before this")?;
        let record = self.programme()?.decode_record(record.as_bytes());
        let found = milepost::canonical::record(&record.map_err(|why| why.to_string())?);
        if found == block.text.trim_end() {
            Ok(())
        } else {
            Err(format!("the canonical record is\n{found}"))
        }
    }

    fn console(&mut self, page: &Page, block: &Block) -> Result<(), String> {
        let files = Files {
            programme: self.files.get(MAIN).map(String::as_str),
            parts: self
                .files
                .iter()
                .filter(|(name, _)| *name != MAIN)
                .map(|(name, text)| (name.as_str(), text.as_str()))
                .collect(),
            record: self.record.as_deref(),
            changes: self.changes.as_deref(),
        };
        let found = console::run(&block.text, &page.path, &files, &mut self.written)?;
        if found.trim_end() == block.text.trim_end() {
            return Ok(());
        }
        if std::env::var_os("MILEPOST_BLESS").is_some() {
            page.rewrite(block, &found);
            return Ok(());
        }
        Err(format!("it prints now\n{found}"))
    }
}

fn known(code: &str, severity: Severity) -> Result<Code, String> {
    let known = Code::parse(code).ok_or_else(|| format!("there is no code `{code}`"))?;
    if known.severity() == severity {
        Ok(known)
    } else {
        Err(format!("`{code}` is no {}", severity.as_str()))
    }
}

fn right(compiled: &Compiled, found: &[Diagnostic]) -> Result<(), String> {
    if !found.is_empty() {
        return Err(told(compiled, found));
    }
    let failures: Vec<String> = compiled
        .run_scenarios()
        .iter()
        .flat_map(|scenario| {
            scenario.failures.iter().map(|failure| {
                format!(
                    "\n  {}: {} is {}, not {}",
                    scenario.title, failure.address, failure.found, failure.expected
                )
            })
        })
        .collect();
    if failures.is_empty() {
        Ok(())
    } else {
        Err(format!("scenarios fail:{}", failures.concat()))
    }
}

fn gives(compiled: &Compiled, found: &[Diagnostic], code: Code) -> Result<(), String> {
    if !found.is_empty() && found.iter().all(|diagnostic| diagnostic.code == code) {
        Ok(())
    } else {
        Err(format!(
            "gives not only {}: {}",
            code.as_str(),
            told(compiled, found)
        ))
    }
}

/// Parses as declarations, or else as what stands in a rule.
fn fragment(text: &str) -> Result<(), String> {
    let parses = |text: &str| {
        let file = Sources::default().add(MAIN, text);
        milepost_syntax::parse(file, text).diagnostics
    };
    let declarations = parses(text);
    let requirement = parses(&format!("rule fragment {{\n{text}\n}}"));
    match (declarations.first(), requirement.first()) {
        (Some(first), Some(second)) => Err(format!(
            "does not parse: {}; as a requirement: {}",
            first.message, second.message
        )),
        _ => Ok(()),
    }
}

/// The diagnostics, one a line.
fn told(compiled: &Compiled, found: &[Diagnostic]) -> String {
    let lines = found.iter().map(|found| {
        let found = milepost::wire::Diagnostic::new(found, compiled.sources());
        let line = found.labels.first().map_or(0, |label| label.start.line);
        format!(
            "\n  line {line} of the block: {} {}",
            found.code, found.message
        )
    });
    lines.collect()
}
