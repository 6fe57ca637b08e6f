//! The one door: a page in; what does not hold of its cases, and what its blocks should say, out.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use milepost::Compiled;

use super::command::CommandLine;
use super::expect::Outcome;
use super::page::{Case, Expected, Page, Programme};
use super::{library, marks, page};

/// A day for records that no day is given for, because they are refused on every day.
const SOME_DAY: &str = "2026-11-22";

/// What does not hold of a case: why, and the block as it should be, if a block is what is wrong.
struct Wrong {
    why: String,
    block: Option<Vec<String>>,
}

fn wrong(why: impl Into<String>) -> Wrong {
    Wrong {
        why: why.into(),
        block: None,
    }
}

/// A programme, compiled by the library and written down for the command line.
struct Ready {
    compiled: Compiled,
    folder: PathBuf,
    /// Whether the lints look at it as well.
    lints: bool,
}

/// What does not hold of a case.
fn check(command_line: &CommandLine, ready: &Ready, case: &Case) -> Vec<Wrong> {
    let Ready {
        compiled,
        folder,
        lints,
    } = ready;
    match &case.expected {
        Expected::Marks => diagnostics(
            command_line,
            folder,
            case,
            &library::check(compiled, *lints),
        ),
        Expected::Scenarios(lines) => {
            scenarios(command_line, folder, lines, &library::test(compiled))
        }
        Expected::Outcome {
            record,
            as_of,
            lines,
            complete,
        } => {
            let here = library::evaluate(compiled, record, as_of).map_err(|why| why.join("\n"));
            let there = command_line.evaluate(folder, record, as_of);
            match here {
                Ok(here) => outcome(&here, lines, *complete)
                    .into_iter()
                    .chain(apart(&here, there))
                    .collect(),
                Err(why) => vec![wrong(format!("there is no outcome: {why}"))],
            }
        }
        Expected::Refused { record, lines } => {
            let here = library::evaluate(compiled, record, SOME_DAY);
            let there = command_line.evaluate(folder, record, SOME_DAY);
            match (here, there) {
                (Err(here), Err(there)) => refusal(&here, &there, lines),
                (here, there) => vec![wrong(format!(
                    "the record is not refused:\n{here:?}\n{there:?}"
                ))],
            }
        }
    }
}

/// Where the command line gives other bytes than the library.
fn apart(here: &str, there: Result<String, Vec<String>>) -> Option<Wrong> {
    match there {
        Ok(there) if there == here => None,
        Ok(there) => {
            let same = here
                .bytes()
                .zip(there.bytes())
                .take_while(|(one, other)| one == other)
                .count();
            let from = |text: &str| {
                text.chars()
                    .skip(same.saturating_sub(60))
                    .take(120)
                    .collect::<String>()
            };
            Some(wrong(format!(
                "the command line gives\n    {}\nwhere the library gives\n    {}",
                from(&there),
                from(here)
            )))
        }
        Err(why) => Some(wrong(format!(
            "the command line gives no outcome: {}",
            why.join("\n    ")
        ))),
    }
}

fn diagnostics(
    command_line: &CommandLine,
    folder: &Path,
    case: &Case,
    here: &[marks::Mark],
) -> Vec<Wrong> {
    let mut marked = Vec::new();
    for (name, bytes) in &case.programme.files {
        match marks::of(name, &String::from_utf8_lossy(bytes)) {
            Ok(marks) => marked.extend(marks),
            Err(why) => return vec![wrong(why)],
        }
    }
    let mut found: Vec<Wrong> = marks::differences(&marked, here)
        .into_iter()
        .map(wrong)
        .collect();
    match command_line.check(folder) {
        Ok(there) if alike(&there, here) => {}
        Ok(there) => found.push(wrong(format!(
            "`check` reports {there:?} where the library reports {here:?}"
        ))),
        Err(why) => found.push(wrong(why)),
    }
    found
}

/// Whether two doors report the same. Why a file cannot be read is said by whoever reads it.
fn alike(there: &[marks::Mark], here: &[marks::Mark]) -> bool {
    let plain = |mark: &marks::Mark| marks::Mark {
        message: if mark.code == "MP0101" {
            String::new()
        } else {
            mark.message.clone()
        },
        ..mark.clone()
    };
    there.iter().map(plain).eq(here.iter().map(plain))
}

fn scenarios(
    command_line: &CommandLine,
    folder: &Path,
    lines: &[String],
    here: &[(String, bool)],
) -> Vec<Wrong> {
    let should: Vec<String> = here
        .iter()
        .map(|(title, holds)| format!("{title}: {}", if *holds { "holds" } else { "fails" }))
        .collect();
    let mut found = compare(lines, &should);
    let (code, printed) = command_line.test(folder);
    if code != Some(i32::from(here.iter().any(|(_, holds)| !holds))) {
        found.push(wrong(format!("`test` ends with {code:?}:\n{printed}")));
    }
    let untold = here
        .iter()
        .filter(|(title, holds)| !holds && !printed.contains(title));
    found.extend(
        untold.map(|(title, _)| wrong(format!("`test` does not print that `{title}` fails"))),
    );
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
        found.extend(
            left.into_iter()
                .map(|node| wrong(format!("nothing is said of `{node}`"))),
        );
    }
    if found.is_empty() {
        compare(lines, &should)
    } else {
        found
    }
}

fn refusal(here: &[String], there: &[String], lines: &[String]) -> Vec<Wrong> {
    let mut found = compare(lines, here);
    if here != there {
        found.push(wrong(format!(
            "the command line refuses it otherwise:\n    {}",
            there.join("\n    ")
        )));
    }
    found
}

fn compare(lines: &[String], should: &[String]) -> Vec<Wrong> {
    if lines == should {
        return Vec::new();
    }
    let said = lines
        .iter()
        .filter(|line| !should.contains(line))
        .map(|line| format!("\n    page: {line}"));
    let is = should
        .iter()
        .filter(|line| !lines.contains(line))
        .map(|line| format!("\n    is:   {line}"));
    vec![Wrong {
        why: said.chain(is).collect(),
        block: Some(should.to_vec()),
    }]
}

/// What became of a page.
#[derive(Default)]
pub struct Report {
    /// How many cases it has.
    pub cases: usize,
    /// What does not hold, with its place.
    pub failed: Vec<String>,
    /// Blocks to write anew, by the line they begin on.
    pub blocks: Vec<(usize, Vec<String>)>,
}

/// Checks every case of a page; with `bless`, what blocks should say is handed back and is no failure.
pub fn report(command_line: &CommandLine, page: &Page, bless: bool) -> Report {
    let cases = match page::cases(page) {
        Ok(cases) => cases,
        Err(why) => {
            return Report {
                failed: vec![why],
                ..Report::default()
            };
        }
    };
    let mut report = Report::default();
    let mut programmes: Vec<(Rc<Programme>, Ready)> = Vec::new();
    for case in &cases {
        let known = programmes
            .iter()
            .position(|(programme, _)| Rc::ptr_eq(programme, &case.programme));
        let place = known.unwrap_or_else(|| {
            let compiled = library::compile(&case.programme);
            let lints = page.name.starts_with("lints");
            let name = format!("{}/{}", page.name, case.line);
            let folder = command_line.write(&name, &case.programme, lints);
            let ready = Ready {
                compiled,
                folder,
                lints,
            };
            programmes.push((Rc::clone(&case.programme), ready));
            programmes.len() - 1
        });
        report.cases +=
            usize::from(!matches!(case.expected, Expected::Marks) || case.programme.is_marked());
        for wrong in check(command_line, &programmes[place].1, case) {
            match wrong.block.filter(|_| bless) {
                Some(lines) => report.blocks.push((case.line, lines)),
                None => {
                    let (name, line, heading, why) =
                        (&page.name, case.line, &case.heading, wrong.why);
                    report
                        .failed
                        .push(format!("tests/conformance/{name}:{line}: {heading}: {why}"));
                }
            }
        }
    }
    report
}
