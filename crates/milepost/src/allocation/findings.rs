//! What does not hold of an outcome. In: one thing at a time with its place. Out: the list; what lies past the cap is counted.

use crate::wire::Problem;

/// So much is listed.
const LISTED: usize = 1_000;

/// What does not hold so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) listed: Vec<Problem>,
    pub(super) more: u64,
}

impl Findings {
    /// How much does not hold.
    pub(super) const fn len(&self) -> u64 {
        self.listed.len() as u64 + self.more
    }

    /// Adds something; it is put into words only if there is room for it.
    pub(super) fn add(&mut self, pointer: String, say: impl FnOnce() -> String) {
        if self.listed.len() >= LISTED {
            self.more += 1;
            return;
        }
        self.listed.push(Problem {
            pointer,
            message: say(),
            help: None,
            also: None,
            line: None,
            column: None,
        });
    }
}
