//! `milepost types` and `milepost schema` from outside: of a programme and of its plan, and of what is neither.

use super::{file, folder, run};

#[test]
fn types_are_those_of_the_programme() {
    let types = run("types coach.pathway");
    assert_eq!((types.code, types.err.as_str()), (0, ""));
    insta::assert_snapshot!("types", types.out);
}

#[test]
fn a_plan_has_the_types_and_schemas_of_its_programme() {
    let plan = folder("types").join("coach.plan").display().to_string();
    assert_eq!(run(&format!("compile coach.pathway -o {plan}")).code, 0);
    for what in ["types", "schema", "schema --outcome"] {
        let of_plan = run(&format!("{what} {plan}"));
        assert_eq!((of_plan.code, of_plan.err.as_str()), (0, ""), "{what}");
        assert!(!of_plan.out.is_empty(), "{what}");
        assert_eq!(of_plan.out, run(&format!("{what} coach.pathway")).out);
    }
}

#[test]
fn what_is_no_programme_has_no_types() {
    let wrong = run("types wrong.pathway");
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""));
    assert!(wrong.said().contains("error[MP"), "{}", wrong.err);
    let missing = run("types nowhere.pathway");
    assert_eq!((missing.code, missing.out.as_str()), (2, ""));
    let part = file(
        &folder("types-part"),
        "part.pathway",
        "scale s { low high }",
    );
    let part = run(&format!("types {part}"));
    assert_eq!((part.code, part.out.as_str()), (2, ""));
    assert!(part.said().contains("is a part"), "{}", part.err);
}
