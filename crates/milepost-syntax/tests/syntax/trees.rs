//! What a text means: a text in, its tree rendered compactly out.

use insta::assert_snapshot;
use milepost_diagnostics::{FileId, Span};
use milepost_syntax::tree::{ClauseKind, ExprKind, Form, ItemKind, Measure, RoleProperty, Unit};
use milepost_syntax::{KEYWORDS, parse};

use crate::render::render;
use crate::{parsed, wrong};

/// The tree of a text in which nothing is wrong.
fn tree(text: &str) -> String {
    assert_eq!(wrong(text), "", "{text}");
    render(&parsed(text).tree)
}

/// The tree of a condition.
fn condition(text: &str) -> String {
    let tree = tree(&format!("rule r {{\n{text}\n}}"));
    tree.lines()
        .skip(1)
        .map(str::trim)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_construct() {
    assert_snapshot!(tree(include_str!("whole.pathway")));
}

#[test]
fn precedence() {
    let cases = [
        ("a or b and c", "(a Or (b And c))"),
        ("a and b or c", "((a And b) Or c)"),
        ("not a and b", "((not a) And b)"),
        ("not a = b", "(not (a Equal b))"),
        ("not not a", "(not (not a))"),
        (
            "a + b * c >= d - e",
            "((a Add (b Multiply c)) GreaterOrEqual (d Subtract e))",
        ),
        ("a - b - c = d", "(((a Subtract b) Subtract c) Equal d)"),
        ("(a or b) and c", "((a Or b) And c)"),
        ("a in { b, c } or d", "((a in b, c) Or d)"),
        ("not a is known", "(not (a known))"),
        ("a + 1 is known", "((a Add 1) known)"),
        ("a contains \"b\" and c", "((a Contains \"b\") And c)"),
        (
            "next 07-31 after a - 2 days < b",
            "(((next 07-31 after a) Subtract `2 Days`) Less b)",
        ),
        ("a = -5", "(a Equal -5)"),
        ("a - -5 > 0", "((a Subtract -5) Greater 0)"),
        (
            "a != yes or candidate.b <= 40%",
            "((a NotEqual yes) Or (candidate.b LessOrEqual 40%))",
        ),
        (
            "every criterion of r >= l and a",
            "((every criterion of r GreaterOrEqual l) And a)",
        ),
        (
            "at least 2 criteria of r >= l or a",
            "((AtLeast 2 criterion of r GreaterOrEqual l) Or a)",
        ),
        (
            "a and exactly 50% of criteria of r = l",
            "(a And (Exactly 50% criterion of r Equal l))",
        ),
        (
            "start of last school year < end of next school year",
            "(Start-of-Last Less End-of-Next)",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(condition(text), expected, "{text}");
    }
}

#[test]
fn requirements_need_no_separators() {
    assert_eq!(
        condition("a b (c or d) 3 <= e"),
        "a\nb\n(c Or d)\n(3 LessOrEqual e)"
    );
    assert_eq!(
        condition("at least 2 k where a = b no k every k for this"),
        "AtLeast 2 k | where (a Equal b)\nNo k\nEvery k | for-this"
    );
    assert_eq!(
        condition("x >= 3\n-5 < y"),
        "(x GreaterOrEqual 3)\n(-5 Less y)"
    );
    assert_eq!(
        condition("at least 2 k where a in { b } in different school years"),
        "AtLeast 2 k | where (a in b) | different-years"
    );
}

#[test]
fn words_that_are_free_to_be_names() {
    let free = [
        "school",
        "level",
        "hours",
        "date",
        "title",
        "the",
        "latest",
        "year",
        "years",
        "different",
        "same",
        "consecutive",
        "one",
        "known",
        "criterion",
        "criteria",
        "start",
        "end",
        "next",
        "last",
        "review",
        "returned",
        "those",
        "under",
        "days",
        "months",
        "about",
        "requires",
        "awards",
        "eligible",
        "number",
        "whole",
        "text",
        "list",
        "given",
        "expect",
        "met",
        "as",
        "on",
        "valid",
        "when",
        "order",
        "least",
        "most",
        "inside",
        "anything",
        "notes",
        "order_of",
    ];
    for word in free {
        assert_eq!(
            condition(&format!("{word} >= 3")),
            format!("({word} GreaterOrEqual 3)")
        );
        assert_eq!(
            condition(&format!("{word}: at least 2 {word} where {word} = {word}")),
            format!("[{word} ] AtLeast 2 {word} | where ({word} Equal {word})")
        );
        tree(&format!(
            "evidence {word} {{ {word} : {word} \"X\" }}\nscale {word} {{ {word} }}"
        ));
    }
}

#[test]
fn reserved_words_are_the_keywords_and_no_names() {
    let mut sorted = KEYWORDS.to_vec();
    sorted.sort_unstable();
    assert_eq!(sorted, KEYWORDS);
    for word in KEYWORDS {
        let found = wrong(&format!("evidence e {{ {word} : number }}"));
        assert!(found.starts_with("MP0108 1:14"), "{word}: {found}");
        let found = wrong(&format!("rule r {{ a = {word} }}"));
        assert_eq!(
            found.is_empty(),
            matches!(*word, "yes" | "no" | "today"),
            "{word}: {found}"
        );
    }
}

#[test]
fn newlines_and_comments_carry_no_meaning() {
    let text = include_str!("whole.pathway");
    let expected = tree(text);
    assert_eq!(tree(&text.replace('\n', "\r\n")), expected);
    let words = text.lines().map(|line| match line.trim_start() {
        doc if doc.starts_with("///") => format!("{line}\n"),
        _ => line.replace(' ', "  "),
    });
    let spread = words.collect::<Vec<_>>().join("\n// a comment\n");
    assert_eq!(
        tree(&spread).replace("  ", " "),
        expected.replace("  ", " ")
    );
}

#[test]
fn documentation_is_joined_and_belongs_to_what_follows() {
    let text = "/// One.\n/// Two.\n// no\nevidence e {\n  /// Hours.\n  hours : number\n  x : text\n}\n//// no\nevidence f\n";
    assert_snapshot!(tree(text), @r#"
    doc "One.\nTwo."
    evidence e
      doc "Hours."
      hours: number
      x: text
    evidence f
    "#);
    let comments = parsed(text).tree.comments;
    let docs: Vec<_> = comments.iter().map(|comment| comment.doc).collect();
    assert_eq!(docs, [true, true, false, true, false]);
}

#[test]
fn escapes_are_undone() {
    let text = r#"use "a\"b\\c\nd\u{e9}\u{1F600}""#;
    let tree = parsed(text).tree;
    let [item] = tree.items.as_slice() else {
        panic!("{tree:?}")
    };
    let ItemKind::Use(used) = &item.kind else {
        panic!("{item:?}")
    };
    assert_eq!(used.path.text, "a\"b\\c\ndé😀");
    assert_eq!(
        used.path.span,
        Span {
            file: FileId(0),
            start: 4,
            end: 31
        }
    );
}

#[test]
fn spans_cover_what_they_name() {
    let text = "role r {\n  eligible when lab \"L\": at least 20 total hours of k within 2 school years where a - b >= 3\n}\n";
    let tree = parse(FileId(7), text).tree;
    let cover = |span: Span| {
        assert_eq!(span.file, FileId(7));
        text.get(span.start as usize..span.end as usize)
            .unwrap_or("not in the text")
    };
    let [item] = tree.items.as_slice() else {
        panic!("{tree:?}")
    };
    assert_eq!(cover(item.span), text.trim_end());
    let ItemKind::Role(role) = &item.kind else {
        panic!("{item:?}")
    };
    let [RoleProperty::Eligible(words, requirement)] = role.properties.as_slice() else {
        panic!("{role:?}")
    };
    assert_eq!(cover(*words), "eligible when");
    assert!(
        cover(requirement.span).starts_with("lab \"L\"")
            && cover(requirement.span).ends_with(">= 3")
    );
    let Form::Records(records) = &requirement.form else {
        panic!("{requirement:?}")
    };
    let Measure::Aggregate(_, bound, _, field) = &records.measure else {
        panic!("{records:?}")
    };
    assert_eq!(
        (
            cover(bound.span),
            cover(field.span),
            cover(records.kind.span)
        ),
        ("20", "hours", "k")
    );
    let [within, condition] = records.clauses.as_slice() else {
        panic!("{records:?}")
    };
    assert_eq!(cover(within.span), "within 2 school years");
    let ClauseKind::Within(duration, None) = &within.kind else {
        panic!("{within:?}")
    };
    assert_eq!(
        (cover(duration.span), duration.unit),
        ("2 school years", Unit::SchoolYears)
    );
    let ClauseKind::Where(expr) = &condition.kind else {
        panic!("{condition:?}")
    };
    assert_eq!(cover(expr.span), "a - b >= 3");
    let ExprKind::Binary(left, _, operator, _) = &expr.kind else {
        panic!("{expr:?}")
    };
    assert_eq!((cover(left.span), cover(*operator)), ("a - b", ">="));
}
