//! Sessions: a seed in. A programme, a record and changes of it are made up, right ones and wrong ones; out: where a session
//! does not say what evaluating the changed record afresh says, or a patch does not make it of the outcome before.

use std::collections::BTreeMap;

use milepost::wire::{self, Changes, Node};
use milepost::{Date, Input, Pathway, Record, Refusal, Session, canonical};
use milepost_compiler::model::Model;
use serde_json::{Map, Value, json};

use crate::generator::versions::{file, versions};
use crate::generator::{self, Days, Random, Size, record};

/// How many changes are tried on a record.
const CHANGES: usize = 25;
/// Values that are wrong for most keys, or for all.
const WRONG: [&str; 8] = [
    "7",
    "\"nothing\"",
    "[]",
    "{}",
    "true",
    "\"2026-02-30\"",
    "[1,",
    "\"2020-01-01\" x",
];
/// The lists of a record.
const SECTIONS: [&str; 3] = ["evidence", "credentials", "waivers"];
const BUILT_IN: [&str; 9] = [
    "as",
    "granted",
    "status",
    "date",
    "issued",
    "expires",
    "submitted",
    "decided",
    "for",
];

/// What changed, how many of the changes were refused, and how many patches were more than the day and the notices.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counted {
    /// Changes that were made.
    pub made: usize,
    /// Changes that were refused.
    pub refused: usize,
    /// Patches with something in them.
    pub patched: usize,
}

/// One change of a record.
#[derive(Debug)]
enum Change {
    Add(Value),
    Remove(String),
    Fact(String, String),
    Field(String, String, String),
    Enrolled(String),
}

/// Tries a session on what is made up of a seed.
///
/// # Errors
///
/// The session says something else; what, with the case.
pub fn agrees(seed: u64) -> Result<Counted, String> {
    let mut random = Random::new(seed);
    let (sources, days) = made_up(seed, &mut random);
    let mut read = |path: &str| {
        let text = sources.get(path).map(|text| text.as_bytes().to_vec());
        text.ok_or_else(|| "there is no such file".to_owned())
    };
    let compiled = milepost_compiler::compile(&mut read, "main.pathway");
    let Some(plan) = compiled.plan else {
        return Ok(Counted::default());
    };
    let pathway = Pathway::new(plan);
    let input = record::record(&mut random, &days, &compiled.model);
    let mut trial = Trial {
        seed,
        whole: consistent(written(&pathway, input)),
        random,
        days,
        model: compiled.model,
        pathway,
        serial: 0,
        counted: Counted::default(),
    };
    let counted = trial.run();
    counted.map_err(|what| format!("seed {seed}: {what}\n{sources:#?}"))
}

/// A programme, one in three of several versions.
fn made_up(seed: u64, random: &mut Random) -> (BTreeMap<String, String>, Days) {
    if seed.is_multiple_of(3) {
        let (all, days) = versions(random);
        let files = all.into_iter().enumerate();
        let files = files.map(|(place, version)| (file(place), version.text));
        return (files.collect(), days);
    }
    let (programme, days) = generator::programme(random, Size::WHOLE);
    let main = ("main.pathway".to_owned(), programme.text());
    (BTreeMap::from([main]), days)
}

struct Trial {
    seed: u64,
    /// The record as its text would be, changes made.
    whole: Value,
    random: Random,
    days: Days,
    model: Model,
    pathway: Pathway,
    serial: usize,
    counted: Counted,
}

/// A record as JSON.
pub(crate) fn written(pathway: &Pathway, input: Input) -> Value {
    let record = match Record::new(pathway.plan(), input) {
        Ok(record) => record,
        Err(error) => panic!("the record is refused: {error}"),
    };
    let mut whole = value(&canonical::record(&record));
    for (key, empty) in [
        ("facts", json!({})),
        ("evidence", json!([])),
        ("credentials", json!([])),
        ("waivers", json!([])),
    ] {
        if whole.get(key).is_none()
            && let Value::Object(whole) = &mut whole
        {
            whole.insert(key.to_owned(), empty);
        }
    }
    whole
}

/// The record with what records refuse left out: decisions that cannot be, days in the wrong order.
pub(crate) fn consistent(mut whole: Value) -> Value {
    for section in SECTIONS {
        for entry in section_of(&mut whole, section) {
            let of = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
            let status = of("status").unwrap_or_default();
            let undecided = matches!(status.as_str(), "draft" | "under_review");
            let begun = of("date")
                .or_else(|| of("issued"))
                .or_else(|| of("granted"));
            let expired = of("expires").is_some_and(|day| Some(day) < begun);
            let hasty = of("decided").is_some_and(|day| Some(day) < of("submitted"));
            for (key, wrong) in [("decided", undecided || hasty), ("expires", expired)] {
                if wrong {
                    object(Some(&mut *entry)).remove(key);
                }
            }
        }
    }
    whole
}

fn value(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

impl Trial {
    fn run(&mut self) -> Result<Counted, String> {
        let opened = self.pathway.session(self.whole.to_string().as_bytes());
        let mut session = opened.map_err(|refusal| refusal.to_string())?;
        let mut as_of = self.days.as_of;
        let mut kept = read(&session.outcome(as_of))?;
        for _ in 0..CHANGES {
            // Often several changes at once, now and then on another day.
            for _ in 0..=self.random.below(3) {
                self.change(&mut session)?;
            }
            if self.random.chance(15) {
                as_of = self.days.day(&mut self.random);
            }
            let patch = session.changes(as_of);
            let changes = Changes::read(&patch).map_err(|error| format!("{error}: {patch}"))?;
            self.counted.patched += usize::from(!changes.nodes.is_empty());
            let before = statuses(&kept);
            apply(&mut kept, changes.clone());
            told(&before, &statuses(&kept), &changes)?;
            let afresh = self.afresh(as_of)?;
            if kept.to_json() != afresh {
                return Err(format!(
                    "after {patch}\n{}\nbut afresh\n{afresh}",
                    kept.to_json()
                ));
            }
            if self.random.chance(30) && session.outcome(as_of) != afresh {
                return Err(format!("the session's outcome is not\n{afresh}"));
            }
        }
        let text = session.record();
        let again = self.pathway.decode_record(text.as_bytes());
        let again = again.map_err(|refusal| format!("{refusal}: {text}"))?;
        if self.pathway.evaluate(&again, as_of).to_json() == self.afresh(as_of)? {
            Ok(self.counted)
        } else {
            Err(format!("the record of the session is another: {text}"))
        }
    }

    fn afresh(&self, as_of: Date) -> Result<String, String> {
        let record = self
            .pathway
            .decode_record(self.whole.to_string().as_bytes());
        let record = record.map_err(|refusal| format!("the changed record: {refusal}"))?;
        Ok(self.pathway.evaluate(&record, as_of).to_json())
    }

    /// Makes a change both ways, and compares how it is taken.
    fn change(&mut self, session: &mut Session) -> Result<(), String> {
        let change = self.made_up();
        let own = match &change {
            Change::Add(entry) => session.add(entry.to_string().as_bytes()),
            Change::Remove(id) => session.remove(id),
            Change::Fact(name, json) => session.set_fact(name, json.as_bytes()),
            Change::Field(id, key, json) => session.set_field(id, key, json.as_bytes()),
            Change::Enrolled(json) => session.set_enrolled(json.as_bytes()),
        };
        let (changed, said) = self.expected(&change);
        match (own, said) {
            (Ok(()), Said::Taken) => {
                self.whole = changed;
                self.counted.made += 1;
                Ok(())
            }
            (Err(own), Said::Refused(refusal)) if own == refusal => {
                self.counted.refused += 1;
                Ok(())
            }
            (Err(_), Said::RefusedSomehow) => {
                self.counted.refused += 1;
                Ok(())
            }
            (own, said) => Err(format!(
                "{change:?}\nthe session says {own:?}, the whole record {said:?}\n{}",
                self.whole
            )),
        }
    }

    /// The record with a change made, and how it is taken.
    fn expected(&self, change: &Change) -> (Value, Said) {
        let mut whole = self.whole.clone();
        let made = match change {
            Change::Add(entry) => {
                let credential = entry.get("kind").is_none()
                    && (entry.get("competency").is_some() || entry.get("issued").is_some());
                let waiver = entry.get("kind").is_none() && entry.get("requirement").is_some();
                let section = if waiver {
                    "waivers"
                } else if credential {
                    "credentials"
                } else {
                    "evidence"
                };
                section_of(&mut whole, section).push(entry.clone());
                true
            }
            Change::Remove(id) => SECTIONS.into_iter().any(|section| {
                let entries = section_of(&mut whole, section);
                let before = entries.len();
                entries.retain(|entry| !has_id(entry, id));
                entries.len() < before
            }),
            Change::Fact(name, json) => match serde_json::from_str::<Value>(json) {
                Ok(value) => {
                    object(whole.get_mut("facts")).insert(name.clone(), value);
                    true
                }
                Err(_) => false,
            },
            Change::Enrolled(json) => match serde_json::from_str::<Value>(json) {
                Ok(value) => {
                    object(Some(&mut whole)).insert("enrolled".to_owned(), value);
                    true
                }
                Err(_) => false,
            },
            Change::Field(id, key, json) => match serde_json::from_str::<Value>(json) {
                Ok(value) if key != "id" && key != "kind" => SECTIONS.into_iter().any(|section| {
                    let entries = section_of(&mut whole, section);
                    let entry = entries.iter_mut().find(|entry| has_id(entry, id));
                    let found = entry.is_some();
                    if found {
                        object(entry).insert(key.clone(), value.clone());
                    }
                    found
                }),
                _ => false,
            },
        };
        if !made {
            return (whole, Said::RefusedSomehow);
        }
        match self.pathway.decode_record(whole.to_string().as_bytes()) {
            Ok(_) => (whole, Said::Taken),
            // Of two entries with one id the later is refused: in a session the one added, in a record the one that stands below.
            Err(_) if self.takes_an_id(change) => (whole, Said::RefusedSomehow),
            Err(refusal) => (whole, Said::Refused(refusal)),
        }
    }

    /// Whether what is added has the id of something that is there.
    fn takes_an_id(&self, change: &Change) -> bool {
        let Change::Add(entry) = change else {
            return false;
        };
        let Some(id) = entry.get("id").and_then(Value::as_str) else {
            return false;
        };
        let mut whole = self.whole.clone();
        let mut sections = SECTIONS.into_iter();
        sections.any(|section| {
            let mut entries = section_of(&mut whole, section).iter();
            entries.any(|entry| has_id(entry, id))
        })
    }

    fn made_up(&mut self) -> Change {
        let other = record::record(&mut self.random, &self.days, &self.model);
        let other = written(&self.pathway, other);
        match self.random.below(11) {
            10 => self.enrolled(),
            0..=2 => self.added(&other),
            3 | 4 => Change::Remove(self.id()),
            5 | 6 => self.fact(&other),
            _ => self.field(&other),
        }
    }

    fn enrolled(&mut self) -> Change {
        let day = self.days.day(&mut self.random);
        let known = self.random.chance(75);
        let value = if known {
            json!(day.to_string())
        } else {
            Value::Null
        };
        Change::Enrolled(self.or_wrong(value.to_string()))
    }

    fn added(&mut self, other: &Value) -> Change {
        let mut entry = self.entry(other).unwrap_or_else(|| json!({ "id": "x" }));
        self.serial += 1;
        if !self.random.chance(10) {
            object(Some(&mut entry)).insert("id".to_owned(), json!(format!("n{}", self.serial)));
        }
        if self.random.chance(10) {
            let key =
                self.random
                    .choose(&["date", "kind", "competency", "status", "granted", "odd"]);
            let wrong = self
                .random
                .choose(&[json!(7), json!("nothing"), Value::Null]);
            object(Some(&mut entry)).insert(key.to_owned(), wrong);
        }
        if self.random.chance(3) {
            entry = json!(["no object"]);
        }
        Change::Add(entry)
    }

    fn fact(&mut self, other: &Value) -> Change {
        let facts: Vec<String> = self
            .model
            .facts
            .iter()
            .map(|it| it.named.name.clone())
            .collect();
        let name = if facts.is_empty() || self.random.chance(5) {
            "yeers".to_owned()
        } else {
            self.random.choose(&facts)
        };
        let value = other.get("facts").and_then(|facts| facts.get(&name));
        let value = value.cloned().unwrap_or(Value::Null).to_string();
        Change::Fact(name, self.or_wrong(value))
    }

    fn field(&mut self, other: &Value) -> Change {
        let id = self.id();
        let one = self.entry(other).unwrap_or(Value::Null);
        let keys: Vec<String> = one
            .as_object()
            .into_iter()
            .flat_map(Map::keys)
            .cloned()
            .collect();
        let key = match self.random.below(10) {
            0..=5 if !keys.is_empty() => self.random.choose(&keys),
            0..=8 => self.random.pick(&BUILT_IN).to_owned(),
            _ => "hours".to_owned(),
        };
        let value = one.get(&key).cloned().unwrap_or(Value::Null).to_string();
        let value = self.or_wrong(value);
        Change::Field(id, key, value)
    }

    fn or_wrong(&mut self, value: String) -> String {
        if self.random.chance(12) {
            self.random.pick(&WRONG).to_owned()
        } else {
            value
        }
    }

    /// An entry of a record.
    fn entry(&mut self, of: &Value) -> Option<Value> {
        let section = match self.random.below(8) {
            0 => "waivers",
            1 | 2 => "credentials",
            _ => "evidence",
        };
        let entries = of.get(section)?.as_array()?;
        (!entries.is_empty()).then(|| self.random.choose(entries))
    }

    /// An id of the record, or one that nothing in it has.
    fn id(&mut self) -> String {
        let whole = self.whole.clone();
        let entry = self.entry(&whole).filter(|_| self.seed % 50 != 49);
        let id = entry.as_ref().and_then(|entry| entry.get("id")?.as_str());
        id.unwrap_or("nobody").to_owned()
    }
}

/// How a change is taken by decoding the whole.
#[derive(Debug)]
enum Said {
    Taken,
    Refused(Refusal),
    /// The whole cannot be given it: what it is about is not there, or it is no JSON.
    RefusedSomehow,
}

fn section_of<'v>(whole: &'v mut Value, section: &str) -> &'v mut Vec<Value> {
    match whole.get_mut(section) {
        Some(Value::Array(entries)) => entries,
        _ => panic!("no list of {section}"),
    }
}

fn object(value: Option<&mut Value>) -> &mut Map<String, Value> {
    match value {
        Some(Value::Object(object)) => object,
        other => panic!("no object: {other:?}"),
    }
}

fn has_id(entry: &Value, id: &str) -> bool {
    entry.get("id").and_then(Value::as_str) == Some(id)
}

fn read(json: &str) -> Result<wire::Outcome, String> {
    wire::Outcome::read(json).map_err(|error| format!("{error}: {json}"))
}

/// Applies a patch, as its documentation says.
fn apply(outcome: &mut wire::Outcome, changes: Changes) {
    if let Some(whole) = changes.whole {
        *outcome = *whole;
        return;
    }
    let governs = changes.governs;
    outcome.programme.in_force = governs.in_force;
    outcome.programme.why = governs.why;
    outcome.programme.until = governs.until;
    outcome.as_of = changes.as_of;
    outcome.waivers = changes.waivers;
    outcome.notices = changes.notices;
    for change in changes.roles {
        for role in &mut outcome.roles {
            if role.name == change.name {
                role.status = change.status;
                role.at_risk = change.at_risk;
                role.progress = change.progress.clone();
                role.without_waivers = change.without_waivers;
                role.holds_until = change.holds_until.clone();
                role.opens_on = change.opens_on.clone();
                role.next = change.next.clone();
                role.held = change.held.clone();
            }
        }
    }
    for change in changes.stages {
        for role in &mut outcome.roles {
            for stage in &mut role.stages {
                if role.name == change.role && stage.name == change.name {
                    stage.status = change.status;
                    stage.at_risk = change.at_risk;
                    stage.progress = change.progress.clone();
                    stage.holds_until = change.holds_until.clone();
                    stage.opens_on = change.opens_on.clone();
                    stage.without_waivers = change.without_waivers;
                    stage.valid = change.valid.clone();
                    stage.held = change.held.clone();
                }
            }
        }
    }
    for change in changes.competencies {
        for competency in &mut outcome.competencies {
            if competency.name == change.name {
                competency.status = change.status;
                competency.at_risk = change.at_risk;
                competency.progress = change.progress.clone();
                competency.without_waivers = change.without_waivers;
                competency.holds_until = change.holds_until.clone();
                competency.opens_on = change.opens_on.clone();
                competency.credential = change.credential.clone();
                competency.renewal_after = change.renewal_after.clone();
            }
        }
    }
    for change in changes.nodes {
        let mut found = 0;
        nodes(outcome, &mut |node| {
            if node.address != change.address {
                return;
            }
            found += 1;
            node.status = change.status;
            node.at_risk = change.at_risk;
            node.locked = change.locked;
            node.progress = change.progress.clone();
            node.holds_until = change.holds_until.clone();
            node.opens_on = change.opens_on.clone();
            node.found = change.found.clone();
            node.needed = change.needed.clone();
            node.counted = change.counted.clone();
            node.near_misses = change.near_misses.clone();
            node.missing = change.missing.clone();
            node.unknown = change.unknown.clone();
            node.advice = change.advice.clone();
            node.allocation = change.allocation.clone();
            node.waiver = change.waiver.clone();
        });
        assert_eq!(found, 1, "nodes of the address {}", change.address);
    }
}

fn nodes(outcome: &mut wire::Outcome, each: &mut impl FnMut(&mut Node)) {
    let roles = outcome.roles.iter_mut();
    let roles = roles.flat_map(|role| {
        let stages = role.stages.iter_mut();
        let stages = stages.filter_map(|stage| stage.requirement.as_mut());
        let own = std::iter::once(&mut role.requirement).chain(&mut role.preferred);
        own.chain(stages)
    });
    let competencies = outcome.competencies.iter_mut();
    let mut open: Vec<&mut Node> = roles
        .chain(competencies.filter_map(|it| it.requirement.as_mut()))
        .collect();
    while let Some(node) = open.pop() {
        each(node);
        open.extend(&mut node.children);
    }
}

/// The status of everything that has one.
fn statuses(outcome: &wire::Outcome) -> BTreeMap<(&'static str, String), wire::Status> {
    let mut outcome = outcome.clone();
    let mut all = BTreeMap::new();
    for role in &outcome.roles {
        all.insert(("Role", role.name.clone()), role.status);
        for stage in &role.stages {
            let address = format!("{}.{}", role.name, stage.name);
            all.insert(("Stage", address), stage.status);
        }
    }
    for competency in &outcome.competencies {
        all.insert(("Competency", competency.name.clone()), competency.status);
    }
    nodes(&mut outcome, &mut |node| {
        all.insert(("Requirement", node.address.clone()), node.status);
    });
    all
}

/// Whether a patch tells of the statuses that changed, and of no others.
fn told(
    before: &BTreeMap<(&'static str, String), wire::Status>,
    after: &BTreeMap<(&'static str, String), wire::Status>,
    changes: &Changes,
) -> Result<(), String> {
    let mut said: Vec<_> = changes
        .changed
        .iter()
        .map(|it| {
            (
                format!("{:?}", it.of),
                it.address.clone(),
                it.before.as_str(),
                it.after.as_str(),
            )
        })
        .collect();
    said.sort();
    // Under another version, of what both have.
    let both = after
        .iter()
        .filter_map(|(name, is)| Some((name, before.get(name)?, is)));
    let mut so: Vec<_> = both
        .filter(|(_, was, is)| was != is)
        .map(|((of, address), was, is)| {
            ((*of).to_owned(), address.clone(), was.as_str(), is.as_str())
        })
        .collect();
    so.sort();
    if said == so {
        Ok(())
    } else {
        Err(format!("the patch tells of {said:?}, but {so:?} changed"))
    }
}
