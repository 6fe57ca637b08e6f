//! Civil days: year, month and day in, a day number that compares and subtracts out.
//!
//! From 0001-01-01 to 9999-12-31 in the Gregorian calendar; arithmetic stops at those ends. Adding
//! months or years clamps to the end of the month.

use std::fmt;
use std::str::FromStr;

/// A civil day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

/// Days from the epoch, 1970-01-01, to the first and the last day there is.
const FIRST: i32 = -719_162;
const LAST: i32 = 2_932_896;

impl Date {
    /// 0001-01-01
    pub const MIN: Self = Self(FIRST);
    /// 9999-12-31
    pub const MAX: Self = Self(LAST);

    /// The day, if there is one.
    #[must_use]
    pub const fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if year < 1
            || year > 9999
            || month < 1
            || month > 12
            || day < 1
            || day > last_day(year, month)
        {
            return None;
        }
        Some(Self(number(year, month, day)))
    }

    /// The day, or the last of that month if the month is shorter; the ends of the calendar beyond them.
    const fn clamped(year: i32, month: u8, day: u8) -> Self {
        if year < 1 {
            return Self::MIN;
        }
        if year > 9999 {
            return Self::MAX;
        }
        let last = last_day(year, month);
        Self(number(year, month, if day > last { last } else { day }))
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn days(self) -> i32 {
        self.0
    }

    /// The day so many days after 1970-01-01, if there is one.
    #[must_use]
    pub const fn from_days(days: i32) -> Option<Self> {
        if days >= FIRST && days <= LAST {
            Some(Self(days))
        } else {
            None
        }
    }

    /// Year, month and day.
    #[must_use]
    pub const fn civil(self) -> (i32, u8, u8) {
        // Years are counted from March, so that the leap day comes last; eras have 400 years.
        let shifted = self.0 + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        let (month, day) = (month as u8, day as u8);
        (year, month, day)
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.civil().0
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.civil().1
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.civil().2
    }

    /// The next day.
    #[must_use]
    pub const fn succ(self) -> Self {
        self.plus_days(1)
    }

    /// The day before.
    #[must_use]
    pub const fn pred(self) -> Self {
        self.plus_days(-1)
    }

    const fn plus_days(self, days: i64) -> Self {
        let sum = self.0 as i64 + days;
        if sum < FIRST as i64 {
            Self::MIN
        } else if sum > LAST as i64 {
            Self::MAX
        } else {
            Self(sum as i32)
        }
    }

    const fn plus_months(self, months: i64) -> Self {
        let (year, month, day) = self.civil();
        let total = year as i64 * 12 + month as i64 - 1 + months;
        let years = total.div_euclid(12);
        if years < 1 {
            return Self::MIN;
        }
        if years > 9999 {
            return Self::MAX;
        }
        Self::clamped(years as i32, total.rem_euclid(12) as u8 + 1, day)
    }

    /// Later by a duration. A school year is taken as a year.
    #[must_use]
    pub const fn plus(self, duration: Duration) -> Self {
        self.moved(duration, 1)
    }

    /// Earlier by a duration. A school year is taken as a year.
    #[must_use]
    pub const fn minus(self, duration: Duration) -> Self {
        self.moved(duration, -1)
    }

    const fn moved(self, duration: Duration, sign: i64) -> Self {
        let count = duration.count as i64 * sign;
        match duration.unit {
            Unit::Days => self.plus_days(count),
            Unit::Weeks => self.plus_days(count * 7),
            Unit::Months => self.plus_months(count),
            Unit::Years | Unit::SchoolYears => self.plus_months(count * 12),
        }
    }

    /// The school year a day lies in: the calendar year it starts in.
    #[must_use]
    pub fn school_year(self, start: MonthDay) -> i32 {
        let year = self.year();
        if self >= start.in_year(year) {
            year
        } else {
            year - 1
        }
    }
}

/// The first day of the school year that starts in a calendar year.
#[must_use]
pub fn school_year_start(year: i32, start: MonthDay) -> Date {
    start.in_year(year)
}

/// The last day of the school year that starts in a calendar year.
#[must_use]
pub fn school_year_end(year: i32, start: MonthDay) -> Date {
    if year >= 9999 {
        Date::MAX
    } else {
        start.in_year(year.saturating_add(1)).pred()
    }
}

const fn last_day(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

const fn number(year: i32, month: u8, day: u8) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted_month = (month as i32 + 9) % 12;
    let day_of_year = (153 * shifted_month + 2) / 5 + day as i32 - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day of the calendar")]
pub struct DateError;

/// The number of so many digits.
fn number_of<const DIGITS: usize>(digits: [u8; DIGITS]) -> Result<i32, DateError> {
    digits.into_iter().try_fold(0, |number, digit| {
        if digit.is_ascii_digit() {
            Ok(number * 10 + i32::from(digit - b'0'))
        } else {
            Err(DateError)
        }
    })
}

impl FromStr for Date {
    type Err = DateError;

    /// `2026-07-01`, exactly.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
            return Err(DateError);
        };
        let month = u8::try_from(number_of([*m1, *m2])?).map_err(|_| DateError)?;
        let day = u8::try_from(number_of([*d1, *d2])?).map_err(|_| DateError)?;
        Self::new(number_of([*y1, *y2, *y3, *y4])?, month, day).ok_or(DateError)
    }
}

/// A day of every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    month: u8,
    day: u8,
}

impl MonthDay {
    /// The first of January.
    pub const FIRST: Self = Self { month: 1, day: 1 };

    /// The day, if some year has it; 02-29 stands for 02-28 in years without one.
    #[must_use]
    pub const fn new(month: u8, day: u8) -> Option<Self> {
        if month < 1 || month > 12 || day < 1 || day > last_day(2000, month) {
            return None;
        }
        Some(Self { month, day })
    }

    /// Month and day.
    #[must_use]
    pub const fn parts(self) -> (u8, u8) {
        (self.month, self.day)
    }

    /// That day in a year; the ends of the calendar beyond them.
    #[must_use]
    pub const fn in_year(self, year: i32) -> Date {
        Date::clamped(year, self.month, self.day)
    }

    /// The first such day later than another.
    #[must_use]
    pub fn next_after(self, date: Date) -> Date {
        let year = date.year();
        let this = self.in_year(year);
        if this > date {
            this
        } else {
            self.in_year(year + 1)
        }
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl FromStr for MonthDay {
    type Err = DateError;

    /// `07-01`, exactly.
    fn from_str(text: &str) -> Result<Self, DateError> {
        let [m1, m2, b'-', d1, d2] = text.as_bytes() else {
            return Err(DateError);
        };
        let month = u8::try_from(number_of([*m1, *m2])?).map_err(|_| DateError)?;
        let day = u8::try_from(number_of([*d1, *d2])?).map_err(|_| DateError)?;
        Self::new(month, day).ok_or(DateError)
    }
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Days.
    Days,
    /// Seven days each.
    Weeks,
    /// Calendar months.
    Months,
    /// Calendar years.
    Years,
    /// Years from one start of school to the next.
    SchoolYears,
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Days => "day",
            Unit::Weeks => "week",
            Unit::Months => "month",
            Unit::Years => "year",
            Unit::SchoolYears => "school year",
        };
        write!(
            f,
            "{} {unit}{}",
            self.count,
            if self.count == 1 { "" } else { "s" }
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn of(count: u32, unit: Unit) -> Duration {
        Duration { count, unit }
    }

    #[test]
    fn every_day_of_four_centuries_is_itself_and_follows_the_one_before() {
        assert_eq!(day("1970-01-01").days(), 0);
        assert_eq!(day("2000-03-01").days(), 11_017);
        assert_eq!(
            (day("0001-01-01"), day("9999-12-31")),
            (Date::MIN, Date::MAX)
        );
        let mut date = day("1999-12-31");
        let (mut year, mut month, mut number) = (2000, 1, 1);
        for _ in 0..146_097 {
            date = date.succ();
            assert_eq!(date.civil(), (year, month, number));
            assert_eq!(Date::new(year, month, number), Some(date));
            number += 1;
            if Date::new(year, month, number).is_none() {
                (month, number) = (month + 1, 1);
            }
            if month == 13 {
                (year, month) = (year + 1, 1);
            }
        }
        assert_eq!(date, day("2399-12-31"));
    }

    #[test]
    fn months_and_years_clamp_to_the_end_of_the_month() {
        assert_eq!(
            day("2024-02-29").minus(of(3, Unit::Years)),
            day("2021-02-28")
        );
        assert_eq!(
            day("2024-03-31").minus(of(1, Unit::Months)),
            day("2024-02-29")
        );
        assert_eq!(
            day("2023-01-31").plus(of(1, Unit::Months)),
            day("2023-02-28")
        );
        assert_eq!(
            day("2024-01-15").minus(of(2, Unit::Weeks)),
            day("2024-01-01")
        );
        assert_eq!(
            day("2024-01-15").minus(of(13, Unit::Months)),
            day("2022-12-15")
        );
    }

    #[test]
    fn arithmetic_stops_at_the_ends() {
        assert_eq!(Date::MIN.pred(), Date::MIN);
        assert_eq!(Date::MAX.plus(of(u32::MAX, Unit::Weeks)), Date::MAX);
        assert_eq!(
            day("2026-01-01").minus(of(u32::MAX, Unit::Years)),
            Date::MIN
        );
    }

    #[test]
    fn only_a_whole_iso_day_is_read() {
        for text in [
            "2023-02-29",
            "2026-13-01",
            "0000-01-01",
            "2026-7-01",
            "+026-07-01",
            "2026-07-01 ",
            "2026-07",
            "",
        ] {
            assert_eq!(text.parse::<Date>(), Err(DateError), "{text}");
        }
        assert_eq!(day("2024-02-29").to_string(), "2024-02-29");
        assert_eq!("13-01".parse::<MonthDay>(), Err(DateError));
    }

    #[test]
    fn a_school_year_runs_from_its_first_day_to_the_day_before_the_next() {
        let july = MonthDay::new(7, 1).unwrap();
        assert_eq!(
            (
                day("2026-06-30").school_year(july),
                day("2026-07-01").school_year(july)
            ),
            (2025, 2026)
        );
        assert_eq!(school_year_end(2025, july), day("2026-06-30"));
        assert_eq!(july.next_after(day("2026-07-01")), day("2027-07-01"));
        let leap = MonthDay::new(2, 29).unwrap();
        assert_eq!(leap.next_after(day("2023-02-28")), day("2024-02-29"));
        assert_eq!(leap.in_year(2023), day("2023-02-28"));
    }
}
