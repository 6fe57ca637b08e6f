//! Progress: steps met of steps asked, in hundredths of a step.

use super::exact::Exact;

/// Where hundredths of steps stop counting, whole steps of them.
const MOST: i128 = 9_007_199_254_740_900;

/// Steps met of steps asked, in hundredths of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    /// Met.
    pub met: i128,
    /// Asked.
    pub of: i128,
}

impl Steps {
    /// One step.
    #[must_use]
    pub const fn one() -> Self {
        Self { met: 0, of: 100 }
    }

    /// So many steps, of which the found ones are met.
    #[must_use]
    pub fn counted(found: i128, asked: i128) -> Self {
        let asked = asked.max(1);
        Self {
            met: (found.clamp(0, asked) * 100).min(MOST),
            of: (asked * 100).min(MOST),
        }
    }

    /// One step, of which a share is met.
    #[must_use]
    pub fn share(found: Exact, asked: Exact) -> Self {
        Self {
            met: i128::from(found.hundredths_of(asked)),
            of: 100,
        }
    }

    /// What is met has all its steps; what is not met and has them all loses one.
    #[must_use]
    pub fn settled(self, met: bool) -> Self {
        if met {
            Self {
                met: self.of,
                ..self
            }
        } else if self.met >= self.of {
            Self {
                met: self.of - 100,
                ..self
            }
        } else {
            self
        }
    }

    const fn left(self) -> i128 {
        self.of - self.met
    }
}

/// The sum; one step if there are none.
#[must_use]
pub fn sum(steps: &[Steps]) -> Steps {
    let mut sum = Steps { met: 0, of: 0 };
    for steps in steps {
        sum = Steps {
            met: (sum.met + steps.met).min(MOST),
            of: (sum.of + steps.of).min(MOST),
        };
    }
    Steps {
        of: sum.of.max(100),
        ..sum
    }
}

/// The sum of so many of them, those with the fewest left; of equals, the first written.
#[must_use]
pub fn easiest(steps: &[Steps], wanted: i128) -> Steps {
    let mut sorted = steps.to_vec();
    sorted.sort_by_key(|steps| steps.left());
    let mut taken = Vec::new();
    for steps in sorted {
        if (taken.len() as i128) < wanted {
            taken.push(steps);
        }
    }
    sum(&taken)
}
