//! Requirements on records: the measure, the clauses of the population, the match and the spread.

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::plan::Aggregate;
use milepost_syntax::tree::{self, ClauseKind, SchoolYear};

use super::expression::how_of;
use super::requirement::fits;
use super::{Context, Resolver};
use crate::model::{
    Attempts, Expr, ExprKind, Form, Measure, Records, Spread, Target, Type, Window,
};

impl Resolver<'_> {
    /// A requirement on records.
    pub(super) fn records(&mut self, context: Context<'_>, records: &tree::Records) -> Form {
        let Some(kind) = self.kind(context.file, &records.kind) else {
            return Form::Invalid;
        };
        let inside = Context {
            kind: Some(kind),
            ..context
        };
        let measure = self.measure(context, inside, &records.measure);
        let mut sound = measure.is_some();
        let mut resolved = Records {
            measure: measure.unwrap_or(Measure::Every),
            kind,
            target: None,
            windows: Vec::new(),
            whose: None,
            attempts: None,
            latest: None,
            including_under_review: false,
            including_returned: false,
            matching: None,
            spread: None,
        };
        let mut seen: Vec<(&'static str, Span)> = Vec::new();
        for clause in &records.clauses {
            let slot = slot(&clause.kind);
            if let Some((_, first)) = seen.iter().find(|(name, _)| Some(*name) == slot) {
                self.report(
                    Diagnostic::new(Code::ClauseClash, clause.span, clash(slot))
                        .label(*first, "the other one is here")
                        .help(clash_help(slot)),
                );
                sound = false;
                continue;
            }
            seen.extend(slot.map(|slot| (slot, clause.span)));
            sound &= self.clause(context, inside, clause, &mut resolved);
        }
        if let Some((spread, span)) = &resolved.spread
            && !matches!(resolved.measure, Measure::Count(..))
            && sound
        {
            let word = match spread {
                Spread::Different(_) => "by different …",
                Spread::Same(_) => "with the same …",
                Spread::DifferentYears => "in different school years",
                Spread::ConsecutiveYears(_) => "in consecutive school years",
            };
            self.report(
                Diagnostic::new(Code::ClauseClash, *span, format!("`{word}` needs a count"))
                    .help("it changes what is counted: begin with `at least`, `at most` or `exactly` and a number"),
            );
            sound = false;
        }
        if let (Some((_, span)), Some(latest)) = (&resolved.attempts, &resolved.latest) {
            self.report(
                Diagnostic::new(
                    Code::ClauseClash,
                    *span,
                    "`counting` and `among latest` do not go together",
                )
                .label(latest.span, "the number of the latest is here")
                .help("keep one of them: which of several attempts counts, or how many records are looked at"),
            );
            sound = false;
        }
        if let (Some(latest), Measure::Count(tree_how, bound)) =
            (&resolved.latest, &resolved.measure)
            && let (ExprKind::Number(latest_number), ExprKind::Number(asked)) =
                (&latest.kind, &bound.kind)
            && *tree_how != milepost_engine::plan::How::AtMost
            && asked > latest_number
        {
            self.report(
                Diagnostic::new(
                    Code::NeverHolds,
                    bound.span,
                    format!("{asked} of {latest_number} can never be found"),
                )
                .label(latest.span, format!("only {latest_number} are looked at"))
                .help("ask for fewer, or look at more"),
            );
        }
        if sound && measure_is_sound(&resolved.measure) {
            Form::Records(Box::new(resolved))
        } else {
            Form::Invalid
        }
    }

    fn measure(
        &mut self,
        context: Context<'_>,
        inside: Context<'_>,
        measure: &tree::Measure,
    ) -> Option<Measure> {
        Some(match measure {
            tree::Measure::No(_) => Measure::No,
            tree::Measure::Every(_) => Measure::Every,
            tree::Measure::Count(how, bound) => {
                Measure::Count(how_of(*how), self.whole(context, bound))
            }
            tree::Measure::Share(how, share) => Measure::Share(
                how_of(*how),
                self.share(&share.text, share.span)?,
                share.span,
            ),
            tree::Measure::Aggregate(how, bound, aggregate, field) => {
                let aggregate = match aggregate {
                    tree::Aggregate::Total => Aggregate::Total,
                    tree::Aggregate::Average => Aggregate::Average,
                    tree::Aggregate::Highest => Aggregate::Highest,
                    tree::Aggregate::Lowest => Aggregate::Lowest,
                };
                let field = self.aggregated(inside, aggregate, field);
                let expected = if field.ty == Type::Whole {
                    Type::Number
                } else {
                    field.ty.clone()
                };
                let bound = self.expression(context, bound, Some(&expected));
                if !fits(&bound.ty, &expected) {
                    let problem = Diagnostic::new(
                        Code::TypeMismatch,
                        bound.span,
                        format!(
                            "the bound is {}, and the values are each {}",
                            self.model.type_name(&bound.ty),
                            self.model.type_name(&expected)
                        ),
                    )
                    .here(self.model.type_name(&bound.ty))
                    .label(field.span, self.model.type_name(&field.ty))
                    .help("give a bound of the type of the field");
                    self.report(problem);
                    return Some(Measure::Aggregate(
                        how_of(*how),
                        super::expression::invalid(bound.span),
                        aggregate,
                        field,
                    ));
                }
                Measure::Aggregate(how_of(*how), bound, aggregate, field)
            }
        })
    }

    /// The value an aggregate is made of.
    fn aggregated(
        &mut self,
        inside: Context<'_>,
        aggregate: Aggregate,
        field: &tree::Expr,
    ) -> Expr {
        let resolved = self.expression(inside, field, None);
        let sums = matches!(aggregate, Aggregate::Total | Aggregate::Average);
        match (&resolved.ty, sums) {
            (Type::Invalid | Type::Number | Type::Whole, _)
            | (Type::Date | Type::Level(_), false) => resolved,
            (Type::Level(id), true) => {
                let id = *id;
                let scale = self.model.scale(id).cloned();
                let unnumbered = scale
                    .as_ref()
                    .and_then(|scale| scale.levels.iter().find(|level| level.1.is_none()));
                if let (Some(scale), Some((level, _))) = (&scale, unnumbered) {
                    self.report(
                        Diagnostic::new(
                            Code::LevelsWithoutNumbers,
                            resolved.span,
                            format!(
                                "the levels of `{}` carry no numbers to add up",
                                scale.named.name
                            ),
                        )
                        .here(format!("a level of `{}`", scale.named.name))
                        .label(level.span, format!("`{}` has no number", level.name))
                        .help(format!(
                            "give every level a number, such as `{} = 1`",
                            level.name
                        )),
                    );
                    return super::expression::invalid(resolved.span);
                }
                let span = resolved.span;
                Expr {
                    span,
                    ty: Type::Number,
                    kind: ExprKind::LevelNumber(Box::new(resolved), id),
                }
            }
            (other, _) => {
                let what = self.model.type_name(other);
                let help = if sums {
                    "totals and averages are made of numbers"
                } else {
                    "the highest and the lowest are found among numbers, dates and levels"
                };
                let problem = Diagnostic::new(
                    if sums {
                        Code::NotANumber
                    } else {
                        Code::TypeMismatch
                    },
                    resolved.span,
                    format!("`{}` is {what}", self.written(resolved.span)),
                )
                .here(what)
                .help(help);
                self.report(problem);
                super::expression::invalid(resolved.span)
            }
        }
    }

    /// Adds a clause; whether it was sound.
    fn clause(
        &mut self,
        context: Context<'_>,
        inside: Context<'_>,
        clause: &tree::Clause,
        records: &mut Records,
    ) -> bool {
        let window = match &clause.kind {
            ClauseKind::For(path) => {
                let competency = self.competency(context.file, path);
                records.target = competency.map(|id| (Target::Competency(id), clause.span));
                return competency.is_some();
            }
            ClauseKind::ForThis => {
                records.target = Some((Target::This, clause.span));
                return true;
            }
            ClauseKind::Whose(condition) => {
                let condition = self.condition(inside, condition);
                let sound = condition.ty != Type::Invalid;
                records.whose = Some(condition);
                return sound;
            }
            ClauseKind::Where(condition) => {
                let condition = self.condition(inside, condition);
                let sound = condition.ty != Type::Invalid;
                records.matching = Some(condition);
                return sound;
            }
            ClauseKind::AmongLatest(number) => {
                let number = self.written_number(context, number);
                let sound = number.ty != Type::Invalid;
                records.latest = Some(number);
                return sound;
            }
            ClauseKind::CountingLatest(key) => {
                let key = self.spread_field(inside, key);
                let sound = key.is_some();
                records.attempts = key.map(|key| (Attempts { key, highest: None }, clause.span));
                return sound;
            }
            ClauseKind::CountingHighest(field, key) => {
                let highest = self.ranked_field(inside, field);
                let key = self.spread_field(inside, key);
                let sound = highest.is_some() && key.is_some();
                records.attempts = key.map(|key| (Attempts { key, highest }, clause.span));
                return sound;
            }
            ClauseKind::IncludingUnderReview => {
                records.including_under_review = true;
                return true;
            }
            ClauseKind::IncludingReturned => {
                records.including_returned = true;
                return true;
            }
            ClauseKind::ByDifferent(path) => {
                let field = self.spread_field(inside, path);
                let sound = field.is_some();
                records.spread = field.map(|field| (Spread::Different(field), clause.span));
                return sound;
            }
            ClauseKind::WithTheSame(path) => {
                let field = self.spread_field(inside, path);
                let sound = field.is_some();
                records.spread = field.map(|field| (Spread::Same(field), clause.span));
                return sound;
            }
            ClauseKind::DifferentYears => {
                records.spread = Some((Spread::DifferentYears, clause.span));
                return true;
            }
            ClauseKind::ConsecutiveYears(skipping) => {
                records.spread = Some((Spread::ConsecutiveYears(*skipping), clause.span));
                return true;
            }
            ClauseKind::Within(duration, before) => {
                let before = before
                    .as_ref()
                    .map(|before| self.date_expression(context, before));
                self.duration(duration)
                    .map(|duration| Window::Within(duration, before))
            }
            ClauseKind::InThe(duration, before) => {
                let before = self.date_expression(context, before);
                self.duration(duration)
                    .map(|duration| Window::InThe(duration, before))
            }
            ClauseKind::Since(when) => Some(Window::Since(self.date_expression(context, when))),
            ClauseKind::Before(when) => Some(Window::Before(self.date_expression(context, when))),
            ClauseKind::After(when) => Some(Window::After(self.date_expression(context, when))),
            ClauseKind::From(from, to) => Some(Window::From(
                self.date_expression(context, from),
                self.date_expression(context, to),
            )),
            ClauseKind::During(SchoolYear::This) => Some(Window::ThisYear),
            ClauseKind::During(SchoolYear::Last) => Some(Window::LastYear),
            ClauseKind::During(SchoolYear::Named(year)) => self.school_year(year).map(Window::Year),
            ClauseKind::DuringLast(number, and_this) => Some(Window::LastYears(
                self.written_number(context, number),
                *and_this,
            )),
        };
        let sound = window.as_ref().is_some_and(window_is_sound);
        records
            .windows
            .extend(window.map(|window| (window, clause.span)));
        sound
    }

    /// A whole number that is written out, or a parameter of a rule.
    fn written_number(&mut self, context: Context<'_>, number: &tree::Expr) -> Expr {
        let resolved = self.whole(context, number);
        match resolved.kind {
            ExprKind::Number(_) | ExprKind::Parameter(_) | ExprKind::Invalid => resolved,
            _ => {
                self.report(
                    Diagnostic::new(
                        Code::TypeMismatch,
                        resolved.span,
                        "this number has to be written out",
                    )
                    .help("write the number itself, such as `3`"),
                );
                super::expression::invalid(resolved.span)
            }
        }
    }

    fn spread_field(&mut self, inside: Context<'_>, path: &tree::Path) -> Option<Expr> {
        let field = self.path(inside, path, None);
        let problem = match (&field.kind, &field.ty) {
            (ExprKind::Invalid, _) => return None,
            (_, Type::List(_) | Type::Rubric(_)) => {
                "has several values, so records cannot be told apart by it"
            }
            (
                ExprKind::Field(_)
                | ExprKind::Criterion(..)
                | ExprKind::RecordId
                | ExprKind::RecordDate,
                _,
            ) => {
                let of_fact = matches!(&field.kind, ExprKind::Criterion(of, _) if matches!(of.kind, ExprKind::Fact(_)));
                if !of_fact {
                    return Some(field);
                }
                "is the same for every record"
            }
            _ => "is the same for every record",
        };
        let message = format!("`{}` {problem}", path.text());
        self.report(
            Diagnostic::new(Code::TypeMismatch, field.span, message)
                .help("name a field of this kind of evidence"),
        );
        None
    }

    /// The field by which one attempt is better than another.
    fn ranked_field(&mut self, inside: Context<'_>, path: &tree::Path) -> Option<Expr> {
        let field = self.spread_field(inside, path)?;
        if matches!(
            field.ty,
            Type::Number | Type::Whole | Type::Date | Type::Level(_)
        ) && !matches!(field.kind, ExprKind::RecordId)
        {
            return Some(field);
        }
        let what = self.model.type_name(&field.ty);
        self.report(
            Diagnostic::new(
                Code::TypeMismatch,
                field.span,
                format!("`{}` is {what}", path.text()),
            )
            .here(what)
            .help("the highest is found among numbers, dates and levels"),
        );
        None
    }

    /// `2015-16`: the calendar year it starts in.
    fn school_year(&mut self, year: &tree::Literal) -> Option<i32> {
        let mut parts = year.text.split('-').map(str::parse::<i32>);
        let (Some(Ok(first)), Some(Ok(second))) = (parts.next(), parts.next()) else {
            return None;
        };
        if (1..9999).contains(&first) && (first + 1) % 100 == second {
            return Some(first);
        }
        self.report(
            Diagnostic::new(
                Code::ImpossibleDate,
                year.span,
                format!("there is no school year `{}`", year.text),
            )
            .help(format!(
                "a school year ends in the year after its first: `{first}-{:02}`",
                (first + 1) % 100
            )),
        );
        None
    }
}

fn measure_is_sound(measure: &Measure) -> bool {
    match measure {
        Measure::Count(_, bound) => bound.ty != Type::Invalid,
        Measure::Aggregate(_, bound, _, field) => {
            bound.ty != Type::Invalid && field.ty != Type::Invalid
        }
        Measure::No | Measure::Every | Measure::Share(..) => true,
    }
}

fn window_is_sound(window: &Window) -> bool {
    match window {
        Window::Within(_, None) | Window::ThisYear | Window::LastYear | Window::Year(_) => true,
        Window::From(from, to) => from.ty != Type::Invalid && to.ty != Type::Invalid,
        Window::Within(_, Some(when))
        | Window::Since(when)
        | Window::Before(when)
        | Window::After(when)
        | Window::InThe(_, when)
        | Window::LastYears(when, _) => when.ty != Type::Invalid,
    }
}

/// What a clause may stand for only once; windows may combine.
fn slot(clause: &ClauseKind) -> Option<&'static str> {
    match clause {
        ClauseKind::For(_) | ClauseKind::ForThis => Some("for"),
        ClauseKind::Whose(_) => Some("whose"),
        ClauseKind::Where(_) => Some("where"),
        ClauseKind::AmongLatest(_) => Some("among latest"),
        ClauseKind::CountingLatest(_) | ClauseKind::CountingHighest(..) => Some("counting"),
        ClauseKind::IncludingUnderReview => Some("including those under review"),
        ClauseKind::IncludingReturned => Some("including returned"),
        ClauseKind::ByDifferent(_)
        | ClauseKind::WithTheSame(_)
        | ClauseKind::DifferentYears
        | ClauseKind::ConsecutiveYears(_) => Some("spread"),
        ClauseKind::Within(..)
        | ClauseKind::Since(_)
        | ClauseKind::From(..)
        | ClauseKind::Before(_)
        | ClauseKind::After(_)
        | ClauseKind::InThe(..)
        | ClauseKind::During(_)
        | ClauseKind::DuringLast(..) => None,
    }
}

fn clash(slot: Option<&str>) -> String {
    match slot {
        Some("spread") | None => "records can be spread in one way only".to_owned(),
        Some(slot) => format!("`{slot}` is written twice"),
    }
}

fn clash_help(slot: Option<&str>) -> &'static str {
    match slot {
        Some("where" | "whose") => "join the two conditions by `and`",
        Some("spread") | None => "write two requirements, one for each way",
        Some("for") => "write one requirement for each competency",
        Some(_) => "keep one of them",
    }
}
