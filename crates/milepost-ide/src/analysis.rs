//! One programme as an editor sees it: the texts in; what every place in them stands for out.

use std::collections::BTreeMap;

use milepost_compiler::Compiled;
use milepost_compiler::model::Mention;
use milepost_diagnostics::{Diagnostic, FileId, Source, Sources, Span};
use milepost_engine::Plan;
use milepost_engine::plan::NodeId;

use crate::declarations::{Declaration, declarations};
use crate::edit::{Edit, apply};

/// How a path is read: the bytes, or why not.
pub type Read<'a> = &'a mut dyn FnMut(&str) -> Result<Vec<u8>, String>;

/// A compiled programme, whole or broken, and what its names stand for.
#[derive(Clone, Debug)]
pub struct Analysis {
    pub(crate) compiled: Compiled,
    /// The declarations of each text, in the place of its source.
    declarations: Vec<Vec<Declaration>>,
    /// The places of their names, in order, and which of the text's declarations each is.
    places: Vec<(Span, usize)>,
    /// The files by their paths.
    files: BTreeMap<String, FileId>,
    /// What names stand for, in the order of their places, each place once.
    mentions: Vec<Mention>,
}

/// A name at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameAt {
    /// The name.
    pub at: Span,
    /// The name where it is declared: the same place if it is declared here.
    pub declared: Span,
}

impl Analysis {
    /// Looks at the programme, or the part of one, whose main file is at `main`.
    #[must_use]
    pub fn new(read: Read<'_>, main: &str) -> Self {
        let compiled = milepost_compiler::compile(read, main);
        let declarations = compiled.trees.iter().map(|tree| declarations(tree));
        let declarations: Vec<_> = declarations.collect();
        let places = declarations
            .iter()
            .flat_map(|own| own.iter().enumerate().map(|(place, it)| (it.at, place)));
        let mut places: Vec<_> = places.collect();
        places.sort_unstable();
        let files = compiled.sources.iter();
        let files = files.map(|(id, source)| (source.name().to_owned(), id));
        let mut mentions = compiled.model.mentions.clone();
        mentions.sort_by_key(|mention| mention.at);
        mentions.dedup_by_key(|mention| mention.at);
        Self {
            declarations,
            places,
            files: files.collect(),
            mentions,
            compiled,
        }
    }

    /// The same programme with edits made; they are in order and do not overlap.
    #[must_use]
    pub fn with(&self, edits: &[Edit]) -> Self {
        let mut read = |path: &str| {
            let id = self.file(path).ok_or("there is no such file")?;
            let own = edits.iter().filter(|edit| edit.span.file == id);
            Ok(apply(self.text(id), own).into_bytes())
        };
        let main = self.sources().iter().next();
        Self::new(&mut read, main.map_or("", |(_, source)| source.name()))
    }

    /// What compiling made.
    #[must_use]
    pub const fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    /// The texts, the main one first.
    #[must_use]
    pub const fn sources(&self) -> &Sources {
        &self.compiled.sources
    }

    /// What is wrong or doubtful in them.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.compiled.diagnostics
    }

    /// The plan, if there is a programme without errors.
    #[must_use]
    pub const fn plan(&self) -> Option<&Plan> {
        self.compiled.plan.as_ref()
    }

    /// The text at a path, as it was asked for.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<FileId> {
        self.files.get(path).copied()
    }

    /// Everything a file gives a name.
    #[must_use]
    pub fn declarations(&self, file: FileId) -> &[Declaration] {
        let found = self.declarations.get(file.0 as usize);
        found.map_or(&[], Vec::as_slice)
    }

    pub(crate) fn source(&self, file: FileId) -> Option<&Source> {
        self.sources().get(file)
    }

    pub(crate) fn text(&self, file: FileId) -> &str {
        self.source(file).map_or("", Source::text)
    }

    pub(crate) fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// The declaration whose name stands there.
    #[must_use]
    pub fn declaration(&self, at: Span) -> Option<&Declaration> {
        let first = self.places.partition_point(|(place, _)| *place < at);
        let (found, place) = self.places.get(first).filter(|(found, _)| *found == at)?;
        self.declarations(found.file).get(*place)
    }

    /// The declaration that one belongs to.
    #[must_use]
    pub fn parent(&self, of: &Declaration) -> Option<&Declaration> {
        self.declarations(of.at.file).get(of.parent?)
    }

    /// The name that a place touches, and where it is declared. A place at the end of a name touches it.
    #[must_use]
    pub fn name_at(&self, file: FileId, offset: u32) -> Option<NameAt> {
        let touches = |span: Span| span.file == file && span.start <= offset && offset <= span.end;
        let after = self
            .mentions
            .partition_point(|mention| (mention.at.file, mention.at.start) <= (file, offset));
        let mention = after
            .checked_sub(1)
            .and_then(|last| self.mentions.get(last));
        if let Some(mention) = mention.filter(|mention| touches(mention.at)) {
            return Some(NameAt {
                at: mention.at,
                declared: mention.declared,
            });
        }
        let mut own = self.declarations(file).iter();
        let own = own.find(|declaration| touches(declaration.at))?;
        Some(NameAt {
            at: own.at,
            declared: own.at,
        })
    }

    /// The innermost requirement of the plan that a place is in, and where it was written.
    pub(crate) fn requirement_at(&self, file: FileId, offset: u32) -> Option<(Span, NodeId)> {
        let around = |span: &Span| span.file == file && span.start <= offset && offset <= span.end;
        let written = self
            .compiled
            .written
            .iter()
            .filter(|(span, _)| around(span));
        // Of several from one rule the first; parents come after their children.
        let shortest = written.min_by_key(|(span, id)| (span.end - span.start, *id))?;
        Some(*shortest)
    }
}
