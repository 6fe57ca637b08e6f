//! The one shape of pathway files. In: every programme there is, made-up ones, and all of them with other white space,
//! comments in odd places and mistakes. Out: the shape says the same, with every word and comment, and is its own shape.

#![expect(
    clippy::panic,
    reason = "everything here is a test, and panicking is how a test fails"
)]

use std::collections::BTreeMap;
use std::path::Path;

use milepost_diagnostics::FileId;
use milepost_engine::plan::Parts;
use milepost_syntax::{Parsed, parse};
use milepost_tests::conformance::page;
use milepost_tests::generator::{self, Random, Size};
use milepost_tests::{conformance, examples, hostile};

/// The shape of a text.
fn format(text: &str) -> String {
    milepost::format(text).text
}

/// What may stand between two words.
const GAPS: [&str; 9] = [
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "\n\n\n",
    " // said behind\n",
    "\n// said above\r\n",
    "\n\n/// documented \n\n// twice\n",
];

/// The words of a text and the comments between them.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            _ if rest.starts_with("//") => rest.find(['\n', '\r']),
            '"' => text_end(rest),
            '{' | '}' | '(' | ')' | ',' | ':' => Some(1),
            _ => {
                let end = rest.find(|c: char| c.is_whitespace() || "{}(),:\"".contains(c));
                end.into_iter().chain(rest.find("//")).min()
            }
        };
        let (word, after) = rest.split_at(length.unwrap_or(rest.len()));
        words.push(word.trim_end());
        rest = after.trim_start();
    }
    words
}

/// Where a text ends: behind its quote, or with its line.
fn text_end(rest: &str) -> Option<usize> {
    let mut escaped = false;
    rest.char_indices().skip(1).find_map(|(at, c)| match c {
        '\n' | '\r' => Some(at),
        '"' if !escaped => Some(at + 1),
        _ => {
            escaped = c == '\\' && !escaped;
            None
        }
    })
}

/// What a file says, and what is wrong with it, wherever that stands.
fn meaning(parsed: &Parsed) -> String {
    let tree = format!("{:?}", parsed.tree.items);
    let mut said = String::new();
    let mut pieces = tree.split("Span {");
    said.push_str(pieces.next().unwrap_or(""));
    for piece in pieces {
        said.push_str(piece.split_once('}').map_or(piece, |(_, rest)| rest));
    }
    let codes = parsed.diagnostics.iter().map(|problem| problem.code);
    said + &format!("{:?}", codes.collect::<Vec<_>>())
}

/// Formats a file and holds that nothing but its shape is other.
fn sound(name: &str, text: &str) -> String {
    let once = format(text);
    assert_eq!(
        words(text).concat(),
        words(&once).concat(),
        "{name}: the words of\n{text}"
    );
    let (before, after) = (parse(FileId(0), text), parse(FileId(0), &once));
    assert_eq!(
        meaning(&before),
        meaning(&after),
        "{name}: the meaning of\n{text}\n--- as\n{once}"
    );
    assert_eq!(once, format(&once), "{name}: twice\n{text}");
    if before.diagnostics.is_empty() {
        assert!(!once.contains('\r'), "{name}: a carriage return");
        let trailing = once.lines().any(|line| line.ends_with([' ', '\t']));
        assert!(
            !trailing,
            "{name}: white space at the end of a line\n{once}"
        );
        assert!(once.is_empty() || once.ends_with('\n') && !once.ends_with("\n\n"));
        assert!(!once.contains("\n\n\n"), "{name}: two empty lines\n{once}");
    }
    once
}

/// A text with other things between some of its words.
fn spaced(random: &mut Random, text: &str, often: usize) -> String {
    let mut out = String::new();
    for word in words(text) {
        let gap = if word.starts_with("//") {
            "\n"
        } else if random.chance(often) {
            random.pick(&GAPS)
        } else {
            " "
        };
        if word.starts_with("//") {
            out.push_str(if random.chance(50) { "\n" } else { "" });
        }
        out.push_str(word);
        out.push_str(gap);
    }
    out
}

/// The files of the examples, the conformance corpus and the seeds of the fuzzer.
fn files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut add = |name: String, bytes: &[u8]| {
        if let Ok(text) = std::str::from_utf8(bytes) {
            files.insert(name, text.to_owned());
        }
    };
    for (name, bytes) in examples::files() {
        if name.ends_with(".pathway") {
            add(name.clone(), bytes);
        }
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["fuzz/seeds/parse", "fuzz/seeds/compile", "plans/format-2"] {
        for (name, bytes) in hostile::files(&here.join(folder)) {
            add(format!("{folder}/{name}"), &bytes);
        }
    }
    let pages = conformance::pages().unwrap_or_else(|why| panic!("{why}"));
    for page in &pages {
        for case in page::cases(page).unwrap_or_else(|why| panic!("{}: {why}", page.name)) {
            for (name, bytes) in &case.programme.files {
                add(format!("{}:{}:{name}", page.name, case.line), bytes);
            }
        }
    }
    files
}

/// The plan of a programme, if it has one, but for the hash of its texts.
fn plan(files: &BTreeMap<String, Vec<u8>>, main: &str) -> Option<Parts> {
    let read = |path: &str| files.get(path).cloned().ok_or_else(|| "no".to_owned());
    let compiled = milepost::compile(&read, main);
    let mut parts = compiled.plan().ok()?.plan().parts().clone();
    parts.programme.definition = [0; 32];
    Some(parts)
}

/// All files of a programme, formatted.
fn formatted(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let format = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) => format(text).into_bytes(),
        Err(_) => bytes.to_vec(),
    };
    let each = files.iter();
    each.map(|(name, bytes)| (name.clone(), format(bytes)))
        .collect()
}

#[test]
fn every_example_has_its_shape() {
    let other = examples::files().iter().filter(|(name, bytes)| {
        name.ends_with(".pathway")
            && std::str::from_utf8(bytes).is_ok_and(|text| format(text) != text)
    });
    let other: Vec<_> = other.map(|(name, _)| name).collect();
    assert!(other.is_empty(), "run `milepost fmt pathways`: {other:?}");
}

#[test]
fn the_page_shows_the_shape() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/reference/formatting.md");
    let page = std::fs::read_to_string(page).unwrap_or_else(|why| panic!("{why}"));
    let shown = page
        .split("```pathway\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let shown = shown.unwrap_or_else(|| panic!("the page shows nothing"));
    assert_eq!(format(shown), shown);
}

#[test]
fn every_file_keeps_its_words_and_meaning() {
    for (name, text) in files() {
        sound(&name, &text);
    }
}

#[test]
fn plans_are_the_same() {
    let mut plans = 0;
    let mut same = |name: &str, files: &BTreeMap<String, Vec<u8>>, main: &str| {
        let before = plan(files, main);
        plans += usize::from(before.is_some());
        assert!(before == plan(&formatted(files), main), "{name}");
    };
    for name in examples::programmes() {
        same(name, examples::files(), name);
    }
    let pages = conformance::pages().unwrap_or_else(|why| panic!("{why}"));
    for page in &pages {
        for case in page::cases(page).unwrap_or_else(|why| panic!("{}: {why}", page.name)) {
            let files = case.programme.files.iter().cloned().collect();
            same(&case.heading, &files, page::MAIN);
        }
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let kept = hostile::files(&here.join("plans/format-2"));
    same("every form", &kept, "every_form.pathway");
    assert!(plans > 500, "only {plans} programmes have a plan");
}

#[test]
fn anything_may_stand_between_two_words() {
    let mut random = Random::new(1);
    let mut whole = 0;
    for (name, text) in files() {
        for often in [3, 20, 100] {
            let spaced = spaced(&mut random, &text, often);
            whole += usize::from(parse(FileId(0), &spaced).diagnostics.is_empty());
            sound(&name, &spaced);
        }
    }
    assert!(
        whole > 500,
        "only {whole} files are whole with other spaces"
    );
}

#[test]
fn programmes_by_chance() {
    let mut plans = 0;
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let (programme, _) = generator::programme(&mut random, Size::WHOLE);
        let text = programme.text();
        let name = format!("seed {seed}");
        let whole = sound(&name, &text);
        let spaced = spaced(&mut random, &text, 30);
        sound(&name, &spaced);
        let files = |text: String| BTreeMap::from([(page::MAIN.to_owned(), text.into_bytes())]);
        let before = plan(&files(text), page::MAIN);
        plans += usize::from(before.is_some());
        assert!(before == plan(&files(whole), page::MAIN), "{name}");
    }
    assert!(plans > 150, "only {plans} programmes have a plan");
}

#[test]
fn files_with_mistakes() {
    let mut random = Random::new(2);
    let pieces = [
        "{", "}", "(", "\"", ":", ",", "//", " - ", "x", "\u{a0}", "\u{200b}", "\n", "",
    ];
    for (name, text) in files() {
        for _ in 0..6 {
            let at = text.floor_char_boundary(random.below(text.len() + 1));
            let until = text.floor_char_boundary((at + random.below(9)).min(text.len()));
            let mut other = text.clone();
            other.replace_range(at..until.max(at), random.pick(&pieces));
            sound(&name, &other);
        }
    }
}

#[test]
fn no_line_is_longer_than_it_has_to_be() {
    let ends = [
        ("role r \"R\" { eligible when ", " }"),
        ("role r \"R\" { eligible when all of { ", " } }"),
        (
            "role r \"R\" { eligible when all of { l \"L\": ",
            "  k: x } }",
        ),
        ("rule called(n: number) { all of { any of { ", " } } }"),
    ];
    for (before, after) in ends {
        for length in 1..=64 {
            let (long, other) = ("a".repeat(length), "b".repeat(20));
            let condition = format!("{long} >= 1 and {other} >= 1");
            let records = format!(
                "at least 2 {long} within 3 years where {other} >= mastered by different {other}"
            );
            for asked in [condition, records, long] {
                let shape = sound("made up", &format!("{before}{asked}{after}\n"));
                let longest = shape.lines().map(str::len).max().unwrap_or(0);
                assert!(longest <= 110, "{longest}\n{shape}");
            }
        }
    }
}
