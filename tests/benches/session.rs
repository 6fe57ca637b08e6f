//! How long `data_driver` takes over one change of a record of 40 and of 400 pieces of evidence, from the change as JSON to
//! the patch of the outcome; beside it, how long the whole takes, from the bytes of the record to those of the outcome.
//!
//! Repeat with `cargo bench -p milepost-tests --bench session`. Every change is taken back by the next, so that every run
//! does the same work.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot set itself up has nothing to measure"
)]

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use milepost::{Date, Session};

const MAIN: &str = "../pathways/teaching_matters/data_driver.pathway";

/// A record with so many pieces of evidence, spread over kinds, competencies, statuses and five years.
fn record(pathway: &milepost::Pathway, size: usize) -> String {
    let parts = pathway.plan().parts();
    let mut json = String::from(r#"{"id":"invented","facts":{},"evidence":["#);
    for at in 0..size {
        let kind = &parts.kinds[at % parts.kinds.len()].entry.name;
        let competency = &parts.competencies[at % parts.competencies.len()].entry.name;
        let (year, month, day) = (2022 + at % 5, 1 + at % 12, 1 + at % 28);
        let comma = if at == 0 { "" } else { "," };
        write!(
            json,
            r#"{comma}{{"id":"e{at}","kind":"{kind}","date":"{year}-{month:02}-{day:02}","for":["{competency}"]}}"#,
        )
        .expect("a string takes every text");
    }
    json.push_str("]}");
    json
}

/// A change, by whether it is made or taken back.
type Change = fn(&mut Session, bool);

fn fact(session: &mut Session, there: bool) {
    let years = if there { "2" } else { "3" };
    let set = session.set_fact("years_teaching", years.as_bytes());
    set.expect("a number");
}

fn status(session: &mut Session, there: bool) {
    let status = if there {
        "\"returned\""
    } else {
        "\"accepted\""
    };
    let set = session.set_field("e5", "status", status.as_bytes());
    set.expect("a status");
}

fn added(session: &mut Session, there: bool) {
    const TASK: &str = r#"{"id":"new","kind":"performance_task","date":"2026-05-05","for":["data_analyst"],"score":"mastered"}"#;
    let done = if there {
        session.add(TASK.as_bytes())
    } else {
        session.remove("new")
    };
    done.expect("it is not there yet, or it is");
}

fn change(criterion: &mut Criterion) {
    let read = |path: &str| std::fs::read(path).map_err(|error| error.to_string());
    let compiled = milepost::compile(&read, MAIN);
    let pathway = compiled.plan().expect("the programme compiles");
    let as_of: Date = "2026-11-22".parse().expect("a date");
    let mut group = criterion.benchmark_group("session");
    for size in [40, 400] {
        let json = record(pathway, size);
        group.bench_function(BenchmarkId::new("json_to_json", size), |bencher| {
            bencher.iter(|| {
                let record = pathway.decode_record(black_box(&json).as_bytes());
                let record = record.expect("the record is right");
                black_box(pathway.evaluate(&record, as_of).to_json())
            });
        });
        let changes: [(&str, Change); 3] = [
            ("fact", fact),
            ("field", status),
            ("added_or_removed", added),
        ];
        for (name, change) in changes {
            let session = pathway.session(json.as_bytes());
            let mut session = session.expect("the record is right");
            black_box(session.outcome(as_of));
            let mut there = false;
            group.bench_function(BenchmarkId::new(name, size), |bencher| {
                bencher.iter(|| {
                    there = !there;
                    change(&mut session, there);
                    black_box(session.changes(as_of))
                });
            });
            if there {
                change(&mut session, false);
            }
        }
    }
    group.finish();
}

criterion_group!(benches, change);
criterion_main!(benches);
