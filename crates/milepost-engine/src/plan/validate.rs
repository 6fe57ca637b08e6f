//! Validation: everything that evaluation relies on, asked once when a plan is made.

use super::{
    Aggregate, Constant, Entry, Field, Form, KindId, Measure, Node, NodeId, Number, Ordinal, Parts,
    Quantifier, Records, Source, Spread, Test, Text, Type, Value, When, Window,
};
use crate::date::Unit;
use crate::decimal::Decimal;

/// Requirements of a plan.
pub const NODES: usize = 100_000;
/// Nesting of requirements and of expressions.
pub const NESTING: usize = 200;

/// Why parts make no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// There are too many of something.
    #[error("there are too many {0}")]
    TooMany(&'static str),
    /// Something refers to what is not there, or comes before what it depends on.
    #[error("a reference leads nowhere: {0}")]
    Reference(&'static str),
    /// Something is not of the type its use asks for.
    #[error("something is of the wrong type: {0}")]
    Type(&'static str),
    /// Something is nested too deeply.
    #[error("something is nested too deeply")]
    Nesting,
}

type Checked = Result<(), PlanError>;

/// Asks everything that evaluation relies on.
pub(super) fn validate(parts: &Parts) -> Checked {
    if parts.nodes.len() > NODES {
        return Err(PlanError::TooMany("requirements"));
    }
    for scale in &parts.scales {
        if scale.levels.len() > usize::from(u16::MAX) {
            return Err(PlanError::TooMany("levels"));
        }
    }
    for rubric in &parts.rubrics {
        within(rubric.scale.index(), parts.scales.len(), "a rubric's scale")?;
    }
    let fields = parts.kinds.iter().flat_map(|kind| &kind.fields);
    for field in parts.facts.iter().chain(fields) {
        of_type(parts, &field.ty, true)?;
    }
    for competency in &parts.competencies {
        if let Some(root) = competency.requirement {
            within(
                root.index(),
                parts.nodes.len(),
                "a competency's requirement",
            )?;
        }
        if let Some(valid) = competency.award.as_ref().and_then(|award| award.valid) {
            school_year(parts, valid.unit == Unit::SchoolYears)?;
        }
    }
    for role in &parts.roles {
        for root in std::iter::once(&role.eligible).chain(&role.preferred) {
            within(root.index(), parts.nodes.len(), "a role's requirement")?;
        }
    }
    let mut depths = Vec::with_capacity(parts.nodes.len());
    let mut taken = vec![false; parts.nodes.len()];
    for (place, node) in parts.nodes.iter().enumerate() {
        depths.push(of_node(parts, place, node, &depths, &mut taken)?);
    }
    Ok(())
}

fn within(place: usize, length: usize, what: &'static str) -> Checked {
    if place < length {
        Ok(())
    } else {
        Err(PlanError::Reference(what))
    }
}

fn school_year(parts: &Parts, needed: bool) -> Checked {
    if needed && parts.programme.school_year.is_none() {
        return Err(PlanError::Reference("the start of the school year"));
    }
    Ok(())
}

fn of_type(parts: &Parts, ty: &Type, outermost: bool) -> Checked {
    match ty {
        Type::Level(scale) => within(scale.index(), parts.scales.len(), "a scale"),
        Type::Choice(choices) if choices.len() > usize::from(u16::MAX) => {
            Err(PlanError::TooMany("choices"))
        }
        Type::Rubric(rubric) if outermost => {
            within(rubric.index(), parts.rubrics.len(), "a rubric")
        }
        Type::List(item) if outermost => of_type(parts, item, false),
        Type::Rubric(_) | Type::List(_) => Err(PlanError::Type("a list of lists or rubrics")),
        Type::Number(..)
        | Type::Whole(..)
        | Type::YesNo
        | Type::Date
        | Type::Text
        | Type::Choice(_) => Ok(()),
    }
}

/// How deep a node is; its children stand before it, each under one parent.
fn of_node(
    parts: &Parts,
    place: usize,
    node: &Node,
    depths: &[usize],
    taken: &mut [bool],
) -> Result<usize, PlanError> {
    if let Some(owner) = node.owner {
        within(owner.index(), parts.competencies.len(), "an owner")?;
    }
    let before = |root: NodeId| {
        within(
            root.index(),
            place,
            "a requirement before what it depends on",
        )
    };
    let facts = Within { parts, kind: None };
    match &node.form {
        Form::All(children)
        | Form::Any(children)
        | Form::None(children)
        | Form::InOrder(children)
        | Form::AtLeast(_, children) => {
            if let Form::AtLeast(bound, _) = &node.form {
                facts.number(bound, 0)?;
            }
            let mut depth = 0;
            for child in children {
                before(*child)?;
                match taken.get_mut(child.index()) {
                    Some(taken) if !*taken => *taken = true,
                    _ => return Err(PlanError::Reference("a requirement under two others")),
                }
                depth = depth.max(depths.get(child.index()).copied().unwrap_or(0) + 1);
            }
            if depth > NESTING {
                Err(PlanError::Nesting)
            } else {
                Ok(depth)
            }
        }
        Form::Competency(competency) => {
            let known = parts
                .competencies
                .get(competency.index())
                .ok_or(PlanError::Reference("a competency"))?;
            known.requirement.map_or(Ok(()), before).map(|()| 0)
        }
        Form::Role(role) => {
            let known = parts
                .roles
                .get(role.index())
                .ok_or(PlanError::Reference("a role"))?;
            before(known.eligible).map(|()| 0)
        }
        Form::Condition(test) => facts.test(test, 0).map(|()| 0),
        Form::Records(records) => of_records(parts, records).map(|()| 0),
    }
}

fn of_records(parts: &Parts, records: &Records) -> Checked {
    within(records.kind.index(), parts.kinds.len(), "a kind")?;
    if let Some(competency) = records.competency {
        within(competency.index(), parts.competencies.len(), "a competency")?;
    }
    let facts = Within { parts, kind: None };
    let inside = Within {
        parts,
        kind: Some(records.kind),
    };
    match &records.measure {
        Measure::Count(_, bound) => facts.number(bound, 0)?,
        Measure::No | Measure::Every => {}
        Measure::Share(_, share) => percent(*share)?,
        Measure::Aggregate(_, bound, aggregate, field) => {
            let sums = matches!(aggregate, Aggregate::Total | Aggregate::Average);
            match (bound, field) {
                (Value::Number(bound), Value::Number(field)) => {
                    facts.number(bound, 0)?;
                    inside.number(field, 0)?;
                }
                (Value::Date(bound), Value::Date(field)) if !sums => {
                    facts.when(bound, 0)?;
                    inside.when(field, 0)?;
                }
                (Value::Ordinal(bound), Value::Ordinal(field)) if !sums => {
                    facts.ordinal(*bound)?;
                    inside.ordinal(*field)?;
                }
                _ => return Err(PlanError::Type("an aggregate and its bound")),
            }
        }
    }
    for window in &records.windows {
        match window {
            Window::Within(duration, when) | Window::InThe(duration, when) => {
                school_year(parts, duration.unit == Unit::SchoolYears)?;
                facts.when(when, 0)?;
            }
            Window::Since(when) | Window::Before(when) | Window::After(when) => {
                facts.when(when, 0)?
            }
            Window::From(from, to) => {
                facts.when(from, 0)?;
                facts.when(to, 0)?;
            }
            Window::SchoolYears(..) | Window::SchoolYear(_) => school_year(parts, true)?,
        }
    }
    for test in [&records.whose, &records.matching].into_iter().flatten() {
        inside.test(test, 0)?;
    }
    match records.spread {
        None => Ok(()),
        Some(_) if !matches!(records.measure, Measure::Count(..)) => {
            Err(PlanError::Type("a spread without a count"))
        }
        Some(Spread::Different(source) | Spread::Same(source)) => match inside.ty(source)? {
            Type::Rubric(_) | Type::List(_) => Err(PlanError::Type("a spread by several values")),
            _ => Ok(()),
        },
        Some(Spread::DifferentYears | Spread::ConsecutiveYears(_)) => school_year(parts, true),
    }
}

fn percent(share: Decimal) -> Checked {
    let hundred = Decimal::from_whole(100).unwrap_or(Decimal::MAX);
    if share < Decimal::ZERO || share > hundred {
        Err(PlanError::Type("a share"))
    } else {
        Ok(())
    }
}

/// Where an expression stands: which sources it may have.
#[derive(Clone, Copy)]
struct Within<'a> {
    parts: &'a Parts,
    kind: Option<KindId>,
}

impl Within<'_> {
    fn field(&self, place: u32) -> Result<&Field, PlanError> {
        let kind = self
            .kind
            .and_then(|kind| self.parts.kinds.get(kind.index()));
        kind.and_then(|kind| kind.fields.get(place as usize))
            .ok_or(PlanError::Reference("a field"))
    }

    fn criterion(&self, ty: &Type, criterion: u32) -> Result<Type, PlanError> {
        let Type::Rubric(rubric) = ty else {
            return Err(PlanError::Type("a criterion"));
        };
        let rubric = self
            .parts
            .rubrics
            .get(rubric.index())
            .ok_or(PlanError::Reference("a rubric"))?;
        within(criterion as usize, rubric.criteria.len(), "a criterion")?;
        Ok(Type::Level(rubric.scale))
    }

    fn ty(&self, source: Source) -> Result<Type, PlanError> {
        let fact = |place: usize| {
            self.parts
                .facts
                .get(place)
                .ok_or(PlanError::Reference("a fact"))
        };
        match source {
            Source::Fact(id) => Ok(fact(id.index())?.ty.clone()),
            Source::FactCriterion(id, criterion) => {
                self.criterion(&fact(id.index())?.ty, criterion)
            }
            Source::Field(place) => Ok(self.field(place)?.ty.clone()),
            Source::FieldCriterion(place, criterion) => {
                self.criterion(&self.field(place)?.ty, criterion)
            }
            Source::Date | Source::Expires if self.kind.is_some() => Ok(Type::Date),
            Source::Id if self.kind.is_some() => Ok(Type::Text),
            Source::Date | Source::Expires | Source::Id => Err(PlanError::Reference("a record")),
        }
    }

    fn number(&self, number: &Number, depth: usize) -> Checked {
        deeper(depth)?;
        match number {
            Number::Literal(_) => Ok(()),
            Number::Of(source) => match self.ty(*source)? {
                Type::Number(..) | Type::Whole(..) => Ok(()),
                _ => Err(PlanError::Type("a number")),
            },
            Number::OfLevel(source, scale) => match self.ty(*source)? {
                Type::Level(own) if own == *scale => Ok(()),
                _ => Err(PlanError::Type("the number of a level")),
            },
            Number::Add(left, right)
            | Number::Subtract(left, right)
            | Number::Multiply(left, right) => {
                self.number(left, depth + 1)?;
                self.number(right, depth + 1)
            }
        }
    }

    fn when(&self, when: &When, depth: usize) -> Checked {
        deeper(depth)?;
        match when {
            When::Literal(_) | When::Today => Ok(()),
            When::YearStart(_) | When::YearEnd(_) => school_year(self.parts, true),
            When::Of(source) => match self.ty(*source)? {
                Type::Date => Ok(()),
                _ => Err(PlanError::Type("a date")),
            },
            When::Plus(when, _) | When::Minus(when, _) | When::Next(_, when) => {
                self.when(when, depth + 1)
            }
        }
    }

    fn ordinal(&self, ordinal: Ordinal) -> Checked {
        match ordinal {
            Ordinal::Literal(_) => Ok(()),
            Ordinal::Of(source) => match self.ty(source)? {
                Type::Level(_) | Type::Choice(_) => Ok(()),
                _ => Err(PlanError::Type("a level or a choice")),
            },
        }
    }

    fn text(&self, text: &Text) -> Checked {
        match text {
            Text::Literal(_) => Ok(()),
            Text::Of(source) => match self.ty(*source)? {
                Type::Text => Ok(()),
                _ => Err(PlanError::Type("a text")),
            },
        }
    }

    fn test(&self, test: &Test, depth: usize) -> Checked {
        deeper(depth)?;
        match test {
            Test::Literal(_) => Ok(()),
            Test::All(tests) | Test::Any(tests) | Test::OneOf(tests) => {
                tests.iter().try_for_each(|test| self.test(test, depth + 1))
            }
            Test::Not(test) => self.test(test, depth + 1),
            Test::YesNo(source) => match self.ty(*source)? {
                Type::YesNo => Ok(()),
                _ => Err(PlanError::Type("a yes or no")),
            },
            Test::Numbers(left, _, right) => {
                self.number(left, 0)?;
                self.number(right, 0)
            }
            Test::Dates(left, _, right) => {
                self.when(left, 0)?;
                self.when(right, 0)
            }
            Test::Ordinals(left, _, right) => self.ordinals(*left, *right),
            Test::Texts(left, _, right) => {
                self.text(left)?;
                self.text(right)
            }
            Test::Contains(source, value) => match (self.ty(*source)?, value) {
                (Type::List(item), value) => self.constant(&item, value),
                _ => Err(PlanError::Type("a list")),
            },
            Test::Known(source) => self.ty(*source).map(|_| ()),
            Test::Criteria(quantifier, source, _, level) => {
                let Type::Rubric(rubric) = self.ty(*source)? else {
                    return Err(PlanError::Type("a rubric"));
                };
                if rubric.index() >= self.parts.rubrics.len() {
                    return Err(PlanError::Reference("a rubric"));
                }
                match quantifier {
                    Quantifier::Every => {}
                    Quantifier::Count(_, bound) => self.number(bound, 0)?,
                    Quantifier::Share(_, share) => percent(*share)?,
                }
                self.ordinal(*level)
            }
        }
    }

    /// Two levels of one scale, or two choices of one field.
    fn ordinals(&self, left: Ordinal, right: Ordinal) -> Checked {
        let ty = |ordinal: Ordinal| match ordinal {
            Ordinal::Literal(_) => Ok(None),
            Ordinal::Of(source) => self.ty(source).map(Some),
        };
        self.ordinal(left)?;
        self.ordinal(right)?;
        match (ty(left)?, ty(right)?) {
            (Some(one), Some(two)) if one != two => {
                Err(PlanError::Type("levels of different scales"))
            }
            _ => Ok(()),
        }
    }

    fn constant(&self, ty: &Type, value: &Constant) -> Checked {
        let known =
            |place: u16, entries: usize| within(usize::from(place), entries, "a level or a choice");
        match (ty, value) {
            (Type::Number(..) | Type::Whole(..), Constant::Number(_))
            | (Type::YesNo, Constant::YesNo(_))
            | (Type::Date, Constant::Date(_))
            | (Type::Text, Constant::Text(_)) => Ok(()),
            (Type::Level(scale), Constant::Ordinal(place)) => known(
                *place,
                self.parts
                    .scales
                    .get(scale.index())
                    .map_or(0, |scale| scale.levels.len()),
            ),
            (Type::Choice(choices), Constant::Ordinal(place)) => {
                known(*place, <[Entry]>::len(choices))
            }
            _ => Err(PlanError::Type("a value of a list")),
        }
    }
}

fn deeper(depth: usize) -> Checked {
    if depth > NESTING {
        Err(PlanError::Nesting)
    } else {
        Ok(())
    }
}
