//! The Code Quality report of GitLab: findings in, its JSON out.

use milepost_diagnostics::Severity;
use serde::Serialize;

use super::{Finding, Findings};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

impl Findings {
    /// The report. What has no place is left out, as GitLab has no way to say it.
    #[must_use]
    pub fn to_gitlab(&self) -> String {
        let issues: Vec<Issue<'_>> = self.all.iter().filter_map(issue).collect();
        serde_json::to_string(&issues).unwrap_or_default() + "\n"
    }
}

fn issue(finding: &Finding) -> Option<Issue<'_>> {
    let at = finding.place()?;
    Some(Issue {
        description: finding.whole(),
        check_name: finding.rule,
        fingerprint: &finding.fingerprint,
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
        },
        location: Location {
            path: &at.file,
            lines: Lines { begin: at.start.0 },
        },
    })
}
