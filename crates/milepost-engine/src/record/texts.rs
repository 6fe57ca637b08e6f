//! Texts to numbers: equal texts get equal places, those the plan writes out first.

use std::collections::BTreeMap;

/// The texts of a record on their way.
#[derive(Clone, Debug)]
pub(super) struct Texts<'p> {
    /// What the plan writes out, in order.
    written: &'p [Box<str>],
    /// Every other text and its place.
    others: BTreeMap<Box<str>, u32>,
}

impl<'p> Texts<'p> {
    pub(super) const fn new(written: &'p [Box<str>]) -> Self {
        Self {
            written,
            others: BTreeMap::new(),
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
        if let Some(place) = self.others.get(text) {
            return *place;
        }
        let place = u32::try_from(self.written.len() + self.others.len()).unwrap_or(u32::MAX);
        self.others.insert(text.into(), place);
        place
    }

    /// Every text, each at its place.
    pub(super) fn finish(self) -> Vec<Box<str>> {
        let mut others: Vec<_> = self.others.into_iter().collect();
        others.sort_unstable_by_key(|(_, place)| *place);
        self.written
            .iter()
            .cloned()
            .chain(others.into_iter().map(|(text, _)| text))
            .collect()
    }
}
