//! The days a case is about: few, and at the edges of the windows that its programme uses.

use milepost_engine::{Date, Duration, MonthDay, Unit, school_year_end, school_year_start};

use super::random::Random;

/// The days of a case.
#[derive(Clone, Debug)]
pub struct Days {
    /// The as-of date.
    pub as_of: Date,
    /// The day a school year starts.
    pub starts: MonthDay,
    /// The lengths of time that the programme uses.
    pub lengths: Vec<Duration>,
    /// The days that the programme writes out.
    pub written: Vec<Date>,
    /// The days that records and facts have.
    pub hot: Vec<Date>,
}

const AS_OF: [&str; 10] = [
    "2026-11-22",
    "2026-11-22",
    "2026-07-01",
    "2026-06-30",
    "2024-02-29",
    "2025-02-28",
    "2026-03-31",
    "2027-01-01",
    "0002-03-01",
    "9999-12-31",
];
const STARTS: [&str; 6] = ["07-01", "07-01", "09-01", "02-29", "01-01", "12-31"];
const LENGTHS: [(u32, Unit); 9] = [
    (1, Unit::Years),
    (3, Unit::Years),
    (18, Unit::Months),
    (6, Unit::Months),
    (1, Unit::Months),
    (90, Unit::Days),
    (1, Unit::Days),
    (2, Unit::Weeks),
    (5, Unit::Years),
];

fn parsed<T: std::str::FromStr>(text: &str) -> T {
    text.parse()
        .unwrap_or_else(|_| panic!("cannot be read: {text}"))
}

impl Days {
    /// The days of a new case.
    pub fn new(random: &mut Random) -> Self {
        let as_of: Date = parsed(random.pick(&AS_OF));
        let starts: MonthDay = parsed(random.pick(&STARTS));
        let lengths: Vec<Duration> = (0..3)
            .map(|_| {
                let (count, unit) = random.choose(&LENGTHS);
                Duration { count, unit }
            })
            .collect();
        let mut pool = vec![as_of];
        for length in &lengths {
            pool.extend([as_of.minus(*length), as_of.plus(*length)]);
        }
        let year = as_of.school_year(starts);
        for away in -3..=1 {
            pool.push(school_year_start(year + away, starts));
            pool.push(school_year_end(year + away, starts));
        }
        pool.push(Date::new(as_of.year() - 1, 2, 28).unwrap_or(as_of));
        pool.push(Date::new(as_of.year(), 1, 31).unwrap_or(as_of));
        pool.push(Date::new(2024, 2, 29).unwrap_or(as_of));
        let written: Vec<Date> = (0..3).map(|_| near(random, &pool)).collect();
        for date in &written {
            for length in &lengths {
                pool.extend([date.minus(*length), *date]);
            }
        }
        let mut hot = vec![as_of];
        hot.extend((0..10).map(|_| near(random, &pool)));
        hot.extend(written.iter().copied());
        Self {
            as_of,
            starts,
            lengths,
            written,
            hot,
        }
    }

    /// A day that something in a record may have, mostly not later than the as-of date.
    pub fn day(&self, random: &mut Random) -> Date {
        let date = random.choose(&self.hot);
        if date > self.as_of && random.chance(70) {
            self.as_of
        } else {
            date
        }
    }

    /// A day to be written in the programme.
    pub fn written(&self, random: &mut Random) -> Date {
        random.choose(&self.written)
    }

    /// A length of time to be written in the programme.
    pub fn length(&self, random: &mut Random) -> String {
        spelt(random.choose(&self.lengths))
    }
}

/// The same day, the one before or the one after.
fn near(random: &mut Random, pool: &[Date]) -> Date {
    let date = random.choose(pool);
    match random.below(4) {
        0 => date.pred(),
        1 => date.succ(),
        _ => date,
    }
}

/// A duration as it is written.
fn spelt(duration: Duration) -> String {
    let unit = match duration.unit {
        Unit::Days => "days",
        Unit::Weeks => "weeks",
        Unit::Months => "months",
        Unit::Years => "years",
        Unit::SchoolYears => "school years",
    };
    format!("{} {unit}", duration.count)
}
