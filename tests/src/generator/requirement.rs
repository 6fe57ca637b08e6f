//! Requirements of every form: groups, references, calls, records with every measure and clause.

use super::expression::{Names, Writer};
use super::programme::{Form, Requirement, worth};
use super::vocabulary::{KINDS, LESSON, Name, Of};

/// A rule that can be called.
#[derive(Clone, Debug)]
pub struct Callable {
    /// Its name.
    pub name: String,
    /// Its parameters; those marked are given written numbers.
    pub parameters: Vec<(String, Of, bool)>,
    /// Whether it needs a competency.
    pub says_this: bool,
}

/// What requirements can refer to, and what has been used.
#[derive(Debug)]
pub struct Writing<'a> {
    /// The writer of expressions.
    pub writer: Writer<'a>,
    /// The names of parameters; those marked are given written numbers.
    pub parameters: Vec<(String, Of, bool)>,
    /// The competencies that can be referred to.
    pub competencies: Vec<String>,
    /// The roles that can be referred to.
    pub roles: Vec<String>,
    /// The competencies that records can be filed for.
    pub filed: Vec<String>,
    /// The rules that can be called.
    pub rules: Vec<Callable>,
    /// Whether `this` can be said.
    pub this: bool,
    /// Whether it was said, here or in a rule that is called.
    pub said_this: bool,
    /// The competencies that a group without reuse can refer to.
    pub shareable: Vec<String>,
    /// Whether what is written may stand in such a group.
    pub sharing: bool,
    /// How many labels there are.
    pub labels: &'a mut usize,
    /// Whether anything can be waived.
    pub waivable: bool,
}

impl Writing<'_> {
    fn names(&self) -> Names {
        let parameters = self
            .parameters
            .iter()
            .map(|(name, of, _)| (name.clone(), *of))
            .collect();
        Names {
            fields: None,
            parameters,
        }
    }

    fn label(&mut self) -> String {
        *self.labels += 1;
        let number = *self.labels;
        let mut label = format!("l{number}");
        if self.waivable && self.writer.random.chance(50) {
            label += self
                .writer
                .random
                .pick(&[" waivable by board", " waivable by board or principal"]);
        }
        if self.writer.random.chance(30) {
            label += &format!(" formerly old{number}");
        }
        label
    }

    /// A requirement so deep at most.
    pub fn requirement(&mut self, depth: usize) -> Requirement {
        let label = if self.writer.random.chance(30) {
            Some(self.label())
        } else {
            None
        };
        if depth > 0 && self.writer.random.chance(60) {
            return Requirement {
                label,
                form: self.group(depth),
            };
        }
        if self.sharing {
            let form = self.shared();
            return Requirement { label, form };
        }
        match self.writer.random.below(10) {
            0 if !self.competencies.is_empty() => {
                let name = self.writer.random.choose(&self.competencies);
                Requirement {
                    label,
                    form: Form::Leaf(format!("competency {name}"), Vec::new()),
                }
            }
            1 if !self.roles.is_empty() => {
                let name = self.writer.random.choose(&self.roles);
                Requirement {
                    label,
                    form: Form::Leaf(format!("role {name}"), Vec::new()),
                }
            }
            0..=2 if !self.rules.is_empty() => self.call(),
            3 if self.writer.random.chance(30) => Requirement {
                label,
                form: Form::Leaf(self.held(), Vec::new()),
            },
            3 => {
                let names = self.names();
                Requirement {
                    label,
                    form: Form::Leaf(self.writer.condition(&names, 2), Vec::new()),
                }
            }
            _ => Requirement {
                label,
                form: self.records(),
            },
        }
    }

    /// For how long posts were held, also in the role that is written.
    fn held(&mut self) -> String {
        let role = if self.roles.is_empty() || self.writer.random.chance(40) {
            "role0".to_owned()
        } else {
            self.writer.random.choose(&self.roles)
        };
        let names = self.names();
        let bound = if self.writer.random.chance(20) {
            self.writer.whole(&names)
        } else {
            (1 + self.writer.random.below(4)).to_string()
        };
        let row = self.writer.random.pick(&["", "consecutive "]);
        format!("held role {role} for at least {bound} {row}school years")
    }

    /// What may stand in a group without reuse.
    fn shared(&mut self) -> Form {
        let names = self.names();
        match self.writer.random.below(8) {
            0 if !self.shareable.is_empty() => {
                let name = self.writer.random.choose(&self.shareable);
                Form::Leaf(format!("competency {name}"), Vec::new())
            }
            1 => Form::Leaf(self.writer.condition(&names, 1), Vec::new()),
            _ => {
                let kinds = [KINDS[0], KINDS[0], KINDS[1]];
                let (kind, fields) = self.writer.random.choose(&kinds);
                let bound = match self.writer.random.below(6) {
                    0 => self.writer.whole(&names),
                    1 => "2".to_owned(),
                    _ => "1".to_owned(),
                };
                let mut latest = self.latest();
                if bound.parse::<usize>().is_ok() {
                    // No more may be asked than are looked at.
                    latest = latest.map(|_| "2".to_owned());
                }
                if bound.parse::<usize>().is_ok_and(|bound| bound > 2) {
                    latest = None;
                }
                let mut clauses = self.clauses(fields, latest, false);
                if self.writer.random.chance(40) {
                    let spread = self.spread(fields);
                    if spread.starts_with("by") || spread.contains("different") {
                        clauses.push(spread);
                    }
                }
                Form::Leaf(format!("at least {bound} {kind}"), clauses)
            }
        }
    }

    fn group(&mut self, depth: usize) -> Form {
        let outside = self.sharing;
        let without_reuse = self.writer.random.chance(if outside { 25 } else { 15 });
        self.sharing |= without_reuse;
        let form = if self.sharing {
            let count = 1 + self.writer.random.below(4);
            let children = (0..count).map(|_| self.requirement(depth - 1)).collect();
            let words = match without_reuse {
                true => "all of without reuse",
                false => self.writer.random.pick(&["all of", "in order"]),
            };
            Form::Group(words.to_owned(), children)
        } else {
            self.any_group(depth)
        };
        self.sharing = outside;
        form
    }

    fn any_group(&mut self, depth: usize) -> Form {
        let count = 1 + self.writer.random.below(4);
        let children: Vec<Requirement> = (0..count).map(|_| self.requirement(depth - 1)).collect();
        let words = match self.writer.random.below(9) {
            0 | 1 => "all of".to_owned(),
            2 => "any of".to_owned(),
            3 => "none of".to_owned(),
            4 => "in order".to_owned(),
            5 | 6 => {
                let names = self.names();
                let all: u32 = (0..count).map(worth).sum();
                let asked = 1 + self.writer.random.below(usize::try_from(all).unwrap_or(1));
                let whole = self.writer.random.chance(25);
                let bound = whole.then(|| self.writer.whole(&names));
                let bound = bound.filter(|bound| bound.parse::<u32>().is_err());
                let bound = bound.unwrap_or_else(|| asked.to_string());
                format!("at least {bound} points of")
            }
            _ => {
                let names = self.names();
                let asked = 1 + self.writer.random.below(count);
                let bound = if self.writer.random.chance(25) {
                    self.writer.whole(&names)
                } else {
                    asked.to_string()
                };
                if bound.parse::<usize>().is_ok_and(|bound| bound > count) {
                    "at least 1 of".to_owned()
                } else {
                    format!("at least {bound} of")
                }
            }
        };
        Form::Group(words, children)
    }

    fn call(&mut self) -> Requirement {
        let rule = self.writer.random.choose(&self.rules);
        if rule.says_this {
            self.said_this = true;
        }
        let mut given = Vec::new();
        for (name, of, written) in &rule.parameters {
            given.push(format!("{name}: {}", self.argument(*of, *written)));
        }
        let given = if given.is_empty() {
            String::new()
        } else {
            format!("({})", given.join(", "))
        };
        Requirement {
            label: Some(self.label()),
            form: Form::Leaf(format!("rule {}{given}", rule.name), Vec::new()),
        }
    }

    fn argument(&mut self, of: Of, written: bool) -> String {
        let names = self.names();
        let random = &mut *self.writer.random;
        match of {
            Of::Whole if written => {
                let own: Vec<String> = self
                    .parameters
                    .iter()
                    .filter(|(_, of, written)| *of == Of::Whole && *written)
                    .map(|(name, ..)| name.clone())
                    .collect();
                if own.is_empty() || random.chance(50) {
                    random.pick(&["1", "2", "3"]).to_owned()
                } else {
                    random.choose(&own)
                }
            }
            Of::Whole => self.writer.whole(&names),
            Of::Number if random.chance(50) => self.writer.literal(),
            Of::Number => self.writer.number(&names),
            Of::Date => self.writer.date(&names, 1),
            Of::Mastery => self.writer.mastery(&names),
            Of::YesNo => match random.below(3) {
                0 => random
                    .pick(&["yes", "no", "flag", "candidate.vetted"])
                    .to_owned(),
                _ => format!("({})", self.writer.condition(&names, 1)),
            },
            _ => random.pick(&["\"a\"", "\"b\"", "school"]).to_owned(),
        }
    }

    /// Something asked of records.
    fn records(&mut self) -> Form {
        let (kind, fields) = self
            .writer
            .random
            .choose(&[KINDS[0], KINDS[0], KINDS[0], KINDS[1], KINDS[2]]);
        let how = self
            .writer
            .random
            .pick(&["at least", "at least", "at most", "exactly"]);
        let names = self.names();
        let latest = self.latest();
        let mut counts = false;
        let words = match self.writer.random.below(12) {
            0 => format!("no {kind}"),
            1 => format!("every {kind}"),
            2 | 3 => {
                let share = self
                    .writer
                    .random
                    .pick(&["0", "33.3", "50", "66.666667", "75", "100"]);
                format!("{how} {share}% of {kind}").replace("66.666667", "66.666")
            }
            4..=6 if kind != "finding" => self.aggregate(how, kind, fields),
            _ => {
                counts = true;
                let mut bound = self.writer.whole(&names);
                if how != "at least" && self.writer.random.chance(20) {
                    bound = "0".to_owned();
                }
                if let (Ok(asked), Some(Ok(latest))) = (
                    bound.parse::<usize>(),
                    latest.as_ref().map(|latest| latest.parse::<usize>()),
                ) && asked > latest
                {
                    bound = latest.to_string();
                }
                format!("{how} {bound} {kind}")
            }
        };
        let counting = if latest.is_none() && self.writer.random.chance(20) {
            Some(self.counting(fields))
        } else {
            None
        };
        let mut clauses = self.clauses(fields, latest, counts);
        clauses.extend(counting);
        Form::Leaf(words, clauses)
    }

    fn aggregate(&mut self, how: &str, kind: &str, fields: &'static [Name]) -> String {
        let names = self.names();
        let random = &mut *self.writer.random;
        let inside = names.with_fields(fields);
        let field = |wanted: Of| -> Vec<String> {
            fields
                .iter()
                .filter(|(_, of)| *of == wanted)
                .map(|(name, _)| (*name).to_owned())
                .collect()
        };
        let numbers: Vec<String> = [field(Of::Number), field(Of::Whole)].concat();
        let edge = random.pick(&["highest", "lowest"]);
        let task = kind == "task";
        match random.below(9) {
            0 if task => {
                let value = if random.chance(50) {
                    "score".to_owned()
                } else {
                    format!("ratings.{}", random.pick(&LESSON))
                };
                format!(
                    "{how} {} {edge} {value} of {kind}",
                    self.writer.mastery(&names)
                )
            }
            1 => {
                let value = random.pick(&["date", "expires", if task { "held" } else { "until" }]);
                format!(
                    "{how} ({}) {edge} {value} of {kind}",
                    self.writer.date(&names, 1)
                )
            }
            2 if task => {
                let sums = random.pick(&["total", "average"]);
                format!(
                    "{how} {} {sums} score of {kind}",
                    random.pick(&["2.5", "4", "5", "1", "leave"])
                )
            }
            _ => {
                let sums = random.pick(&["total", "total", "average", "highest", "lowest"]);
                let value = match random.below(6) {
                    0 => format!("({})", self.writer.number(&inside)),
                    1 => "(points * weight)".to_owned(),
                    _ => random.choose(&numbers),
                };
                let value = if value == "(points * weight)" && !task {
                    "(hours * size)".to_owned()
                } else {
                    value
                };
                let bound = match self.writer.random.below(6) {
                    0 => format!("({})", self.writer.number(&names)),
                    1 => "(-1.5)".to_owned(),
                    2 => "0".to_owned(),
                    3 => "5".to_owned(),
                    _ => self.writer.literal(),
                };
                format!("{how} {bound} {sums} {value} of {kind}")
            }
        }
    }

    fn counting(&mut self, fields: &'static [Name]) -> String {
        let of = |wanted: &[Of]| -> Vec<String> {
            let found = fields.iter().filter(|(_, of)| wanted.contains(of));
            let mut names: Vec<String> = found.map(|(name, _)| (*name).to_owned()).collect();
            names.push("date".to_owned());
            names
        };
        let key = self
            .writer
            .random
            .choose(&of(&[Of::Text, Of::Whole, Of::YesNo]));
        if self.writer.random.chance(50) {
            return format!("counting the latest of each {key}");
        }
        let highest = self
            .writer
            .random
            .choose(&of(&[Of::Number, Of::Whole, Of::Date]));
        format!("counting the highest {highest} of each {key}")
    }

    fn latest(&mut self) -> Option<String> {
        let written: Vec<String> = self
            .parameters
            .iter()
            .filter(|(.., written)| *written)
            .map(|(name, ..)| name.clone())
            .collect();
        if self.writer.random.chance(75) {
            return None;
        }
        Some(if !written.is_empty() && self.writer.random.chance(50) {
            self.writer.random.choose(&written)
        } else {
            self.writer.random.pick(&["1", "2", "3", "2"]).to_owned()
        })
    }

    fn clauses(
        &mut self,
        fields: &'static [Name],
        latest: Option<String>,
        counts: bool,
    ) -> Vec<String> {
        let names = self.names();
        let inside = names.with_fields(fields);
        let mut clauses = Vec::new();
        if self.this && self.writer.random.chance(25) {
            self.said_this = true;
            clauses.push("for this".to_owned());
        } else if !self.filed.is_empty() && self.writer.random.chance(15) {
            clauses.push(format!("for {}", self.writer.random.choose(&self.filed)));
        }
        if self.writer.random.chance(50) {
            clauses.push(self.window(&names));
            if self.writer.random.chance(20) {
                clauses.push(self.window(&names));
            }
        }
        if self.writer.random.chance(25) {
            clauses.push(format!("whose {}", self.writer.condition(&inside, 1)));
        }
        clauses.extend(latest.map(|latest| format!("among latest {latest}")));
        if self.writer.random.chance(15) {
            clauses.push("including those under review".to_owned());
        }
        if self.writer.random.chance(15) {
            clauses.push("including returned".to_owned());
        }
        if self.writer.random.chance(50) {
            clauses.push(format!("where {}", self.writer.condition(&inside, 1)));
        }
        if counts && self.writer.random.chance(50) {
            clauses.push(self.spread(fields));
        }
        // Any order will do.
        for place in 0..clauses.len() {
            let other = self.writer.random.below(clauses.len());
            clauses.swap(place, other);
        }
        clauses
    }

    fn spread(&mut self, fields: &'static [Name]) -> String {
        let mut by: Vec<String> = fields
            .iter()
            .filter(|(_, of)| {
                !matches!(
                    of,
                    Of::Texts | Of::Levels | Of::Dates | Of::Wholes | Of::Lesson | Of::Talk
                )
            })
            .map(|(name, _)| (*name).to_owned())
            .collect();
        if fields.iter().any(|(_, of)| *of == Of::Lesson) {
            by.extend(LESSON.map(|criterion| format!("ratings.{criterion}")));
        }
        by.extend(["id", "date"].map(str::to_owned));
        match self.writer.random.below(6) {
            0 | 1 => format!("by different {}", self.writer.random.choose(&by)),
            2 => format!("with the same {}", self.writer.random.choose(&by)),
            3 => "in different school years".to_owned(),
            4 => "in consecutive school years".to_owned(),
            _ => "in consecutive school years skipping years without one".to_owned(),
        }
    }

    fn window(&mut self, names: &Names) -> String {
        let years = format!("{} school years", 1 + self.writer.random.below(3));
        let length = self.writer.days.length(self.writer.random);
        match self.writer.random.below(14) {
            0 | 1 => format!("within {length}"),
            2 => format!("within {length} before {}", self.writer.date(names, 1)),
            3 => format!("within {years}"),
            4 => format!("within {years} before {}", self.writer.date(names, 0)),
            5 => format!("since {}", self.writer.date(names, 1)),
            6 => {
                let (from, to) = (self.writer.date(names, 1), self.writer.date(names, 0));
                match (
                    from.parse::<milepost_engine::Date>(),
                    to.parse::<milepost_engine::Date>(),
                ) {
                    (Ok(first), Ok(last)) if first > last => format!("from {to} to {from}"),
                    _ => format!("from {from} to {to}"),
                }
            }
            7 => format!("before {}", self.writer.date(names, 1)),
            8 => format!("after {}", self.writer.date(names, 1)),
            9 => format!("in the {length} before {}", self.writer.date(names, 1)),
            10 => format!("in the {years} before {}", self.writer.date(names, 0)),
            11 => format!(
                "during {} school year",
                self.writer.random.pick(&["this", "last"])
            ),
            12 => {
                let year = self.writer.days.as_of.year() - 1;
                let year = year.clamp(1, 9997);
                format!("during school year {year:04}-{:02}", (year + 1) % 100)
            }
            _ => {
                let and = self.writer.random.pick(&["", " and this one"]);
                format!("during the last {years}{and}")
            }
        }
    }
}
