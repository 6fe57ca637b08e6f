//! What helps while a text is written: what a place is, what may stand there, and what mends it.

use std::collections::HashMap;

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse,
    CompletionItem, CompletionItemKind, CompletionParams, CompletionResponse, CompletionTextEdit,
    DocumentFormattingParams, DocumentRangeFormattingParams, Documentation, Hover, HoverContents,
    HoverParams, MarkupContent, MarkupKind, ParameterInformation, ParameterLabel, SignatureHelp,
    SignatureHelpParams, SignatureInformation, TextEdit, WorkspaceEdit,
};
use milepost::Span;
use milepost::ide::{Action, CompletionKind, Edit, hover};

use crate::message::Refusal;
use crate::programmes::Programme;
use crate::{Server, convert};

impl Server<'_> {
    pub(super) fn hover(&mut self, about: HoverParams) -> Result<Option<Hover>, Refusal> {
        let at = self.at(&about.text_document_position_params)?;
        let programme = self.whole(&at.text);
        let analysis = &programme.analysis;
        let file = analysis.file(&at.text.path);
        let said = file.and_then(|file| hover(analysis, file, at.offset));
        Ok(said.map(|said| Hover {
            contents: HoverContents::Markup(markdown(said.markdown)),
            range: Some(convert::span(
                analysis.sources(),
                said.span,
                self.client.units,
            )),
        }))
    }

    pub(super) fn completion(
        &mut self,
        about: CompletionParams,
    ) -> Result<Option<CompletionResponse>, Refusal> {
        let at = self.at(&about.text_document_position)?;
        let analysis = &at.text.programme.analysis;
        let all = analysis.complete(Programme::MAIN, at.offset);
        let items = all.into_iter().enumerate().map(|(place, offer)| {
            let range = convert::span(analysis.sources(), offer.span, self.client.units);
            CompletionItem {
                label: offer.text.clone(),
                kind: Some(match offer.kind {
                    CompletionKind::Word => CompletionItemKind::KEYWORD,
                    CompletionKind::Name(kind) => convert::offered(kind),
                }),
                detail: offer.detail,
                // In the order in which they are offered.
                sort_text: Some(format!("{place:05}")),
                text_edit: Some(CompletionTextEdit::Edit(TextEdit {
                    range,
                    new_text: offer.text,
                })),
                ..CompletionItem::default()
            }
        });
        Ok(Some(CompletionResponse::Array(items.collect())))
    }

    pub(super) fn signature(
        &mut self,
        about: SignatureHelpParams,
    ) -> Result<Option<SignatureHelp>, Refusal> {
        let at = self.at(&about.text_document_position_params)?;
        let analysis = &at.text.programme.analysis;
        let signature = analysis.signature(Programme::MAIN, at.offset);
        Ok(signature.map(|signature| {
            let parameters = signature.parameters.into_iter();
            let parameters = parameters.map(|label| ParameterInformation {
                label: ParameterLabel::Simple(label),
                documentation: None,
            });
            let active = signature.active.and_then(|at| u32::try_from(at).ok());
            SignatureHelp {
                signatures: vec![SignatureInformation {
                    label: signature.label,
                    documentation: signature
                        .doc
                        .map(|doc| Documentation::MarkupContent(markdown(doc))),
                    parameters: Some(parameters.collect()),
                    active_parameter: active,
                }],
                active_signature: Some(0),
                active_parameter: active,
            }
        }))
    }

    pub(super) fn format(
        &mut self,
        about: DocumentFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>, Refusal> {
        let text = self.text(&about.text_document.uri)?;
        let analysis = &text.programme.analysis;
        let Some(source) = analysis.sources().get(Programme::MAIN) else {
            return Ok(None);
        };
        let edit = difference(source.text(), &milepost::format(source.text()).text);
        let edit = edit.map(|(start, end, new_text)| TextEdit {
            range: convert::range(source, start, end, self.client.units),
            new_text,
        });
        Ok(Some(edit.into_iter().collect()))
    }

    /// The shape of the declarations that a range touches, and of nothing else.
    pub(super) fn format_range(
        &mut self,
        about: DocumentRangeFormattingParams,
    ) -> Result<Option<Vec<TextEdit>>, Refusal> {
        let text = self.text(&about.text_document.uri)?;
        let start = self.offset(&text, about.range.start)?;
        // The end of what is chosen may be the line after the last.
        let end = self.offset(&text, about.range.end).unwrap_or(u32::MAX);
        let analysis = &text.programme.analysis;
        let Some(source) = analysis.sources().get(Programme::MAIN) else {
            return Ok(None);
        };
        let stretch = analysis.stretch(Programme::MAIN, start, end);
        let edit = shaped(source.text(), stretch.start, stretch.end);
        let edit = edit.map(|(start, end, new_text)| TextEdit {
            range: convert::range(source, start, end, self.client.units),
            new_text,
        });
        Ok(Some(edit.into_iter().collect()))
    }

    pub(super) fn actions(
        &mut self,
        about: CodeActionParams,
    ) -> Result<Option<CodeActionResponse>, Refusal> {
        let text = self.text(&about.text_document.uri)?;
        let start = self.offset(&text, about.range.start)?;
        let end = self.offset(&text, about.range.end)?;
        let within = Span {
            file: Programme::MAIN,
            start,
            end,
        };
        let programme = &text.programme;
        let problems = programme.findings(|| self.levels(&text.path));
        let only = about.context.only;
        let mut actions = Vec::new();
        if only
            .as_ref()
            .is_none_or(|only| asked(only, &convert::MENDS))
        {
            let here = programme.analysis.actions(problems, within).into_iter();
            actions.extend(here.map(|action| self.action(programme, action)));
        }
        // Never among what mends one thing: only when it is asked for.
        if only.is_some_and(|only| asked(&only, &convert::MENDS_ALL)) {
            let edits = programme.analysis.mended(problems, Programme::MAIN);
            if !edits.is_empty() {
                actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                    title: "Mend all that is certain".to_owned(),
                    kind: Some(convert::MENDS_ALL),
                    edit: Some(self.mending(programme, &edits)),
                    ..CodeAction::default()
                }));
            }
        }
        Ok(Some(actions))
    }

    fn action(&self, programme: &Programme, action: Action) -> CodeActionOrCommand {
        let (analysis, units) = (&programme.analysis, self.client.units);
        let problems = programme.findings(milepost::Levels::default).iter();
        let mended = problems
            .filter(|problem| problem.code == action.code && problem.span() == Some(action.at));
        let uri = |path: &str| self.uri(path);
        let mended =
            mended.map(|problem| convert::diagnostic(analysis.sources(), problem, units, &uri));
        let edit = self.mending(programme, &action.edits);
        CodeActionOrCommand::CodeAction(CodeAction {
            title: action.title,
            kind: Some(convert::MENDS),
            diagnostics: Some(mended.collect()),
            edit: Some(edit),
            is_preferred: Some(action.certain),
            ..CodeAction::default()
        })
    }

    fn mending(&self, programme: &Programme, edits: &[Edit]) -> WorkspaceEdit {
        let analysis = &programme.analysis;
        let changes = edits.iter().filter_map(|edit| {
            let uri = self.uri(convert::name(analysis.sources(), edit.span))?;
            Some((uri, convert::edit(analysis, edit, self.client.units)))
        });
        #[expect(
            clippy::mutable_key_type,
            reason = "the protocol's shape; an address never changes"
        )]
        let mut by_uri: HashMap<_, Vec<_>> = HashMap::new();
        for (uri, edit) in changes {
            by_uri.entry(uri).or_default().push(edit);
        }
        WorkspaceEdit::new(by_uri)
    }
}

/// Whether a kind of action is among those asked for, or below one of them.
fn asked(only: &[CodeActionKind], kind: &CodeActionKind) -> bool {
    only.iter().any(|only| {
        let below = kind.as_str().strip_prefix(only.as_str());
        below.is_some_and(|below| {
            only.as_str().is_empty() || below.is_empty() || below.starts_with('.')
        })
    })
}

/// What makes a stretch of a text have its shape, the rest being as it is. Nothing where the stretch cannot be understood alone.
fn shaped(text: &str, start: u32, end: u32) -> Option<(u32, u32, String)> {
    let (from, to) = (start as usize, end as usize);
    let old = text.get(from..to)?.trim_end();
    let new = milepost::format(old).text;
    let (first, last, comes) = difference(old, new.trim_end())?;
    let whole = [
        text.get(..from)?,
        new.trim_end(),
        text.get(from + old.len()..)?,
    ]
    .concat();
    let same = milepost::format(&whole).text == milepost::format(text).text;
    same.then_some((start + first, start + last, comes))
}

/// What makes a text of another, by whole lines: what goes, and what comes.
fn difference(old: &str, new: &str) -> Option<(u32, u32, String)> {
    fn same<'l>(
        old: impl Iterator<Item = &'l str>,
        new: impl Iterator<Item = &'l str>,
    ) -> impl Iterator<Item = &'l str> {
        old.zip(new)
            .take_while(|(old, new)| old == new)
            .map(|(line, _)| line)
    }
    if old == new {
        return None;
    }
    let start: usize = same(old.split_inclusive('\n'), new.split_inclusive('\n'))
        .map(str::len)
        .sum();
    let (old_rest, new_rest) = (old.get(start..)?, new.get(start..)?);
    let end: usize = same(
        old_rest.split_inclusive('\n').rev(),
        new_rest.split_inclusive('\n').rev(),
    )
    .map(str::len)
    .sum();
    let comes = new_rest.get(..new_rest.len() - end)?;
    let start = u32::try_from(start).ok()?;
    let end = u32::try_from(old.len() - end).ok()?;
    Some((start, end, comes.to_owned()))
}

const fn markdown(value: String) -> MarkupContent {
    MarkupContent {
        kind: MarkupKind::Markdown,
        value,
    }
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn only_lines_that_differ_are_changed() {
        let made = |old: &str, new: &str| {
            let Some((start, end, text)) = difference(old, new) else {
                return old.to_owned();
            };
            let mut made = old.to_owned();
            made.replace_range(start as usize..end as usize, &text);
            made
        };
        let texts = [
            "",
            "a\n",
            "a\nb\n",
            "a\nb",
            "b\na\n",
            "a\na\na\n",
            "a\nx\ny\nb\n",
            "é\r\nb\n",
        ];
        for old in texts {
            for new in texts {
                assert_eq!(made(old, new), new);
            }
        }
        let found = difference("a\nb\nc\n", "a\nx\nc\n");
        assert_eq!(found, Some((2, 4, "x\n".to_owned())));
    }
}
