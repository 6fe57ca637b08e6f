//! The smaller chores. In: the repository. Out: the conformance pages, the benchmarks, the long oracle run, the book.

use std::process::Command;

use crate::pkg;
use crate::step::{answers, cargo, root, run};

/// Writes the outcomes of the conformance pages, what the book shows of the command, and the package's types anew.
pub fn bless() -> bool {
    let written = run(cargo("test --package milepost-tests").env("MILEPOST_BLESS", "1"));
    println!("\nread the difference before you commit it: git diff tests docs pkg");
    written
}

/// Compares the engine with the naive evaluator over many generated programmes.
pub fn oracle(cases: u64) -> bool {
    run(
        cargo("test --release --package milepost-tests --test oracle -- --nocapture")
            .env("MILEPOST_ORACLE_CASES", cases.to_string()),
    )
}

/// Compares timelines, `holds_until` and `opens_on` with evaluating every day, over many generated programmes.
pub fn time(cases: u64) -> bool {
    run(
        cargo("test --release --package milepost-tests --test time -- --nocapture")
            .env("MILEPOST_TIME_CASES", cases.to_string()),
    )
}

/// Looks for records that contradict what comparisons of programmes with changed ones say.
pub fn diff(cases: u64) -> bool {
    run(
        cargo("test --release --package milepost-tests --test diff -- --nocapture")
            .env("MILEPOST_DIFF_CASES", cases.to_string()),
    )
}

/// Has a long session of random edits with the language server.
pub fn lsp(edits: u64) -> bool {
    // About half of the steps edit a text.
    let steps = edits.saturating_mul(2).to_string();
    run(
        cargo("test --release --package milepost-tests --test lsp -- --nocapture random")
            .env("MILEPOST_EDITS", steps),
    )
}

/// Writes an invented cohort; nothing else goes to standard output.
pub fn cohort(words: &[String]) -> bool {
    let mut command = cargo("run --quiet --release --package milepost-tests --bin cohort --");
    let ended = command.args(words).status();
    ended.is_ok_and(|status| status.success())
}

/// Runs the benchmarks: all of them, those whose names contain a word, or those against `peers`.
pub fn bench(filter: Option<&str>) -> bool {
    let own = || run(cargo("bench --package milepost-tests --").args(filter));
    match filter {
        Some("peers") => peers(),
        Some(_) => own(),
        None => own() && peers(),
    }
}

/// The package and its peers on the same work, in one run.
fn peers() -> bool {
    const COMPILE: &str = "run --quiet --package milepost-cli -- compile pkg/bench/workload.pathway -o target/workload.plan";
    let folder = root().join("pkg/bench");
    let mut install = Command::new("npm");
    install.args(["ci", "--no-audit", "--no-fund"]);
    pkg::build()
        && run(install.current_dir(folder))
        && run(&mut cargo(COMPILE))
        && run(Command::new("node")
            .args(["pkg/bench/run.mjs", "target/workload.plan"])
            .current_dir(root()))
}

/// Builds the book.
pub fn book() -> bool {
    if !answers(Command::new("mdbook").arg("--version")) {
        eprintln!("error: mdbook is not installed\nhelp: cargo install mdbook --locked");
        return false;
    }
    run(Command::new("mdbook")
        .args(["build", "docs"])
        .current_dir(root()))
}
