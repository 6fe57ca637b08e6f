//! One editor's server: what comes from it in, one message at a time; what goes to it out.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use lsp_types::notification::Notification as _;
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument,
    DidSaveTextDocument, Exit, Initialized, PublishDiagnostics, ShowMessage,
};
use lsp_types::request::Request as _;
use lsp_types::request::{Initialize, Shutdown};
use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, InitializeParams, MessageType,
    PublishDiagnosticsParams, ShowMessageParams, Uri,
};
use milepost::{Levels, Units};
use serde_json::{Value, json};

use crate::answers::capabilities;
use crate::framing::Frame;
use crate::message::{Incoming, Refusal, answer, notification, params, request};
use crate::paths::{path, uri};
use crate::programmes::{Programme, Programmes};
use crate::queue::Queue;
use crate::texts::{Text, Texts};
use crate::{Host, convert};

/// What goes to the editor, in order.
pub type Out = VecDeque<Value>;

/// What a server holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The open texts.
    pub texts: usize,
    /// The programmes looked at.
    pub programmes: usize,
    /// The texts of which problems were told.
    pub told: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before it is initialized.
    Early,
    Ready,
    /// After it was asked to shut down.
    Down,
    /// Whether it had been asked to shut down.
    Ended(bool),
}

/// What an editor can do with what it is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Client {
    pub units: Units,
    /// Outlines with one thing in another.
    pub nested: bool,
    /// Edits with the version of the text they are for.
    pub versioned: bool,
    watches: bool,
}

/// A server for one editor.
pub struct Server<'h> {
    pub(crate) host: &'h dyn Host,
    state: State,
    pub(crate) client: Client,
    pub(crate) folders: Vec<String>,
    pub(crate) texts: Texts,
    programmes: Programmes,
    queue: Queue,
    /// Whether something changed since problems were told.
    changed: bool,
    /// The problems told of each path, and of which version.
    told: BTreeMap<String, (Option<i32>, Vec<lsp_types::Diagnostic>)>,
    /// What was said of the settings last.
    settings: Option<String>,
}

impl<'h> Server<'h> {
    /// A server that knows nothing yet.
    #[must_use]
    pub fn new(host: &'h dyn Host) -> Self {
        Self {
            host,
            state: State::Early,
            client: Client {
                units: Units::Utf16,
                nested: false,
                versioned: false,
                watches: false,
            },
            folders: Vec::new(),
            texts: Texts::default(),
            programmes: Programmes::default(),
            queue: Queue::default(),
            changed: false,
            told: BTreeMap::new(),
            settings: None,
        }
    }

    /// What is held, to see that it does not grow.
    #[must_use]
    pub fn held(&self) -> Held {
        Held {
            texts: self.texts.count(),
            programmes: self.programmes.count(),
            told: self.told.len(),
        }
    }

    /// Whether it ended, and if so whether it had been asked to shut down before.
    #[must_use]
    pub const fn ended(&self) -> Option<bool> {
        match self.state {
            State::Ended(asked) => Some(asked),
            _ => None,
        }
    }

    /// Takes something from the wire; it waits for its turn. What it cancels is answered at once.
    pub fn receive(&mut self, frame: Frame, out: &mut Out) {
        let parsed = match frame {
            Frame::Message(text) => Incoming::parse(&text),
            Frame::Broken(why) => Err(Refusal::new(Refusal::PARSE, why)),
        };
        match parsed {
            Ok(message) => {
                if let Some(id) = self.queue.add(message) {
                    out.push_back(answer(Some(&id), Err(Refusal::cancelled())));
                }
            }
            Err(refusal) => out.push_back(answer(None, Err(refusal))),
        }
    }

    /// Looks at the next message, if there is one.
    pub fn step(&mut self, out: &mut Out) -> bool {
        let Some(message) = self.queue.next() else {
            return false;
        };
        match message {
            Incoming::Request { id, method, params } => {
                let result = self.asked(&method, params);
                out.push_back(answer(Some(&id), result));
            }
            // What makes no sense is passed over: nobody waits for an answer.
            Incoming::Notification { method, params } => {
                let _ = self.notified(&method, params, out);
            }
            Incoming::Answer => {}
        }
        true
    }

    fn asked(&mut self, method: &str, about: Value) -> Result<Value, Refusal> {
        match (self.state, method) {
            (State::Early, Initialize::METHOD) => self.initialize(params(about)?),
            (State::Early, _) => {
                let why = "the first request is `initialize`";
                Err(Refusal::new(Refusal::TOO_EARLY, why))
            }
            (State::Ready, Shutdown::METHOD) => {
                self.state = State::Down;
                Ok(Value::Null)
            }
            (State::Ready, Initialize::METHOD) => {
                let why = "the server is initialized already";
                Err(Refusal::new(Refusal::INVALID, why))
            }
            (State::Ready, _) => {
                // A mistake here must not cost somebody their editor.
                let answered = catch_unwind(AssertUnwindSafe(|| self.answer(method, about)));
                answered.unwrap_or_else(|_| Err(Refusal::internal()))
            }
            (State::Down | State::Ended(_), _) => {
                let why = "the server was asked to shut down";
                Err(Refusal::new(Refusal::INVALID, why))
            }
        }
    }

    fn initialize(&mut self, params: InitializeParams) -> Result<Value, Refusal> {
        let general = params.capabilities.general;
        let encodings = general.and_then(|it| it.position_encodings);
        let bytes =
            encodings.is_some_and(|all| all.contains(&lsp_types::PositionEncodingKind::UTF8));
        let text = params.capabilities.text_document;
        let symbols = text.and_then(|it| it.document_symbol);
        let workspace = params.capabilities.workspace;
        let edits = workspace.as_ref().and_then(|it| it.workspace_edit.as_ref());
        let watched = workspace
            .as_ref()
            .and_then(|it| it.did_change_watched_files);
        self.client = Client {
            units: if bytes { Units::Utf8 } else { Units::Utf16 },
            nested: symbols.and_then(|it| it.hierarchical_document_symbol_support) == Some(true),
            versioned: edits.and_then(|it| it.document_changes) == Some(true),
            watches: watched.and_then(|it| it.dynamic_registration) == Some(true),
        };
        let folders = params.workspace_folders.unwrap_or_default();
        self.folders = folders.iter().map(|folder| path(&folder.uri)).collect();
        #[expect(deprecated, reason = "editors that know no folders say this")]
        if let Some(root) = params.root_uri.filter(|_| self.folders.is_empty()) {
            self.folders.push(path(&root));
        }
        self.state = State::Ready;
        Ok(capabilities(self.client.units))
    }

    fn notified(&mut self, method: &str, about: Value, out: &mut Out) -> Result<(), Refusal> {
        if method == Exit::METHOD {
            self.state = State::Ended(self.state == State::Down);
            return Ok(());
        }
        if self.state != State::Ready {
            return Ok(());
        }
        match method {
            Initialized::METHOD => self.watch(out),
            DidOpenTextDocument::METHOD => {
                let DidOpenTextDocumentParams { text_document: it } = params(about)?;
                let path = path(&it.uri);
                self.programmes.changed(&path);
                self.texts
                    .open(path, Text::new(it.uri, it.version, it.text));
            }
            DidChangeTextDocument::METHOD => {
                let it: DidChangeTextDocumentParams = params(about)?;
                let path = path(&it.text_document.uri);
                let version = it.text_document.version;
                if self
                    .texts
                    .change(&path, version, it.content_changes, self.client.units)
                {
                    self.programmes.changed(&path);
                }
            }
            DidCloseTextDocument::METHOD => {
                let it: DidCloseTextDocumentParams = params(about)?;
                let path = path(&it.text_document.uri);
                if self.texts.close(&path) {
                    self.programmes.changed(&path);
                    self.programmes.forget(&path);
                }
            }
            DidSaveTextDocument::METHOD => {
                let it: DidSaveTextDocumentParams = params(about)?;
                self.programmes.changed(&path(&it.text_document.uri));
            }
            DidChangeWatchedFiles::METHOD => {
                let it: DidChangeWatchedFilesParams = params(about)?;
                for change in it.changes {
                    let path = path(&change.uri);
                    if path.ends_with(".toml") {
                        self.programmes.clear();
                    }
                    self.programmes.changed(&path);
                }
            }
            _ => return Ok(()),
        }
        self.changed = true;
        Ok(())
    }

    /// Asks to be told of changes that are not made in the editor.
    fn watch(&self, out: &mut Out) {
        if self.client.watches {
            let watchers = json!([
                { "globPattern": "**/*.pathway" },
                { "globPattern": "**/milepost.toml" },
            ]);
            let registration = json!({
                "id": "watch",
                "method": DidChangeWatchedFiles::METHOD,
                "registerOptions": { "watchers": watchers },
            });
            let asked = json!({ "registrations": [registration] });
            out.push_back(request("watch", "client/registerCapability", &asked));
        }
    }

    /// The bytes of a path: what the editor has open wins over what is on disk.
    pub(crate) fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        match self.texts.get(path) {
            Some(text) => Ok(text.text().as_bytes().to_vec()),
            None if path.contains('/') => self.host.read(path),
            None => Err("there is no such file or folder".to_owned()),
        }
    }

    /// How the editor calls a path.
    pub(crate) fn uri(&self, path: &str) -> Option<Uri> {
        let open = self.texts.get(path).map(|text| text.uri.clone());
        open.or_else(|| uri(path))
    }

    /// The programme whose main file is at a path.
    pub(crate) fn programme(&mut self, path: &str) -> Rc<Programme> {
        if let Some(known) = self.programmes.get(path) {
            return known;
        }
        let programme = Rc::new(Programme::new(path, &|path: &str| self.read(path)));
        if self.texts.get(path).is_some() {
            self.programmes.keep(path, Rc::clone(&programme));
        }
        programme
    }

    /// How seriously warnings are taken in a programme; as usual, where that cannot be understood.
    pub(crate) fn levels(&self, path: &str) -> Levels {
        self.host.levels(path).unwrap_or_default()
    }

    /// Tells what changed in what is wrong with the open programmes.
    pub fn settle(&mut self, out: &mut Out) {
        if !std::mem::take(&mut self.changed) {
            return;
        }
        let mains: Vec<_> = self.texts.paths().cloned().collect();
        let mut found: BTreeMap<String, Vec<lsp_types::Diagnostic>> = BTreeMap::new();
        let mut wrong = None;
        for main in &mains {
            found.entry(main.clone()).or_default();
            let programme = self.programme(main);
            let levels = self.host.levels(main);
            wrong = wrong.or(levels.as_ref().err().cloned());
            let problems = programme.findings(|| levels.unwrap_or_default());
            let sources = programme.analysis.sources();
            for problem in problems {
                let Some(at) = problem.span() else { continue };
                let path = convert::name(sources, at).to_owned();
                let uri = |path: &str| self.uri(path);
                let told = convert::diagnostic(sources, problem, self.client.units, &uri);
                let all = found.entry(path).or_default();
                // A part says the same in every programme.
                if !all.contains(&told) {
                    all.push(told);
                }
            }
        }
        self.say(wrong, out);
        let paths: BTreeSet<_> = found.keys().chain(self.told.keys()).cloned().collect();
        for path in paths {
            let problems = found.remove(&path).unwrap_or_default();
            self.tell(path, problems, out);
        }
    }

    /// Says once that the settings cannot be understood.
    fn say(&mut self, wrong: Option<String>, out: &mut Out) {
        if let Some(message) = wrong.clone().filter(|_| wrong != self.settings) {
            let typ = MessageType::WARNING;
            let said = ShowMessageParams { typ, message };
            out.push_back(notification(ShowMessage::METHOD, &said));
        }
        self.settings = wrong;
    }

    /// Tells what is wrong with a text, if that is news.
    fn tell(&mut self, path: String, problems: Vec<lsp_types::Diagnostic>, out: &mut Out) {
        let version = self.texts.get(&path).map(|text| text.version);
        let news = (version, problems);
        if self.told.get(&path) == Some(&news) {
            return;
        }
        if let Some(uri) = self.uri(&path) {
            let told = PublishDiagnosticsParams::new(uri, news.1.clone(), version);
            out.push_back(notification(PublishDiagnostics::METHOD, &told));
        }
        if version.is_none() && news.1.is_empty() {
            self.told.remove(&path);
        } else {
            self.told.insert(path, news);
        }
    }
}
