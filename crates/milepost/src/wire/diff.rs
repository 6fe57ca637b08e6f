//! What a change of a programme means: for each role, stage and competency whether it became stricter or looser, and by which
//! clauses.

use schemars::JsonSchema;
use serde::Serialize;

use crate::wire::Programme;

/// What the change from one programme to another means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Diff {
    /// The version of Milepost.
    pub milepost: String,
    /// The programme as it was.
    pub old: Programme,
    /// The programme as it is now.
    pub new: Programme,
    /// The day for which candidates were looked for, if they were.
    pub as_of: Option<String>,
    /// The roles in the order written now, then those that are gone.
    pub roles: Vec<DiffSubject>,
    /// The competencies, likewise.
    pub competencies: Vec<DiffSubject>,
    /// What it means for the candidates of a cohort, if there is one.
    pub cohort: Option<DiffCohort>,
}

/// What a change means for the candidates of a cohort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DiffCohort {
    /// The day for which they were evaluated.
    pub as_of: String,
    /// How many were evaluated.
    pub candidates: u64,
    /// How many were not, for one of the programmes does not take the record.
    pub refused: u64,
    /// The bound below which figures are held back, if there is one.
    pub suppressed_below: Option<u64>,
    /// For each role, stage and competency, in the order of the comparison.
    pub effects: Vec<DiffEffect>,
}

/// How many gain and lose a role, a stage or a competency; figures that are held back are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DiffEffect {
    /// `role`, `stage` or `competency`.
    pub of: String,
    /// Its name as it is now, if it is still there; of a stage `ROLE.STAGE`.
    pub name: String,
    /// How many met it.
    pub met: Option<u64>,
    /// How many meet it.
    pub meets: Option<u64>,
    /// How many meet it who did not.
    pub gain: Option<u64>,
    /// How many met it who do not.
    pub lose: Option<u64>,
    /// The ids of those who gain it, at most 1 000 in the order of their letters, if they were asked for.
    pub gaining: Option<Vec<String>>,
    /// The ids of those who lose it, likewise.
    pub losing: Option<Vec<String>>,
}

/// What the change means for a role, a stage of one, or a competency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DiffSubject {
    /// Its name: as it is now, if it is still there.
    pub name: String,
    /// Its title, likewise.
    pub title: Option<String>,
    /// Its former name, if it was renamed.
    pub was: Option<String>,
    /// What became of it.
    pub change: Change,
    /// The clauses that are responsible, at most 100.
    pub clauses: Vec<DiffClause>,
    /// How many clauses more there are.
    pub more_clauses: u64,
    /// The search for somebody who meets it now and did not; nothing where nobody can, or no day was given.
    pub gains: Option<DiffSearch>,
    /// The search for somebody who met it and does not now; likewise.
    pub loses: Option<DiffSearch>,
    /// The stages of a role; of a competency or a stage there are none.
    pub stages: Vec<DiffSubject>,
}

/// What a change does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Whoever met it meets it, and nobody else.
    Unchanged,
    /// Nobody meets it who did not; some may no longer.
    Stricter,
    /// Whoever met it meets it; others may as well.
    Looser,
    /// Some may meet it who did not, and some may no longer.
    Both,
    /// It was not there.
    Added,
    /// It is no longer there.
    Removed,
}

/// A clause that is responsible for a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DiffClause {
    /// What its change does to the whole: `stricter`, `looser` or `both`.
    pub change: Change,
    /// What it said; nothing if it is new.
    pub old: Option<DiffText>,
    /// What it says now; nothing if it is gone.
    pub new: Option<DiffText>,
}

/// What a clause says, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DiffText {
    /// In words.
    pub text: String,
    /// The address of the requirement, if it is one.
    pub address: Option<String>,
    /// The file it is written in, from the folder of the programme's main file; nothing if the programme was a plan.
    pub file: Option<String>,
    /// The line it begins on, from 1.
    pub line: Option<u32>,
    /// The column it begins at, in characters, from 1.
    pub column: Option<u32>,
}

/// A search for a candidate on whom two programmes disagree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DiffSearch {
    /// The record of an invented candidate, as JSON; both programmes have evaluated it. Nothing if none was found.
    pub record: Option<String>,
    /// How many records were tried.
    pub tried: u64,
}

impl Change {
    /// The word for it, as in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Stricter => "stricter",
            Self::Looser => "looser",
            Self::Both => "both",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

impl Diff {
    /// Everything compared: each role, followed by its stages, then each competency.
    pub fn subjects(&self) -> impl Iterator<Item = &DiffSubject> {
        let roles = self.roles.iter();
        roles
            .flat_map(|role| std::iter::once(role).chain(&role.stages))
            .chain(&self.competencies)
    }

    /// Whether nothing became stricter or looser, nothing came or went, and nothing was renamed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.subjects()
            .all(|it| it.change == Change::Unchanged && it.was.is_none())
    }

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
