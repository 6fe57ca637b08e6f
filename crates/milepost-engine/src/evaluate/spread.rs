//! Spreads: a population in, for each bit the number of distinct values, the largest group, school years or runs of them out.

use super::count::Counts;
use super::planes::{downwards, ones};
use super::population::{Latest, Population, Word};
use super::value::{Known, Scope};
use crate::order::{Placed, sort_placed};
use crate::plan::{Source, Spread};
use crate::truth::{BITS, DUAL, Truth};

/// A value, and the bits at which a record that has it counts, as a number.
pub(super) type Valued = Placed;

/// What a spread counts at each bit. `values` is used again.
pub(super) fn spread(
    population: Option<Population<'_>>,
    spread: Spread,
    values: &mut Vec<Valued>,
) -> Counts {
    let Some(population) = population else {
        return [0; BITS];
    };
    let mut latest = Latest::new(population.records.latest);
    let words = population.words().map_while(|mut word| {
        if latest.is_full() {
            return None;
        }
        word.population = latest.narrow(word.population);
        Some(word)
    });
    let counts = match spread {
        Spread::Different(source) => by_value(population, source, words, values, |count, group| {
            *count += u64::from(group > 0);
        }),
        Spread::Same(source) => by_value(population, source, words, values, |count, group| {
            *count = group.max(*count);
        }),
        Spread::DifferentYears => by_year(population.scope, words).map(|years| years.count),
        Spread::ConsecutiveYears(skipping) => by_year(population.scope, words)
            .map(|years| if skipping { years.skipping } else { years.run }.longest),
    };
    let most = population.records.latest.map_or(u64::MAX, u64::from);
    counts.map(|count| count.min(most))
}

/// Counts over groups of one known value, and one for each record whose unknown value may be a new one or the same.
fn by_value(
    population: Population<'_>,
    source: Source,
    words: impl Iterator<Item = Word>,
    values: &mut Vec<Valued>,
    of_group: impl Fn(&mut u64, u64),
) -> Counts {
    values.clear();
    let mut unknown = [0u64; BITS];
    for word in words {
        let hits = word.hits();
        for place in ones(hits.any()) {
            let truth = hits.truth(place);
            match population.scope.told_apart(source, word.first + place) {
                Known::Value(value) => values.push((value, truth.number())),
                lacking => {
                    let under_review = word.under_review >> place & 1 == 1;
                    let truth = truth.and(match lacking {
                        Known::NoField if under_review => Truth::UNFILLED,
                        _ => Truth::UNKNOWN,
                    });
                    count(&mut unknown, truth);
                }
            }
        }
    }
    sort_placed(values);
    let mut counts = [0u64; BITS];
    for group in values.chunk_by(|(one, _), (two, _)| one == two) {
        let mut sizes = [0u64; BITS];
        for (_, truth) in group {
            count(&mut sizes, Truth::of_number(*truth));
        }
        for (counted, size) in counts.iter_mut().zip(sizes) {
            of_group(counted, size);
        }
    }
    for (counted, unknown) in counts.iter_mut().zip(unknown) {
        *counted = counted.saturating_add(unknown);
    }
    counts
}

fn count(counts: &mut Counts, truth: Truth) {
    for (count, bit) in counts.iter_mut().zip(truth.bits()) {
        *count += u64::from(bit);
    }
}

/// A run of school years that goes on, and the longest there was.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    length: u64,
    longest: u64,
}

impl Run {
    fn goes_on(&mut self) {
        self.length += 1;
        self.longest = self.longest.max(self.length);
    }
}

/// What one bit has seen of the school years, the latest first.
#[derive(Clone, Copy, Debug, Default)]
struct Years {
    count: u64,
    run: Run,
    skipping: Run,
    last: Option<i32>,
}

impl Years {
    /// A year in which a record counts, or if none does, in which one is missing a match.
    fn see(&mut self, year: i32, counts: bool, missing: bool) {
        if counts {
            self.count += 1;
            if self.last != Some(year.saturating_add(1)) {
                self.run.length = 0;
            }
            self.run.goes_on();
            self.skipping.goes_on();
            self.last = Some(year);
        } else if missing {
            self.skipping.length = 0;
        }
    }
}

fn by_year(scope: Scope<'_>, words: impl Iterator<Item = Word>) -> [Years; BITS] {
    let mut years = [Years::default(); BITS];
    let mut current = None;
    let (mut counts, mut missing) = (Truth::FALSE, Truth::FALSE);
    let mut calendar = Calendar::default();
    let mut close = |year: Option<i32>, counts: Truth, missing: Truth| {
        let Some(year) = year else { return };
        for (years, bits) in years
            .iter_mut()
            .zip(counts.bits().into_iter().zip(missing.bits()))
        {
            years.see(year, bits.0, bits.1);
        }
    };
    for word in words {
        for place in downwards(word.population.any()) {
            let Some(year) = calendar.year(scope, word.first + place) else {
                continue;
            };
            if current != Some(year) {
                close(current, counts, missing);
                current = Some(year);
                (counts, missing) = (Truth::FALSE, Truth::FALSE);
            }
            let (population, matching) = (word.population.truth(place), word.matching.truth(place));
            counts = counts.or(population.and(matching));
            missing = missing.or(Truth::new(std::array::from_fn(|bit| {
                let dual = DUAL.get(bit).copied().unwrap_or(bit);
                population.bit(dual) && !matching.bit(bit)
            })));
        }
    }
    close(current, counts, missing);
    years
}

impl Scope<'_> {
    /// A value by which records are told apart; every id is one of its own.
    pub(super) fn told_apart(&self, source: Source, row: usize) -> Known<i64> {
        match source {
            Source::Id => i64::try_from(row).map_or(Known::NoField, Known::Value),
            source => self.single(source, row),
        }
    }
}

/// The school year of rows that follow one another, worked out anew only when it changes.
#[derive(Clone, Copy, Debug, Default)]
struct Calendar {
    year: i32,
    first: i32,
    end: i32,
}

impl Calendar {
    fn year(&mut self, scope: Scope<'_>, row: usize) -> Option<i32> {
        let date = scope.table?.row(row)?.date;
        if !(self.first..self.end).contains(&date.days()) {
            self.year = scope.school_year(date);
            self.first = scope.year_begins(self.year);
            self.end = scope.year_begins(self.year.saturating_add(1));
        }
        Some(self.year)
    }
}
