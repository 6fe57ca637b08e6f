//! What is asked of records: the population in, six truths and what was found out.

use std::collections::BTreeMap;

use milepost_compiler::model::{Expr, Measure, Records, Spread};
use milepost_engine::plan::{Comparison, How};

use super::aggregate::aggregate;
use super::day::school_year;
use super::exact::Exact;
use super::expression::{Found, Lack, Scope, Value, bounded, compare};
use super::population::{Row, Setting, population, written};
use super::reuse::Serving;
use super::six::{Bit, Six};
use super::{Amount, Steps};

/// What came of a requirement on records.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Its six truths.
    pub truth: Six,
    /// What was found as the record stands.
    pub found: Option<Amount>,
    /// What was asked for.
    pub needed: Option<Amount>,
    /// Steps met of steps asked.
    pub steps: Steps,
    /// The ids of what counted as the record stands, in the order of their dates, for the forms that count; several
    /// answers where groups are of one size.
    pub counted: Option<Vec<Vec<String>>>,
    /// How many are asked for, if that is known.
    pub asked: Option<i128>,
    /// Which records may serve the requirement where none is counted twice.
    pub serving: Vec<Serving>,
}

/// Evaluates a requirement on records.
#[must_use]
pub fn measure(setting: Setting<'_>, records: &Records) -> Measured {
    let mut measured = measured(setting, records);
    let outside = Scope {
        world: setting.world,
        arguments: setting.arguments,
        row: None,
    };
    if let Measure::Count(How::AtLeast, bound) = &records.measure {
        measured.asked = outside.number(bound).ok().and_then(Exact::to_whole);
        measured.serving = serving(setting, &outside, records);
    }
    measured
}

/// Which records may serve, and which of them have one value.
fn serving(setting: Setting<'_>, outside: &Scope<'_>, records: &Records) -> Vec<Serving> {
    let rows = population(setting, records);
    let latest = records
        .latest
        .as_ref()
        .map(|latest| written(outside, latest));
    let values: Vec<Option<Found>> = rows
        .iter()
        .map(|row| match &records.spread {
            Some((Spread::Different(field), _)) => Some(value_of(outside, row, field)),
            Some((Spread::DifferentYears, _)) => {
                let year = school_year(outside.world.starts(), row.day);
                Some(Ok(Value::Number(Exact::whole(i128::from(year)))))
            }
            _ => None,
        })
        .collect();
    let mut serving = Vec::new();
    for (place, (row, value)) in rows.iter().zip(&values).enumerate() {
        let population = match latest {
            Some(latest) => among_latest(&rows, place, latest),
            None => row.population,
        };
        let mut truth = population.and(row.matching);
        let mut shared = None;
        match value {
            Some(Ok(value)) => {
                shared = values.iter().position(
                    |one| matches!(one, Some(Ok(one)) if compare(one, Comparison::Equal, value)),
                );
            }
            Some(Err(lack)) => truth = truth.and(lack.truth()),
            None => {}
        }
        serving.push(Serving {
            record: (row.evidence.date, row.evidence.id.clone()),
            truth,
            value: shared,
        });
    }
    serving
}

fn measured(setting: Setting<'_>, records: &Records) -> Measured {
    let mut rows = population(setting, records);
    let outside = Scope {
        world: setting.world,
        arguments: setting.arguments,
        row: None,
    };
    let latest = records
        .latest
        .as_ref()
        .map(|latest| written(&outside, latest));
    let by_rows = !matches!(records.measure, Measure::Aggregate(..)) && records.spread.is_none();
    if by_rows {
        return without_spread(&outside, &records.measure, &rows, latest);
    }
    if let Some(latest) = latest {
        let narrowed: Vec<Six> = (0..rows.len())
            .map(|place| among_latest(&rows, place, latest))
            .collect();
        for (row, narrowed) in rows.iter_mut().zip(narrowed) {
            row.population = narrowed;
        }
    }
    match (&records.measure, &records.spread) {
        (Measure::Aggregate(how, bound, what, value), _) => {
            aggregate(&outside, *how, bound, *what, value, &rows)
        }
        (Measure::Count(how, bound), Some((spread, _))) => {
            let value = |bit| {
                let value = spread_value(&outside, spread, &rows, bit);
                latest.map_or(value, |latest| value.min(latest))
            };
            let bound = outside.number(bound);
            let counted = counted_of_spread(&outside, spread, &rows);
            counted_against(*how, bound, value, counted)
        }
        other => panic!("a spread without a count: {other:?}"),
    }
}

/// Whether a record stays in the population where only the latest are looked at.
fn among_latest(rows: &[Row<'_>], place: usize, latest: i128) -> Six {
    let Some(row) = rows.get(place) else {
        return Six::FALSE;
    };
    Six::each(|bit| {
        let later = rows
            .iter()
            .skip(place + 1)
            .filter(|later| later.population.at(bit.dual()))
            .count();
        row.population.at(bit) && (later as i128) < latest
    })
}

/// The records looked at, at a bit, and whether each is a hit.
fn kept<'r, 'a>(rows: &'r [Row<'a>], latest: Option<i128>, bit: Bit) -> Vec<(&'r Row<'a>, bool)> {
    let mut kept = Vec::new();
    for row in rows {
        let (p, p_dual, m) = (
            row.population.at(bit),
            row.population.at(bit.dual()),
            row.matching.at(bit),
        );
        let keeps = match (p, p_dual) {
            (true, true) => true,
            (true, false) => m,
            (false, true) => !m,
            (false, false) => false,
        };
        if keeps {
            kept.push((row, p && m));
        }
    }
    if let Some(latest) = latest {
        while kept.len() as i128 > latest {
            kept.remove(0);
        }
    }
    kept
}

fn without_spread(
    scope: &Scope<'_>,
    measure: &Measure,
    rows: &[Row<'_>],
    latest: Option<i128>,
) -> Measured {
    let hits = |bit| {
        kept(rows, latest, bit)
            .iter()
            .filter(|(_, hit)| *hit)
            .count() as i128
    };
    let all = |bit| kept(rows, latest, bit).len() as i128;
    let hit = kept(rows, latest, Bit::L0)
        .into_iter()
        .filter(|(_, hit)| *hit);
    let counted = vec![hit.map(|(row, _)| id(row)).collect()];
    match measure {
        Measure::Count(how, bound) => counted_against(*how, scope.number(bound), hits, counted),
        Measure::No => {
            let mut measured = counted_against(How::AtMost, Ok(Exact::whole(0)), hits, counted);
            measured.steps = Steps::one();
            measured
        }
        Measure::Every => Measured {
            truth: Six::each(|bit| hits(bit) >= 1 && hits(bit) == all(bit)),
            found: Some(Amount::count(hits(Bit::L0))),
            needed: Some(Amount::count(all(Bit::L0))),
            steps: Steps::one(),
            counted: Some(counted),
            asked: None,
            serving: Vec::new(),
        },
        Measure::Share(how, share, _) => {
            let asked = Exact::decimal(*share);
            let hundredfold = |bit| Exact::whole(hits(bit) * 100);
            let least = Six::each(|bit| {
                rows.iter().any(|row| row.population.at(bit))
                    && hundredfold(bit) >= asked.times(Exact::whole(all(bit).max(1)))
            });
            let most = Six::each(|bit| {
                rows.iter().any(|row| row.population.at(bit))
                    && hundredfold(bit.dual()) <= asked.times(Exact::whole(all(bit.dual())))
            });
            let found = hits(Bit::L0) * 100 / all(Bit::L0).max(1);
            Measured {
                truth: match how {
                    How::AtLeast => least,
                    How::AtMost => most,
                    How::Exactly => least.and(most),
                },
                found: Some(Amount::percent(Exact::whole(found))),
                needed: Some(Amount::percent(asked)),
                steps: Steps::one(),
                counted: Some(counted),
                asked: None,
                serving: Vec::new(),
            }
        }
        Measure::Aggregate(..) => panic!("an aggregate is no count"),
    }
}

/// A count against a bound.
fn counted_against(
    how: How,
    bound: Result<Exact, Lack>,
    value: impl Fn(Bit) -> i128,
    counted: Vec<Vec<String>>,
) -> Measured {
    let found = value(Bit::L0);
    let (truth, needed, steps) = match bound {
        Ok(bound) => {
            let whole = bound
                .to_whole()
                .unwrap_or_else(|| panic!("no whole number: {bound:?}"));
            let truth = bounded(how, |bit| value(bit) >= whole, |bit| value(bit) <= whole);
            let steps = if how == How::AtMost {
                Steps::one()
            } else {
                Steps::counted(found, whole)
            };
            (truth, Some(Amount::count(whole)), steps)
        }
        Err(lack) => (lack.truth(), None, Steps::one()),
    };
    Measured {
        truth,
        found: Some(Amount::count(found)),
        needed,
        steps,
        counted: Some(counted),
        asked: None,
        serving: Vec::new(),
    }
}

fn id(row: &Row<'_>) -> String {
    row.evidence.id.clone()
}

/// The records of the population that match, at a bit.
fn matching<'r, 'a>(rows: &'r [Row<'a>], bit: Bit) -> Vec<&'r Row<'a>> {
    rows.iter()
        .filter(|row| row.population.at(bit) && row.matching.at(bit))
        .collect()
}

/// The value of a field of a record.
pub fn value_of(scope: &Scope<'_>, row: &Row<'_>, field: &Expr) -> Found {
    Scope {
        row: Some(row),
        ..*scope
    }
    .value(field)
}

fn spread_value(scope: &Scope<'_>, spread: &Spread, rows: &[Row<'_>], bit: Bit) -> i128 {
    match spread {
        Spread::Different(field) => {
            let (groups, unknown) = groups(scope, field, rows, bit);
            groups.len() as i128 + unknown
        }
        Spread::Same(field) => {
            let (groups, unknown) = groups(scope, field, rows, bit);
            groups
                .iter()
                .map(|group| group.1.len() as i128)
                .max()
                .unwrap_or(0)
                + unknown
        }
        Spread::DifferentYears => years(scope, rows, bit).len() as i128,
        Spread::ConsecutiveYears(skipping) => runs(scope, *skipping, rows, bit)
            .iter()
            .map(|run| run.len() as i128)
            .max()
            .unwrap_or(0),
    }
}

/// A value, and the ids of the records that have it.
type Group = (Value, Vec<String>);

/// The records of each known value, in the order of the first of each, and how many unknown ones may help.
fn groups(scope: &Scope<'_>, field: &Expr, rows: &[Row<'_>], bit: Bit) -> (Vec<Group>, i128) {
    let mut groups: Vec<Group> = Vec::new();
    let mut unknown = 0;
    for row in matching(rows, bit) {
        match value_of(scope, row, field) {
            Ok(value) => match groups
                .iter_mut()
                .find(|(known, _)| compare(known, Comparison::Equal, &value))
            {
                Some((_, ids)) => ids.push(id(row)),
                None => groups.push((value, vec![id(row)])),
            },
            Err(lack) if lack.truth().at(bit) => unknown += 1,
            Err(_) => {}
        }
    }
    (groups, unknown)
}

/// The school years of the matching records, and the ids of the records in each.
fn years(scope: &Scope<'_>, rows: &[Row<'_>], bit: Bit) -> BTreeMap<i64, Vec<String>> {
    let mut years: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for row in matching(rows, bit) {
        years
            .entry(school_year(scope.world.starts(), row.day))
            .or_default()
            .push(id(row));
    }
    years
}

/// The runs of school years.
fn runs(scope: &Scope<'_>, skipping: bool, rows: &[Row<'_>], bit: Bit) -> Vec<Vec<i64>> {
    let with_one = years(scope, rows, bit);
    let missed: Vec<i64> = rows
        .iter()
        .filter(|row| row.population.at(bit.dual()) && !row.matching.at(bit))
        .map(|row| school_year(scope.world.starts(), row.day))
        .collect();
    let mut runs: Vec<Vec<i64>> = Vec::new();
    for year in with_one.keys().copied() {
        let last = runs.last().and_then(|run| run.last()).copied();
        let goes_on = last.is_some_and(|last| {
            (last + 1..year).all(|between| skipping && !missed.contains(&between))
        });
        match runs.last_mut() {
            Some(run) if goes_on => run.push(year),
            _ => runs.push(vec![year]),
        }
    }
    runs
}

/// What may be said to have counted as the record stands.
fn counted_of_spread(scope: &Scope<'_>, spread: &Spread, rows: &[Row<'_>]) -> Vec<Vec<String>> {
    let bit = Bit::L0;
    match spread {
        Spread::Different(field) => {
            let (groups, _) = groups(scope, field, rows, bit);
            vec![
                groups
                    .into_iter()
                    .filter_map(|(_, ids)| ids.into_iter().next())
                    .collect(),
            ]
        }
        Spread::Same(field) => {
            let (groups, _) = groups(scope, field, rows, bit);
            let largest = groups.iter().map(|(_, ids)| ids.len()).max().unwrap_or(0);
            let mut answers: Vec<Vec<String>> = groups
                .into_iter()
                .map(|(_, ids)| ids)
                .filter(|ids| ids.len() == largest)
                .collect();
            if answers.is_empty() {
                answers.push(Vec::new());
            }
            answers
        }
        Spread::DifferentYears | Spread::ConsecutiveYears(_) => {
            vec![years(scope, rows, bit).into_values().flatten().collect()]
        }
    }
}
