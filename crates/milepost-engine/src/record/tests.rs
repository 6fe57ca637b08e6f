//! Records: what goes in comes out again, in the order of dates.

use super::*;
use crate::plan::{Entry, Field, Kind, Plan, Programme, Rubric, RubricId, Scale, ScaleId, Type};
use crate::{Decimal, Parts};

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

fn every_type() -> Vec<Field> {
    let five = Decimal::from_whole(5).unwrap();
    [
        field("number", Type::Number(Decimal::ZERO, five)),
        field("whole", Type::Whole(Decimal::ZERO, five)),
        field("ready", Type::YesNo),
        field("day", Type::Date),
        field("words", Type::Text),
        field("level", Type::Level(ScaleId(0))),
        field("contract", Type::Choice(vec![entry("full"), entry("part")])),
        field("rated", Type::Rubric(RubricId(0))),
        field("areas", Type::List(Box::new(Type::Text))),
    ]
    .into()
}

fn plan() -> Plan {
    let level = |name| crate::plan::Level {
        entry: entry(name),
        number: None,
    };
    let parts = Parts {
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
            transitions: Vec::new(),
        },
        scales: vec![Scale {
            entry: entry("mastery"),
            levels: ["low", "high"].map(level).into(),
            cut_scores: Vec::new(),
        }],
        rubrics: vec![Rubric {
            entry: entry("lesson"),
            scale: ScaleId(0),
            criteria: vec![entry("planning"), entry("delivery")],
        }],
        facts: every_type(),
        kinds: vec![Kind {
            entry: entry("task"),
            doc: None,
            effort: None,
            fields: every_type(),
        }],
        competencies: Vec::new(),
        roles: Vec::new(),
        nodes: Vec::new(),
        measures: Vec::new(),
        stages: Vec::new(),
    };
    Plan::new(parts).unwrap()
}

fn text(text: &str) -> Constant {
    Constant::Text(text.to_owned())
}

fn values() -> Vec<Constant> {
    vec![
        Constant::Number(Decimal::parse("4.25").unwrap()),
        Constant::Number(Decimal::parse("4").unwrap()),
        Constant::YesNo(false),
        Constant::Date("2026-02-28".parse().unwrap()),
        text("é"),
        Constant::Ordinal(1),
        Constant::Ordinal(0),
        Constant::Rubric(vec![None, Some(1)]),
        Constant::List(vec![text("b"), text("a"), text("b")]),
    ]
}

fn evidence(id: &str, date: &str, fields: Vec<Option<Constant>>) -> Evidence {
    Evidence {
        id: id.to_owned(),
        kind: KindId(0),
        date: date.parse().unwrap(),
        status: Status::Accepted,
        competencies: Vec::new(),
        expires: None,
        submitted: None,
        decided: None,
        suspended: Vec::new(),
        fields,
    }
}

#[test]
fn every_value_comes_out_as_it_went_in() {
    let plan = plan();
    let facts = (0u32..).map(FactId).zip(values()).collect();
    let full = values().into_iter().map(Some).collect();
    let input = Input {
        id: "c-1".to_owned(),
        facts,
        evidence: vec![
            evidence("full", "2026-02-01", full),
            evidence("none", "2026-01-01", vec![None; 9]),
        ],
        ..Input::default()
    };
    let record = Record::new(&plan, input).unwrap();
    let row = |row| RecordRef {
        kind: KindId(0),
        row,
    };
    assert_eq!(record.record_id(row(0)), "none");
    for (place, value) in (0u32..).zip(values()) {
        assert_eq!(record.fact(FactId(place)), Some(value.clone()));
        assert_eq!(record.value(row(1), place), Some(value));
        assert_eq!(record.value(row(0), place), None);
    }
    assert_eq!(record.value(row(2), 0), None);
    assert_eq!((record.record_id(row(2)), record.rows(KindId(1))), ("", 0));
}

#[test]
fn records_stand_by_date_and_then_as_written() {
    let none = || vec![None; 9];
    let input = Input {
        evidence: vec![
            evidence("c", "2026-03-01", none()),
            evidence("a", "2026-01-01", none()),
            evidence("b", "2026-01-01", none()),
        ],
        ..Input::default()
    };
    let record = Record::new(&plan(), input).unwrap();
    let ids = (0..3).map(|row| {
        record.record_id(RecordRef {
            kind: KindId(0),
            row,
        })
    });
    assert_eq!(ids.collect::<Vec<_>>(), ["a", "b", "c"]);
}

#[test]
fn what_does_not_fit_is_refused() {
    let plan = plan();
    let wrong = [
        Constant::Number(Decimal::parse("5.000001").unwrap()),
        Constant::Number(Decimal::parse("4.5").unwrap()),
        text("no"),
        text("2026-01-01"),
        Constant::YesNo(true),
        Constant::Ordinal(2),
        Constant::Ordinal(2),
        Constant::Rubric(vec![Some(2), None]),
        Constant::List(vec![Constant::YesNo(true)]),
    ];
    for (place, value) in (0u32..).zip(wrong) {
        let mut builder = RecordBuilder::new(&plan);
        let refused = builder.fact(FactId(place), value.clone());
        let name = plan.parts().facts[place as usize].entry.name.clone();
        assert_eq!(refused, Err(RecordError::Mistyped(name)));
        let mut fields = vec![None; 9];
        fields[place as usize] = Some(value);
        let refused = builder.evidence(evidence("e", "2026-01-01", fields));
        assert_eq!(refused, Err(RecordError::Mistyped("e".to_owned())));
    }
    let mut builder = RecordBuilder::new(&plan);
    let refused = builder.evidence(evidence("e", "2026-01-01", vec![None; 8]));
    assert_eq!(refused, Err(RecordError::Fields("e".to_owned())));
    let mut filed = evidence("e", "2026-01-01", vec![None; 9]);
    filed.competencies.push(CompetencyId(0));
    let undeclared = Err(RecordError::Undeclared("e".to_owned()));
    assert_eq!(builder.evidence(filed), undeclared);
}
