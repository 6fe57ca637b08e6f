//! What counted: a population in, the rows that count as the record stands out, in the order of their dates.

use std::cmp::Reverse;

use super::super::planes::downwards;
use super::super::population::{Latest, Population};
use crate::order::{Placed, sort_placed};
use crate::plan::{Measure, Source, Spread};

/// The rows that counted as the record stands.
pub(super) fn counted(population: Population<'_>) -> Vec<usize> {
    let records = population.records;
    let mut latest = Latest::new(records.latest);
    let narrows = narrows(population);
    let mut rows = Vec::new();
    for word in population.words() {
        if latest.is_full() {
            break;
        }
        let hits = if narrows {
            latest.narrow(word.population).and(word.matching).at(0)
        } else {
            latest.take(0, word.kept(0)) & word.hits().at(0)
        };
        rows.extend(downwards(hits).map(|place| word.first + place));
    }
    rows.reverse();
    match records.spread {
        Some(Spread::Different(source)) => rows = first_of_each(population, source, &rows),
        Some(Spread::Same(source)) => rows = largest_group(population, source, &rows),
        Some(Spread::DifferentYears | Spread::ConsecutiveYears(_)) | None => {}
    }
    rows
}

/// Whether `among latest` narrows the population, instead of what is kept of it.
pub(super) const fn narrows(population: Population<'_>) -> bool {
    population.records.spread.is_some()
        || matches!(population.records.measure, Measure::Aggregate(..))
}

/// The rows whose value is known, by value and then by place.
pub(super) fn valued(population: Population<'_>, source: Source, rows: &[usize]) -> Vec<Placed> {
    let value = |row: usize| population.scope.told_apart(source, row).value();
    let mut valued: Vec<Placed> = rows
        .iter()
        .filter_map(|row| Some((value(*row)?, u32::try_from(*row).ok()?)))
        .collect();
    sort_placed(&mut valued);
    valued
}

fn first_of_each(population: Population<'_>, source: Source, rows: &[usize]) -> Vec<usize> {
    let mut firsts = valued(population, source, rows);
    firsts.dedup_by_key(|(value, _)| *value);
    for (number, row) in &mut firsts {
        *number = i64::from(*row);
    }
    sort_placed(&mut firsts);
    firsts.iter().map(|(_, row)| *row as usize).collect()
}

/// The largest group of one value; of several, the one whose first record is the earliest.
fn largest_group(population: Population<'_>, source: Source, rows: &[usize]) -> Vec<usize> {
    let valued = valued(population, source, rows);
    let groups = valued.chunk_by(|(one, _), (two, _)| one == two);
    let largest =
        groups.max_by_key(|group| (group.len(), Reverse(group.first().map(|(_, row)| *row))));
    let rows = largest.unwrap_or_default().iter();
    rows.map(|(_, row)| *row as usize).collect()
}
