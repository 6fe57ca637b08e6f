//! A second evaluator, as plain as can be, written from the book alone: the resolved model, a record and a day in;
//! what became of every competency, role and requirement out, by address.
//!
//! It shares no evaluation with the engine: dates, numbers, windows, the six truths and the counting are its
//! own, rules are called and not written out, and every record is looked at for every bit.

mod aggregate;
mod credential;
mod day;
mod exact;
mod expression;
mod measure;
mod population;
pub mod reuse;
mod six;
mod stage;
mod steps;
mod waiver;

use std::collections::BTreeMap;

use milepost_compiler::model::{Form, Group, Held, Label, Model, Named, Requirement, Role};
use milepost_engine::plan::{CompetencyId, RoleId, StageId};
use milepost_engine::record::Input;
use milepost_engine::{Date, MonthDay};

pub use self::credential::Decided;
use self::day::{Day, day};
use self::exact::Exact;
use self::expression::{Argument, Scope, Value};
use self::measure::measure;
use self::population::Setting;
use self::reuse::{Demand, Serving};
pub use self::six::{Bit, Six};
pub use self::steps::Steps;

/// What an evaluation is about.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    model: &'a Model,
    input: &'a Input,
    as_of: Day,
}

impl World<'_> {
    fn starts(&self) -> MonthDay {
        let header = self.model.header.as_ref();
        header
            .and_then(|header| header.school_year)
            .unwrap_or_else(|| panic!("no school year"))
    }

    fn school_year(&self, of: Day) -> i64 {
        day::school_year(self.starts(), of)
    }
}

/// A quantity found or asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// So many.
    Count(i128),
    /// A number.
    Number(Exact),
    /// So many per cent.
    Percent(Exact),
    /// A day.
    Date(Day),
    /// A level, by its place in its scale.
    Ordinal(u16),
}

impl Amount {
    const fn count(count: i128) -> Self {
        Self::Count(count)
    }

    const fn percent(share: Exact) -> Self {
        Self::Percent(share)
    }

    fn of(value: &Value) -> Self {
        match value {
            Value::Number(number) => Self::Number(*number),
            Value::Day(day) => Self::Date(*day),
            Value::Ordinal(ordinal) => Self::Ordinal(*ordinal),
            other => panic!("no amount: {other:?}"),
        }
    }
}

/// What became of a requirement.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Its six truths.
    pub truth: Six,
    /// Whether an earlier step of the `in order` it stands in is not met.
    pub locked: bool,
    /// Steps met of steps asked.
    pub steps: Steps,
    /// What was found as the record stands.
    pub found: Option<Amount>,
    /// What was asked for.
    pub needed: Option<Amount>,
    /// The ids of what counted as the record stands, for the forms that count records; several answers where groups are
    /// of one size.
    pub counted: Option<Vec<Vec<String>>>,
    /// Its six truths without the waiver that is in force for it.
    pub without: Option<Six>,
    /// Whether a group without reuse needs the waiver that is in force for it, though it is met without.
    pub leant_on: bool,
    /// Whether a waiver that has an effect reaches it.
    pub reached: bool,
    /// What a group without reuse reaches through it.
    reaches: Reaches,
    /// Of a group without reuse, what it shares out, in the order written.
    pub demands: Option<Vec<Demand>>,
}

/// What a group without reuse reaches through a requirement.
#[derive(Clone, Debug)]
enum Reaches {
    /// Nothing below it.
    Nothing,
    /// The requirements of these addresses.
    All(Vec<String>),
    /// The requirement of a competency or role, if it has one, when nothing else decides.
    Root(Option<String>, Six),
    /// Records.
    Records(Option<i128>, Vec<Serving>),
}

/// What became of a competency or role.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Its six truths.
    pub truth: Six,
    /// Steps met of steps asked.
    pub steps: Steps,
    /// What decided; the requirement for a role.
    pub decided: Decided,
    /// The day up to which evidence does not count.
    pub renewal: Option<Date>,
    /// Whether a waiver that has an effect reaches it.
    pub reached: bool,
    /// The address of its requirement.
    root: Option<String>,
}

/// What became of everything.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The requirements, by address.
    pub requirements: BTreeMap<String, Finding>,
    /// The competencies, by their place in the model.
    pub competencies: BTreeMap<u32, Subject>,
    /// The roles, by their place in the model.
    pub roles: BTreeMap<u32, Subject>,
    /// The stages, by their place in the model, and the post by which each is held.
    pub stages: BTreeMap<u32, (Subject, Option<usize>)>,
    /// Whether the record holds anything dated after the day.
    pub replay: bool,
}

/// Evaluates a programme without errors for a record on a day.
#[must_use]
pub fn evaluate(model: &Model, input: &Input, as_of: Date) -> Outcome {
    let world = World {
        model,
        input,
        as_of: day(as_of),
    };
    let mut walk = Walk {
        world,
        outcome: Outcome::default(),
    };
    for place in (0u32..).take(model.competencies.len()) {
        walk.competency(CompetencyId(place));
    }
    for place in (0u32..).take(model.roles.len()) {
        walk.role(RoleId(place));
    }
    walk.outcome.replay = dated_later(&world);
    walk.outcome
}

/// Whether the record holds anything that happened after the day.
fn dated_later(world: &World<'_>) -> bool {
    let evidence = world
        .input
        .evidence
        .iter()
        .flat_map(|one| [Some(one.date), one.submitted, one.decided]);
    let suspended = world.input.evidence.iter().map(|one| &one.suspended);
    let suspended = suspended.chain(world.input.credentials.iter().map(|one| &one.suspended));
    let suspended = suspended.flatten().map(|one| Some(one.from));
    let posts = world.input.posts.iter().map(|one| Some(one.from));
    let credentials = world
        .input
        .credentials
        .iter()
        .flat_map(|one| [Some(one.issued), one.submitted, one.decided]);
    let waivers = world.input.waivers.iter().map(|one| Some(one.granted));
    evidence
        .chain(credentials)
        .chain(waivers)
        .chain(suspended)
        .chain(posts)
        .flatten()
        .any(|date| day(date) > world.as_of)
}

struct Walk<'a> {
    world: World<'a>,
    outcome: Outcome,
}

/// Where a requirement stands.
#[derive(Clone, Debug)]
struct At {
    /// The address of the nearest labelled requirement above, or of the role or competency.
    base: String,
    /// Everything that address may be written as.
    bases: Vec<String>,
    /// Its address if it has no label.
    unnamed: String,
    owner: Option<CompetencyId>,
    renewal: Option<Day>,
}

impl Walk<'_> {
    /// What became of a competency, worked out once.
    fn competency(&mut self, id: CompetencyId) -> Subject {
        if let Some(known) = self.outcome.competencies.get(&id.0) {
            return known.clone();
        }
        let model = self.world.model;
        let competency = model
            .competency(id)
            .unwrap_or_else(|| panic!("no competency {id:?}"));
        let credentials = credential::look(&self.world, id);
        let own = competency.requires.as_ref().map(|requires| {
            let name = competency.named.name.clone();
            let at = At {
                base: name.clone(),
                bases: named(&competency.named, &competency.formerly),
                unnamed: name,
                owner: Some(id),
                renewal: credentials.renewal,
            };
            self.requirement(requires, &at, &[], None)
        });
        let root = own.as_ref().map(|(address, _)| address.clone());
        let reached = own.as_ref().is_some_and(|own| own.1.reached);
        let own = own.map(|(_, own)| own);
        let (truth, steps) = own.map_or((Six::FALSE, Steps::one()), |own| (own.truth, own.steps));
        let truth = match credentials.decided {
            Decided::Withheld(_) => Six::FALSE,
            Decided::Credential(_) => Six::TRUE,
            Decided::UnderReview(_) => truth.or(Six::UNDER_REVIEW),
            Decided::Requirement => truth,
        };
        let subject = Subject {
            truth,
            steps: steps.settled(truth.l0),
            decided: credentials.decided,
            renewal: credentials.renewal.map(Day::date),
            reached: reached
                && matches!(
                    credentials.decided,
                    Decided::Requirement | Decided::UnderReview(_)
                ),
            root,
        };
        self.outcome.competencies.insert(id.0, subject.clone());
        subject
    }

    /// What became of a role, worked out once.
    fn role(&mut self, id: RoleId) -> Subject {
        if let Some(known) = self.outcome.roles.get(&id.0) {
            return known.clone();
        }
        let model = self.world.model;
        let role = model.role(id).unwrap_or_else(|| panic!("no role {id:?}"));
        let name = role.named.name.clone();
        let at = At {
            base: name.clone(),
            bases: named(&role.named, &role.formerly),
            unnamed: name.clone(),
            owner: None,
            renewal: None,
        };
        let (root, eligible) = self.requirement(&role.eligible, &at, &[], None);
        for (place, preferred) in (1..).zip(&role.preferred) {
            let at = At {
                unnamed: format!("{name}/preferred/{place}"),
                ..at.clone()
            };
            self.requirement(preferred, &at, &[], None);
        }
        let held = stage::role_held(&self.world, id).is_some();
        let truth = if held { Six::TRUE } else { eligible.truth };
        self.stages(id, role, truth, eligible.reached && !held);
        let subject = Subject {
            truth,
            steps: eligible.steps.settled(truth.l0),
            decided: Decided::Requirement,
            renewal: None,
            reached: eligible.reached && !held,
            root: (!held).then_some(root),
        };
        self.outcome.roles.insert(id.0, subject.clone());
        subject
    }

    /// What became of the stages of a role, one after the other.
    fn stages(&mut self, id: RoleId, role: &Role, eligible: Six, mut reached: bool) {
        let (model, role_id) = (self.world.model, id);
        let mut before = eligible;
        for (id, stage) in model.stages_of(role_id) {
            let renewal = stage::renewal(&self.world, role_id, id);
            let own = stage.when.as_ref().map(|when| {
                let below = |name: &String| format!("{name}.{}", stage.named.name);
                let base = below(&role.named.name);
                let bases = named(&role.named, &role.formerly);
                let at = At {
                    base: base.clone(),
                    bases: bases.iter().map(below).collect(),
                    unnamed: base,
                    owner: None,
                    renewal,
                };
                self.requirement(when, &at, &[], None).1
            });
            let held = stage::stage_held(&self.world, role_id, id);
            reached = held.is_none() && (reached || own.as_ref().is_some_and(|own| own.reached));
            let (truth, steps) =
                own.map_or((Six::FALSE, Steps::one()), |own| (own.truth, own.steps));
            before = if held.is_some() {
                Six::TRUE
            } else {
                before.and(truth)
            };
            let subject = Subject {
                truth: before,
                steps: steps.settled(before.l0),
                decided: Decided::Requirement,
                renewal: renewal.map(Day::date),
                reached,
                root: None,
            };
            self.outcome.stages.insert(id.0, (subject, held));
        }
    }

    /// What became of a stage of a role.
    fn stage(&mut self, role: RoleId, stage: StageId) -> Subject {
        self.role(role);
        let known = self.outcome.stages.get(&stage.0);
        let (subject, _) = known.unwrap_or_else(|| panic!("no stage {stage:?}"));
        subject.clone()
    }

    /// For how long posts were held.
    fn held(&self, held: &Held, arguments: &[Argument]) -> Finding {
        let years = stage::held_years(&self.world, held.role, held.stage, held.consecutive);
        let scope = Scope {
            world: &self.world,
            arguments,
            row: None,
        };
        let found = Some(Amount::count(years));
        match scope.number(&held.bound) {
            Ok(bound) => {
                let bound = bound
                    .to_whole()
                    .unwrap_or_else(|| panic!("no whole number"));
                Finding {
                    found,
                    needed: Some(Amount::count(bound)),
                    ..plain(Six::each(|_| years >= bound), Steps::counted(years, bound))
                }
            }
            Err(lack) => Finding {
                found,
                ..plain(lack.truth(), Steps::one())
            },
        }
    }

    /// The address of a requirement and what became of it. `label` is that of a call in whose place it stands.
    fn requirement(
        &mut self,
        requirement: &Requirement,
        at: &At,
        arguments: &[Argument],
        label: Option<&Label>,
    ) -> (String, Finding) {
        let own = requirement.label.as_ref();
        if let (Some(_), Some(outer)) = (own, label) {
            let address = format!("{}.{}", at.base, outer.named.name);
            let bases = waiver::addresses(&at.bases, outer);
            let below = At {
                base: address.clone(),
                bases: bases.clone(),
                unnamed: format!("{address}/1"),
                ..at.clone()
            };
            let (inner, only) = self.requirement(requirement, &below, arguments, None);
            let mut group = grouped(&Group::All, &[only], None);
            group.reaches = Reaches::All(vec![inner]);
            return self.done(address, Some((outer, &bases)), group);
        }
        let label = own.or(label);
        if let Form::Call(rule, given) = &requirement.form {
            let rule = self
                .world
                .model
                .rule(*rule)
                .unwrap_or_else(|| panic!("no rule {rule:?}"));
            let world = self.world;
            let scope = Scope {
                world: &world,
                arguments,
                row: None,
            };
            let inside: Vec<Argument> = given.iter().map(|given| scope.argument(given)).collect();
            return self.requirement(&rule.requirement, at, &inside, label);
        }
        let address = match label {
            Some(label) => format!("{}.{}", at.base, label.named.name),
            None => at.unnamed.clone(),
        };
        let bases = match label {
            Some(label) => waiver::addresses(&at.bases, label),
            None => at.bases.clone(),
        };
        let result = match &requirement.form {
            Form::Group(_, group, children) => {
                let base = if label.is_some() {
                    address.clone()
                } else {
                    at.base.clone()
                };
                self.group(
                    group,
                    children,
                    &address,
                    &At {
                        base,
                        bases: bases.clone(),
                        ..at.clone()
                    },
                    arguments,
                )
            }
            Form::Competency(id) => of_subject(&self.competency(*id)),
            Form::Role(id, None) => of_subject(&self.role(*id)),
            Form::Role(id, Some(stage)) => of_subject(&self.stage(*id, *stage)),
            Form::Held(held) => self.held(held, arguments),
            Form::Records(records) => {
                let setting = Setting {
                    world: &self.world,
                    arguments,
                    owner: at.owner,
                    renewal: at.renewal,
                };
                let measured = measure(setting, records);
                Finding {
                    truth: measured.truth,
                    locked: false,
                    steps: measured.steps,
                    found: measured.found,
                    needed: measured.needed,
                    counted: measured.counted,
                    without: None,
                    leant_on: false,
                    reached: false,
                    reaches: Reaches::Records(measured.asked, measured.serving),
                    demands: None,
                }
            }
            Form::Condition(condition) => {
                let truth = Scope {
                    world: &self.world,
                    arguments,
                    row: None,
                }
                .truth(condition);
                plain(truth, Steps::one())
            }
            Form::Invalid | Form::Call(..) => panic!("an invalid requirement at {address}"),
        };
        self.done(address, label.map(|label| (label, &*bases)), result)
    }

    fn done(
        &mut self,
        address: String,
        label: Option<(&Label, &[String])>,
        mut result: Finding,
    ) -> (String, Finding) {
        if label.is_some_and(|(label, all)| waiver::in_force(&self.world, label, all)) {
            result.reached |= result.truth != Six::TRUE;
            result.without = Some(result.truth);
            result.truth = Six::TRUE;
        }
        result.steps = result.steps.settled(result.truth.l0);
        let before = self
            .outcome
            .requirements
            .insert(address.clone(), result.clone());
        assert!(
            before.is_none(),
            "two requirements have the address {address}"
        );
        (address, result)
    }

    fn group(
        &mut self,
        group: &Group,
        children: &[Requirement],
        address: &str,
        at: &At,
        arguments: &[Argument],
    ) -> Finding {
        let mut results = Vec::new();
        let mut addresses = Vec::new();
        let mut locked = false;
        for (place, child) in (1..).zip(children) {
            let below = At {
                unnamed: format!("{address}/{place}"),
                ..at.clone()
            };
            let (address, result) = self.requirement(child, &below, arguments, None);
            if matches!(group, Group::InOrder) {
                if let Some(stored) = self.outcome.requirements.get_mut(&address) {
                    stored.locked = locked;
                }
                locked |= !result.truth.l0;
            }
            results.push(result);
            addresses.push(address);
        }
        let bound = match group {
            Group::AtLeast(bound) | Group::Points(bound, _) => {
                let bound = Scope {
                    world: &self.world,
                    arguments,
                    row: None,
                }
                .number(bound);
                Some(bound.map(|bound| {
                    bound
                        .to_whole()
                        .unwrap_or_else(|| panic!("no whole number"))
                }))
            }
            _ => None,
        };
        let mut finding = grouped(group, &results, bound);
        if matches!(group, Group::All | Group::InOrder | Group::WithoutReuse) {
            finding.reaches = Reaches::All(addresses.clone());
        }
        if matches!(group, Group::WithoutReuse) {
            self.share_out(&mut finding, &addresses);
        }
        finding
    }

    /// What becomes of a group whose records are shared out.
    fn share_out(&mut self, finding: &mut Finding, children: &[String]) {
        let mut asked: BTreeMap<String, (Six, bool)> = BTreeMap::new();
        let mut written = Vec::new();
        for child in children {
            self.ask(child, (Six::TRUE, true), &mut asked, &mut written);
        }
        let mut demands = Vec::new();
        let mut excusable = Vec::new();
        let mut steps = Vec::new();
        for address in &written {
            let (Some(known), Some((truth, firm))) =
                (self.outcome.requirements.get(address), asked.get(address))
            else {
                continue;
            };
            match reaches(known) {
                Reaches::Records(asked, serving) => {
                    let excused = !firm || known.without.is_some();
                    excusable.extend(excused.then(|| address.clone()));
                    demands.push(Demand {
                        address: address.clone(),
                        truth: *truth,
                        asked: *asked,
                        serving: serving.clone(),
                    });
                }
                Reaches::All(_) => {}
                Reaches::Nothing => steps.extend(truth.l0.then_some(known.steps)),
                Reaches::Root(root, when) => {
                    let ends = root.is_none() || !when.l0;
                    steps.extend((truth.l0 && ends).then_some(known.steps));
                }
            }
        }
        let firm = reuse::but(&demands, &excusable);
        finding.truth = Six::each(|bit| finding.truth.at(bit) && reuse::served(&firm, bit));
        let mut left = reuse::most_served(&firm);
        for demand in demands.iter().filter(|demand| demand.truth.l0) {
            steps.push(match demand.asked {
                None => Steps::one(),
                Some(asked) if asked <= 0 => Steps::counted(1, 1),
                Some(asked) if excusable.contains(&demand.address) => Steps::counted(asked, asked),
                Some(asked) => {
                    let given = left.min(asked);
                    left -= given;
                    Steps::counted(given, asked)
                }
            });
        }
        finding.steps = steps::sum(&steps);
        let excused = reuse::excused(&demands, excusable, finding.truth);
        if !excused.is_empty() {
            finding.reached = true;
            for child in children {
                self.excuse(child, &excused);
            }
        }
        finding.demands = Some(reuse::but(&demands, &excused));
    }

    /// Whether a requirement leads to an excused demand and no waiver below it excuses that; if there is one for itself, that
    /// is noted.
    fn excuse(&mut self, address: &str, excused: &[String]) -> bool {
        let Some(known) = self.outcome.requirements.get(address) else {
            return false;
        };
        let waived = known.without.is_some();
        let leads = match reaches(known).clone() {
            Reaches::Records(..) => excused.iter().any(|it| it == address),
            Reaches::All(children) => {
                let leading = children.iter().map(|child| self.excuse(child, excused));
                leading.fold(false, |any, leads| any | leads)
            }
            Reaches::Root(Some(root), passes) if passes.l0 => self.excuse(&root, excused),
            _ => false,
        };
        if let (true, true, Some(known)) =
            (leads, waived, self.outcome.requirements.get_mut(address))
        {
            known.leant_on = true;
        }
        leads && !waived
    }

    /// Asks a requirement and whatever is reached through it: when, and whether nothing that has a waiver in force was on
    /// the way.
    fn ask(
        &self,
        address: &str,
        (when, firm): (Six, bool),
        asked: &mut BTreeMap<String, (Six, bool)>,
        written: &mut Vec<String>,
    ) {
        match asked.get_mut(address) {
            Some(before) => *before = (before.0.or(when), before.1 | firm),
            None => {
                asked.insert(address.to_owned(), (when, firm));
                written.push(address.to_owned());
            }
        }
        let Some(known) = self.outcome.requirements.get(address) else {
            return;
        };
        let firm = firm && known.without.is_none();
        match reaches(known) {
            Reaches::All(children) => {
                for child in children {
                    self.ask(child, (when, firm), asked, written);
                }
            }
            Reaches::Root(Some(root), passes) => {
                let when = when.and(*passes);
                if when != Six::FALSE {
                    self.ask(root, (when, firm), asked, written);
                }
            }
            _ => {}
        }
    }
}

/// What a group without reuse reaches through a requirement: through one that rests on a waiver, nothing.
fn reaches(finding: &Finding) -> &Reaches {
    match finding.without {
        Some(without) if without != Six::TRUE => &Reaches::Nothing,
        _ => &finding.reaches,
    }
}

fn plain(truth: Six, steps: Steps) -> Finding {
    Finding {
        truth,
        locked: false,
        steps,
        found: None,
        needed: None,
        counted: None,
        without: None,
        leant_on: false,
        reached: false,
        reaches: Reaches::Nothing,
        demands: None,
    }
}

/// What a competency or role is called, now and before.
fn named(now: &Named, before: &[Named]) -> Vec<String> {
    let names = std::iter::once(now).chain(before);
    names.map(|name| name.name.clone()).collect()
}

fn of_subject(subject: &Subject) -> Finding {
    let passes = match subject.decided {
        Decided::Requirement => Six::TRUE,
        Decided::Credential(_) | Decided::Withheld(_) => Six::FALSE,
        // What is under review makes do without, once it comes out well.
        Decided::UnderReview(_) => Six::UNDER_REVIEW.not_bitwise(),
    };
    Finding {
        reached: subject.reached,
        reaches: Reaches::Root(subject.root.clone(), passes),
        ..plain(subject.truth, subject.steps)
    }
}

fn grouped(
    group: &Group,
    children: &[Finding],
    bound: Option<Result<i128, expression::Lack>>,
) -> Finding {
    let truths = || children.iter().map(|child| child.truth);
    let any = truths().fold(Six::FALSE, Six::or);
    let steps: Vec<Steps> = children.iter().map(|child| child.steps).collect();
    let finding = match group {
        Group::All | Group::InOrder | Group::WithoutReuse => {
            plain(truths().fold(Six::TRUE, Six::and), steps::sum(&steps))
        }
        Group::Any => plain(any, steps::easiest(&steps, 1)),
        Group::None => plain(any.negated(), Steps::one()),
        Group::AtLeast(_) => {
            let met = |bit| truths().filter(|truth| truth.at(bit)).count() as i128;
            let found = Some(Amount::count(met(Bit::L0)));
            match bound {
                Some(Ok(bound)) => Finding {
                    found,
                    needed: Some(Amount::count(bound)),
                    ..plain(
                        Six::each(|bit| met(bit) >= bound),
                        steps::easiest(&steps, bound),
                    )
                },
                Some(Err(lack)) => Finding {
                    found,
                    ..plain(lack.truth(), Steps::one())
                },
                None => panic!("at least how many?"),
            }
        }
        Group::Points(_, worth) => {
            let points = |bit| {
                let each = truths().zip(worth);
                let met = each.filter(|(truth, _)| truth.at(bit));
                met.map(|(_, points)| i128::from(points.unwrap_or(0)))
                    .sum::<i128>()
            };
            let found = points(Bit::L0);
            let (needed, rest) = match bound {
                Some(Ok(bound)) => (
                    Some(Amount::count(bound)),
                    plain(
                        Six::each(|bit| points(bit) >= bound),
                        Steps::share(Exact::whole(found), Exact::whole(bound)),
                    ),
                ),
                Some(Err(lack)) => (None, plain(lack.truth(), Steps::one())),
                None => panic!("at least how many points?"),
            };
            Finding {
                found: Some(Amount::count(found)),
                needed,
                ..rest
            }
        }
    };
    Finding {
        reached: children.iter().any(|child| child.reached),
        ..finding
    }
}
