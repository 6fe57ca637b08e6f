//! A requirement read as the policy would put it; of a group, what it asks of the requirements below it.

use milepost_engine::Unit;
use milepost_engine::plan::{
    Aggregate, Form, Held, How, Measure, Node, Number, Records, Spread, Type, Value, Window,
};

use super::Words;
use super::phrases::{count, how, list, records, title};

impl<'a> Words<'a> {
    /// A requirement as a phrase.
    pub(crate) fn requirement(self, node: &Node) -> String {
        let words = self.of(node);
        match &node.form {
            Form::All(_) => "all of the following".to_owned(),
            Form::WithoutReuse(_) => {
                "all of the following, each piece of evidence counted for at most one of them"
                    .to_owned()
            }
            Form::InOrder(_) => "all of the following, in this order".to_owned(),
            Form::Any(_) => "any of the following".to_owned(),
            Form::None(_) => "none of the following".to_owned(),
            Form::AtLeast(number, _) => {
                format!("at least {} of the following", words.counted(number))
            }
            Form::Points(number, _, worth) => {
                let worth: Vec<_> = worth.iter().map(ToString::to_string).collect();
                let worth = list(&worth, "and");
                format!("{}, worth {worth}", words.points(number))
            }
            Form::Competency(id) => {
                let competency = self.parts.competencies.get(id.index());
                competency.map_or_else(String::new, |it| {
                    format!("the competency {}", title(&it.entry))
                })
            }
            Form::Role(id) => {
                let role = self.parts.roles.get(id.index());
                role.map_or_else(String::new, |it| {
                    format!("eligible for the role {}", title(&it.entry))
                })
            }
            Form::Stage(id) => {
                let stage = self.parts.stages.get(id.index());
                let role = stage.and_then(|it| self.parts.roles.get(it.role.index()));
                stage.zip(role).map_or_else(String::new, |(stage, role)| {
                    let (stage, role) = (title(&stage.entry), title(&role.entry));
                    format!("the stage {stage} of the role {role}")
                })
            }
            Form::Held(held) => words.held(held),
            Form::Condition(test) => words.clause(test),
            Form::Records(records) => words.records(records),
        }
    }

    /// "at least ten points of the following"
    pub(crate) fn points(self, number: &Number) -> String {
        match self.counted(number).as_str() {
            "one" => "at least one point of the following".to_owned(),
            points => format!("at least {points} points of the following"),
        }
    }

    /// "the role Model teacher held for at least two consecutive school years"
    fn held(self, held: &Held) -> String {
        let years = match &held.bound {
            Number::Literal(number) if number.to_whole() == Some(1) => "year",
            _ => "years",
        };
        let row = if held.consecutive { "consecutive " } else { "" };
        let bound = self.counted(&held.bound);
        let post = self.post_held(held);
        format!("{post} held for at least {bound} {row}school {years}")
    }

    /// "the stage In the pool of the role Peer leader"
    pub(super) fn post_held(self, held: &Held) -> String {
        let role = self.parts.roles.get(held.role.index());
        let role = role.map_or_else(String::new, |it| title(&it.entry).into_owned());
        let stage = held.stage.and_then(|id| self.parts.stages.get(id.index()));
        match stage {
            Some(stage) => format!("the stage {} of the role {role}", title(&stage.entry)),
            None => format!("the role {role}"),
        }
    }

    /// The name of the kind asked for.
    pub(super) fn kind_title(self) -> String {
        self.kind
            .map_or_else(String::new, |kind| title(&kind.entry).into_owned())
    }

    fn records(self, asked: &Records) -> String {
        let kind = self.kind_title();
        let of = self.population(asked);
        let matching = || asked.matching.as_ref().map(|test| self.clause(test));
        let match_clause =
            matching().map_or_else(String::new, |clause| format!(", where {clause}"));
        match &asked.measure {
            Measure::Count(bound, number) => {
                let which = self.how_many(*bound, number, &kind);
                let one = matches!((bound, number), (How::AtLeast, Number::Literal(one)) if one.to_whole() == Some(1));
                let spread = asked.spread.as_ref().filter(|_| !one);
                format!("{which}{of}{match_clause}{}", self.spread(spread))
            }
            Measure::No => format!("no {kind}{of}{match_clause}"),
            Measure::Every => {
                let every = match asked.latest {
                    Some(1) => format!("the latest {kind}{}", self.narrowed(asked)),
                    _ => format!("every {kind}{of} (at least one)"),
                };
                matching().map_or_else(|| every.clone(), |clause| format!("for {every}, {clause}"))
            }
            Measure::Share(bound, share) => {
                let share = format!("{} {share}% of the records of {kind}{of}", how(*bound));
                matching().map_or_else(|| share.clone(), |clause| format!("for {share}, {clause}"))
            }
            Measure::Aggregate(bound, needed, aggregate, value) => {
                let needed = self.value(needed, self.type_of_value(value));
                format!(
                    "{} {needed} {} from {kind}{of}{match_clause}",
                    how(*bound),
                    self.figure(*aggregate, value),
                )
            }
        }
    }

    /// "at least two records of Annual rating"
    fn how_many(self, bound: How, number: &Number, kind: &str) -> String {
        let written = match number {
            Number::Literal(literal) => literal
                .to_whole()
                .and_then(|whole| u64::try_from(whole).ok()),
            _ => None,
        };
        match (bound, written) {
            (How::AtMost | How::Exactly, Some(0)) => format!("no {kind}"),
            (_, Some(number)) => format!("{} {}", how(bound), records(number, "", kind)),
            (_, None) => format!("{} {} records of {kind}", how(bound), self.counted(number)),
        }
    }

    /// "total Hours"
    pub(super) fn figure(self, aggregate: Aggregate, value: &Value) -> String {
        let figure = match aggregate {
            Aggregate::Total => "total",
            Aggregate::Average => "average",
            Aggregate::Highest => "highest",
            Aggregate::Lowest => "lowest",
        };
        format!("{figure} {}", self.figured(value))
    }

    /// What a figure is made of.
    pub(super) fn figured(self, value: &Value) -> String {
        let words = self.value(value, self.type_of_value(value));
        match value {
            Value::Number(Number::Add(..) | Number::Subtract(..) | Number::Multiply(..)) => {
                format!("({words})")
            }
            _ => words,
        }
    }

    /// The type behind the levels of a value.
    pub(crate) fn type_of_value(self, value: &Value) -> Option<&'a Type> {
        match value {
            Value::Ordinal(milepost_engine::plan::Ordinal::Of(source)) => self.type_of(*source),
            _ => None,
        }
    }

    /// Which records: for what, from when, about what, the latest of them.
    pub(super) fn population(self, asked: &Records) -> String {
        let latest = match asked.latest {
            None => String::new(),
            Some(1) => ", looking only at the latest".to_owned(),
            Some(number) => format!(" among the latest {}", count(u64::from(number))),
        };
        format!("{}{latest}", self.narrowed(asked))
    }

    /// The same, not looking for the latest.
    pub(super) fn narrowed(self, asked: &Records) -> String {
        let mut out = String::new();
        if let Some(competency) = asked
            .competency
            .and_then(|id| self.parts.competencies.get(id.index()))
        {
            out.push_str(" for ");
            out.push_str(&title(&competency.entry));
        }
        for window in &asked.windows {
            out.push(' ');
            out.push_str(&self.window(window));
        }
        if let Some(whose) = &asked.whose {
            out.push_str(" whose ");
            out.push_str(&self.clause(whose));
        }
        if let Some(attempts) = asked.attempts {
            let key = self.source(attempts.key);
            out.push_str(&match attempts.highest {
                None => format!(", counting only the latest of each {key}"),
                Some(of) => format!(
                    ", counting only the one with the highest {} of each {key}",
                    self.source(of)
                ),
            });
        }
        out.push_str(
            match (asked.including_under_review, asked.including_returned) {
                (false, false) => "",
                (true, false) => ", including those under review",
                (false, true) => ", including those returned",
                (true, true) => ", including those under review or returned",
            },
        );
        out
    }

    pub(super) fn window(self, window: &Window) -> String {
        match window {
            Window::Within(duration, end) => match end {
                milepost_engine::plan::When::Today => format!("within {duration}"),
                end => format!("within {duration} before {}", self.moment(end)),
            },
            Window::Since(from) => format!("since {}", self.when(from)),
            Window::From(from, to) => format!("from {} to {}", self.when(from), self.when(to)),
            Window::Before(end) => format!("before {}", self.when(end)),
            Window::After(start) => format!("after {}", self.when(start)),
            Window::InThe(duration, end) if duration.unit == Unit::SchoolYears => {
                format!("in the {duration} before that of {}", self.when(end))
            }
            Window::InThe(duration, end) => {
                format!("in the {duration} before {}", self.moment(end))
            }
            Window::SchoolYears(0, 0) => "during this school year".to_owned(),
            Window::SchoolYears(-1, -1) => "during last school year".to_owned(),
            Window::SchoolYears(first, -1) => {
                format!(
                    "during the last {} school years",
                    count(u64::from(first.unsigned_abs()))
                )
            }
            Window::SchoolYears(-1, 0) => "during last school year and this one".to_owned(),
            Window::SchoolYears(first, 0) => {
                format!(
                    "during the last {} school years and this one",
                    count(u64::from(first.unsigned_abs()))
                )
            }
            Window::SchoolYears(first, last) => {
                format!("during the school years {first:+} to {last:+} from this one")
            }
            Window::SchoolYear(year) => format!("during school year {}", school_year(*year)),
        }
    }

    fn spread(self, spread: Option<&Spread>) -> String {
        match spread {
            None => String::new(),
            Some(Spread::Different(source)) => {
                format!(", each with a different {}", self.source(*source))
            }
            Some(Spread::Same(source)) => format!(", all with the same {}", self.source(*source)),
            Some(Spread::DifferentYears) => ", each in a different school year".to_owned(),
            Some(Spread::ConsecutiveYears(false)) => ", in consecutive school years".to_owned(),
            Some(Spread::ConsecutiveYears(true)) => {
                ", in consecutive school years (years without one are skipped)".to_owned()
            }
        }
    }
}

/// "2015-16"
fn school_year(year: i32) -> String {
    format!("{year:04}-{:02}", (year + 1).rem_euclid(100))
}
