//! Progress: steps met of steps asked, in hundredths of a step.

use crate::outcome::Progress;

/// One step, in hundredths.
const STEP: u64 = 100;
/// Steps stop counting where every host can still hold them.
const MOST: u64 = 9_007_199_254_740_991 * STEP;

/// One step that is not met.
pub(super) const UNMET: Progress = Progress { met: 0, of: STEP };

impl Progress {
    /// So many steps of so many; at least one is asked.
    pub(super) fn steps(found: u64, asked: u64) -> Self {
        let asked = asked.max(1);
        let scaled = |steps: u64| steps.saturating_mul(STEP).min(MOST);
        Self {
            met: scaled(found.min(asked)),
            of: scaled(asked),
        }
    }

    /// One step, of which a share is met in whole hundredths.
    pub(super) fn share(found: i128, asked: i128) -> Self {
        if found >= asked {
            return Self {
                met: STEP,
                of: STEP,
            };
        }
        // Now 0 ≤ found < asked, unless there is nothing to take a share of.
        let parts = i128::from(STEP);
        let met = found
            .max(0)
            .checked_mul(parts)
            .and_then(|all| all.checked_div(asked));
        // So large that a hundredth of what is asked loses nothing that counts.
        let met = met.unwrap_or_else(|| found.max(0).checked_div(asked / parts).unwrap_or(0));
        Self {
            met: u64::try_from(met).unwrap_or(0).min(STEP),
            of: STEP,
        }
    }

    /// The sum of several, at least one step.
    pub(super) fn sum(all: impl Iterator<Item = Self>) -> Self {
        let sum = all.fold(Self { met: 0, of: 0 }, |sum, one| Self {
            met: sum.met.saturating_add(one.met).min(MOST),
            of: sum.of.saturating_add(one.of).min(MOST),
        });
        Self {
            of: sum.of.max(STEP),
            ..sum
        }
    }

    /// Steps left.
    pub(super) const fn left(self) -> u64 {
        self.of.saturating_sub(self.met)
    }

    /// The same steps, all of them met if it is met, and not all of them if it is not.
    pub(super) const fn settled(self, met: bool) -> Self {
        if met {
            Self {
                met: self.of,
                of: self.of,
            }
        } else if self.met >= self.of {
            Self {
                met: self.of.saturating_sub(STEP),
                of: self.of,
            }
        } else {
            self
        }
    }

    /// The share met in whole per cent, rounded down.
    #[must_use]
    pub fn percent(self) -> u8 {
        let percent = u128::from(self.met) * 100 / u128::from(self.of.max(1));
        u8::try_from(percent.min(100)).unwrap_or(100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_never_says_all_of_what_is_not_met() {
        assert_eq!(
            Progress::steps(5, 3).settled(false),
            Progress { met: 200, of: 300 }
        );
        assert_eq!(
            Progress::steps(1, 3).settled(true),
            Progress { met: 300, of: 300 }
        );
        assert_eq!(Progress::share(5, 5).settled(false).percent(), 0);
        assert_eq!(UNMET.settled(true).percent(), 100);
        assert_eq!(Progress::share(1, 3), Progress { met: 33, of: 100 });
        assert_eq!(Progress::share(-1, 3), Progress { met: 0, of: 100 });
        assert_eq!(Progress::steps(2, 3).percent(), 66);
    }

    #[test]
    fn steps_stop_counting_where_every_host_still_can() {
        let many = Progress::steps(u64::MAX, u64::MAX);
        assert_eq!(Progress::sum([many, many].into_iter()), many);
        assert_eq!(many.of, 900_719_925_474_099_100);
    }
}
