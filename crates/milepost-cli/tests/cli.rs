//! The `milepost` command from outside. In: the built binary, the files beside this, and worse ones made here. Out: what
//! it prints and how it ends, whole where a person reads it.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot set itself up has failed"
)]

#[path = "cli/allocations.rs"]
mod allocations;
#[path = "cli/bless.rs"]
mod bless;
#[path = "cli/ci.rs"]
mod ci;
#[path = "cli/cohort.rs"]
mod cohort;
#[path = "cli/compile.rs"]
mod compile;
#[path = "cli/coverage.rs"]
mod coverage;
#[path = "cli/diff.rs"]
mod diff;
#[path = "cli/doc.rs"]
mod doc;
#[path = "cli/failures.rs"]
mod failures;
#[path = "cli/fmt.rs"]
mod fmt;
#[path = "cli/graph.rs"]
mod graph;
#[path = "cli/lints.rs"]
mod lints;
#[path = "cli/machines.rs"]
mod machines;
#[path = "cli/new.rs"]
mod new;
#[path = "cli/receipts.rs"]
mod receipts;
#[path = "cli/stages.rs"]
mod stages;
#[path = "cli/types.rs"]
mod types;
#[path = "cli/versions.rs"]
mod versions;
#[path = "cli/what_if.rs"]
mod what_if;

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use unicode_width::UnicodeWidthStr;

/// What a run printed and how it ended.
struct Run {
    out: String,
    err: String,
    code: i32,
}

impl Run {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
        let code = output.status.code().expect("no signal ends it");
        Self {
            out: text(output.stdout),
            err: text(output.stderr),
            code,
        }
    }

    /// The problems it printed, however they were wrapped.
    fn said(&self) -> String {
        self.err.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// All of it, as a snapshot shows it.
    fn whole(&self) -> String {
        format!(
            "{}--- errors\n{}--- exit code {}\n",
            self.out, self.err, self.code
        )
    }
}

fn milepost(words: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_milepost"));
    let variables = [
        "COLUMNS",
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "TERM",
        "CI",
        "RUST_BACKTRACE",
    ];
    for name in variables {
        command.env_remove(name);
    }
    command.args(words.split_whitespace()).stdin(Stdio::null());
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files"));
    command
}

fn run(words: &str) -> Run {
    Run::of(milepost(words).output().expect("it starts"))
}

fn run_with(words: &str, variables: &[(&str, &str)]) -> Run {
    Run::of(
        milepost(words)
            .envs(variables.iter().copied())
            .output()
            .expect("it starts"),
    )
}

fn run_fed(words: &str, input: &[u8]) -> Run {
    let mut command = milepost(words);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    // a command that refuses its arguments ends without having read a byte
    let fed = child.stdin.take().expect("a pipe").write_all(input);
    if let Err(fault) = fed {
        assert_eq!(fault.kind(), ErrorKind::BrokenPipe, "{fault}");
    }
    Run::of(child.wait_with_output().expect("it ends"))
}

/// An empty folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn file(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("a file");
    path.display().to_string()
}

const EVALUATE: &str = "evaluate coach.pathway --record record.json --as-of 2026-11-22";

#[test]
fn help_says_what_it_does() {
    let help = run_with("--help", &[("COLUMNS", "80")]);
    insta::assert_snapshot!("help", help.whole());
    let help = run_with("evaluate --help", &[("COLUMNS", "80")]);
    insta::assert_snapshot!("help_evaluate", help.whole());
    let help = run_with("verify --help", &[("COLUMNS", "80")]);
    insta::assert_snapshot!("help_verify", help.whole());
}

#[test]
fn arguments_that_make_no_sense_are_refused() {
    assert_eq!(run("").code, 2);
    assert_eq!(run("evaluat coach.pathway").code, 2);
    assert_eq!(run("evaluate coach.pathway").code, 2);
    assert_eq!(run("check --format yaml .").code, 2);
    assert!(run("chekc").err.contains("'check'"));
}

#[test]
fn check_is_content_with_what_is_right() {
    let check = run("check coach.pathway common/mastery.pathway");
    assert_eq!(
        (check.out.as_str(), check.err.as_str(), check.code),
        ("2 files: nothing wrong\n", "", 0)
    );
    let quiet = run("check --quiet coach.pathway");
    assert_eq!(
        (quiet.out.as_str(), quiet.err.as_str(), quiet.code),
        ("", "", 0)
    );
}

#[test]
fn check_shows_every_mistake_once() {
    let check = run("check .");
    insta::assert_snapshot!("check", check.whole());
    assert_eq!(check.err.matches("declared twice").count(), 1);
}

#[test]
fn check_gives_programs_one_document() {
    let check = run("check wrong.pathway --format json");
    insta::assert_snapshot!("check_json", check.whole());
    let none = run("check coach.pathway --format json");
    assert_eq!((none.out.as_str(), none.code), ("[]\n", 0));
}

#[test]
fn check_looks_into_folders_in_order() {
    let top = folder("folders");
    fs::create_dir_all(top.join("b/c")).unwrap();
    fs::create_dir_all(top.join(".hidden")).unwrap();
    fs::create_dir_all(top.join("folder.pathway")).unwrap();
    for name in [
        "b/c/two.pathway",
        "a.pathway",
        ".hidden/no.pathway",
        "b/one.pathway",
        "b/readme.md",
    ] {
        file(&top, name, "role r {}");
    }
    let check = run(&format!("check {}", top.display()));
    let places = check
        .err
        .lines()
        .filter(|line| line.trim_start().starts_with("-->"));
    let names: Vec<_> = places
        .filter_map(|line| line.split_once("folders/")?.1.split(':').next())
        .collect();
    let mut order = names.clone();
    order.dedup();
    assert_eq!(order, ["a.pathway", "b/c/two.pathway", "b/one.pathway"]);
    assert_eq!(check.code, 1);
}

#[test]
fn check_says_what_cannot_be_looked_at() {
    let empty = folder("empty");
    let check = run(&format!("check {}", empty.display()));
    let said = check.said();
    assert!(
        said.ends_with("there is no .pathway file in this folder"),
        "{said}"
    );
    assert_eq!(check.code, 2);
    let check = run("check no/such/thing");
    assert_eq!(
        check.err,
        "error: `no/such/thing`: there is no such file or folder\n"
    );
    assert_eq!(check.code, 2);
    let check = run("check coach.pathway/inside");
    assert_eq!(
        check.err,
        "error: `coach.pathway/inside`: a part of its path is a file, not a folder\n"
    );
}

#[test]
fn a_file_that_is_not_text_is_an_error_in_it() {
    let top = folder("not_text");
    let path = file(&top, "latin.pathway", b"pathway p \"caf\xe9\" {}\n");
    let check = run(&format!("check {path}"));
    assert!(
        check.err.contains("error[MP0007]") && check.err.contains("UTF-8"),
        "{}",
        check.err
    );
    assert_eq!(check.code, 1);
}

#[test]
fn a_file_that_uses_itself_is_an_error_in_it() {
    let path = file(
        &folder("itself"),
        "a.pathway",
        "use \"a.pathway\"\npathway a \"A\" {}\n",
    );
    let check = run(&format!("check {path}"));
    assert!(
        check.err.contains("error[MP0104]") && check.said().contains("uses itself"),
        "{}",
        check.err
    );
    assert_eq!(check.code, 1);
}

#[test]
fn ten_megabytes_are_too_much_and_said_to_be() {
    let path = file(
        &folder("huge"),
        "huge.pathway",
        "competency c \"C\"\n".repeat(10 << 20 >> 4),
    );
    for words in [
        format!("check {path}"),
        format!("evaluate {path} --record record.json --as-of 2026-11-22"),
    ] {
        let huge = run(&words);
        assert!(huge.err.contains("error[MP0006]"), "{}", huge.err);
        assert!(huge.err.len() < 2_000, "{}", huge.err);
    }
}

#[test]
fn one_endless_line_is_pointed_at_and_not_shown() {
    let path = file(&folder("line"), "line.pathway", "mistake ".repeat(50_000));
    let check = run(&format!("check {path}"));
    assert_eq!(check.code, 1);
    assert!(check.err.contains("line.pathway:1:"), "{:.300}", check.err);
    assert!(
        check.err.lines().all(|line| line.len() < 400),
        "a line was shown whole"
    );
}

#[test]
fn marks_and_line_ends_of_other_systems_are_not_shown() {
    let text = "\u{feff}pathwy a \"A\" {}\r\nrole r { eligible when x }\r\n";
    let path = file(&folder("systems"), "a.pathway", text);
    let check = run(&format!("check {path}"));
    let lines: Vec<_> = check
        .err
        .lines()
        .filter_map(|line| line.split_once(" | "))
        .map(|(_, line)| line)
        .collect();
    assert_eq!(
        lines,
        [
            "pathwy a \"A\" {}",
            "^^^^^^",
            "role r { eligible when x }",
            "                       ^ no fact has this name"
        ]
    );
}

#[test]
fn nothing_in_a_file_steers_the_terminal() {
    let path = file(
        &folder("steer"),
        "a.pathway",
        "pathway a \"A\u{1b}[31m\u{9b}5n\u{202e}\" { version \"\u{7}\" }\n",
    );
    let check = run(&format!("check {path}"));
    assert_eq!(check.code, 1);
    assert!(
        !check
            .err
            .chars()
            .any(|c| c.is_control() && c != '\n' || c == '\u{202e}'),
        "{:?}",
        check.err
    );
}

#[test]
fn evaluate_fits_the_terminal() {
    for (name, width) in [
        ("evaluate_20", 20),
        ("evaluate_60", 60),
        ("evaluate_100", 100),
    ] {
        let evaluate = run_with(EVALUATE, &[("COLUMNS", &width.to_string())]);
        for line in evaluate.out.lines() {
            assert!(line.width() <= width, "{width}: {line:?}");
        }
        insta::assert_snapshot!(name, evaluate.whole());
    }
    for width in 1..30 {
        assert_eq!(
            run_with(EVALUATE, &[("COLUMNS", &width.to_string())]).code,
            0
        );
    }
}

/// The README's first command prints what the README shows of it, and its programme says what the README quotes.
#[test]
fn the_readme_is_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    let block = |opening: &str| {
        let (_, after) = readme.split_once(opening).expect("a block");
        after.split_once("\n```").expect("its end").0
    };
    let words = block("```sh\ncargo run --release -- ");
    let evaluate = Run::of(
        milepost(words)
            .current_dir(&root)
            .output()
            .expect("it starts"),
    );
    assert_eq!(evaluate.code, 0);
    let programme = words
        .split_whitespace()
        .find(|word| word.ends_with(".pathway"))
        .expect("a programme");
    let programme = fs::read_to_string(root.join(programme)).expect("the programme");
    for (shown, whole) in [
        (block("```text\n"), evaluate.out),
        (block("```pathway\n"), programme),
    ] {
        for part in shown.split('…').map(str::trim) {
            assert!(
                whole.contains(part),
                "the README shows\n{part}\nwhich is not in\n{whole}"
            );
        }
    }
}

#[test]
fn evaluate_gives_programs_canonical_json() {
    let plain = run(&format!("{EVALUATE} --format json"));
    assert_eq!((plain.err.as_str(), plain.code), ("", 0));
    assert!(plain.out.starts_with("{\"milepost\":\"") && plain.out.ends_with("}\n"));
    assert_eq!(plain.out.lines().count(), 1);
    let pretty = run(&format!("{EVALUATE} --format json --pretty"));
    let squeezed: String = pretty
        .out
        .lines()
        .map(str::trim_start)
        .collect::<String>()
        .replace("\": ", "\":");
    assert_eq!(squeezed, plain.out.trim_end());
}

#[test]
fn colour_comes_when_asked_for_and_adds_nothing() {
    let plain = run(EVALUATE).out;
    assert!(!plain.contains('\u{1b}'));
    for (words, variables, coloured) in [
        ("--color always", &[][..], true),
        ("--color always", &[("NO_COLOR", "1")], true),
        ("", &[("CLICOLOR_FORCE", "1")], true),
        ("", &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], false),
        ("--color never", &[("CLICOLOR_FORCE", "1")], false),
    ] {
        let out = run_with(&format!("{words} {EVALUATE}"), variables).out;
        assert_eq!(out.contains('\u{1b}'), coloured, "{words} {variables:?}");
        assert_eq!(anstream::adapter::strip_str(&out).to_string(), plain);
    }
}

#[test]
fn the_day_is_asked_for_where_nobody_sees_it() {
    let evaluate = run("evaluate coach.pathway --record record.json");
    insta::assert_snapshot!("no_day", evaluate.whole());
    let evaluate = run("evaluate coach.pathway --record record.json --as-of 2026-02-30");
    assert_eq!(
        evaluate.err,
        "error: `2026-02-30` is no date\nhelp: a date is written as 2026-11-22\n"
    );
    assert_eq!(evaluate.code, 2);
    let early = run("evaluate coach.pathway --record record.json --as-of 2026-05-02 --format json");
    assert!(early.out.contains("\"as_of\":\"2026-05-02\""));
}

#[test]
fn a_record_may_come_from_standard_input() {
    let record =
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/record.json")).unwrap();
    let fed = run_fed(
        "evaluate coach.pathway --record - --as-of 2026-11-22",
        &record,
    );
    assert_eq!(fed.out, run(EVALUATE).out);
    let empty = run_fed("evaluate coach.pathway --record - --as-of 2026-11-22", b"");
    assert!(
        empty.said().contains("the record `-` is refused"),
        "{}",
        empty.err
    );
    assert_eq!((empty.out.as_str(), empty.code), ("", 2));
}

#[test]
fn a_record_is_refused_with_every_problem() {
    let refused = run("evaluate coach.pathway --record refused.json --as-of 2026-11-22");
    insta::assert_snapshot!("refused", refused.whole());
}

#[test]
fn a_record_that_cannot_be_read_is_said_so() {
    for (path, why) in [
        ("no-such.json", "there is no such file or folder"),
        ("common", "it is a folder"),
        (
            "record.json/x",
            "a part of its path is a file, not a folder",
        ),
    ] {
        let evaluate = run(&format!(
            "evaluate coach.pathway --record {path} --as-of 2026-11-22"
        ));
        assert_eq!(
            evaluate.said(),
            format!("error: the record `{path}` cannot be read: {why}")
        );
        assert_eq!((evaluate.out.as_str(), evaluate.code), ("", 2));
    }
}

#[test]
fn a_programme_that_cannot_be_evaluated_is_said_so() {
    let evaluate = |path: &str| {
        run(&format!(
            "evaluate {path} --record record.json --as-of 2026-11-22"
        ))
    };
    assert_eq!(
        evaluate("common").err,
        "error: `common` cannot be read: it is a folder\n"
    );
    assert_eq!(evaluate("common").code, 2);
    let part = evaluate("common/mastery.pathway");
    assert!(
        part.said().contains("`common/mastery.pathway` is a part"),
        "{}",
        part.err
    );
    assert_eq!(part.code, 2);
    let wrong = evaluate("wrong.pathway");
    assert!(wrong.err.contains("error[MP0102]"), "{}", wrong.err);
    assert_eq!((wrong.out.as_str(), wrong.code), ("", 2));
}

#[cfg(unix)]
#[test]
fn a_pipe_with_a_name_is_refused_and_not_waited_for() {
    let pipe = folder("pipe").join("record.json");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    for words in [
        format!(
            "evaluate coach.pathway --record {} --as-of 2026-11-22",
            pipe.display()
        ),
        format!("check {}", pipe.display()),
    ] {
        let run = run(&words);
        assert!(
            run.said().contains("it is not a regular file"),
            "{}",
            run.err
        );
        assert_eq!(run.code, 2);
    }
}

#[test]
fn a_role_may_be_required() {
    let required = |role: &str| run(&format!("{EVALUATE} --require {role} --format json"));
    let unmet = required("mentor");
    assert_eq!(
        unmet.err,
        "error: the role `mentor` is required and is not met: pending\n"
    );
    assert_eq!(unmet.code, 1);
    assert!(unmet.out.starts_with('{'));
    let unknown = required("mentro");
    assert_eq!(
        unknown.err,
        "error: the programme has no role `mentro`\nhelp: did you mean `mentor`?\n"
    );
    assert_eq!((unknown.out.as_str(), unknown.code), ("", 2));
    let unknown = required("superintendent");
    assert!(
        unknown.said().contains("its roles are `coach`, `mentor`"),
        "{}",
        unknown.err
    );
    let record = br#"{ "id": "invented", "credentials":
        [{ "id": "mc1", "competency": "data_analyst", "issued": "2026-01-01" }] }"#;
    let words = "evaluate coach.pathway --record - --as-of 2026-11-22 --require mentor";
    assert_eq!(run_fed(words, record).code, 0);
    assert_eq!(run_fed(&format!("{words} --require coach"), record).code, 1);
}

#[test]
fn nothing_in_a_record_steers_the_terminal() {
    let record = r#"{ "id": "x\u001b[2J\u009b5n", "evidence":
        [{ "id": "\u202eevil\u0007", "kind": "annual_rating", "date": "2026-01-01", "level": "mastered" }],
        "facts": { "\u001b[31m": 1 } }"#;
    let fed = run_fed(
        "evaluate coach.pathway --record - --as-of 2026-11-22",
        record.as_bytes(),
    );
    let printed = fed.out + &fed.err;
    assert!(
        !printed
            .chars()
            .any(|c| c.is_control() && c != '\n' || c == '\u{202e}'),
        "{printed:?}"
    );
}

#[test]
fn a_reader_that_goes_away_is_no_mistake() {
    let mut child = milepost(&format!("{EVALUATE} --format json"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn scenarios_are_run_and_those_that_fail_are_shown() {
    let passed = run("test coach.pathway");
    assert_eq!(
        (passed.out.as_str(), passed.err.as_str(), passed.code),
        ("1 scenario as expected\n", "", 0)
    );
    let failed = run("test failing.pathway coach.pathway");
    insta::assert_snapshot!("test_failing", failed.whole());
    let broken = run("test wrong.pathway");
    assert!(broken.out.contains("1 file with errors") && broken.err.contains("error[MP0102]"));
    assert_eq!(broken.code, 1);
    assert_eq!(
        run("test common/mastery.pathway").out,
        "there are no scenarios\n"
    );
}

#[test]
fn schemas_are_json() {
    let record = run("schema coach.pathway");
    assert!(
        record.out.contains("\"years_teaching\"") && record.out.contains("\"$schema\""),
        "{}",
        record.out
    );
    assert_eq!(record.code, 0);
    let outcome = run("schema coach.pathway --outcome");
    assert!(outcome.out.contains("\"near_misses\""), "{}", outcome.out);
    assert_eq!(run("schema wrong.pathway").code, 2);
}

#[test]
fn codes_are_explained() {
    insta::assert_snapshot!("explain", run("explain mp0102").whole());
    let unknown = run("explain MP9999");
    assert_eq!(
        unknown.err,
        "error: no diagnostic is called `MP9999`\nhelp: `milepost explain` lists all codes\n"
    );
    assert_eq!(unknown.code, 2);
    let all = run("explain");
    assert_eq!(all.code, 0);
    for line in all.out.lines() {
        let code = line.split(' ').next().unwrap();
        let page = run(&format!("explain {code}"));
        assert!(
            page.out.starts_with(code) && page.out.lines().count() > 3,
            "{code} has no page"
        );
    }
}

#[test]
fn completions_are_made_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&format!("completions {shell}"));
        assert!(
            script.out.contains("evaluate") && script.out.contains("milepost"),
            "{shell}"
        );
        assert_eq!(script.code, 0);
    }
    assert_eq!(run("completions tcsh").code, 2);
}

#[test]
fn standard_input_is_read_once() {
    let both = "evaluate coach.pathway --as-of 2026-11-22 --record - --what-if -";
    let found = run_fed(both, b"{\"id\":\"a\"}");
    assert_eq!((found.code, found.out.as_str()), (2, ""));
    let said = found.said();
    assert!(
        said.contains("the record or the list of changes, not both"),
        "{said}"
    );
}
