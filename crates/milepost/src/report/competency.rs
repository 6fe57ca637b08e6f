//! The credential that decided a competency: an outcome in, the members `credential` and `renewal_after` out.

use milepost_engine::Date;
use milepost_engine::outcome::Standing;
use milepost_engine::plan::{Competency, CompetencyId};
use milepost_engine::record::Credential;

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
            expires.or_else(|| {
                let valid = competency.award.as_ref()?.valid?;
                Some(self.parts.last_valid(credential.issued, valid))
            }),
        );
        let status = credential.status_on(self.outcome.as_of);
        let status = status.unwrap_or(credential.status);
        out.push_str(",\"status\":\"");
        out.push_str(status.as_str());
        out.push_str("\"}");
    }
}

fn day_or_null(out: &mut String, date: Option<Date>) {
    match date {
        Some(date) => day(out, date),
        None => out.push_str("null"),
    }
}
