//! Two versions of a programme compared on the command line.

use super::{Run, file, folder, milepost, run};

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
    assert!(part.said().contains("is a part"), "{}", part.err);
    let damaged = file(&folder, "damaged.plan", b"milepost plan\n\x02");
    assert_eq!(run(&format!("diff {damaged} diff-new.pathway")).code, 2);
    assert_eq!(run(&format!("{DIFF} --deny everything")).code, 2);
}

const OLD: &str = "pathway p \"P\" { version \"1\" }
candidate \"Teacher\" { years : number }
role lead \"Lead\" { eligible when years >= 3 }
role gone \"Gone\" { eligible when years >= 1 }
";
const NEW: &str = "pathway p \"P\" { version \"2\" }
candidate \"Teacher\" { years : number }
role head \"Head\" formerly lead { eligible when years >= 4 }
role fresh \"Fresh\" { eligible when years >= 6 }
";
const COHORT: &str = "{\"id\":\"a\",\"facts\":{\"years\":3}}
{\"id\":\"d\",\"facts\":{\"years\":3.5}}
{\"id\":\"b\",\"facts\":{\"years\":4}}
{\"id\":\"c\",\"facts\":{\"years\":2}}
{\"id\":\"f\",\"facts\":{\"years\":7}}
";

/// Compares the two over a cohort.
fn over(name: &str, cohort: &str, words: &str) -> Run {
    let folder = folder(name);
    file(&folder, "old.pathway", OLD);
    file(&folder, "new.pathway", NEW);
    file(&folder, "cohort.ndjson", cohort);
    file(&folder, "cohort.csv", cohort);
    let mut command = milepost(&format!(
        "diff old.pathway new.pathway --as-of 2026-11-22 {words}"
    ));
    Run::of(command.current_dir(&folder).output().expect("it starts"))
}

#[test]
fn a_cohort_is_told_who_gains_and_who_loses() {
    let said = over(
        "diff-cohort",
        COHORT,
        "--cohort cohort.ndjson --ids --jobs 3",
    );
    let cohort = said.out.split("\n\n").last().expect("a part");
    assert_eq!(
        cohort,
        "Of 5 candidates on 2026-11-22:
  - role head: met by 4, now by 2; 2 lose it
  - lose role head: a, d
  - role fresh: met by 0, now by 1; 1 gains it
  - gain role fresh: f
  - role gone: met by 5, now by 0; 5 lose it
  - lose role gone: a, b, c, d, f
"
    );
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let table = "id,facts.years\na,3\nd,3.5\nb,4\nc,2\nf,7\n";
    let few = over(
        "diff-table",
        table,
        "--cohort cohort.csv --suppress-below 2 --format json",
    );
    let cohort = few.out.split("\"cohort\":").last().expect("a part");
    assert_eq!(
        cohort,
        "{\"as_of\":\"2026-11-22\",\"candidates\":5,\"refused\":0,\"suppressed_below\":2,\"effects\":[\
         {\"of\":\"role\",\"name\":\"head\",\"met\":4,\"meets\":2,\"gain\":0,\"lose\":2,\"gaining\":null,\"losing\":null},\
         {\"of\":\"role\",\"name\":\"fresh\",\"met\":null,\"meets\":null,\"gain\":null,\"lose\":null,\"gaining\":null,\"losing\":null},\
         {\"of\":\"role\",\"name\":\"gone\",\"met\":5,\"meets\":0,\"gain\":0,\"lose\":5,\"gaining\":null,\"losing\":null}]}}\n"
    );
}

#[test]
fn a_record_that_one_of_them_refuses_is_said_to_be() {
    let text = format!("{COHORT}{{\"id\":\"e\",\"facts\":{{\"yeers\":3}}}}\n");
    let said = over(
        "diff-refused",
        &text,
        "--cohort cohort.ndjson --format markdown",
    );
    assert_eq!(said.code, 2);
    assert!(
        said.said()
            .contains("line 6: /facts/yeers: unknown fact `yeers`")
    );
    let told = "Of 5 candidates on 2026-11-22, without 1 whose record was refused:\n\n- role head: met by 4, now by 2; 2 lose it\n";
    assert!(said.out.contains(told), "{}", said.out);
}

#[test]
fn each_programme_is_given_what_it_knows_of_a_record() {
    let folder = folder("diff-known");
    let old = "pathway p \"P\" { version \"1\" }
candidate \"Teacher\" { years : number  union : yes/no }
evidence task \"Task\" { score : number }
competency guide \"Guide\" { requires at least 1 task for this }
role lead \"Lead\" { eligible when all of { competency guide  served \"Served\" waivable by board: years >= 3 } }
";
    let new = "pathway p \"P\" { version \"2\" }
candidate \"Teacher\" { years : number  degree : yes/no }
evidence task \"Task\" { score : number  seen : yes/no }
evidence visit \"Visit\"
competency mentor \"Mentor\" formerly guide { requires at least 1 task for this }
role head \"Head\" formerly lead { eligible when all of { competency mentor  served \"Served\" waivable by board: years >= 3 } }
role fresh \"Fresh\" { eligible when all of { degree  at least 1 visit } }
";
    file(&folder, "old.pathway", old);
    file(&folder, "new.pathway", new);
    let task = |name: &str| {
        format!(
            "{{\"id\":\"t\",\"kind\":\"task\",\"date\":\"2026-01-01\",\"for\":[\"{name}\"],\"score\":0.000001,\"seen\":true}}"
        )
    };
    let lines = [
        // by the names of today and by those of before
        format!("{{\"id\":\"a\",\"facts\":{{\"years\":3,\"degree\":true}},\"evidence\":[{},{{\"id\":\"v\",\"kind\":\"visit\",\"date\":\"2026-01-01\"}}]}}", task("mentor")),
        format!("{{\"id\":\"b\",\"facts\":{{\"years\":3,\"union\":true}},\"evidence\":[{}]}}", task("guide")),
        // a credential and a waiver by the names of today
        "{\"id\":\"c\",\"credentials\":[{\"id\":\"m\",\"competency\":\"mentor\",\"issued\":\"2026-01-01\"}],\"waivers\":[{\"requirement\":\"head.served\",\"by\":\"x\",\"as\":\"board\",\"reason\":\"so\",\"granted\":\"2026-01-01\"}]}".to_owned(),
        "{\"id\":\"d\",\"posts\":[{\"role\":\"fresh\",\"from\":\"2026-01-01\"}]}".to_owned(),
        // what neither of them knows, and what stands twice
        "{\"id\":\"e\",\"facts\":{\"union\":true,\"degre\":true}}".to_owned(),
        "{\"id\":\"f\",\"facts\":{\"union\":true,\"years\":3,\"years\":4}}".to_owned(),
        "\u{fffd}".to_owned(),
    ];
    file(&folder, "cohort.ndjson", lines.join("\n"));
    file(
        &folder,
        "cohort.csv",
        "id,facts.years,facts.degree\na,3,yes\n",
    );
    let over = |cohort: &str| {
        let mut command = milepost(&format!(
            "diff old.pathway new.pathway --as-of 2026-11-22 --ids --cohort {cohort}"
        ));
        Run::of(command.current_dir(&folder).output().expect("it starts"))
    };
    let said = over("cohort.ndjson");
    let cohort = said.out.split("\n\n").last().expect("a part");
    assert_eq!(
        cohort,
        "Of 4 candidates on 2026-11-22, without 3 whose record was refused:
  - role head: met by 3, as before
  - role fresh: met by 0, now by 1; 1 gains it
  - gain role fresh: a
  - competency mentor: met by 3, as before
"
    );
    let told = said.said();
    assert!(
        told.contains("line 5: /facts/degre: unknown fact `degre`"),
        "{told}"
    );
    assert!(told.contains("line 6: /facts/"), "{told}");
    assert!(told.contains("line 7, column 1: "), "{told}");
    let table = over("cohort.csv");
    assert_eq!((table.code, table.err.as_str()), (0, ""), "{}", table.out);
}
