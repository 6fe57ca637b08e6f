//! The smaller chores. In: the repository. Out: the conformance pages, the benchmarks, the long oracle run, the book.

use std::process::Command;

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

/// Runs the benchmarks, or those whose names contain a word.
pub fn bench(filter: Option<&str>) -> bool {
    run(cargo("bench --package milepost-tests --").args(filter))
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
