//! What has a type, and what may be its value: fields of a kind of evidence, levels of the right scale, choices.

use std::collections::BTreeSet;

use milepost_diagnostics::FileId;

use super::offers::Offers;
use super::words::DAYS;
use crate::Analysis;
use crate::declarations::{Declaration, DeclarationKind};
use crate::lexis::{Piece, PieceKind, pieces};

impl Offers<'_> {
    /// The kind of evidence that a requirement asks for.
    pub(super) fn records(&self, line: &[Piece<'_>]) -> Option<String> {
        let analysis = self.analysis;
        let files = analysis.sources().iter();
        let all = files.flat_map(|(file, _)| analysis.declarations(file));
        let kinds = all.filter(|it| it.kind == DeclarationKind::Evidence);
        let kinds: BTreeSet<&str> = kinds.map(|it| it.name.as_str()).collect();
        let mut words = line.iter().filter(|it| it.kind == PieceKind::Word);
        let kind = words.find(|it| kinds.contains(it.text));
        kind.map(|it| it.text.to_owned())
    }

    /// The fields of the kind of evidence asked for; where none is written yet, of every kind.
    pub(super) fn fields(&mut self, line: &[Piece<'_>]) {
        match self.records(line) {
            Some(kind) => self.part_of(DeclarationKind::Evidence, &kind, DeclarationKind::Field),
            None => self.kind(DeclarationKind::Field),
        }
    }

    /// The fields that have a total, an average or a highest: numbers, levels, and rubrics for their criteria.
    pub(super) fn measurable(&mut self, line: &[Piece<'_>]) {
        let analysis = self.analysis;
        let kind = self.records(line);
        self.names(|it| {
            let of = analysis.parent(it);
            let asked = kind
                .as_ref()
                .is_none_or(|kind| of.is_some_and(|of| of.name == *kind));
            let ty = it.ty.map_or("", |ty| analysis.sources().text(ty));
            let without = ["text", "yes/no", "date", "one of", "list of"];
            let measured = !without.iter().any(|ty_word| ty.starts_with(ty_word));
            it.kind == DeclarationKind::Field && asked && measured
        });
    }

    pub(super) fn parameters(&mut self, line: &[Piece<'_>]) {
        if let Some(rule) = called(line) {
            self.part_of(DeclarationKind::Rule, rule, DeclarationKind::Parameter);
        }
    }

    /// The value of the parameter whose colon is the last piece.
    pub(super) fn argument(&mut self, line: &[Piece<'_>]) {
        let analysis = self.analysis;
        let name = line.iter().rev().nth(1).map_or("", |it| it.text);
        let rule = called(line).unwrap_or("");
        let of_rule = |it: &&Declaration| {
            let of = analysis.parent(it);
            it.kind == DeclarationKind::Parameter
                && it.name == name
                && of.is_some_and(|of| of.name == rule)
        };
        let mut files = analysis.sources().iter();
        let found = files.find_map(|(file, _)| analysis.declarations(file).iter().find(of_rule));
        if let Some(parameter) = found {
            self.values_for(parameter, &[]);
        }
    }

    /// What the other side of a comparison may be: the values of what stands on this side.
    pub(super) fn compared(&mut self, line: &[Piece<'_>]) {
        let signs = |it: &&Piece<'_>| it.kind == PieceKind::Sign || it.is("contains");
        let mut words = line.iter().rev().skip_while(signs);
        let Some(left) = words.next() else { return };
        self.values_of(left.start, left.text, line);
    }

    /// The values in `in { … }`.
    pub(super) fn listed(&mut self, before: &[Piece<'_>]) {
        let mut words = before.iter().rev().skip_while(|it| it.is("in"));
        if let Some(left) = words.next() {
            self.values_of(left.start, left.text, &[]);
        }
    }

    /// The values of the fact, field, parameter or criterion whose name stands there; of a name that is not known every one.
    pub(super) fn values_of(&mut self, start: u32, name: &str, line: &[Piece<'_>]) {
        match typed(self.analysis, self.file(), start, name) {
            Some(declaration) => self.values_for(declaration, line),
            None if matches!(name, "date" | "expires") => {
                self.words(DAYS);
                self.facts_of("date");
            }
            None => {}
        }
    }

    fn values_for(&mut self, declaration: &Declaration, line: &[Piece<'_>]) {
        let analysis = self.analysis;
        if declaration.kind == DeclarationKind::Criterion {
            self.levels_of_rubric(declaration);
            return;
        }
        let ty = declaration.ty.map_or("", |ty| analysis.sources().text(ty));
        let ty = ty.strip_prefix("list of").unwrap_or(ty).trim();
        match ty.split_whitespace().next().unwrap_or("") {
            "one" => {
                let (at, own) = (declaration.at, &declaration.name);
                self.names(|it| {
                    let of = analysis.parent(it);
                    it.kind == DeclarationKind::Choice
                        && of.is_some_and(|of| of.at == at && of.name == *own)
                });
            }
            "yes/no" => self.words(&["yes", "no"]),
            "date" => {
                self.words(DAYS);
                self.facts_of("date");
            }
            "number" | "whole" => {
                if !line.is_empty() {
                    self.facts_of("number");
                    self.facts_of("whole");
                }
            }
            "text" => {}
            named => {
                let scale = named.rsplit('.').next().unwrap_or(named);
                self.part_of(DeclarationKind::Scale, scale, DeclarationKind::Level);
                if !line.is_empty() {
                    self.facts_of(named);
                }
            }
        }
    }

    fn levels_of_rubric(&mut self, criterion: &Declaration) {
        let analysis = self.analysis;
        let rubric = analysis.parent(criterion).map(|it| it.whole);
        let head = rubric.map_or("", |whole| analysis.sources().text(whole));
        let head = pieces(head.split('{').next().unwrap_or(""));
        if let Some(scale) = head.last() {
            self.part_of(DeclarationKind::Scale, scale.text, DeclarationKind::Level);
        }
    }

    /// The facts of a type.
    pub(super) fn facts_of(&mut self, ty: &str) {
        let analysis = self.analysis;
        self.names(|it| {
            let own = it.ty.map_or("", |ty| analysis.sources().text(ty));
            let word = own.split_whitespace().next();
            it.kind == DeclarationKind::Fact && word == Some(ty)
        });
    }

    /// What a name before a dot has inside: a field its criteria, a scale its levels.
    pub(super) fn behind_the_dot(&mut self) {
        let analysis = self.analysis;
        let qualifiers = self.qualifiers;
        let name = qualifiers.trim_end_matches('.').rsplit('.').next();
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            return;
        };
        let field = |it: &&Declaration| it.kind == DeclarationKind::Field && it.name == name;
        let mut files = analysis.sources().iter();
        let field = files.find_map(|(file, _)| analysis.declarations(file).iter().find(field));
        let ty = field.and_then(|field| Some(analysis.sources().text(field.ty?)));
        let ty = ty.map(|ty| ty.rsplit('.').next().unwrap_or(ty));
        for (file, _) in analysis.sources().iter() {
            for it in analysis.declarations(file) {
                let Some(of) = analysis.parent(it) else {
                    continue;
                };
                let level = it.kind == DeclarationKind::Level && of.name == name;
                let criterion = it.kind == DeclarationKind::Criterion && ty == Some(&of.name);
                if level || criterion {
                    self.name(it, format!("{qualifiers}{}", it.name));
                }
            }
        }
    }

    /// Whoever may let a candidate go without a requirement somewhere.
    pub(super) fn authorities(&mut self) {
        let mut known: Vec<&str> = Vec::new();
        for (_, source) in self.analysis.sources().iter() {
            let all = pieces(source.text());
            for (at, _) in all.iter().enumerate().filter(|(_, it)| it.is("waivable")) {
                let mut rest = all.iter().skip(at + 2);
                while let Some(name) = rest.next() {
                    known.push(name.text);
                    if !rest.next().is_some_and(|next| next.is("or")) {
                        break;
                    }
                }
            }
        }
        known.sort_unstable();
        known.dedup();
        self.words(&known);
    }
}

/// What has values and stands there, or has that name where what stands there is not known.
fn typed<'a>(
    analysis: &'a Analysis,
    file: FileId,
    start: u32,
    name: &str,
) -> Option<&'a Declaration> {
    let mentioned = analysis.name_at(file, start);
    let mentioned = mentioned.and_then(|name| analysis.declaration(name.declared));
    let named = |it: &&Declaration| {
        (it.ty.is_some() || it.kind == DeclarationKind::Criterion) && it.name == name
    };
    mentioned.or_else(|| {
        let mut files = analysis.sources().iter();
        files.find_map(|(file, _)| analysis.declarations(file).iter().find(named))
    })
}

/// The rule whose parentheses are open.
fn called<'t>(line: &[Piece<'t>]) -> Option<&'t str> {
    let open = line.iter().rposition(|it| it.is("("))?;
    line.get(open.checked_sub(1)?).map(|it| it.text)
}
