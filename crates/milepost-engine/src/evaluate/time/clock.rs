//! What can change on a day. In: a plan, a record and the days of a search. Out: the days on which anything may evaluate
//! otherwise than on the day before, each with what is to be looked at again.
//!
//! This is the one list of what the as-of date takes part in; whatever else comes to ask for the day belongs here:
//!
//! | what | the days |
//! |---|---|
//! | a record | its date, `submitted`, `decided`, the day after `expires` |
//! | a credential | `issued`, `submitted`, `decided`, the day after its last |
//! | a waiver | `granted`, the day after `expires` |
//! | a post | its first day, the day after its last |
//! | a suspension | its first day, the day after its last |
//! | a window | for each record, the day it comes in, and the day it goes out |
//! | posts held for school years | the first day of each school year after one of them |
//! | a comparison of dates, in a condition or of a record | the days on which its sides come to compare differently |
//! | a figure made of dates | the same, of each value and the bound |
//!
//! A day too many does no harm; a day too few would.

use super::super::competency::last_day;
use super::super::held::held_years;
use super::super::value::Scope;
use super::days::{comparisons, first_day, follows_the_day, leaves_about, moves};
use crate::date::Date;
use crate::evaluate::again::looks_at_posts;
use crate::order::{self, Placed, sort_placed};
use crate::plan::{
    CompetencyId, Form, Held, KindId, Measure, NodeId, Plan, Records, Source, Test, Value, When,
};
use crate::record::{Record, Suspension, Table};

/// What is to be looked at again on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// What stands of a kind.
    Kind(KindId),
    /// The credentials.
    Credentials,
    /// The waivers.
    Waivers,
    /// The posts.
    Posts,
    /// A requirement.
    Node(NodeId),
}

/// Whether a requirement asks for the day itself, beyond what stands of a kind.
pub(in super::super) fn asks_for_the_day(form: &Form) -> bool {
    match form {
        Form::Condition(test) => dates(test),
        Form::Held(_) => true,
        Form::Records(records) => {
            let values = match &records.measure {
                Measure::Aggregate(_, bound, _, value) => follows(bound) || follows(value),
                _ => false,
            };
            values
                || records.windows.iter().any(moves)
                || records.whose.iter().chain(&records.matching).any(dates)
        }
        _ => false,
    }
}

fn follows(value: &Value) -> bool {
    matches!(value, Value::Date(when) if follows_the_day(when))
}

/// Whether a condition compares anything with the day.
fn dates(test: &Test) -> bool {
    match test {
        Test::Dates(left, _, right) => follows_the_day(left) || follows_the_day(right),
        Test::All(tests) | Test::Any(tests) | Test::OneOf(tests) => tests.iter().any(dates),
        Test::Not(test) => dates(test),
        _ => false,
    }
}

/// Whether an expression is one of the record looked at.
fn of_record(when: &When) -> bool {
    match when {
        When::Of(source) => !matches!(source, Source::Fact(_) | Source::FactCriterion(..)),
        When::Plus(when, _) | When::Minus(when, _) | When::Next(_, when) => of_record(when),
        When::Literal(_)
        | When::Today
        | When::YearStart(_)
        | When::YearEnd(_)
        | When::RoleStart(..) => false,
    }
}

/// The days after `from`, up to `to`, and how much may still be looked at.
pub(super) struct Clock<'a> {
    pub(super) plan: &'a Plan,
    pub(super) record: &'a Record,
    pub(super) from: Date,
    pub(super) to: Date,
    pub(super) looks: u64,
    pub(super) events: Vec<Placed>,
}

impl Clock<'_> {
    /// Gathers all days, in order. `timed` are the requirements that ask for the day, `kinds` those looked at.
    pub(super) fn gather(&mut self, timed: &[NodeId], asked: impl Fn(KindId) -> bool) {
        let (plan, record) = (self.plan, self.record);
        let parts = plan.parts();
        for kind in (0u32..).take(parts.kinds.len()).map(KindId) {
            if let Some(table) = record.table(kind).filter(|_| asked(kind)) {
                self.records(kind, table);
            }
        }
        let credentials = self.place(Event::Credentials);
        for credential in record.credentials() {
            let after = last_day(parts, credential).map(Date::succ);
            let days = [credential.submitted, credential.decided, after];
            self.put(credential.issued, credentials);
            self.put_all(days, credentials);
            self.suspensions(&credential.suspended, credentials);
        }
        let waivers = self.place(Event::Waivers);
        for waiver in record.waivers() {
            self.put(waiver.granted, waivers);
            self.put_all([waiver.expires.map(Date::succ), None, None], waivers);
        }
        let posts = self.place(Event::Posts);
        for post in record.posts() {
            self.put(post.from, posts);
            self.put_all([post.last_day(parts).map(Date::succ), None, None], posts);
        }
        for id in timed {
            if let Some(node) = parts.nodes.get(id.index()) {
                for between in self.between_posts(&node.form) {
                    self.node(*id, &node.form, between);
                }
            }
        }
        sort_placed(&mut self.events);
        self.events.dedup();
    }

    fn records(&mut self, kind: KindId, table: &Table) {
        self.spend(table.rows() / 8);
        let kind = self.place(Event::Kind(kind));
        for row in &table.rows {
            self.put(row.date, kind);
            if row.submitted.or(row.decided).or(row.expires).is_some() {
                self.put_all(
                    [row.submitted, row.decided, row.expires.map(Date::succ)],
                    kind,
                );
            }
            self.suspensions(&row.suspended, kind);
        }
    }

    fn suspensions(&mut self, suspended: &[Suspension], place: u32) {
        for suspension in suspended {
            self.put(suspension.from, place);
            self.put_all([suspension.until.map(Date::succ), None, None], place);
        }
    }

    /// The stretches of days on which what a requirement asks of when posts began stays the same, whatever it is.
    fn between_posts(&self, form: &Form) -> Vec<(Date, Date)> {
        let mut starts = Vec::new();
        if !self.record.posts().is_empty() && looks_at_posts(form) {
            let all = self.record.posts().iter().map(|post| post.from);
            starts.extend(all.filter(|from| self.from < *from && *from <= self.to));
            order::sort(&mut starts);
            starts.dedup();
        }
        let mut stretches = Vec::with_capacity(starts.len() + 1);
        let mut from = self.from;
        for start in starts {
            stretches.push((from, start.pred()));
            from = start;
        }
        stretches.push((from, self.to));
        stretches
    }

    /// The days after the first of a stretch, up to its last, on which a requirement that asks for the day may change.
    fn node(&mut self, id: NodeId, form: &Form, between: (Date, Date)) {
        let place = self.place(Event::Node(id));
        match form {
            Form::Condition(test) => self.test(place, test, None, between),
            Form::Held(held) => self.held(place, held, between),
            Form::Records(records) => {
                let Some(table) = self.record.table(records.kind) else {
                    return;
                };
                let looked_at = LookedAt::new(table, records);
                for window in records.windows.iter().filter(|window| moves(window)) {
                    let interval = |scope: Scope<'_>| scope.interval(window);
                    self.edge(
                        place,
                        looked_at,
                        between,
                        |scope| interval(scope).first,
                        |date| leaves_about(window, date),
                    );
                    self.edge(
                        place,
                        looked_at,
                        between,
                        |scope| interval(scope).end,
                        |date| Some(date.days()),
                    );
                }
                for test in records.whose.iter().chain(&records.matching) {
                    self.test(place, test, Some(looked_at), between);
                }
                if let Measure::Aggregate(_, Value::Date(bound), _, Value::Date(value)) =
                    &records.measure
                {
                    self.compared(place, (bound, value), Some(looked_at), between);
                }
            }
            _ => {}
        }
    }

    /// The days on which one more school year is over that posts were held for.
    fn held(&mut self, place: u32, held: &Held, (from, to): (Date, Date)) {
        let scope = Scope::facts(self.plan, self.record, to);
        for (first, last) in held_years(held, scope) {
            for year in first.max(scope.school_year(from))..=last {
                self.spend(0);
                if self.looks == 0 {
                    return;
                }
                let over = scope.year_end(year).succ();
                if from < over && over <= to {
                    self.events.push((i64::from(over.days()), place));
                }
            }
        }
    }

    /// The days on which records pass one end of a window.
    fn edge(
        &mut self,
        place: u32,
        looked_at: LookedAt<'_>,
        (from, to): (Date, Date),
        end: impl Fn(Scope<'_>) -> Option<i32>,
        about: impl Fn(Date) -> Option<i32>,
    ) {
        let scope = Scope::facts(self.plan, self.record, from);
        let on = |day: i32| {
            let as_of = Date::from_days(day)?;
            end(Scope { as_of, ..scope })
        };
        let (mut day, to) = (from.days(), to.days());
        let Some((first, last)) = on(day).zip(on(to)) else {
            return;
        };
        let mut passed = first;
        while let Some(date) = looked_at.from(passed) {
            if date.days() >= last || date.days() > to || self.looks == 0 {
                return;
            }
            self.spend(0);
            let guess = about(date).unwrap_or(day);
            let is_past = |day: i32| on(day).is_some_and(|end| end > date.days());
            day = first_day(day, to, guess, is_past);
            self.events.push((i64::from(day), place));
            passed = on(day).unwrap_or(last);
        }
    }

    /// The days on which comparisons of a condition change. Its nesting is bounded by the plan.
    fn test(
        &mut self,
        place: u32,
        test: &Test,
        looked_at: Option<LookedAt<'_>>,
        between: (Date, Date),
    ) {
        match test {
            Test::Dates(left, _, right) => self.compared(place, (left, right), looked_at, between),
            Test::All(tests) | Test::Any(tests) | Test::OneOf(tests) => {
                for test in tests {
                    self.test(place, test, looked_at, between);
                }
            }
            Test::Not(test) => self.test(place, test, looked_at, between),
            _ => {}
        }
    }

    fn compared(
        &mut self,
        place: u32,
        (left, right): (&When, &When),
        of: Option<LookedAt<'_>>,
        (from, to): (Date, Date),
    ) {
        if !follows_the_day(left) && !follows_the_day(right) {
            return;
        }
        let scope = Scope {
            table: of.map(|of| of.table),
            ..Scope::facts(self.plan, self.record, from)
        };
        let (from, to) = (from.days(), to.days());
        let (events, looks) = (&mut self.events, &mut self.looks);
        let mut row = |row: usize| {
            let values = |day: i32| {
                let as_of = Date::from_days(day)?;
                let scope = Scope { as_of, ..scope };
                scope
                    .day(left, row)
                    .value()
                    .zip(scope.day(right, row).value())
            };
            comparisons(from, to, values, looks, |day| {
                events.push((i64::from(day), place));
            });
        };
        match of.filter(|_| of_record(left) || of_record(right)) {
            Some(of) => of.rows().for_each(row),
            None => row(0),
        }
    }

    fn put(&mut self, date: Date, place: u32) {
        if self.from < date && date <= self.to {
            self.events.push((i64::from(date.days()), place));
        }
    }

    fn put_all(&mut self, dates: [Option<Date>; 3], place: u32) {
        for date in dates.into_iter().flatten() {
            self.put(date, place);
        }
    }

    /// Counts what is looked at, and one more.
    pub(super) fn spend(&mut self, looks: usize) {
        let looks = u64::try_from(looks).unwrap_or(u64::MAX).saturating_add(1);
        self.looks = self.looks.saturating_sub(looks);
    }

    /// An event as a number: kinds first, then the credentials, the waivers and the posts, then the requirements.
    fn place(&self, event: Event) -> u32 {
        let kinds = u32::try_from(self.plan.parts().kinds.len()).unwrap_or(u32::MAX);
        match event {
            Event::Kind(kind) => kind.0,
            Event::Credentials => kinds,
            Event::Waivers => kinds.saturating_add(1),
            Event::Posts => kinds.saturating_add(2),
            Event::Node(node) => kinds.saturating_add(3).saturating_add(node.0),
        }
    }

    /// The event of a number.
    pub(super) fn event(&self, place: u32) -> Event {
        let kinds = u32::try_from(self.plan.parts().kinds.len()).unwrap_or(u32::MAX);
        match place.checked_sub(kinds) {
            None => Event::Kind(KindId(place)),
            Some(0) => Event::Credentials,
            Some(1) => Event::Waivers,
            Some(2) => Event::Posts,
            Some(node) => Event::Node(NodeId(node - 3)),
        }
    }
}

/// The records a requirement looks at, in the order of their dates.
#[derive(Clone, Copy)]
struct LookedAt<'a> {
    table: &'a Table,
    filed: Option<&'a [(CompetencyId, u32)]>,
}

impl<'a> LookedAt<'a> {
    fn new(table: &'a Table, records: &Records) -> Self {
        let filed = records.competency.map(|id| table.filed_for(id));
        Self { table, filed }
    }

    fn rows(self) -> impl Iterator<Item = usize> + 'a {
        let all = 0..if self.filed.is_some() {
            0
        } else {
            self.table.rows()
        };
        let filed = self.filed.unwrap_or_default().iter();
        all.chain(filed.map(|(_, row)| *row as usize))
    }

    /// The date of the first record that is not before a day.
    fn from(self, day: i32) -> Option<Date> {
        let date = |row: usize| self.table.row(row).map(|row| row.date);
        match self.filed {
            None => date(self.table.before(day)),
            Some(filed) => {
                let is_before = |row: u32| date(row as usize).is_some_and(|it| it.days() < day);
                let at = filed.partition_point(|(_, row)| is_before(*row));
                date(filed.get(at)?.1 as usize)
            }
        }
    }
}
