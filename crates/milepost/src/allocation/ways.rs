//! Ways to give records to requirements, one step after the other. In: what each requirement asks for. Out: whether one more can
//! be served if others are moved, and whether a set of requirements blocks without one of them.
//!
//! For requirements and records that a person could go through, and on purpose as plain as it can be said: whoever lacks a
//! record asks everybody who has one that would do to take another.

/// What a requirement asks for: so many records, each out of another of these lists.
#[derive(Clone, Debug)]
pub(super) struct Asks {
    pub(super) asked: u64,
    /// The records that may count, those of one value together.
    slots: Vec<Vec<usize>>,
    /// The slot of each record, by record.
    places: Vec<(usize, usize)>,
}

impl Asks {
    pub(super) fn new(asked: u64, slots: Vec<Vec<usize>>) -> Self {
        let numbered = slots.iter().enumerate();
        let mut places: Vec<(usize, usize)> = numbered
            .flat_map(|(slot, records)| records.iter().map(move |record| (*record, slot)))
            .collect();
        places.sort_unstable();
        Self {
            asked,
            slots,
            places,
        }
    }

    /// The slot of a record, if it may count.
    pub(super) fn slot_of(&self, record: usize) -> Option<usize> {
        let at = self.places.binary_search_by_key(&record, |(known, _)| *known);
        Some(self.places.get(at.ok()?)?.1)
    }

    /// The records that may count.
    pub(super) fn records(&self) -> impl Iterator<Item = usize> {
        self.places.iter().map(|(record, _)| *record)
    }

    /// How many these are.
    pub(super) const fn pairs(&self) -> u64 {
        self.places.len() as u64
    }
}

/// Who is given what.
#[derive(Clone, Debug)]
pub(super) struct Ways<'a> {
    asks: Vec<&'a Asks>,
    /// For each requirement, the record that each of its slots holds.
    held: Vec<Vec<Option<usize>>>,
    /// The requirement and the slot that have a record.
    owners: Vec<Option<(usize, usize)>>,
}

/// Who would take a record: a requirement into a slot, and the record it would give up for it.
type Taker = (usize, usize, Option<usize>);

impl<'a> Ways<'a> {
    /// Nothing given yet, of so many records.
    pub(super) fn new(asks: Vec<&'a Asks>, records: usize) -> Self {
        let held = asks.iter().map(|asks| vec![None; asks.slots.len()]);
        Self {
            held: held.collect(),
            owners: vec![None; records],
            asks,
        }
    }

    /// Who has a record.
    pub(super) fn owner(&self, record: usize) -> Option<usize> {
        Some((*self.owners.get(record)?)?.0)
    }

    /// What a slot holds.
    pub(super) fn held(&self, of: usize, slot: usize) -> Option<usize> {
        *self.held.get(of)?.get(slot)?
    }

    /// Puts a record into a slot.
    pub(super) fn give(&mut self, to: usize, slot: usize, record: usize) {
        let slots = self.held.get_mut(to).and_then(|held| held.get_mut(slot));
        if let Some((held, owner)) = slots.zip(self.owners.get_mut(record)) {
            *held = Some(record);
            *owner = Some((to, slot));
        }
    }

    /// How many a requirement lacks.
    fn lacks(&self, of: usize) -> u64 {
        let given = self.held.get(of).map_or(0, |held| held.iter().flatten().count());
        self.asks.get(of).map_or(0, |asks| asks.asked.saturating_sub(given as u64))
    }

    /// Serves one more of any requirement, and says which; nothing if as many are served as can be.
    pub(super) fn serve_any(&mut self) -> Option<usize> {
        (0..self.asks.len()).find(|of| self.lacks(*of) > 0 && self.serve(*of))
    }

    /// Serves one more of a requirement, if that can be done.
    fn serve(&mut self, of: usize) -> bool {
        let mut takers: Vec<Option<Taker>> = vec![None; self.owners.len()];
        let mut looked = vec![false; self.asks.len()];
        let mut queue = vec![(of, None)];
        let mut at = 0;
        while let Some((of, gives_up)) = queue.get(at).copied() {
            at += 1;
            let Some((asks, looked)) = self.asks.get(of).zip(looked.get_mut(of)) else {
                continue;
            };
            // Whoever gives a record up may take another of the same value, or of one it has nothing of.
            let same = gives_up.and_then(|record| asks.slot_of(record));
            let anew = !std::mem::replace(looked, true);
            let all = if anew { 0..asks.slots.len() } else { 0..0 };
            let free = all.filter(|slot| self.held(of, *slot).is_none());
            for slot in same.into_iter().chain(free) {
                for record in asks.slots.get(slot).into_iter().flatten() {
                    let Some(taker @ None) = takers.get_mut(*record) else {
                        continue;
                    };
                    *taker = Some((of, slot, gives_up));
                    match self.owners.get(*record) {
                        Some(Some((other, _))) => queue.push((*other, Some(*record))),
                        _ => {
                            self.move_on(*record, &takers);
                            return true;
                        }
                    }
                }
            }
        }
        false
    }

    /// Gives a record that nobody has to who would take it, what that one gives up to the next, and so on.
    fn move_on(&mut self, mut record: usize, takers: &[Option<Taker>]) {
        while let Some((to, slot, gives_up)) = takers.get(record).copied().flatten() {
            if let Some(left) = gives_up.and_then(|left| self.owners.get(left).copied()?) {
                let held = self.held.get_mut(left.0);
                if let Some(held) = held.and_then(|held| held.get_mut(left.1)) {
                    *held = None;
                }
            }
            self.give(to, slot, record);
            match gives_up {
                Some(left) => record = left,
                None => return,
            }
        }
    }

    /// The first of some requirements without which the others cannot be served either.
    pub(super) fn needless(asks: &[&'a Asks], records: usize) -> Option<usize> {
        let mut all = Self::new(asks.to_vec(), records);
        while all.serve_any().is_some() {}
        (0..asks.len()).find(|left_out| {
            let mut others = all.clone();
            others.release(*left_out);
            (0..asks.len())
                .filter(|other| other != left_out)
                .any(|other| !others.serve_all(other))
        })
    }

    /// Serves all that a requirement lacks, if that can be done.
    fn serve_all(&mut self, of: usize) -> bool {
        (0..self.lacks(of)).all(|_| self.serve(of))
    }

    /// Takes from a requirement what it is given.
    fn release(&mut self, of: usize) {
        for record in self.held.get_mut(of).into_iter().flatten() {
            if let Some(owner) = record.take().and_then(|it| self.owners.get_mut(it)) {
                *owner = None;
            }
        }
    }
}
