//! `milepost new` from outside, where nobody can be asked: what it writes, and what it never writes over.

use std::fs;
use std::path::Path;

use super::{Run, folder, milepost, run};

fn new(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = milepost("new");
    command.args(arguments).current_dir(folder);
    Run::of(command.output().expect("it starts"))
}

#[test]
fn a_first_programme_is_written_and_holds() {
    let folder = folder("new");
    let arguments = [
        "--title",
        "The \"first\" Plan",
        "--candidate",
        "Teacher",
        "--evidence",
        "Performance task",
        "--evidence",
        "Total",
        "--role",
        "Lead Teacher",
    ];
    let written = new(&folder, &arguments);
    insta::assert_snapshot!("new", written.whole());
    let path = folder.join("the_first_plan.pathway");
    let text = fs::read_to_string(&path).expect("a file");
    insta::assert_snapshot!("new_file", text);
    let path = path.display();
    assert_eq!(run(&format!("check {path}")).out, "1 file: nothing wrong\n");
    let tested = run(&format!("test --min-coverage 100 {path}"));
    assert!(
        tested.out.starts_with("4 scenarios as expected\n"),
        "{}",
        tested.out
    );
    assert_eq!(tested.code, 0);
    let printed = new(&folder, &[arguments.as_slice(), &["-o", "-"]].concat());
    assert!(
        printed.out.ends_with("needs information\n}\n"),
        "{}",
        printed.out
    );
}

#[test]
fn the_options_are_explained() {
    insta::assert_snapshot!("help_new", run("help new").out);
    insta::assert_snapshot!("help_test", run("help test").out);
}

#[test]
fn nothing_is_written_over() {
    let folder = folder("new_over");
    for name in ["plan.pathway", "other"] {
        fs::write(folder.join(name), "mine").expect("a file");
    }
    for more in [&[][..], &["-o", "other"]] {
        let refused = new(&folder, &[&["--title", "Plan"], more].concat());
        assert!(
            refused.said().contains("is there already"),
            "{}",
            refused.err
        );
        assert_eq!((refused.code, refused.out.as_str()), (2, ""));
    }
    for name in ["plan.pathway", "other"] {
        assert_eq!(
            fs::read_to_string(folder.join(name)).expect("a file"),
            "mine"
        );
    }
    let nowhere = new(&folder, &["--title", "Plan", "-o", "none/plan.pathway"]);
    assert!(
        nowhere.said().contains("there is no such folder"),
        "{}",
        nowhere.err
    );
    assert_eq!(nowhere.code, 2);
}

#[test]
fn what_cannot_be_used_is_refused_and_nothing_is_written() {
    let folder = folder("new_refused");
    let long = "x".repeat(81);
    let evidence = [
        "--title",
        "Plan",
        "--evidence",
        "Task",
        "--evidence",
        "task",
    ];
    let cases: [(&[&str], &str); 6] = [
        (&[], "the programme needs a title"),
        (&["--title", ""], "it is empty"),
        (&["--title", &long], "it is longer than 80 characters"),
        (
            &["--title", "Plan", "--role", "a\nb"],
            "it goes over several lines",
        ),
        (
            &["--title", "Plan", "--candidate", "?"],
            "neither a letter nor a digit",
        ),
        (&evidence, "is there already"),
    ];
    for (arguments, why) in cases {
        let refused = new(&folder, arguments);
        assert!(refused.said().contains(why), "{why}: {}", refused.err);
        assert_eq!(refused.code, 2);
    }
    assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 0);
}
