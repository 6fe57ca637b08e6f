//! From a keystroke to the problems it makes: a programme of 5 000 lines open in an editor, one letter typed and taken back
//! in it, over the wire. Goal: below 50 ms.
//!
//! Repeat with `cargo xtask bench lsp`.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark is not shipped, and what goes wrong in it ends it"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufReader, PipeReader, PipeWriter, pipe};
use std::thread;

use criterion::{Criterion, criterion_group, criterion_main};
use milepost::Levels;
use milepost_lsp::{Frame, Host, read_frame, serve, write_frame};
use serde_json::{Value, json};

const MAIN: &str = "file:///w/large.pathway";
const LINES: usize = 5_000;

struct Disk(BTreeMap<String, String>);

impl Host for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let text = self.0.get(path).ok_or("there is no such file")?;
        Ok(text.as_bytes().to_vec())
    }

    fn below(&self, _: &str) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    fn levels(&self, _: &str) -> Result<Levels, String> {
        Ok(Levels::default())
    }
}

/// A programme of so many lines: competencies, a role for every third, and scenarios that try them out.
fn large() -> String {
    let mut text = String::from(
        r#"pathway large "Large" { version "1" }
scale mastery "Mastery" { not_yet approaching mastered exemplary }
candidate "Teacher" {
  years_teaching : number "Years of teaching"
  recommended    : yes/no "Recommended"
}
evidence task "Task" {
  score    : mastery "Score"
  hours    : number "Hours"
  assessor : text "Assessor"
}
evidence rating "Annual rating" { level : mastery "Level" }
rule enough(tasks: whole, least: number) {
  all of {
    shown: at least tasks task for this within 3 years where score >= mastered by different assessor
    coached: at least least total hours of task for this
  }
}
"#,
    );
    let mut lines = text.lines().count();
    let mut number = 0;
    while lines < LINES || number % 3 != 0 {
        number += 1;
        let before = text.len();
        let _ = write!(
            text,
            r#"
/// Competency {number}.
competency c{number} "Competency {number}" {{
  about    "What somebody can do who has it."
  requires rule enough(tasks: 2, least: {number})
  awards   "Micro-credential {number}" valid 3 years
}}
"#
        );
        if number % 3 == 0 {
            let _ = write!(
                text,
                r#"
role r{number} "Role {number}" {{
  eligible when all of {{
    first:  competency c{number}
    others: at least 1 of {{ competency c{}  competency c{} }}
    experience "Experience" cites "Agreement": any of {{
      years_teaching >= 3
      all of {{ years_teaching >= 2  recommended }}
    }}
    rated: at least 2 rating among latest 3 where level >= mastered
  }}
}}

scenario "role {number}" {{
  as of 2026-11-22
  given years_teaching 3, recommended yes
  given task t1 on 2026-05-02 for c{number} with score mastered, hours 4, assessor "a-17"
  given task t2 on 2026-06-02 for c{number} with score exemplary, hours 400, assessor "a-04"
  given rating r1 on 2026-06-20 with level mastered
  expect competency c{number} met
  expect role r{number} first met
  expect role r{number} unmet
}}
"#,
                number - 1,
                number - 2
            );
        }
        lines += text.get(before..).map_or(0, |new| new.lines().count());
    }
    text
}

/// An editor that waits for what it is told.
struct Editor {
    input: PipeWriter,
    output: BufReader<PipeReader>,
    version: i64,
}

impl Editor {
    fn send(&mut self, message: &Value) {
        write_frame(&mut self.input, &message.to_string()).expect("the server reads");
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// How many problems are told of this version.
    fn told(&mut self) -> usize {
        loop {
            let frame = read_frame(&mut self.output).expect("the server answers");
            let Some(Frame::Message(text)) = frame else {
                continue;
            };
            let message: Value = serde_json::from_str(&text).expect("JSON");
            let params = &message["params"];
            if params["version"] == self.version {
                return params["diagnostics"].as_array().map_or(0, Vec::len);
            }
        }
    }

    fn change(&mut self, line: usize, from: usize, to: usize, text: &str) -> usize {
        self.version += 1;
        let place = |character: usize| json!({ "line": line, "character": character });
        let range = json!({ "start": place(from), "end": place(to) });
        let about = json!({ "uri": MAIN, "version": self.version });
        let changes = json!([{ "range": range, "text": text }]);
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": about, "contentChanges": changes }),
        );
        self.told()
    }
}

fn keystroke(criterion: &mut Criterion) {
    let (theirs, input) = pipe().expect("a pipe");
    let (output, ours) = pipe().expect("a pipe");
    thread::spawn(move || {
        let disk = Disk(BTreeMap::new());
        let _ = serve(&disk, theirs, ours);
    });
    let mut editor = Editor {
        input,
        output: BufReader::new(output),
        version: 1,
    };
    let text = large();
    let hello = json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": { "capabilities": {} } });
    editor.send(&hello);
    let about = json!({ "uri": MAIN, "languageId": "pathway", "version": 1, "text": text });
    editor.tell("textDocument/didOpen", json!({ "textDocument": about }));
    assert_eq!(editor.told(), 0, "nothing is wrong to begin with");
    let all: Vec<_> = text.lines().collect();
    assert!(all.len() >= LINES);
    let middle = (all.len() / 2..).find(|at| {
        all.get(*at)
            .is_some_and(|it| it.contains("years_teaching >= 3"))
    });
    let line = middle.expect("a condition");
    let column = all
        .get(line)
        .and_then(|it| it.find("years"))
        .expect("a name");
    let title = all.iter().rposition(|it| it.contains("What somebody"));
    let title = title.expect("a sentence");
    let mut group = criterion.benchmark_group("lsp");
    group.sample_size(50);
    let mut there = false;
    group.bench_function("a letter that breaks a name, or mends it", |bencher| {
        bencher.iter(|| {
            let (to, letter) = if there {
                (column + 1, "")
            } else {
                (column, "x")
            };
            there = !there;
            assert_eq!(editor.change(line, column, to, letter) > 0, there);
        });
    });
    if there {
        editor.change(line, column, column + 1, "");
    }
    let mut there = false;
    group.bench_function("a letter of a sentence", |bencher| {
        bencher.iter(|| {
            let (to, letter) = if there { (13, "") } else { (12, "x") };
            there = !there;
            assert_eq!(editor.change(title, 12, to, letter), 0);
        });
    });
    group.finish();
}

criterion_group!(benches, keystroke);
criterion_main!(benches);
