//! The runner tested with pages that do not hold: made pages in, and each is found wrong.

use super::check::report;
use super::command::CommandLine;
use super::page::{self, Page};
use super::rewrite;

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
