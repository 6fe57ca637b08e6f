//! The world of a search: a record on a day and a goal in; every action worth trying, and which requirement each can help, out.
//!
//! Of records that every requirement would look at alike, only the one with the fewest fields is kept.

use std::collections::HashSet;

use super::mentions::{Mentions, SAME};
use super::needs::Cost;
use super::set::Set;
use super::weight::weight;
use crate::evaluate::{Evaluator, stage};
use crate::outcome::RecordRef;
use crate::plan::{
    CompetencyId, Constant, FactId, Form, KindId, Measure, NodeId, Plan, Records, Spread, Type,
};
use crate::record::{Evidence, Record, RecordBuilder, Status};
use crate::{Date, Decimal, Truth};

/// The most records that are made up for one kind, and the most entries of a kind that are looked at for being accepted or
/// completed.
const SHAPES: usize = 4_096;
const ENTRIES: usize = 64;
const FILLINGS: usize = 64;
/// The most fields of a kind that are filled, and the most values that are tried for one.
const FIELDS: usize = 64;
const VALUES: usize = 256;
/// The most records of a kind, the latest, whose values are known to be taken.
const HELD: usize = 256;
/// The most actions, each counted for every requirement that it might help; and so many in any case.
const ROOM: usize = 2_097_152;
const ACTS: usize = 32;

/// Something that can be done, with values that may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Submit(KindId, Option<CompetencyId>, Vec<(u32, Slot)>),
    Supply(FactId, Slot),
    /// Of a record under review (to be accepted) or an accepted one (to be completed).
    Fill(RecordRef, bool, Vec<(u32, Slot)>),
    Credential(usize),
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Value(Constant),
    /// A text that is nowhere yet, another one each time.
    Fresh,
}

impl Slot {
    /// The value; each fresh one is another text, and none that is taken.
    pub(super) fn value(&self, fresh: &mut usize, taken: &[String]) -> Constant {
        match self {
            Self::Value(value) => value.clone(),
            Self::Fresh => loop {
                *fresh += 1;
                let text = format!("new-{fresh}");
                if !taken.contains(&text) {
                    break Constant::Text(text);
                }
            },
        }
    }
}

/// How a requirement on records looks at an action.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaf {
    /// It surely belongs and matches, once done.
    pub(super) hits: Set,
    /// It may belong.
    pub(super) belongs: Set,
    /// Facts it depends on are supplied.
    pub(super) facts: Set,
    /// An accepted record is completed.
    pub(super) completes: Set,
}

/// The actions of a kind that are tried, for the requirements on it, and the fields by which those tell records apart.
struct Tried<'a> {
    kind: KindId,
    leaves: Vec<(NodeId, &'a Records)>,
    apart: Vec<u32>,
    acts: Vec<Act>,
}

/// The world on a day.
pub(super) struct World<'a> {
    pub(super) plan: &'a Plan,
    record: &'a Record,
    pub(super) day: Date,
    pub(super) acts: Vec<Act>,
    /// The requirements the goal depends on, each after those it is made of.
    pub(super) nodes: Vec<NodeId>,
    /// One for each node of the plan.
    pub(super) leaves: Vec<Leaf>,
    /// For each node, what can change it or anything below it.
    pub(super) touch: Vec<Set>,
    /// The credentials under review for each competency.
    pub(super) credentials: Vec<Set>,
    /// Whether nothing was left out.
    pub(super) whole: bool,
    /// How much was looked at to make it, and what going through the actions of every requirement takes.
    pub(super) looks: u64,
    pub(super) once: u64,
    /// The most actions, and of these, each counted for every requirement.
    most: usize,
    room: usize,
    /// The texts that are taken.
    taken: Vec<String>,
}

/// The requirements a goal depends on, in the order of the plan.
fn reach(plan: &Plan, goal: &Form) -> Vec<NodeId> {
    let parts = plan.parts();
    let mut seen = Set::default();
    let mut open = stage::below(parts, goal);
    while let Some(id) = open.pop() {
        if seen.has(id.index()) {
            continue;
        }
        seen.insert(id.index());
        let Some(node) = plan.node(id) else { continue };
        open.extend(children(&node.form));
        if let Form::Competency(id) = &node.form {
            open.extend(
                parts
                    .competencies
                    .get(id.index())
                    .and_then(|it| it.requirement),
            );
        }
        open.extend(stage::below(parts, &node.form));
    }
    let all = seen.places().filter_map(|place| u32::try_from(place).ok());
    all.map(NodeId).collect()
}

/// The requirements a group is made of.
pub(super) fn children(form: &Form) -> &[NodeId] {
    if let Form::All(all)
    | Form::Any(all)
    | Form::AtLeast(_, all)
    | Form::Points(_, all, _)
    | Form::None(all)
    | Form::InOrder(all)
    | Form::WithoutReuse(all) = form
    {
        all
    } else {
        &[]
    }
}

impl<'a> World<'a> {
    pub(super) fn new(
        plan: &'a Plan,
        record: &'a Record,
        day: Date,
        goal: &Form,
        settled: &Set,
        left: u64,
    ) -> Self {
        let nodes = reach(plan, goal);
        let parts = plan.parts();
        let room = usize::try_from(left / 8).map_or(ROOM, |room| room.min(ROOM));
        let most = (room / nodes.len().max(1)).clamp(ACTS, 2 * SHAPES);
        let mut world = Self {
            plan,
            record,
            day,
            acts: Vec::new(),
            nodes,
            leaves: vec![Leaf::default(); parts.nodes.len()],
            touch: vec![Set::default(); parts.nodes.len()],
            credentials: vec![Set::default(); parts.competencies.len()],
            whole: true,
            looks: (parts.nodes.len() + parts.kinds.len() + parts.competencies.len()) as u64,
            once: 0,
            most,
            room,
            taken: Vec::new(),
        };
        world.supply(settled);
        world.records();
        world.credentials();
        world.touched();
        world.once = (world.nodes.len() * (4 + world.acts.len() / 16)) as u64;
        world.looks += 2 * world.once;
        world
    }

    /// The days that the requirements of a goal name.
    pub(super) fn named(plan: &Plan, record: &Record, day: Date, goal: &Form) -> Vec<Date> {
        let mut all = Mentions::new(plan, record, day);
        for id in reach(plan, goal) {
            if let Some(node) = plan.node(id) {
                all.form(&node.form);
            }
        }
        all.dates
    }

    /// The facts that the requirements of a goal compare records with.
    pub(super) fn compared(plan: &Plan, record: &Record, day: Date, goal: &Form) -> Vec<FactId> {
        let mut all = Mentions::new(plan, record, day);
        for id in reach(plan, goal) {
            if let Some(form @ Form::Records(_)) = plan.node(id).map(|node| &node.form) {
                all.form(form);
            }
        }
        all.settle(VALUES);
        all.facts
    }

    fn mentions(&self) -> Mentions<'a> {
        Mentions::new(self.plan, self.record, self.day)
    }

    /// Facts.
    fn supply(&mut self, settled: &Set) {
        let plan = self.plan;
        // For each fact what is mentioned together with it, and by which requirements.
        let count = plan.parts().facts.len();
        let mut with: Vec<Option<Mentions<'a>>> = vec![None; count];
        let mut by: Vec<Vec<NodeId>> = vec![Vec::new(); count];
        for id in self.nodes.clone() {
            let mut own = self.mentions();
            if let Some(node) = plan.node(id) {
                own.form(&node.form);
            }
            self.whole &= own.settle(VALUES);
            for fact in own.facts.iter().filter(|fact| !settled.has(fact.index())) {
                if let (Some(all), Some(by)) =
                    (with.get_mut(fact.index()), by.get_mut(fact.index()))
                {
                    all.get_or_insert_with(|| self.mentions()).add(&own);
                    by.push(id);
                }
            }
        }
        let facts = (0..).map(FactId).zip(&plan.parts().facts);
        for ((id, field), (with, by)) in facts.zip(with.into_iter().zip(by)) {
            let Some(mut with) = with else { continue };
            self.whole &= with.settle(VALUES);
            let own = self.record.fact(id);
            let values = with.values(&field.ty, own.clone());
            let mut values: Vec<_> = values.into_iter().map(Slot::Value).collect();
            if field.ty == Type::Text {
                values.push(Slot::Fresh);
            }
            values.retain(
                |value| !matches!((value, &own), (Slot::Value(value), Some(own)) if value == own),
            );
            let room = (self.most / 2).saturating_sub(self.acts.len());
            self.whole &= values.len() <= room;
            values.truncate(room);
            let places = self.acts.len()..self.acts.len() + values.len();
            self.acts
                .extend(values.into_iter().map(|value| Act::Supply(id, value)));
            for leaf in by {
                if let Some(leaf) = self.leaves.get_mut(leaf.index()) {
                    places.clone().for_each(|place| leaf.facts.insert(place));
                }
            }
        }
    }

    /// Records of every kind that is asked for.
    fn records(&mut self) {
        let plan = self.plan;
        let mut kinds = vec![Vec::new(); plan.parts().kinds.len()];
        for id in &self.nodes {
            if let Some(Form::Records(records)) = plan.node(*id).map(|node| &node.form)
                && let Some(leaves) = kinds.get_mut(records.kind.index())
            {
                leaves.push((*id, records));
            }
        }
        let mut tried = Vec::new();
        for (kind, leaves) in (0..).map(KindId).zip(kinds) {
            if !leaves.is_empty() {
                tried.push(self.kind(kind, leaves));
            }
        }
        self.sort_out(tried);
    }

    /// Records of a kind, as the requirements on it may look at them.
    fn kind(&mut self, kind: KindId, leaves: Vec<(NodeId, &'a Records)>) -> Tried<'a> {
        let plan = self.plan;
        let mut all = self.mentions();
        let mut filed = vec![None];
        let mut apart = Vec::new();
        for (id, records) in &leaves {
            let mut own = self.mentions();
            if let Some(node) = plan.node(*id) {
                own.form(&node.form);
            }
            all.add(&own);
            filed.push(records.competency);
            apart.extend(told_apart(records, &own, &self.mentions()));
        }
        crate::order::sort(&mut filed);
        filed.dedup();
        crate::order::sort(&mut apart);
        apart.dedup();
        self.whole &= all.settle(VALUES) && !all.beyond && all.fields.len() <= FIELDS;
        all.fields.truncate(FIELDS);
        let mut domains: Vec<(u32, Vec<Slot>)> = Vec::new();
        let declared = plan.parts().kinds.get(kind.index());
        for field in &all.fields {
            let Some(ty) = declared.and_then(|it| it.fields.get(*field as usize)) else {
                continue;
            };
            let ty = &ty.ty;
            let mut values: Vec<_> = all.values(ty, None).into_iter().map(Slot::Value).collect();
            let same = leaves
                .iter()
                .any(|(_, it)| it.spread == Some(Spread::Same(crate::plan::Source::Field(*field))));
            for value in self.held(kind, *field) {
                if let Constant::Text(text) = &value {
                    self.taken.push(text.clone());
                }
                if same && !values.contains(&Slot::Value(value.clone())) {
                    if values.len() < ENTRIES {
                        values.push(Slot::Value(value));
                    } else {
                        self.whole = false;
                    }
                }
            }
            if *ty == Type::Text {
                values.push(Slot::Fresh);
                if same {
                    values.push(Slot::Value(Constant::Text(SAME.to_owned())));
                }
            }
            domains.push((*field, values));
        }
        let most = (2 * self.room / leaves.len().max(1)).clamp(ACTS, SHAPES);
        while shapes(&domains, filed.len()) > most {
            self.whole = false;
            let largest = domains.iter_mut().max_by_key(|(_, values)| values.len());
            match largest.filter(|(_, values)| !values.is_empty()) {
                Some((_, largest)) => largest.truncate(largest.len() / 2),
                None => break,
            }
        }
        self.whole &= filed.len() <= most;
        let mut acts: Vec<Act> = Vec::new();
        for fields in fillings(&domains, usize::MAX) {
            let submit = |filed: &Option<CompetencyId>| Act::Submit(kind, *filed, fields.clone());
            acts.extend(filed.iter().take(most).map(submit));
        }
        self.entries(kind, &domains, &mut acts);
        let rows = self.record.rows(kind) * (1 + domains.len());
        let held = domains.len() * HELD * HELD / 8;
        let looked = acts.len() * (8 + domains.len() + leaves.len());
        self.looks += (rows / 4 + held + looked + 16 * leaves.len()) as u64;
        Tried {
            kind,
            leaves,
            apart,
            acts,
        }
    }

    /// The values of a field on the record, each once; of very many some.
    fn held(&self, kind: KindId, field: u32) -> Vec<Constant> {
        let mut values: Vec<Constant> = Vec::new();
        let rows = u32::try_from(self.record.rows(kind)).unwrap_or(u32::MAX);
        for row in (0..rows).rev().take(HELD) {
            let value = self.record.value(RecordRef { kind, row }, field);
            values.extend(value.filter(|value| !values.contains(value)));
        }
        values
    }

    /// What is under review or lacks something.
    fn entries(&mut self, kind: KindId, domains: &[(u32, Vec<Slot>)], acts: &mut Vec<Act>) {
        let rows = u32::try_from(self.record.rows(kind)).unwrap_or(u32::MAX);
        let mut looked_at = 0;
        for row in (0..rows).rev() {
            let at = RecordRef { kind, row };
            let exists = self.record.date(at).is_some_and(|date| date <= self.day)
                && self
                    .record
                    .submitted(at)
                    .is_none_or(|date| date <= self.day)
                && self.record.decided(at).is_none_or(|date| date <= self.day)
                && self.record.expires(at).is_none_or(|date| date >= self.day);
            let status = self.record.status(at).filter(|_| exists);
            let review = status == Some(Status::UnderReview);
            if !review && status != Some(Status::Accepted) {
                continue;
            }
            let lacking: Vec<_> = domains
                .iter()
                .filter(|(field, _)| self.record.value(at, *field).is_none())
                .cloned()
                .collect();
            if !review && lacking.is_empty() {
                continue;
            }
            looked_at += 1;
            if looked_at > ENTRIES {
                self.whole = false;
                break;
            }
            self.whole &= shapes(&lacking, 1) <= FILLINGS;
            let fillings = fillings(&lacking, FILLINGS);
            acts.extend(
                fillings
                    .into_iter()
                    .filter(|fields| review || !fields.is_empty())
                    .map(|fields| Act::Fill(at, review, fields)),
            );
        }
    }

    /// Keeps the actions that a requirement looks at, one of each way to be looked at.
    fn sort_out(&mut self, tried: Vec<Tried<'a>>) {
        let plan = self.plan;
        let mut builder = RecordBuilder::new(plan);
        for fact in (0..).map(FactId).take(plan.parts().facts.len()) {
            if let Some(value) = self.record.fact(fact) {
                // It is of its type: it was on a record.
                let _known = builder.fact(fact, value);
            }
        }
        for credential in self.record.credentials() {
            let _known = builder.credential(credential.clone());
        }
        for post in self.record.posts() {
            let _known = builder.post(post.clone());
        }
        for of_kind in &tried {
            for (place, act) in of_kind.acts.iter().enumerate() {
                let mut fresh = 0;
                let id = format!("{}-{place}", of_kind.kind.index());
                if let Some(evidence) = self.evidence(act, id, &mut fresh) {
                    let _known = builder.evidence(evidence);
                }
            }
        }
        let trial = builder.finish();
        let mut evaluator = Evaluator::new(plan);
        let outcome = evaluator.evaluate(&trial, self.day);
        self.looks += weight(plan, &trial) + evaluator.shared_out();
        for of_kind in tried {
            self.keep(of_kind, &trial, &outcome, &mut evaluator);
        }
    }

    /// Keeps those of one kind.
    fn keep(
        &mut self,
        tried: Tried<'a>,
        trial: &Record,
        outcome: &crate::outcome::Outcome,
        evaluator: &mut Evaluator<'a>,
    ) {
        let Tried {
            kind,
            leaves,
            apart,
            acts,
        } = tried;
        let mut looks = vec![Vec::new(); acts.len()];
        for (node, records) in &leaves {
            let rows = evaluator.looks(records, *node, trial, outcome);
            for (row, look) in (0u32..).zip(rows) {
                let id = trial.record_id(RecordRef { kind, row });
                let place = id.rsplit('-').next().and_then(|place| place.parse().ok());
                if let Some(own) = place.and_then(|place: usize| looks.get_mut(place)) {
                    own.push(look);
                }
            }
        }
        let depends = leaves.iter().any(|(id, _)| {
            let leaf = self.leaves.get(id.index());
            leaf.is_some_and(|leaf| !leaf.facts.is_empty())
        });
        let mut seen = HashSet::new();
        for (act, looks) in acts.into_iter().zip(looks) {
            if !depends && looks.iter().all(|(population, _)| !population.bit(0)) {
                continue;
            }
            if !seen.insert(signature(&act, &looks, &apart)) {
                continue;
            }
            if self.acts.len() >= self.most {
                self.whole = false;
                break;
            }
            let place = self.acts.len();
            let completes = matches!(act, Act::Fill(_, false, _));
            self.acts.push(act);
            for ((id, _), (population, matching)) in leaves.iter().zip(&looks) {
                let Some(leaf) = self.leaves.get_mut(id.index()) else {
                    continue;
                };
                let any = !leaf.facts.is_empty();
                if any || population.bit(1) {
                    leaf.belongs.insert(place);
                }
                if any || population.and(*matching).bit(0) {
                    leaf.hits.insert(place);
                }
                if completes && (any || population.bit(1)) {
                    leaf.completes.insert(place);
                }
            }
        }
    }

    /// Credentials under review.
    fn credentials(&mut self) {
        for (place, credential) in self.record.credentials().iter().enumerate() {
            let review = credential.status == Status::UnderReview
                && credential.issued <= self.day
                && credential.submitted.is_none_or(|date| date <= self.day);
            let act = self.acts.len();
            let set = self.credentials.get_mut(credential.competency.index());
            if act >= 2 * self.most {
                self.whole &= !review;
            } else if let Some(set) = set.filter(|_| review) {
                set.insert(act);
                self.acts.push(Act::Credential(place));
            }
        }
    }

    /// What can change each requirement.
    fn touched(&mut self) {
        let plan = self.plan;
        for id in self.nodes.clone() {
            let Some(node) = plan.node(id) else { continue };
            let mut all = Set::default();
            if let Some(leaf) = self.leaves.get(id.index()) {
                all.add(&leaf.belongs);
                all.add(&leaf.hits);
                all.add(&leaf.facts);
            }
            let mut below = children(&node.form).to_vec();
            if let Form::Competency(id) = &node.form {
                below.extend(
                    plan.parts()
                        .competencies
                        .get(id.index())
                        .and_then(|it| it.requirement),
                );
                all.add(self.credentials.get(id.index()).unwrap_or(&Set::default()));
            }
            below.extend(stage::below(plan.parts(), &node.form));
            for id in below {
                if let Some(set) = self.touch.get(id.index()) {
                    all.add(set);
                }
            }
            if let Some(set) = self.touch.get_mut(id.index()) {
                *set = all;
            }
        }
    }

    /// What an action takes, in millionths of an hour.
    pub(super) fn effort(&self, act: &Act) -> i64 {
        match act {
            Act::Submit(kind, ..) => {
                let kind = self.plan.parts().kinds.get(kind.index());
                kind.and_then(|kind| kind.effort).map_or(0, Decimal::micros)
            }
            _ => 0,
        }
    }

    /// What actions cost, waiting included.
    pub(super) fn spent(&self, waits: bool, acts: &[usize]) -> Cost {
        let effort = acts.iter().filter_map(|act| self.acts.get(*act));
        let effort = effort.fold(0i64, |all, act| all.saturating_add(self.effort(act)));
        (effort, acts.len() + usize::from(waits))
    }

    /// The value of a slot; each fresh one is another text.
    pub(super) fn value(&self, slot: &Slot, fresh: &mut usize) -> Constant {
        slot.value(fresh, &self.taken)
    }

    /// The piece of evidence that an action puts on the record.
    fn evidence(&self, act: &Act, id: String, fresh: &mut usize) -> Option<Evidence> {
        match act {
            Act::Submit(kind, filed, fields) => {
                let declared = self.plan.parts().kinds.get(kind.index())?;
                let mut all = vec![None; declared.fields.len()];
                self.put(&mut all, fields, fresh);
                Some(Evidence {
                    id,
                    kind: *kind,
                    date: self.day,
                    status: Status::Accepted,
                    competencies: filed.iter().copied().collect(),
                    expires: None,
                    submitted: None,
                    decided: None,
                    suspended: Vec::new(),
                    fields: all,
                })
            }
            Act::Fill(at, _, fields) => {
                let mut own = self.record.evidence(*at)?;
                self.put(&mut own.fields, fields, fresh);
                Some(Evidence {
                    id,
                    status: Status::Accepted,
                    ..own
                })
            }
            Act::Supply(..) | Act::Credential(_) => None,
        }
    }

    fn put(&self, all: &mut [Option<Constant>], fields: &[(u32, Slot)], fresh: &mut usize) {
        for (field, slot) in fields {
            if let Some(place) = all.get_mut(*field as usize) {
                *place = Some(self.value(slot, fresh));
            }
        }
    }

    /// An id for the so many-th record that is submitted.
    pub(super) fn id(&self, number: usize) -> String {
        let mut id = format!("next-{number}");
        while self.record.find(&id).is_some() {
            id.push('x');
        }
        id
    }

    /// The record with the actions done, in the order facts, entries, new records.
    pub(super) fn done<'b>(&self, acts: impl Iterator<Item = &'b Act> + Clone) -> Record {
        let mut record = self.record.clone();
        let mut fresh = 0;
        for act in acts.clone() {
            match act {
                Act::Supply(fact, slot) => {
                    let value = self.value(slot, &mut fresh);
                    let _fits = record.set_fact(self.plan, *fact, Some(&value));
                }
                Act::Fill(at, ..) => {
                    let id = self.record.record_id(*at).to_owned();
                    if let Some(evidence) = self.evidence(act, id, &mut fresh) {
                        let _fits = record.replace(self.plan, *at, evidence);
                    }
                }
                Act::Credential(at) => {
                    if let Some(own) = self.record.credentials().get(*at) {
                        let accepted = crate::record::Credential {
                            status: Status::Accepted,
                            ..own.clone()
                        };
                        let _fits = record.put_credential(self.plan, Some(*at), accepted);
                    }
                }
                Act::Submit(..) => {}
            }
        }
        let new = acts.filter(|act| matches!(act, Act::Submit(..)));
        for (number, act) in (1..).zip(new) {
            if let Some(evidence) = self.evidence(act, self.id(number), &mut fresh) {
                let _fits = record.add(self.plan, evidence);
            }
        }
        record
    }
}

/// The fields by which a requirement tells apart records that it looks at alike: those of a spread, of a figure, and where a
/// fact may come to be another, all.
fn told_apart(records: &Records, own: &Mentions<'_>, none: &Mentions<'_>) -> Vec<u32> {
    if !own.facts.is_empty() {
        return own.fields.clone();
    }
    let mut apart = none.clone();
    apart.kind = Some(records.kind);
    if let Measure::Aggregate(_, _, _, value) = &records.measure {
        apart.value(value);
    }
    if let Some(Spread::Different(source) | Spread::Same(source)) = records.spread {
        apart.source(source);
    }
    if let Some(attempts) = records.attempts {
        apart.source(attempts.key);
        attempts.highest.into_iter().for_each(|of| apart.source(of));
    }
    apart.fields
}

/// What tells an action apart from others: the entry, how requirements look at it, and the values of some fields.
fn signature(act: &Act, looks: &[(Truth, Truth)], apart: &[u32]) -> (Vec<u8>, String) {
    let (mut said, fields) = match act {
        Act::Fill(at, review, fields) => (format!("{}:{review}", at.row), fields.as_slice()),
        Act::Submit(_, _, fields) => (String::new(), fields.as_slice()),
        Act::Supply(..) | Act::Credential(_) => (String::new(), [].as_slice()),
    };
    let mut looked_at = Vec::with_capacity(2 * looks.len());
    for (population, matching) in looks {
        looked_at.extend([population.byte(), population.and(*matching).byte()]);
    }
    for field in apart {
        let slot = fields.iter().find(|(own, _)| own == field);
        said.push_str(&format!("/{field}={:?}", slot.map(|(_, slot)| slot)));
    }
    (looked_at, said)
}

/// How many ways there are to fill fields, each of which may be left out.
fn shapes(domains: &[(u32, Vec<Slot>)], times: usize) -> usize {
    domains.iter().fold(times, |all, (_, values)| {
        all.saturating_mul(values.len() + 1)
    })
}

/// The ways to fill fields, those with the fewest first.
fn fillings(domains: &[(u32, Vec<Slot>)], most: usize) -> Vec<Vec<(u32, Slot)>> {
    let mut all: Vec<Vec<(u32, Slot)>> = vec![Vec::new()];
    for (field, values) in domains {
        let with: Vec<_> = all
            .iter()
            .flat_map(|fields| {
                values.iter().map(move |value| {
                    let mut fields = fields.clone();
                    fields.push((*field, value.clone()));
                    fields
                })
            })
            .collect();
        all.extend(with);
        all.truncate(most);
    }
    crate::order::sort_by(&mut all, |one, other| one.len().cmp(&other.len()));
    all
}
