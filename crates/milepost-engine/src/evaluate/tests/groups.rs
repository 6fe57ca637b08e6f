//! Groups: truth, progress, locks.

use super::*;
use crate::outcome::{Amount, Progress};

fn group(form: impl Fn(Vec<NodeId>) -> Form, input: Input) -> Outcome {
    // 0: two of three found. 1: unknown. 2: met.
    let forms = vec![
        Form::Records(tasks(at_least("3"))),
        Form::Condition(Test::YesNo(READY)),
        Form::Condition(Test::Literal(true)),
        form(vec![NodeId(0), NodeId(1), NodeId(2)]),
    ];
    evaluate_on(forms, input, TODAY)
}

fn two_tasks() -> Input {
    of_evidence([task("t1", "2026-05-02"), task("t2", "2026-06-01")])
}

fn last(outcome: &Outcome) -> NodeOutcome {
    *outcome.nodes.last().unwrap()
}

#[test]
fn truth_and_progress_of_groups() {
    for (form, truth, met, of) in [
        (Form::All as fn(_) -> _, Truth::FALSE, 300, 500),
        (Form::Any, Truth::TRUE, 100, 100),
        (Form::None, Truth::FALSE, 0, 100),
        (Form::InOrder, Truth::FALSE, 300, 500),
    ] {
        let found = last(&group(form, two_tasks()));
        assert_eq!((found.truth, found.progress), (truth, Progress { met, of }));
    }
}

#[test]
fn so_many_of_a_group() {
    let of = |bound: &'static str| {
        last(&group(
            |children| Form::AtLeast(literal(bound), children),
            two_tasks(),
        ))
    };
    let found = of("2");
    assert_eq!(found.truth, Truth::UNKNOWN);
    assert_eq!(
        (found.found, found.needed),
        (Some(Amount::Count(1)), Some(Amount::Count(2)))
    );
    // The met one, and of two with one step left the first written.
    assert_eq!(found.progress, Progress { met: 300, of: 400 });
    assert_eq!(of("3").truth, Truth::FALSE);
    assert_eq!(of("0").progress, Progress { met: 100, of: 100 });
    assert_eq!(of("9").progress, Progress { met: 300, of: 500 });
}

#[test]
fn steps_are_locked_behind_what_is_not_met() {
    let outcome = group(Form::InOrder, two_tasks());
    let locked: Vec<bool> = outcome.nodes.iter().map(|node| node.locked).collect();
    assert_eq!(locked, [false, true, true, false]);
}

#[test]
fn nothing_in_a_group() {
    let of = |form: Form| one(form, Input::default());
    assert_eq!(of(Form::All(Vec::new())).truth, Truth::TRUE);
    assert_eq!(of(Form::Any(Vec::new())).truth, Truth::FALSE);
    assert_eq!(of(Form::None(Vec::new())).truth, Truth::TRUE);
    assert_eq!(
        of(Form::Any(Vec::new())).progress,
        Progress { met: 0, of: 100 }
    );
}

#[test]
fn a_role_may_ask_for_another() {
    let mut parts = parts(vec![
        Form::Condition(Test::YesNo(READY)),
        Form::Role(RoleId(1)),
    ]);
    let first = Role {
        entry: entry("first"),
        eligible: NodeId(0),
        ..parts.roles[0].clone()
    };
    parts.roles.push(first);
    let plan = Plan::new(parts).unwrap();
    let facts = vec![(FactId(1), Constant::YesNo(true))];
    let record = Record::new(
        &plan,
        Input {
            facts,
            ..Input::default()
        },
    )
    .unwrap();
    assert_eq!(
        Evaluator::new(&plan).evaluate(&record, day(TODAY)).roles[0].truth,
        Truth::TRUE
    );
}

#[test]
fn an_evaluator_is_used_again() {
    let plan = Plan::new(parts(vec![Form::Records(tasks(at_least("2")))])).unwrap();
    let full = Record::new(&plan, two_tasks()).unwrap();
    let empty = Record::new(&plan, Input::default()).unwrap();
    let mut evaluator = Evaluator::new(&plan);
    let mut outcome = evaluator.evaluate(&full, day(TODAY));
    assert_eq!(outcome.roles[0].truth, Truth::TRUE);
    evaluator.evaluate_into(&empty, day(TODAY), &mut outcome);
    assert_eq!(outcome.roles[0].truth, Truth::FALSE);
    evaluator.evaluate_into(&full, day("2026-05-02"), &mut outcome);
    assert_eq!(
        (outcome.roles[0].truth, outcome.replay),
        (Truth::FALSE, true)
    );
}
