//! Invented cohorts of the sizes that programmes publish. In: which programme, a seed, how many candidates where that is free.
//! Out: a record as JSON for each, so that the measures of the programme come to the figures published of it.
//!
//! The people are invented, whatever the seed; only how many of them there are, and what so many of them have shown, is not.

use milepost_engine::Date;
use serde_json::{Value, json};

use crate::generator::Random;

/// The cohorts there are.
pub const COHORTS: [&str; 5] = [
    "bronx_2018",
    "emerging_teacher_leaders",
    "school_conditions",
    "knowledge",
    "data_driver",
];

/// What the seed is if nobody says, and how many candidates there are where that is free.
pub const SEED: u64 = 1;
/// See [`SEED`].
pub const CANDIDATES: usize = 1_000;

/// Teachers in the Bronx: so many have shown all three competencies, two of them, and none.
const BRONX: [usize; 3] = [200, 21, 17];
/// Schools with a teacher leader afterwards, and all schools.
const SCHOOLS: [usize; 2] = [122, 160];
const DISTRICTS: usize = 7;

/// Teachers of Emerging Teacher Leaders: so many have shown all four competencies, and three of them.
const EMERGING: [usize; 2] = [44, 26];

/// Schools: rated twice, only in autumn, only in spring.
const RATED: [usize; 3] = [100, 5, 25];
/// So many of those rated in autumn, and in spring, are on target; so many of those rated twice improved.
const ON_TARGET: [usize; 2] = [21, 60];
const IMPROVED: usize = 89;
/// So many of those rated twice agree less with problematic beliefs.
const AGREED_LESS: usize = 82;

/// Teacher leaders: all, those assessed in both years, and those of them who knew more.
const ASSESSED: [usize; 3] = [600, 575, 529];

/// The records of a cohort, in an order that follows the seed; nothing if there is no such cohort. How many candidates
/// there are is free for `data_driver` only.
#[must_use]
pub fn records(
    cohort: &str,
    seed: u64,
    candidates: usize,
) -> Option<Box<dyn Iterator<Item = Value>>> {
    let mut random = Random::new(seed);
    let make: fn(&mut Random, usize) -> Value = match cohort {
        "bronx_2018" => bronx,
        "emerging_teacher_leaders" => emerging,
        "school_conditions" => school,
        "knowledge" => teacher_leader,
        "data_driver" => {
            let teachers = (0..candidates).map(move |place| data_driver(&mut random, place));
            return Some(Box::new(teachers));
        }
        _ => return None,
    };
    let size = match cohort {
        "bronx_2018" => BRONX.iter().sum(),
        "emerging_teacher_leaders" => EMERGING.iter().sum(),
        "knowledge" => ASSESSED[0],
        _ => RATED.iter().sum(),
    };
    let mut places: Vec<usize> = (0..size).collect();
    for last in (1..size).rev() {
        places.swap(last, random.below(last + 1));
    }
    Some(Box::new(
        places
            .into_iter()
            .map(move |place| make(&mut random, place)),
    ))
}

/// A day between two, the last included.
fn day(random: &mut Random, from: &str, to: &str) -> String {
    let number = |text: &str| {
        let date: Date = text.parse().unwrap_or(Date::MIN);
        date.days()
    };
    let (from, to) = (number(from), number(to));
    let days = usize::try_from(to - from).unwrap_or(0);
    let ahead = i32::try_from(random.below(days + 1)).unwrap_or(0);
    Date::from_days(from + ahead).map_or_else(String::new, |date| date.to_string())
}

/// Evidence on its way, with ids of its own.
struct Evidence(Vec<Value>);

impl Evidence {
    fn add(&mut self, kind: &str, date: &str, more: Value) {
        let mut entry =
            json!({ "id": format!("e{}", self.0.len() + 1), "kind": kind, "date": date });
        if let (Some(entry), Value::Object(more)) = (entry.as_object_mut(), more) {
            entry.extend(more);
        }
        self.0.push(entry);
    }

    /// What shows a competency in the programmes of New York City, or all of it but a submission that is good enough.
    fn shows(
        &mut self,
        random: &mut Random,
        competency: &str,
        coach: &str,
        days: [&str; 2],
        well: bool,
    ) {
        let [from, to] = days;
        let on = |random: &mut Random| day(random, from, to);
        let own = json!([competency]);
        self.add(
            "online_module",
            &on(random),
            json!({ "for": own, "completed": true }),
        );
        self.add(
            "coaching_session",
            &on(random),
            json!({ "for": own, "coach": coach, "hours": 1.5 }),
        );
        let level = if well {
            ["mastered", "exemplary"]
        } else {
            ["not_yet", "approaching"]
        };
        let ratings = ["planning", "practice", "reflection"]
            .map(|it| (it.to_owned(), json!(random.pick(&level))));
        let ratings: serde_json::Map<_, _> = ratings.into_iter().collect();
        self.add(
            "submission",
            &on(random),
            json!({ "for": own, "ratings": ratings }),
        );
    }
}

fn bronx(random: &mut Random, place: usize) -> Value {
    const DAYS: [&str; 2] = ["2018-02-01", "2018-07-31"];
    let [all, two, _] = BRONX;
    let shown = match place {
        _ if place < all => 3,
        _ if place < all + two => 2,
        _ => 0,
    };
    let [led, schools] = SCHOOLS;
    let school = if shown == 3 {
        place % led
    } else {
        led + (place - all) % (schools - led)
    };
    let mut evidence = Evidence(Vec::new());
    let coach = format!("coach-{}", random.below(20));
    for (number, competency) in [
        "strategizing_for_assessment",
        "analyzing_student_work",
        "lab_classroom",
    ]
    .into_iter()
    .enumerate()
    {
        evidence.shows(random, competency, &coach, DAYS, number < shown);
    }
    for _ in 0..3 {
        let visitors = 1 + random.below(6);
        let on = day(random, DAYS[0], DAYS[1]);
        evidence.add(
            "lab_lesson",
            &on,
            json!({ "visitors": visitors, "talk_held": true }),
        );
    }
    for topic in ["one", "two", "three", "four"] {
        let on = day(random, DAYS[0], DAYS[1]);
        evidence.add("workshop", &on, json!({ "hours": 2.5, "topic": topic }));
    }
    let level = random.pick(&["effective", "highly_effective"]);
    evidence.add("annual_rating", "2018-06-15", json!({ "level": level }));
    let facts = json!({
        "cohort_starts": DAYS[0], "cohort_ends": DAYS[1], "teaching_share": 0.5,
        "school": format!("invented school {school}"), "district": format!("district {}", school % DISTRICTS),
    });
    json!({ "id": format!("invented-{place}"), "enrolled": DAYS[0], "facts": facts, "evidence": evidence.0 })
}

fn emerging(random: &mut Random, place: usize) -> Value {
    const DAYS: [&str; 2] = ["2016-02-01", "2016-05-31"];
    let shown = if place < EMERGING[0] { 4 } else { 3 };
    let mut evidence = Evidence(Vec::new());
    let coach = format!("coach-{}", random.below(10));
    let competencies = [
        "strategizing_for_assessment",
        "analyzing_student_work",
        "planning_professional_learning",
        "stepping_into_role",
    ];
    for (number, competency) in competencies.into_iter().enumerate() {
        evidence.shows(random, competency, &coach, DAYS, number < shown);
    }
    let on = day(random, DAYS[0], DAYS[1]);
    evidence.add(
        "action_plan",
        &on,
        json!({ "agreed": true, "fits_focus": true }),
    );
    for topic in ["one", "two", "three", "four"] {
        let on = day(random, DAYS[0], DAYS[1]);
        evidence.add("workshop", &on, json!({ "hours": 2.5, "topic": topic }));
    }
    let facts = json!({ "cohort_starts": DAYS[0], "cohort_ends": DAYS[1] });
    json!({ "id": format!("invented-{place}"), "enrolled": DAYS[0], "facts": facts, "evidence": evidence.0 })
}

/// Four ratings in hundredths that make a sum.
fn ratings(random: &mut Random, sum: usize) -> [usize; 4] {
    let mut ratings = [sum / 4, sum / 4, sum / 4, sum - sum / 4 * 3];
    for _ in 0..4 {
        let moved = random.below(60);
        ratings.rotate_left(random.below(4));
        let [one, other, ..] = &mut ratings;
        if *one >= 100 + moved && *other + moved <= 400 {
            *one -= moved;
            *other += moved;
        }
    }
    ratings
}

fn school(random: &mut Random, place: usize) -> Value {
    let [twice, autumn_only, _] = RATED;
    let in_autumn = place < twice + autumn_only;
    let in_spring = place < twice || !in_autumn;
    // Whoever is on target in autumn stands first, and is rated twice; the last of those rated twice did not improve.
    let autumn = if place < ON_TARGET[0] {
        1_200 + random.below(100)
    } else {
        900 + random.below(200)
    };
    let spring = if place >= twice {
        1_000
    } else if place >= IMPROVED {
        autumn - random.below(50)
    } else if place < ON_TARGET[1] {
        autumn.max(1_190) + 10 + random.below(100)
    } else {
        autumn + 10 + random.below(80)
    };
    let mut facts = serde_json::Map::new();
    for (term, rated, sum) in [("autumn", in_autumn, autumn), ("spring", in_spring, spring)] {
        if !rated {
            continue;
        }
        let names = ["time", "leadership", "curriculum", "priorities"];
        for (name, hundredths) in names.into_iter().zip(ratings(random, sum)) {
            facts.insert(format!("{term}_{name}"), decimal(hundredths));
        }
    }
    // Whether a school agrees less has nothing to do with whether it improved.
    let before = 200 + random.below(200);
    let after = if (place * 7 + 3) % twice < AGREED_LESS {
        before - 1 - random.below(90)
    } else {
        before + random.below(40)
    };
    if in_autumn {
        facts.insert("autumn_beliefs".to_owned(), decimal(before));
    }
    if in_spring {
        facts.insert("spring_beliefs".to_owned(), decimal(after));
    }
    json!({ "id": format!("invented-school-{place}"), "facts": facts })
}

/// So many hundredths as a number.
fn decimal(hundredths: usize) -> Value {
    let number = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let number = number.parse::<serde_json::Number>();
    number.map_or(Value::Null, Value::Number)
}

fn teacher_leader(random: &mut Random, place: usize) -> Value {
    let [_, twice, more] = ASSESSED;
    let before = 3_000 + random.below(4_000);
    let after = if place < more {
        before + 1 + random.below(2_600)
    } else {
        // One of them scores the same.
        before - if place == more { 0 } else { random.below(900) }
    };
    let facts = if place < twice {
        json!({ "score_before": decimal(before), "score_after": decimal(after) })
    } else if random.chance(50) {
        json!({ "score_before": decimal(before) })
    } else {
        json!({ "score_after": decimal(after) })
    };
    json!({ "id": format!("invented-{place}"), "facts": facts })
}

/// A teacher of Data Driver with about forty pieces of evidence.
fn data_driver(random: &mut Random, place: usize) -> Value {
    const DAYS: [&str; 2] = ["2023-09-01", "2026-11-20"];
    let mut evidence = Evidence(Vec::new());
    for competency in [
        "data_analyst",
        "goal_setter",
        "assessment_design",
        "research_use",
    ] {
        let own = json!([competency]);
        for _ in 0..2 {
            let on = day(random, DAYS[0], DAYS[1]);
            evidence.add(
                "online_module",
                &on,
                json!({ "for": own, "completed": random.chance(90) }),
            );
        }
        let on = day(random, DAYS[0], DAYS[1]);
        evidence.add("clinical_practice", &on, json!({ "for": own }));
        for _ in 0..4 {
            let on = day(random, DAYS[0], DAYS[1]);
            let coach = format!("coach-{}", random.below(50));
            evidence.add(
                "coaching_session",
                &on,
                json!({ "for": own, "coach": coach, "hours": 1.5 }),
            );
        }
        for _ in 0..2 {
            let on = day(random, DAYS[0], DAYS[1]);
            let score = random.pick(&["approaching", "mastered", "exemplary"]);
            let assessor = format!("a-{}", random.below(40));
            evidence.add(
                "performance_task",
                &on,
                json!({ "for": own, "score": score, "assessor": assessor }),
            );
        }
    }
    for year in [2023, 2024, 2025, 2026] {
        let level = random.pick(&["developing", "effective", "highly_effective"]);
        evidence.add(
            "annual_rating",
            &format!("{year}-06-20"),
            json!({ "level": level }),
        );
    }
    let facts = json!({
        "years_teaching": random.below(20), "licence_expires": day(random, "2025-01-01", "2029-12-31"),
        "principal_recommends": random.chance(70),
    });
    json!({ "id": format!("invented-{place}"), "facts": facts, "evidence": evidence.0 })
}
