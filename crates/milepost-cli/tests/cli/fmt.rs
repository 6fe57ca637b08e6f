//! `milepost fmt`: what it writes, what it only says, and what it leaves.

use std::fs;

use super::{file, folder, milepost, run, run_fed};

const RAGGED: &str = "pathway p \"P\" {version \"1\"}\r\n\
candidate \"Teacher\" { years:number \"Years\"\r\n  tenured_on : date \"Tenured\" }\r\n\
\r\n\r\n\r\n\
// who leads\r\n\
role lead \"Lead\" { eligible when all of { years>=3   // at least\r\n tenured_on<=today } }\r\n";

const SHAPED: &str = "pathway p \"P\" { version \"1\" }

candidate \"Teacher\" {
  years      : number \"Years\"
  tenured_on : date   \"Tenured\"
}

// who leads
role lead \"Lead\" {
  eligible when all of {
    years >= 3 // at least
    tenured_on <= today
  }
}
";

#[test]
fn files_are_laid_out_in_place_and_named() {
    let folder = folder("fmt");
    let ragged = file(&folder, "a.pathway", RAGGED);
    let shaped = file(&folder, "b.pathway", SHAPED);
    let laid_out = run(&format!("fmt {}", folder.display()));
    assert_eq!(laid_out.out, format!("{ragged}\n2 files: 1 laid out\n"));
    assert_eq!((laid_out.code, laid_out.err.as_str()), (0, ""));
    for path in [&ragged, &shaped] {
        assert_eq!(fs::read_to_string(path).expect("a file"), SHAPED);
    }
    let again = run(&format!("fmt --check {}", folder.display()));
    assert_eq!(again.out, "2 files: nothing to lay out\n");
    assert_eq!(again.code, 0);
    let left = fs::read_dir(&folder).expect("a folder").count();
    assert_eq!(left, 2, "nothing is left beside them");
}

#[test]
fn where_it_only_looks_nothing_is_written() {
    let folder = folder("fmt-check");
    let ragged = file(&folder, "a.pathway", RAGGED);
    let checked = run(&format!("fmt --check {ragged}"));
    assert_eq!(checked.out, format!("{ragged}\n1 file: 1 to lay out\n"));
    assert_eq!(checked.code, 1);
    let mut command = milepost("fmt --diff --check a.pathway");
    let differs = command.current_dir(&folder).output().expect("it starts");
    let patch = String::from_utf8(differs.stdout).expect("a patch is UTF-8");
    assert!(
        patch.starts_with("--- a.pathway\n+++ a.pathway\n@@ "),
        "{patch}"
    );
    assert!(patch.contains("+    years >= 3 // at least\n"), "{patch}");
    assert_eq!(differs.status.code(), Some(1));
    assert_eq!(fs::read_to_string(&ragged).expect("a file"), RAGGED);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let laid_out = run_fed("fmt -", RAGGED.as_bytes());
    assert_eq!((laid_out.code, laid_out.out.as_str()), (0, SHAPED));
    let checked = run_fed("fmt --check -", RAGGED.as_bytes());
    assert_eq!((checked.code, checked.out.as_str()), (1, ""));
    let fine = run_fed("fmt --diff -", SHAPED.as_bytes());
    assert_eq!((fine.code, fine.out.as_str()), (0, ""));
    let two = run_fed("fmt - a.pathway", b"");
    assert_eq!(two.code, 2);
    assert_eq!(two.said(), "error: `-` is standard input, and stands alone");
    let bytes = run_fed("fmt -", b"pathway \xff");
    assert_eq!(bytes.code, 2);
    assert_eq!(
        bytes.said(),
        "error: standard input cannot be read: it is not UTF-8 text"
    );
}

#[test]
fn what_is_around_a_mistake_is_left() {
    let broken = "role a \"A\" {\n   eligible when x >>= 3\n}\n\n\n";
    let text = format!("{broken}scale s \"S\" {{ low\n high }}\n");
    let laid_out = run_fed("fmt -", text.as_bytes());
    assert_eq!(
        laid_out.out,
        format!("{broken}scale s \"S\" {{\n  low\n  high\n}}\n")
    );
    assert_eq!(
        laid_out.said(),
        "standard input: what is around its mistakes was left as it is; `milepost check` shows them"
    );
    assert_eq!(laid_out.code, 0);
}

#[test]
fn one_file_that_cannot_be_read_does_not_stop_the_others() {
    let folder = folder("fmt-unreadable");
    let bad = file(&folder, "a.pathway", b"\xff");
    let ragged = file(&folder, "b.pathway", RAGGED);
    let laid_out = run(&format!("fmt {}", folder.display()));
    assert_eq!(laid_out.code, 2);
    assert!(laid_out.said().contains("it is not UTF-8 text"), "{bad}");
    assert_eq!(fs::read_to_string(&ragged).expect("a file"), SHAPED);
}

#[cfg(unix)]
#[test]
fn behind_a_link_the_file_itself_is_written() {
    let folder = folder("fmt-link");
    let ragged = file(&folder, "kept.txt", RAGGED);
    let link = folder.join("a.pathway");
    std::os::unix::fs::symlink(&ragged, &link).expect("a link");
    assert_eq!(run(&format!("fmt {}", link.display())).code, 0);
    assert!(link.is_symlink());
    assert_eq!(fs::read_to_string(&ragged).expect("a file"), SHAPED);
}

#[test]
fn what_cannot_be_written_is_not_said_to_be_laid_out() {
    let folder = folder("fmt_read_only");
    let path = file(&folder, "a.pathway", RAGGED);
    let mut permissions = fs::metadata(&path).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("it can be set");
    let refused = run(&format!("fmt {path}"));
    assert_eq!(
        (refused.out.as_str(), refused.code),
        ("0 files: nothing to lay out\n", 2)
    );
    assert!(refused.said().contains("you are not allowed to write it"));
    assert_eq!(fs::read_to_string(&path).expect("a file"), RAGGED);
}
