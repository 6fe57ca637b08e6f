//! `cargo xtask parity`. In: the npm package as it is built, and the hosts that are installed. Out: the native library,
//! the command line and the program for another processor built, and every host compared with the first.

use std::path::Path;

use crate::pkg;
use crate::step::{End, cargo, ended, root, run};
use crate::toolchain::{self, CROSS, CROSS_LINKER};

/// The exit code that says that some hosts are not installed, and the others agree.
const SOME: i32 = 3;

/// Builds the package and compares; the words go to the comparison.
pub fn build_and_compare(words: &[String]) -> bool {
    pkg::build() && compare(words) != End::Failed
}

/// Compares what is built.
pub fn compare(words: &[String]) -> End {
    let built = run(&mut cargo(
        "build --quiet --package milepost-cli --package milepost-tests --bin milepost --bin parity",
    ));
    if !built || !cross_built() {
        return End::Failed;
    }
    let folder = root().join("target/debug");
    let mut command = std::process::Command::new(folder.join("parity"));
    command.arg("run").arg(folder.join("milepost"));
    println!("$ parity run {}", words.join(" "));
    match command.args(words).current_dir(root()).status() {
        Ok(status) if status.code() == Some(SOME) => {
            End::Skipped("of the hosts, some are not installed; the others agree".into())
        }
        Ok(status) => ended(status.success()),
        Err(problem) => {
            eprintln!("error: parity does not start: {problem}");
            End::Failed
        }
    }
}

/// Builds the native library for another processor, if there is a linker for it; true unless that fails.
fn cross_built() -> bool {
    if !Path::new(CROSS_LINKER).exists() || !toolchain::has_target(CROSS) {
        return true;
    }
    let words = format!("build --quiet --target {CROSS} --package milepost-tests --bin parity");
    run(cargo(&words).env(
        "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER",
        CROSS_LINKER,
    ))
}
