//! Programmes of several versions on the command line.

use super::{file, folder, run};

const EVALUATE: &str = "evaluate versions.pathway --record early.json --as-of 2026-11-22";

#[test]
fn the_report_says_which_version_governs_and_why() {
    insta::assert_snapshot!("versions_report", run(EVALUATE).whole());
}

#[test]
fn what_only_one_version_has_is_told_as_such() {
    let changes = file(
        &folder("versions"),
        "changes.json",
        r#"[{ "enrolled": "2026-07-01" }]"#,
    );
    let whole = run(&format!("{EVALUATE} --what-if {changes}")).whole();
    insta::assert_snapshot!("versions_what_if", whole);
}

#[test]
fn a_file_of_versions_is_checked_and_its_scenarios_are_run() {
    assert_eq!(run("check versions.pathway").code, 0);
    let tested = run("test versions.pathway");
    assert_eq!(tested.code, 0, "{}", tested.whole());
}
