//! What is asked about texts: a method and what it is about in; the answer out.

mod names;
mod painting;
mod view;
mod writing;

use std::rc::Rc;

use lsp_types::request::{
    CodeActionRequest, Completion, DocumentHighlightRequest, DocumentSymbolRequest,
    FoldingRangeRequest, Formatting, GotoDefinition, HoverRequest, InlayHintRequest,
    PrepareRenameRequest, RangeFormatting, References, Rename, Request, SemanticTokensFullRequest,
    SignatureHelpRequest, WorkspaceSymbolRequest,
};
use lsp_types::{Position, TextDocumentPositionParams, Uri};
use milepost::Units;
use serde_json::{Value, json};

use crate::message::{Refusal, params};
use crate::paths::path;
use crate::programmes::Programme;
use crate::{Server, convert};

/// A text that is open, and its programme.
pub(crate) struct Asked {
    pub path: String,
    pub programme: Rc<Programme>,
}

/// A place in it.
pub(crate) struct At {
    pub text: Asked,
    pub offset: u32,
}

/// What the server can do.
pub(crate) fn capabilities(units: Units) -> Value {
    let encoding = match units {
        Units::Utf8 => "utf-8",
        Units::Utf16 => "utf-16",
    };
    let version = env!("CARGO_PKG_VERSION");
    json!({
        "serverInfo": { "name": "milepost", "version": version },
        "capabilities": {
            "positionEncoding": encoding,
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
            "hoverProvider": true,
            "completionProvider": { "triggerCharacters": ["."] },
            "signatureHelpProvider": { "triggerCharacters": ["(", ","] },
            "definitionProvider": true,
            "referencesProvider": true,
            "documentHighlightProvider": true,
            "renameProvider": { "prepareProvider": true },
            "documentSymbolProvider": true,
            "workspaceSymbolProvider": true,
            "foldingRangeProvider": true,
            "documentFormattingProvider": true,
            "documentRangeFormattingProvider": true,
            "codeActionProvider": { "codeActionKinds": [convert::MENDS, convert::MENDS_ALL] },
            "inlayHintProvider": true,
            "semanticTokensProvider": { "legend": painting::legend(), "full": true },
        },
    })
}

impl Server<'_> {
    /// Answers a request about texts.
    pub(crate) fn answer(&mut self, method: &str, about: Value) -> Result<Value, Refusal> {
        match method {
            HoverRequest::METHOD => self.ask::<HoverRequest>(about, Self::hover),
            Completion::METHOD => self.ask::<Completion>(about, Self::completion),
            SignatureHelpRequest::METHOD => {
                self.ask::<SignatureHelpRequest>(about, Self::signature)
            }
            GotoDefinition::METHOD => self.ask::<GotoDefinition>(about, Self::definition),
            DocumentHighlightRequest::METHOD => {
                self.ask::<DocumentHighlightRequest>(about, Self::highlights)
            }
            References::METHOD => self.ask::<References>(about, Self::references),
            PrepareRenameRequest::METHOD => {
                self.ask::<PrepareRenameRequest>(about, Self::renamable)
            }
            Rename::METHOD => self.ask::<Rename>(about, Self::rename),
            DocumentSymbolRequest::METHOD => {
                self.ask::<DocumentSymbolRequest>(about, Self::outline)
            }
            WorkspaceSymbolRequest::METHOD => {
                self.ask::<WorkspaceSymbolRequest>(about, Self::symbols)
            }
            FoldingRangeRequest::METHOD => self.ask::<FoldingRangeRequest>(about, Self::folding),
            CodeActionRequest::METHOD => self.ask::<CodeActionRequest>(about, Self::actions),
            Formatting::METHOD => self.ask::<Formatting>(about, Self::format),
            RangeFormatting::METHOD => self.ask::<RangeFormatting>(about, Self::format_range),
            InlayHintRequest::METHOD => self.ask::<InlayHintRequest>(about, Self::hints),
            SemanticTokensFullRequest::METHOD => {
                self.ask::<SemanticTokensFullRequest>(about, Self::tokens)
            }
            other => Err(Refusal::method(other)),
        }
    }

    fn ask<R: Request>(
        &mut self,
        about: Value,
        answer: fn(&mut Self, R::Params) -> Result<R::Result, Refusal>,
    ) -> Result<Value, Refusal> {
        let answered = answer(self, params(about)?)?;
        serde_json::to_value(answered).map_err(|_| Refusal::internal())
    }

    /// The open text of an address.
    pub(crate) fn text(&mut self, uri: &Uri) -> Result<Asked, Refusal> {
        let path = path(uri);
        if self.texts.get(&path).is_none() {
            return Err(Refusal::failed(format!("`{}` is not open", uri.as_str())));
        }
        let programme = self.programme(&path);
        Ok(Asked { path, programme })
    }

    /// A place in an open text.
    pub(crate) fn at(&mut self, about: &TextDocumentPositionParams) -> Result<At, Refusal> {
        let text = self.text(&about.text_document.uri)?;
        let offset = self.offset(&text, about.position)?;
        Ok(At { text, offset })
    }

    pub(crate) fn offset(&self, text: &Asked, at: Position) -> Result<u32, Refusal> {
        let known = self.texts.get(&text.path);
        let offset = known.and_then(|known| known.offset(convert::place(at), self.client.units));
        offset.ok_or_else(|| Refusal::params(format!("the text has no line {}", at.line)))
    }

    /// The programme in which most is known of an open text: of a part an open programme that uses it.
    pub(crate) fn whole(&mut self, text: &Asked) -> Rc<Programme> {
        let mut found = Rc::clone(&text.programme);
        if found.analysis.plan().is_some() {
            return found;
        }
        let mains: Vec<_> = self.texts.paths().cloned().collect();
        for main in mains {
            let programme = self.programme(&main);
            let analysis = &programme.analysis;
            if analysis.plan().is_some() && analysis.file(&text.path).is_some() {
                found = programme;
                break;
            }
        }
        found
    }
}
