//! What blocks claim: a page in, the claims that do not hold out.

use std::collections::{BTreeMap, BTreeSet};

use milepost::{Compiled, Date, Pathway};
use milepost_diagnostics::{Code, Severity, Sources};

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
    record: Option<(String, Date)>,
}

/// The claims of a page that do not hold, by page and line.
pub fn wrong(page: &Page) -> Vec<String> {
    let mut shelf = Shelf::default();
    let mut wrong = Vec::new();
    for block in page.blocks() {
        let words: Vec<&str> = block.info.split_whitespace().collect();
        let result = match words.as_slice() {
            ["pathway", claims @ ..] => shelf.pathway(&block, claims),
            ["json", "record", as_of @ ..] => shelf.record(&block, as_of),
            ["json", "refused"] => shelf.refused(&block),
            ["json", "outcome"] => shelf.outcome(page, &block),
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
        if let Claim::Gives(code) = claim {
            return gives(&compiled, code);
        }
        right(&compiled)?;
        self.programme = compiled.plan().ok().cloned();
        Ok(())
    }

    fn programme(&self) -> Result<&Pathway, String> {
        self.programme
            .as_ref()
            .ok_or_else(|| "no programme stands before this".to_owned())
    }

    fn record(&mut self, block: &Block, as_of: &[&str]) -> Result<(), String> {
        self.programme()?
            .decode_record(block.text.as_bytes())
            .map_err(|refusal| refusal.to_string())?;
        if let [as_of] = as_of {
            let date = as_of
                .strip_prefix("as-of=")
                .and_then(|date| date.parse().ok());
            let date = date.ok_or_else(|| format!("`{as_of}` is no day"))?;
            self.record = Some((block.text.clone(), date));
        }
        Ok(())
    }

    fn refused(&self, block: &Block) -> Result<(), String> {
        match self.programme()?.decode_record(block.text.as_bytes()) {
            Ok(_) => Err("the record is not refused".to_owned()),
            Err(_) => Ok(()),
        }
    }

    fn outcome(&self, page: &Page, block: &Block) -> Result<(), String> {
        let programme = self.programme()?;
        let (record, as_of) = self
            .record
            .as_ref()
            .ok_or("no record with a day stands before this")?;
        let record = programme
            .decode_record(record.as_bytes())
            .map_err(|refusal| refusal.to_string())?;
        let found = programme.evaluate(&record, *as_of).to_json_pretty();
        if found.trim() == block.text.trim() {
            return Ok(());
        }
        if std::env::var_os("MILEPOST_BLESS").is_some() {
            page.rewrite(block, &found);
            return Ok(());
        }
        Err(format!("the outcome is\n{found}"))
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

fn right(compiled: &Compiled) -> Result<(), String> {
    if !compiled.diagnostics().is_empty() {
        return Err(told(compiled));
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

fn gives(compiled: &Compiled, code: Code) -> Result<(), String> {
    let found = compiled.diagnostics();
    if !found.is_empty() && found.iter().all(|diagnostic| diagnostic.code == code) {
        Ok(())
    } else {
        Err(format!(
            "gives not only {}: {}",
            code.as_str(),
            told(compiled)
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
fn told(compiled: &Compiled) -> String {
    let lines = compiled.wire_diagnostics().into_iter().map(|found| {
        let line = found.labels.first().map_or(0, |label| label.start.line);
        format!(
            "\n  line {line} of the block: {} {}",
            found.code, found.message
        )
    });
    lines.collect()
}
