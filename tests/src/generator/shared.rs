//! Programmes in which little evidence is shared out to many requirements, any of which may be waived. In: chance. Out: a
//! programme whose roles are groups without reuse, nested and through competencies.

use super::days::Days;
use super::programme::{Competency, Form, Programme, Requirement, Role};
use super::random::Random;
use super::vocabulary;

/// Such a programme, and the days it is about.
pub fn programme(random: &mut Random) -> (Programme, Days) {
    let days = Days::new(random);
    let head = vocabulary::head(&days, random);
    let mut labels = 0;
    let mut competencies = Vec::new();
    for place in 0..=random.below(2) {
        let requires = requirement(random, &mut labels, place, 1);
        competencies.push(Competency {
            name: format!("comp{place}"),
            awards: String::new(),
            requires: Some(requires),
        });
    }
    let children = (0..2 + random.below(3))
        .map(|_| requirement(random, &mut labels, competencies.len(), 2))
        .collect();
    let role = Role {
        name: "role0".to_owned(),
        eligible: Requirement {
            label: None,
            form: Form::Group("all of without reuse".to_owned(), children),
        },
        preferred: Vec::new(),
        stages: Vec::new(),
        stays: false,
    };
    let programme = Programme {
        head,
        rules: Vec::new(),
        competencies,
        roles: vec![role],
    };
    (programme, days)
}

/// A requirement so deep at most, which may refer to so many competencies.
fn requirement(
    random: &mut Random,
    labels: &mut usize,
    competencies: usize,
    depth: usize,
) -> Requirement {
    *labels += 1;
    let label = Some(format!("l{labels} waivable by board"));
    let form = match random.below(10) {
        0..=2 if depth > 0 => {
            let words = random.pick(&["all of", "in order", "all of without reuse"]);
            let children = (0..1 + random.below(2))
                .map(|_| requirement(random, labels, competencies, depth - 1))
                .collect();
            Form::Group(words.to_owned(), children)
        }
        3 | 4 if competencies > 0 => {
            let place = random.below(competencies);
            Form::Leaf(format!("competency comp{place}"), Vec::new())
        }
        5 => Form::Leaf("years >= 1".to_owned(), Vec::new()),
        _ => {
            let bound = random.pick(&["1", "1", "2"]);
            let mut clauses = Vec::new();
            if random.chance(15) {
                clauses.push("among latest 2".to_owned());
            }
            if random.chance(40) {
                let condition = random.pick(&["passed", "signed", "size >= 1"]);
                clauses.push(format!("where {condition}"));
            }
            if random.chance(20) {
                let spread = random.pick(&["by different assessor", "in different school years"]);
                clauses.push(spread.to_owned());
            }
            Form::Leaf(format!("at least {bound} task"), clauses)
        }
    };
    Requirement { label, form }
}
