//! The conformance corpus: the pages of `tests/conformance/` in, whatever does not hold out.
//!
//! Every case goes through the library and through the command line, which must agree byte for byte, and then against
//! what the page says. `tests/conformance/README.md` says how a page is written. With `MILEPOST_BLESS` set, blocks that
//! do not hold are written anew; read the difference.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a page, a binary or an outcome that is not there is a failed test"
)]

#[path = "conformance/check.rs"]
mod check;
#[path = "conformance/command.rs"]
mod command;
#[path = "conformance/expect.rs"]
mod expect;
#[path = "conformance/failing.rs"]
mod failing;
#[path = "conformance/library.rs"]
mod library;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use check::report;
use command::CommandLine;
use milepost_tests::conformance::page::Page;
use milepost_tests::conformance::{folder, marks, page};

/// Every page.
fn pages() -> Vec<Page> {
    milepost_tests::conformance::pages().expect("tests/conformance/")
}

/// Puts other lines into the block that begins on a line.
fn rewrite(text: &str, blocks: &[(usize, Vec<String>)]) -> String {
    let mut out = String::new();
    let mut inside = false;
    for (line, written) in (1..).zip(text.lines()) {
        inside &= written != "```";
        if !inside {
            out.push_str(written);
            out.push('\n');
        }
        if let Some((_, lines)) = blocks.iter().find(|(at, _)| *at == line) {
            inside = true;
            out.extend(lines.iter().flat_map(|line| [line.as_str(), "\n"]));
        }
    }
    out
}

#[test]
fn every_case_holds() {
    let command_line = CommandLine::new("conformance");
    let bless = env::var_os("MILEPOST_BLESS").is_some();
    let pages = pages();
    let reports = Mutex::new(BTreeMap::new());
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some((place, page)) = Some(next.fetch_add(1, Ordering::Relaxed))
            .and_then(|place| Some((place, pages.get(place)?)))
        {
            let report = report(&command_line, page, bless);
            reports
                .lock()
                .expect("no page panics")
                .insert(place, report);
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let reports = reports.into_inner().expect("no page panics");
    for (place, report) in reports
        .iter()
        .filter(|(_, report)| !report.blocks.is_empty())
    {
        let page = &pages[*place];
        fs::write(
            folder().join(&page.name),
            rewrite(&page.text, &report.blocks),
        )
        .expect("the page is written");
    }
    let cases: usize = reports.values().map(|report| report.cases).sum();
    let failed: Vec<&String> = reports.values().flat_map(|report| &report.failed).collect();
    let told: String = failed.iter().map(|failed| format!("\n{failed}")).collect();
    assert!(
        failed.is_empty(),
        "{} things do not hold in {cases} cases:{told}",
        failed.len()
    );
    assert!(cases >= 400, "only {cases} cases were found");
}

#[test]
fn every_code_has_a_case() {
    let mut shown = BTreeSet::new();
    for page in pages() {
        for case in page::cases(&page).unwrap_or_else(|why| panic!("{why}")) {
            for (name, bytes) in &case.programme.files {
                let marks = marks::of(name, &String::from_utf8_lossy(bytes))
                    .unwrap_or_else(|why| panic!("{}: {why}", page.name));
                shown.extend(marks.into_iter().map(|mark| mark.code));
            }
        }
    }
    let missing: Vec<&str> = milepost_diagnostics::Code::ALL
        .iter()
        .map(|code| code.as_str())
        .filter(|code| !shown.contains(*code))
        .collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}
