//! One waiver: a JSON object in, the waiver out. Whether there is such a requirement or authority is for the outcome to say.

use milepost_engine::record::Waiver;

use super::json::Raw;
use super::keys::Keys;
use super::place::Place;
use super::problems::say;
use super::{Decoder, Owner, unknown_key};

/// The keys of a waiver.
pub(crate) const KEYS: [&str; 7] = [
    "id",
    "requirement",
    "by",
    "as",
    "reason",
    "granted",
    "expires",
];

impl<'t> Decoder<'_, 't> {
    /// A waiver; nothing if anything is wrong with it.
    pub(super) fn waiver(
        &mut self,
        index: usize,
        keys: &Keys<'t>,
        place: &Place<'_>,
    ) -> Option<Waiver> {
        for needed in ["requirement", "by", "as", "reason", "granted"] {
            if !keys.iter().any(|(key, _)| key == needed) {
                self.missing(needed, place);
            }
        }
        let owner = Owner {
            section: "waivers",
            index,
        };
        let (mut id, mut requirement, mut by, mut authority) = (None, None, None, None);
        let (mut reason, mut granted, mut expires) = (None, None, None);
        for (key, value) in keys {
            let value = *value;
            let place = place.key(key);
            match &**key {
                "id" => id = self.own_id(value, owner, &place),
                "requirement" => requirement = self.said(value, &place),
                "by" => by = self.said(value, &place),
                "as" => authority = self.said(value, &place),
                "reason" => reason = self.said(value, &place),
                "granted" => granted = self.date(value, &place),
                "expires" => expires = self.date_or_null(value, &place),
                other => self
                    .problems
                    .add(&place, || unknown_key(other, "a waiver", &KEYS)),
            }
        }
        if let (Some(granted), Some(expires)) = (granted, expires)
            && expires < granted
        {
            self.problems.add(&place.key("expires"), || {
                say(format!("`expires` {expires} is before `granted` {granted}"))
            });
        }
        Some(Waiver {
            id,
            requirement: requirement?,
            by: by?,
            authority: authority?,
            reason: reason?,
            granted: granted?,
            expires,
        })
    }

    /// A text that says something.
    fn said(&mut self, raw: Raw<'t>, place: &Place<'_>) -> Option<String> {
        let text = self.text(raw, place)?;
        if text.trim().is_empty() {
            self.problems.add(place, || say("this text is empty"));
            return None;
        }
        Some(text.into_owned())
    }
}
