//! Expressions as they are written, of every type and form.

use super::days::Days;
use super::random::Random;
use super::vocabulary::{FACTS, LESSON, MASTERY, Name, Of, RATING, TEXTS};

/// What can be named at some place of the programme.
#[derive(Clone, Debug)]
pub struct Names {
    /// The fields of the kind, where a record is looked at.
    pub fields: Option<&'static [Name]>,
    /// The parameters of the rule, if any.
    pub parameters: Vec<(String, Of)>,
}

const ORDERED: [&str; 6] = ["=", "!=", "<", "<=", ">", ">="];
const EQUAL: [&str; 2] = ["=", "!="];
const NUMBERS: [&str; 8] = ["1", "2", "3", "2.5", "0.5", "4", "1.25", "40%"];

/// The writer of expressions.
#[derive(Debug)]
pub struct Writer<'a> {
    /// Where choices come from.
    pub random: &'a mut Random,
    /// The days of the case.
    pub days: &'a Days,
}

impl Names {
    /// The same names, with the fields of a kind.
    #[must_use]
    pub fn with_fields(&self, fields: &'static [Name]) -> Self {
        Self {
            fields: Some(fields),
            ..self.clone()
        }
    }

    /// Whether a record is looked at.
    const fn inside(&self) -> bool {
        self.fields.is_some()
    }

    /// Every name of such a thing: fields count twice where a record is looked at.
    fn named(&self, wanted: impl Fn(Of) -> bool) -> Vec<String> {
        let mut names = Vec::new();
        for (name, of) in self.fields.unwrap_or_default() {
            if wanted(*of) {
                names.extend([(*name).to_owned(), (*name).to_owned(), (*name).to_owned()]);
            }
        }
        for (name, of) in FACTS {
            if wanted(of) {
                names.push(name.to_owned());
            }
        }
        for (name, of) in &self.parameters {
            if wanted(*of) {
                names.push(name.clone());
            }
        }
        names
    }
}

impl Writer<'_> {
    fn name(&mut self, names: &Names, wanted: impl Fn(Of) -> bool) -> String {
        self.random.choose(&names.named(wanted))
    }

    /// A literal number.
    pub fn literal(&mut self) -> String {
        self.random.pick(&NUMBERS[..7]).to_owned()
    }

    /// A whole number of records or requirements.
    pub fn whole(&mut self, names: &Names) -> String {
        let whole = |of| of == Of::Whole;
        let plain = Names {
            fields: None,
            ..names.clone()
        };
        match self.random.below(12) {
            0 => self.name(&plain, whole),
            1 => format!("{} + 1", self.name(&plain, whole)),
            2 => format!("2 * {} - 1", self.name(&plain, whole)),
            3 => format!(
                "({} - {}) * 2",
                self.name(&plain, whole),
                self.name(&plain, whole)
            ),
            4 | 5 if !plain.parameters.iter().any(|(_, of)| *of == Of::Whole) => "1".to_owned(),
            4 | 5 => {
                let own: Vec<String> = plain
                    .parameters
                    .iter()
                    .filter(|(_, of)| whole(*of))
                    .map(|(name, _)| name.clone())
                    .collect();
                self.random.choose(&own)
            }
            6..=8 => "1".to_owned(),
            9 | 10 => "2".to_owned(),
            _ => "3".to_owned(),
        }
    }

    /// Something with a number in it that is not written out.
    pub fn number(&mut self, names: &Names) -> String {
        let number = |of| matches!(of, Of::Number | Of::Whole);
        if self.random.chance(50) {
            return self.name(names, number);
        }
        // A parameter may stand for a product, and a product of products is refused.
        let names = &Names {
            parameters: Vec::new(),
            ..names.clone()
        };
        let name = self.name(names, number);
        match self.random.below(5) {
            0 => format!("{name} + {}", self.name(names, number)),
            1 => format!("{name} - {}", self.name(names, number)),
            2 => format!("{name} * {}", self.name(names, number)),
            3 => format!("2 * {name} - {}", self.literal()),
            _ => format!("({name} + 1) * {}", self.name(names, number)),
        }
    }

    /// A day: written, a phrase, a name or one of them moved.
    pub fn date(&mut self, names: &Names, depth: usize) -> String {
        let named = |of| of == Of::Date;
        let choice = if depth == 0 {
            self.random.below(8)
        } else {
            self.random.below(12)
        };
        match choice {
            0 | 1 => self.days.written(self.random).to_string(),
            2 if self.random.chance(30) => "start of role role0".to_owned(),
            2 => "today".to_owned(),
            3 => {
                let edge = self.random.pick(&["start", "end"]);
                format!(
                    "{edge} of {} school year",
                    self.random.pick(&["last", "this", "next"])
                )
            }
            4 if names.inside() => self.random.pick(&["date", "expires", "date"]).to_owned(),
            4..=7 => self.name(names, named),
            8 | 9 => format!(
                "{} - {}",
                self.date(names, 0),
                self.days.length(self.random)
            ),
            10 => format!(
                "{} + {}",
                self.date(names, 0),
                self.days.length(self.random)
            ),
            _ => {
                let day = self.random.pick(&["07-31", "02-29", "12-31", "01-01"]);
                format!("next {day} after {}", self.date(names, 0))
            }
        }
    }

    /// A level of the scale with numbers.
    pub fn mastery(&mut self, names: &Names) -> String {
        match self.random.below(5) {
            0 => self.name(names, |of| of == Of::Mastery),
            1 => format!("mastery.{}", self.random.pick(&MASTERY[1..3])),
            _ => self.random.pick(&MASTERY[1..3]).to_owned(),
        }
    }

    /// A condition.
    pub fn condition(&mut self, names: &Names, depth: usize) -> String {
        if depth > 0 && self.random.chance(45) {
            let one = self.condition(names, depth - 1);
            return match self.random.below(4) {
                0 => format!("({one}) and ({})", self.condition(names, depth - 1)),
                1 => format!("({one}) or ({})", self.condition(names, depth - 1)),
                2 => format!("not ({one})"),
                _ => {
                    let other = self.condition(names, 0);
                    let word = self.random.pick(&["and", "or"]);
                    format!("{one} {word} not {other}")
                }
            };
        }
        match self.random.below(16) {
            0 | 1 => {
                let left = self.number(names);
                if self.random.chance(60) {
                    let right = self.random.pick(&["1", "2", "3"]).to_owned();
                    self.compared(left, &ORDERED, right)
                } else {
                    let right = self.number(names);
                    self.compared(left, &ORDERED, right)
                }
            }
            2 => {
                let left = self.name(names, |of| of == Of::Number);
                let right = self.random.pick(&["40%", "1", "2", "2.5"]).to_owned();
                self.compared(left, &ORDERED[2..], right)
            }
            3 => self.yes_no(names),
            4 | 5 => {
                let left = self.name(names, |of| of == Of::Date);
                let right = self.date(names, 1);
                self.compared(left, &ORDERED, right)
            }
            6 | 7 => self.level(names),
            8 => {
                let left = self.name(names, |of| of == Of::Rating);
                let (operators, right): (&[&str], &str) = match self.random.below(3) {
                    0 => (&["=", "!=", ">", "<="], "low"),
                    1 => (&ORDERED, "mid"),
                    _ => (&["=", "!=", "<", ">="], RATING[2]),
                };
                self.compared(left, operators, right.to_owned())
            }
            9 => self.choice(names),
            10 => self.text(names),
            11 => self.contains(names),
            12 => self.known(names),
            _ => self.criteria(names),
        }
    }

    fn compared(&mut self, left: String, operators: &[&str], right: String) -> String {
        let operator = self.random.pick(operators);
        if self.random.chance(15) && !right.contains(' ') && !left.contains(' ') {
            let turned = match operator {
                "<" => ">",
                "<=" => ">=",
                ">" => "<",
                ">=" => "<=",
                same => same,
            };
            format!("{right} {turned} {left}")
        } else {
            format!("{left} {operator} {right}")
        }
    }

    fn yes_no(&mut self, names: &Names) -> String {
        let name = self.name(names, |of| of == Of::YesNo);
        match self.random.below(7) {
            0 => format!("{name} = yes"),
            1 => format!("{name} != yes"),
            2 => format!("{name} = {}", self.name(names, |of| of == Of::YesNo)),
            3 => format!("{name} != ({})", self.condition(names, 0)),
            4 => format!("not {name}"),
            _ => name,
        }
    }

    fn level(&mut self, names: &Names) -> String {
        let left = self.name(names, |of| of == Of::Mastery);
        match self.random.below(6) {
            0 => format!(
                "{left} in {{ mastered, {} }}",
                self.random.pick(&["approaching", "own_level", "exemplary"])
            ),
            1 => {
                let rubric = self.name(names, |of| of == Of::Lesson);
                let criterion = self.random.pick(&LESSON);
                let right = self.mastery(names);
                self.compared(format!("{rubric}.{criterion}"), &ORDERED, right)
            }
            2 => {
                let (operators, right): (&[&str], &str) = if self.random.chance(50) {
                    (&["=", ">", "<="], "not_yet")
                } else {
                    (&["!=", "<", ">="], "exemplary")
                };
                self.compared(left, operators, right.to_owned())
            }
            _ => {
                let right = self.mastery(names);
                self.compared(left, &ORDERED, right)
            }
        }
    }

    fn choice(&mut self, names: &Names) -> String {
        let (name, choices) =
            if names.named(|_| true).contains(&"sort".to_owned()) && self.random.chance(70) {
                ("sort", ["long", "short"])
            } else {
                ("contract", ["full", "part"])
            };
        if self.random.chance(25) {
            let [one, other] = choices;
            return format!("{name} in {{ {one}, {other} }}");
        }
        let right = self.random.pick(&choices).to_owned();
        self.compared(name.to_owned(), &EQUAL, right)
    }

    fn text(&mut self, names: &Names) -> String {
        if names.inside() && self.random.chance(20) {
            return format!(
                "id {} \"e{}\"",
                self.random.pick(&EQUAL),
                self.random.below(5)
            );
        }
        let left = self.name(names, |of| of == Of::Text);
        let written = format!("\"{}\"", self.random.pick(&TEXTS));
        match self.random.below(4) {
            0 => format!("{left} in {{ {written}, \"b\" }}"),
            1 => format!(
                "{left} {} {}",
                self.random.pick(&EQUAL),
                self.name(names, |of| of == Of::Text)
            ),
            _ => self.compared(left, &EQUAL, written),
        }
    }

    fn contains(&mut self, names: &Names) -> String {
        match self.random.below(5) {
            0 => format!(
                "{} contains {}",
                self.name(names, |of| of == Of::Levels),
                self.random.pick(&MASTERY)
            ),
            1 => {
                let date = self.days.written(self.random);
                format!("{} contains {date}", self.name(names, |of| of == Of::Dates))
            }
            2 => format!("{} contains 2", self.name(names, |of| of == Of::Wholes)),
            _ => format!(
                "{} contains \"{}\"",
                self.name(names, |of| of == Of::Texts),
                self.random.pick(&TEXTS)
            ),
        }
    }

    fn known(&mut self, names: &Names) -> String {
        // A parameter is not asked about.
        let names = Names {
            parameters: Vec::new(),
            ..names.clone()
        };
        if names.inside() && self.random.chance(20) {
            return "expires is known".to_owned();
        }
        if self.random.chance(25) {
            let rubric = self.name(&names, |of| of == Of::Lesson);
            return format!("{rubric}.{} is known", self.random.pick(&LESSON));
        }
        format!("{} is known", self.name(&names, |_| true))
    }

    fn criteria(&mut self, names: &Names) -> String {
        let (rubric, level, all) = if self.random.chance(25) {
            (
                self.name(names, |of| of == Of::Talk),
                self.random.pick(&["mid", "high", "grade"]).to_owned(),
                1,
            )
        } else {
            (
                self.name(names, |of| of == Of::Lesson),
                self.mastery(names),
                3,
            )
        };
        let how = self.random.pick(&["at least", "at most", "exactly"]);
        let operator = self.random.pick(&[">=", "<=", "=", "!="]);
        let quantifier = match self.random.below(5) {
            0 | 1 => "every criterion".to_owned(),
            2 => format!(
                "{how} {}% of criteria",
                self.random.pick(&["33.3", "50", "66.7", "100", "0"])
            ),
            3 => {
                let plain = Names {
                    fields: None,
                    ..names.clone()
                };
                format!("{how} {} criteria", self.name(&plain, |of| of == Of::Whole))
            }
            _ => format!("{how} {} criteria", 1 + self.random.below(all)),
        };
        format!("{quantifier} of {rubric} {operator} {level}")
    }
}
