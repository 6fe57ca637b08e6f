//! How long `data_driver` takes over candidates of 10, 40 and 400 evidence records.
//!
//! `evaluate` is a warm evaluator over a decoded record; `json_to_json` is from the bytes of the record to the
//! bytes of the outcome with its whole explanation. Repeat with `cargo xtask bench`. Records are invented by a fixed rule, so that every run does the same work.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot set itself up has nothing to measure"
)]

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use milepost::Date;
use milepost_engine::Evaluator;

const MAIN: &str = "../pathways/teaching_matters/data_driver.pathway";

/// A record with so many pieces of evidence, spread over kinds, competencies, statuses and five years.
fn record(pathway: &milepost::Pathway, size: usize) -> String {
    let parts = pathway.plan().parts();
    let mut json = String::from(r#"{"id":"invented","facts":{},"evidence":["#);
    for at in 0..size {
        let Some(kind) = parts.kinds.get(at % parts.kinds.len()) else {
            continue;
        };
        let competency = &parts.competencies[at % parts.competencies.len()].entry.name;
        let (year, month, day) = (2022 + at % 5, 1 + at % 12, 1 + at % 28);
        let status = if at % 7 == 0 {
            "under_review"
        } else {
            "accepted"
        };
        let comma = if at == 0 { "" } else { "," };
        write!(
            json,
            r#"{comma}{{"id":"e{at}","kind":"{}","date":"{year}-{month:02}-{day:02}","status":"{status}","for":["{competency}"]}}"#,
            kind.entry.name
        )
        .expect("a string takes every text");
    }
    json.push_str("]}");
    json
}

fn evaluate(criterion: &mut Criterion) {
    let read = |path: &str| std::fs::read(path).map_err(|error| error.to_string());
    let compiled = milepost::compile(&read, MAIN);
    let pathway = compiled.plan().expect("the programme compiles");
    let as_of: Date = "2026-11-22".parse().expect("a date");
    let mut group = criterion.benchmark_group("data_driver");
    for size in [10, 40, 400] {
        let json = record(pathway, size);
        let record = pathway
            .decode_record(json.as_bytes())
            .expect("the record is right");
        group.throughput(Throughput::Elements(size as u64));
        let mut evaluator = Evaluator::new(pathway.plan());
        let mut outcome = evaluator.evaluate(&record, as_of);
        group.bench_with_input(
            BenchmarkId::new("evaluate", size),
            &record,
            |bencher, record| {
                bencher.iter(|| {
                    evaluator.evaluate_into(black_box(record), as_of, &mut outcome);
                    black_box(&outcome);
                });
            },
        );
        group.bench_with_input(
            BenchmarkId::new("json_to_json", size),
            &json,
            |bencher, json| {
                bencher.iter(|| {
                    let record = pathway
                        .decode_record(black_box(json).as_bytes())
                        .expect("the record is right");
                    black_box(pathway.evaluate(&record, as_of).to_json())
                });
            },
        );
    }
    group.finish();
}

criterion_group!(benches, evaluate);
criterion_main!(benches);
