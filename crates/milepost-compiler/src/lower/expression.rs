//! Expressions: parameters replaced by arguments, each type to its own kind of plan expression.

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::plan::{self, Comparison, Number, Ordinal, Source, Test, Text, When};

use super::Lowering;
use crate::model::{Expr, ExprKind, Quantifier, Type};

/// Operators in one condition once arguments are filled in.
const OPERATORS: usize = milepost_syntax::MAX_OPERATORS;

/// What the parameters of the rule being written out stand for.
#[derive(Clone, Default)]
pub(super) struct Environment {
    pub(super) arguments: Vec<Argument>,
}

/// An argument, lowered where it was given.
#[derive(Clone)]
pub(super) enum Argument {
    Number(Number),
    When(When),
    Text(Text),
    Ordinal(Ordinal),
    Test(Test),
}

impl Lowering<'_> {
    /// An argument of a call.
    pub(super) fn argument(
        &mut self,
        expr: &Expr,
        environment: &Environment,
        call: Span,
    ) -> Option<Argument> {
        let (argument, size) = match &expr.ty {
            Type::Number | Type::Whole => {
                let number = self.number(expr, environment)?;
                let size = number_size(&number);
                (Argument::Number(number), size)
            }
            Type::Date => {
                let when = self.when(expr, environment)?;
                let size = when_size(&when);
                (Argument::When(when), size)
            }
            Type::Text => (Argument::Text(self.text(expr, environment)?), 0),
            Type::Level(_) => (Argument::Ordinal(self.ordinal(expr, environment)?), 0),
            Type::YesNo => {
                let test = self.condition(expr, environment)?;
                let size = test_size(&test);
                (Argument::Test(test), size)
            }
            _ => return None,
        };
        if size > OPERATORS {
            self.too_long(call);
            return None;
        }
        Some(argument)
    }

    fn too_long(&mut self, span: Span) {
        self.report(
            Diagnostic::new(
                Code::TooManyOperators,
                span,
                format!(
                    "with its arguments filled in, a condition has more than {OPERATORS} operators"
                ),
            )
            .help("split it: give parts of it as requirements of their own"),
        );
    }

    /// A condition.
    pub(super) fn condition(&mut self, expr: &Expr, environment: &Environment) -> Option<Test> {
        let test = self.test(expr, environment)?;
        if test_size(&test) > 2 * OPERATORS {
            self.too_long(expr.span);
            return None;
        }
        Some(test)
    }

    fn test(&mut self, expr: &Expr, environment: &Environment) -> Option<Test> {
        Some(match &expr.kind {
            ExprKind::YesNo(answer) => Test::Literal(*answer),
            ExprKind::Not(inner) => Test::Not(Box::new(self.test(inner, environment)?)),
            ExprKind::And(..) => {
                let mut parts = Vec::new();
                self.flatten(expr, environment, true, &mut parts)?;
                Test::All(parts)
            }
            ExprKind::Or(..) => {
                let mut parts = Vec::new();
                self.flatten(expr, environment, false, &mut parts)?;
                Test::Any(parts)
            }
            ExprKind::Compare(left, comparison, right) => {
                self.comparison(left, *comparison, right, environment)?
            }
            ExprKind::In(value, items) => {
                let mut tests = Vec::with_capacity(items.len());
                for item in items {
                    tests.push(self.comparison(value, Comparison::Equal, item, environment)?);
                }
                Test::OneOf(tests)
            }
            ExprKind::Contains(list, value) => Test::Contains(self.source(list)?, value.clone()),
            ExprKind::IsKnown(inner) => Test::Known(self.source(inner)?),
            ExprKind::Criteria(quantifier, rubric, comparison, level) => {
                let quantifier = match quantifier {
                    Quantifier::Every => plan::Quantifier::Every,
                    Quantifier::Count(how, bound) => {
                        plan::Quantifier::Count(*how, self.number(bound, environment)?)
                    }
                    Quantifier::Share(how, share) => plan::Quantifier::Share(*how, *share),
                };
                Test::Criteria(
                    quantifier,
                    self.source(rubric)?,
                    *comparison,
                    self.ordinal(level, environment)?,
                )
            }
            ExprKind::Parameter(place) => match environment.arguments.get(*place as usize)? {
                Argument::Test(test) => test.clone(),
                _ => return None,
            },
            _ => Test::YesNo(self.source(expr)?),
        })
    }

    /// The parts of a chain of `and` or of `or`.
    fn flatten(
        &mut self,
        expr: &Expr,
        environment: &Environment,
        and: bool,
        parts: &mut Vec<Test>,
    ) -> Option<()> {
        match (&expr.kind, and) {
            (ExprKind::And(left, right), true) | (ExprKind::Or(left, right), false) => {
                self.flatten(left, environment, and, parts)?;
                self.flatten(right, environment, and, parts)
            }
            _ => {
                parts.push(self.test(expr, environment)?);
                Some(())
            }
        }
    }

    fn comparison(
        &mut self,
        left: &Expr,
        comparison: Comparison,
        right: &Expr,
        environment: &Environment,
    ) -> Option<Test> {
        Some(match &left.ty {
            Type::Number | Type::Whole => {
                let left_number = self.number(left, environment)?;
                let right_number = self.number(right, environment)?;
                Test::Numbers(left_number, comparison, right_number)
            }
            Type::Date => Test::Dates(
                self.when(left, environment)?,
                comparison,
                self.when(right, environment)?,
            ),
            Type::Level(_) | Type::Choice(_) => Test::Ordinals(
                self.ordinal(left, environment)?,
                comparison,
                self.ordinal(right, environment)?,
            ),
            Type::Text => Test::Texts(
                self.text(left, environment)?,
                comparison == Comparison::Equal,
                self.text(right, environment)?,
            ),
            Type::YesNo => {
                let whole = left.span.to(right.span);
                let left = self.test(left, environment)?;
                let right = self.test(right, environment)?;
                let same = comparison == Comparison::Equal;
                match (left, right) {
                    (test, Test::Literal(answer)) | (Test::Literal(answer), test) => {
                        if answer == same {
                            test
                        } else {
                            Test::Not(Box::new(test))
                        }
                    }
                    // Both are written twice, so conditions in one another would double each time.
                    (left, right) if test_size(&left) + test_size(&right) > OPERATORS => {
                        self.too_long(whole);
                        return None;
                    }
                    (left, right) => {
                        let neither = vec![
                            Test::Not(Box::new(left.clone())),
                            Test::Not(Box::new(right.clone())),
                        ];
                        let equal =
                            Test::Any(vec![Test::All(vec![left, right]), Test::All(neither)]);
                        if same {
                            equal
                        } else {
                            Test::Not(Box::new(equal))
                        }
                    }
                }
            }
            _ => return None,
        })
    }

    /// A number.
    pub(super) fn number(&mut self, expr: &Expr, environment: &Environment) -> Option<Number> {
        let number = self.number_part(expr, environment)?;
        if number_size(&number) > OPERATORS {
            self.too_long(expr.span);
            return None;
        }
        let size = digits(&number);
        if size.before > 18 || size.after > 12 {
            self.report(
                Diagnostic::new(
                    Code::TooManyFactors,
                    expr.span,
                    "this may have more than 18 digits before the point or 12 after",
                )
                .help("so that every result is exact, multiply fewer numbers; put a product into a fact of its own"),
            );
            return None;
        }
        Some(number)
    }

    fn number_part(&mut self, expr: &Expr, environment: &Environment) -> Option<Number> {
        let two = |this: &mut Self, left: &Expr, right: &Expr| {
            Some((
                Box::new(this.number_part(left, environment)?),
                Box::new(this.number_part(right, environment)?),
            ))
        };
        Some(match &expr.kind {
            ExprKind::Number(number) => Number::Literal(*number),
            ExprKind::Add(left, right) => {
                two(self, left, right).map(|(left, right)| Number::Add(left, right))?
            }
            ExprKind::Subtract(left, right) => {
                two(self, left, right).map(|(left, right)| Number::Subtract(left, right))?
            }
            ExprKind::Multiply(left, right) => {
                two(self, left, right).map(|(left, right)| Number::Multiply(left, right))?
            }
            ExprKind::LevelNumber(level, scale) => match self.ordinal(level, environment)? {
                Ordinal::Of(source) => Number::OfLevel(source, *scale),
                Ordinal::Literal(level) => {
                    let (_, number) = self.model.scale(*scale)?.levels.get(usize::from(level))?;
                    Number::Literal((*number)?)
                }
            },
            ExprKind::Parameter(place) => match environment.arguments.get(*place as usize)? {
                Argument::Number(number) => number.clone(),
                _ => return None,
            },
            _ => Number::Of(self.source(expr)?),
        })
    }

    /// A day.
    pub(super) fn when(&mut self, expr: &Expr, environment: &Environment) -> Option<When> {
        Some(match &expr.kind {
            ExprKind::Date(date) => When::Literal(*date),
            ExprKind::Today => When::Today,
            ExprKind::RoleStart(role, stage) => When::RoleStart(*role, *stage),
            ExprKind::YearStart(year) => When::YearStart(*year),
            ExprKind::YearEnd(year) => When::YearEnd(*year),
            ExprKind::NextDay(day, after) => {
                When::Next(*day, Box::new(self.when(after, environment)?))
            }
            ExprKind::Add(date, duration) | ExprKind::Subtract(date, duration) => {
                let ExprKind::Duration(duration) = duration.kind else {
                    return None;
                };
                let date = Box::new(self.when(date, environment)?);
                if matches!(expr.kind, ExprKind::Add(..)) {
                    When::Plus(date, duration)
                } else {
                    When::Minus(date, duration)
                }
            }
            ExprKind::Parameter(place) => match environment.arguments.get(*place as usize)? {
                Argument::When(when) => when.clone(),
                _ => return None,
            },
            _ => When::Of(self.source(expr)?),
        })
    }

    /// A level or a choice.
    pub(super) fn ordinal(&mut self, expr: &Expr, environment: &Environment) -> Option<Ordinal> {
        match &expr.kind {
            ExprKind::Ordinal(ordinal) => Some(Ordinal::Literal(*ordinal)),
            ExprKind::Parameter(place) => match environment.arguments.get(*place as usize)? {
                Argument::Ordinal(ordinal) => Some(*ordinal),
                _ => None,
            },
            _ => self.source(expr).map(Ordinal::Of),
        }
    }

    fn text(&mut self, expr: &Expr, environment: &Environment) -> Option<Text> {
        match &expr.kind {
            ExprKind::Text(text) => Some(Text::Literal(text.clone())),
            ExprKind::Parameter(place) => match environment.arguments.get(*place as usize)? {
                Argument::Text(text) => Some(text.clone()),
                _ => None,
            },
            _ => self.source(expr).map(Text::Of),
        }
    }

    /// Where a value comes from.
    pub(super) fn source(&self, expr: &Expr) -> Option<Source> {
        Some(match &expr.kind {
            ExprKind::Fact(id) => Source::Fact(*id),
            ExprKind::Field(place) => Source::Field(*place),
            ExprKind::RecordDate => Source::Date,
            ExprKind::RecordExpires => Source::Expires,
            ExprKind::RecordId => Source::Id,
            ExprKind::Criterion(of, criterion) => match self.source(of)? {
                Source::Fact(id) => Source::FactCriterion(id, *criterion),
                Source::Field(place) => Source::FieldCriterion(place, *criterion),
                _ => return None,
            },
            _ => return None,
        })
    }
}

fn number_size(number: &Number) -> usize {
    match number {
        Number::Add(left, right)
        | Number::Subtract(left, right)
        | Number::Multiply(left, right) => 1 + number_size(left) + number_size(right),
        _ => 0,
    }
}

/// How many digits a number may have.
#[derive(Clone, Copy)]
struct Digits {
    before: u32,
    after: u32,
}

/// The most digits the value of an expression may have. Sums of up to 64 terms are left a digit or two of room by the engine.
fn digits(number: &Number) -> Digits {
    match number {
        Number::Literal(value) => {
            let micros = value.micros().unsigned_abs();
            let before = (micros / 1_000_000)
                .checked_ilog10()
                .map_or(0, |digits| digits + 1);
            let after = (0..=6u32)
                .find(|&after| micros % 10u64.pow(6 - after) == 0)
                .unwrap_or(6);
            Digits { before, after }
        }
        Number::Of(_) | Number::OfLevel(..) => Digits {
            before: 9,
            after: 6,
        },
        Number::Add(left, right) | Number::Subtract(left, right) => {
            let (left, right) = (digits(left), digits(right));
            Digits {
                before: left.before.max(right.before),
                after: left.after.max(right.after),
            }
        }
        Number::Multiply(left, right) => {
            let (left, right) = (digits(left), digits(right));
            Digits {
                before: left.before.saturating_add(right.before),
                after: left.after.saturating_add(right.after),
            }
        }
    }
}

fn when_size(when: &When) -> usize {
    match when {
        When::Plus(inner, _) | When::Minus(inner, _) | When::Next(_, inner) => 1 + when_size(inner),
        _ => 0,
    }
}

fn test_size(test: &Test) -> usize {
    match test {
        Test::All(tests) | Test::Any(tests) => {
            tests.len().saturating_sub(1) + tests.iter().map(test_size).sum::<usize>()
        }
        Test::OneOf(tests) => 1 + tests.iter().map(test_size).max().unwrap_or(0),
        Test::Not(inner) => 1 + test_size(inner),
        Test::Numbers(left, _, right) => 1 + number_size(left) + number_size(right),
        Test::Dates(left, _, right) => 1 + when_size(left) + when_size(right),
        _ => 1,
    }
}
