//! Characters, texts and escapes: what is wrong with them, and that nothing else is made of it.

use insta::assert_snapshot;

use crate::{parsed, wrong, wrong_each};

#[test]
fn hidden_characters() {
    let found = wrong_each(&[
        "use \"a\u{200b}b\"\n",
        "use\u{200b} \"ab\"\n",
        "use \"ab\" as na\u{ad}me\n",
        "// a \u{202e} comment\n",
        "/// a doc \u{7}\nevidence e\n",
        "use\u{a0}\"a\u{a0}b\"\n",
        "use \"a\u{202d}b\u{202c}\"\n",
        "use \"a\\u{200b}b\"\n",
        "use \"a\" \u{feff}\n",
        "rule r {\n  a >= 1\u{200b}0\n  b => 2\n}\n",
        "use \"a\tb\"\t\n",
    ]);
    assert_snapshot!(found);
}

#[test]
fn texts_and_escapes() {
    let found = wrong_each(&[
        "use \"abc\n",
        "use \"abc",
        "use \"abc\\\"\n",
        "competency a \"A {\n  about \"A\"\n  requires => x\n}\n",
        "competency a \"A\" {\n  about \"A\n  aligned to \"B\n  awards \"C\" valid 3 yeers\n}\n",
        "rule r {\n  all of {\n    learn \"Learn: all of {\n      x\n    }\n    y => 3\n  }\n}\n",
        "rule r {\n  all of {\n    learn \"Learn: at least 3 x\n      where y = z\n    y => 3\n  }\n}\n",
        "use \"a\\qb\\x\"\n",
        "use \"a\\u{}\\u{110000}\\u{d800}\\u{zz}\\u12\"\n",
    ]);
    assert_snapshot!(found);
}

#[test]
fn a_byte_order_mark_is_skipped_and_spans_stay_true() {
    let text = "\u{feff}use \"a\"\nuse b\n";
    assert_snapshot!(wrong(text), @r#"
    MP0001 2:5-2:6 expected a text in quotes, found `b`
      help: put the text between quotes: `"b"`
    "#);
    let tree = parsed(text).tree;
    assert_eq!(tree.items.first().map(|item| item.span.start), Some(3));
}
