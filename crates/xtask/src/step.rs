//! One step of a chore. In: a title and a command. Out: the command run in the repository's root, what it was and
//! how it ended.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How a step ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// It did what it should.
    Done,
    /// It did not.
    Failed,
    /// It was not run, and why.
    Skipped(String),
}

/// A step that has been run.
#[derive(Debug)]
pub struct Finished {
    /// What it was.
    pub title: &'static str,
    /// How it ended.
    pub end: End,
    /// How long it took.
    pub took: Duration,
}

/// The root of the repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// `cargo WORDS…`, in the repository's root.
pub fn cargo(words: &str) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(words.split_whitespace()).current_dir(root());
    command
}

/// Prints a command and runs it; true if it ended well.
pub fn run(command: &mut Command) -> bool {
    println!("$ {}", line(command));
    match command.status() {
        Ok(status) => status.success(),
        Err(problem) => {
            eprintln!(
                "error: {} does not start: {problem}",
                command.get_program().display()
            );
            false
        }
    }
}

/// Whether a command starts and ends well, its output unseen.
pub fn answers(command: &mut Command) -> bool {
    let quiet = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// Runs a step under its title.
pub fn step(title: &'static str, work: impl FnOnce() -> End) -> Finished {
    println!("\n== {title}");
    let start = Instant::now();
    let end = work();
    if let End::Skipped(why) = &end {
        println!("SKIPPED: {why}");
    }
    Finished {
        title,
        end,
        took: start.elapsed(),
    }
}

/// `Done` or `Failed`.
pub fn ended(well: bool) -> End {
    if well { End::Done } else { End::Failed }
}

/// The summary of all steps; true if none failed.
pub fn summary(steps: &[Finished]) -> bool {
    println!("\n== Summary");
    for finished in steps {
        let word = match &finished.end {
            End::Done => "ok",
            End::Failed => "FAILED",
            End::Skipped(_) => "SKIPPED",
        };
        print!(
            "{word:<8} {:>5} s  {}",
            finished.took.as_secs(),
            finished.title
        );
        match &finished.end {
            End::Skipped(why) => println!(" ({why})"),
            End::Done | End::Failed => println!(),
        }
    }
    steps.iter().all(|finished| finished.end != End::Failed)
}

/// A command as it would be typed.
pub fn line(command: &Command) -> String {
    let variables = command
        .get_envs()
        .filter(|(name, _)| *name != "PATH") // long, and of this machine
        .filter_map(|(name, value)| Some(format!("{}={:?}", name.display(), value?)));
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    let words = std::iter::once(program)
        .chain(command.get_args())
        .map(|word| word.display().to_string());
    variables.chain(words).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failed_step_fails_the_chore() {
        let ok = || step("good", || End::Done);
        assert!(summary(&[
            ok(),
            step("skipped", || End::Skipped("it is not here".into()))
        ]));
        assert!(!summary(&[ok(), step("bad", || ended(false)), ok()]));
    }

    #[test]
    fn a_command_that_does_not_start_has_failed() {
        assert!(!run(&mut Command::new("no-such-program-anywhere")));
        assert!(!answers(&mut Command::new("no-such-program-anywhere")));
        assert!(root().join("Cargo.lock").is_file());
    }
}
