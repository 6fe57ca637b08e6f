//! Competencies: what the credentials on the record say of them before their requirement is asked.

use super::progress::UNMET;
use crate::date::Date;
use crate::outcome::{CompetencyOutcome, Standing};
use crate::plan::{CompetencyId, Parts};
use crate::record::{Credential, Record, Status};
use crate::truth::Truth;

/// A competency by its credentials; its truth and progress are settled when its requirement is.
pub(super) fn by_credentials(
    parts: &Parts,
    record: &Record,
    competency: CompetencyId,
    as_of: Date,
) -> CompetencyOutcome {
    let mut latest = Latest::default();
    let mut accepted = Latest::default();
    let mut under_review = Latest::default();
    let mut renewal_after = None;
    let known = parts.competencies.get(competency.index());
    let own = known.is_some_and(|known| !known.elsewhere);
    for (place, credential) in record.issued(competency).filter(|_| own) {
        let status = credential.status_on(as_of);
        let Some(status) = status.filter(|_| credential.issued <= as_of) else {
            continue;
        };
        if matches!(status, Status::Draft | Status::Returned) {
            continue;
        }
        latest.see(place, credential, status);
        let unexpired = last_day(parts, credential).is_none_or(|last| last >= as_of);
        match status {
            Status::Accepted if unexpired => accepted.see(place, credential, status),
            Status::Accepted => renewal_after = renewal_after.max(Some(credential.issued)),
            Status::UnderReview if unexpired => under_review.see(place, credential, status),
            _ => {}
        }
    }
    let standing = match (latest.0, accepted.0, under_review.0) {
        (Some((_, place, Status::Suspended | Status::Revoked)), _, _) => Standing::Withheld(place),
        (_, Some((_, place, _)), _) => Standing::Credential(place),
        (_, None, Some((_, place, _))) => Standing::UnderReview(place),
        (_, None, None) => Standing::Requirement,
    };
    CompetencyOutcome {
        truth: Truth::FALSE,
        progress: UNMET,
        standing,
        renewal_after,
        without: None,
    }
}

/// What is true of a competency whose requirement is so.
pub(super) const fn truth(standing: Standing, requirement: Truth) -> Truth {
    match standing {
        Standing::Requirement => requirement,
        Standing::Credential(_) => Truth::TRUE,
        Standing::Withheld(_) => Truth::FALSE,
        Standing::UnderReview(_) => requirement.or(Truth::UNDER_REVIEW),
    }
}

/// The credential that was issued last; of one day, the one written later.
#[derive(Clone, Copy, Debug, Default)]
struct Latest(Option<(Date, u32, Status)>);

impl Latest {
    fn see(&mut self, place: u32, credential: &Credential, status: Status) {
        if self
            .0
            .is_none_or(|(issued, _, _)| credential.issued >= issued)
        {
            self.0 = Some((credential.issued, place, status));
        }
    }
}

/// The last day a credential counts.
pub(super) fn last_day(parts: &Parts, credential: &Credential) -> Option<Date> {
    if credential.expires.is_some() {
        return credential.expires;
    }
    let competency = parts.competencies.get(credential.competency.index())?;
    let valid = competency.award.as_ref()?.valid?;
    Some(parts.last_valid(credential.issued, valid))
}
