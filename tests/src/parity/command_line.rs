//! The command line as a host. In: a case and the native library's answers. Out: the answers of `milepost`, run in a
//! folder with the case's files, to those questions that it has words for.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Output};

use milepost::Code;
use serde_json::Value;

use super::case::Case;
use super::table::{Prints, answered};

/// The answers to one case: `None` where the command line has no words for a question or the library no answer to it.
///
/// # Errors
///
/// A file cannot be written or the command not run.
pub fn answers(
    binary: &Path,
    folder: &Path,
    case: &Case,
    native: &[Option<Vec<u8>>],
) -> std::io::Result<Vec<Option<Vec<u8>>>> {
    let Some(files) = files(case) else {
        return Ok(native.iter().map(|_| None).collect());
    };
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder)?;
    for (path, text) in &files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, text)?;
    }
    for (name, bytes) in case.inputs().skip(1) {
        fs::write(folder.join(format!(".{name}")), bytes)?;
    }
    fs::write(folder.join("milepost.toml"), without_lints())?;
    // Only the command takes notes on the level of a warning.
    let noted = files.iter().any(|(_, text)| text.contains("// milepost:"));
    let mut answers = Vec::new();
    for (question, native) in answered().zip(native) {
        // Where the library has nothing to give, the command says why; the library said it with the diagnostics.
        let nothing = native.as_ref().is_none_or(Vec::is_empty);
        let silent = nothing || noted && question.name == "diagnostics";
        answers.push(match question.command {
            Some(prints) if !silent => Some(ask(binary, folder, case, prints)?),
            _ => None,
        });
        let kept = native.as_deref().and_then(|native| question.kept(native));
        if let (Some(kept), None) = (kept, case.bytes(question.name)) {
            fs::write(folder.join(format!(".{}", question.name)), kept)?;
        }
    }
    Ok(answers)
}

/// The levels that keep the command from looking for lints, as the other hosts do not.
fn without_lints() -> String {
    let lints = Code::ALL.iter().filter(|code| code.is_lint());
    let levels = lints.map(|code| format!("{} = \"allow\"\n", code.as_str()));
    format!("[lints]\n{}", levels.collect::<String>())
}

/// The case's files, if they are files that can be written into a folder.
fn files(case: &Case) -> Option<Vec<(PathBuf, String)>> {
    let Value::Object(sources) = serde_json::from_slice(case.bytes("sources")?).ok()? else {
        return None;
    };
    let inside = |path: &Path| {
        path.components()
            .all(|part| matches!(part, Component::Normal(_)))
    };
    let files = sources.into_iter().map(|(path, text)| {
        let path = PathBuf::from(path);
        Some((inside(&path).then_some(path)?, text.as_str()?.to_owned()))
    });
    files.collect()
}

fn ask(binary: &Path, folder: &Path, case: &Case, prints: Prints) -> std::io::Result<Vec<u8>> {
    let (Prints::Document(words) | Prints::File(words, _)) = prints;
    let words = words.iter().map(|word| match *word {
        "MAIN" => case.text("main").unwrap_or_default(),
        "AS_OF" => case.text("as_of").unwrap_or_default(),
        "RECORD" => ".record",
        "PLAN" => ".plan",
        "RECEIPT" => ".receipt",
        "CHANGES" => ".changes",
        "SOUGHT_ON" => case.text("sought_on").unwrap_or_default(),
        word => word,
    });
    let output = Command::new(binary)
        .args(words)
        .current_dir(folder)
        .output()?;
    let given = match prints {
        Prints::Document(_) => output
            .stdout
            .strip_suffix(b"\n")
            .map(|document| [&[0], document].concat()),
        Prints::File(_, file) => fs::read(folder.join(file)).ok(),
    };
    Ok(match (output.status.code(), given) {
        (Some(0 | 1), Some(given)) => given,
        (Some(2), _) if output.stdout.is_empty() => vec![1],
        _ => told(&output),
    })
}

/// An end that no document has.
fn told(output: &Output) -> Vec<u8> {
    let status = output.status.to_string().into_bytes();
    [
        b"\x02".as_slice(),
        &status,
        b"\n",
        &output.stdout,
        &output.stderr,
    ]
    .concat()
}
