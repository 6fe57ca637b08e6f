//! Input of every size and shape gives a result or a clear error: large, deep, hostile and merely odd.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use milepost::{Code, Compiled, Levels, compile};

const HEADER: &str = "pathway p \"P\" { version \"1\" }\n";

/// Compiles one text.
fn one(text: impl AsRef<[u8]>) -> Compiled {
    compile(&BTreeMap::from([("main.pathway", text)]), "main.pathway")
}

/// The codes found, each once, in the order of the text.
fn codes(compiled: &Compiled) -> Vec<Code> {
    let mut codes: Vec<_> = compiled
        .diagnostics()
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect();
    codes.dedup();
    codes
}

#[test]
fn ten_megabytes_of_text_are_refused_in_one_sentence() {
    let compiled = one("// ten characters\n".repeat(600_000));
    assert_eq!(codes(&compiled), [Code::FileTooLarge]);
}

#[test]
fn two_megabytes_of_declarations_are_read() {
    let mut text = String::from(HEADER);
    text.push_str("evidence kind_first\n");
    while text.len() < 2_000_000 {
        let at = text.len();
        writeln!(
            text,
            "evidence kind_{at} \"Kind {at}\" {{ hours : number \"Hours\" }}"
        )
        .unwrap();
    }
    text.push_str("role r { eligible when no kind_first }\n");
    let compiled = one(text);
    assert!(
        !compiled.has_errors(),
        "{:?}",
        compiled.diagnostics().first()
    );
    assert!(compiled.diagnostics().len() <= 1_001);
    assert!(compiled.plan().is_ok());
    // The last one counts those that are not told, also for who looks for more.
    let findings = compiled.findings(&Levels::default());
    assert_eq!(findings.last(), compiled.diagnostics().last());
    let last = findings.last().map(|last| last.message.as_str());
    assert!(last.is_some_and(|last| last.ends_with(" more problems") && !last.contains(" 1 more")));
}

#[test]
fn a_hundred_thousand_braces_are_one_diagnostic() {
    for text in [
        "{".repeat(100_000),
        "(".repeat(100_000),
        format!(
            "{HEADER}role r {{ eligible when {}",
            "all of {".repeat(100_000)
        ),
    ] {
        let compiled = one(text);
        assert!(
            codes(&compiled).contains(&Code::NestedTooDeep),
            "{:?}",
            codes(&compiled)
        );
        assert!(compiled.diagnostics().len() <= 2);
    }
}

#[test]
fn endless_chains_are_refused_not_followed() {
    for chain in [
        "not ".repeat(100_000) + "a",
        "a + ".repeat(100_000) + "1 = 1",
        "a and ".repeat(100_000) + "a",
    ] {
        let compiled = one(format!(
            "{HEADER}candidate \"T\" {{ a : yes/no }}\nrole r {{ eligible when {chain} }}"
        ));
        assert_eq!(codes(&compiled), [Code::TooManyOperators]);
    }
}

#[test]
fn a_chain_of_competencies_as_long_as_a_programme_is_followed() {
    let mut text = format!("{HEADER}evidence e\ncompetency c0 {{ requires at least 1 e }}\n");
    for at in 1..20_000 {
        writeln!(
            text,
            "competency c{at} {{ requires competency c{} }}",
            at - 1
        )
        .unwrap();
    }
    let compiled = one(&text);
    assert!(
        !compiled.has_errors(),
        "{:?}",
        compiled.diagnostics().first()
    );
    let record =
        br#"{ "id": "x", "evidence": [{ "id": "e1", "kind": "e", "date": "2026-01-01" }] }"#;
    let pathway = compiled.plan().unwrap();
    let record = pathway.decode_record(record).unwrap();
    let outcome = pathway.evaluate(&record, "2026-11-22".parse().unwrap());
    assert_eq!(outcome.status("c19999"), Some(milepost::wire::Status::Met));

    let circle = text.replace("requires at least 1 e", "requires competency c19999");
    assert!(codes(&one(circle)).contains(&Code::DependencyCycle));
}

#[test]
fn rules_that_multiply_are_stopped() {
    let mut text = format!("{HEADER}evidence e\nrule r0 {{ at least 1 e }}\n");
    for at in 1..40 {
        let below = at - 1;
        writeln!(
            text,
            "rule r{at} {{ all of {{ one: rule r{below} two: rule r{below} }} }}"
        )
        .unwrap();
    }
    text.push_str("role r { eligible when rule r39 }\n");
    let found = codes(&one(text));
    assert!(
        matches!(
            found.as_slice(),
            [Code::TooManyRequirements | Code::NestedTooDeep]
        ),
        "{found:?}"
    );
}

#[test]
fn a_file_that_uses_itself_is_told_so() {
    let compiled = one(format!(
        "use \"main.pathway\"\n{HEADER}evidence e\nrole r {{ eligible when no e }}"
    ));
    assert_eq!(codes(&compiled), [Code::UseCycle]);
}

#[test]
fn a_byte_that_no_text_has_is_refused() {
    let compiled = one(b"pathway p {\n version \"\xff\" }".as_slice());
    assert_eq!(codes(&compiled), [Code::NotUtf8]);
    assert!(
        compiled.diagnostics()[0].message.contains("line 2"),
        "{}",
        compiled.diagnostics()[0].message
    );
}

#[test]
fn line_endings_and_a_byte_order_mark_change_nothing() {
    let text =
        format!("{HEADER}/// A kind.\nevidence e \"E\"\nrole r {{\n  eligible when no e\n}}\n");
    let plain = one(&text);
    for other in [text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
        let other = one(other);
        assert_eq!(codes(&other), []);
        let (mut one, mut two) = (
            plain.plan().unwrap().plan().parts().clone(),
            other.plan().unwrap().plan().parts().clone(),
        );
        one.programme.definition = [0; 32];
        two.programme.definition = [0; 32];
        assert_eq!(one, two);
    }
}

#[test]
fn a_million_records_are_evaluated_and_one_more_is_refused() {
    let compiled = one(format!(
        "{HEADER}evidence e {{ hours : number  assessor : text }}\nrole r {{\n  eligible when all of {{\n    at least 999999 e\n    \
         at least 5 e by different assessor\n    at least 1000000 total hours of e among latest 1000000\n  }}\n}}"
    ));
    let pathway = compiled.plan().unwrap();
    let mut json = String::from(r#"{"id":"invented","evidence":["#);
    for at in 0..1_000_000 {
        let comma = if at == 0 { "" } else { "," };
        let day = 1 + at % 28;
        write!(json, r#"{comma}{{"id":"e{at}","kind":"e","date":"2026-01-{day:02}","hours":1,"assessor":"a{}"}}"#, at % 7).unwrap();
    }
    let whole = format!("{json}]}}");
    let record = pathway.decode_record(whole.as_bytes()).unwrap();
    let outcome = pathway.evaluate(&record, "2026-11-22".parse().unwrap());
    assert_eq!(outcome.status("r"), Some(milepost::wire::Status::Met));

    json.push_str(r#",{"id":"last","kind":"e","date":"2026-01-01","hours":1,"assessor":"a"}]}"#);
    let refusal = pathway.decode_record(json.as_bytes()).unwrap_err();
    assert!(refusal.to_string().contains("1 000 000"), "{refusal}");
}

#[test]
fn what_an_outcome_would_have_to_tell_of_is_bounded() {
    let requirements = "at least 1 task\n".repeat(1_000);
    let text = format!(
        "pathway p \"P\" {{ version \"1\" }}\nevidence task \"Task\"\nevidence note \"Note\"\n\
         role r \"R\" {{ eligible when all of {{ {requirements} at least 1 note }} }}"
    );
    let compiled = one(text);
    let pathway = compiled.plan().expect("a programme");
    let record = |tasks: usize| {
        let task = |number| format!(r#"{{"id":"t{number}","kind":"task","date":"2026-01-01"}}"#);
        let tasks: Vec<_> = (0..tasks).map(task).collect();
        format!(r#"{{"id":"x","evidence":[{}]}}"#, tasks.join(","))
    };
    let most = record(10_000);
    assert!(pathway.decode_record(most.as_bytes()).is_ok());
    let refused = pathway
        .decode_record(record(10_001).as_bytes())
        .expect_err("it is too much");
    assert_eq!(
        refused.to_string(),
        "the record is refused\n  /evidence/10000: more than 10 000 000 pieces of evidence in all, each counted once for every \
         requirement on its kind"
    );
    let mut session = pathway
        .session(record(9_999).as_bytes())
        .expect("a session");
    let mut add = |id: &str, kind: &str| {
        let entry = format!(r#"{{"id":"{id}","kind":"{kind}","date":"2026-01-02"}}"#);
        session.add(entry.as_bytes()).map_err(|why| why.to_string())
    };
    assert_eq!(add("n1", "note"), Ok(()));
    let refused = add("t", "task").expect_err("it is too much");
    assert!(
        refused.contains("more than 10 000 000 pieces of evidence"),
        "{refused}"
    );
    assert_eq!(add("n2", "note"), Ok(()));
}

#[test]
fn too_much_to_share_out_is_not_known_rather_than_refused() {
    let demands = "at least 1 e ".repeat(400);
    let compiled = one(format!(
        "{HEADER}evidence e\nrole r {{ eligible when all of without reuse {{ {demands} }} }}"
    ));
    let records: Vec<String> = (0..400)
        .map(|at| format!(r#"{{"id":"e{at}","kind":"e","date":"2026-01-01"}}"#))
        .collect();
    let json = format!(r#"{{"id":"invented","evidence":[{}]}}"#, records.join(","));
    let pathway = compiled.plan().unwrap();
    let record = pathway.decode_record(json.as_bytes()).unwrap();
    let outcome = pathway.evaluate(&record, "2026-11-22".parse().unwrap());
    assert_eq!(
        outcome.status("r"),
        Some(milepost::wire::Status::NeedsInformation)
    );
}

#[test]
fn garbage_of_every_kind_is_quickly_told_apart_from_a_programme() {
    for piece in [
        "}",
        "a ",
        "at least ",
        "\"x ",
        "role r { ",
        "all of { } ",
        "é",
        "/// doc\n",
        ", ",
        "use \"x\"\n",
    ] {
        let compiled = one(piece.repeat(2_000_000 / piece.len()));
        assert!(compiled.plan().is_err());
        assert!(
            compiled.diagnostics().len() <= 1_001,
            "{piece:?} gives {}",
            compiled.diagnostics().len()
        );
    }
}
