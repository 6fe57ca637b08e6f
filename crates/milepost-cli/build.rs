//! In: `pages/`, a link to the book's pages on diagnostics. Out: `pages.rs`, a table of codes and the texts of their pages.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("pages");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut pages = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if let Some(code) = path.file_stem().and_then(|stem| stem.to_str())
            && code.starts_with("MP")
        {
            pages.push((code.to_owned(), path.clone()));
        }
    }
    pages.sort();
    let mut table = String::from("[\n");
    for (code, path) in &pages {
        writeln!(table, "({code:?}, include_str!({path:?})),")?;
    }
    table.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("pages.rs"), table)?;
    Ok(())
}
