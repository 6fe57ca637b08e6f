//! Invented cohorts. In: which, and perhaps a seed and how many candidates. Out: a record as JSON on each line.
//!
//! `cargo xtask cohort` calls it.

use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use milepost_tests::cohorts::{CANDIDATES, COHORTS, SEED, records};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match told(&words).and_then(|(name, seed, candidates)| write(name, seed, candidates)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!(
                "error: {problem}\n\ncohort NAME [--seed N] [--candidates N]\nnames: {}",
                COHORTS.join(", ")
            );
            ExitCode::from(2)
        }
    }
}

fn told<'w>(words: &[&'w str]) -> Result<(&'w str, u64, usize), String> {
    let [name, options @ ..] = words else {
        return Err("which cohort?".to_owned());
    };
    let (mut seed, mut candidates) = (SEED, CANDIDATES);
    for pair in options.chunks(2) {
        let number = |text: &str| {
            text.parse()
                .map_err(|_| format!("`{text}` is no whole number"))
        };
        match pair {
            ["--seed", text] => seed = number(text)?,
            ["--candidates", text] => {
                candidates = usize::try_from(number(text)?).unwrap_or(usize::MAX)
            }
            other => return Err(format!("`{}` means nothing here", other.join(" "))),
        }
    }
    Ok((name, seed, candidates))
}

fn write(name: &str, seed: u64, candidates: usize) -> Result<(), String> {
    let records =
        records(name, seed, candidates).ok_or_else(|| format!("there is no cohort `{name}`"))?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut written = Ok(());
    for record in records {
        written = writeln!(out, "{record}");
        if written.is_err() {
            break;
        }
    }
    match written.and_then(|()| out.flush()) {
        Err(problem) if problem.kind() != ErrorKind::BrokenPipe => Err(problem.to_string()),
        _ => Ok(()),
    }
}
