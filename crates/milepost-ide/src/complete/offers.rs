//! The list of what is offered: words, and declarations by their kind, as they are written in the file.

use std::collections::BTreeSet;

use milepost_diagnostics::{FileId, Span};

use super::{Completion, CompletionKind};
use crate::Analysis;
use crate::declarations::{Declaration, DeclarationKind};

pub(super) struct Offers<'a> {
    pub analysis: &'a Analysis,
    span: Span,
    /// What is written already up to the last dot.
    pub qualifiers: &'a str,
    /// The files whose names are seen, and the alias before them.
    visible: Vec<(FileId, Option<&'a str>)>,
    seen: BTreeSet<String>,
    all: Vec<Completion>,
}

impl<'a> Offers<'a> {
    pub fn new(analysis: &'a Analysis, span: Span, qualifiers: &'a str) -> Self {
        Self {
            analysis,
            span,
            qualifiers,
            visible: analysis.visible(span.file),
            seen: BTreeSet::new(),
            all: Vec::new(),
        }
    }

    /// The file it is all about.
    pub const fn file(&self) -> FileId {
        self.span.file
    }

    /// What was offered, of what begins as it is written.
    pub fn finish(mut self) -> Vec<Completion> {
        self.behind_the_dot();
        let qualifiers = self.qualifiers;
        self.all.retain(|it| it.text.starts_with(qualifiers));
        self.all
    }

    fn offer(&mut self, text: String, kind: CompletionKind, detail: Option<String>) {
        let span = self.span;
        if self.seen.insert(text.clone()) {
            self.all.push(Completion {
                text,
                kind,
                detail,
                span,
            });
        }
    }

    pub fn words(&mut self, words: &[&str]) {
        for word in words {
            self.offer((*word).to_owned(), CompletionKind::Word, None);
        }
    }

    /// Every declaration that is wanted, as it is written here.
    pub fn names(&mut self, keep: impl Fn(&Declaration) -> bool) {
        let analysis = self.analysis;
        for (file, _) in analysis.sources().iter() {
            for it in analysis.declarations(file).iter().filter(|it| keep(it)) {
                if let Some(text) = self.written(it) {
                    self.name(it, text);
                }
            }
        }
    }

    pub fn name(&mut self, it: &Declaration, text: String) {
        let ty = it.ty.map(|ty| self.analysis.sources().text(ty).to_owned());
        let detail = it.title.clone().or(ty);
        self.offer(text, CompletionKind::Name(it.kind), detail);
    }

    /// How a declaration is written here, if it is seen.
    fn written(&self, it: &Declaration) -> Option<String> {
        let apart = matches!(
            it.kind,
            DeclarationKind::Scale
                | DeclarationKind::Rubric
                | DeclarationKind::Evidence
                | DeclarationKind::Competency
                | DeclarationKind::Role
                | DeclarationKind::Rule
        );
        if !apart {
            return Some(it.name.clone());
        }
        let seen = self.visible.iter().filter(|(file, _)| *file == it.at.file);
        let alias = seen.map(|(_, alias)| *alias).min()?;
        Some(alias.map_or_else(|| it.name.clone(), |alias| format!("{alias}.{}", it.name)))
    }

    pub fn kind(&mut self, kind: DeclarationKind) {
        self.names(|it| it.kind == kind);
    }

    /// What belongs to something of that name.
    pub fn part_of(&mut self, kind: DeclarationKind, name: &str, part: DeclarationKind) {
        let analysis = self.analysis;
        self.names(|it| {
            let of = analysis.parent(it);
            it.kind == part && of.is_some_and(|of| of.kind == kind && of.name == name)
        });
    }

    pub fn stages(&mut self, role: &str) {
        self.part_of(DeclarationKind::Role, role, DeclarationKind::Stage);
    }

    /// The labels in a role or competency, and the stages of a role.
    pub fn labels(&mut self, subject: &str) {
        let analysis = self.analysis;
        self.names(|it| {
            let root = std::iter::successors(Some(it), |it| analysis.parent(it)).last();
            matches!(it.kind, DeclarationKind::Label | DeclarationKind::Stage)
                && root.is_some_and(|root| root.name == subject)
        });
    }

    /// The addresses of everything that has one.
    pub fn addresses(&mut self) {
        let analysis = self.analysis;
        for (file, _) in analysis.sources().iter() {
            let labels = analysis.declarations(file).iter();
            for it in labels.filter(|it| it.kind == DeclarationKind::Label) {
                let parents = std::iter::successors(Some(it), |it| analysis.parent(it));
                let mut names: Vec<_> = parents.map(|it| it.name.as_str()).collect();
                names.reverse();
                self.name(it, names.join("."));
            }
        }
    }
}
