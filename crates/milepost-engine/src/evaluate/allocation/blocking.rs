//! Why not everybody can be served. In: a network that serves as much as can be, and not all. Out: requirements that
//! together ask for more than may count for any of them, and what may.

use super::network::Network;

/// Requirements that ask for more than there is, by their places, and what there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// The requirements, in their order.
    pub(super) leaves: Vec<usize>,
    /// Records that may each count once.
    pub(super) records: Vec<usize>,
    /// Records of which one may count, being of one value, for one requirement (by its place).
    pub(super) groups: Vec<(usize, Vec<usize>)>,
}

impl Network {
    /// One requirement that cannot be served alone if there is one, the first; else the first two that cannot together; else
    /// some of which none can be left out.
    pub(super) fn blocking(&self) -> Option<Block> {
        let contested = self.contested();
        let alone = contested.iter().find(|leaf| !self.is_enough(**leaf, 0));
        let leaves = match alone {
            Some(leaf) => vec![*leaf],
            None => match self.two(&contested) {
                Some(two) => two,
                None => self.fewest(contested),
            },
        };
        let mut part = self.of(&leaves);
        part.serve();
        if part.is_served() {
            return None;
        }
        let (records, groups) = part.cut();
        let of_part = |(place, records): (usize, _)| Some((*leaves.get(place)?, records));
        Some(Block {
            records,
            groups: groups.into_iter().filter_map(of_part).collect(),
            leaves,
        })
    }

    /// Whether so many values may serve a requirement as it asks for, and so many more.
    fn is_enough(&self, leaf: usize, more: usize) -> bool {
        let leaf = self.leaves.get(leaf);
        leaf.is_none_or(|leaf| leaf.slots.len() >= leaf.asked.saturating_add(more))
    }

    /// The first two requirements that cannot both be served.
    fn two(&self, leaves: &[usize]) -> Option<Vec<usize>> {
        let asked = |leaf: usize| self.leaves.get(leaf).map_or(0, |leaf| leaf.asked);
        for (place, one) in leaves.iter().enumerate() {
            for other in leaves.iter().skip(place + 1) {
                // Whoever has so many values that the other cannot take them all leaves the other alone.
                let enough =
                    self.is_enough(*one, asked(*other)) || self.is_enough(*other, asked(*one));
                let two = vec![*one, *other];
                if !enough && !self.serves(&two) {
                    return Some(two);
                }
            }
        }
        None
    }

    /// Leaves out, from the last on, whatever is not needed for the rest not to be served.
    fn fewest(&self, mut leaves: Vec<usize>) -> Vec<usize> {
        for place in (0..leaves.len()).rev() {
            let mut fewer = leaves.clone();
            fewer.remove(place);
            if !self.serves(&fewer) {
                leaves = fewer;
            }
        }
        leaves
    }

    fn serves(&self, leaves: &[usize]) -> bool {
        let mut part = self.of(leaves);
        part.serve();
        part.is_served()
    }
}
