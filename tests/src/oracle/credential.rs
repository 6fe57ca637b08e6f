//! The credentials of a competency: which of them decides, and the day up to which evidence does not count.

use milepost_engine::plan::CompetencyId;
use milepost_engine::record::Credential;
use milepost_engine::{Status, Unit};

use super::World;
use super::day::{Day, day, end_of};
use super::population::status_on;

/// What decided a competency; credentials by their place in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// Its requirement.
    Requirement,
    /// An accepted, unexpired credential.
    Credential(usize),
    /// A credential that is suspended or revoked.
    Withheld(usize),
    /// Its requirement, with a credential under review.
    UnderReview(usize),
}

/// What the credentials of a competency say.
#[derive(Clone, Copy, Debug)]
pub struct Credentials {
    /// What decides.
    pub decided: Decided,
    /// The day up to which evidence does not count.
    pub renewal: Option<Day>,
}

/// Looks at the credentials of a competency.
#[must_use]
pub fn look(world: &World<'_>, competency: CompetencyId) -> Credentials {
    // Those that exist, with their status on the day: the latest last; on one day, the one written later.
    let mut standing: Vec<(usize, &Credential, Status)> = Vec::new();
    for (place, credential) in world.input.credentials.iter().enumerate() {
        let status = status_on(
            world.as_of,
            credential.issued,
            credential.status,
            credential.submitted,
            credential.decided,
            &credential.suspended,
        );
        if let (true, Some(status)) = (credential.competency == competency, status) {
            standing.push((place, credential, status));
        }
    }
    standing.sort_by_key(|(place, credential, _)| (day(credential.issued), *place));
    standing.retain(|(_, _, status)| !matches!(status, Status::Draft | Status::Returned));

    let expired = |credential: &Credential| {
        last_day(world, credential).is_some_and(|last| last < world.as_of)
    };
    let latest_with = |wanted: Status, over: bool| {
        standing
            .iter()
            .rev()
            .find(|(_, credential, status)| *status == wanted && expired(credential) == over)
    };
    let renewal =
        latest_with(Status::Accepted, true).map(|(_, credential, _)| day(credential.issued));
    let decided = match standing.last() {
        Some((place, _, Status::Suspended | Status::Revoked)) => Decided::Withheld(*place),
        _ => match (
            latest_with(Status::Accepted, false),
            latest_with(Status::UnderReview, false),
        ) {
            (Some((place, ..)), _) => Decided::Credential(*place),
            (None, Some((place, ..))) => Decided::UnderReview(*place),
            (None, None) => Decided::Requirement,
        },
    };
    Credentials { decided, renewal }
}

/// The last day a credential counts, if it has one.
fn last_day(world: &World<'_>, credential: &Credential) -> Option<Day> {
    if let Some(expires) = credential.expires {
        return Some(day(expires));
    }
    let competency = world.model.competency(credential.competency)?;
    let valid = competency.awards.as_ref()?.1?;
    let issued = day(credential.issued);
    Some(if valid.unit == Unit::SchoolYears {
        end_of(
            world.starts(),
            world.school_year(issued) + i64::from(valid.count) - 1,
        )
    } else {
        issued.plus(valid, 1)
    })
}
