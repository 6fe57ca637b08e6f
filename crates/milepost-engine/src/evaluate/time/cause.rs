//! What turns a result. In: a walk on the day of the turn, and what changed on it. Out: the record, the credential, the fact
//! or the day that does it.
//!
//! Of several that do it on one day, this one is named:
//!
//! * of a group, what turns the first written child that turned as the group did (under `none of`, the other way); if none
//!   did, the first that changed at all;
//! * of a reference, what turns the competency, the role or the stage;
//! * of a role or a stage, before its requirements: the post by which it comes to be held, or ceases to be; of its
//!   requirements, the first that turned;
//! * of a competency, before its requirement: the credential that decided, the one that decides, the first issued;
//! * of a requirement for which a waiver comes or goes, the waiver;
//! * of a requirement on records: the credential or the post, if evidence up to its day stopped counting; the first of the records, in the
//!   order of their dates, that came to count or ceased to as the requirement turned; the first that changed in any way;
//! * of a condition, its first comparison that changed: its first fact, else the post that began last, else the school year,
//!   else the day.

use super::super::planes::{Planes, ones};
use super::super::population::{Population, Word};
use super::super::standing::Standing as Standings;
use super::super::test::Rows;
use super::super::value::Scope;
use super::walk::Walk;
use crate::ahead::{Because, Change};
use crate::date::Date;
use crate::evaluate::again::kind;
use crate::evaluate::competency::last_day;
use crate::evaluate::explain::forbids;
use crate::evaluate::{Target, Updated, renewal_after};
use crate::outcome::{CompetencyOutcome, RecordRef, RoleOutcome, StageOutcome, Standing};
use crate::plan::{
    CompetencyId, FactId, Form, Node, NodeId, Records, RoleId, Source, StageId, Test, When, Window,
};
use crate::record::{Credential, Row, Suspension, Table};

/// Where a change comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Origin {
    /// A requirement on records, or a condition.
    Node(NodeId),
    /// The credentials for a competency.
    Credentials(CompetencyId),
    /// A post.
    Post(u32, Change),
    /// Nothing that is known.
    #[default]
    Day,
}

/// What is known of a requirement on a day.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// Which day.
    day: u32,
    origin: Origin,
    /// Whether it was met, and is; nothing if its verdict is what it was.
    met: Option<(bool, bool)>,
    /// What turned it, once that has been asked.
    because: Option<Because>,
}

/// The causes of one day after the other.
#[derive(Debug, Default)]
pub(super) struct Causes {
    seen: Vec<Seen>,
    day: u32,
    /// The credentials that were asked last, and what they did.
    credentials: Option<(u32, CompetencyId, Because)>,
}

impl Causes {
    /// Learns what changed on a day.
    pub(super) fn learn(&mut self, walk: &Walk<'_, '_>, updated: &Updated) {
        let parts = walk.clock.plan.parts();
        self.seen.resize(parts.nodes.len(), Seen::default());
        self.day += 1;
        for (target, was, is) in &updated.verdicts {
            if let Target::Node(id) = target {
                let met = (was.holds(), is.holds());
                self.at(*id, |seen| seen.met = Some(met));
            }
        }
        // Each stands after those it depends on.
        for id in &updated.nodes {
            if let Some(node) = parts.nodes.get(id.index()) {
                let origin = self.origin(walk, *id, node);
                self.at(*id, |seen| seen.origin = origin);
            }
        }
    }

    fn at(&mut self, id: NodeId, change: impl FnOnce(&mut Seen)) {
        if let Some(seen) = self.seen.get_mut(id.index()) {
            if seen.day != self.day {
                *seen = Seen {
                    day: self.day,
                    origin: Origin::Node(id),
                    ..Seen::default()
                };
            }
            change(seen);
        }
    }

    fn seen(&self, id: NodeId) -> Option<&Seen> {
        let seen = self.seen.get(id.index());
        seen.filter(|seen| seen.day == self.day)
    }

    fn origin(&self, walk: &Walk<'_, '_>, id: NodeId, node: &Node) -> Origin {
        if waiver(walk, id).is_some() {
            return Origin::Node(id);
        }
        match &node.form {
            Form::All(children)
            | Form::Any(children)
            | Form::AtLeast(_, children)
            | Form::Points(_, children, _)
            | Form::None(children)
            | Form::InOrder(children)
            | Form::WithoutReuse(children) => {
                // What is shared out turns a group, however deep it stands, and whatever becomes of it on its own.
                let shared = walk.clock.plan.reached_by(id);
                let children = shared.map_or(children, |shared| &shared.members);
                let turned = self.seen(id).and_then(|seen| seen.met);
                let wanted = turned.map(|(was, is)| {
                    if matches!(node.form, Form::None(_)) {
                        (is, was)
                    } else {
                        (was, is)
                    }
                });
                let all = || children.iter().filter_map(|child| self.seen(*child));
                let as_wanted = all().find(|seen| wanted.is_some() && seen.met == wanted);
                let first = as_wanted
                    .or_else(|| all().find(|seen| seen.met.is_some()))
                    .or_else(|| all().next());
                first.map_or(Origin::Day, |seen| seen.origin)
            }
            Form::Competency(competency) => self.of_competency(walk, *competency),
            Form::Role(role) => self.of_role(walk, *role, None),
            Form::Stage(stage) => self.of_stage(walk, *stage),
            Form::Records(_) | Form::Condition(_) | Form::Held(_) => Origin::Node(id),
        }
    }

    fn of_root(&self, root: Option<NodeId>) -> Origin {
        let seen = root.and_then(|root| self.seen(root));
        seen.map_or(Origin::Day, |seen| seen.origin)
    }

    fn of_competency(&self, walk: &Walk<'_, '_>, id: CompetencyId) -> Origin {
        let before = walk.before.as_ref().and_then(|all| all.get(id.index()));
        let now = walk.outcome.competencies.get(id.index());
        if before
            .zip(now)
            .is_some_and(|(was, is)| kind(was.standing) != kind(is.standing))
        {
            return Origin::Credentials(id);
        }
        let parts = walk.clock.plan.parts();
        let competency = parts.competencies.get(id.index());
        self.of_root(competency.and_then(|competency| competency.requirement))
    }

    fn of_stage(&self, walk: &Walk<'_, '_>, id: StageId) -> Origin {
        let stage = walk.clock.plan.parts().stages.get(id.index());
        stage.map_or(Origin::Day, |stage| {
            self.of_role(walk, stage.role, Some(id))
        })
    }

    fn of_role(&self, walk: &Walk<'_, '_>, of: RoleId, up_to: Option<StageId>) -> Origin {
        let parts = walk.clock.plan.parts();
        let up_to = || {
            let stages = parts.stages_of(of);
            stages.take_while(move |(id, _)| Some(*id) <= up_to)
        };
        if let Some((roles, stages)) = &walk.posts {
            let held = |all: &[RoleOutcome]| all.get(of.index()).and_then(|it| it.held);
            let mut changed = moved(held(roles), held(&walk.outcome.roles));
            for (id, _) in up_to() {
                let held = |all: &[StageOutcome]| all.get(id.index()).and_then(|it| it.held);
                changed = moved(held(stages), held(&walk.outcome.stages)).or(changed);
            }
            if let Some((place, change)) = changed {
                return Origin::Post(place, change);
            }
        }
        let eligible = parts.roles.get(of.index()).map(|role| role.eligible);
        let stages = up_to().filter_map(|(_, stage)| stage.requirement);
        let roots = eligible.into_iter().chain(stages);
        let seen: Vec<&Seen> = roots.filter_map(|root| self.seen(root)).collect();
        let turned = seen.iter().find(|seen| seen.met.is_some());
        let first = turned.or_else(|| seen.first());
        first.map_or(Origin::Day, |seen| seen.origin)
    }

    /// What turned a result on the day learnt last.
    pub(super) fn because(&mut self, walk: &mut Walk<'_, '_>, target: Target) -> Because {
        let origin = match target {
            Target::Node(id) => self.of_root(Some(id)),
            Target::Competency(id) => self.of_competency(walk, id),
            Target::Role(id) => self.of_role(walk, id, None),
            Target::Stage(id) => self.of_stage(walk, id),
        };
        match origin {
            Origin::Day => the_day(walk),
            Origin::Post(place, change) => Because::Post(place, change),
            Origin::Credentials(id) => self.of_credentials(walk, id),
            Origin::Node(id) => self.of_node(walk, id),
        }
    }

    fn of_credentials(&mut self, walk: &mut Walk<'_, '_>, id: CompetencyId) -> Because {
        if let Some((day, asked, because)) = self.credentials
            && (day, asked) == (self.day, id)
        {
            return because;
        }
        let because = by_credentials(walk, id);
        self.credentials = Some((self.day, id, because));
        because
    }

    fn of_node(&mut self, walk: &mut Walk<'_, '_>, id: NodeId) -> Because {
        let seen = self.seen(id).copied().unwrap_or_default();
        if let Some(because) = seen.because {
            return because;
        }
        let Some(node) = walk.clock.plan.parts().nodes.get(id.index()) else {
            return Because::Day;
        };
        let waived = waiver(walk, id);
        let because = match &node.form {
            _ if waived.is_some() => waived.unwrap_or(Because::Day),
            Form::Records(records) => {
                let now = renewal_after(&walk.outcome, node);
                match (node.owner, node.stage) {
                    (Some(owner), _) if renewed(walk, node) => self.of_credentials(walk, owner),
                    (None, Some(stage)) if renewed(walk, node) => {
                        ended(walk, stage).unwrap_or_else(|| the_day(walk))
                    }
                    _ => {
                        let turned = seen.met.filter(|(was, is)| was != is);
                        let lost = turned.map(|(was, _)| was != forbids(&records.measure));
                        by_records(walk, id, records, now, lost)
                    }
                }
            }
            Form::Condition(test) => by_test(walk, test).unwrap_or_else(|| the_day(walk)),
            _ => the_day(walk),
        };
        self.at(id, |seen| seen.because = Some(because));
        because
    }
}

/// The post by which something is held that was not, or was held and is no longer.
fn moved(was: Option<u32>, is: Option<u32>) -> Option<(u32, Change)> {
    match (was, is) {
        (Some(was), None) => Some((was, Change::Expires)),
        (None, Some(is)) => Some((is, Change::Exists)),
        _ => None,
    }
}

/// Whether the day up to which evidence does not count for a requirement is another than it was the day before.
fn renewed(walk: &Walk<'_, '_>, node: &Node) -> bool {
    let now = renewal_after(&walk.outcome, node);
    let competency = |owner: CompetencyId| walk.before.as_ref()?.get(owner.index());
    let stage = |stage: StageId| walk.posts.as_ref()?.1.get(stage.index());
    match (node.owner, node.stage) {
        (Some(owner), _) => competency(owner).is_some_and(|was| was.renewal_after != now),
        (None, Some(of)) => stage(of).is_some_and(|was| was.renewal_after != now),
        (None, None) => false,
    }
}

/// The post in a stage that ended on the day before.
fn ended(walk: &Walk<'_, '_>, stage: StageId) -> Option<Because> {
    let (parts, day) = (walk.clock.plan.parts(), walk.outcome.as_of);
    let of = parts.stages.get(stage.index())?.role;
    let mut begun = walk.record.begun(of, day);
    let ended = begun.find(|(_, post)| {
        post.stage(parts) == Some(stage) && post.last_day(parts) == Some(day.pred())
    });
    ended.map(|(place, _)| Because::Post(place, Change::Expires))
}

/// The waiver for a requirement that comes or goes on the day.
fn waiver(walk: &Walk<'_, '_>, id: NodeId) -> Option<Because> {
    let of = |waived: &[(NodeId, u32)]| {
        let place = waived.binary_search_by_key(&id, |(node, _)| *node).ok()?;
        waived.get(place).map(|(_, place)| *place)
    };
    match (of(&walk.waived), of(&walk.outcome.waived)) {
        (Some(gone), None) => Some(Because::Waiver(gone, Change::Expires)),
        (None, Some(come)) => Some(Because::Waiver(come, Change::Exists)),
        _ => None,
    }
}

/// The school year that begins on the day, or the day.
fn the_day(walk: &Walk<'_, '_>) -> Because {
    let day = walk.outcome.as_of;
    let start = walk.clock.plan.parts().programme.school_year;
    match start {
        Some(start) if start.in_year(day.year()) == day => Because::SchoolYear,
        _ => Because::Day,
    }
}

/// The credential for a competency that turns it: the one that decided, the one that decides, or else the first issued of
/// those of which something changes on the day; of one day, the one written first.
fn by_credentials(walk: &mut Walk<'_, '_>, id: CompetencyId) -> Because {
    let (day, parts) = (walk.outcome.as_of, walk.clock.plan.parts());
    walk.clock.spend(walk.record.credentials().len() / 8);
    let change = |credential: &Credential| {
        let expired = last_day(parts, credential).map(Date::succ);
        let Credential {
            issued,
            submitted,
            decided,
            ..
        } = *credential;
        change_of(day, Some(issued), submitted, decided, expired)
            .or_else(|| suspension_of(day, &credential.suspended))
    };
    let deciding = |all: &[CompetencyOutcome]| {
        let place = by_credential(all.get(id.index())?.standing)?;
        let credential = walk.record.credentials().get(place as usize)?;
        Some(Because::Credential(place, change(credential)?))
    };
    let before = walk.before.as_deref().and_then(deciding);
    let deciding = before.or_else(|| deciding(&walk.outcome.competencies));
    let issued = || {
        let all = walk.record.issued(id);
        let changed = all.filter_map(|(place, it)| Some((it.issued, place, change(it)?)));
        changed.min_by_key(|(issued, place, _)| (*issued, *place))
    };
    let first = || issued().map(|(_, place, change)| Because::Credential(place, change));
    deciding.or_else(first).unwrap_or_else(|| the_day(walk))
}

/// The credential that decides, by its place.
const fn by_credential(standing: Standing) -> Option<u32> {
    match standing {
        Standing::Requirement => None,
        Standing::Credential(place) | Standing::Withheld(place) | Standing::UnderReview(place) => {
            Some(place)
        }
    }
}

/// What the dates of a record or credential change on a day.
fn change_of(
    day: Date,
    date: Option<Date>,
    submitted: Option<Date>,
    decided: Option<Date>,
    expired: Option<Date>,
) -> Option<Change> {
    let today = Some(day);
    if date == today || submitted == today {
        Some(Change::Exists)
    } else if decided == today {
        Some(Change::Decided)
    } else if expired == today {
        Some(Change::Expires)
    } else {
        None
    }
}

/// Whether a suspension begins on a day, or ended on the one before.
fn suspension_of(day: Date, suspended: &[Suspension]) -> Option<Change> {
    let begins = suspended.iter().any(|it| it.from == day);
    let ended = suspended.iter().any(|it| it.until == Some(day.pred()));
    match (begins, ended) {
        (true, false) => Some(Change::Suspended),
        (false, true) => Some(Change::Reinstated),
        _ => None,
    }
}

/// The record that turns a requirement; `lost`, if one that ceases to count does.
fn by_records(
    walk: &mut Walk<'_, '_>,
    id: NodeId,
    records: &Records,
    renewal: Option<Date>,
    lost: Option<bool>,
) -> Because {
    let Some(table) = walk.record.table(records.kind) else {
        return the_day(walk);
    };
    walk.clock.spend(table.rows());
    let now = Moment::new(walk, table, walk.outcome.as_of);
    let before = Moment::new(walk, table, walk.outcome.as_of.pred());
    let populations = before
        .population(records, renewal)
        .zip(now.population(records, renewal));
    let Some((was, is)) = populations else {
        return the_day(walk);
    };
    // Whether the requirement is kept by what counts at worst, or broken by what counts at best.
    let bit = usize::from(forbids(&records.measure));
    let mut other = None;
    for word in 0..table.rows().div_ceil(64) {
        let (was, is) = (planes(was.word(word)), planes(is.word(word)));
        let (hit, hits) = (was.1.at(bit), is.1.at(bit));
        let turned = match lost {
            Some(true) => hit & !hits,
            Some(false) => hits & !hit,
            None => 0,
        };
        let row = |bits: u64| ones(bits).next().map(|place| word * 64 + place);
        if let Some(row) = row(turned) {
            return of_row(&before, &now, id, records, (row, lost == Some(false)));
        }
        let differs = |one: Planes, two: Planes| {
            let bits = one.0.iter().zip(two.0);
            bits.fold(0, |all, (one, two)| all | (one ^ two))
        };
        let first = row(differs(was.0, is.0) | differs(was.1, is.1));
        other = other.or_else(|| Some((first?, is.1.any() >> (first? % 64) & 1 == 1)));
    }
    match other {
        Some(turned) => of_row(&before, &now, id, records, turned),
        None => the_day(walk),
    }
}

/// The population and the hits of a word.
fn planes(word: Option<Word>) -> (Planes, Planes) {
    word.map_or((Planes::NONE, Planes::NONE), |word| {
        (word.population, word.hits())
    })
}

/// The records of a kind on a day.
struct Moment<'a> {
    scope: Scope<'a>,
    standing: Standings,
}

impl<'a> Moment<'a> {
    fn new(walk: &Walk<'a, '_>, table: &'a Table, as_of: Date) -> Self {
        let mut standing = Standings::default();
        standing.fill(table, as_of);
        let scope = Scope {
            table: Some(table),
            ..Scope::facts(walk.clock.plan, walk.record, as_of)
        };
        Self { scope, standing }
    }

    fn population<'s>(
        &'s self,
        records: &'s Records,
        renewal: Option<Date>,
    ) -> Option<Population<'s>> {
        Population::new(self.scope, records, &self.standing, renewal)
    }

    fn has(&self, window: &Window, date: Date) -> bool {
        let interval = self.scope.interval(window);
        let days = interval.first.zip(interval.end);
        days.is_none_or(|(first, end)| (first..end).contains(&date.days()))
    }
}

/// What changes of a record, and whether it comes to count.
fn of_row(
    before: &Moment<'_>,
    now: &Moment<'_>,
    id: NodeId,
    records: &Records,
    (row, counts): (usize, bool),
) -> Because {
    let known = now.scope.table.and_then(|table| table.row(row));
    let Some(Row {
        date,
        submitted,
        decided,
        expires,
        suspended,
        ..
    }) = known
    else {
        return Because::Day;
    };
    let expired = expires.map(Date::succ);
    let by_date = change_of(now.scope.as_of, Some(*date), *submitted, *decided, expired);
    let by_window = || {
        (0u32..).zip(&records.windows).find_map(|(place, window)| {
            match (before.has(window, *date), now.has(window, *date)) {
                (true, false) => Some(Change::Leaves(place)),
                (false, true) => Some(Change::Enters(place)),
                _ => None,
            }
        })
    };
    let record = RecordRef {
        kind: records.kind,
        row: u32::try_from(row).unwrap_or(u32::MAX),
    };
    let by_suspension = || suspension_of(now.scope.as_of, suspended);
    let change = by_date
        .or_else(by_suspension)
        .or_else(by_window)
        .unwrap_or(Change::Turns(counts));
    Because::Record(id, record, change)
}

/// What turns the first comparison of a condition over facts that changes on the day. Its nesting is bounded by the plan.
fn by_test(walk: &Walk<'_, '_>, test: &Test) -> Option<Because> {
    match test {
        Test::Dates(left, _, right) => {
            let on = |day: Date| {
                let scope = Scope::facts(walk.clock.plan, walk.record, day);
                scope.test(test, Rows::FACTS).truth(0)
            };
            let today = walk.outcome.as_of;
            if on(today) == on(today.pred()) {
                return None;
            }
            let fact = fact_of(left).or_else(|| fact_of(right)).map(Because::Fact);
            let post = || post_of(walk, left).or_else(|| post_of(walk, right));
            Some(fact.or_else(post).unwrap_or_else(|| the_day(walk)))
        }
        Test::All(tests) | Test::Any(tests) | Test::OneOf(tests) => {
            tests.iter().find_map(|test| by_test(walk, test))
        }
        Test::Not(test) => by_test(walk, test),
        _ => None,
    }
}

fn fact_of(when: &When) -> Option<FactId> {
    match when {
        When::Of(Source::Fact(fact)) => Some(*fact),
        When::Plus(when, _) | When::Minus(when, _) | When::Next(_, when) => fact_of(when),
        _ => None,
    }
}

/// The post whose first day an expression is made of.
fn post_of(walk: &Walk<'_, '_>, when: &When) -> Option<Because> {
    match when {
        When::RoleStart(role, stage) => {
            let day = walk.outcome.as_of;
            let (from, place) = walk.record.latest_begun(*role, *stage, day)?;
            let change = if from == day {
                Change::Exists
            } else {
                Change::Turns(true)
            };
            Some(Because::Post(place, change))
        }
        When::Plus(when, _) | When::Minus(when, _) | When::Next(_, when) => post_of(walk, when),
        _ => None,
    }
}
