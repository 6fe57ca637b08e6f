//! What an editor writes beside the text: a file in; at each role and competency how many scenarios try it out.

use std::collections::{BTreeMap, BTreeSet};

use milepost_compiler::model::Subject;
use milepost_diagnostics::FileId;

use crate::Analysis;

/// A note beside the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// After this byte.
    pub after: u32,
    /// What it says.
    pub text: String,
}

impl Analysis {
    /// The notes beside a file's text, in the order of the text.
    #[must_use]
    pub fn hints(&self, file: FileId) -> Vec<Hint> {
        let model = &self.compiled.model;
        let scenarios = &model.scenarios;
        if scenarios.is_empty() {
            return Vec::new();
        }
        let mut counts: BTreeMap<Subject, usize> = BTreeMap::new();
        for scenario in scenarios {
            let subjects = scenario.expectations.iter().map(|it| it.subject);
            for subject in subjects.collect::<BTreeSet<_>>() {
                *counts.entry(subject).or_default() += 1;
            }
        }
        let tried = |subject| counts.get(&subject).copied().unwrap_or(0);
        let roles = (0..).zip(&model.roles).map(|(id, role)| {
            (
                role.named.span,
                tried(Subject::Role(milepost_engine::plan::RoleId(id))),
            )
        });
        let competencies = (0..).zip(&model.competencies).map(|(id, competency)| {
            let id = milepost_engine::plan::CompetencyId(id);
            (competency.named.span, tried(Subject::Competency(id)))
        });
        let mut hints: Vec<_> = roles
            .chain(competencies)
            .filter(|(span, _)| span.file == file)
            .map(|(span, count)| Hint {
                after: span.end,
                text: match count {
                    0 => "no scenario".to_owned(),
                    1 => "1 scenario".to_owned(),
                    more => format!("{more} scenarios"),
                },
            })
            .collect();
        hints.sort_by_key(|hint| hint.after);
        hints
    }
}
