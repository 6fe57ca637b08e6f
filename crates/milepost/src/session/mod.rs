//! Sessions: a record kept with its programme in; one change after the other in; the outcome, or what of it changed, out.

mod kept;
mod patch;
mod what_if;

use milepost_engine::record::{Held, Record};
use milepost_engine::{Date, Touched};

use crate::canonical;
use crate::decode::{self, Entry};
use crate::governed::Governed;
use crate::programme::Pathway;
use crate::wire::Refusal;
use kept::Kept;
pub(crate) use what_if::{reaches, what_if};

/// A record that changes, and its outcome.
///
/// A change that is refused leaves everything as it was. Refusals say the same as if the whole record were decoded with the
/// change made: what is added is written after all others, and so counts as the later one of its date; what is changed
/// keeps its place. Places in refusals are those of such a record.
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
/// let today = "2026-11-22".parse()?;
/// let mut session = plan.session(br#"{ "id": "c-7" }"#)?;
/// let whole = session.outcome(today); // to keep, and to patch from now on
/// session.add(br#"{ "id": "s1", "kind": "session", "date": "2026-09-01" }"#)?;
/// let changes = milepost::wire::Changes::read(&session.changes(today))?;
/// assert_eq!(changes.changed[0].address, "coach");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Session {
    pathway: Pathway,
    record: Record,
    /// What was changed since the outcome was made.
    touched: Touched,
    /// The outcome that was given last.
    kept: Option<Kept>,
}

impl Session {
    /// A session with a record.
    pub(crate) fn new(pathway: Pathway, record: Record) -> Self {
        Self {
            pathway,
            record,
            touched: Touched::default(),
            kept: None,
        }
    }

    /// Adds a piece of evidence, a credential, a post or a waiver: a JSON object as in a record. One that names a `requirement`, and
    /// no `kind`, is a waiver; one that names a `competency` or when it was `issued`, and no `kind`, is a credential; one that
    /// names a `role` is a post.
    ///
    /// # Errors
    ///
    /// Anything is wrong with it, or its id is taken.
    pub fn add(&mut self, json: &[u8]) -> Result<(), Refusal> {
        let (plan, names) = (self.pathway.plan(), self.pathway.names());
        let entry = decode::entry(plan, names, &self.record, json)?;
        self.put(None, entry)
    }

    /// Removes the evidence, credential, post or waiver of an id.
    ///
    /// # Errors
    ///
    /// Nothing in the record has it.
    pub fn remove(&mut self, id: &str) -> Result<(), Refusal> {
        let held = self.held(id)?;
        self.touch(held);
        match held {
            Held::Evidence(at) => self.record.remove(at),
            Held::Credential(at) => self.record.remove_credential(at),
            Held::Post(at) => self.record.remove_post(at),
            Held::Waiver(at) => self.record.remove_waiver(at),
        }
        Ok(())
    }

    /// Learns a fact: its value as in a record, `null` for one that is not known.
    ///
    /// # Errors
    ///
    /// There is no such fact, or the value is wrong.
    pub fn set_fact(&mut self, name: &str, json: &[u8]) -> Result<(), Refusal> {
        let (plan, names) = (self.pathway.plan(), self.pathway.names());
        let (fact, value) = decode::fact(plan, names, name, json)?;
        let set = self.record.set_fact(plan, fact, value.as_ref());
        set.map_err(|error| decode::refused(&error))?;
        self.touched.fact(self.pathway.links(), fact);
        Ok(())
    }

    /// Says when the candidate enrolled: a date, or `null`.
    ///
    /// # Errors
    ///
    /// It is no date.
    pub fn set_enrolled(&mut self, json: &[u8]) -> Result<(), Refusal> {
        let (plan, names) = (self.pathway.plan(), self.pathway.names());
        let date = decode::enrolled(plan, names, json)?;
        self.record.set_enrolled(date);
        Ok(())
    }

    /// Gives a key of a piece of evidence, a credential or a waiver anew: its own fields, and `status`, `date`, `for`, `expires` and
    /// the like. `null` is what it is in a record. Its `id` and its `kind` stay.
    ///
    /// # Errors
    ///
    /// Nothing has the id, it has no such key, or the value is wrong.
    pub fn set_field(&mut self, id: &str, key: &str, json: &[u8]) -> Result<(), Refusal> {
        let held = self.held(id)?;
        let (plan, names) = (self.pathway.plan(), self.pathway.names());
        let entry = decode::field(plan, names, &self.record, held, key, json)?;
        self.put(Some(held), entry)
    }

    /// The whole outcome on a day: the bytes that evaluating the record afresh gives.
    pub fn outcome(&mut self, as_of: Date) -> String {
        self.update(as_of);
        self.written()
    }

    /// The version that the outcome was made under last.
    fn governing(&self) -> &Pathway {
        self.pathway
            .version(self.kept.as_ref().map_or(0, Kept::version))
    }

    /// The outcome as it was made last.
    fn written(&self) -> String {
        let Some(kept) = &self.kept else {
            return String::new();
        };
        let layout = self.governing().layout();
        let mut out = String::with_capacity(layout.text().len() * 2);
        for ((before, _), filled) in layout.holes().zip(kept.filled()) {
            out.push_str(before);
            out.push_str(filled);
        }
        out.push_str(layout.end());
        out
    }

    /// What changed since `outcome` or `changes` was asked last, as canonical JSON; see [`Changes`](crate::wire::Changes).
    /// Who has not asked before is given everything.
    pub fn changes(&mut self, as_of: Date) -> String {
        let found = self.update(as_of);
        let whole = found.switched.then(|| self.written());
        self.kept.as_ref().map_or_else(String::new, |kept| {
            patch::json(self.governing(), kept, &found, whole.as_deref())
        })
    }

    /// The record as it is now, in its canonical form.
    #[must_use]
    pub fn record(&self) -> String {
        canonical::record(&self.record)
    }

    fn update(&mut self, as_of: Date) -> kept::Found {
        let touched = &mut self.touched;
        let governed = Governed::new(&self.pathway, &self.record, as_of);
        match &mut self.kept {
            Some(kept) if kept.version() == governed.version() => {
                kept.update(&governed, touched, as_of)
            }
            Some(kept) => {
                *touched = Touched::default();
                kept.switch(&governed, as_of)
            }
            None => {
                *touched = Touched::default();
                let (kept, found) = Kept::new(&governed, as_of);
                self.kept = Some(kept);
                found
            }
        }
    }

    fn held(&self, id: &str) -> Result<Held, Refusal> {
        self.record.find(id).ok_or_else(|| decode::unknown_id(id))
    }

    /// Puts an entry into the record, in the place of another or after them all.
    fn put(&mut self, held: Option<Held>, entry: Entry) -> Result<(), Refusal> {
        if let Some(held) = held {
            self.touch(held);
        }
        let plan = self.pathway.plan();
        let put = match entry {
            Entry::Evidence(evidence) => {
                let links = self.pathway.links();
                let filed = &evidence.competencies;
                self.touched.evidence(links, evidence.kind, filed);
                match held {
                    Some(Held::Evidence(at)) => self.record.replace(plan, at, evidence),
                    _ => self.record.add(plan, evidence),
                }
            }
            Entry::Credential(credential) => {
                self.touched.credential();
                let at = match held {
                    Some(Held::Credential(at)) => Some(at),
                    _ => None,
                };
                self.record.put_credential(plan, at, credential)
            }
            Entry::Post(post) => {
                self.touched.post(self.pathway.links());
                let at = match held {
                    Some(Held::Post(at)) => Some(at),
                    _ => None,
                };
                self.record.put_post(plan, at, post)
            }
            Entry::Waiver(waiver) => {
                let at = match held {
                    Some(Held::Waiver(at)) => Some(at),
                    _ => None,
                };
                self.record.put_waiver(plan, at, waiver)
            }
        };
        put.map_err(|error| decode::refused(&error))
    }

    /// Notes what may depend on something in the record.
    fn touch(&mut self, held: Held) {
        match held {
            Held::Evidence(at) => {
                let filed = self.record.competencies(at);
                self.touched.evidence(self.pathway.links(), at.kind, filed);
            }
            Held::Credential(_) => self.touched.credential(),
            Held::Post(_) => self.touched.post(self.pathway.links()),
            // With waivers everything is evaluated afresh.
            Held::Waiver(_) => {}
        }
    }
}
