//! Expressions and conditions: what a plan writes in, nothing or what does not hold out.

use std::borrow::Cow;

use super::declarations::{Tally, duration};
use super::{Checked, NESTING, PlanError, ranged, school_year};
use crate::date::Unit;
use crate::decimal::Decimal;
use crate::plan::{
    Constant, Entry, Field, KindId, Number, Ordinal, Parts, Quantifier, Source, Test, Text, Type,
    When,
};

/// Operators in one expression.
const OPERATORS: usize = 64;
/// Digits before and after the point that a number may come to have.
const BEFORE: u32 = 18;
const AFTER: u32 = 12;

/// Expressions that stand in one place: over facts alone, or over the records of a kind as well.
#[derive(Clone, Copy)]
pub(super) struct Expressions<'a> {
    parts: &'a Parts,
    tally: &'a Tally,
    kind: Option<KindId>,
}

/// The size of an expression of numbers.
#[derive(Clone, Copy)]
struct Size {
    operators: usize,
    before: u32,
    after: u32,
    whole: bool,
}

impl<'a> Expressions<'a> {
    pub(super) const fn over_facts(parts: &'a Parts, tally: &'a Tally) -> Self {
        Self {
            parts,
            tally,
            kind: None,
        }
    }

    pub(super) const fn over_records(parts: &'a Parts, tally: &'a Tally, kind: KindId) -> Self {
        Self {
            parts,
            tally,
            kind: Some(kind),
        }
    }

    fn fact(self, place: usize) -> Result<&'a Field, PlanError> {
        let fact = self.parts.facts.get(place);
        let fact = fact.ok_or(PlanError::Reference("a fact"))?;
        self.tally.says(&fact.entry);
        Ok(fact)
    }

    fn field(self, place: u32) -> Result<&'a Field, PlanError> {
        let kind = self
            .kind
            .and_then(|kind| self.parts.kinds.get(kind.index()));
        let field = kind.and_then(|kind| kind.fields.get(place as usize));
        let field = field.ok_or(PlanError::Reference("a field"))?;
        self.tally.says(&field.entry);
        Ok(field)
    }

    fn criterion(self, ty: &Type, criterion: u32) -> Result<Cow<'a, Type>, PlanError> {
        let Type::Rubric(rubric) = ty else {
            return Err(PlanError::Type("a criterion"));
        };
        let rubric = self.parts.rubrics.get(rubric.index());
        let rubric = rubric.ok_or(PlanError::Reference("a rubric"))?;
        let criterion = rubric.criteria.get(criterion as usize);
        self.tally
            .says(criterion.ok_or(PlanError::Reference("a criterion"))?);
        Ok(Cow::Owned(Type::Level(rubric.scale)))
    }

    /// The type of a source, if it may stand here.
    pub(super) fn ty(self, source: Source) -> Result<Cow<'a, Type>, PlanError> {
        match source {
            Source::Fact(id) => Ok(Cow::Borrowed(&self.fact(id.index())?.ty)),
            Source::FactCriterion(id, criterion) => {
                self.criterion(&self.fact(id.index())?.ty, criterion)
            }
            Source::Field(place) => Ok(Cow::Borrowed(&self.field(place)?.ty)),
            Source::FieldCriterion(place, criterion) => {
                self.criterion(&self.field(place)?.ty, criterion)
            }
            Source::Date | Source::Expires if self.kind.is_some() => Ok(Cow::Owned(Type::Date)),
            Source::Id if self.kind.is_some() => Ok(Cow::Owned(Type::Text)),
            Source::Date | Source::Expires | Source::Id => Err(PlanError::Reference("a record")),
        }
    }

    /// A number, small enough to stay exact.
    pub(super) fn number(self, number: &Number) -> Checked {
        self.size(number, 0).map(|_| ())
    }

    /// A whole number.
    pub(super) fn whole(self, number: &Number) -> Checked {
        if self.size(number, 0)?.whole {
            Ok(())
        } else {
            Err(PlanError::Type("a whole number"))
        }
    }

    fn size(self, number: &Number, depth: usize) -> Result<Size, PlanError> {
        if depth > OPERATORS {
            return Err(PlanError::Nesting);
        }
        let of_source = |whole: bool| Size {
            operators: 0,
            before: 9,
            after: if whole { 0 } else { 6 },
            whole,
        };
        let size = match number {
            Number::Literal(value) => written(*value),
            Number::Of(source) => match &*self.ty(*source)? {
                Type::Number(..) => of_source(false),
                Type::Whole(..) => of_source(true),
                _ => return Err(PlanError::Type("a number")),
            },
            Number::OfLevel(source, scale) => {
                match &*self.ty(*source)? {
                    Type::Level(of) if of == scale => {}
                    _ => return Err(PlanError::Type("the number of a level")),
                }
                if !self.tally.is_numbered(*scale) {
                    return Err(PlanError::Reference("the number of a level"));
                }
                of_source(false)
            }
            Number::Add(left, right) | Number::Subtract(left, right) => {
                let (left, right) = (self.size(left, depth + 1)?, self.size(right, depth + 1)?);
                Size {
                    operators: left.operators + right.operators + 1,
                    before: left.before.max(right.before),
                    after: left.after.max(right.after),
                    whole: left.whole && right.whole,
                }
            }
            Number::Multiply(left, right) => {
                let (left, right) = (self.size(left, depth + 1)?, self.size(right, depth + 1)?);
                Size {
                    operators: left.operators + right.operators + 1,
                    before: left.before.saturating_add(right.before),
                    after: left.after.saturating_add(right.after),
                    whole: left.whole && right.whole,
                }
            }
        };
        if size.operators > OPERATORS || size.before > BEFORE || size.after > AFTER {
            return Err(PlanError::TooMany("operators or digits in an expression"));
        }
        Ok(size)
    }

    /// An expression of days.
    pub(super) fn when(self, when: &When) -> Checked {
        self.day(when, 0)
    }

    fn day(self, when: &When, depth: usize) -> Checked {
        deeper(depth)?;
        match when {
            When::Literal(_) | When::Today => Ok(()),
            When::YearStart(away) | When::YearEnd(away) => {
                ranged((-1..=1).contains(away), "school years")?;
                school_year(self.parts, true)
            }
            When::RoleStart(role, stage) => {
                let known = self.parts.roles.get(role.index());
                self.tally
                    .says(&known.ok_or(PlanError::Reference("a role"))?.entry);
                let Some(stage) = stage else { return Ok(()) };
                let known = self.parts.stages.get(stage.index());
                let known = known.filter(|stage| stage.role == *role);
                self.tally
                    .says(&known.ok_or(PlanError::Reference("a stage"))?.entry);
                Ok(())
            }
            When::Of(source) => match &*self.ty(*source)? {
                Type::Date => Ok(()),
                _ => Err(PlanError::Type("a date")),
            },
            When::Plus(when, length) | When::Minus(when, length) => {
                if length.unit == Unit::SchoolYears {
                    return Err(PlanError::Type("school years added to a date"));
                }
                duration(self.parts, *length)?;
                self.day(when, depth + 1)
            }
            When::Next(_, when) => self.day(when, depth + 1),
        }
    }

    /// A level or a choice, by itself.
    pub(super) fn ordinal(self, ordinal: Ordinal) -> Checked {
        match ordinal {
            Ordinal::Literal(_) => Ok(()),
            Ordinal::Of(source) => match &*self.ty(source)? {
                Type::Level(_) | Type::Choice(_) => Ok(()),
                _ => Err(PlanError::Type("a level or a choice")),
            },
        }
    }

    /// Two levels of one scale, or two choices of one field.
    pub(super) fn ordinals(self, left: Ordinal, right: Ordinal) -> Checked {
        self.ordinal(left)?;
        self.ordinal(right)?;
        match (left, right) {
            (Ordinal::Literal(_), Ordinal::Literal(_)) => Ok(()),
            (Ordinal::Literal(place), Ordinal::Of(source))
            | (Ordinal::Of(source), Ordinal::Literal(place)) => {
                self.constant(&*self.ty(source)?, &Constant::Ordinal(place))
            }
            (Ordinal::Of(one), Ordinal::Of(other)) if one == other => Ok(()),
            (Ordinal::Of(one), Ordinal::Of(other)) => match (&*self.ty(one)?, &*self.ty(other)?) {
                (Type::Level(one), Type::Level(other)) if one == other => Ok(()),
                _ => Err(PlanError::Type("levels of different scales")),
            },
        }
    }

    fn text(self, text: &Text) -> Checked {
        match text {
            Text::Literal(_) => Ok(()),
            Text::Of(source) => match &*self.ty(*source)? {
                Type::Text => Ok(()),
                _ => Err(PlanError::Type("a text")),
            },
        }
    }

    /// A condition.
    pub(super) fn test(self, test: &Test) -> Checked {
        self.part(test, 0)
    }

    fn part(self, test: &Test, depth: usize) -> Checked {
        deeper(depth)?;
        match test {
            Test::Literal(_) => Ok(()),
            Test::All(tests) | Test::Any(tests) | Test::OneOf(tests) => {
                tests.iter().try_for_each(|test| self.part(test, depth + 1))
            }
            Test::Not(test) => self.part(test, depth + 1),
            Test::YesNo(source) => match &*self.ty(*source)? {
                Type::YesNo => Ok(()),
                _ => Err(PlanError::Type("a yes or no")),
            },
            Test::Numbers(left, _, right) => {
                self.number(left)?;
                self.number(right)
            }
            Test::Dates(left, _, right) => {
                self.when(left)?;
                self.when(right)
            }
            Test::Ordinals(left, _, right) => self.ordinals(*left, *right),
            Test::Texts(left, _, right) => {
                self.text(left)?;
                self.text(right)
            }
            Test::Contains(source, value) => match &*self.ty(*source)? {
                Type::List(item) => self.constant(item, value),
                _ => Err(PlanError::Type("a list")),
            },
            Test::Known(source) => self.ty(*source).map(|_| ()),
            Test::Criteria(quantifier, source, _, level) => {
                self.criteria(quantifier, *source, *level)
            }
        }
    }

    fn criteria(self, quantifier: &Quantifier, source: Source, level: Ordinal) -> Checked {
        let ty = self.ty(source)?;
        let Type::Rubric(rubric) = &*ty else {
            return Err(PlanError::Type("a rubric"));
        };
        let rubric = self.parts.rubrics.get(rubric.index());
        let rubric = rubric.ok_or(PlanError::Reference("a rubric"))?;
        self.tally.costs(rubric.criteria.len());
        let scale = Type::Level(rubric.scale);
        match quantifier {
            Quantifier::Every => {}
            Quantifier::Count(_, bound) => self.number(bound)?,
            Quantifier::Share(_, share) => self.percent(*share)?,
        }
        match level {
            Ordinal::Literal(place) => self.constant(&scale, &Constant::Ordinal(place)),
            Ordinal::Of(source) => match (&*self.ty(source)?, scale) {
                (Type::Level(one), Type::Level(other)) if *one == other => Ok(()),
                _ => Err(PlanError::Type("levels of different scales")),
            },
        }
    }

    /// A value written out; numbers may lie out of range, for nothing goes wrong by that.
    fn constant(self, ty: &Type, value: &Constant) -> Checked {
        let known = |entry: Option<&Entry>| {
            self.tally
                .says(entry.ok_or(PlanError::Reference("a level or a choice"))?);
            Ok(())
        };
        match (ty, value) {
            (Type::Number(..) | Type::Whole(..), Constant::Number(_))
            | (Type::YesNo, Constant::YesNo(_))
            | (Type::Date, Constant::Date(_))
            | (Type::Text, Constant::Text(_)) => Ok(()),
            (Type::Level(scale), Constant::Ordinal(place)) => {
                let scale = self.parts.scales.get(scale.index());
                let level = scale.and_then(|scale| scale.levels.get(usize::from(*place)));
                known(level.map(|level| &level.entry))
            }
            (Type::Choice(choices), Constant::Ordinal(place)) => {
                known(choices.get(usize::from(*place)))
            }
            _ => Err(PlanError::Type("a value written out")),
        }
    }

    /// So many per cent.
    pub(super) fn percent(self, share: Decimal) -> Checked {
        let hundred = Decimal::from_whole(100).unwrap_or(Decimal::MAX);
        if share < Decimal::ZERO || share > hundred {
            return Err(PlanError::Type("a share"));
        }
        Ok(())
    }
}

/// The digits of a number that is written out.
fn written(number: Decimal) -> Size {
    let micros = number.micros().unsigned_abs();
    let before = (micros / 1_000_000)
        .checked_ilog10()
        .map_or(0, |log| log + 1);
    let after = (0..6u32).find(|after| micros.is_multiple_of(10u64.pow(6 - after)));
    Size {
        operators: 0,
        before,
        after: after.unwrap_or(6),
        whole: number.is_whole(),
    }
}

fn deeper(depth: usize) -> Checked {
    if depth > NESTING {
        Err(PlanError::Nesting)
    } else {
        Ok(())
    }
}
