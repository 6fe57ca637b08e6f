//! `without reuse` shares records out exactly only to requirements that ask for so many of them: whatever else asks for
//! evidence inside is reported, with the group it stands under.

use std::collections::BTreeSet;

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::plan::How;

use super::Subject;
use crate::model::{self, Form, Group, Measure, Model, Records, Requirement, RuleId, Spread};
use crate::walk;

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let model = subject.model;
    walk::requirements(model, &mut |requirement| {
        if let Form::Group(words, Group::WithoutReuse, children) = &requirement.form {
            let mut inside = Inside {
                model,
                group: *words,
                seen: BTreeSet::new(),
                open: Vec::new(),
                found,
            };
            inside
                .open
                .extend(children.iter().rev().map(|it| (it, None)));
            inside.walk();
        }
    });
}

/// A choice that evidence stands under: its words and its place.
type Choice = Option<(&'static str, Span)>;

/// What stands inside a group.
struct Inside<'m, 'f> {
    model: &'m Model,
    group: Span,
    /// What was referred to, and whether under a choice.
    seen: BTreeSet<(Referred, bool)>,
    open: Vec<(&'m Requirement, Choice)>,
    found: &'f mut Vec<Diagnostic>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Referred {
    Subject(model::Subject),
    Rule(RuleId),
}

impl<'m> Inside<'m, '_> {
    fn walk(&mut self) {
        while let Some((requirement, choice)) = self.open.pop() {
            match &requirement.form {
                Form::Group(words, group, children) => {
                    let below = match group {
                        Group::All | Group::InOrder => choice,
                        // It says itself what cannot stand in it.
                        Group::WithoutReuse if choice.is_none() => continue,
                        Group::WithoutReuse => choice,
                        Group::Any => choice.or(Some(("any of", *words))),
                        Group::AtLeast(_) => choice.or(Some(("at least … of", *words))),
                        Group::Points(..) => choice.or(Some(("at least … points of", *words))),
                        Group::None => choice.or(Some(("none of", *words))),
                    };
                    self.open
                        .extend(children.iter().rev().map(|it| (it, below)));
                }
                Form::Competency(id) => self.refer(model::Subject::Competency(*id), choice),
                Form::Role(id, None) => self.refer(model::Subject::Role(*id), choice),
                Form::Role(_, Some(_)) => self.stage(requirement.span),
                Form::Call(rule, _) => {
                    let called = self.model.rule(*rule).map(|rule| &rule.requirement);
                    if self.seen.insert((Referred::Rule(*rule), choice.is_some())) {
                        self.open.extend(called.map(|called| (called, choice)));
                    }
                }
                Form::Records(records) => self.evidence(requirement.span, records, choice),
                Form::Invalid | Form::Condition(_) | Form::Held(_) => {}
            }
        }
    }

    /// What is preferred never decides.
    fn refer(&mut self, subject: model::Subject, choice: Choice) {
        let first = self
            .seen
            .insert((Referred::Subject(subject), choice.is_some()));
        if first {
            let root = match subject {
                model::Subject::Competency(id) => {
                    let competency = self.model.competency(id);
                    competency.and_then(|competency| competency.requires.as_ref())
                }
                model::Subject::Role(id) => self.model.role(id).map(|role| &role.eligible),
            };
            self.open.extend(root.map(|root| (root, choice)));
        }
    }

    fn stage(&mut self, at: Span) {
        let message = "a stage of a role cannot stand under `without reuse`";
        self.found.push(
            Diagnostic::new(Code::NotShared, at, message)
                .label(self.group, "no record is counted twice in this group")
                .help(
                    "what it rests on changes with the posts held, and so does which records it would take; ask for it outside \
                     the group",
                ),
        );
    }

    fn evidence(&mut self, at: Span, records: &Records, choice: Choice) {
        let (what, why) = match (choice, &records.measure, &records.spread) {
            (Some((words, place)), ..) => {
                let message =
                    format!("evidence under `{words}` cannot be shared out without reuse");
                let problem = Diagnostic::new(Code::NotShared, at, message)
                    .label(place, "the choice is here")
                    .label(self.group, "no record is counted twice in this group");
                self.found.push(problem.help(
                    "which branch to serve would change what is left for the others, and could not be found exactly; ask for \
                     the evidence directly in the group, or take the choice out of it",
                ));
                return;
            }
            (None, Measure::Count(How::AtLeast, _), _) if records.attempts.is_some() => (
                "counting",
                "an attempt that another one replaces may not be shared out, whatever is under review",
            ),
            (None, Measure::Count(How::AtLeast, _), Some((Spread::Same(_), _))) => (
                "with the same",
                "which group of records to fill would change what is left for the others",
            ),
            (None, Measure::Count(How::AtLeast, _), Some((Spread::ConsecutiveYears(_), _))) => (
                "in consecutive school years",
                "which run of years to fill would change what is left for the others",
            ),
            (None, Measure::Count(How::AtLeast, _), _) => return,
            (None, Measure::Count(How::AtMost, _) | Measure::No, _) => (
                "at most",
                "what is forbidden could be counted for something else and so be hidden",
            ),
            (None, Measure::Count(How::Exactly, _), _) => (
                "exactly",
                "what is too much could be counted for something else and so be hidden",
            ),
            (None, Measure::Every | Measure::Share(..), _) => (
                "every",
                "how many of them match would depend on which are counted for something else",
            ),
            (None, Measure::Aggregate(..), _) => (
                "an aggregate",
                "filling sums from records that count once is a puzzle without a quick exact answer",
            ),
        };
        let what = match (&records.measure, what) {
            (Measure::No, _) => "`no`".to_owned(),
            (Measure::Share(..), _) => "a share".to_owned(),
            (Measure::Aggregate(..), what) => what.to_owned(),
            (_, what) => format!("`{what}`"),
        };
        let message = format!("{what} cannot stand under `without reuse`");
        self.found.push(
            Diagnostic::new(Code::NotShared, at, message)
                .label(self.group, "no record is counted twice in this group")
                .help(format!(
                    "{why}, and could not be decided exactly; ask for `at least N` records in the group, and for this outside it"
                )),
        );
    }
}
