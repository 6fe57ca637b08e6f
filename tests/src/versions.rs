//! Versions, against each version by itself. In: a seed. Out: where a programme of several versions does not say what the
//! version that governs says alone, or turns on another day than one day after the other shows.
//!
//! Which version governs is worked out here anew, from [what an evaluation means](../../docs/reference/semantics.md).

use std::collections::{BTreeMap, BTreeSet};

use milepost::Pathway;
use milepost::wire::{Outcome, Status, Timeline};
use milepost_engine::plan::RoleId;
use milepost_engine::{Date, Evaluator, Record, Truth, Verdict, horizon};

use serde_json::Value;

use crate::generator::versions::{Version, file, versions};
use crate::generator::{Random, record};
use crate::session::{consistent, written};

/// What was tried.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counted {
    /// Programmes with a record.
    pub cases: usize,
    /// Those of them in which an older version governs on the day.
    pub older: usize,
    /// Those in which several may.
    pub open: usize,
    /// Roles and competencies that turn as another version comes to govern.
    pub switched: usize,
}

/// A version by itself.
struct Alone {
    pathway: Pathway,
    record: Record,
}

/// The versions that govern a candidate on a day, or may: the one that is shown first.
fn governing(versions: &[Version], enrolled: Option<Date>, day: Date) -> Vec<usize> {
    let begun = versions.iter().position(|it| it.effective.0 <= day);
    let by_days = begun.unwrap_or(versions.len() - 1);
    let Some(version) = versions.get(by_days) else {
        return Vec::new();
    };
    let standing = version.transitions.iter().filter(|it| it.2 >= day);
    match enrolled {
        None => {
            let mut all = vec![by_days];
            for it in standing {
                // Whoever enrolled on the day before finishes under some version.
                let some = governing(versions, Some(it.0.pred()), day);
                for place in some {
                    if !all.contains(&place) {
                        all.push(place);
                    }
                }
            }
            all
        }
        Some(enrolled) => {
            let reaching: Vec<_> = standing.filter(|it| enrolled < it.0).collect();
            let earliest = reaching.iter().map(|it| it.0).min();
            let chosen = reaching.iter().find(|it| Some(it.0) == earliest);
            vec![chosen.map_or(by_days, |it| it.1)]
        }
    }
}

/// A role or competency, and whether it is a role.
type Name = (bool, String);

/// What stands alone, by name.
fn alone(version: &Version, it: &Alone, day: Date) -> BTreeMap<Name, Truth> {
    let outcome = Evaluator::new(it.pathway.plan()).evaluate(&it.record, day);
    let parts = it.pathway.plan().parts();
    let roles = parts.roles.iter().zip(&outcome.roles);
    let roles = roles.map(|(role, found)| ((true, role.entry.name.clone()), found.truth));
    let own = parts.competencies.iter().zip(&outcome.competencies);
    let own = own.filter(|(it, _)| version.competencies.contains(&it.entry.name));
    let own = own.map(|(it, found)| ((false, it.entry.name.clone()), found.truth));
    let stages = parts.stages.iter().zip(&outcome.stages);
    let stages = stages.filter_map(|(stage, found)| {
        let role = parts.roles.get(stage.role.index())?;
        let name = format!("{}.{}", role.entry.name, stage.entry.name);
        Some(((true, name), found.truth))
    });
    roles.chain(own).chain(stages).collect()
}

/// What stands if any of the versions may govern.
fn together(
    versions: &[Version],
    all: &[Alone],
    which: &[usize],
    day: Date,
) -> BTreeMap<Name, Truth> {
    let mut each = which
        .iter()
        .filter_map(|place| Some(alone(versions.get(*place)?, all.get(*place)?, day)));
    let mut shown = each.next().unwrap_or_default();
    for other in each {
        // What the version that governs does not have is not met under it.
        for name in other.keys() {
            shown.entry(name.clone()).or_insert(Truth::FALSE);
        }
        for (name, truth) in &mut shown {
            if let Some(theirs) = other.get(name) {
                let bits = truth.bits().into_iter().zip(theirs.bits());
                let worst = bits.clone().map(|(one, two)| one && two);
                let best = bits.map(|(one, two)| one || two);
                let mut both = worst.zip(best).enumerate();
                *truth = Truth::new(std::array::from_fn(|_| {
                    let (bit, (worst, best)) = both.next().unwrap_or_default();
                    if bit % 2 == 0 { worst } else { best }
                }));
            }
        }
    }
    shown
}

/// Compares what is made up of a seed.
///
/// # Errors
///
/// The first difference, with the case.
pub fn agree(seed: u64) -> Result<Counted, String> {
    let mut random = Random::new(seed);
    let (versions, days) = versions(&mut random);
    if !(100..9_900).contains(&days.as_of.year()) {
        return Ok(Counted::default());
    }
    let files = versions.iter().enumerate();
    let sources: BTreeMap<String, String> = files
        .map(|(place, version)| (file(place), version.text.clone()))
        .collect();
    let told = || {
        let texts: Vec<_> = versions.iter().map(|it| it.text.as_str()).collect();
        format!("seed {seed}, as of {}\n{}", days.as_of, texts.join("\n\n"))
    };
    let mut read = |path: &str| {
        let text = sources.get(path).map(|text| text.as_bytes().to_vec());
        text.ok_or_else(|| "there is no such file".to_owned())
    };
    let compiled = milepost_compiler::compile(&mut read, "main.pathway");
    let Some(plan) = compiled.plan else {
        return Ok(Counted::default());
    };
    let pathway = Pathway::new(plan);
    let mut input = record::record(&mut random, &days, &compiled.model);
    input.waivers.clear();
    let edges: Vec<Date> = versions
        .iter()
        .flat_map(|it| it.transitions.iter().map(|it| it.0))
        .flat_map(|day| [day, day.pred()])
        .chain([days.as_of])
        .collect();
    input.enrolled = random.chance(65).then(|| random.choose(&edges));
    let enrolled = input.enrolled;
    let mut json = consistent(written(&pathway, input));
    speak_of_any_version(&mut random, &pathway, &mut json);
    let json = json.to_string();
    let record = pathway.decode_record(json.as_bytes());
    let record = record.map_err(|why| why.to_string())?;
    let all: Vec<Alone> = versions
        .iter()
        .map(|version| by_itself(version, &json))
        .collect::<Result<_, _>>()
        .map_err(|why| format!("{why}\n{}", told()))?;
    let trial = Trial {
        versions: &versions,
        all: &all,
        pathway: &pathway,
        record: &record,
        enrolled,
        as_of: days.as_of,
    };
    trial
        .run()
        .map_err(|why| format!("{why}\n{}\n{json}", told()))
}

/// Puts some posts into roles and stages of whichever version.
fn speak_of_any_version(random: &mut Random, pathway: &Pathway, record: &mut Value) {
    let versions = pathway.plan().versions();
    let posts = record.get_mut("posts").and_then(Value::as_array_mut);
    for post in posts.into_iter().flatten() {
        let Some(parts) = versions.get(random.below(versions.len())) else {
            continue;
        };
        let roles: Vec<_> = (0u32..).map(RoleId).zip(&parts.roles).collect();
        if roles.is_empty() || random.chance(20) {
            continue;
        }
        let (role, declared) = random.choose(&roles);
        post["role"] = declared.entry.name.clone().into();
        let stages = parts.stages_of(role);
        let stages: Vec<_> = stages.map(|(_, stage)| &stage.entry.name).collect();
        post["stage"] = match stages.as_slice() {
            [] => Value::Null,
            some => random.choose(some).clone().into(),
        };
    }
}

fn by_itself(version: &Version, json: &str) -> Result<Alone, String> {
    let sources = BTreeMap::from([("main.pathway", version.alone.as_str())]);
    let compiled = milepost::compile(&sources, "main.pathway");
    let pathway = compiled.plan().map_err(|why| why.to_string())?.clone();
    let json = without_unknown_posts(&pathway, json);
    let record = pathway.decode_record(json.as_bytes());
    let record = record.map_err(|why| format!("{why}\n{}", version.alone))?;
    Ok(Alone { pathway, record })
}

/// The record without the posts in roles and stages that a version does not have: it leaves them out.
fn without_unknown_posts(pathway: &Pathway, json: &str) -> String {
    let parts = pathway.plan().parts();
    let has = |post: &Value| {
        let mut roles = (0u32..).map(RoleId).zip(&parts.roles);
        let Some((id, _)) = roles.find(|(_, it)| post["role"] == *it.entry.name) else {
            return false;
        };
        let mut stages = parts.stages_of(id);
        post["stage"].is_null() || stages.any(|(_, it)| post["stage"] == *it.entry.name)
    };
    let mut record: Value =
        serde_json::from_str(json).unwrap_or_else(|why| panic!("{why}: {json}"));
    if let Some(posts) = record.get_mut("posts").and_then(Value::as_array_mut) {
        posts.retain(has);
    }
    record.to_string()
}

struct Trial<'a> {
    versions: &'a [Version],
    all: &'a [Alone],
    pathway: &'a Pathway,
    record: &'a Record,
    enrolled: Option<Date>,
    as_of: Date,
}

impl Trial<'_> {
    fn run(&self) -> Result<Counted, String> {
        let mut counted = Counted {
            cases: 1,
            ..Counted::default()
        };
        let now = governing(self.versions, self.enrolled, self.as_of);
        counted.older = usize::from(now.first().is_some_and(|place| *place > 0));
        counted.open = usize::from(now.len() > 1);
        let last = horizon(self.as_of);
        let mut turned: BTreeMap<Name, Date> = BTreeMap::new();
        let today = self.standing(self.as_of);
        let mut switches = BTreeSet::from([self.as_of]);
        let mut before = now;
        for day in (self.as_of.days() + 1..=last.days()).filter_map(Date::from_days) {
            let which = governing(self.versions, self.enrolled, day);
            if which != before {
                switches.extend([day.pred(), day]);
                before = which;
            }
            let stands = self.standing(day);
            for (name, truth) in &today {
                let met = stands.get(name).is_some_and(|truth| truth.met());
                if met != truth.met() && !turned.contains_key(name) {
                    turned.insert(name.clone(), day);
                    counted.switched += usize::from(switches.contains(&day));
                }
            }
        }
        for day in switches {
            self.same(day)?;
        }
        let outcome = self.pathway.evaluate(self.record, self.as_of).report();
        self.turns(&outcome, &today, &turned)?;
        self.told()?;
        Ok(counted)
    }

    /// Whether the timeline is what every day gives; what a version does not have is not met under it.
    fn told(&self) -> Result<(), String> {
        let timeline = Timeline::read(&self.pathway.timeline(self.record, self.as_of))
            .map_err(|why| why.to_string())?;
        let mut all = Vec::new();
        for role in timeline.roles {
            for stage in role.stages {
                let name = format!("{}.{}", role.name, stage.name);
                all.push(((true, name), stage.stretches));
            }
            all.push(((true, role.name), role.stretches));
        }
        let competencies = timeline.competencies.into_iter();
        all.extend(competencies.map(|it| ((false, it.name), it.stretches)));
        let (from, to): (Date, Date) = (day(&timeline.from), day(&timeline.to));
        for on in (from.days()..=to.days()).filter_map(Date::from_days) {
            if on.days() % 5 != 0 && (on < self.as_of.pred() || on.days() % 3 != 0) {
                continue;
            }
            let standing = self.standing(on);
            let written = on.to_string();
            for (name, told) in &all {
                let stands = standing.get(name);
                let expected = stands.map_or((Status::Unmet, false), |truth| {
                    (status_of(truth.status()), truth.at_risk())
                });
                let mut stretches = told.iter();
                let said = stretches.find(|it| it.from <= written && written <= it.to);
                let said = said.map(|it| (it.status, it.at_risk));
                if said != Some(expected) {
                    return Err(format!(
                        "{name:?} on {on} is told as {said:?}, and not {expected:?}"
                    ));
                }
            }
        }
        Ok(())
    }

    fn standing(&self, day: Date) -> BTreeMap<Name, Truth> {
        let which = governing(self.versions, self.enrolled, day);
        together(self.versions, self.all, &which, day)
    }

    /// Whether the outcome of a day is that of the version that governs on it, alone.
    fn same(&self, day: Date) -> Result<(), String> {
        let which = governing(self.versions, self.enrolled, day);
        let place = which.first().copied().unwrap_or(0);
        let (Some(version), Some(alone)) = (self.versions.get(place), self.all.get(place)) else {
            return Err("no version governs".to_owned());
        };
        let found = self.pathway.evaluate(self.record, day).report();
        if found.programme.version != Some(place.to_string()) {
            let said = found.programme.version;
            return Err(format!(
                "on {day} version {said:?} governs, and not {place}"
            ));
        }
        let expected = self.standing(day);
        for (name, status) in statuses(&found) {
            let truth = expected.get(&name);
            let wanted = truth.map(|truth| status_of(truth.status()));
            if wanted != Some(status) {
                return Err(format!(
                    "{name:?} on {day} is {status:?}, and not {wanted:?}"
                ));
            }
        }
        let one = plain(&found, version, which.len() > 1);
        let other = alone.pathway.evaluate(&alone.record, day).report();
        let other = plain(&other, version, which.len() > 1);
        if one != other {
            return Err(format!("on {day}\n{one}\nbut alone\n{other}"));
        }
        Ok(())
    }

    /// Whether what is said about other days is what they give.
    fn turns(
        &self,
        outcome: &Outcome,
        today: &BTreeMap<Name, Truth>,
        turned: &BTreeMap<Name, Date>,
    ) -> Result<(), String> {
        let roles = outcome.roles.iter().map(|it| {
            let name = (true, it.name.clone());
            (name, &it.holds_until, &it.opens_on)
        });
        let stages = outcome.roles.iter().flat_map(|role| {
            role.stages.iter().map(|it| {
                let name = (true, format!("{}.{}", role.name, it.name));
                (name, &it.holds_until, &it.opens_on)
            })
        });
        let competencies = outcome.competencies.iter().map(|it| {
            let name = (false, it.name.clone());
            (name, &it.holds_until, &it.opens_on)
        });
        for (name, holds, opens) in roles.chain(stages).chain(competencies) {
            let met = today.get(&name).is_some_and(|truth| truth.met());
            let day = turned.get(&name);
            let until = day.filter(|_| met).map(|day| day.pred().to_string());
            let opening = day.filter(|_| !met).map(ToString::to_string);
            let (holds, opens) = (
                holds.as_ref().map(|it| it.date.clone()),
                opens.as_ref().map(|it| it.date.clone()),
            );
            if (&holds, &opens) != (&until, &opening) {
                return Err(format!(
                    "{name:?} holds until {holds:?} and opens on {opens:?}, and not {until:?} and {opening:?}"
                ));
            }
        }
        Ok(())
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap_or_else(|_| panic!("no day: {text}"))
}

fn statuses(outcome: &Outcome) -> Vec<(Name, Status)> {
    let roles = outcome.roles.iter();
    let roles = roles.map(|it| ((true, it.name.clone()), it.status));
    let competencies = outcome.competencies.iter();
    let competencies = competencies.map(|it| ((false, it.name.clone()), it.status));
    let stages = outcome.roles.iter().flat_map(|role| {
        let stages = role.stages.iter();
        stages.map(|it| ((true, format!("{}.{}", role.name, it.name)), it.status))
    });
    roles.chain(stages).chain(competencies).collect()
}

const fn status_of(verdict: Verdict) -> Status {
    match verdict {
        Verdict::Met => Status::Met,
        Verdict::Pending => Status::Pending,
        Verdict::NeedsInformation => Status::NeedsInformation,
        Verdict::Unmet => Status::Unmet,
        Verdict::Waived => Status::Waived,
    }
}

/// What one version says by itself: without what is said about versions and days, and, where several may govern, without how
/// roles and competencies stand.
fn plain(outcome: &Outcome, version: &Version, open: bool) -> String {
    let mut outcome = outcome.clone();
    let programme = &mut outcome.programme;
    programme.definition.clear();
    (programme.version, programme.in_force) = (None, None);
    (programme.why, programme.until) = (None, None);
    outcome.notices.clear();
    outcome
        .competencies
        .retain(|it| version.competencies.contains(&it.name));
    outcome
        .competencies
        .sort_by(|one, other| one.name.cmp(&other.name));
    for it in &mut outcome.competencies {
        (it.holds_until, it.opens_on) = (None, None);
        if open {
            (it.status, it.at_risk) = (Status::Met, false);
        }
    }
    for it in &mut outcome.roles {
        (it.holds_until, it.opens_on) = (None, None);
        if open {
            (it.status, it.at_risk, it.next) = (Status::Met, false, None);
        }
        for it in &mut it.stages {
            (it.holds_until, it.opens_on) = (None, None);
            if open {
                (it.status, it.at_risk) = (Status::Met, false);
            }
        }
    }
    outcome.to_json()
}
