//! Competencies: what the credentials on the record say of them before their requirement is asked.

use super::population::status_on;
use crate::date::{Date, Unit, school_year_end};
use crate::outcome::Standing;
use crate::plan::{CompetencyId, Parts};
use crate::record::{Credential, Record, Status};

/// The last day a credential counts.
pub(crate) fn expiry(parts: &Parts, credential: &Credential) -> Option<Date> {
    if credential.expires.is_some() {
        return credential.expires;
    }
    let award = parts
        .competencies
        .get(credential.competency.index())?
        .award
        .as_ref()?;
    let valid = award.valid?;
    Some(match (valid.unit, parts.programme.school_year) {
        (Unit::SchoolYears, Some(start)) => {
            let years = i32::try_from(valid.count).unwrap_or(i32::MAX);
            let first = credential.issued.school_year(start);
            school_year_end(
                first.saturating_add(years.saturating_sub(1)).min(9_999),
                start,
            )
        }
        _ => credential.issued.plus(valid),
    })
}

/// What the credentials for a competency decide, and the day up to which evidence does not count.
pub(crate) fn standing(
    parts: &Parts,
    record: &Record,
    competency: CompetencyId,
    as_of: Date,
) -> (Standing, Option<Date>) {
    let existing = (0u32..)
        .zip(&record.credentials)
        .filter_map(|(place, credential)| {
            let there = credential.competency == competency && credential.issued <= as_of;
            let status = status_on(
                credential.status,
                credential.submitted,
                credential.decided,
                as_of,
            );
            status
                .filter(|_| there)
                .map(|status| (place, credential, status))
        });
    let mut latest: Option<(u32, Date, Status)> = None;
    let (mut accepted, mut under_review, mut expired) = (None, None, None);
    for (place, credential, status) in existing {
        if matches!(status, Status::Draft | Status::Returned) {
            continue;
        }
        if latest.is_none_or(|(_, issued, _)| credential.issued >= issued) {
            latest = Some((place, credential.issued, status));
        }
        let unexpired = expiry(parts, credential).is_none_or(|last| last >= as_of);
        match status {
            // Of several, the one that was issued last is named.
            Status::Accepted if unexpired => accepted = later(accepted, place, credential.issued),
            Status::Accepted => expired = expired.max(Some(credential.issued)),
            Status::UnderReview if unexpired => {
                under_review = later(under_review, place, credential.issued)
            }
            _ => {}
        }
    }
    let decided = match (latest, accepted, under_review) {
        (Some((place, _, Status::Suspended | Status::Revoked)), _, _) => Standing::Withheld(place),
        (_, Some((place, _)), _) => Standing::Credential(place),
        (_, None, Some((place, _))) => Standing::UnderReview(place),
        (_, None, None) => Standing::Requirement,
    };
    (decided, expired)
}

fn later(known: Option<(u32, Date)>, place: u32, issued: Date) -> Option<(u32, Date)> {
    if known.is_none_or(|(_, other)| issued >= other) {
        Some((place, issued))
    } else {
        known
    }
}
