//! Days of the calendar, counted out.

use milepost_engine::{Date, Duration, MonthDay, Unit};

/// A day; the derived order is that of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// 1 to 9999
    pub year: i64,
    /// 1 to 12
    pub month: i64,
    /// 1 to 31
    pub day: i64,
}

const FIRST: Day = Day {
    year: 1,
    month: 1,
    day: 1,
};
const LAST: Day = Day {
    year: 9999,
    month: 12,
    day: 31,
};

/// The day written so, as every date writes itself.
#[must_use]
pub fn day(date: Date) -> Day {
    let written = date.to_string();
    let parts: Vec<i64> = written
        .split('-')
        .filter_map(|part| part.parse().ok())
        .collect();
    match parts.as_slice() {
        [year, month, day] => Day {
            year: *year,
            month: *month,
            day: *day,
        },
        _ => panic!("a date that writes itself as `{written}`"),
    }
}

impl Day {
    /// The shared vocabulary's date.
    #[must_use]
    pub fn date(self) -> Date {
        let written = format!("{:04}-{:02}-{:02}", self.year, self.month, self.day);
        written
            .parse()
            .unwrap_or_else(|_| panic!("no such day: {written}"))
    }

    /// The day so many days later.
    #[must_use]
    pub fn plus_days(self, count: i64) -> Self {
        let mut left = self.number() + count;
        if left < FIRST.number() {
            return FIRST;
        }
        if left > LAST.number() {
            return LAST;
        }
        let mut year = 1;
        while left > days_in_year(year) {
            left -= days_in_year(year);
            year += 1;
        }
        let mut month = 1;
        while left > days_in_month(year, month) {
            left -= days_in_month(year, month);
            month += 1;
        }
        Self {
            year,
            month,
            day: left,
        }
    }

    /// The day so many months later, or the last of that month.
    fn plus_months(self, count: i64) -> Self {
        let months = self.year * 12 + (self.month - 1) + count;
        let year = months.div_euclid(12);
        let month = months.rem_euclid(12) + 1;
        if year < 1 {
            return FIRST;
        }
        if year > 9999 {
            return LAST;
        }
        Self {
            year,
            month,
            day: self.day.min(days_in_month(year, month)),
        }
    }

    /// Later (1) or earlier (-1) by a duration that is not of school years.
    #[must_use]
    pub fn plus(self, duration: Duration, sign: i64) -> Self {
        let count = i64::from(duration.count) * sign;
        match duration.unit {
            Unit::Days => self.plus_days(count),
            Unit::Weeks => self.plus_days(count * 7),
            Unit::Months => self.plus_months(count),
            Unit::Years => self.plus_months(count * 12),
            Unit::SchoolYears => panic!("school years are not added to days"),
        }
    }

    /// How many days there are up to it from the first on.
    pub fn number(self) -> i64 {
        let years: i64 = (1..self.year).map(days_in_year).sum();
        let months: i64 = (1..self.month)
            .map(|month| days_in_month(self.year, month))
            .sum();
        years + months + self.day
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_in_year(year: i64) -> i64 {
    if is_leap(year) { 366 } else { 365 }
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A day of every year; 29 February is 28 February in years without one.
#[must_use]
pub fn in_year(day: MonthDay, year: i64) -> Day {
    let written = day.to_string();
    let parts: Vec<i64> = written
        .split('-')
        .filter_map(|part| part.parse().ok())
        .collect();
    match parts.as_slice() {
        [month, day] => Day {
            year,
            month: *month,
            day: (*day).min(days_in_month(year, *month)),
        },
        _ => panic!("a day of the year that writes itself as `{written}`"),
    }
}

/// The first such day after a day.
#[must_use]
pub fn next(wanted: MonthDay, after: Day) -> Day {
    for year in [after.year, after.year + 1] {
        let found = in_year(wanted, year);
        if found > after {
            return found.min(LAST);
        }
    }
    LAST
}

/// The school year of a day: the calendar year it starts in.
#[must_use]
pub fn school_year(starts: MonthDay, of: Day) -> i64 {
    if of >= in_year(starts, of.year) {
        of.year
    } else {
        of.year - 1
    }
}

/// The first day of a school year.
#[must_use]
pub fn start_of(starts: MonthDay, year: i64) -> Day {
    in_year(starts, year).clamp(FIRST, LAST)
}

/// The last day of a school year.
#[must_use]
pub fn end_of(starts: MonthDay, year: i64) -> Day {
    if year < 0 {
        return FIRST;
    }
    if year >= 9999 {
        return LAST;
    }
    in_year(starts, year + 1).plus_days(-1)
}
