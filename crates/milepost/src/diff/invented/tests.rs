//! Changes of a programme in; that somebody is found on whom the two disagree, and who.

use std::collections::BTreeMap;

use crate::diff::{Side, compare};
use crate::wire::DiffSearch;
use crate::{Compiled, compile};

fn compiled(text: &str) -> Compiled {
    let head = "pathway p \"P\" { version \"1\" school year starts 07-01 }\n";
    let sources = BTreeMap::from([("main.pathway", format!("{head}{text}"))]);
    let compiled = compile(&sources, "main.pathway");
    let wrong: Vec<_> = compiled
        .diagnostics()
        .iter()
        .map(|it| &it.message)
        .collect();
    assert!(compiled.plan().is_ok(), "{text}\n{wrong:?}");
    compiled
}

/// The searches for the role `lead` that found somebody: who gains, and who loses.
fn found(old: &str, new: &str) -> (Option<String>, Option<String>) {
    let (old, new) = (compiled(old), compiled(new));
    let side = |it| Side::written(it).expect("it compiles");
    let day = "2026-11-22".parse().expect("a date");
    let diff = compare(side(&old), side(&new), Some(day));
    let role = diff
        .roles
        .iter()
        .find(|it| it.name == "lead")
        .expect("a role");
    let role = role.stages.last().unwrap_or(role);
    let record = |it: &Option<DiffSearch>| it.as_ref().and_then(|it| it.record.clone());
    (record(&role.gains), record(&role.loses))
}

/// Who loses by a change, and gains by the change back.
fn loses(old: &str, new: &str) -> String {
    let one = found(old, new).1.expect("somebody who loses");
    let other = found(new, old).0.expect("somebody who gains");
    assert_eq!(one, other);
    one
}

const HEAD: &str = "candidate \"Teacher\" { years : number  degree : yes/no }
    evidence task \"Task\"\n";

#[test]
fn a_waiver_that_one_of_them_takes() {
    let programme = |by: &str| {
        format!(
            "{HEAD} role lead \"Lead\" {{ eligible when all of {{ degree
               served \"Served\" waivable by {by}: at least 3 task within 3 years }} }}"
        )
    };
    let record = loses(&programme("board or principal"), &programme("board"));
    assert_eq!(
        record,
        r#"{"facts":{"degree":true},"id":"invented","waivers":[{"as":"principal","by":"somebody","granted":"2026-11-22","reason":"invented","requirement":"lead.served"}]}"#
    );
}

#[test]
fn a_credential_that_is_over_under_one_of_them() {
    let programme = |years: u8| {
        format!(
            "{HEAD}
             competency guide \"Guide\" {{ requires at least 2 task for this awards \"Guide\" valid 2 years }}
             competency coach \"Coach\" {{ requires at least 2 task for this awards \"Coach\" valid {years} years }}
             role lead \"Lead\" {{ eligible when all of {{ degree competency guide competency coach }} }}"
        )
    };
    let record = loses(&programme(3), &programme(2));
    assert!(
        record.contains(r#""competency":"coach","id":"credential-coach","issued":"202"#),
        "{record}"
    );
    assert!(!record.contains(r#""competency":"guide""#), "{record}");
    assert!(
        record.contains(r#""for":["guide"]"#) && !record.contains(r#""for":["coach"]"#),
        "{record}"
    );
}

#[test]
fn a_competency_that_only_a_credential_shows() {
    let programme = |most: u8| {
        format!(
            "{HEAD} competency guide \"Guide\" {{ awards \"Guide\" }}
             role lead \"Lead\" {{ eligible when all of {{ competency guide years >= {most} }} }}"
        )
    };
    let record = loses(&programme(3), &programme(4));
    assert!(
        record.contains("credentials") && record.contains(r#""years":3"#),
        "{record}"
    );
}

#[test]
fn a_post_that_is_over_under_one_of_them() {
    let programme = |years: u8| {
        format!(
            "{HEAD} role lead \"Lead\" {{ eligible when degree stage chosen \"Chosen\" valid {years} school years }}"
        )
    };
    let record = loses(&programme(3), &programme(2));
    assert!(record.contains(r#""posts":[{"from":"2024-0"#), "{record}");
    assert!(!record.contains("until"), "{record}");
}

#[test]
fn who_reached_a_stage_stays_under_one_of_them() {
    let programme = |stays: &str| {
        format!(
            "{HEAD} role lead \"Lead\" {{ eligible when degree stage chosen \"Chosen\" {stays} }}"
        )
    };
    let record = loses(&programme("once reached stays"), &programme(""));
    assert!(
        record.contains("posts") && record.contains("until"),
        "{record}"
    );
}

#[test]
fn years_in_a_post() {
    let programme = |years: u8| {
        format!(
            "{HEAD} role mentor \"Mentor\" {{ eligible when degree stage chosen \"Chosen\" }}
             role lead \"Lead\" {{ eligible when all of {{
               degree
               at least 2 task
               held role mentor chosen for at least {years} school years }} }}"
        )
    };
    let record = loses(&programme(2), &programme(3));
    assert!(record.contains(r#""posts":[{"from":"2024-"#), "{record}");
}

#[test]
fn a_day_counted_from_a_post() {
    let programme = |years: u8| {
        format!(
            "{HEAD} role mentor \"Mentor\" {{ eligible when degree stage chosen \"Chosen\" }}
             role lead \"Lead\" {{ eligible when all of {{
               role mentor chosen
               start of role mentor chosen + {years} years <= today }} }}"
        )
    };
    let record = loses(&programme(2), &programme(3));
    assert!(record.contains(r#""from":"202"#), "{record}");
}

#[test]
fn a_fact_that_only_one_of_them_knows() {
    let old = format!("{HEAD} role lead \"Lead\" {{ eligible when years >= 3 }}");
    let new = "candidate \"Teacher\" { years : number  degree : yes/no  tenured : yes/no }
        role lead \"Lead\" { eligible when any of { tenured all of { years >= 4 degree } } }";
    assert_eq!(
        found(&old, new),
        (
            Some(r#"{"facts":{"tenured":true},"id":"invented"}"#.to_owned()),
            Some(r#"{"facts":{"years":3},"id":"invented"}"#.to_owned()),
        )
    );
}

#[test]
fn a_kind_and_a_field_that_only_one_of_them_knows() {
    let old = format!("{HEAD} role lead \"Lead\" {{ eligible when at least 2 task }}");
    let new = "evidence task \"Task\" { checked : yes/no } evidence visit \"Visit\"
        role lead \"Lead\" { eligible when any of { at least 1 visit at least 2 task where checked } }";
    let (gains, loses) = found(&old, new);
    assert!(gains.expect("somebody gains").contains(r#""kind":"visit""#));
    assert!(!loses.expect("somebody loses").contains("checked"));
}

#[test]
fn what_has_another_name_is_filed_under_the_one_that_both_know() {
    let programme = |name: &str, many: u8| {
        format!(
            "{HEAD} competency {name} {{ requires at least {many} task for this }}
             role lead \"Lead\" {{ eligible when competency {} }}",
            name.split(' ').next().unwrap_or(name)
        )
    };
    let old = programme("guide \"Guide\"", 2);
    let new = programme("coach \"Coach\" formerly guide", 1);
    let gains = found(&old, &new).0.expect("somebody gains");
    assert!(gains.contains(r#""for":["guide"]"#), "{gains}");
}

#[test]
fn what_was_returned_counts_under_one_of_them() {
    let programme = |clause: &str| {
        format!(
            "{HEAD} role lead \"Lead\" {{ eligible when all of {{ degree at most 1 task {clause} }} }}"
        )
    };
    let record = loses(&programme(""), &programme("including returned"));
    assert!(
        record.matches(r#""status":"returned""#).count() >= 1,
        "{record}"
    );
}

#[test]
fn nobody_is_said_to_be_found_where_there_is_nobody() {
    let old = format!(
        "{HEAD} role lead \"Lead\" {{ eligible when any of {{ a: years >= 3  b: years >= 2 }} }}"
    );
    let new = format!("{HEAD} role lead \"Lead\" {{ eligible when years + 0 >= 2 }}");
    assert_eq!(found(&old, &new), (None, None));
}

#[test]
fn a_stage_after_one_that_only_posts_reach() {
    let programme = |years: u8| {
        format!(
            "{HEAD} role lead \"Lead\" {{ eligible when degree
               stage junior \"Junior\"
               stage senior \"Senior\" when years >= {years} }}"
        )
    };
    let record = loses(&programme(5), &programme(6));
    assert!(
        record.contains(r#""years":5"#) && record.contains("junior"),
        "{record}"
    );
}

#[test]
fn evidence_of_past_years() {
    let programme = |many: u8| {
        format!(
            "{HEAD} evidence visit \"Visit\"
             role lead \"Lead\" {{ eligible when all of {{
               at least {many} task during last school year
               at least 1 task during this school year
               at least 2 visit in different school years
               at least 1 visit since 2020-01-01 before 2021-01-01 }} }}"
        )
    };
    let record = loses(&programme(2), &programme(3));
    assert_eq!(record.matches(r#""kind":"task""#).count(), 3, "{record}");
    assert_eq!(record.matches(r#""kind":"visit""#).count(), 2, "{record}");
}

#[test]
fn another_validity_of_posts_changes_its_stage_and_what_follows_it_alone() {
    let programme = |valid: &str| {
        compiled(&format!(
            "{HEAD} role lead \"Lead\" {{ eligible when degree
               stage pool \"Pool\"
               stage junior \"Junior\" valid {valid}
               stage senior \"Senior\" when years >= 3
               once reached stays }}
             role other \"Other\" {{ eligible when all of {{
               start of role lead junior + 2 years <= today  years >= 3 }} }}"
        ))
    };
    let change = |old: &str, new: &str| {
        let (old, new) = (programme(old), programme(new));
        let side = |it| Side::written(it).expect("it compiles");
        let diff = compare(side(&old), side(&new), None);
        let stages = diff.roles.iter().flat_map(|it| &it.stages);
        let all = diff.roles.iter().chain(stages);
        let told: Vec<String> = all
            .map(|it| format!("{} {}", it.name, it.change.as_str()))
            .collect();
        told.join(", ")
    };
    let all = |junior: &str| {
        format!("lead unchanged, other unchanged, pool unchanged, junior {junior}, senior {junior}")
    };
    assert_eq!(change("2 years", "30 months"), all("looser"));
    assert_eq!(change("2 years", "6 weeks"), all("stricter"));
    assert_eq!(change("2 months", "60 days"), all("both"));
    assert_eq!(change("2 school years", "1 school year"), all("stricter"));
    assert_eq!(change("2 years", "2 years"), all("unchanged"));
}
