//! What the measures of a programme come to over a cohort, and what stands for a candidate whose record is refused.

use schemars::JsonSchema;
use serde::Serialize;

use crate::wire::{Number, Problem, Programme, Refusal};

/// The measures of a programme over a cohort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CohortReport {
    /// The version of Milepost.
    pub milepost: String,
    /// The programme.
    pub programme: Programme,
    /// The day the figures hold for.
    pub as_of: String,
    /// How many candidates were evaluated; nothing if that is held back.
    pub candidates: Option<u64>,
    /// How many records were refused: they are part of no figure.
    pub refused: u64,
    /// Figures that fewer people stand behind, or are left out of, are held back.
    pub suppressed_below: Option<u64>,
    /// The measures, in the order written.
    pub measures: Vec<Measure>,
}

/// What a measure comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Measure {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// What its documentation says.
    pub doc: Option<String>,
    /// What it counts.
    pub kind: MeasureKind,
    /// The figure; a share in per cent, rounded to a tenth. Nothing where there is a note.
    pub value: Option<Number>,
    /// How many candidates count, where the measure says who does.
    pub met: Option<u64>,
    /// How many candidates were looked at.
    pub of: Option<u64>,
    /// Of how many of these it is open whether they count: something is under review or unknown.
    pub undecided: Option<u64>,
    /// Why there is no figure.
    pub note: Option<MeasureNote>,
}

/// What a measure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasureKind {
    /// A share of candidates.
    Percent,
    /// Candidates.
    Candidates,
    /// Different values of a fact.
    Different,
    /// Competencies met.
    Competencies,
}

/// Why a measure has no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasureNote {
    /// There was nobody to look at: a share of nothing is no number.
    Nobody,
    /// It would tell of too few people.
    Suppressed,
    /// There are more than a million different values.
    TooMany,
}

/// What stands in place of the outcome of a candidate whose record is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RefusedRow {
    /// The refusal.
    pub refused: RefusedLine,
}

/// A refused record of a cohort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RefusedLine {
    /// The line it stands on, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// How many problems more there are.
    pub more: u64,
}

impl RefusedRow {
    /// The refusal of the record on a line.
    #[must_use]
    pub fn new(line: u64, mut refusal: Refusal) -> Self {
        for problem in &mut refusal.problems {
            // A record as JSON stands on one line, its first; in a table it may go on after that.
            if problem.line == Some(1) {
                problem.line = u32::try_from(line).ok();
            }
        }
        Self {
            refused: RefusedLine {
                line,
                problems: refusal.problems,
                more: refusal.more,
            },
        }
    }

    /// Canonical JSON: one order of keys, no space that means nothing.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl CohortReport {
    /// Canonical JSON: one order of keys, no space that means nothing.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The same with lines and indentation.
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}
