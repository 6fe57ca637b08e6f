//! Whatever bytes come in, nothing panics, and what comes out can be shown. In: bytes, as a fuzzer or a file gives them.
//! Out: nothing; a failure is a panic.
//!
//! `use` finds the files of the example programmes.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use milepost::{Compiled, Levels, Pathway, Record, Severity, Source, Sources};
use milepost_engine::Date;

use crate::examples;

/// The files of a folder, by name.
///
/// # Panics
///
/// The folder or a file cannot be read.
#[must_use]
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
    {
        let text =
            std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        files.insert(
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
            text,
        );
    }
    files
}

/// Parses bytes as a file, and lays it out.
pub fn parse(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let mut sources = Sources::default();
    let file = sources.add("main.pathway", text);
    let parsed = milepost_syntax::parse(file, text);
    for span in parsed
        .diagnostics
        .iter()
        .flat_map(|problem| problem.labels.iter().map(|label| label.span))
    {
        let range = usize::try_from(span.start).unwrap_or(usize::MAX)
            ..usize::try_from(span.end).unwrap_or(usize::MAX);
        assert!(text.get(range).is_some(), "a place that is none: {span:?}");
    }
    let once = milepost_syntax::format(text).text;
    assert!(
        milepost_syntax::format(&once).text == once,
        "formatting what is formatted changes it"
    );
}

/// Compiles bytes as a main file.
pub fn compile(bytes: &[u8]) {
    let compiled = compiled(bytes);
    for found in compiled.findings(&Levels::default()) {
        for edit in found.edits {
            let text = compiled.sources().get(edit.span.file).map(Source::text);
            let place = edit.span.start as usize..edit.span.end as usize;
            assert!(
                text.is_some_and(|text| text.get(place).is_some()),
                "an edit of nothing"
            );
        }
    }
}

fn compiled(bytes: &[u8]) -> Compiled {
    let read = |path: &str| match path {
        "main.pathway" => Ok(bytes.to_vec()),
        path => examples::files()
            .iter()
            .find(|(name, _)| name.ends_with(&format!("/{path}")))
            .map(|(_, text)| text.clone())
            .ok_or_else(|| "there is no such file".to_owned()),
    };
    let compiled = milepost::compile(&read, "main.pathway");
    let errors = compiled
        .wire_diagnostics()
        .iter()
        .any(|problem| problem.severity == milepost::wire::Severity::Error);
    assert_eq!(
        errors,
        compiled
            .diagnostics()
            .iter()
            .any(|problem| problem.code.severity() == Severity::Error)
    );
    assert!(
        !(errors && compiled.plan().is_ok()),
        "a plan in spite of errors"
    );
    compiled
}

/// The example programmes.
fn programmes() -> &'static Vec<Pathway> {
    static PROGRAMMES: OnceLock<Vec<Pathway>> = OnceLock::new();
    PROGRAMMES.get_or_init(|| examples::programmes().map(examples::compiled).collect())
}

/// Decodes bytes as a record of each example programme, and evaluates what is one.
pub fn decode(bytes: &[u8]) {
    for example in programmes() {
        with_record(example, bytes, today());
    }
}

fn today() -> Date {
    Date::new(2026, 11, 22).unwrap_or(Date::MIN)
}

/// Decodes a record and evaluates it, or refuses it with a reason.
fn with_record(pathway: &Pathway, record: &[u8], as_of: Date) {
    match pathway.decode_record(record) {
        Ok(record) => {
            sound(&pathway.evaluate(&record, as_of).to_json());
        }
        Err(refusal) => assert!(!refusal.to_string().is_empty(), "refused without a reason"),
    }
}

/// Compiles a programme, and evaluates a record of it on a day: the three are kept apart by NUL; the day may be left out.
pub fn evaluate(bytes: &[u8]) {
    let mut parts = bytes.split(|byte| *byte == 0);
    let (Some(programme), Some(record)) = (parts.next(), parts.next()) else {
        return;
    };
    let compiled = compiled(programme);
    drop(compiled.run_scenarios());
    if let Ok(pathway) = compiled.plan() {
        let day = parts
            .next()
            .and_then(|day| std::str::from_utf8(day).ok()?.trim().parse().ok());
        with_record(pathway, record, day.unwrap_or_else(today));
    }
}

/// The programme whose receipt is kept, and its record.
fn kept() -> &'static (Pathway, Record) {
    static KEPT: OnceLock<(Pathway, Record)> = OnceLock::new();
    KEPT.get_or_init(|| of_folder("receipts/0.1.0"))
}

/// The programme whose groups without reuse are checked, and its record.
fn shared() -> &'static (Pathway, Record) {
    static SHARED: OnceLock<(Pathway, Record)> = OnceLock::new();
    SHARED.get_or_init(|| of_folder("fuzz/shared"))
}

/// The programme and the record that a folder keeps.
fn of_folder(folder: &str) -> (Pathway, Record) {
    let files = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let compiled = milepost::compile(&files, "programme.pathway");
    let pathway = compiled
        .plan()
        .unwrap_or_else(|error| panic!("the programme of {folder}: {error}"));
    let record = files.get("record.json").map_or(&[][..], Vec::as_slice);
    let record = pathway
        .decode_record(record)
        .unwrap_or_else(|error| panic!("the record of {folder}: {error}"));
    (pathway.clone(), record)
}

/// Verifies bytes as a receipt of the kept programme and record, or refuses them with a reason.
pub fn verify(bytes: &[u8]) {
    let (pathway, record) = kept();
    match pathway.verify(bytes, record) {
        Ok(verification) => sound(&verification.to_json()),
        Err(refusal) => assert!(!refusal.to_string().is_empty(), "refused without a reason"),
    }
}

/// Checks bytes as an outcome of the programme and the record kept for that, or refuses them with a reason.
pub fn check_allocations(bytes: &[u8]) {
    let (pathway, record) = shared();
    match pathway.check_allocations(bytes, record) {
        Ok(checked) => {
            assert_eq!(checked.holds, checked.problems.is_empty());
            sound(&checked.to_json());
        }
        Err(refusal) => assert!(!refusal.to_string().is_empty(), "refused without a reason"),
    }
}

/// Whether bytes are an outcome of that programme and record of which everything holds.
#[must_use]
pub fn holds(bytes: &[u8]) -> bool {
    let (pathway, record) = shared();
    let checked = pathway.check_allocations(bytes, record);
    checked.is_ok_and(|checked| checked.holds && checked.groups.len() > 3)
}

/// Makes changes of bytes to the kept record, or refuses them with a reason; the record itself stays as it is.
pub fn change(bytes: &[u8]) {
    let (pathway, record) = kept();
    match pathway.what_if(record, bytes, today()) {
        Ok(json) => sound(&json),
        Err(refusal) => assert!(!refusal.to_string().is_empty(), "refused without a reason"),
    }
}

fn sound(json: &str) {
    if let Err(error) = serde_json::from_str::<serde_json::Value>(json) {
        panic!("the answer is no JSON: {error}\n{json}");
    }
}
