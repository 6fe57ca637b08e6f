//! What counted: a population in, the rows that count as the record stands out, in the order of their dates.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::super::planes::downwards;
use super::super::population::{Latest, Population};
use super::super::value::Known;
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
        Some(Spread::Different(source)) => first_of_each(population, source, &mut rows),
        Some(Spread::Same(source)) => largest_group(population, source, &mut rows),
        Some(Spread::DifferentYears | Spread::ConsecutiveYears(_)) | None => {}
    }
    rows
}

/// Whether `among latest` narrows the population, instead of what is kept of it.
pub(super) const fn narrows(population: Population<'_>) -> bool {
    population.records.spread.is_some()
        || matches!(population.records.measure, Measure::Aggregate(..))
}

fn first_of_each(population: Population<'_>, source: Source, rows: &mut Vec<usize>) {
    let mut seen = BTreeSet::new();
    rows.retain(|row| match population.scope.told_apart(source, *row) {
        Known::Value(value) => seen.insert(value),
        Known::NoFact | Known::NoField => false,
    });
}

/// The largest group of one value; of several, the one whose first record is the earliest.
fn largest_group(population: Population<'_>, source: Source, rows: &mut Vec<usize>) {
    let value = |row: &usize| population.scope.told_apart(source, *row).value();
    let mut valued: Vec<(i64, usize)> = rows
        .iter()
        .filter_map(|row| Some((value(row)?, *row)))
        .collect();
    valued.sort_unstable();
    let groups = valued.chunk_by(|(one, _), (two, _)| one == two);
    let largest =
        groups.max_by_key(|group| (group.len(), Reverse(group.first().map(|(_, row)| *row))));
    *rows = largest
        .unwrap_or_default()
        .iter()
        .map(|(_, row)| *row)
        .collect();
}
