//! What is missing, in words a candidate can act on: "one more Annual rating, with Level Effective or better".

use std::borrow::Cow;

use milepost_engine::outcome::{Amount, Explanation, NodeOutcome, Reason, RecordRef, Unknown};
use milepost_engine::plan::{
    Aggregate, Form, Held, How, Measure, Node, Records, Source, Spread, Test, Type,
};
use milepost_engine::{Status, Verdict};

use super::Words;
use super::phrases::{count, records, short_list};
use super::shortfall::{Known, Shortfall};

/// What is said of a requirement whatever the record.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    /// The requirement.
    pub(crate) requirement: String,
    /// Of records: which ones, of what population and what must hold of them.
    which: String,
}

/// A requirement and what an evaluation found of it.
#[derive(Clone, Copy)]
pub(crate) struct Found<'o, 'r> {
    /// The requirement.
    pub(crate) node: &'o Node,
    /// Its phrases.
    pub(crate) phrase: &'o Phrase,
    /// What became of it.
    pub(crate) outcome: &'o NodeOutcome,
    /// Why.
    pub(crate) explanation: &'o Explanation,
    /// What is known of the candidate.
    pub(crate) known: Known<'r>,
}

impl<'a> Words<'a> {
    /// What is said of a requirement whatever the record.
    pub(crate) fn phrase(self, node: &Node) -> Phrase {
        let words = self.of(node);
        let which = match &node.form {
            Form::Records(asked) => words.population(asked) + &words.matched(asked),
            _ => String::new(),
        };
        Phrase {
            requirement: self.requirement(node),
            which,
        }
    }

    /// What is missing; nothing of what is met, and of a group what the requirements below do not say themselves.
    pub(crate) fn missing<'o>(
        self,
        found: Found<'o, '_>,
        verdicts: &dyn Fn(usize) -> Verdict,
    ) -> Vec<Cow<'o, str>> {
        let words = self.of(found.node);
        let verdict = found.outcome.truth.status();
        if verdict == Verdict::Met {
            return Vec::new();
        }
        match &found.node.form {
            Form::All(_) | Form::InOrder(_) => Vec::new(),
            Form::WithoutReuse(_) => self.not_shared_out(found, verdict, verdicts),
            Form::Any(children) => match children.as_slice() {
                [_] => Vec::new(),
                children => {
                    vec![format!("one of these {}", count(children.len() as u64)).into()]
                }
            },
            Form::AtLeast(_, children) | Form::Points(_, children, _) => {
                let missing = match (found.outcome.found, found.outcome.needed) {
                    (Some(Amount::Count(found)), Some(Amount::Count(needed))) => {
                        needed.saturating_sub(found).max(1)
                    }
                    _ => return Vec::new(),
                };
                let more = if found.outcome.found == Some(Amount::Count(0)) {
                    ""
                } else {
                    " more"
                };
                let of = count(children.len() as u64);
                let points = match (&found.node.form, missing) {
                    (Form::Points(..), 1) => " point",
                    (Form::Points(..), _) => " points",
                    _ => "",
                };
                vec![format!("{}{more}{points} of these {of}", count(missing)).into()]
            }
            Form::None(children) => children
                .iter()
                .filter(|child| verdicts(child.index()) != Verdict::Unmet)
                .filter_map(|child| self.node(*child))
                .map(|child| {
                    let name = child
                        .title
                        .clone()
                        .unwrap_or_else(|| self.requirement(child));
                    format!("this may not hold: {name}").into()
                })
                .collect(),
            Form::Competency(_) | Form::Role(_) | Form::Stage(_) => {
                vec![found.phrase.requirement.as_str().into()]
            }
            Form::Held(held) if verdict == Verdict::Unmet => {
                vec![words.asked_of_posts(held, found)]
            }
            Form::Condition(test) if verdict == Verdict::Unmet => {
                words.asked_of_facts(test, found.known)
            }
            Form::Records(asked) if verdict == Verdict::Unmet => {
                vec![words.asked_of_records(asked, found)]
            }
            Form::Condition(_) | Form::Records(_) if verdict == Verdict::Pending => {
                words.review(found)
            }
            Form::Condition(_) | Form::Records(_) | Form::Held(_) => words.supply(found),
        }
    }

    /// Why evidence that is counted once does not do; what a requirement lacks on its own it says itself.
    fn not_shared_out<'o>(
        self,
        found: Found<'o, '_>,
        verdict: Verdict,
        verdicts: &dyn Fn(usize) -> Verdict,
    ) -> Vec<Cow<'o, str>> {
        let Some(allocation) = &found.explanation.allocation else {
            return Vec::new();
        };
        if allocation.undecided {
            return vec![
                "there are too many records to share out; nothing is known of whether they suffice"
                    .into(),
            ];
        }
        let Some(blocking) = &allocation.blocking else {
            return Vec::new();
        };
        if let [only] = blocking.nodes.as_slice()
            && verdicts(only.index()) != Verdict::Met
        {
            return Vec::new();
        }
        let mut said = vec![
            self.blocking(found.node, blocking, found.known.record)
                .into(),
        ];
        match verdict {
            Verdict::Pending if !found.explanation.near_misses.is_empty() => {
                said.extend(self.review(found));
            }
            Verdict::NeedsInformation => said.extend(self.supply(found)),
            _ => {}
        }
        said
    }

    /// What is under review and would decide.
    fn review<'o>(self, found: Found<'o, '_>) -> Vec<Cow<'o, str>> {
        let record = found.known.record;
        let nearly = found.explanation.near_misses.iter();
        let mut ids: Vec<_> = nearly
            .filter(|miss| miss.reason == Reason::UnderReview)
            .map(|miss| record.record_id(miss.record).to_owned())
            .collect();
        if let (true, Form::Records(asked)) = (ids.is_empty(), &found.node.form) {
            // None would do as it is; then it is what the reviewer has yet to fill in.
            ids = (0..record.rows(asked.kind))
                .filter_map(|row| u32::try_from(row).ok())
                .map(|row| RecordRef {
                    kind: asked.kind,
                    row,
                })
                .filter(|it| record.status(*it) == Some(Status::UnderReview))
                .filter(|it| {
                    record
                        .date(*it)
                        .is_some_and(|date| date <= found.known.as_of)
                })
                .filter(|it| {
                    asked
                        .competency
                        .is_none_or(|id| record.competencies(*it).contains(&id))
                })
                .map(|it| record.record_id(it).to_owned())
                .collect();
        }
        vec![if ids.is_empty() {
            "what is under review to come out well".into()
        } else {
            format!("the review of {} to come out well", short_list(&ids, "and")).into()
        }]
    }

    /// What nobody supplied.
    fn supply<'o>(self, found: Found<'o, '_>) -> Vec<Cow<'o, str>> {
        const SAID: usize = 5;
        let unknown = &found.explanation.unknown;
        let mut said: Vec<_> = unknown
            .iter()
            .take(SAID)
            .map(|unknown| {
                format!("to be supplied: {}", self.unknown(*unknown, found.known)).into()
            })
            .collect();
        if let Some(more) = unknown.len().checked_sub(SAID).filter(|more| *more > 0) {
            said.push(format!("to be supplied: {} more", count(more as u64)).into());
        }
        said
    }

    /// Something unknown, in words.
    pub(crate) fn unknown(self, unknown: Unknown, known: Known<'_>) -> String {
        let of = |record, what: String| format!("{what} of {}", known.record.record_id(record));
        match unknown {
            Unknown::Fact(fact, None) => self.source(Source::Fact(fact)),
            Unknown::Fact(fact, Some(at)) => self.source(Source::FactCriterion(fact, at)),
            Unknown::Field(record, field, criterion) => {
                let source = match criterion {
                    None => Source::Field(field),
                    Some(at) => Source::FieldCriterion(field, at),
                };
                let what = of(record, self.of_kind(record.kind).source(source));
                // A level is not supplied itself, and its score was.
                match self.parts.score_of(record.kind, source) {
                    Some(_) => {
                        let day = known.record.date(record);
                        let day = day.map_or_else(String::new, |day| day.to_string());
                        format!("cut scores of {day} for {what}")
                    }
                    None => what,
                }
            }
            Unknown::Expires(record) => of(record, self.source(Source::Expires)),
        }
    }

    fn asked_of_facts<'o>(self, test: &Test, known: Known<'_>) -> Vec<Cow<'o, str>> {
        let said: Vec<Cow<'o, str>> = asked_parts(test)
            .iter()
            .filter(|part| known.holds(part) != Some(true))
            .map(|part| match self.shortfall(part, known) {
                Shortfall::Value {
                    subject,
                    value,
                    asked: Some(asked),
                } => {
                    format!("{subject} is {value}; {asked} is asked for")
                }
                Shortfall::Value {
                    subject,
                    value,
                    asked: None,
                } => {
                    format!("{subject} is {value}; anything else is asked for")
                }
                Shortfall::Missing { subject } => format!("{subject} is not known"),
                Shortfall::Clause(clause) => format!("asked for: {clause}"),
            })
            .map(Cow::Owned)
            .collect();
        if said.is_empty() {
            vec![format!("asked for: {}", self.clause(test)).into()]
        } else {
            said
        }
    }

    fn asked_of_records<'o>(self, asked: &Records, found: Found<'o, '_>) -> Cow<'o, str> {
        let phrase = found.phrase;
        let requirement = || Cow::Borrowed(phrase.requirement.as_str());
        let as_count = |amount| match amount {
            Some(Amount::Count(count)) => Some(count),
            _ => None,
        };
        let (have, need) = (
            as_count(found.outcome.found),
            as_count(found.outcome.needed),
        );
        match (&asked.measure, have, need) {
            (Measure::Count(How::AtLeast | How::Exactly, _), Some(have), Some(need))
                if have < need =>
            {
                self.more(asked, phrase, have, need - have).into()
            }
            (Measure::Count(..) | Measure::No, Some(have), _) => {
                let were = if have == 1 { "is" } else { "are" };
                format!("{}; there {were} {}", phrase.requirement, count(have)).into()
            }
            (Measure::Every, _, _) if nothing(found) => {
                let one = records(1, "", &self.kind_title());
                (one + &self.narrowed(asked)).into()
            }
            (Measure::Every, _, _) => requirement(),
            (Measure::Aggregate(How::AtLeast, _, Aggregate::Total, value), _, _) => {
                match (found.outcome.found, found.outcome.needed) {
                    (Some(Amount::Number(have)), Some(Amount::Number(need))) => {
                        let rest = self.amount(Amount::Number(need.saturating_sub(have)), None);
                        let more = if have == 0 { "" } else { " more" };
                        let (field, kind) = (self.figured(value), self.kind_title());
                        format!("{rest}{more} of {field} from {kind}{}", phrase.which).into()
                    }
                    _ => requirement(),
                }
            }
            (Measure::Aggregate(_, _, _, value), _, _) => {
                self.with_found(found, self.type_of_value(value))
            }
            _ => self.with_found(found, None),
        }
    }

    /// "one more school year in the role Model teacher"; of consecutive ones it is not known which they will follow.
    fn asked_of_posts<'o>(self, held: &Held, found: Found<'o, '_>) -> Cow<'o, str> {
        let asked = &found.phrase.requirement;
        match (found.outcome.found, found.outcome.needed) {
            (Some(Amount::Count(have)), _) if held.consecutive && have > 0 => {
                let years = if have == 1 { "is" } else { "are" };
                format!("{asked}; there {years} {}", count(have)).into()
            }
            (Some(Amount::Count(have)), Some(Amount::Count(need))) if have > 0 => {
                let missing = need.saturating_sub(have);
                let years = if missing == 1 { "year" } else { "years" };
                let post = self.post_held(held);
                format!("{} more school {years} in {post}", count(missing)).into()
            }
            _ => asked.into(),
        }
    }

    /// The requirement, and what there is now.
    fn with_found<'o>(self, found: Found<'o, '_>, ty: Option<&'a Type>) -> Cow<'o, str> {
        let asked = &found.phrase.requirement;
        match found.outcome.found {
            Some(amount) => format!("{asked}; it is {} now", self.amount(amount, ty)).into(),
            None => asked.into(),
        }
    }

    /// "one more Annual rating for Data Analyst, with Level Effective or better, with another Assessor"
    fn more(self, asked: &Records, phrase: &Phrase, have: u64, missing: u64) -> String {
        let more = if have == 0 { "" } else { " more" };
        let mut said = records(missing, more, &self.kind_title());
        said.push_str(&phrase.which);
        let another = missing == 1 && have > 0;
        said.push_str(&match &asked.spread {
            None => Cow::Borrowed(""),
            Some(_) if missing == 1 && have == 0 => Cow::Borrowed(""),
            Some(Spread::Different(source)) if another => {
                format!(", with another {}", self.source(*source)).into()
            }
            Some(Spread::Different(source)) => {
                format!(", each with a different {}", self.source(*source)).into()
            }
            Some(Spread::Same(source)) => {
                format!(", with the same {}", self.source(*source)).into()
            }
            Some(Spread::DifferentYears) if another => ", in another school year".into(),
            Some(Spread::DifferentYears) => ", each in a different school year".into(),
            Some(Spread::ConsecutiveYears(_)) => {
                ", so that the school years follow one another".into()
            }
        });
        said
    }

    /// ", with Rubric score Mastered or better"
    fn matched(self, asked: &Records) -> String {
        asked
            .matching
            .as_ref()
            .map_or_else(String::new, |test| match self.with(test) {
                Some(with) => format!(", with {with}"),
                None => format!(", where {}", self.clause(test)),
            })
    }
}

/// The conditions that must all hold.
fn asked_parts(test: &Test) -> Vec<Cow<'_, Test>> {
    match test {
        Test::All(parts) => parts.iter().map(Cow::Borrowed).collect(),
        Test::Not(inner) => match &**inner {
            Test::Any(parts) => parts
                .iter()
                .map(|part| Cow::Owned(Test::Not(Box::new(part.clone()))))
                .collect(),
            _ => vec![Cow::Borrowed(test)],
        },
        _ => vec![Cow::Borrowed(test)],
    }
}

/// Whether there was nothing to look at, or next to nothing.
fn nothing(found: Found<'_, '_>) -> bool {
    found.explanation.counted.is_empty()
        && !found
            .explanation
            .near_misses
            .iter()
            .any(|miss| matches!(miss.reason, Reason::Where(_)))
}
