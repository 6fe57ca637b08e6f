//! The server on a wire, whatever comes over it: bytes in, whether it goes on out.

use std::collections::BTreeMap;
use std::io::{BufReader, PipeReader, Write as _, pipe};
use std::thread;

use milepost_lsp::{Frame, read_frame, serve, write_frame};
use serde_json::{Value, json};

use crate::editor::Disk;

fn message(id: Option<i64>, method: &str, params: &Value) -> String {
    let mut message = json!({ "jsonrpc": "2.0", "method": method, "params": params });
    if let Some(id) = id {
        message["id"] = json!(id);
    }
    message.to_string()
}

/// The next message with this id, or without one.
fn next(output: &mut BufReader<PipeReader>, id: &Value) -> Value {
    loop {
        let frame = read_frame(output).expect("a message").expect("a message");
        let Frame::Message(text) = frame else {
            panic!("the server writes no broken frames");
        };
        let message: Value = serde_json::from_str(&text).expect("JSON");
        if message["id"] == *id {
            return message;
        }
    }
}

#[test]
fn garbage_on_the_wire_is_answered_and_passed_over() {
    let (theirs, mut ours) = pipe().expect("a pipe");
    let (answers, output) = pipe().expect("a pipe");
    let server = thread::spawn(move || {
        let disk = Disk(BTreeMap::new());
        serve(&disk, theirs, output).expect("the pipe holds")
    });
    let mut answers = BufReader::new(answers);
    let hello = message(Some(1), "initialize", &json!({ "capabilities": {} }));
    write_frame(&mut ours, &hello).expect("written");
    assert!(next(&mut answers, &json!(1))["result"]["capabilities"].is_object());
    let garbage: [&[u8]; 8] = [
        b"hello there\r\n\r\n",
        b"Content-Length: many\r\n\r\n",
        b"Content-Length: 3\r\n\r\n{]}",
        b"Content-Length: 2\r\n\r\n\xff\xfe",
        b"Content-Length: 2\r\n\r\n[]",
        b"Content-Length: 4\r\n\r\nnull",
        b"Content-Length: 15\r\n\r\n{\"method\":[{}]}",
        b"Content-Length: 33\r\n\r\n{\"id\":{\"a\":1},\"method\":\"shutdown\"}",
    ];
    for bytes in garbage {
        ours.write_all(bytes).expect("written");
        let refused = next(&mut answers, &Value::Null);
        assert!(refused["error"]["code"].as_i64().is_some(), "{refused}");
    }
    write_frame(&mut ours, &message(Some(2), "shutdown", &Value::Null)).expect("written");
    assert!(next(&mut answers, &json!(2))["error"].is_null());
    write_frame(&mut ours, &message(None, "exit", &Value::Null)).expect("written");
    assert!(server.join().expect("it does not panic"));
}

#[test]
fn an_editor_that_is_gone_ends_the_server() {
    let (theirs, ours) = pipe().expect("a pipe");
    let (_answers, output) = pipe().expect("a pipe");
    drop(ours);
    let disk = Disk(BTreeMap::new());
    assert!(!serve(&disk, theirs, output).expect("the pipe holds"));
}
