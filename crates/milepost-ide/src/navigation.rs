//! From name to name: a place in; where it is declared, and everywhere it is used, out.

use milepost_diagnostics::{FileId, Source, Span};
use milepost_syntax::tree::{ItemKind, Use};

use crate::Analysis;

impl Analysis {
    /// Where the name at a place is declared. On the path of a `use`, the start of that file.
    #[must_use]
    pub fn definition(&self, file: FileId, offset: u32) -> Option<Span> {
        let named = self.name_at(file, offset).map(|name| name.declared);
        named.or_else(|| self.used_at(file, offset))
    }

    /// The start of the file whose path stands there.
    fn used_at(&self, file: FileId, offset: u32) -> Option<Span> {
        let mut uses = self.uses(file);
        let (_, used) =
            uses.find(|(it, _)| it.path.span.start <= offset && offset <= it.path.span.end)?;
        Some(Span {
            file: used,
            start: 0,
            end: 0,
        })
    }

    /// What a file uses.
    fn uses(&self, file: FileId) -> impl Iterator<Item = (&Use, FileId)> {
        let tree = self.compiled.trees.get(file.0 as usize);
        let items = tree.into_iter().flat_map(|tree| &tree.items);
        let from = self.source(file).map_or("", Source::name);
        items.filter_map(move |item| match &item.kind {
            ItemKind::Use(used) => {
                let path = milepost_compiler::beside(from, &used.path.text);
                Some((used, self.file(&path)?))
            }
            _ => None,
        })
    }

    /// The files whose names a file sees, each with the alias before them.
    pub(crate) fn visible(&self, file: FileId) -> Vec<(FileId, Option<&str>)> {
        let mut all: Vec<(FileId, Option<&str>)> = Vec::new();
        let mut open = vec![(file, None)];
        while let Some((next, alias)) = open.pop() {
            if all.contains(&(next, alias)) {
                continue;
            }
            all.push((next, alias));
            for (used, id) in self.uses(next) {
                match (&used.alias, next == file && alias.is_none()) {
                    (None, _) => open.push((id, alias)),
                    (Some(name), true) => open.push((id, Some(&name.text))),
                    // Behind an alias, or in a file that is used, the aliases are its own.
                    (Some(_), false) => {}
                }
            }
        }
        all
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
