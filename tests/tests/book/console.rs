//! Blocks that show the command line. In: a block with one line `$ milepost …` and what it prints, the files it is about.
//! Out: what it prints now.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use cargo_metadata::Message;

/// Runs the command of a block; the files it names are the programme and the record. What it prints, results first, is
/// given back as the block should be.
pub fn run(
    shown: &str,
    place: &str,
    programme: &str,
    record: Option<&str>,
) -> Result<String, String> {
    let line = shown.lines().next().unwrap_or("");
    let words: Vec<&str> = line
        .strip_prefix("$ milepost ")
        .unwrap_or("")
        .split(' ')
        .collect();
    if words == [""] {
        return Err("the first line is no `$ milepost …`".to_owned());
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("book")
        .join(place);
    fs::create_dir_all(&folder).expect("a folder for the files");
    for word in &words {
        let text = match Path::new(word)
            .extension()
            .and_then(|extension| extension.to_str())
        {
            Some("pathway") => programme,
            Some("json") => record.ok_or_else(|| format!("no record stands before `{word}`"))?,
            _ => continue,
        };
        fs::write(folder.join(word), text).expect("a file that can be written");
    }
    let output = Command::new(binary())
        .args(&words)
        .current_dir(folder)
        .envs([("COLUMNS", "80"), ("NO_COLOR", "1")])
        .output()
        .expect("milepost runs");
    let printed = [output.stdout, output.stderr].concat();
    Ok(format!("{line}\n{}", String::from_utf8_lossy(&printed)))
}

/// The built command.
fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
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
        Message::parse_stream(built.stdout.as_slice())
            .filter_map(|message| match message.expect("cargo's messages") {
                Message::CompilerArtifact(artifact) => artifact.executable,
                _ => None,
            })
            .last()
            .expect("an executable")
            .into_std_path_buf()
    })
}
