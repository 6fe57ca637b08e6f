//! Receipts on the command line: printed, verified, refused.

use std::fs;
use std::path::Path;

use super::{EVALUATE, Run, file, folder, milepost, run, run_fed, run_with};

/// The receipt of the command's example, in a file of its own.
fn receipt(folder: &Path) -> String {
    let printed = run(&format!("{EVALUATE} --receipt"));
    assert_eq!((printed.err.as_str(), printed.code), ("", 0));
    assert_eq!(printed.out.lines().count(), 1);
    file(folder, "receipt.json", printed.out)
}

fn verify(receipt: &str, more: &str) -> Run {
    run_with(&format!("verify {receipt} {more}"), &[("COLUMNS", "80")])
}

const WITH: &str = "--record record.json --plan coach.pathway";

fn changed(folder: &Path, receipt: &str, from: &str, to: &str) -> String {
    let text = fs::read_to_string(receipt).expect("the receipt");
    assert!(text.contains(from), "{from}");
    file(folder, "changed.json", text.replacen(from, to, 1))
}

#[test]
fn a_receipt_is_the_outcome_with_what_it_rests_on() {
    let outcome = run(&format!("{EVALUATE} --format json"));
    let receipt = run(&format!("{EVALUATE} --receipt --format text"));
    let (head, rest) = receipt.out.split_once(",\"outcome\":").expect("an outcome");
    assert_eq!(rest, format!("{}}}\n", outcome.out.trim_end()));
    insta::assert_snapshot!("receipt", head);
    let pretty = run(&format!("{EVALUATE} --receipt --pretty"));
    let squeezed: String = pretty
        .out
        .lines()
        .map(str::trim_start)
        .collect::<String>()
        .replace("\": ", "\":");
    assert_eq!(squeezed, receipt.out.trim_end());
    let required = run(&format!("{EVALUATE} --receipt --require coach"));
    assert_eq!((required.out, required.code), (receipt.out, 1));
}

#[test]
fn a_receipt_that_holds_is_said_to() {
    let folder = folder("receipt_that_holds");
    let receipt = receipt(&folder);
    let same = verify(&receipt, WITH);
    insta::assert_snapshot!("verify_same", same.whole());
    let json = verify(&receipt, &format!("{WITH} --format json"));
    assert!(json.out.starts_with("{\"same\":true,") && json.out.ends_with("}\n"));
    assert_eq!((json.err.as_str(), json.code), ("", 0));

    let plan = folder.join("coach.plan").display().to_string();
    let compiled = run(&format!("compile coach.pathway -o {plan}"));
    assert_eq!(compiled.code, 0, "{}", compiled.err);
    let planned = verify(&receipt, &format!("--record record.json --plan {plan}"));
    assert_eq!((planned.out, planned.code), (same.out.clone(), 0));

    let text = fs::read(&receipt).expect("the receipt");
    let piped = run_fed(&format!("verify - {WITH}"), &text);
    assert_eq!(piped.code, 0);
    let record = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/record.json"));
    let piped = run_fed(
        &format!("verify {receipt} --record - --plan coach.pathway"),
        &record.expect("the record"),
    );
    assert_eq!(piped.code, 0);
}

#[test]
fn a_receipt_that_does_not_hold_is_said_where() {
    let folder = folder("receipt_that_does_not_hold");
    let receipt = receipt(&folder);
    let status = changed(
        &folder,
        &receipt,
        "\"status\":\"unmet\"",
        "\"status\":\"met\"",
    );
    insta::assert_snapshot!("verify_changed", verify(&status, WITH).whole());

    let record = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/record.json");
    let record = fs::read_to_string(record).expect("the record");
    let record = file(
        &folder,
        "record.json",
        record.replacen("2026-06-02", "2026-06-03", 1),
    );
    let with = format!("--record {record} --plan coach.pathway");
    insta::assert_snapshot!("verify_other_record", verify(&receipt, &with).whole());

    let text = fs::read_to_string(&receipt).expect("the receipt");
    let older = text.replace("\"milepost\":\"0.1.0\"", "\"milepost\":\"0.0.9\"");
    assert_eq!(older.matches("0.0.9").count(), 2);
    let older = verify(&file(&folder, "older.json", older), WITH);
    assert_eq!(older.code, 0);
    let told = "0.0.9 wrote the receipt, 0.1.0 replayed it";
    assert!(older.out.contains(told), "{}", older.out);

    for width in [20, 30, 60] {
        let narrow = run_with(
            &format!("verify {status} {WITH}"),
            &[("COLUMNS", &width.to_string())],
        );
        for line in narrow.out.lines() {
            assert!(line.chars().count() <= width, "{width}: {line:?}");
        }
    }
}

#[test]
fn what_is_no_receipt_is_refused() {
    let folder = folder("no_receipt");
    let receipt = receipt(&folder);
    let future = changed(&folder, &receipt, "\"receipt\":1", "\"receipt\":2");
    let said = verify(&future, WITH);
    assert_eq!((said.out.as_str(), said.code), ("", 2));
    assert!(
        said.said().contains(
            "error: /receipt: this version of Milepost does not read receipts of the form `2`"
        ),
        "{}",
        said.err
    );
    let broken = file(&folder, "broken.json", "{\"receipt\":1,");
    let said = verify(&broken, WITH);
    assert_eq!((said.out.as_str(), said.code), ("", 2));
    assert!(
        said.said()
            .contains("error: line 1, column 14: this is not JSON: the text ends in the middle")
    );
    assert!(said.said().contains("is refused for a problem"));

    let missing = verify("nowhere.json", WITH);
    assert_eq!(missing.code, 2);
    assert!(
        missing
            .said()
            .contains("the receipt `nowhere.json` cannot be read: there is no such file")
    );
    let record = verify(&receipt, "--record refused.json --plan coach.pathway");
    assert_eq!((record.out.as_str(), record.code), ("", 2));
    assert!(
        record
            .said()
            .contains("the record `refused.json` is refused for 3 problems")
    );
    let plan = verify(&receipt, "--record record.json --plan wrong.pathway");
    assert_eq!((plan.out.as_str(), plan.code), ("", 2));
    let both = verify("-", "--record - --plan coach.pathway");
    assert_eq!(both.code, 2);
    assert!(both.said().contains("cannot both come from standard input"));
}

#[test]
fn nothing_in_a_receipt_steers_the_terminal() {
    let folder = folder("receipt_that_steers");
    let receipt = receipt(&folder);
    let steering = changed(
        &folder,
        &receipt,
        "\"notices\":[",
        "\"\\u001b[2J\u{202e}x\":\"\u{202e}\u{9b}2J\",\"notices\":[",
    );
    let mut command = milepost(&format!("verify {steering} {WITH}"));
    let shown = Run::of(command.output().expect("it starts"));
    assert_eq!(shown.code, 1);
    let steers = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    assert!(!shown.out.chars().any(steers), "{:?}", shown.out);
    let key = changed(
        &folder,
        &receipt,
        "\"receipt\":1",
        "\"receipt\":1,\"\u{202e}\":1",
    );
    let shown = verify(&key, WITH);
    assert_eq!(shown.code, 2);
    assert!(!shown.err.chars().any(steers), "{:?}", shown.err);
}

#[test]
fn a_document_keeps_every_byte_it_has() {
    let folder = folder("document_keeps_every_byte");
    let receipt = receipt(&folder);
    let changed = changed(&folder, &receipt, "\"opens_on\"", "\"opens_\u{7f}on\"");
    let json = verify(&changed, &format!("{WITH} --format json"));
    assert!(json.out.contains("/opens_\u{7f}on\""), "{}", json.out);
    assert!(!verify(&changed, WITH).out.contains('\u{7f}'));
}
