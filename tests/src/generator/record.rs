//! Records to go with a programme, and smaller ones.

use milepost_compiler::model::{Field, Model, Type};
use milepost_engine::plan::{CompetencyId, Constant, FactId, KindId, RoleId, StageId};
use milepost_engine::record::{Credential, Evidence, Input, Post, Suspension, Waiver};
use milepost_engine::{Date, Decimal, Status};

use super::days::Days;
use super::random::Random;
use super::vocabulary::TEXTS;
use crate::oracle;

const STATUSES: [Status; 12] = [
    Status::Accepted,
    Status::Accepted,
    Status::Accepted,
    Status::Accepted,
    Status::Accepted,
    Status::Accepted,
    Status::UnderReview,
    Status::UnderReview,
    Status::UnderReview,
    Status::Returned,
    Status::Draft,
    Status::Revoked,
];
const CREDENTIAL_STATUSES: [Status; 9] = [
    Status::Accepted,
    Status::Accepted,
    Status::Accepted,
    Status::UnderReview,
    Status::UnderReview,
    Status::Suspended,
    Status::Revoked,
    Status::Draft,
    Status::Returned,
];
const MICROS: [i64; 12] = [
    0, 1_000_000, 2_000_000, 2_500_000, 3_000_000, 500_000, -1_000_000, -1_500_000, 4_000_000,
    1_250_000, 400_000, 1,
];

/// A record for a programme.
pub fn record(random: &mut Random, days: &Days, model: &Model) -> Input {
    let mut input = Input {
        id: "c".to_owned(),
        ..Input::default()
    };
    for (id, fact) in (0u32..).zip(&model.facts) {
        if random.chance(72) {
            input
                .facts
                .push((FactId(id), value(random, days, model, fact)));
        }
    }
    let competencies: Vec<CompetencyId> = (0u32..)
        .take(model.competencies.len())
        .map(CompetencyId)
        .collect();
    // A few have more records than fit a machine word.
    let count = if random.chance(3) {
        60 + random.below(80)
    } else {
        random.choose(&[0, 1, 2, 3, 4, 6, 8, 12])
    };
    // Mostly of one kind, so that there are some to count.
    let favourite = u32::try_from(random.below(2)).unwrap_or(0);
    for place in 0..count {
        let kind = KindId(if random.chance(70) {
            favourite
        } else {
            u32::try_from(random.below(3)).unwrap_or(0)
        });
        let fields = model
            .kind(kind)
            .map(|kind| kind.fields.as_slice())
            .unwrap_or_default();
        let missing = random.choose(&[0, 10, 50]);
        let status = random.choose(&STATUSES);
        let (submitted, decided) = moments(random, days);
        input.evidence.push(Evidence {
            id: format!("e{place}"),
            kind,
            date: days.day(random),
            status,
            competencies: random.some(&competencies, 60),
            expires: if random.chance(25) {
                Some(random.choose(&days.hot))
            } else {
                None
            },
            submitted,
            decided,
            suspended: suspensions(random, days),
            fields: fields
                .iter()
                .map(|field| {
                    if field.from_score.is_some() || random.chance(missing) {
                        None
                    } else {
                        Some(value(random, days, model, field))
                    }
                })
                .collect(),
        });
    }
    let count = if random.chance(50) {
        0
    } else {
        random.below(5)
    };
    for place in 0..count {
        let (submitted, decided) = moments(random, days);
        input.credentials.push(Credential {
            id: format!("k{place}"),
            competency: random.choose(&competencies),
            issued: days.day(random),
            status: random.choose(&CREDENTIAL_STATUSES),
            expires: if random.chance(35) {
                Some(random.choose(&days.hot))
            } else {
                None
            },
            submitted,
            decided,
            suspended: suspensions(random, days),
        });
    }
    waivers(random, days, model, &mut input);
    posts(random, days, model, &mut input);
    input
}

/// Waivers of requirements that are there and of some that are not, by whoever may and whoever may not.
fn waivers(random: &mut Random, days: &Days, model: &Model, input: &mut Input) {
    let count = random.choose(&[0, 0, 1, 2, 4]);
    if count == 0 {
        return;
    }
    let nobody = Input {
        id: input.id.clone(),
        ..Input::default()
    };
    let all = oracle::evaluate(model, &nobody, days.as_of).requirements;
    let (labelled, others): (Vec<String>, Vec<String>) = all
        .into_keys()
        .partition(|address| address.contains('.') && !address.contains('/'));
    for place in 0..count {
        let known = if labelled.is_empty() || random.chance(5) {
            &others
        } else {
            &labelled
        };
        let address = if known.is_empty() {
            "nothing.here".to_owned()
        } else {
            random.choose(known)
        };
        let names: Vec<String> = address
            .split('.')
            .map(|name| match name.strip_prefix('l') {
                Some(number) if random.chance(25) => format!("old{number}"),
                None if random.chance(25) => format!("was_{name}"),
                _ => name.to_owned(),
            })
            .collect();
        input.waivers.push(Waiver {
            id: random.chance(60).then(|| format!("w{place}")),
            requirement: names.join("."),
            by: random.choose(&["p-3", "p-4", "p-3", &input.id]).to_owned(),
            authority: random
                .choose(&["board", "board", "principal", "superintendent"])
                .to_owned(),
            reason: "invented".to_owned(),
            granted: days.day(random),
            expires: random.chance(40).then(|| random.choose(&days.hot)),
        });
    }
}

/// Few suspensions, in their order and apart.
fn suspensions(random: &mut Random, days: &Days) -> Vec<Suspension> {
    let mut all: Vec<Suspension> = Vec::new();
    if random.chance(85) {
        return all;
    }
    for _ in 0..=random.below(2) {
        let (one, other) = (random.choose(&days.hot), random.choose(&days.hot));
        let new = Suspension {
            from: one.min(other),
            until: random.chance(70).then_some(one.max(other)),
        };
        if !all.iter().any(|it| it.overlaps(new)) {
            all.push(new);
        }
    }
    all.sort();
    all
}

/// Posts in roles that have stages, and in others.
fn posts(random: &mut Random, days: &Days, model: &Model, input: &mut Input) {
    if model.roles.is_empty() || random.chance(40) {
        return;
    }
    let roles: Vec<RoleId> = (0u32..).map(RoleId).take(model.roles.len()).collect();
    for place in 0..random.below(4) {
        let role = random.choose(&roles);
        let stages: Vec<StageId> = model.stages_of(role).map(|(id, _)| id).collect();
        let from = days.day(random);
        let until = random.choose(&days.hot);
        input.posts.push(Post {
            id: random.chance(50).then(|| format!("p{place}")),
            version: 0,
            role,
            stage: if stages.is_empty() || random.chance(20) {
                None
            } else {
                Some(random.choose(&stages))
            },
            from,
            until: (until >= from && random.chance(50)).then_some(until),
        });
    }
}

fn moments(random: &mut Random, days: &Days) -> (Option<Date>, Option<Date>) {
    let submitted = if random.chance(10) {
        Some(random.choose(&days.hot))
    } else {
        None
    };
    let decided = if random.chance(15) {
        Some(random.choose(&days.hot))
    } else {
        None
    };
    (submitted, decided)
}

/// A value of a fact or field.
pub fn value(random: &mut Random, days: &Days, model: &Model, field: &Field) -> Constant {
    typed(random, days, model, &field.ty, field.range)
}

fn typed(
    random: &mut Random,
    days: &Days,
    model: &Model,
    ty: &Type,
    range: (Decimal, Decimal),
) -> Constant {
    match ty {
        Type::Number | Type::Whole => {
            let fitting: Vec<Decimal> = MICROS
                .iter()
                .filter_map(|micros| Decimal::from_micros(*micros))
                .filter(|number| *number >= range.0 && *number <= range.1)
                .filter(|number| *ty == Type::Number || number.is_whole())
                .collect();
            Constant::Number(random.choose(&fitting))
        }
        Type::YesNo => Constant::YesNo(random.chance(50)),
        Type::Date => Constant::Date(random.choose(&days.hot)),
        Type::Text => Constant::Text(random.pick(&TEXTS).to_owned()),
        Type::Level(id) => {
            let levels = model.scale(*id).map_or(0, |scale| scale.levels.len());
            Constant::Ordinal(ordinal(random, levels))
        }
        Type::Choice(id) => Constant::Ordinal(ordinal(
            random,
            model.choices.get(id.0 as usize).map_or(0, Vec::len),
        )),
        Type::Rubric(id) => {
            let rubric = model.rubric(*id);
            let criteria = rubric.map_or(0, |rubric| rubric.criteria.len());
            let scale = rubric
                .and_then(|rubric| rubric.scale)
                .and_then(|scale| model.scale(scale));
            let levels = scale.map_or(0, |scale| scale.levels.len());
            let rated = random.choose(&[100, 100, 60]);
            Constant::Rubric(
                (0..criteria)
                    .map(|_| {
                        if random.chance(rated) {
                            Some(ordinal(random, levels))
                        } else {
                            None
                        }
                    })
                    .collect(),
            )
        }
        Type::List(item) => {
            let count = random.below(4);
            Constant::List(
                (0..count)
                    .map(|_| typed(random, days, model, item, range))
                    .collect(),
            )
        }
        Type::Invalid | Type::Duration => panic!("no value of {ty:?}"),
    }
}

fn ordinal(random: &mut Random, of: usize) -> u16 {
    u16::try_from(random.below(of)).unwrap_or(0)
}

/// Each record with something less.
#[must_use]
pub fn smaller(input: &Input) -> Vec<Input> {
    let mut smaller = Vec::new();
    let mut changed = |change: &dyn Fn(&mut Input)| {
        let mut other = input.clone();
        change(&mut other);
        if other != *input {
            smaller.push(other);
        }
    };
    for place in 0..input.evidence.len() {
        changed(&|input| {
            input.evidence.remove(place);
        });
    }
    for place in 0..input.credentials.len() {
        changed(&|input| {
            input.credentials.remove(place);
        });
    }
    for place in 0..input.waivers.len() {
        changed(&|input| {
            input.waivers.remove(place);
        });
    }
    for place in 0..input.facts.len() {
        changed(&|input| {
            input.facts.remove(place);
        });
    }
    for place in 0..input.evidence.len() {
        let mut of = |change: &dyn Fn(&mut Evidence)| {
            changed(&|input| {
                if let Some(evidence) = input.evidence.get_mut(place) {
                    change(evidence);
                }
            });
        };
        of(&|evidence| evidence.submitted = None);
        of(&|evidence| evidence.decided = None);
        of(&|evidence| evidence.expires = None);
        of(&|evidence| evidence.status = Status::Accepted);
        of(&|evidence| evidence.competencies.clear());
        of(&|evidence| evidence.fields.iter_mut().for_each(|field| *field = None));
        for field in 0..input
            .evidence
            .get(place)
            .map_or(0, |evidence| evidence.fields.len())
        {
            of(&|evidence| {
                if let Some(field) = evidence.fields.get_mut(field) {
                    *field = None;
                }
            });
        }
    }
    for place in 0..input.credentials.len() {
        let mut of = |change: &dyn Fn(&mut Credential)| {
            changed(&|input| {
                if let Some(credential) = input.credentials.get_mut(place) {
                    change(credential);
                }
            });
        };
        of(&|credential| credential.submitted = None);
        of(&|credential| credential.decided = None);
        of(&|credential| credential.expires = None);
        of(&|credential| credential.status = Status::Accepted);
    }
    smaller
}
