//! The outcome: what an evaluation found, in numbers and places. Sentences are made of it elsewhere.

use crate::plan::{CompetencyId, FactId, KindId, NodeId, Source};
use crate::truth::Verdict;
use crate::{Date, Status, Truth};

/// What an evaluation found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The day it holds for.
    pub as_of: Date,
    /// One for each node of the plan, in its order.
    pub nodes: Vec<NodeOutcome>,
    /// One for each competency of the plan, in its order.
    pub competencies: Vec<CompetencyOutcome>,
    /// One for each role of the plan, in its order.
    pub roles: Vec<RoleOutcome>,
    /// One for each stage of the plan, in its order.
    pub stages: Vec<StageOutcome>,
    /// Whether the record holds anything dated after the as-of date.
    pub replay: bool,
    /// The requirements that a waiver in force is for, in their order, and its place in the record.
    pub waived: Vec<(NodeId, u32)>,
    /// Those of them that are met without it all the same, and of whose waiver a group without reuse has need, in their order.
    pub needed: Vec<NodeId>,
}

impl Outcome {
    /// The outcome of nothing on a day.
    pub(crate) const fn nothing(as_of: Date) -> Self {
        Self {
            as_of,
            nodes: Vec::new(),
            competencies: Vec::new(),
            roles: Vec::new(),
            stages: Vec::new(),
            replay: false,
            waived: Vec::new(),
            needed: Vec::new(),
        }
    }

    /// Whether a waiver is in force for a requirement and makes a difference to it, or to a group without reuse that reaches it.
    #[must_use]
    pub fn rests_on_waiver(&self, id: NodeId) -> bool {
        let found = self.nodes.get(id.index());
        found.is_some_and(NodeOutcome::rests_on_waiver) || self.needed.binary_search(&id).is_ok()
    }
}

/// What became of a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeOutcome {
    /// Its six bits.
    pub truth: Truth,
    /// Whether an earlier step of an `in order` above it (its own place in it) is not met.
    pub locked: bool,
    /// How far it is.
    pub progress: Progress,
    /// What was found as the record stands, where the form counts: hits of a count or a group, the value of a spread,
    /// the sum, the average (rounded down to a millionth), the whole per cent (rounded down) of a share, the highest or
    /// lowest value.
    pub found: Option<Amount>,
    /// What was asked for, where the form counts and no unknown fact hides it.
    pub needed: Option<Amount>,
    /// Its six bits without the waiver that is in force for it, where there is one.
    pub without: Option<Truth>,
}

impl NodeOutcome {
    /// The verdict: that of its truth, but that it is waived if it would not be met without the waiver for it.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.without {
            Some(without) if !without.met() => Verdict::Waived,
            _ => self.truth.status(),
        }
    }

    /// Whether a waiver is in force for it and makes a difference to it.
    #[must_use]
    pub fn rests_on_waiver(&self) -> bool {
        self.without.is_some_and(|without| without != self.truth)
    }
}

/// A quantity found or asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// So many.
    Count(u64),
    /// A number in units of 10⁻¹².
    Number(i128),
    /// So many per cent, in units of 10⁻⁶.
    Percent(i64),
    /// A day.
    Date(Date),
    /// A level, by its place in its scale.
    Ordinal(u16),
}

/// Steps met of steps asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Progress {
    /// Steps met, in hundredths of a step.
    pub met: u64,
    /// Steps asked, in hundredths of a step; at least 100.
    pub of: u64,
}

/// What became of a competency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompetencyOutcome {
    /// Its six bits.
    pub truth: Truth,
    /// How far it is.
    pub progress: Progress,
    /// What decided.
    pub standing: Standing,
    /// The day up to which evidence does not count, because a credential issued then has expired.
    pub renewal_after: Option<Date>,
    /// Its six bits without any waiver, where one reaches it.
    pub without: Option<Truth>,
}

/// What decided a competency; credentials by their place in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its requirement.
    Requirement,
    /// An accepted, unexpired credential.
    Credential(u32),
    /// A credential that is suspended or revoked.
    Withheld(u32),
    /// Its requirement, with a credential under review.
    UnderReview(u32),
}

/// What became of a role: who is eligible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleOutcome {
    /// Its six bits.
    pub truth: Truth,
    /// How far it is.
    pub progress: Progress,
    /// Its six bits without any waiver, where one reaches it.
    pub without: Option<Truth>,
    /// The post by which it stays, by its place in the record.
    pub held: Option<u32>,
}

/// What became of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageOutcome {
    /// Its six bits.
    pub truth: Truth,
    /// How far it is.
    pub progress: Progress,
    /// Its six bits without any waiver, where one reaches it.
    pub without: Option<Truth>,
    /// The post by which it is held, or by which it stays, by its place in the record.
    pub held: Option<u32>,
    /// Whether that post is under way on the day.
    pub under_way: bool,
    /// The day up to which evidence does not count, because a post that began then is no longer valid.
    pub renewal_after: Option<Date>,
}

/// A record of the candidate: a kind and a row of its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordRef {
    /// The kind.
    pub kind: KindId,
    /// The row.
    pub row: u32,
}

/// Why a requirement stands as it does; made only when asked for.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Explanation {
    /// The records that counted, as the record stands, in the order of their dates. Under a spread by or with a field, the
    /// first of each value (or the largest group).
    pub counted: Vec<RecordRef>,
    /// The records that fell short of counting by exactly one clause, in the order of their dates.
    pub near_misses: Vec<NearMiss>,
    /// What nobody supplied and the result depends on.
    pub unknown: Vec<Unknown>,
    /// Of a group without reuse, who is given what as the record stands.
    pub allocation: Option<Allocation>,
}

/// Who is given what by a group without reuse.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Allocation {
    /// The requirements that ask for records, in the order written, and what each is given: the first of the best ways.
    pub assigned: Vec<Share>,
    /// Why not everybody is served.
    pub blocking: Option<Blocking>,
    /// Whether there was too much to try, so that nothing is known of it.
    pub undecided: bool,
}

/// A requirement and records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The requirement.
    pub node: NodeId,
    /// The records, by date and then by id.
    pub records: Vec<RecordRef>,
}

/// Requirements that together ask for more than there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocking {
    /// The requirements, in the order written. Any fewer of them could be served.
    pub nodes: Vec<NodeId>,
    /// How many records they ask for.
    pub needed: u64,
    /// Records that may count once each.
    pub records: Vec<RecordRef>,
    /// Records of one value, of which only one may count for the requirement. With `records` these are all that may serve.
    pub groups: Vec<Share>,
}

impl Blocking {
    /// How many may count at most.
    #[must_use]
    pub fn found(&self) -> u64 {
        self.records.len() as u64 + self.groups.len() as u64
    }
}

/// A record that nearly counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The record.
    pub record: RecordRef,
    /// The one clause it fell short of.
    pub reason: Reason,
}

/// Why a record did not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is under review.
    UnderReview,
    /// Its status does not count.
    Status(Status),
    /// It counted up to that day.
    Expired(Date),
    /// It is filed for no competency, and one is asked for.
    NotFor(CompetencyId),
    /// It lies before the first day asked for.
    TooEarly(Date),
    /// It lies after the last day asked for.
    TooLate(Date),
    /// It counted for a credential issued on that day, which has expired.
    BeforeRenewal(Date),
    /// It is not one of those the requirement is about (`whose`); the place of the first part of the condition that fails.
    Whose(u32),
    /// It is not among the latest.
    NotAmongLatest,
    /// Another attempt of the same counts.
    AnotherAttempt,
    /// It does not match (`where`); the place of the first part of the condition that fails.
    Where(u32),
    /// It repeats the value of a record that counted.
    Repeats(RecordRef),
}

/// Something nobody supplied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unknown {
    /// A fact, and the criterion of its rubric if it has one.
    Fact(FactId, Option<u32>),
    /// A field of a record, and the criterion of its rubric if it has one.
    Field(RecordRef, u32, Option<u32>),
    /// The day a record expires.
    Expires(RecordRef),
}

impl Unknown {
    /// The unknown behind a source, for a record if the source is one of its fields.
    #[must_use]
    pub const fn of(source: Source, record: Option<RecordRef>) -> Option<Self> {
        match (source, record) {
            (Source::Fact(fact), _) => Some(Self::Fact(fact, None)),
            (Source::FactCriterion(fact, criterion), _) => Some(Self::Fact(fact, Some(criterion))),
            (Source::Field(field), Some(record)) => Some(Self::Field(record, field, None)),
            (Source::FieldCriterion(field, criterion), Some(record)) => {
                Some(Self::Field(record, field, Some(criterion)))
            }
            (Source::Expires, Some(record)) => Some(Self::Expires(record)),
            _ => None,
        }
    }
}

impl NodeOutcome {
    /// Its verdict, and whether what is under review may still undo it.
    #[must_use]
    pub fn stands(&self) -> (Verdict, bool) {
        (self.verdict(), self.truth.at_risk())
    }
}

impl CompetencyOutcome {
    /// Its verdict, and whether what is under review may still undo it.
    #[must_use]
    pub const fn stands(&self) -> (Verdict, bool) {
        (self.truth.status(), self.truth.at_risk())
    }
}

impl RoleOutcome {
    /// Its verdict, and whether what is under review may still undo it.
    #[must_use]
    pub const fn stands(&self) -> (Verdict, bool) {
        (self.truth.status(), self.truth.at_risk())
    }
}

impl StageOutcome {
    /// Its verdict, and whether what is under review may still undo it.
    #[must_use]
    pub const fn stands(&self) -> (Verdict, bool) {
        (self.truth.status(), self.truth.at_risk())
    }
}
