//! How a question is written down. In: a case. Out: the native library's answers, and the list as JSON for the other
//! hosts, which know nothing but how to follow it: call an export with inputs of the case, keep the handle or give the
//! bytes as an answer.
//!
//! A question is asked of a case that has all of its inputs and handles. What an earlier question gave may be an input,
//! unless the case has one of that name.

use std::collections::BTreeMap;

use milepost::cohort::Report;
use milepost::{Compiled, Date, Editor, Pathway, Refusal, Session};
use serde_json::{Value, json};

use super::case::Case;
use super::questions::QUESTIONS;

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
    /// The number that an input writes in digits.
    Number(&'static str),
}

/// What a call gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// A document, which is an answer: its first byte says whether what follows is a refusal.
    Document,
    /// Bytes, which are an answer; no bytes if there are none.
    Bytes,
    /// A handle of a class, or nothing.
    Handle(&'static str),
}

/// The command that answers the same question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prints {
    /// What the document holds, and the end of a line.
    Document(&'static [&'static str]),
    /// The answer's bytes, in this file.
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
    /// The library's way: the answer, if there is one.
    pub native: fn(&mut Native<'_>) -> Option<Vec<u8>>,
}

/// A case in the hands of the native library.
pub struct Native<'a> {
    /// The case.
    pub case: &'a Case,
    /// The documents given before, without the byte that says what they are.
    given: BTreeMap<&'static str, Vec<u8>>,
    /// What compiling made, or why the sources are refused.
    pub compiled: Option<Result<Compiled, Refusal>>,
    /// The texts in an editor, or why they are refused.
    pub editor: Option<Result<Editor, Refusal>>,
    /// The programme as the module with the compiler loads it.
    pub full: Option<Pathway>,
    /// The programme as the module without it does.
    pub loaded: Option<Pathway>,
    /// The record kept in a session.
    pub session: Option<Session>,
    /// The cohort's measures on the way.
    pub report: Option<Report>,
}

/// A document as an answer.
#[must_use]
pub fn document(result: Result<String, Refusal>) -> Option<Vec<u8>> {
    Some(match result {
        Ok(text) => [&[0], text.as_bytes()].concat(),
        Err(refusal) => [&[1], refusal.to_json().as_bytes()].concat(),
    })
}

impl Native<'_> {
    /// The outcome of the record on the day.
    #[must_use]
    pub fn outcome(&self, pathway: &Pathway) -> Option<Vec<u8>> {
        let as_of = self.as_of()?;
        let record = pathway.decode_record(self.bytes("record")?);
        document(record.map(|record| pathway.evaluate(&record, as_of).to_json()))
    }

    /// What an editor answers of the main file.
    pub fn edited(
        &self,
        question: impl Fn(&Editor, &str) -> Result<String, Refusal>,
    ) -> Option<Vec<u8>> {
        let (editor, main) = (self.editor.as_ref()?.as_ref(), self.case.text("main")?);
        let editor = editor.map_err(Clone::clone);
        document(editor.and_then(|editor| question(editor, main)))
    }

    /// The day.
    #[must_use]
    pub fn as_of(&self) -> Option<Date> {
        self.case.text("as_of")?.parse().ok()
    }

    /// An input, or what was given before.
    #[must_use]
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        let given = || self.given.get(name).map(Vec::as_slice);
        self.case.bytes(name).or_else(given)
    }
}

/// Every answer of the native library to a case; `None` where a question cannot be asked.
#[must_use]
pub fn answers(case: &Case) -> Vec<Option<Vec<u8>>> {
    let mut native = Native {
        case,
        given: BTreeMap::new(),
        compiled: None,
        editor: None,
        full: None,
        loaded: None,
        session: None,
        report: None,
    };
    let mut answers = Vec::new();
    for question in QUESTIONS {
        let answer = (question.native)(&mut native);
        if !question.is_answered() {
            continue;
        }
        if let Some(kept) = answer.as_deref().and_then(|answer| question.kept(answer)) {
            native.given.insert(question.name, kept.to_vec());
        }
        answers.push(answer);
    }
    answers
}

impl Question {
    /// Whether what it gives is an answer.
    const fn is_answered(&self) -> bool {
        matches!(self.gives, Gives::Document | Gives::Bytes)
    }

    /// What of an answer may be an input of later questions.
    #[must_use]
    pub fn kept<'a>(&self, answer: &'a [u8]) -> Option<&'a [u8]> {
        match (self.gives, answer) {
            (Gives::Document, [0, document @ ..]) => Some(document),
            (Gives::Bytes, [_, ..]) => Some(answer),
            _ => None,
        }
    }
}

/// The questions that are answered, in the order of the answers.
pub fn answered() -> impl Iterator<Item = &'static Question> {
    QUESTIONS.iter().filter(|question| question.is_answered())
}

/// The table for hosts of WebAssembly.
#[must_use]
pub fn as_json() -> Value {
    let row = |question: &Question| {
        let with = |with: &With| match with {
            With::Bytes(name) => json!({ "kind": "bytes", "name": name }),
            With::Text(name) => json!({ "kind": "text", "name": name }),
            With::Number(name) => json!({ "kind": "number", "name": name }),
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
                Gives::Document => json!({ "answer": "document" }),
                Gives::Bytes => json!({ "answer": "bytes" }),
                Gives::Handle(class) => json!({ "handle": class }),
            },
        })
    };
    QUESTIONS.iter().map(row).collect()
}
