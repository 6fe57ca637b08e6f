//! Two versions of a programme compared on the command line.

use super::{file, folder, run};

const DIFF: &str = "diff diff-old.pathway diff-new.pathway";

#[test]
fn a_change_is_told_by_what_it_does() {
    insta::assert_snapshot!("diff", run(DIFF).whole());
    insta::assert_snapshot!(
        "diff_back",
        run("diff diff-new.pathway diff-old.pathway").out
    );
}

#[test]
fn candidates_are_invented_for_a_day() {
    let found = run(&format!("{DIFF} --as-of 2026-11-22"));
    insta::assert_snapshot!("diff_candidates", found.whole());
    let comment = run(&format!("{DIFF} --as-of 2026-11-22 --format markdown"));
    assert!(comment.out.contains("```json\n{"), "{}", comment.out);
    let wrong = run(&format!("{DIFF} --as-of 2026-02-30"));
    assert_eq!(wrong.code, 2);
}

#[test]
fn a_comment_on_a_pull_request_is_told_the_same() {
    insta::assert_snapshot!(
        "diff_markdown",
        run(&format!("{DIFF} --format markdown")).out
    );
}

#[test]
fn a_program_is_told_the_same() {
    let pretty = run(&format!("{DIFF} --format json --pretty")).out;
    insta::assert_snapshot!("diff_json", pretty);
    let plain = run(&format!("{DIFF} --format json")).out;
    let tight = |text: &str| text.replace([' ', '\n'], "");
    assert_eq!(tight(&pretty), tight(&plain));
}

#[test]
fn what_is_denied_is_found() {
    for (deny, code) in [
        ("stricter", 1),
        ("looser", 1),
        ("both", 1),
        ("renamed", 1),
        ("added", 1),
        ("removed", 1),
    ] {
        let found = run(&format!("{DIFF} --deny {deny} --quiet"));
        assert_eq!(found.code, code, "{deny}: {}", found.err);
    }
    let all = "stricter,looser,both,renamed,added,removed";
    let same = run(&format!(
        "diff diff-old.pathway diff-old.pathway --deny {all}"
    ));
    assert_eq!((same.code, same.err.as_str()), (0, ""));
    let removed = run(&format!("{DIFF} --deny removed,added"));
    assert_eq!(
        removed.said(),
        "error: the role `fellow` is added, which is denied \
         error: the role `visitor` is removed, which is denied"
    );
    assert_eq!(run(DIFF).code, 0);
}

#[test]
fn a_plan_is_compared_as_its_text_is() {
    let folder = folder("diff-plans");
    let plan = folder.join("old.plan").display().to_string();
    assert_eq!(run(&format!("compile diff-old.pathway -o {plan}")).code, 0);
    let found = run(&format!("diff {plan} diff-new.pathway"));
    assert_eq!(found.code, 0, "{}", found.err);
    let words = |text: &str| {
        let words = text
            .split_whitespace()
            .filter(|it| !it.starts_with("(diff-"));
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(words(&found.out), words(&run(DIFF).out));
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = folder("diff-wrong");
    let nothing = run("diff diff-old.pathway nothing.pathway");
    assert_eq!(nothing.code, 2);
    assert!(nothing.err.contains("nothing.pathway"), "{}", nothing.err);
    let wrong = run("diff wrong.pathway diff-new.pathway");
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
    assert!(wrong.err.contains("wrong.pathway"), "{}", wrong.err);
    let part = run("diff common/mastery.pathway diff-new.pathway");
    assert_eq!(part.code, 2);
    assert!(part.err.contains("is a part"), "{}", part.err);
    let damaged = file(&folder, "damaged.plan", b"milepost plan\n\x02");
    assert_eq!(run(&format!("diff {damaged} diff-new.pathway")).code, 2);
    assert_eq!(run(&format!("{DIFF} --deny everything")).code, 2);
}
