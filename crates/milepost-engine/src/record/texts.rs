//! Texts to numbers: equal texts get equal places, those the plan writes out first.

use std::collections::HashMap;
use std::sync::Arc;

/// The texts of a record.
#[derive(Clone, Debug)]
pub(crate) struct Texts {
    /// Every text by its place: first those the plan writes out, in order.
    all: Vec<Arc<str>>,
    /// How many the plan writes out.
    written: usize,
    /// The place of every other text. It is only ever asked, never walked, so its order shows nowhere.
    places: HashMap<Arc<str>, u32>,
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.all == other.all
    }
}

impl Eq for Texts {}

impl Texts {
    pub(super) fn new(written: &[Arc<str>]) -> Self {
        Self {
            all: written.to_vec(),
            written: written.len(),
            places: HashMap::new(),
        }
    }

    /// The place of a text.
    pub(super) fn place(&mut self, text: &str) -> u32 {
        let written = self.all.get(..self.written).unwrap_or_default();
        if let Ok(place) = written.binary_search_by(|written| (**written).cmp(text)) {
            return u32::try_from(place).unwrap_or(u32::MAX);
        }
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let text: Arc<str> = text.into();
        self.all.push(Arc::clone(&text));
        self.places.insert(text, place);
        place
    }

    /// The text at a place.
    pub(super) fn at(&self, place: i64) -> Option<&str> {
        let text = self.all.get(usize::try_from(place).ok()?)?;
        Some(text)
    }
}
