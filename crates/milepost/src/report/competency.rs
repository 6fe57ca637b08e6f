//! The credential that decided a competency: an outcome in, the members `credential` and `renewal_after` out.

use milepost_engine::outcome::Standing;
use milepost_engine::plan::{Competency, CompetencyId};
use milepost_engine::record::{Credential, Status};
use milepost_engine::{Date, Unit, school_year_end};

use super::Report;
use super::text::{day, text};

impl Report<'_> {
    /// `credential` and `renewal_after`.
    pub(super) fn credential(&self, id: CompetencyId, out: &mut String) {
        let found = self.outcome.competencies.get(id.index());
        let decided = found.and_then(|found| match found.standing {
            Standing::Requirement => None,
            Standing::Credential(at) | Standing::Withheld(at) | Standing::UnderReview(at) => {
                self.record.credentials().get(at as usize)
            }
        });
        let competency = self.parts.competencies.get(id.index());
        out.push_str("\"credential\":");
        match decided.zip(competency) {
            Some((credential, competency)) => self.decided_by(credential, competency, out),
            None => out.push_str("null"),
        }
        out.push_str(",\"renewal_after\":");
        day_or_null(out, found.and_then(|found| found.renewal_after));
    }

    fn decided_by(&self, credential: &Credential, competency: &Competency, out: &mut String) {
        out.push_str("{\"id\":");
        text(out, &credential.id);
        out.push_str(",\"issued\":");
        day(out, credential.issued);
        out.push_str(",\"expires\":");
        let expires = credential.expires;
        day_or_null(
            out,
            expires.or_else(|| self.valid_until(credential.issued, competency)),
        );
        let as_of = self.outcome.as_of;
        let decided_later = credential.decided.is_some_and(|decided| decided > as_of);
        let status = if decided_later {
            Status::UnderReview
        } else {
            credential.status
        };
        out.push_str(",\"status\":\"");
        out.push_str(status.as_str());
        out.push_str("\"}");
    }

    /// The last day of what was issued, as `awards … valid` says.
    fn valid_until(&self, issued: Date, competency: &Competency) -> Option<Date> {
        let valid = competency.award.as_ref()?.valid?;
        if valid.unit != Unit::SchoolYears {
            return Some(issued.plus(valid));
        }
        let start = self.parts.programme.school_year?;
        let years = i32::try_from(valid.count).unwrap_or(i32::MAX);
        let first = issued.school_year(start);
        Some(school_year_end(
            first.saturating_add(years.saturating_sub(1)),
            start,
        ))
    }
}

fn day_or_null(out: &mut String, date: Option<Date>) {
    match date {
        Some(date) => day(out, date),
        None => out.push_str("null"),
    }
}
