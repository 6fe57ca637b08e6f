//! `cargo xtask fuzz`. In: the targets in `tests/fuzz/fuzz_targets`. Out: each of them run for so many seconds; what
//! is found stays in `tests/fuzz/artifacts`.

use std::fs;
use std::process::Command;

use crate::step::{answers, root, run};

/// Runs every fuzz target in turn; false at the first that finds something.
pub fn run_all(seconds: u64) -> bool {
    if !answers(&mut nightly("fuzz --version")) {
        eprintln!(
            "error: cargo-fuzz is not installed\nhelp: rustup toolchain install nightly && cargo install cargo-fuzz"
        );
        return false;
    }
    let targets = targets();
    if targets.is_empty() {
        eprintln!("error: there is no fuzz target in tests/fuzz/fuzz_targets");
    }
    !targets.is_empty() && targets.iter().all(|target| fuzz(target, seconds))
}

fn fuzz(target: &str, seconds: u64) -> bool {
    let seconds = format!("-max_total_time={seconds}");
    run(nightly("fuzz run --fuzz-dir tests/fuzz").args([target, "--", &seconds]))
}

/// `cargo +nightly WORDS…`: by name, because `$CARGO` is the stable tool chain that runs this.
fn nightly(words: &str) -> Command {
    let mut command = Command::new("cargo");
    command
        .arg("+nightly")
        .args(words.split_whitespace())
        .current_dir(root());
    command
}

fn targets() -> Vec<String> {
    let entries = fs::read_dir(root().join("tests/fuzz/fuzz_targets"))
        .into_iter()
        .flatten()
        .flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names
}
