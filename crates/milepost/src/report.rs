//! Plan, record and outcome in; the outcome as a document of wire types, with every sentence made, out.

use milepost_engine::outcome::{self, Explanation, NodeOutcome, Standing};
use milepost_engine::plan::{Competency, Entry, Form, Node, NodeId, Number, Parts, Source, Type};
use milepost_engine::record::{Credential, Record, Status};
use milepost_engine::{Date, Evaluator, Unit, Verdict, school_year_end};

use crate::programme::Pathway;
use crate::wire;
use crate::wording::{Found, Known, Words};

/// The document of an outcome.
pub(crate) fn report(
    pathway: &Pathway,
    record: &Record,
    outcome: &milepost_engine::Outcome,
) -> wire::Outcome {
    let plan = pathway.plan();
    let parts = plan.parts();
    let mut report = Report {
        parts,
        words: Words::new(parts),
        record,
        outcome,
        nodes: Vec::with_capacity(parts.nodes.len()),
        forbidden: forbidden(parts),
        shortened: false,
    };
    let mut evaluator = Evaluator::new(plan);
    for ((id, node), found) in (0..).map(NodeId).zip(&parts.nodes).zip(&outcome.nodes) {
        // Children stand before their parents, so each parent finds its own ready.
        // Groups and references have nothing of their own to explain.
        let explanation = match &node.form {
            Form::Records(_) | Form::Condition(_) => evaluator.explain(record, outcome, id),
            Form::AtLeast(bound, _) => bound_unknown(bound, record),
            _ => Explanation::default(),
        };
        let node = report.node(id, node, found, &explanation);
        report.nodes.push(Some(node));
    }
    let roles = parts.roles.iter().zip(&outcome.roles);
    let competencies = parts.competencies.iter().zip(&outcome.competencies);
    wire::Outcome {
        milepost: env!("CARGO_PKG_VERSION").to_owned(),
        programme: wire::Programme {
            name: parts.programme.name.clone(),
            version: parts.programme.version.clone(),
            definition: format!("sha256:{}", hexadecimal(&parts.programme.definition)),
        },
        candidate: record.id().to_owned(),
        as_of: outcome.as_of.to_string(),
        roles: roles
            .filter_map(|(role, found)| report.role(role, found))
            .collect(),
        competencies: competencies
            .map(|(it, found)| report.competency(it, found))
            .collect(),
        notices: report.notices(),
    }
}

/// So many near misses of a requirement are listed, the latest of them, and so many unknown values.
const LISTED: usize = 100;

struct Report<'a> {
    parts: &'a Parts,
    words: Words<'a>,
    record: &'a Record,
    outcome: &'a milepost_engine::Outcome,
    /// The nodes made so far; each is taken by the one it belongs to.
    nodes: Vec<Option<wire::Node>>,
    /// Whether a node lies under `none of`, where nobody should strive for it.
    forbidden: Vec<bool>,
    /// Whether any list of near misses was cut.
    shortened: bool,
}

impl Report<'_> {
    fn take(&mut self, id: NodeId) -> Option<wire::Node> {
        self.nodes.get_mut(id.index())?.take()
    }

    fn known(&self) -> Known<'_> {
        Known {
            record: self.record,
            entry: None,
            as_of: self.outcome.as_of,
        }
    }

    fn node(
        &mut self,
        id: NodeId,
        node: &Node,
        found: &NodeOutcome,
        explanation: &Explanation,
    ) -> wire::Node {
        let children = match &node.form {
            Form::All(children)
            | Form::Any(children)
            | Form::AtLeast(_, children)
            | Form::None(children)
            | Form::InOrder(children) => children
                .iter()
                .filter_map(|child| self.take(*child))
                .collect(),
            Form::Competency(_) | Form::Role(_) | Form::Records(_) | Form::Condition(_) => {
                Vec::new()
            }
        };
        let words = self.words;
        let verdict_of = |place: usize| {
            self.outcome
                .nodes
                .get(place)
                .map_or(Verdict::Unmet, |node| node.truth.status())
        };
        let forbidden = self.forbidden.get(id.index()).copied().unwrap_or(false);
        let missing = if forbidden {
            Vec::new()
        } else {
            let known = self.known();
            words.missing(
                Found {
                    node,
                    outcome: found,
                    explanation,
                    known,
                },
                &verdict_of,
            )
        };
        let ty = words.type_counted(node);
        let status = found.truth.status();
        self.shortened |=
            explanation.near_misses.len() > LISTED || explanation.unknown.len() > LISTED;
        wire::Node {
            address: node.address.clone(),
            title: node.title.clone(),
            text: words.requirement(node),
            status: status_of(status),
            at_risk: found.truth.at_risk(),
            locked: found.locked,
            progress: progress(found.progress),
            found: found.found.map(|amount| words.quantity(amount, ty)),
            needed: found.needed.map(|amount| words.quantity(amount, ty)),
            counted: explanation
                .counted
                .iter()
                .map(|it| self.record.record_id(*it).to_owned())
                .collect(),
            near_misses: self.near_misses(node, explanation),
            missing,
            unknown: explanation
                .unknown
                .iter()
                .take(LISTED)
                .filter_map(|it| self.unknown(node, *it))
                .collect(),
            refers_to: self.refers_to(node).map(|entry| entry.name.clone()),
            cites: node.cites.clone(),
            advice: match &node.advice {
                Some(advice) if status != Verdict::Met && !forbidden => {
                    Some(words.advice(advice, node, found))
                }
                _ => None,
            },
            children,
        }
    }

    fn near_misses(&self, node: &Node, explanation: &Explanation) -> Vec<wire::NearMiss> {
        let Form::Records(asked) = &node.form else {
            return Vec::new();
        };
        let words = self.words.of(node);
        let before = explanation.near_misses.len().saturating_sub(LISTED);
        explanation
            .near_misses
            .iter()
            .skip(before)
            .map(|miss| wire::NearMiss {
                id: self.record.record_id(miss.record).to_owned(),
                reason: words.reason(asked, miss, self.known()),
            })
            .collect()
    }

    fn refers_to(&self, node: &Node) -> Option<&Entry> {
        match &node.form {
            Form::Competency(id) => self.parts.competencies.get(id.index()).map(|it| &it.entry),
            Form::Role(id) => self.parts.roles.get(id.index()).map(|it| &it.entry),
            _ => None,
        }
    }

    fn unknown(&self, node: &Node, unknown: outcome::Unknown) -> Option<wire::Unknown> {
        use milepost_engine::outcome::Unknown;
        let words = self.words.of(node);
        let own = |field: u32| words.kind_fields()?.get(field as usize);
        let record = |it| self.record.record_id(it).to_owned();
        Some(match unknown {
            Unknown::Fact(id, criterion) => {
                let fact = self.parts.facts.get(id.index())?;
                let source = criterion.map_or(Source::Fact(id), |at| Source::FactCriterion(id, at));
                wire::Unknown::Fact {
                    fact: self.name(&fact.entry, &fact.ty, criterion),
                    title: words.source(source),
                }
            }
            Unknown::Field(it, at, criterion) => {
                let field = own(at)?;
                let source =
                    criterion.map_or(Source::Field(at), |rated| Source::FieldCriterion(at, rated));
                wire::Unknown::Field {
                    record: record(it),
                    field: self.name(&field.entry, &field.ty, criterion),
                    title: words.source(source),
                }
            }
            Unknown::Expires(it) => wire::Unknown::Field {
                record: record(it),
                field: "expires".to_owned(),
                title: words.source(Source::Expires),
            },
        })
    }

    /// `field`, or `field.criterion`.
    fn name(&self, entry: &Entry, ty: &Type, criterion: Option<u32>) -> String {
        let rated = match ty {
            Type::Rubric(rubric) => self
                .parts
                .rubrics
                .get(rubric.index())
                .and_then(|rubric| rubric.criteria.get(criterion? as usize)),
            _ => None,
        };
        rated.map_or_else(
            || entry.name.clone(),
            |rated| format!("{}.{}", entry.name, rated.name),
        )
    }

    fn role(
        &mut self,
        role: &milepost_engine::plan::Role,
        found: &outcome::RoleOutcome,
    ) -> Option<wire::Role> {
        Some(wire::Role {
            name: role.entry.name.clone(),
            title: role.entry.title.clone(),
            about: role.about.clone(),
            doc: role.doc.clone(),
            status: status_of(found.truth.status()),
            at_risk: found.truth.at_risk(),
            progress: progress(found.progress),
            incentives: role.incentives.clone(),
            requirement: self.take(role.eligible)?,
            preferred: role
                .preferred
                .iter()
                .filter_map(|id| self.take(*id))
                .collect(),
        })
    }

    fn competency(
        &mut self,
        competency: &Competency,
        found: &outcome::CompetencyOutcome,
    ) -> wire::Competency {
        let credential = match found.standing {
            Standing::Requirement => None,
            Standing::Credential(at) | Standing::Withheld(at) | Standing::UnderReview(at) => {
                self.record.credentials().get(at as usize)
            }
        };
        wire::Competency {
            name: competency.entry.name.clone(),
            title: competency.entry.title.clone(),
            about: competency.about.clone(),
            doc: competency.doc.clone(),
            status: status_of(found.truth.status()),
            at_risk: found.truth.at_risk(),
            progress: progress(found.progress),
            award: competency.award.as_ref().map(|award| wire::Award {
                title: award.title.clone(),
                valid: award.valid.map(|valid| valid.to_string()),
            }),
            credential: credential.map(|credential| self.credential(credential, competency)),
            renewal_after: found.renewal_after.map(|date| date.to_string()),
            requirement: competency.requirement.and_then(|id| self.take(id)),
        }
    }

    fn credential(&self, credential: &Credential, competency: &Competency) -> wire::Credential {
        let decided_later = credential
            .decided
            .is_some_and(|decided| decided > self.outcome.as_of);
        let status = if decided_later {
            Status::UnderReview
        } else {
            credential.status
        };
        let expires = credential
            .expires
            .or_else(|| self.valid_until(credential.issued, competency));
        wire::Credential {
            id: credential.id.clone(),
            issued: credential.issued.to_string(),
            expires: expires.map(|date| date.to_string()),
            status: record_status(status),
        }
    }

    /// The last day of what was issued, as `awards … valid` says.
    fn valid_until(&self, issued: Date, competency: &Competency) -> Option<Date> {
        let valid = competency.award.as_ref()?.valid?;
        if valid.unit != Unit::SchoolYears {
            return Some(issued.plus(valid));
        }
        let start = self.parts.programme.school_year?;
        let years = i32::try_from(valid.count).unwrap_or(i32::MAX);
        Some(school_year_end(
            issued
                .school_year(start)
                .saturating_add(years.saturating_sub(1)),
            start,
        ))
    }

    fn notices(&self) -> Vec<String> {
        let as_of = self.outcome.as_of;
        let mut notices = Vec::new();
        if self.outcome.replay {
            notices.push(format!(
                "the record holds entries dated after {as_of}, which are left out; facts and undated statuses are \
                 taken as they are now"
            ));
        }
        if let Some((from, to)) = self.parts.programme.effective {
            if as_of < from {
                notices.push(format!("the programme is in force only from {from}"));
            } else if let Some(to) = to.filter(|to| as_of > *to) {
                notices.push(format!("the programme was in force until {to}"));
            }
        }
        if self.shortened {
            notices.push(format!(
                "some requirements list only the latest {LISTED} near misses, or the first {LISTED} unknown values"
            ));
        }
        notices
    }
}

/// Which nodes lie under `none of`; parents stand after their children.
fn forbidden(parts: &Parts) -> Vec<bool> {
    let mut forbidden = vec![false; parts.nodes.len()];
    for (at, node) in parts.nodes.iter().enumerate().rev() {
        let (children, below) = match &node.form {
            Form::None(children) => (children, true),
            Form::All(children)
            | Form::Any(children)
            | Form::AtLeast(_, children)
            | Form::InOrder(children) => (children, forbidden.get(at).copied().unwrap_or(false)),
            Form::Competency(_) | Form::Role(_) | Form::Records(_) | Form::Condition(_) => continue,
        };
        for child in children {
            if let Some(slot) = forbidden.get_mut(child.index()) {
                *slot = below;
            }
        }
    }
    forbidden
}

/// The facts a bound depends on and nobody supplied. Expressions have at most 64 operators.
fn bound_unknown(bound: &Number, record: &Record) -> Explanation {
    let mut explanation = Explanation::default();
    let mut open = vec![bound];
    while let Some(number) = open.pop() {
        match number {
            Number::Of(Source::Fact(fact)) | Number::OfLevel(Source::Fact(fact), _)
                if record.fact(*fact).is_none() =>
            {
                explanation
                    .unknown
                    .push(outcome::Unknown::Fact(*fact, None));
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

/// A verdict as a status.
pub(crate) const fn status_of(verdict: Verdict) -> wire::Status {
    match verdict {
        Verdict::Met => wire::Status::Met,
        Verdict::Pending => wire::Status::Pending,
        Verdict::NeedsInformation => wire::Status::NeedsInformation,
        Verdict::Unmet => wire::Status::Unmet,
    }
}

const fn record_status(status: Status) -> wire::RecordStatus {
    match status {
        Status::Accepted => wire::RecordStatus::Accepted,
        Status::UnderReview => wire::RecordStatus::UnderReview,
        Status::Draft => wire::RecordStatus::Draft,
        Status::Returned => wire::RecordStatus::Returned,
        Status::Suspended => wire::RecordStatus::Suspended,
        Status::Revoked => wire::RecordStatus::Revoked,
    }
}

fn progress(progress: outcome::Progress) -> wire::Progress {
    let share = u128::from(progress.met) * 100 / u128::from(progress.of.max(1));
    wire::Progress {
        met: wire::Number::new(i128::from(progress.met), 2),
        of: wire::Number::new(i128::from(progress.of), 2),
        percent: u8::try_from(share.min(100)).unwrap_or(100),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|half| char::from_digit(u32::from(half), 16))
        .collect()
}
