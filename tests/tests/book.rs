//! The book in `docs/`: every programme, record and link in it. In: the pages. Out: what does not hold, by page and line.
//!
//! What a block claims stands after its three backticks:
//!
//! | block | claim |
//! |---|---|
//! | `pathway` | compiles without a diagnostic, and its scenarios hold |
//! | `pathway fails=MP0102`, `pathway warns=MP0110` | gives exactly this code |
//! | `pathway fragment` | cut out of a programme: parses, as declarations or as a requirement |
//! | `pathway file=NAME …` | the same, and later blocks of the page can `use` it by this name |
//! | `json record`, `json refused` | a record that the page's last programme takes, or refuses |
//! | `json canonical` | the canonical text of the page's last record |
//! | `json changes` | a list of changes: the file `changes.json` of the commands after it |
//! | `console` | `$ milepost …` of the page's last programme and record, of `pathways/`, or of what earlier commands wrote, and what it prints; written anew under `MILEPOST_BLESS` |

#![expect(
    clippy::expect_used,
    reason = "a suite that cannot read or write the book has failed"
)]

#[path = "book/claims.rs"]
mod claims;
#[path = "book/console.rs"]
mod console;
#[path = "book/pages.rs"]
mod pages;

use std::collections::BTreeSet;
use std::fs;

use milepost_diagnostics::{Code, Severity};
use pages::{Page, book, cases};

/// Codes whose pages have no block, each with why.
const WITHOUT_EXAMPLE: [(&str, &str); 2] = [
    ("MP0006", "the file would have to be larger than 2 MiB"),
    ("MP0007", "a page of this book is UTF-8 itself"),
];

/// The one door: whatever a page claims holds.
fn check(page: &Page) -> Vec<String> {
    claims::wrong(page)
        .into_iter()
        .chain(page.broken_links())
        .collect()
}

#[test]
fn every_page_holds() {
    let pages = book();
    assert!(
        pages.iter().any(|page| page.path == "tutorial.md"),
        "the book was not found"
    );
    let cases = cases();
    let leading_nowhere = cases.iter().flat_map(Page::broken_links);
    let wrong: Vec<String> = pages
        .iter()
        .flat_map(check)
        .chain(leading_nowhere)
        .collect();
    assert!(
        wrong.is_empty(),
        "{} claims of the book do not hold:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_code_has_its_page_and_every_page_its_code() {
    let pages = book();
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let path = format!("diagnostics/{}.md", code.as_str());
        let Some(page) = pages.iter().find(|page| page.path == path) else {
            wrong.push(format!("{path} is missing"));
            continue;
        };
        let title = format!("# {}: {}", code.as_str(), code.title());
        if page.text.lines().next() != Some(&title) {
            wrong.push(format!("{path}:1: the title is not `{title}`"));
        }
        let verb = match code.severity() {
            Severity::Error => "fails",
            Severity::Warning => "warns",
        };
        let claim = format!("{verb}={}", code.as_str());
        let blocks = page.blocks();
        let shown = blocks
            .iter()
            .any(|block| block.info.split(' ').any(|word| word == claim));
        let mended = blocks.last().is_some_and(|block| {
            block.info == "pathway" || block.info == "pathway file=main.pathway"
        });
        let excuse = WITHOUT_EXAMPLE
            .iter()
            .find(|(without, _)| *without == code.as_str());
        match excuse {
            None if !shown || !mended => {
                wrong.push(format!(
                    "{path}: a block `pathway {claim}` and after it one that is right are missing"
                ));
            }
            Some((_, reason)) if !blocks.is_empty() => {
                wrong.push(format!(
                    "{path}: it is listed as without an example, because {reason}"
                ));
            }
            _ => {}
        }
        let row = format!(
            "| [{0}]({0}.md) | {1} | {2} |",
            code.as_str(),
            code.severity().as_str(),
            code.title()
        );
        if !pages
            .iter()
            .any(|page| page.path == "diagnostics/README.md" && page.text.contains(&row))
        {
            wrong.push(format!("diagnostics/README.md: the row `{row}` is missing"));
        }
    }
    for page in &pages {
        if let Some(code) = page
            .path
            .strip_prefix("diagnostics/MP")
            .and_then(|rest| rest.strip_suffix(".md"))
            && Code::parse(&format!("MP{code}")).is_none()
        {
            wrong.push(format!("{}: no diagnostic has this code", page.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_summary_lists_every_page_once() {
    let pages: Vec<Page> = book().into_iter().chain(cases()).collect();
    let summary = fs::read_to_string(pages::root().join("SUMMARY.md")).expect("docs/SUMMARY.md");
    let listed = pages::links(&summary);
    let once: BTreeSet<&str> = listed.iter().map(|(_, target)| target.as_str()).collect();
    assert_eq!(once.len(), listed.len(), "a page is listed twice");
    let there: BTreeSet<&str> = pages
        .iter()
        .map(|page| page.path.as_str())
        .filter(|path| *path != "SUMMARY.md")
        .collect();
    assert_eq!(once, there, "docs/SUMMARY.md (left) and the pages (right)");
}

#[test]
fn claims_that_do_not_hold_are_found() {
    let page = |text: &str| Page {
        path: "made.md".into(),
        text: text.into(),
    };
    let good =
        "pathway p \"P\" { version \"1\" }\nevidence s\nrole r { eligible when at least 1 s }\n";
    let bad = "pathway p \"P\" { version \"1\" }\nrole r { eligible when years >= 3 }\n";
    let fails = "pathway p \"P\" { version \"1\" }\nevidence s\nrole r { eligible when at least 1 s }\n\
                 scenario \"s\" { as of 2026-01-01 expect role r met }\n";
    for (info, text, holds) in [
        ("pathway", good, true),
        ("pathway", bad, false),
        ("pathway", fails, false),
        ("pathway fails=MP0102", bad, true),
        ("pathway fails=MP0102", good, false),
        ("pathway fails=MP0201", bad, false),
        ("pathway warns=MP0110", good, false),
        ("pathway fragment", "at least 1 s where score >=", false),
        (
            "pathway fragment",
            "at least 1 s where score >= mastered",
            true,
        ),
        ("pathway fragment", "evidence s { hours : number }", true),
        ("pathway frgament", good, false),
        ("pathway file=part.pathway", "evidence s", false),
        ("json record", "{}", false),
    ] {
        let wrong = check(&page(&format!("\n```{info}\n{text}\n```\n")));
        assert_eq!(wrong.is_empty(), holds, "```{info}\n{text}: {wrong:?}");
    }
    let elsewhere = check(&page("see [this](nowhere.md)\n"));
    assert_eq!(
        elsewhere,
        ["made.md:1: the link `nowhere.md` leads nowhere"]
    );
}
