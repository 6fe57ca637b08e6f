//! How long groups without reuse take at their worst: 400 records and 60 requirements, every record right for every
//! requirement.
//!
//! `evaluate` is a warm evaluator over a decoded record; `json_to_json` is from the bytes of the record to the bytes of the
//! outcome, who is given what and how long it holds included. Repeat with `cargo xtask bench allocation`.

#![expect(
    clippy::expect_used,
    reason = "a benchmark that cannot set itself up has nothing to measure"
)]

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use milepost::{Date, Pathway};
use milepost_engine::Evaluator;

const RECORDS: usize = 400;
const REQUIREMENTS: usize = 60;

/// A programme, and what the pieces of evidence on the record say.
struct Case {
    name: &'static str,
    /// Its competencies, and who is eligible for its role.
    programme: (String, String),
    /// What a record says of itself, by its place.
    says: fn(usize) -> String,
    /// Whether each requirement is waived.
    waived: bool,
}

/// So many requirements side by side.
fn flat(asks: &str) -> (String, String) {
    let children = (0..REQUIREMENTS).map(|at| format!("r{at} waivable by board: {asks}\n"));
    let children: String = children.collect();
    let group = format!("all of without reuse {{\n{children}}}");
    (String::new(), group)
}

/// So many requirements, each in a group without reuse of its own that reaches all of those before it.
fn nested(asks: &str) -> (String, String) {
    let competency = |at: usize| {
        let before = match at.checked_sub(1) {
            Some(before) => format!("competency c{before}"),
            None => String::new(),
        };
        format!(
            "competency c{at} \"C\" {{ requires all of without reuse {{ r: {asks}\n{before} }} }}\n"
        )
    };
    let all: String = (0..REQUIREMENTS).map(competency).collect();
    (all, format!("competency c{}", REQUIREMENTS - 1))
}

fn accepted(at: usize) -> String {
    format!(r#""assessor":"{}","score":3"#, at % 40)
}

/// Accepted, under review, and of a score that nobody knows, in turn.
fn uncertain(at: usize) -> String {
    match at % 3 {
        0 => accepted(at),
        1 => format!(r#"{},"status":"under_review""#, accepted(at)),
        _ => format!(r#""assessor":"{}""#, at % 40),
    }
}

fn cases() -> Vec<Case> {
    let case = |name, programme, says| Case {
        name,
        programme,
        says,
        waived: false,
    };
    let lapsing = "at least 7 task within 5 years where score >= 1";
    let values = "at least 7 task where score >= 1 by different assessor";
    vec![
        case("enough", flat("at least 6 task where score >= 1"), accepted),
        case(
            "one_short",
            flat("at least 7 task where score >= 1"),
            accepted,
        ),
        case(
            "uncertain",
            flat("at least 7 task where score >= 1"),
            uncertain,
        ),
        case("values", flat(values), uncertain),
        case(
            "nested",
            nested("at least 7 task where score >= 1"),
            uncertain,
        ),
        case("lapsing", flat(lapsing), uncertain),
        case("nested_lapsing", nested(lapsing), uncertain),
        Case {
            waived: true,
            ..case("waived_lapsing", flat(lapsing), uncertain)
        },
        Case {
            waived: true,
            ..case("waived", flat("at least 7 task where score >= 1"), accepted)
        },
    ]
}

impl Case {
    fn pathway(&self) -> Pathway {
        let (competencies, eligible) = &self.programme;
        let text = format!(
            "pathway p \"P\" {{ version \"1\" school year starts 07-01 }}\n\
             evidence task \"Task\" {{ assessor : text \"Assessor\"  score : number \"Score\" }}\n\
             {competencies}role lead \"Lead\" {{ eligible when {eligible} }}"
        );
        let sources = BTreeMap::from([("main.pathway", text.as_str())]);
        let compiled = milepost::compile(&sources, "main.pathway");
        compiled.plan().expect("the programme compiles").clone()
    }

    fn record(&self) -> String {
        let evidence: Vec<String> = (0..RECORDS)
            .map(|at| {
                let (year, month, day) = (2022 + at % 5, 1 + at % 12, 1 + at % 28);
                let says = (self.says)(at);
                format!(
                    r#"{{"id":"e{at}","kind":"task","date":"{year}-{month:02}-{day:02}",{says}}}"#
                )
            })
            .collect();
        let waived = if self.waived { REQUIREMENTS } else { 0 };
        let waivers: Vec<String> = (0..waived)
            .map(|at| {
                format!(r#"{{"requirement":"lead.r{at}","by":"p","as":"board","granted":"2026-01-01","reason":"r"}}"#)
            })
            .collect();
        format!(
            r#"{{"id":"invented","evidence":[{}],"waivers":[{}]}}"#,
            evidence.join(","),
            waivers.join(",")
        )
    }
}

fn allocation(criterion: &mut Criterion) {
    let as_of: Date = "2026-11-22".parse().expect("a date");
    let mut group = criterion.benchmark_group("allocation");
    group.sample_size(10);
    for case in cases() {
        let (pathway, json) = (case.pathway(), case.record());
        let record = pathway.decode_record(json.as_bytes());
        let record = record.expect("the record is right");
        let mut evaluator = Evaluator::new(pathway.plan());
        let mut outcome = evaluator.evaluate(&record, as_of);
        group.bench_with_input(
            BenchmarkId::new("evaluate", case.name),
            &record,
            |bencher, record| {
                bencher.iter(|| {
                    evaluator.evaluate_into(black_box(record), as_of, &mut outcome);
                    black_box(&outcome);
                });
            },
        );
        group.bench_with_input(
            BenchmarkId::new("json_to_json", case.name),
            &json,
            |bencher, json| {
                bencher.iter(|| {
                    let record = pathway.decode_record(black_box(json).as_bytes());
                    let record = record.expect("the record is right");
                    black_box(pathway.evaluate(&record, as_of).to_json())
                });
            },
        );
    }
    group.finish();
}

criterion_group!(benches, allocation);
criterion_main!(benches);
