//! The files for services of continuous integration in `docs/ci/`: their very steps, run over programmes that are right and ones
//! that are not.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_yaml_ng::Value;

use super::{Run, file, folder};

const GOOD: &str = "pathway p \"P\" { version \"1\" }

candidate \"Teacher\" { years : number }

role lead \"Lead\" { eligible when years >= 3 }

scenario \"at the bound\" {
  as of 2026-11-22
  given years 3
  expect role lead met
}

scenario \"below it\" {
  as of 2026-11-22
  given years 2.5
  expect role lead unmet
}
";

fn yaml(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path);
    let text = fs::read_to_string(&path).expect("a file");
    serde_yaml_ng::from_str(&text).expect("YAML")
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The folder of the files for services.
fn ci() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().expect("the repository").join("docs/ci")
}

/// Runs a script as the services do, where `milepost` is installed.
fn script(folder: &Path, script: &str, variables: &BTreeMap<String, String>) -> Run {
    let binary = PathBuf::from(env!("CARGO_BIN_EXE_milepost"));
    let mut path = binary.parent().expect("a folder").as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let mut command = Command::new("bash");
    command
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
        .env("PATH", path)
        .env("GITHUB_ACTION_PATH", ci().join("github"))
        .env("GITHUB_STEP_SUMMARY", folder.join("summary.md"))
        .envs(variables)
        .current_dir(folder);
    Run::of(command.output().expect("it starts"))
}

/// Runs the first step of the action where there is no `milepost`, with a `cargo` that only says what it was asked.
#[test]
fn the_action_builds_the_command_from_where_it_stands() {
    let folder = folder("action-install");
    let cargo = file(&folder, "cargo", "#!/bin/bash\necho \"$PWD\" \"$@\"\n");
    let made = Command::new("chmod").args(["+x", &cargo]).status();
    assert!(made.expect("it starts").success());
    let action = yaml("docs/ci/github/action.yml");
    let install = text(&action["runs"]["steps"][0]["run"]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = root.canonicalize().expect("the repository");
    let run = Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &install])
        .env("PATH", format!("{}:/usr/bin:/bin", folder.display()))
        .env("GITHUB_ACTION_PATH", root.join("docs/ci/github"))
        .env("GITHUB_PATH", folder.join("path"))
        .env("RUNNER_TEMP", "/runner")
        .current_dir(&folder)
        .output();
    let run = Run::of(run.expect("it starts"));
    let asked = format!(
        "{} install --quiet --locked --root /runner/milepost --path crates/milepost-cli\n",
        root.display()
    );
    assert_eq!((run.out, run.code), (asked, 0), "{}", run.err);
    assert!(root.join("crates/milepost-cli/Cargo.toml").is_file());
    let path = fs::read_to_string(folder.join("path")).expect("it is written");
    assert_eq!(path, "/runner/milepost/bin\n");
}

/// The steps of the action, with these inputs beside those that it takes by itself; what each printed and how it ended.
fn action(folder: &Path, inputs: &[(&str, &str)]) -> Vec<(String, Run)> {
    let action = yaml("docs/ci/github/action.yml");
    let given: BTreeMap<_, _> = inputs.iter().copied().collect();
    let value = |written: &str| {
        let name = written
            .strip_prefix("${{ inputs.")
            .and_then(|it| it.strip_suffix(" }}"));
        let name = name.expect("an input");
        let input = &action["inputs"][name];
        assert!(input.is_mapping(), "there is no input `{name}`");
        given
            .get(name)
            .map_or_else(|| text(&input["default"]), |it| (*it).to_owned())
    };
    let steps = action["runs"]["steps"].as_sequence().expect("steps");
    let each = steps.iter().enumerate().map(|(place, step)| {
        assert_eq!(text(&step["shell"]), "bash");
        // what comes after the first finding is run as well, as it is here
        let goes_on = step["if"].as_str();
        let goes_on = goes_on.is_some_and(|it| it == "always()" || it == "success() || failure()");
        assert_eq!(goes_on, place > 1, "{}", text(&step["name"]));
        let mut variables = BTreeMap::new();
        for (name, written) in step["env"].as_mapping().into_iter().flatten() {
            variables.insert(text(name), value(&text(written)));
        }
        (
            text(&step["name"]),
            script(folder, &text(&step["run"]), &variables),
        )
    });
    each.collect()
}

#[test]
fn the_action_is_content_with_what_is_right() {
    let folder = folder("action");
    file(&folder, "p.pathway", GOOD);
    let inputs = [("min-coverage", "100"), ("sarif", "log.sarif")];
    for (name, step) in action(&folder, &inputs) {
        assert_eq!(step.code, 0, "{name}: {}{}", step.out, step.err);
    }
    let log = fs::read_to_string(folder.join("log.sarif")).expect("a log");
    assert!(log.contains("\"results\":[]"), "{log}");
}

#[test]
fn the_action_stops_at_what_is_wrong() {
    let folder = folder("action-wrong");
    let ended = |text: &str, inputs: &[(&str, &str)]| {
        file(&folder, "my programme.pathway", text);
        let steps = action(&folder, inputs);
        let ended = steps.into_iter().filter(|(_, step)| step.code != 0);
        ended
            .map(|(name, step)| (name, step.out))
            .collect::<Vec<_>>()
    };
    let here = ("path", "my programme.pathway");
    let wrong = ended(
        &GOOD.replace("years >= 3", "yeers >= 3"),
        &[here, ("sarif", "log.sarif")],
    );
    assert_eq!(wrong[0].0, "Check");
    assert!(
        wrong[0]
            .1
            .starts_with("::error file=my programme.pathway,line=5,"),
        "{wrong:?}"
    );
    let log = fs::read_to_string(folder.join("log.sarif")).expect("a log in spite of it");
    assert!(log.contains("\"uri\":\"my%20programme.pathway\""), "{log}");
    let ragged = GOOD.replace("  as of", " as of");
    assert_eq!(ended(&ragged, &[here])[0].0, "Layout");
    assert!(ended(&ragged, &[here, ("layout", "false")]).is_empty());
    let failing = ended(&GOOD.replace("given years 3", "given years 2"), &[here]);
    assert_eq!(failing[0].0, "Scenarios");
    assert!(
        failing[0]
            .1
            .starts_with("::error file=my programme.pathway,line=10,"),
        "{failing:?}"
    );
    let scanty = GOOD.split("scenario \"below it\"").next().expect("a part");
    let scanty = ended(
        scanty.trim_end_matches('\n'),
        &[here, ("layout", "false"), ("min-coverage", "60")],
    );
    assert_eq!(scanty[0].0, "Scenarios");
}

/// Changes a programme of several files in a repository and compares it, by itself and with the action.
#[test]
fn what_a_change_means_is_said() {
    let folder = folder("ci compare");
    let inner = folder.join("my programmes");
    fs::create_dir_all(&inner).expect("a folder");
    let git = |words: &str| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=x", "-c", "user.email=x@example.org"]);
        let run = command.args(words.split(' ')).current_dir(&folder).output();
        let run = Run::of(run.expect("git starts"));
        assert_eq!(run.code, 0, "git {words}: {}", run.err);
    };
    let part = "candidate \"Teacher\" { years : number }\nrule served { years >= 3 }\n";
    let main = "pathway p \"P\" { version \"1\" }\nuse \"part.pathway\"\nrole lead \"Lead\" { eligible when rule served }\n";
    file(&inner, "part.pathway", part);
    file(&inner, "p.pathway", main);
    file(&inner, "same.pathway", GOOD);
    git("init --quiet");
    git("add .");
    git("commit --quiet -m before");
    file(&inner, "part.pathway", part.replace('3', "4"));
    file(&inner, "new.pathway", GOOD);
    file(&inner, "wrong.pathway", "pathway");
    let compare = |arguments: &str| {
        let compare = format!("'{}' HEAD {arguments}", ci().join("compare.sh").display());
        script(&folder, &compare, &BTreeMap::new())
    };
    let said = compare("");
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(said.out.matches("### What the change means").count(), 1);
    assert!(
        said.out.contains("Role | Lead (`lead`) | **stricter**"),
        "{}",
        said.out
    );
    assert_eq!(compare("'my programmes' looser").code, 0);
    assert_eq!(compare("'my programmes' stricter").code, 1);
    assert_eq!(compare("'my programmes/same.pathway' stricter").out, "");
    let steps = action(&folder, &[("base", "HEAD"), ("deny", "stricter")]);
    let change = steps.iter().find(|(name, _)| name == "Change");
    assert_eq!(change.map(|(_, step)| step.code), Some(1));
    let summary = fs::read_to_string(folder.join("summary.md")).expect("a summary");
    assert_eq!(summary, said.out);
    let trees = Command::new("git")
        .args(["worktree", "list"])
        .current_dir(&folder)
        .output();
    assert_eq!(Run::of(trees.expect("git starts")).out.lines().count(), 1);
}

#[test]
fn the_job_of_gitlab_leaves_its_reports() {
    let job = yaml("docs/ci/gitlab/milepost.yml");
    let job = &job["milepost"];
    let variables = job["variables"].as_mapping().expect("variables");
    let variables: BTreeMap<_, _> = variables
        .iter()
        .map(|(name, it)| (text(name), text(it)))
        .collect();
    let lines = ["before_script", "script"]
        .iter()
        .flat_map(|it| job[*it].as_sequence().expect("lines"));
    let whole = lines.map(text).collect::<Vec<_>>().join("\n");
    let reports = &job["artifacts"]["reports"];
    let folder = folder("gitlab-job");
    for (programme, code, failures) in [
        (GOOD.to_owned(), 0, "failures=\"0\""),
        (
            GOOD.replace("given years 3", "given years 2"),
            1,
            "failures=\"1\"",
        ),
        (
            GOOD.replace("years >= 3", "yeers >= 3"),
            1,
            "failures=\"1\"",
        ),
    ] {
        file(&folder, "p.pathway", programme);
        let ran = script(&folder, &whole, &variables);
        assert_eq!(ran.code, code, "{}{}", ran.out, ran.err);
        let findings =
            fs::read_to_string(folder.join(text(&reports["codequality"]))).expect("a report");
        assert!(
            findings.starts_with('[') && findings.ends_with("]\n"),
            "{findings}"
        );
        let scenarios = fs::read_to_string(folder.join(text(&reports["junit"]))).expect("a report");
        assert!(scenarios.contains(failures), "{scenarios}");
    }
}

#[test]
fn the_hooks_find_what_a_change_makes_wrong() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let folder = folder("hooks");
    file(&folder, "good.pathway", GOOD);
    let bad = GOOD.replace("given years 3", "given yeers  3");
    file(&folder, "bad.pathway", bad);
    fs::create_dir(folder.join("right")).expect("a folder");
    let right = "right";
    file(&folder.join(right), "good.pathway", GOOD);
    for hook in hooks.as_sequence().expect("hooks") {
        let entry = text(&hook["entry"]);
        let none = BTreeMap::new();
        let (fine, found) = if hook["pass_filenames"] == Value::Bool(false) {
            (format!("{entry} {right}"), entry.clone())
        } else {
            (
                format!("{entry} good.pathway"),
                format!("{entry} good.pathway bad.pathway"),
            )
        };
        let fine = script(&folder, &fine, &none);
        assert_eq!(fine.code, 0, "{entry}: {}{}", fine.out, fine.err);
        let found = script(&folder, &found, &none);
        assert_eq!(found.code, 1, "{entry}: {}{}", found.out, found.err);
    }
}
