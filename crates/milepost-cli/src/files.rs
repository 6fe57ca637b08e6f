//! Files and folders. In: paths as they were typed. Out: bytes of regular files, never more than asked for, and the
//! `.pathway` files below a folder in a fixed order; or why not, in words.

use std::collections::BTreeSet;
use std::env;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write as _};
use std::path::{Path, PathBuf};

/// The bytes of a regular file. Of one longer than `most`, one byte more than that, so that the reader sees it is too long.
pub fn read(path: &Path, most: usize) -> Result<Vec<u8>, String> {
    let about = fs::metadata(path).map_err(|problem| why(&problem))?;
    if about.is_dir() {
        return Err("it is a folder".into());
    }
    if !about.is_file() {
        return Err("it is not a regular file".into());
    }
    let file = File::open(path).map_err(|problem| why(&problem))?;
    up_to(file, most).map_err(|problem| why(&problem))
}

/// What comes in on standard input, cut as [`read`] does.
pub fn standard_input(most: usize) -> Result<Vec<u8>, String> {
    up_to(io::stdin().lock(), most).map_err(|problem| why(&problem))
}

/// Writes a file, in place of what was there.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).map_err(|problem| why_not_written(&problem))
}

/// Writes a file in place of one that is there, whole or not at all: whoever reads it meanwhile sees the one or the other.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let said = |problem: io::Error| why_not_written(&problem);
    // behind a link it is the file itself that is written
    let path = fs::canonicalize(path).map_err(said)?;
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    let write = || {
        let permissions = fs::metadata(&path)?.permissions();
        if permissions.readonly() {
            return Err(ErrorKind::PermissionDenied.into());
        }
        let mut file = File::create_new(&beside)?;
        file.write_all(bytes)?;
        file.set_permissions(permissions)?;
        file.sync_all()?;
        fs::rename(&beside, &path)
    };
    write().map_err(|problem| {
        // what could not be put in place is of no use to anybody
        let _ = fs::remove_file(&beside);
        why_not_written(&problem)
    })
}

/// Writes a file where there is none.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let mut file = File::create_new(path).map_err(|problem| why_not_written(&problem))?;
    file.write_all(bytes)
        .map_err(|problem| why_not_written(&problem))
}

fn why_not_written(problem: &io::Error) -> String {
    match problem.kind() {
        ErrorKind::IsADirectory => "it is a folder".into(),
        ErrorKind::PermissionDenied => "you are not allowed to write it".into(),
        ErrorKind::NotFound => "there is no such folder".into(),
        ErrorKind::AlreadyExists => "it is there already".into(),
        _ => why(problem),
    }
}

fn up_to(source: impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn why(problem: &io::Error) -> String {
    match problem.kind() {
        ErrorKind::NotFound => "there is no such file or folder".into(),
        ErrorKind::PermissionDenied => "you are not allowed to read it".into(),
        ErrorKind::NotADirectory => "a part of its path is a file, not a folder".into(),
        _ => problem.to_string(),
    }
}

/// The files that paths stand for: a file for itself, a folder for every `.pathway` file below it, each once and
/// in the order of their paths within a folder. Folders whose names begin with a dot are left out.
pub fn pathways(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for path in paths {
        let about = fs::metadata(path)
            .map_err(|problem| format!("`{}`: {}", path.display(), why(&problem)))?;
        let files = if about.is_dir() {
            below(path)?
        } else {
            vec![path.clone()]
        };
        if files.is_empty() {
            return Err(format!(
                "`{}`: there is no .pathway file in this folder",
                path.display()
            ));
        }
        let files = files.into_iter().map(tidy);
        found.extend(files.filter(|file| seen.insert(file.clone())));
    }
    Ok(found)
}

fn below(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        let problem = |problem: io::Error| format!("`{}`: {}", folder.display(), why(&problem));
        for entry in fs::read_dir(&folder).map_err(problem)? {
            let entry = entry.map_err(problem)?;
            let path = tidy(entry.path());
            // a folder behind a link may contain this one, so links to folders are not followed
            if entry.file_type().map_err(problem)?.is_dir() {
                if !entry.file_name().as_encoded_bytes().starts_with(b".") {
                    open.push(path);
                }
            } else if path
                .extension()
                .is_some_and(|extension| extension == "pathway")
                && !path.is_dir()
            {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// As seen from the current folder, if it is below that: files are the same to whoever reads what is found in them, however
/// they were asked for.
fn tidy(path: PathBuf) -> PathBuf {
    let here = env::current_dir().unwrap_or_default();
    let below = path.strip_prefix(".").or_else(|_| path.strip_prefix(here));
    below.map_or_else(|_| path.clone(), Path::to_path_buf)
}
