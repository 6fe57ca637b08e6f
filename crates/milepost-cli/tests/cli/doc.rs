//! The handbook on the command line: where it goes, and in which form.

use std::fs;

use super::{file, folder, run};

#[test]
fn the_form_is_told_from_the_name() {
    let folder = folder("doc");
    let page = run("doc coach.pathway");
    assert!(page.out.starts_with("<!doctype html>\n"), "{}", page.out);
    let markdown = run("doc coach.pathway --format markdown");
    assert!(markdown.out.starts_with("# "), "{}", markdown.out);
    for (name, form, out) in [
        ("coach.html", "", &page.out),
        ("coach", "", &page.out),
        ("coach.md", "", &markdown.out),
        ("coach.txt", "--format markdown", &markdown.out),
        ("coach2.md", "--format html", &page.out),
    ] {
        let path = folder.join(name).display().to_string();
        let written = run(&format!("doc coach.pathway -o {path} {form}"));
        assert_eq!(
            (written.out.as_str(), written.err.as_str(), written.code),
            ("", "", 0)
        );
        assert_eq!(
            &fs::read_to_string(&path).expect("the handbook"),
            out,
            "{name}"
        );
    }
    assert_eq!(run("doc coach.pathway -o -").out, page.out);
}

#[test]
fn what_cannot_be_written_is_said() {
    let folder = folder("doc-refused");
    let mine = file(&folder, "mine.pathway", "// mine\n");
    let over = run(&format!("doc coach.pathway -o {mine}"));
    assert_eq!(over.code, 2);
    assert!(
        over.said().contains("name it `FILE.html` or `FILE.md`"),
        "{}",
        over.err
    );
    assert_eq!(fs::read_to_string(&mine).expect("it is there"), "// mine\n");
    let nowhere = run(&format!(
        "doc coach.pathway -o {}/no/where.html",
        folder.display()
    ));
    assert_eq!(nowhere.code, 2);
    assert!(
        nowhere.said().contains("cannot be written"),
        "{}",
        nowhere.err
    );
    let wrong = run("doc wrong.pathway");
    assert_eq!((wrong.out.as_str(), wrong.code), ("", 2));
    assert!(wrong.err.contains("error["), "{}", wrong.err);
}
