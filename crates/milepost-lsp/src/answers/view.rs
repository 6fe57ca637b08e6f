//! What is shown around a text: its outline, what folds, and the notes beside it.

use lsp_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, FoldingRange, FoldingRangeKind,
    FoldingRangeParams, InlayHint, InlayHintLabel, InlayHintParams, Location, SymbolInformation,
};
use milepost::Span;
use milepost::ide::Declaration;

use super::Asked;
use crate::message::Refusal;
use crate::programmes::Programme;
use crate::{Server, convert};

impl Server<'_> {
    pub(super) fn outline(
        &mut self,
        about: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>, Refusal> {
        let text = self.text(&about.text_document.uri)?;
        let all = text.programme.analysis.declarations(Programme::MAIN);
        if !self.client.nested {
            let flat = all.iter().filter_map(|it| self.flat(&text, it));
            return Ok(Some(DocumentSymbolResponse::Flat(flat.collect())));
        }
        let mut open: Vec<Option<DocumentSymbol>> =
            all.iter().map(|it| Some(self.nested(&text, it))).collect();
        let mut roots = Vec::new();
        // What belongs to something comes after it: from the last on, each is whole when it is moved.
        for (place, it) in all.iter().enumerate().rev() {
            let Some(mut symbol) = open.get_mut(place).and_then(Option::take) else {
                continue;
            };
            symbol.children.iter_mut().for_each(|all| all.reverse());
            let parent = it.parent.and_then(|parent| open.get_mut(parent)?.as_mut());
            match parent {
                Some(parent) => parent.children.get_or_insert_default().push(symbol),
                None => roots.push(symbol),
            }
        }
        roots.reverse();
        Ok(Some(DocumentSymbolResponse::Nested(roots)))
    }

    fn nested(&self, text: &Asked, it: &Declaration) -> DocumentSymbol {
        let sources = text.programme.analysis.sources();
        let range = |span| convert::span(sources, span, self.client.units);
        #[expect(deprecated, reason = "the shape has the field")]
        DocumentSymbol {
            name: named(it),
            detail: it.title.clone(),
            kind: convert::symbol(it.kind),
            tags: None,
            deprecated: None,
            range: range(around(it)),
            selection_range: range(it.at),
            children: None,
        }
    }

    fn flat(&self, text: &Asked, it: &Declaration) -> Option<SymbolInformation> {
        let analysis = &text.programme.analysis;
        let uri = self.uri(&text.path)?;
        let range = convert::span(analysis.sources(), around(it), self.client.units);
        #[expect(deprecated, reason = "the shape has the field")]
        Some(SymbolInformation {
            name: named(it),
            kind: convert::symbol(it.kind),
            tags: None,
            deprecated: None,
            location: Location { uri, range },
            container_name: analysis.parent(it).map(|of| of.name.clone()),
        })
    }

    pub(super) fn folding(
        &mut self,
        about: FoldingRangeParams,
    ) -> Result<Option<Vec<FoldingRange>>, Refusal> {
        let text = self.text(&about.text_document.uri)?;
        let analysis = &text.programme.analysis;
        let source = analysis.sources().get(Programme::MAIN);
        let folds = analysis.folds(Programme::MAIN).into_iter();
        let folds = folds.map(|fold| {
            let line = |offset| source.map_or(0, |source| source.line(offset));
            let start_line = line(fold.span.start);
            // The closing brace stays to be seen.
            let last = line(fold.span.end) - u32::from(!fold.comment);
            FoldingRange {
                start_line,
                end_line: last.max(start_line),
                kind: fold.comment.then_some(FoldingRangeKind::Comment),
                ..FoldingRange::default()
            }
        });
        Ok(Some(
            folds.filter(|it| it.start_line < it.end_line).collect(),
        ))
    }

    pub(super) fn hints(
        &mut self,
        about: InlayHintParams,
    ) -> Result<Option<Vec<InlayHint>>, Refusal> {
        let text = self.text(&about.text_document.uri)?;
        let start = self.offset(&text, about.range.start)?;
        // Some editors ask for one line more than there is.
        let end = self.offset(&text, about.range.end).unwrap_or(u32::MAX);
        let programme = self.whole(&text);
        let analysis = &programme.analysis;
        let Some(file) = analysis.file(&text.path) else {
            return Ok(None);
        };
        let hints = analysis.hints(file).into_iter();
        let hints = hints.filter(|hint| start <= hint.after && hint.after <= end);
        let hints = hints.map(|hint| {
            let at = Span {
                file,
                start: hint.after,
                end: hint.after,
            };
            InlayHint {
                position: convert::span(analysis.sources(), at, self.client.units).start,
                label: InlayHintLabel::String(hint.text),
                kind: None,
                text_edits: None,
                tooltip: None,
                padding_left: Some(true),
                padding_right: None,
                data: None,
            }
        });
        Ok(Some(hints.collect()))
    }
}

/// What a declaration is called; editors want everything to have a name.
fn named(it: &Declaration) -> String {
    if it.name.trim().is_empty() {
        it.kind.as_str().to_owned()
    } else {
        it.name.clone()
    }
}

/// All of a declaration, its name among it.
fn around(it: &Declaration) -> Span {
    Span {
        start: it.whole.start.min(it.at.start),
        end: it.whole.end.max(it.at.end),
        ..it.at
    }
}
