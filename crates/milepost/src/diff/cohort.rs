//! A cohort under two programmes. In: what the two have in common, a day, and the candidates one after the other. Out: of each role,
//! stage and competency how many gain and lose it, and who, if somebody asks.

use milepost_engine::plan::{CompetencyId, Form, Parts, RoleId, StageId};
use milepost_engine::{Date, Evaluator, Outcome, Truth};

use super::bridge::Bridge;
use super::known::Known;
use crate::Record;
use crate::canonical;
use crate::programme::Pathway;
use crate::wire::{Change, Diff, DiffCohort, DiffEffect, DiffSubject, Refusal};

/// So many ids are listed for each effect, the first in the order of their letters.
const IDS: usize = 1_000;

/// Who gains and who loses what, over the candidates so far. Each of the two programmes is evaluated by itself.
pub struct Cohort<'a> {
    old: &'a Pathway,
    new: &'a Pathway,
    /// What each of them knows of a record.
    known: (Known, Known),
    old_evaluator: Evaluator<'a>,
    new_evaluator: Evaluator<'a>,
    as_of: Date,
    subjects: Vec<Subject>,
    candidates: u64,
    refused: u64,
    ids: bool,
}

/// A role, stage or competency in both, or in one of them.
struct Subject {
    of: &'static str,
    name: String,
    old: Option<Form>,
    new: Option<Form>,
    met: u64,
    meets: u64,
    gain: Gained,
    lose: Gained,
}

#[derive(Default)]
struct Gained {
    count: u64,
    ids: Vec<String>,
}

impl Gained {
    fn add(&mut self, id: &str, listed: bool) {
        self.count += 1;
        if listed {
            self.ids.push(id.to_owned());
        }
    }

    fn merge(&mut self, other: Self) {
        self.count += other.count;
        self.ids.extend(other.ids);
    }
}

impl<'a> Cohort<'a> {
    /// Nobody yet. `diff` is the comparison of the two; `ids` is whether those who gain and lose are to be named.
    #[must_use]
    pub fn new(diff: &Diff, old: &'a Pathway, new: &'a Pathway, as_of: Date, ids: bool) -> Self {
        let parts = (old.plan().parts(), new.plan().parts());
        let bridge = Bridge::new(parts.0, parts.1);
        Self {
            old,
            new,
            known: (Known::old(&bridge), Known::new(&bridge)),
            old_evaluator: Evaluator::new(old.plan()),
            new_evaluator: Evaluator::new(new.plan()),
            as_of,
            subjects: subjects(diff, parts),
            candidates: 0,
            refused: 0,
            ids,
        }
    }

    /// Takes a candidate by their record. Each programme is given what it knows of it: what only the other one has a name for is
    /// left out.
    ///
    /// # Errors
    ///
    /// One of the programmes does not take the record; it is counted as refused.
    pub fn add(&mut self, json: &[u8]) -> Result<(), Refusal> {
        let read = |pathway: &Pathway, known: &Known| match std::str::from_utf8(json) {
            Ok(text) => pathway.decode_record(known.of(text).as_bytes()),
            Err(_) => pathway.decode_record(json),
        };
        let is = self.new.decode_record(json);
        // What it refuses may be known to the old one.
        let is = is.or_else(|_| read(self.new, &self.known.1));
        let both = is.and_then(|is| Ok((read(self.old, &self.known.0)?, is)));
        let (was, is) = both.inspect_err(|_| self.refused += 1)?;
        self.take(&was, &is);
        Ok(())
    }

    /// Takes a candidate whose record the new programme has read.
    ///
    /// # Errors
    ///
    /// The old programme does not take the record; it is counted as refused.
    pub fn add_record(&mut self, record: &Record) -> Result<(), Refusal> {
        let known = self.known.0.of(&canonical::record(record));
        let same = self.old.decode_record(known.as_bytes());
        let same = same.inspect_err(|_| self.refused += 1)?;
        self.take(&same, record);
        Ok(())
    }

    fn take(&mut self, same: &Record, record: &Record) {
        self.candidates += 1;
        let was = self.old_evaluator.evaluate(same, self.as_of);
        let is = self.new_evaluator.evaluate(record, self.as_of);
        for subject in &mut self.subjects {
            let met = meets(&was, subject.old.as_ref());
            let meets = meets(&is, subject.new.as_ref());
            subject.met += u64::from(met);
            subject.meets += u64::from(meets);
            match (met, meets) {
                (false, true) => subject.gain.add(record.id(), self.ids),
                (true, false) => subject.lose.add(record.id(), self.ids),
                _ => {}
            }
        }
    }

    /// Counts a record that the new programme does not take.
    pub const fn refuse(&mut self) {
        self.refused += 1;
    }

    /// Takes what became of other candidates.
    pub fn merge(&mut self, other: Self) {
        self.candidates += other.candidates;
        self.refused += other.refused;
        for (own, other) in self.subjects.iter_mut().zip(other.subjects) {
            own.met += other.met;
            own.meets += other.meets;
            own.gain.merge(other.gain);
            own.lose.merge(other.lose);
        }
    }

    /// The figures. Where fewer candidates than a bound gain or lose something, but some, its figures are held back.
    #[must_use]
    pub fn finish(self, suppress_below: Option<u64>) -> DiffCohort {
        let few = |count: u64| count > 0 && suppress_below.is_some_and(|bound| count < bound);
        let effects = self.subjects.into_iter().map(|it| {
            let shown = !few(it.gain.count) && !few(it.lose.count);
            let figure = |count: u64| shown.then_some(count);
            let ids = |gained: Gained| {
                self.ids.then(|| {
                    let mut ids = gained.ids;
                    ids.sort();
                    ids.truncate(IDS);
                    ids
                })
            };
            DiffEffect {
                of: it.of.to_owned(),
                name: it.name,
                met: figure(it.met),
                meets: figure(it.meets),
                gain: figure(it.gain.count),
                lose: figure(it.lose.count),
                gaining: ids(it.gain),
                losing: ids(it.lose),
            }
        });
        DiffCohort {
            as_of: self.as_of.to_string(),
            candidates: self.candidates,
            refused: self.refused,
            suppressed_below: suppress_below,
            effects: effects.collect(),
        }
    }
}

fn meets(outcome: &Outcome, form: Option<&Form>) -> bool {
    let truth = form.and_then(|form| match form {
        Form::Role(id) => outcome.roles.get(id.index()).map(|it| it.truth),
        Form::Stage(id) => outcome.stages.get(id.index()).map(|it| it.truth),
        Form::Competency(id) => outcome.competencies.get(id.index()).map(|it| it.truth),
        _ => None,
    });
    truth.is_some_and(Truth::met)
}

/// Everything the comparison names, as each of the two calls it.
fn subjects(diff: &Diff, (old, new): (&Parts, &Parts)) -> Vec<Subject> {
    let mut all = Vec::new();
    for role in &diff.roles {
        let (was, is) = names(role);
        let was = was.and_then(|name| self::role(old, name));
        let is = is.and_then(|name| self::role(new, name));
        all.push(subject(
            "role",
            role.name.clone(),
            was.map(Form::Role),
            is.map(Form::Role),
        ));
        for stage in &role.stages {
            let (before, now) = names(stage);
            let before = was
                .zip(before)
                .and_then(|(role, name)| self::stage(old, role, name));
            let now = is
                .zip(now)
                .and_then(|(role, name)| self::stage(new, role, name));
            let name = format!("{}.{}", role.name, stage.name);
            all.push(subject(
                "stage",
                name,
                before.map(Form::Stage),
                now.map(Form::Stage),
            ));
        }
    }
    for competency in &diff.competencies {
        let (was, is) = names(competency);
        let was = was.and_then(|name| self::competency(old, name));
        let is = is.and_then(|name| self::competency(new, name));
        let name = competency.name.clone();
        let forms = (was.map(Form::Competency), is.map(Form::Competency));
        all.push(subject("competency", name, forms.0, forms.1));
    }
    all
}

fn subject(of: &'static str, name: String, old: Option<Form>, new: Option<Form>) -> Subject {
    Subject {
        of,
        name,
        old,
        new,
        met: 0,
        meets: 0,
        gain: Gained::default(),
        lose: Gained::default(),
    }
}

/// What it is called in the old programme and in the new one.
fn names(subject: &DiffSubject) -> (Option<&str>, Option<&str>) {
    let was = subject.was.as_deref().unwrap_or(&subject.name);
    (
        (subject.change != Change::Added).then_some(was),
        (subject.change != Change::Removed).then_some(&subject.name),
    )
}

fn role(parts: &Parts, name: &str) -> Option<RoleId> {
    let mut roles = (0..).map(RoleId).zip(&parts.roles);
    roles
        .find(|(_, it)| it.entry.name == name)
        .map(|(id, _)| id)
}

fn stage(parts: &Parts, role: RoleId, name: &str) -> Option<StageId> {
    let mut stages = parts.stages_of(role);
    stages
        .find(|(_, it)| it.entry.name == name)
        .map(|(id, _)| id)
}

fn competency(parts: &Parts, name: &str) -> Option<CompetencyId> {
    let mut all = (0..).map(CompetencyId).zip(&parts.competencies);
    all.find(|(_, it)| it.entry.name == name).map(|(id, _)| id)
}
