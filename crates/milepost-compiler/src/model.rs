//! The resolved model: what the files mean, every name looked up and every expression typed.
//!
//! Rules stay rules here, called with arguments; lowering writes them out. Places are kept so that a
//! check can point at what it found. `Invalid` stands where something has been reported already.

use milepost_diagnostics::Span;
use milepost_engine::plan::{
    Aggregate, Comparison, CompetencyId, Constant, FactId, How, KindId, RoleId, RubricId, ScaleId,
    StageId,
};
use milepost_engine::record::Input;
use milepost_engine::{Date, Decimal, Duration, MonthDay, Verdict};

/// A rule, by its place in [`Model::rules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleId(pub u32);

/// A set of choices, by its place in [`Model::choices`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChoicesId(pub u32);

/// A programme, or a part of one, with every name looked up.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// What the programme says of itself; nothing for a part.
    pub header: Option<Header>,
    /// Whom it is about.
    pub candidate: Option<String>,
    /// The scales.
    pub scales: Vec<Scale>,
    /// The rubrics.
    pub rubrics: Vec<Rubric>,
    /// The sets of choices written as `one of { … }`.
    pub choices: Vec<Vec<Named>>,
    /// The facts.
    pub facts: Vec<Field>,
    /// The kinds of evidence.
    pub kinds: Vec<Kind>,
    /// The competencies.
    pub competencies: Vec<Competency>,
    /// The roles.
    pub roles: Vec<Role>,
    /// The stages of roles: those of one follow one another, in the order written.
    pub stages: Vec<Stage>,
    /// The rules.
    pub rules: Vec<Rule>,
    /// The measures.
    pub measures: Vec<CohortMeasure>,
    /// The scenarios.
    pub scenarios: Vec<Scenario>,
    /// What the names written in the texts stand for, in the order they were looked up.
    pub mentions: Vec<Mention>,
}

/// A name where it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it is used.
    pub at: Span,
    /// Where what it stands for is declared: the place of its name.
    pub declared: Span,
}

/// A name people and programs use, its title, and where it was declared.
#[derive(Clone, Debug)]
pub struct Named {
    /// The name; with the alias of a `use` in front where one is needed.
    pub name: String,
    /// The title.
    pub title: Option<String>,
    /// The name's place.
    pub span: Span,
}

/// What a programme says of itself.
#[derive(Clone, Debug)]
pub struct Header {
    /// Its name and title.
    pub named: Named,
    /// Its doc comment.
    pub doc: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// Where that is named.
    pub version_span: Option<Span>,
    /// The first day it is in force, and the last.
    pub effective: Option<(Date, Option<Date>)>,
    /// Where that is said.
    pub effective_span: Option<Span>,
    /// The day on which a school year starts.
    pub school_year: Option<MonthDay>,
    /// The file of the version before it.
    pub replaces: Option<Replaced>,
    /// Until when candidates may finish under an earlier version.
    pub transitions: Vec<Transition>,
}

/// The file of the version before.
#[derive(Clone, Debug)]
pub struct Replaced {
    /// Its path as written.
    pub path: String,
    /// Where that stands.
    pub span: Span,
}

/// Until when candidates may finish under an earlier version.
#[derive(Clone, Debug)]
pub struct Transition {
    /// Where it stands.
    pub span: Span,
    /// The day before which one has to have enrolled.
    pub before: Date,
    /// The version, and where it is named.
    pub version: (String, Span),
    /// The last day, and where it stands.
    pub until: (Date, Span),
    /// How many versions earlier that version is; known once the versions are.
    pub back: u32,
}

/// A scale.
#[derive(Clone, Debug)]
pub struct Scale {
    /// Its name.
    pub named: Named,
    /// Its levels, lowest first, with the numbers they carry.
    pub levels: Vec<(Named, Option<Decimal>)>,
    /// Its cut scores, in the order written.
    pub cut_scores: Vec<CutScores>,
}

/// The scores that levels begin with, from a day on.
#[derive(Clone, Debug)]
pub struct CutScores {
    /// The day.
    pub from: Date,
    /// Where it stands.
    pub span: Span,
    /// The level, its score, and where it is named.
    pub cuts: Vec<(u16, Decimal, Span)>,
}

/// A rubric.
#[derive(Clone, Debug)]
pub struct Rubric {
    /// Its name.
    pub named: Named,
    /// Its scale; nothing if that is unknown.
    pub scale: Option<ScaleId>,
    /// Its criteria.
    pub criteria: Vec<Named>,
}

/// A fact or a field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub named: Named,
    /// Its doc comment.
    pub doc: Option<String>,
    /// Its type.
    pub ty: Type,
    /// The lowest and the highest number it may be.
    pub range: (Decimal, Decimal),
    /// The field of its kind that its level follows from.
    pub from_score: Option<String>,
}

/// The types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// Reported already; goes with everything.
    Invalid,
    /// A decimal.
    Number,
    /// A whole number; goes where a decimal goes.
    Whole,
    /// Yes or no: also what a condition is.
    YesNo,
    /// A day.
    Date,
    /// A text.
    Text,
    /// A length of time.
    Duration,
    /// A level of a scale.
    Level(ScaleId),
    /// One of a set of choices.
    Choice(ChoicesId),
    /// A level for each criterion.
    Rubric(RubricId),
    /// Several values.
    List(Box<Type>),
}

/// A kind of evidence.
#[derive(Clone, Debug)]
pub struct Kind {
    /// Its name.
    pub named: Named,
    /// Its doc comment.
    pub doc: Option<String>,
    /// The hours that one takes.
    pub effort: Option<Decimal>,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A competency.
#[derive(Clone, Debug)]
pub struct Competency {
    /// Its name.
    pub named: Named,
    /// Its doc comment.
    pub doc: Option<String>,
    /// What it is.
    pub about: Option<String>,
    /// The frameworks it is aligned to.
    pub aligned: Vec<String>,
    /// What demonstrates it.
    pub requires: Option<Requirement>,
    /// The credential it awards, and for how long.
    pub awards: Option<(String, Option<Duration>)>,
    /// The names it had before, or has in other versions.
    pub formerly: Vec<Named>,
    /// Whether only other versions have it.
    pub elsewhere: bool,
}

/// A role.
#[derive(Clone, Debug)]
pub struct Role {
    /// Its name.
    pub named: Named,
    /// Its doc comment.
    pub doc: Option<String>,
    /// What it is.
    pub about: Option<String>,
    /// What it brings.
    pub incentives: Vec<String>,
    /// Who is eligible.
    pub eligible: Requirement,
    /// What is preferred.
    pub preferred: Vec<Requirement>,
    /// The names it had before.
    pub formerly: Vec<Named>,
    /// Whether who once reached a stage stays in it.
    pub stays: bool,
}

/// A stage of a role.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its name.
    pub named: Named,
    /// Whose stage it is.
    pub role: RoleId,
    /// For how long a post in it lasts.
    pub valid: Option<Duration>,
    /// Who is in it.
    pub when: Option<Requirement>,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name.
    pub named: Named,
    /// Its parameters with their types.
    pub parameters: Vec<(Named, Type)>,
    /// Its requirement.
    pub requirement: Requirement,
}

/// A figure over a cohort.
#[derive(Clone, Debug)]
pub struct CohortMeasure {
    /// Its name.
    pub named: Named,
    /// Its doc comment.
    pub doc: Option<String>,
    /// What is counted.
    pub figure: Figure,
    /// Which candidates are looked at at all.
    pub among: Option<Requirement>,
}

/// What a measure counts.
#[derive(Clone, Debug)]
pub enum Figure {
    /// Reported already.
    Invalid,
    /// The share of candidates who meet it.
    Percent(Requirement),
    /// The candidates who meet it, or all.
    Candidates(Option<Requirement>),
    /// The values of a fact of the candidates who meet it, or of all.
    Different(FactId, Option<Requirement>),
    /// The competencies met.
    Competencies,
}

impl CohortMeasure {
    /// Who counts, and who is looked at.
    pub fn requirements(&self) -> impl Iterator<Item = &Requirement> {
        let who = match &self.figure {
            Figure::Percent(who) => Some(who),
            Figure::Candidates(who) | Figure::Different(_, who) => who.as_ref(),
            Figure::Invalid | Figure::Competencies => None,
        };
        who.into_iter().chain(&self.among)
    }
}

/// A requirement.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Its place.
    pub span: Span,
    /// Its name, title and notes.
    pub label: Option<Label>,
    /// What is required.
    pub form: Form,
}

/// What names a requirement.
#[derive(Clone, Debug)]
pub struct Label {
    /// Name and title.
    pub named: Named,
    /// Where it comes from.
    pub cites: Vec<String>,
    /// What to tell the candidate.
    pub advice: Option<String>,
    /// Who may waive it; one is right.
    pub waivable: Vec<Waivable>,
    /// The names it had before.
    pub formerly: Vec<Named>,
}

/// `waivable by NAME or NAME`
#[derive(Clone, Debug)]
pub struct Waivable {
    /// Its place.
    pub span: Span,
    /// The authorities.
    pub authorities: Vec<Named>,
}

/// The forms of a requirement.
#[derive(Clone, Debug)]
pub enum Form {
    /// Reported already.
    Invalid,
    /// A block of requirements; the span is that of its words.
    Group(Span, Group, Vec<Requirement>),
    /// The competency.
    Competency(CompetencyId),
    /// The role, or a stage of it.
    Role(RoleId, Option<StageId>),
    /// For how long posts were held.
    Held(Held),
    /// The rule, with one argument for each parameter, in their order.
    Call(RuleId, Vec<Expr>),
    /// Something asked of records.
    Records(Box<Records>),
    /// A condition over facts and parameters.
    Condition(Expr),
}

/// `held role NAME [STAGE] for at least BOUND [consecutive] school years`
#[derive(Clone, Debug)]
pub struct Held {
    /// The role.
    pub role: RoleId,
    /// The stage of it; without one, any.
    pub stage: Option<StageId>,
    /// For how many school years at least.
    pub bound: Expr,
    /// Whether they have to follow one another.
    pub consecutive: bool,
}

/// The kinds of group.
#[derive(Clone, Debug)]
pub enum Group {
    /// `all of`
    All,
    /// `all of without reuse`
    WithoutReuse,
    /// `any of`
    Any,
    /// `at least N of`
    AtLeast(Expr),
    /// `at least N points of`, and what each is worth; nothing where that is reported
    Points(Expr, Vec<Option<u32>>),
    /// `none of`
    None,
    /// `in order`
    InOrder,
}

/// Something asked of the records of a kind.
#[derive(Clone, Debug)]
pub struct Records {
    /// What is asked.
    pub measure: Measure,
    /// The kind.
    pub kind: KindId,
    /// `for`
    pub target: Option<(Target, Span)>,
    /// The windows.
    pub windows: Vec<(Window, Span)>,
    /// `whose`
    pub whose: Option<Expr>,
    /// `counting …`
    pub attempts: Option<(Attempts, Span)>,
    /// `among latest`
    pub latest: Option<Expr>,
    /// `including those under review`
    pub including_under_review: bool,
    /// `including returned`
    pub including_returned: bool,
    /// `where`
    pub matching: Option<Expr>,
    /// The spread.
    pub spread: Option<(Spread, Span)>,
}

/// Which of several attempts counts: of each key, the latest, or the one with the highest value.
#[derive(Clone, Debug)]
pub struct Attempts {
    /// What attempts of one thing have in common.
    pub key: Expr,
    /// What the best one has the highest of; without it the latest one counts.
    pub highest: Option<Expr>,
}

/// What `for` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// `for this`
    This,
    /// `for COMPETENCY`
    Competency(CompetencyId),
}

/// What is asked of records.
#[derive(Clone, Debug)]
pub enum Measure {
    /// A count.
    Count(How, Expr),
    /// None.
    No,
    /// Every one.
    Every,
    /// A share in per cent.
    Share(How, Decimal, Span),
    /// A figure made of values: the bound and the value of each record.
    Aggregate(How, Expr, Aggregate, Expr),
}

/// A window of time.
#[derive(Clone, Debug)]
pub enum Window {
    /// `within DURATION [before WHEN]`
    Within(Duration, Option<Expr>),
    /// `since WHEN`
    Since(Expr),
    /// `from WHEN to WHEN`
    From(Expr, Expr),
    /// `before WHEN`
    Before(Expr),
    /// `after WHEN`
    After(Expr),
    /// `in the DURATION before WHEN`
    InThe(Duration, Expr),
    /// `during this school year`
    ThisYear,
    /// `during last school year`
    LastYear,
    /// `during school year 2015-16`: the calendar year it starts in
    Year(i32),
    /// `during the last N school years`, and whether `and this one`
    LastYears(Expr, bool),
}

/// How distinct values are counted.
#[derive(Clone, Debug)]
pub enum Spread {
    /// `by different FIELD`
    Different(Expr),
    /// `with the same FIELD`
    Same(Expr),
    /// `in different school years`
    DifferentYears,
    /// `in consecutive school years`, and whether `skipping years without one`
    ConsecutiveYears(bool),
}

/// An expression and its type.
#[derive(Clone, Debug)]
pub struct Expr {
    /// Its place.
    pub span: Span,
    /// Its type.
    pub ty: Type,
    /// What it is.
    pub kind: ExprKind,
}

/// The kinds of expression.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// Reported already.
    Invalid,
    /// A number; a share in a condition is the number it stands for.
    Number(Decimal),
    /// A day.
    Date(Date),
    /// A text.
    Text(String),
    /// Yes or no.
    YesNo(bool),
    /// A level or a choice.
    Ordinal(u16),
    /// A length of time.
    Duration(Duration),
    /// The as-of date.
    Today,
    /// The first day of a school year, relative to this one.
    YearStart(i32),
    /// The last day of a school year, relative to this one.
    YearEnd(i32),
    /// The day on which the latest post in a role, or in a stage of it, began.
    RoleStart(RoleId, Option<StageId>),
    /// The first such day after another.
    NextDay(MonthDay, Box<Expr>),
    /// A fact.
    Fact(FactId),
    /// A field of the record looked at, by its place in its kind.
    Field(u32),
    /// The record's date.
    RecordDate,
    /// The last day the record counts.
    RecordExpires,
    /// The record's id.
    RecordId,
    /// A criterion of a rubric fact or field.
    Criterion(Box<Expr>, u32),
    /// The number that a level carries.
    LevelNumber(Box<Expr>, ScaleId),
    /// A parameter of the rule, by its place.
    Parameter(u32),
    /// Not so.
    Not(Box<Expr>),
    /// Both.
    And(Box<Expr>, Box<Expr>),
    /// Either.
    Or(Box<Expr>, Box<Expr>),
    /// The two compare so.
    Compare(Box<Expr>, Comparison, Box<Expr>),
    /// The value is one of these.
    In(Box<Expr>, Vec<Expr>),
    /// The list has the value.
    Contains(Box<Expr>, Constant),
    /// It is known.
    IsKnown(Box<Expr>),
    /// Numbers, or a date and a duration, added.
    Add(Box<Expr>, Box<Expr>),
    /// Numbers, or a date and a duration, subtracted.
    Subtract(Box<Expr>, Box<Expr>),
    /// Numbers multiplied.
    Multiply(Box<Expr>, Box<Expr>),
    /// So many criteria of a rubric compare so with a level.
    Criteria(Quantifier, Box<Expr>, Comparison, Box<Expr>),
}

/// How many criteria.
#[derive(Clone, Debug)]
pub enum Quantifier {
    /// Every one.
    Every,
    /// So many.
    Count(How, Box<Expr>),
    /// So many per cent.
    Share(How, Decimal),
}

/// A scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its title.
    pub title: String,
    /// The title's place.
    pub span: Span,
    /// The day.
    pub as_of: Date,
    /// The record.
    pub record: Input,
    /// The places of the addresses that its waivers are for.
    pub waived: Vec<Span>,
    /// What is expected of it.
    pub expectations: Vec<Expectation>,
}

/// What a scenario expects.
#[derive(Clone, Debug)]
pub struct Expectation {
    /// Its place.
    pub span: Span,
    /// The role or competency.
    pub subject: Subject,
    /// The labels below it.
    pub labels: Vec<(String, Span)>,
    /// The verdict expected.
    pub verdict: Verdict,
    /// Whether it is expected to be at risk.
    pub at_risk: bool,
    /// The places of the words that say these two.
    pub stated: Vec<Span>,
}

/// A role or a competency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A competency.
    Competency(CompetencyId),
    /// A role.
    Role(RoleId),
}

impl Model {
    /// A scale by its id.
    #[must_use]
    pub fn scale(&self, id: ScaleId) -> Option<&Scale> {
        self.scales.get(id.index())
    }

    /// A kind by its id.
    #[must_use]
    pub fn kind(&self, id: KindId) -> Option<&Kind> {
        self.kinds.get(id.index())
    }

    /// A fact by its id.
    #[must_use]
    pub fn fact(&self, id: FactId) -> Option<&Field> {
        self.facts.get(id.index())
    }

    /// A rubric by its id.
    #[must_use]
    pub fn rubric(&self, id: RubricId) -> Option<&Rubric> {
        self.rubrics.get(id.index())
    }

    /// A competency by its id.
    #[must_use]
    pub fn competency(&self, id: CompetencyId) -> Option<&Competency> {
        self.competencies.get(id.index())
    }

    /// A role by its id.
    #[must_use]
    pub fn role(&self, id: RoleId) -> Option<&Role> {
        self.roles.get(id.index())
    }

    /// The stages of a role with their ids, in the order written.
    pub fn stages_of(&self, role: RoleId) -> impl Iterator<Item = (StageId, &Stage)> {
        let from = self.stages.partition_point(|stage| stage.role < role);
        let all = (0u32..).map(StageId).zip(&self.stages).skip(from);
        all.take_while(move |(_, stage)| stage.role == role)
    }

    /// What is required of a role, stage by stage, and what is preferred.
    pub fn requirements_of(&self, id: RoleId) -> impl Iterator<Item = &Requirement> {
        let role = self.role(id).into_iter();
        let stages = self
            .stages_of(id)
            .filter_map(|(_, stage)| stage.when.as_ref());
        let own = role.flat_map(|role| std::iter::once(&role.eligible).chain(&role.preferred));
        own.chain(stages)
    }

    /// A rule by its id.
    #[must_use]
    pub fn rule(&self, id: RuleId) -> Option<&Rule> {
        self.rules.get(id.0 as usize)
    }

    /// What people call a type.
    #[must_use]
    pub fn type_name(&self, ty: &Type) -> String {
        match ty {
            Type::Invalid => "something unknown".into(),
            Type::Number => "a number".into(),
            Type::Whole => "a whole number".into(),
            Type::YesNo => "yes or no".into(),
            Type::Date => "a date".into(),
            Type::Text => "a text".into(),
            Type::Duration => "a length of time".into(),
            Type::Level(id) => self.scale(*id).map_or_else(String::new, |scale| {
                format!("a level of `{}`", scale.named.name)
            }),
            Type::Choice(_) => "a choice".into(),
            Type::Rubric(id) => self.rubric(*id).map_or_else(String::new, |rubric| {
                format!("ratings by `{}`", rubric.named.name)
            }),
            Type::List(inner) => format!("a list, each item {}", self.type_name(inner)),
        }
    }
}
