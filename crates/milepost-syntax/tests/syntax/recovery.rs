//! Several mistakes in one text: each is found at its own place, and none is the consequence of another.

use insta::assert_snapshot;

use crate::{parsed, wrong, wrong_each};

#[test]
fn ten_mistakes_are_ten_diagnostics() {
    let text = include_str!("ten.pathway");
    assert_eq!(parsed(text).diagnostics.len(), 10, "{}", wrong(text));
    assert_snapshot!(wrong(text));
    assert_eq!(parsed(text).tree.items.len(), 11);
}

#[test]
fn every_block_is_read_whatever_its_header_is_like() {
    let text = include_str!("headers.pathway");
    assert_snapshot!(wrong(text));
}

#[test]
fn missing_and_stray_closers() {
    let found = wrong_each(&[
        "competency a \"A\" {\n  requires all of {\n    x\n    y\n  awards \"B\"\n}\n",
        "competency a \"A\" {\n  requires all of {\n    x\n  }\n\ncompetency b \"B\" {\n  requires x\n}\n",
        "competency a \"A\" {\n  requires all of {\n    any of {\n      x\n      y\n    z\n  }\n  awards \"B\"\n}\n",
        "competency a \"A\" {\n  requires all of {\n    x\n",
        "scale s \"S\" {\n  a\n  b\n\nscale t \"T\" {\n  a\n  b\n}\n",
        "evidence e \"E\" {\n  a : number\n\nrole r \"R\" {\n  eligible when x\n}\n",
        "scenario \"S\" {\n  as of 2026-01-01\n\nscenario \"T\" {\n  as of 2026-01-01\n}\n",
        "rule r(a: number) {\n  x >= a\n\nrule s {\n  x\n}\n",
        "competency a \"A\" {\n  requires x\n  }\n  awards \"B\"\n}\n\ncompetency b \"B\" {\n  requires => y\n}\n",
        "competency a \"A\" {\n  requires all of {\n    x }\n    y\n  }\n  awards \"B\"\n}\n\nrole r \"R\" {\n}\n",
        "competency a \"A\" {\n  requires all of {\n    x in { a, b\n    y\n  }\n}\n",
        "competency a \"A\" {\n  requires all of {\n    (x and y\n    z\n  }\n}\n",
        "competency a \"A\" {\n  requires all of {\n    rule r(a: 2\n    z\n  }\n}\n",
        "competency a \"A\" {\n  requires all of\n    x\n    y\n  }\n  awards \"B\"\n}\n",
        "competency a \"A\"\n  requires all of {\n    x\n    y\n  }\n  awards \"B\"\n}\n",
    ]);
    assert_snapshot!(found);
}
