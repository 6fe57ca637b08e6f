//! What fuzzing looks for, on the stable tool chain and the same each time: seeds, example programmes and records, whole,
//! cut short and changed in places. Out: nothing panics.

use std::collections::BTreeMap;
use std::path::Path;

use milepost_tests::generator::Random;
use milepost_tests::{examples, hostile, plans};

/// What stands in for a part of an input.
const PIECES: [&str; 24] = [
    "{",
    "}",
    "(",
    ")",
    "\"",
    ":",
    " - ",
    "%",
    "\0",
    "\u{202e}",
    "é",
    "//",
    "\\",
    "not ",
    " of ",
    "999999999",
    "-0",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "1e9",
    "null",
    "[[",
    "among latest 0 ",
];

fn seeds(target: &str) -> BTreeMap<String, Vec<u8>> {
    let seeds = hostile::files(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fuzz/seeds")
            .join(target),
    );
    assert!(!seeds.is_empty(), "no seeds for {target}");
    seeds
}

fn programmes() -> BTreeMap<String, Vec<u8>> {
    let mut all = examples::files().clone();
    all.retain(|name, _| name.ends_with(".pathway"));
    all
}

fn records() -> Vec<(&'static str, &'static str, &'static [u8])> {
    let all = examples::programmes().flat_map(|programme| {
        examples::records(programme).map(move |(name, record)| (programme, name, record))
    });
    let all: Vec<_> = all.collect();
    assert!(all.len() > 10, "no records");
    all
}

/// The input whole, cut short, and changed in a few places, so many times.
fn changed(bytes: &[u8], times: usize, try_out: fn(&[u8])) {
    try_out(bytes);
    let mut random = Random::new(bytes.len() as u64);
    for _ in 0..times {
        let cut = random.below(bytes.len() + 1);
        try_out(bytes.get(..cut).unwrap_or(bytes));
        let mut other = bytes.to_vec();
        for _ in 0..=random.below(3) {
            let at = random.below(other.len() + 1);
            let until = (at + random.below(12)).min(other.len());
            let piece = random.pick(&PIECES).as_bytes().to_vec();
            other.splice(at..until, piece);
        }
        try_out(&other);
    }
}

fn all(inputs: &BTreeMap<String, Vec<u8>>, times: usize, try_out: fn(&[u8])) {
    for (name, bytes) in inputs {
        println!("{name}");
        changed(bytes, times, try_out);
    }
}

#[test]
fn parsing_does_not() {
    all(&seeds("parse"), 20, hostile::parse);
    all(&programmes(), 20, hostile::parse);
}

#[test]
fn compiling_does_not() {
    all(&seeds("compile"), 20, hostile::compile);
    all(&programmes(), 10, hostile::compile);
}

#[test]
fn decoding_does_not() {
    all(&seeds("decode"), 20, hostile::decode);
    for (_, name, record) in records() {
        println!("{name}");
        changed(record, 10, hostile::decode);
    }
}

#[test]
fn loading_does_not() {
    all(&seeds("plan"), 40, plans::try_out);
}

#[test]
fn verifying_does_not() {
    let receipts = Path::new(env!("CARGO_MANIFEST_DIR")).join("receipts/0.1.0");
    changed(
        &hostile::files(&receipts)["receipt.json"],
        100,
        hostile::verify,
    );
    all(&seeds("verify"), 40, hostile::verify);
}

#[test]
fn checking_allocations_does_not() {
    let seeds = seeds("allocations");
    // A seed that is refused at once would try out nothing.
    assert!(hostile::holds(&seeds["outcome"]));
    all(&seeds, 400, hostile::check_allocations);
}

#[test]
fn changing_does_not() {
    all(&seeds("change"), 100, hostile::change);
}

#[test]
fn evaluating_does_not() {
    all(&seeds("evaluate"), 40, hostile::evaluate);
    for (programme, name, record) in records() {
        println!("{name}");
        let input = [&examples::files()[programme], record].join(&0);
        changed(&input, 5, hostile::evaluate);
    }
}
