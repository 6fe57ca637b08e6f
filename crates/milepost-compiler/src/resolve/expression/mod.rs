//! Expressions: every name looked up, every part typed, every misfit reported once.

mod comparison;
mod variable;

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::Unit;
use milepost_engine::plan::Constant;
use milepost_syntax::tree::{self, Edge, Operator, RelativeYear};

use super::requirement::fits;
use super::{Context, Resolver};
use crate::model::{Expr, ExprKind, Quantifier, Type};

/// How many factors that are not written out may be multiplied.
const FACTORS: u32 = 2;

pub(super) fn invalid(span: Span) -> Expr {
    Expr {
        span,
        ty: Type::Invalid,
        kind: ExprKind::Invalid,
    }
}

impl Resolver<'_> {
    /// An expression that must be true or false.
    pub(super) fn condition(&mut self, context: Context<'_>, expr: &tree::Expr) -> Expr {
        let resolved = self.expression(context, expr, Some(&Type::YesNo));
        if fits(&resolved.ty, &Type::YesNo) {
            return resolved;
        }
        let what = self.model.type_name(&resolved.ty);
        let written = self.written(expr.span).to_owned();
        let help = match resolved.ty {
            Type::Number | Type::Whole if written.starts_with(|c: char| c.is_ascii_digit()) => {
                format!("to ask for so many records write `at least {written} …`")
            }
            Type::Number | Type::Whole => format!("compare it, for example `{written} >= 3`"),
            Type::Date => format!("compare it, for example `{written} >= today`"),
            Type::Level(_) => format!("compare it: `{written} >= …`, with a level"),
            Type::Choice(_) => format!("compare it: `{written} = …`, with a choice"),
            Type::Text => format!("compare it, for example `{written} = \"…\"`"),
            Type::List(_) => format!("ask what it holds: `{written} contains …`"),
            Type::Rubric(_) => format!("ask of its criteria: `every criterion of {written} >= …`"),
            _ => "write something that is true or false".to_owned(),
        };
        self.report(
            Diagnostic::new(
                Code::TypeMismatch,
                expr.span,
                format!("a condition is expected here, and this is {what}"),
            )
            .here(what)
            .help(help),
        );
        invalid(expr.span)
    }

    /// An expression that must be a whole number.
    pub(super) fn whole(&mut self, context: Context<'_>, expr: &tree::Expr) -> Expr {
        let resolved = self.expression(context, expr, Some(&Type::Whole));
        if fits(&resolved.ty, &Type::Whole) {
            return resolved;
        }
        let what = self.model.type_name(&resolved.ty);
        self.report(
            Diagnostic::new(Code::TypeMismatch, expr.span, format!("a whole number is expected here, and this is {what}"))
                .here(what)
                .help("records and requirements are counted in whole numbers; declare the fact or parameter as `whole`"),
        );
        invalid(expr.span)
    }

    /// An expression; a bare name may be a level or a choice of the type expected.
    pub(super) fn expression(
        &mut self,
        context: Context<'_>,
        expr: &tree::Expr,
        expected: Option<&Type>,
    ) -> Expr {
        let span = expr.span;
        let (ty, kind) = match &expr.kind {
            tree::ExprKind::Missing => return invalid(span),
            tree::ExprKind::Number(text) => match self.number(text, span) {
                Some(number) if number.is_whole() => (Type::Whole, ExprKind::Number(number)),
                Some(number) => (Type::Number, ExprKind::Number(number)),
                None => return invalid(span),
            },
            tree::ExprKind::Percent(text) => match self.fraction(text, span) {
                Some(number) => (Type::Number, ExprKind::Number(number)),
                None => return invalid(span),
            },
            tree::ExprKind::Date(text) => match self.date_at(text, span) {
                Some(date) => (Type::Date, ExprKind::Date(date)),
                None => return invalid(span),
            },
            tree::ExprKind::Duration(duration) => match self.duration(duration) {
                Some(duration) => (Type::Duration, ExprKind::Duration(duration)),
                None => return invalid(span),
            },
            tree::ExprKind::Text(text) => (Type::Text, ExprKind::Text(text.clone())),
            tree::ExprKind::YesNo(answer) => (Type::YesNo, ExprKind::YesNo(*answer)),
            tree::ExprKind::Today => (Type::Date, ExprKind::Today),
            tree::ExprKind::YearEdge(edge, year) => {
                let year = match year {
                    RelativeYear::Last => -1,
                    RelativeYear::This => 0,
                    RelativeYear::Next => 1,
                };
                let kind = match edge {
                    Edge::Start => ExprKind::YearStart(year),
                    Edge::End => ExprKind::YearEnd(year),
                };
                (Type::Date, kind)
            }
            tree::ExprKind::RoleStart(role, stage) => {
                match self.role_stage(context.file, role, stage.as_ref()) {
                    Some((role, stage)) => (Type::Date, ExprKind::RoleStart(role, stage)),
                    None => return invalid(span),
                }
            }
            tree::ExprKind::NextDay(day, after) => {
                let day = self.month_day(day);
                let after = self.date_expression(context, after);
                match day {
                    Some(day) if after.ty != Type::Invalid => {
                        (Type::Date, ExprKind::NextDay(day, Box::new(after)))
                    }
                    _ => return invalid(span),
                }
            }
            tree::ExprKind::Path(path) => return self.path(context, path, expected),
            tree::ExprKind::Not(inner) => {
                let inner = self.condition(context, inner);
                (Type::YesNo, ExprKind::Not(Box::new(inner)))
            }
            tree::ExprKind::Binary(left, operator, at, right) => {
                return self.binary(context, span, left, *operator, *at, right);
            }
            tree::ExprKind::In(value, set) => return self.membership(context, span, value, set),
            tree::ExprKind::IsKnown(inner) => return self.is_known(context, span, inner),
            tree::ExprKind::Criteria(criteria) => return self.criteria(context, span, criteria),
        };
        Expr { span, ty, kind }
    }

    /// An expression that must be a day.
    pub(super) fn date_expression(&mut self, context: Context<'_>, expr: &tree::Expr) -> Expr {
        let resolved = self.expression(context, expr, Some(&Type::Date));
        if fits(&resolved.ty, &Type::Date) {
            return resolved;
        }
        let what = self.model.type_name(&resolved.ty);
        self.report(
            Diagnostic::new(
                Code::TypeMismatch,
                expr.span,
                format!("a date is expected here, and this is {what}"),
            )
            .here(what)
            .help("write a date such as `2026-07-01`, `today`, or the name of a date"),
        );
        invalid(expr.span)
    }

    fn binary(
        &mut self,
        context: Context<'_>,
        span: Span,
        left: &tree::Expr,
        operator: Operator,
        at: Span,
        right: &tree::Expr,
    ) -> Expr {
        match operator {
            Operator::And | Operator::Or => {
                let left = Box::new(self.condition(context, left));
                let right = Box::new(self.condition(context, right));
                let kind = if operator == Operator::And {
                    ExprKind::And(left, right)
                } else {
                    ExprKind::Or(left, right)
                };
                Expr {
                    span,
                    ty: Type::YesNo,
                    kind,
                }
            }
            Operator::Add | Operator::Subtract | Operator::Multiply => {
                self.arithmetic(context, span, left, operator, right)
            }
            Operator::Contains => self.contains(context, span, left, right),
            _ => self.comparison(context, span, left, operator, at, right),
        }
    }

    fn arithmetic(
        &mut self,
        context: Context<'_>,
        span: Span,
        left: &tree::Expr,
        operator: Operator,
        right: &tree::Expr,
    ) -> Expr {
        let left = self.expression(context, left, None);
        let right = self.expression(context, right, None);
        if left.ty == Type::Invalid || right.ty == Type::Invalid {
            return invalid(span);
        }
        let kind = match operator {
            Operator::Add => ExprKind::Add as fn(Box<Expr>, Box<Expr>) -> ExprKind,
            Operator::Subtract => ExprKind::Subtract,
            _ => ExprKind::Multiply,
        };
        if left.ty == Type::Date && right.ty == Type::Duration && operator != Operator::Multiply {
            if matches!(right.kind, ExprKind::Duration(duration) if duration.unit == Unit::SchoolYears)
            {
                self.report(
                    Diagnostic::new(
                        Code::TypeMismatch,
                        right.span,
                        "school years cannot be added to a date",
                    )
                    .help("write years, or use `start of next school year` and its like"),
                );
                return invalid(span);
            }
            return Expr {
                span,
                ty: Type::Date,
                kind: kind(Box::new(left), Box::new(right)),
            };
        }
        for side in [&left, &right] {
            if !matches!(side.ty, Type::Number | Type::Whole) {
                let what = self.model.type_name(&side.ty);
                let help = match side.ty {
                    Type::Date => {
                        "a date takes only `+` or `-` and a length of time, such as `today - 3 years`"
                    }
                    Type::Duration => {
                        "a length of time is added to a date, such as `licence_expires - 6 months`"
                    }
                    Type::Level(_) => {
                        "compare levels with `>=`; averages are written `at least 3 average … of …`"
                    }
                    _ => "only numbers can be added, subtracted and multiplied",
                };
                let problem = Diagnostic::new(
                    Code::NotANumber,
                    side.span,
                    format!("`{}` is {what}, not a number", self.written(side.span)),
                )
                .here(what)
                .help(help);
                self.report(problem);
                return invalid(span);
            }
        }
        let ty = if left.ty == Type::Whole && right.ty == Type::Whole {
            Type::Whole
        } else {
            Type::Number
        };
        let made = Expr {
            span,
            ty,
            kind: kind(Box::new(left), Box::new(right)),
        };
        if factors(&made) > FACTORS {
            self.report(
                Diagnostic::new(
                    Code::TooManyFactors,
                    span,
                    format!("at most {FACTORS} factors that are not written out can be multiplied"),
                )
                .help("so that every result is exact; put a product into a fact of its own"),
            );
            return invalid(span);
        }
        made
    }

    fn contains(
        &mut self,
        context: Context<'_>,
        span: Span,
        list: &tree::Expr,
        value: &tree::Expr,
    ) -> Expr {
        let list = self.expression(context, list, None);
        let item = match &list.ty {
            Type::List(item) => (**item).clone(),
            Type::Invalid => return invalid(span),
            other => {
                let what = self.model.type_name(other);
                self.report(
                    Diagnostic::new(
                        Code::TypeMismatch,
                        list.span,
                        format!("`contains` asks about a list, and this is {what}"),
                    )
                    .here(what)
                    .help("write `=` to compare, or declare it as `list of …`"),
                );
                return invalid(span);
            }
        };
        let value = self.expression(context, value, Some(&item));
        if !fits(&value.ty, &item) {
            let problem = Diagnostic::new(
                Code::TypeMismatch,
                value.span,
                format!(
                    "each item is {}, and this is {}",
                    self.model.type_name(&item),
                    self.model.type_name(&value.ty)
                ),
            )
            .here(self.model.type_name(&value.ty))
            .label(list.span, self.model.type_name(&list.ty));
            self.report(problem.help("write a value of the kind the list holds"));
            return invalid(span);
        }
        let constant = match value.kind {
            ExprKind::Number(number) => Constant::Number(number),
            ExprKind::Date(date) => Constant::Date(date),
            ExprKind::Text(text) => Constant::Text(text),
            ExprKind::YesNo(answer) => Constant::YesNo(answer),
            ExprKind::Ordinal(ordinal) => Constant::Ordinal(ordinal),
            ExprKind::Invalid => return invalid(span),
            _ => {
                self.report(
                    Diagnostic::new(
                        Code::TypeMismatch,
                        value.span,
                        "what a list contains is asked with a written value",
                    )
                    .help("write the value itself, such as `contains \"mathematics\"`"),
                );
                return invalid(span);
            }
        };
        Expr {
            span,
            ty: Type::YesNo,
            kind: ExprKind::Contains(Box::new(list), constant),
        }
    }

    fn membership(
        &mut self,
        context: Context<'_>,
        span: Span,
        value: &tree::Expr,
        set: &[tree::Expr],
    ) -> Expr {
        let value = self.expression(context, value, None);
        if value.ty == Type::Invalid {
            return invalid(span);
        }
        let mut items = Vec::with_capacity(set.len());
        for item in set {
            let item = self.expression(context, item, Some(&value.ty));
            if item.ty != Type::Invalid
                && self.comparable(&value, milepost_engine::plan::Comparison::Equal, &item)
            {
                items.push(item);
            }
        }
        if items.len() < set.len() {
            return invalid(span);
        }
        Expr {
            span,
            ty: Type::YesNo,
            kind: ExprKind::In(Box::new(value), items),
        }
    }

    fn is_known(&mut self, context: Context<'_>, span: Span, inner: &tree::Expr) -> Expr {
        let inner = self.expression(context, inner, None);
        match inner.kind {
            ExprKind::Invalid => invalid(span),
            ExprKind::Fact(_)
            | ExprKind::Field(_)
            | ExprKind::Criterion(..)
            | ExprKind::RecordExpires => Expr {
                span,
                ty: Type::YesNo,
                kind: ExprKind::IsKnown(Box::new(inner)),
            },
            _ => {
                self.report(
                    Diagnostic::new(
                        Code::TypeMismatch,
                        inner.span,
                        "`is known` asks about a fact or a field",
                    )
                    .help("write the name of the fact or field alone before `is known`"),
                );
                invalid(span)
            }
        }
    }

    fn criteria(&mut self, context: Context<'_>, span: Span, criteria: &tree::Criteria) -> Expr {
        let rubric = self.path(context, &criteria.rubric, None);
        let id = match rubric.ty {
            Type::Rubric(id) => id,
            Type::Invalid => return invalid(span),
            ref other => {
                let what = self.model.type_name(other);
                self.report(
                    Diagnostic::new(
                        Code::TypeMismatch,
                        rubric.span,
                        format!("only ratings by a rubric have criteria, and this is {what}"),
                    )
                    .here(what)
                    .help("name a fact or field whose type is a rubric"),
                );
                return invalid(span);
            }
        };
        let Some(scale) = self.model.rubric(id).and_then(|rubric| rubric.scale) else {
            return invalid(span);
        };
        let level = self.expression(context, &criteria.level, Some(&Type::Level(scale)));
        if level.ty == Type::Invalid {
            return invalid(span);
        }
        let rated = Expr {
            span: rubric.span,
            ty: Type::Level(scale),
            kind: ExprKind::Invalid,
        };
        let comparison = comparison::comparison(criteria.operator);
        if !self.comparable(&rated, comparison, &level) {
            return invalid(span);
        }
        let quantifier = match &criteria.quantifier {
            tree::Quantifier::Every => Quantifier::Every,
            tree::Quantifier::Count(how, bound) => {
                let bound = self.whole(context, bound);
                if bound.ty == Type::Invalid {
                    return invalid(span);
                }
                Quantifier::Count(how_of(*how), Box::new(bound))
            }
            tree::Quantifier::Share(how, share) => match self.share(&share.text, share.span) {
                Some(share) => Quantifier::Share(how_of(*how), share),
                None => return invalid(span),
            },
        };
        Expr {
            span,
            ty: Type::YesNo,
            kind: ExprKind::Criteria(quantifier, Box::new(rubric), comparison, Box::new(level)),
        }
    }
}

/// The same word, in the engine's terms.
pub(super) const fn how_of(how: tree::How) -> milepost_engine::plan::How {
    use milepost_engine::plan::How;
    match how {
        tree::How::AtLeast => How::AtLeast,
        tree::How::AtMost => How::AtMost,
        tree::How::Exactly => How::Exactly,
    }
}

/// The most factors that are not written out in a product of the expression.
pub(crate) fn factors(expr: &Expr) -> u32 {
    match &expr.kind {
        ExprKind::Add(left, right) | ExprKind::Subtract(left, right) => {
            factors(left).max(factors(right))
        }
        ExprKind::Multiply(left, right) => factors(left) + factors(right),
        ExprKind::Fact(_)
        | ExprKind::Field(_)
        | ExprKind::Parameter(_)
        | ExprKind::LevelNumber(..) => 1,
        _ => 0,
    }
}
