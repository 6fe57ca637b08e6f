//! Blocks that show the command line. In: a block with one line `$ milepost …`, with `> FILE` at its end if the result goes
//! to a file, and what it prints; the files it is about. Out: what it prints now.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use cargo_metadata::Message;
use milepost_tests::cohorts::{self, CANDIDATES, SEED};

/// Where the programmes of the repository are, as commands name them.
const PATHWAYS: &str = "pathways/";

/// The name that a page's list of changes has in its commands.
const CHANGES: &str = "changes.json";

/// What a page has at hand for its commands.
#[derive(Default)]
pub struct Files<'a> {
    /// Its last programme.
    pub programme: Option<&'a str>,
    /// The other files of that programme, by their names.
    pub parts: BTreeMap<&'a str, &'a str>,
    /// Its last record.
    pub record: Option<&'a str>,
    /// Its last list of changes.
    pub changes: Option<&'a str>,
}

/// Runs the command of a block. The files it names are the page's programme and record, those of `pathways/`, invented
/// cohorts (`NAME.ndjson`), and what earlier commands of the page wrote, which are added to `written` here. What it prints, results first, is given back as
/// the block should be.
pub fn run(
    shown: &str,
    place: &str,
    files: &Files<'_>,
    written: &mut BTreeSet<String>,
) -> Result<String, String> {
    let line = shown.lines().next().unwrap_or("");
    let command = line
        .strip_prefix("$ milepost ")
        .ok_or("the first line is no `$ milepost …`")?;
    let (command, result) = match command.split_once(" > ") {
        Some((command, result)) => (command, Some(result)),
        None => (command, None),
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("book")
        .join(place);
    fs::create_dir_all(&folder).expect("a folder for the files");
    for (name, text) in &files.parts {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(&folder)).expect("a folder for the files");
        fs::write(path, text).expect("a file that can be written");
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut words = Vec::new();
    for word in command.split(' ') {
        if word.starts_with(PATHWAYS) {
            words.push(root.join(word).into_os_string());
            continue;
        }
        words.push(word.into());
        let named = Path::new(word);
        let extension = named.extension().and_then(|extension| extension.to_str());
        if let (Some("ndjson"), Some(cohort)) = (extension, named.file_stem()) {
            let records = cohorts::records(&cohort.to_string_lossy(), SEED, CANDIDATES);
            let records = records.ok_or_else(|| format!("there is no cohort `{word}`"))?;
            let lines: String = records.map(|record| format!("{record}\n")).collect();
            fs::write(folder.join(word), lines).expect("a file that can be written");
            continue;
        }
        let text = match extension {
            _ if written.contains(word) => continue,
            Some("pathway") => files.programme,
            Some("json") if word == CHANGES => files.changes,
            Some("json") => files.record,
            _ => continue,
        };
        let text = text.ok_or_else(|| format!("nothing stands before `{word}`"))?;
        fs::write(folder.join(word), text).expect("a file that can be written");
    }
    let output = Command::new(binary())
        .args(&words)
        .current_dir(&folder)
        .envs([("COLUMNS", "80"), ("NO_COLOR", "1")])
        .output()
        .expect("milepost runs");
    let printed = match result {
        Some(result) => {
            fs::write(folder.join(result), output.stdout).expect("a file that can be written");
            written.insert(result.to_owned());
            output.stderr
        }
        None => [output.stdout, output.stderr].concat(),
    };
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
