//! The example programmes. In: the folder `pathways/`. Out: its files, which of them are programmes, and the records of each.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use milepost::Pathway;

/// The folder of the example programmes.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../pathways")
}

/// Every file in it, by its path from there.
pub fn files() -> &'static BTreeMap<String, Vec<u8>> {
    static FILES: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    FILES.get_or_init(|| {
        let mut files = BTreeMap::new();
        collect(&folder(), "", &mut files);
        files
    })
}

fn collect(folder: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    let entries = std::fs::read_dir(folder);
    let entries = entries.unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let name = format!("{below}{}", name.to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            let text = std::fs::read(&path);
            let text = text.unwrap_or_else(|why| panic!("{}: {why}", path.display()));
            files.insert(name, text);
        }
    }
}

/// The files that declare a programme.
pub fn programmes() -> impl Iterator<Item = &'static str> {
    let declares = |text: &[u8]| {
        text.split(|byte| *byte == b'\n')
            .any(|line| line.starts_with(b"pathway "))
    };
    files()
        .iter()
        .filter(move |(path, text)| path.ends_with(".pathway") && declares(text))
        .map(|(path, _)| path.as_str())
}

/// The records of a programme: what stands in the folder of its name in `records/` beside it.
pub fn records(programme: &str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let (folder, name) = programme.rsplit_once('/').unwrap_or(("", programme));
    let folder = format!("{folder}/records/{}/", name.trim_end_matches(".pathway"));
    files()
        .range(folder.clone()..)
        .take_while(move |(path, _)| path.starts_with(&folder))
        .filter(|(path, _)| path.ends_with(".json"))
        .map(|(path, record)| (path.as_str(), record.as_slice()))
}

/// The text of a file, for the compiler.
///
/// # Errors
///
/// There is no such file.
pub fn read(path: &str) -> Result<Vec<u8>, String> {
    files()
        .get(path)
        .cloned()
        .ok_or_else(|| "there is no such file".to_owned())
}

/// A programme, compiled.
#[must_use]
pub fn compiled(programme: &str) -> Pathway {
    let compiled = milepost::compile(&read, programme);
    let plan = compiled.plan();
    plan.unwrap_or_else(|why| panic!("{programme}: {why}"))
        .clone()
}
