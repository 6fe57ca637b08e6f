//! An editor without a screen: what it opens, changes and asks in; what the server answers and tells it out.

use std::collections::{BTreeMap, VecDeque};

use milepost::Levels;
use milepost_lsp::{Frame, Host, Server};
use serde_json::{Value, json};

/// Files by their paths.
pub struct Disk(pub BTreeMap<String, String>);

impl Host for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let text = self.0.get(path).ok_or("there is no such file")?;
        Ok(text.as_bytes().to_vec())
    }

    fn below(&self, folder: &str) -> Vec<String> {
        let paths = self.0.keys();
        paths
            .filter(|path| path.starts_with(folder))
            .cloned()
            .collect()
    }

    fn levels(&self, path: &str) -> Result<Levels, String> {
        if path.contains("unset") {
            return Err("the settings make no sense".into());
        }
        Ok(Levels::default())
    }
}

/// An error's code and sentence.
pub type Refused = (i64, String);

/// An editor and its server.
pub struct Editor<'h> {
    pub server: Server<'h>,
    out: VecDeque<Value>,
    next: i64,
    /// The answers that were waited for, by id.
    pub answers: BTreeMap<i64, Result<Value, Refused>>,
    /// What was told of each text last: its version, and what is wrong.
    pub told: BTreeMap<String, (Option<i64>, Vec<Value>)>,
    /// Everything else that came.
    pub others: Vec<Value>,
}

impl<'h> Editor<'h> {
    /// An editor whose server knows nothing yet.
    pub fn new(host: &'h dyn Host) -> Self {
        Self {
            server: Server::new(host),
            out: VecDeque::new(),
            next: 1,
            answers: BTreeMap::new(),
            told: BTreeMap::new(),
            others: Vec::new(),
        }
    }

    /// An editor that has said hello, in a workspace that is the whole disk.
    pub fn ready(host: &'h dyn Host, capabilities: Value) -> Self {
        let mut editor = Self::new(host);
        let folder = json!([{ "uri": "file:///w", "name": "w" }]);
        let hello =
            json!({ "processId": null, "capabilities": capabilities, "workspaceFolders": folder });
        editor.ask("initialize", hello).expect("an answer");
        editor.tell("initialized", json!({}));
        editor
    }

    /// Sends a text as it is.
    pub fn send(&mut self, text: &str) {
        let frame = Frame::Message(text.to_owned());
        self.server.receive(frame, &mut self.out);
    }

    /// Asks something and does not wait; the id.
    pub fn request(&mut self, method: &str, params: Value) -> i64 {
        let id = self.next;
        self.next += 1;
        let message = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        self.send(&message.to_string());
        id
    }

    /// Asks something and waits.
    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, Refused> {
        let id = self.request(method, params);
        self.drain();
        self.answers.remove(&id).expect("every request is answered")
    }

    /// Says something that has no answer.
    pub fn tell(&mut self, method: &str, params: Value) {
        let message = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        self.send(&message.to_string());
    }

    /// Lets the server look at all that was sent.
    pub fn drain(&mut self) {
        while self.server.step(&mut self.out) {}
        self.take();
    }

    /// Lets the server look at all, and tell what is wrong.
    pub fn settle(&mut self) {
        self.drain();
        self.server.settle(&mut self.out);
        self.take();
    }

    fn take(&mut self) {
        for message in self.out.drain(..) {
            let id = message["id"].as_i64();
            if let (Some(id), true) = (id, message["method"].is_null()) {
                let error = &message["error"];
                let answer = match error["code"].as_i64() {
                    Some(code) => Err((code, error["message"].as_str().unwrap_or("").to_owned())),
                    None => Ok(message["result"].clone()),
                };
                let twice = self.answers.insert(id, answer);
                assert!(twice.is_none(), "{id} is answered twice");
            } else if message["method"] == "textDocument/publishDiagnostics" {
                let params = &message["params"];
                let uri = params["uri"].as_str().expect("a text has an address");
                let problems = params["diagnostics"].as_array().expect("a list");
                let told = (params["version"].as_i64(), problems.clone());
                self.told.insert(uri.to_owned(), told);
            } else {
                self.others.push(message);
            }
        }
    }

    /// Opens a text.
    pub fn open(&mut self, uri: &str, version: i64, text: &str) {
        let text = json!({ "uri": uri, "languageId": "pathway", "version": version, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": text }));
    }

    /// Changes a text.
    pub fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let text = json!({ "uri": uri, "version": version });
        let change = json!({ "textDocument": text, "contentChanges": changes });
        self.tell("textDocument/didChange", change);
    }

    /// The messages told of a text.
    pub fn problems(&self, uri: &str) -> Vec<&str> {
        let told = self.told.get(uri).map_or(&[][..], |told| &told.1);
        told.iter()
            .filter_map(|it| it["message"].as_str())
            .collect()
    }
}

/// A text and a place in it.
pub fn at(uri: &str, line: u32, character: u32) -> Value {
    let position = json!({ "line": line, "character": character });
    json!({ "textDocument": { "uri": uri }, "position": position })
}
