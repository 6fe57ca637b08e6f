//! The parse of a declaration in; its layout, with every word of the text in its place, out.
//!
//! A rule that nothing is said of here is laid out plainly: its words one after the other, its braces around
//! members. What is said of rules is where a line may end, what stands in columns, and what takes no space.

use pest::iterators::Pair;

use super::columns;
use super::doc::{Block, Doc, Member};
use super::trivia::Lexer;
use crate::grammar::Rule;

/// Builds layouts from the pairs of the grammar and the words of the text.
pub(super) struct Builder<'b, 't> {
    words: &'b mut Lexer<'t>,
}

impl<'b, 't> Builder<'b, 't> {
    /// Takes its words from a walk through the text.
    pub(super) fn new(words: &'b mut Lexer<'t>) -> Self {
        Self { words }
    }

    /// The layout of a pair.
    pub(super) fn doc(&mut self, pair: Pair<Rule>) -> Doc<'t> {
        let rule = pair.as_rule();
        let span = pair.as_span();
        let inner: Vec<_> = pair.into_inner().collect();
        match (rule, inner.first().map(Pair::as_rule)) {
            (_, None) => self.word(span.start(), span.end()),
            (Rule::value_block, _) => self.parts(rule, inner),
            (_, Some(Rule::open)) => self.block(inner),
            (Rule::requirement, _) => self.requirement(rule, inner),
            (Rule::condition | Rule::sum | Rule::bound | Rule::criteria_condition, _) => {
                self.operators(rule, inner, 0)
            }
            (
                Rule::publisher
                | Rule::version
                | Rule::effective
                | Rule::replaces
                | Rule::about
                | Rule::aligned
                | Rule::awards
                | Rule::incentive
                | Rule::requires,
                _,
            ) => self.property(rule, inner, 1),
            (Rule::year_start, _) => self.property(rule, inner, 2),
            _ => self.parts(rule, inner),
        }
    }

    /// The words up to a place, which are one word where a pair has no parts.
    fn word(&mut self, start: usize, end: usize) -> Doc<'t> {
        let mut found = Vec::new();
        loop {
            let mark = self.words.at();
            let before = self.words.before();
            let at = self.words.at();
            if at >= end {
                self.words.go_to(mark);
                return Doc::row(found);
            }
            let word = self.words.word(if at < start { start } else { end });
            found.push(Doc::word(word, before.comments));
        }
    }

    /// Pieces one after the other; lines end where they may.
    fn parts(&mut self, parent: Rule, pairs: Vec<Pair<Rule>>) -> Doc<'t> {
        let mut lines = Vec::new();
        let mut line: Vec<Doc> = Vec::new();
        let mut last = None;
        for pair in pairs {
            let rule = pair.as_rule();
            if may_break(parent, last, rule) && !line.is_empty() {
                lines.push(Doc::row(std::mem::take(&mut line)));
            }
            let mut part = self.doc(pair);
            part.space = space(parent, last, rule).unwrap_or(part.space);
            part.column = column(parent, rule);
            line.push(part);
            last = Some(rule);
        }
        lines.push(Doc::row(line));
        Doc::fill(lines)
    }

    /// Braces and their members.
    fn block(&mut self, inner: Vec<Pair<Rule>>) -> Doc<'t> {
        let start = inner.first().map_or(0, |open| open.as_span().start());
        let mut block = Block::default();
        for pair in inner {
            let before = self.words.before();
            match pair.as_rule() {
                Rule::open => {
                    block.open = before.comments;
                    self.words.go_to(pair.as_span().end());
                }
                Rule::close => {
                    block.last = before;
                    self.words.go_to(pair.as_span().end());
                }
                _ => block.members.push(Member {
                    before,
                    doc: self.doc(pair),
                }),
            }
        }
        columns::align(&mut block.members);
        let one_line = self.words.on_one_line(start, self.words.at());
        Doc::block(block, one_line)
    }

    /// A requirement goes to the line below its label where it does not fit beside it.
    fn requirement(&mut self, rule: Rule, inner: Vec<Pair<Rule>>) -> Doc<'t> {
        if inner.first().map(Pair::as_rule) != Some(Rule::label) {
            return self.parts(rule, inner);
        }
        let parts: Vec<_> = inner.into_iter().map(|pair| self.doc(pair)).collect();
        if parts.iter().any(|part| part.has_block) {
            Doc::row(parts)
        } else {
            Doc::apart(parts)
        }
    }

    /// A property of so many words and what it says.
    fn property(&mut self, rule: Rule, mut inner: Vec<Pair<Rule>>, words: usize) -> Doc<'t> {
        let said = inner.split_off(words.min(inner.len()));
        let name = self.parts(rule, inner);
        let mut said = self.parts(rule, said);
        said.column = Some(1);
        Doc::row(vec![name, said])
    }

    /// Operands and operators: lines end before the operators that bind least.
    fn operators(&mut self, rule: Rule, pairs: Vec<Pair<Rule>>, level: usize) -> Doc<'t> {
        let splits: fn(Rule) -> bool = match level {
            0 => |rule| matches!(rule, Rule::k_and | Rule::k_or),
            1 => is_comparison,
            2 => |rule| matches!(rule, Rule::plus | Rule::minus | Rule::times),
            _ => return self.parts(rule, pairs),
        };
        let mut lines: Vec<Vec<_>> = Vec::new();
        for pair in pairs {
            match lines.last_mut() {
                Some(line) if !splits(pair.as_rule()) => line.push(pair),
                _ => lines.push(vec![pair]),
            }
        }
        let lines = lines
            .into_iter()
            .map(|line| self.operators(rule, line, level + 1))
            .collect();
        Doc::fill(lines)
    }
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

/// Whether a line may end before a part.
fn may_break(parent: Rule, last: Option<Rule>, rule: Rule) -> bool {
    last == Some(Rule::comma)
        || matches!(
            (parent, rule),
            (
                _,
                Rule::clause
                    | Rule::note
                    | Rule::cites
                    | Rule::advice
                    | Rule::waivable
                    | Rule::among_candidates
                    | Rule::stage_when
            ) | (Rule::label, Rule::formerly)
                | (Rule::figure, Rule::who)
                | (
                    Rule::waiver_head,
                    Rule::k_by | Rule::k_because | Rule::k_granted
                )
                | (Rule::given_waiver, Rule::k_expires)
                | (Rule::transition, Rule::k_may)
        )
}

/// The spaces before a part, if they are not what its own beginning wants.
fn space(parent: Rule, last: Option<Rule>, rule: Rule) -> Option<usize> {
    match (parent, rule) {
        (_, Rule::comma | Rule::close_paren | Rule::arguments | Rule::parameters) => Some(0),
        (Rule::field, Rule::colon) => Some(1),
        (_, Rule::colon) => Some(0),
        _ if last == Some(Rule::open_paren) => Some(0),
        _ => None,
    }
}

/// The column of its block that a part begins.
fn column(parent: Rule, rule: Rule) -> Option<usize> {
    match (parent, rule) {
        (Rule::field, Rule::colon) | (Rule::level, Rule::equal) | (Rule::entry, Rule::title) => {
            Some(1)
        }
        (Rule::cut, Rule::number) => Some(1),
        (Rule::field | Rule::level, Rule::title) => Some(2),
        _ => None,
    }
}
