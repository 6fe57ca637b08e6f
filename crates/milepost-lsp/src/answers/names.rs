//! From name to name, over all files of the workspace: where one is declared, where it is used, and giving it another.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use lsp_types::{
    DocumentChanges, DocumentHighlight, DocumentHighlightParams, GotoDefinitionParams,
    GotoDefinitionResponse, Location, OneOf, OptionalVersionedTextDocumentIdentifier,
    PrepareRenameResponse, ReferenceParams, RenameParams, SymbolInformation, TextDocumentEdit,
    TextDocumentPositionParams, TextEdit, WorkspaceEdit, WorkspaceSymbolParams,
    WorkspaceSymbolResponse,
};
use milepost::Span;
use milepost::ide::{Edit, Outline};

use super::At;
use crate::message::Refusal;
use crate::programmes::Programme;
use crate::workspace::Graph;
use crate::{Server, convert};

/// So many names are listed for some letters.
const MOST_SYMBOLS: usize = 500;

/// A name where it is declared: the path, and the place in the text.
struct Declared {
    path: String,
    start: u32,
    end: u32,
}

impl Server<'_> {
    pub(super) fn definition(
        &mut self,
        about: GotoDefinitionParams,
    ) -> Result<Option<GotoDefinitionResponse>, Refusal> {
        let at = self.at(&about.text_document_position_params)?;
        let analysis = &at.text.programme.analysis;
        let found = analysis.definition(Programme::MAIN, at.offset);
        let uri = |path: &str| self.uri(path);
        let found = found
            .and_then(|span| convert::location(analysis.sources(), span, self.client.units, &uri));
        Ok(found.map(GotoDefinitionResponse::Scalar))
    }

    pub(super) fn references(
        &mut self,
        about: ReferenceParams,
    ) -> Result<Option<Vec<Location>>, Refusal> {
        let at = self.at(&about.text_document_position)?;
        let Some(declared) = declared(&at) else {
            return Ok(None);
        };
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        for programme in self.programmes_with(&declared.path) {
            let analysis = &programme.analysis;
            let Some(file) = analysis.file(&declared.path) else {
                continue;
            };
            let Declared { start, end, .. } = declared;
            let all = analysis.references_of(Span { file, start, end });
            let skip = usize::from(!about.context.include_declaration);
            for span in all.into_iter().skip(skip) {
                let path = convert::name(analysis.sources(), span).to_owned();
                if seen.insert((path, span.start, span.end)) {
                    let uri = |path: &str| self.uri(path);
                    let units = self.client.units;
                    found.extend(convert::location(analysis.sources(), span, units, &uri));
                }
            }
        }
        Ok(Some(found))
    }

    /// Where the name at a place stands in the same text.
    pub(super) fn highlights(
        &mut self,
        about: DocumentHighlightParams,
    ) -> Result<Option<Vec<DocumentHighlight>>, Refusal> {
        let at = self.at(&about.text_document_position_params)?;
        let analysis = &at.text.programme.analysis;
        let all = analysis.references(Programme::MAIN, at.offset).into_iter();
        let here = all.filter(|span| span.file == Programme::MAIN);
        let here = here.map(|span| DocumentHighlight {
            range: convert::span(analysis.sources(), span, self.client.units),
            kind: None,
        });
        Ok(Some(here.collect()))
    }

    pub(super) fn renamable(
        &mut self,
        about: TextDocumentPositionParams,
    ) -> Result<Option<PrepareRenameResponse>, Refusal> {
        let at = self.at(&about)?;
        let analysis = &at.text.programme.analysis;
        let name = analysis.renamable(Programme::MAIN, at.offset);
        let range = |span| convert::span(analysis.sources(), span, self.client.units);
        Ok(name.map(|span| PrepareRenameResponse::Range(range(span))))
    }

    pub(super) fn rename(&mut self, about: RenameParams) -> Result<Option<WorkspaceEdit>, Refusal> {
        let at = self.at(&about.text_document_position)?;
        let analysis = &at.text.programme.analysis;
        if analysis.renamable(Programme::MAIN, at.offset).is_none() {
            return Err(Refusal::failed("there is no name here that can be changed"));
        }
        let Some(declared) = declared(&at) else {
            return Ok(None);
        };
        let mut edits: BTreeMap<String, BTreeMap<(u32, u32), TextEdit>> = BTreeMap::new();
        for programme in self.programmes_with(&declared.path) {
            let analysis = &programme.analysis;
            let Some(file) = analysis.file(&declared.path) else {
                continue;
            };
            let renamed = analysis.rename(file, declared.start, &about.new_name);
            for edit in renamed.map_err(|why| self.refused(&at, &programme, &why))? {
                self.add(&programme, &edit, &mut edits);
            }
        }
        Ok(Some(self.changes(edits)))
    }

    /// Why a name cannot be another, and in which programme, if it is not the one before the writer's eyes.
    fn refused(&self, at: &At, programme: &Programme, why: &str) -> Refusal {
        let main = Span {
            file: Programme::MAIN,
            start: 0,
            end: 0,
        };
        let name = convert::name(programme.analysis.sources(), main);
        if name == at.text.path {
            return Refusal::failed(why);
        }
        Refusal::failed(format!("in `{name}`: {why}"))
    }

    fn add(
        &self,
        programme: &Programme,
        edit: &Edit,
        edits: &mut BTreeMap<String, BTreeMap<(u32, u32), TextEdit>>,
    ) {
        let analysis = &programme.analysis;
        let path = convert::name(analysis.sources(), edit.span).to_owned();
        let at = (edit.span.start, edit.span.end);
        let edit = convert::edit(analysis, edit, self.client.units);
        edits.entry(path).or_default().insert(at, edit);
    }

    /// Edits of texts as the editor takes them: with the version they are for, if it knows that.
    fn changes(&self, edits: BTreeMap<String, BTreeMap<(u32, u32), TextEdit>>) -> WorkspaceEdit {
        let edits = edits.into_iter().filter_map(|(path, edits)| {
            let uri = self.uri(&path)?;
            let version = self.texts.get(&path).map(|text| text.version);
            Some((uri, version, edits.into_values()))
        });
        if !self.client.versioned {
            #[expect(
                clippy::mutable_key_type,
                reason = "the protocol's shape; an address never changes"
            )]
            let changes: HashMap<_, _> = edits
                .map(|(uri, _, edits)| (uri, edits.collect()))
                .collect();
            return WorkspaceEdit::new(changes);
        }
        let changes = edits.map(|(uri, version, edits)| TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.map(OneOf::Left).collect(),
        });
        WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(changes.collect())),
            ..WorkspaceEdit::default()
        }
    }

    pub(super) fn symbols(
        &mut self,
        about: WorkspaceSymbolParams,
    ) -> Result<Option<WorkspaceSymbolResponse>, Refusal> {
        let mut found = Vec::new();
        for path in self.files() {
            let Some(uri) = self.uri(&path) else { continue };
            let text = self.read(&path).unwrap_or_default();
            let outline = Outline::new(&path, &String::from_utf8_lossy(&text));
            let left = MOST_SYMBOLS.saturating_sub(found.len());
            found.extend(outline.symbols(&about.query).take(left).map(|(it, of)| {
                let range = convert::span(&outline.sources, it.at, self.client.units);
                #[expect(deprecated, reason = "the shape has the field")]
                SymbolInformation {
                    name: it.name.clone(),
                    kind: convert::symbol(it.kind),
                    tags: None,
                    deprecated: None,
                    location: Location {
                        uri: uri.clone(),
                        range,
                    },
                    container_name: of.map(|of| of.name.clone()),
                }
            }));
        }
        Ok(Some(WorkspaceSymbolResponse::Flat(found)))
    }

    /// The files of the workspace, and the texts that are open.
    fn files(&self) -> BTreeSet<String> {
        let folders = self.folders.iter();
        let below = folders.flat_map(|folder| self.host.below(folder));
        below.chain(self.texts.paths().cloned()).collect()
    }

    /// Every programme, or part, of the workspace that has this file.
    fn programmes_with(&mut self, path: &str) -> Vec<Rc<Programme>> {
        let files = self.files();
        let graph = Graph::new(files.iter(), &|path: &str| self.read(path));
        let mains = graph.reaching(path);
        mains.iter().map(|main| self.programme(main)).collect()
    }
}

/// Where the name at a place is declared.
fn declared(at: &At) -> Option<Declared> {
    let analysis = &at.text.programme.analysis;
    let name = analysis.name_at(Programme::MAIN, at.offset)?.declared;
    Some(Declared {
        path: convert::name(analysis.sources(), name).to_owned(),
        start: name.start,
        end: name.end,
    })
}
