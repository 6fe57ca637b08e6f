//! The plan's tables: scales, rubrics, facts, kinds, competencies and roles, as the model has them.

use milepost_engine::plan::{
    Award, CohortMeasure, Competency, CutScores, Entry, Field, Kind, Level, Node, NodeId, Parts,
    Programme, Role, Rubric, Scale, Stage, Transition, Type,
};

use crate::model::{self, Model, Named};

/// The parts of a plan; nothing if the model was not sound.
pub fn parts(
    model: &Model,
    definition: [u8; 32],
    nodes: &[Node],
    competencies: &[Option<NodeId>],
    roles: &[(Option<NodeId>, Vec<NodeId>)],
    measures: &[CohortMeasure],
    stages: &[Option<NodeId>],
) -> Option<Parts> {
    let header = model.header.as_ref()?;
    let rubrics = model.rubrics.iter().map(|rubric| {
        Some(Rubric {
            entry: entry(&rubric.named),
            scale: rubric.scale?,
            criteria: rubric.criteria.iter().map(entry).collect(),
        })
    });
    let kinds = model.kinds.iter().map(|kind| {
        Some(Kind {
            entry: entry(&kind.named),
            doc: kind.doc.clone(),
            fields: fields(model, &kind.fields)?,
            effort: kind.effort,
        })
    });
    let competencies =
        model
            .competencies
            .iter()
            .zip(competencies)
            .map(|(competency, requirement)| Competency {
                entry: entry(&competency.named),
                doc: competency.doc.clone(),
                about: competency.about.clone(),
                aligned: competency.aligned.clone(),
                award: competency
                    .awards
                    .clone()
                    .map(|(title, valid)| Award { title, valid }),
                requirement: *requirement,
                formerly: names(&competency.formerly),
                elsewhere: competency.elsewhere,
            });
    let roles = model
        .roles
        .iter()
        .zip(roles)
        .map(|(role, (eligible, preferred))| {
            Some(Role {
                entry: entry(&role.named),
                doc: role.doc.clone(),
                about: role.about.clone(),
                incentives: role.incentives.clone(),
                eligible: (*eligible)?,
                preferred: preferred.clone(),
                formerly: names(&role.formerly),
                stays: role.stays,
            })
        });
    let stages = model
        .stages
        .iter()
        .zip(stages)
        .map(|(stage, requirement)| Stage {
            role: stage.role,
            entry: entry(&stage.named),
            valid: stage.valid,
            requirement: *requirement,
        });
    Some(Parts {
        programme: Programme {
            name: header.named.name.clone(),
            title: header.named.title.clone(),
            doc: header.doc.clone(),
            publisher: header.publisher.clone(),
            version: header.version.clone(),
            effective: header.effective,
            candidate: model.candidate.clone(),
            school_year: header.school_year,
            definition,
            transitions: header.transitions.iter().map(transition).collect(),
        },
        scales: model.scales.iter().map(scale).collect(),
        rubrics: rubrics.collect::<Option<_>>()?,
        facts: fields(model, &model.facts)?,
        kinds: kinds.collect::<Option<_>>()?,
        competencies: competencies.collect(),
        roles: roles.collect::<Option<_>>()?,
        nodes: nodes.to_vec(),
        measures: measures.to_vec(),
        stages: stages.collect(),
    })
}

const fn transition(of: &model::Transition) -> Transition {
    Transition {
        before: of.before,
        back: of.back,
        until: of.until.0,
    }
}

fn names(all: &[Named]) -> Vec<String> {
    all.iter().map(|named| named.name.clone()).collect()
}

pub(super) fn entry(named: &Named) -> Entry {
    Entry {
        name: named.name.clone(),
        title: named.title.clone(),
    }
}

fn scale(scale: &model::Scale) -> Scale {
    let levels = scale.levels.iter().map(|(named, number)| Level {
        entry: entry(named),
        number: *number,
    });
    let cut_scores = scale.cut_scores.iter().map(|set| CutScores {
        from: set.from,
        cuts: set
            .cuts
            .iter()
            .map(|(level, score, _)| (*level, *score))
            .collect(),
    });
    Scale {
        entry: entry(&scale.named),
        levels: levels.collect(),
        cut_scores: cut_scores.collect(),
    }
}

fn fields(model: &Model, fields: &[model::Field]) -> Option<Vec<Field>> {
    let place = |name: &str| {
        let place = fields.iter().position(|field| field.named.name == name)?;
        u32::try_from(place).ok()
    };
    let fields = fields.iter().map(|field| {
        Some(Field {
            entry: entry(&field.named),
            doc: field.doc.clone(),
            ty: ty(model, field, &field.ty)?,
            from_score: field.from_score.as_deref().and_then(place),
        })
    });
    fields.collect()
}

fn ty(model: &Model, field: &model::Field, of: &model::Type) -> Option<Type> {
    Some(match of {
        model::Type::Number => Type::Number(field.range.0, field.range.1),
        model::Type::Whole => Type::Whole(field.range.0, field.range.1),
        model::Type::YesNo => Type::YesNo,
        model::Type::Date => Type::Date,
        model::Type::Text => Type::Text,
        model::Type::Level(scale) => Type::Level(*scale),
        model::Type::Choice(id) => Type::Choice(
            model
                .choices
                .get(id.0 as usize)?
                .iter()
                .map(entry)
                .collect(),
        ),
        model::Type::Rubric(rubric) => Type::Rubric(*rubric),
        model::Type::List(item) => Type::List(Box::new(ty(model, field, item)?)),
        model::Type::Invalid | model::Type::Duration => return None,
    })
}
