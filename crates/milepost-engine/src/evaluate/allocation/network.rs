//! Who may be given what. In: requirements, each with how many records it asks for and which may serve it, those of one
//! value in one place. Out: a way to give each record to at most one of them, and each place at most one record, that
//! serves as many steps as can be served.
//!
//! It is a flow: from the source to each requirement as much as it asks, from there one to each of its places, from a place
//! one to a record in it, from each record one to the sink. Steps along what is left of it are walked breadth first.

use std::cell::Cell;
use std::ops::Range;

use crate::order::Placed;

/// The place of a step that goes to no record.
const NOWHERE: usize = usize::MAX;

/// A requirement that asks for records.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    /// How many it asks for; what none could serve counts once.
    pub(super) asked: usize,
    /// How many it is given.
    pub(super) given: usize,
    /// How many of those it keeps for good.
    kept: usize,
    /// Whether it is settled what it is given.
    done: bool,
    /// Its slots.
    pub(super) slots: Range<usize>,
    /// The records that may serve it, slot by slot.
    pairs: Range<usize>,
}

/// Records of which one may serve a requirement: those of one value, or a single one.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) leaf: usize,
    pairs: Range<usize>,
    /// The record that serves it.
    pub(super) held: Option<usize>,
    /// Whether that is for good.
    closed: bool,
}

/// The requirements and the records, by their places, and who is given what.
#[derive(Clone, Debug)]
pub(super) struct Network {
    pub(super) leaves: Vec<Leaf>,
    pub(super) slots: Vec<Slot>,
    /// The record and the slot of each pair.
    pairs: Vec<(usize, usize)>,
    /// The slot a record serves.
    owner: Vec<Option<usize>>,
    /// Whether it does for good.
    kept: Vec<bool>,
    /// How many steps were looked at.
    looked_at: Cell<u64>,
}

/// A step: from where, to where, and the slot through which a record is reached.
type Step = (usize, usize, usize);

impl Network {
    /// A network of so many records and no requirements.
    pub(super) fn new(records: usize) -> Self {
        Self {
            leaves: Vec::new(),
            slots: Vec::new(),
            pairs: Vec::new(),
            owner: vec![None; records],
            kept: vec![false; records],
            looked_at: Cell::new(0),
        }
    }

    /// Adds a requirement. Those `serving` it come with the first record of their value, and in that order.
    pub(super) fn add(&mut self, asked: u64, serving: &[Placed]) {
        let leaf = self.leaves.len();
        let (first_slot, first_pair) = (self.slots.len(), self.pairs.len());
        for together in serving.chunk_by(|(one, _), (other, _)| one == other) {
            let (slot, start) = (self.slots.len(), self.pairs.len());
            let records = together.iter().map(|(_, record)| *record as usize);
            self.pairs.extend(records.map(|record| (record, slot)));
            self.slots.push(Slot {
                leaf,
                pairs: start..self.pairs.len(),
                held: None,
                closed: false,
            });
        }
        let slots = first_slot..self.slots.len();
        self.leaves.push(Leaf {
            asked: usize::try_from(asked)
                .map_or(slots.len() + 1, |asked| asked.min(slots.len() + 1)),
            given: 0,
            kept: 0,
            done: false,
            slots,
            pairs: first_pair..self.pairs.len(),
        });
    }

    /// The same of some requirements alone, nothing given yet.
    pub(super) fn of(&self, leaves: &[usize]) -> Self {
        let mut part = Self::new(self.owner.len());
        for leaf in leaves.iter().filter_map(|leaf| self.leaves.get(*leaf)) {
            let slots = self.slots.get(leaf.slots.clone()).unwrap_or_default();
            let mut serving: Vec<Placed> = Vec::with_capacity(leaf.pairs.len());
            for slot in slots {
                let first = self.pairs.get(slot.pairs.start).map_or(0, |pair| pair.0);
                let records = self.records(slot);
                serving.extend(records.map(|record| (first as i64, record as u32)));
            }
            part.add(leaf.asked as u64, &serving);
        }
        part
    }

    /// How many records may serve how many requirements, all pairs of them.
    pub(super) const fn pairs(&self) -> usize {
        self.pairs.len()
    }

    /// How many steps were looked at to serve them.
    pub(super) const fn looked_at(&self) -> u64 {
        self.looked_at.get()
    }

    /// How many steps could be served at most, if nothing were contested.
    pub(super) fn at_most(&self) -> usize {
        let leaves = self.leaves.iter();
        leaves.map(|leaf| leaf.asked.min(leaf.slots.len())).sum()
    }

    /// Whether every requirement is served.
    pub(super) fn is_served(&self) -> bool {
        self.leaves.iter().all(|leaf| leaf.given >= leaf.asked)
    }

    /// The records of a slot, in their order.
    pub(super) fn records(&self, slot: &Slot) -> impl Iterator<Item = usize> + '_ {
        let pairs = self.pairs.get(slot.pairs.clone()).unwrap_or_default();
        pairs.iter().map(|(record, _)| *record)
    }

    /// Serves as many steps as can be served.
    pub(super) fn serve(&mut self) {
        for leaf in 0..self.leaves.len() {
            self.take_first(leaf);
        }
        self.exchange();
    }

    /// Serves more, as long as exchanging what was given allows it.
    fn exchange(&mut self) {
        while let Some(path) = self.path(self.source(), self.sink()) {
            self.walk(&path);
        }
    }

    /// Gives a requirement the first records that nobody has.
    fn take_first(&mut self, leaf: usize) {
        let Some(known) = self.leaves.get_mut(leaf).filter(|it| !it.done) else {
            return;
        };
        for (record, slot) in self.pairs.get(known.pairs.clone()).unwrap_or_default() {
            if known.given >= known.asked {
                break;
            }
            let places = self.owner.get_mut(*record).zip(self.slots.get_mut(*slot));
            if let Some((
                owner @ None,
                Slot {
                    held: held @ None, ..
                },
            )) = places
            {
                (*owner, *held) = (Some(*slot), Some(*record));
                known.given += 1;
            }
        }
    }

    const fn source(&self) -> usize {
        self.owner.len() + self.leaves.len()
    }

    pub(super) const fn sink(&self) -> usize {
        self.source() + 1
    }

    pub(super) const fn node_of(&self, leaf: usize) -> usize {
        self.owner.len() + leaf
    }

    /// One of the steps from a node, counted from 0; a step to itself is none.
    pub(super) fn step(&self, node: usize, at: usize) -> Option<(usize, usize)> {
        let nothing = Some((node, NOWHERE));
        let records = self.owner.len();
        if node < records {
            let Some(owner) = self.owner.get(node).copied().flatten() else {
                return (at == 0).then_some((self.sink(), NOWHERE));
            };
            let slot = self.slots.get(owner)?;
            if slot.closed || at > slot.pairs.len() {
                return None;
            }
            return match self.pairs.get(slot.pairs.clone())?.get(at) {
                Some((record, _)) if self.is_kept(*record) => nothing,
                Some((record, _)) => Some((*record, owner)),
                None => Some((self.node_of(slot.leaf), NOWHERE)),
            };
        }
        if let Some(leaf) = self.leaves.get(node - records) {
            if at > leaf.pairs.len() {
                return None;
            }
            return match self.pairs.get(leaf.pairs.clone())?.get(at) {
                Some((record, slot)) => {
                    let full = self.slots.get(*slot)?;
                    if leaf.done || full.held.is_some() || self.is_kept(*record) {
                        return nothing;
                    }
                    Some((*record, *slot))
                }
                None if leaf.given > leaf.kept => Some((self.source(), NOWHERE)),
                None => nothing,
            };
        }
        if node == self.source() {
            let leaf = self.leaves.get(at)?;
            if leaf.given < leaf.asked && !leaf.done {
                return Some((self.node_of(at), NOWHERE));
            }
            return nothing;
        }
        match (self.owner.get(at)?, self.is_kept(at)) {
            (Some(_), false) => Some((at, NOWHERE)),
            _ => nothing,
        }
    }

    pub(super) fn is_kept(&self, record: usize) -> bool {
        self.kept.get(record).copied().unwrap_or(true)
    }

    /// For each node, how it is reached from one of them: from where, and through which slot.
    fn reached(&self, from: usize, to: Option<usize>) -> Vec<Option<(usize, usize)>> {
        let mut reached = vec![None; self.sink() + 1];
        let mut queue = vec![from];
        let mut next = 0;
        let mut looked_at = self.looked_at.get();
        if let Some(start) = reached.get_mut(from) {
            *start = Some((from, NOWHERE));
        }
        while let Some(node) = queue.get(next).copied() {
            next += 1;
            let mut at = 0;
            while let Some((reaches, slot)) = self.step(node, at) {
                at += 1;
                looked_at += 1;
                self.looked_at.set(looked_at);
                if let Some(place @ None) = reached.get_mut(reaches) {
                    *place = Some((node, slot));
                    if to == Some(reaches) {
                        return reached;
                    }
                    queue.push(reaches);
                }
            }
        }
        reached
    }

    /// The steps from one node to another, the last first.
    pub(super) fn path(&self, from: usize, to: usize) -> Option<Vec<Step>> {
        let reached = self.reached(from, Some(to));
        let mut path = Vec::new();
        let mut node = to;
        while node != from {
            let (before, slot) = reached.get(node).copied().flatten()?;
            path.push((before, node, slot));
            node = before;
        }
        Some(path)
    }

    /// Gives records anew along a path.
    pub(super) fn walk(&mut self, path: &[Step]) {
        let records = self.owner.len();
        let left: Vec<usize> = path
            .iter()
            .filter(|(_, to, slot)| *slot == NOWHERE && (records..self.source()).contains(to))
            .filter_map(|(from, ..)| self.owner.get(*from).copied().flatten())
            .collect();
        for slot in left {
            self.empty(slot);
        }
        let sink = self.sink();
        for (_, record, _) in path.iter().filter(|(from, ..)| *from == sink) {
            if let Some(owner) = self.owner.get_mut(*record) {
                *owner = None;
            }
        }
        for (_, record, slot) in path.iter().filter(|(.., slot)| *slot != NOWHERE) {
            self.give(*slot, *record);
        }
    }

    fn empty(&mut self, slot: usize) {
        let Some(slot) = self.slots.get_mut(slot) else {
            return;
        };
        if slot.held.take().is_some()
            && let Some(leaf) = self.leaves.get_mut(slot.leaf)
        {
            leaf.given -= 1;
        }
    }

    pub(super) fn give(&mut self, slot: usize, record: usize) {
        let places = self.slots.get_mut(slot).zip(self.owner.get_mut(record));
        let Some((known, owner)) = places else { return };
        *owner = Some(slot);
        if known.held.replace(record).is_none()
            && let Some(leaf) = self.leaves.get_mut(known.leaf)
        {
            leaf.given += 1;
        }
    }
}

/// What is tried out of requirements that may be excused.
impl Network {
    /// Serves a requirement in full, and all others as far as before; whether that can be.
    pub(super) fn admit(&mut self, leaf: usize) -> bool {
        let asks_too_much = |leaf: &Leaf| leaf.slots.len() < leaf.asked;
        if self.leaves.get(leaf).is_none_or(asks_too_much) {
            return false;
        }
        if let Some(leaf) = self.leaves.get_mut(leaf) {
            leaf.done = false;
        }
        self.take_first(leaf);
        self.exchange();
        self.leaves
            .get(leaf)
            .is_some_and(|leaf| leaf.given >= leaf.asked)
    }

    /// Gives a requirement nothing, and takes back what it was given.
    pub(super) fn dismiss(&mut self, leaf: usize) {
        let Some(known) = self.leaves.get_mut(leaf) else {
            return;
        };
        (known.done, known.given) = (true, 0);
        for slot in self.slots.get_mut(known.slots.clone()).unwrap_or_default() {
            let held = slot.held.take();
            if let Some(owner) = held.and_then(|held| self.owner.get_mut(held)) {
                *owner = None;
            }
        }
    }
}

/// What settling and explaining look at.
impl Network {
    /// The pairs of a requirement.
    pub(super) fn pairs_of(&self, leaf: usize) -> &[(usize, usize)] {
        let leaf = self.leaves.get(leaf);
        let pairs = leaf.and_then(|leaf| self.pairs.get(leaf.pairs.clone()));
        pairs.unwrap_or_default()
    }

    /// What a requirement is given, in the order of the records.
    pub(super) fn given(&self, leaf: usize) -> Vec<usize> {
        let leaf = self.leaves.get(leaf);
        let slots = leaf.and_then(|leaf| self.slots.get(leaf.slots.clone()));
        let held = slots.unwrap_or_default().iter();
        let mut records: Vec<usize> = held.filter_map(|slot| slot.held).collect();
        crate::order::sort(&mut records);
        records
    }

    /// The requirements that whoever is not served competes with, and those themselves.
    pub(super) fn contested(&self) -> Vec<usize> {
        let reached = self.reached(self.source(), None);
        let is_reached = |leaf: &usize| matches!(reached.get(self.node_of(*leaf)), Some(Some(_)));
        (0..self.leaves.len()).filter(is_reached).collect()
    }

    /// Where too little comes through: records that may count once each, and slots, with their requirement, of whose other
    /// records one may. All requirements are contested.
    pub(super) fn cut(&self) -> (Vec<usize>, Vec<(usize, Vec<usize>)>) {
        let reached = self.reached(self.source(), None);
        let mut counts: Vec<bool> = (0..self.owner.len())
            .map(|record| matches!(reached.get(record), Some(Some(_))))
            .collect();
        let is_cut = |slot: &&Slot| {
            let held = slot.held.and_then(|held| reached.get(held));
            matches!(held, Some(None))
        };
        let single = |slot: &&Slot| slot.pairs.len() == 1;
        for slot in self.slots.iter().filter(is_cut).filter(single) {
            let own = slot.held.and_then(|held| counts.get_mut(held));
            own.into_iter().for_each(|counts| *counts = true);
        }
        let mut groups = Vec::new();
        for slot in self.slots.iter().filter(is_cut) {
            let others = self.records(slot);
            let others: Vec<usize> = others
                .filter(|it| counts.get(*it) == Some(&false))
                .collect();
            if !others.is_empty() {
                groups.push((slot.leaf, others));
            }
        }
        let records: Vec<usize> = (0..counts.len())
            .filter(|record| counts.get(*record) == Some(&true))
            .collect();
        (records, groups)
    }

    /// Whether a requirement keeps as much as it asks for.
    pub(super) fn is_full(&self, leaf: usize) -> bool {
        self.leaves
            .get(leaf)
            .is_none_or(|leaf| leaf.kept >= leaf.asked)
    }

    /// Whether a slot keeps the record it has.
    pub(super) fn is_closed(&self, slot: usize) -> bool {
        self.slots.get(slot).is_none_or(|slot| slot.closed)
    }

    /// Lets a requirement keep a record.
    pub(super) fn keep(&mut self, leaf: usize, slot: usize, record: usize) {
        if let Some(kept) = self.kept.get_mut(record) {
            *kept = true;
        }
        if let Some(slot) = self.slots.get_mut(slot) {
            slot.closed = true;
        }
        if let Some(leaf) = self.leaves.get_mut(leaf) {
            leaf.kept += 1;
        }
    }

    /// Nothing more is given to a requirement.
    pub(super) fn finish(&mut self, leaf: usize) {
        if let Some(leaf) = self.leaves.get_mut(leaf) {
            leaf.done = true;
        }
    }
}
