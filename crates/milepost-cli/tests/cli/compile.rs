//! Plans on the command line: compiled, evaluated from, refused.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use super::{EVALUATE, Run, file, folder, milepost, run, run_fed};

/// The plan of the command's example, in a file of its own.
fn plan(folder: &Path) -> String {
    let path = folder.join("coach.plan").display().to_string();
    let compile = run(&format!("compile coach.pathway -o {path}"));
    assert_eq!((compile.out.as_str(), compile.code), ("", 0));
    path
}

#[test]
fn compile_says_what_it_wrote() {
    let folder = folder("compile");
    let path = folder.join("coach.plan").display().to_string();
    let compile = run(&format!("compile coach.pathway -o {path}"));
    let bytes = fs::read(&path).expect("the plan");
    assert!(bytes.starts_with(b"milepost plan 2\n"));
    let (first, second) = compile.err.split_once('\n').expect("two lines");
    assert!(first.starts_with("coach"), "{first}");
    assert!(
        first.ends_with(&format!(" to `{path}`: {} bytes", bytes.len())),
        "{first}"
    );
    let outcome = run(&format!("{EVALUATE} --format json")).out;
    let definition = second
        .trim_end()
        .strip_prefix("definition ")
        .expect("a definition");
    assert!(
        outcome.contains(&format!("\"definition\":\"{definition}\"")),
        "{second}"
    );
    let quiet = run(&format!("compile coach.pathway -o {path} --quiet"));
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
    assert_eq!(fs::read(&path).expect("the plan"), bytes);
    let output = milepost("compile coach.pathway -o -")
        .stderr(Stdio::null())
        .output();
    assert_eq!(output.expect("it starts").stdout, bytes);
}

#[test]
fn a_plan_does_what_its_programme_does() {
    let plan = plan(&folder("compiled"));
    for words in [
        format!("{EVALUATE} --format json"),
        EVALUATE.to_owned(),
        format!("{EVALUATE} --require coach --receipt"),
        "schema coach.pathway".to_owned(),
        "types coach.pathway".to_owned(),
    ] {
        let compiled = run(&words);
        let loaded = run(&words.replace("coach.pathway", &plan));
        assert!(!compiled.out.is_empty(), "{words}");
        assert_eq!(loaded.whole(), compiled.whole(), "{words}");
    }
    let receipt = run(&format!("{EVALUATE} --receipt")).out;
    let verify = format!("verify - --record record.json --plan {plan}");
    assert_eq!(run_fed(&verify, receipt.as_bytes()).code, 0);
}

fn refused(run: &Run, expected: &str) {
    assert_eq!((run.out.as_str(), run.code), ("", 2), "{}", run.err);
    assert!(run.said().contains(expected), "{}", run.said());
}

#[test]
fn a_programme_with_errors_is_not_compiled() {
    let folder = folder("not_compiled");
    let path = folder.join("wrong.plan");
    let wrong = run(&format!("compile wrong.pathway -o {}", path.display()));
    refused(&wrong, "error[MP");
    refused(
        &run(&format!(
            "compile common/mastery.pathway -o {}",
            path.display()
        )),
        "is a part, to be used by programmes",
    );
    assert!(!path.exists());
}

#[test]
fn a_plan_is_written_only_where_it_belongs() {
    let folder = folder("written");
    let text = file(&folder, "mine.pathway", "pathway mine \"Mine\" {}\n");
    refused(
        &run(&format!("compile coach.pathway -o {text}")),
        "a plan is not written over the text of a programme",
    );
    assert_eq!(
        fs::read_to_string(&text).expect("the text"),
        "pathway mine \"Mine\" {}\n"
    );
    refused(
        &run(&format!("compile coach.pathway -o {}", folder.display())),
        "cannot be written: it is a folder",
    );
    refused(
        &run(&format!(
            "compile coach.pathway -o {}/none/coach.plan",
            folder.display()
        )),
        "cannot be written: there is no such folder",
    );
    assert_eq!(run("compile coach.pathway").code, 2);
}

#[test]
fn plans_that_are_none_are_told_why() {
    let folder = folder("no_plans");
    let plan = plan(&folder);
    for command in ["check", "test", "compile -o again.plan"] {
        let told = run(&format!("{command} {plan}"));
        assert_eq!(told.code, 2, "{command}");
        assert!(!told.out.contains("nothing wrong"), "{}", told.out);
        assert!(
            told.said()
                .contains("is a compiled plan, and this needs the text of the programme"),
            "{}",
            told.said()
        );
    }
    let bytes = fs::read(&plan).expect("the plan");
    let mut damaged = bytes.clone();
    damaged[60] ^= 1;
    for (name, bytes, expected) in [
        ("short.plan", &bytes[..300], "this plan is cut short"),
        ("damaged.plan", &damaged, "this plan is damaged"),
        ("later.plan", b"milepost plan 999\n", "update Milepost"),
    ] {
        let path = file(&folder, name, bytes);
        refused(&run(&EVALUATE.replace("coach.pathway", &path)), expected);
    }
}
