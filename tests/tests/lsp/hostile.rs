//! Texts that would take for ever, or all the memory, if anything looked at them again and again: each is opened, and
//! everything is asked of its beginning, its middle and its end.

use std::collections::BTreeMap;

use serde_json::json;

use crate::editor::{Disk, Editor};

const MAIN: &str = "file:///w/main.pathway";

/// Large enough that whatever looks at everything for everything is noticed; a file may have twenty times as much.
const SIZE: usize = 100_000;

const METHODS: &[&str] = &[
    "hover",
    "completion",
    "signatureHelp",
    "definition",
    "references",
    "prepareRename",
    "rename",
    "documentSymbol",
    "foldingRange",
    "formatting",
    "rangeFormatting",
    "codeAction",
    "inlayHint",
    "semanticTokens/full",
];

fn many(piece: &str) -> String {
    piece.repeat(SIZE / piece.len())
}

fn numbered(piece: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0.. {
        let next = piece(number);
        if text.len() + next.len() > SIZE {
            break;
        }
        text += &next;
    }
    text
}

fn ask_everything(text: &str) {
    let disk = Disk(BTreeMap::from([("/w/other.pathway".into(), text.into())]));
    let mut editor = Editor::ready(&disk, json!({}));
    editor.open(MAIN, 1, text);
    editor.settle();
    let last = text.matches('\n').count();
    let ends = text
        .rsplit('\n')
        .next()
        .unwrap_or("")
        .encode_utf16()
        .count();
    let place = |line: usize, character: usize| json!({ "line": line, "character": character });
    for here in [place(0, 0), place(last / 2, ends / 2), place(last, ends)] {
        for method in METHODS {
            let about = json!({
                "textDocument": { "uri": MAIN },
                "position": here,
                "range": { "start": place(0, 0), "end": place(last, ends) },
                "context": { "diagnostics": [], "includeDeclaration": true, "triggerKind": 1, "isRetrigger": false },
                "options": { "tabSize": 2, "insertSpaces": true },
                "newName": "other",
            });
            let answer = editor.ask(&format!("textDocument/{method}"), about);
            let code = answer.err().map(|(code, _)| code);
            assert!(code.is_none_or(|code| code == -32803), "{method}: {code:?}");
        }
    }
    editor
        .ask("workspace/symbol", json!({ "query": "a" }))
        .expect("an answer");
    let place = place(last, ends);
    let change = json!({ "range": { "start": place, "end": place }, "text": "x" });
    editor.change(MAIN, 2, json!([change, change, change]));
    editor.settle();
}

#[test]
fn nothing_takes_for_ever() {
    let half = SIZE / 2;
    let texts = [
        "{".repeat(half) + "\n" + &"}".repeat(half),
        many("role a \"A\" {"),
        many("/"),
        many("\""),
        many("// a\n"),
        many("😀"),
        many("a.b "),
        "role r \"R\" { eligible when ".to_owned() + &many("and a "),
        "role r \"R\" { eligible when rule x(".to_owned() + &many("a: 1, "),
        numbered(|it| format!("evidence e{it} ")),
        numbered(|it| format!("scale s{it} {{ a{it} b{it} }} ")),
        "candidate \"C\" { ".to_owned() + &numbered(|it| format!("f{it} : number ")),
        "pathway p \"P\" { version \"1\" } ".to_owned()
            + &numbered(|it| format!("role r{it} \"R\" {{ eligible when role r{} }} ", it + 1)),
        numbered(|it| format!("use \"{it}\" as a{it} ")),
        "evidence e ".to_owned()
            + &numbered(|it| {
                format!(
                    "competency c{it} \"C\" {{ requires at least 1 e }} scenario \"s\" {{ as of 2026-01-01 expect competency c{it} unmet }} "
                )
            }),
        "role r \"R\" { eligible when ".to_owned()
            + &numbered(|it| format!("l{it}: waivable by a or ")),
    ];
    for text in &texts {
        ask_everything(text);
    }
}
