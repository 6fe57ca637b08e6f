//! What the browser parts need. In: a machine with rustup, Node and Python, and the package registries. Out: every tool
//! in its place (`target/tools`, the `node_modules` of `pkg` and `pkg/vscode`, the system's packages), or a sentence about each that is missing.
//!
//! What is there already is not installed again, so that this can stand before every chore that needs it.

mod system;
mod target;
mod web;

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Instant;

pub use self::system::{CROSS_LINKER, has_target};
pub use self::target::CROSS;
use crate::step::{answers, cargo, line, root};

const WASM_PACK: &str = "0.15.0";
const WASMTIME: &str = "46.0.1";

/// What an installation comes to: nothing, or why the tool is not there.
type Installed = Result<(), String>;

/// Where the tools are that the project installs for itself.
pub fn tools() -> PathBuf {
    root().join("target/tools")
}

/// The folder that Python finds wasmtime in.
pub fn wasmtime() -> PathBuf {
    tools().join("wasmtime")
}

/// `cargo xtask toolchain`: everything, and true if all of it is there in the end.
pub fn install_all() -> bool {
    let missing = install();
    for sentence in &missing {
        eprintln!("error: {sentence}");
    }
    missing.is_empty()
}

/// Installs what is missing; gives a sentence for each tool that could not be.
pub fn install() -> Vec<String> {
    // What waits for the network goes beside what waits for the processor.
    let (mut missing, others) = thread::scope(|scope| {
        let others = scope.spawn(|| {
            vec![
                tool("browsers and emulator", system::install),
                tool("wasmtime", install_wasmtime),
                tool("npm's packages", || install_npm("pkg")),
                tool("npm's packages for VS Code", || install_npm("pkg/vscode")),
            ]
        });
        let ours = vec![
            tool("the wasm target", target::install),
            tool("the target of another processor", target::install_cross),
            tool("wasm-bindgen", install_bindgen),
            tool("wasm-pack", || {
                install_crate("wasm-pack", WASM_PACK, &["--locked"])
            }),
        ];
        (ours, others.join().unwrap_or_default())
    });
    missing.extend(others);
    missing.into_iter().flatten().collect()
}

/// A command that builds for wasm: it finds our tools first and uses the tool chain that has the target.
pub fn wasm(command: &mut Command) -> &mut Command {
    let places = [tools().join("bin"), root().join("pkg/node_modules/.bin")];
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = places.into_iter().chain(std::env::split_paths(&path));
    // A folder's name with a colon in it cannot stand in PATH; then the tools are not found, which is said.
    let path: OsString = std::env::join_paths(all).unwrap_or(path);
    command.env("PATH", path).current_dir(root());
    if target::uses_web() {
        web::choose(command);
    }
    command
}

fn tool(name: &str, install: impl FnOnce() -> Installed) -> Option<String> {
    let start = Instant::now();
    let installed = install();
    let took = start.elapsed().as_secs();
    match installed {
        Ok(()) => {
            println!("{name}: there ({took} s)");
            None
        }
        Err(why) => Some(format!("{name}: {why}")),
    }
}

/// Runs a command whose output nobody needs unless it fails.
fn quietly(command: &mut Command) -> Installed {
    println!("$ {}", line(command));
    let output = command
        .output()
        .map_err(|problem| format!("{} does not start: {problem}", line(command)))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(format!(
        "{} failed:\n{}",
        line(command),
        String::from_utf8_lossy(&said).trim_end()
    ))
}

/// wasm-bindgen's command, of the version that the crate has.
fn install_bindgen() -> Installed {
    let version = locked("wasm-bindgen").ok_or("Cargo.lock has no wasm-bindgen")?;
    install_crate("wasm-bindgen-cli", &version, &["--no-default-features"])
}

/// The version of a crate in Cargo.lock.
fn locked(name: &str) -> Option<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).ok()?;
    let (_, after) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
    Some(after.split_once('"')?.0.to_owned())
}

/// A command from crates.io. It is compiled without optimisation: compiling it takes longer than it ever runs.
fn install_crate(name: &str, version: &str, more: &[&str]) -> Installed {
    let listed = fs::read_to_string(tools().join(".crates.toml")).unwrap_or_default();
    if listed.contains(&format!("\"{name} {version} (")) {
        return Ok(());
    }
    let words = format!("install --quiet --debug --force {name}@{version}");
    quietly(
        cargo(&words)
            .args(more)
            .arg("--root")
            .arg(tools())
            .arg("--target-dir")
            .arg(tools().join("build"))
            .env("CARGO_PROFILE_DEV_DEBUG", "0"),
    )
}

fn install_wasmtime() -> Installed {
    if wasmtime()
        .join(format!("wasmtime-{WASMTIME}.dist-info"))
        .is_dir()
    {
        return Ok(());
    }
    if !answers(Command::new("python3").args(["-m", "pip", "--version"])) {
        return Err("Python's pip is not installed (Debian: apt-get install python3-pip)".into());
    }
    quietly(
        Command::new("python3")
            .args(["-m", "pip", "install", "--quiet", "--upgrade", "--target"])
            .arg(wasmtime())
            .arg(format!("wasmtime=={WASMTIME}"))
            .current_dir(root()),
    )
}

/// The packages of a folder's package-lock.json. A copy of the lock stays beside them, to see whether they are those.
fn install_npm(folder: &str) -> Installed {
    let folder = root().join(folder);
    let lock = folder.join("package-lock.json");
    let seal = folder.join("node_modules/.milepost-lock.json");
    let wanted = fs::read(&lock).map_err(|problem| format!("{}: {problem}", lock.display()))?;
    if fs::read(&seal).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    quietly(
        Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            .current_dir(&folder),
    )?;
    fs::write(&seal, wanted).map_err(|problem| format!("{}: {problem}", seal.display()))
}
