//! The facts a requirement looks at, and whether it looks at posts: its form in, each of them once out. The nesting of expressions is bounded by the plan.

use crate::plan::{
    FactId, Form, Measure, Number, Ordinal, Quantifier, Records, Source, Spread, Test, Text, Value,
    When, Window,
};

/// What a requirement looks at itself, those below it aside.
pub(super) fn facts_of(form: &Form) -> Facts {
    let mut facts = Facts::default();
    match form {
        Form::AtLeast(bound, _) | Form::Points(bound, ..) => facts.number(bound),
        Form::Condition(test) => facts.test(test),
        Form::Records(records) => facts.records(records),
        Form::Held(held) => {
            facts.posts = true;
            facts.number(&held.bound);
        }
        Form::All(_)
        | Form::Any(_)
        | Form::None(_)
        | Form::InOrder(_)
        | Form::WithoutReuse(_)
        | Form::Competency(_)
        | Form::Role(_)
        | Form::Stage(_) => {}
    }
    facts
}

/// Whether a requirement looks at posts.
pub(in super::super) fn looks_at_posts(form: &Form) -> bool {
    facts_of(form).posts
}

/// What a requirement looks at.
#[derive(Default)]
pub(super) struct Facts {
    /// The facts, each once.
    pub(super) facts: Vec<FactId>,
    /// Whether it looks at when posts began.
    pub(super) posts: bool,
}

impl Facts {
    fn source(&mut self, source: Source) {
        if let Source::Fact(fact) | Source::FactCriterion(fact, _) = source
            && !self.facts.contains(&fact)
        {
            self.facts.push(fact);
        }
    }

    fn records(&mut self, records: &Records) {
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
                Window::SchoolYears(..) | Window::SchoolYear(_) => {}
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

    fn value(&mut self, value: &Value) {
        match value {
            Value::Number(number) => self.number(number),
            Value::Date(when) => self.when(when),
            Value::Ordinal(ordinal) => self.ordinal(*ordinal),
        }
    }

    fn number(&mut self, number: &Number) {
        match number {
            Number::Literal(_) => {}
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
        match when {
            When::Of(source) => self.source(*source),
            When::Plus(when, _) | When::Minus(when, _) | When::Next(_, when) => self.when(when),
            When::RoleStart(..) => self.posts = true,
            When::Literal(_) | When::Today | When::YearStart(_) | When::YearEnd(_) => {}
        }
    }

    fn ordinal(&mut self, ordinal: Ordinal) {
        if let Ordinal::Of(source) = ordinal {
            self.source(source);
        }
    }

    fn test(&mut self, test: &Test) {
        match test {
            Test::Literal(_) => {}
            Test::All(tests) | Test::Any(tests) | Test::OneOf(tests) => {
                for test in tests {
                    self.test(test);
                }
            }
            Test::Not(test) => self.test(test),
            Test::YesNo(source) | Test::Contains(source, _) | Test::Known(source) => {
                self.source(*source);
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
                    if let Text::Of(source) = text {
                        self.source(*source);
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
}
