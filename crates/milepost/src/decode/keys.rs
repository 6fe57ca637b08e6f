//! The keys of an object: a cursor in, each key once with its value out.

use std::borrow::Cow;
use std::collections::HashSet;

use super::Decoder;
use super::json::{Broken, Cursor, Raw};
use super::place::Place;
use super::problems::say;

/// Few keys, as one object has them.
const FEW: usize = 16;
/// The most keys of one object; far more than any kind has fields.
const KEYS: usize = 100_000;

/// The keys of an object and their values, in the order written.
pub(super) type Keys<'t> = Vec<(Cow<'t, str>, Raw<'t>)>;

impl<'t> Decoder<'_, 't> {
    /// Reads the object a cursor stands before into `keys`, each key once.
    pub(super) fn keys(
        &mut self,
        cursor: &mut Cursor<'t>,
        keys: &mut Keys<'t>,
        place: &Place<'_>,
    ) -> Result<(), Broken> {
        keys.clear();
        // The keys of an object that has more than a few; those of the others are looked through. It is only asked, never
        // walked, so its order shows nowhere.
        let mut seen: HashSet<Cow<'t, str>> = HashSet::new();
        let mut over = false;
        let mut unreadable = false;
        cursor.object(|cursor, key| {
            let value = cursor.value()?;
            let Some(key) = key else {
                unreadable = true;
                return Ok(());
            };
            if unreadable {
                return Ok(());
            }
            if keys.len() == FEW && seen.is_empty() {
                seen.extend(keys.iter().map(|(key, _)| key.clone()));
            }
            let known = if seen.is_empty() {
                keys.iter().any(|(known, _)| *known == key)
            } else {
                seen.contains(&key)
            };
            if known {
                self.twice(&place.key(&key));
            } else if keys.len() < KEYS {
                if !seen.is_empty() {
                    seen.insert(key.clone());
                }
                keys.push((key, value));
            } else {
                over = true;
            }
            Ok(())
        })?;
        if over {
            self.problems
                .add(place, || say("an object with more than 100 000 keys"));
        } else if unreadable {
            self.problems.add(place, || {
                say("a key has an escape that stands for no character")
            });
        }
        Ok(())
    }

    /// The keys of a value that is an object.
    pub(super) fn keys_of(&mut self, raw: Raw<'t>, place: &Place<'_>) -> Keys<'t> {
        let mut keys = Vec::new();
        // Its syntax is right, so nothing breaks here.
        let _right = self.keys(&mut raw.cursor(), &mut keys, place);
        keys
    }

    pub(super) fn twice(&mut self, place: &Place<'_>) {
        self.problems
            .add(place, || say("this key stands twice in one object"));
    }
}
