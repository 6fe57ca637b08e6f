//! Types: whether a value is of one.

use super::{Constant, Parts, ScaleId, Type};

/// Whether a value is of a type, its range included. Types nest twice at most.
pub(crate) fn fits(value: &Constant, ty: &Type, parts: &Parts) -> bool {
    match (ty, value) {
        (Type::Number(least, most), Constant::Number(number)) => (least..=most).contains(&number),
        (Type::Whole(least, most), Constant::Number(number)) => {
            number.is_whole() && (least..=most).contains(&number)
        }
        (Type::YesNo, Constant::YesNo(_))
        | (Type::Date, Constant::Date(_))
        | (Type::Text, Constant::Text(_)) => true,
        (Type::Level(scale), Constant::Ordinal(level)) => {
            usize::from(*level) < levels(*scale, parts)
        }
        (Type::Choice(choices), Constant::Ordinal(choice)) => usize::from(*choice) < choices.len(),
        (Type::Rubric(rubric), Constant::Rubric(rated)) => {
            let rubric = parts.rubrics.get(rubric.index());
            rubric.is_some_and(|rubric| {
                let most = levels(rubric.scale, parts);
                rated.len() == rubric.criteria.len()
                    && rated
                        .iter()
                        .flatten()
                        .all(|level| usize::from(*level) < most)
            })
        }
        (Type::List(item), Constant::List(values)) => values.iter().all(|value| match value {
            Constant::List(_) | Constant::Rubric(_) => false,
            single => fits(single, item, parts),
        }),
        _ => false,
    }
}

/// How many levels a scale has.
fn levels(scale: ScaleId, parts: &Parts) -> usize {
    parts
        .scales
        .get(scale.index())
        .map_or(0, |scale| scale.levels.len())
}
