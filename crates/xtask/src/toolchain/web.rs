//! Debian's compiler for the web, for machines where rustup cannot fetch the wasm target. In: Debian's packages. Out: a
//! tool chain that rustup knows as `web`, with the standard library built once from Debian's sources.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::system::apt;
use super::target::TARGET;
use super::{Installed, quietly, tools};
use crate::step::{answers, root};

const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
const RUSTLIB: &str = "/usr/lib/rustlib";
const HOST: &str = "x86_64-unknown-linux-gnu";

/// Makes a command use this compiler. What it compiles does not fit what the other one compiles, so it goes elsewhere.
pub fn choose(command: &mut Command) {
    command
        .env_remove("CARGO")
        .env_remove("RUSTC")
        .env("RUSTUP_TOOLCHAIN", "web")
        .env("CARGO_TARGET_DIR", root().join("target/web"));
}

/// Whether it is all there, for the compiler that is installed now.
pub fn is_installed() -> bool {
    version().is_ok_and(|version| fs::read_to_string(stamp()).is_ok_and(|built| built == version))
}

pub fn install() -> Installed {
    let wanting = |package: &&&str| !answers(Command::new("dpkg").args(["-s", **package]));
    let missing: Vec<&str> = PACKAGES.iter().filter(wanting).copied().collect();
    if !missing.is_empty() {
        apt(&missing)?;
    }
    if !is_installed() {
        build_std()?;
    }
    quietly(Command::new("rustup").args(["toolchain", "link", "web", "/usr"]))
}

fn stamp() -> PathBuf {
    Path::new(RUSTLIB).join(TARGET).join(".built-for")
}

fn version() -> Result<String, String> {
    let said = Command::new("/usr/bin/rustc")
        .arg("-vV")
        .output()
        .map_err(|problem| format!("/usr/bin/rustc does not start: {problem}"))?;
    Ok(String::from_utf8_lossy(&said.stdout).into_owned())
}

/// Builds the standard library for the target and puts it where the compiler looks for it.
fn build_std() -> Installed {
    let io = |problem: std::io::Error| format!("the standard library: {problem}");
    // The linker that rustc looks for under its own name.
    let linker = Path::new(RUSTLIB).join(HOST).join("bin");
    fs::create_dir_all(&linker).map_err(io)?;
    if !linker.join("rust-lld").exists() {
        std::os::unix::fs::symlink("/usr/bin/lld-22", linker.join("rust-lld")).map_err(io)?;
    }
    let work = tools().join("std");
    fs::create_dir_all(work.join("src")).map_err(io)?;
    fs::write(work.join("src/lib.rs"), "").map_err(io)?;
    fs::write(
        work.join("Cargo.toml"),
        "[package]\nname = \"std-for-wasm\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n",
    )
    .map_err(io)?;
    quietly(
        Command::new("/usr/bin/cargo")
            .args(["build", "--quiet", "--release", "--target", TARGET])
            .arg("-Zbuild-std=std,panic_abort,panic_unwind,test,proc_macro")
            .current_dir(&work)
            .env_remove("RUSTUP_TOOLCHAIN")
            .env_remove("CARGO")
            .env("RUSTC", "/usr/bin/rustc")
            .env("RUSTC_BOOTSTRAP", "1") // -Z on a stable compiler
            .env("CARGO_TARGET_DIR", work.join("target")),
    )?;
    let built = work.join("target").join(TARGET).join("release/deps");
    let place = Path::new(RUSTLIB).join(TARGET).join("lib");
    fs::create_dir_all(&place).map_err(io)?;
    for entry in fs::read_dir(built).map_err(io)? {
        let file = entry.map_err(io)?.path();
        let name = file.file_name().unwrap_or_default();
        let is_std = file
            .extension()
            .is_some_and(|extension| extension == "rlib")
            && !name.to_string_lossy().starts_with("libstd_for_wasm-");
        if is_std {
            fs::copy(&file, place.join(name)).map_err(io)?;
        }
    }
    fs::write(stamp(), version()?).map_err(io)
}
