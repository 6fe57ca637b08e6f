//! The project's chores. In: `cargo xtask NAME …` from anywhere in the repository. Out: the chore, each step
//! printed as it runs, and an exit code: 0 done, 1 a step failed, 2 not understood.

mod chores;
mod fuzz;
mod parity;
mod pkg;
mod step;
mod suite;
mod toolchain;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask NAME …

  test                  everything that must hold before a change lands
  bless                 writes conformance pages, the book's examples and the package's types anew; read the difference
  oracle [--cases N]    the long run of the engine against the naive evaluator (default 20000)
  time [--cases N]      the long run of answers about other days against every day (default 2000)
  diff [--cases N]      the long run of comparisons of programmes against records (default 500)
  lsp [--edits N]       the long session of random edits with the language server (default 1000000)
  parity [--cases N] [--case NAME] [--hosts A,B]
                        the same bytes from every host
  cohort NAME [--seed N] [--candidates N]
                        an invented cohort, a record as JSON on each line of standard output
  fuzz [--seconds N]    every fuzz target for so long (default 60); needs nightly and cargo-fuzz
  bench [FILTER]        the benchmarks; those against what npm offers are called peers
  toolchain             installs what the browser parts need: wasm tools, npm's packages, browsers
  pkg                   builds the npm package: both shapes of the module, within their sizes, and pkg/dist
  book                  builds the book into docs/book; needs mdbook
";

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
enum Chore {
    Help,
    Test,
    Bless,
    Oracle { cases: u64 },
    Time { cases: u64 },
    Diff { cases: u64 },
    Lsp { edits: u64 },
    Fuzz { seconds: u64 },
    Bench { filter: Option<String> },
    Book,
    Pkg,
    Toolchain,
    Parity { words: Vec<String> },
    Cohort { words: Vec<String> },
}

impl Chore {
    fn parse(arguments: &[String]) -> Result<Self, String> {
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        match words.as_slice() {
            [] | ["help" | "--help" | "-h"] => Ok(Self::Help),
            ["test"] => Ok(Self::Test),
            ["bless"] => Ok(Self::Bless),
            ["book"] => Ok(Self::Book),
            ["pkg"] => Ok(Self::Pkg),
            ["toolchain"] => Ok(Self::Toolchain),
            ["oracle"] => Ok(Self::Oracle { cases: 20_000 }),
            ["oracle", "--cases", cases] => Ok(Self::Oracle {
                cases: number("--cases", cases)?,
            }),
            ["time"] => Ok(Self::Time { cases: 2_000 }),
            ["time", "--cases", cases] => Ok(Self::Time {
                cases: number("--cases", cases)?,
            }),
            ["diff"] => Ok(Self::Diff { cases: 500 }),
            ["diff", "--cases", cases] => Ok(Self::Diff {
                cases: number("--cases", cases)?,
            }),
            ["lsp"] => Ok(Self::Lsp { edits: 1_000_000 }),
            ["lsp", "--edits", edits] => Ok(Self::Lsp {
                edits: number("--edits", edits)?,
            }),
            ["parity", words @ ..] => Ok(Self::Parity {
                words: words.iter().map(|word| (*word).to_owned()).collect(),
            }),
            ["cohort", words @ ..] => Ok(Self::Cohort {
                words: words.iter().map(|word| (*word).to_owned()).collect(),
            }),
            ["fuzz"] => Ok(Self::Fuzz { seconds: 60 }),
            ["fuzz", "--seconds", seconds] => Ok(Self::Fuzz {
                seconds: number("--seconds", seconds)?,
            }),
            ["bench"] => Ok(Self::Bench { filter: None }),
            ["bench", filter] => Ok(Self::Bench {
                filter: Some((*filter).to_owned()),
            }),
            other => Err(format!("no chore is called so: `{}`", other.join(" "))),
        }
    }
}

fn number(flag: &str, text: &str) -> Result<u64, String> {
    match text.parse() {
        Ok(value) if value > 0 => Ok(value),
        _ => Err(format!(
            "`{flag}` takes a whole number from 1, not `{text}`"
        )),
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match Chore::parse(&arguments) {
        Ok(Chore::Help) => {
            print!("{HELP}");
            true
        }
        Ok(Chore::Test) => suite::run_all(),
        Ok(Chore::Bless) => chores::bless(),
        Ok(Chore::Oracle { cases }) => chores::oracle(cases),
        Ok(Chore::Time { cases }) => chores::time(cases),
        Ok(Chore::Diff { cases }) => chores::diff(cases),
        Ok(Chore::Lsp { edits }) => chores::lsp(edits),
        Ok(Chore::Fuzz { seconds }) => fuzz::run_all(seconds),
        Ok(Chore::Bench { filter }) => chores::bench(filter.as_deref()),
        Ok(Chore::Book) => chores::book(),
        Ok(Chore::Pkg) => pkg::build() && pkg::sizes() == step::End::Done,
        Ok(Chore::Parity { words }) => parity::build_and_compare(&words),
        Ok(Chore::Cohort { words }) => chores::cohort(&words),
        Ok(Chore::Toolchain) => toolchain::install_all(),
        Err(problem) => {
            eprint!("error: {problem}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    if done {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Chore, String> {
        Chore::parse(
            &line
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn chores_are_found_by_name() {
        assert_eq!(parse(""), Ok(Chore::Help));
        assert_eq!(parse("test"), Ok(Chore::Test));
        assert_eq!(parse("oracle --cases 7"), Ok(Chore::Oracle { cases: 7 }));
        assert_eq!(parse("time --cases 7"), Ok(Chore::Time { cases: 7 }));
        assert_eq!(
            parse("parity --case x"),
            Ok(Chore::Parity {
                words: vec!["--case".into(), "x".into()]
            })
        );
        assert_eq!(parse("fuzz"), Ok(Chore::Fuzz { seconds: 60 }));
        assert_eq!(
            parse("bench forty"),
            Ok(Chore::Bench {
                filter: Some("forty".into())
            })
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        assert!(parse("tests").is_err_and(|problem| problem.contains("`tests`")));
        assert!(parse("fuzz --seconds 0").is_err_and(|problem| problem.contains("`0`")));
        assert!(parse("oracle --cases many").is_err());
        assert!(parse("test --fast").is_err());
    }
}
