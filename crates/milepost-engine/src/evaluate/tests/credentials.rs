//! Competencies, their credentials and their renewal; references to them.

use super::*;
use crate::outcome::{CompetencyOutcome, Standing};

fn credential(issued: &str, status: Status) -> Credential {
    Credential {
        id: format!("mc-{issued}"),
        competency: CompetencyId(0),
        issued: day(issued),
        status,
        expires: None,
        submitted: None,
        decided: None,
        suspended: Vec::new(),
    }
}

/// A competency that one task demonstrates, and a role that asks for it.
fn analyst(input: Input, as_of: &str) -> (CompetencyOutcome, Outcome) {
    let asked = Form::Records(tasks(at_least("1")));
    let mut parts = parts(vec![asked, Form::Competency(CompetencyId(0))]);
    parts.competencies[0].requirement = Some(NodeId(0));
    parts.nodes[0].owner = Some(CompetencyId(0));
    let plan = Plan::new(parts).unwrap();
    let record = Record::new(&plan, input).unwrap();
    let outcome = Evaluator::new(&plan).evaluate(&record, day(as_of));
    (outcome.competencies[0], outcome)
}

fn with(credentials: Vec<Credential>, tasks: &[&str]) -> Input {
    Input {
        evidence: tasks.iter().map(|date| task(date, date)).collect(),
        credentials,
        ..Input::default()
    }
}

#[test]
fn a_credential_counts_up_to_its_last_day() {
    let accepted = || with(vec![credential("2023-11-22", Status::Accepted)], &[]);
    let (on_it, outcome) = analyst(accepted(), "2026-11-22");
    assert_eq!(
        (on_it.truth, on_it.standing),
        (Truth::TRUE, Standing::Credential(0))
    );
    assert_eq!(outcome.roles[0].truth, Truth::TRUE);
    assert_eq!(
        (outcome.roles[0].progress.met, outcome.roles[0].progress.of),
        (100, 100)
    );
    let (after, _) = analyst(accepted(), "2026-11-23");
    assert_eq!(
        (after.truth, after.standing),
        (Truth::FALSE, Standing::Requirement)
    );
    assert_eq!(after.renewal_after, Some(day("2023-11-22")));
    let (before, outcome) = analyst(accepted(), "2023-11-21");
    assert_eq!((before.truth, outcome.replay), (Truth::FALSE, true));
}

#[test]
fn evidence_of_before_does_not_renew() {
    let issued = || vec![credential("2023-02-01", Status::Accepted)];
    assert_eq!(
        analyst(with(issued(), &["2023-02-01"]), TODAY).0.truth,
        Truth::FALSE
    );
    assert_eq!(
        analyst(with(issued(), &["2023-02-02"]), TODAY).0.truth,
        Truth::TRUE
    );
}

#[test]
fn the_latest_credential_may_be_withheld() {
    let withheld = || credential("2025-02-01", Status::Suspended);
    let (found, _) = analyst(with(vec![withheld()], &["2026-01-01"]), TODAY);
    assert_eq!(
        (found.truth, found.standing),
        (Truth::FALSE, Standing::Withheld(0))
    );
    // Its requirement has all its steps, and yet it is not met.
    assert_eq!((found.progress.met, found.progress.of), (0, 100));
    let renewed = vec![credential("2025-03-01", Status::Accepted), withheld()];
    let (found, _) = analyst(with(renewed, &[]), TODAY);
    assert_eq!(
        (found.truth, found.standing),
        (Truth::TRUE, Standing::Credential(0))
    );
    // Of one day, the one written later is the later one.
    let one_day = vec![credential("2025-02-01", Status::Accepted), withheld()];
    assert_eq!(
        analyst(with(one_day, &[]), TODAY).0.standing,
        Standing::Withheld(1)
    );
    let draft = vec![withheld(), credential("2026-01-01", Status::Draft)];
    assert_eq!(
        analyst(with(draft, &[]), TODAY).0.standing,
        Standing::Withheld(0)
    );
}

#[test]
fn a_credential_under_review_makes_it_pending() {
    let mut reviewed = credential("2026-02-01", Status::Accepted);
    reviewed.decided = Some(day("2026-12-01"));
    let (found, _) = analyst(with(vec![reviewed.clone()], &[]), TODAY);
    assert_eq!(
        (bits(found.truth), found.standing),
        ("L00 W00 B11".to_owned(), Standing::UnderReview(0))
    );
    let (found, _) = analyst(with(vec![reviewed], &["2026-01-01"]), TODAY);
    assert_eq!(found.truth, Truth::TRUE);
}

#[test]
fn school_years_end_with_the_last_of_them() {
    let mut parts = parts(vec![Form::Competency(CompetencyId(0))]);
    let award = parts.competencies[0].award.as_mut().unwrap();
    award.valid = Some(Duration {
        count: 2,
        unit: Unit::SchoolYears,
    });
    let plan = Plan::new(parts).unwrap();
    let record = Record::new(
        &plan,
        with(vec![credential("2025-06-30", Status::Accepted)], &[]),
    )
    .unwrap();
    let mut evaluator = Evaluator::new(&plan);
    let mut met = |as_of| evaluator.evaluate(&record, day(as_of)).roles[0].truth.met();
    assert!(met("2026-06-30"));
    assert!(!met("2026-07-01"));
}
