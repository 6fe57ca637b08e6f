//! Any text at all: parsing ends, does not panic, and every place it names lies in the text.

use milepost_diagnostics::Span;
use milepost_syntax::tree::Tree;

use crate::parsed;

/// Parses and checks every place that is named.
fn sound(text: &str) {
    let parsed = parsed(text);
    for label in parsed
        .diagnostics
        .iter()
        .flat_map(|diagnostic| &diagnostic.labels)
    {
        within(text, label.span);
    }
    assert!(
        parsed
            .diagnostics
            .iter()
            .all(|diagnostic| !diagnostic.labels.is_empty())
    );
    tree_within(text, &parsed.tree);
}

fn within(text: &str, span: Span) {
    let covered = text.get(span.start as usize..span.end as usize);
    assert!(covered.is_some(), "{span:?} in {text:?}");
}

/// Every span of the tree, found in its debug form.
fn tree_within(text: &str, tree: &Tree) {
    let debug = format!("{tree:?}");
    let number = |part: &str, name: &str| {
        let (_, rest) = part.split_once(name)?;
        rest.split([',', ' ']).next()?.parse::<usize>().ok()
    };
    for part in debug.split("Span {").skip(1) {
        let (start, end) = (number(part, "start: "), number(part, "end: "));
        let covered = start.zip(end).and_then(|(start, end)| text.get(start..end));
        assert!(covered.is_some(), "{part} in {text:?}");
    }
}

/// Every text that is this one without one character, with what stands before that character.
fn deletions(text: &str) -> impl Iterator<Item = (&str, char, String)> {
    text.char_indices().filter_map(move |(at, c)| {
        let (before, rest) = text.split_at_checked(at)?;
        let after = rest.strip_prefix(c)?;
        Some((before, c, format!("{before}{after}")))
    })
}

#[test]
fn every_prefix() {
    let text = include_str!("ten.pathway");
    for (before, _, _) in deletions(text) {
        sound(before);
    }
}

#[test]
fn every_single_deletion() {
    for (_, _, without) in deletions(include_str!("ten.pathway")) {
        sound(&without);
    }
}

#[test]
fn a_deletion_from_a_good_file_is_noticed() {
    let text = include_str!("whole.pathway");
    assert!(parsed(text).diagnostics.is_empty());
    for (before, c, without) in deletions(text).filter(|(_, c, _)| "{}()\"".contains(*c)) {
        let line = before.rsplit('\n').next().unwrap_or("");
        let in_text = line.replace("\\\"", "").matches('"').count() % 2 == 1;
        if line.ends_with('\\') || in_text && c != '"' {
            continue;
        }
        let found = parsed(&without).diagnostics;
        assert!(
            (1..=2).contains(&found.len()),
            "{c} after {line}: {found:#?}"
        );
    }
}

#[test]
fn hostile_texts() {
    let pieces = [
        "}",
        "{",
        "(",
        ")",
        "((((x))))",
        "(((( x y\n",
        "at least ",
        "at least 2 k where ",
        "a ",
        "a\n",
        "a",
        " ",
        "\n",
        "\r",
        "//",
        "//\n",
        "\"",
        "\"\n",
        "\"a {\n",
        "\u{200b}",
        "a\u{200b}",
        "é",
        "'",
        "-",
        "a-",
        "1-",
        "1",
        ",",
        ",\n",
        "in {",
        "in { a, ",
        "x in { y }\n",
        "competency ",
        "competency a {\n",
        "competency A {}\n",
        "rule a(",
        "rule a(b: ",
        "role r \"R\" { eligible when x }\n",
        "use ",
        "use \"a\" ",
        "awards \"x\" ",
        "requires all of { x }\n}\n",
        "foo bar\n",
        "foo { } ",
        "all of ",
        "all of { a => 3 } ",
        "not ",
        "next 07-31 after ",
        "+ a ",
        "a \"b\" ",
        "a \"b\": ",
        "cites \"b\" ",
        "{ a, b } ",
        "scenario \"s\" {\n given a { b }\n",
        "given a 1, ",
        "x : one of { a }\n",
        "list of ",
        "\\",
        "\"\\",
        "\"\\u{",
        "=",
        "==",
        "=> 3\n",
        "%",
        "1%",
        "3 years ",
        "\u{0}",
        "\u{feff}",
        "every criterion of ",
        "during the last ",
    ];
    let around = [
        ("", ""),
        ("role r \"R\" {\n  eligible when all of {\n", "\n  }\n}\n"),
        ("role r \"R\" {\n  eligible when x >= ", "\n}\n"),
        ("role r \"R\" {\n  eligible when at least 2 k ", "\n}\n"),
        ("scenario \"S\" {\n", "\n}\n"),
        ("evidence e {\n", "\n}\n"),
        ("scale s {\n", "\n}\n"),
        ("competency ", ""),
    ];
    for piece in pieces {
        for (before, after) in around {
            for count in [1, 3, 100] {
                sound(&format!("{before}{}{after}", piece.repeat(count)));
            }
        }
    }
}
