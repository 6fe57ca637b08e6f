//! Conditions in words: "Rubric score is Mastered or better and Years of teaching is 3 or more".

use milepost_engine::plan::{
    Comparison, Number, Ordinal, Quantifier, Source, Test, Text, Type, When,
};

use super::Words;
use super::phrases::{count, how, list, title};

/// A comparison with what is compared on the left.
pub(super) struct Compared {
    /// What it is about, if that is one thing known of the candidate or the record.
    pub(super) source: Option<Source>,
    /// Its name.
    pub(super) subject: String,
    /// What is asked of it: "3 or more".
    pub(super) asked: String,
}

impl Words<'_> {
    /// A condition as a clause.
    pub(crate) fn clause(self, test: &Test) -> String {
        self.clause_of(test, true)
    }

    /// The clause, or that of its negation. Conditions have at most 64 operators, so this goes no deeper.
    fn clause_of(self, test: &Test, holds: bool) -> String {
        let is = if holds { "is" } else { "is not" };
        match test {
            Test::Literal(value) => if *value == holds { "always" } else { "never" }.to_owned(),
            Test::All(parts) => self.joined(parts, holds, if holds { "and" } else { "or" }),
            Test::Any(parts) => self.joined(parts, holds, if holds { "or" } else { "and" }),
            Test::Not(inner) => self.clause_of(inner, !holds),
            Test::YesNo(source) => format!(
                "{} is {}",
                self.source(*source),
                if holds { "yes" } else { "no" }
            ),
            Test::Known(source) => format!("{} {is} known", self.source(*source)),
            Test::OneOf(parts) => self.one_of(parts, is),
            Test::Contains(source, value) => {
                let contains = if holds {
                    "contains"
                } else {
                    "does not contain"
                };
                let item = self.type_of(*source).and_then(|ty| match ty {
                    Type::List(item) => Some(&**item),
                    _ => None,
                });
                format!(
                    "{} {contains} {}",
                    self.source(*source),
                    self.constant(value, item)
                )
            }
            Test::Criteria(quantifier, source, comparison, level) => {
                let criteria = self.criteria(quantifier, *source, *comparison, *level);
                match (holds, quantifier) {
                    (true, _) => criteria,
                    (false, Quantifier::Every) => format!("not {criteria}"),
                    (false, _) => format!("it is not so that {criteria}"),
                }
            }
            Test::Numbers(..) | Test::Dates(..) | Test::Ordinals(..) | Test::Texts(..) => {
                match self.compared(test, holds) {
                    Some(compared) => format!("{} is {}", compared.subject, compared.asked),
                    None => String::new(),
                }
            }
        }
    }

    /// A condition after "with": "Rubric score Mastered or better"; nothing if it is not as simple as that.
    pub(super) fn with(self, test: &Test) -> Option<String> {
        let parts = match test {
            Test::All(parts) => parts.as_slice(),
            other => std::slice::from_ref(other),
        };
        let each = parts.iter().map(|part| {
            let compared = self.compared(part, true)?;
            compared.source?;
            Some(format!("{} {}", compared.subject, compared.asked))
        });
        each.collect::<Option<Vec<_>>>()
            .map(|parts| list(&parts, "and"))
    }

    /// A comparison, turned so that what is known of the candidate stands on the left.
    pub(super) fn compared(self, test: &Test, holds: bool) -> Option<Compared> {
        let turned = |comparison: Comparison, left_is_written_out: bool| {
            let comparison = if left_is_written_out {
                mirrored(comparison)
            } else {
                comparison
            };
            if holds {
                comparison
            } else {
                negated(comparison)
            }
        };
        Some(match test {
            Test::Numbers(left, comparison, right) => {
                let flip = matches!(left, Number::Literal(_));
                let (left, right) = if flip { (right, left) } else { (left, right) };
                let plain = matches!(right, Number::Literal(_));
                Compared {
                    source: match left {
                        Number::Of(source) => Some(*source),
                        _ => None,
                    },
                    subject: self.number(left),
                    asked: asked_number(turned(*comparison, flip), &self.number(right), plain),
                }
            }
            Test::Dates(left, comparison, right) => {
                let flip = !matches!(left, When::Of(_)) && matches!(right, When::Of(_));
                let (left, right) = if flip { (right, left) } else { (left, right) };
                Compared {
                    source: match left {
                        When::Of(source) => Some(*source),
                        _ => None,
                    },
                    subject: self.when(left),
                    asked: asked_date(turned(*comparison, flip), &self.when(right)),
                }
            }
            Test::Ordinals(left, comparison, right) => {
                let flip = matches!(left, Ordinal::Literal(_));
                let (left, right) = if flip {
                    (*right, *left)
                } else {
                    (*left, *right)
                };
                let source = match left {
                    Ordinal::Of(source) => Some(source),
                    Ordinal::Literal(_) => None,
                };
                let ty = source.and_then(|source| self.type_of(source));
                Compared {
                    source,
                    subject: self.ordinal(left, ty),
                    asked: asked_level(turned(*comparison, flip), &self.ordinal(right, ty)),
                }
            }
            Test::Texts(left, equal, right) => {
                let flip = matches!(left, Text::Literal(_));
                let (left, right) = if flip { (right, left) } else { (left, right) };
                let not = if *equal == holds { "" } else { "not " };
                Compared {
                    source: match left {
                        Text::Of(source) => Some(*source),
                        Text::Literal(_) => None,
                    },
                    subject: self.text(left),
                    asked: format!("{not}{}", self.text(right)),
                }
            }
            _ => return None,
        })
    }

    /// What `in { … }` lists.
    pub(super) fn options(self, parts: &[Test]) -> Option<(Compared, String)> {
        let options: Vec<_> = parts
            .iter()
            .filter_map(|part| self.compared(part, true))
            .map(|part| part.asked)
            .collect();
        let first = parts.first().and_then(|part| self.compared(part, true))?;
        Some((first, list(&options, "or")))
    }

    fn one_of(self, parts: &[Test], is: &str) -> String {
        self.options(parts)
            .map_or_else(String::new, |(first, options)| {
                format!("{} {is} {options}", first.subject)
            })
    }

    fn joined(self, parts: &[Test], holds: bool, word: &str) -> String {
        let parts: Vec<_> = parts
            .iter()
            .map(|part| match part {
                Test::All(inner) | Test::Any(inner) if inner.len() > 1 => {
                    format!("({})", self.clause_of(part, holds))
                }
                _ => self.clause_of(part, holds),
            })
            .collect();
        parts.join(&format!(" {word} "))
    }

    fn criteria(
        self,
        quantifier: &Quantifier,
        source: Source,
        comparison: Comparison,
        level: Ordinal,
    ) -> String {
        let ty = self.type_of(source);
        let asked = asked_level(comparison, &self.ordinal(level, ty));
        let rubric = self.source(source);
        match quantifier {
            Quantifier::Every => format!("every criterion of {rubric} is {asked}"),
            Quantifier::Count(bound, number) => {
                let number = self.counted(number);
                let criteria = if number == "one" {
                    "criterion"
                } else {
                    "criteria"
                };
                let are = if number == "one" { "is" } else { "are" };
                format!(
                    "{} {number} {criteria} of {rubric} {are} {asked}",
                    how(*bound)
                )
            }
            Quantifier::Share(bound, share) => {
                format!(
                    "{} {share}% of the criteria of {rubric} are {asked}",
                    how(*bound)
                )
            }
        }
    }

    /// The first criterion of a rubric that falls short: its place and title.
    pub(super) fn criterion_title(self, source: Source, place: usize) -> Option<String> {
        match self.type_of(source)? {
            Type::Rubric(rubric) => {
                let rubric = self.parts.rubrics.get(rubric.index())?;
                rubric
                    .criteria
                    .get(place)
                    .map(|entry| title(entry).into_owned())
            }
            _ => None,
        }
    }

    /// A count that is a bound: in words if it is written out.
    pub(super) fn counted(self, number: &Number) -> String {
        match number {
            Number::Literal(literal) => {
                match literal
                    .to_whole()
                    .and_then(|whole| u64::try_from(whole).ok())
                {
                    Some(whole) => count(whole).into_owned(),
                    None => literal.to_string(),
                }
            }
            other => format!("({})", self.number(other)),
        }
    }
}

/// What is asked of a level.
pub(super) fn asked_level(comparison: Comparison, level: &str) -> String {
    match comparison {
        Comparison::Equal => level.to_owned(),
        Comparison::NotEqual => format!("not {level}"),
        Comparison::Less => format!("below {level}"),
        Comparison::LessOrEqual => format!("{level} or lower"),
        Comparison::Greater => format!("better than {level}"),
        Comparison::GreaterOrEqual => format!("{level} or better"),
    }
}

fn asked_number(comparison: Comparison, number: &str, plain: bool) -> String {
    match comparison {
        Comparison::Equal => number.to_owned(),
        Comparison::NotEqual => format!("not {number}"),
        Comparison::Less => format!("less than {number}"),
        Comparison::LessOrEqual if plain => format!("{number} or less"),
        Comparison::LessOrEqual => format!("at most {number}"),
        Comparison::Greater => format!("more than {number}"),
        Comparison::GreaterOrEqual if plain => format!("{number} or more"),
        Comparison::GreaterOrEqual => format!("at least {number}"),
    }
}

fn asked_date(comparison: Comparison, date: &str) -> String {
    match comparison {
        Comparison::Equal => date.to_owned(),
        Comparison::NotEqual => format!("not {date}"),
        Comparison::Less => format!("before {date}"),
        Comparison::LessOrEqual => format!("on or before {date}"),
        Comparison::Greater => format!("after {date}"),
        Comparison::GreaterOrEqual => format!("on or after {date}"),
    }
}

const fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal | Comparison::NotEqual => comparison,
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
    }
}

const fn negated(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
    }
}
