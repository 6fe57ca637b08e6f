//! Requirements on records: clauses with their parameters filled in.

use milepost_diagnostics::{Code, Diagnostic};
use milepost_engine::plan::{self, CompetencyId, Number, Value, When};

use super::Lowering;
use super::expression::Environment;
use crate::model::{Expr, Measure, Records, Spread, Target, Type, Window};

impl Lowering<'_> {
    /// A requirement on records.
    pub(super) fn records(
        &mut self,
        records: &Records,
        environment: &Environment,
        owner: Option<CompetencyId>,
    ) -> Option<plan::Records> {
        let competency = match records.target {
            None => None,
            Some((Target::Competency(id), _)) => Some(id),
            Some((Target::This, _)) => Some(owner?),
        };
        let mut windows = Vec::with_capacity(records.windows.len());
        for (window, _) in &records.windows {
            windows.push(self.window(window, environment)?);
        }
        let latest = match &records.latest {
            Some(number) => Some(self.written(number, environment)?),
            None => None,
        };
        Some(plan::Records {
            measure: self.measure(&records.measure, environment)?,
            kind: records.kind,
            competency,
            windows,
            whose: self.optional(records.whose.as_ref(), environment)?,
            attempts: match &records.attempts {
                None => None,
                Some((attempts, _)) => Some(plan::Attempts {
                    key: self.source(&attempts.key)?,
                    highest: match &attempts.highest {
                        Some(field) => Some(self.source(field)?),
                        None => None,
                    },
                }),
            },
            latest,
            including_under_review: records.including_under_review,
            including_returned: records.including_returned,
            matching: self.optional(records.matching.as_ref(), environment)?,
            spread: match &records.spread {
                None => None,
                Some((Spread::Different(field), _)) => {
                    Some(plan::Spread::Different(self.source(field)?))
                }
                Some((Spread::Same(field), _)) => Some(plan::Spread::Same(self.source(field)?)),
                Some((Spread::DifferentYears, _)) => Some(plan::Spread::DifferentYears),
                Some((Spread::ConsecutiveYears(skipping), _)) => {
                    Some(plan::Spread::ConsecutiveYears(*skipping))
                }
            },
        })
    }

    #[expect(
        clippy::option_option,
        reason = "nothing to lower is not the same as something unsound"
    )]
    fn optional(
        &mut self,
        condition: Option<&Expr>,
        environment: &Environment,
    ) -> Option<Option<plan::Test>> {
        match condition {
            None => Some(None),
            Some(condition) => self.condition(condition, environment).map(Some),
        }
    }

    fn measure(&mut self, measure: &Measure, environment: &Environment) -> Option<plan::Measure> {
        Some(match measure {
            Measure::Count(how, bound) => {
                plan::Measure::Count(*how, self.number(bound, environment)?)
            }
            Measure::No => plan::Measure::No,
            Measure::Every => plan::Measure::Every,
            Measure::Share(how, share, _) => plan::Measure::Share(*how, *share),
            Measure::Aggregate(how, bound, aggregate, field) => {
                let bound = self.value(bound, &field.ty, environment)?;
                let field = self.value(field, &field.ty, environment)?;
                plan::Measure::Aggregate(*how, bound, *aggregate, field)
            }
        })
    }

    fn value(&mut self, expr: &Expr, ty: &Type, environment: &Environment) -> Option<Value> {
        match ty {
            Type::Date => self.when(expr, environment).map(Value::Date),
            Type::Level(_) => self.ordinal(expr, environment).map(Value::Ordinal),
            _ => self.number(expr, environment).map(Value::Number),
        }
    }

    fn window(&mut self, window: &Window, environment: &Environment) -> Option<plan::Window> {
        Some(match window {
            Window::Within(duration, before) => {
                let end = match before {
                    Some(before) => self.when(before, environment)?,
                    None => When::Today,
                };
                plan::Window::Within(*duration, end)
            }
            Window::Since(when) => plan::Window::Since(self.when(when, environment)?),
            Window::From(from, to) => {
                plan::Window::From(self.when(from, environment)?, self.when(to, environment)?)
            }
            Window::Before(when) => plan::Window::Before(self.when(when, environment)?),
            Window::After(when) => plan::Window::After(self.when(when, environment)?),
            Window::InThe(duration, before) => {
                plan::Window::InThe(*duration, self.when(before, environment)?)
            }
            Window::ThisYear => plan::Window::SchoolYears(0, 0),
            Window::LastYear => plan::Window::SchoolYears(-1, -1),
            Window::Year(year) => plan::Window::SchoolYear(*year),
            Window::LastYears(number, and_this) => {
                let years = i32::try_from(self.written(number, environment)?).ok()?;
                plan::Window::SchoolYears(-years, if *and_this { 0 } else { -1 })
            }
        })
    }

    /// A number from 1 to a million that is written out, here or as an argument.
    fn written(&mut self, expr: &Expr, environment: &Environment) -> Option<u32> {
        let number = match self.number(expr, environment)? {
            Number::Literal(number) => number.to_whole(),
            _ => None,
        };
        let written = number
            .and_then(|number| u32::try_from(number).ok())
            .filter(|number| (1..=1_000_000).contains(number));
        if written.is_none() {
            self.report(
                Diagnostic::new(
                    Code::NumberOutOfRange,
                    expr.span,
                    "this has to be a written number from 1 to 1000000",
                )
                .help("write the number here, or give the rule's parameter a written number"),
            );
        }
        written
    }
}
