//! The limits: what is just within them is read, what is just beyond is refused with its own code.

use insta::assert_snapshot;
use milepost_syntax::{
    MAX_DIAGNOSTICS, MAX_FILE_BYTES, MAX_NAME, MAX_NESTING, MAX_OPERATORS, MAX_TITLE,
};

use crate::render::render;
use crate::{parsed, wrong};

fn codes(text: &str) -> Vec<&'static str> {
    parsed(text)
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code.as_str())
        .collect()
}

#[test]
fn nesting() {
    // The block of the rule is one level.
    let parentheses =
        |depth: usize| format!("rule r {{ {}x{} }}", "(".repeat(depth), ")".repeat(depth));
    let blocks = |depth: usize| {
        format!(
            "rule r {{ {}x{} }}",
            "all of { ".repeat(depth),
            "}".repeat(depth)
        )
    };
    let unopened = |depth: usize| format!("rule r {{ {}x }}", "all of ".repeat(depth));
    for text in [parentheses, blocks] {
        assert!(codes(&text(MAX_NESTING - 1)).is_empty());
        assert_eq!(codes(&text(MAX_NESTING)), ["MP0005"]);
        assert_eq!(codes(&text(100_000)), ["MP0005"]);
    }
    assert_eq!(codes(&unopened(100_000)), ["MP0005"]);
    assert_snapshot!(wrong(&blocks(MAX_NESTING)), @r"
    MP0005 1:584-1:585 braces and parentheses are nested more than 64 deep
      help: move the inner part into a `rule` of its own and refer to it by name
    ");
    let refused = parsed(&format!("// kept\n{}", blocks(MAX_NESTING)));
    assert!(refused.tree.items.is_empty());
    assert_eq!(refused.tree.comments.len(), 1);
}

#[test]
fn file_size() {
    let text = |length: usize| format!("use \"a\"\n{}", " ".repeat(length - 8));
    assert!(codes(&text(MAX_FILE_BYTES)).is_empty());
    assert_eq!(codes(&text(MAX_FILE_BYTES + 1)), ["MP0006"]);
    assert!(parsed(&text(MAX_FILE_BYTES + 1)).tree.items.is_empty());
}

#[test]
fn operators() {
    let repeated = [
        |count: usize| format!("{}x", "not ".repeat(count)),
        |count: usize| format!("x{}", " and x".repeat(count)),
        |count: usize| format!("x{}", " + 1".repeat(count)),
        |count: usize| format!("{}x", "next 07-31 after ".repeat(count)),
        |count: usize| format!("x is known{}", " and (x)".repeat(count - 1)),
        |count: usize| format!("at least 1{} k", " + 1".repeat(count)),
        |count: usize| {
            format!(
                "at least 1 k where x in {{ y }}{}",
                " or not x".repeat((count - 1) / 2)
            ) + &" and x".repeat((count - 1) % 2)
        },
        |count: usize| format!("at least 1 criteria of x = y{}", " or x".repeat(count - 1)),
    ];
    for condition in repeated {
        let text = |count| format!("rule r {{ {} }}", condition(count));
        assert!(
            codes(&text(MAX_OPERATORS)).is_empty(),
            "{}",
            wrong(&text(MAX_OPERATORS))
        );
        assert_eq!(
            codes(&text(MAX_OPERATORS + 1)),
            ["MP0009"],
            "{}",
            text(MAX_OPERATORS + 1)
        );
        assert!(render(&parsed(&text(MAX_OPERATORS + 1)).tree).contains('?'));
        assert_eq!(codes(&text(50_001)), ["MP0009"]);
    }
}

#[test]
fn names_and_titles() {
    let name = |length: usize| format!("evidence {}", "n".repeat(length));
    let label = |length: usize| format!("rule r {{ {}: x }}", "n".repeat(length));
    let level = |length: usize| format!("scale s {{ {} }}", "n".repeat(length));
    for text in [name, label, level] {
        assert!(codes(&text(MAX_NAME)).is_empty());
        assert_eq!(codes(&text(MAX_NAME + 1)), ["MP0011"]);
    }
    // Characters, not bytes.
    let titled = |length: usize| format!("evidence e \"{}\"", "é".repeat(length));
    let stage = |length: usize| format!("role r \"R\" {{ stage s \"{}\" }}", "é".repeat(length));
    let scenario =
        |length: usize| format!("scenario \"{}\" {{ as of 2026-01-01 }}", "é".repeat(length));
    for text in [titled, stage, scenario] {
        assert!(
            codes(&text(MAX_TITLE)).is_empty(),
            "{}",
            wrong(&text(MAX_TITLE))
        );
        assert_eq!(codes(&text(MAX_TITLE + 1)), ["MP0011"]);
    }
    assert_snapshot!(wrong(&titled(MAX_TITLE + 1)), @r"
    MP0011 1:12-1:215 this title has 201 characters, and a title has at most 200
      help: shorten it, and say the rest in a comment that begins with `///`
    ");
    let escaped = format!("evidence e \"{}\"", "\\u{e9}".repeat(MAX_TITLE));
    assert!(codes(&escaped).is_empty());
}

#[test]
fn diagnostics() {
    let lines = |count: usize| format!("rule r {{\n{}}}\n", "  x => 3\n".repeat(count));
    assert_eq!(codes(&lines(MAX_DIAGNOSTICS)).len(), MAX_DIAGNOSTICS);
    let many = parsed(&lines(MAX_DIAGNOSTICS + 50)).diagnostics;
    assert_eq!(many.len(), MAX_DIAGNOSTICS);
    let last = many.last().map(|diagnostic| diagnostic.message.as_str());
    assert_eq!(last, Some("51 more problems follow that are not listed"));
}
