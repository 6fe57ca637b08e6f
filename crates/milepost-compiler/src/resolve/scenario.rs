//! Scenarios: what is given becomes a record, typed as a record's JSON would be; what is expected is looked up.

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::plan::{Constant, FactId};
use milepost_engine::record::{Credential, Evidence, Input, Post, Suspension, Waiver};
use milepost_engine::{Date, Decimal, Status, Verdict};
use milepost_syntax::tree::{
    self, ExpectedStatus, RecordNote, RecordStatus, ScenarioLine, ValueKind,
};

use super::Resolver;
use crate::model::{Expectation, Field, Scenario, Subject, Type};

/// What the notes of a record or credential say.
#[derive(Default)]
struct Notes {
    competencies: Vec<milepost_engine::plan::CompetencyId>,
    fields: Vec<(tree::Given, Span)>,
    expires: Option<Date>,
    submitted: Option<Date>,
    decided: Option<Date>,
    suspended: Vec<Suspension>,
    status: Option<(Status, Span)>,
}

impl Resolver<'_> {
    /// A scenario; nothing if it has no usable date.
    pub(super) fn scenario(&mut self, file: usize, scenario: &tree::Scenario) -> Option<Scenario> {
        let mut as_of = None;
        let mut record = Input {
            id: "scenario".to_owned(),
            ..Input::default()
        };
        let (mut expectations, mut waived) = (Vec::new(), Vec::new());
        let mut ids: BTreeMap<String, Span> = BTreeMap::new();
        let mut facts: BTreeMap<FactId, Span> = BTreeMap::new();
        for line in &scenario.lines {
            match line {
                ScenarioLine::AsOf(date) => as_of = self.date(date),
                ScenarioLine::Enrolled(date) => record.enrolled = self.date(date),
                ScenarioLine::Facts(given) => {
                    for given in given {
                        if let Some((fact, value)) = self.given_fact(given, &mut facts) {
                            record.facts.push((fact, value));
                        }
                    }
                }
                ScenarioLine::Evidence(given) => {
                    self.unique(&mut ids, &given.id);
                    record.evidence.extend(self.given_evidence(file, given));
                }
                ScenarioLine::Credential(given) => {
                    self.unique(&mut ids, &given.id);
                    record
                        .credentials
                        .extend(self.given_credential(file, given));
                }
                ScenarioLine::Waiver(given) => {
                    if let Some(waiver) = self.given_waiver(given) {
                        record.waivers.push(waiver);
                        waived.push(given.requirement.span);
                    }
                }
                ScenarioLine::Post(given) => record.posts.extend(self.given_post(file, given)),
                ScenarioLine::Expect(expect) => expectations.extend(self.expectation(file, expect)),
            }
        }
        Some(Scenario {
            title: scenario.title.text.clone(),
            span: scenario.title.span,
            as_of: as_of?,
            record,
            waived,
            expectations,
        })
    }

    fn unique(&mut self, ids: &mut BTreeMap<String, Span>, id: &tree::Literal) {
        if let Some(first) = ids.insert(id.text.clone(), id.span) {
            self.report(
                Diagnostic::new(
                    Code::DuplicateName,
                    id.span,
                    format!("two records have the id `{}`", id.text),
                )
                .label(first, "the first is here")
                .help("give each record an id of its own"),
            );
        }
    }

    fn given_fact(
        &mut self,
        given: &tree::Given,
        seen: &mut BTreeMap<FactId, Span>,
    ) -> Option<(FactId, Constant)> {
        let Some((id, _)) = self.facts.get(&given.name.text).copied() else {
            let known: Vec<String> = self.facts.keys().cloned().collect();
            let help = self
                .did_you_mean(&given.name.text, known.iter().map(String::as_str))
                .unwrap_or_else(|| {
                    "a record of evidence is given as `given KIND ID on DATE`".to_owned()
                });
            self.report(
                Diagnostic::new(
                    Code::UnknownName,
                    given.name.span,
                    format!("unknown fact `{}`", given.name.text),
                )
                .help(help),
            );
            return None;
        };
        if let Some(first) = seen.insert(id, given.name.span) {
            self.report(
                Diagnostic::new(
                    Code::DuplicateName,
                    given.name.span,
                    format!("`{}` is given twice", given.name.text),
                )
                .label(first, "first given here")
                .help("keep one of them"),
            );
            return None;
        }
        let field = self.model.fact(id)?.clone();
        self.mention(given.name.span, Some(field.named.span));
        Some((id, self.value(&field, &given.value)?))
    }

    fn given_evidence(&mut self, file: usize, given: &tree::GivenEvidence) -> Option<Evidence> {
        let kind = self.kind(file, &given.kind);
        let date = self.date(&given.date);
        let notes = self.notes(file, &given.notes);
        let kind = kind?;
        let declared = self.model.kind(kind)?.clone();
        let mut fields: Vec<Option<Constant>> = vec![None; declared.fields.len()];
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        for (given, _) in &notes.fields {
            let name = &given.name.text;
            if let Some(first) = seen.insert(name.clone(), given.name.span) {
                self.report(
                    Diagnostic::new(
                        Code::DuplicateName,
                        given.name.span,
                        format!("`{name}` is given twice"),
                    )
                    .label(first, "first given here")
                    .help("keep one of them"),
                );
                continue;
            }
            let found = declared
                .fields
                .iter()
                .position(|field| field.named.name == *name);
            let Some((field, slot)) =
                found.and_then(|at| declared.fields.get(at).zip(fields.get_mut(at)))
            else {
                let help = self.did_you_mean(
                    name,
                    declared
                        .fields
                        .iter()
                        .map(|field| field.named.name.as_str()),
                );
                let mut problem = Diagnostic::new(
                    Code::UnknownName,
                    given.name.span,
                    format!("`{}` has no field `{name}`", declared.named.name),
                )
                .label(declared.named.span, "the kind of evidence is declared here");
                problem.help.extend(help);
                self.report(problem);
                continue;
            };
            self.mention(given.name.span, Some(field.named.span));
            if let Some(score) = &field.from_score {
                let message = format!("`{name}` follows from `{score}`");
                let problem = Diagnostic::new(Code::LevelFromScore, given.name.span, message);
                self.report(problem.help(format!("leave it out, and give `{score}`")));
                continue;
            }
            *slot = self.value(field, &given.value);
        }
        Some(Evidence {
            id: given.id.text.clone(),
            kind,
            date: date?,
            status: notes.status.map(|status| status.0).unwrap_or_default(),
            competencies: notes.competencies,
            expires: notes.expires,
            submitted: notes.submitted,
            decided: notes.decided,
            suspended: notes.suspended,
            fields,
        })
    }

    fn given_credential(
        &mut self,
        file: usize,
        given: &tree::GivenCredential,
    ) -> Option<Credential> {
        let competency = self.competency(file, &given.competency);
        let issued = self.date(&given.issued);
        let notes = self.notes(file, &given.notes);
        Some(Credential {
            id: given.id.text.clone(),
            competency: competency?,
            issued: issued?,
            status: notes.status.map(|status| status.0).unwrap_or_default(),
            expires: notes.expires,
            submitted: notes.submitted,
            decided: notes.decided,
            suspended: notes.suspended,
        })
    }

    fn given_post(&mut self, file: usize, given: &tree::GivenPost) -> Option<Post> {
        let place = self.role_stage(file, &given.role, given.stage.as_ref());
        let (from, until) = self.days(&given.from, given.until.as_ref())?;
        let (role, stage) = place?;
        Some(Post {
            id: None,
            version: 0,
            role,
            stage,
            from,
            until,
        })
    }

    /// A first day, and a last one that is not before it.
    fn days(
        &mut self,
        from: &tree::Literal,
        to: Option<&tree::Literal>,
    ) -> Option<(Date, Option<Date>)> {
        let first = self.date(from);
        let last = to.map(|to| self.date(to));
        let (first, last) = (first?, last.map_or(Some(None), |last| last.map(Some))?);
        if let (Some(last), Some(to)) = (last, to)
            && last < first
        {
            self.report(
                Diagnostic::new(
                    Code::EmptyWindow,
                    to.span,
                    "the last day is before the first",
                )
                .label(from.span, "the first day")
                .help("write the earlier date after `from`"),
            );
            return None;
        }
        Some((first, last))
    }

    /// Adds a suspension, which has no day that another one has.
    fn suspend(&mut self, known: &mut Vec<Suspension>, span: Span, days: (Date, Option<Date>)) {
        let (from, until) = days;
        let new = Suspension { from, until };
        if known.iter().any(|it| it.overlaps(new)) {
            self.report(
                Diagnostic::new(
                    Code::RepeatedProperty,
                    span,
                    "these days are suspended already",
                )
                .help("give each suspension days of its own, or join them"),
            );
            return;
        }
        known.push(new);
        known.sort();
    }

    fn given_waiver(&mut self, given: &tree::GivenWaiver) -> Option<Waiver> {
        let granted = self.date(&given.granted);
        let expires = given.expires.as_ref().map(|date| self.date(date));
        if let (Some(granted), Some(Some(last))) = (granted, expires)
            && last < granted
        {
            self.report(
                Diagnostic::new(
                    Code::EmptyWindow,
                    given.granted.span,
                    "this waiver expires before it is granted",
                )
                .help("write the earlier date after `granted`"),
            );
        }
        Some(Waiver {
            id: None,
            requirement: given.requirement.text(),
            by: given.by.text.clone(),
            authority: given.authority.text.clone(),
            reason: given.reason.text.clone(),
            granted: granted?,
            expires: match expires {
                Some(expires) => Some(expires?),
                None => None,
            },
        })
    }

    fn notes(&mut self, file: usize, notes: &[RecordNote]) -> Notes {
        let mut read = Notes::default();
        for note in notes {
            match note {
                RecordNote::For(paths) => {
                    for path in paths {
                        read.competencies.extend(self.competency(file, path));
                    }
                }
                RecordNote::With(given) => {
                    read.fields
                        .extend(given.iter().map(|given| (given.clone(), given.name.span)));
                }
                RecordNote::Expires(date) => read.expires = self.date(date),
                RecordNote::Submitted(date) => read.submitted = self.date(date),
                RecordNote::Decided(date) => read.decided = self.date(date),
                RecordNote::Suspended(span, from, to) => {
                    if let Some(days) = self.days(from, to.as_ref()) {
                        self.suspend(&mut read.suspended, *span, days);
                    }
                }
                RecordNote::Status(span, status) => {
                    let status = match status {
                        RecordStatus::Accepted => Status::Accepted,
                        RecordStatus::UnderReview => Status::UnderReview,
                        RecordStatus::Draft => Status::Draft,
                        RecordStatus::Returned => Status::Returned,
                        RecordStatus::Suspended => Status::Suspended,
                        RecordStatus::Revoked => Status::Revoked,
                    };
                    if let Some((_, first)) = read.status {
                        self.report(
                            Diagnostic::new(
                                Code::RepeatedProperty,
                                *span,
                                "a record has one status",
                            )
                            .label(first, "the first is here")
                            .help("keep one of them"),
                        );
                    }
                    read.status = Some((status, *span));
                }
            }
        }
        read
    }

    /// A value of a fact or field.
    fn value(&mut self, field: &Field, value: &tree::Value) -> Option<Constant> {
        self.typed_value(&field.ty, field.range, value)
    }

    fn typed_value(
        &mut self,
        ty: &Type,
        range: (Decimal, Decimal),
        value: &tree::Value,
    ) -> Option<Constant> {
        match (ty, &value.kind) {
            (Type::Invalid, _) => None,
            (Type::Number | Type::Whole, ValueKind::Number(text)) => {
                let number = self.number(text, value.span)?;
                if number < range.0 || number > range.1 {
                    self.report(
                        Diagnostic::new(
                            Code::NumberOutOfRange,
                            value.span,
                            format!("`{text}` is out of range"),
                        )
                        .here(format!("from {} to {}", range.0, range.1))
                        .help("give a number in the range that is declared"),
                    );
                    return None;
                }
                if *ty == Type::Whole && !number.is_whole() {
                    return self.misfit(ty, value);
                }
                Some(Constant::Number(number))
            }
            (Type::YesNo, ValueKind::YesNo(answer)) => Some(Constant::YesNo(*answer)),
            (Type::Date, ValueKind::Date(text)) => {
                self.date_at(text, value.span).map(Constant::Date)
            }
            (Type::Text, ValueKind::Text(text)) => Some(Constant::Text(text.clone())),
            (Type::Level(_) | Type::Choice(_), ValueKind::Name(name)) => {
                self.symbol(ty, name, value.span).map(Constant::Ordinal)
            }
            (Type::List(item), ValueKind::List(values)) => {
                let items: Vec<_> = values
                    .iter()
                    .filter_map(|value| self.typed_value(item, range, value))
                    .collect();
                (items.len() == values.len()).then_some(Constant::List(items))
            }
            (Type::List(item), ValueKind::Rubric(entries))
                if entries.is_empty() && **item != Type::Invalid =>
            {
                Some(Constant::List(Vec::new()))
            }
            (Type::Rubric(id), ValueKind::Rubric(entries)) => {
                let rubric = self.model.rubric(*id)?.clone();
                let scale = Type::Level(rubric.scale?);
                let mut levels = vec![None; rubric.criteria.len()];
                for entry in entries {
                    let at = rubric
                        .criteria
                        .iter()
                        .position(|known| known.name == entry.name.text);
                    let known = at.and_then(|at| rubric.criteria.get(at));
                    self.mention(entry.name.span, known.map(|known| known.span));
                    if let Some(slot) = at.and_then(|at| levels.get_mut(at)) {
                        if let Some(Constant::Ordinal(level)) =
                            self.typed_value(&scale, range, &entry.value)
                        {
                            *slot = Some(level);
                        }
                    } else {
                        let known = rubric.criteria.iter().map(|known| known.name.as_str());
                        let help = self.did_you_mean(&entry.name.text, known);
                        let mut problem = Diagnostic::new(
                            Code::UnknownName,
                            entry.name.span,
                            format!(
                                "rubric `{}` has no criterion `{}`",
                                rubric.named.name, entry.name.text
                            ),
                        )
                        .label(rubric.named.span, "the rubric is declared here");
                        problem.help.extend(help);
                        self.report(problem);
                    }
                }
                Some(Constant::Rubric(levels))
            }
            _ => self.misfit(ty, value),
        }
    }

    fn symbol(&mut self, ty: &Type, name: &str, span: Span) -> Option<u16> {
        let symbols = self.symbol_names(ty);
        if let Some((ordinal, known)) = (0u16..).zip(&symbols).find(|(_, named)| named.name == name)
        {
            self.mention(span, Some(known.span));
            return Some(ordinal);
        }
        let what = if matches!(ty, Type::Level(_)) {
            "level"
        } else {
            "choice"
        };
        let listed: Vec<_> = symbols
            .iter()
            .take(12)
            .map(|named| format!("`{}`", named.name))
            .collect();
        let help = self.did_you_mean(name, symbols.iter().map(|named| named.name.as_str()));
        let mut problem =
            Diagnostic::new(Code::UnknownName, span, format!("unknown {what} `{name}`"))
                .here(format!("one of {}", listed.join(", ")));
        problem.help.extend(help);
        self.report(problem);
        None
    }

    fn misfit(&mut self, ty: &Type, value: &tree::Value) -> Option<Constant> {
        let what = self.model.type_name(ty);
        let help = match ty {
            Type::Date => "write a date such as `2026-07-01`",
            Type::Text => "write a text in quotes, such as `\"a-17\"`",
            Type::YesNo => "write `yes` or `no`",
            Type::Level(_) | Type::Choice(_) => {
                "write the name of the level or choice, without quotes"
            }
            Type::Whole => "write a whole number",
            Type::Number => "write a number",
            Type::List(_) => "write a list, such as `{ \"a\", \"b\" }`",
            _ => "write the level of each criterion, such as `{ planning mastered }`",
        };
        self.report(
            Diagnostic::new(
                Code::TypeMismatch,
                value.span,
                format!("{what} is expected here"),
            )
            .help(help),
        );
        None
    }

    fn expectation(&mut self, file: usize, expect: &tree::Expect) -> Option<Expectation> {
        let subject = if expect.role {
            self.role(file, &expect.name).map(Subject::Role)
        } else {
            self.competency(file, &expect.name).map(Subject::Competency)
        };
        let labels = expect.labels.iter().flat_map(|path| &path.names);
        Some(Expectation {
            span: expect.span,
            subject: subject?,
            labels: labels.map(|name| (name.text.clone(), name.span)).collect(),
            verdict: match expect.status {
                ExpectedStatus::Met => Verdict::Met,
                ExpectedStatus::Pending => Verdict::Pending,
                ExpectedStatus::NeedsInformation => Verdict::NeedsInformation,
                ExpectedStatus::Unmet => Verdict::Unmet,
                ExpectedStatus::Waived => Verdict::Waived,
            },
            at_risk: expect.at_risk,
            stated: expect.stated.clone(),
        })
    }
}
