//! Every way in which a record may turn out: what is under review decided, what is missing filled in. In: a record. Out:
//! the records it may become, from a small domain.

use milepost_compiler::model::{Field, Model, Type};
use milepost_engine::plan::{Constant, FactId};
use milepost_engine::record::Input;
use milepost_engine::{Date, Status};

use crate::generator::{Days, Random, record};

/// Something that may turn out in several ways.
#[derive(Clone, Debug)]
enum Slot {
    /// A fact that is unknown.
    Fact(FactId, Vec<Constant>),
    /// A field that is missing, of a record and by its place.
    Field(usize, usize, Vec<Constant>),
    /// A record that is under review.
    Review(usize),
}

/// What under-review records become.
const DECISIONS: [Status; 3] = [Status::Accepted, Status::Returned, Status::Draft];

/// How many records a record may become at most; where there are more, some of them by chance.
const MOST: usize = 200;

/// Which things turn out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// What is unknown, and not what is under review.
    Unknown,
    /// Everything.
    Everything,
}

/// Whether a record is under review on a day.
fn under_review(status: Status, decided: Option<Date>, as_of: Date) -> bool {
    decided.is_some_and(|decided| decided > as_of) || status == Status::UnderReview
}

/// The records that a record may become.
pub fn completions(
    random: &mut Random,
    days: &Days,
    model: &Model,
    input: &Input,
    as_of: Date,
    what: What,
) -> Vec<Input> {
    let mut slots = Vec::new();
    for (id, fact) in (0u32..).map(FactId).zip(&model.facts) {
        let known = input
            .facts
            .iter()
            .find(|(known, _)| *known == id)
            .map(|(_, value)| value);
        slots.extend(ways(random, days, model, fact, known).map(|ways| Slot::Fact(id, ways)));
    }
    for (place, evidence) in input.evidence.iter().enumerate() {
        let review = under_review(evidence.status, evidence.decided, as_of);
        if review && what == What::Unknown {
            continue;
        }
        if review {
            slots.push(Slot::Review(place));
        }
        let fields = model
            .kind(evidence.kind)
            .map(|kind| kind.fields.as_slice())
            .unwrap_or_default();
        let given = fields.iter().zip(&evidence.fields).enumerate();
        for (at, (field, value)) in given.filter(|(_, (field, _))| field.from_score.is_none()) {
            let ways = ways(random, days, model, field, value.as_ref());
            slots.extend(ways.map(|ways| Slot::Field(place, at, ways)));
        }
    }
    let all = slots
        .iter()
        .fold(1usize, |all, slot| all.saturating_mul(slot.ways()));
    let numbers = if all <= MOST { 0..all } else { 0..MOST };
    numbers
        .map(|number| {
            let mut left = if all <= MOST {
                number
            } else {
                random.below(usize::MAX)
            };
            let mut completed = input.clone();
            for slot in &slots {
                slot.fill(&mut completed, left % slot.ways());
                left = if all <= MOST {
                    left / slot.ways()
                } else {
                    random.below(usize::MAX)
                };
            }
            completed
        })
        .collect()
}

impl Slot {
    fn ways(&self) -> usize {
        match self {
            Self::Fact(_, ways) | Self::Field(_, _, ways) => ways.len(),
            Self::Review(_) => DECISIONS.len(),
        }
    }

    fn fill(&self, input: &mut Input, way: usize) {
        match self {
            Self::Fact(id, ways) => {
                input.facts.retain(|(known, _)| known != id);
                input
                    .facts
                    .extend(ways.get(way).map(|value| (*id, value.clone())));
            }
            Self::Field(place, field, ways) => {
                let slot = input
                    .evidence
                    .get_mut(*place)
                    .and_then(|evidence| evidence.fields.get_mut(*field));
                if let Some(slot) = slot {
                    *slot = ways.get(way).cloned();
                }
            }
            Self::Review(place) => {
                if let (Some(evidence), Some(status)) =
                    (input.evidence.get_mut(*place), DECISIONS.get(way))
                {
                    evidence.status = *status;
                    evidence.decided = None;
                }
            }
        }
    }
}

/// The values that something missing may come to have; nothing if it is known.
fn ways(
    random: &mut Random,
    days: &Days,
    model: &Model,
    field: &Field,
    known: Option<&Constant>,
) -> Option<Vec<Constant>> {
    let rated = match known {
        Some(Constant::Rubric(levels)) if levels.contains(&None) => Some(levels.clone()),
        Some(_) => None,
        None => Some(Vec::new()),
    }?;
    let mut ways: Vec<Constant> = Vec::new();
    for _ in 0..3 {
        let way = full(random, days, model, field, &rated);
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    Some(ways)
}

/// A value with nothing missing in it, that keeps the levels known.
fn full(
    random: &mut Random,
    days: &Days,
    model: &Model,
    field: &Field,
    rated: &[Option<u16>],
) -> Constant {
    let value = record::value(random, days, model, field);
    let (Constant::Rubric(levels), Type::Rubric(id)) = (&value, &field.ty) else {
        return value;
    };
    let scale = model
        .rubric(*id)
        .and_then(|rubric| rubric.scale)
        .and_then(|scale| model.scale(scale));
    let count = scale.map_or(1, |scale| scale.levels.len());
    let filled = levels.iter().enumerate().map(|(place, level)| {
        let known = rated.get(place).copied().flatten();
        known
            .or(*level)
            .or_else(|| u16::try_from(random.below(count)).ok())
    });
    Constant::Rubric(filled.collect())
}
