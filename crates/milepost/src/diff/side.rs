//! One of the two programmes: compiled or loaded in; its requirements in words, with their places, out.

#[cfg(feature = "compile")]
use milepost_diagnostics::{Sources, Span};
use milepost_engine::plan::{NodeId, Parts};

use crate::programme::Pathway;
use crate::report::text::hash;
use crate::wire::{DiffText, Programme};
use crate::wording::listed;

/// One of two programmes that are compared.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    pub(super) pathway: &'a Pathway,
    #[cfg(feature = "compile")]
    written: Option<(&'a Sources, &'a [Span])>,
}

impl<'a> Side<'a> {
    /// A programme of which nobody knows where it is written, as of a plan file.
    #[must_use]
    pub const fn loaded(pathway: &'a Pathway) -> Self {
        Self {
            pathway,
            #[cfg(feature = "compile")]
            written: None,
        }
    }

    /// A programme with its texts.
    ///
    /// # Errors
    ///
    /// The texts have errors, or hold no programme.
    #[cfg(feature = "compile")]
    pub fn written(compiled: &'a crate::Compiled) -> Result<Self, crate::CompileError> {
        Ok(Self {
            pathway: compiled.plan()?,
            written: Some((compiled.sources(), compiled.places())),
        })
    }

    pub(super) fn parts(self) -> &'a Parts {
        self.pathway.plan().parts()
    }

    pub(super) fn programme(self) -> Programme {
        let programme = &self.parts().programme;
        Programme {
            name: programme.name.clone(),
            version: programme.version.clone(),
            definition: hash(&programme.definition),
        }
    }

    /// A requirement in words, and where it is written.
    pub(super) fn text(self, id: NodeId) -> Option<DiffText> {
        let node = self.pathway.plan().node(id)?;
        let phrase = self.pathway.layout().phrase(id)?;
        let mut text = phrase.requirement.clone();
        if !node.waivable.is_empty() {
            text.push_str(", waivable by ");
            text.push_str(&listed(&node.waivable, "or"));
        }
        let (file, line, column) = self.place(id);
        Some(DiffText {
            text,
            address: Some(node.address.clone()),
            file,
            line,
            column,
        })
    }

    #[cfg(feature = "compile")]
    fn place(self, id: NodeId) -> (Option<String>, Option<u32>, Option<u32>) {
        let place = self.written.and_then(|(sources, places)| {
            let span = places.get(id.index())?;
            let source = sources.get(span.file)?;
            let (_, main) = sources.iter().next()?;
            let folder = main.name().rfind('/').map_or(0, |slash| slash + 1);
            let from = main.name().get(..folder)?;
            let name = source.name();
            let name = name.strip_prefix(from).unwrap_or(name);
            Some((name.to_owned(), source.position(span.start)))
        });
        match place {
            Some((file, at)) => (Some(file), Some(at.line), Some(at.column)),
            None => (None, None, None),
        }
    }

    #[cfg(not(feature = "compile"))]
    fn place(self, _: NodeId) -> (Option<String>, Option<u32>, Option<u32>) {
        (None, None, None)
    }
}
