//! Each thing that an editor asks, over the protocol: a workspace of two programmes and the part that they share.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::editor::{Disk, Editor, at};

const PART: &str = "file:///w/part.pathway";
const MAIN: &str = "file:///w/main.pathway";

const PART_TEXT: &str = r#"evidence task "Task" { score : number }
competency analyst "Data Analyst" {
  requires at least 2 task for this
}
rule tasks(count: whole) { at least count task }
"#;
const MAIN_TEXT: &str = r#"pathway p "P 😀" { version "1" }
use "part.pathway"
candidate "Teacher" { tenured : yes/no "Tenured" }
role lead "😀 Lead" {
  eligible when all of {
    competency analyst
    rule tasks(count: 3)
  }
}
scenario "one" {
  as of 2026-11-22
  expect role lead unmet
}
"#;

fn disk() -> Disk {
    let other = r#"pathway q "Q" { version "1" }
use "part.pathway" as common
role other "Other" { eligible when competency common.analyst }
"#;
    let files = [
        ("/w/part.pathway", PART_TEXT),
        ("/w/main.pathway", "what the editor has open wins"),
        ("/w/other.pathway", other),
    ];
    Disk(BTreeMap::from(
        files.map(|(path, text)| (path.to_owned(), text.to_owned())),
    ))
}

fn able() -> Value {
    json!({
        "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } },
        "workspace": {
            "workspaceEdit": { "documentChanges": true },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
        },
    })
}

fn with_main<T>(capabilities: Value, test: impl FnOnce(&mut Editor<'_>) -> T) -> T {
    let disk = disk();
    let mut editor = Editor::ready(&disk, capabilities);
    editor.open(MAIN, 1, MAIN_TEXT);
    test(&mut editor)
}

/// What a range covers, as `line:from-to`.
fn range(range: &Value) -> String {
    let (start, end) = (&range["start"], &range["end"]);
    let lines = if start["line"] == end["line"] {
        start["line"].to_string()
    } else {
        format!("{}-{}", start["line"], end["line"])
    };
    format!("{lines}:{}-{}", start["character"], end["character"])
}

#[test]
fn columns_are_counted_as_the_editor_wants() {
    let encodings = |all: &[&str]| {
        let disk = disk();
        let mut editor = Editor::new(&disk);
        let general = json!({ "general": { "positionEncodings": all } });
        let said = editor
            .ask("initialize", json!({ "capabilities": general }))
            .unwrap();
        let encoding = said["capabilities"]["positionEncoding"].clone();
        editor.open(MAIN, 1, MAIN_TEXT);
        let hover = editor.ask("textDocument/hover", at(MAIN, 3, 6)).unwrap();
        let tokens = json!({ "textDocument": { "uri": MAIN } });
        let tokens = editor
            .ask("textDocument/semanticTokens/full", tokens)
            .unwrap();
        // `p "P 😀"`: the third piece of the text is its title.
        (encoding, range(&hover["range"]), tokens["data"][12].clone())
    };
    let at_the_name = "3:5-9".to_owned();
    assert_eq!(
        encodings(&["utf-16"]),
        (json!("utf-16"), at_the_name.clone(), json!(6))
    );
    assert_eq!(
        encodings(&[]),
        (json!("utf-16"), at_the_name.clone(), json!(6))
    );
    assert_eq!(
        encodings(&["utf-16", "utf-8"]),
        (json!("utf-8"), at_the_name, json!(8))
    );
}

#[test]
fn problems_are_told_as_one_types_and_a_broken_declaration_hides_none() {
    with_main(able(), |editor| {
        editor.settle();
        assert_eq!(editor.told[MAIN].0, Some(1));
        assert_eq!(editor.problems(MAIN), [] as [&str; 0]);
        let edit = |line, text| {
            let place = json!({ "line": line, "character": 0 });
            json!([{ "range": { "start": place, "end": place }, "text": text }])
        };
        editor.change(MAIN, 2, edit(3, "role broken { eligible ??? }\n"));
        editor.change(
            MAIN,
            3,
            edit(14, "role last \"Last\" { eligible when tenurd }\n"),
        );
        editor.settle();
        assert_eq!(editor.told[MAIN].0, Some(3));
        let problems = editor.problems(MAIN);
        assert!(problems.len() >= 2, "{problems:?}");
        assert!(
            problems.last().unwrap().contains("`tenurd`"),
            "{problems:?}"
        );
        assert!(
            problems
                .last()
                .unwrap()
                .contains("help: did you mean `tenured`?")
        );
        editor.tell(
            "textDocument/didClose",
            json!({ "textDocument": { "uri": MAIN } }),
        );
        editor.settle();
        assert_eq!(editor.told[MAIN], (None, vec![]));
        assert_eq!(editor.server.held().told, 0);
    });
}

#[test]
fn what_is_open_wins_over_what_is_on_disk() {
    with_main(able(), |editor| {
        editor.open(PART, 1, &PART_TEXT.replace("analyst", "reader"));
        editor.settle();
        assert!(editor.problems(MAIN)[0].contains("unknown competency `analyst`"));
        editor.tell(
            "textDocument/didClose",
            json!({ "textDocument": { "uri": PART } }),
        );
        editor.settle();
        assert_eq!(editor.problems(MAIN), [] as [&str; 0]);
    });
}

#[test]
fn problems_of_a_file_that_is_not_open_are_told_and_taken_back() {
    let mut disk = disk();
    let broken = PART_TEXT.replace("at least 2 task", "at least 2 tusk");
    disk.0.insert("/w/part.pathway".into(), broken);
    let mut editor = Editor::ready(&disk, able());
    editor.open(MAIN, 1, MAIN_TEXT);
    editor.settle();
    assert_eq!(editor.told[PART].0, None);
    assert!(editor.problems(PART)[0].contains("`tusk`"));
    editor.tell(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": MAIN } }),
    );
    editor.settle();
    assert_eq!(editor.problems(PART), [] as [&str; 0]);
}

#[test]
fn changes_on_disk_are_asked_for_and_settings_that_make_no_sense_are_said_once() {
    let disk = disk();
    let mut editor = Editor::ready(&disk, able());
    editor.settle();
    assert_eq!(editor.others[0]["method"], "client/registerCapability");
    editor.send(r#"{"jsonrpc":"2.0","id":"watch","result":null}"#);
    for version in 1..3 {
        editor.open("file:///w/unset/a.pathway", version, MAIN_TEXT);
        editor.settle();
    }
    let said: Vec<_> = editor.others[1..]
        .iter()
        .map(|it| &it["params"]["message"])
        .collect();
    assert_eq!(said, ["the settings make no sense"]);
    let changed = json!({ "changes": [{ "uri": PART, "type": 2 }] });
    editor.tell("workspace/didChangeWatchedFiles", changed);
    editor.settle();
}

#[test]
fn hover_reads_a_requirement_out() {
    with_main(able(), |editor| {
        let hover = editor.ask("textDocument/hover", at(MAIN, 5, 17)).unwrap();
        let said = hover["contents"]["value"].as_str().unwrap();
        assert!(
            said.starts_with("**competency** `analyst` — Data Analyst"),
            "{said}"
        );
        assert!(
            said.ends_with("- at least two records of Task for Data Analyst"),
            "{said}"
        );
        assert_eq!(range(&hover["range"]), "5:15-22");
        assert_eq!(
            editor.ask("textDocument/hover", at(MAIN, 4, 0)),
            Ok(Value::Null)
        );
    });
}

#[test]
fn in_a_part_more_is_known_from_a_programme_that_is_open() {
    with_main(able(), |editor| {
        editor.open(PART, 1, PART_TEXT);
        let hover = editor.ask("textDocument/hover", at(PART, 2, 14)).unwrap();
        let said = hover["contents"]["value"].as_str().unwrap();
        assert_eq!(said, "- at least two records of Task for Data Analyst");
    });
}

#[test]
fn completion_replaces_what_is_being_written() {
    with_main(able(), |editor| {
        let all = editor
            .ask("textDocument/completion", at(MAIN, 5, 17))
            .unwrap();
        let first = &all[0];
        assert_eq!(first["label"], "analyst");
        assert_eq!(first["detail"], "Data Analyst");
        assert_eq!(first["textEdit"]["newText"], "analyst");
        assert_eq!(range(&first["textEdit"]["range"]), "5:15-17");
    });
}

#[test]
fn a_rule_says_what_it_asks_for() {
    with_main(able(), |editor| {
        let help = editor
            .ask("textDocument/signatureHelp", at(MAIN, 6, 15))
            .unwrap();
        let signature = &help["signatures"][0];
        assert_eq!(signature["label"], "rule tasks(count: whole)");
        assert_eq!(signature["parameters"][0]["label"], "count: whole");
        assert_eq!(help["activeParameter"], 0);
    });
}

#[test]
fn names_are_followed_from_file_to_file() {
    with_main(able(), |editor| {
        let found = editor
            .ask("textDocument/definition", at(MAIN, 5, 15))
            .unwrap();
        assert_eq!(
            (found["uri"].as_str(), range(&found["range"])),
            (Some(PART), "1:11-18".into())
        );
        let mut about = at(MAIN, 5, 15);
        about["context"] = json!({ "includeDeclaration": true });
        let found = editor.ask("textDocument/references", about).unwrap();
        let found = found
            .as_array()
            .unwrap()
            .iter()
            .map(|it| format!("{} {}", it["uri"].as_str().unwrap(), range(&it["range"])));
        let expected = [
            "file:///w/part.pathway 1:11-18",
            "file:///w/main.pathway 5:15-22",
            "file:///w/other.pathway 2:53-60",
        ];
        assert_eq!(found.collect::<Vec<_>>(), expected);
    });
}

#[test]
fn a_name_is_shown_wherever_it_stands_in_the_text() {
    with_main(able(), |editor| {
        let found = editor
            .ask("textDocument/documentHighlight", at(MAIN, 3, 5))
            .unwrap();
        let found = found.as_array().unwrap().iter();
        let found: Vec<_> = found.map(|it| range(&it["range"])).collect();
        assert_eq!(found, ["3:5-9", "11:14-18"]);
    });
}

#[test]
fn renaming_changes_every_programme_of_the_workspace_and_keeps_the_former_name() {
    let edits = |able: Value| {
        with_main(able, |editor| {
            let place = editor
                .ask("textDocument/prepareRename", at(MAIN, 5, 15))
                .unwrap();
            assert_eq!(range(&place), "5:15-22");
            let mut about = at(MAIN, 5, 15);
            about["newName"] = json!("reader");
            editor.ask("textDocument/rename", about).unwrap()
        })
    };
    let versioned = edits(able());
    let changes = versioned["documentChanges"].as_array().unwrap();
    let told = changes.iter().map(|change| {
        let edits = change["edits"].as_array().unwrap().iter();
        let edits = edits.map(|it| format!(" {} {}", range(&it["range"]), it["newText"]));
        let text = &change["textDocument"];
        format!(
            "{} {}{}",
            text["uri"].as_str().unwrap(),
            text["version"],
            edits.collect::<String>()
        )
    });
    let expected = [
        "file:///w/main.pathway 1 5:15-22 \"reader\"",
        "file:///w/other.pathway null 2:53-60 \"reader\"",
        "file:///w/part.pathway null 1:11-18 \"reader\" 1:33-33 \" formerly analyst\"",
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
    let plain = edits(json!({}));
    assert_eq!(plain["changes"].as_object().unwrap().len(), 3);
    assert_eq!(plain["changes"][PART].as_array().unwrap().len(), 2);
}

#[test]
fn renaming_is_refused_where_any_programme_would_break() {
    with_main(able(), |editor| {
        editor.open(PART, 1, PART_TEXT);
        let mut about = at(PART, 1, 12);
        about["newName"] = json!("lead");
        let (code, why) = editor.ask("textDocument/rename", about).unwrap_err();
        assert_eq!(code, -32803);
        assert!(why.starts_with("in `/w/main.pathway`: "), "{why}");
    });
}

#[test]
fn outlines_are_nested_where_the_editor_can() {
    let outline = |able: Value| {
        with_main(able, |editor| {
            let about = json!({ "textDocument": { "uri": MAIN } });
            editor.ask("textDocument/documentSymbol", about).unwrap()
        })
    };
    let names = |all: &Value| {
        let all = all.as_array().unwrap().iter();
        all.map(|it| it["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let nested = outline(able());
    assert_eq!(names(&nested), ["p", "tenured", "lead", "one"]);
    assert_eq!(nested[2]["detail"], "😀 Lead");
    assert_eq!(range(&nested[2]["range"]), "3-8:0-1");
    assert_eq!(range(&nested[2]["selectionRange"]), "3:5-9");
    let flat = outline(json!({}));
    assert_eq!(names(&flat), ["p", "tenured", "lead", "one"]);
    assert_eq!(flat[0]["location"]["uri"], MAIN);
}

#[test]
fn the_workspace_is_searched() {
    with_main(able(), |editor| {
        let found = editor
            .ask("workspace/symbol", json!({ "query": "ea" }))
            .unwrap();
        let found = found.as_array().unwrap().iter().map(|it| {
            let at = &it["location"];
            format!("{} {} {}", it["name"], at["uri"], range(&at["range"]))
        });
        let expected = [r#""lead" "file:///w/main.pathway" 3:5-9"#];
        assert_eq!(found.collect::<Vec<_>>(), expected);
    });
}

#[test]
fn blocks_fold_and_their_closing_brace_stays() {
    with_main(able(), |editor| {
        let about = json!({ "textDocument": { "uri": MAIN } });
        let found = editor.ask("textDocument/foldingRange", about).unwrap();
        let lines = found.as_array().unwrap().iter();
        let lines: Vec<_> = lines
            .map(|it| (it["startLine"].as_i64(), it["endLine"].as_i64()))
            .collect();
        assert_eq!(
            lines,
            [(Some(4), Some(6)), (Some(3), Some(7)), (Some(9), Some(11))]
        );
    });
}

#[test]
fn formatting_changes_only_what_is_not_in_shape() {
    with_main(able(), |editor| {
        let about = json!({ "textDocument": { "uri": MAIN }, "options": { "tabSize": 8, "insertSpaces": false } });
        let shaped = milepost::format(MAIN_TEXT).text;
        let edits = editor
            .ask("textDocument/formatting", about.clone())
            .unwrap();
        editor.change(MAIN, 2, json!([{ "text": shaped }]));
        assert_eq!(
            editor.ask("textDocument/formatting", about.clone()),
            Ok(json!([]))
        );
        let crooked = shaped.replace("    competency", " competency");
        editor.change(MAIN, 3, json!([{ "text": crooked }]));
        let edits_again = editor.ask("textDocument/formatting", about).unwrap();
        assert_eq!(edits_again.as_array().unwrap().len(), 1, "{edits}");
        assert_eq!(edits_again[0]["newText"], "    competency analyst\n");
    });
}

#[test]
fn formatting_a_range_leaves_other_declarations_alone() {
    with_main(able(), |editor| {
        let text =
            "role  a \"A\" { eligible when all of {\nx\n} }\n\nrole  b \"B\" { eligible when x }\n";
        editor.change(MAIN, 2, json!([{ "text": text }]));
        let place = json!({ "line": 4, "character": 3 });
        let about = json!({
            "textDocument": { "uri": MAIN },
            "range": { "start": place, "end": place },
            "options": { "tabSize": 2, "insertSpaces": true },
        });
        let edits = editor.ask("textDocument/rangeFormatting", about).unwrap();
        let edits = edits.as_array().unwrap();
        assert_eq!(edits.len(), 1, "{edits:?}");
        assert_eq!(range(&edits[0]["range"]), "4:0-31");
        assert_eq!(edits[0]["newText"], "role b \"B\" { eligible when x }");
    });
}

#[test]
fn everything_certain_is_mended_at_once_when_it_is_asked_for() {
    with_main(able(), |editor| {
        let text = "// milepost: allow MP0110 because it is new\npathway p \"P\" { version \"1\" }\n\n\
                    evidence task \"Task\" // milepost: allow MP0111 because it is new\n\n\
                    role lead \"Lead\" { eligible when at least 1 task }\n";
        editor.change(MAIN, 2, json!([{ "text": text }]));
        let mut about = json!({
            "textDocument": { "uri": MAIN },
            "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } },
            "context": { "diagnostics": [], "only": ["source.fixAll"] },
        });
        let actions = editor
            .ask("textDocument/codeAction", about.clone())
            .unwrap();
        assert_eq!(actions.as_array().unwrap().len(), 1, "{actions}");
        assert_eq!(actions[0]["kind"], "source.fixAll.milepost");
        let edits = actions[0]["edit"]["changes"][MAIN].as_array().unwrap();
        let taken: Vec<_> = edits.iter().map(|it| it["newText"].as_str()).collect();
        assert_eq!(taken, [Some(""), Some("")], "{edits:?}");
        about["context"]["only"] = json!(["refactor"]);
        let actions = editor.ask("textDocument/codeAction", about).unwrap();
        assert_eq!(actions, json!([]));
    });
}

#[test]
fn what_is_wrong_can_be_mended() {
    with_main(able(), |editor| {
        editor.change(
            MAIN,
            2,
            json!([{ "text": MAIN_TEXT.replace("competency analyst", "competency analist") }]),
        );
        let place = json!({ "line": 5, "character": 17 });
        let about = json!({
            "textDocument": { "uri": MAIN },
            "range": { "start": place, "end": place },
            "context": { "diagnostics": [] },
        });
        let actions = editor.ask("textDocument/codeAction", about).unwrap();
        let action = &actions[0];
        assert_eq!(action["title"], "Change to `analyst`");
        assert_eq!(action["kind"], "quickfix");
        assert_eq!(action["isPreferred"], false);
        assert_eq!(action["diagnostics"][0]["code"], "MP0102");
        let edit = &action["edit"]["changes"][MAIN][0];
        assert_eq!(
            (range(&edit["range"]), &edit["newText"]),
            ("5:15-22".into(), &json!("analyst"))
        );
    });
}

#[test]
fn scenarios_are_counted_beside_the_text() {
    with_main(able(), |editor| {
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
        let about = json!({ "textDocument": { "uri": MAIN }, "range": range });
        let hints = editor.ask("textDocument/inlayHint", about).unwrap();
        assert_eq!(hints[0]["label"], "1 scenario");
        assert_eq!(hints[0]["position"], json!({ "line": 3, "character": 9 }));
    });
}

#[test]
fn what_cannot_be_answered_is_refused() {
    let disk = disk();
    let mut editor = Editor::new(&disk);
    let code = |answer: Result<Value, (i64, String)>| answer.unwrap_err().0;
    assert_eq!(
        code(editor.ask("textDocument/hover", at(MAIN, 0, 0))),
        -32002
    );
    editor.open(MAIN, 1, MAIN_TEXT);
    assert_eq!(
        code(editor.ask("initialize", json!({ "capabilities": 7 }))),
        -32602
    );
    editor
        .ask("initialize", json!({ "capabilities": {} }))
        .unwrap();
    assert_eq!(
        code(editor.ask("initialize", json!({ "capabilities": {} }))),
        -32600
    );
    // What was opened before has not been seen.
    assert_eq!(
        code(editor.ask("textDocument/hover", at(MAIN, 0, 0))),
        -32803
    );
    editor.open(MAIN, 1, MAIN_TEXT);
    assert_eq!(
        code(editor.ask("textDocument/hover", at(MAIN, 9_999, 0))),
        -32602
    );
    assert!(editor.ask("textDocument/hover", at(MAIN, 0, 9_999)).is_ok());
    assert_eq!(code(editor.ask("textDocument/hover", json!([]))), -32602);
    assert_eq!(
        code(editor.ask("textDocument/hover", at("7:7", 0, 0))),
        -32602
    );
    assert_eq!(code(editor.ask("textDocument/nothing", json!({}))), -32601);
    let position = |line, character| json!({ "line": line, "character": character });
    let backwards = json!({ "start": position(1, 1), "end": position(0, 0) });
    editor.change(MAIN, 2, json!([{ "range": backwards, "text": "" }]));
    let lost = editor
        .ask("textDocument/hover", at(MAIN, 0, 0))
        .unwrap_err();
    assert_eq!(lost.1, "`file:///w/main.pathway` is not open");
    editor.ask("shutdown", Value::Null).unwrap();
    assert_eq!(
        code(editor.ask("textDocument/hover", at(MAIN, 0, 0))),
        -32600
    );
    editor.tell("exit", Value::Null);
    editor.drain();
    assert_eq!(editor.server.ended(), Some(true));
}

#[test]
fn what_is_cancelled_in_flight_is_answered_so() {
    with_main(able(), |editor| {
        let first = editor.request("textDocument/hover", at(MAIN, 5, 17));
        let second = editor.request("textDocument/hover", at(MAIN, 5, 17));
        editor.tell("$/cancelRequest", json!({ "id": first }));
        editor.tell("$/cancelRequest", json!({ "id": "unknown" }));
        editor.drain();
        assert_eq!(editor.answers[&first].as_ref().unwrap_err().0, -32800);
        assert!(editor.answers[&second].is_ok());
    });
}
