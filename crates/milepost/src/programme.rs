//! The public door to a checked programme: a plan in, a [`Pathway`] out; records and days in, [`Outcome`]s out.

use std::sync::{Arc, OnceLock};

use milepost_engine::record::{Input, Record, RecordError};
use milepost_engine::{Date, Links, Plan};

use crate::decode::{self, Names};
use crate::governed::Governed;
use crate::next::UnknownGoal;
use crate::receipt;
use crate::report::{self, Layout, status_of};
use crate::session::{self, Session};
use crate::wire::{
    self, ChangesRefusal, CheckedAllocations, OutcomeRefusal, ReceiptRefusal, Refusal, Verification,
};

/// A checked programme, ready for records. A clone shares what it is made of.
#[derive(Clone, Debug)]
pub struct Pathway {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    plan: Plan,
    names: Names,
    /// Made when the first outcome is written.
    layout: OnceLock<Layout>,
    /// Made when the first session asks for changes.
    links: OnceLock<Links>,
    /// The versions before it, the newest first.
    older: Vec<Pathway>,
}

impl Pathway {
    /// A plan, with the names its records use.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        let names = Names::new(&plan);
        let older = plan.older().iter().cloned().map(Self::new).collect();
        Self {
            shared: Arc::new(Shared {
                plan,
                names,
                layout: OnceLock::new(),
                links: OnceLock::new(),
                older,
            }),
        }
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.shared.plan
    }

    /// One of its versions, the newest being 0.
    pub(crate) fn version(&self, place: usize) -> &Self {
        let older = place
            .checked_sub(1)
            .and_then(|at| self.shared.older.get(at));
        older.unwrap_or(self)
    }

    /// Its versions, the newest first.
    pub(crate) fn versions(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.shared.older)
    }

    /// The names its records use.
    pub(crate) fn names(&self) -> &Names {
        &self.shared.names
    }

    /// The layout of its outcomes.
    pub(crate) fn layout(&self) -> &Layout {
        let shared = &self.shared;
        shared
            .layout
            .get_or_init(|| Layout::new(shared.plan.parts()))
    }

    /// What depends on what.
    pub(crate) fn links(&self) -> &Links {
        let shared = &self.shared;
        shared.links.get_or_init(|| Links::new(&shared.plan))
    }

    /// A session with a record: JSON text in UTF-8.
    ///
    /// # Errors
    ///
    /// Anything is wrong with it; every problem is listed with its place.
    pub fn session(&self, json: &[u8]) -> Result<Session, Refusal> {
        let record = self.decode_record(json)?;
        Ok(Session::new(self.clone(), record))
    }

    /// Decodes a record: JSON text in UTF-8.
    ///
    /// # Errors
    ///
    /// Anything is wrong with it; every problem is listed with its place.
    pub fn decode_record(&self, json: &[u8]) -> Result<Record, Refusal> {
        decode::record(self.plan(), self.names(), json)
    }

    /// A record of what is already in Rust.
    ///
    /// # Errors
    ///
    /// Something in it does not fit the programme.
    pub fn record(&self, input: Input) -> Result<Record, RecordError> {
        Record::new(self.plan(), input)
    }

    /// Evaluates a record on a day, under the version of the programme that governs the candidate.
    ///
    /// ```
    /// # let text = r#"
    /// #     pathway coaching "Coaching" { version "2026.1" }
    /// #     evidence session "Coaching session"
    /// #     role coach "Coach" { eligible when at least 1 session }
    /// # "#;
    /// # let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
    /// # let compiled = milepost::compile(&sources, "main.pathway");
    /// let plan = compiled.plan()?;
    /// let record = plan.decode_record(
    ///     br#"{ "id": "c-7", "evidence": [{ "id": "s1", "kind": "session", "date": "2026-09-01" }] }"#,
    /// )?;
    /// let outcome = plan.evaluate(&record, "2026-11-22".parse()?);
    /// assert_eq!(outcome.status("coach"), Some(milepost::wire::Status::Met));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn evaluate<'a>(&'a self, record: &'a Record, as_of: Date) -> Outcome<'a> {
        let governed = Governed::new(self, record, as_of);
        let outcome = governed.evaluate(as_of);
        Outcome { governed, outcome }
    }

    /// A decision on record: the outcome with the hashes of the definition and of the canonical record, as canonical JSON.
    ///
    /// ```
    /// # let text = r#"
    /// #     pathway coaching "Coaching" { version "2026.1" }
    /// #     evidence session "Coaching session"
    /// #     role coach "Coach" { eligible when at least 1 session }
    /// # "#;
    /// # let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
    /// # let compiled = milepost::compile(&sources, "main.pathway");
    /// let plan = compiled.plan()?;
    /// let record = plan.decode_record(
    ///     br#"{ "id": "c-7", "evidence": [{ "id": "s1", "kind": "session", "date": "2026-09-01" }] }"#,
    /// )?;
    /// let receipt = plan.receipt(&record, "2026-11-22".parse()?);
    /// assert!(plan.verify(receipt.as_bytes(), &record)?.same);
    ///
    /// let changed = receipt.replace("\"met\"", "\"unmet\"");
    /// let verification = plan.verify(changed.as_bytes(), &record)?;
    /// let first = &verification.outcome.differences[0];
    /// assert_eq!(first.pointer, "/outcome/roles/0/status");
    /// assert_eq!(first.replayed.as_deref(), Some("\"met\""));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn receipt(&self, record: &Record, as_of: Date) -> String {
        receipt::receipt(self, record, as_of)
    }

    /// Replays a receipt with a record, and says where it differs if it does.
    ///
    /// # Errors
    ///
    /// It is no receipt that this version reads; every problem is listed with its place.
    pub fn verify(&self, receipt: &[u8], record: &Record) -> Result<Verification, ReceiptRefusal> {
        receipt::verify(self, receipt, record)
    }

    /// Checks what an outcome says of groups without reuse: that who is given what may be given it, nothing twice and
    /// as much as is asked for; or that those said to block ask for more than may count for any of them. It is
    /// counted only: what shares out when evaluating takes no part.
    ///
    /// ```
    /// # let text = r#"
    /// #     pathway coaching "Coaching" { version "2026.1" }
    /// #     evidence session "Coaching session"
    /// #     role coach "Coach" {
    /// #       eligible when all of without reuse { one: at least 1 session  two: at least 1 session }
    /// #     }
    /// # "#;
    /// # let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
    /// # let compiled = milepost::compile(&sources, "main.pathway");
    /// let plan = compiled.plan()?;
    /// let record = plan.decode_record(br#"{ "id": "c-7", "evidence": [
    ///     { "id": "s1", "kind": "session", "date": "2026-09-01" },
    ///     { "id": "s2", "kind": "session", "date": "2026-09-02" }
    /// ] }"#)?;
    /// let outcome = plan.evaluate(&record, "2026-11-22".parse()?).to_json();
    /// assert!(plan.check_allocations(outcome.as_bytes(), &record)?.holds);
    ///
    /// let given = r#""records":["s2"]"#;
    /// let changed = outcome.replace(given, r#""records":["s1"]"#);
    /// let problem = &plan.check_allocations(changed.as_bytes(), &record)?.problems[0];
    /// assert_eq!(problem.message, "`s1` is given to `coach.two`, and before to `coach.one`");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// It is no outcome, or not of this programme and this record; every problem is listed with its place.
    pub fn check_allocations(
        &self,
        outcome: &[u8],
        record: &Record,
    ) -> Result<CheckedAllocations, OutcomeRefusal> {
        crate::allocation::checked(self, outcome, record)
    }

    /// What would make each role met that is not, and reach the next stage of each that is: the smallest sets of actions, as
    /// canonical JSON; see [`Next`](wire::Next). Each of them has been evaluated.
    ///
    /// ```
    /// # let text = r#"
    /// #     pathway coaching "Coaching" { version "2026.1" }
    /// #     evidence session "Coaching session"
    /// #     role coach "Coach" { eligible when at least 2 session }
    /// # "#;
    /// # let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
    /// # let compiled = milepost::compile(&sources, "main.pathway");
    /// let plan = compiled.plan()?;
    /// let record = plan.decode_record(br#"{ "id": "c-7" }"#)?;
    /// let next = milepost::wire::Next::read(&plan.next(&record, "2026-11-22".parse()?))?;
    /// let action = &next.roles[0].proposals[0].actions[0];
    /// assert_eq!(action.text, "submit two records of Coaching session");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn next(&self, record: &Record, as_of: Date) -> String {
        crate::next::json(self, record, as_of, None).unwrap_or_default()
    }

    /// The same of one role, or of one stage by `role.stage`; nothing is said of it if it is met.
    ///
    /// # Errors
    ///
    /// There is no such role or stage.
    pub fn next_to(&self, record: &Record, as_of: Date, goal: &str) -> Result<String, UnknownGoal> {
        crate::next::json(self, record, as_of, Some(goal))
    }

    /// How everything stood and will stand if nothing but time passes, stretch by stretch, as canonical JSON; see
    /// [`Timeline`](wire::Timeline).
    ///
    /// ```
    /// # let text = r#"
    /// #     pathway coaching "Coaching" { version "2026.1" }
    /// #     evidence session "Coaching session"
    /// #     role coach "Coach" { eligible when at least 1 session within 1 year }
    /// # "#;
    /// # let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
    /// # let compiled = milepost::compile(&sources, "main.pathway");
    /// let plan = compiled.plan()?;
    /// let json = br#"{ "id": "c-7", "evidence": [{ "id": "s1", "kind": "session", "date": "2026-09-01" }] }"#;
    /// let record = plan.decode_record(json)?;
    /// let timeline = plan.timeline(&record, "2026-11-22".parse()?);
    /// let timeline = milepost::wire::Timeline::read(&timeline)?;
    /// let days = timeline.roles[0].stretches.iter().map(|it| (it.from.as_str(), it.status.as_str()));
    /// assert_eq!(days.collect::<Vec<_>>(), [("2026-09-01", "met"), ("2027-09-01", "unmet")]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn timeline(&self, record: &Record, as_of: Date) -> String {
        crate::timeline::json(self, record, as_of)
    }

    /// What changes would do: the outcomes without and with them and the statuses that differ, as canonical JSON; see
    /// [`WhatIf`](wire::WhatIf). The changes are a JSON list, made one after the other.
    ///
    /// ```
    /// # let text = r#"
    /// #     pathway coaching "Coaching" { version "2026.1" }
    /// #     evidence session "Coaching session"
    /// #     role coach "Coach" { eligible when at least 1 session }
    /// # "#;
    /// # let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
    /// # let compiled = milepost::compile(&sources, "main.pathway");
    /// let plan = compiled.plan()?;
    /// let record = plan.decode_record(br#"{ "id": "c-7" }"#)?;
    /// let changes = br#"[{ "add": { "id": "s1", "kind": "session", "date": "2026-09-01" } }]"#;
    /// let json = plan.what_if(&record, changes, "2026-11-22".parse()?)?;
    /// let what_if = milepost::wire::WhatIf::read(&json)?;
    /// assert_eq!(what_if.after.roles[0].status, milepost::wire::Status::Met);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// One of the changes cannot be made; every problem is listed with its place.
    pub fn what_if(
        &self,
        record: &Record,
        changes: &[u8],
        as_of: Date,
    ) -> Result<String, ChangesRefusal> {
        session::what_if(self, record, changes, as_of)
    }

    /// JSON Schema of this programme's records.
    #[must_use]
    pub fn record_schema(&self) -> serde_json::Value {
        crate::schema::record(self.plan())
    }
}

/// What an evaluation found; sentences are made of it only when asked for.
#[derive(Clone, Debug)]
pub struct Outcome<'a> {
    governed: Governed<'a>,
    outcome: milepost_engine::Outcome,
}

impl Outcome<'_> {
    /// The day it holds for.
    #[must_use]
    pub const fn as_of(&self) -> Date {
        self.outcome.as_of
    }

    /// How a role or competency stands, if there is one of that name.
    #[must_use]
    pub fn status(&self, name: &str) -> Option<wire::Status> {
        let parts = self.governed.pathway.plan().parts();
        let role = parts.roles.iter().position(|role| role.entry.name == name);
        let competency = || {
            parts
                .competencies
                .iter()
                .position(|it| it.entry.name == name && !it.elsewhere)
        };
        let truth = match role {
            Some(at) => self.outcome.roles.get(at)?.truth,
            None => self.outcome.competencies.get(competency()?)?.truth,
        };
        Some(status_of(truth.status()))
    }

    /// The hash of the texts of the version that governs.
    pub(crate) fn definition(&self) -> [u8; 32] {
        self.governed.pathway.plan().parts().programme.definition
    }

    /// What the engine found, in numbers and places.
    #[must_use]
    pub const fn engine(&self) -> &milepost_engine::Outcome {
        &self.outcome
    }

    /// The whole outcome as a document, with every sentence made.
    #[must_use]
    pub fn report(&self) -> wire::Outcome {
        report::document(&self.governed, &self.outcome)
    }

    /// The document as canonical JSON: one order of keys, no space that means nothing.
    #[must_use]
    pub fn to_json(&self) -> String {
        report::json(&self.governed, &self.outcome)
    }

    /// The document as JSON with lines and indentation.
    #[must_use]
    pub fn to_json_pretty(&self) -> String {
        self.report().to_json_pretty()
    }
}
