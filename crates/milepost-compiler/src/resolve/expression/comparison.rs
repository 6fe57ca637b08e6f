//! Comparisons: both sides typed against each other.

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::plan::Comparison;
use milepost_syntax::tree::{self, Operator};

use super::invalid;
use crate::model::{Expr, ExprKind, Type};
use crate::resolve::{Context, Resolver};

/// The comparison an operator stands for.
pub(super) const fn comparison(operator: Operator) -> Comparison {
    match operator {
        Operator::NotEqual => Comparison::NotEqual,
        Operator::Less => Comparison::Less,
        Operator::LessOrEqual => Comparison::LessOrEqual,
        Operator::Greater => Comparison::Greater,
        Operator::GreaterOrEqual => Comparison::GreaterOrEqual,
        _ => Comparison::Equal,
    }
}

impl Resolver<'_> {
    /// A comparison. A bare name that is no variable is a level or a choice of the other side's type.
    pub(super) fn comparison(
        &mut self,
        context: Context<'_>,
        span: Span,
        left: &tree::Expr,
        operator: Operator,
        _at: Span,
        right: &tree::Expr,
    ) -> Expr {
        let (left, right) = if self.is_symbol(context, left) && !self.is_symbol(context, right) {
            let right = self.expression(context, right, None);
            (self.expression(context, left, Some(&right.ty)), right)
        } else {
            let left = self.expression(context, left, None);
            if left.ty == Type::Invalid {
                self.quietly(context, right);
                return invalid(span);
            }
            let right = self.expression(context, right, Some(&left.ty));
            (left, right)
        };
        if left.ty == Type::Invalid || right.ty == Type::Invalid {
            return invalid(span);
        }
        let comparison = comparison(operator);
        if !self.comparable(&left, comparison, &right) {
            return invalid(span);
        }
        Expr {
            span,
            ty: Type::YesNo,
            kind: ExprKind::Compare(Box::new(left), comparison, Box::new(right)),
        }
    }

    /// The other side of something unknown: its own problems are told, but not that a bare name means nothing.
    fn quietly(&mut self, context: Context<'_>, expr: &tree::Expr) {
        if !self.is_symbol(context, expr) {
            self.expression(context, expr, None);
        }
    }

    fn is_symbol(&self, context: Context<'_>, expr: &tree::Expr) -> bool {
        matches!(&expr.kind, tree::ExprKind::Path(path) if !self.is_variable(context, path))
    }

    /// Whether two values compare so; if not, says why, with both sides shown.
    pub(super) fn comparable(&mut self, left: &Expr, comparison: Comparison, right: &Expr) -> bool {
        let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        let (code, message, help) = match (&left.ty, &right.ty) {
            (Type::Invalid, _) | (_, Type::Invalid) => return false,
            (Type::Number | Type::Whole, Type::Number | Type::Whole) | (Type::Date, Type::Date) => return true,
            (Type::Level(one), Type::Level(other)) if one == other => return true,
            (Type::Level(_), Type::Level(_)) => (
                Code::DifferentScales,
                "levels of different scales do not compare".to_owned(),
                "compare with a level of the same scale".to_owned(),
            ),
            (one, other) if one == other && matches!(one, Type::YesNo | Type::Text | Type::Choice(_)) => {
                if !ordered {
                    return true;
                }
                (
                    Code::TypeMismatch,
                    format!("{} has no order: one is neither more nor less than another", self.model.type_name(one)),
                    "compare with `=` or `!=`".to_owned(),
                )
            }
            (Type::Choice(_), Type::Choice(_)) => (
                Code::TypeMismatch,
                "choices of different lists do not compare".to_owned(),
                "compare with one of the choices declared for it, or declare a scale that both use".to_owned(),
            ),
            (Type::Rubric(_), _) | (_, Type::Rubric(_)) => (
                Code::TypeMismatch,
                "ratings by a rubric do not compare as a whole".to_owned(),
                "ask of its criteria: `every criterion of … >= …`, or of one: `lesson.planning >= …`".to_owned(),
            ),
            (Type::List(_), _) | (_, Type::List(_)) => (
                Code::TypeMismatch,
                "a list does not compare as a whole".to_owned(),
                "ask what it holds: `… contains …`".to_owned(),
            ),
            (one, other) => (
                Code::TypeMismatch,
                format!("{} and {} do not compare", self.model.type_name(one), self.model.type_name(other)),
                type_help(one, other),
            ),
        };
        let problem = Diagnostic::new(code, left.span, message)
            .here(self.model.type_name(&left.ty))
            .label(right.span, self.model.type_name(&right.ty))
            .help(help);
        self.report(problem);
        false
    }
}

fn type_help(one: &Type, other: &Type) -> String {
    match (one, other) {
        (Type::Number | Type::Whole, Type::Text) | (Type::Text, Type::Number | Type::Whole) => {
            "write the number without quotes, or declare the fact or field as `number`".to_owned()
        }
        (Type::Date, Type::Text) | (Type::Text, Type::Date) => {
            "write the date without quotes, such as `2026-07-01`".to_owned()
        }
        (Type::Date, Type::Duration) | (Type::Duration, Type::Date) => {
            "count from a day, such as `>= today - 3 years`".to_owned()
        }
        (Type::Number | Type::Whole, Type::Duration)
        | (Type::Duration, Type::Number | Type::Whole) => {
            "write the number alone; a requirement of its own stands on the next line".to_owned()
        }
        (Type::Level(_), _) | (_, Type::Level(_)) => {
            "compare a level with the name of a level".to_owned()
        }
        (Type::YesNo, _) | (_, Type::YesNo) => {
            "compare with `yes` or `no`, or write the name alone".to_owned()
        }
        _ => "compare things of one type".to_owned(),
    }
}
