//! The tables of a plan: its declarations in, nothing or what does not hold out; and what referring to them costs.

use std::cell::Cell;

use super::{Checked, PlanError, ranged, school_year, within};
use crate::Decimal;
use crate::date::Unit;
use crate::plan::{CutScores, Duration, Entry, Kind, Parts, Scale, ScaleId, Type};

/// Scales, facts, fields and the like; of a rubric field each criterion is one.
const ENTRIES: usize = 1_000_000;
/// Characters of all titles, each as often as sentences have it.
const WORDS: usize = 64 << 20;
/// Stages of a role.
const STAGES: usize = 32;
/// The longest a duration is, in any unit.
const LONGEST: u32 = 100_000;

/// Asks everything of the declarations.
pub(super) fn declarations(parts: &Parts) -> Checked {
    let fields = || parts.kinds.iter().flat_map(|kind| &kind.fields);
    let columns = |ty: &Type| match ty {
        Type::Rubric(rubric) => {
            let rubric = parts.rubrics.get(rubric.index());
            rubric.map_or(0, |rubric| rubric.criteria.len())
        }
        _ => 1,
    };
    let of = |ty: &Type| columns(ty).max(1);
    let entries = [
        parts.scales.len(),
        parts.rubrics.len(),
        parts.kinds.len(),
        parts.competencies.len(),
        parts.roles.len(),
        parts.measures.len(),
        parts.stages.len(),
        parts.facts.iter().map(|fact| of(&fact.ty)).sum(),
        fields().map(|field| of(&field.ty)).sum(),
    ];
    if entries.into_iter().any(|entries| entries > ENTRIES) {
        return Err(PlanError::TooMany("declarations"));
    }
    if let Some((first, Some(last))) = parts.programme.effective {
        ranged(first <= last, "the days a programme is in force")?;
    }
    for scale in &parts.scales {
        places(scale.levels.len(), "levels")?;
        cut_scores(scale)?;
    }
    for rubric in &parts.rubrics {
        within(rubric.scale.index(), parts.scales.len(), "a rubric's scale")?;
        places(rubric.criteria.len(), "criteria")?;
    }
    for field in parts.facts.iter().chain(fields()) {
        of_type(parts, &field.ty, true)?;
    }
    let follows = parts.facts.iter().any(|fact| fact.from_score.is_some());
    if follows || !parts.kinds.iter().all(levels_follow) {
        return Err(PlanError::Type("a level that follows from a score"));
    }
    let efforts = parts.kinds.iter().filter_map(|kind| kind.effort);
    ranged(
        efforts.map(Decimal::micros).all(|hours| hours >= 0),
        "an effort",
    )?;
    for competency in &parts.competencies {
        if let Some(valid) = competency.award.as_ref().and_then(|award| award.valid) {
            duration(parts, valid)?;
        }
    }
    stages(parts)
}

/// Their days rise, and in each of them levels and scores.
fn cut_scores(scale: &Scale) -> Checked {
    let sets = &scale.cut_scores;
    ranged(
        sets.is_sorted_by(|one, next| one.from < next.from),
        "the days of cut scores",
    )?;
    for CutScores { cuts, .. } in sets {
        let rise = cuts.is_sorted_by(|one, next| one.0 < next.0 && one.1 < next.1);
        ranged(rise && !cuts.is_empty(), "cut scores")?;
        let mut levels = cuts.iter().map(|(level, _)| usize::from(*level));
        ranged(levels.all(|level| level < scale.levels.len()), "cut scores")?;
    }
    Ok(())
}

/// What follows from a score is a level; a score is a number that is given.
fn levels_follow(kind: &Kind) -> bool {
    let follows = kind
        .fields
        .iter()
        .filter_map(|field| Some((field, field.from_score?)));
    follows.into_iter().all(|(field, score)| {
        let score = kind.fields.get(score as usize);
        let score = score.filter(|score| score.from_score.is_none());
        let number = score.map(|score| &score.ty);
        matches!(field.ty, Type::Level(_))
            && matches!(number, Some(Type::Number(..) | Type::Whole(..)))
    })
}

/// Those of one role follow one another, and there are not too many: whoever asks for the last asks for all.
fn stages(parts: &Parts) -> Checked {
    if !parts.stages.is_sorted_by_key(|stage| stage.role) {
        return Err(PlanError::Reference("the stages of a role"));
    }
    let mut in_a_row = 0;
    let mut role = None;
    for stage in &parts.stages {
        within(stage.role.index(), parts.roles.len(), "the role of a stage")?;
        if let Some(valid) = stage.valid {
            duration(parts, valid)?;
        }
        in_a_row = if role.replace(stage.role) == Some(stage.role) {
            in_a_row + 1
        } else {
            1
        };
        if in_a_row > STAGES {
            return Err(PlanError::TooMany("stages of a role"));
        }
    }
    Ok(())
}

fn of_type(parts: &Parts, ty: &Type, outermost: bool) -> Checked {
    match ty {
        Type::Level(scale) => within(scale.index(), parts.scales.len(), "a scale"),
        Type::Choice(choices) => places(choices.len(), "choices"),
        Type::Rubric(rubric) if outermost => {
            within(rubric.index(), parts.rubrics.len(), "a rubric")
        }
        Type::List(item) if outermost => of_type(parts, item, false),
        Type::Rubric(_) | Type::List(_) => Err(PlanError::Type("a list of lists or rubrics")),
        Type::Number(least, most) | Type::Whole(least, most) => {
            ranged(least <= most, "the least and the most of a number")
        }
        Type::YesNo | Type::Date | Type::Text => Ok(()),
    }
}

/// Levels, criteria and choices are known by a place of 16 bits, and there is one at least.
fn places(entries: usize, what: &'static str) -> Checked {
    ranged(entries > 0, "a list with nothing in it")?;
    if entries <= usize::from(u16::MAX) {
        Ok(())
    } else {
        Err(PlanError::TooMany(what))
    }
}

/// A length of time.
pub(super) fn duration(parts: &Parts, duration: Duration) -> Checked {
    ranged(duration.count <= LONGEST, "a length of time")?;
    school_year(parts, duration.unit == Unit::SchoolYears)
}

/// What requirements cost by what they refer to: titles are said again in every sentence, the criteria of a rubric are
/// looked at again by every condition.
#[derive(Debug)]
pub(super) struct Tally {
    words: Cell<usize>,
    /// Whether every level of a scale has a number.
    numbered: Vec<bool>,
}

impl Tally {
    pub(super) fn new(parts: &Parts) -> Self {
        let numbered = parts
            .scales
            .iter()
            .map(|scale| scale.levels.iter().all(|level| level.number.is_some()));
        Self {
            words: Cell::new(0),
            numbered: numbered.collect(),
        }
    }

    /// A sentence has the title of something.
    pub(super) fn says(&self, entry: &Entry) {
        let title = entry.title.as_ref().unwrap_or(&entry.name);
        self.costs(title.len());
    }

    /// A condition looks at so many things.
    pub(super) fn costs(&self, things: usize) {
        self.words.set(self.words.get().saturating_add(things));
    }

    /// Whether every level of a scale has a number.
    pub(super) fn is_numbered(&self, scale: ScaleId) -> bool {
        self.numbered.get(scale.index()).copied().unwrap_or(false)
    }

    /// It is not too much.
    pub(super) fn finish(&self) -> Checked {
        if self.words.get() > WORDS {
            return Err(PlanError::TooMany(
                "words in the sentences that its requirements make",
            ));
        }
        Ok(())
    }
}
