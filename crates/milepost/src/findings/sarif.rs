//! A log of SARIF 2.1.0, the form that code scanning takes: findings in, its JSON out.
//!
//! Its properties are named as the standard names them, which explains their case.

use std::fmt::Write as _;

use milepost_diagnostics::{Code, Severity};
use serde::Serialize;

use super::{Finding, Findings, Region};

/// What is to be said of scenarios in the place of a page.
const SCENARIO_HELP: &str = "A scenario of the programme expects what its candidate does not come to. Either the programme is \
    wrong, or the scenario is. `milepost test` shows why it came out as it did.";

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    results: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    short_description: Text<'a>,
    full_description: Text<'a>,
    default_configuration: Configuration,
    help: Help<'a>,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Help<'a> {
    text: &'a str,
    markdown: &'a str,
}

#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
struct Fingerprints<'a> {
    #[serde(rename = "milepost/v1")]
    own: &'a str,
    /// The only one that GitHub looks at.
    #[serde(rename = "primaryLocationLineHash")]
    github: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Stretch,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Stretch {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    artifact_changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: Artifact,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Stretch,
    inserted_content: Text<'a>,
}

impl Findings {
    /// The log. `page` gives the page of the book on a code, in Markdown, if there is one.
    #[must_use]
    pub fn to_sarif(&self, page: &dyn Fn(Code) -> Option<&'static str>) -> String {
        let mut ids: Vec<&str> = self.all.iter().map(|it| it.rule).collect();
        ids.sort_unstable();
        ids.dedup();
        let entries = self.all.iter().map(|finding| {
            let rule_index = ids.binary_search(&finding.rule).unwrap_or_default();
            entry(finding, rule_index)
        });
        let log = Log {
            schema: SCHEMA,
            version: "2.1.0",
            runs: [Run {
                tool: Tool {
                    driver: Driver {
                        name: "Milepost",
                        version: env!("CARGO_PKG_VERSION"),
                        rules: ids.iter().map(|id| rule(id, page)).collect(),
                    },
                },
                column_kind: "utf16CodeUnits",
                results: entries.collect(),
            }],
        };
        serde_json::to_string(&log).unwrap_or_default() + "\n"
    }
}

fn rule<'a>(id: &'a str, page: &dyn Fn(Code) -> Option<&'static str>) -> Rule<'a> {
    let code = Code::parse(id);
    let title = code.map_or("a scenario does not come out as expected", Code::title);
    let page = code.map_or(Some(SCENARIO_HELP), page).unwrap_or(title);
    Rule {
        id,
        name: code.filter(|code| code.is_lint()).map(Code::name),
        short_description: Text { text: title },
        full_description: Text { text: title },
        default_configuration: Configuration {
            level: level(code.map_or(Severity::Error, Code::severity)),
        },
        help: Help {
            text: page,
            markdown: page,
        },
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn entry(finding: &Finding, rule_index: usize) -> Entry<'_> {
    let mut locations = finding.places.iter().map(|(region, text)| Location {
        physical_location: physical(region),
        message: (!text.is_empty()).then(|| Message { text: text.clone() }),
    });
    Entry {
        rule_id: finding.rule,
        rule_index,
        level: level(finding.severity),
        message: Message {
            text: finding.whole(),
        },
        locations: locations.next().into_iter().collect(),
        related_locations: locations.collect(),
        partial_fingerprints: Fingerprints {
            own: &finding.fingerprint,
            github: &finding.fingerprint,
        },
        fixes: fix(&finding.edits).into_iter().collect(),
    }
}

/// All edits together are one fix, file by file.
fn fix(edits: &[(Region, String)]) -> Option<Fix<'_>> {
    let mut changes: Vec<(&str, Vec<Replacement<'_>>)> = Vec::new();
    for (region, text) in edits {
        let replacement = Replacement {
            deleted_region: stretch(region),
            inserted_content: Text { text },
        };
        match changes.iter_mut().find(|(file, _)| *file == region.file) {
            Some((_, replacements)) => replacements.push(replacement),
            None => changes.push((&region.file, vec![replacement])),
        }
    }
    let changes = changes.into_iter().map(|(file, replacements)| Change {
        artifact_location: Artifact { uri: uri(file) },
        replacements,
    });
    let artifact_changes: Vec<_> = changes.collect();
    (!artifact_changes.is_empty()).then_some(Fix { artifact_changes })
}

fn physical(region: &Region) -> Physical {
    Physical {
        artifact_location: Artifact {
            uri: uri(&region.file),
        },
        region: stretch(region),
    }
}

const fn stretch(region: &Region) -> Stretch {
    Stretch {
        start_line: region.start.0,
        start_column: region.start.1,
        end_line: region.end.0,
        end_column: region.end.1,
    }
}

/// A path as a URI: relative to where the command ran, unless it begins at the root.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => {
                // writing to a string cannot fail
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}
