//! The population of a requirement and its match: which records it is about, and which of those are right.

use super::planes::{Planes, ones};
use super::test::Rows;
use super::value::{Known, Scope};
use crate::date::{Date, Unit};
use crate::plan::{Records, When, Window};
use crate::record::{Columns, Status};
use crate::truth::{BITS, DUAL};

/// One bound of an interval of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    Open,
    Day(Date),
    Unknown,
}

/// The days a window holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) first: Bound,
    pub(crate) last: Bound,
}

/// The records of a kind on a day: which count, which are under review, which were returned. Unexpired ones only.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standing {
    pub(crate) accepted: Vec<u64>,
    pub(crate) under_review: Vec<u64>,
    pub(crate) returned: Vec<u64>,
    /// How many rows exist: those dated up to the day.
    pub(crate) rows: usize,
}

/// What a status is on a day; nothing if the record does not exist yet.
pub(crate) fn status_on(
    status: Status,
    submitted: Option<Date>,
    decided: Option<Date>,
    as_of: Date,
) -> Option<Status> {
    if submitted.is_some_and(|submitted| submitted > as_of) {
        None
    } else if decided.is_some_and(|decided| decided > as_of) {
        Some(Status::UnderReview)
    } else {
        Some(status)
    }
}

impl Standing {
    /// Works out what stands on a day.
    pub(crate) fn fill(&mut self, columns: &Columns, as_of: Date) {
        self.rows = columns.dates.partition_point(|&date| date <= as_of);
        let words = self.rows.div_ceil(64);
        for bits in [
            &mut self.accepted,
            &mut self.under_review,
            &mut self.returned,
        ] {
            bits.clear();
            bits.resize(words, 0);
        }
        let dates = columns.submitted.iter().zip(&columns.decided);
        let rows = columns
            .statuses
            .iter()
            .zip(&columns.expires)
            .zip(dates)
            .take(self.rows);
        for (row, ((status, expires), (submitted, decided))) in rows.enumerate() {
            if expires.is_some_and(|expires| expires < as_of) {
                continue;
            }
            let bits = match status_on(*status, *submitted, *decided, as_of) {
                Some(Status::Accepted) => &mut self.accepted,
                Some(Status::UnderReview) => &mut self.under_review,
                Some(Status::Returned) => &mut self.returned,
                _ => continue,
            };
            if let Some(word) = bits.get_mut(row / 64) {
                *word |= 1 << (row % 64);
            }
        }
    }
}

/// The population and the match of a requirement, 64 records a step.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// Which records the requirement is about.
    pub(crate) population: Vec<Planes>,
    /// Which of them match.
    pub(crate) matching: Vec<Planes>,
    /// Which are under review, so that fields they lack may yet be filled.
    pub(crate) under_review: Vec<u64>,
}

impl Scope<'_> {
    /// The days a window holds.
    pub(crate) fn interval(&self, window: &Window) -> Interval {
        let day = |when: &When| match self.when(when, 0) {
            Known::Value(date) => Bound::Day(date),
            Known::NoFact | Known::NoField => Bound::Unknown,
        };
        let (first, last) = match window {
            Window::Since(when) => (day(when), Bound::Open),
            Window::After(when) => (day(when).map(Self::later), Bound::Open),
            Window::Before(when) => (Bound::Open, day(when).map(Self::earlier)),
            Window::From(from, to) => (day(from), day(to)),
            Window::Within(duration, end) => {
                let end = day(end);
                let first = end.map(|end| {
                    if duration.unit == Unit::SchoolYears {
                        let years = i32::try_from(duration.count).unwrap_or(i32::MAX);
                        let first = self
                            .school_year(end)
                            .saturating_sub(years.saturating_sub(1))
                            .max(0);
                        Some(self.year_start(first))
                    } else {
                        Self::later(end.minus(*duration))
                    }
                });
                (first, end)
            }
            Window::InThe(duration, end) => {
                let end = day(end);
                if duration.unit == Unit::SchoolYears {
                    let years = i32::try_from(duration.count).unwrap_or(i32::MAX);
                    let first = end.map(|end| {
                        Some(self.year_start(self.school_year(end).saturating_sub(years).max(0)))
                    });
                    (
                        first,
                        end.map(|end| Self::earlier(self.year_start(self.school_year(end)))),
                    )
                } else {
                    (
                        end.map(|end| Some(end.minus(*duration))),
                        end.map(Self::earlier),
                    )
                }
            }
            Window::SchoolYears(from, to) => {
                let this = self.school_year(self.as_of);
                let first = self.year_start(this.saturating_add(*from).max(0));
                (
                    Bound::Day(first),
                    Bound::Day(self.year_end(this.saturating_add(*to).max(0))),
                )
            }
            Window::SchoolYear(year) => (
                Bound::Day(self.year_start(*year)),
                Bound::Day(self.year_end(*year)),
            ),
        };
        Interval { first, last }
    }

    /// The next day; nothing after the last.
    fn later(date: Date) -> Option<Date> {
        (date < Date::MAX).then(|| date.succ())
    }

    /// The day before; nothing before the first.
    fn earlier(date: Date) -> Option<Date> {
        (date > Date::MIN).then(|| date.pred())
    }

    /// Finds the population and the match. `renewal` is the day up to which evidence does not count.
    pub(crate) fn find(
        &self,
        records: &Records,
        standing: &Standing,
        renewal: Option<Date>,
        found: &mut Found,
    ) {
        let words = standing.rows.div_ceil(64);
        found.population.clear();
        found.population.resize(words, Planes::NONE);
        found.matching.clear();
        found.matching.resize(words, Planes::NONE);
        found.under_review.clear();
        found.under_review.resize(words, 0);
        let Some(columns) = self.columns else { return };
        let mut from = renewal.map_or(0, |day| columns.dates.partition_point(|&date| date <= day));
        let mut to = standing.rows;
        let mut uncertain = false;
        for window in &records.windows {
            let interval = self.interval(window);
            match interval.first {
                Bound::Day(first) => {
                    from = from.max(columns.dates.partition_point(|&date| date < first))
                }
                Bound::Unknown => uncertain = true,
                Bound::Open => {}
            }
            match interval.last {
                Bound::Day(last) => {
                    to = to.min(columns.dates.partition_point(|&date| date <= last))
                }
                Bound::Unknown => uncertain = true,
                Bound::Open => {}
            }
        }
        if from >= to {
            return;
        }
        let filed = records
            .competency
            .map(|competency| columns.filed.get(&competency));
        let word_of = |bits: &[u64], word: usize| bits.get(word).copied().unwrap_or(0);
        for word in from / 64..to.div_ceil(64) {
            let first = word * 64;
            let mut inside = u64::MAX;
            if from > first {
                inside &= u64::MAX << (from - first);
            }
            if to < first + 64 {
                inside &= u64::MAX >> (first + 64 - to);
            }
            if let Some(filed) = filed {
                inside &= filed.map_or(0, |bits| word_of(bits, word));
            }
            let returned = if records.including_returned {
                word_of(&standing.returned, word)
            } else {
                0
            };
            let reviewed = word_of(&standing.under_review, word);
            let (accepted, under_review) = if records.including_under_review {
                (word_of(&standing.accepted, word) | returned | reviewed, 0)
            } else {
                (word_of(&standing.accepted, word) | returned, reviewed)
            };
            let looked_at = (accepted | under_review) & inside;
            if looked_at == 0 {
                continue;
            }
            let rows = Rows {
                first,
                looked_at,
                under_review,
            };
            let mut population = Planes::standing(accepted & inside, under_review & inside);
            if uncertain {
                population = population.and(Planes::new(0, looked_at, 0));
            }
            if let Some(whose) = &records.whose {
                population = population.and(self.test(whose, rows));
            }
            let matching = records
                .matching
                .as_ref()
                .map_or(Planes::ALL, |matching| self.test(matching, rows));
            if let Some(slot) = found.population.get_mut(word) {
                *slot = population;
            }
            if let Some(slot) = found.matching.get_mut(word) {
                *slot = matching;
            }
            if let Some(slot) = found.under_review.get_mut(word) {
                *slot = under_review & inside;
            }
        }
    }
}

impl Bound {
    /// Another day; what lies beyond the calendar holds no day of it.
    fn map(self, of: impl Fn(Date) -> Option<Date>) -> Self {
        match self {
            Self::Day(day) => of(day).map_or(Self::Unknown, Self::Day),
            other => other,
        }
    }
}

impl Found {
    /// Hits and misses at a bit, of the latest so many records that are kept if there is such a number.
    pub(crate) fn hits_and_misses(&self, bit: usize, latest: Option<u32>) -> (u64, u64) {
        let dual = DUAL.get(bit).copied().unwrap_or(bit);
        let (mut hits, mut misses) = (0, 0);
        let mut left = latest.map_or(u64::MAX, u64::from);
        for (population, matching) in self.population.iter().zip(&self.matching).rev() {
            let (p, q, m) = (population.at(bit), population.at(dual), matching.at(bit));
            let mut kept = (p & q) | (p & !q & m) | (!p & q & !m);
            if u64::from(kept.count_ones()) > left {
                kept = highest(kept, left);
            }
            left -= u64::from(kept.count_ones());
            hits += u64::from((kept & p & m).count_ones());
            misses += u64::from((kept & !(p & m)).count_ones());
            if left == 0 {
                break;
            }
        }
        (hits, misses)
    }

    /// Narrows the population to the latest so many, soundly at each bit.
    pub(crate) fn narrow_to_latest(&mut self, latest: u32) {
        let mut later = [0u64; BITS];
        for population in self.population.iter_mut().rev() {
            let all = *population;
            let mut kept = [0u64; BITS];
            for (bit, slot) in kept.iter_mut().enumerate() {
                let (own, other) = (all.at(bit), all.at(DUAL.get(bit).copied().unwrap_or(bit)));
                let counted = later.get(bit).copied().unwrap_or(0);
                let left = u64::from(latest).saturating_sub(counted);
                // A record stays while fewer than `left` of the others in this word are later.
                *slot = if u64::from(other.count_ones()) < left {
                    own
                } else if left == 0 {
                    0
                } else {
                    own & !below_nth_highest(other, left)
                };
                if let Some(count) = later.get_mut(bit) {
                    *count = counted.saturating_add(u64::from(other.count_ones()));
                }
            }
            *population = Planes(kept);
        }
    }
}

/// The highest so many ones of a word.
fn highest(word: u64, count: u64) -> u64 {
    let drop = usize::try_from(u64::from(word.count_ones()).saturating_sub(count)).unwrap_or(64);
    ones(word)
        .take(drop)
        .fold(word, |word, place| word & !(1 << place))
}

/// The places below the nth highest one of a word, which has at least so many.
fn below_nth_highest(word: u64, nth: u64) -> u64 {
    let skip = usize::try_from(u64::from(word.count_ones()).saturating_sub(nth)).unwrap_or(0);
    ones(word).nth(skip).map_or(0, |place| (1 << place) - 1)
}
