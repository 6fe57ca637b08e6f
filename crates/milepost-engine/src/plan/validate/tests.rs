//! What makes no plan, one thing at a time.

use super::*;
use crate::plan::{
    Aggregate, Comparison, Entry, Field, How, Kind, KindId, Measure, Number, Ordinal, Programme,
    Records, Role, RoleId, Scale, ScaleId, Source, Spread, Test, Value, When, Window,
};
use crate::plan::{Competency, CompetencyId, FactId, Level};
use crate::{Decimal, Duration};

fn entry() -> Entry {
    Entry {
        name: "named".to_owned(),
        title: None,
    }
}

fn field(ty: Type) -> Field {
    Field {
        entry: entry(),
        doc: None,
        ty,
    }
}

fn node(form: Form) -> Node {
    Node {
        address: String::new(),
        title: None,
        cites: Vec::new(),
        advice: None,
        owner: None,
        form,
    }
}

fn parts(nodes: Vec<Node>) -> Parts {
    Parts {
        programme: Programme {
            name: "tried".to_owned(),
            title: None,
            doc: None,
            publisher: None,
            version: None,
            effective: None,
            candidate: None,
            school_year: None,
            definition: [0; 32],
        },
        scales: vec![Scale {
            entry: entry(),
            levels: vec![Level {
                entry: entry(),
                number: None,
            }],
        }],
        rubrics: Vec::new(),
        facts: vec![
            field(Type::Number(Decimal::ZERO, Decimal::MAX)),
            field(Type::YesNo),
            field(Type::Level(ScaleId(0))),
        ],
        kinds: vec![Kind {
            entry: entry(),
            doc: None,
            fields: vec![field(Type::YesNo)],
        }],
        competencies: vec![Competency {
            entry: entry(),
            doc: None,
            about: None,
            aligned: Vec::new(),
            award: None,
            requirement: None,
        }],
        roles: Vec::new(),
        nodes,
    }
}

fn refused(form: Form) -> PlanError {
    validate(&parts(vec![node(form)])).unwrap_err()
}

fn fact(place: u32) -> Source {
    Source::Fact(FactId(place))
}

fn one() -> Number {
    Number::Literal(Decimal::from_whole(1).unwrap())
}

fn records(change: impl Fn(&mut Records)) -> Form {
    let mut records = Records {
        measure: Measure::Count(How::AtLeast, one()),
        kind: KindId(0),
        competency: None,
        windows: Vec::new(),
        whose: None,
        latest: None,
        including_under_review: false,
        including_returned: false,
        matching: None,
        spread: None,
    };
    change(&mut records);
    Form::Records(records)
}

#[test]
fn a_plan_that_holds_together() {
    let nodes = vec![
        node(Form::Condition(Test::YesNo(fact(1)))),
        node(records(|asked| {
            asked.matching = Some(Test::YesNo(Source::Field(0)))
        })),
        node(Form::All(vec![NodeId(0), NodeId(1)])),
    ];
    assert_eq!(validate(&parts(nodes)), Ok(()));
}

#[test]
fn sources_are_there_and_of_their_type() {
    let nowhere = |what| PlanError::Reference(what);
    assert_eq!(
        refused(Form::Condition(Test::YesNo(fact(9)))),
        nowhere("a fact")
    );
    assert_eq!(
        refused(Form::Condition(Test::YesNo(fact(0)))),
        PlanError::Type("a yes or no")
    );
    assert_eq!(
        refused(Form::Condition(Test::YesNo(Source::Field(0)))),
        nowhere("a field")
    );
    assert_eq!(
        refused(Form::Condition(Test::Known(Source::Date))),
        nowhere("a record")
    );
    let of = |number| Test::Numbers(number, Comparison::Equal, one());
    let level = Number::OfLevel(fact(2), ScaleId(0));
    assert_eq!(
        refused(Form::Condition(of(level))),
        nowhere("the number of a level")
    );
    assert_eq!(
        refused(Form::Condition(of(Number::Of(fact(1))))),
        PlanError::Type("a number")
    );
    let beyond = Test::Ordinals(Ordinal::Of(fact(2)), Comparison::Equal, Ordinal::Literal(1));
    assert_eq!(
        refused(Form::Condition(beyond)),
        nowhere("a level or a choice")
    );
}

#[test]
fn requirements_come_after_what_they_depend_on() {
    let early = "a requirement before what it depends on";
    assert_eq!(
        refused(Form::All(vec![NodeId(0)])),
        PlanError::Reference(early)
    );
    assert_eq!(
        refused(Form::Role(RoleId(0))),
        PlanError::Reference("a role")
    );
    let mut circular = parts(vec![node(Form::Competency(CompetencyId(0)))]);
    circular.competencies[0].requirement = Some(NodeId(0));
    assert_eq!(validate(&circular), Err(PlanError::Reference(early)));
    let always = || node(Form::Condition(Test::Literal(true)));
    let twice = parts(vec![always(), node(Form::All(vec![NodeId(0), NodeId(0)]))]);
    assert_eq!(
        validate(&twice),
        Err(PlanError::Reference("a requirement under two others"))
    );
    let mut role = parts(vec![always()]);
    role.roles.push(Role {
        entry: entry(),
        doc: None,
        about: None,
        incentives: Vec::new(),
        eligible: NodeId(1),
        preferred: Vec::new(),
    });
    assert_eq!(
        validate(&role),
        Err(PlanError::Reference("a role's requirement"))
    );
}

#[test]
fn clauses_hold_together() {
    let hundred_and_one = Decimal::from_whole(101).unwrap();
    for (form, expected) in [
        (
            records(|asked| asked.kind = KindId(1)),
            PlanError::Reference("a kind"),
        ),
        (
            records(|asked| asked.measure = Measure::Share(How::AtLeast, hundred_and_one)),
            PlanError::Type("a share"),
        ),
        (
            records(|asked| {
                asked.measure = Measure::No;
                asked.spread = Some(Spread::Different(Source::Field(0)));
            }),
            PlanError::Type("a spread without a count"),
        ),
        (
            records(|asked| asked.spread = Some(Spread::DifferentYears)),
            PlanError::Reference("the start of the school year"),
        ),
        (
            records(|asked| asked.windows.push(Window::Since(When::Of(Source::Date)))),
            PlanError::Reference("a record"),
        ),
        (
            records(|asked| {
                let year = Duration {
                    count: 1,
                    unit: Unit::SchoolYears,
                };
                asked.windows.push(Window::Within(year, When::Today));
            }),
            PlanError::Reference("the start of the school year"),
        ),
        (
            records(|asked| {
                asked.measure = Measure::Count(How::AtLeast, Number::Of(fact(0)));
            }),
            PlanError::Type("a whole number"),
        ),
        (
            records(|asked| {
                let day = || Value::Date(When::Today);
                asked.measure = Measure::Aggregate(How::AtLeast, day(), Aggregate::Total, day());
            }),
            PlanError::Type("an aggregate and its bound"),
        ),
    ] {
        assert_eq!(refused(form), expected);
    }
}

#[test]
fn expressions_are_bounded() {
    let mut deep = Test::Literal(true);
    for _ in 0..=NESTING {
        deep = Test::Not(Box::new(deep));
    }
    assert_eq!(refused(Form::Condition(deep)), PlanError::Nesting);
    let two = |left, right| Number::Multiply(Box::new(left), Box::new(right));
    let number = || Number::Of(fact(0));
    let compared = |number| Form::Condition(Test::Numbers(number, Comparison::Equal, one()));
    let product = two(number(), number());
    assert_eq!(
        validate(&parts(vec![node(compared(product.clone()))])),
        Ok(())
    );
    let digits = PlanError::TooMany("operators or digits in an expression");
    assert_eq!(refused(compared(two(product, number()))), digits);
    let sum =
        |count: usize| (0..count).fold(one(), |sum, _| Number::Add(Box::new(sum), Box::new(one())));
    assert_eq!(validate(&parts(vec![node(compared(sum(64)))])), Ok(()));
    assert_eq!(refused(compared(sum(65))), PlanError::Nesting);
}
