//! The records a requirement looks at: how each stands, and the truth that it belongs to the population.

use milepost_compiler::model::{Attempts, Records, Target, Window};
use milepost_engine::plan::{Comparison, CompetencyId, KindId};
use milepost_engine::record::{Evidence, Suspension};
use milepost_engine::{Date, Status, Unit};

use super::World;
use super::day::{Day, day, school_year};
use super::exact::Exact;
use super::expression::{Argument, Lack, Scope, compare};
use super::six::Six;

/// A record of the kind asked for.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The record.
    pub evidence: &'a Evidence,
    /// Its date.
    pub day: Day,
    /// Its status on the day, for the requirement that looks at it; nothing if it does not exist yet.
    pub status: Option<Status>,
    /// That it belongs to the population.
    pub population: Six,
    /// That it matches.
    pub matching: Six,
}

/// What a requirement on records stands in.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The programme, the record and the day.
    pub world: &'a World<'a>,
    /// The arguments of the rule it stands in.
    pub arguments: &'a [Argument],
    /// The competency whose requirement it is part of.
    pub owner: Option<CompetencyId>,
    /// The day up to which evidence does not count.
    pub renewal: Option<Day>,
}

impl Row<'_> {
    /// In what manner it lacks a field.
    #[must_use]
    pub fn lack(&self) -> Lack {
        if self.status == Some(Status::UnderReview) {
            Lack::Unfilled
        } else {
            Lack::Unknown
        }
    }
}

/// The status that something has on a day; nothing if it is not there yet.
#[must_use]
pub fn status_on(
    as_of: Day,
    date: Date,
    status: Status,
    submitted: Option<Date>,
    decided: Option<Date>,
    suspended: &[Suspension],
) -> Option<Status> {
    if day(date) > as_of || submitted.is_some_and(|submitted| day(submitted) > as_of) {
        None
    } else if decided.is_some_and(|decided| day(decided) > as_of) {
        Some(Status::UnderReview)
    } else if status == Status::Accepted
        && suspended
            .iter()
            .any(|it| day(it.from) <= as_of && it.until.is_none_or(|until| day(until) >= as_of))
    {
        Some(Status::Suspended)
    } else {
        Some(status)
    }
}

/// How a status stands.
#[must_use]
pub fn stands(status: Option<Status>) -> Six {
    match status {
        Some(Status::Accepted) => Six::TRUE,
        Some(Status::UnderReview) => Six::UNDER_REVIEW,
        _ => Six::FALSE,
    }
}

/// The records of a kind, the earlier first; on one date, the one written earlier first.
fn of_kind(world: &World<'_>, kind: KindId) -> Vec<(usize, Day)> {
    let mut found: Vec<(usize, Day)> = Vec::new();
    for (place, evidence) in world.input.evidence.iter().enumerate() {
        if evidence.kind == kind {
            found.push((place, day(evidence.date)));
        }
    }
    found.sort_by_key(|(place, day)| (*day, *place));
    found
}

/// The population of a requirement, the earlier record first, before `among latest`.
#[must_use]
pub fn population<'a>(setting: Setting<'a>, records: &Records) -> Vec<Row<'a>> {
    let world = setting.world;
    let mut rows = Vec::new();
    for (place, date) in of_kind(world, records.kind) {
        let Some(evidence) = world.input.evidence.get(place) else {
            continue;
        };
        let mut status = status_on(
            world.as_of,
            evidence.date,
            evidence.status,
            evidence.submitted,
            evidence.decided,
            &evidence.suspended,
        );
        if records.including_under_review && status == Some(Status::UnderReview)
            || records.including_returned && status == Some(Status::Returned)
        {
            status = Some(Status::Accepted);
        }
        let mut row = Row {
            evidence,
            day: date,
            status,
            population: Six::FALSE,
            matching: Six::FALSE,
        };
        let expired = evidence
            .expires
            .is_some_and(|expires| day(expires) < world.as_of);
        let renewed = setting.renewal.is_some_and(|renewal| date <= renewal);
        let mut truth = if expired || renewed {
            Six::FALSE
        } else {
            stands(status)
        };
        if let Some((target, _)) = &records.target {
            let wanted = match target {
                Target::This => setting.owner,
                Target::Competency(id) => Some(*id),
            };
            truth = truth.and(Six::of(
                evidence
                    .competencies
                    .iter()
                    .any(|filed| Some(*filed) == wanted),
            ));
        }
        let outside = Scope {
            world,
            arguments: setting.arguments,
            row: None,
        };
        for (window, _) in &records.windows {
            truth = truth.and(lies_in(&outside, date, window));
        }
        let inside = Scope {
            row: Some(&row),
            ..outside
        };
        let whose = records
            .whose
            .as_ref()
            .map_or(Six::TRUE, |condition| inside.truth(condition));
        let matching = records
            .matching
            .as_ref()
            .map_or(Six::TRUE, |condition| inside.truth(condition));
        row.population = truth.and(whose);
        row.matching = matching;
        rows.push(row);
    }
    if let Some((attempts, _)) = &records.attempts {
        let staying: Vec<Six> = (0..rows.len())
            .map(|place| stays(world, setting.arguments, attempts, &rows, place))
            .collect();
        for (row, staying) in rows.iter_mut().zip(staying) {
            row.population = staying;
        }
    }
    rows
}

/// Whether a record belongs and no other attempt replaces it.
fn stays(
    world: &World<'_>,
    arguments: &[Argument],
    attempts: &Attempts,
    rows: &[Row<'_>],
    place: usize,
) -> Six {
    let value = |row: &Row<'_>, of: &milepost_compiler::model::Expr| {
        let scope = Scope {
            world,
            arguments,
            row: Some(row),
        };
        scope.value(of)
    };
    let ranked = |row: &Row<'_>| attempts.highest.as_ref().map(|of| value(row, of));
    let lacks = |row: &Row<'_>| {
        let key = value(row, &attempts.key).map_or_else(|lack| lack.truth(), |_| Six::TRUE);
        match ranked(row) {
            Some(Err(lack)) => key.and(lack.truth()),
            _ => key,
        }
    };
    let replaces = |(at, other): (usize, &Row<'_>), own: &Row<'_>| {
        let keys = (value(other, &attempts.key), value(own, &attempts.key));
        if let (Ok(one), Ok(two)) = &keys
            && !compare(one, Comparison::Equal, two)
        {
            return Six::FALSE;
        }
        let lacks = lacks(other).and(lacks(own));
        if lacks != Six::TRUE {
            return other.population.and(lacks);
        }
        let before = match (ranked(other), ranked(own)) {
            (Some(Ok(one)), Some(Ok(two))) => {
                compare(&one, Comparison::Greater, &two)
                    || compare(&one, Comparison::Equal, &two) && at > place
            }
            _ => at > place,
        };
        other.population.and(Six::of(before))
    };
    let Some(own) = rows.get(place) else {
        return Six::FALSE;
    };
    rows.iter()
        .enumerate()
        .filter(|(at, _)| *at != place)
        .fold(own.population, |stays, other| {
            let replaced = replaces(other, own);
            stays.and(Six::each(|bit| !replaced.at(bit.dual())))
        })
}

/// The number that an expression must have written out.
#[must_use]
pub fn written(scope: &Scope<'_>, expr: &milepost_compiler::model::Expr) -> i128 {
    let number = scope.number(expr).ok().and_then(Exact::to_whole);
    number.unwrap_or_else(|| panic!("no written whole number: {expr:?}"))
}

/// One comparison, unknown if the day is.
fn against(day: Result<Day, Lack>, holds: impl Fn(Day) -> bool) -> Six {
    match day {
        Ok(day) => Six::of(holds(day)),
        Err(lack) => lack.truth(),
    }
}

fn lies_in(scope: &Scope<'_>, date: Day, window: &Window) -> Six {
    let world = scope.world;
    let year = |of| school_year(world.starts(), of);
    let today = world.as_of;
    match window {
        Window::Within(duration, before) => {
            let until = before
                .as_ref()
                .map_or(Ok(today), |before| scope.day(before));
            let count = i64::from(duration.count);
            against(until, |until| date <= until).and(against(until, |until| {
                if duration.unit == Unit::SchoolYears {
                    year(date) > year(until) - count
                } else {
                    date > until.plus(*duration, -1)
                }
            }))
        }
        Window::Since(from) => against(scope.day(from), |from| date >= from),
        Window::From(from, to) => against(scope.day(from), |from| date >= from)
            .and(against(scope.day(to), |to| date <= to)),
        Window::Before(before) => against(scope.day(before), |before| date < before),
        Window::After(after) => against(scope.day(after), |after| date > after),
        Window::InThe(duration, before) => against(scope.day(before), |before| {
            if duration.unit == Unit::SchoolYears {
                let count = i64::from(duration.count);
                year(date) < year(before) && year(date) >= year(before) - count
            } else {
                date < before && date >= before.plus(*duration, -1)
            }
        }),
        Window::ThisYear => Six::of(year(date) == year(today)),
        Window::LastYear => Six::of(year(date) == year(today) - 1),
        Window::Year(named) => Six::of(year(date) == i64::from(*named)),
        Window::LastYears(count, and_this_one) => {
            let first = i128::from(year(today)) - written(scope, count);
            let last = if *and_this_one {
                year(today)
            } else {
                year(today) - 1
            };
            Six::of(i128::from(year(date)) >= first && year(date) <= last)
        }
    }
}
