//! How a plan is laid out, as a table: each thing and its parts in their order, each alternative and its number.
//!
//! The order and the numbers are those of the format: to change anything here is to raise [`FORMAT`](super::FORMAT). A
//! number that is no longer used is never used again. `@2` before a part says that it came with format 2: a plan of an
//! earlier one has nothing in its place.

use super::bytes::{Layout, Reader, Writer};
use crate::date::Unit;
use crate::plan::{
    Aggregate, Attempts, Award, CohortMeasure, Comparison, Competency, CompetencyId, Constant,
    CutScores, Entry, FactId, Field, Figure, Form, Held, How, Kind, KindId, Level, Measure, Node,
    NodeId, Number, Ordinal, Parts, Programme, Quantifier, Records, Role, RoleId, Rubric, RubricId,
    Scale, ScaleId, Source, Spread, Stage, StageId, Test, Text, Transition, Type, Value, When,
    Window,
};
use crate::{Date, Decimal, Duration, MonthDay};

/// Things: the parts of each, in the order written.
macro_rules! things {
    ($($name:ident { $($(@ $since:literal)? $part:ident : $ty:ty),* $(,)? })*) => { $(
        impl Layout for $name {
            fn write(&self, out: &mut Writer) {
                let Self { $($part),* } = self;
                $($part.write(out);)*
            }

            fn read(from: &mut Reader<'_>) -> Self {
                $(let $part = part!(from, $ty $(, $since)?);)*
                Self { $($part),* }
            }
        }
    )* };
}

/// One part of a thing; what it is where there is nothing, in a plan from before there was such a part.
macro_rules! part {
    ($from:ident, $ty:ty) => {
        <$ty>::read($from)
    };
    ($from:ident, $ty:ty, $since:literal) => {
        if $from.format() >= $since {
            <$ty>::read($from)
        } else {
            <$ty>::default()
        }
    };
}

/// Places in tables, each a whole number.
macro_rules! places {
    ($($name:ident)*) => { $(
        impl Layout for $name {
            fn write(&self, out: &mut Writer) {
                self.0.write(out);
            }

            fn read(from: &mut Reader<'_>) -> Self {
                Self(u32::read(from))
            }
        }
    )* };
}

/// Alternatives: the number of each, one byte, and what follows it.
macro_rules! alternatives {
    ($($name:ident { $($number:literal = $case:ident $(($($part:ident : $ty:ty),*))?),* $(,)? })*) => { $(
        impl Layout for $name {
            fn write(&self, out: &mut Writer) {
                match self {
                    $(Self::$case $(($($part),*))? => {
                        out.raw(&[$number]);
                        $($($part.write(out);)*)?
                    })*
                }
            }

            fn read(from: &mut Reader<'_>) -> Self {
                from.nested(|from, number| match number {
                    $($number => {
                        $($(let $part = <$ty>::read(from);)*)?
                        Self::$case $(($($part),*))?
                    })*
                    _ => {
                        from.impossible(concat!("there is no such alternative: ", stringify!($name)));
                        Self::read(from)
                    }
                })
            }
        }
    )* };
}

places! { ScaleId RubricId FactId KindId CompetencyId RoleId NodeId StageId }

things! {
    Parts {
        programme: Programme,
        scales: Vec<Scale>,
        rubrics: Vec<Rubric>,
        facts: Vec<Field>,
        kinds: Vec<Kind>,
        competencies: Vec<Competency>,
        roles: Vec<Role>,
        nodes: Vec<Node>,
        @2 measures: Vec<CohortMeasure>,
        @2 stages: Vec<Stage>,
    }
    // The first three are what `PlanHeader` reads.
    Programme {
        name: String,
        version: Option<String>,
        definition: [u8; 32],
        title: Option<String>,
        doc: Option<String>,
        publisher: Option<String>,
        effective: Option<(Date, Option<Date>)>,
        candidate: Option<String>,
        school_year: Option<MonthDay>,
        @2 transitions: Vec<Transition>,
    }
    Transition { before: Date, back: u32, until: Date }
    Entry { name: String, title: Option<String> }
    Scale { entry: Entry, levels: Vec<Level>, @2 cut_scores: Vec<CutScores> }
    CutScores { from: Date, cuts: Vec<(u16, Decimal)> }
    Level { entry: Entry, number: Option<Decimal> }
    Rubric { entry: Entry, scale: ScaleId, criteria: Vec<Entry> }
    Field { entry: Entry, doc: Option<String>, ty: Type, @2 from_score: Option<u32> }
    Kind { entry: Entry, doc: Option<String>, fields: Vec<Field>, @2 effort: Option<Decimal> }
    Competency {
        entry: Entry,
        doc: Option<String>,
        about: Option<String>,
        aligned: Vec<String>,
        award: Option<Award>,
        requirement: Option<NodeId>,
        @2 formerly: Vec<String>,
        @2 elsewhere: bool,
    }
    Award { title: String, valid: Option<Duration> }
    Role {
        entry: Entry,
        doc: Option<String>,
        about: Option<String>,
        incentives: Vec<String>,
        eligible: NodeId,
        preferred: Vec<NodeId>,
        @2 formerly: Vec<String>,
        @2 stays: bool,
    }
    Stage { role: RoleId, entry: Entry, valid: Option<Duration>, requirement: Option<NodeId> }
    Node {
        address: String,
        title: Option<String>,
        cites: Vec<String>,
        advice: Option<String>,
        owner: Option<CompetencyId>,
        form: Form,
        @2 waivable: Vec<String>,
        @2 formerly: Vec<String>,
        @2 stage: Option<StageId>,
    }
    Records {
        measure: Measure,
        kind: KindId,
        competency: Option<CompetencyId>,
        windows: Vec<Window>,
        whose: Option<Test>,
        latest: Option<u32>,
        including_under_review: bool,
        including_returned: bool,
        matching: Option<Test>,
        spread: Option<Spread>,
        @2 attempts: Option<Attempts>,
    }
    Attempts { key: Source, highest: Option<Source> }
    Held { role: RoleId, stage: Option<StageId>, bound: Number, consecutive: bool }
    CohortMeasure { entry: Entry, doc: Option<String>, figure: Figure, among: Option<NodeId> }
    Duration { count: u32, unit: Unit }
}

alternatives! {
    Type {
        0 = Number(least: Decimal, most: Decimal),
        1 = Whole(least: Decimal, most: Decimal),
        2 = YesNo,
        3 = Date,
        4 = Text,
        5 = Level(scale: ScaleId),
        6 = Choice(choices: Vec<Entry>),
        7 = Rubric(rubric: RubricId),
        8 = List(item: Box<Type>),
    }
    Form {
        0 = All(children: Vec<NodeId>),
        1 = Any(children: Vec<NodeId>),
        2 = AtLeast(bound: Number, children: Vec<NodeId>),
        3 = None(children: Vec<NodeId>),
        4 = InOrder(children: Vec<NodeId>),
        5 = Competency(competency: CompetencyId),
        6 = Role(role: RoleId),
        7 = Records(records: Records),
        8 = Condition(condition: Test),
        9 = WithoutReuse(children: Vec<NodeId>),
        10 = Stage(stage: StageId),
        11 = Points(bound: Number, children: Vec<NodeId>, worth: Vec<u32>),
        12 = Held(held: Held),
    }
    Figure {
        0 = Percent(who: NodeId),
        1 = Candidates(who: Option<NodeId>),
        2 = Different(fact: FactId, who: Option<NodeId>),
        3 = Competencies,
    }
    How { 0 = AtLeast, 1 = AtMost, 2 = Exactly }
    Measure {
        0 = Count(how: How, bound: Number),
        1 = No,
        2 = Every,
        3 = Share(how: How, share: Decimal),
        4 = Aggregate(how: How, bound: Value, aggregate: Aggregate, value: Value),
    }
    Aggregate { 0 = Total, 1 = Average, 2 = Highest, 3 = Lowest }
    Window {
        0 = Within(duration: Duration, end: When),
        1 = Since(first: When),
        2 = From(first: When, last: When),
        3 = Before(end: When),
        4 = After(start: When),
        5 = InThe(duration: Duration, end: When),
        6 = SchoolYears(first: i32, last: i32),
        7 = SchoolYear(year: i32),
    }
    Spread {
        0 = Different(source: Source),
        1 = Same(source: Source),
        2 = DifferentYears,
        3 = ConsecutiveYears(skipping: bool),
    }
    Source {
        0 = Fact(fact: FactId),
        1 = FactCriterion(fact: FactId, criterion: u32),
        2 = Field(field: u32),
        3 = FieldCriterion(field: u32, criterion: u32),
        4 = Date,
        5 = Expires,
        6 = Id,
    }
    Value {
        0 = Number(number: Number),
        1 = Date(date: When),
        2 = Ordinal(ordinal: Ordinal),
    }
    Number {
        0 = Literal(number: Decimal),
        1 = Of(source: Source),
        2 = OfLevel(source: Source, scale: ScaleId),
        3 = Add(left: Box<Number>, right: Box<Number>),
        4 = Subtract(left: Box<Number>, right: Box<Number>),
        5 = Multiply(left: Box<Number>, right: Box<Number>),
    }
    When {
        0 = Literal(date: Date),
        1 = Today,
        2 = Of(source: Source),
        3 = Plus(date: Box<When>, duration: Duration),
        4 = Minus(date: Box<When>, duration: Duration),
        5 = YearStart(year: i32),
        6 = YearEnd(year: i32),
        7 = Next(day: MonthDay, after: Box<When>),
        8 = RoleStart(role: RoleId, stage: Option<StageId>),
    }
    Ordinal { 0 = Literal(place: u16), 1 = Of(source: Source) }
    Text { 0 = Literal(text: String), 1 = Of(source: Source) }
    Comparison {
        0 = Equal,
        1 = NotEqual,
        2 = Less,
        3 = LessOrEqual,
        4 = Greater,
        5 = GreaterOrEqual,
    }
    Test {
        0 = Literal(always: bool),
        1 = All(tests: Vec<Test>),
        2 = Any(tests: Vec<Test>),
        3 = Not(test: Box<Test>),
        4 = YesNo(source: Source),
        5 = Numbers(left: Number, comparison: Comparison, right: Number),
        6 = Dates(left: When, comparison: Comparison, right: When),
        7 = Ordinals(left: Ordinal, comparison: Comparison, right: Ordinal),
        8 = Texts(left: Text, equal: bool, right: Text),
        9 = OneOf(tests: Vec<Test>),
        10 = Contains(source: Source, value: Constant),
        11 = Known(source: Source),
        12 = Criteria(quantifier: Quantifier, source: Source, comparison: Comparison, level: Ordinal),
    }
    Constant {
        0 = Number(number: Decimal),
        1 = YesNo(yes: bool),
        2 = Date(date: Date),
        3 = Text(text: String),
        4 = Ordinal(place: u16),
        5 = Rubric(levels: Vec<Option<u16>>),
        6 = List(values: Vec<Constant>),
    }
    Quantifier {
        0 = Every,
        1 = Count(how: How, bound: Number),
        2 = Share(how: How, share: Decimal),
    }
    Unit { 0 = Days, 1 = Weeks, 2 = Months, 3 = Years, 4 = SchoolYears }
}
