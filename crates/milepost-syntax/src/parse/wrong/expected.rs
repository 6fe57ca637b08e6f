//! What to say was expected: the rules the parse tried at a place in, the few of them a reader needs out.
//!
//! Nearly everything may go on in some way (a label, an operator, another clause); what may go on is only
//! said where nothing is missing.

use super::words::words;
use crate::grammar::Rule;

/// The words for what was expected, the most telling first.
pub(super) fn shown(meant: Rule, expected: &[Rule], found: &str) -> Vec<&'static str> {
    let mut all: Vec<&'static str> = Vec::new();
    for &rule in expected {
        let words = match rule {
            Rule::EOI => after(meant),
            Rule::equal if meant == Rule::whole_level => "`=`",
            _ => words(rule),
        };
        if !all.contains(&words) {
            all.push(words);
        }
    }
    if meant == Rule::whole_requirement {
        let label = ["`cites`", "`advice`", "`waivable by`", "`formerly`", "`or`"];
        leave_out(&mut all, &[&["a title", "`:`"], &label[..]].concat());
        leave_out(&mut all, &[&["a title"], &label[..]].concat());
    }
    if all.contains(&"an operator") {
        leave_out(
            &mut all,
            &["a comparison", "`in`", "`is`", "a unit of time"],
        );
    }
    let telling = [
        ("a value", ["`next`", "`not`", "`-`"].as_slice()),
        (
            "a kind of evidence",
            &[
                "`criteria`",
                "`of`",
                "`points of`",
                "`total`, `average`, `highest` or `lowest`",
                "an operator",
            ],
        ),
        ("a number", &["a share such as `75%`"]),
        ("`{`", &["the next declaration", "`formerly`", "`effort`"]),
        (
            "`information`",
            &["`met`, `waived`, `pending`, `needs information` or `unmet`"],
        ),
        (
            "`met`, `waived`, `pending`, `needs information` or `unmet`",
            &["a label"],
        ),
        (
            "a day of the year such as `07-01`",
            &["an operator", "the next requirement"],
        ),
        ("`}`", &["a unit of time"]),
    ];
    for (kept, others) in telling {
        if all.contains(&kept) {
            leave_out(&mut all, others);
        }
    }
    leave_out(&mut all, &["`from`"]);
    if all.iter().any(|words| is_keyword(words)) {
        leave_out(&mut all, &["an operator", "a unit of time"]);
    }
    if found.starts_with('"') && all.len() > 2 {
        leave_out(&mut all, &["an operator"]);
    }
    all.sort_by_key(|words| ends(words));
    all
}

/// Leaves some words out if any others remain.
fn leave_out(all: &mut Vec<&'static str>, words: &[&str]) {
    if all.iter().any(|one| !words.contains(one)) {
        all.retain(|one| !words.contains(one));
    }
}

/// Whether one word of the language is meant.
pub(super) fn is_keyword(words: &str) -> bool {
    words
        .strip_prefix('`')
        .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// Whether what is being read might as well have ended.
pub(super) fn ends(words: &str) -> bool {
    words.starts_with("the next") || words.starts_with("another") || words.starts_with("a clause")
}

/// What may follow a whole stretch.
fn after(meant: Rule) -> &'static str {
    match meant {
        Rule::whole_requirement => "the next requirement",
        Rule::whole_clause => "another clause",
        Rule::whole_pathway_property
        | Rule::whole_competency_property
        | Rule::whole_role_property => "the next property",
        Rule::whole_field => "the next field",
        Rule::whole_level => "the next level",
        Rule::whole_cut => "the next cut score",
        Rule::whole_entry => "the next name",
        Rule::whole_use_header | Rule::whole_evidence_header => "the next declaration",
        _ => "the next line",
    }
}

/// Several of them in a sentence.
pub(super) fn joined(all: &[&str]) -> String {
    match all {
        [] => "something else".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
