//! What next, case by case: small programmes and records in, what is proposed out, in the words people read. Every proposal is
//! tried with `what_if`.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "that is how a test fails"
)]

use std::collections::BTreeMap;

use milepost::Date;
use milepost::wire::{Next, RoleNext, Status, WhatIf};

const BASE: &str = r#"
pathway p "P" { version "1"  school year starts 07-01 }
scale mastery "Mastery" { not_yet "Not yet"  approaching "Approaching"  mastered "Mastered" }
candidate "Teacher" { years : number "Years"  recommended : yes/no "Recommended"  board : text "Board" }
evidence task "Task" { score : mastery "Score"  assessor : text "Assessor" }
evidence session "Session" { hours : number from 0 to 3 "Hours" }
evidence finding "Finding"
competency analyst "Analyst" { requires at least 1 task for this where score >= mastered }
competency closed "Closed" { awards "Closed" }
"#;

/// What is said of the one role.
fn role(programme: &str, record: &str) -> RoleNext {
    let day: Date = "2026-11-22".parse().expect("a date");
    let sources = BTreeMap::from([("main.pathway", programme)]);
    let compiled = milepost::compile(&sources, "main.pathway");
    let pathway = compiled.plan().unwrap_or_else(|why| panic!("{why}"));
    let record = pathway.decode_record(record.as_bytes());
    let record = record.unwrap_or_else(|why| panic!("{why}"));
    let said = pathway.next(&record, day);
    let mut next = Next::read(&said).expect("it is read as it is written");
    assert_eq!(serde_json::to_string(&next).expect("it is written"), said);
    assert_eq!(next.roles.len(), 1, "{said}");
    let role = next.roles.remove(0);
    for proposal in &role.proposals {
        let tried = pathway.what_if(&record, proposal.changes.as_bytes(), day);
        let tried = tried.unwrap_or_else(|why| panic!("{why}\n{said}"));
        let after = WhatIf::read(&tried).expect("it is read").after;
        assert_eq!(after.roles[0].status, Status::Met, "{said}");
    }
    role
}

/// What is proposed where `requirement` makes the role: a line for each proposal, then why, if that is said.
fn next(requirement: &str, facts: &str, evidence: &str) -> Vec<String> {
    let programme = format!("{BASE}\nrole lead \"Lead\" {{ eligible when {requirement} }}");
    lines(&role(
        &programme,
        &format!(r#"{{ "id": "t", "facts": {{ {facts} }}, "evidence": [{evidence}] }}"#),
    ))
}

fn lines(role: &RoleNext) -> Vec<String> {
    let proposals = role.proposals.iter().map(|proposal| {
        let actions: Vec<_> = proposal.actions.iter().map(|it| it.text.as_str()).collect();
        actions.join("; ")
    });
    let mut lines: Vec<_> = proposals.collect();
    if role.alternatives > 0 {
        lines.push(format!("and {} more", role.alternatives));
    }
    let proven = if role.exact { "" } else { "not exact: " };
    lines.extend(role.why.as_ref().map(|why| format!("{proven}{why}")));
    lines
}

fn task(id: &str, rest: &str) -> String {
    format!(r#"{{ "id": "{id}", "kind": "task", "date": "2026-05-02"{rest} }}"#)
}

#[test]
fn a_count_asks_for_what_is_missing_of_it() {
    let asked = "at least 3 task where score >= approaching";
    let one = task("t1", r#", "score": "mastered""#);
    assert_eq!(
        next(asked, "", &one),
        ["submit two records of Task, each with Score Approaching or better"]
    );
    assert_eq!(next("at least 1 finding", "", ""), ["submit one Finding"]);
}

#[test]
fn a_different_value_is_one_that_is_not_on_record() {
    let asked = "at least 2 task where score >= mastered by different assessor";
    let one = task("t1", r#", "score": "mastered", "assessor": "new-1""#);
    assert_eq!(
        next(asked, "", &one),
        ["submit one Task, with Score Mastered and another Assessor"]
    );
}

#[test]
fn a_value_that_is_excluded_is_avoided() {
    assert_eq!(
        next("at least 1 task where assessor != \"a-17\"", "", ""),
        ["submit one Task, with another Assessor"]
    );
}

#[test]
fn one_record_serves_several_requirements() {
    let asked = "all of { at least 1 task where score >= mastered  at least 1 task where assessor = \"a\"  competency analyst }";
    assert_eq!(
        next(asked, "", ""),
        ["submit one Task for Analyst, with Score Mastered and Assessor \"a\""]
    );
}

#[test]
fn without_reuse_one_record_serves_one_requirement() {
    let asked = "all of without reuse { at least 1 task where score >= mastered  at least 1 task }";
    let found = next(asked, "", "");
    assert!(
        found[0].contains("submit one Task") || found[0].contains("two records"),
        "{found:?}"
    );
    let programme = format!("{BASE}\nrole lead \"Lead\" {{ eligible when {asked} }}");
    let role = role(&programme, r#"{ "id": "t" }"#);
    assert_eq!(role.proposals[0].count, 2);
}

#[test]
fn a_total_takes_the_least_that_is_lacking() {
    let some = r#"{ "id": "s1", "kind": "session", "date": "2026-05-02", "hours": 2.5 }"#;
    assert_eq!(
        next("at least 4 total hours of session", "", some),
        ["submit one Session, with Hours 1.5 or more"]
    );
    let far = next("at least 10 total hours of session", "", some);
    assert_eq!(
        far,
        [
            "submit one Session, with Hours 1.5 or more; submit two records of Session, each with Hours 3"
        ]
    );
}

#[test]
fn a_fact_is_supplied_or_would_have_to_be_another() {
    assert_eq!(next("years >= 3", "", ""), ["supply Years: 3 or more"]);
    assert_eq!(
        next("years >= 3", r#""years": 1"#, ""),
        ["Years would have to be 3 or more; it is 1"]
    );
    assert_eq!(next("recommended", "", ""), ["supply Recommended: yes"]);
    assert_eq!(
        next("years < 3 and not recommended", r#""years": 5"#, ""),
        ["Years would have to be less than 3; it is 5; supply Recommended: no"]
    );
    assert_eq!(next("board = \"East\"", "", ""), ["supply Board: \"East\""]);
}

#[test]
fn alternatives_of_one_cost_stand_beside_each_other() {
    let asked = "any of { years >= 3  all of { years >= 2  recommended } }";
    assert_eq!(
        next(asked, r#""years": 2"#, ""),
        [
            "Years would have to be 3 or more; it is 2",
            "supply Recommended: yes"
        ]
    );
}

#[test]
fn what_is_under_review_is_accepted() {
    let one = task("t1", r#", "score": "mastered", "status": "under_review""#);
    assert_eq!(
        next("at least 1 task where score >= mastered", "", &one),
        ["submit one Task, with Score Mastered", "have t1 accepted"]
    );
    let unscored = task("t1", r#", "status": "under_review""#);
    assert_eq!(
        next(
            "all of { at least 1 task where score >= mastered  no task where score < mastered within 1 year }",
            "",
            &unscored
        ),
        [
            "submit one Task, with Score Mastered",
            "have t1 accepted, with Score Mastered"
        ]
    );
}

#[test]
fn what_an_accepted_record_lacks_is_filled_in() {
    let one = task("t1", "");
    assert_eq!(
        next("every task where score >= mastered", "", &one),
        ["fill in t1, with Score Mastered"]
    );
}

#[test]
fn a_competency_is_met_by_evidence_or_its_credential() {
    let programme = format!("{BASE}\nrole lead \"Lead\" {{ eligible when competency analyst }}");
    let credential = |status: &str| {
        format!(
            r#"{{ "id": "t", "credentials": [{{ "id": "mc1", "competency": "analyst", "issued": "2026-02-01", "status": "{status}" }}] }}"#
        )
    };
    assert_eq!(
        lines(&role(&programme, &credential("under_review"))),
        [
            "submit one Task for Analyst, with Score Mastered",
            "have the credential mc1 accepted"
        ]
    );
    assert_eq!(
        lines(&role(&programme, &credential("revoked"))),
        ["nothing that is tried changes this: the competency Analyst"]
    );
}

#[test]
fn a_finding_is_waited_out_where_time_does_it() {
    let finding = r#"{ "id": "f1", "kind": "finding", "date": "2026-10-01" }"#;
    assert_eq!(
        next("no finding within 1 year", "", finding),
        ["wait until 2027-10-01"]
    );
    assert_eq!(
        next(
            "all of { no finding within 1 year  at least 1 session }",
            "",
            finding
        ),
        ["wait until 2027-10-01; submit one Session"]
    );
    assert_eq!(
        next("no finding", "", finding),
        ["nothing that is tried changes this: no Finding"]
    );
}

#[test]
fn a_window_that_is_to_come_is_waited_for() {
    assert_eq!(
        next("at least 1 session since 2027-02-01", "", ""),
        ["wait until 2027-02-01; submit one Session"]
    );
}

#[test]
fn a_window_that_is_over_is_said_to_be() {
    assert_eq!(
        next("at least 1 session during school year 2015-16", "", ""),
        ["nothing that is tried changes this: at least one Session during school year 2015-16"]
    );
}

#[test]
fn too_many_are_not_taken_back() {
    let two = format!("{}, {}", task("t1", ""), task("t2", ""));
    assert_eq!(
        next("exactly 1 task", "", &two),
        ["nothing that is tried changes this: exactly one Task"]
    );
}

#[test]
fn a_competency_without_requirement_is_only_credited() {
    assert_eq!(
        next("competency closed", "", ""),
        ["nothing that is tried changes this: the competency Closed"]
    );
}

#[test]
fn several_school_years_are_not_made_on_one_day() {
    let found = next("at least 2 session in different school years", "", "");
    assert_eq!(found, ["no set of the actions that are tried would do"]);
    let old = r#"{ "id": "s1", "kind": "session", "date": "2025-10-01" }"#;
    assert_eq!(
        next("at least 2 session in different school years", "", old),
        ["submit one Session"]
    );
}

#[test]
fn effort_decides_where_the_programme_states_it() {
    let programme = BASE
        .replace(
            "evidence task \"Task\" {",
            "evidence task \"Task\" effort 6 hours {",
        )
        .replace(
            "evidence session \"Session\" {",
            "evidence session \"Session\" effort 1.5 hours {",
        );
    let programme = format!(
        "{programme}\nrole lead \"Lead\" {{ eligible when any of {{ at least 1 task  at least 3 session }} }}"
    );
    let role = role(&programme, r#"{ "id": "t" }"#);
    assert_eq!(lines(&role), ["submit three records of Session"]);
    let proposal = &role.proposals[0];
    assert_eq!(proposal.count, 3);
    assert_eq!(proposal.effort.as_ref().map(|it| it.as_str()), Some("4.5"));
}

#[test]
fn a_group_negated_asks_for_what_undoes_it() {
    assert_eq!(
        next("none of { recommended }", r#""recommended": true"#, ""),
        ["Recommended would have to be no; it is yes"]
    );
    assert_eq!(
        next("none of { at most 1 task }", "", ""),
        ["submit two records of Task"]
    );
}

#[test]
fn a_share_and_the_latest_are_brought_up() {
    let low = |id: &str| task(id, r#", "score": "not_yet""#);
    let two = format!("{}, {}", low("t1"), low("t2"));
    assert_eq!(
        next("at least 50% of task where score >= mastered", "", &two),
        ["submit two records of Task, each with Score Mastered"]
    );
    assert_eq!(
        next(
            "every task among latest 1 where score >= mastered",
            "",
            &two
        ),
        ["submit one Task, with Score Mastered"]
    );
}

#[test]
fn what_is_met_asks_for_nothing() {
    let programme = format!("{BASE}\nrole lead \"Lead\" {{ eligible when years >= 3 }}");
    let sources = BTreeMap::from([("main.pathway", programme.as_str())]);
    let compiled = milepost::compile(&sources, "main.pathway");
    let pathway = compiled.plan().expect("it is right");
    let record = pathway.decode_record(br#"{ "id": "t", "facts": { "years": 3 } }"#);
    let said = pathway.next(
        &record.expect("it is right"),
        "2026-11-22".parse().expect("a date"),
    );
    assert_eq!(said, r#"{"as_of":"2026-11-22","roles":[]}"#);
}

#[test]
fn a_level_that_follows_is_reached_by_its_score() {
    let base = BASE.replace(
        "evidence task \"Task\"",
        "scale reach \"Reach\" { low \"Low\" high \"High\"  from 2020-07-01 { high 250 }  from 2026-07-01 { high 300 } }
         evidence review \"Review\" { points : whole from 100 to 400 \"Points\"  level : reach from points \"Level\" }
         evidence task \"Task\"",
    );
    let of = |requirement: &str, evidence: &str| {
        let programme = format!("{base}\nrole lead \"Lead\" {{ eligible when {requirement} }}");
        let record = format!(r#"{{ "id": "t", "evidence": [{evidence}] }}"#);
        lines(&role(&programme, &record))
    };
    assert_eq!(
        of("at least 1 review where level = high", ""),
        ["submit one Review, with Points 300 or more"]
    );
    assert_eq!(
        of("at least 1 review where level < high", ""),
        ["submit one Review, with Points 299 or less"]
    );
    let old = r#"{ "id": "r1", "kind": "review", "date": "2026-06-30", "status": "under_review" }"#;
    assert_eq!(
        of(
            "at least 1 review among latest 1 where level = high and date < 2026-07-01",
            old
        ),
        ["have r1 accepted, with Points 250 or more"]
    );
}

#[test]
fn points_are_made_up_from_the_fewest() {
    assert_eq!(
        next(
            "at least 5 points of { 5 for at least 2 task  3 for years >= 3  2 for recommended }",
            r#""years": 1, "recommended": false"#,
            ""
        ),
        [
            "Years would have to be 3 or more; it is 1; Recommended would have to be yes; it is no",
            "submit two records of Task"
        ]
    );
    assert_eq!(
        next(
            "at least 5 points of { 5 for at least 1 task  3 for years >= 3  2 for recommended }",
            "",
            ""
        ),
        ["submit one Task"]
    );
}

const LADDER: &str = r#"
role peer "Peer" {
  eligible when recommended
  stage qualified "In the pool" when years >= 3
  stage selected "Selected by a principal"
}
role lead "Lead" { eligible when at least 1 task }
"#;

/// What is said of goals: of each its role and stage, and its lines.
fn ladder(record: &str, goal: Option<&str>) -> Vec<String> {
    let day: Date = "2026-11-22".parse().expect("a date");
    let programme = format!("{BASE}{LADDER}");
    let sources = BTreeMap::from([("main.pathway", programme.as_str())]);
    let compiled = milepost::compile(&sources, "main.pathway");
    let pathway = compiled.plan().unwrap_or_else(|why| panic!("{why}"));
    let record = pathway.decode_record(record.as_bytes());
    let record = record.unwrap_or_else(|why| panic!("{why}"));
    let said = match goal {
        Some(goal) => pathway.next_to(&record, day, goal),
        None => Ok(pathway.next(&record, day)),
    };
    let said = match said {
        Ok(said) => said,
        Err(unknown) => return vec![unknown.to_string()],
    };
    let next = Next::read(&said).expect("it is read as it is written");
    let roles = next.roles.iter().map(|role| {
        for proposal in &role.proposals {
            let tried = pathway.what_if(&record, proposal.changes.as_bytes(), day);
            let tried = tried.unwrap_or_else(|why| panic!("{why}\n{said}"));
            let after = WhatIf::read(&tried).expect("it is read").after;
            let found = after.roles.iter().find(|it| it.name == role.name);
            let found = found.expect("a role of the programme");
            let stage = found
                .stages
                .iter()
                .find(|it| Some(&it.name) == role.stage.as_ref());
            let status = stage.map_or(found.status, |stage| stage.status);
            assert_eq!(status, Status::Met, "{said}");
        }
        let goal = role
            .stage
            .iter()
            .fold(role.name.clone(), |role, stage| format!("{role}.{stage}"));
        format!("{goal}: {}", lines(role).join("; or "))
    });
    roles.collect()
}

#[test]
fn of_a_role_that_is_met_the_next_stage_is_sought() {
    assert_eq!(
        ladder(r#"{ "id": "t" }"#, None),
        ["peer: supply Recommended: yes", "lead: submit one Task"]
    );
    assert_eq!(
        ladder(
            r#"{ "id": "t", "facts": { "recommended": true, "years": 1 } }"#,
            None
        ),
        [
            "peer.qualified: Years would have to be 3 or more; it is 1",
            "lead: submit one Task"
        ]
    );
}

#[test]
fn a_stage_that_is_asked_for_takes_all_before_it() {
    let nothing = r#"{ "id": "t" }"#;
    assert_eq!(
        ladder(nothing, Some("peer.qualified")),
        ["peer.qualified: supply Years: 3 or more; supply Recommended: yes"]
    );
    assert_eq!(ladder(nothing, Some("lead")), ["lead: submit one Task"]);
    let some = r#"{ "id": "t", "facts": { "recommended": true }, "posts": [{ "role": "peer", "stage": "qualified", "from": "2026-08-01" }] }"#;
    assert!(ladder(some, Some("peer")).is_empty());
    assert!(ladder(some, Some("peer.qualified")).is_empty());
}

#[test]
fn a_stage_that_only_a_post_reaches_has_no_proposal() {
    let why = "no set of the actions that are tried would do; a post is not among them";
    let nothing = r#"{ "id": "t" }"#;
    assert_eq!(
        ladder(nothing, Some("peer.selected")),
        [format!("peer.selected: {why}")]
    );
    let pool = r#"{ "id": "t", "facts": { "recommended": true, "years": 4 } }"#;
    assert_eq!(
        ladder(pool, None),
        [&format!("peer.selected: {why}"), "lead: submit one Task"]
    );
}

#[test]
fn a_goal_that_is_none_is_refused() {
    let nothing = r#"{ "id": "t" }"#;
    for goal in ["nobody", "peer.nothing", "nobody.qualified", "peer.", ""] {
        assert_eq!(
            ladder(nothing, Some(goal)),
            [format!("there is no role or stage `{goal}`")]
        );
    }
}

#[test]
fn a_rubric_is_said_by_its_level_and_criteria() {
    let base = BASE.replace(
        "evidence finding",
        "rubric lesson \"Lesson\" on mastery { planning \"Planning\"  delivery \"Delivery\"  reflection \"Reflection\" }
         evidence review \"Review\" { ratings : lesson \"Ratings\" }
         evidence finding",
    );
    let of = |requirement: &str| {
        let programme = format!("{base}\nrole lead \"Lead\" {{ eligible when {requirement} }}");
        lines(&role(&programme, r#"{ "id": "t" }"#))
    };
    assert_eq!(
        of("at least 1 review where every criterion of ratings >= approaching"),
        ["submit one Review, with Ratings Approaching or better on every criterion"]
    );
    assert_eq!(
        of(
            "at least 1 review where ratings.planning >= mastered and ratings.delivery >= approaching"
        ),
        ["submit one Review, with Ratings Mastered on Planning and Delivery"]
    );
}

#[test]
fn a_bound_that_is_not_reached_is_said_as_it_is_written() {
    assert_eq!(next("years > 2", "", ""), ["supply Years: more than 2"]);
    assert_eq!(next("years is known", "", ""), ["supply Years: any"]);
    assert_eq!(
        next("at least 1 session where hours <= 0", "", ""),
        ["submit one Session, with Hours 0"]
    );
    assert_eq!(
        next("at least 1 task where score is known", "", ""),
        ["submit one Task, with any Score"]
    );
}

#[test]
fn one_hour_of_effort_may_be_written_so() {
    let programme = BASE.replace(
        "evidence finding \"Finding\"",
        "evidence finding \"Finding\" effort 1 hour",
    );
    let programme =
        format!("{programme}\nrole lead \"Lead\" {{ eligible when at least 1 finding }}");
    let role = role(&programme, r#"{ "id": "t" }"#);
    let effort = role.proposals[0].effort.as_ref();
    assert_eq!(effort.map(|it| it.as_str()), Some("1"));
}

#[test]
fn what_may_be_looked_at_is_divided_among_the_roles_and_ends() {
    let programme = (0..120).fold(BASE.to_owned(), |all, role| {
        let asked: Vec<_> = (0..60)
            .map(|year| format!("c{year}: years >= {year}"))
            .collect();
        let asked = asked.join("  ");
        format!("{all}\nrole r{role} \"R\" {{ eligible when all of {{ {asked} }} }}")
    });
    let sources = BTreeMap::from([("main.pathway", programme.as_str())]);
    let compiled = milepost::compile(&sources, "main.pathway");
    let pathway = compiled.plan().unwrap_or_else(|why| panic!("{why}"));
    let record = pathway.decode_record(br#"{ "id": "t" }"#);
    let record = record.expect("it is right");
    let day = "2026-11-22".parse().expect("a date");
    let all = Next::read(&pathway.next(&record, day)).expect("it is read");
    assert_eq!(all.roles.len(), 120);
    assert_eq!(
        lines(&all.roles[0]),
        ["not exact: the search ended at its bound"]
    );
    assert!(!all.roles[0].exact);
    let alone = pathway.next_to(&record, day, "r0").expect("there is one");
    let alone = Next::read(&alone).expect("it is read");
    assert_eq!(lines(&alone.roles[0]), ["supply Years: 59 or more"]);
    assert!(alone.roles[0].exact);
}

/// Who has nothing yet asks most of all.
#[test]
fn whoever_begins_is_told_a_way_in_every_programme() {
    let day: Date = "2026-11-22".parse().expect("a date");
    let mut proven = 0;
    for programme in milepost_tests::examples::programmes() {
        let pathway = milepost_tests::examples::compiled(programme);
        let record = pathway.decode_record(br#"{ "id": "new" }"#);
        let next = pathway.next(&record.expect("a record"), day);
        for role in Next::read(&next).expect("it is read").roles {
            let told = role.exact || !role.proposals.is_empty();
            assert!(told, "{programme}: {} {:?}", role.name, role.why);
            proven += usize::from(role.exact);
        }
    }
    assert!(proven > 25, "only {proven} are proven");
}
