//! What next: a record and a day in; for each role that is not met the smallest sets of actions that would do out, as
//! canonical JSON in the shape of [`Next`](crate::wire::Next).
//!
//! Each proposal stands there twice: in words, and as a list of changes that `what_if` takes.

use std::fmt;

use milepost_engine::next::{Action, Also, Next, Proposal, WORK, Wanted, next};
use milepost_engine::outcome::Outcome;
use milepost_engine::plan::{Constant, Entry, FactId, Field, Form, KindId, Parts, RoleId, Type};
use milepost_engine::record::Record;
use milepost_engine::{Date, Decimal, Evaluator, Status, Verdict};

use crate::canonical::constant;
use crate::governed::Governed;
use crate::programme::Pathway;
use crate::report::text::{day, list, text, yes_no};
use crate::session;
use crate::wire::write_number;
use crate::wording::{Words, count, listed, title};

/// A role or stage was asked for by this name, and the programme has none of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownGoal(pub String);

impl fmt::Display for UnknownGoal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "there is no role or stage `{}`", self.0)
    }
}

impl std::error::Error for UnknownGoal {}

/// What would make each role met that is not, and reach the next stage of each that is; or what would reach one goal: a role,
/// or a stage by `role.stage`.
///
/// # Errors
///
/// There is no such role or stage.
pub(crate) fn json(
    pathway: &Pathway,
    record: &Record,
    as_of: Date,
    only: Option<&str>,
) -> Result<String, UnknownGoal> {
    let newest = (pathway, record);
    let governed = Governed::new(pathway, record, as_of);
    // Under another version other things may be asked.
    let last = governed.until(as_of).unwrap_or(Date::MAX);
    let (pathway, record) = (governed.pathway, &*governed.record);
    let parts = pathway.plan().parts();
    let outcome = Evaluator::new(pathway.plan()).evaluate(record, as_of);
    let mut settled = outcome.clone();
    governed.settle(&mut settled);
    let goals = match only {
        Some(name) => vec![goal(parts, name).ok_or_else(|| UnknownGoal(name.to_owned()))?],
        None => goals(parts, &settled),
    };
    let goals: Vec<Form> = goals
        .into_iter()
        .filter(|goal| status(&settled, goal) != Some(Verdict::Met))
        .collect();
    let writer = Writer {
        pathway,
        record,
        parts,
        words: Words::new(parts),
        hours: parts.kinds.iter().any(|kind| kind.effort.is_some()),
    };
    let mut out = String::from("{\"as_of\":");
    day(&mut out, as_of);
    out.push_str(",\"roles\":");
    let (mut left, mut waiting) = (WORK, goals.len() as u64);
    list(&mut out, &goals, |out, goal| {
        let mut share = left / waiting.max(1);
        (left, waiting) = (left - share, waiting - 1);
        let mut next = match status(&outcome, goal) {
            Some(Verdict::Met) => Next::default(),
            _ => next(
                pathway.plan(),
                pathway.links(),
                record,
                (as_of, last),
                goal,
                &mut share,
            ),
        };
        left += share;
        let (role, stage) = named(parts, goal);
        let question = governed.question();
        if question.is_some() {
            // What is enough under the version in force may not be under the others that may govern.
            let enough = |it: &Proposal| {
                session::reaches(newest, &writer.changes_of(it), as_of, (role, stage))
            };
            next.proposals.retain(enough);
            (next.more, next.exact) = (0, false);
        }
        let question = question.filter(|_| next.proposals.is_empty());
        out.push_str("{\"name\":");
        text(out, role);
        out.push_str(",\"stage\":");
        match stage {
            Some(stage) => text(out, stage),
            None => out.push_str("null"),
        }
        out.push_str(",\"status\":\"");
        out.push_str(status(&settled, goal).unwrap_or(Verdict::Unmet).as_str());
        out.push_str("\",\"proposals\":");
        list(out, &next.proposals, |out, it| writer.proposal(out, it));
        out.push_str(",\"alternatives\":");
        write_number(out, i128::try_from(next.more).unwrap_or(0), 0);
        out.push_str(",\"exact\":");
        yes_no(out, next.exact);
        out.push_str(",\"why\":");
        match question.or_else(|| writer.why(&next, goal)) {
            Some(why) => text(out, &why),
            None => out.push_str("null"),
        }
        out.push('}');
    });
    out.push('}');
    Ok(out)
}

/// What would reach a goal on the day itself, each way as a list of changes.
pub(crate) fn ways(pathway: &Pathway, record: &Record, as_of: Date, goal: &Form) -> Vec<String> {
    let parts = pathway.plan().parts();
    let writer = Writer {
        pathway,
        record,
        parts,
        words: Words::new(parts),
        hours: false,
    };
    let mut share = WORK / 64;
    let days = (as_of, as_of);
    let found = next(
        pathway.plan(),
        pathway.links(),
        record,
        days,
        goal,
        &mut share,
    );
    found
        .proposals
        .iter()
        .map(|it| writer.changes_of(it))
        .collect()
}

/// The role of a name, or the stage of `role.stage`.
fn goal(parts: &Parts, name: &str) -> Option<Form> {
    let (role, stage) = name
        .split_once('.')
        .map_or((name, None), |(role, stage)| (role, Some(stage)));
    let mut roles = (0u32..).map(RoleId).zip(&parts.roles);
    let (id, _) = roles.find(|(_, it)| it.entry.name == role)?;
    match stage {
        None => Some(Form::Role(id)),
        Some(stage) => {
            let mut stages = parts.stages_of(id);
            let (id, _) = stages.find(|(_, it)| it.entry.name == stage)?;
            Some(Form::Stage(id))
        }
    }
}

/// Each role that is not met, and the next stage of each that is.
fn goals(parts: &Parts, outcome: &Outcome) -> Vec<Form> {
    let roles = (0u32..).map(RoleId).take(parts.roles.len());
    let goals = roles.filter_map(|id| {
        let stages = parts.stages_of(id).map(|(stage, _)| Form::Stage(stage));
        let mut all = std::iter::once(Form::Role(id)).chain(stages);
        all.find(|goal| status(outcome, goal) != Some(Verdict::Met))
    });
    goals.collect()
}

fn status(outcome: &Outcome, goal: &Form) -> Option<Verdict> {
    let truth = match goal {
        Form::Stage(id) => outcome.stages.get(id.index())?.truth,
        Form::Role(id) => outcome.roles.get(id.index())?.truth,
        _ => return None,
    };
    Some(truth.status())
}

/// The name of the role, and that of the stage.
fn named<'p>(parts: &'p Parts, goal: &Form) -> (&'p str, Option<&'p str>) {
    let role = |id: RoleId| {
        parts
            .roles
            .get(id.index())
            .map_or("", |role| role.entry.name.as_str())
    };
    match goal {
        Form::Role(id) => (role(*id), None),
        Form::Stage(id) => match parts.stages.get(id.index()) {
            Some(stage) => (role(stage.role), Some(&stage.entry.name)),
            None => ("", None),
        },
        _ => ("", None),
    }
}

struct Writer<'a> {
    pathway: &'a Pathway,
    record: &'a Record,
    parts: &'a Parts,
    words: Words<'a>,
    /// Whether the programme says what anything takes.
    hours: bool,
}

impl Writer<'_> {
    fn proposal(&self, out: &mut String, proposal: &Proposal) {
        out.push_str("{\"actions\":");
        let mut said: Vec<(Said, usize)> = Vec::new();
        for action in &proposal.actions {
            let one = self.said(action);
            match said.iter_mut().find(|(other, _)| *other == one) {
                Some((_, count)) => *count += 1,
                None => said.push((one, 1)),
            }
        }
        list(out, &said, |out, (said, count)| {
            out.push_str("{\"do\":\"");
            out.push_str(said.what);
            out.push_str("\",\"of\":");
            text(out, &said.of);
            out.push_str(",\"count\":");
            write_number(out, i128::try_from(*count).unwrap_or(0), 0);
            out.push_str(",\"text\":");
            text(out, &said.sentence(*count));
            out.push('}');
        });
        out.push_str(",\"effort\":");
        if self.hours {
            write_number(out, proposal.effort.micros().into(), 6);
        } else {
            out.push_str("null");
        }
        out.push_str(",\"count\":");
        let count = proposal.actions.len();
        write_number(out, i128::try_from(count).unwrap_or(0), 0);
        out.push_str(",\"changes\":");
        text(out, &self.changes_of(proposal));
        out.push('}');
    }

    /// A proposal as a list of changes.
    fn changes_of(&self, proposal: &Proposal) -> String {
        let mut written = String::from("[");
        let mut changes = Changes {
            out: &mut written,
            some: false,
        };
        for action in &proposal.actions {
            self.changes(&mut changes, action);
        }
        written.push(']');
        written
    }

    /// An action in words.
    fn said(&self, action: &Action) -> Said {
        match action {
            Action::Wait(date) => Said {
                what: "wait",
                of: date.to_string(),
                before: format!("wait until {date}"),
                ..Said::default()
            },
            Action::Submit {
                kind,
                competency,
                fields,
                ..
            } => {
                let entry = self.parts.kinds.get(kind.index()).map(|kind| &kind.entry);
                let filed = competency.and_then(|id| self.parts.competencies.get(id.index()));
                let filed = filed.map(|it| format!(" for {}", title(&it.entry)));
                Said {
                    what: "submit",
                    of: entry.map(|entry| entry.name.clone()).unwrap_or_default(),
                    before: "submit".to_owned(),
                    kind: entry.map(|entry| title(entry).into_owned()),
                    filed: filed.unwrap_or_default(),
                    with: self.with(*kind, fields),
                }
            }
            Action::Supply(fact, wanted) => {
                let field = self.parts.facts.get(fact.index());
                let of = field.map_or("", |field| &field.entry.name);
                let before = field.map(|field| self.supplied(*fact, field, wanted));
                Said {
                    what: "supply",
                    of: of.to_owned(),
                    before: before.unwrap_or_default(),
                    ..Said::default()
                }
            }
            Action::Complete(at, fields) => {
                let id = self.record.record_id(*at);
                Said {
                    what: "complete",
                    of: id.to_owned(),
                    before: format!("fill in {id}, {}", self.with(at.kind, fields)),
                    ..Said::default()
                }
            }
            Action::Accept(at, fields) => {
                let id = self.record.record_id(*at);
                let with = match self.with(at.kind, fields) {
                    with if with.is_empty() => with,
                    with => format!(", {with}"),
                };
                Said {
                    what: "accept",
                    of: id.to_owned(),
                    before: format!("have {id} accepted{with}"),
                    ..Said::default()
                }
            }
            Action::AcceptCredential(at) => {
                let credential = self.record.credentials().get(*at);
                let id = credential.map_or("", |it| &it.id);
                Said {
                    what: "accept",
                    of: id.to_owned(),
                    before: format!("have the credential {id} accepted"),
                    ..Said::default()
                }
            }
        }
    }

    /// "with Score Mastered or better and another Assessor"
    fn with(&self, kind: KindId, fields: &[(u32, Wanted)]) -> String {
        let declared = self.parts.kinds.get(kind.index());
        let said = fields.iter().filter_map(|(field, wanted)| {
            let field = declared?.fields.get(*field as usize)?;
            let name = title(&field.entry);
            Some(match wanted.also {
                Also::Others => format!("another {name}"),
                Also::Same => format!("the same {name}"),
                _ => match (&field.ty, self.value(&field.ty, wanted)) {
                    (_, None) => format!("any {name}"),
                    (Type::YesNo, Some(value)) => format!("{name}: {value}"),
                    (_, Some(value)) => format!("{name} {value}"),
                },
            })
        });
        let said: Vec<_> = said.collect();
        if said.is_empty() {
            String::new()
        } else {
            format!("with {}", listed(&said, "and"))
        }
    }

    /// What a fact would have to be.
    fn supplied(&self, fact: FactId, field: &Field, wanted: &Wanted) -> String {
        let name = title(&field.entry);
        let value = match (wanted.also, self.value(&field.ty, wanted)) {
            (Also::Others, _) => "one that nothing on record names".to_owned(),
            (Also::Same, _) => "any, but the same throughout".to_owned(),
            (_, None) => "any".to_owned(),
            (_, Some(value)) => value,
        };
        match self.record.fact(fact) {
            None => format!("supply {name}: {value}"),
            Some(own) => {
                let own = self.words.constant(&own, Some(&field.ty));
                format!("{name} would have to be {value}; it is {own}")
            }
        }
    }

    /// "Mastered or better"; nothing if every value would do.
    fn value(&self, ty: &Type, wanted: &Wanted) -> Option<String> {
        let (value, on) = match &wanted.value {
            Constant::Rubric(levels) => self.levels(ty, levels),
            value => (self.words.constant(value, Some(ty)), String::new()),
        };
        let (greater, less) = match ty {
            Type::Date => ("or later", "or earlier"),
            Type::Level(_) | Type::Rubric(_) => ("or better", "or lower"),
            _ => ("or more", "or less"),
        };
        let [lowest, highest] = self.ends(ty, &wanted.value);
        match wanted.also {
            Also::Greater if lowest => return None,
            Also::Less if highest => return None,
            Also::Greater if highest => return Some(value + &on),
            Also::Less if lowest => return Some(value + &on),
            _ => {}
        }
        // The neighbour of a bound that is not reached is said by the bound.
        if let (Type::Number(..), Constant::Number(number)) = (ty, &wanted.value) {
            let beside = |by: i64| {
                let bound = number.micros().checked_add(by)?;
                Decimal::from_micros(bound).filter(|_| bound % 10 == 0)
            };
            match wanted.also {
                Also::Greater => {
                    if let Some(bound) = beside(-1) {
                        return Some(format!("more than {bound}"));
                    }
                }
                Also::Less => {
                    if let Some(bound) = beside(1) {
                        return Some(format!("less than {bound}"));
                    }
                }
                _ => {}
            }
        }
        Some(match wanted.also {
            Also::Greater => format!("{value} {greater}{on}"),
            Also::Less => format!("{value} {less}{on}"),
            Also::Nothing | Also::Others | Also::Same => value + &on,
        })
    }

    /// Whether a value is the lowest of its type, and the highest.
    fn ends(&self, ty: &Type, value: &Constant) -> [bool; 2] {
        let place = |place: usize, count: usize| [place == 0, place + 1 >= count];
        match (ty, value) {
            (Type::Number(low, high) | Type::Whole(low, high), Constant::Number(number)) => {
                [number <= low, number >= high]
            }
            (Type::Level(scale), Constant::Ordinal(level)) => {
                let scale = self.parts.scales.get(scale.index());
                place(
                    (*level).into(),
                    scale.map_or(usize::MAX, |it| it.levels.len()),
                )
            }
            (Type::Rubric(rubric), Constant::Rubric(levels)) => {
                let rubric = self.parts.rubrics.get(rubric.index());
                let scale = rubric.and_then(|it| self.parts.scales.get(it.scale.index()));
                let count = scale.map_or(usize::MAX, |it| it.levels.len());
                // The lowest level of a criterion is not the same as none.
                let level = levels.iter().flatten().next().copied().unwrap_or(0);
                [false, usize::from(level) + 1 >= count]
            }
            _ => [false, false],
        }
    }

    /// The level of a rubric, the same of each criterion that matters, and " on every criterion".
    fn levels(&self, ty: &Type, levels: &[Option<u16>]) -> (String, String) {
        let rubric = match ty {
            Type::Rubric(rubric) => self.parts.rubrics.get(rubric.index()),
            _ => None,
        };
        let Some(rubric) = rubric else {
            return (String::new(), String::new());
        };
        let level = levels.iter().flatten().next().copied();
        let level = level.map_or_else(String::new, |level| {
            let ty = Type::Level(rubric.scale);
            self.words.constant(&Constant::Ordinal(level), Some(&ty))
        });
        if levels.iter().all(Option::is_some) {
            return (level, " on every criterion".to_owned());
        }
        let criteria = rubric.criteria.iter().zip(levels);
        let criteria = criteria.filter(|(_, level)| level.is_some());
        let criteria: Vec<_> = criteria.map(|(it, _)| title(it).into_owned()).collect();
        (level, format!(" on {}", listed(&criteria, "and")))
    }

    /// The changes that an action comes to.
    fn changes(&self, changes: &mut Changes<'_>, action: &Action) {
        match action {
            Action::Wait(date) => {
                let out = changes.next("as_of");
                day(out, *date);
                out.push('}');
            }
            Action::Submit {
                kind,
                id,
                competency,
                date,
                fields,
            } => {
                let declared = self.parts.kinds.get(kind.index());
                let out = changes.next("add");
                out.push_str("{\"id\":");
                text(out, id);
                out.push_str(",\"kind\":");
                text(out, declared.map_or("", |kind| &kind.entry.name));
                out.push_str(",\"date\":");
                day(out, *date);
                let filed = competency.and_then(|id| self.parts.competencies.get(id.index()));
                if let Some(filed) = filed {
                    out.push_str(",\"for\":[");
                    text(out, &filed.entry.name);
                    out.push(']');
                }
                for (field, wanted) in fields {
                    let field = declared.and_then(|kind| kind.fields.get(*field as usize));
                    if let Some(field) = field {
                        out.push(',');
                        text(out, &field.entry.name);
                        out.push(':');
                        constant(out, &wanted.value, &field.ty, self.parts);
                    }
                }
                out.push_str("}}");
            }
            Action::Supply(fact, wanted) => {
                if let Some(field) = self.parts.facts.get(fact.index()) {
                    let out = changes.next("fact");
                    text(out, &field.entry.name);
                    out.push_str(",\"value\":");
                    constant(out, &wanted.value, &field.ty, self.parts);
                    out.push('}');
                }
            }
            Action::Complete(at, fields) | Action::Accept(at, fields) => {
                let id = self.record.record_id(*at);
                let declared = self.parts.kinds.get(at.kind.index());
                for (field, wanted) in fields {
                    let field = declared.and_then(|kind| kind.fields.get(*field as usize));
                    if let Some(field) = field {
                        let out = key(changes, id, &field.entry);
                        constant(out, &wanted.value, &field.ty, self.parts);
                        out.push('}');
                    }
                }
                if matches!(action, Action::Accept(..)) {
                    accepted(changes, id);
                }
            }
            Action::AcceptCredential(at) => {
                let credential = self.record.credentials().get(*at);
                accepted(changes, credential.map_or("", |it| &it.id));
            }
        }
    }

    /// Why there is no proposal, or why another might cost less.
    fn why(&self, next: &Next, goal: &Form) -> Option<String> {
        let ended = "the search for the smallest set ended at its bound";
        match next.proposals.is_empty() {
            false if next.exact => None,
            false if next.found && next.needed => Some(format!(
                "{ended}; this one does, and nothing of it can be left out, but there may be one that takes less"
            )),
            false if next.ended => {
                Some(format!("{ended}, so that there may be one that takes less"))
            }
            false => {
                let unproven = "not every way was tried, so that there may be one that takes less";
                Some(unproven.to_owned())
            }
            true if next.ended => Some("the search ended at its bound".to_owned()),
            true if next.blocked.is_empty() && matches!(goal, Form::Stage(_)) => Some(
                "no set of the actions that are tried would do; a post is not among them"
                    .to_owned(),
            ),
            true if next.blocked.is_empty() => {
                Some("no set of the actions that are tried would do".to_owned())
            }
            true => {
                let layout = self.pathway.layout();
                let blocked = next.blocked.iter().take(3).map(|id| {
                    let titled = self
                        .parts
                        .nodes
                        .get(id.index())
                        .and_then(|it| it.title.clone());
                    let said = layout.phrase(*id).map(|phrase| phrase.requirement.clone());
                    titled.or(said).unwrap_or_default()
                });
                let blocked: Vec<_> = blocked.collect();
                Some(format!(
                    "nothing that is tried changes this: {}",
                    blocked.join("; ")
                ))
            }
        }
    }
}

/// An action in words, but for how many there are.
#[derive(Default, PartialEq, Eq)]
struct Said {
    what: &'static str,
    of: String,
    before: String,
    kind: Option<String>,
    filed: String,
    with: String,
}

impl Said {
    fn sentence(&self, number: usize) -> String {
        let Self {
            before,
            kind,
            filed,
            with,
            ..
        } = self;
        let Some(kind) = kind else {
            return before.clone();
        };
        let (many, each) = match number {
            1 => (format!("one {kind}"), ", "),
            _ => {
                let number = count(u64::try_from(number).unwrap_or(u64::MAX));
                (format!("{number} records of {kind}"), ", each ")
            }
        };
        let each = if with.is_empty() { "" } else { each };
        format!("{before} {many}{filed}{each}{with}")
    }
}

/// A list of changes on its way.
struct Changes<'o> {
    out: &'o mut String,
    some: bool,
}

impl Changes<'_> {
    /// Begins a change with its first key.
    fn next(&mut self, key: &str) -> &mut String {
        if std::mem::replace(&mut self.some, true) {
            self.out.push(',');
        }
        self.out.push('{');
        text(self.out, key);
        self.out.push(':');
        self.out
    }
}

/// Begins a change of a key of an entry.
fn key<'c>(changes: &'c mut Changes<'_>, id: &str, field: &Entry) -> &'c mut String {
    let out = changes.next("field");
    text(out, id);
    out.push_str(",\"key\":");
    text(out, &field.name);
    out.push_str(",\"value\":");
    out
}

/// The change that accepts an entry.
fn accepted(changes: &mut Changes<'_>, id: &str) {
    let out = changes.next("field");
    text(out, id);
    out.push_str(",\"key\":\"status\",\"value\":");
    text(out, Status::Accepted.as_str());
    out.push('}');
}
