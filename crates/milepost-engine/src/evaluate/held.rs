//! For how many school years posts were held: what is asked and the posts of the record in, the school years and what becomes
//! of the requirement out.
//!
//! A school year counts once it is over, if a post was held on more than half of its days.

use super::count::compare;
use super::plain;
use super::progress::UNMET;
use super::value::Scope;
use crate::date::Date;
use crate::outcome::{Amount, NodeOutcome, Progress};
use crate::plan::{Held, How};
use crate::truth::{BITS, Truth};

/// The school years that count, as runs of years that follow one another: the first and the last of each, in order.
pub(super) fn held_years(held: &Held, scope: Scope<'_>) -> Vec<(i32, i32)> {
    let parts = scope.plan.parts();
    let over = scope.year_start(scope.school_year(scope.as_of)).pred();
    let mut years = Years::default();
    let mut covered: Option<Date> = None;
    // No year that is over is known before the calendar begins.
    let posts = scope.record.begun(held.role, over);
    for (_, post) in posts.filter(|_| over < scope.as_of) {
        if held.stage.is_some() && post.stage(parts) != held.stage {
            continue;
        }
        let last = post.last_day(parts).map_or(over, |last| last.min(over));
        let from = covered.map_or(post.from, |day| post.from.max(day.succ()));
        if from <= last {
            years.days(scope, from, last);
            covered = Some(last);
        }
    }
    years.finish(scope)
}

/// What becomes of a requirement on posts.
pub(super) fn outcome(held: &Held, scope: Scope<'_>) -> NodeOutcome {
    let lengths = held_years(held, scope)
        .into_iter()
        .map(|(first, last)| u64::from(first.abs_diff(last)) + 1);
    let found = if held.consecutive {
        lengths.max().unwrap_or(0)
    } else {
        lengths.sum()
    };
    let known = Some(Amount::Count(found));
    let Some(bound) = scope.whole(&held.bound) else {
        return NodeOutcome {
            found: known,
            ..plain(Truth::UNKNOWN, UNMET)
        };
    };
    let asked = u64::try_from(bound.max(0)).unwrap_or(u64::MAX);
    let truth = compare(How::AtLeast, [found; BITS], bound);
    NodeOutcome {
        found: known,
        needed: Some(Amount::Count(asked)),
        ..plain(truth, Progress::steps(found, asked))
    }
}

/// School years on the way: those that count, and the days held in the latest.
#[derive(Default)]
struct Years {
    runs: Vec<(i32, i32)>,
    latest: Option<(i32, i32)>,
}

impl Years {
    /// Days that follow one another, later than all before.
    fn days(&mut self, scope: Scope<'_>, from: Date, to: Date) {
        let (first, last) = (scope.school_year(from), scope.school_year(to));
        self.of_year(scope, first, from, to.min(scope.year_end(first)));
        if first < last {
            self.count(scope);
            self.run(first.saturating_add(1), last.saturating_sub(1));
            self.of_year(scope, last, scope.year_start(last), to);
        }
    }

    fn of_year(&mut self, scope: Scope<'_>, year: i32, from: Date, to: Date) {
        if self.latest.is_some_and(|(latest, _)| latest != year) {
            self.count(scope);
        }
        let (_, days) = self.latest.get_or_insert((year, 0));
        *days = days.saturating_add(length(from, to));
    }

    /// Settles whether the latest year counts.
    fn count(&mut self, scope: Scope<'_>) {
        if let Some((year, days)) = self.latest.take() {
            let all = length(scope.year_start(year), scope.year_end(year));
            if days > all / 2 {
                self.run(year, year);
            }
        }
    }

    /// Years that count, later than all before; none if the last is before the first.
    fn run(&mut self, first: i32, last: i32) {
        if first > last {
            return;
        }
        match self.runs.last_mut() {
            Some((_, before)) if before.saturating_add(1) == first => *before = last,
            _ => self.runs.push((first, last)),
        }
    }

    fn finish(mut self, scope: Scope<'_>) -> Vec<(i32, i32)> {
        self.count(scope);
        self.runs
    }
}

/// How many days from one to another, both included.
const fn length(from: Date, to: Date) -> i32 {
    to.days().saturating_sub(from.days()).saturating_add(1)
}
