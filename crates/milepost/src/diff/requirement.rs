//! Requirements compared: one of each plan in; what the change can do, and the clauses that do it, out.
//!
//! Groups are compared as sets: what stayed the same finds itself wherever it stands, what has a label finds what is called
//! so now, and of the rest what asks of the same kind or fact goes together.

use std::collections::{BTreeMap, BTreeSet};

use milepost_engine::plan::{Comparison, Form, Held, Node, NodeId, Number};

use super::effect::Effect;
use super::shape::{Shape, counted, first, shape};
use super::subject::{Clause, Comparing};
use super::{condition, records};

/// What became of members: those that go together, those that are gone, and those that are new.
type Paired = (Vec<(NodeId, NodeId)>, Vec<NodeId>, Vec<NodeId>);

impl<'a> Comparing<'a> {
    fn node(&self, old: NodeId, new: NodeId) -> Option<(&'a Node, &'a Node)> {
        Some((self.old.node(old)?, self.new.node(new)?))
    }

    /// What the change from one requirement to another can do.
    pub(super) fn effect(&mut self, old: NodeId, new: NodeId) -> Effect {
        if let Some(known) = self.known.get(&(old, new)) {
            return *known;
        }
        if !self.bridge.spend(1) {
            return Effect::EITHER;
        }
        let effect = self.compare(old, new, &mut None);
        self.known.insert((old, new), effect);
        effect
    }

    /// The clauses that are responsible for the change from one requirement to another.
    pub(crate) fn clauses(&mut self, old: NodeId, new: NodeId) -> Vec<Clause> {
        let mut found = Some(Vec::new());
        if self.effect(old, new).any() {
            self.compare(old, new, &mut found);
        }
        found.unwrap_or_default()
    }

    /// Compares two requirements, and notes the clauses that changed if it is asked to.
    fn compare(&mut self, old: NodeId, new: NodeId, found: &mut Option<Vec<Clause>>) -> Effect {
        let Some((was, now)) = self.node(old, new) else {
            return Effect::EITHER;
        };
        let waived = self.waivable(old, new);
        if waived.any() {
            note(found, Some(old), Some(new), waived);
        }
        let own = match (&was.form, &now.form) {
            (Form::Competency(was), Form::Competency(now)) => {
                let same = self.bridge.competency(*was) == Some(*now);
                if same {
                    self.competency(*was)
                } else {
                    Effect::EITHER
                }
            }
            (Form::Role(was), Form::Role(now)) => {
                let same = self.bridge.role(*was) == Some(*now);
                if same {
                    self.role(*was)
                } else {
                    Effect::EITHER
                }
            }
            (Form::Stage(was), Form::Stage(now)) => {
                let same = self.bridge.stage(*was) == Some(*now);
                if same {
                    self.stage(*was)
                } else {
                    Effect::EITHER
                }
            }
            (Form::Records(was), Form::Records(now)) => records::effect(&self.bridge, was, now),
            (Form::Held(was), Form::Held(now)) => self.held(was, now),
            (Form::Condition(was), Form::Condition(now)) => {
                condition::over(&self.bridge, None, Some(was), Some(now))
            }
            _ => return waived.and(self.groups(old, new, found)),
        };
        if own.any() {
            note(found, Some(old), Some(new), own);
        }
        waived.and(own)
    }

    /// Compares two requirements of which one at least is made of others.
    fn groups(&mut self, old: NodeId, new: NodeId, found: &mut Option<Vec<Clause>>) -> Effect {
        let (was, now) = (shape(self.old, old), shape(self.new, new));
        match (was, now) {
            (Shape::All(was), Shape::All(now)) => {
                if was == [old] && now == [new] {
                    // Two that have nothing to do with one another.
                    note(found, Some(old), Some(new), Effect::EITHER);
                    return Effect::EITHER;
                }
                self.members(&was, &now, (Effect::GAINS, Effect::LOSES), found)
            }
            (Shape::Points(asked, was, worth), Shape::Points(asks, now, counts)) => {
                let bound = self.at_least(&asked, &asks);
                if bound.any() {
                    note(found, Some(old), Some(new), bound);
                }
                let paired = self.pairs(&was, &now);
                let worth = was.into_iter().zip(worth).collect();
                let counts = now.into_iter().zip(counts).collect();
                let points = self.worth(&paired.0, (&worth, &counts), found);
                let sides = (Effect::LOSES, Effect::GAINS);
                bound.and(points).and(self.together(paired, sides, found))
            }
            (Shape::None(was), Shape::None(now)) => {
                let mut inner = found.as_ref().map(|_| Vec::new());
                let sides = (Effect::LOSES, Effect::GAINS);
                let effect = self.members(&was, &now, sides, &mut inner).turned();
                for clause in inner.into_iter().flatten() {
                    note(found, clause.old, clause.new, clause.effect.turned());
                }
                effect
            }
            (Shape::Apart(was), Shape::Apart(now)) => {
                self.members(&was, &now, (Effect::GAINS, Effect::LOSES), found)
            }
            (Shape::All(was), Shape::Apart(now)) if was != [old] => {
                note(found, Some(old), Some(new), Effect::LOSES);
                let members = self.members(&was, &now, (Effect::GAINS, Effect::LOSES), found);
                members.and(Effect::LOSES)
            }
            (Shape::Apart(was), Shape::All(now)) if now != [new] => {
                note(found, Some(old), Some(new), Effect::GAINS);
                let members = self.members(&was, &now, (Effect::GAINS, Effect::LOSES), found);
                members.and(Effect::GAINS)
            }
            (
                was @ (Shape::All(_) | Shape::AtLeast(..)),
                now @ (Shape::All(_) | Shape::AtLeast(..)),
            ) => {
                let ((asked, was), (asks, now)) = (counted(was), counted(now));
                let number = self.at_least(&asked, &asks);
                if number.any() {
                    note(found, Some(old), Some(new), number);
                }
                number.and(self.members(&was, &now, (Effect::LOSES, Effect::GAINS), found))
            }
            _ => {
                note(found, Some(old), Some(new), Effect::EITHER);
                Effect::EITHER
            }
        }
    }

    /// The effect of asking for another number at least.
    fn at_least(&self, asked: &Number, asks: &Number) -> Effect {
        let at_least = Comparison::GreaterOrEqual;
        let asked = self.bridge.over(None).number(asked);
        asked.map_or(Effect::EITHER, |asked| {
            condition::bound((at_least, &asked), (at_least, asks))
        })
    }

    /// The effect of other points for the same.
    fn worth(
        &self,
        pairs: &[(NodeId, NodeId)],
        (worth, counts): (&BTreeMap<NodeId, u32>, &BTreeMap<NodeId, u32>),
        found: &mut Option<Vec<Clause>>,
    ) -> Effect {
        let mut effect = Effect::NONE;
        for (old, new) in pairs {
            let own = match worth.get(old).cmp(&counts.get(new)) {
                std::cmp::Ordering::Equal => Effect::NONE,
                std::cmp::Ordering::Less => Effect::GAINS,
                std::cmp::Ordering::Greater => Effect::LOSES,
            };
            if own.any() {
                note(found, Some(*old), Some(*new), own);
            }
            effect = effect.and(own);
        }
        effect
    }

    /// The effect of asking that other posts were held, or for another time.
    fn held(&self, old: &Held, new: &Held) -> Effect {
        let stage = match old.stage {
            Some(stage) => self.bridge.stage(stage).map(Some),
            None => Some(None),
        };
        let same = self.bridge.same_posts(old.role, new.role);
        if !same || stage != Some(new.stage) || !self.bridge.same_year() {
            return Effect::EITHER;
        }
        let row = match (old.consecutive, new.consecutive) {
            (false, true) => Effect::LOSES,
            (true, false) => Effect::GAINS,
            _ => Effect::NONE,
        };
        row.and(self.at_least(&old.bound, &new.bound))
    }

    /// Compares the members of two groups. `sides` is what one that is gone and one that is new can do.
    fn members(
        &mut self,
        old: &[NodeId],
        new: &[NodeId],
        sides: (Effect, Effect),
        found: &mut Option<Vec<Clause>>,
    ) -> Effect {
        let paired = self.pairs(old, new);
        self.together(paired, sides, found)
    }

    fn together(
        &mut self,
        (pairs, was, now): Paired,
        (gone, added): (Effect, Effect),
        found: &mut Option<Vec<Clause>>,
    ) -> Effect {
        let mut effect = Effect::NONE;
        for (old, new) in pairs {
            let own = self.effect(old, new);
            if own.any() && found.is_some() {
                self.compare(old, new, found);
            }
            effect = effect.and(own);
        }
        for old in was {
            note(found, Some(old), None, gone);
            effect = effect.and(gone);
        }
        for new in now {
            note(found, None, Some(new), added);
            effect = effect.and(added);
        }
        effect
    }

    /// Which members go together, and those that are gone and new.
    fn pairs(&mut self, old: &[NodeId], new: &[NodeId]) -> Paired {
        let mut pairs = Vec::new();
        let (mut was, mut now) = (old.to_vec(), new.to_vec());
        self.pair(&mut pairs, &mut was, &mut now, |it, old, new| {
            it.topic(old, new) && !it.effect(old, new).any()
        });
        let mut left: BTreeSet<NodeId> = now.iter().copied().collect();
        was.retain(
            |old| match self.called(*old).filter(|new| left.remove(new)) {
                Some(new) => {
                    pairs.push((*old, new));
                    false
                }
                None => true,
            },
        );
        now.retain(|new| left.contains(new));
        self.pair(&mut pairs, &mut was, &mut now, Self::topic);
        (pairs, was, now)
    }

    /// What is called now as this is, if it has a label.
    fn called(&self, old: NodeId) -> Option<NodeId> {
        let address = &self.old.node(old)?.address;
        let last = address.rsplit('.').next()?;
        if last.contains('/') {
            return None;
        }
        self.new.requirement(address)
    }

    /// Pairs those of which something holds, in the order written.
    fn pair(
        &mut self,
        pairs: &mut Vec<(NodeId, NodeId)>,
        was: &mut Vec<NodeId>,
        now: &mut Vec<NodeId>,
        holds: impl Fn(&mut Self, NodeId, NodeId) -> bool,
    ) {
        was.retain(|old| {
            let holds = |new: &NodeId| self.bridge.spend(1) && holds(self, *old, *new);
            let at = now.iter().position(holds);
            pairs.extend(at.map(|at| (*old, now.remove(at))));
            at.is_none()
        });
    }

    /// Whether two requirements are about the same.
    fn topic(&mut self, old: NodeId, new: NodeId) -> bool {
        let Some((was, now)) = self.node(old, new) else {
            return false;
        };
        match (&was.form, &now.form) {
            (Form::Competency(was), Form::Competency(now)) => {
                self.bridge.competency(*was) == Some(*now)
            }
            (Form::Role(was), Form::Role(now)) => self.bridge.role(*was) == Some(*now),
            (Form::Stage(was), Form::Stage(now)) => self.bridge.stage(*was) == Some(*now),
            (Form::Records(was), Form::Records(now)) => {
                self.bridge.kind(was.kind) == Some(now.kind)
            }
            (Form::Held(was), Form::Held(now)) => self.bridge.role(was.role) == Some(now.role),
            (Form::Condition(was), Form::Condition(now)) => {
                match (first(was), first(now)) {
                    // Days of posts, and of the school year.
                    (None, None) => true,
                    (was, now) => {
                        let was = was.and_then(|it| self.bridge.over(None).source(it));
                        was.is_some() && was == now
                    }
                }
            }
            (was, now) => !was.children().is_empty() && !now.children().is_empty(),
        }
    }

    /// The effect of others who may waive it, or of waivers that no longer find it.
    fn waivable(&self, old: NodeId, new: NodeId) -> Effect {
        let Some((was, now)) = self.node(old, new) else {
            return Effect::EITHER;
        };
        let missing = |these: &Node, those: &Node| {
            let those: BTreeSet<&String> = those.waivable.iter().collect();
            these.waivable.iter().any(|it| !those.contains(it))
        };
        let mut effect = Effect::NONE;
        effect.loses = missing(was, now);
        effect.gains = missing(now, was);
        // A waiver of the old one has to find the new one.
        if !was.waivable.is_empty() && self.new.requirement(&was.address) != Some(new) {
            effect = Effect::EITHER;
        }
        effect
    }
}

fn note(found: &mut Option<Vec<Clause>>, old: Option<NodeId>, new: Option<NodeId>, effect: Effect) {
    if let Some(found) = found {
        found.push(Clause { old, new, effect });
    }
}
