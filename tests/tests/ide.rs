//! What an editor shows: the pages of `tests/ide/` in, whatever does not hold out.
//!
//! `tests/ide/README.md` says how a page is written. With `MILEPOST_BLESS` set, answers that differ are written anew; read
//! the difference.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a page that cannot be read is a failed test"
)]

#[path = "ide/answer.rs"]
mod answer;
#[path = "ide/page.rs"]
mod page;

use std::collections::BTreeSet;

/// Every page, and how many cases it has at least.
const PAGES: &[(&str, usize)] = &[
    ("hover", 20),
    ("completion", 20),
    ("rename", 20),
    ("definition", 5),
    ("references", 5),
    ("symbols", 3),
    ("folding", 3),
    ("tokens", 3),
    ("hints", 3),
    ("signature", 4),
    ("actions", 5),
];

#[test]
fn every_answer_is_what_its_page_says() {
    let bless = std::env::var_os("MILEPOST_BLESS").is_some();
    let mut wrong = Vec::new();
    for (name, least) in PAGES {
        let path = format!("{}/ide/{name}.md", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).expect("the page is there");
        let cases = page::cases(&text);
        assert!(cases.len() >= *least, "{name}: {} cases", cases.len());
        let mut blessed = text.clone();
        for case in &cases {
            let answer = answer::answer(name, case);
            if answer != case.answer {
                let Some(at) = blessed.find(&case.written) else {
                    panic!("{name}: two cases of one text");
                };
                blessed.replace_range(at..at + case.written.len(), &case.with(&answer));
                wrong.push(format!("{name}: {}\n{answer}", case.title));
            }
        }
        if bless && blessed != text {
            std::fs::write(&path, blessed).expect("the page is written");
        }
    }
    assert!(
        bless || wrong.is_empty(),
        "{} answers differ; they are now\n\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}

/// Every text of the grammar that is a word; the reserved words stand there by what they begin with.
#[test]
fn the_words_that_are_painted_are_those_of_the_grammar() {
    let grammar = include_str!("../../grammar/pathway.pest");
    let mut words: BTreeSet<&str> = milepost_syntax::KEYWORDS.iter().copied().collect();
    words.insert("hours"); // "hour" ~ "s"?
    let (before, rest) = grammar
        .split_once("reserved = @{")
        .expect("the reserved words");
    let (_, after) = rest.split_once("name_char").expect("their end");
    for line in before.lines().chain(after.lines()) {
        let code = line.split("//").next().unwrap_or_default();
        words.extend(
            code.split('"')
                .skip(1)
                .step_by(2)
                .filter(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase())),
        );
    }
    let painted: BTreeSet<&str> = milepost_ide::WORDS.iter().copied().collect();
    assert!(
        milepost_ide::WORDS.is_sorted(),
        "words are looked up by halving"
    );
    let missing: Vec<_> = words.difference(&painted).collect();
    let extra: Vec<_> = painted.difference(&words).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "not painted: {missing:?}\nnot in the grammar: {extra:?}"
    );
}

/// What the TextMate grammar takes for a word of the language, and every word that its patterns speak of.
#[test]
fn the_words_of_the_textmate_grammar_are_those_of_the_language() {
    let grammar = include_str!("../../grammar/pathway.tmLanguage.json");
    let grammar: serde_json::Value = serde_json::from_str(grammar).expect("it is JSON");
    let language: BTreeSet<&str> = milepost_ide::WORDS.iter().copied().collect();
    let patterns = grammar["repository"]["words"]["patterns"].as_array();
    let mut coloured = BTreeSet::new();
    for pattern in patterns.expect("the words") {
        let pattern = pattern["match"].as_str().expect("a pattern");
        let (_, list) = pattern.split_once("(?:").expect("a list of words");
        let (list, _) = list.split_once(')').expect("its end");
        for word in list.split('|') {
            assert!(coloured.insert(word), "`{word}` is coloured twice");
        }
    }
    let missing: Vec<_> = language.difference(&coloured).collect();
    let extra: Vec<_> = coloured.difference(&language).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "not coloured: {missing:?}\nnot in the language: {extra:?}"
    );
    let mut spoken = Vec::new();
    patterns_of(&grammar, &mut spoken);
    assert!(spoken.len() > 40, "{} patterns", spoken.len());
    for pattern in spoken {
        // `\b` before a word is no letter of it; `years?` is `year` and `years`.
        let plain = pattern.replace("\\b", " ").replace("\\t", " ");
        let plain = plain.replace("[a-z][a-z0-9_]*", " ");
        for word in plain.split(|c: char| !c.is_ascii_lowercase() && c != '?') {
            let several = word.trim_end_matches('?');
            assert!(
                several.is_empty() || language.contains(several),
                "`{word}` of {pattern}"
            );
        }
    }
}

/// Every regular expression in a TextMate grammar.
fn patterns_of<'g>(grammar: &'g serde_json::Value, into: &mut Vec<&'g str>) {
    match grammar {
        serde_json::Value::Array(all) => all.iter().for_each(|it| patterns_of(it, into)),
        serde_json::Value::Object(parts) => {
            for (name, part) in parts {
                match part.as_str() {
                    Some(text) if ["match", "begin", "end"].contains(&name.as_str()) => {
                        into.push(text);
                    }
                    _ => patterns_of(part, into),
                }
            }
        }
        _ => {}
    }
}
