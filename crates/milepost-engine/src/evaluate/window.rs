//! Windows of time: windows and the facts in, the rows that lie in all of them out.
//!
//! Rows stand in the order of their dates, so those of a window follow one another.

use super::value::{Known, Scope};
use crate::date::{Date, Unit};
use crate::plan::{When, Window};
use crate::record::Table;

/// The days a window holds, by their numbers: from the first up to the one before the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interval {
    /// The first day; nothing if a fact nobody supplied decides it.
    pub(super) first: Option<i32>,
    /// The day after the last.
    pub(super) end: Option<i32>,
}

/// Before every day, and after every day.
const EARLIEST: i32 = i32::MIN;
const NEVER: i32 = i32::MAX;

/// The rows that lie in all windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Whether a fact nobody supplied decides one of the comparisons.
    pub(super) uncertain: bool,
}

impl Scope<'_> {
    /// The days a window holds.
    pub(super) fn interval(&self, window: &Window) -> Interval {
        let date = |when: &When| match self.when(when, 0) {
            Known::Value(date) => Some(date),
            Known::NoFact | Known::NoField => None,
        };
        let first = |date: Date| date.days();
        let end = |date: Date| date.days().saturating_add(1);
        let (first, end) = match window {
            Window::Since(when) => (date(when).map(first), Some(NEVER)),
            Window::After(when) => (date(when).map(end), Some(NEVER)),
            Window::Before(when) => (Some(EARLIEST), date(when).map(first)),
            Window::From(from, to) => (date(from).map(first), date(to).map(end)),
            Window::Within(duration, until) => {
                let until = date(until);
                let from = until.map(|until| match duration.unit {
                    Unit::SchoolYears => {
                        let years = i32::try_from(duration.count).unwrap_or(i32::MAX);
                        let last = self.school_year(until);
                        self.year_begins(last.saturating_sub(years).saturating_add(1))
                    }
                    _ => end(until.minus(*duration)),
                });
                (from, until.map(end))
            }
            Window::InThe(duration, before) => {
                let before = date(before);
                match duration.unit {
                    Unit::SchoolYears => {
                        let years = i32::try_from(duration.count).unwrap_or(i32::MAX);
                        let year = before.map(|before| self.school_year(before));
                        (
                            year.map(|year| self.year_begins(year.saturating_sub(years))),
                            year.map(|year| self.year_begins(year)),
                        )
                    }
                    _ => (
                        before.map(|before| first(before.minus(*duration))),
                        before.map(first),
                    ),
                }
            }
            Window::SchoolYears(from, to) => {
                let this = self.school_year(self.as_of);
                let begins = |year: i32| Some(self.year_begins(year));
                (
                    begins(this.saturating_add(*from)),
                    begins(this.saturating_add(*to).saturating_add(1)),
                )
            }
            Window::SchoolYear(year) => {
                let begins = |year: i32| Some(self.year_begins(year));
                (begins(*year), begins(year.saturating_add(1)))
            }
        };
        Interval { first, end }
    }

    /// The number of the day on which a school year begins, also beyond the calendar.
    pub(super) fn year_begins(&self, year: i32) -> i32 {
        if year < 1 {
            EARLIEST
        } else if year > 9999 {
            NEVER
        } else {
            self.year_start(year).days()
        }
    }

    /// The rows of a table up to `rows` that lie in all windows and after `renewal`.
    pub(super) fn span(
        &self,
        windows: &[Window],
        table: &Table,
        rows: usize,
        renewal: Option<Date>,
    ) -> Span {
        let before = |day: i32| table.before(day);
        let mut span = Span {
            from: renewal.map_or(0, |day| before(day.days().saturating_add(1))),
            to: rows,
            uncertain: false,
        };
        for window in windows {
            let interval = self.interval(window);
            match interval.first {
                Some(first) => span.from = span.from.max(before(first)),
                None => span.uncertain = true,
            }
            match interval.end {
                Some(end) => span.to = span.to.min(before(end)),
                None => span.uncertain = true,
            }
        }
        span
    }
}
