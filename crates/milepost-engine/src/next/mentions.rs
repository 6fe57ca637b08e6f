//! What requirements mention: expressions in; the fields and facts they look at, and the values they compare with, out. The
//! nesting of expressions is bounded by the plan.

use crate::date::{school_year_end, school_year_start};
use crate::plan::{
    Constant, FactId, Form, KindId, Measure, Number, Ordinal, Plan, Quantifier, Records, Source,
    Spread, Test, Text, Type, Value, When, Window,
};
use crate::record::Record;
use crate::{Date, Decimal, MonthDay};

/// A text that stands for one that is nowhere yet, but in several places the same.
pub(super) const SAME: &str = "the same";

/// What was mentioned.
#[derive(Clone, Debug)]
pub(super) struct Mentions<'a> {
    plan: &'a Plan,
    record: &'a Record,
    day: Date,
    /// The kind that fields are those of.
    pub(super) kind: Option<KindId>,
    pub(super) fields: Vec<u32>,
    pub(super) facts: Vec<FactId>,
    pub(super) numbers: Vec<Decimal>,
    pub(super) dates: Vec<Date>,
    pub(super) texts: Vec<String>,
    /// What lists are asked to contain.
    pub(super) items: Vec<Constant>,
    /// Whether something is looked at that nobody submits or supplies: the day a record expires, or its id.
    pub(super) beyond: bool,
}

impl<'a> Mentions<'a> {
    pub(super) const fn new(plan: &'a Plan, record: &'a Record, day: Date) -> Self {
        Self {
            plan,
            record,
            day,
            kind: None,
            fields: Vec::new(),
            facts: Vec::new(),
            numbers: Vec::new(),
            dates: Vec::new(),
            texts: Vec::new(),
            items: Vec::new(),
            beyond: false,
        }
    }

    /// What others mention too.
    pub(super) fn add(&mut self, other: &Self) {
        self.fields.extend(&other.fields);
        self.facts.extend(&other.facts);
        self.numbers.extend(&other.numbers);
        self.dates.extend(&other.dates);
        self.texts.extend_from_slice(&other.texts);
        self.items.extend_from_slice(&other.items);
        self.beyond |= other.beyond;
    }

    /// Keeps everything once, in order, and of values so many; whether that is all.
    pub(super) fn settle(&mut self, most: usize) -> bool {
        crate::order::sort(&mut self.fields);
        self.fields.dedup();
        crate::order::sort(&mut self.facts);
        self.facts.dedup();
        crate::order::sort(&mut self.numbers);
        self.numbers.dedup();
        crate::order::sort(&mut self.dates);
        self.dates.dedup();
        crate::order::sort(&mut self.texts);
        self.texts.dedup();
        self.items.dedup();
        let longest = self.numbers.len().max(self.dates.len());
        let all = longest.max(self.texts.len()).max(self.items.len()) <= most;
        self.numbers.truncate(most);
        self.dates.truncate(most);
        self.texts.truncate(most);
        self.items.truncate(most);
        all
    }

    /// What a requirement itself mentions.
    pub(super) fn form(&mut self, form: &Form) {
        match form {
            Form::AtLeast(bound, _) | Form::Points(bound, ..) => self.number(bound),
            Form::Held(held) => self.number(&held.bound),
            Form::Condition(test) => self.test(test),
            Form::Records(records) => self.records(records),
            _ => {}
        }
    }

    fn records(&mut self, records: &Records) {
        self.kind = Some(records.kind);
        match &records.measure {
            Measure::Count(_, bound) => self.number(bound),
            Measure::Aggregate(_, bound, _, value) => {
                self.value(bound);
                self.value(value);
            }
            Measure::No | Measure::Every | Measure::Share(..) => {}
        }
        for window in &records.windows {
            match window {
                Window::Within(_, when)
                | Window::Since(when)
                | Window::Before(when)
                | Window::After(when)
                | Window::InThe(_, when) => self.when(when),
                Window::From(from, to) => {
                    self.when(from);
                    self.when(to);
                }
                Window::SchoolYear(year) => {
                    let start = self.plan.parts().programme.school_year;
                    let start = start.unwrap_or(MonthDay::FIRST);
                    self.dates.push(school_year_start(*year, start));
                }
                Window::SchoolYears(..) => {}
            }
        }
        for test in [&records.whose, &records.matching].into_iter().flatten() {
            self.test(test);
        }
        if let Some(Spread::Different(source) | Spread::Same(source)) = records.spread {
            self.source(source);
        }
        if let Some(attempts) = records.attempts {
            self.source(attempts.key);
            attempts.highest.into_iter().for_each(|of| self.source(of));
        }
    }

    pub(super) fn source(&mut self, source: Source) {
        match source {
            Source::Fact(fact) | Source::FactCriterion(fact, _) => {
                self.facts.push(fact);
                match self.record.fact(fact) {
                    Some(Constant::Number(number)) => self.numbers.push(number),
                    Some(Constant::Date(date)) => self.dates.push(date),
                    Some(Constant::Text(text)) => self.texts.push(text),
                    None => {
                        let facts = &self.plan.parts().facts;
                        let field = facts.get(fact.index());
                        if field.is_some_and(|field| field.ty == Type::Text) {
                            self.texts.push(SAME.to_owned());
                        }
                    }
                    _ => {}
                }
            }
            Source::Field(field) | Source::FieldCriterion(field, _) => {
                let field = self.given(field);
                self.fields.push(field);
            }
            Source::Date => {}
            Source::Expires | Source::Id => self.beyond = true,
        }
    }

    /// The field that is given: for a level that follows from a score the score, which is compared with the cut scores.
    fn given(&mut self, field: u32) -> u32 {
        let kind = self
            .kind
            .and_then(|kind| self.plan.parts().kinds.get(kind.index()));
        let declared = kind.and_then(|kind| kind.fields.get(field as usize));
        let follows = declared.and_then(|it| it.from_score.zip(Some(&it.ty)));
        let Some((score, Type::Level(scale))) = follows else {
            return field;
        };
        let scale = self.plan.parts().scales.get(scale.index());
        let cuts = scale.and_then(|scale| scale.cut_scores(self.day));
        let cuts = cuts.into_iter().flat_map(|it| &it.cuts);
        self.numbers.extend(cuts.map(|(_, cut)| *cut));
        score
    }

    pub(super) fn value(&mut self, value: &Value) {
        match value {
            Value::Number(number) => self.number(number),
            Value::Date(when) => self.when(when),
            Value::Ordinal(ordinal) => self.ordinal(*ordinal),
        }
    }

    fn number(&mut self, number: &Number) {
        match number {
            Number::Literal(number) => self.numbers.push(*number),
            Number::Of(source) | Number::OfLevel(source, _) => self.source(*source),
            Number::Add(left, right)
            | Number::Subtract(left, right)
            | Number::Multiply(left, right) => {
                self.number(left);
                self.number(right);
            }
        }
    }

    fn when(&mut self, when: &When) {
        self.dates.extend(self.date(when));
        match when {
            When::Of(source) => self.source(*source),
            When::Plus(when, _) | When::Minus(when, _) | When::Next(_, when) => self.when(when),
            When::Literal(_)
            | When::Today
            | When::YearStart(_)
            | When::YearEnd(_)
            | When::RoleStart(..) => {}
        }
    }

    /// The day that an expression of facts comes to.
    fn date(&self, when: &When) -> Option<Date> {
        let start = self.plan.parts().programme.school_year;
        let start = start.unwrap_or(MonthDay::FIRST);
        let year = |of: i32| self.day.school_year(start).saturating_add(of);
        Some(match when {
            When::Literal(date) => *date,
            When::Today => self.day,
            When::Of(Source::Fact(fact)) => match self.record.fact(*fact)? {
                Constant::Date(date) => date,
                _ => return None,
            },
            When::Of(_) => return None,
            When::Plus(when, duration) => self.date(when)?.plus(*duration),
            When::Minus(when, duration) => self.date(when)?.minus(*duration),
            When::YearStart(of) => school_year_start(year(*of), start),
            When::YearEnd(of) => school_year_end(year(*of), start),
            When::Next(day, when) => day.next_after(self.date(when)?),
            When::RoleStart(role, stage) => self.record.latest_begun(*role, *stage, self.day)?.0,
        })
    }

    fn ordinal(&mut self, ordinal: Ordinal) {
        if let Ordinal::Of(source) = ordinal {
            self.source(source);
        }
    }

    pub(super) fn test(&mut self, test: &Test) {
        match test {
            Test::Literal(_) => {}
            Test::All(tests) | Test::Any(tests) | Test::OneOf(tests) => {
                for test in tests {
                    self.test(test);
                }
            }
            Test::Not(test) => self.test(test),
            Test::YesNo(source) | Test::Known(source) => self.source(*source),
            Test::Contains(source, item) => {
                self.source(*source);
                self.items.push(item.clone());
            }
            Test::Numbers(left, _, right) => {
                self.number(left);
                self.number(right);
            }
            Test::Dates(left, _, right) => {
                self.when(left);
                self.when(right);
            }
            Test::Ordinals(left, _, right) => {
                self.ordinal(*left);
                self.ordinal(*right);
            }
            Test::Texts(left, _, right) => {
                for text in [left, right] {
                    match text {
                        Text::Literal(text) => self.texts.push(text.clone()),
                        Text::Of(source) => self.source(*source),
                    }
                }
            }
            Test::Criteria(quantifier, source, _, level) => {
                if let Quantifier::Count(_, bound) = quantifier {
                    self.number(bound);
                }
                self.source(*source);
                self.ordinal(*level);
            }
        }
    }

    /// The values worth trying for something of a type: those compared with and their neighbours, and the ends of the range.
    /// The lowest stand first. Of texts, one that is new comes with them.
    pub(super) fn values(&self, ty: &Type, own: Option<Constant>) -> Vec<Constant> {
        let entries = |count: usize| {
            let all = (0..count).filter_map(|place| u16::try_from(place).ok());
            all.collect::<Vec<_>>()
        };
        let parts = self.plan.parts();
        let levels = |scale: crate::plan::ScaleId| {
            let scale = parts.scales.get(scale.index());
            entries(scale.map_or(0, |scale| scale.levels.len()))
        };
        match ty {
            Type::YesNo => vec![Constant::YesNo(true), Constant::YesNo(false)],
            Type::Level(scale) => levels(*scale).into_iter().map(Constant::Ordinal).collect(),
            Type::Choice(choices) => {
                let all = entries(choices.len());
                all.into_iter().map(Constant::Ordinal).collect()
            }
            Type::Number(least, most) | Type::Whole(least, most) => {
                let step = step(ty);
                let near = self.numbers.iter().flat_map(|number| {
                    let micros = number.micros();
                    [
                        micros.saturating_sub(step),
                        micros,
                        micros.saturating_add(step),
                    ]
                });
                let mut all: Vec<_> = near
                    .chain([least.micros(), most.micros()])
                    .filter(|micros| (least.micros()..=most.micros()).contains(micros))
                    .filter(|micros| micros % step == 0)
                    .collect();
                crate::order::sort(&mut all);
                all.dedup();
                let all = all.into_iter().filter_map(Decimal::from_micros);
                all.map(Constant::Number).collect()
            }
            Type::Date => {
                let near = self.dates.iter().chain([&self.day]);
                let mut all: Vec<_> = near
                    .flat_map(|date| [date.pred(), *date, date.succ()])
                    .chain(ends(self.day))
                    .collect();
                crate::order::sort(&mut all);
                all.dedup();
                all.into_iter().map(Constant::Date).collect()
            }
            Type::Text => {
                let mut all = self.texts.clone();
                crate::order::sort(&mut all);
                all.dedup();
                all.into_iter().map(Constant::Text).collect()
            }
            Type::Rubric(rubric) => {
                let Some(rubric) = parts.rubrics.get(rubric.index()) else {
                    return Vec::new();
                };
                let all = levels(rubric.scale).into_iter();
                all.map(|level| Constant::Rubric(vec![Some(level); rubric.criteria.len()]))
                    .collect()
            }
            Type::List(item) => {
                let held = match own {
                    Some(Constant::List(items)) => items,
                    _ => Vec::new(),
                };
                let wanted = self.items.iter();
                let mut wanted: Vec<_> = wanted
                    .filter(|it| crate::plan::types::fits(it, item, parts) && !held.contains(it))
                    .cloned()
                    .collect();
                wanted.dedup();
                let mut all: Vec<_> = wanted.iter().map(|it| vec![it.clone()]).collect();
                all.push(wanted);
                all.dedup();
                all.into_iter()
                    .map(|more| Constant::List(held.iter().cloned().chain(more).collect()))
                    .collect()
            }
        }
    }
}

/// The distance of two neighbours among numbers, in millionths.
pub(super) const fn step(ty: &Type) -> i64 {
    match ty {
        Type::Whole(..) => 1_000_000,
        _ => 1,
    }
}

/// Days far before and after one.
pub(super) fn ends(day: Date) -> [Date; 2] {
    const FAR: i32 = 36_525;
    let far = |days: i32| Date::from_days(day.days().saturating_add(days));
    [
        far(-FAR).unwrap_or(Date::MIN),
        far(FAR).unwrap_or(Date::MAX),
    ]
}
