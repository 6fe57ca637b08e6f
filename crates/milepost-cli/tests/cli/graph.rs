//! The diagram on the command line: where it goes, and in which form.

use std::fs;

use super::{file, folder, run};

#[test]
fn the_form_is_told_from_the_name() {
    let folder = folder("graph");
    let picture = run("graph coach.pathway").out;
    assert!(picture.starts_with("<svg "), "{picture}");
    let dot = run("graph coach.pathway --format dot").out;
    assert!(dot.starts_with("digraph "), "{dot}");
    let mermaid = run("graph coach.pathway --format mermaid").out;
    assert!(mermaid.starts_with("flowchart TD\n"), "{mermaid}");
    for (name, out) in [
        ("coach.svg", &picture),
        ("coach", &picture),
        ("coach.gv", &dot),
        ("coach.dot", &dot),
        ("coach.mmd", &mermaid),
    ] {
        let path = folder.join(name).display().to_string();
        let written = run(&format!("graph coach.pathway -o {path}"));
        assert_eq!((written.out.as_str(), written.code), ("", 0));
        assert_eq!(
            &fs::read_to_string(&path).expect("the diagram"),
            out,
            "{name}"
        );
    }
    let mine = file(&folder, "mine.pathway", "// mine\n");
    let over = run(&format!("graph coach.pathway -o {mine}"));
    assert_eq!(over.code, 2);
    assert!(
        over.said().contains("name it `FILE.svg` or `FILE.dot`"),
        "{}",
        over.err
    );
}
