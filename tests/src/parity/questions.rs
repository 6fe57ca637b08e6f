//! What every host is asked: **the one list**. Whatever shall give the same bytes everywhere joins by being listed here;
//! no host needs another line. In: nothing. Out: the list.

use milepost::cohort::Report;
use milepost::wire::{Diagnostic, to_json};
use milepost::{Compiled, Editor, Pathway, Refusal};

use super::table::{Gives, Prints, Question, Shape, With, document};

/// The inputs that cases may have.
pub const INPUTS: [&str; 19] = [
    "name",
    "sources",
    "main",
    "place",
    "record",
    "as_of",
    "plan",
    "receipt",
    "entry",
    "removed",
    "fact",
    "value",
    "id",
    "key",
    "field",
    "enrolled",
    "changes",
    "sought_on",
    "suppressed",
];

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
            let list = |compiled: &Compiled| Diagnostic::list_to_json(&compiled.wire_diagnostics());
            document(compiled.map(list).map_err(Clone::clone))
        },
    },
    Question {
        name: "plan",
        shape: Shape::Full,
        call: "Compiled.plan",
        on: Some("compiled"),
        with: &[],
        gives: Gives::Bytes,
        command: Some(Prints::File(
            &["compile", "MAIN", "-o", "written.plan"],
            "written.plan",
        )),
        native: |native| {
            let compiled = native.compiled.as_ref()?.as_ref().ok();
            let plan = compiled.and_then(|compiled| compiled.plan().ok());
            Some(plan.map(Pathway::to_plan_bytes).unwrap_or_default())
        },
    },
    Question {
        name: "editor",
        shape: Shape::Full,
        call: "editor",
        on: None,
        with: &[With::Bytes("sources"), With::Text("main")],
        gives: Gives::Handle("Editor"),
        command: None,
        native: |native| {
            let sources = milepost::sources_from_json(native.case.bytes("sources")?);
            let main = native.case.text("main")?;
            native.editor = Some(sources.map(|sources| Editor::new(sources, main)));
            None
        },
    },
    Question {
        name: "diagnostics of the editor",
        shape: Shape::Full,
        call: "Editor.diagnostics",
        on: Some("editor"),
        with: &[],
        gives: Gives::Document,
        command: None,
        native: |native| native.edited(|editor, _| Ok(to_json(&editor.diagnostics()))),
    },
    Question {
        name: "what it declares",
        shape: Shape::Full,
        call: "Editor.symbols",
        on: Some("editor"),
        with: &[With::Text("main")],
        gives: Gives::Document,
        command: None,
        native: |native| native.edited(|editor, main| Ok(to_json(&editor.symbols(main)?))),
    },
    Question {
        name: "its pieces",
        shape: Shape::Full,
        call: "Editor.tokens",
        on: Some("editor"),
        with: &[With::Text("main")],
        gives: Gives::Document,
        command: None,
        native: |native| native.edited(|editor, main| Ok(to_json(&editor.tokens(main)?))),
    },
    Question {
        name: "laid out",
        shape: Shape::Full,
        call: "Editor.format",
        on: Some("editor"),
        with: &[With::Text("main")],
        gives: Gives::Document,
        command: None,
        native: |native| native.edited(Editor::format),
    },
    Question {
        name: "a place in it",
        shape: Shape::Full,
        call: "Editor.hover",
        on: Some("editor"),
        with: &[With::Text("main"), With::Number("place")],
        gives: Gives::Document,
        command: None,
        native: |native| {
            let at = native.case.number("place")?;
            native.edited(|editor, main| Ok(to_json(&editor.hover(main, at)?)))
        },
    },
    Question {
        name: "what may stand there",
        shape: Shape::Full,
        call: "Editor.complete",
        on: Some("editor"),
        with: &[With::Text("main"), With::Number("place")],
        gives: Gives::Document,
        command: None,
        native: |native| {
            let at = native.case.number("place")?;
            native.edited(|editor, main| Ok(to_json(&editor.complete(main, at)?)))
        },
    },
    Question {
        name: "full",
        shape: Shape::Full,
        call: "Pathway.load",
        on: None,
        with: &[With::Bytes("plan")],
        gives: Gives::Handle("Pathway"),
        command: None,
        native: |native| {
            native.full = Pathway::load(native.bytes("plan")?).ok();
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
    Question {
        name: "loaded",
        shape: Shape::Evaluate,
        call: "Pathway.load",
        on: None,
        with: &[With::Bytes("plan")],
        gives: Gives::Handle("Pathway"),
        command: None,
        native: |native| {
            native.loaded = Pathway::load(native.bytes("plan")?).ok();
            None
        },
    },
    Question {
        name: "what is wrong with the plan",
        shape: Shape::Evaluate,
        call: "Pathway.load_refusal",
        on: None,
        with: &[With::Bytes("plan")],
        gives: Gives::Document,
        command: None,
        native: |native| {
            let loaded = Pathway::load(native.bytes("plan")?);
            document(match loaded {
                Ok(_) => Ok(String::new()),
                Err(error) => Err(Refusal::because(error.to_string())),
            })
        },
    },
    Question {
        name: "outcome",
        shape: Shape::Evaluate,
        call: "Pathway.evaluate",
        on: Some("loaded"),
        with: &[With::Bytes("record"), With::Text("as_of")],
        gives: Gives::Document,
        command: None,
        native: |native| native.outcome(native.loaded.as_ref()?),
    },
    Question {
        name: "receipt",
        shape: Shape::Evaluate,
        call: "Pathway.receipt",
        on: Some("loaded"),
        with: &[With::Bytes("record"), With::Text("as_of")],
        gives: Gives::Document,
        command: Some(Prints::Document(&[
            "evaluate",
            "PLAN",
            "--record",
            "RECORD",
            "--as-of",
            "AS_OF",
            "--receipt",
        ])),
        native: |native| {
            let pathway = native.loaded.as_ref()?;
            let as_of = native.as_of()?;
            let record = pathway.decode_record(native.bytes("record")?);
            document(record.map(|record| pathway.receipt(&record, as_of)))
        },
    },
    Question {
        name: "verification",
        shape: Shape::Evaluate,
        call: "Pathway.verify",
        on: Some("loaded"),
        with: &[With::Bytes("receipt"), With::Bytes("record")],
        gives: Gives::Document,
        command: Some(Prints::Document(&[
            "verify", "RECEIPT", "--record", "RECORD", "--plan", "PLAN", "--format", "json",
        ])),
        native: |native| {
            let pathway = native.loaded.as_ref()?;
            let receipt = native.bytes("receipt")?;
            let record = pathway.decode_record(native.bytes("record")?);
            document(record.and_then(|record| {
                let verified = pathway
                    .verify(receipt, &record)
                    .map_err(|refusal| refusal.0)?;
                Ok(verified.to_json())
            }))
        },
    },
    Question {
        name: "what if",
        shape: Shape::Evaluate,
        call: "Pathway.what_if",
        on: Some("loaded"),
        with: &[
            With::Bytes("record"),
            With::Bytes("changes"),
            With::Text("as_of"),
        ],
        gives: Gives::Document,
        command: Some(Prints::Document(&[
            "evaluate",
            "PLAN",
            "--record",
            "RECORD",
            "--what-if",
            "CHANGES",
            "--as-of",
            "AS_OF",
            "--format",
            "json",
        ])),
        native: |native| {
            let pathway = native.loaded.as_ref()?;
            let (as_of, changes) = (native.as_of()?, native.bytes("changes")?);
            let record = pathway.decode_record(native.bytes("record")?);
            document(record.and_then(|record| {
                let compared = pathway.what_if(&record, changes, as_of);
                compared.map_err(|refused| refused.0)
            }))
        },
    },
    Question {
        name: "what next",
        shape: Shape::Evaluate,
        call: "Pathway.next",
        on: Some("loaded"),
        with: &[With::Bytes("record"), With::Text("sought_on")],
        gives: Gives::Document,
        command: Some(Prints::Document(&[
            "evaluate",
            "PLAN",
            "--record",
            "RECORD",
            "--next",
            "--as-of",
            "SOUGHT_ON",
            "--format",
            "json",
        ])),
        native: |native| {
            let pathway = native.loaded.as_ref()?;
            let as_of = native.case.text("sought_on")?.parse().ok()?;
            let record = pathway.decode_record(native.bytes("record")?);
            document(record.map(|record| pathway.next(&record, as_of)))
        },
    },
    Question {
        name: "timeline",
        shape: Shape::Evaluate,
        call: "Pathway.timeline",
        on: Some("loaded"),
        with: &[With::Bytes("record"), With::Text("as_of")],
        gives: Gives::Document,
        command: Some(Prints::Document(&[
            "evaluate",
            "PLAN",
            "--record",
            "RECORD",
            "--timeline",
            "--as-of",
            "AS_OF",
            "--format",
            "json",
        ])),
        native: |native| {
            let pathway = native.loaded.as_ref()?;
            let as_of = native.as_of()?;
            let record = pathway.decode_record(native.bytes("record")?);
            document(record.map(|record| pathway.timeline(&record, as_of)))
        },
    },
    Question {
        name: "cohort",
        shape: Shape::Evaluate,
        call: "Pathway.report",
        on: Some("loaded"),
        with: &[With::Text("as_of")],
        gives: Gives::Handle("Report"),
        command: None,
        native: |native| {
            let pathway = native.loaded.as_ref()?;
            native.report = Some(Report::new(pathway, native.as_of()?));
            None
        },
    },
    Question {
        name: "adding to the cohort",
        shape: Shape::Evaluate,
        call: "Report.add",
        on: Some("cohort"),
        with: &[With::Bytes("record")],
        gives: Gives::Document,
        command: None,
        native: |native| {
            let pathway = native.loaded.as_ref()?;
            let record = pathway.decode_record(native.bytes("record")?);
            let report = native.report.as_mut()?;
            match &record {
                Ok(record) => report.add(record),
                Err(_) => report.refuse(),
            }
            document(record.map(|_| String::new()))
        },
    },
    Question {
        name: "report",
        shape: Shape::Evaluate,
        call: "Report.finish",
        on: Some("cohort"),
        with: &[With::Bytes("suppressed")],
        gives: Gives::Document,
        command: None,
        native: |native| {
            let bound = native.case.text("suppressed")?.parse().ok();
            document(Ok(native.report.as_ref()?.finish(bound).to_json()))
        },
    },
    Question {
        name: "session",
        shape: Shape::Evaluate,
        call: "Pathway.session",
        on: Some("loaded"),
        with: &[With::Bytes("record")],
        gives: Gives::Handle("Session"),
        command: None,
        native: |native| {
            let pathway = native.loaded.as_ref()?;
            native.session = pathway.session(native.bytes("record")?).ok();
            None
        },
    },
    Question {
        name: "what is wrong with the record",
        shape: Shape::Evaluate,
        call: "Pathway.session_refusal",
        on: Some("loaded"),
        with: &[With::Bytes("record")],
        gives: Gives::Document,
        command: None,
        native: |native| {
            let decoded = native
                .loaded
                .as_ref()?
                .decode_record(native.bytes("record")?);
            document(decoded.map(|_| String::new()))
        },
    },
    Question {
        name: "outcome of the session",
        shape: Shape::Evaluate,
        call: "Session.outcome",
        on: Some("session"),
        with: &[With::Text("as_of")],
        gives: Gives::Document,
        command: None,
        native: |native| {
            let as_of = native.as_of()?;
            document(Ok(native.session.as_mut()?.outcome(as_of)))
        },
    },
    Question {
        name: "adding",
        shape: Shape::Evaluate,
        call: "Session.add",
        on: Some("session"),
        with: &[With::Bytes("entry")],
        gives: Gives::Document,
        command: None,
        native: |native| {
            let session = native.session.as_mut()?;
            done(session.add(native.case.bytes("entry")?))
        },
    },
    Question {
        name: "changes after adding",
        shape: Shape::Evaluate,
        call: "Session.changes",
        on: Some("session"),
        with: &[With::Text("as_of")],
        gives: Gives::Document,
        command: None,
        native: |native| {
            let as_of = native.as_of()?;
            document(Ok(native.session.as_mut()?.changes(as_of)))
        },
    },
    Question {
        name: "removing",
        shape: Shape::Evaluate,
        call: "Session.remove",
        on: Some("session"),
        with: &[With::Text("removed")],
        gives: Gives::Document,
        command: None,
        native: |native| {
            let session = native.session.as_mut()?;
            done(session.remove(native.case.text("removed")?))
        },
    },
    Question {
        name: "changes after removing",
        shape: Shape::Evaluate,
        call: "Session.changes",
        on: Some("session"),
        with: &[With::Text("as_of")],
        gives: Gives::Document,
        command: None,
        native: |native| {
            let as_of = native.as_of()?;
            document(Ok(native.session.as_mut()?.changes(as_of)))
        },
    },
    Question {
        name: "setting a fact",
        shape: Shape::Evaluate,
        call: "Session.set_fact",
        on: Some("session"),
        with: &[With::Text("fact"), With::Bytes("value")],
        gives: Gives::Document,
        command: None,
        native: |native| {
            let session = native.session.as_mut()?;
            done(session.set_fact(native.case.text("fact")?, native.case.bytes("value")?))
        },
    },
    Question {
        name: "setting a field",
        shape: Shape::Evaluate,
        call: "Session.set_field",
        on: Some("session"),
        with: &[With::Text("id"), With::Text("key"), With::Bytes("field")],
        gives: Gives::Document,
        command: None,
        native: |native| {
            let session = native.session.as_mut()?;
            done(session.set_field(
                native.case.text("id")?,
                native.case.text("key")?,
                native.case.bytes("field")?,
            ))
        },
    },
    Question {
        name: "setting the enrolment",
        shape: Shape::Evaluate,
        call: "Session.set_enrolled",
        on: Some("session"),
        with: &[With::Bytes("enrolled")],
        gives: Gives::Document,
        command: None,
        native: |native| {
            let session = native.session.as_mut()?;
            done(session.set_enrolled(native.case.bytes("enrolled")?))
        },
    },
    Question {
        name: "changes after setting",
        shape: Shape::Evaluate,
        call: "Session.changes",
        on: Some("session"),
        with: &[With::Text("as_of")],
        gives: Gives::Document,
        command: None,
        native: |native| {
            let as_of = native.as_of()?;
            document(Ok(native.session.as_mut()?.changes(as_of)))
        },
    },
    Question {
        name: "record of the session",
        shape: Shape::Evaluate,
        call: "Session.record",
        on: Some("session"),
        with: &[],
        gives: Gives::Document,
        command: None,
        native: |native| document(Ok(native.session.as_ref()?.record())),
    },
    Question {
        name: "outcome of the session in the end",
        shape: Shape::Evaluate,
        call: "Session.outcome",
        on: Some("session"),
        with: &[With::Text("as_of")],
        gives: Gives::Document,
        command: None,
        native: |native| {
            let as_of = native.as_of()?;
            document(Ok(native.session.as_mut()?.outcome(as_of)))
        },
    },
];

/// A change that was made, or the refusal.
fn done(changed: Result<(), Refusal>) -> Option<Vec<u8>> {
    document(changed.map(|()| String::new()))
}
