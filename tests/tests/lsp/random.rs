//! A long session made up by chance: texts opened, changed, undone and closed, requests in flight, cancelled, out of range and
//! of wrong types. In: `MILEPOST_EDITS`, how many steps, and `MILEPOST_ORACLE_SEED` to begin elsewhere. Out: the first answer
//! that is none, is about a text that is not there, or comes from a mistake.
//!
//! The session keeps its own copy of every text and makes each change in it by itself; what the server says of a text is
//! compared with what a server says that was given the copy whole.

use std::collections::BTreeMap;

use milepost_tests::generator::Random;
use serde_json::{Value, json};

use crate::editor::{Disk, Editor, at};

/// So many steps without the variable; half of them edit a text.
const STEPS: u64 = 25_000;

const PATHS: [&str; 3] = [
    "file:///w/a.pathway",
    "file:///w/b%20c.pathway",
    "untitled:new",
];

const TEXT: &str = r#"pathway p "P" { version "1" }
use "b c.pathway"
scale mastery "Mastery" { low "Löw" high "High 😀" }
candidate "Teacher" { years : number "Years" }
evidence task "Task" { score : mastery "Score" }
competency analyst "Analyst" { requires at least 2 task for this where score >= high }
rule tasks(count: whole) { at least count task }
role lead "Lead" {
  eligible when all of {
    experience "Experience" waivable by board: years >= 3
    competency analyst
    rule tasks(count: 2)
  }
}
scenario "one" {
  as of 2026-11-22
  expect role lead unmet
}
"#;

const PIECES: &[&str] = &[
    "}",
    "{",
    "\"",
    "\n",
    " ",
    "role",
    "role x \"X\" { eligible when years >= 2 }\n",
    "years",
    "😀",
    "é",
    "use \"a.pathway\" as a\n",
    "// note\n",
    ":",
    "at least 2 task",
    "competency analyst",
    "where score >= low",
    "\r\n",
    "\u{202e}",
    "(",
    ")",
    "all of {",
    "1",
    ".",
    "",
    "scenario \"s\" {\n",
    "replaces \"b c.pathway\"",
];

const METHODS: &[&str] = &[
    "hover",
    "completion",
    "signatureHelp",
    "definition",
    "references",
    "documentHighlight",
    "prepareRename",
    "rename",
    "documentSymbol",
    "foldingRange",
    "formatting",
    "codeAction",
    "inlayHint",
    "semanticTokens/full",
];

/// What the session knows of an open text.
#[derive(Clone)]
struct Copy {
    version: i64,
    text: String,
    before: Vec<String>,
}

struct Session<'h> {
    random: Random,
    editor: Editor<'h>,
    /// Nothing where the text is not open, or where a change made no sense.
    texts: BTreeMap<&'static str, Copy>,
    /// The requests that are not answered yet, and whether one about an open text was asked rightly.
    flying: Vec<(i64, bool)>,
    cancelled: Vec<i64>,
    versions: i64,
}

/// A place in a text, from a number of characters.
fn place(text: &str, characters: usize) -> Value {
    let before: String = text.chars().take(characters).collect();
    let line = before.matches('\n').count();
    let last = before.rsplit('\n').next().unwrap_or("");
    json!({ "line": line, "character": last.encode_utf16().count() })
}

impl Session<'_> {
    fn step(&mut self) {
        let path = self.random.choose(&PATHS);
        match self.random.below(100) {
            0..8 => self.open(path),
            8..10 => self.close(path),
            10..55 => self.change(path),
            55..63 => self.undo(path),
            63..66 => self.lose(path),
            66..90 => self.request(path),
            90..93 => self.nonsense(path),
            93..95 => self.cancel(),
            _ => self.look(),
        }
    }

    fn open(&mut self, path: &'static str) {
        self.versions += 1;
        let text =
            self.random
                .choose(&[TEXT, "", "role", TEXT.split_at(30).1, "scale s { a b }\n"]);
        let copy = Copy {
            version: self.versions,
            text: text.to_owned(),
            before: Vec::new(),
        };
        self.editor.open(path, copy.version, text);
        self.texts.insert(path, copy);
    }

    fn close(&mut self, path: &'static str) {
        let text = json!({ "textDocument": { "uri": path } });
        self.editor.tell("textDocument/didClose", text);
        self.texts.remove(path);
    }

    /// One to three changes at once, each by characters, where the protocol counts lines and units.
    fn change(&mut self, path: &'static str) {
        self.versions += 1;
        let Some(copy) = self.texts.get_mut(path) else {
            let edit = json!([{ "text": "role" }]);
            self.editor.change(path, self.versions, edit);
            return;
        };
        let random = &mut self.random;
        copy.version = self.versions;
        copy.before.push(copy.text.clone());
        let mut edits = Vec::new();
        for _ in 0..=random.below(3) {
            let all: Vec<char> = copy.text.chars().collect();
            let from = random.below(all.len() + 1);
            let most = if random.chance(80) { 8 } else { 200 };
            let to = (from + random.below(most)).min(all.len());
            // The protocol has no place between the two signs of a line's end.
            let inside = |at: usize| at > 0 && all.get(at) == Some(&'\n') && all[at - 1] == '\r';
            if inside(from) || inside(to) || copy.text.len() > 4_000 {
                copy.text = TEXT.to_owned();
                edits.push(json!({ "text": TEXT }));
                continue;
            }
            let piece = random.pick(PIECES);
            let range = json!({ "start": place(&copy.text, from), "end": place(&copy.text, to) });
            edits.push(json!({ "range": range, "text": piece }));
            let parts = [&all[..from], &piece.chars().collect::<Vec<_>>(), &all[to..]];
            copy.text = parts.concat().into_iter().collect();
        }
        self.editor.change(path, copy.version, Value::from(edits));
    }

    fn undo(&mut self, path: &'static str) {
        let Some(copy) = self.texts.get_mut(path) else {
            return;
        };
        let Some(before) = copy.before.pop() else {
            return;
        };
        self.versions += 1;
        copy.version = self.versions;
        // Some editors mean the end by a line that is not there.
        let end = if self.random.chance(50) {
            place(&copy.text, usize::MAX)
        } else {
            json!({ "line": 100_000, "character": 0 })
        };
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": end });
        self.editor.change(
            path,
            copy.version,
            json!([{ "range": range, "text": before }]),
        );
        copy.text = before;
    }

    /// A change that makes no sense: nothing is known of the text after it.
    fn lose(&mut self, path: &'static str) {
        self.versions += 1;
        let some = |line| json!({ "line": line, "character": line });
        let backwards = json!({ "start": some(3), "end": some(0) });
        let shape = self.random.choose(&[
            json!([{ "range": backwards, "text": "x" }]),
            json!([{ "range": 7, "text": "x" }]),
            json!("x"),
            json!([{ "range": { "start": { "line": -1, "character": 0 } }, "text": 7 }]),
        ]);
        // Only the first can be read; the others are passed over. Three lines are needed to go backwards in.
        let read = shape[0]["range"] == backwards;
        let lines = self
            .texts
            .get(path)
            .map_or(0, |copy| copy.text.lines().count());
        if read && lines < 5 {
            return;
        }
        self.editor.change(path, self.versions, shape);
        if read {
            self.texts.remove(path);
        }
    }

    fn request(&mut self, path: &'static str) {
        let random = &mut self.random;
        let method = format!("textDocument/{}", random.pick(METHODS));
        let copy = self.texts.get(path);
        let characters = copy.map_or(0, |copy| copy.text.chars().count());
        let here = place(
            copy.map_or("", |copy| &copy.text),
            random.below(characters + 1),
        );
        let mut about = json!({ "textDocument": { "uri": path }, "position": here });
        about["range"] = json!({ "start": here, "end": here });
        about["context"] = json!({ "diagnostics": [], "includeDeclaration": true, "triggerKind": 1, "isRetrigger": false });
        about["options"] = json!({ "tabSize": 2, "insertSpaces": true });
        about["newName"] = json!(random.pick(&["other", "lead", "role", "1", "x"]));
        let right = copy.is_some();
        let id = self.editor.request(&method, about);
        self.flying.push((id, right));
    }

    /// What no editor should send.
    fn nonsense(&mut self, path: &'static str) {
        let random = &mut self.random;
        let far = u32::try_from(random.next() % 5_000_000_000).unwrap_or(u32::MAX);
        let texts = [
            "",
            "{",
            "[]",
            "null",
            "7",
            "\"x\"",
            "{\"id\":[]}",
            "{\"method\":null}",
            "{\"id\":1e99,\"method\":\"x\"}",
        ];
        let id = match random.below(6) {
            0 => return self.editor.send(random.pick(&texts)),
            1 => {
                return self
                    .editor
                    .tell("textDocument/didOpen", json!({ "textDocument": path }));
            }
            2 => return self.editor.tell("no/such/thing", json!([far])),
            3 => self
                .editor
                .request("textDocument/hover", at(path, far | 1 << 20, 0)),
            4 => self
                .editor
                .request("textDocument/completion", json!([path, far])),
            _ => self.editor.request("no/such/thing", Value::Null),
        };
        self.flying.push((id, false));
    }

    fn cancel(&mut self) {
        if let Some((id, _)) = self.flying.pop() {
            self.editor.tell("$/cancelRequest", json!({ "id": id }));
            self.cancelled.push(id);
        }
    }

    /// Everything that was asked is answered, and everything that is told is about the texts as they are.
    fn look(&mut self) {
        self.editor.settle();
        for (id, right) in self.flying.drain(..) {
            let answer = self
                .editor
                .answers
                .remove(&id)
                .expect("every request is answered");
            match answer {
                Err((code, why)) => {
                    assert!(code != -32603, "a mistake: {why}");
                    // To rename may be refused for what the programme says.
                    assert!(!right || code == -32803, "{code}: {why}");
                    assert!(!right || !why.ends_with("is not open"), "{why}");
                }
                Ok(_) => assert!(right, "an answer about a text that is not there"),
            }
        }
        for id in self.cancelled.drain(..) {
            let answer = self.editor.answers.remove(&id).expect("an answer");
            assert_eq!(answer.expect_err("it was cancelled").0, -32800);
        }
        assert!(
            self.editor.answers.is_empty(),
            "something is answered that was not asked"
        );
        self.editor.others.clear();
        for path in PATHS {
            let told = self.editor.told.get(path);
            let version = told.and_then(|(version, _)| *version);
            assert_eq!(
                version,
                self.texts.get(path).map(|copy| copy.version),
                "{path}"
            );
        }
        let held = self.editor.server.held();
        assert_eq!(held.texts, self.texts.len());
        assert!(held.programmes <= held.texts && held.told <= PATHS.len());
    }

    /// What is asked now is what a server says that is given the texts whole.
    fn compare(&mut self, disk: &Disk) {
        let mut other = Editor::ready(disk, json!({}));
        for (path, copy) in &self.texts {
            other.open(path, copy.version, &copy.text);
        }
        other.settle();
        for path in self.texts.keys() {
            assert_eq!(self.editor.told.get(*path), other.told.get(*path), "{path}");
            for method in ["semanticTokens/full", "documentSymbol"] {
                let method = format!("textDocument/{method}");
                let about = json!({ "textDocument": { "uri": path } });
                let (ours, theirs) = (
                    self.editor.ask(&method, about.clone()),
                    other.ask(&method, about),
                );
                assert_eq!(ours, theirs, "{path} {method}");
            }
        }
    }
}

fn number(name: &str, otherwise: u64) -> u64 {
    let said = std::env::var(name).ok();
    said.map_or(otherwise, |said| said.parse().expect("a whole number"))
}

#[test]
fn more_than_ten_thousand_random_edits_do_no_harm() {
    let disk = Disk(BTreeMap::from([
        ("/w/a.pathway".to_owned(), TEXT.to_owned()),
        (
            "/w/b c.pathway".to_owned(),
            "scale other { a b }\n".to_owned(),
        ),
    ]));
    let seed = number("MILEPOST_ORACLE_SEED", 1);
    let mut session = Session {
        random: Random::new(seed),
        editor: Editor::ready(&disk, json!({})),
        texts: BTreeMap::new(),
        flying: Vec::new(),
        cancelled: Vec::new(),
        versions: 0,
    };
    for step in 0..number("MILEPOST_EDITS", STEPS) {
        session.step();
        if step % 500 == 499 {
            session.look();
            session.compare(&disk);
        }
    }
    for path in PATHS {
        session.close(path);
    }
    session.look();
    let held = session.editor.server.held();
    assert_eq!(
        (held.texts, held.programmes, held.told),
        (0, 0, 0),
        "nothing is left"
    );
    session
        .editor
        .ask("shutdown", Value::Null)
        .expect("it goes on to the end");
}
