//! The npm package and the extension for VS Code. In: the crate `milepost-wasm` and the TypeScript of `pkg/`. Out: `pkg/wasm` in its two shapes,
//! `pkg/dist`, the example's plan, and whether the modules keep to their sizes and the package's tests hold.

use std::fs;
use std::process::Command;

use crate::step::{End, cargo, ended, root, run};
use crate::toolchain;

/// The two shapes: the folder, the profile it is built with, and what else tells Cargo to make it.
const SHAPES: [(&str, &str, &[&str]); 2] = [
    ("full", "wasm-full", &[]),
    ("evaluate", "wasm", &["--no-default-features"]),
];

/// What rustc emits, and no more: a module that says it uses more is one that some browser refuses.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds everything that is not in git.
pub fn build() -> bool {
    for sentence in toolchain::install() {
        println!("missing: {sentence}");
    }
    SHAPES
        .iter()
        .all(|(shape, profile, features)| module(shape, profile, features))
        && run(toolchain::wasm(
            Command::new("tsc").args(["--project", "pkg"]),
        ))
        && run(&mut cargo(
            "run --quiet --package milepost-cli -- compile pathways/teaching_matters/data_driver.pathway \
             -o pkg/examples/progress/data_driver.plan",
        ))
}

/// Whether the modules keep to their sizes.
pub fn sizes() -> End {
    ended(run(Command::new("node")
        .arg("pkg/scripts/sizes.mjs")
        .current_dir(root())))
}

/// The package's own tests.
pub fn test() -> End {
    npm_test("pkg")
}

/// The extension for VS Code, packaged and looked into, and the colours of the TextMate grammar.
pub fn vscode() -> End {
    npm_test("pkg/vscode")
}

fn npm_test(folder: &str) -> End {
    ended(run(Command::new("npm")
        .args(["test", "--silent"])
        .current_dir(root().join(folder))))
}

/// So large, at most, is a function that is copied to where it is called: none is, because rustc has seen to that, and
/// what is the same everywhere compresses better.
const INLINED: [&str; 6] = ["-aimfs", "0", "-fimfs", "0", "-ocimfs", "0"];

/// One shape of the module, made small as far as its profile has left room.
fn module(shape: &str, profile: &str, features: &[&str]) -> bool {
    let folder = root().join("pkg/wasm").join(shape);
    let module = folder.join("milepost_bg.wasm");
    let mut pack = Command::new("wasm-pack");
    pack.args(["build", "crates/milepost-wasm", "--mode", "no-install"])
        .args(["--target", "web", "--profile", profile])
        .args(["--no-opt", "--no-pack", "--out-name", "milepost"])
        .arg("--out-dir")
        .arg(&folder)
        .arg("--")
        .args(features);
    let mut shrink = Command::new("wasm-opt");
    shrink
        .args([
            "-Oz",
            "--strip-debug",
            "--strip-producers",
            "--strip-target-features",
        ])
        .args(INLINED)
        .args(FEATURES)
        .arg(&module)
        .arg("-o")
        .arg(&module);
    // wasm-pack leaves a .gitignore that npm would heed as well, and then pack nothing.
    run(toolchain::wasm(&mut pack))
        && fs::remove_file(folder.join(".gitignore")).is_ok()
        && run(toolchain::wasm(&mut shrink))
}
