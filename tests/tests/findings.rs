//! Findings for the programs of others. In: every mistake of the conformance corpus, scenarios that fail, texts that move. Out: logs
//! that the published schema of SARIF accepts, and fingerprints that stay with their findings.

#![expect(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "everything here is a test, and panicking is how a test fails"
)]

use std::collections::BTreeMap;
use std::path::Path;

use milepost::{Code, Compiled, Findings, Levels};
use milepost_tests::conformance::{self, page};
use milepost_tests::generator::Random;
use serde_json::Value;

const FAILING: &str = "pathway p \"P\" { version \"1\" }
candidate \"Teacher\" { years : number }
role lead \"Lead\" { eligible when long \"Long\": years >= 3 }
scenario \"😀 too short\" {
  as of 2026-11-22
  given years 2
  expect role lead met
  expect role lead long met
}
scenario \"nobody knows\" {
  as of 2026-11-22
  expect role lead met
}
";

fn compiled(text: &str, name: &str) -> Compiled {
    let read = |_: &str| Ok(text.as_bytes().to_vec());
    milepost::compile(&read, name)
}

fn found(compiled: &Compiled) -> Findings {
    let mut findings = Findings::default();
    for diagnostic in compiled.findings(&Levels::default()) {
        findings.diagnostic(&diagnostic, compiled.sources());
    }
    for result in compiled.run_scenarios() {
        findings.scenario(&result, compiled.sources());
    }
    findings
}

fn page_of(code: Code) -> Option<&'static str> {
    (code.as_str() > "MP02").then_some("# A page\n\nWith `code`.")
}

fn sarif(findings: &Findings) -> Value {
    let log = findings.to_sarif(&page_of);
    serde_json::from_str(&log).unwrap_or_else(|why| panic!("{why}\n{log}"))
}

/// The fingerprints, by code and in order.
fn fingerprints(findings: &Findings) -> Vec<(String, String)> {
    let log = sarif(findings);
    let results = log["runs"][0]["results"].as_array();
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    let each = results.into_iter().flatten().map(|it| {
        let print = text(&it["partialFingerprints"]["milepost/v1"]);
        (text(&it["ruleId"]), print)
    });
    each.collect()
}

#[test]
fn logs_are_what_the_schema_asks_for() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/sarif-2.1.0.json");
    let schema = std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{why}"));
    // a `]` that stands for itself, as ECMAScript takes it, has to be escaped here
    let schema = schema.replace("{2}]?$", r"{2}\\]?$");
    let schema: Value = serde_json::from_str(&schema).unwrap_or_else(|why| panic!("{why}"));
    let schema = jsonschema::validator_for(&schema).unwrap_or_else(|why| panic!("{why}"));
    let (mut results, mut fixes) = (0, 0);
    let mut holds = |name: &str, findings: &Findings| {
        let log = sarif(findings);
        let wrong: Vec<String> = schema.iter_errors(&log).map(|it| it.to_string()).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:?}\n{log}");
        let all = log["runs"][0]["results"].as_array();
        for result in all.into_iter().flatten() {
            results += 1;
            fixes += usize::from(!result["fixes"].is_null());
            let rule = result["ruleIndex"]
                .as_u64()
                .and_then(|at| usize::try_from(at).ok());
            let rules = &log["runs"][0]["tool"]["driver"]["rules"];
            assert_eq!(rules[rule.unwrap_or(usize::MAX)]["id"], result["ruleId"]);
        }
    };
    holds("nothing", &Findings::default());
    holds("failing", &found(&compiled(FAILING, "../über [1].pathway")));
    holds("at the root", &found(&compiled(FAILING, "/a/b c.pathway")));
    let pages = conformance::pages().unwrap_or_else(|why| panic!("{why}"));
    for page in &pages {
        for case in page::cases(page).unwrap_or_else(|why| panic!("{}: {why}", page.name)) {
            let files: BTreeMap<_, _> = case.programme.files.iter().cloned().collect();
            let read = |path: &str| files.get(path).cloned().ok_or_else(|| "no".to_owned());
            holds(&case.heading, &found(&milepost::compile(&read, page::MAIN)));
        }
    }
    assert!(
        results > 300 && fixes > 5,
        "{results} results, {fixes} fixes"
    );
}

#[test]
fn a_log_says_where_and_what() {
    let log = sarif(&found(&compiled(FAILING, "../a b.pathway")));
    let results = &log["runs"][0]["results"];
    assert_eq!(results.as_array().map(Vec::len), Some(3));
    let marked = format!("\u{feff}{}", "role r \"R\" { eligible when x }");
    let marked = sarif(&found(&compiled(&marked, "p.pathway")));
    let all = marked["runs"][0]["results"].as_array();
    let columns = all
        .into_iter()
        .flatten()
        .map(|it| &it["locations"][0]["physicalLocation"]["region"]["startColumn"]);
    assert!(columns.into_iter().any(|it| *it == 28), "{marked}");
    let first = &results[0];
    assert_eq!(first["ruleId"], "scenario");
    let place = &first["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "../a%20b.pathway");
    let region = serde_json::json!(
        {"startLine": 7, "startColumn": 3, "endLine": 7, "endColumn": 23}
    );
    assert_eq!(place["region"], region);
    let said = first["message"]["text"].as_str().unwrap_or("");
    let begins = "the scenario `😀 too short` does not come out as expected: lead: expected met, found unmet";
    assert!(said.starts_with(begins), "{said}");
    let title = &first["relatedLocations"][0]["physicalLocation"]["region"];
    // the face takes two UTF-16 units
    assert_eq!(
        (&title["startColumn"], &title["endColumn"]),
        (&10.into(), &24.into())
    );
}

#[test]
fn what_has_moved_is_the_same_finding() {
    let mut random = Random::new(7);
    let broken = "pathway p \"P\" { version \"1\" }\n\
        role a \"A\" { eligible when yeers >= 3 }\n\
        role b \"B\" { eligible when yeers >= 3 }\n\
        role c \"C\" { eligible when all of {\n  x >= 1\n  x >= 1\n} }\n";
    for text in [FAILING, broken] {
        let before = fingerprints(&found(&compiled(text, "p.pathway")));
        assert!(before.len() >= 3);
        let mut each: Vec<_> = before.iter().collect();
        each.sort();
        each.dedup();
        assert_eq!(each.len(), before.len(), "two findings look the same");
        for _ in 0..200 {
            let mut moved = String::new();
            for line in text.lines() {
                if random.chance(30) {
                    moved.push_str("// new\n\n");
                }
                let line = if random.chance(30) {
                    format!("\t {}", line.replace(' ', "  "))
                } else {
                    line.to_owned()
                };
                // what stands in quotes is no white space
                let line = if line.contains('"') {
                    line.replace("  ", " ")
                } else {
                    line
                };
                moved.push_str(&line);
                moved.push_str(if random.chance(30) { "\r\n" } else { "\n" });
            }
            let after = fingerprints(&found(&compiled(&moved, "p.pathway")));
            assert_eq!(before, after, "{moved}");
        }
        let elsewhere = fingerprints(&found(&compiled(text, "q.pathway")));
        assert!(elsewhere.iter().all(|it| !before.contains(it)));
    }
}
