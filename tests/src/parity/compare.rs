//! Answers against answers. In: a batch, the native library's answers and another host's. Out: how many are the same,
//! or the first that is not, with all it takes to see it again.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::case::{Case, take_answer};
use super::table::answered;

/// The first answer that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The case.
    pub case: Case,
    /// The question.
    pub question: &'static str,
    /// The native library's answer.
    pub expected: Option<Vec<u8>>,
    /// The other host's.
    pub found: Option<Vec<u8>>,
}

/// What became of a batch.
pub type Compared = Result<usize, Box<Difference>>;

/// Compares the answers to a batch. `told` says whether a host that was not asked, or gives a refusal in its own words,
/// is to be taken at that: the command line is.
pub fn batch(cases: &[Case], expected: &[u8], found: &[u8], lenient: bool) -> Compared {
    let (mut expected, mut found) = (expected, found);
    let mut same = 0;
    for case in cases {
        for question in answered() {
            let wanted = take_answer(&mut expected).flatten();
            // An answer that is missing altogether is no answer that was not asked for.
            let given = take_answer(&mut found);
            let alike = match (wanted, given) {
                (_, Some(None)) if lenient => continue,
                (Some([1, ..]), Some(Some([1, ..]))) if lenient => true,
                (wanted, Some(given)) => wanted == given,
                (_, None) => false,
            };
            if !alike {
                return Err(Box::new(Difference {
                    case: case.clone(),
                    question: question.name,
                    expected: wanted.map(<[u8]>::to_vec),
                    found: given.flatten().map(<[u8]>::to_vec),
                }));
            }
            same += usize::from(wanted.is_some());
        }
    }
    Ok(same)
}

impl Difference {
    /// Writes everything to a folder; gives the report.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn report(&self, host: &str, folder: &Path) -> std::io::Result<String> {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder)?;
        for (name, bytes) in self.case.inputs() {
            fs::write(folder.join(name), bytes)?;
        }
        if let Some(Ok(Value::Object(files))) =
            self.case.bytes("sources").map(serde_json::from_slice)
        {
            for (place, (path, text)) in files.iter().enumerate() {
                let file = format!("source-{place}-{}", path.replace(['/', '\\'], "-"));
                fs::write(folder.join(file), text.as_str().unwrap_or_default())?;
            }
        }
        let (none_expected, none_found) = (Vec::new(), Vec::new());
        let expected = self.expected.as_ref().unwrap_or(&none_expected);
        let found = self.found.as_ref().unwrap_or(&none_found);
        fs::write(folder.join("expected"), expected)?;
        fs::write(folder.join("found"), found)?;
        let same = expected
            .iter()
            .zip(found)
            .take_while(|(one, other)| one == other)
            .count();
        let mut said = format!("{host} differs from the native library\n");
        let _ = writeln!(said, "  case     {}", self.case.name());
        let _ = writeln!(said, "  question {}", self.question);
        let _ = writeln!(said, "  at byte  {same}");
        let _ = writeln!(
            said,
            "  expected {}",
            around(self.expected.as_deref(), same)
        );
        let _ = writeln!(said, "  found    {}", around(self.found.as_deref(), same));
        let _ = writeln!(said, "  files    {}", folder.display());
        let _ = writeln!(
            said,
            "  again    cargo xtask parity --hosts {host} --case '{}'",
            self.case.name()
        );
        Ok(said)
    }
}

/// The bytes around a place, what cannot be shown escaped.
fn around(bytes: Option<&[u8]>, place: usize) -> String {
    let Some(bytes) = bytes else {
        return "no answer".to_owned();
    };
    let shown = bytes
        .iter()
        .skip(place.saturating_sub(60))
        .take(120)
        .flat_map(|byte| byte.escape_ascii());
    let shown: Vec<u8> = shown.collect();
    format!(
        "…{}…",
        String::from_utf8_lossy(&shown).replace("\\\"", "\"")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parity::case::answer;

    /// Answers to one case: the first question's is the bytes, the others were not asked.
    fn first(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        answer(&mut out, Some(bytes));
        for _ in answered().skip(1) {
            answer(&mut out, None);
        }
        out
    }

    #[test]
    fn one_byte_is_seen_and_a_missing_answer_too() {
        let cases = [Case::new("a case")];
        let expected = first(b"\0yes");
        assert_eq!(batch(&cases, &expected, &expected, false), Ok(1));
        let difference = batch(&cases, &expected, &first(b"\0yet"), false).unwrap_err();
        assert_eq!(difference.found.as_deref(), Some(b"\0yet".as_slice()));
        assert!(batch(&cases, &expected, &[], false).is_err());
        assert!(batch(&cases, &expected, &[], true).is_err());
        assert!(batch(&cases, &expected, &expected[..6], false).is_err());
    }

    #[test]
    fn only_the_command_line_may_refuse_in_its_own_words() {
        let cases = [Case::new("a case")];
        let (here, there) = (first(b"\x01{}"), first(b"\x01"));
        assert_eq!(batch(&cases, &here, &there, true), Ok(1));
        assert!(batch(&cases, &here, &there, false).is_err());
        assert!(batch(&cases, &here, &first(b"\0{}"), true).is_err());
    }

    #[test]
    fn a_report_has_all_it_takes_to_see_it_again() {
        let case = Case::new("generated-7-1")
            .with("sources", br#"{ "a/b.pathway": "role" }"#.as_slice())
            .with("record", b"{}".as_slice());
        let difference = Difference {
            case,
            question: "outcome",
            expected: Some(b"\0one".to_vec()),
            found: None,
        };
        let folder = std::env::temp_dir().join(format!("parity-report-{}", std::process::id()));
        let said = difference.report("firefox", &folder).unwrap();
        assert!(said.contains("cargo xtask parity --hosts firefox --case 'generated-7-1'"));
        assert!(
            said.contains("…\\x00one…") && said.contains("no answer"),
            "{said}"
        );
        let source = fs::read_to_string(folder.join("source-0-a-b.pathway")).unwrap();
        assert_eq!(source, "role");
        fs::remove_dir_all(folder).unwrap();
    }
}
