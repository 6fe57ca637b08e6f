//! What `milepost test` shows of a scenario that does not come out as expected.

use super::{file, folder, run};

const PROGRAMME: &str = r#"pathway p "P" { version "1" }
candidate "Teacher" { years : number "Years"  ok : yes/no "Recommended" }
evidence task "Task" { score : number "Score" }
competency analyst "Analyst" { requires all of { tasks "Tasks": at least 2 task for this where score >= 3 } }
role lead "Lead" {
  eligible when all of {
    skill "Skill": competency analyst
    experience "Experience": any of { years >= 3  early "Early": all of { years >= 2 ok } }
    clean "Clean": at most 2 task
  }
  stage pool "Pool" when years >= 4
}
"#;

fn shown(name: &str, scenario: &str) -> String {
    let folder = folder(&format!("failures_{name}"));
    let text = format!("{PROGRAMME}scenario \"s\" {{ as of 2026-11-22\n{scenario}\n}}\n");
    let path = file(&folder, "p.pathway", text);
    run(&format!("test {path}"))
        .whole()
        .replace(&path, "p.pathway")
}

#[test]
fn the_requirements_around_it_are_shown() {
    insta::assert_snapshot!(
        "failures",
        shown(
            "around",
            "given years 2, ok no\n\
             given task t1 on 2026-01-01 for analyst with score 3\n\
             given task t2 on 2026-01-01 for analyst with score 2\n\
             expect role lead met\n\
             expect role lead experience.early met\n\
             expect role lead clean unmet"
        )
    );
}

#[test]
fn a_stage_is_shown_by_what_is_lacking_on_the_way_to_it() {
    let early = shown("early", "given years 2, ok no\nexpect role lead pool met");
    assert!(early.contains("1.2. Experience"), "{early}");
    let tasks = "given task t1 on 2026-01-01 for analyst with score 3\n\
                 given task t2 on 2026-01-01 for analyst with score 3\n";
    let late = shown(
        "late",
        &format!("given years 3, ok no\n{tasks}expect role lead pool met"),
    );
    assert!(
        late.contains("unmet: 1. Years is 4 or more") && !late.contains("Experience"),
        "{late}"
    );
}

#[test]
fn where_a_credential_decides_that_is_said_instead() {
    let shown = shown(
        "credential",
        "given credential mc for analyst issued 2026-01-01\nexpect competency analyst unmet",
    );
    assert!(
        shown.contains("analyst: the credential mc decides"),
        "{shown}"
    );
    assert!(!shown.contains("Tasks"), "{shown}");
}
