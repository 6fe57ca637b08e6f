//! The conformance corpus: the pages of `tests/conformance/` in, whatever does not hold out.
//!
//! Every case goes through the library and through the command line, which must agree byte for byte, and then against
//! what the page says. `tests/conformance/README.md` says how a page is written. With `MILEPOST_BLESS` set, blocks that
//! do not hold are written anew; read the difference.

#[path = "conformance/command.rs"]
mod command;
#[path = "conformance/expect.rs"]
mod expect;
#[path = "conformance/library.rs"]
mod library;
#[path = "conformance/marks.rs"]
mod marks;
#[path = "conformance/page.rs"]
mod page;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use command::CommandLine;
use expect::Outcome;
use page::{Case, Expected, Page};

/// A day for records that no day is given for, because they are refused on every day.
const SOME_DAY: &str = "2026-11-22";

/// What does not hold of a case: why, and the block as it should be, if a block is what is wrong.
struct Wrong {
    why: String,
    block: Option<Vec<String>>,
}

fn wrong(why: impl Into<String>) -> Wrong {
    Wrong { why: why.into(), block: None }
}

/// The one door: what does not hold of a case.
fn check(command_line: &CommandLine, name: &str, case: &Case) -> Vec<Wrong> {
    let compiled = library::compile(&case.programme);
    let folder = command_line.write(name, &case.programme);
    match &case.expected {
        Expected::Marks => diagnostics(command_line, &folder, case, &library::check(&compiled)),
        Expected::Scenarios(lines) => scenarios(command_line, &folder, lines, &library::test(&compiled)),
        Expected::Outcome { record, as_of, lines, complete } => {
            let here = library::evaluate(&compiled, record, as_of).map_err(|why| why.join("\n"));
            let there = command_line.evaluate(&folder, record, as_of);
            match here {
                Ok(here) => outcome(&here, lines, *complete).into_iter().chain(apart(&here, there)).collect(),
                Err(why) => vec![wrong(format!("there is no outcome: {why}"))],
            }
        }
        Expected::Refused { record, lines } => {
            let here = library::evaluate(&compiled, record, SOME_DAY);
            let there = command_line.evaluate(&folder, record, SOME_DAY);
            match (here, there) {
                (Err(here), Err(there)) => refusal(&here, &there, lines),
                (here, there) => vec![wrong(format!("the record is not refused:\n{here:?}\n{there:?}"))],
            }
        }
    }
}

/// Where the command line gives other bytes than the library.
fn apart(here: &str, there: Result<String, Vec<String>>) -> Option<Wrong> {
    match there {
        Ok(there) if there == here => None,
        Ok(there) => {
            let same = here.bytes().zip(there.bytes()).take_while(|(one, other)| one == other).count();
            let from = |text: &str| text.chars().skip(same.saturating_sub(60)).take(120).collect::<String>();
            Some(wrong(format!("the command line gives\n    {}\nwhere the library gives\n    {}", from(&there), from(here))))
        }
        Err(why) => Some(wrong(format!("the command line gives no outcome: {}", why.join("\n    ")))),
    }
}

fn diagnostics(command_line: &CommandLine, folder: &Path, case: &Case, here: &[marks::Mark]) -> Vec<Wrong> {
    let mut marked = Vec::new();
    for (name, bytes) in &case.programme.files {
        match marks::of(name, &String::from_utf8_lossy(bytes)) {
            Ok(marks) => marked.extend(marks),
            Err(why) => return vec![wrong(why)],
        }
    }
    let mut found: Vec<Wrong> = marks::differences(&marked, here).into_iter().map(wrong).collect();
    match command_line.check(folder) {
        Ok(there) if there == here => {}
        Ok(there) => found.push(wrong(format!("`check` reports {there:?} where the library reports {here:?}"))),
        Err(why) => found.push(wrong(why)),
    }
    found
}

fn scenarios(command_line: &CommandLine, folder: &Path, lines: &[String], here: &[(String, bool)]) -> Vec<Wrong> {
    let should: Vec<String> =
        here.iter().map(|(title, holds)| format!("{title}: {}", if *holds { "holds" } else { "fails" })).collect();
    let mut found = compare(lines, &should);
    let (code, printed) = command_line.test(folder);
    if code != Some(i32::from(here.iter().any(|(_, holds)| !holds))) {
        found.push(wrong(format!("`test` ends with {code:?}:\n{printed}")));
    }
    let untold = here.iter().filter(|(title, holds)| !holds && !printed.contains(title));
    found.extend(untold.map(|(title, _)| wrong(format!("`test` does not print that `{title}` fails"))));
    found
}

fn outcome(json: &str, lines: &[String], complete: bool) -> Vec<Wrong> {
    let outcome = match Outcome::read(json) {
        Ok(outcome) => outcome,
        Err(why) => return vec![wrong(why)],
    };
    let mut found = Vec::new();
    let mut should = Vec::new();
    for line in lines {
        match outcome.line(line) {
            Ok(line) => should.push(line),
            Err(why) => found.push(wrong(why)),
        }
    }
    if lines.is_empty() {
        found.push(wrong("this block expects nothing"));
    }
    if complete {
        let left = outcome.unmentioned(lines.iter().map(String::as_str));
        found.extend(left.into_iter().map(|node| wrong(format!("nothing is said of `{node}`"))));
    }
    if found.is_empty() { compare(lines, &should) } else { found }
}

fn refusal(here: &[String], there: &[String], lines: &[String]) -> Vec<Wrong> {
    let mut found = compare(lines, here);
    if here != there {
        found.push(wrong(format!("the command line refuses it otherwise:\n    {}", there.join("\n    "))));
    }
    found
}

fn compare(lines: &[String], should: &[String]) -> Vec<Wrong> {
    if lines == should {
        return Vec::new();
    }
    let said = lines.iter().filter(|line| !should.contains(line)).map(|line| format!("\n    page: {line}"));
    let is = should.iter().filter(|line| !lines.contains(line)).map(|line| format!("\n    is:   {line}"));
    vec![Wrong { why: said.chain(is).collect(), block: Some(should.to_vec()) }]
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance")
}

/// Every page, in the order of their names.
fn pages() -> Vec<Page> {
    let mut pages: Vec<Page> = fs::read_dir(folder())
        .expect("tests/conformance/")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| Page {
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            text: fs::read_to_string(&path).expect("a page"),
        })
        .filter(|page| page.name != "README.md")
        .collect();
    pages.sort_by(|left, right| left.name.cmp(&right.name));
    pages
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
    let (mut count, mut failed) = (0, Vec::new());
    for page in pages() {
        let cases = page::cases(&page).unwrap_or_else(|why| panic!("{why}"));
        let mut blocks = Vec::new();
        for (place, case) in cases.iter().enumerate() {
            count += usize::from(!matches!(case.expected, Expected::Marks) || case.programme.is_marked());
            for wrong in check(&command_line, &format!("{}/{place}", page.name), case) {
                match wrong.block.filter(|_| bless) {
                    Some(lines) => blocks.push((case.line, lines)),
                    None => failed.push(format!("tests/conformance/{}:{}: {}: {}", page.name, case.line, case.heading, wrong.why)),
                }
            }
        }
        if !blocks.is_empty() {
            fs::write(folder().join(&page.name), rewrite(&page.text, &blocks)).expect("the page is written");
        }
    }
    assert!(failed.is_empty(), "{} things do not hold in {count} cases:\n{}", failed.len(), failed.join("\n"));
    assert!(count >= 180, "only {count} cases were found");
}

#[test]
fn every_code_has_a_case() {
    let mut shown = BTreeSet::new();
    for page in pages() {
        for case in page::cases(&page).unwrap_or_else(|why| panic!("{why}")) {
            for (name, bytes) in &case.programme.files {
                let marks = marks::of(name, &String::from_utf8_lossy(bytes)).unwrap_or_else(|why| panic!("{}: {why}", page.name));
                shown.extend(marks.into_iter().map(|mark| mark.code));
            }
        }
    }
    let missing: Vec<&str> = milepost_diagnostics::Code::ALL.iter().map(|code| code.as_str()).filter(|code| !shown.contains(*code)).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}
