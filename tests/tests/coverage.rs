//! What scenarios try out. In: programmes with scenarios. Out: which requirements were seen to stand how.

use std::collections::BTreeMap;

/// What the scenarios of a programme saw, a line for each requirement: its address and the ways it was seen to stand.
fn seen(programme: &str) -> Vec<String> {
    let text =
        format!("pathway p \"P\" {{ version \"2026.1\" school year starts 07-01 }}\n{programme}");
    let sources = BTreeMap::from([("main.pathway", text.as_str())]);
    let compiled = milepost::compile(&sources, "main.pathway");
    assert!(!compiled.has_errors(), "{:?}", compiled.diagnostics());
    let failed = compiled.run_scenarios();
    let failed = failed.iter().filter(|it| !it.failures.is_empty()).count();
    let line = |it: &milepost::Covered| {
        let ways = [
            (it.seen.met, "met"),
            (it.seen.pending, "pending"),
            (it.seen.unmet, "unmet"),
        ];
        let ways = ways.iter().filter(|way| way.0).map(|way| way.1);
        let ways = ways.collect::<Vec<_>>().join(" ");
        format!("{} of {}: {ways}", it.addresses.join(" "), it.of)
    };
    let mut lines: Vec<_> = compiled.coverage().iter().map(line).collect();
    if failed > 0 {
        lines.push(format!("failed: {failed}"));
    }
    lines
}

const SHARED: &str = r#"
    candidate "Teacher" { years : number }
    evidence task "Task"
    competency analyst "Analyst" { requires tasks: at least 1 task for this }
    role lead "Lead" {
      eligible when all of { skill: competency analyst  long: years >= 3 }
      preferred { years >= 9 }
    }
"#;

fn shared(scenarios: &str) -> Vec<String> {
    seen(&format!("{SHARED}{scenarios}"))
}

#[test]
fn a_requirement_is_seen_on_the_sides_that_scenarios_show() {
    assert_eq!(
        shared(
            r#"
            scenario "met" {
              as of 2026-11-22  given years 3  given task t1 on 2026-01-01 for analyst
              expect role lead met
            }
            scenario "pending" {
              as of 2026-11-22  given years 2  given task t1 on 2026-01-01 for analyst under review
              expect role lead unmet
            }"#
        ),
        [
            "analyst.tasks of competency analyst: met pending",
            "lead of role lead: met unmet",
            "lead.skill of role lead: met pending",
            "lead.long of role lead: met unmet",
        ],
        "what is preferred decides nothing, and is not counted"
    );
}

#[test]
fn only_what_an_expectation_rests_on_is_seen() {
    let lines = shared(
        r#"scenario "the competency" { as of 2026-11-22  given years 3  expect competency analyst unmet }"#,
    );
    assert_eq!(
        lines,
        [
            "analyst.tasks of competency analyst: unmet",
            "lead of role lead: ",
            "lead.skill of role lead: ",
            "lead.long of role lead: ",
        ]
    );
    let lines = shared(
        r#"scenario "one label" { as of 2026-11-22  given years 3  expect role lead long met }"#,
    );
    assert_eq!(
        lines.last().map(String::as_str),
        Some("lead.long of role lead: met")
    );
    assert_eq!(
        lines.first().map(String::as_str),
        Some("analyst.tasks of competency analyst: ")
    );
}

#[test]
fn an_expectation_that_does_not_hold_shows_nothing() {
    let lines = shared(
        r#"scenario "wrong" { as of 2026-11-22  given years 3  expect role lead long unmet }"#,
    );
    assert_eq!(lines.last().map(String::as_str), Some("failed: 1"));
    assert!(
        lines.iter().take(4).all(|line| line.ends_with(": ")),
        "{lines:?}"
    );
}

#[test]
fn wanting_information_is_no_side() {
    let lines = shared(
        r#"scenario "nobody knows" { as of 2026-11-22  expect role lead long needs information }"#,
    );
    assert!(lines.iter().all(|line| line.ends_with(": ")), "{lines:?}");
}

#[test]
fn what_a_credential_decides_is_not_tried_out() {
    let lines = shared(
        r#"scenario "a credential" {
          as of 2026-11-22  given years 3  given credential mc for analyst issued 2026-01-01
          expect role lead met
        }"#,
    );
    assert_eq!(
        lines,
        [
            "analyst.tasks of competency analyst: ",
            "lead of role lead: met",
            "lead.skill of role lead: met",
            "lead.long of role lead: met",
        ]
    );
}

#[test]
fn a_stage_rests_on_the_stages_before_it_unless_a_post_decides() {
    let programme = r#"
        candidate "Teacher" { years : number }
        role lead "Lead" {
          eligible when basis: years >= 1
          stage pool "Pool" when enough: years >= 3
          stage post "Post" when more: years >= 5
        }"#;
    let walked = seen(&format!(
        r#"{programme} scenario "by merit" {{ as of 2026-11-22  given years 4  expect role lead post unmet }}"#
    ));
    assert_eq!(
        walked,
        [
            "lead.basis of role lead: met",
            "lead.pool.enough of role lead pool: met",
            "lead.post.more of role lead post: unmet",
        ]
    );
    let held = seen(&format!(
        r#"{programme} scenario "by a post" {{
          as of 2026-11-22  given years 0  given post lead post from 2026-07-01  expect role lead post met
        }}"#
    ));
    assert!(held.iter().all(|line| line.ends_with(": ")), "{held:?}");
}

#[test]
fn a_waived_requirement_was_seen_as_it_is_without_the_waiver() {
    let lines = seen(
        r#"candidate "Teacher" { years : number }
        role lead "Lead" { eligible when all of { long waivable by board: years >= 3 } }
        scenario "waived" {
          as of 2026-11-22  given years 2
          given waiver for lead.long by "A" as board because "so" granted 2026-01-01
          expect role lead met
        }"#,
    );
    assert_eq!(
        lines,
        ["lead of role lead: met", "lead.long of role lead: unmet"]
    );
}

#[test]
fn a_rule_is_written_once_and_seen_wherever_it_is_used() {
    let lines = seen(
        r#"candidate "Teacher" { years : number }
        rule served(least: number) { any of { years >= least } }
        role one "One" { eligible when rule served(least: 1) }
        role two "Two" { eligible when rule served(least: 2) }
        scenario "between" { as of 2026-11-22  given years 1  expect role one met  expect role two unmet }"#,
    );
    assert_eq!(
        lines,
        [
            "one two of role one: met unmet",
            "one/1 two/1 of role one: met unmet",
        ]
    );
}

#[test]
fn a_scenario_that_an_earlier_version_governs_says_nothing_of_this_one() {
    let old = r#"pathway p "P" { version "1" effective from 2025-07-01 }
        candidate "Teacher" { years : number }
        role lead "Lead" { eligible when years >= 1 }"#;
    let new = r#"pathway p "P" { version "2" effective from 2026-07-01 replaces "old.pathway" }
        candidate "Teacher" { years : number }
        role lead "Lead" { eligible when years >= 3 }
        scenario "then" { as of 2025-11-22  given years 1  expect role lead met }
        scenario "now" { as of 2026-11-22  given years 1  expect role lead unmet }"#;
    let sources = BTreeMap::from([("main.pathway", new), ("old.pathway", old)]);
    let compiled = milepost::compile(&sources, "main.pathway");
    assert!(
        compiled
            .run_scenarios()
            .iter()
            .all(|it| it.failures.is_empty())
    );
    let covered = compiled.coverage();
    let [only] = covered.as_slice() else {
        panic!("one requirement: {covered:?}")
    };
    assert!(only.seen.unmet && !only.seen.met);
    assert_eq!(compiled.sources().text(only.span), "years >= 3");
}

#[test]
fn a_programme_without_scenarios_and_a_part_have_seen_nothing() {
    assert!(shared("").iter().all(|line| line.ends_with(": ")));
    let part = BTreeMap::from([("part.pathway", SHARED)]);
    assert_eq!(milepost::compile(&part, "part.pathway").coverage(), []);
}
