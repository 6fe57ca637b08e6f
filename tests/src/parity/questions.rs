//! What every host is asked: **the one list**. Whatever shall give the same bytes everywhere joins by being listed here.
//!
//! In: a case. Out: the native library's answers, and the table as JSON for the other hosts, which know nothing but how
//! to follow it: call an export with inputs of the case, keep the handle or give the bytes as an answer.
//!
//! A question is asked of a case that has all of its inputs and handles. A document that an earlier question gave may be
//! an input: its bytes after the first, if that says that it is no refusal.

use std::collections::BTreeMap;

use milepost::{Compiled, Pathway, Refusal, wire::Diagnostic};
use serde_json::{Value, json};

use super::case::Case;

/// The inputs that cases have.
pub const INPUTS: [&str; 5] = ["name", "sources", "main", "record", "as_of"];

/// The shape of the package that is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// That which compiles.
    Full,
    /// That which only evaluates.
    Evaluate,
}

/// An argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    /// The bytes of an input, or of a document given before.
    Bytes(&'static str),
    /// The same as a text.
    Text(&'static str),
}

/// What a call gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// A document, which is an answer.
    Document,
    /// A handle of a class, or nothing.
    Handle(&'static str),
    /// Nothing; the handle it was called on is another afterwards.
    Nothing,
}

/// The command that answers the same question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prints {
    /// What the document holds, and the end of a line.
    Document(&'static [&'static str]),
    /// The document's bytes, in this file.
    File(&'static [&'static str], &'static str),
}

/// A question, or a step towards one.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// What is asked for; what it gives is kept under this name.
    pub name: &'static str,
    /// Of which shape.
    pub shape: Shape,
    /// The export: a function, or `Class.method`.
    pub call: &'static str,
    /// The handle a method is called on.
    pub on: Option<&'static str>,
    /// The arguments.
    pub with: &'static [With],
    /// What it gives.
    pub gives: Gives,
    /// The command line's way, if it has one: words for `milepost`.
    pub command: Option<Prints>,
    /// The library's way.
    pub native: fn(&mut Native<'_>) -> Option<Document>,
}

/// A document: its text or bytes, or a refusal.
type Document = Result<Vec<u8>, Refusal>;

/// The list.
pub const QUESTIONS: &[Question] = &[
    Question {
        name: "compiled",
        shape: Shape::Full,
        call: "compile",
        on: None,
        with: &[With::Bytes("sources"), With::Text("main")],
        gives: Gives::Handle("Compiled"),
        command: None,
        native: |native| {
            let sources = milepost::sources_from_json(native.case.bytes("sources")?);
            let main = native.case.text("main")?;
            native.compiled = Some(sources.map(|sources| milepost::compile(&sources, main)));
            None
        },
    },
    Question {
        name: "diagnostics",
        shape: Shape::Full,
        call: "Compiled.diagnostics",
        on: Some("compiled"),
        with: &[],
        gives: Gives::Document,
        command: Some(Prints::Document(&["check", "MAIN", "--format", "json"])),
        native: |native| {
            let compiled = native.compiled.as_ref()?.as_ref();
            Some(match compiled {
                Ok(compiled) => Ok(Diagnostic::list_to_json(&compiled.wire_diagnostics()).into()),
                Err(refusal) => Err(refusal.clone()),
            })
        },
    },
    Question {
        name: "full",
        shape: Shape::Full,
        call: "Compiled.pathway",
        on: Some("compiled"),
        with: &[],
        gives: Gives::Handle("Pathway"),
        command: None,
        native: |native| {
            let compiled = native.compiled.as_ref()?.as_ref().ok()?;
            native.full = compiled.plan().ok().cloned();
            None
        },
    },
    Question {
        name: "outcome with the compiler",
        shape: Shape::Full,
        call: "Pathway.evaluate",
        on: Some("full"),
        with: &[With::Bytes("record"), With::Text("as_of")],
        gives: Gives::Document,
        command: Some(Prints::Document(&[
            "evaluate", "MAIN", "--record", "RECORD", "--as-of", "AS_OF", "--format", "json",
        ])),
        native: |native| native.outcome(native.full.as_ref()?),
    },
];

/// A case in the hands of the native library.
pub struct Native<'a> {
    case: &'a Case,
    /// The documents given before, without the byte that says what they are.
    given: BTreeMap<&'static str, Vec<u8>>,
    compiled: Option<Result<Compiled, Refusal>>,
    full: Option<Pathway>,
}

impl<'a> Native<'a> {
    fn outcome(&self, pathway: &Pathway) -> Option<Document> {
        let record = self.bytes("record")?;
        let as_of = self.case.text("as_of")?.parse().ok()?;
        let record = pathway.decode_record(record);
        Some(record.map(|record| pathway.evaluate(&record, as_of).to_json().into()))
    }

    /// An input, or a document given before.
    fn bytes(&self, name: &str) -> Option<&[u8]> {
        let given = || self.given.get(name).map(Vec::as_slice);
        self.case.bytes(name).or_else(given)
    }
}

/// Every answer of the native library to a case, a document's first byte saying what it is; `None` where a question
/// cannot be asked.
#[must_use]
pub fn answers(case: &Case) -> Vec<Option<Vec<u8>>> {
    let mut native = Native {
        case,
        given: BTreeMap::new(),
        compiled: None,
        full: None,
    };
    let mut answers = Vec::new();
    for question in QUESTIONS {
        let document = (question.native)(&mut native);
        if question.gives != Gives::Document {
            continue;
        }
        answers.push(document.map(|document| match document {
            Ok(bytes) => {
                let answer = [&[0], bytes.as_slice()].concat();
                native.given.insert(question.name, bytes);
                answer
            }
            Err(refusal) => [&[1], refusal.to_json().as_bytes()].concat(),
        }));
    }
    answers
}

/// The questions that are answered, in the order of the answers.
pub fn answered() -> impl Iterator<Item = &'static Question> {
    QUESTIONS
        .iter()
        .filter(|question| question.gives == Gives::Document)
}

/// The table for hosts of WebAssembly.
#[must_use]
pub fn table() -> Value {
    let row = |question: &Question| {
        let with = |with: &With| match with {
            With::Bytes(name) => json!({ "kind": "bytes", "name": name }),
            With::Text(name) => json!({ "kind": "text", "name": name }),
        };
        let (class, method) = match question.call.split_once('.') {
            Some((class, method)) => (Some(class), method),
            None => (None, question.call),
        };
        json!({
            "name": question.name,
            "shape": match question.shape { Shape::Full => "full", Shape::Evaluate => "evaluate" },
            "class": class,
            "method": method,
            "on": question.on,
            "with": question.with.iter().map(with).collect::<Vec<_>>(),
            "gives": match question.gives {
                Gives::Document => json!({ "document": true }),
                Gives::Handle(class) => json!({ "handle": class }),
                Gives::Nothing => json!({}),
            },
        })
    };
    QUESTIONS.iter().map(row).collect()
}
