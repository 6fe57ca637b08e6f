//! Near misses: a population in, the records that fall short of counting by exactly one clause out, and which.

use super::super::planes::{Planes, downwards};
use super::super::population::{Population, Word};
use super::super::standing::from_nth_highest;
use super::super::test::Rows;
use super::at;
use super::counted::{narrows, valued};
use crate::date::Date;
use crate::order::Placed;
use crate::outcome::{NearMiss, Reason};
use crate::plan::{Spread, Test};
use crate::record::{Status, Table};

/// The records that nearly counted, in the order of their dates. One under review falls short of nothing else if it would
/// count once it is accepted and what it lacks is filled in well.
pub(super) fn near_misses(
    population: Population<'_>,
    renewal: Option<Date>,
    counted: &[usize],
) -> Vec<NearMiss> {
    let Some(table) = population.scope.table else {
        return Vec::new();
    };
    if population.span.uncertain {
        return Vec::new();
    }
    let near = Near {
        population,
        table,
        renewal,
        counted,
        first_of_each: first_of_each(population, counted),
    };
    let mut left = population.records.latest.map_or(u64::MAX, u64::from);
    let mut found = Vec::new();
    for word in (0..population.standing.rows().div_ceil(64)).rev() {
        near.word(word, &mut left, &mut found);
    }
    found.reverse();
    found
}

/// The record that counted for each value of a field, in the order of the values.
fn first_of_each(population: Population<'_>, counted: &[usize]) -> Vec<Placed> {
    match population.records.spread {
        Some(Spread::Different(source)) => valued(population, source, counted),
        _ => Vec::new(),
    }
}

struct Near<'a> {
    population: Population<'a>,
    table: &'a Table,
    renewal: Option<Date>,
    counted: &'a [usize],
    first_of_each: Vec<Placed>,
}

/// Which records of a word fall short of which clause.
#[derive(Clone, Copy, Debug, Default)]
struct Shortfalls {
    exists: u64,
    under_review: u64,
    status: u64,
    expired: u64,
    not_for: u64,
    outside: u64,
    whose: u64,
    replaced: u64,
    not_latest: u64,
    matching: u64,
}

impl Shortfalls {
    /// The records that exist and fall short of nothing, and those that fall short of one clause.
    fn none_and_one(&self) -> (u64, u64) {
        let clauses = [
            self.under_review,
            self.status,
            self.expired,
            self.not_for,
            self.outside,
            self.whose,
            self.replaced,
            self.not_latest,
            self.matching,
        ];
        let (mut once, mut twice) = (0, 0);
        for clause in clauses {
            twice |= once & clause;
            once |= clause;
        }
        (self.exists & !once, self.exists & once & !twice)
    }
}

impl Near<'_> {
    /// Looks at 64 records; `left` is how many of the latest are still to come.
    fn word(&self, word: usize, left: &mut u64, found: &mut Vec<NearMiss>) {
        let first = word.saturating_mul(64);
        let short = self.shortfalls(word, left);
        let (none, one) = short.none_and_one();
        for place in downwards(none | one) {
            let row = first + place;
            let repeats = self.repeats(row).filter(|earlier| *earlier != row);
            let reason = match (repeats, none >> place & 1 == 1) {
                (Some(earlier), true) => {
                    Some(Reason::Repeats(at(self.population.records.kind, earlier)))
                }
                (None, false) => self.reason(&short, place, row),
                _ => None,
            };
            if let Some(reason) = reason
                && self.counted.binary_search(&row).is_err()
            {
                found.push(NearMiss {
                    record: at(self.population.records.kind, row),
                    reason,
                });
            }
        }
    }

    fn shortfalls(&self, word: usize, left: &mut u64) -> Shortfalls {
        let mut short = self.standing(word);
        let population = self.population;
        short.not_for = !population.filed(word);
        short.exists &= !self.filed_elsewhere(word, short.exists & short.not_for);
        short.outside = !population.inside(word);
        let rows = Rows {
            first: word.saturating_mul(64),
            looked_at: short.exists,
            under_review: short.under_review,
        };
        let records = population.records;
        let of = |test: &Option<Test>| {
            test.as_ref()
                .map_or(Planes::ALL, |test| population.scope.test(test, rows))
        };
        // What is under review is taken at its best, all else as it stands.
        let holds = |planes: Planes| {
            (planes.at(4) & short.under_review) | (planes.at(0) & !short.under_review)
        };
        (short.whose, short.matching) = (!holds(of(&records.whose)), !holds(of(&records.matching)));
        short.replaced = !holds(population.unreplaced(word));
        if records.latest.is_some() {
            let own = population.word(word);
            let later = own.map_or(0, |own: Word| {
                if narrows(population) {
                    own.population.at(1)
                } else {
                    own.kept(0)
                }
            });
            let count = u64::from(later.count_ones());
            if count >= *left {
                short.not_latest = !from_nth_highest(later, *left);
            }
            *left = left.saturating_sub(count);
        }
        short
    }

    /// The records of a word that exist, and how they stand.
    fn standing(&self, word: usize) -> Shortfalls {
        let mut short = Shortfalls::default();
        let as_of = self.population.scope.as_of;
        let rows = self.population.standing.rows();
        let first = word.saturating_mul(64);
        let all = self
            .table
            .rows
            .get(first..rows.min(first.saturating_add(64)));
        for (place, row) in all.unwrap_or_default().iter().enumerate() {
            let bit = 1 << place;
            let Some(status) = row.status_on(as_of) else {
                continue;
            };
            short.exists |= bit;
            let records = self.population.records;
            match status {
                Status::Accepted => {}
                Status::UnderReview if records.including_under_review => {}
                Status::UnderReview => short.under_review |= bit,
                Status::Returned if records.including_returned => {}
                _ => short.status |= bit,
            }
            if row.expires.is_some_and(|expires| expires < as_of) {
                short.expired |= bit;
            }
        }
        short
    }

    /// The records that are filed for other competencies: they are meant for those, and near nothing here.
    fn filed_elsewhere(&self, word: usize, not_for: u64) -> u64 {
        let first = word.saturating_mul(64);
        downwards(not_for)
            .filter(|place| {
                let row = self.table.row(first + place);
                row.is_some_and(|row| !row.competencies.is_empty())
            })
            .fold(0, |filed, place| filed | 1 << place)
    }

    fn status(&self, row: usize) -> Option<Status> {
        self.table.row(row)?.status_on(self.population.scope.as_of)
    }

    fn expires(&self, row: usize) -> Option<Date> {
        self.table.row(row)?.expires
    }

    /// The record that counted whose value this one has.
    fn repeats(&self, row: usize) -> Option<usize> {
        let Some(Spread::Different(source)) = self.population.records.spread else {
            return None;
        };
        let value = self.population.scope.told_apart(source, row).value()?;
        let place = self
            .first_of_each
            .binary_search_by_key(&value, |(value, _)| *value)
            .ok()?;
        self.first_of_each.get(place).map(|(_, row)| *row as usize)
    }

    /// The one clause that a record falls short of.
    fn reason(&self, short: &Shortfalls, place: usize, row: usize) -> Option<Reason> {
        let of = |clause: u64| clause >> place & 1 == 1;
        let records = self.population.records;
        let failing = |test: &Option<Test>| self.first_failing(test.as_ref()?, row);
        if of(short.under_review) {
            Some(Reason::UnderReview)
        } else if of(short.status) {
            self.status(row).map(Reason::Status)
        } else if of(short.expired) {
            self.expires(row).map(Reason::Expired)
        } else if of(short.not_for) {
            records.competency.map(Reason::NotFor)
        } else if of(short.outside) {
            self.outside(row)
        } else if of(short.whose) {
            failing(&records.whose).map(Reason::Whose)
        } else if of(short.replaced) {
            Some(Reason::AnotherAttempt)
        } else if of(short.not_latest) {
            Some(Reason::NotAmongLatest)
        } else {
            failing(&records.matching).map(Reason::Where)
        }
    }

    /// The first window a record lies outside of.
    fn outside(&self, row: usize) -> Option<Reason> {
        let date = self.table.row(row)?.date;
        let day = |days: i32| Date::from_days(days);
        for window in &self.population.records.windows {
            let interval = self.population.scope.interval(window);
            match (interval.first, interval.end) {
                (Some(first), _) if date.days() < first => {
                    return Some(Reason::TooEarly(day(first).unwrap_or(Date::MAX)));
                }
                (_, Some(end)) if date.days() >= end => {
                    let last = end.checked_sub(1).and_then(day);
                    return Some(Reason::TooLate(last.unwrap_or(Date::MIN)));
                }
                _ => {}
            }
        }
        self.renewal.map(Reason::BeforeRenewal)
    }

    /// The place of the first part of a condition that does not hold.
    fn first_failing(&self, test: &Test, row: usize) -> Option<u32> {
        let Test::All(parts) = test else {
            return Some(0);
        };
        let fails = |part: &Test| {
            !self
                .population
                .scope
                .test(part, Rows::one(row))
                .truth(0)
                .met()
        };
        (0u32..)
            .zip(parts)
            .find(|(_, part)| fails(part))
            .map(|(place, _)| place)
    }
}
