//! Receipts that are none: each is refused with a reason and a place, and nothing panics, overflows or hangs.

use milepost::ReceiptRefusal;
use milepost_tests::generator::Random;

use super::{Example, examples, receipt};

fn refused(example: &Example, receipt: &[u8]) -> ReceiptRefusal {
    let record = example.pathway.decode_record(&example.record).unwrap();
    match example.pathway.verify(receipt, &record) {
        Err(refusal) => refusal,
        Ok(verification) => panic!("it is not refused: {}", verification.to_json()),
    }
}

fn why(example: &Example, receipt: &[u8]) -> String {
    let refusal = refused(example, receipt);
    assert!(
        refusal
            .to_string()
            .starts_with("the receipt is refused\n  ")
    );
    let problems: Vec<String> = refusal.0.problems.iter().map(ToString::to_string).collect();
    problems.join("\n")
}

/// A receipt with an outcome of its own.
fn with_outcome(outcome: &str) -> String {
    let zeros = "0".repeat(64);
    format!(
        r#"{{"receipt":1,"milepost":"0.1.0","definition":"sha256:{zeros}","record":"sha256:{zeros}","as_of":"2026-11-22","outcome":{outcome}}}"#
    )
}

#[test]
fn what_is_no_receipt_is_refused_with_a_reason() {
    let example = examples().remove(0);
    let good = receipt(&example);
    let other = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        good.replacen(from, to, 1)
    };
    let form = "/receipt: this version of Milepost does not read receipts of the form";
    let reads = "it reads the form 1; a later version of Milepost may read both";
    for (text, expected) in [
        (String::new(), "line 1, column 1: this is not JSON: the text ends in the middle".to_owned()),
        ("[]".to_owned(), "a receipt is an object, found a list".to_owned()),
        ("7".to_owned(), "a receipt is an object, found the number `7`".to_owned()),
        (format!("{good}x"), format!("line 1, column {}: this is not JSON: something follows the end of the receipt", good.chars().count() + 1)),
        (other("\"receipt\":1", "\"receipt\":2"), format!("{form} `2`; {reads}")),
        (other("\"receipt\":1", "\"receipt\":1.0"), format!("{form} `1.0`; {reads}")),
        ("{\"sealed\":true,\"receipt\":7}".to_owned(), format!("{form} `7`; {reads}")),
        (other("\"receipt\":1", "\"receipt\":\"1\""), "/receipt: expected the number of a form of receipts, found the text `1`".to_owned()),
        (other("\"receipt\":1", "\"receipt\":1,\"recieved\":1"), "/recieved: a receipt has no key `recieved`; known are `receipt`, `milepost`, `definition`, `record`, `as_of`, `outcome`".to_owned()),
        (other("\"receipt\":1", "\"receipt\":1,\"reciept\":1"), "/reciept: a receipt has no key `reciept`; did you mean `receipt`?".to_owned()),
        (other("\"receipt\":1", "\"receipt\":1,\"receip\\u0074\":1"), "/receipt: this key stands twice in one object".to_owned()),
        (other("\"milepost\":\"0.1.0\",\"definition\"", "\"definition\""), "`milepost` is missing".to_owned()),
        (other("\"milepost\":\"0.1.0\"", "\"milepost\":1"), "/milepost: expected the version of Milepost that wrote it, found the number `1`".to_owned()),
        (other("\"as_of\":\"2026-11-22\"", "\"as_of\":\"2026-02-29\""), "/as_of: expected a date like `2026-07-01`, found the text `2026-02-29`".to_owned()),
        (with_outcome("null"), "/outcome: expected the outcome, an object, found `null`".to_owned()),
        (with_outcome(r#"{"a":{"b":1,"b":1}}"#), "/outcome/a/b: this key stands twice in one object".to_owned()),
        (with_outcome(r#"{"a":["\ud800"]}"#), "/outcome/a/0: the text has an escape that stands for no character".to_owned()),
    ] {
        assert_eq!(why(&example, text.as_bytes()), expected, "{text:.200}");
    }
    for hash in [
        "",
        "sha256:",
        "md5:00",
        &format!("sha256:{}", "A".repeat(64)),
        &format!("sha256:{}", "0".repeat(65)),
    ] {
        let text = with_outcome("{}").replacen(&format!("sha256:{}", "0".repeat(64)), hash, 1);
        let said = why(&example, text.as_bytes());
        assert!(
            said.starts_with(
                "/definition: expected `sha256:` and 64 hexadecimal digits in small letters, found"
            ),
            "{said}"
        );
    }
    let missing = why(&example, b"{}");
    assert_eq!(missing.lines().count(), 6, "{missing}");
    let latin = [&b"{\"receipt\":1,\"milepost\":\""[..], b"\xe9\"}"].concat();
    assert!(why(&example, &latin).starts_with("the text is not UTF-8: byte 25 "));
}

#[test]
fn numbers_of_any_size_are_only_compared() {
    let example = examples().remove(0);
    let record = example.pathway.decode_record(&example.record).unwrap();
    for number in [
        "1e400",
        "-1e-999999999999999999999",
        &"9".repeat(100_000),
        "0.1e+5",
    ] {
        let text = with_outcome(&format!(r#"{{"as_of":{number},"x":[{number}]}}"#));
        let verification = example.pathway.verify(text.as_bytes(), &record).unwrap();
        assert!(!verification.same && !verification.outcome.verdicts_same);
        let difference = verification
            .outcome
            .differences
            .iter()
            .find(|it| it.pointer == "/outcome/as_of");
        let shown = difference.and_then(|it| it.receipt.clone()).unwrap();
        assert!(shown.chars().count() <= 201 && shown.starts_with(number.get(..5).unwrap()));
    }
}

#[test]
fn depth_and_size_have_bounds() {
    let example = examples().remove(0);
    let nested = |open: &str, close: &str, levels: usize| {
        with_outcome(&format!(
            "{{\"roles\":{}1{}}}",
            open.repeat(levels),
            close.repeat(levels)
        ))
    };
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let said = why(&example, nested(open, close, 1_000_000).as_bytes());
        assert!(
            said.ends_with("the document nests more than 512 deep"),
            "{said:.200}"
        );
        let record = example.pathway.decode_record(&example.record).unwrap();
        let verification = example
            .pathway
            .verify(nested(open, close, 500).as_bytes(), &record);
        assert!(!verification.unwrap().same);
    }
    let outside = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert_eq!(
        why(&example, outside.as_bytes()),
        "a receipt is an object, found a list"
    );
    let open = "{\"receipt\":".repeat(1_000_000);
    assert!(why(&example, open.as_bytes()).ends_with("the text ends in the middle"));

    let many = with_outcome(&format!("{{\"roles\":[{}1]}}", "1,".repeat(50 << 20)));
    assert!(many.len() > 100 << 20);
    assert!(why(&example, many.as_bytes()).ends_with("a document of more than 4 000 000 values"));
    let long = with_outcome(&format!("{{\"candidate\":\"{}\"}}", "x".repeat(100 << 20)));
    let record = example.pathway.decode_record(&example.record).unwrap();
    assert!(
        !example
            .pathway
            .verify(long.as_bytes(), &record)
            .unwrap()
            .same
    );
    let mut whole = with_outcome("{}").into_bytes();
    whole.resize((256 << 20) + 1, b' ');
    assert_eq!(why(&example, &whole), "a receipt of more than 256 MiB");
}

#[test]
fn receipts_changed_by_chance_are_refused_or_compared() {
    let (mut refused, mut compared) = (0, 0);
    for example in examples() {
        let record = example.pathway.decode_record(&example.record).unwrap();
        let good = receipt(&example).into_bytes();
        let mut random = Random::new(good.len() as u64);
        for _ in 0..200 {
            let mut other = good.clone();
            if random.chance(20) {
                other.truncate(random.below(other.len()));
            }
            for _ in 0..=random.below(2) {
                let at = random.below(other.len() + 1).min(other.len());
                let to = (at + random.below(4)).min(other.len());
                let piece = random.choose(&[
                    "", "\"", "{", "]", ",", "\\", "0", "-", "e9", "null", "\u{fe}", "\0",
                ]);
                other.splice(at..to, piece.bytes());
            }
            match example.pathway.verify(&other, &record) {
                Err(refusal) => {
                    assert!(!refusal.0.problems.is_empty());
                    refused += 1;
                }
                Ok(verification) => {
                    let unchanged = other == good;
                    let number = verification.outcome.differences.len();
                    assert_eq!(verification.outcome.same, number == 0);
                    assert!(verification.same || !unchanged);
                    compared += 1;
                }
            }
        }
    }
    assert!(
        refused > 500 && compared > 500,
        "{refused} refused, {compared} compared"
    );
}
