//! The clock: the one place that looks at it. In: the system's time. Out: the day, in UTC, as `2026-11-22`.

use std::time::{SystemTime, UNIX_EPOCH};

/// Today's date in UTC; nothing if the clock stands before 1970 or beyond the year 9999.
pub fn today() -> Option<String> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    date(seconds / 86_400)
}

/// The date so many days after 1970-01-01, counted through the years of the Gregorian calendar.
fn date(mut days: u64) -> Option<String> {
    let leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    for year in 1970..=9999 {
        let months = [
            31,
            if leap(year) { 29 } else { 28 },
            31,
            30,
            31,
            30,
            31,
            31,
            30,
            31,
            30,
            31,
        ];
        for (month, length) in (1..).zip(months) {
            if days < length {
                return Some(format!("{year}-{month:02}-{:02}", days + 1));
            }
            days -= length;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_become_dates() {
        let check = |days, expect: &str| assert_eq!(date(days).as_deref(), Some(expect));
        check(0, "1970-01-01");
        check(58, "1970-02-28");
        check(59, "1970-03-01");
        check(11_016, "2000-02-29");
        check(20_759, "2026-11-02");
        check(47_540, "2100-02-28");
        check(47_541, "2100-03-01");
        assert_eq!(date(u64::MAX / 86_400), None);
    }
}
