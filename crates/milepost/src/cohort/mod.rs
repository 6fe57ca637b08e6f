//! The measures of a programme over a cohort: records in, one after the other; a [`wire::CohortReport`] out.
//!
//! What is kept does not grow with the cohort, but for the different values of a fact that a measure counts, of which it
//! keeps a million at most. Reports of parts of a cohort come together in any order to the same report.

mod table;

use std::collections::{BTreeMap, BTreeSet};

use milepost_engine::plan::{CohortMeasure, Constant, FactId, Figure, Form, NodeId, Parts};
use milepost_engine::record::Record;
use milepost_engine::{Date, Evaluator, Memory, Outcome, Verdict};

use crate::Pathway;
use crate::governed::Governed;
use crate::report::text::hash;
use crate::wire::{self, MeasureKind, MeasureNote};
pub use table::{Columns, Row};

/// So many different values of a fact are told apart.
const VALUES: usize = 1_000_000;

/// The measures of a cohort on the way.
///
/// ```
/// let text = r#"
///     pathway coaching "Coaching" { version "2026.1" }
///     evidence session "Coaching session"
///     role coach "Coach" { eligible when at least 1 session }
///     measure ready "Ready" = percent of candidates who meet role coach
/// "#;
/// let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
/// let compiled = milepost::compile(&sources, "main.pathway");
/// let pathway = compiled.plan()?;
/// let mut report = milepost::cohort::Report::new(pathway, "2026-11-22".parse()?);
/// report.add(&pathway.decode_record(br#"{ "id": "a" }"#)?);
/// report.add(&pathway.decode_record(
///     br#"{ "id": "b", "evidence": [{ "id": "s1", "kind": "session", "date": "2026-09-01" }] }"#,
/// )?);
/// let ready = &report.finish(None).measures[0];
/// assert_eq!(ready.value.as_ref().map(|value| value.as_str()), Some("50"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Report {
    pathway: Pathway,
    as_of: Date,
    candidates: u64,
    refused: u64,
    tallies: Vec<Tally>,
    /// The places of the measures in each version, by those in the newest.
    measures: Vec<Vec<Option<usize>>>,
    memory: Memory,
}

/// What a candidate does for a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Vote {
    /// Nothing: nobody looks at them.
    LeftOut,
    /// Counts, with so many competencies.
    Counts(u64),
    /// May come to count.
    Open,
    /// Does not count.
    Not,
}

/// What is known of a measure so far.
#[derive(Clone, Debug, Default)]
struct Tally {
    /// The candidates looked at.
    of: u64,
    /// Those of them who count.
    met: u64,
    /// Those of whom it is open whether they count.
    undecided: u64,
    /// The competencies they meet.
    competencies: u64,
    /// The values of a fact.
    values: BTreeSet<String>,
}

impl Report {
    /// A report of nobody yet, for a day.
    #[must_use]
    pub fn new(pathway: &Pathway, as_of: Date) -> Self {
        Self {
            pathway: pathway.clone(),
            as_of,
            candidates: 0,
            refused: 0,
            tallies: vec![Tally::default(); pathway.plan().parts().measures.len()],
            measures: pathway.versions().map(|it| places(pathway, it)).collect(),
            memory: Memory::default(),
        }
    }

    /// Adds a candidate, whose record was made for this programme.
    pub fn add(&mut self, record: &Record) {
        self.candidates += 1;
        let pathway = self.pathway.clone();
        let governed = Governed::new(&pathway, record, self.as_of);
        let mut outcomes = Vec::new();
        for place in 0..self.tallies.len() {
            let mut votes = Vec::new();
            for version in governed.versions() {
                votes.extend(self.vote(&governed, version, place, &mut outcomes));
            }
            let figure = pathway.plan().parts().measures.get(place);
            let (Some(measure), Some(tally)) = (figure, self.tallies.get_mut(place)) else {
                continue;
            };
            let all = votes.first().copied();
            let all = all.filter(|first| votes.iter().all(|vote| vote == first));
            tally.add(all.unwrap_or(Vote::Open), record, &measure.figure);
        }
    }

    /// What a candidate does for a measure under a version; what that version does not measure, the newest does.
    fn vote(
        &mut self,
        governed: &Governed<'_>,
        version: usize,
        place: usize,
        outcomes: &mut Vec<(usize, Outcome)>,
    ) -> Option<Vote> {
        let own = self.measures.get(version).and_then(|all| *all.get(place)?);
        let (version, place) = own.map_or((0, place), |own| (version, own));
        let pathway = self.pathway.version(version);
        let measure = pathway.plan().parts().measures.get(place)?;
        if !outcomes.iter().any(|(known, _)| *known == version) {
            let mut evaluator = Evaluator::resume(pathway.plan(), &mut self.memory);
            let record = governed.under(version);
            outcomes.push((version, evaluator.evaluate(&record, self.as_of)));
            evaluator.leave(&mut self.memory);
        }
        let (_, outcome) = outcomes.iter().find(|(known, _)| *known == version)?;
        Some(vote(outcome, measure))
    }

    /// Counts a candidate whose record was refused.
    pub const fn refuse(&mut self) {
        self.refused += 1;
    }

    /// Takes in the report of another part of the cohort, for the same programme and day.
    pub fn merge(&mut self, other: Self) {
        self.candidates += other.candidates;
        self.refused += other.refused;
        for (tally, other) in self.tallies.iter_mut().zip(other.tallies) {
            tally.of += other.of;
            tally.met += other.met;
            tally.undecided += other.undecided;
            tally.competencies = tally.competencies.saturating_add(other.competencies);
            for value in other.values {
                tally.value(value);
            }
        }
    }

    /// The measures; figures that fewer people than `suppress_below` stand behind, or are left out of, are held back.
    #[must_use]
    pub fn finish(&self, suppress_below: Option<u64>) -> wire::CohortReport {
        let parts = self.pathway.plan().parts();
        let bound = suppress_below.unwrap_or(0);
        let measures = parts.measures.iter().zip(&self.tallies);
        let of_all = measures
            .clone()
            .filter(|(measure, _)| measure.among.is_none());
        let of_all: BTreeMap<Target, &Tally> = of_all
            .filter_map(|(measure, tally)| {
                let held_back = tally.figure(&measure.figure, bound, None).note
                    == Some(MeasureNote::Suppressed);
                let asked = target(parts, &measure.figure)?;
                (!held_back).then_some((asked, tally))
            })
            .collect();
        wire::CohortReport {
            milepost: env!("CARGO_PKG_VERSION").to_owned(),
            programme: wire::Programme {
                name: parts.programme.name.clone(),
                version: parts.programme.version.clone(),
                definition: hash(&parts.programme.definition),
            },
            as_of: self.as_of.to_string(),
            candidates: (self.candidates >= bound).then_some(self.candidates),
            refused: self.refused,
            suppressed_below: suppress_below,
            measures: measures
                .map(|(measure, tally)| wire::Measure {
                    name: measure.entry.name.clone(),
                    title: measure.entry.title.clone(),
                    doc: measure.doc.clone(),
                    ..self.measure(measure, tally, &of_all, bound)
                })
                .collect(),
        }
    }

    /// What a measure comes to. One among some candidates, next to one of all that asks the same, tells how the others
    /// stand as well: it is held back if that would be.
    fn measure(
        &self,
        measure: &CohortMeasure,
        tally: &Tally,
        of_all: &BTreeMap<Target, &Tally>,
        bound: u64,
    ) -> wire::Measure {
        let left_out = measure.among.map(|_| self.candidates - tally.of);
        let shown = tally.figure(&measure.figure, bound, left_out);
        let asked = target(self.pathway.plan().parts(), &measure.figure);
        let whole = asked.and_then(|asked| of_all.get(&asked));
        let others = whole.and_then(|whole| whole.without(tally));
        let (Some(others), Some(_)) = (others, left_out) else {
            return shown;
        };
        let others = others.figure(&measure.figure, bound, None);
        if others.note == Some(MeasureNote::Suppressed) {
            return tally.figure(&measure.figure, u64::MAX, left_out);
        }
        wire::Measure {
            undecided: shown.undecided.filter(|_| others.undecided.is_some()),
            ..shown
        }
    }
}

/// What measures can be seen to ask alike.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Role(usize),
    Competency(usize),
}

/// The role or competency that a measure asks for.
fn target(parts: &Parts, figure: &Figure) -> Option<Target> {
    let who = match figure {
        Figure::Percent(who) => Some(*who),
        Figure::Candidates(who) | Figure::Different(_, who) => *who,
        Figure::Competencies => None,
    };
    match parts.nodes.get(who?.index())?.form {
        Form::Role(role) => Some(Target::Role(role.index())),
        Form::Competency(competency) => Some(Target::Competency(competency.index())),
        _ => None,
    }
}

/// How a candidate stands; who is asked for nothing meets it.
fn verdict(outcome: &Outcome, who: Option<NodeId>) -> Option<Verdict> {
    let Some(who) = who else {
        return Some(Verdict::Met);
    };
    let truth = outcome.nodes.get(who.index())?.truth;
    Some(truth.status())
}

/// Where a version has the measures of the newest.
fn places(newest: &Pathway, version: &Pathway) -> Vec<Option<usize>> {
    let known = version.plan().parts().measures.iter().enumerate();
    let known: BTreeMap<&str, usize> = known
        .map(|(place, measure)| (measure.entry.name.as_str(), place))
        .collect();
    let all = newest.plan().parts().measures.iter();
    all.map(|measure| known.get(measure.entry.name.as_str()).copied())
        .collect()
}

/// What a candidate does for a measure.
fn vote(outcome: &Outcome, measure: &CohortMeasure) -> Vote {
    if verdict(outcome, measure.among) != Some(Verdict::Met) {
        return Vote::LeftOut;
    }
    let who = match &measure.figure {
        Figure::Percent(who) => Some(*who),
        Figure::Candidates(who) | Figure::Different(_, who) => *who,
        Figure::Competencies => {
            let met = outcome.competencies.iter().filter(|it| it.truth.met());
            let met = u64::try_from(met.count()).unwrap_or(u64::MAX);
            return if met > 0 {
                Vote::Counts(met)
            } else {
                Vote::Not
            };
        }
    };
    match verdict(outcome, who) {
        Some(Verdict::Met) => Vote::Counts(0),
        Some(Verdict::Pending | Verdict::NeedsInformation) => Vote::Open,
        _ => Vote::Not,
    }
}

impl Tally {
    fn add(&mut self, vote: Vote, record: &Record, figure: &Figure) {
        self.of += u64::from(vote != Vote::LeftOut);
        match vote {
            Vote::Counts(competencies) => {
                self.met += 1;
                self.competencies = self.competencies.saturating_add(competencies);
                if let Figure::Different(fact, _) = figure {
                    self.values_of(record, *fact);
                }
            }
            Vote::Open => self.undecided += 1,
            Vote::LeftOut | Vote::Not => {}
        }
    }

    /// Those of all that a part leaves out; nothing if it is no part, as when versions measure differently.
    fn without(&self, part: &Self) -> Option<Self> {
        let of = self.of.checked_sub(part.of)?;
        let met = self.met.checked_sub(part.met)?;
        let undecided = self.undecided.checked_sub(part.undecided)?;
        (met.checked_add(undecided)? <= of).then(|| Self {
            of,
            met,
            undecided,
            ..Self::default()
        })
    }

    fn values_of(&mut self, record: &Record, fact: FactId) {
        let value = match record.fact(fact) {
            Some(Constant::Text(text)) => text,
            Some(Constant::Number(number)) => number.to_string(),
            Some(Constant::Date(date)) => date.to_string(),
            Some(Constant::Ordinal(place)) => place.to_string(),
            Some(Constant::YesNo(yes)) => yes.to_string(),
            Some(Constant::Rubric(_) | Constant::List(_)) | None => return,
        };
        self.value(value);
    }

    /// One more than are told apart is kept, to say that there were more.
    fn value(&mut self, value: String) {
        if self.values.len() <= VALUES {
            self.values.insert(value);
        }
    }

    /// The figure; `left_out` candidates were not looked at, if the measure says who is.
    fn figure(&self, figure: &Figure, bound: u64, left_out: Option<u64>) -> wire::Measure {
        let (kind, choosy) = match figure {
            Figure::Percent(_) => (MeasureKind::Percent, true),
            Figure::Candidates(who) => (MeasureKind::Candidates, who.is_some()),
            Figure::Different(_, who) => (MeasureKind::Different, who.is_some()),
            Figure::Competencies => (MeasureKind::Competencies, false),
        };
        let small = |people: u64| people < bound;
        let rest = self.of - self.met;
        let note = if small(self.met) || (choosy && small(rest)) || left_out.is_some_and(small) {
            Some(MeasureNote::Suppressed)
        } else if kind == MeasureKind::Percent && self.of == 0 {
            Some(MeasureNote::Nobody)
        } else if self.values.len() > VALUES {
            Some(MeasureNote::TooMany)
        } else {
            None
        };
        let value = match kind {
            MeasureKind::Percent => wire::Number::new(tenths(self.met, self.of), 1),
            MeasureKind::Candidates => wire::Number::new(self.met.into(), 0),
            MeasureKind::Competencies => wire::Number::new(self.competencies.into(), 0),
            MeasureKind::Different => {
                wire::Number::new(i128::try_from(self.values.len()).unwrap_or(i128::MAX), 0)
            }
        };
        let shown = note != Some(MeasureNote::Suppressed);
        let decided = rest - self.undecided;
        wire::Measure {
            name: String::new(),
            title: None,
            doc: None,
            kind,
            value: note.is_none().then_some(value),
            met: (shown && choosy).then_some(self.met),
            of: shown.then_some(self.of),
            undecided: (shown && choosy && !small(self.undecided) && !small(decided))
                .then_some(self.undecided),
            note,
        }
    }
}

/// Per cent in tenths, the half rounded up; never 0 or 100 unless it is exactly that.
fn tenths(met: u64, of: u64) -> i128 {
    let (met, of) = (i128::from(met), i128::from(of));
    if of == 0 {
        return 0;
    }
    let rounded = (met * 2_000 + of) / (of * 2);
    match (met, met == of) {
        (0, _) => 0,
        (_, true) => 1_000,
        _ => rounded.clamp(1, 999),
    }
}

#[cfg(test)]
mod tests {
    use super::tenths;

    #[test]
    fn a_share_is_rounded_to_a_tenth_of_a_per_cent() {
        for (met, of, expect) in [
            (0, 7, 0),
            (7, 7, 1_000),
            (1, 3, 333),
            (2, 3, 667),
            (1, 2_000, 1),
            (1, 100_000, 1),
            (99_999, 100_000, 999),
            (3, 2_000, 2), // 0.15 %
            (604, 1_000, 604),
            (u64::MAX - 1, u64::MAX, 999),
        ] {
            assert_eq!(tenths(met, of), expect, "{met} of {of}");
        }
    }
}
