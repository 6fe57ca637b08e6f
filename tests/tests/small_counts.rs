//! Small counts against an attacker: cohorts of every small division of the candidates, a report of each; what the shown
//! figures of two measures tell about those whom neither shows by itself, worked out by subtraction.

#![expect(clippy::expect_used, reason = "that is how a test fails")]

use milepost::cohort::Report;
use milepost::wire::{Measure, MeasureNote};
use milepost::{Pathway, compile};

const PROGRAMME: &str = r#"
    pathway coaching "Coaching" { version "2026.1" }
    candidate "Teacher" { mentored : yes/no "Has a mentor" }
    evidence session "Coaching session"
    competency ready "Ready" { requires at least 1 session }
    measure ready_all = percent of candidates who meet competency ready
    measure ready_mentored = number of candidates who meet competency ready among candidates whose mentored
"#;

/// Fewer people than this may not be told.
const BOUND: u64 = 3;

fn pathway() -> Pathway {
    let sources = std::collections::BTreeMap::from([("main.pathway", PROGRAMME)]);
    compile(&sources, "main.pathway")
        .plan()
        .expect("compiles")
        .clone()
}

/// So many with a mentor who are ready and are not, and so many without.
fn measures(pathway: &Pathway, cohort: [u64; 4], undecided: u64) -> Vec<Measure> {
    let mut report = Report::new(pathway, "2026-11-22".parse().expect("a day"));
    let session =
        |status: &str| format!(r#"[{{"id":"s","kind":"session","date":"2026-09-01"{status}}}]"#);
    let mut add = |number: u64, mentored: bool, evidence: &str| {
        let record =
            format!(r#"{{"id":"a","facts":{{"mentored":{mentored}}},"evidence":{evidence}}}"#);
        let record = pathway.decode_record(record.as_bytes()).expect("decodes");
        (0..number).for_each(|_| report.add(&record));
    };
    let [ready, not, others_ready, others_not] = cohort;
    add(ready, true, &session(""));
    add(not, true, "[]");
    add(others_ready, false, &session(""));
    add(others_not, false, "[]");
    add(undecided, false, &session(r#","status":"under_review""#));
    report.finish(Some(BOUND)).measures
}

/// Everything that two measures tell by subtraction of who has no mentor.
fn others([all, some]: &[Measure; 2]) -> Vec<u64> {
    let minus = |all: Option<u64>, some: Option<u64>| Some(all? - some?);
    let met = minus(all.met, some.met);
    let rest = minus(minus(all.of, some.of), met);
    let undecided = minus(all.undecided, some.undecided);
    [met, rest, undecided, minus(rest, undecided)]
        .into_iter()
        .flatten()
        .collect()
}

#[test]
fn nobody_is_found_by_subtraction() {
    let pathway = pathway();
    let mut both_shown = 0;
    let mut held_back_for_the_others = 0;
    for cohort in 0..6_u64.pow(4) {
        let cohort = [cohort % 6, cohort / 6 % 6, cohort / 36 % 6, cohort / 216];
        for undecided in [0, 2, 3] {
            let measures = measures(&pathway, cohort, undecided);
            let measures: [Measure; 2] = measures.try_into().expect("two measures");
            let told = others(&measures);
            assert!(
                told.iter().all(|number| *number >= BOUND),
                "{cohort:?}, {undecided} undecided: {told:?}"
            );
            let [all, some] = measures;
            let shown = all.note.is_none() && some.note.is_none();
            both_shown += u64::from(shown);
            let [ready, not, others_ready, others_not] = cohort;
            let large = [ready, not, others_ready, others_not + undecided];
            let large = large.iter().all(|number| *number >= BOUND);
            assert_eq!(shown, large, "{cohort:?}, {undecided} undecided");
            held_back_for_the_others += u64::from(
                some.note == Some(MeasureNote::Suppressed) && ready >= BOUND && not >= BOUND,
            );
        }
    }
    assert!(both_shown > 0 && held_back_for_the_others > 0);
}
