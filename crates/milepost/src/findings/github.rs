//! Workflow commands of GitHub Actions: findings in, lines that its runner turns into annotations out.

use milepost_diagnostics::Severity;

use super::{Finding, Findings};

impl Findings {
    /// A command for each finding.
    #[must_use]
    pub fn to_github(&self) -> String {
        self.all.iter().map(command).collect()
    }
}

fn command(finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = finding.place().map_or_else(String::new, |at| {
        let mut place = format!(
            "file={},line={},endLine={},",
            property(&at.file),
            at.start.0,
            at.end.0
        );
        // columns are taken only of what is on one line
        if at.start.0 == at.end.0 {
            place.push_str(&format!(
                "col={},endColumn={},",
                at.start.1,
                at.end.1.max(at.start.1)
            ));
        }
        place
    });
    let rule = property(finding.rule);
    format!(
        "::{level} {place}title={rule}::{}\n",
        data(&finding.whole())
    )
}

/// What follows the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// What follows a `=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
