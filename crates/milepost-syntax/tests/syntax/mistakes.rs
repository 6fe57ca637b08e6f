//! One mistake at a time: a text in; the code, place, sentence and help of its one diagnostic out.

use insta::assert_snapshot;

use crate::{parsed, wrong_each};

/// Snapshots the diagnostics of texts that have one mistake each.
fn single(texts: &[&str]) -> String {
    let others: Vec<_> = texts
        .iter()
        .copied()
        .filter(|text| parsed(text).diagnostics.len() != 1)
        .collect();
    assert!(
        others.is_empty(),
        "not one diagnostic:\n{}",
        wrong_each(&others)
    );
    wrong_each(texts)
}

/// A role whose only requirement is this.
fn required(requirement: &str) -> String {
    format!("role lead \"Lead\" {{\n  eligible when {requirement}\n}}\n")
}

fn requirements(texts: &[&str]) -> String {
    let texts: Vec<_> = texts.iter().map(|text| required(text)).collect();
    single(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

fn scenarios(lines: &[&str]) -> String {
    let texts: Vec<_> = lines
        .iter()
        .map(|line| format!("scenario \"S\" {{\n  {line}\n  as of 2026-01-01\n}}\n"))
        .collect();
    single(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn declarations() {
    let found = single(&[
        "competncy analyst \"Analyst\" {\n  about \"A\"\n}\n",
        "Competency analyst \"Analyst\" {\n  about \"A\"\n}\n",
        "something else entirely\nover two lines\n",
        "42\n",
        "}\n",
        "competency a \"A\" {\n  about \"A\"\n}\n}\n\ncompetency b \"B\" {\n}\n",
        "requires all of {\n  x\n}\n",
        "use\n",
        "use common/teacher.pathway\n",
        "use 'common/teacher.pathway'\n",
        "use \"common.pathway\" as\n",
        "use \"common.pathway\" common\n",
    ]);
    assert_snapshot!(found);
}

#[test]
fn headers() {
    let found = single(&[
        "competency \"Analyst\" {\n  about \"A\"\n}\n",
        "competency {\n  about \"A\"\n}\n",
        "role lead teacher \"Lead teacher\" {\n}\n",
        "candidate teacher \"Teacher\" {\n  years : number\n}\n",
        "competency Analyst \"Analyst\" {\n  about \"A\"\n}\n",
        "competency data-analyst \"Analyst\" {\n  about \"A\"\n}\n",
        "competency data_analyst Data Analyst {\n  about \"A\"\n}\n",
        "competency data_analyst 'Data Analyst' {\n  about \"A\"\n}\n",
        "competency data_analyst “Data Analyst” {\n  about \"A\"\n}\n",
        "competency data_analyst \"Data Analyst\"\n  about \"A\"\n}\n",
        "competency data_analyst \"Data Analyst\" (\n  about \"A\"\n}\n",
        "competency data_analyst\n\nrole lead \"Lead\" {\n}\n",
        "role role \"Role\" {\n}\n",
        "pathway data_driver {\n}\n",
        "candidate teacher {\n  years : number\n}\n",
        "rubric lesson \"Lesson\" mastery {\n  planning\n}\n",
        "rubric lesson \"Lesson\" on {\n  planning\n}\n",
        "evidence task Task {\n  hours : number\n}\n",
        "evidence task \"Task\"\n  hours : number\n}\n",
        "rule r(hours number) {\n  x\n}\n",
        "rule r(hours: number {\n  x\n}\n",
        "rule r() {\n  x\n}\n",
        "rule r(any: number) {\n  x\n}\n",
        "scenario one task short {\n}\n",
        "scale mastery \"Mastery\"\n  not_yet \"Not yet\"\n  mastered \"Mastered\"\n}\n",
    ]);
    assert_snapshot!(found);
}

#[test]
fn properties() {
    let found = single(&[
        "competency a \"A\" {\n  about Leads the talk\n}\n",
        "competency a \"A\" {\n  about \"A\",\n  awards \"B\"\n}\n",
        "competency a \"A\" {\n  about \"A\";\n}\n",
        "competency a \"A\" {\n  abuot \"A\"\n  awards \"B\"\n}\n",
        "competency a \"A\" {\n  aligned \"https://example.org\"\n}\n",
        "competency a \"A\" {\n  awards \"B\" valid 3 yeers\n}\n",
        "competency a \"A\" {\n  awards \"B\" valid for 3 years\n}\n",
        "competency a \"A\" {\n  requires at least three task with score over 3\n}\n",
        "competency a \"A\" {\n  awards \"B\" valid 3years\n}\n",
        "competency a \"A\" {\n  awards \"B\" for 3 years\n}\n",
        "competency a \"A\" {\n  requires\n  awards \"B\"\n}\n",
        "competency a \"A\" {\n  requirs all of {\n    x\n  }\n}\n",
        "competency a \"A\" {\n  title \"A\"\n}\n",
        "role a \"A\" {\n  eligible all of {\n    x\n  }\n}\n",
        "role a \"A\" {\n  preferred\n    at least 1 award\n}\n",
        "pathway p \"P\" {\n  effective 2026-07-01\n}\n",
        "pathway p \"P\" {\n  effective from 1/7/2026\n}\n",
        "pathway p \"P\" {\n  effective from 2026-7-1\n}\n",
        "pathway p \"P\" {\n  school year starts 1 July\n}\n",
        "pathway p \"P\" {\n  version 2026.1\n}\n",
    ]);
    assert_snapshot!(found);
}

#[test]
fn entries_and_fields() {
    let found = single(&[
        "scale s \"S\" {\n  low \"Low\"\n  Mid \"Mid\"\n  high \"High\"\n}\n",
        "scale s \"S\" {\n  low \"Low\",\n  high \"High\"\n}\n",
        "scale s \"S\" {\n  low = one \"Low\"\n  high \"High\"\n}\n",
        "scale s \"S\" {\n  low 1 \"Low\"\n  high \"High\"\n}\n",
        "scale s \"S\" {\n  low Low\n  high \"High\"\n}\n",
        "scale s \"S\" {\n  low Low\"\n  high \"High\"\n}\n",
        "evidence e \"E\" {\n  hours number\n  score : text\n}\n",
        "evidence e \"E\" {\n  hours : \n  score : text\n}\n",
        "evidence e \"E\" {\n  hours : number \"Hours\";\n  score : text\n}\n",
        "evidence e \"E\" {\n  any : number\n}\n",
        "evidence e \"E\" {\n  hours : number from 1\n}\n",
        "evidence e \"E\" {\n  sort : one of { a \"A\", b \"B\" }\n  score : text\n}\n",
        "evidence e \"E\" {\n  sort : one of a, b\n  score : text\n}\n",
        "evidence e \"E\" {\n  sort : list text\n  score : text\n}\n",
        "evidence e \"E\" {\n  sort : list of list of text\n  score : text\n}\n",
        "evidence e \"E\" {\n  sort : one of {\n    a \"A\"\n  score : text\n}\n",
        "candidate \"Teacher\" {\n  years-teaching : number\n  score : text\n}\n",
    ]);
    assert_snapshot!(found);
}

#[test]
fn labels_and_groups() {
    let found = requirements(&[
        "all {\n    x\n  }",
        "any off {\n    x\n  }",
        "all of\n    x\n    y\n  }",
        "all of (x y)",
        "at least of { x }",
        "at most 2 of { x  y  z }",
        "at least 50% of { x  y }",
        "all of {\n    learn \"Learn\" at least 3 tasks\n    y\n  }",
        "all of {\n    Learn \"Learn\": at least 3 tasks\n    y\n  }",
        "all of {\n    learn-well \"Learn\": at least 3 tasks\n    y\n  }",
        "all of {\n    learn “Learn”: at least 3 tasks\n    y\n  }",
        "all of {\n    learn \"Learn\" cites: at least 3 tasks\n    y\n  }",
        "all of {\n    learn \"Learn\":\n    }",
        "all of {\n    any: at least 3 tasks\n    y\n  }",
        "all of {\n    x,\n    y\n  }",
        "all of {\n    x;\n    y\n  }",
        "all of {\n    - x\n    y\n  }",
        "in order\n    learn: x\n    show: y\n  }",
        "none of\n",
    ]);
    assert_snapshot!(found);
}

#[test]
fn waivers_and_former_names() {
    let found = requirements(&[
        "waivable by board: years >= 3",
        "experience waivable: years >= 3",
        "experience waivable superintendent: years >= 3",
        "experience waivable by: years >= 3",
        "experience waivable by \"Board\": years >= 3",
        "experience waivable by board, principal: years >= 3",
        "experience waivable by no: years >= 3",
        "experience formerly: years >= 3",
        "experience formerly \"Years\": years >= 3",
        "experience formerly years waivable by board years >= 3",
    ]);
    let lines = scenarios(&[
        "given waiver for data_lead.experience by \"p-3\" as board because \"late hire\"",
        "given waiver for data_lead.experience by superintendent because \"late hire\" granted 2026-09-01",
        "given waiver of data_lead.experience by \"p-3\" as board because \"late hire\" granted 2026-09-01",
        "given waiver for data_lead.experience by \"p-3\" as \"Board\" because \"late hire\" granted 2026-09-01",
        "given waiver for data_lead.experience by \"p-3\" as board because \"late hire\" granted 2026-09-01 until 2027-06-30",
    ]);
    assert_snapshot!(found + &lines);
}

#[test]
fn references_and_counts() {
    let found = requirements(&[
        "competency",
        "competency \"Analyst\"",
        "competency Analyst",
        "competency any",
        "all of {\n    competency\n    role b\n  }",
        "rule r(tasks 2)",
        "rule r(tasks: )",
        "rule r(tasks: 2",
        "rule r(tasks: 2, )",
        "at lest 2 tasks",
        "at least tasks",
        "at least two",
        "at least 2",
        "at least 2 where level >= x",
        "at least 2 Tasks where level >= x",
        "at least 2 tasks and y",
        "at least 2 tasks or at least 3 talks",
        "at least 75 % of tasks",
        "at least 75% tasks",
        "at least 20 total hours coaching",
        "at least 20 sum hours of coaching",
        "at least 1,000 total hours of coaching",
        "no",
        "every criterion of lesson",
        "every criterion of lesson = = x",
        "at least 3 criteria of lesson mastered",
    ]);
    assert_snapshot!(found);
}

#[test]
fn clauses() {
    let found = requirements(&[
        "at least 2 tasks within 3",
        "at least 2 tasks within 3 yeers",
        "at least 2 tasks within 3years",
        "at least 2 tasks within three years",
        "at least 2 tasks within 3 fortnights where x = y",
        "at least 2 tasks since",
        "at least 2 tasks since 1.7.2026",
        "at least 2 tasks from 2026-01-01 until 2026-06-30",
        "at least 2 tasks from 2026-01-01",
        "at least 2 tasks in the last 3 years",
        "at least 2 tasks in 3 years",
        "at least 2 tasks during 2015-16",
        "at least 2 tasks during school year 2015/16",
        "at least 2 tasks during the last years",
        "at least 2 tasks among 3 latest",
        "at least 2 tasks counting latest of each part",
        "at least 2 tasks counting the highest of each part",
        "at least 2 tasks including under review",
        "at least 2 tasks by assessor",
        "at least 2 tasks with same assessor",
        "at least 2 tasks in different years",
        "at least 2 tasks in consecutive school years skipping years",
        "at least 2 tasks where",
        "at least 2 tasks where => 3\n    by different assessor",
        "at least 2 tasks where level >= \n    by different assessor",
        "at least 2 tasks where level in { a b }",
        "at least 2 tasks where level in { a, b",
        "at least 2 tasks for",
        "at least 2 tasks for every child",
    ]);
    assert_snapshot!(found);
}

#[test]
fn conditions() {
    let found = requirements(&[
        "x == 3",
        "x => 3",
        "x =< 3",
        "x ≥ 3",
        "x <> 3",
        "x && y",
        "x || y",
        "!x",
        "x is not known",
        "x is 3",
        "x >=",
        "x >= 3 and",
        "x >= 3 and and y",
        "not",
        "x +",
        "a-b >= 3",
        "a -b >= 3",
        "a- b >= 3",
        "a -5 >= 3",
        "2 <= x <= 5",
        "x = y = z",
        "x >= 'three'",
        "x = “three”",
        "x >= 3.5.1",
        "x >= 1/7/2026",
        "x >= 2026-7-1",
        "x >= 1,5",
        "x >= 3.",
        "x / 2 >= 3",
        "(x >= 3",
        "(x >= 3\n",
        "(x >= 3))",
        "x >= 3)",
        "x in a, b",
        "x in { a, b",
        "x in { }",
        "x in {\n    a b\n  }",
        "x contains",
        "x = any",
        "Years >= 3",
        "years_Teaching >= 3",
        "start of school year",
        "x >= start of this year",
        "x >= next 7-31 after y",
        "x >= next 07-31",
        "x >= \"unfinished",
        "x >= 3 unless y = 2",
        "x ? y",
        "candidate >= 3",
        "x = @home",
        "x >= $3",
    ]);
    assert_snapshot!(found);
}

#[test]
fn scenario_lines() {
    let found = scenarios(&[
        "as 2026-01-01",
        "as of 1/1/2026",
        "enroled 2026-01-01",
        "given",
        "given years",
        "given years = 4",
        "given years 4 licence 2026-01-01",
        "given years 4,",
        "given task pt1 2026-01-01",
        "given task on 2026-01-01",
        "given task pt-1 on 2026-01-01",
        "given task pt1 on 2026-01-01 with score",
        "given task pt1 on 2026-01-01 for",
        "given task pt1 on 2026-01-01 under",
        "given task pt1 on 2026-01-01 aproved",
        "given credential c1 data issued 2026-01-01",
        "given credential c1 for data on 2026-01-01",
        "given areas { a, }",
        "given areas { \"a\" \"b\" }",
        "given areas { \"a\"",
        "expect role",
        "expect lead met",
        "expect role lead",
        "expect role lead meet",
        "expect role lead needs info",
        "expect role lead met at",
        "expect role lead licensed",
    ]);
    assert_snapshot!(found);
}

#[test]
fn phrases_of_policies() {
    let found = requirements(&[
        "minimum 2 obs",
        "between 2 and 5 obs",
        "at least 2 obs over 3 years",
        "at least 2 obs in the past 3 years",
        "at least 2 obs each by a different observer",
        "at least 2 obs with different observer",
        "at least 2 obs from different observer",
        "at least 2 obs with score >= good",
        "at least 30 hours of obs",
        "total hours of obs >= 30",
        "years is at least 3",
        "years = at least 3",
        "years >= 3 or competency c",
        "one of { competency c }",
        "no more than 2 obs",
        "label \"at least if has\": minimum 2 obs",
    ]);
    assert_snapshot!(found);
}

#[test]
fn words_in_the_wrong_place() {
    let found = single(&[
        "fact years : number\n",
        "evidence obs \"Obs\" {\n  effort 3 hours\n  hours : number\n}\n",
        "role a \"A\" {\n  valid 3 years\n}\n",
        "role a \"A\" {\n  requires at least 1 obs\n}\n",
        "competency a \"A\" {\n  eligible when at least 1 obs\n}\n",
        "competency a \"A\" {\n  valid 3 years\n}\n",
    ]);
    assert_snapshot!(found);
}
