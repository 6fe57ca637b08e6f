//! `cargo xtask test`: everything that must hold before a change lands. In: the repository. Out: every step's own
//! output, a summary, and whether all went well. A step whose tool is not installed is skipped, and says so.

use std::process::Command;

use crate::step::{End, answers, cargo, ended, run, step, summary};
use crate::{parity, pkg, toolchain};

/// Runs every step, the later ones also when an earlier one failed.
pub fn run_all() -> bool {
    let steps = [
        step("Formatting", || ended(run(&mut cargo("fmt --all --check")))),
        step("Lints", || {
            ended(run(&mut cargo(
                "clippy --workspace --all-targets --quiet -- -D warnings",
            )))
        }),
        step("API documentation", || {
            ended(run(
                cargo("doc --workspace --no-deps --quiet").env("RUSTDOCFLAGS", "-D warnings")
            ))
        }),
        step("Tests and documentation examples", || {
            ended(run(&mut cargo("test --workspace --quiet --no-fail-fast")))
        }),
        step("The example programmes have no errors", || {
            ended(run(&mut milepost("check pathways")))
        }),
        step("The scenarios of the example programmes hold", || {
            ended(run(&mut milepost("test pathways")))
        }),
        step("Browser tools", browser_tools),
        step("The npm package builds", || ended(pkg::build())),
        step("The modules keep to their sizes", pkg::sizes),
        step("The npm package's tests", pkg::test),
        step("The extension for VS Code", pkg::vscode),
        step("Every host gives the same bytes", || parity::compare(&[])),
        step("Licences, sources and advisories of dependencies", deny),
        step("The book", book),
    ];
    summary(&steps)
}

/// On CI every tool must be there. Elsewhere the steps after this one say what they could not do.
fn browser_tools() -> End {
    let missing = toolchain::install();
    if missing.is_empty() {
        return End::Done;
    }
    let all = missing.join("\n");
    if std::env::var_os("CI").is_some() {
        eprintln!("error: {all}");
        return End::Failed;
    }
    End::Skipped(all)
}

fn milepost(words: &str) -> Command {
    cargo(&format!("run --quiet --package milepost-cli -- {words}"))
}

fn deny() -> End {
    if !answers(&mut cargo("deny --version")) {
        return End::Skipped(
            "cargo-deny is not installed: cargo install cargo-deny --locked".into(),
        );
    }
    let mut what = "check bans licenses sources".to_owned();
    if run(&mut cargo("deny fetch db")) {
        what.push_str(" advisories");
    } else {
        println!("SKIPPED: advisories, because their database cannot be reached");
    }
    ended(run(&mut cargo(&format!("deny --workspace {what}"))))
}

fn book() -> End {
    if !answers(Command::new("mdbook").arg("--version")) {
        return End::Skipped("mdbook is not installed: cargo install mdbook --locked".into());
    }
    ended(crate::chores::book())
}
