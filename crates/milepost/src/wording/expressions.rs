//! Expressions and values in words: "Hours times Weight", "6 months before Licence valid until", "Mastered".

use milepost_engine::outcome::Amount;
use milepost_engine::plan::{Constant, Field, Number, Ordinal, Source, Text, Type, Value, When};

use super::Words;
use super::phrases::{list, title};
use crate::report::text as json;
use crate::wire;

impl<'a> Words<'a> {
    /// What a source is called.
    pub(crate) fn source(self, source: Source) -> String {
        let field = |field: Option<&'a Field>| {
            field.map_or_else(String::new, |it| title(&it.entry).into_owned())
        };
        let fact = |id: milepost_engine::plan::FactId| self.parts.facts.get(id.index());
        let own = |at: u32| self.kind.and_then(|kind| kind.fields.get(at as usize));
        match source {
            Source::Fact(id) => field(fact(id)),
            Source::FactCriterion(id, criterion) => self.criterion(fact(id), criterion),
            Source::Field(at) => field(own(at)),
            Source::FieldCriterion(at, criterion) => self.criterion(own(at), criterion),
            Source::Date => "its date".to_owned(),
            Source::Expires => "the last day it counts".to_owned(),
            Source::Id => "its id".to_owned(),
        }
    }

    /// "Planning of Lesson ratings".
    fn criterion(self, field: Option<&Field>, criterion: u32) -> String {
        let Some(field) = field else {
            return String::new();
        };
        let entry = match &field.ty {
            Type::Rubric(rubric) => self
                .parts
                .rubrics
                .get(rubric.index())
                .and_then(|rubric| rubric.criteria.get(criterion as usize)),
            _ => None,
        };
        entry.map_or_else(String::new, |entry| {
            format!("{} of {}", title(entry), title(&field.entry))
        })
    }

    /// An expression of numbers.
    pub(super) fn number(self, number: &Number) -> String {
        match number {
            Number::Literal(number) => number.to_string(),
            Number::Of(source) | Number::OfLevel(source, _) => self.source(*source),
            Number::Add(left, right) => {
                format!("{} plus {}", self.summand(left), self.summand(right))
            }
            Number::Subtract(left, right) => {
                format!("{} minus {}", self.summand(left), self.operand(right))
            }
            Number::Multiply(left, right) => {
                format!("{} times {}", self.operand(left), self.operand(right))
            }
        }
    }

    /// A part of a sum: it needs no parentheses if it is one itself.
    fn summand(self, number: &Number) -> String {
        match number {
            Number::Add(..) | Number::Subtract(..) => self.number(number),
            _ => self.operand(number),
        }
    }

    fn operand(self, number: &Number) -> String {
        match number {
            Number::Literal(_) | Number::Of(_) | Number::OfLevel(..) => self.number(number),
            _ => format!("({})", self.number(number)),
        }
    }

    /// An expression of days.
    pub(super) fn when(self, when: &When) -> String {
        let year = |year: i32, edge: &str| match year {
            -1 => format!("the {edge} of last school year"),
            0 => format!("the {edge} of this school year"),
            1 => format!("the {edge} of next school year"),
            other => format!("the {edge} of the school year {other:+} from this one"),
        };
        match when {
            When::Literal(date) => date.to_string(),
            When::Today => "today".to_owned(),
            When::Of(source) => self.source(*source),
            When::Plus(when, duration) => format!("{duration} after {}", self.moment(when)),
            When::Minus(when, duration) => format!("{duration} before {}", self.moment(when)),
            When::YearStart(offset) => year(*offset, "start"),
            When::YearEnd(offset) => year(*offset, "end"),
            When::RoleStart(role, stage) => {
                let role = self
                    .parts
                    .roles
                    .get(role.index())
                    .map(|it| title(&it.entry));
                let stage = stage.and_then(|id| self.parts.stages.get(id.index()));
                let role = role.unwrap_or_default();
                match stage {
                    Some(stage) => format!("the start of {role} ({})", title(&stage.entry)),
                    None => format!("the start of {role}"),
                }
            }
            When::Next(day, after) => format!("the next {day} after {}", self.moment(after)),
        }
    }

    /// An expression of days within another.
    pub(super) fn moment(self, when: &When) -> String {
        match when {
            When::Plus(..) | When::Minus(..) | When::Next(..) => format!("({})", self.when(when)),
            _ => self.when(when),
        }
    }

    /// An expression of texts.
    pub(super) fn text(self, text: &Text) -> String {
        match text {
            Text::Literal(text) => format!("\"{text}\""),
            Text::Of(source) => self.source(*source),
        }
    }

    /// An expression of levels or choices; `ty` says of which.
    pub(super) fn ordinal(self, ordinal: Ordinal, ty: Option<&'a Type>) -> String {
        match ordinal {
            Ordinal::Literal(place) => self.entry_title(place, ty),
            Ordinal::Of(source) => self.source(source),
        }
    }

    fn entry_title(self, place: u16, ty: Option<&'a Type>) -> String {
        let entry = ty.and_then(|ty| self.entry(place, ty));
        entry.map_or_else(
            || format!("number {}", u32::from(place) + 1),
            |entry| title(entry).into_owned(),
        )
    }

    fn entry(self, place: u16, ty: &'a Type) -> Option<&'a milepost_engine::plan::Entry> {
        match ty {
            Type::Choice(choices) => choices.get(usize::from(place)),
            ty => self
                .scale_of(ty)?
                .levels
                .get(usize::from(place))
                .map(|level| &level.entry),
        }
    }

    /// An expression of values.
    pub(super) fn value(self, value: &Value, ty: Option<&'a Type>) -> String {
        match value {
            Value::Number(number) => self.number(number),
            Value::Date(when) => self.when(when),
            Value::Ordinal(ordinal) => self.ordinal(*ordinal, ty),
        }
    }

    /// A value of a record.
    pub(crate) fn constant(self, constant: &Constant, ty: Option<&'a Type>) -> String {
        match constant {
            Constant::Number(number) => number.to_string(),
            Constant::YesNo(true) => "yes".to_owned(),
            Constant::YesNo(false) => "no".to_owned(),
            Constant::Date(date) => date.to_string(),
            Constant::Text(text) => format!("\"{text}\""),
            Constant::Ordinal(place) => self.entry_title(*place, ty),
            Constant::Rubric(_) => "a rubric".to_owned(),
            Constant::List(items) => {
                let ty = ty.and_then(|ty| match ty {
                    Type::List(item) => Some(&**item),
                    _ => None,
                });
                let items: Vec<_> = items.iter().map(|item| self.constant(item, ty)).collect();
                list(&items, "and")
            }
        }
    }

    /// A quantity, for people.
    pub(super) fn amount(self, amount: Amount, ty: Option<&'a Type>) -> String {
        let mut said = String::new();
        match amount {
            Amount::Ordinal(place) => return self.entry_title(place, ty),
            Amount::Date(date) => return date.to_string(),
            _ => self.quantity(amount, ty, &mut said),
        }
        if matches!(amount, Amount::Percent(_)) {
            said.push('%');
        }
        said
    }

    /// A quantity, for programs: JSON at the end of a document.
    pub(crate) fn quantity(self, amount: Amount, ty: Option<&'a Type>, out: &mut String) {
        match amount {
            Amount::Count(count) => wire::write_number(out, i128::from(count), 0),
            Amount::Number(units) => wire::write_number(out, units, 12),
            Amount::Percent(units) => wire::write_number(out, i128::from(units), 6),
            Amount::Date(date) => json::day(out, date),
            Amount::Ordinal(place) => {
                let entry = ty.and_then(|ty| self.entry(place, ty));
                json::text(out, entry.map_or("", |entry| &entry.name));
            }
        }
    }
}
