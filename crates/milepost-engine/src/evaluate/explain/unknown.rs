//! What nobody supplied: conditions, bounds and windows in; the facts and fields their uncertainty comes from out.

use super::super::planes::{Planes, ones};
use super::super::population::{Latest, Population};
use super::super::test::Rows;
use super::super::value::Scope;
use super::at;
use super::counted::narrows;
use crate::order;
use crate::outcome::{RecordRef, Unknown};
use crate::plan::{
    Measure, Number, Ordinal, Quantifier, Records, Source, Spread, Test, Text, Value, When, Window,
};
use crate::truth::BITS;

/// What was found to be unknown, each once.
#[derive(Debug, Default)]
pub(super) struct Unknowns {
    found: Vec<Unknown>,
    /// Whether the record that is looked at is under review: then the review fills in what it lacks.
    under_review: bool,
}

impl Unknowns {
    /// In order.
    pub(super) fn finish(self) -> Vec<Unknown> {
        let mut unknowns = self.found;
        order::sort(&mut unknowns);
        unknowns.dedup();
        unknowns
    }

    fn source(&mut self, scope: Scope<'_>, source: Source, record: Option<RecordRef>) {
        let row = record.map_or(0, |record| record.row as usize);
        let parts = scope.plan.parts();
        let score = record.and_then(|record| parts.score_of(record.kind, source));
        // A level that follows from a score is not supplied itself.
        let source = score
            .filter(|score| !scope.is_known(*score, row))
            .unwrap_or(source);
        if !scope.is_known(source, row) {
            let unknown = Unknown::of(source, record);
            let supplied = |it: &Unknown| !self.under_review || matches!(it, Unknown::Fact(..));
            self.found.extend(unknown.filter(supplied));
        }
    }

    /// The criteria of a rubric that are not rated; the rubric if none was supplied.
    fn rubric(&mut self, scope: Scope<'_>, source: Source, record: Option<RecordRef>) {
        let row = record.map_or(0, |record| record.row as usize);
        if !scope.is_known(source, row) {
            return self.source(scope, source, record);
        }
        let (column, _, _) = scope.column(source);
        let criteria = column.map_or(0, |column| column.criteria());
        for criterion in (0u32..).take(criteria) {
            match source {
                Source::Fact(fact) => {
                    self.source(scope, Source::FactCriterion(fact, criterion), record);
                }
                Source::Field(field) => {
                    self.source(scope, Source::FieldCriterion(field, criterion), record);
                }
                _ => {}
            }
        }
    }

    /// What a number lacks.
    pub(super) fn number(&mut self, scope: Scope<'_>, number: &Number, record: Option<RecordRef>) {
        match number {
            Number::Literal(_) => {}
            Number::Of(source) | Number::OfLevel(source, _) => self.source(scope, *source, record),
            Number::Add(left, right)
            | Number::Subtract(left, right)
            | Number::Multiply(left, right) => {
                self.number(scope, left, record);
                self.number(scope, right, record);
            }
        }
    }

    fn when(&mut self, scope: Scope<'_>, when: &When, record: Option<RecordRef>) {
        match when {
            When::Of(source) => self.source(scope, *source, record),
            When::Plus(when, _) | When::Minus(when, _) | When::Next(_, when) => {
                self.when(scope, when, record);
            }
            When::Literal(_)
            | When::Today
            | When::YearStart(_)
            | When::YearEnd(_)
            | When::RoleStart(..) => {}
        }
    }

    fn ordinal(&mut self, scope: Scope<'_>, ordinal: Ordinal, record: Option<RecordRef>) {
        if let Ordinal::Of(source) = ordinal {
            self.source(scope, source, record);
        }
    }

    fn value(&mut self, scope: Scope<'_>, value: &Value, record: Option<RecordRef>) {
        match value {
            Value::Number(number) => self.number(scope, number, record),
            Value::Date(when) => self.when(scope, when, record),
            Value::Ordinal(ordinal) => self.ordinal(scope, *ordinal, record),
        }
    }

    /// What the parts of a condition lack that are uncertain themselves. Its nesting is bounded by the plan.
    pub(super) fn test(&mut self, scope: Scope<'_>, test: &Test, record: Option<RecordRef>) {
        let row = record.map_or(0, |record| record.row as usize);
        let rows = Rows {
            under_review: u64::from(self.under_review),
            ..Rows::one(row)
        };
        if !scope.test(test, rows).truth(0).is_uncertain() {
            return;
        }
        match test {
            Test::Literal(_) | Test::Known(_) => {}
            Test::All(tests) | Test::Any(tests) | Test::OneOf(tests) => {
                for test in tests {
                    self.test(scope, test, record);
                }
            }
            Test::Not(test) => self.test(scope, test, record),
            Test::YesNo(source) | Test::Contains(source, _) => self.source(scope, *source, record),
            Test::Numbers(left, _, right) => {
                self.number(scope, left, record);
                self.number(scope, right, record);
            }
            Test::Dates(left, _, right) => {
                self.when(scope, left, record);
                self.when(scope, right, record);
            }
            Test::Ordinals(left, _, right) => {
                self.ordinal(scope, *left, record);
                self.ordinal(scope, *right, record);
            }
            Test::Texts(left, _, right) => {
                for text in [left, right] {
                    if let Text::Of(source) = text {
                        self.source(scope, *source, record);
                    }
                }
            }
            Test::Criteria(quantifier, source, _, level) => {
                if let Quantifier::Count(_, bound) = quantifier {
                    self.number(scope, bound, record);
                }
                self.rubric(scope, *source, record);
                self.ordinal(scope, *level, record);
            }
        }
    }

    /// What the bound and the windows of a requirement on records lack.
    pub(super) fn facts_of(&mut self, facts: Scope<'_>, records: &Records) {
        match &records.measure {
            Measure::Count(_, bound) => self.number(facts, bound, None),
            Measure::Aggregate(_, bound, _, _) => self.value(facts, bound, None),
            Measure::No | Measure::Every | Measure::Share(..) => {}
        }
        for window in &records.windows {
            match window {
                Window::Within(_, when)
                | Window::Since(when)
                | Window::Before(when)
                | Window::After(when)
                | Window::InThe(_, when) => self.when(facts, when, None),
                Window::From(from, to) => {
                    self.when(facts, from, None);
                    self.when(facts, to, None);
                }
                Window::SchoolYears(..) | Window::SchoolYear(_) => {}
            }
        }
    }

    /// What is lacking where records are looked at: of those under review, whose fields the review fills in, facts only.
    pub(super) fn records(&mut self, population: Population<'_>) {
        let records = population.records;
        let narrows = narrows(population);
        let mut latest = Latest::new(records.latest);
        for word in population.words() {
            if latest.is_full() {
                break;
            }
            // At the best of what is unknown, and for what is kept at any bit.
            let best = |planes: Planes| {
                planes.at(1) & !word.under_review | planes.at(5) & word.under_review
            };
            let (looked_at, hits) = if narrows {
                let narrowed = latest.narrow(word.population);
                (best(narrowed), best(narrowed.and(word.matching)))
            } else {
                let kept = (0..BITS).fold(0, |all, bit| all | latest.take(bit, word.kept(bit)));
                (kept & best(word.population), 0)
            };
            for place in ones(looked_at) {
                let row = word.first + place;
                let record = Some(at(records.kind, row));
                self.under_review = word.under_review >> place & 1 == 1;
                for test in [&records.whose, &records.matching].into_iter().flatten() {
                    self.test(population.scope, test, record);
                }
                if let Some(attempts) = records.attempts {
                    self.source(population.scope, attempts.key, record);
                    if let Some(highest) = attempts.highest {
                        self.source(population.scope, highest, record);
                    }
                }
                if hits >> place & 1 == 1 {
                    match (records.spread, &records.measure) {
                        (Some(Spread::Different(source) | Spread::Same(source)), _) => {
                            self.source(population.scope, source, record);
                        }
                        (_, Measure::Aggregate(_, _, _, value)) => {
                            self.value(population.scope, value, record);
                        }
                        _ => {}
                    }
                }
            }
            self.under_review = false;
        }
    }
}
