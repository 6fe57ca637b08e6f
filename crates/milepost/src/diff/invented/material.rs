//! What invented candidates are made of: both programmes and what is asked for in them in; records to begin with, and what may be
//! added to a record, out.

use std::collections::{BTreeMap, BTreeSet};

use milepost_engine::plan::{CompetencyId, Form, KindId, NodeId, Parts, RoleId, StageId, Type};
use milepost_engine::{Date, Duration};
use serde_json::{Map, Value, json};

use super::alone::Alone;
use super::reached::Reached;

/// So many kinds of evidence, competencies, waivable requirements, and stages with the roles without, are tried.
const MOST: usize = 64;
/// So many different days are tried beside those that are always.
const EDGES: usize = 8;
/// How many days ago what is added was.
const AGO: [i32; 8] = [0, 183, 548, 914, 1_279, 1_644, 2_009, 3_653];

/// What may be added to a record: the section, and the entry.
pub(super) type Addition = (&'static str, Value);

/// What candidates are made of who may or may not have something.
pub(super) struct Material {
    /// What has to be there before anything else can help.
    pub(super) before: Vec<Value>,
    /// Waivers of all that can be waived.
    pub(super) waivers: Vec<Value>,
    pub(super) additions: Vec<Addition>,
    /// The levels and choices that a fact or field of a name may have.
    pub(super) choices: BTreeMap<String, Vec<String>>,
    /// The days on which credentials and posts may begin.
    pub(super) days: Vec<Value>,
}

impl Material {
    pub(super) fn new(
        sides: [(&Alone, &Form); 2],
        shared: &BTreeMap<String, String>,
        as_of: Date,
    ) -> Self {
        let mut material = Self {
            before: Vec::new(),
            waivers: Vec::new(),
            additions: Vec::new(),
            choices: BTreeMap::new(),
            days: Vec::new(),
        };
        let mut found = Gathered::default();
        for (alone, goal) in sides {
            let parts = alone.parts();
            let reached = Reached::new(parts, goal);
            found.gather(parts, &reached, shared, as_of);
            material.choices(parts);
            if let Form::Stage(id) = goal {
                found.without(parts, *id, shared);
            }
            for id in reached.waivable.iter().take(MOST) {
                material.waivers(parts, *id, as_of);
            }
        }
        let edges = found.credential_days.union(&found.post_days).copied();
        let days = days(as_of, &edges.collect()).into_iter();
        material.days = days.map(|it| it.to_string().into()).collect();
        material.additions(&found, as_of);
        material.before(&found, as_of);
        material
    }

    fn waivers(&mut self, parts: &Parts, id: NodeId, as_of: Date) {
        let Some(node) = parts.nodes.get(id.index()) else {
            return;
        };
        for authority in &node.waivable {
            let waiver = json!({
                "requirement": node.address, "by": "somebody", "as": authority,
                "reason": "invented", "granted": as_of.to_string(),
            });
            if self.waivers.len() < MOST && !self.waivers.contains(&waiver) {
                self.waivers.push(waiver);
            }
        }
    }

    fn choices(&mut self, parts: &Parts) {
        let fields = parts.kinds.iter().flat_map(|it| &it.fields);
        for field in parts.facts.iter().chain(fields) {
            let names: Vec<String> = match &field.ty {
                Type::Level(scale) if field.from_score.is_none() => levels(parts, *scale),
                Type::Choice(choices) => choices.iter().map(|it| it.name.clone()).collect(),
                _ => continue,
            };
            let all = self.choices.entry(field.entry.name.clone()).or_default();
            for name in names {
                if all.len() < MOST && !all.contains(&name) {
                    all.push(name);
                }
            }
        }
    }

    fn additions(&mut self, found: &Gathered, as_of: Date) {
        for waiver in &self.waivers {
            self.additions.push(("waivers", waiver.clone()));
        }
        for day in days(as_of, &BTreeSet::new()) {
            for entry in &found.evidence {
                let mut entry = entry.clone();
                entry.insert("date".to_owned(), day.to_string().into());
                self.additions.push(("evidence", entry.into()));
            }
        }
        for day in days(as_of, &found.credential_days) {
            for name in &found.competencies {
                let credential = credential(name, day);
                self.additions.push(("credentials", credential));
            }
        }
        let ended = Date::from_days(as_of.days().saturating_sub(1));
        for day in days(as_of, &found.post_days) {
            for (role, stage) in &found.posts {
                let post = post(role, stage.as_deref(), day);
                self.additions.push(("posts", post.clone()));
                if let (Some(ended), Value::Object(mut post)) = (ended.filter(|it| *it > day), post)
                {
                    post.insert("until".to_owned(), ended.to_string().into());
                    self.additions.push(("posts", post.into()));
                }
            }
        }
    }

    /// Candidates with credentials of all competencies from one day, and with posts held for long or not so long.
    fn before(&mut self, found: &Gathered, as_of: Date) {
        if found.needs_posts {
            for days in [4_400, 400] {
                let (Some(from), Some(until)) = (ago(as_of, days), ago(as_of, -366)) else {
                    continue;
                };
                let posts = found.posts.iter().filter(|it| !found.own.contains(it));
                let posts = posts.map(|(role, stage)| {
                    let mut post = post(role, stage.as_deref(), from);
                    if let Some(post) = post.as_object_mut() {
                        post.insert("until".to_owned(), until.to_string().into());
                    }
                    post
                });
                let posts: Vec<Value> = posts.collect();
                self.before
                    .push(json!({ "id": "invented", "posts": posts }));
            }
        }
        if !found.competencies.is_empty() {
            for day in std::iter::once(as_of).chain(found.credential_days.iter().copied()) {
                let all = found.competencies.iter();
                let all: Vec<Value> = all.map(|name| credential(name, day)).collect();
                self.before
                    .push(json!({ "id": "invented", "credentials": all }));
            }
        }
    }
}

fn credential(competency: &str, day: Date) -> Value {
    let id = format!("credential-{competency}");
    json!({ "id": id, "competency": competency, "issued": day.to_string() })
}

fn post(role: &str, stage: Option<&str>, from: Date) -> Value {
    match stage {
        Some(stage) => json!({ "role": role, "stage": stage, "from": from.to_string() }),
        None => json!({ "role": role, "from": from.to_string() }),
    }
}

fn levels(parts: &Parts, scale: milepost_engine::plan::ScaleId) -> Vec<String> {
    let levels = parts.scales.get(scale.index()).map(|it| &*it.levels);
    let levels = levels.unwrap_or_default().iter();
    levels.map(|it| it.entry.name.clone()).collect()
}

fn ago(as_of: Date, days: i32) -> Option<Date> {
    Date::from_days(as_of.days().checked_sub(days)?)
}

/// The days that are always tried, the latest first.
pub(super) fn always(as_of: Date) -> impl Iterator<Item = Date> {
    AGO.iter().filter_map(move |days| ago(as_of, *days))
}

/// The days on which something may begin.
fn days(as_of: Date, edges: &BTreeSet<Date>) -> Vec<Date> {
    edges.iter().copied().chain(always(as_of)).collect()
}

/// What both programmes ask for, in names that both know where there are such.
#[derive(Default)]
struct Gathered {
    /// Pieces of evidence without a day, with as little said in them as can be.
    evidence: Vec<Map<String, Value>>,
    competencies: BTreeSet<String>,
    /// The days on which credentials were issued that are over, and those that are just not.
    credential_days: BTreeSet<Date>,
    posts: BTreeSet<(String, Option<String>)>,
    post_days: BTreeSet<Date>,
    /// Posts that would be what is asked for.
    own: BTreeSet<(String, Option<String>)>,
    needs_posts: bool,
}

impl Gathered {
    fn gather(
        &mut self,
        parts: &Parts,
        reached: &Reached,
        shared: &BTreeMap<String, String>,
        as_of: Date,
    ) {
        let name = |it: &str| shared.get(it).map_or(it, |it| it).to_owned();
        let competency = |id: &CompetencyId| parts.competencies.get(id.index());
        let filed = reached
            .competencies
            .iter()
            .filter_map(competency)
            .take(MOST);
        for it in filed {
            self.competencies.insert(name(&it.entry.name));
            let valid = it.award.as_ref().and_then(|it| it.valid);
            edges(parts, as_of, valid, &mut self.credential_days);
        }
        for id in reached.kinds.iter().take(MOST) {
            self.kind(parts, *id, reached.not_accepted.contains(id));
        }
        let filed: Vec<Value> = self
            .competencies
            .iter()
            .map(|it| it.clone().into())
            .collect();
        if !filed.is_empty() {
            for entry in &mut self.evidence {
                entry.insert("for".to_owned(), filed.clone().into());
            }
        }
        self.needs_posts |= reached.posts;
        for (id, role) in (0..).map(RoleId).zip(&parts.roles) {
            let called = name(&role.entry.name);
            for (_, stage) in parts.stages_of(id) {
                let stage_name = Some(stage.entry.name.clone());
                if self.posts.len() < MOST {
                    self.posts.insert((called.clone(), stage_name));
                }
                edges(parts, as_of, stage.valid, &mut self.post_days);
            }
            if self.posts.len() < MOST && parts.stages_of(id).next().is_none() {
                self.posts.insert((called, None));
            }
        }
    }

    /// Notes that posts in a stage, and in those after it, would be what is asked for.
    fn without(&mut self, parts: &Parts, id: StageId, shared: &BTreeMap<String, String>) {
        let Some(stage) = parts.stages.get(id.index()) else {
            return;
        };
        let Some(role) = parts.roles.get(stage.role.index()) else {
            return;
        };
        let name = &role.entry.name;
        let name = shared.get(name).unwrap_or(name);
        let own = parts.stages_of(stage.role).filter(|(it, _)| *it >= id);
        let own = own.map(|(_, it)| (name.clone(), Some(it.entry.name.clone())));
        self.own.extend(own);
    }

    fn kind(&mut self, parts: &Parts, id: KindId, not_accepted: bool) {
        let Some(kind) = parts.kinds.get(id.index()) else {
            return;
        };
        let mut entry = Map::new();
        entry.insert("kind".to_owned(), kind.entry.name.clone().into());
        for field in &kind.fields {
            if let (Type::Level(scale), None) = (&field.ty, field.from_score) {
                let lowest = levels(parts, *scale).into_iter().next();
                entry.extend(lowest.map(|it| (field.entry.name.clone(), it.into())));
            }
        }
        let mut all = vec![entry.clone()];
        for status in ["returned", "under_review"] {
            if not_accepted {
                entry.insert("status".to_owned(), status.into());
                all.push(entry.clone());
            }
        }
        for entry in all {
            if !self.evidence.contains(&entry) {
                self.evidence.push(entry);
            }
        }
    }
}

/// The last day on which what is valid for so long may have begun to be over, and the next one, on which it is not.
fn edges(parts: &Parts, as_of: Date, valid: Option<Duration>, days: &mut BTreeSet<Date>) {
    let Some(valid) = valid else { return };
    let over = |day: i32| Date::from_days(day).is_none_or(|it| parts.last_valid(it, valid) < as_of);
    // The later it began, the later it is over.
    let (mut over_on, mut not) = (Date::MIN.days(), as_of.days());
    if !over(over_on) || over(not) {
        return;
    }
    while over_on.saturating_add(1) < not {
        let middle = over_on.midpoint(not);
        if over(middle) {
            over_on = middle;
        } else {
            not = middle;
        }
    }
    for day in [over_on, not] {
        if days.len() < EDGES {
            days.extend(Date::from_days(day));
        }
    }
}

/// A record in the names that both programmes know.
pub(super) fn renamed(mut record: Value, shared: &BTreeMap<String, String>) -> Value {
    let other = |value: &mut Value| {
        if let Some(name) = value.as_str().and_then(|it| shared.get(it)) {
            *value = name.clone().into();
        }
    };
    let evidence = record.get_mut("evidence").and_then(Value::as_array_mut);
    for entry in evidence.into_iter().flatten() {
        let filed = entry.get_mut("for").and_then(Value::as_array_mut);
        filed.into_iter().flatten().for_each(other);
    }
    record
}
