//! Expressions: a model expression, arguments and perhaps a record in; a value, what is lacking, or six truths out.

use std::cmp::Ordering;

use milepost_compiler::model::{Expr, ExprKind, Quantifier, Scale, Type};
use milepost_engine::Date;
use milepost_engine::plan::{Comparison, Constant, How};

use super::World;
use super::day::{self, Day, day};
use super::exact::Exact;
use super::population::Row;
use super::six::Six;
use super::stage;

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Number(Exact),
    /// A day.
    Day(Day),
    /// A text.
    Text(String),
    /// Yes or no.
    YesNo(bool),
    /// A level or a choice.
    Ordinal(u16),
    /// A level for each criterion.
    Rubric(Vec<Option<u16>>),
    /// Several values.
    List(Vec<Constant>),
}

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// An unknown fact, or a field missing on an accepted record.
    Unknown,
    /// A field missing on a record under review.
    Unfilled,
}

/// A value, or why there is none.
pub type Found = Result<Value, Lack>;

/// What a parameter stands for.
#[derive(Clone, Debug)]
pub enum Argument {
    /// A value.
    Value(Found),
    /// A condition.
    Truth(Six),
}

/// What names mean at some place of a programme.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The programme, the record and the day.
    pub world: &'a World<'a>,
    /// The arguments of the rule being called.
    pub arguments: &'a [Argument],
    /// The record looked at.
    pub row: Option<&'a Row<'a>>,
}

impl Lack {
    /// What it makes of a comparison.
    #[must_use]
    pub const fn truth(self) -> Six {
        match self {
            Self::Unknown => Six::UNKNOWN,
            Self::Unfilled => Six::UNFILLED,
        }
    }

    /// The one that holds where two meet.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        if self == Self::Unfilled && other == Self::Unfilled {
            Self::Unfilled
        } else {
            Self::Unknown
        }
    }
}

/// Both values, or what is lacking.
fn both(left: Found, right: Found) -> Result<(Value, Value), Lack> {
    match (left, right) {
        (Ok(left), Ok(right)) => Ok((left, right)),
        (Err(one), Err(other)) => Err(one.with(other)),
        (Err(lack), Ok(_)) | (Ok(_), Err(lack)) => Err(lack),
    }
}

impl<'a> Scope<'a> {
    /// The argument that an expression gives to a rule.
    #[must_use]
    pub fn argument(&self, expr: &Expr) -> Argument {
        match (&expr.kind, &expr.ty) {
            (ExprKind::Parameter(place), _) => self.parameter(*place).clone(),
            (ExprKind::Fact(_), _) => Argument::Value(self.value(expr)),
            (_, Type::YesNo) => Argument::Truth(self.truth(expr)),
            _ => Argument::Value(self.value(expr)),
        }
    }

    fn parameter(&self, place: u32) -> &'a Argument {
        self.arguments
            .get(place as usize)
            .unwrap_or_else(|| panic!("no argument {place}"))
    }

    /// The value of an expression that is not a condition made of others.
    pub fn value(&self, expr: &Expr) -> Found {
        Ok(match &expr.kind {
            ExprKind::Number(number) => Value::Number(Exact::decimal(*number)),
            ExprKind::Date(date) => Value::Day(day(*date)),
            ExprKind::Text(text) => Value::Text(text.clone()),
            ExprKind::YesNo(answer) => Value::YesNo(*answer),
            ExprKind::Ordinal(ordinal) => Value::Ordinal(*ordinal),
            ExprKind::Today => Value::Day(self.world.as_of),
            ExprKind::YearStart(away) => {
                let year = self.world.school_year(self.world.as_of) + i64::from(*away);
                Value::Day(day::start_of(self.world.starts(), year))
            }
            ExprKind::YearEnd(away) => {
                let year = self.world.school_year(self.world.as_of) + i64::from(*away);
                Value::Day(day::end_of(self.world.starts(), year))
            }
            ExprKind::RoleStart(role, stage) => {
                let start = stage::start(self.world, *role, *stage);
                Value::Day(start.unwrap_or_else(|| day(Date::MAX)))
            }
            ExprKind::NextDay(wanted, after) => Value::Day(day::next(*wanted, self.day(after)?)),
            ExprKind::Fact(fact) => {
                let known = self
                    .world
                    .input
                    .facts
                    .iter()
                    .find(|(known, _)| known == fact);
                constant(&known.ok_or(Lack::Unknown)?.1)
            }
            ExprKind::Field(place) => {
                let row = self.row();
                if let Some((score, scale)) = self.follows(*place) {
                    let level = self
                        .given(score)
                        .and_then(|it| level_of(scale, it, row.day));
                    return Ok(Value::Ordinal(level.ok_or_else(|| row.lack())?));
                }
                constant(self.given(*place as usize).ok_or_else(|| row.lack())?)
            }
            ExprKind::RecordDate => Value::Day(self.row().day),
            ExprKind::RecordExpires => {
                let row = self.row();
                Value::Day(day(row.evidence.expires.ok_or_else(|| row.lack())?))
            }
            ExprKind::RecordId => Value::Text(self.row().evidence.id.clone()),
            ExprKind::Criterion(rubric, place) => {
                let Value::Rubric(levels) = self.value(rubric)? else {
                    panic!("no rubric: {rubric:?}")
                };
                let level = levels.get(*place as usize).copied().flatten();
                Value::Ordinal(level.ok_or_else(|| self.lack_of(rubric))?)
            }
            ExprKind::LevelNumber(level, scale) => {
                let Value::Ordinal(level) = self.value(level)? else {
                    panic!("no level: {level:?}")
                };
                let scale = self
                    .world
                    .model
                    .scale(*scale)
                    .map(|scale| scale.levels.as_slice())
                    .unwrap_or_default();
                let number = scale
                    .get(usize::from(level))
                    .and_then(|(_, number)| *number);
                Value::Number(Exact::decimal(
                    number.unwrap_or_else(|| panic!("a level without a number")),
                ))
            }
            ExprKind::Parameter(place) => match self.parameter(*place) {
                Argument::Value(found) => return found.clone(),
                Argument::Truth(_) => panic!("a condition is no value"),
            },
            ExprKind::Add(left, right) => self.arithmetic(left, right, Exact::plus, 1)?,
            ExprKind::Subtract(left, right) => self.arithmetic(left, right, Exact::minus, -1)?,
            ExprKind::Multiply(left, right) => self.arithmetic(left, right, Exact::times, 0)?,
            other => panic!("no value: {other:?}"),
        })
    }

    fn arithmetic(
        &self,
        left: &Expr,
        right: &Expr,
        numbers: impl Fn(Exact, Exact) -> Exact,
        sign: i64,
    ) -> Result<Value, Lack> {
        if let ExprKind::Duration(duration) = &right.kind {
            return Ok(Value::Day(self.day(left)?.plus(*duration, sign)));
        }
        match both(self.value(left), self.value(right))? {
            (Value::Number(left), Value::Number(right)) => Ok(Value::Number(numbers(left, right))),
            other => panic!("no numbers: {other:?}"),
        }
    }

    /// The day of an expression of days.
    pub fn day(&self, expr: &Expr) -> Result<Day, Lack> {
        match self.value(expr)? {
            Value::Day(day) => Ok(day),
            other => panic!("no day: {other:?}"),
        }
    }

    /// The number of an expression of numbers.
    pub fn number(&self, expr: &Expr) -> Result<Exact, Lack> {
        match self.value(expr)? {
            Value::Number(number) => Ok(number),
            other => panic!("no number: {other:?}"),
        }
    }

    fn row(&self) -> &'a Row<'a> {
        self.row
            .unwrap_or_else(|| panic!("a field where there is no record"))
    }

    /// What the record gives for a field.
    fn given(&self, place: usize) -> Option<&'a Constant> {
        self.row().evidence.fields.get(place)?.as_ref()
    }

    /// The score and the scale of a level that follows from one.
    fn follows(&self, place: u32) -> Option<(usize, &'a Scale)> {
        let kind = self.world.model.kind(self.row().evidence.kind)?;
        let field = kind.fields.get(place as usize)?;
        let score = field.from_score.as_ref()?;
        let score = kind.fields.iter().position(|it| it.named.name == *score)?;
        let Type::Level(scale) = &field.ty else {
            panic!("no level: {field:?}")
        };
        Some((score, self.world.model.scale(*scale)?))
    }

    /// In what manner a fact or field is lacking, if it is.
    fn lack_of(&self, source: &Expr) -> Lack {
        match &source.kind {
            ExprKind::Field(_) | ExprKind::RecordExpires => self.row().lack(),
            ExprKind::Criterion(of, _) => self.lack_of(of),
            _ => Lack::Unknown,
        }
    }

    /// The six truths of a condition.
    pub fn truth(&self, expr: &Expr) -> Six {
        match &expr.kind {
            ExprKind::YesNo(answer) => Six::of(*answer),
            ExprKind::Not(inner) => self.truth(inner).negated(),
            ExprKind::And(left, right) => self.truth(left).and(self.truth(right)),
            ExprKind::Or(left, right) => self.truth(left).or(self.truth(right)),
            ExprKind::Compare(left, comparison, right) => self.comparison(left, *comparison, right),
            ExprKind::In(value, items) => items
                .iter()
                .map(|item| self.comparison(value, Comparison::Equal, item))
                .fold(Six::FALSE, Six::or),
            ExprKind::Contains(list, wanted) => match self.value(list) {
                Ok(Value::List(items)) => Six::of(items.contains(wanted)),
                Ok(other) => panic!("no list: {other:?}"),
                Err(lack) => lack.truth(),
            },
            ExprKind::IsKnown(source) => match (self.value(source), self.lack_of(source)) {
                (Ok(_), _) => Six::TRUE,
                (Err(_), Lack::Unknown) => Six::FALSE,
                (Err(_), Lack::Unfilled) => Six::UNDER_REVIEW,
            },
            ExprKind::Criteria(quantifier, rubric, comparison, level) => {
                self.criteria(quantifier, rubric, *comparison, level)
            }
            ExprKind::Parameter(place) => match self.parameter(*place) {
                Argument::Truth(truth) => *truth,
                Argument::Value(Ok(Value::YesNo(answer))) => Six::of(*answer),
                Argument::Value(Ok(other)) => panic!("no condition: {other:?}"),
                Argument::Value(Err(lack)) => lack.truth(),
            },
            _ => match self.value(expr) {
                Ok(Value::YesNo(answer)) => Six::of(answer),
                Ok(other) => panic!("no condition: {other:?}"),
                Err(lack) => lack.truth(),
            },
        }
    }

    fn comparison(&self, left: &Expr, comparison: Comparison, right: &Expr) -> Six {
        if left.ty == Type::YesNo {
            let (left, right) = (self.truth(left), self.truth(right));
            let same = left.and(right).or(left.negated().and(right.negated()));
            return if comparison == Comparison::Equal {
                same
            } else {
                same.negated()
            };
        }
        match both(self.value(left), self.value(right)) {
            Ok((left, right)) => Six::of(compare(&left, comparison, &right)),
            Err(lack) => lack.truth(),
        }
    }

    fn criteria(
        &self,
        quantifier: &Quantifier,
        rubric: &Expr,
        comparison: Comparison,
        level: &Expr,
    ) -> Six {
        let levels: Vec<Option<u16>> = match self.value(rubric) {
            Ok(Value::Rubric(levels)) => levels,
            Ok(other) => panic!("no rubric: {other:?}"),
            Err(_) => vec![None; self.criteria_of(rubric)],
        };
        let asked = self.value(level);
        let tests: Vec<Six> = levels
            .iter()
            .map(|level| {
                level
                    .map(Value::Ordinal)
                    .ok_or_else(|| self.lack_of(rubric))
            })
            .map(|level| match both(level, asked.clone()) {
                Ok((level, asked)) => Six::of(compare(&level, comparison, &asked)),
                Err(lack) => lack.truth(),
            })
            .collect();
        let all = tests.len() as i128;
        match quantifier {
            Quantifier::Every => tests.into_iter().fold(Six::TRUE, Six::and),
            Quantifier::Count(how, bound) => match self.number(bound) {
                Ok(bound) => bounded(
                    *how,
                    |bit| Exact::whole(count(&tests, bit)) >= bound,
                    |bit| Exact::whole(count(&tests, bit)) <= bound,
                ),
                Err(lack) => lack.truth(),
            },
            Quantifier::Share(how, share) => {
                let asked = Exact::decimal(*share).times(Exact::whole(all));
                let hundredfold = |bit| Exact::whole(count(&tests, bit) * 100);
                bounded(
                    *how,
                    |bit| hundredfold(bit) >= asked,
                    |bit| hundredfold(bit) <= asked,
                )
            }
        }
    }

    fn criteria_of(&self, rubric: &Expr) -> usize {
        match &rubric.ty {
            Type::Rubric(id) => self
                .world
                .model
                .rubric(*id)
                .map_or(0, |rubric| rubric.criteria.len()),
            other => panic!("no rubric: {other:?}"),
        }
    }
}

/// How many are true at a bit.
fn count(tests: &[Six], bit: super::six::Bit) -> i128 {
    tests.iter().filter(|test| test.at(bit)).count() as i128
}

/// At least: where it is enough. At most: where it is not too much at the dual. Exactly: both.
pub fn bounded(
    how: How,
    enough: impl Fn(super::six::Bit) -> bool,
    within: impl Fn(super::six::Bit) -> bool,
) -> Six {
    let least = Six::each(&enough);
    let most = Six::each(|bit| within(bit.dual()));
    match how {
        How::AtLeast => least,
        How::AtMost => most,
        How::Exactly => least.and(most),
    }
}

/// Whether two values of one type compare so.
#[must_use]
pub fn compare(left: &Value, comparison: Comparison, right: &Value) -> bool {
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.cmp(right),
        (Value::Day(left), Value::Day(right)) => left.cmp(right),
        (Value::Ordinal(left), Value::Ordinal(right)) => left.cmp(right),
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        (Value::YesNo(left), Value::YesNo(right)) => left.cmp(right),
        other => panic!("cannot be compared: {other:?}"),
    };
    match comparison {
        Comparison::Equal => order == Ordering::Equal,
        Comparison::NotEqual => order != Ordering::Equal,
        Comparison::Less => order == Ordering::Less,
        Comparison::LessOrEqual => order != Ordering::Greater,
        Comparison::Greater => order == Ordering::Greater,
        Comparison::GreaterOrEqual => order != Ordering::Less,
    }
}

fn constant(constant: &Constant) -> Value {
    match constant {
        Constant::Number(number) => Value::Number(Exact::decimal(*number)),
        Constant::YesNo(answer) => Value::YesNo(*answer),
        Constant::Date(date) => Value::Day(day(*date)),
        Constant::Text(text) => Value::Text(text.clone()),
        Constant::Ordinal(ordinal) => Value::Ordinal(*ordinal),
        Constant::Rubric(levels) => Value::Rubric(levels.clone()),
        Constant::List(items) => Value::List(items.clone()),
    }
}

/// The level of a score: the last one whose cut score it reaches, of the last cut scores that begin no later than the record.
fn level_of(scale: &Scale, score: &Constant, on: Day) -> Option<u16> {
    let Constant::Number(score) = score else {
        panic!("no score: {score:?}")
    };
    let mut begun = scale.cut_scores.iter().filter(|set| day(set.from) <= on);
    let set = begun.next_back()?;
    let mut reached = set.cuts.iter().filter(|(_, cut, _)| cut <= score);
    Some(reached.next_back().map_or(0, |(level, ..)| *level))
}
