//! What evidence, credentials and waivers have in common: id, status, the days around a decision.

use std::borrow::Cow;
use std::collections::hash_map;

use milepost_engine::plan::CompetencyId;
use milepost_engine::{Date, Status};

use super::json::{self, Raw, Shape};
use super::names::{nearest, titled};
use super::place::Place;
use super::problems::{known, quoted, say};
use super::{Decoder, Owner};

/// The statuses by name.
const STATUSES: [(&str, Status); 6] = [
    ("accepted", Status::Accepted),
    ("under_review", Status::UnderReview),
    ("draft", Status::Draft),
    ("returned", Status::Returned),
    ("suspended", Status::Suspended),
    ("revoked", Status::Revoked),
];

/// The most characters of an id.
pub(crate) const LONGEST_ID: usize = 256;

/// The days of an entry.
#[derive(Clone, Copy, Default)]
pub(super) struct Days {
    /// `date` or `issued`
    pub(super) day: Option<Date>,
    /// `expires`
    pub(super) expires: Option<Date>,
    /// `submitted`
    pub(super) submitted: Option<Date>,
    /// `decided`
    pub(super) decided: Option<Date>,
}

impl<'t> Decoder<'_, 't> {
    /// An id: a text that is neither empty nor long.
    pub(super) fn id(&mut self, raw: Raw<'t>, place: &Place<'_>) -> Option<Cow<'t, str>> {
        let id = self.text(raw, place)?;
        if id.is_empty() {
            self.problems.add(place, || say("an id is not empty"));
            return None;
        }
        // Every character takes a byte at least: a short text need not be counted.
        if id.len() > LONGEST_ID && id.chars().count() > LONGEST_ID {
            self.problems.add(place, || {
                say(format!("an id of more than {LONGEST_ID} characters"))
            });
            return None;
        }
        Some(id)
    }

    /// The id of an entry, which nothing else in the record has.
    pub(super) fn own_id(
        &mut self,
        raw: Raw<'t>,
        owner: Owner,
        place: &Place<'_>,
    ) -> Option<String> {
        let id = self.id(raw, place)?;
        let first = match self.ids.entry(id.clone()) {
            hash_map::Entry::Vacant(vacant) => {
                vacant.insert(owner);
                self.held_elsewhere(&id)
            }
            hash_map::Entry::Occupied(taken) => Some(*taken.get()),
        };
        match first {
            None => Some(id.into_owned()),
            Some(first) => {
                self.problems.add(place, || {
                    let section = Place::ROOT.key(first.section);
                    let entry = section.index(first.index);
                    let other = entry.key("id");
                    say(format!("the id {} is taken: {other} has it", quoted(&id)))
                        .help(
                            "evidence, credentials and waivers share their ids; each is given once"
                                .to_owned(),
                        )
                        .also(&other)
                });
                None
            }
        }
    }

    /// A day, or nothing for `null`.
    pub(super) fn date_or_null(&mut self, raw: Raw<'_>, place: &Place<'_>) -> Option<Date> {
        if json::is_null(raw) {
            None
        } else {
            self.date(raw, place)
        }
    }

    /// A status.
    pub(super) fn status(&mut self, raw: Raw<'t>, place: &Place<'_>) -> Option<Status> {
        let names = STATUSES.map(|(name, _)| name);
        let Shape::Text(text) = json::shape(raw) else {
            self.mistyped(raw, "a status", known(None, &names).as_deref(), place);
            return None;
        };
        let status = STATUSES
            .into_iter()
            .find(|(name, _)| *name == text)
            .map(|(_, status)| status);
        if status.is_none() {
            self.problems.add(place, || {
                let near = nearest(&text, names.map(|name| (name, None)));
                say(format!("unknown status {}", quoted(&text))).help(known(near, &names))
            });
        }
        status
    }

    /// A competency by name.
    pub(super) fn competency(&mut self, raw: Raw<'t>, place: &Place<'_>) -> Option<CompetencyId> {
        let plan = self.plan;
        let Shape::Text(text) = json::shape(raw) else {
            self.mistyped(raw, "the name of a competency", None, place);
            return None;
        };
        let id = self.names.competency(&text);
        if id.is_none() {
            self.problems.add(place, || {
                let near = nearest(
                    &text,
                    plan.parts().competencies.iter().map(|it| titled(&it.entry)),
                );
                let all: Vec<_> = plan
                    .parts()
                    .competencies
                    .iter()
                    .map(|it| it.entry.name.as_str())
                    .collect();
                say(format!("unknown competency {}", quoted(&text))).help(known(near, &all))
            });
        }
        id
    }

    /// Whether status and days can all be true; `first` is the key of the entry's own day.
    pub(super) fn consistent(
        &mut self,
        status: Status,
        days: Days,
        first: &str,
        place: &Place<'_>,
    ) {
        if let (Some(day), Some(expires)) = (days.day, days.expires)
            && expires < day
        {
            self.problems.add(&place.key("expires"), || {
                say(format!("`expires` {expires} is before `{first}` {day}"))
            });
        }
        let Some(decided) = days.decided else { return };
        if let Some(submitted) = days.submitted
            && decided < submitted
        {
            self.problems.add(&place.key("decided"), || {
                say(format!(
                    "`decided` {decided} is before `submitted` {submitted}"
                ))
            });
        }
        let undecided = match status {
            Status::Draft => "a draft",
            Status::UnderReview => "what is under review",
            Status::Accepted | Status::Returned | Status::Suspended | Status::Revoked => return,
        };
        self.problems.add(&place.key("decided"), || {
            say(format!("{undecided} has not been decided"))
                .help("leave `decided` out, or give the status that was decided".to_owned())
        });
    }
}
