//! Totals, averages, the highest and the lowest.

use milepost_compiler::model::Expr;
use milepost_engine::plan::{Aggregate, Comparison, How};

use super::exact::Exact;
use super::expression::{Lack, Scope, Value, compare};
use super::measure::{Measured, value_of};
use super::population::Row;
use super::six::{Bit, Six};
use super::{Amount, Steps};

/// The values that decide at a bit.
#[derive(Debug, Default)]
struct Sides {
    /// Of records that belong and match, whatever comes.
    sure: Vec<Value>,
    /// Of those that do at the bit alone.
    helpful: Vec<Value>,
    /// Of those that do at its dual alone.
    harmful: Vec<Value>,
}

/// Evaluates an aggregate.
pub fn aggregate(
    scope: &Scope<'_>,
    how: How,
    bound: &Expr,
    what: Aggregate,
    value: &Expr,
    rows: &[Row<'_>],
) -> Measured {
    let found = found(scope, what, value, rows);
    let asked = match scope.value(bound) {
        Ok(asked) => asked,
        Err(lack) => {
            return Measured {
                truth: lack.truth(),
                found,
                needed: None,
                steps: Steps::one(),
                counted: None,
                asked: None,
                serving: Vec::new(),
            };
        }
    };
    let least = Six::each(|bit| match sides(scope, value, rows, bit) {
        Ok(sides) => at_least(what, &sides, &asked),
        Err(lack) => lack.truth().at(bit),
    });
    let most = Six::each(|bit| match sides(scope, value, rows, bit) {
        Ok(sides) => at_most(what, &sides, &asked),
        Err(lack) => lack.truth().at(bit),
    });
    let truth = match how {
        How::AtLeast => least,
        How::AtMost => most,
        How::Exactly => least.and(most),
    };
    let steps = match (what, found, &asked) {
        (Aggregate::Total, Some(Amount::Number(found)), Value::Number(asked)) => {
            Steps::share(found, *asked)
        }
        _ => Steps::one(),
    };
    Measured {
        truth,
        found,
        needed: Some(Amount::of(&asked)),
        steps,
        counted: None,
        asked: None,
        serving: Vec::new(),
    }
}

/// The values on each side, or in what manner one is lacking.
fn sides(scope: &Scope<'_>, value: &Expr, rows: &[Row<'_>], bit: Bit) -> Result<Sides, Lack> {
    let mut sides = Sides::default();
    let mut lacking: Option<Lack> = None;
    for row in rows {
        let truth = row.population.and(row.matching);
        let side = match (truth.at(bit), truth.at(bit.dual())) {
            (true, true) => &mut sides.sure,
            (true, false) => &mut sides.helpful,
            (false, true) => &mut sides.harmful,
            (false, false) => continue,
        };
        match value_of(scope, row, value) {
            Ok(value) => side.push(value),
            Err(lack) => lacking = Some(lacking.map_or(lack, |other| other.with(lack))),
        }
    }
    lacking.map_or(Ok(sides), Err)
}

fn at_least(what: Aggregate, sides: &Sides, asked: &Value) -> bool {
    match what {
        Aggregate::Total => {
            let helped = sum(&sides.helpful, Exact::above_zero);
            let harmed = sum(&sides.harmful, Exact::below_zero);
            sum(&sides.sure, |value| value).plus(helped).plus(harmed) >= number(asked)
        }
        Aggregate::Average => {
            let over = |value: Exact| value.minus(number(asked));
            let helped = sum(&sides.helpful, |value| over(value).above_zero());
            let harmed = sum(&sides.harmful, |value| over(value).below_zero());
            let any = !sides.sure.is_empty()
                || sides
                    .helpful
                    .iter()
                    .any(|value| number(value) >= number(asked));
            any && sum(&sides.sure, over).plus(helped).plus(harmed) >= Exact::whole(0)
        }
        Aggregate::Highest => some(sides, asked, Comparison::GreaterOrEqual),
        Aggregate::Lowest => {
            none_at_dual(sides, asked, Comparison::Less)
                && some(sides, asked, Comparison::GreaterOrEqual)
        }
    }
}

fn at_most(what: Aggregate, sides: &Sides, asked: &Value) -> bool {
    match what {
        Aggregate::Total => {
            let helped = sum(&sides.helpful, Exact::below_zero);
            let harmed = sum(&sides.harmful, Exact::above_zero);
            sum(&sides.sure, |value| value).plus(helped).plus(harmed) <= number(asked)
        }
        Aggregate::Average => {
            let over = |value: Exact| value.minus(number(asked));
            let helped = sum(&sides.helpful, |value| over(value).below_zero());
            let harmed = sum(&sides.harmful, |value| over(value).above_zero());
            let any = !sides.sure.is_empty()
                || sides
                    .helpful
                    .iter()
                    .any(|value| number(value) <= number(asked));
            any && sum(&sides.sure, over).plus(helped).plus(harmed) <= Exact::whole(0)
        }
        Aggregate::Highest => {
            none_at_dual(sides, asked, Comparison::Greater)
                && some(sides, asked, Comparison::LessOrEqual)
        }
        Aggregate::Lowest => some(sides, asked, Comparison::LessOrEqual),
    }
}

/// Whether a record that belongs and matches at the bit has such a value.
fn some(sides: &Sides, asked: &Value, comparison: Comparison) -> bool {
    sides
        .sure
        .iter()
        .chain(&sides.helpful)
        .any(|value| compare(value, comparison, asked))
}

/// Whether no record that belongs and matches at the dual has such a value.
fn none_at_dual(sides: &Sides, asked: &Value, comparison: Comparison) -> bool {
    !sides
        .sure
        .iter()
        .chain(&sides.harmful)
        .any(|value| compare(value, comparison, asked))
}

fn sum(values: &[Value], of: impl Fn(Exact) -> Exact) -> Exact {
    values
        .iter()
        .fold(Exact::whole(0), |sum, value| sum.plus(of(number(value))))
}

fn number(value: &Value) -> Exact {
    match value {
        Value::Number(number) => *number,
        other => panic!("no number: {other:?}"),
    }
}

/// What was found as the record stands.
fn found(scope: &Scope<'_>, what: Aggregate, value: &Expr, rows: &[Row<'_>]) -> Option<Amount> {
    let mut values: Vec<Value> = Vec::new();
    for row in rows {
        if row.population.and(row.matching).at(Bit::L0) {
            values.extend(value_of(scope, row, value));
        }
    }
    let better = |comparison| {
        let mut best: Option<&Value> = None;
        for value in &values {
            if best.is_none_or(|best| compare(value, comparison, best)) {
                best = Some(value);
            }
        }
        best.map(Amount::of)
    };
    match what {
        Aggregate::Total => Some(Amount::Number(sum(&values, |value| value))),
        Aggregate::Average if values.is_empty() => None,
        Aggregate::Average => Some(Amount::Number(
            sum(&values, |value| value).one_of(values.len()),
        )),
        Aggregate::Highest => better(Comparison::Greater),
        Aggregate::Lowest => better(Comparison::Less),
    }
}
