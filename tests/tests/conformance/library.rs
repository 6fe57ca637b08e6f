//! The library as a door: the same as the command line gives, by the crate `milepost` alone.

use std::collections::BTreeMap;

use milepost::{Compiled, Date, Levels};

use super::marks::Mark;
use super::page::{MAIN, Programme};

/// Compiles a programme.
pub fn compile(programme: &Programme) -> Compiled {
    let files: BTreeMap<String, Vec<u8>> = programme.files.iter().cloned().collect();
    milepost::compile(&files, MAIN)
}

/// The diagnostics of a programme, with or without the lints.
pub fn check(compiled: &Compiled, lints: bool) -> Vec<Mark> {
    let mark = |diagnostic: &milepost::Diagnostic| {
        let span = diagnostic.labels.first()?.span;
        let source = compiled.sources().get(span.file)?;
        let (start, end) = (source.position(span.start), source.position(span.end));
        Some(Mark {
            file: source.name().to_owned(),
            line: start.line,
            from: start.column,
            to: (start.line == end.line).then_some(end.column),
            severity: diagnostic.severity().as_str().to_owned(),
            code: diagnostic.code.as_str().to_owned(),
            message: diagnostic.message.clone(),
        })
    };
    if lints {
        let found = compiled.findings(&Levels::default());
        found.iter().filter_map(mark).collect()
    } else {
        compiled.diagnostics().iter().filter_map(mark).collect()
    }
}

/// The outcome of a record on a day, or each reason why it is refused.
pub fn evaluate(compiled: &Compiled, record: &str, as_of: &str) -> Result<String, Vec<String>> {
    let pathway = compiled.plan().map_err(|error| vec![error.to_string()])?;
    let day: Date = as_of
        .parse()
        .map_err(|_| vec![format!("`{as_of}` is no day")])?;
    let record = pathway
        .decode_record(record.as_bytes())
        .map_err(|refusal| {
            refusal
                .problems
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        })?;
    let json = pathway.evaluate(&record, day).to_json();
    let read = milepost::wire::Outcome::read(&json).map_err(|error| vec![error.to_string()])?;
    if read.to_json() != json {
        return Err(vec!["the outcome is not read as it is written".to_owned()]);
    }
    let checked = pathway.check_allocations(json.as_bytes(), &record);
    let checked = checked.map_err(|refusal| vec![refusal.to_string()])?;
    if !checked.holds {
        return Err(vec![format!(
            "the allocations do not hold: {}",
            checked.to_json()
        )]);
    }
    Ok(json)
}

/// How each scenario comes out: its title, and whether it holds.
pub fn test(compiled: &Compiled) -> Vec<(String, bool)> {
    let results = compiled.run_scenarios();
    results
        .into_iter()
        .map(|result| (result.title, result.failures.is_empty()))
        .collect()
}
