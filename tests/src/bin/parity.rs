//! Every host gives the same bytes. In: `run`, how many generated cases or the name of one, and the hosts; or `answer`,
//! a folder of cases and one for answers, as every host gets them. Out: what differs; or the native library's answers.
//!
//! `cargo xtask parity` builds what this needs and calls it.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use milepost_tests::parity::run::{self, Ended};
use milepost_tests::parity::{case, cases, hosts, questions};

const HELP: &str = "parity run BINARY [--cases N] [--case NAME] [--hosts A,B]\nparity answer CASES ANSWERS BATCHES";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["answer", cases, answers, batches] => {
            answer(Path::new(cases), Path::new(answers), batches).map(|()| Ended::Same)
        }
        ["run", binary, rest @ ..] => match asked(binary, rest) {
            Ok(asked) => run::run(asked).map_err(|problem| problem.to_string()),
            Err(problem) => Err(problem),
        },
        _ => Err(HELP.to_owned()),
    };
    match done {
        Ok(Ended::Same) => ExitCode::SUCCESS,
        Ok(Ended::SomeSkipped) => ExitCode::from(3),
        Ok(Ended::Differs) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::from(2)
        }
    }
}

/// What is asked for.
fn asked(binary: &str, mut words: &[&str]) -> Result<run::Run, String> {
    let words_name_hosts = words.contains(&"--hosts");
    let mut generated = 1_000;
    let mut name = None;
    let mut chosen: Vec<String> = hosts::HOSTS.map(str::to_owned).to_vec();
    while let [flag, value, rest @ ..] = words {
        match *flag {
            "--cases" => {
                generated = value
                    .parse()
                    .map_err(|_| format!("`{value}` is no number"))?
            }
            "--case" => name = Some(*value),
            "--hosts" => chosen = value.split(',').map(str::to_owned).collect(),
            _ => return Err(format!("`{flag}` means nothing here\n{HELP}")),
        }
        words = rest;
    }
    if let [left, ..] = words {
        return Err(format!("`{left}` means nothing here\n{HELP}"));
    }
    if let Some(unknown) = chosen
        .iter()
        .find(|host| !hosts::HOSTS.contains(&host.as_str()))
    {
        return Err(format!(
            "`{unknown}` is none of the hosts: {}",
            hosts::HOSTS.join(", ")
        ));
    }
    let cases = match name {
        Some(name) => vec![cases::named(name).ok_or(format!("no case is called `{name}`"))?],
        None => cases::all(generated),
    };
    Ok(run::Run {
        // On CI nothing is skipped, and nothing that was asked for by name is.
        may_skip: std::env::var_os("CI").is_none() && !words_name_hosts,
        cases,
        hosts: chosen,
        binary: PathBuf::from(binary),
    })
}

/// The native library as a host, for a processor that is not this one.
fn answer(cases: &Path, answers: &Path, batches: &str) -> Result<(), String> {
    let problem = |problem: std::io::Error| problem.to_string();
    let batches: usize = batches.parse().map_err(|_| HELP.to_owned())?;
    for place in 0..batches {
        let bytes = std::fs::read(cases.join(format!("{place}.cases"))).map_err(problem)?;
        let batch = case::read(&bytes, &questions::INPUTS)
            .ok_or_else(|| format!("batch {place} cannot be read"))?;
        let answers = answers.join(format!("{place}.answers"));
        std::fs::write(answers, run::natively(&batch)).map_err(problem)?;
        println!("{place}");
    }
    Ok(())
}
