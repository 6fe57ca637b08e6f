//! From name to name: a place in; where it is declared, and everywhere it is used, out.

use milepost_diagnostics::{FileId, Span};

use crate::Analysis;

impl Analysis {
    /// Where the name at a place is declared. On the path of a `use`, the start of that file.
    #[must_use]
    pub fn definition(&self, file: FileId, offset: u32) -> Option<Span> {
        self.name_at(file, offset).map(|name| name.declared)
    }

    /// Every place where what the name at a place stands for is named, its declaration first.
    #[must_use]
    pub fn references(&self, file: FileId, offset: u32) -> Vec<Span> {
        self.name_at(file, offset)
            .map_or_else(Vec::new, |name| self.references_of(name.declared))
    }

    /// Every place where what is declared there is named, its declaration first.
    #[must_use]
    pub fn references_of(&self, declared: Span) -> Vec<Span> {
        let used = self.mentions().iter();
        let used = used.filter(|mention| mention.declared == declared && mention.at != declared);
        std::iter::once(declared)
            .chain(used.map(|mention| mention.at))
            .collect()
    }
}
