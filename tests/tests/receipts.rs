//! Decision records. In: programmes and records, made up, of `pathways/` and kept; receipts, whole, changed and hostile.
//! Out: a canonical record that depends on how a record is written, a receipt that does not hold, one that wrongly does.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a suite that cannot set itself up has failed"
)]

#[path = "receipts/canonical.rs"]
mod canonical;
#[path = "receipts/hostile.rs"]
mod hostile;
#[path = "receipts/kept.rs"]
mod kept;
#[path = "receipts/tampered.rs"]
mod tampered;

use std::collections::BTreeMap;
use std::path::Path;

use milepost::{Date, Pathway, Verification};
use milepost_tests::examples;
use sha2::{Digest, Sha256};

/// A programme of `pathways/` and one of its records.
struct Example {
    /// Both by name.
    name: String,
    pathway: Pathway,
    record: Vec<u8>,
}

fn day() -> Date {
    "2026-11-22".parse().unwrap()
}

fn compiled(path: &Path) -> Pathway {
    let folder = path.parent().unwrap();
    let reader = |path: &str| std::fs::read(folder.join(path)).map_err(|why| why.to_string());
    let name = path.file_name().unwrap().to_string_lossy();
    let compiled = milepost::compile(&reader, &name);
    compiled
        .plan()
        .cloned()
        .unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// Every programme of `pathways/` with each of its records.
fn examples() -> Vec<Example> {
    let mut examples = Vec::new();
    for programme in examples::programmes() {
        let pathway = examples::compiled(programme);
        for (file, record) in examples::records(programme) {
            examples.push(Example {
                name: format!(
                    "{programme} {}",
                    file.rsplit('/').next().unwrap_or_default()
                ),
                pathway: pathway.clone(),
                record: record.to_vec(),
            });
        }
    }
    assert!(examples.len() > 10, "no examples");
    examples
}

/// What verifying shows, of a receipt that can be read.
fn verified(pathway: &Pathway, receipt: &str, record: &[u8]) -> Verification {
    let record = pathway.decode_record(record).unwrap();
    pathway
        .verify(receipt.as_bytes(), &record)
        .unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// The receipt of an example.
fn receipt(example: &Example) -> String {
    let record = example.pathway.decode_record(&example.record).unwrap();
    example.pathway.receipt(&record, day())
}

#[test]
fn every_receipt_of_the_examples_holds_however_it_is_laid_out() {
    let mut texts = BTreeMap::new();
    for example in examples() {
        let name = &example.name;
        let receipt = receipt(&example);
        let record = example.pathway.decode_record(&example.record).unwrap();
        let outcome = example.pathway.evaluate(&record, day()).to_json();
        assert!(
            receipt.ends_with(&format!(",\"outcome\":{outcome}}}")),
            "{name}"
        );
        let read = milepost::wire::Receipt::read(&receipt).unwrap();
        let value: serde_json::Value = serde_json::from_str(&receipt).unwrap();
        for text in [
            receipt.clone(),
            format!("\u{feff}{receipt}\n"),
            read.to_json_pretty(),
            // Keys in the order of the alphabet, and numbers that were floats for a while.
            value.to_string(),
        ] {
            let verification = verified(&example.pathway, &text, &example.record);
            assert!(verification.same, "{name}: {}", verification.to_json());
        }
        texts.insert(read.record, name.clone());
    }
    assert_eq!(texts.len(), examples().len(), "two records have one hash");
}

/// Keys in alphabetical order, no space, the shortest numbers and texts: what other tools make canonical is the same.
#[test]
fn canonical_records_are_canonical_json() {
    for example in examples() {
        let record = example.pathway.decode_record(&example.record).unwrap();
        let canonical = milepost::canonical::record(&record);
        let value: serde_json::Value = serde_json::from_str(&canonical).unwrap();
        assert_eq!(value.to_string(), canonical, "{}", example.name);
    }
}

#[test]
fn a_receipt_says_what_it_rests_on() {
    let example = examples().remove(0);
    let record = example.pathway.decode_record(&example.record).unwrap();
    let receipt: serde_json::Value = serde_json::from_str(&receipt(&example)).unwrap();
    let outcome = receipt.get("outcome").unwrap();
    assert_eq!(receipt.get("receipt").unwrap(), 1);
    assert_eq!(receipt.get("milepost"), outcome.get("milepost"));
    assert_eq!(
        receipt.get("definition"),
        outcome.pointer("/programme/definition")
    );
    assert_eq!(receipt.get("as_of").unwrap(), "2026-11-22");
    let canonical = milepost::canonical::record(&record);
    let hash = Sha256::digest(canonical.as_bytes());
    let digits: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let hash = format!("sha256:{digits}");
    assert_eq!(receipt.get("record").unwrap(), &hash);
}
