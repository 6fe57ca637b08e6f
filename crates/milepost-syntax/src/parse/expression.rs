//! Expressions: the flat list of operands and operators in, a tree by precedence out.

use std::cell::RefCell;
use std::iter::once;
use std::sync::LazyLock;

use milepost_diagnostics::{Code, Diagnostic, Span};
use pest::pratt_parser::{Assoc, Op, PrattParser};

use super::records::read_how;
use super::{Node, Reader};
use crate::MAX_OPERATORS;
use crate::grammar::Rule;
use crate::tree::{Criteria, Edge, Expr, ExprKind, Operator, Quantifier, RelativeYear};

/// From loosest to tightest.
static PRECEDENCE: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    let left = |rule| Op::infix(rule, Assoc::Left);
    PrattParser::new()
        .op(left(Rule::k_or))
        .op(left(Rule::k_and))
        .op(Op::prefix(Rule::k_not))
        .op(left(Rule::equal)
            | left(Rule::not_equal)
            | left(Rule::less)
            | left(Rule::less_or_equal)
            | left(Rule::greater)
            | left(Rule::greater_or_equal)
            | left(Rule::k_contains)
            | Op::postfix(Rule::in_list)
            | Op::postfix(Rule::is_known))
        .op(left(Rule::plus) | left(Rule::minus) | left(Rule::tight_minus))
        .op(left(Rule::times))
        .op(Op::prefix(Rule::next_day))
});

impl<'t> Reader<'t> {
    /// A whole condition, sum, bound or parenthesis, if it has not too many operators.
    pub(super) fn expression(&mut self, node: Node<'t>) -> Expr {
        let span = self.span(&node);
        if !self.few_operators(&node) {
            return Expr {
                span,
                kind: ExprKind::Missing,
            };
        }
        if node.as_rule() == Rule::parens {
            self.parens(node)
        } else {
            self.flat(span, node.into_inner())
        }
    }

    fn few_operators(&mut self, node: &Node<'t>) -> bool {
        let operators = node
            .clone()
            .into_inner()
            .flatten()
            .filter(|part| is_operator(part.as_rule()));
        let Some(first_too_many) = operators.into_iter().nth(MAX_OPERATORS) else {
            return true;
        };
        let place = self.span(&first_too_many);
        self.wrong(
            Diagnostic::new(
                Code::TooManyOperators,
                place,
                format!("a condition has at most {MAX_OPERATORS} operators"),
            )
            .help("split it into several requirements inside `all of { … }` or `any of { … }`"),
        );
        false
    }

    /// Operands and operators in the order written.
    fn flat(&mut self, span: Span, parts: impl Iterator<Item = Node<'t>>) -> Expr {
        let parts: Vec<_> = parts
            .filter(|part| is_operator(part.as_rule()) || is_operand(part.as_rule()))
            .collect();
        if parts.is_empty() || !self.unchained(&parts) {
            return Expr {
                span,
                kind: ExprKind::Missing,
            };
        }
        self.climb(parts.into_iter(), None)
    }

    /// Comparisons do not chain: between two of them stands `and` or `or`.
    fn unchained(&mut self, parts: &[Node<'t>]) -> bool {
        let mut first: Option<Span> = None;
        for part in parts {
            match part.as_rule() {
                Rule::k_and | Rule::k_or => first = None,
                rule if is_comparison(rule) || rule == Rule::criteria_test => {
                    let here = self.span(part);
                    if let Some(first) = first {
                        self.wrong(
                            Diagnostic::new(Code::UnexpectedText, here, "comparisons do not chain")
                                .label(first, "the first comparison")
                                .help(
                                    "join two comparisons with `and`: `2 <= years and years <= 5`; two requirements stand on two lines",
                                ),
                        );
                        return false;
                    }
                    first = Some(here);
                }
                _ => {}
            }
        }
        true
    }

    /// Precedence; `known` stands for an operand that has been read already.
    fn climb(&mut self, parts: impl Iterator<Item = Node<'t>>, known: Option<Expr>) -> Expr {
        let reader = RefCell::new((self, known));
        PRECEDENCE
            .map_primary(|node| {
                let (reader, known) = &mut *reader.borrow_mut();
                match node.as_rule() {
                    Rule::criteria_test => known.take().unwrap_or_else(|| reader.missing(&node)),
                    _ => reader.operand(node),
                }
            })
            .map_prefix(|node, operand| reader.borrow_mut().0.prefix(node, operand))
            .map_postfix(|operand, node| reader.borrow_mut().0.postfix(operand, node))
            .map_infix(|left, node, right| reader.borrow_mut().0.infix(left, &node, right))
            .parse(parts)
    }

    fn missing(&self, node: &Node<'t>) -> Expr {
        Expr {
            span: self.span(node),
            kind: ExprKind::Missing,
        }
    }

    fn prefix(&mut self, node: Node<'t>, operand: Expr) -> Expr {
        let span = self.span(&node).to(operand.span);
        let day = node.into_inner().find(|part| part.as_rule() == Rule::day);
        let kind = match day {
            Some(day) => ExprKind::NextDay(self.literal(&day), Box::new(operand)),
            None => ExprKind::Not(Box::new(operand)),
        };
        Expr { span, kind }
    }

    fn postfix(&mut self, operand: Expr, node: Node<'t>) -> Expr {
        let span = operand.span.to(self.span(&node));
        if node.as_rule() == Rule::is_known {
            return Expr {
                span,
                kind: ExprKind::IsKnown(Box::new(operand)),
            };
        }
        let mut members = Vec::new();
        let mut opened = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::open => opened = Some(self.span(&part)),
                Rule::close => self.closed(opened, self.span(&part)),
                Rule::missing_list_close => self.unclosed(opened, part.as_span().start(), '}'),
                Rule::operand => members.push(self.operand(part)),
                _ => {}
            }
        }
        Expr {
            span,
            kind: ExprKind::In(Box::new(operand), members),
        }
    }

    fn infix(&mut self, left: Expr, node: &Node<'t>, right: Expr) -> Expr {
        let at = self.span(node);
        if node.as_rule() == Rule::tight_minus {
            self.tight_minus(at, left.span, right.span);
        }
        let span = left.span.to(right.span);
        let kind = match read_operator(node.as_rule()) {
            Some(operator) => ExprKind::Binary(Box::new(left), operator, at, Box::new(right)),
            None => ExprKind::Missing,
        };
        Expr { span, kind }
    }

    /// A minus without its spaces, which may have been meant as part of a name.
    fn tight_minus(&mut self, at: Span, left: Span, right: Span) {
        let text = |span: Span| {
            self.text
                .get(span.start as usize..span.end as usize)
                .unwrap_or("")
        };
        let (left, right) = (text(left), text(right));
        let names = [left, right]
            .iter()
            .all(|side| side.starts_with(|c: char| c.is_ascii_lowercase()));
        let mut help = format!("write `{left} - {right}`");
        if names && !left.contains(' ') && !right.contains(' ') {
            help += &format!(", or `{left}_{right}` if that is one name");
        }
        self.wrong(
            Diagnostic::new(
                Code::SpacesAroundMinus,
                at,
                "a minus has a space on both sides",
            )
            .help(help),
        );
    }

    /// One operand, whichever of the wrappers it stands in.
    fn operand(&mut self, node: Node<'t>) -> Expr {
        let Some(inner) = node.clone().into_inner().next() else {
            return self.missing(&node);
        };
        let span = self.span(&inner);
        let kind = match inner.as_rule() {
            Rule::parens => return self.parens(inner),
            Rule::every_criterion => return self.every_criterion(inner),
            Rule::some_criteria => return self.some_criteria(inner),
            Rule::date => ExprKind::Date(inner.as_str().to_owned()),
            Rule::duration => self
                .duration(inner)
                .map_or(ExprKind::Missing, ExprKind::Duration),
            Rule::percent => ExprKind::Percent(self.percent(&inner).text),
            Rule::number => ExprKind::Number(inner.as_str().to_owned()),
            Rule::text => ExprKind::Text(self.quoted(&inner).text),
            Rule::k_yes => ExprKind::YesNo(true),
            Rule::k_no => ExprKind::YesNo(false),
            Rule::k_today => ExprKind::Today,
            Rule::year_edge => year_edge(inner),
            Rule::role_start => match self.role_and_stage(inner) {
                Some((role, stage)) => ExprKind::RoleStart(role, stage),
                None => ExprKind::Missing,
            },
            Rule::path => ExprKind::Path(self.path(&inner)),
            _ => ExprKind::Missing,
        };
        Expr { span, kind }
    }

    fn parens(&mut self, node: Node<'t>) -> Expr {
        let span = self.span(&node);
        let mut kind = ExprKind::Missing;
        let mut opened = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::open_paren => opened = Some(self.span(&part)),
                Rule::condition => kind = self.flat(span, part.into_inner()).kind,
                Rule::missing_paren => self.unclosed(opened, part.as_span().start(), ')'),
                _ => {}
            }
        }
        Expr { span, kind }
    }

    fn every_criterion(&mut self, node: Node<'t>) -> Expr {
        let span = self.span(&node);
        let test = node
            .into_inner()
            .find(|part| part.as_rule() == Rule::criteria_test);
        self.criteria(Quantifier::Every, span, test)
    }

    fn some_criteria(&mut self, node: Node<'t>) -> Expr {
        let span = self.span(&node);
        let mut how = crate::tree::How::AtLeast;
        let mut quantifier = Quantifier::Every;
        let mut test = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::how => how = read_how(part),
                Rule::percent => quantifier = Quantifier::Share(how, self.percent(&part)),
                Rule::bound => {
                    let span = self.span(&part);
                    quantifier = Quantifier::Count(how, self.flat(span, part.into_inner()));
                }
                Rule::criteria_test => test = Some(part),
                _ => {}
            }
        }
        self.criteria(quantifier, span, test)
    }

    /// A requirement that begins as a count and turns out to be a condition over criteria.
    pub(super) fn criteria_condition(
        &mut self,
        quantifier: Quantifier,
        whole: Span,
        node: Node<'t>,
    ) -> Expr {
        if !self.few_operators(&node) {
            return Expr {
                span: whole,
                kind: ExprKind::Missing,
            };
        }
        let mut parts = node
            .into_inner()
            .skip_while(|part| part.as_rule() != Rule::criteria_test);
        let Some(test) = parts.next() else {
            return Expr {
                span: whole,
                kind: ExprKind::Missing,
            };
        };
        let span = Span {
            end: self.span(&test).end,
            ..whole
        };
        let all: Vec<_> = once(test.clone()).chain(parts).collect();
        if !self.unchained(&all) {
            return Expr {
                span: whole,
                kind: ExprKind::Missing,
            };
        }
        let first = self.criteria(quantifier, span, Some(test));
        self.climb(all.into_iter(), Some(first))
    }

    fn criteria(&mut self, quantifier: Quantifier, span: Span, test: Option<Node<'t>>) -> Expr {
        let (mut rubric, mut operator, mut level) = (None, None, None);
        for part in test.into_iter().flat_map(Node::into_inner) {
            match part.as_rule() {
                Rule::path => rubric = Some(self.path(&part)),
                Rule::level_operand => level = Some(self.operand(part)),
                rule => operator = read_operator(rule).map(|operator| (operator, self.span(&part))),
            }
        }
        let kind = match (rubric, operator, level) {
            (Some(rubric), Some((operator, operator_span)), Some(level)) => {
                ExprKind::Criteria(Box::new(Criteria {
                    quantifier,
                    rubric,
                    operator,
                    operator_span,
                    level,
                }))
            }
            _ => ExprKind::Missing,
        };
        Expr { span, kind }
    }
}

fn year_edge(node: Node) -> ExprKind {
    let mut edge = Edge::Start;
    let mut year = RelativeYear::This;
    for part in node.into_inner() {
        match part.as_rule() {
            Rule::k_end => edge = Edge::End,
            Rule::k_last => year = RelativeYear::Last,
            Rule::k_next => year = RelativeYear::Next,
            _ => {}
        }
    }
    ExprKind::YearEdge(edge, year)
}

fn is_operand(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::operand | Rule::bound_operand | Rule::level_operand
    )
}

fn is_joining(rule: Rule) -> bool {
    matches!(rule, Rule::k_and | Rule::k_or)
}

fn is_comparison(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::equal
            | Rule::not_equal
            | Rule::less
            | Rule::less_or_equal
            | Rule::greater
            | Rule::greater_or_equal
            | Rule::k_contains
            | Rule::in_list
            | Rule::is_known
    )
}

fn is_operator(rule: Rule) -> bool {
    is_comparison(rule)
        || is_joining(rule)
        || matches!(
            rule,
            Rule::k_not
                | Rule::plus
                | Rule::minus
                | Rule::tight_minus
                | Rule::times
                | Rule::next_day
        )
}

fn read_operator(rule: Rule) -> Option<Operator> {
    Some(match rule {
        Rule::k_or => Operator::Or,
        Rule::k_and => Operator::And,
        Rule::equal => Operator::Equal,
        Rule::not_equal => Operator::NotEqual,
        Rule::less => Operator::Less,
        Rule::less_or_equal => Operator::LessOrEqual,
        Rule::greater => Operator::Greater,
        Rule::greater_or_equal => Operator::GreaterOrEqual,
        Rule::k_contains => Operator::Contains,
        Rule::plus => Operator::Add,
        Rule::minus | Rule::tight_minus => Operator::Subtract,
        Rule::times => Operator::Multiply,
        _ => return None,
    })
}
