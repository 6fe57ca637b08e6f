//! One value of a fact or a field: a piece of JSON and the type asked for in, the constant out.

use std::borrow::Cow;

use milepost_engine::plan::{Constant, Entry, RubricId, Type};
use milepost_engine::{Date, Decimal, DecimalError};

use super::Decoder;
use super::json::{self, Raw, Shape};
use super::names::{nearest, titled};
use super::place::Place;
use super::problems::{known, quoted, say};

/// The most bytes a text has.
const TEXT: usize = 64 * 1024;

/// What was found, in words.
pub(super) fn found(shape: &Shape<'_>) -> String {
    match shape {
        Shape::Null => "`null`".to_owned(),
        Shape::YesNo(yes) => format!("`{yes}`"),
        Shape::Number(text) => format!("the number {}", quoted(text)),
        Shape::Text(text) => format!("the text {}", quoted(text)),
        Shape::BrokenText => "a text that is broken".to_owned(),
        Shape::List => "a list".to_owned(),
        Shape::Object => "an object".to_owned(),
    }
}

impl<'t> Decoder<'_, 't> {
    /// A value of a type.
    pub(super) fn constant(
        &mut self,
        raw: Raw<'t>,
        ty: &Type,
        place: &Place<'_>,
    ) -> Option<Constant> {
        match ty {
            Type::Number(least, most) => self
                .number(raw, (*least, *most), false, place)
                .map(Constant::Number),
            Type::Whole(least, most) => self
                .number(raw, (*least, *most), true, place)
                .map(Constant::Number),
            Type::YesNo => self.yes_no(raw, place).map(Constant::YesNo),
            Type::Date => self.date(raw, place).map(Constant::Date),
            Type::Text => self
                .text(raw, place)
                .map(|text| Constant::Text(text.into_owned())),
            Type::Level(scale) => {
                let plan = self.plan;
                let scale = plan.parts().scales.get(scale.index())?;
                let levels = scale.levels.iter().map(|level| &level.entry);
                let what = format_args!("level of {}", scale.entry.name);
                self.entry(raw, levels, what, place).map(Constant::Ordinal)
            }
            Type::Choice(choices) => self
                .entry(raw, choices.iter(), format_args!("choice"), place)
                .map(Constant::Ordinal),
            Type::Rubric(rubric) => self.rubric(raw, *rubric, place),
            Type::List(item) => self.list(raw, item, place),
        }
    }

    /// The value is not what was asked for.
    pub(super) fn mistyped(
        &mut self,
        raw: Raw<'_>,
        expected: &str,
        help: Option<&str>,
        place: &Place<'_>,
    ) {
        self.problems.add(place, || match json::shape(raw) {
            Shape::BrokenText => say("the text has an escape that stands for no character"),
            shape => say(format!("expected {expected}, found {}", found(&shape)))
                .help(help.map(str::to_owned)),
        });
    }

    /// A text, not too long.
    pub(super) fn text(&mut self, raw: Raw<'t>, place: &Place<'_>) -> Option<Cow<'t, str>> {
        match json::shape(raw) {
            Shape::Text(text) if text.len() > TEXT => {
                self.problems
                    .add(place, || say("a text of more than 64 KiB"));
                None
            }
            Shape::Text(text) => Some(text),
            Shape::Number(_) => {
                self.mistyped(raw, "a text", Some("write it in quotation marks"), place);
                None
            }
            _ => {
                self.mistyped(raw, "a text", None, place);
                None
            }
        }
    }

    fn yes_no(&mut self, raw: Raw<'_>, place: &Place<'_>) -> Option<bool> {
        match json::shape(raw) {
            Shape::YesNo(yes) => Some(yes),
            Shape::Text(_) => {
                let help = "write `true` or `false` without quotation marks";
                self.mistyped(raw, "yes or no (`true` or `false`)", Some(help), place);
                None
            }
            _ => {
                self.mistyped(raw, "yes or no (`true` or `false`)", None, place);
                None
            }
        }
    }

    /// A day.
    pub(super) fn date(&mut self, raw: Raw<'_>, place: &Place<'_>) -> Option<Date> {
        const EXPECTED: &str = "a date like `2026-07-01`";
        let Shape::Text(text) = json::shape(raw) else {
            self.mistyped(raw, EXPECTED, None, place);
            return None;
        };
        if let Ok(date) = text.parse() {
            return Some(date);
        }
        let day = text.get(..10).unwrap_or(&text);
        if !like_a_date(day) {
            self.mistyped(
                raw,
                EXPECTED,
                Some("a date is written year-month-day"),
                place,
            );
        } else if text.len() > day.len() {
            self.mistyped(raw, EXPECTED, Some("leave out what follows the day"), place);
        } else {
            self.problems.add(place, || {
                say(format!("the date {} does not exist", quoted(day)))
            });
        }
        None
    }

    fn number(
        &mut self,
        raw: Raw<'_>,
        (least, most): (Decimal, Decimal),
        whole: bool,
        place: &Place<'_>,
    ) -> Option<Decimal> {
        let expected = if whole { "a whole number" } else { "a number" };
        let Shape::Number(text) = json::shape(raw) else {
            let bare =
                matches!(json::shape(raw), Shape::Text(text) if Decimal::parse(&text).is_ok());
            self.mistyped(
                raw,
                expected,
                bare.then_some("write it without quotation marks"),
                place,
            );
            return None;
        };
        let number = match Decimal::parse(text) {
            Ok(number) => number,
            Err(DecimalError::Malformed | DecimalError::OutOfRange) => {
                self.problems.add(place, || {
                    say(format!("the number {} has too many digits", quoted(text)))
                        .help("at most nine before the point and six after it".to_owned())
                });
                return None;
            }
        };
        if whole && !number.is_whole() {
            self.problems.add(place, || {
                say(format!("expected {expected}, found {}", quoted(text)))
            });
            return None;
        }
        if number < least || number > most {
            self.problems.add(place, || {
                say(format!("the number {} is out of range", quoted(text))).help(range(least, most))
            });
            return None;
        }
        Some(number)
    }

    /// The place of a name among entries.
    fn entry<'e>(
        &mut self,
        raw: Raw<'t>,
        entries: impl Iterator<Item = &'e Entry> + Clone,
        what: std::fmt::Arguments<'_>,
        place: &Place<'_>,
    ) -> Option<u16> {
        let names = || {
            entries
                .clone()
                .map(|entry| entry.name.as_str())
                .collect::<Vec<_>>()
        };
        let Shape::Text(text) = json::shape(raw) else {
            self.problems.add(place, || {
                say(format!(
                    "expected the name of a {what}, found {}",
                    found(&json::shape(raw))
                ))
                .help(known(None, &names()))
            });
            return None;
        };
        let place_of = entries.clone().position(|entry| entry.name == text);
        if place_of.is_none() {
            self.problems.add(place, || {
                say(format!("unknown {what} {}", quoted(&text)))
                    .help(known(nearest(&text, entries.clone().map(titled)), &names()))
            });
        }
        place_of.and_then(|place| u16::try_from(place).ok())
    }

    /// A rubric: an object of criterion to level.
    fn rubric(&mut self, raw: Raw<'t>, rubric: RubricId, place: &Place<'_>) -> Option<Constant> {
        let plan = self.plan;
        let rubric = plan.parts().rubrics.get(rubric.index())?;
        if !matches!(json::shape(raw), Shape::Object) {
            self.mistyped(raw, "an object of criterion to level", None, place);
            return None;
        }
        let ty = Type::Level(rubric.scale);
        let mut levels: Vec<Option<u16>> = vec![None; rubric.criteria.len()];
        for (key, value) in self.keys_of(raw, place) {
            let place = place.key(&key);
            let at = rubric
                .criteria
                .iter()
                .position(|criterion| criterion.name == key);
            let Some(slot) = at.and_then(|at| levels.get_mut(at)) else {
                self.problems.add(&place, || {
                    let names: Vec<_> = rubric
                        .criteria
                        .iter()
                        .map(|criterion| criterion.name.as_str())
                        .collect();
                    say(format!(
                        "unknown criterion {} of {}",
                        quoted(&key),
                        rubric.entry.name
                    ))
                    .help(known(
                        nearest(&key, rubric.criteria.iter().map(titled)),
                        &names,
                    ))
                });
                continue;
            };
            if !json::is_null(value)
                && let Some(Constant::Ordinal(level)) = self.constant(value, &ty, &place)
            {
                *slot = Some(level);
            }
        }
        Some(Constant::Rubric(levels))
    }

    fn list(&mut self, raw: Raw<'t>, item: &Type, place: &Place<'_>) -> Option<Constant> {
        if !matches!(json::shape(raw), Shape::List) {
            self.mistyped(raw, "a list", Some("write it in square brackets"), place);
            return None;
        }
        let mut values = Vec::new();
        json::items(raw, |index, value| {
            let place = place.index(index);
            values.extend(self.constant(value, item, &place));
            self.room(&place)
        });
        Some(Constant::List(values))
    }
}

/// Digits where the digits of a date stand.
fn like_a_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// A range in words.
fn range(least: Decimal, most: Decimal) -> String {
    if most == Decimal::MAX {
        format!("it is {least} or more")
    } else {
        format!("it is from {least} to {most}")
    }
}
