//! Measures against the naive evaluator, over programmes and cohorts made up by chance. In: `MILEPOST_ORACLE_CASES`. Out: the first
//! programme in which a figure is another than counting by hand gives, or in which it matters how the cohort is divided.

#![expect(
    clippy::expect_used,
    reason = "a suite fails by panicking, also outside the test functions themselves"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use milepost::cohort::Report;
use milepost::{Input, Record, wire};
use milepost_tests::differential::compile;
use milepost_tests::generator::{self, Random, Size, record};
use milepost_tests::oracle::{self, Six};

/// Programmes in the default run, each with one cohort.
const CASES: u64 = 120;

/// Candidates of a cohort.
const CANDIDATES: usize = 24;

/// Facts with one value, by their places in the vocabulary.
const FACTS: [(u32, &str); 4] = [(0, "years"), (5, "flag"), (9, "school"), (12, "contract")];

/// Whom a measure asks for.
#[derive(Clone, Copy, Debug)]
enum Who {
    /// Everybody.
    All,
    /// Who meets the competency, the role of this place.
    Competency(u32),
    Role(u32),
}

/// What is counted of them.
#[derive(Clone, Copy, Debug)]
enum Figure {
    Percent,
    Candidates,
    Different(usize),
    Competencies,
}

#[derive(Clone, Copy, Debug)]
struct Measure {
    figure: Figure,
    who: Who,
    among: Who,
}

/// Those who can be asked for, and how a measure writes each. A rule and a condition are asked for by a role of their own too,
/// which is what the naive evaluator looks at.
fn subjects(programme: &generator::Programme) -> (Vec<(String, Who)>, String) {
    let mut subjects = vec![(String::new(), Who::All)];
    for (place, competency) in (0u32..).zip(&programme.competencies) {
        let who = format!("who meet competency {}", competency.name);
        subjects.push((who, Who::Competency(place)));
    }
    let mut place = 0;
    for role in &programme.roles {
        subjects.push((format!("who meet role {}", role.name), Who::Role(place)));
        place += 1;
    }
    let mut probes = String::new();
    let rules = programme.rules.iter().map(|(header, _)| header);
    let rules = rules.filter(|header| !header.contains('('));
    let rules = rules.map(|rule| (format!("rule {rule}"), format!("who meet rule {rule}")));
    let condition = "years >= 2 or own_level = mastered".to_owned();
    let whose = format!("whose {condition}");
    for (number, (requirement, who)) in rules.chain([(condition, whose)]).enumerate() {
        let _ = writeln!(
            probes,
            "role probe{number} \"P\" {{ eligible when {requirement} }}"
        );
        subjects.push((who, Who::Role(place)));
        place += 1;
    }
    (subjects, probes)
}

/// The measures of a programme by chance, and their text.
fn measures(random: &mut Random, subjects: &[(String, Who)]) -> (Vec<Measure>, String) {
    let (mut measures, mut text) = (Vec::new(), String::new());
    for number in 0..8 {
        let (mut who, mut asked) = random.choose(subjects);
        let (among, looked_at) = random.choose(subjects);
        let figure = match random.below(4) {
            0 if !matches!(asked, Who::All) => Figure::Percent,
            1 => Figure::Different(random.below(FACTS.len())),
            2 => Figure::Competencies,
            _ => Figure::Candidates,
        };
        let words = match figure {
            Figure::Percent => "percent of candidates".to_owned(),
            Figure::Candidates => "number of candidates".to_owned(),
            Figure::Different(fact) => {
                let (_, name) = FACTS.get(fact).expect("a fact");
                format!("number of different {name} of candidates")
            }
            Figure::Competencies => {
                (who, asked) = (String::new(), Who::All);
                "number of competencies met".to_owned()
            }
        };
        let among = if among.is_empty() {
            among
        } else {
            format!("among candidates {among}")
        };
        let _ = writeln!(text, "measure m{number} \"M\" = {words} {who} {among}");
        measures.push(Measure {
            figure,
            who: asked,
            among: looked_at,
        });
    }
    (measures, text)
}

/// What counting by hand gives: value, met, of, undecided.
type Counted = (Option<String>, Option<u64>, Option<u64>, Option<u64>);

/// Whether somebody meets it, may come to meet it.
fn stands(outcome: &oracle::Outcome, who: Who) -> (bool, bool) {
    let truth = match who {
        Who::All => Six::TRUE,
        Who::Competency(place) => outcome.competencies.get(&place).expect("one").truth,
        Who::Role(place) => outcome.roles.get(&place).expect("one").truth,
    };
    (truth.l0, !truth.l0 && (truth.b0 || truth.b1))
}

/// In tenths, the half upwards; 0 and 100 only where it is exactly that.
fn percent(met: u64, of: u64) -> String {
    let twice = met * 2_000 / of;
    let tenths = twice / 2 + twice % 2;
    let tenths = match met {
        0 => 0,
        _ if met == of => 1_000,
        _ => tenths.clamp(1, 999),
    };
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

fn counted(measure: Measure, cohort: &[(Input, oracle::Outcome)]) -> Counted {
    let looked_at = cohort.iter().filter(|it| stands(&it.1, measure.among).0);
    let looked_at: Vec<_> = looked_at.collect();
    let those = looked_at.iter().filter(|it| stands(&it.1, measure.who).0);
    let those: Vec<_> = those.collect();
    let open = looked_at.iter().filter(|it| stands(&it.1, measure.who).1);
    let number = |count: usize| u64::try_from(count).expect("few");
    let (met, of, open) = (
        number(those.len()),
        number(looked_at.len()),
        number(open.count()),
    );
    let value = match measure.figure {
        Figure::Percent => (of > 0).then(|| percent(met, of)),
        Figure::Candidates => Some(met.to_string()),
        Figure::Different(fact) => {
            let (place, _) = FACTS.get(fact).expect("a fact");
            let facts = those.iter().flat_map(|it| &it.0.facts);
            let values = facts.filter(|(id, _)| id.0 == *place);
            let values: BTreeSet<String> = values.map(|(_, value)| format!("{value:?}")).collect();
            Some(values.len().to_string())
        }
        Figure::Competencies => {
            let met =
                |it: &oracle::Outcome| it.competencies.values().filter(|it| it.truth.l0).count();
            let all: usize = looked_at.iter().map(|it| met(&it.1)).sum();
            Some(all.to_string())
        }
    };
    let choosy = matches!(measure.figure, Figure::Percent) || !matches!(measure.who, Who::All);
    (
        value,
        choosy.then_some(met),
        Some(of),
        choosy.then_some(open),
    )
}

fn said(found: &wire::Measure) -> Counted {
    let value = found.value.as_ref().map(|value| value.to_string());
    (value, found.met, found.of, found.undecided)
}

/// One programme and its cohort; whether it could be compiled.
fn agree(seed: u64) -> bool {
    let mut random = Random::new(seed);
    let (programme, days) = generator::programme(&mut random, Size::WHOLE);
    let (subjects, probes) = subjects(&programme);
    let (measures, written) = measures(&mut random, &subjects);
    let text = format!("{}{probes}{written}", programme.text());
    let model = compile(&text).model;
    let sources = BTreeMap::from([("main.pathway", text.as_str())]);
    let compiled = milepost::compile(&sources, "main.pathway");
    let Ok(pathway) = compiled.plan() else {
        return false;
    };
    let mut whole = Report::new(pathway, days.as_of);
    let [mut first, mut second] = [(); 2].map(|()| Report::new(pathway, days.as_of));
    let mut cohort = Vec::new();
    for _ in 0..CANDIDATES {
        let input = record::record(&mut random, &days, &model);
        let made = Record::new(pathway.plan(), input.clone()).expect("a record that fits");
        whole.add(&made);
        if random.chance(50) {
            first.add(&made);
        } else {
            second.add(&made);
        }
        let outcome = oracle::evaluate(&model, &input, days.as_of);
        cohort.push((input, outcome));
    }
    second.merge(first);
    let report = whole.finish(None);
    assert_eq!(report, second.finish(None), "seed {seed}: divided");
    assert_eq!(report.measures.len(), measures.len(), "seed {seed}");
    for (found, measure) in report.measures.iter().zip(measures) {
        assert_eq!(
            said(found),
            counted(measure, &cohort),
            "seed {seed}, {}: {measure:?}\n{text}",
            found.name
        );
    }
    held_back(seed, &whole);
    true
}

/// What is shown with a bound is what is shown without; nothing shown has fewer people behind it, or left out of it.
fn held_back(seed: u64, whole: &Report) {
    let bound = 5;
    let all = whole.finish(None);
    for (shown, known) in whole.finish(Some(bound)).measures.iter().zip(&all.measures) {
        for (shown, known) in [
            (shown.met, known.met),
            (shown.of, known.of),
            (shown.undecided, known.undecided),
        ] {
            assert!(shown.is_none() || shown == known, "seed {seed}");
            assert!(shown.is_none_or(|count| count >= bound), "seed {seed}");
        }
        assert!(shown.value.is_none() || shown.value == known.value);
        if let (Some(met), Some(of)) = (shown.met, shown.of) {
            assert!(of - met >= bound, "seed {seed}");
        }
        if let (Some(of), Some(candidates)) = (shown.of, Some(all.candidates).flatten()) {
            assert!(of == candidates || candidates - of >= bound, "seed {seed}");
        }
    }
}

#[test]
fn measures_are_what_counting_by_hand_gives() {
    let said = std::env::var("MILEPOST_ORACLE_CASES");
    let cases = said.map_or(CASES, |said| said.parse().expect("a number"));
    let compiled = (1..=cases).filter(|seed| agree(*seed)).count();
    let compiled = u64::try_from(compiled).expect("few");
    assert!(compiled * 100 >= cases * 95, "{compiled} of {cases}");
}
