//! The core on `wasm32-unknown-unknown`. In: the installed tool chain, and the network if the target is missing.
//! Out: whether every crate that must run in a browser builds for it.

use std::path::Path;
use std::process::Command;

use crate::step::{End, cargo, ended, root, run};

const TARGET: &str = "wasm32-unknown-unknown";
const CORE: [&str; 5] = [
    "milepost-diagnostics",
    "milepost-syntax",
    "milepost-engine",
    "milepost-compiler",
    "milepost",
];

/// Installs the target if it is missing, then builds the core for it.
pub fn build_core() -> End {
    if !installed() {
        println!("the target {TARGET} is missing; asking rustup for it");
        let asked = run(Command::new("rustup")
            .args(["target", "add", TARGET])
            .current_dir(root()));
        if !asked || !installed() {
            return End::Skipped(format!(
                "{TARGET} is not installed and could not be fetched: rustup target add {TARGET}"
            ));
        }
    }
    let packages = CORE.map(|name| format!("--package {name}")).join(" ");
    ended(run(&mut cargo(&format!(
        "build --quiet --target {TARGET} {packages}"
    ))))
}

fn installed() -> bool {
    let asked = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .current_dir(root())
        .output();
    asked.is_ok_and(|answer| {
        answer.status.success()
            && Path::new(String::from_utf8_lossy(&answer.stdout).trim()).is_dir()
    })
}
