//! What it takes to evaluate once: a plan and a record in; about how much is looked at, eight records together as one, out.

use crate::plan::{Form, Plan, Records, Test};
use crate::record::Record;

/// How much is looked at to make a copy of a record and to evaluate it. What sharing out takes comes on top of it.
pub(super) fn weight(plan: &Plan, record: &Record) -> u64 {
    let mut looks = 1;
    for node in &plan.parts().nodes {
        looks += 1 + match &node.form {
            Form::All(children)
            | Form::Any(children)
            | Form::AtLeast(_, children)
            | Form::None(children)
            | Form::InOrder(children)
            | Form::WithoutReuse(children)
            | Form::Points(_, children, _) => children.len(),
            Form::Records(records) => record.rows(records.kind) / 8 * (1 + asked(records)),
            Form::Condition(test) => comparisons(test),
            Form::Competency(_) | Form::Role(_) | Form::Stage(_) => 1,
            Form::Held(_) => 1 + record.posts().len(),
        };
    }
    if !record.waivers().is_empty() {
        looks *= 2;
    }
    for (kind, declared) in (0..).map(crate::plan::KindId).zip(&plan.parts().kinds) {
        looks += record.rows(kind) * (4 + declared.fields.len()) / 4;
    }
    looks as u64
}

/// How much is asked of a record.
fn asked(records: &Records) -> usize {
    let tests = [&records.whose, &records.matching].into_iter().flatten();
    let spread = 8 * usize::from(records.spread.is_some());
    tests.map(comparisons).sum::<usize>() + records.windows.len() + spread
}

/// The comparisons of a test. Its nesting is bounded by the plan.
fn comparisons(test: &Test) -> usize {
    match test {
        Test::All(tests) | Test::Any(tests) | Test::OneOf(tests) => {
            tests.iter().map(comparisons).sum()
        }
        Test::Not(test) => comparisons(test),
        _ => 1,
    }
}
