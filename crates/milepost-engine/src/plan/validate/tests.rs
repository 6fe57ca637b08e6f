//! What makes no plan, one thing at a time.

use super::*;
use crate::plan::{
    Aggregate, Attempts, CohortMeasure, Comparison, CutScores, Entry, Field, Figure, How, Kind,
    KindId, Measure, Number, Ordinal, Programme, Records, Role, RoleId, Rubric, RubricId, Scale,
    ScaleId, Source, Spread, Test, Type, Value, When, Window,
};
use crate::plan::{Competency, CompetencyId, FactId, Level};
use crate::{Date, Decimal, Duration, Unit};

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

fn node(form: Form) -> Node {
    Node {
        address: String::new(),
        title: None,
        cites: Vec::new(),
        advice: None,
        owner: None,
        stage: None,
        form,
        waivable: Vec::new(),
        formerly: Vec::new(),
    }
}

fn parts(mut nodes: Vec<Node>) -> Parts {
    for (place, node) in nodes.iter_mut().enumerate() {
        node.address = format!("lead/{place}");
    }
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
            transitions: Vec::new(),
        },
        scales: vec![Scale {
            entry: entry("mastery"),
            levels: vec![Level {
                entry: entry("mastered"),
                number: None,
            }],
            cut_scores: Vec::new(),
        }],
        rubrics: Vec::new(),
        facts: vec![
            field("years", Type::Number(Decimal::ZERO, Decimal::MAX)),
            field("ready", Type::YesNo),
            field("level", Type::Level(ScaleId(0))),
        ],
        kinds: vec![Kind {
            entry: entry("task"),
            doc: None,
            effort: None,
            fields: vec![field("verified", Type::YesNo)],
        }],
        competencies: vec![Competency {
            entry: entry("analyst"),
            doc: None,
            about: None,
            aligned: Vec::new(),
            award: None,
            requirement: None,
            formerly: Vec::new(),
            elsewhere: false,
        }],
        roles: Vec::new(),
        nodes,
        measures: Vec::new(),
        stages: Vec::new(),
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
        attempts: None,
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
        Err(PlanError::Reference("a requirement in two places"))
    );
    let mut far = parts(vec![always()]);
    far.roles.push(role("lead", 1));
    assert_eq!(validate(&far), Err(PlanError::Reference("a requirement")));
}

fn role(name: &str, eligible: u32) -> Role {
    Role {
        entry: entry(name),
        doc: None,
        about: None,
        incentives: Vec::new(),
        eligible: NodeId(eligible),
        preferred: Vec::new(),
        stays: false,
        formerly: Vec::new(),
    }
}

#[test]
fn a_requirement_has_one_place() {
    let always = || node(Form::Condition(Test::Literal(true)));
    let twice = PlanError::Reference("a requirement in two places");
    let mut shared = parts(vec![always()]);
    shared.roles.push(role("lead", 0));
    assert_eq!(validate(&shared), Ok(()));
    shared.competencies[0].requirement = Some(NodeId(0));
    assert_eq!(validate(&shared), Err(twice.clone()));
    let mut preferred = parts(vec![always()]);
    preferred.roles.push(role("lead", 0));
    preferred.roles[0].preferred = vec![NodeId(0)];
    assert_eq!(validate(&preferred), Err(twice.clone()));
    let mut below = parts(vec![always(), node(Form::All(vec![NodeId(0)]))]);
    below.roles.push(role("lead", 0));
    assert_eq!(validate(&below), Err(twice));
}

#[test]
fn former_names_are_names_and_nobody_elses() {
    let refused = |change: fn(&mut Parts)| {
        let always = || node(Form::Condition(Test::Literal(true)));
        let mut parts = parts(vec![
            always(),
            always(),
            node(Form::All(vec![NodeId(0), NodeId(1)])),
        ]);
        parts.nodes[0].address = "lead.years".to_owned();
        parts.nodes[1].address = "lead.licence".to_owned();
        parts.roles.push(role("lead", 2));
        change(&mut parts);
        validate(&parts)
    };
    let name = Err(PlanError::Name("a former name"));
    assert_eq!(
        refused(|parts| {
            parts.nodes[0].formerly = vec!["experience".to_owned(), "seniority".to_owned()];
            parts.roles[0].formerly = vec!["leader".to_owned()];
            parts.competencies[0].formerly = vec!["licence".to_owned()];
        }),
        Ok(())
    );
    assert_eq!(
        refused(|parts| parts.nodes[0].formerly = vec!["Years".to_owned()]),
        name
    );
    assert_eq!(
        refused(|parts| parts.nodes[0].formerly = vec!["licence".to_owned()]),
        name
    );
    assert_eq!(
        refused(|parts| {
            parts.nodes[0].formerly = vec!["old".to_owned()];
            parts.nodes[1].formerly = vec!["old".to_owned()];
        }),
        name
    );
    assert_eq!(
        refused(|parts| parts.competencies[0].formerly = vec!["lead".to_owned()]),
        name
    );
    let long = Err(PlanError::TooMany("former names"));
    assert_eq!(
        refused(|parts| parts.nodes[0].formerly = vec!["a".repeat(17 << 20)]),
        long
    );
}

#[test]
fn nothing_under_none_of_can_be_waived() {
    let refused = |group: fn(Vec<NodeId>) -> Form| {
        let mut parts = parts(vec![
            node(Form::Condition(Test::Literal(true))),
            node(Form::Any(vec![NodeId(0)])),
            node(group(vec![NodeId(1)])),
        ]);
        parts.nodes[0].waivable = vec!["board".to_owned()];
        validate(&parts)
    };
    assert_eq!(refused(Form::All), Ok(()));
    assert_eq!(
        refused(Form::None),
        Err(PlanError::Type(
            "what lies under `none of` and can be waived"
        ))
    );
    let mut nameless = parts(vec![node(Form::Condition(Test::Literal(true)))]);
    nameless.nodes[0].waivable = vec!["The Board".to_owned()];
    assert_eq!(validate(&nameless), Err(PlanError::Name("an authority")));
}

#[test]
fn what_is_shared_out_is_asked_for_as_so_many() {
    let group = |form: Form, choice: bool| {
        let mut nodes = vec![node(form)];
        if choice {
            nodes.push(node(Form::Any(vec![NodeId(0)])));
        }
        let last = u32::try_from(nodes.len() - 1).unwrap();
        nodes.push(node(Form::WithoutReuse(vec![NodeId(last)])));
        crate::Plan::new(parts(nodes)).map(|_| ())
    };
    let form = PlanError::Type("a form of evidence without reuse");
    assert_eq!(group(records(|_| {}), false), Ok(()));
    let every = records(|records| records.measure = Measure::Every);
    assert_eq!(group(every, false), Err(form.clone()));
    let most = records(|records| records.measure = Measure::Count(How::AtMost, one()));
    assert_eq!(group(most, false), Err(form.clone()));
    let same = records(|records| records.spread = Some(Spread::Same(Source::Id)));
    assert_eq!(group(same, false), Err(form.clone()));
    let attempts = records(|records| {
        records.attempts = Some(Attempts {
            key: Source::Id,
            highest: None,
        });
    });
    assert_eq!(group(attempts, false), Err(form));
    let choice = PlanError::Type("a choice of evidence without reuse");
    assert_eq!(group(records(|_| {}), true), Err(choice));
    let condition = Form::Condition(Test::Literal(true));
    assert_eq!(group(condition, true), Ok(()));
}

#[test]
fn attempts_are_told_apart_by_one_value_and_ranked_by_what_has_an_order() {
    let asked = |attempts: Attempts, latest| {
        let form = records(|records| {
            records.attempts = Some(attempts);
            records.latest = latest;
        });
        validate(&parts(vec![node(form)]))
    };
    let of = |key, highest| Attempts { key, highest };
    assert_eq!(
        asked(of(Source::Field(0), Some(Source::Date)), None),
        Ok(())
    );
    assert_eq!(
        asked(of(Source::Field(0), None), Some(1)),
        Err(PlanError::Type("attempts among the latest"))
    );
    assert_eq!(
        asked(of(Source::Field(1), None), None),
        Err(PlanError::Reference("a field"))
    );
    assert_eq!(
        asked(of(Source::Date, Some(Source::Field(0))), None),
        Err(PlanError::Type("the highest of what has no order"))
    );
}

#[test]
fn requirements_stand_so_many_in_one_another_and_no_more() {
    let chain = |length: u32| {
        let mut nodes = vec![node(Form::Condition(Test::Literal(true)))];
        nodes.extend((1..length).map(|above| node(Form::Any(vec![NodeId(above - 1)]))));
        validate(&parts(nodes))
    };
    assert_eq!(chain(64), Ok(()));
    assert_eq!(chain(65), Err(PlanError::Nesting));
}

#[test]
fn everything_has_a_name_of_its_own() {
    let base = || parts(vec![node(Form::Condition(Test::Literal(true)))]);
    assert_eq!(validate(&base()), Ok(()));
    let refused = |what: &'static str, change: fn(&mut Parts)| {
        let mut parts = base();
        change(&mut parts);
        assert_eq!(validate(&parts), Err(PlanError::Name(what)));
    };
    refused("a programme", |parts| {
        parts.programme.name = "Ein Name".to_owned()
    });
    refused("a fact", |parts| {
        parts.facts[1].entry.name = "years".to_owned()
    });
    refused("a fact", |parts| {
        parts.facts[0].ty = Type::Choice(vec![entry("ok"), entry("")]);
        parts.facts[1].entry.name = "years".to_owned();
    });
    refused("a choice", |parts| {
        parts.facts[0].ty = Type::List(Box::new(Type::Choice(vec![entry("a"), entry("a")])));
    });
    refused("a level", |parts| {
        let again = parts.scales[0].levels[0].clone();
        parts.scales[0].levels.push(again);
    });
    refused("a scale or a rubric", |parts| {
        parts.rubrics.push(Rubric {
            entry: entry("mastery"),
            scale: ScaleId(0),
            criteria: vec![entry("planning")],
        });
    });
    refused("a criterion", |parts| {
        parts.rubrics.push(Rubric {
            entry: entry("lesson"),
            scale: ScaleId(0),
            criteria: vec![entry("planning"), entry("planning")],
        });
    });
    refused("a kind", |parts| {
        let again = parts.kinds[0].clone();
        parts.kinds.push(again);
    });
    refused("a field", |parts| {
        parts.kinds[0].fields[0].entry.name = "task.".to_owned();
    });
    refused("a field that every record has", |parts| {
        parts.kinds[0].fields[0].entry.name = "status".to_owned();
    });
    refused("a competency or a role", |parts| {
        parts.roles.push(role("analyst", 0))
    });
    refused("a requirement", |parts| {
        let again = parts.nodes[0].clone();
        parts.nodes.push(again);
    });
    let mut alias = base();
    alias.kinds[0].entry.name = "common.task_2".to_owned();
    assert_eq!(validate(&alias), Ok(()));
    for name in ["", ".", "a.", "A", "2a", "a b", "a-b", "ä", "_a"] {
        alias.kinds[0].entry.name = name.to_owned();
        assert_eq!(validate(&alias), Err(PlanError::Name("a kind")), "{name}");
    }
}

#[test]
fn declarations_are_in_range() {
    let base = || parts(Vec::new());
    let empty = Err(PlanError::Range("a list with nothing in it"));
    let mut none = base();
    none.scales[0].levels.clear();
    assert_eq!(validate(&none), empty);
    let mut none = base();
    none.facts[0].ty = Type::Choice(Vec::new());
    assert_eq!(validate(&none), empty);
    let mut reversed = base();
    reversed.programme.effective = Some((Date::MAX, Some(Date::MIN)));
    assert_eq!(
        validate(&reversed),
        Err(PlanError::Range("the days a programme is in force"))
    );
    let mut reversed = base();
    reversed.facts[0].ty = Type::Whole(Decimal::MAX, Decimal::ZERO);
    assert_eq!(
        validate(&reversed),
        Err(PlanError::Range("the least and the most of a number"))
    );
    let many = (0..=u16::MAX).map(|place| entry(&format!("c{place}")));
    let mut wide = base();
    wide.facts[0].ty = Type::Choice(many.collect());
    assert_eq!(validate(&wide), Err(PlanError::TooMany("choices")));
}

/// A rubric of so many criteria, and so many fields that are rated on it.
fn rated(criteria: usize, fields: usize) -> Parts {
    let mut parts = parts(Vec::new());
    parts.rubrics.push(Rubric {
        entry: entry("lesson"),
        scale: ScaleId(0),
        criteria: (0..criteria).map(|at| entry(&format!("c{at}"))).collect(),
    });
    let rated = |at| field(&format!("f{at}"), Type::Rubric(RubricId(0)));
    parts.kinds[0].fields = (0..fields).map(rated).collect();
    parts
}

#[test]
fn a_record_has_so_many_values_and_no_more() {
    assert_eq!(validate(&rated(10_000, 100)), Ok(()));
    assert_eq!(
        validate(&rated(10_000, 101)),
        Err(PlanError::TooMany("declarations"))
    );
}

#[test]
fn what_is_referred_to_often_is_short() {
    let words = PlanError::TooMany("words in the sentences that its requirements make");
    let asked = |title: usize, often: usize| {
        let tests = vec![Test::YesNo(fact(1)); often];
        let mut parts = parts(vec![node(Form::Condition(Test::All(tests)))]);
        parts.facts[1].entry.title = Some("x".repeat(title));
        validate(&parts)
    };
    assert_eq!(asked(1_000, 10_000), Ok(()));
    assert_eq!(asked(100, 1_000_000), Err(words.clone()));
    assert_eq!(asked(1_000_000, 100), Err(words.clone()));
    // a condition on every criterion looks at every criterion
    let every = |often: usize| {
        let level = Ordinal::Literal(0);
        let every = crate::plan::Quantifier::Every;
        let test = Test::Criteria(every, Source::Field(0), Comparison::Equal, level);
        let mut parts = rated(10_000, 1);
        parts.nodes = vec![node(records(|asked| {
            asked.matching = Some(Test::Any(vec![test.clone(); often]))
        }))];
        parts.nodes[0].address = "lead".to_owned();
        validate(&parts)
    };
    assert_eq!(every(1_000), Ok(()));
    assert_eq!(every(10_000), Err(words));
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
            records(|asked| asked.latest = Some(0)),
            PlanError::Range("how many of the latest"),
        ),
        (
            records(|asked| asked.windows.push(Window::SchoolYears(0, -1))),
            PlanError::Range("school years"),
        ),
        (
            records(|asked| asked.windows.push(Window::SchoolYears(i32::MIN, 0))),
            PlanError::Range("school years"),
        ),
        (
            records(|asked| asked.windows.push(Window::SchoolYear(i32::MAX))),
            PlanError::Range("a school year"),
        ),
        (
            records(|asked| asked.windows.push(Window::Since(When::YearStart(i32::MAX)))),
            PlanError::Range("school years"),
        ),
        (
            records(|asked| {
                let long = Duration {
                    count: u32::MAX,
                    unit: Unit::Weeks,
                };
                asked.windows.push(Window::Within(long, When::Today));
            }),
            PlanError::Range("a length of time"),
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

#[test]
fn measures_ask_for_requirements_of_their_own_and_facts_of_one_value() {
    let ready = || node(Form::Condition(Test::YesNo(fact(1))));
    let measured = |nodes: usize, figure, among| {
        let mut parts = parts((0..nodes).map(|_| ready()).collect());
        parts
            .facts
            .push(field("areas", Type::List(Box::new(Type::Text))));
        parts.measures = vec![CohortMeasure {
            entry: entry("share"),
            doc: None,
            figure,
            among,
        }];
        validate(&parts)
    };
    let (first, second) = (NodeId(0), NodeId(1));
    for figure in [
        Figure::Percent(first),
        Figure::Candidates(Some(first)),
        Figure::Different(FactId(2), Some(first)),
    ] {
        assert_eq!(measured(2, figure.clone(), Some(second)), Ok(()));
        let twice = PlanError::Reference("a requirement in two places");
        assert_eq!(measured(1, figure.clone(), Some(first)), Err(twice));
        let nowhere = PlanError::Reference("a requirement");
        assert_eq!(measured(1, figure, Some(second)), Err(nowhere));
    }
    assert_eq!(measured(0, Figure::Competencies, None), Ok(()));
    assert_eq!(measured(0, Figure::Candidates(None), None), Ok(()));
    assert_eq!(
        measured(0, Figure::Different(FactId(9), None), None),
        Err(PlanError::Reference("a fact"))
    );
    assert_eq!(
        measured(0, Figure::Different(FactId(3), None), None),
        Err(PlanError::Type("a fact that a measure counts"))
    );
}

#[test]
fn levels_follow_from_scores_by_cut_scores_that_rise() {
    let scored = || {
        let mut all = parts(Vec::new());
        all.scales[0].levels.push(Level {
            entry: entry("exemplary"),
            number: None,
        });
        let whole = |number| Decimal::from_whole(number).unwrap();
        all.scales[0].cut_scores = vec![
            CutScores {
                from: "2009-07-01".parse().unwrap(),
                cuts: vec![(1, whole(250))],
            },
            CutScores {
                from: "2012-07-01".parse().unwrap(),
                cuts: vec![(0, whole(100)), (1, whole(300))],
            },
        ];
        let score = field("score", Type::Number(Decimal::ZERO, Decimal::MAX));
        let mut level = field("level", Type::Level(ScaleId(0)));
        level.from_score = Some(1);
        all.kinds[0].fields.extend([score, level]);
        all
    };
    let after = |change: fn(&mut Parts)| {
        let mut all = scored();
        change(&mut all);
        validate(&all)
    };
    assert_eq!(validate(&scored()), Ok(()));
    let cuts = Err(PlanError::Range("cut scores"));
    assert_eq!(after(|all| all.scales[0].cut_scores[0].cuts.clear()), cuts);
    assert_eq!(after(|all| all.scales[0].cut_scores[0].cuts[0].0 = 2), cuts);
    assert_eq!(
        after(|all| all.scales[0].cut_scores[1].cuts.swap(0, 1)),
        cuts
    );
    assert_eq!(
        after(|all| all.scales[0].cut_scores[1].cuts[1].1 = Decimal::from_whole(100).unwrap()),
        cuts
    );
    assert_eq!(
        after(|all| all.scales[0].cut_scores.swap(0, 1)),
        Err(PlanError::Range("the days of cut scores"))
    );
    let follows = Err(PlanError::Type("a level that follows from a score"));
    for score in [0, 2, 3] {
        let mut all = scored();
        all.kinds[0].fields[2].from_score = Some(score);
        assert_eq!(validate(&all), follows, "{score}");
    }
    assert_eq!(
        after(|all| all.kinds[0].fields[0].from_score = Some(1)),
        follows
    );
    assert_eq!(after(|all| all.facts[2].from_score = Some(0)), follows);
}

#[test]
fn each_requirement_of_a_points_plan_is_worth_something() {
    let points = |worth: Vec<u32>| {
        let bound = Number::Literal(Decimal::from_whole(3).unwrap());
        let mut all = vec![node(Form::Condition(Test::YesNo(fact(1))))];
        all[0].address = "lead/1".to_owned();
        all.push(node(Form::Points(bound, vec![NodeId(0)], worth)));
        all[1].address = "lead".to_owned();
        validate(&parts(all))
    };
    assert_eq!(points(vec![3]), Ok(()));
    let worth = Err(PlanError::Range("what requirements are worth"));
    assert_eq!(points(vec![]), worth);
    assert_eq!(points(vec![3, 2]), worth);
}
