//! One requirement: what became of it in; the members that depend on the record out.

use milepost_engine::Verdict;
use milepost_engine::outcome::{Explanation, Unknown};
use milepost_engine::plan::{Entry, Form, Held, Node, NodeId, Number, Source, Type};
use milepost_engine::record::Record;

use super::text::{list, text, yes_no};
use super::{LISTED, Report, progress, standing};
use crate::wording::Found;

impl Report<'_> {
    /// From `status` to `progress`.
    pub(super) fn node(&self, id: NodeId, out: &mut String) {
        let Some(found) = self.outcome.nodes.get(id.index()) else {
            return;
        };
        standing(out, found.verdict(), found.truth.at_risk());
        out.push_str(",\"locked\":");
        yes_no(out, found.locked);
        progress(out, found.progress);
    }

    /// From `found` to `unknown`.
    pub(super) fn findings(&mut self, id: NodeId, out: &mut String) {
        let parts = self.parts;
        let found = self.outcome.nodes.get(id.index());
        let Some((node, found)) = parts.nodes.get(id.index()).zip(found) else {
            return;
        };
        // Groups and references have nothing of their own to explain.
        let explanation = match &node.form {
            Form::Records(_) | Form::Condition(_) => self.explainer.explain(id),
            Form::WithoutReuse(_) => self.explained(id),
            Form::AtLeast(bound, _) | Form::Points(bound, ..) | Form::Held(Held { bound, .. }) => {
                bound_unknown(bound, self.record)
            }
            _ => Explanation::default(),
        };
        self.shortened |=
            explanation.near_misses.len() > LISTED || explanation.unknown.len() > LISTED;

        let ty = self.words.type_counted(node);
        for (key, amount) in [("\"found\":", found.found), (",\"needed\":", found.needed)] {
            out.push_str(key);
            match amount {
                Some(amount) => self.words.quantity(amount, ty, out),
                None => out.push_str("null"),
            }
        }
        out.push_str(",\"counted\":");
        list(out, &explanation.counted, |out, it| {
            text(out, self.record.record_id(*it));
        });
        out.push_str(",\"near_misses\":");
        self.near_misses(node, &explanation, out);
        out.push_str(",\"missing\":");
        self.missing(id, node, &explanation, out);
        out.push_str(",\"unknown\":");
        let unknown = explanation.unknown.iter().take(LISTED);
        list(out, unknown, |out, it| self.unknown(node, *it, out));
    }

    fn missing(&self, id: NodeId, node: &Node, explanation: &Explanation, out: &mut String) {
        let outcome = self.outcome.nodes.get(id.index());
        let outcome = outcome.filter(|found| !found.truth.met() && !self.layout.is_forbidden(id));
        let Some((outcome, phrase)) = outcome.zip(self.layout.phrase(id)) else {
            out.push_str("[]");
            return;
        };
        let verdict_of = |place: usize| {
            let found = self.outcome.nodes.get(place);
            found.map_or(Verdict::Unmet, |node| node.truth.status())
        };
        let found = Found {
            node,
            phrase,
            outcome,
            explanation,
            known: self.known(),
        };
        let missing = self.words.missing(found, &verdict_of);
        list(out, &missing, |out, sentence| text(out, sentence));
    }

    fn near_misses(&self, node: &Node, explanation: &Explanation, out: &mut String) {
        let Form::Records(asked) = &node.form else {
            out.push_str("[]");
            return;
        };
        let words = self.words.of(node);
        let before = explanation.near_misses.len().saturating_sub(LISTED);
        let listed = explanation.near_misses.iter().skip(before);
        list(out, listed, |out, miss| {
            out.push_str("{\"id\":");
            text(out, self.record.record_id(miss.record));
            out.push_str(",\"reason\":");
            text(out, &words.reason(asked, miss, self.known()));
            out.push('}');
        });
    }

    fn unknown(&self, node: &Node, unknown: Unknown, out: &mut String) {
        let words = match unknown {
            Unknown::Field(record, ..) => self.words.of_kind(record.kind),
            _ => self.words.of(node),
        };
        let of_record = |out: &mut String, record| {
            out.push_str("{\"record\":");
            text(out, self.record.record_id(record));
            out.push_str(",\"field\":");
        };
        let source = match unknown {
            Unknown::Fact(id, criterion) => {
                out.push_str("{\"fact\":");
                if let Some(fact) = self.parts.facts.get(id.index()) {
                    self.name(&fact.entry, &fact.ty, criterion, out);
                }
                criterion.map_or(Source::Fact(id), |at| Source::FactCriterion(id, at))
            }
            Unknown::Field(record, at, criterion) => {
                of_record(out, record);
                let field = words.kind_fields().and_then(|all| all.get(at as usize));
                if let Some(field) = field {
                    self.name(&field.entry, &field.ty, criterion, out);
                }
                criterion.map_or(Source::Field(at), |rated| Source::FieldCriterion(at, rated))
            }
            Unknown::Expires(record) => {
                of_record(out, record);
                out.push_str("\"expires\"");
                Source::Expires
            }
        };
        out.push_str(",\"title\":");
        text(out, &words.source(source));
        out.push('}');
    }

    /// `field`, or `field.criterion`.
    fn name(&self, entry: &Entry, ty: &Type, criterion: Option<u32>, out: &mut String) {
        let rated = match ty {
            Type::Rubric(rubric) => self
                .parts
                .rubrics
                .get(rubric.index())
                .and_then(|rubric| rubric.criteria.get(criterion? as usize)),
            _ => None,
        };
        match rated {
            Some(rated) => text(out, &format!("{}.{}", entry.name, rated.name)),
            None => text(out, &entry.name),
        }
    }

    /// What the programme tells the candidate.
    pub(super) fn advice(&self, id: NodeId, out: &mut String) {
        let found = self.outcome.nodes.get(id.index());
        let said = self
            .parts
            .nodes
            .get(id.index())
            .zip(found)
            .filter(|(_, found)| !found.truth.met() && !self.layout.is_forbidden(id))
            .and_then(|(node, found)| Some((node.advice.as_ref()?, node, found)));
        match said {
            Some((advice, node, found)) => text(out, &self.words.advice(advice, node, found)),
            None => out.push_str("null"),
        }
    }
}

/// The facts a bound depends on and nobody supplied. Expressions have at most 64 operators.
fn bound_unknown(bound: &Number, record: &Record) -> Explanation {
    use milepost_engine::outcome::Unknown;
    let mut explanation = Explanation::default();
    let mut open = vec![bound];
    while let Some(number) = open.pop() {
        match number {
            Number::Of(Source::Fact(fact)) | Number::OfLevel(Source::Fact(fact), _)
                if record.fact(*fact).is_none() =>
            {
                explanation.unknown.push(Unknown::Fact(*fact, None));
            }
            Number::Add(left, right)
            | Number::Subtract(left, right)
            | Number::Multiply(left, right) => {
                open.extend([&**right, &**left]);
            }
            Number::Literal(_) | Number::Of(_) | Number::OfLevel(..) => {}
        }
    }
    explanation
}
