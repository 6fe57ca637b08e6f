//! One credential: a JSON object in, the credential out.

use milepost_engine::record::{Credential, Status};

use super::entry::Days;
use super::keys::Keys;
use super::place::Place;
use super::{Decoder, Owner, unknown_key};

/// The keys of a credential.
pub(crate) const KEYS: [&str; 8] = [
    "id",
    "competency",
    "issued",
    "expires",
    "status",
    "submitted",
    "decided",
    "suspended",
];

impl<'t> Decoder<'_, 't> {
    /// A credential; nothing if anything is wrong with it.
    pub(super) fn credential(
        &mut self,
        index: usize,
        keys: &Keys<'t>,
        place: &Place<'_>,
    ) -> Option<Credential> {
        for needed in ["id", "competency", "issued"] {
            if !keys.iter().any(|(key, _)| key == needed) {
                self.missing(needed, place);
            }
        }
        let mut id = None;
        let mut competency = None;
        let mut days = Days::default();
        let mut suspended = Vec::new();
        let mut status = Some(Status::default());
        for (key, value) in keys {
            let value = *value;
            let place = place.key(key);
            match &**key {
                "id" => {
                    id = self.own_id(
                        value,
                        Owner {
                            section: "credentials",
                            index,
                        },
                        &place,
                    )
                }
                "competency" => competency = self.competency(value, &place),
                "issued" => days.day = self.date(value, &place),
                "expires" => days.expires = self.date_or_null(value, &place),
                "status" => status = self.status(value, &place),
                "submitted" => days.submitted = self.date_or_null(value, &place),
                "decided" => days.decided = self.date_or_null(value, &place),
                "suspended" => suspended = self.suspensions(value, &place),
                other => self
                    .problems
                    .add(&place, || unknown_key(other, "a credential", &KEYS)),
            }
        }
        let status = status?;
        self.consistent(status, days, "issued", place);
        Some(Credential {
            id: id?,
            competency: competency?,
            issued: days.day?,
            status,
            expires: days.expires,
            submitted: days.submitted,
            decided: days.decided,
            suspended,
        })
    }
}
