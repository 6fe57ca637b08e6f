//! Texts to numbers: equal texts get equal places, those the plan writes out first.

use std::collections::HashMap;
use std::sync::Arc;

/// The texts of a record on their way.
#[derive(Clone, Debug)]
pub(super) struct Texts<'p> {
    /// What the plan writes out, in order.
    written: &'p [Arc<str>],
    /// Every other text, by its place from there on.
    others: Vec<Arc<str>>,
    /// The place of every other text. It is only ever asked, never walked, so its order shows nowhere.
    places: HashMap<Arc<str>, u32>,
}

impl<'p> Texts<'p> {
    pub(super) fn new(written: &'p [Arc<str>]) -> Self {
        Self {
            written,
            others: Vec::new(),
            places: HashMap::new(),
        }
    }

    /// The place of a text.
    pub(super) fn place(&mut self, text: &str) -> u32 {
        if let Ok(place) = self
            .written
            .binary_search_by(|written| (**written).cmp(text))
        {
            return u32::try_from(place).unwrap_or(u32::MAX);
        }
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = u32::try_from(self.written.len() + self.others.len()).unwrap_or(u32::MAX);
        let text: Arc<str> = text.into();
        self.others.push(Arc::clone(&text));
        self.places.insert(text, place);
        place
    }

    /// Every text, each at its place.
    pub(super) fn finish(self) -> Vec<Arc<str>> {
        let mut texts = self.written.to_vec();
        texts.extend(self.others);
        texts
    }
}
