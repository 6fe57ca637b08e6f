//! Spreads: distinct values, the largest group, school years and runs of them.

use super::count::Counts;
use super::planes::ones;
use super::population::Found;
use super::value::{Known, Scope};
use crate::date::Date;
use crate::plan::{Source, Spread};
use crate::truth::{DUAL, Truth};

impl Scope<'_> {
    /// What a spread counts at each bit. The population has been narrowed to the latest so many already.
    pub(crate) fn spread(
        &self,
        spread: Spread,
        found: &Found,
        latest: Option<u32>,
        values: &mut Vec<i64>,
    ) -> Counts {
        let most = latest.map_or(u64::MAX, u64::from);
        std::array::from_fn(|bit| {
            let counted = match spread {
                Spread::Different(source) | Spread::Same(source) => {
                    let unknown = self.gather(source, found, bit, values);
                    if matches!(spread, Spread::Different(_)) {
                        values.dedup();
                        values.len() as u64 + unknown
                    } else {
                        largest_group(values) + unknown
                    }
                }
                Spread::DifferentYears => {
                    self.gather_years(found, bit, values);
                    values.len() as u64
                }
                Spread::ConsecutiveYears(skipping) => {
                    self.gather_years(found, bit, values);
                    let breaks = if skipping {
                        self.breaks(found, bit, values)
                    } else {
                        Vec::new()
                    };
                    longest_run(values, skipping.then_some(&breaks))
                }
            };
            counted.min(most)
        })
    }

    /// The known values of a field among the matches at a bit, sorted; how many unknown ones count as new.
    fn gather(&self, source: Source, found: &Found, bit: usize, values: &mut Vec<i64>) -> u64 {
        values.clear();
        let mut unknown = 0;
        found.each(bit, |row, under_review| {
            match self.spread_value(source, row) {
                Known::Value(value) => values.push(value),
                Known::NoField | Known::NoFact => {
                    let truth = if under_review {
                        Truth::UNFILLED
                    } else {
                        Truth::UNKNOWN
                    };
                    unknown += u64::from(truth.bit(bit));
                }
            }
        });
        values.sort_unstable();
        unknown
    }

    /// A value by which records are told apart; every id is one of its own.
    pub(crate) fn spread_value(&self, source: Source, row: usize) -> Known<i64> {
        match source {
            Source::Id => Known::Value(i64::try_from(row).unwrap_or(i64::MAX)),
            source => self.scalar(source, row),
        }
    }

    /// The school years of the matches at a bit, each once, in order.
    fn gather_years(&self, found: &Found, bit: usize, years: &mut Vec<i64>) {
        years.clear();
        found.each(bit, |row, _| years.extend(self.year_of(row)));
        years.dedup();
    }

    pub(crate) fn year_of(&self, row: usize) -> Option<i64> {
        let date: Date = *self.columns?.dates.get(row)?;
        Some(i64::from(self.school_year(date)))
    }

    /// The school years that have a record that does not match, and none that does.
    fn breaks(&self, found: &Found, bit: usize, years: &[i64]) -> Vec<i64> {
        let dual = DUAL.get(bit).copied().unwrap_or(bit);
        let mut breaks = Vec::new();
        for (word, (population, matching)) in
            found.population.iter().zip(&found.matching).enumerate()
        {
            for place in ones(population.at(dual) & !matching.at(bit)) {
                breaks.extend(
                    self.year_of(word * 64 + place)
                        .filter(|year| years.binary_search(year).is_err()),
                );
            }
        }
        breaks.dedup();
        breaks
    }
}

impl Found {
    /// Calls `visit` with every match at a bit and whether it is under review, in the order of the rows.
    pub(crate) fn each(&self, bit: usize, mut visit: impl FnMut(usize, bool)) {
        let planes = self
            .population
            .iter()
            .zip(&self.matching)
            .zip(&self.under_review);
        for (word, ((population, matching), under_review)) in planes.enumerate() {
            for place in ones(population.at(bit) & matching.at(bit)) {
                visit(word * 64 + place, under_review >> place & 1 == 1);
            }
        }
    }
}

fn largest_group(values: &[i64]) -> u64 {
    values
        .chunk_by(|one, two| one == two)
        .map(|group| group.len() as u64)
        .max()
        .unwrap_or(0)
}

/// The longest run of years; with `breaks`, years between two break it only if they are among those.
fn longest_run(years: &[i64], breaks: Option<&Vec<i64>>) -> u64 {
    let joined = |one: &i64, two: &i64| match breaks {
        None => *two == *one + 1,
        Some(breaks) => {
            breaks.partition_point(|year| year <= one) == breaks.partition_point(|year| year < two)
        }
    };
    years
        .chunk_by(joined)
        .map(|run| run.len() as u64)
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_and_groups() {
        assert_eq!(longest_run(&[2019, 2020, 2022, 2023, 2024, 2030], None), 3);
        assert_eq!(longest_run(&[2019, 2020, 2022, 2023], Some(&vec![])), 4);
        assert_eq!(
            longest_run(&[2019, 2020, 2022, 2023, 2025], Some(&vec![2021])),
            3
        );
        assert_eq!(longest_run(&[], None), 0);
        assert_eq!(largest_group(&[1, 2, 2, 2, 5, 5]), 3);
    }
}
