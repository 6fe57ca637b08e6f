//! What stands on a day: the records of a kind and the day in, bit sets of rows by status out.

use super::planes::ones;
use crate::date::Date;
use crate::plan::Records;
use crate::record::{Credential, Row, Status, Suspension, Table};

/// The records of a kind that have not expired, by the status they have on a day.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    accepted: Vec<u64>,
    under_review: Vec<u64>,
    returned: Vec<u64>,
    /// How many rows are dated up to the day.
    rows: usize,
    filled: bool,
}

/// What a status is on a day; nothing if what has it does not exist yet.
pub(super) fn status_on(
    status: Status,
    submitted: Option<Date>,
    decided: Option<Date>,
    suspended: &[Suspension],
    as_of: Date,
) -> Option<Status> {
    if submitted.is_some_and(|submitted| submitted > as_of) {
        None
    } else if decided.is_some_and(|decided| decided > as_of) {
        Some(Status::UnderReview)
    } else if status == Status::Accepted && suspended.iter().any(|it| it.holds(as_of)) {
        Some(Status::Suspended)
    } else {
        Some(status)
    }
}

impl Credential {
    /// What its status is on a day; nothing if it does not exist yet.
    #[must_use]
    pub fn status_on(&self, as_of: Date) -> Option<Status> {
        status_on(
            self.status,
            self.submitted,
            self.decided,
            &self.suspended,
            as_of,
        )
    }
}

impl Row {
    /// What its status is on a day; nothing if it does not exist yet.
    pub(super) fn status_on(&self, as_of: Date) -> Option<Status> {
        status_on(
            self.status,
            self.submitted,
            self.decided,
            &self.suspended,
            as_of,
        )
    }
}

impl Standing {
    /// Forgets what stood.
    pub(super) const fn clear(&mut self) {
        self.filled = false;
    }

    /// Works out what stands on a day, unless that is known.
    pub(super) fn fill(&mut self, table: &Table, as_of: Date) {
        if self.filled {
            return;
        }
        self.filled = true;
        self.rows = table.rows.partition_point(|row| row.date <= as_of);
        let words = self.rows.div_ceil(64);
        for bits in [
            &mut self.accepted,
            &mut self.under_review,
            &mut self.returned,
        ] {
            bits.clear();
            bits.resize(words, 0);
        }
        for (place, row) in table.rows.iter().take(self.rows).enumerate() {
            if row.expires.is_some_and(|expires| expires < as_of) {
                continue;
            }
            let bits = match row.status_on(as_of) {
                Some(Status::Accepted) => &mut self.accepted,
                Some(Status::UnderReview) => &mut self.under_review,
                Some(Status::Returned) => &mut self.returned,
                _ => continue,
            };
            if let Some(word) = bits.get_mut(place / 64) {
                *word |= 1 << (place % 64);
            }
        }
    }

    /// How many rows are dated up to the day.
    pub(super) const fn rows(&self) -> usize {
        self.rows
    }

    /// The rows of a word that a requirement takes as accepted, and those it takes as under review.
    pub(super) fn of(&self, records: &Records, word: usize) -> (u64, u64) {
        let at = |bits: &[u64]| bits.get(word).copied().unwrap_or(0);
        let mut accepted = at(&self.accepted);
        let mut under_review = at(&self.under_review);
        if records.including_returned {
            accepted |= at(&self.returned);
        }
        if records.including_under_review {
            accepted |= std::mem::take(&mut under_review);
        }
        (accepted, under_review)
    }
}

/// The highest so many ones of a word.
pub(super) fn highest(word: u64, count: u64) -> u64 {
    let dropped = u64::from(word.count_ones()).saturating_sub(count);
    let dropped = usize::try_from(dropped).unwrap_or(64);
    ones(word)
        .take(dropped)
        .fold(word, |word, place| word & !(1 << place))
}

/// The places from the one that is nth from the top upwards, of a word that has at least so many ones.
pub(super) fn from_nth_highest(word: u64, nth: u64) -> u64 {
    let lowest = highest(word, nth).trailing_zeros();
    u64::MAX.checked_shl(lowest).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_status_depends_on_the_days_of_the_decision() {
        let on = |as_of| {
            status_on(
                Status::Returned,
                Some(day("2026-10-01")),
                Some(day("2026-10-20")),
                &[],
                day(as_of),
            )
        };
        assert_eq!(on("2026-09-30"), None);
        assert_eq!(on("2026-10-01"), Some(Status::UnderReview));
        assert_eq!(on("2026-10-19"), Some(Status::UnderReview));
        assert_eq!(on("2026-10-20"), Some(Status::Returned));
    }

    #[test]
    fn what_is_accepted_is_suspended_on_the_days_of_a_suspension() {
        let suspended = [
            Suspension {
                from: day("2026-03-01"),
                until: Some(day("2026-03-31")),
            },
            Suspension {
                from: day("2026-09-01"),
                until: None,
            },
        ];
        let on = |status, as_of| status_on(status, None, None, &suspended, day(as_of));
        for (as_of, status) in [
            ("2026-02-28", Status::Accepted),
            ("2026-03-01", Status::Suspended),
            ("2026-03-31", Status::Suspended),
            ("2026-04-01", Status::Accepted),
            ("2026-08-31", Status::Accepted),
            ("2026-09-01", Status::Suspended),
            ("9999-12-31", Status::Suspended),
        ] {
            assert_eq!(on(Status::Accepted, as_of), Some(status), "{as_of}");
        }
        assert_eq!(on(Status::Revoked, "2026-03-15"), Some(Status::Revoked));
    }

    #[test]
    fn the_highest_ones_of_a_word() {
        assert_eq!(highest(0b1011_0100, 2), 0b1010_0000);
        assert_eq!(highest(0b1011_0100, 9), 0b1011_0100);
        assert_eq!(from_nth_highest(0b1011_0100, 2), u64::MAX << 5);
        assert_eq!(from_nth_highest(0b1011_0100, 0), 0);
        assert_eq!(from_nth_highest(1, 1), u64::MAX);
    }
}
