//! What is asked of records: counts, shares, aggregates and their clauses; pairs in, the tree out.

use milepost_diagnostics::Span;

use super::{Node, Reader};
use crate::grammar::Rule;
use crate::tree::{
    Aggregate, Clause, ClauseKind, Expr, ExprKind, Form, How, Literal, Measure, Path, Quantifier,
    Records, SchoolYear,
};

impl<'t> Reader<'t> {
    /// `at least …` and its like: a block, a share, an aggregate, a count or a condition over criteria.
    pub(super) fn quantified(&mut self, node: Node<'t>) -> Form {
        let whole = self.span(&node);
        let (mut how, mut how_span) = (How::AtLeast, whole);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::how => {
                    how_span = self.span(&part);
                    how = read_how(part);
                }
                Rule::share => return self.share(how, whole, part),
                Rule::counted => return self.counted(how, how_span, whole, part),
                _ => {}
            }
        }
        Form::Missing
    }

    fn share(&mut self, how: How, whole: Span, node: Node<'t>) -> Form {
        let mut share = Literal {
            text: String::new(),
            span: whole,
        };
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::percent => share = self.percent(&part),
                Rule::records => return self.records(Measure::Share(how, share), part),
                Rule::criteria_condition => {
                    return Form::Condition(self.criteria_condition(
                        Quantifier::Share(how, share),
                        whole,
                        part,
                    ));
                }
                _ => {}
            }
        }
        Form::Missing
    }

    fn counted(&mut self, how: How, how_span: Span, whole: Span, node: Node<'t>) -> Form {
        let mut bound = Expr {
            span: whole,
            kind: ExprKind::Missing,
        };
        let mut words = how_span;
        let mut aggregate = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::bound => bound = self.expression(part),
                Rule::k_of | Rule::points_of => words = how_span.to(self.span(&part)),
                Rule::points_block => {
                    self.only_at_least(how_span, how == How::AtLeast);
                    return self.points(bound, words, part);
                }
                Rule::requirement_block | Rule::unopened_block => {
                    return self.counted_group(how_span, how == How::AtLeast, bound, words, part);
                }
                Rule::aggregate => aggregate = self.aggregate(part),
                Rule::records => {
                    let measure = match aggregate {
                        Some((aggregate, field)) => {
                            Measure::Aggregate(how, bound, aggregate, field)
                        }
                        None => Measure::Count(how, bound),
                    };
                    return self.records(measure, part);
                }
                Rule::criteria_condition => {
                    return Form::Condition(self.criteria_condition(
                        Quantifier::Count(how, bound),
                        whole,
                        part,
                    ));
                }
                _ => {}
            }
        }
        Form::Missing
    }

    fn aggregate(&mut self, node: Node<'t>) -> Option<(Aggregate, Expr)> {
        let (mut aggregate, mut field) = (Aggregate::Total, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::aggregate_word => {
                    aggregate = match part.as_str() {
                        "average" => Aggregate::Average,
                        "highest" => Aggregate::Highest,
                        "lowest" => Aggregate::Lowest,
                        _ => Aggregate::Total,
                    };
                }
                Rule::parens => field = Some(self.expression(part)),
                Rule::field_name => {
                    let path = self.path(&part);
                    field = Some(Expr {
                        span: path.span,
                        kind: ExprKind::Path(path),
                    });
                }
                _ => {}
            }
        }
        Some((aggregate, field?))
    }

    /// `no KIND` and `every KIND`.
    pub(super) fn plain_records(&mut self, node: Node<'t>) -> Form {
        let mut measure = Measure::No(self.span(&node));
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::k_no => measure = Measure::No(self.span(&part)),
                Rule::k_every => measure = Measure::Every(self.span(&part)),
                Rule::records => return self.records(measure, part),
                _ => {}
            }
        }
        Form::Missing
    }

    fn records(&mut self, measure: Measure, node: Node<'t>) -> Form {
        let mut kind: Option<Path> = None;
        let mut clauses = Vec::new();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::kind => kind = Some(self.path(&part)),
                Rule::clause => clauses.extend(self.clause(part)),
                _ => {}
            }
        }
        kind.map_or(Form::Missing, |kind| {
            Form::Records(Records {
                measure,
                kind,
                clauses,
            })
        })
    }

    fn clause(&mut self, node: Node<'t>) -> Option<Clause> {
        let part = node.into_inner().next()?;
        if part.as_rule() != Rule::known_clause {
            self.malformed(&part, Rule::whole_clause);
            return None;
        }
        let known = part.into_inner().next()?;
        let span = self.span(&known);
        Some(Clause {
            span,
            kind: self.clause_kind(known)?,
        })
    }

    fn clause_kind(&mut self, node: Node<'t>) -> Option<ClauseKind> {
        let rule = node.as_rule();
        let (mut path, mut ranked) = (None, None);
        let mut duration = None;
        let mut year = None;
        let mut also = false;
        let mut expressions = Vec::new();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::competency_name | Rule::field_name => {
                    ranked = path.replace(self.path(&part));
                }
                Rule::duration => duration = self.duration(part),
                Rule::sum | Rule::bound | Rule::condition => {
                    expressions.push(self.expression(part))
                }
                Rule::and_this_one | Rule::skipping => also = true,
                Rule::this_year => year = Some(SchoolYear::This),
                Rule::last_year => year = Some(SchoolYear::Last),
                Rule::named_year => {
                    let named = part
                        .into_inner()
                        .find(|part| part.as_rule() == Rule::year_name)?;
                    year = Some(SchoolYear::Named(self.literal(&named)));
                }
                _ => {}
            }
        }
        let mut expressions = expressions.into_iter();
        let mut next = || expressions.next();
        Some(match rule {
            Rule::for_this => ClauseKind::ForThis,
            Rule::for_competency => ClauseKind::For(path?),
            Rule::within => ClauseKind::Within(duration?, next()),
            Rule::since => ClauseKind::Since(next()?),
            Rule::from_to => ClauseKind::From(next()?, next()?),
            Rule::before => ClauseKind::Before(next()?),
            Rule::after => ClauseKind::After(next()?),
            Rule::in_the => ClauseKind::InThe(duration?, next()?),
            Rule::different_years => ClauseKind::DifferentYears,
            Rule::consecutive_years => ClauseKind::ConsecutiveYears(also),
            Rule::during_last => ClauseKind::DuringLast(next()?, also),
            Rule::during => ClauseKind::During(year?),
            Rule::whose => ClauseKind::Whose(next()?),
            Rule::counting => match ranked {
                Some(field) => ClauseKind::CountingHighest(field, path?),
                None => ClauseKind::CountingLatest(path?),
            },
            Rule::among_latest => ClauseKind::AmongLatest(next()?),
            Rule::including_review => ClauseKind::IncludingUnderReview,
            Rule::including_returned => ClauseKind::IncludingReturned,
            Rule::where_clause => ClauseKind::Where(next()?),
            Rule::by_different => ClauseKind::ByDifferent(path?),
            Rule::with_the_same => ClauseKind::WithTheSame(path?),
            _ => return None,
        })
    }
}

/// At least, at most or exactly.
pub(super) fn read_how(node: Node) -> How {
    match node.into_inner().next().map(|inner| inner.as_rule()) {
        Some(Rule::at_most) => How::AtMost,
        Some(Rule::k_exactly) => How::Exactly,
        _ => How::AtLeast,
    }
}
