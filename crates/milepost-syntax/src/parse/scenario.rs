//! Scenarios: the lines of their blocks in, the tree out.

use milepost_diagnostics::Span;

use super::{Node, Reader};
use crate::grammar::Rule;
use crate::tree::{
    Expect, ExpectedStatus, Given, GivenCredential, GivenEvidence, GivenPost, GivenWaiver, Literal,
    RecordNote, RecordStatus, ScenarioLine, Value, ValueKind,
};

impl<'t> Reader<'t> {
    pub(super) fn scenario_lines(&mut self, block: Node<'t>) -> Vec<ScenarioLine> {
        let mut lines = Vec::new();
        self.block(block, |reader, member| {
            for part in member.into_inner() {
                match part.as_rule() {
                    Rule::scenario_line => {
                        lines.extend(
                            part.into_inner()
                                .filter_map(|line| reader.scenario_line(line)),
                        );
                    }
                    _ => reader.malformed(&part, Rule::whole_line),
                }
            }
        });
        lines
    }

    fn scenario_line(&mut self, node: Node<'t>) -> Option<ScenarioLine> {
        let span = self.span(&node);
        let rule = node.as_rule();
        if rule == Rule::expectation {
            return self.expectation(span, node).map(ScenarioLine::Expect);
        }
        if rule == Rule::given_waiver {
            return self.given_waiver(node).map(ScenarioLine::Waiver);
        }
        if rule == Rule::given_post {
            return self.given_post(node).map(ScenarioLine::Post);
        }
        let (mut dates, mut kind, mut id, mut competency) = (Vec::new(), None, None, None);
        let (mut notes, mut facts) = (Vec::new(), Vec::new());
        for part in spread(node) {
            match part.as_rule() {
                Rule::date => dates.push(self.literal(&part)),
                Rule::kind => kind = Some(self.path(&part)),
                Rule::record_id => id = self.record_id(part),
                Rule::competency_name => competency = Some(self.path(&part)),
                Rule::note => {
                    notes.extend(part.into_inner().filter_map(|note| self.record_note(note)))
                }
                Rule::given => facts.extend(self.given(part)),
                _ => {}
            }
        }
        let date = dates.into_iter().next();
        Some(match rule {
            Rule::as_of => ScenarioLine::AsOf(date?),
            Rule::enrolled => ScenarioLine::Enrolled(date?),
            Rule::given_facts => ScenarioLine::Facts(facts),
            Rule::given_evidence => ScenarioLine::Evidence(GivenEvidence {
                kind: kind?,
                id: id?,
                date: date?,
                notes,
            }),
            _ => ScenarioLine::Credential(GivenCredential {
                id: id?,
                competency: competency?,
                issued: date?,
                notes,
            }),
        })
    }

    fn given_waiver(&mut self, node: Node<'t>) -> Option<GivenWaiver> {
        let (mut requirement, mut authority) = (None, None);
        let (mut texts, mut dates) = (Vec::new(), Vec::new());
        for part in spread(node) {
            match part.as_rule() {
                Rule::requirement_address => requirement = Some(self.path(&part)),
                Rule::authority => authority = Some(self.declared(&part)),
                Rule::text => texts.push(self.quoted(&part)),
                Rule::date => dates.push(self.literal(&part)),
                _ => {}
            }
        }
        let (mut texts, mut dates) = (texts.into_iter(), dates.into_iter());
        Some(GivenWaiver {
            requirement: requirement?,
            by: texts.next()?,
            authority: authority?,
            reason: texts.next()?,
            granted: dates.next()?,
            expires: dates.next(),
        })
    }

    fn given_post(&self, node: Node<'t>) -> Option<GivenPost> {
        let dates = node.clone().into_inner();
        let mut dates = dates
            .filter(|part| part.as_rule() == Rule::date)
            .map(|date| self.literal(&date));
        let (role, stage) = self.role_and_stage(node)?;
        Some(GivenPost {
            role,
            stage,
            from: dates.next()?,
            until: dates.next(),
        })
    }

    fn record_id(&self, node: Node<'t>) -> Option<Literal> {
        let inner = node.into_inner().next()?;
        Some(if inner.as_rule() == Rule::text {
            self.quoted(&inner)
        } else {
            self.literal(&inner)
        })
    }

    fn record_note(&mut self, node: Node<'t>) -> Option<RecordNote> {
        let span = self.span(&node);
        let rule = node.as_rule();
        if rule == Rule::record_status {
            return Some(RecordNote::Status(span, read_status(node.as_str())));
        }
        let (mut dates, mut competencies, mut given) = (Vec::new(), Vec::new(), Vec::new());
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::date => dates.push(self.literal(&part)),
                Rule::competency_name => competencies.push(self.path(&part)),
                Rule::given => given.extend(self.given(part)),
                _ => {}
            }
        }
        let mut dates = dates.into_iter();
        let date = dates.next();
        Some(match rule {
            Rule::note_for => RecordNote::For(competencies),
            Rule::note_with => RecordNote::With(given),
            Rule::note_expires => RecordNote::Expires(date?),
            Rule::note_submitted => RecordNote::Submitted(date?),
            Rule::note_suspended => RecordNote::Suspended(span, date?, dates.next()),
            _ => RecordNote::Decided(date?),
        })
    }

    fn given(&mut self, node: Node<'t>) -> Option<Given> {
        let (mut name, mut value) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::any_name => name = Some(self.declared(&part)),
                Rule::value => value = part.into_inner().next().map(|value| self.value(value)),
                _ => {}
            }
        }
        Some(Given {
            name: name?,
            value: value?,
        })
    }

    fn value(&mut self, node: Node<'t>) -> Value {
        let span = self.span(&node);
        let kind = match node.as_rule() {
            Rule::date => ValueKind::Date(node.as_str().to_owned()),
            Rule::number => ValueKind::Number(node.as_str().to_owned()),
            Rule::text => ValueKind::Text(self.quoted(&node).text),
            Rule::k_yes => ValueKind::YesNo(true),
            Rule::k_no => ValueKind::YesNo(false),
            Rule::value_block => self.value_block(node),
            _ => ValueKind::Name(self.name(&node).text),
        };
        Value { span, kind }
    }

    fn value_block(&mut self, node: Node<'t>) -> ValueKind {
        let (mut levels, mut values) = (Vec::new(), Vec::new());
        let mut opened = None;
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::given_level => {
                    let mut names = part.into_inner();
                    if let (Some(criterion), Some(level)) = (names.next(), names.next()) {
                        let value = Value {
                            span: self.span(&level),
                            kind: ValueKind::Name(self.name(&level).text),
                        };
                        levels.push(Given {
                            name: self.name(&criterion),
                            value,
                        });
                    }
                }
                Rule::open => opened = Some(self.span(&part)),
                Rule::close => self.closed(opened, self.span(&part)),
                Rule::missing_list_close => self.unclosed(opened, part.as_span().start(), '}'),
                Rule::list_value => {
                    values.extend(part.into_inner().next().map(|value| self.value(value)))
                }
                _ => {}
            }
        }
        if levels.is_empty() {
            ValueKind::List(values)
        } else {
            ValueKind::Rubric(levels)
        }
    }

    fn expectation(&mut self, span: Span, node: Node<'t>) -> Option<Expect> {
        let (mut role, mut name, mut labels, mut status) = (false, None, None, None);
        let (mut at_risk, mut stated) = (false, Vec::new());
        for part in spread(node) {
            if matches!(part.as_rule(), Rule::expected_status | Rule::at_risk) {
                stated.extend(part.clone().into_inner().map(|word| self.span(&word)));
            }
            match part.as_rule() {
                Rule::role_name => {
                    role = true;
                    name = Some(self.path(&part));
                }
                Rule::competency_name => name = Some(self.path(&part)),
                Rule::labels => labels = part.into_inner().next().map(|labels| self.path(&labels)),
                Rule::expected_status => status = Some(read_expected(part)),
                Rule::at_risk => at_risk = true,
                _ => {}
            }
        }
        Some(Expect {
            span,
            role,
            name: name?,
            labels,
            status: status?,
            at_risk,
            stated,
        })
    }
}

/// The parts of a line, those of its head among them.
fn spread<'t>(line: Node<'t>) -> impl Iterator<Item = Node<'t>> {
    line.into_inner().flat_map(|part| match part.as_rule() {
        Rule::waiver_head | Rule::credential_head | Rule::evidence_head | Rule::expected_result => {
            part.into_inner().collect()
        }
        _ => vec![part],
    })
}

fn read_status(written: &str) -> RecordStatus {
    match written {
        "accepted" => RecordStatus::Accepted,
        "draft" => RecordStatus::Draft,
        "returned" => RecordStatus::Returned,
        "suspended" => RecordStatus::Suspended,
        "revoked" => RecordStatus::Revoked,
        _ => RecordStatus::UnderReview,
    }
}

fn read_expected(node: Node) -> ExpectedStatus {
    match node.into_inner().next().map(|word| word.as_rule()) {
        Some(Rule::k_met) => ExpectedStatus::Met,
        Some(Rule::k_pending) => ExpectedStatus::Pending,
        Some(Rule::k_needs) => ExpectedStatus::NeedsInformation,
        Some(Rule::k_waived) => ExpectedStatus::Waived,
        _ => ExpectedStatus::Unmet,
    }
}
