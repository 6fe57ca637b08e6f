//! The command line as a door: programmes and records in, written to a folder and given to the built `milepost`; what it
//! printed out.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cargo_metadata::Message;
use milepost_diagnostics::Code;
use serde_json::Value;

use super::marks::Mark;
use super::page::{MAIN, Programme};

/// The built binary and a folder to write to.
pub struct CommandLine {
    binary: PathBuf,
    folder: PathBuf,
}

impl CommandLine {
    /// Builds the binary; `folder` is emptied.
    pub fn new(folder: &str) -> Self {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let built = Command::new(cargo)
            .args([
                "build",
                "--quiet",
                "--package",
                "milepost-cli",
                "--message-format",
                "json",
            ])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("cargo runs");
        assert!(
            built.status.success(),
            "milepost is not built:\n{}",
            String::from_utf8_lossy(&built.stderr)
        );
        let binary = Message::parse_stream(built.stdout.as_slice())
            .filter_map(|message| match message.expect("cargo's messages") {
                Message::CompilerArtifact(artifact) => artifact.executable,
                _ => None,
            })
            .last()
            .expect("an executable");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
        fs::remove_dir_all(&folder).ok();
        Self {
            binary: binary.into_std_path_buf(),
            folder,
        }
    }

    /// Writes a programme to a folder of its own, where the other commands find it; without lints their level is set to that.
    pub fn write(&self, name: &str, programme: &Programme, lints: bool) -> PathBuf {
        let folder = self.folder.join(name);
        if !lints {
            let all = Code::ALL.iter().filter(|code| code.is_lint());
            let lines = all.map(|code| format!("{} = \"allow\"\n", code.as_str()));
            let settings = format!("[lints]\n{}", lines.collect::<String>());
            fs::create_dir_all(&folder).expect("the folder is made");
            fs::write(folder.join("milepost.toml"), settings).expect("the settings are written");
        }
        for (file, bytes) in &programme.files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
            fs::write(path, bytes).expect("the file is written");
        }
        folder
    }

    fn run(&self, folder: &Path, words: &[&str]) -> Output {
        Command::new(&self.binary)
            .args(words)
            .current_dir(folder)
            .output()
            .expect("milepost runs")
    }

    /// The diagnostics of a programme.
    pub fn check(&self, folder: &Path) -> Result<Vec<Mark>, String> {
        let output = self.run(folder, &["check", MAIN, "--format", "json"]);
        let printed: Value = serde_json::from_slice(&output.stdout)
            .map_err(|error| format!("`check` prints no JSON: {error}: {}", told(&output)))?;
        let all = printed
            .as_array()
            .or_else(|| printed["diagnostics"].as_array())
            .ok_or("`check` prints no diagnostics")?;
        let found: Vec<Mark> = all
            .iter()
            .map(mark)
            .collect::<Option<_>>()
            .ok_or("`check` prints a diagnostic without its keys")?;
        let errors = found.iter().any(|mark| mark.severity == "error");
        let code = output.status.code();
        if code == Some(i32::from(errors)) {
            Ok(found)
        } else {
            Err(format!("`check` ends with {code:?}"))
        }
    }

    /// The outcome of a record on a day, or each reason why it is refused.
    pub fn evaluate(
        &self,
        folder: &Path,
        record: &str,
        as_of: &str,
    ) -> Result<String, Vec<String>> {
        fs::write(folder.join("record.json"), record).expect("the record is written");
        let output = self.run(
            folder,
            &[
                "evaluate",
                MAIN,
                "--record",
                "record.json",
                "--as-of",
                as_of,
                "--format",
                "json",
            ],
        );
        match output.status.code() {
            Some(0) => Ok(String::from_utf8_lossy(&output.stdout)
                .trim_end_matches('\n')
                .to_owned()),
            Some(2) if output.stdout.is_empty() => {
                Err(problems(&String::from_utf8_lossy(&output.stderr)))
            }
            _ => Err(vec![format!(
                "`evaluate` ends in no way it may: {}",
                told(&output)
            )]),
        }
    }

    /// Whether every scenario holds, and all that is printed.
    pub fn test(&self, folder: &Path) -> (Option<i32>, String) {
        let output = self.run(folder, &["test", MAIN]);
        let printed = [output.stdout, output.stderr].concat();
        (
            output.status.code(),
            String::from_utf8_lossy(&printed).into_owned(),
        )
    }
}

/// The problems of a record as they are printed, wrapped lines joined: each with its help, without the line that counts them.
fn problems(printed: &str) -> Vec<String> {
    let mut problems: Vec<String> = Vec::new();
    for line in printed.lines() {
        if let Some(problem) = line.strip_prefix("error: ") {
            problems.push(problem.to_owned());
        } else if let Some(problem) = problems.last_mut() {
            match line.strip_prefix("help: ") {
                Some(help) => problem.push_str(&format!("; {help}")),
                None => problem.push_str(&format!(" {}", line.trim())),
            }
        }
    }
    problems.retain(|problem| !problem.starts_with("the record `record.json` is refused"));
    problems
}

fn told(output: &Output) -> String {
    format!(
        "{}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

fn mark(diagnostic: &Value) -> Option<Mark> {
    let place = &diagnostic["labels"][0];
    let number = |value: &Value| u32::try_from(value.as_u64()?).ok();
    let line = number(&place["start"]["line"])?;
    Some(Mark {
        file: place["file"].as_str()?.to_owned(),
        line,
        from: number(&place["start"]["column"])?,
        to: if number(&place["end"]["line"])? == line {
            number(&place["end"]["column"])
        } else {
            None
        },
        severity: diagnostic["severity"].as_str()?.to_owned(),
        code: diagnostic["code"].as_str()?.to_owned(),
        message: diagnostic["message"].as_str()?.to_owned(),
    })
}
