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

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use command::CommandLine;
use expect::Outcome;
use milepost::Compiled;
use page::{Case, Expected, Page, Programme};

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
}

/// The one door: what does not hold of a case.
fn check(command_line: &CommandLine, ready: &Ready, case: &Case) -> Vec<Wrong> {
    let Ready { compiled, folder } = ready;
    match &case.expected {
        Expected::Marks => diagnostics(command_line, folder, case, &library::check(compiled)),
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
            name: path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
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

/// What became of a page.
#[derive(Default)]
struct Report {
    cases: usize,
    failed: Vec<String>,
    blocks: Vec<(usize, Vec<String>)>,
}

/// Checks every case of a page; with `bless`, what blocks should say is handed back and is no failure.
fn report(command_line: &CommandLine, page: &Page, bless: bool) -> Report {
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
            let folder =
                command_line.write(&format!("{}/{}", page.name, case.line), &case.programme);
            programmes.push((Rc::clone(&case.programme), Ready { compiled, folder }));
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

/// A page of one case for the tests of the runner: a programme with `marked` in it, and an outcome or a refusal.
fn made(marked: &str, record: &str, block: &str) -> Page {
    let text = format!(
        "# Made\n\nas of 2026-11-22\n\n## Case\n\n```pathway\npathway p \"P\" {{ version \"1\" }}\n\ncandidate \"Teacher\" {{ a : number }}\n\n\
         evidence task \"Task\"\n\nrole r \"Role\" {{\n  eligible when all of {{\n    {marked}\n    tasks: at least 2 task\n    known: a >= 3\n  }}\n}}\n```\n\n\
         ```json\n{record}\n```\n\n{block}\n"
    );
    Page {
        name: "made.md".to_owned(),
        text,
    }
}

#[test]
fn a_page_that_does_not_hold_is_found() {
    let command_line = CommandLine::new("conformance-made");
    let record = r#"{ "id": "c", "evidence": [
        { "id": "t1", "kind": "task", "date": "2026-09-01" },
        { "id": "t2", "kind": "task", "date": "2026-09-02", "status": "under_review" }
    ] }"#;
    let right = "r.tasks: pending, 1/2 50%, found 1 of 2, counted t1, near t2 \"under review\"";
    for (line, holds) in [
        (right, true),
        (
            "r.known: needs information, found nothing of nothing, unknown a",
            true,
        ),
        ("role r: needs information, 1/4 25%\nnotices: 0", true),
        ("r.tasks: unmet", false),
        ("r.tasks: pending at risk", false),
        ("r.tasks: pending locked", false),
        ("r.tasks: pending, 1/2 51%", false),
        ("r.tasks: pending, found 2 of 2", false),
        ("r.tasks: pending, counted t1 t2", false),
        ("r.tasks: pending, counted none", false),
        ("r.tasks: pending, near t2 \"draft\"", false),
        ("r.tasks: pending, near none", false),
        ("r.known: needs information, unknown none", false),
        ("r.known: needs information, unkown a", false),
        ("r.other: met", false),
        ("notices: 1", false),
        ("", false),
    ] {
        let page = made("a >= 0.5", record, &format!("```outcome\n{line}\n```"));
        let failed = report(&command_line, &page, false).failed;
        assert_eq!(failed.is_empty(), holds, "{line}: {failed:?}");
    }
    let whole = "r: needs information\nr/1: needs information\nr.tasks: pending\nr.known: needs information";
    for (lines, holds) in [(whole, true), (right, false)] {
        let page = made(
            "a >= 0.5",
            record,
            &format!("```outcome complete\n{lines}\n```"),
        );
        assert_eq!(
            report(&command_line, &page, false).failed.is_empty(),
            holds,
            "{lines}"
        );
    }
}

#[test]
fn a_diagnostic_that_is_not_marked_exactly_is_found() {
    let command_line = CommandLine::new("conformance-marks");
    for (marked, holds) in [
        ("a > 1", true),
        (
            "a >= 0\n  //^^^^^^ warning[MP0307] this holds whatever",
            true,
        ),
        ("a >= 0", false),
        ("a >= 0\n  //^^^^^ warning[MP0307]", false),
        ("a >= 0\n  // ^^^^^ warning[MP0307]", false),
        ("a >= 0\n  //^^^^^^ warning[MP0306]", false),
        ("a >= 0\n  //^^^^^^ error[MP0307]", false),
        ("a >= 0\n  //^^^^^^ warning[MP0307] something else", false),
        ("a > 1\n  //^^^^^ warning[MP0307]", false),
        ("a >= 0\n  //^^^^^^ warning MP0307", false),
    ] {
        let page = made(marked, r#"{ "id": "c" }"#, "```outcome\nr: unmet\n```");
        let failed = report(&command_line, &page, false).failed;
        assert_eq!(failed.is_empty(), holds, "{marked}: {failed:?}");
    }
}

#[test]
fn a_refusal_that_is_not_so_is_found() {
    let command_line = CommandLine::new("conformance-refused");
    let record = r#"{ "id": "c", "evidence": [ { "id": "t1", "kind": "tasks" } ] }"#;
    for (block, holds) in [
        (
            "```refused\n/evidence/0/kind: unknown kind `tasks`; did you mean `task`?\n/evidence/0: `date` is missing\n```",
            true,
        ),
        ("```refused\n/evidence/0: `date` is missing\n```", false),
        (
            "```refused\n/evidence/0: `date` is missing\n/evidence/0/kind: unknown kind `tasks`; did you mean `task`?\n```",
            false,
        ),
        ("```outcome\nr: unmet\n```", false),
    ] {
        let failed = report(&command_line, &made("a > 1", record, block), false).failed;
        assert_eq!(failed.is_empty(), holds, "{block}: {failed:?}");
    }
    let taken = made(
        "a > 1",
        r#"{ "id": "c" }"#,
        "```refused\n`id` is missing\n```",
    );
    assert!(!report(&command_line, &taken, false).failed.is_empty());
}

#[test]
fn blessing_writes_what_is_and_nothing_else() {
    let command_line = CommandLine::new("conformance-bless");
    let page = made(
        "a > 1",
        r#"{ "id": "c", "facts": { "a": 2 } }"#,
        "```outcome\nr.tasks: met, found 9 of 9\nr/1: met\n```\n\nand on.",
    );
    let blessed = report(&command_line, &page, true);
    assert!(blessed.failed.is_empty(), "{:?}", blessed.failed);
    let text = rewrite(&page.text, &blessed.blocks);
    assert_eq!(
        text,
        page.text
            .replace("met, found 9 of 9", "unmet, found 0 of 2")
    );
}

#[test]
fn a_page_that_makes_no_sense_is_refused() {
    for (text, why) in [
        ("## Nothing\n\nis expected here.\n", "expects nothing"),
        ("## Early\n\n```outcome\nr: met\n```\n", "without a record"),
        ("## Open\n\n```json\n", "not closed"),
        (
            "## Alone\n\nas of 2026-11-22\n\n```json\n{}\n```\n\n```outcome\nr: met\n```\n",
            "no programme",
        ),
        ("## Odd\n\n```toml\n```\n", "no block is called `toml`"),
        (
            "## Idle\n\n```pathway\n```\n\n```json\n{}\n```\n",
            "nothing is expected of",
        ),
        (
            "## Part\n\n```pathway file=part.pathway\n```\n",
            "`main.pathway`",
        ),
    ] {
        let page = Page {
            name: "made.md".to_owned(),
            text: text.to_owned(),
        };
        let said = page::cases(&page).err().unwrap_or_default();
        assert!(said.contains(why), "{text}: {said}");
    }
}
