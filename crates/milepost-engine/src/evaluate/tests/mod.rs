//! Whole evaluations of small plans, with expected values worked out by hand. Here: a programme to try requirements in.

mod aggregates;
mod attempts;
mod counts;
mod credentials;
mod explanations;
mod groups;
mod spreads;
mod windows;

use crate::outcome::{Explanation, NodeOutcome, Outcome};
use crate::plan::*;
use crate::record::{Credential, Evidence, Input, Record, Status};
use crate::{Date, Decimal, Duration, Evaluator, MonthDay, Truth, Unit};

/// The fields of a task.
const SCORE: Source = Source::Field(0);
const ASSESSOR: Source = Source::Field(1);
const HOURS: Source = Source::Field(2);
/// The facts.
const YEARS: Source = Source::Fact(FactId(0));
const READY: Source = Source::Fact(FactId(1));
const HIRED: Source = Source::Fact(FactId(2));
/// What everything is evaluated on, unless a case says otherwise.
const TODAY: &str = "2026-11-22";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn number(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

fn literal(text: &str) -> Number {
    Number::Literal(number(text))
}

fn entry(name: &str) -> Entry {
    Entry {
        name: name.to_owned(),
        title: None,
    }
}

fn field(name: &str, ty: Type) -> Field {
    Field {
        entry: entry(name),
        doc: None,
        ty,
        from_score: None,
    }
}

/// A plan of one role and one competency: the last requirement is the role's.
fn parts(forms: Vec<Form>) -> Parts {
    let level = |name| Level {
        entry: entry(name),
        number: None,
    };
    let count = forms.len();
    Parts {
        programme: Programme {
            name: "tried".to_owned(),
            title: None,
            doc: None,
            publisher: None,
            version: None,
            effective: None,
            candidate: None,
            school_year: MonthDay::new(7, 1),
            definition: [0; 32],
            transitions: Vec::new(),
        },
        scales: vec![Scale {
            entry: entry("mastery"),
            levels: ["not_yet", "approaching", "mastered"].map(level).into(),
            cut_scores: Vec::new(),
        }],
        rubrics: vec![Rubric {
            entry: entry("lesson"),
            scale: ScaleId(0),
            criteria: vec![entry("planning"), entry("delivery")],
        }],
        facts: vec![
            field("years", Type::Whole(Decimal::ZERO, Decimal::MAX)),
            field("ready", Type::YesNo),
            field("hired", Type::Date),
            field("areas", Type::List(Box::new(Type::Text))),
            field("lesson", Type::Rubric(RubricId(0))),
        ],
        kinds: vec![Kind {
            entry: entry("task"),
            doc: None,
            effort: None,
            fields: vec![
                field("score", Type::Level(ScaleId(0))),
                field("assessor", Type::Text),
                field("hours", Type::Number(number("-100"), number("100"))),
            ],
        }],
        competencies: vec![Competency {
            entry: entry("analyst"),
            doc: None,
            about: None,
            aligned: Vec::new(),
            award: Some(Award {
                title: "Analyst".to_owned(),
                valid: Some(Duration {
                    count: 3,
                    unit: Unit::Years,
                }),
            }),
            requirement: None,
            formerly: Vec::new(),
            elsewhere: false,
        }],
        roles: vec![Role {
            entry: entry("lead"),
            doc: None,
            about: None,
            incentives: Vec::new(),
            eligible: NodeId(u32::try_from(count - 1).unwrap()),
            preferred: Vec::new(),
            stays: false,
            formerly: Vec::new(),
        }],
        nodes: forms
            .into_iter()
            .enumerate()
            .map(|(place, form)| Node {
                address: format!("lead/{place}"),
                title: None,
                cites: Vec::new(),
                advice: None,
                owner: None,
                stage: None,
                form,
                waivable: Vec::new(),
                formerly: Vec::new(),
            })
            .collect(),
        measures: Vec::new(),
        stages: Vec::new(),
    }
}

/// All tasks, counted.
fn tasks(measure: Measure) -> Records {
    Records {
        measure,
        kind: KindId(0),
        competency: None,
        windows: Vec::new(),
        whose: None,
        latest: None,
        including_under_review: false,
        including_returned: false,
        matching: None,
        spread: None,
        attempts: None,
    }
}

fn at_least(count: &str) -> Measure {
    Measure::Count(How::AtLeast, literal(count))
}

/// `score >= mastered`
fn mastered() -> Option<Test> {
    Some(Test::Ordinals(
        Ordinal::Of(SCORE),
        Comparison::GreaterOrEqual,
        Ordinal::Literal(2),
    ))
}

/// A task, accepted and with nothing filled in.
fn task(id: &str, date: &str) -> Evidence {
    Evidence {
        id: id.to_owned(),
        kind: KindId(0),
        date: day(date),
        status: Status::Accepted,
        competencies: Vec::new(),
        expires: None,
        submitted: None,
        decided: None,
        suspended: Vec::new(),
        fields: vec![None; 3],
    }
}

impl Evidence {
    fn score(mut self, level: u16) -> Self {
        self.fields[0] = Some(Constant::Ordinal(level));
        self
    }

    fn assessor(mut self, name: &str) -> Self {
        self.fields[1] = Some(Constant::Text(name.to_owned()));
        self
    }

    fn hours(mut self, hours: &str) -> Self {
        self.fields[2] = Some(Constant::Number(number(hours)));
        self
    }

    fn status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    fn under_review(self) -> Self {
        self.status(Status::UnderReview)
    }
}

/// A record of nothing but evidence.
fn of_evidence<const N: usize>(evidence: [Evidence; N]) -> Input {
    Input {
        evidence: evidence.into(),
        ..Input::default()
    }
}

fn evaluate_on(forms: Vec<Form>, input: Input, as_of: &str) -> Outcome {
    let plan = Plan::new(parts(forms)).unwrap();
    let record = Record::new(&plan, input).unwrap();
    Evaluator::new(&plan).evaluate(&record, day(as_of))
}

/// What becomes of one requirement.
fn one(form: Form, input: Input) -> NodeOutcome {
    *evaluate_on(vec![form], input, TODAY).nodes.last().unwrap()
}

fn of_records(records: Records, input: Input) -> NodeOutcome {
    one(Form::Records(records), input)
}

fn explain(records: Records, input: Input) -> (Explanation, Record) {
    let plan = Plan::new(parts(vec![Form::Records(records)])).unwrap();
    let record = Record::new(&plan, input).unwrap();
    let mut evaluator = Evaluator::new(&plan);
    let outcome = evaluator.evaluate(&record, day(TODAY));
    (evaluator.explain(&record, &outcome, NodeId(0)), record)
}

/// A truth, as `L01 W00 B11`.
fn bits(truth: Truth) -> String {
    format!("{truth:?}")
}
