//! Where a condition falls short of what is known: the part that fails, what was found, what is asked.

use milepost_engine::outcome::RecordRef;
use milepost_engine::plan::{
    Comparison, Constant, Number, Ordinal, Quantifier, Source, Test, Text, Type, When,
};
use milepost_engine::{Date, Record};

use super::Words;
use super::conditions::{Compared, asked_level};

/// What is known: a candidate's record, and one of its entries.
#[derive(Clone, Copy)]
pub(crate) struct Known<'r> {
    pub(crate) record: &'r Record,
    pub(crate) entry: Option<RecordRef>,
    pub(crate) as_of: Date,
}

/// How a condition falls short.
pub(super) enum Shortfall {
    /// Something is one thing and another is asked; nothing asked means anything else.
    Value {
        subject: String,
        value: String,
        asked: Option<String>,
    },
    /// Something is not known.
    Missing { subject: String },
    /// The condition as a whole is not so.
    Clause(String),
}

impl Known<'_> {
    /// The value of a source.
    pub(super) fn value(self, source: Source) -> Option<Constant> {
        let criterion = |rubric: Option<Constant>, at: u32| match rubric {
            Some(Constant::Rubric(levels)) => levels
                .get(at as usize)
                .copied()
                .flatten()
                .map(Constant::Ordinal),
            _ => None,
        };
        match source {
            Source::Fact(fact) => self.record.fact(fact),
            Source::FactCriterion(fact, at) => criterion(self.record.fact(fact), at),
            Source::Field(field) => self.record.value(self.entry?, field),
            Source::FieldCriterion(field, at) => {
                criterion(self.record.value(self.entry?, field), at)
            }
            Source::Date => self.record.date(self.entry?).map(Constant::Date),
            Source::Expires => self.record.expires(self.entry?).map(Constant::Date),
            Source::Id => Some(Constant::Text(
                self.record.record_id(self.entry?).to_owned(),
            )),
        }
    }

    /// Whether a simple condition holds; nothing if it is not simple or not known.
    pub(super) fn holds(self, test: &Test) -> Option<bool> {
        match test {
            Test::YesNo(source) => Some(self.value(*source)? == Constant::YesNo(true)),
            Test::Not(inner) => self.holds(inner).map(|yes| !yes),
            Test::Numbers(left, comparison, right) => {
                let number = |number: &Number| match number {
                    Number::Literal(literal) => Some(*literal),
                    Number::Of(source) => match self.value(*source)? {
                        Constant::Number(number) => Some(number),
                        _ => None,
                    },
                    _ => None,
                };
                Some(compares(number(left)?.cmp(&number(right)?), *comparison))
            }
            Test::Dates(left, comparison, right) => {
                let date = |when: &When| match when {
                    When::Literal(date) => Some(*date),
                    When::Today => Some(self.as_of),
                    When::Of(source) => match self.value(*source)? {
                        Constant::Date(date) => Some(date),
                        _ => None,
                    },
                    _ => None,
                };
                Some(compares(date(left)?.cmp(&date(right)?), *comparison))
            }
            Test::Ordinals(left, comparison, right) => {
                let place = |ordinal: &Ordinal| match ordinal {
                    Ordinal::Literal(place) => Some(*place),
                    Ordinal::Of(source) => match self.value(*source)? {
                        Constant::Ordinal(place) => Some(place),
                        _ => None,
                    },
                };
                Some(compares(place(left)?.cmp(&place(right)?), *comparison))
            }
            Test::Texts(left, equal, right) => {
                let text = |text: &Text| match text {
                    Text::Literal(text) => Some(text.clone()),
                    Text::Of(source) => match self.value(*source)? {
                        Constant::Text(text) => Some(text),
                        _ => None,
                    },
                };
                Some((text(left)? == text(right)?) == *equal)
            }
            Test::OneOf(parts) => {
                let parts = parts
                    .iter()
                    .map(|part| self.holds(part))
                    .collect::<Option<Vec<_>>>()?;
                Some(parts.contains(&true))
            }
            _ => None,
        }
    }
}

const fn compares(order: std::cmp::Ordering, comparison: Comparison) -> bool {
    match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
    }
}

/// A choice of one is that one.
fn only(test: &Test) -> &Test {
    match test {
        Test::OneOf(parts) => match parts.as_slice() {
            [part] => part,
            _ => test,
        },
        other => other,
    }
}

impl Words<'_> {
    /// How a condition that does not hold falls short.
    pub(super) fn shortfall(self, test: &Test, known: Known<'_>) -> Shortfall {
        let value =
            |source: Source, subject: String, asked: Option<String>| match known.value(source) {
                Some(value) => Shortfall::Value {
                    subject,
                    value: self.constant(&value, self.type_of(source))
                        + &self.by_score(source, known).unwrap_or_default(),
                    asked,
                },
                None => Shortfall::Missing { subject },
            };
        match test {
            Test::YesNo(source) => value(*source, self.source(*source), Some("yes".to_owned())),
            Test::Not(inner) => match (only(inner), self.compared(only(inner), false)) {
                (Test::YesNo(source), _) => {
                    value(*source, self.source(*source), Some("no".to_owned()))
                }
                (
                    _,
                    Some(Compared {
                        source: Some(source),
                        subject,
                        asked,
                    }),
                ) => value(
                    source,
                    subject,
                    Some(asked).filter(|asked| !asked.starts_with("not ")),
                ),
                _ => Shortfall::Clause(self.clause(test)),
            },
            Test::Known(source) => Shortfall::Missing {
                subject: self.source(*source),
            },
            Test::OneOf(parts) => match self.options(parts) {
                Some((first, options)) => match first.source {
                    Some(source) => value(source, first.subject, Some(options)),
                    None => Shortfall::Clause(self.clause(test)),
                },
                None => Shortfall::Clause(self.clause(test)),
            },
            Test::Criteria(Quantifier::Every, source, comparison, Ordinal::Literal(level)) => self
                .criterion_short(*source, *comparison, *level, known)
                .unwrap_or_else(|| Shortfall::Clause(self.clause(test))),
            other => match self.compared(other, true) {
                Some(compared) => match compared.source {
                    Some(source) => {
                        let asked = Some(compared.asked).filter(|asked| !asked.starts_with("not "));
                        value(source, compared.subject, asked)
                    }
                    None => Shortfall::Clause(self.clause(test)),
                },
                None => Shortfall::Clause(self.clause(test)),
            },
        }
    }

    /// What a level follows from: " (Score 280, cut scores of 2012-07-01)".
    fn by_score(self, source: Source, known: Known<'_>) -> Option<String> {
        let entry = known.entry?;
        let score = self.parts.score_of(entry.kind, source)?;
        let Some(Type::Level(scale)) = self.type_of(source) else {
            return None;
        };
        let scale = self.parts.scales.get(scale.index())?;
        let cuts = scale.cut_scores(known.record.date(entry)?)?;
        let value = self.constant(&known.value(score)?, self.type_of(score));
        let score = self.source(score);
        Some(format!(" ({score} {value}, cut scores of {})", cuts.from))
    }

    /// The first criterion of a rubric that falls short.
    fn criterion_short(
        self,
        source: Source,
        comparison: Comparison,
        level: u16,
        known: Known<'_>,
    ) -> Option<Shortfall> {
        let Some(Constant::Rubric(levels)) = known.value(source) else {
            return Some(Shortfall::Missing {
                subject: self.source(source),
            });
        };
        let ty = self.type_of(source);
        let (place, found) = levels.iter().enumerate().find(|(_, found)| {
            found.is_none_or(|found| !compares(found.cmp(&level), comparison))
        })?;
        let subject = format!(
            "{} of {}",
            self.criterion_title(source, place)?,
            self.source(source)
        );
        Some(match found {
            Some(found) => Shortfall::Value {
                subject,
                value: self.constant(&Constant::Ordinal(*found), ty),
                asked: Some(asked_level(
                    comparison,
                    &self.ordinal(Ordinal::Literal(level), ty),
                )),
            },
            None => Shortfall::Missing { subject },
        })
    }
}
