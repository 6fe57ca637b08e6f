//! The conformance corpus: the pages of `tests/conformance/` in, its cases out. `tests/conformance/README.md` says how a
//! page is written.

pub mod marks;
pub mod page;

use std::fs;
use std::path::{Path, PathBuf};

use page::Page;

/// Where the pages are.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance")
}

/// Every page, in the order of their names.
///
/// # Errors
///
/// A page cannot be read.
pub fn pages() -> std::io::Result<Vec<Page>> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".md") && name != "README.md" {
            pages.push(Page {
                name: name.into_owned(),
                text: fs::read_to_string(&path)?,
            });
        }
    }
    pages.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(pages)
}
