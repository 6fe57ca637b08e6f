//! `milepost test --bless`: what it changes, what it leaves, and what it refuses.

use std::fs;
use std::path::Path;

use super::{Run, file, folder, run};

const WRONG: &str = "pathway p \"P\" { version \"1\" }\r\n\
candidate \"Teacher\" { years : number }\r\n\
evidence finding \"Finding\"\r\n\
role lead \"Lead\" { eligible when all of { long: years >= 3  clean: no finding } }\r\n\
\r\n\
scenario \"ünder review\" {   // why it matters\r\n\
  as of   2026-11-22\r\n\
  given years 3\r\n\
  given finding f1 on 2026-01-01 under review\r\n\
  expect role lead   unmet   // not at risk\r\n\
  expect role lead long met  // as it is\r\n\
}\r\n\
// between\r\n\
scenario \"nobody knows\" { as of 2026-11-22\r\n\
  expect role lead long\r\n\
    met\r\n\
    at risk\r\n\
  expect role lead long needs // split\r\n\
      information\r\n\
  expect role lead clean needs // split\r\n\
      information }\r\n";

const RIGHT: &str = "pathway p \"P\" { version \"1\" }\r\n\
candidate \"Teacher\" { years : number }\r\n\
evidence finding \"Finding\"\r\n\
role lead \"Lead\" { eligible when all of { long: years >= 3  clean: no finding } }\r\n\
\r\n\
scenario \"ünder review\" {   // why it matters\r\n\
  as of   2026-11-22\r\n\
  given years 3\r\n\
  given finding f1 on 2026-01-01 under review\r\n\
  expect role lead   met at risk   // not at risk\r\n\
  expect role lead long met  // as it is\r\n\
}\r\n\
// between\r\n\
scenario \"nobody knows\" { as of 2026-11-22\r\n\
  expect role lead long\r\n\
    needs information\r\n\
  expect role lead long needs // split\r\n\
      information\r\n\
  expect role lead clean met // split\r\n }\r\n";

fn bless(path: &str) -> Run {
    run(&format!("test --bless {path}"))
}

#[test]
fn only_expectations_that_differ_change() {
    for mark in ["", "\u{feff}"] {
        let folder = folder("bless");
        let path = file(&folder, "p.pathway", format!("{mark}{WRONG}"));
        let blessed = bless(&path);
        assert_eq!(
            fs::read_to_string(&path).expect("a file"),
            format!("{mark}{RIGHT}")
        );
        assert_eq!(
            blessed.out,
            format!(
                "{path}:10: lead: expected unmet, now met at risk (`ünder review`)\n\
                 {path}:15: lead.long: expected met at risk, now needs information (`nobody knows`)\n\
                 {path}:20: lead.clean: expected needs information, now met (`nobody knows`)\n\
                 2 scenarios as expected\n"
            )
        );
        assert_eq!((blessed.code, blessed.err.as_str()), (0, ""));
        let again = bless(&path);
        assert_eq!(again.out, "2 scenarios as expected\n");
        assert_eq!(
            fs::read_to_string(&path).expect("a file"),
            format!("{mark}{RIGHT}")
        );
        let left = fs::read_dir(&folder).expect("a folder").count();
        assert_eq!(left, 1, "nothing is left beside it");
    }
}

/// What expects something else than the line does.
fn otherwise(line: &str) -> String {
    let Some((before, after)) = line.split_once("expect ") else {
        return line.to_owned();
    };
    let (said, comment) = after.split_once("//").unwrap_or((after, ""));
    for status in [
        "met at risk",
        "needs information",
        "unmet",
        "pending",
        "waived",
        "met",
    ] {
        if let Some((what, rest)) = said.rsplit_once(&format!(" {status}")) {
            let other = if status == "unmet" {
                "pending"
            } else {
                "unmet"
            };
            let comment = if comment.is_empty() {
                String::new()
            } else {
                format!("//{comment}")
            };
            return format!("{before}expect {what} {other}{rest}{comment}");
        }
    }
    line.to_owned()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else if path.extension().is_some_and(|it| it == "pathway") {
            let text = fs::read_to_string(&path).expect("a text");
            let text = text
                .split_inclusive('\n')
                .map(otherwise)
                .collect::<String>();
            fs::write(to, text).expect("a file");
        }
    }
}

fn same(from: &Path, to: &Path) -> usize {
    let mut changed = 0;
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            changed += same(&path, &to);
        } else if path.extension().is_some_and(|it| it == "pathway") {
            let (was, is) = (fs::read(&path), fs::read(to));
            assert!(
                was.expect("a file") == is.expect("a file"),
                "{}",
                path.display()
            );
            changed += 1;
        }
    }
    changed
}

#[test]
fn the_example_programmes_are_as_they_were_after_their_expectations_were_turned_round() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pathways");
    let folder = folder("bless_examples");
    copy(&examples, &folder);
    let turned = run(&format!("test {}", folder.display()));
    assert_eq!(turned.code, 1, "{}", turned.out);
    let blessed = bless(&folder.display().to_string());
    assert_eq!(blessed.code, 0, "{}{}", blessed.out, blessed.err);
    assert!(same(&examples, &folder) > 20);
}

#[test]
fn a_file_with_errors_is_left_alone() {
    let folder = folder("bless_errors");
    let text = format!("{WRONG}role other \"Other\" {{ eligible when nobody }}\r\n");
    let path = file(&folder, "p.pathway", &text);
    let refused = bless(&path);
    assert!(refused.err.contains("error["), "{}", refused.err);
    assert!(
        refused.out.contains("1 file with errors"),
        "{}",
        refused.out
    );
    assert_eq!(refused.code, 1);
    assert_eq!(fs::read_to_string(&path).expect("a file"), text);
}

#[test]
fn what_has_no_result_stays_and_fails() {
    let folder = folder("bless_versions");
    file(
        &folder,
        "old.pathway",
        "pathway p \"P\" { version \"1\" effective from 2025-07-01 }\n\
         candidate \"Teacher\" { years : number }\n\
         role lead \"Lead\" { eligible when years >= 1 }\n",
    );
    let text = "pathway p \"P\" { version \"2\" effective from 2026-07-01 replaces \"old.pathway\" }\n\
        candidate \"Teacher\" { years : number }\n\
        role lead \"Lead\" { eligible when long: years >= 3 }\n\
        scenario \"then\" { as of 2025-11-22  given years 1\n  expect role lead long met\n  expect role lead unmet }\n";
    let path = file(&folder, "new.pathway", text);
    let blessed = bless(&path);
    assert_eq!(blessed.code, 1, "{}", blessed.out);
    assert!(blessed.out.contains("found no result"), "{}", blessed.out);
    assert_eq!(
        fs::read_to_string(&path).expect("a file"),
        text.replace("lead unmet", "lead met")
    );
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_a_file_keeps_who_may_do_what() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = folder("bless_link");
    let path = file(&folder, "p.pathway", WRONG);
    let link = folder.join("link.pathway");
    symlink(&path, &link).expect("a link");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("permissions");
    assert_eq!(bless(&link.display().to_string()).code, 0);
    assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
    let mode = fs::metadata(&path).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert_eq!(fs::read_to_string(&path).expect("a file"), RIGHT);
    fs::write(&path, WRONG).expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).expect("permissions");
    let refused = bless(&path);
    assert!(
        refused.said().contains("you are not allowed to write it"),
        "{}",
        refused.err
    );
    assert_eq!(refused.code, 2);
    assert_eq!(fs::read_to_string(&path).expect("a file"), WRONG);
}

#[test]
fn a_file_that_cannot_be_written_is_left_out() {
    let folder = folder("bless_read_only");
    let path = file(&folder, "a.pathway", WRONG);
    let mut permissions = fs::metadata(&path).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("it can be set");
    let refused = run(&format!("test --bless {path}"));
    assert_eq!(
        (refused.out.as_str(), refused.code),
        ("0 scenarios as expected; 1 file left out\n", 2)
    );
    assert!(refused.said().contains("you are not allowed to write it"));
}
