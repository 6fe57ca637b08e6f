//! The first of all ways to share out. In: a network that serves as much as can be. Out: the same, its records given so that
//! the requirement written first has the earliest records that some best way gives it, then the second, and so on.
//!
//! Whether a record may be given otherwise is whether two nodes lie on a circle of what is left of the flow. That does not
//! depend on the way found so far, and as more is kept for good, circles only fall apart; so they are looked for anew only
//! when one that was there is gone.

use super::network::Network;

impl Network {
    /// Shares out anew, in the order of the requirements and of the records.
    pub(super) fn settle(&mut self) {
        let mut circles: Option<Vec<usize>> = None;
        for leaf in 0..self.leaves.len() {
            let mut pairs = self.pairs_of(leaf).to_vec();
            crate::order::sort(&mut pairs);
            for (record, slot) in pairs {
                if self.is_full(leaf) {
                    break;
                }
                if self.is_kept(record) || self.is_closed(slot) {
                    continue;
                }
                let held = self.slots.get(slot).and_then(|slot| slot.held);
                if held != Some(record) {
                    let circle = held.unwrap_or_else(|| self.node_of(leaf));
                    let apart = |circles: &Vec<usize>| circles.get(circle) != circles.get(record);
                    if circles.as_ref().is_some_and(apart) {
                        continue;
                    }
                    let Some(path) = self.path(record, circle) else {
                        circles = Some(self.circles());
                        continue;
                    };
                    self.walk(&path);
                    self.give(slot, record);
                }
                self.keep(leaf, slot, record);
            }
            self.finish(leaf);
        }
    }

    /// For each node, a number that those have in common which lie on one circle: Tarjan's components, with a stack of its own.
    fn circles(&self) -> Vec<usize> {
        let nodes = self.sink() + 1;
        let mut walk = Walk {
            number: vec![usize::MAX; nodes],
            low: vec![usize::MAX; nodes],
            circle: vec![usize::MAX; nodes],
            open: Vec::new(),
            seen: 0,
        };
        let mut path: Vec<(usize, usize)> = Vec::new();
        for start in 0..nodes {
            if walk.number.get(start) == Some(&usize::MAX) {
                walk.enter(start);
                path.push((start, 0));
            }
            while let Some((node, at)) = path.last_mut() {
                let node = *node;
                let step = self.step(node, *at);
                *at += 1;
                match step {
                    Some((to, _)) if walk.number.get(to) == Some(&usize::MAX) => {
                        walk.enter(to);
                        path.push((to, 0));
                    }
                    Some((to, _)) => walk.sees(node, to),
                    None => {
                        path.pop();
                        walk.leave(node);
                        if let Some((before, _)) = path.last() {
                            walk.returns(*before, node);
                        }
                    }
                }
            }
        }
        walk.circle
    }
}

/// What a walk in search of circles knows of each node.
struct Walk {
    /// When it was entered.
    number: Vec<usize>,
    /// The earliest entered that it leads to.
    low: Vec<usize>,
    /// Its circle, once that is complete.
    circle: Vec<usize>,
    /// Those entered whose circle is not complete.
    open: Vec<usize>,
    seen: usize,
}

impl Walk {
    fn enter(&mut self, node: usize) {
        for of in [&mut self.number, &mut self.low] {
            if let Some(of) = of.get_mut(node) {
                *of = self.seen;
            }
        }
        self.open.push(node);
        self.seen += 1;
    }

    /// A step to a node entered before.
    fn sees(&mut self, node: usize, to: usize) {
        if self.circle.get(to) == Some(&usize::MAX) {
            let number = self.number.get(to).copied().unwrap_or(usize::MAX);
            self.leads(node, number);
        }
    }

    /// Back from a node that was entered from another.
    fn returns(&mut self, before: usize, node: usize) {
        let low = self.low.get(node).copied().unwrap_or(usize::MAX);
        self.leads(before, low);
    }

    fn leads(&mut self, node: usize, number: usize) {
        if let Some(low) = self.low.get_mut(node) {
            *low = number.min(*low);
        }
    }

    fn leave(&mut self, node: usize) {
        if self.low.get(node) != self.number.get(node) {
            return;
        }
        while let Some(member) = self.open.pop() {
            if let Some(circle) = self.circle.get_mut(member) {
                *circle = node;
            }
            if member == node {
                break;
            }
        }
    }
}
