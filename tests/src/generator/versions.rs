//! Programmes of several versions made up by chance: the text of each, the days on which it is in force, and its transitions.

use std::fmt::Write;

use milepost_engine::Date;

use super::{Days, Programme, Random, Size, programme};

/// A version, the newest first.
#[derive(Clone, Debug)]
pub struct Version {
    /// The programme as if it were the only one; it declares every competency of any version.
    pub alone: String,
    /// The competencies that it has itself.
    pub competencies: Vec<String>,
    /// The programme with its place among the others.
    pub text: String,
    /// The first day it is in force, and the last if it says so.
    pub effective: (Date, Option<Date>),
    /// Who enrolled before the first day may finish under the version of that place until the last.
    pub transitions: Vec<(Date, usize, Date)>,
}

/// The file of a version.
#[must_use]
pub fn file(place: usize) -> String {
    if place == 0 {
        "main.pathway".to_owned()
    } else {
        format!("v{place}.pathway")
    }
}

fn later(day: Date, by: i32) -> Date {
    Date::from_days(day.days() + by).unwrap_or(day)
}

/// Two or three versions, and the days that the newest is about.
pub fn versions(random: &mut Random) -> (Vec<Version>, Days) {
    let count = 2 + random.below(2);
    let made: Vec<_> = (0..count).map(|_| programme(random, Size::WHOLE)).collect();
    let as_of = made.first().map_or(Date::MIN, |(_, days)| days.as_of);
    let mut from = later(as_of, random.choose(&[-800, -100, -1, 0, 1, 300]));
    let mut next: Option<Date> = None;
    let mut versions = Vec::new();
    let most = made.iter().map(|(it, _)| it.competencies.len()).max();
    for (place, (made, _)) in made.iter().enumerate() {
        let last = next.and_then(|next| match random.below(4) {
            0 => Some(later(next, -1)),
            1 => Some(later(next, -30)).filter(|last| *last >= from),
            _ => None,
        });
        let mut transitions = Vec::new();
        for _ in 0..random.below(3) {
            let before = later(from, random.choose(&[-100, 0, 0, 50, 400]));
            let until = later(from, random.choose(&[0, 100, 365, 800, 1_500]));
            if place + 1 < count {
                let under = place + 1 + random.below(count - place - 1);
                transitions.push((before, under, until));
            }
        }
        versions.push(version(made, place, count, (from, last), transitions, most));
        next = Some(from);
        from = later(from, random.choose(&[-1, -200, -700]));
    }
    let days = made.into_iter().next().map(|(_, days)| days);
    (versions, days.unwrap_or_else(|| panic!("no version")))
}

fn version(
    made: &Programme,
    place: usize,
    count: usize,
    effective: (Date, Option<Date>),
    transitions: Vec<(Date, usize, Date)>,
    most: Option<usize>,
) -> Version {
    let text = made.text();
    let mut header = format!("version \"{place}\" effective from {}", effective.0);
    if let Some(last) = effective.1 {
        let _ = write!(header, " to {last}");
    }
    if place + 1 < count {
        let _ = write!(header, " replaces \"{}\"", file(place + 1));
    }
    for (before, under, until) in &transitions {
        let _ = write!(
            header,
            " candidates enrolled before {before} may finish under \"{under}\" until {until}"
        );
    }
    let mut alone = text.clone();
    for missing in made.competencies.len()..most.unwrap_or(0) {
        let _ = writeln!(
            alone,
            "competency comp{missing} \"C\" formerly was_comp{missing} {{ }}"
        );
    }
    Version {
        alone,
        competencies: made.competencies.iter().map(|it| it.name.clone()).collect(),
        text: text.replacen("version \"1\"", &header, 1),
        effective,
        transitions,
    }
}
