//! Levels and mending: programmes with notes, and `milepost.toml` beside and above them, in; what `check` says and what it leaves
//! in the files out.

use super::{file, folder, run};
use std::fs;

const UNUSED: &str = "pathway p \"P\" { version \"1\" }\n\nevidence task \"Task\"\n\ncompetency beta \"Beta\" { requires at least 1 task }\n\nrole lead \"Lead\" { eligible when at least 1 task }\n";

#[test]
fn the_nearest_settings_count_alone() {
    let root = folder("lint-levels");
    let inner = root.join("inner");
    fs::create_dir(&inner).expect("a folder");
    let outside = file(&root, "a.pathway", UNUSED);
    let inside = file(&inner, "b.pathway", UNUSED);
    let check = |path: &str| run(&format!("check {path}"));
    for path in [&outside, &inside] {
        let run = check(path);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.err.contains("warning[MP0501]"), "{}", run.err);
    }
    file(
        &root,
        "milepost.toml",
        "[lints]\nunused_competency = \"deny\"\n",
    );
    for path in [&outside, &inside] {
        let run = check(path);
        assert_eq!(run.code, 1, "{}", run.err);
        assert!(run.err.contains("error[MP0501]"), "{}", run.err);
        assert!(run.out.contains("1 file: 1 error"), "{}", run.out);
    }
    file(&inner, "milepost.toml", "[lints]\nMP0501 = \"allow\"\n");
    assert_eq!(check(&outside).code, 1);
    let allowed = check(&inside);
    assert_eq!((allowed.code, allowed.err.as_str()), (0, ""));
    file(&inner, "milepost.toml", "# nothing set\n");
    assert!(check(&inside).err.contains("warning[MP0501]"));
}

#[test]
fn settings_that_are_not_understood_are_refused_with_their_place() {
    let root = folder("lint-settings");
    let programme = file(&root, "a.pathway", UNUSED);
    for (settings, place, said) in [
        ("lints = 3\n", ":1:1:", "`lints` is a table of levels"),
        ("[lint]\n", ":1:2:", "unknown setting `lint`"),
        (
            "[lints]\nMP9999 = \"allow\"\n",
            ":2:1:",
            "no warning is called `MP9999`",
        ),
        (
            "[lints]\n\n  unused_competence = \"allow\"\n",
            ":3:3:",
            "did you mean `unused_competency`?",
        ),
        (
            "[lints]\nMP0102 = \"allow\"\n",
            ":2:1:",
            "`MP0102` is an error, and stays one",
        ),
        ("[lints]\nMP0501 = \"off\"\n", ":2:10:", "this is no level"),
        ("[lints]\nMP0501 = 1\n", ":2:10:", "this is no level"),
        (
            "[lints]\nMP0501 = \"warn\"\nunused_competency = \"deny\"\n",
            ":3:1:",
            "given twice",
        ),
        ("[lints\n", ":1:7:", ""),
    ] {
        file(&root, "milepost.toml", settings);
        let run = run(&format!("check {programme}"));
        assert_eq!(run.code, 2, "{settings}: {}", run.err);
        let printed: String = run.err.split_whitespace().collect();
        assert!(
            printed.contains(&format!("milepost.toml{place}")),
            "{settings}: {}",
            run.err
        );
        assert!(run.said().contains(said), "{settings}: {}", run.err);
    }
}

#[test]
fn what_is_certain_is_mended_and_the_rest_reported() {
    let root = folder("lint-fix");
    let before = "// milepost: allow MP0110 because it is new\r\npathway p \"P\" { version \"1\" }\r\n\r\nevidence task \"Task\" // milepost: allow MP0111 because it is new\r\n\r\nevidence old \"Old\"\r\n\r\nrole lead \"Lead\" { eligible when at least 1 task }\r\n";
    let programme = file(&root, "a.pathway", before);
    let checked = run(&format!("check {programme}"));
    assert_eq!(checked.err.matches("MP0502").count(), 2, "{}", checked.err);
    assert_eq!(fs::read_to_string(&programme).expect("it is there"), before);
    let mended = run(&format!("check --fix {programme}"));
    assert_eq!(mended.code, 0, "{}", mended.err);
    assert!(
        mended.said().contains(":1: mended MP0502"),
        "{}",
        mended.err
    );
    assert!(
        mended.said().contains(":4: mended MP0502"),
        "{}",
        mended.err
    );
    assert!(mended.err.contains("warning[MP0110]"), "{}", mended.err);
    let after = "pathway p \"P\" { version \"1\" }\r\n\r\nevidence task \"Task\"\r\n\r\nevidence old \"Old\"\r\n\r\nrole lead \"Lead\" { eligible when at least 1 task }\r\n";
    assert_eq!(fs::read_to_string(&programme).expect("it is there"), after);
    let again = run(&format!("check --fix {programme} --format json"));
    assert!(!again.err.contains("mended"), "{}", again.err);
    assert!(
        again.out.starts_with("[{\"code\":\"MP0110\""),
        "{}",
        again.out
    );
}

#[test]
fn a_requirement_that_decides_nothing_goes_again_and_again() {
    let root = folder("lint-subsumed");
    let programme = |block: &str| {
        format!(
            "pathway p \"P\" {{ version \"1\" }}\n\ncandidate \"Teacher\" {{ tenure : number  years : number }}\n\nevidence task \"Task\"\n\nrole lead \"Lead\" {{\n  eligible when all of {{{block}}}\n}}\n"
        )
    };
    for (before, after) in [
        (
            " tenure >= 1  tenure >= 2  tenure >= 3  tenure <= 9 ",
            "  tenure >= 3  tenure <= 9 ",
        ),
        (
            "\n    tenure >= 3 // most\n    tenure >= 2  tenure <= 9\n  ",
            "\n    tenure >= 3 // most\n  tenure <= 9\n  ",
        ),
        (
            "\n    tenure >= 3 // most\n    tenure >= 2\n    // until then\n    tenure <= 9\n  ",
            "\n    tenure >= 3 // most\n    // until then\n    tenure <= 9\n  ",
        ),
        (
            "\n    tenure >= 3\n    tenure >= 2 // at first\n    tenure <= 9\n  ",
            "\n    tenure >= 3\n // at first\n    tenure <= 9\n  ",
        ),
        // what has a label stays
        (
            " a: tenure >= 3  b: tenure >= 2 ",
            " a: tenure >= 3  b: tenure >= 2 ",
        ),
        // `9 years` would be a length of time, and a parenthesis be read on
        (
            " at least 2 task  tenure >= 3  at least 1 task  years >= 1 ",
            " at least 2 task  tenure >= 3  at least 1 task  years >= 1 ",
        ),
        (
            "\n    tenure >= 2\n    tenure >= 3\n  ",
            "\n    tenure >= 3\n  ",
        ),
        (
            "\n    years >= 2\n    years >= 3\n  ",
            "\n    years >= 3\n  ",
        ),
        (
            " tenure >= 3  tenure >= 2  (years >= 1 or tenure >= 4) ",
            " tenure >= 3  tenure >= 2  (years >= 1 or tenure >= 4) ",
        ),
    ] {
        let path = file(&root, "a.pathway", programme(before));
        let mended = run(&format!("check --fix {path}"));
        assert_eq!(mended.code, 0, "{before}: {}", mended.err);
        assert!(!mended.err.contains("error"), "{before}: {}", mended.err);
        assert_eq!(
            fs::read_to_string(&path).expect("it is there"),
            programme(after),
            "{before}"
        );
    }
}

#[test]
fn the_example_programmes_are_clean() {
    let run = run("check ../../../../pathways");
    assert_eq!(run.err, "");
    assert!(run.out.ends_with("files: nothing wrong\n"), "{}", run.out);
}

#[test]
fn what_is_allowed_no_other_command_tells_and_what_is_denied_stops_none() {
    let root = folder("lint-other-commands");
    let text = "pathway p \"P\" { version \"1\" }\n\nevidence old \"Old\"\n\ncandidate \"Teacher\" { tenure : number }\n\nrole lead \"Lead\" { eligible when tenure >= 1 }\n";
    let programme = file(&root, "a.pathway", text);
    let schema = || run(&format!("schema {programme}"));
    assert!(schema().err.contains("warning[MP0110]"));
    file(&root, "milepost.toml", "[lints]\nMP0110 = \"deny\"\n");
    let denied = schema();
    assert_eq!(denied.code, 0, "{}", denied.err);
    assert!(denied.err.contains("warning[MP0110]"), "{}", denied.err);
    assert_eq!(run(&format!("check {programme}")).code, 1);
    let note = "// milepost: allow MP0110 because it comes back\nevidence old";
    file(&root, "a.pathway", text.replace("evidence old", note));
    let allowed = schema();
    assert_eq!((allowed.code, allowed.err.as_str()), (0, ""));
    file(&root, "milepost.toml", "[lints]\nMP011 = \"deny\"\n");
    assert_eq!(schema().code, 2);
}

#[test]
fn settings_that_are_no_file_are_told() {
    let root = folder("lint-no-file");
    let programme = file(&root, "a.pathway", UNUSED);
    fs::create_dir(root.join("milepost.toml")).expect("a folder");
    let check = || run(&format!("check {programme}"));
    assert_eq!(check().code, 2);
    assert!(check().said().contains("cannot be read: it is a folder"));
    fs::remove_dir(root.join("milepost.toml")).expect("it is there");
    std::os::unix::fs::symlink("nothing", root.join("milepost.toml")).expect("a link");
    assert_eq!(check().code, 2);
    assert!(check().said().contains("there is no such file or folder"));
}

#[test]
fn an_expectation_that_stands_twice_goes() {
    let root = folder("lint-expectations");
    let programme = |expectations: &str| {
        format!(
            "pathway p \"P\" {{ version \"1\" }}\n\nevidence task \"Task\"\n\nrole lead \"Lead\" {{ eligible when at least 1 task }}\n\nscenario \"nothing\" {{\n  as of 2026-11-22\n  expect role lead unmet{expectations}\n}}\n"
        )
    };
    for (before, after) in [
        ("\n  expect role lead unmet", ""),
        (
            "\r\n  expect role lead unmet\r\n  // so\r\n  expect role lead unmet",
            "\r\n  // so",
        ),
        (
            "\n  expect role lead unmet // why",
            "\n  expect role lead unmet // why",
        ),
        ("  expect role lead unmet", "  expect role lead unmet"),
    ] {
        let path = file(&root, "a.pathway", programme(before));
        let checked = run(&format!("check {path}"));
        assert!(checked.err.contains("MP0513"), "{before}: {}", checked.err);
        let mended = run(&format!("check --fix {path}"));
        assert_eq!(mended.code, 0, "{before}: {}", mended.err);
        let text = fs::read_to_string(&path).expect("it is there");
        assert_eq!(text, programme(after), "{before}");
    }
    let toml = "[lints]\nrepeated_expectation = \"deny\"\n";
    file(&root, "milepost.toml", toml);
    let path = file(&root, "a.pathway", programme("  expect role lead unmet"));
    assert_eq!(run(&format!("check {path}")).code, 1);
}
