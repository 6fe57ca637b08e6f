//! `milepost lsp`. In: an editor's messages on standard input. Out: messages on standard output, until the editor ends it.

use std::collections::VecDeque;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use milepost::Levels;
use milepost_lsp::{Host, serve};

use crate::programme::MOST;
use crate::settings::Settings;
use crate::{Ending, Trouble, files};

/// So many files of a workspace are looked at, and so many entries of its folders.
const FILES: usize = 2_000;
const ENTRIES: usize = 50_000;

/// Serves one editor.
pub fn run() -> Result<Ending, Trouble> {
    let ended = serve(&Disk, io::stdin(), io::stdout().lock());
    // An editor that is gone reads no message about it.
    Ok(Ending::findings(!ended.unwrap_or(false)))
}

/// The files and settings of this machine.
struct Disk;

impl Host for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        files::read(Path::new(path), MOST)
    }

    /// Near files first, where there are too many.
    fn below(&self, folder: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut open = VecDeque::from([PathBuf::from(folder)]);
        let mut left = ENTRIES;
        while let Some(folder) = open.pop_front() {
            let Ok(entries) = fs::read_dir(&folder) else {
                continue;
            };
            for entry in entries.flatten() {
                if left == 0 || found.len() >= FILES {
                    return found;
                }
                left -= 1;
                let path = entry.path();
                let Ok(kind) = entry.file_type() else {
                    continue;
                };
                let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
                if kind.is_dir() && !hidden && entry.file_name() != "node_modules" {
                    open.push_back(path);
                } else if path.extension().is_some_and(|it| it == "pathway") && path.is_file() {
                    let name = path.to_str().map(|path| path.replace('\\', "/"));
                    found.extend(name);
                }
            }
        }
        found
    }

    fn levels(&self, path: &str) -> Result<Levels, String> {
        let mut settings = Settings::default();
        let levels = settings.levels(Path::new(path));
        levels.cloned().map_err(|trouble| trouble.message)
    }
}
