//! The plan: a checked programme as flat tables and requirements in dependency order.
//!
//! In: [`Parts`], as the compiler lowers them. Out: a [`Plan`], whose every index is in range and whose
//! every node stands after those it depends on, so that evaluation need not ask.

mod addresses;
mod expression;
pub mod file;
mod shared;
mod texts;
pub(crate) mod types;
mod validate;
mod versions;

use std::sync::Arc;

use addresses::Addresses;
pub use expression::{
    Comparison, Constant, Number, Ordinal, Quantifier, Source, Test, Text, Value, When,
};
pub(crate) use shared::{Shared, below};
pub use validate::PlanError;
pub use versions::{Governing, TRANSITIONS, Transition, VERSIONS, Why};

use crate::{Date, Decimal, Duration, MonthDay, Unit, school_year_end};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub u32);

            impl $name {
                /// The place in its table.
                #[must_use]
                pub const fn index(self) -> usize {
                    self.0 as usize
                }
            }
        )*
    };
}

ids! {
    /// A scale, by its place in [`Parts::scales`].
    ScaleId
    /// A rubric, by its place in [`Parts::rubrics`].
    RubricId
    /// A fact, by its place in [`Parts::facts`].
    FactId
    /// A kind of evidence, by its place in [`Parts::kinds`].
    KindId
    /// A competency, by its place in [`Parts::competencies`].
    CompetencyId
    /// A role, by its place in [`Parts::roles`].
    RoleId
    /// A requirement, by its place in [`Parts::nodes`].
    NodeId
    /// A stage of a role, by its place in [`Parts::stages`].
    StageId
}

/// Everything a plan is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// What the programme says of itself.
    pub programme: Programme,
    /// The scales.
    pub scales: Vec<Scale>,
    /// The rubrics.
    pub rubrics: Vec<Rubric>,
    /// The facts known of a candidate.
    pub facts: Vec<Field>,
    /// The kinds of evidence.
    pub kinds: Vec<Kind>,
    /// The competencies, in the order written.
    pub competencies: Vec<Competency>,
    /// The roles, in the order written.
    pub roles: Vec<Role>,
    /// The requirements: each after its children and after the roots of what it refers to.
    pub nodes: Vec<Node>,
    /// The figures over a cohort, in the order written.
    pub measures: Vec<CohortMeasure>,
    /// The stages of roles: those of one follow one another, in the order written.
    pub stages: Vec<Stage>,
}

impl Parts {
    /// The last day of what is valid for so long from a day on.
    #[must_use]
    pub fn last_valid(&self, from: Date, valid: Duration) -> Date {
        match (valid.unit, self.programme.school_year) {
            (Unit::SchoolYears, Some(start)) => {
                let years = i32::try_from(valid.count).unwrap_or(i32::MAX);
                let first = from.school_year(start);
                school_year_end(first.saturating_add(years).saturating_sub(1), start)
            }
            _ => from.plus(valid),
        }
    }

    /// The score that the level of a field follows from.
    #[must_use]
    pub fn score_of(&self, kind: KindId, source: Source) -> Option<Source> {
        let Source::Field(field) = source else {
            return None;
        };
        let fields = &self.kinds.get(kind.index())?.fields;
        fields.get(field as usize)?.from_score.map(Source::Field)
    }

    /// The stages of a role, in the order written, with their places.
    pub fn stages_of(&self, role: RoleId) -> impl Iterator<Item = (StageId, &Stage)> {
        let from = self.stages.partition_point(|stage| stage.role < role);
        let from = u32::try_from(from).unwrap_or(u32::MAX);
        let all = self.stages.get(from as usize..).unwrap_or_default();
        let own = all.iter().take_while(move |stage| stage.role == role);
        (from..).map(StageId).zip(own)
    }
}

/// What a programme says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// What its doc comment says.
    pub doc: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// The first day it is in force, and the last.
    pub effective: Option<(Date, Option<Date>)>,
    /// Whom it is about ("Teacher").
    pub candidate: Option<String>,
    /// The day on which a school year starts.
    pub school_year: Option<MonthDay>,
    /// SHA-256 of its texts.
    pub definition: [u8; 32],
    /// Until when candidates may finish under earlier versions.
    pub transitions: Vec<Transition>,
}

/// A name with a title: a criterion or a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name, as in records.
    pub name: String,
    /// The title, for people.
    pub title: Option<String>,
}

/// Ordered levels, lowest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Name and title.
    pub entry: Entry,
    /// The levels.
    pub levels: Vec<Level>,
    /// The scores that the levels begin with, the earliest days first.
    pub cut_scores: Vec<CutScores>,
}

/// The scores that levels begin with, from a day on until others take their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutScores {
    /// The first day.
    pub from: Date,
    /// Levels by their places, and the least score of each; both rise.
    pub cuts: Vec<(u16, Decimal)>,
}

impl Scale {
    /// The cut scores in force on a day.
    #[must_use]
    pub fn cut_scores(&self, day: Date) -> Option<&CutScores> {
        let begun = self.cut_scores.partition_point(|cuts| cuts.from <= day);
        self.cut_scores.get(begun.checked_sub(1)?)
    }
}

impl CutScores {
    /// The level of a score, in millionths: the lowest if it is below every cut.
    pub(crate) fn level(&self, score: i64) -> u16 {
        let reached = self.cuts.partition_point(|(_, cut)| cut.micros() <= score);
        let cut = reached.checked_sub(1).and_then(|at| self.cuts.get(at));
        cut.map_or(0, |(level, _)| *level)
    }
}

/// A level of a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// Name and title.
    pub entry: Entry,
    /// The number it carries.
    pub number: Option<Decimal>,
}

/// Criteria, each rated on one scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rubric {
    /// Name and title.
    pub entry: Entry,
    /// The scale.
    pub scale: ScaleId,
    /// The criteria.
    pub criteria: Vec<Entry>,
}

/// A fact, or a field of a kind of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Name and title.
    pub entry: Entry,
    /// What its doc comment says.
    pub doc: Option<String>,
    /// What values it takes.
    pub ty: Type,
    /// Of a field whose level follows from a score, the place of the score among the fields of its kind.
    pub from_score: Option<u32>,
}

/// What values a fact or a field takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// A decimal from the first to the last.
    Number(Decimal, Decimal),
    /// A whole number from the first to the last.
    Whole(Decimal, Decimal),
    /// Yes or no.
    YesNo,
    /// A day.
    Date,
    /// A text.
    Text,
    /// A level of a scale; its value is an ordinal.
    Level(ScaleId),
    /// One of these; its value is an ordinal.
    Choice(Vec<Entry>),
    /// A level for each criterion.
    Rubric(RubricId),
    /// Several values; never of rubrics or lists.
    List(Box<Type>),
}

/// A kind of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Name and title.
    pub entry: Entry,
    /// What its doc comment says.
    pub doc: Option<String>,
    /// Its own fields; `id`, `date` and the like are not among them.
    pub fields: Vec<Field>,
    /// The hours that one takes, if the programme says so.
    pub effort: Option<Decimal>,
}

/// A competency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Competency {
    /// Name and title.
    pub entry: Entry,
    /// What its doc comment says.
    pub doc: Option<String>,
    /// What it is.
    pub about: Option<String>,
    /// The frameworks it is aligned to.
    pub aligned: Vec<String>,
    /// The credential it awards.
    pub award: Option<Award>,
    /// What demonstrates it.
    pub requirement: Option<NodeId>,
    /// The names it had before, by which records may still call it.
    pub formerly: Vec<String>,
    /// Whether only other versions of the programme have it: records may speak of it, outcomes do not.
    pub elsewhere: bool,
}

/// A micro-credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    /// Its title.
    pub title: String,
    /// For how long it is valid.
    pub valid: Option<Duration>,
}

/// A role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Name and title.
    pub entry: Entry,
    /// What its doc comment says.
    pub doc: Option<String>,
    /// What it is.
    pub about: Option<String>,
    /// What it brings.
    pub incentives: Vec<String>,
    /// Who is eligible.
    pub eligible: NodeId,
    /// What is preferred.
    pub preferred: Vec<NodeId>,
    /// The names it had before, by which waivers may still call it.
    pub formerly: Vec<String>,
    /// Whether who once reached a stage stays in it.
    pub stays: bool,
}

/// A stage of a role, after its eligibility and the stages before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Whose stage it is.
    pub role: RoleId,
    /// Name and title.
    pub entry: Entry,
    /// For how long a post in it lasts that does not say it itself.
    pub valid: Option<Duration>,
    /// Who is in it, besides those who hold a post in it.
    pub requirement: Option<NodeId>,
}

/// A figure over a cohort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CohortMeasure {
    /// Name and title.
    pub entry: Entry,
    /// What its doc comment says.
    pub doc: Option<String>,
    /// What is counted.
    pub figure: Figure,
    /// Which candidates are looked at at all: those who meet this.
    pub among: Option<NodeId>,
}

/// What a measure counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The share of candidates who meet it.
    Percent(NodeId),
    /// The candidates who meet it, or all.
    Candidates(Option<NodeId>),
    /// The values of a fact, of the candidates who meet it or of all; never of a list or a rubric.
    Different(FactId, Option<NodeId>),
    /// The competencies met.
    Competencies,
}

/// A requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// `role.label.label` or `competency.label`; an unnamed one is `parent/2`, counted from 1.
    pub address: String,
    /// Its own title.
    pub title: Option<String>,
    /// Where it comes from.
    pub cites: Vec<String>,
    /// What to tell the candidate; `{found}`, `{needed}` and `{remaining}` stand for live values.
    pub advice: Option<String>,
    /// The competency whose requirement this is part of, rules written out, references not entered.
    pub owner: Option<CompetencyId>,
    /// The stage whose requirement this is part of, likewise.
    pub stage: Option<StageId>,
    /// What is required.
    pub form: Form,
    /// The authorities that may waive it; of one without a label there are none.
    pub waivable: Vec<String>,
    /// The names its label had before.
    pub formerly: Vec<String>,
}

/// The forms of a requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// All of the children.
    All(Vec<NodeId>),
    /// Any of the children.
    Any(Vec<NodeId>),
    /// At least so many of the children.
    AtLeast(Number, Vec<NodeId>),
    /// None of the children.
    None(Vec<NodeId>),
    /// All of the children; a later one is locked until the earlier ones are met.
    InOrder(Vec<NodeId>),
    /// The competency.
    Competency(CompetencyId),
    /// Eligibility for the role.
    Role(RoleId),
    /// Something asked of records.
    Records(Records),
    /// A condition over facts.
    Condition(Test),
    /// All of the children, every record counted for at most one of the requirements on records it shares out to.
    WithoutReuse(Vec<NodeId>),
    /// The stage of its role.
    Stage(StageId),
    /// So many points of those that the children which are met are worth; the points of each in the same order.
    Points(Number, Vec<NodeId>, Vec<u32>),
    /// For how long posts were held.
    Held(Held),
}

/// For how many school years posts in a role were held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The role.
    pub role: RoleId,
    /// The stage of it; without one, any.
    pub stage: Option<StageId>,
    /// For how many school years at least.
    pub bound: Number,
    /// Whether they have to follow one another.
    pub consecutive: bool,
}

impl Form {
    /// The requirements it is made of.
    #[must_use]
    pub fn children(&self) -> &[NodeId] {
        match self {
            Self::All(children)
            | Self::Any(children)
            | Self::AtLeast(_, children)
            | Self::Points(_, children, _)
            | Self::None(children)
            | Self::InOrder(children)
            | Self::WithoutReuse(children) => children,
            Self::Competency(_)
            | Self::Role(_)
            | Self::Records(_)
            | Self::Condition(_)
            | Self::Stage(_)
            | Self::Held(_) => &[],
        }
    }
}

/// Something asked of the records of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Records {
    /// What is asked.
    pub measure: Measure,
    /// The kind.
    pub kind: KindId,
    /// `for`
    pub competency: Option<CompetencyId>,
    /// The windows of time; a record lies in all of them.
    pub windows: Vec<Window>,
    /// `whose`
    pub whose: Option<Test>,
    /// `among latest`
    pub latest: Option<u32>,
    /// `including those under review`
    pub including_under_review: bool,
    /// `including returned`
    pub including_returned: bool,
    /// `where`
    pub matching: Option<Test>,
    /// The spread; only on counts.
    pub spread: Option<Spread>,
    /// `counting`; never with `among latest`.
    pub attempts: Option<Attempts>,
}

/// Which of several attempts counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    /// What attempts of one thing have in common.
    pub key: Source,
    /// What the one that counts has the highest of; without it the latest counts.
    pub highest: Option<Source>,
}

/// At least, at most or exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// `at least`
    AtLeast,
    /// `at most`
    AtMost,
    /// `exactly`
    Exactly,
}

/// What is asked of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// So many of them; a whole number.
    Count(How, Number),
    /// None.
    No,
    /// All, and at least one.
    Every,
    /// So many per cent of them, 0 to 100.
    Share(How, Decimal),
    /// A figure made of their values. Both values are of one variant. A total or an average is of numbers.
    Aggregate(How, Value, Aggregate, Value),
}

/// What is made of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// Their sum.
    Total,
    /// Their mean.
    Average,
    /// The highest.
    Highest,
    /// The lowest.
    Lowest,
}

/// A window of time. Dates in it depend on facts at most, never on the record looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Window {
    /// `end - duration < date <= end`; in school years: the year of `end` and those before it, up to `end`.
    Within(Duration, When),
    /// `date >= when`
    Since(When),
    /// Both days included.
    From(When, When),
    /// `date < when`
    Before(When),
    /// `date > when`
    After(When),
    /// `when - duration <= date < when`; in school years: the complete ones before that of `when`.
    InThe(Duration, When),
    /// From the first to the last school year, relative to the one of the as-of date (0).
    SchoolYears(i32, i32),
    /// The school year that starts in that calendar year.
    SchoolYear(i32),
}

/// How distinct values are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// `by different FIELD`
    Different(Source),
    /// `with the same FIELD`
    Same(Source),
    /// `in different school years`
    DifferentYears,
    /// `in consecutive school years`, and whether `skipping years without one`
    ConsecutiveYears(bool),
}

/// A checked programme, ready to evaluate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    parts: Arc<Parts>,
    /// The texts it writes out, in order.
    texts: Vec<Arc<str>>,
    /// Whether a condition looks at the ids of records.
    looks_at_ids: bool,
    /// Its requirements by their addresses, present and former.
    addresses: Addresses,
    /// The groups without reuse, in the plan's order.
    shared: Vec<Shared>,
    /// For each kind of evidence how many requirements look at its records: in the version that has the most of them.
    looking: Vec<u32>,
    /// The versions before it, the newest first; they have none themselves.
    older: Vec<Self>,
    /// What it and the versions before it are made of: a record may speak of any of them.
    versions: Arc<[Arc<Parts>]>,
}

impl Plan {
    /// Makes a plan of parts that hold together.
    ///
    /// # Errors
    ///
    /// Something that evaluation relies on does not hold; a checked programme never gives this.
    pub fn new(parts: Parts) -> Result<Self, PlanError> {
        validate::validate(&parts)?;
        let shared = shared::shared(&parts)?;
        let (texts, looks_at_ids) = texts::written(&parts);
        let addresses = Addresses::new(&parts);
        let looking = looking(&parts);
        let parts = Arc::new(parts);
        Ok(Self {
            versions: Arc::from([Arc::clone(&parts)]),
            parts,
            texts,
            looks_at_ids,
            addresses,
            shared,
            looking,
            older: Vec::new(),
        })
    }

    /// What it is made of.
    #[must_use]
    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// A requirement.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.parts.nodes.get(id.index())
    }

    /// The requirement of an address, in which every name may be a former one.
    #[must_use]
    pub fn requirement(&self, address: &str) -> Option<NodeId> {
        self.addresses.find(&self.parts, address)
    }

    /// How many requirements look at the records of a kind, in the version that has the most of them.
    pub(crate) fn looking_at(&self, kind: KindId) -> usize {
        self.looking
            .get(kind.index())
            .map_or(0, |count| *count as usize)
    }

    /// The groups without reuse, in the plan's order.
    pub(crate) fn without_reuse(&self) -> &[Shared] {
        &self.shared
    }

    /// What a group without reuse reaches.
    pub(crate) fn reached_by(&self, group: NodeId) -> Option<&Shared> {
        let place = self
            .shared
            .binary_search_by(|shared| shared.group.cmp(&group));
        self.shared.get(place.ok()?)
    }

    /// What it is made of, to be kept by a record.
    pub(crate) fn shared(&self) -> Arc<Parts> {
        Arc::clone(&self.parts)
    }

    /// What its versions are made of, the newest first.
    #[must_use]
    pub const fn versions(&self) -> &Arc<[Arc<Parts>]> {
        &self.versions
    }

    /// The texts it writes out, in order: a record counts its own texts on from these.
    pub(crate) fn texts(&self) -> &[Arc<str>] {
        &self.texts
    }

    /// The place of a text that is written out.
    pub(crate) fn text(&self, text: &str) -> Option<i64> {
        let place = self.texts.binary_search_by(|written| (**written).cmp(text));
        place.ok().and_then(|place| i64::try_from(place).ok())
    }

    /// Whether a condition looks at the ids of records.
    pub(crate) const fn looks_at_ids(&self) -> bool {
        self.looks_at_ids
    }
}

/// For each kind of evidence how many requirements look at its records.
fn looking(parts: &Parts) -> Vec<u32> {
    let mut looking = vec![0_u32; parts.kinds.len()];
    for node in &parts.nodes {
        if let Form::Records(records) = &node.form
            && let Some(count) = looking.get_mut(records.kind.index())
        {
            *count = count.saturating_add(1);
        }
    }
    looking
}
