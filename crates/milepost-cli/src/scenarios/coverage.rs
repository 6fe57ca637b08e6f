//! `milepost test --coverage`. In: what the scenarios of each programme tried out. Out: every requirement by the file it is
//! written in, the ways it was seen to stand, how much that is of what there is to see, and what to add first.

use std::collections::BTreeMap;

use milepost::wire::{CoveredRequirement, TestCoverage};
use milepost::{Compiled, Seen};

use crate::check::counted;
use crate::page::{Page, Text};
use crate::screen::Screen;

/// The ways and places named to whoever has to add scenarios.
const WAYS: usize = 3;
const PLACES: usize = 4;

/// What was seen of all programmes so far. A requirement of a file that several share is one requirement.
#[derive(Default)]
pub struct Coverage {
    files: BTreeMap<String, BTreeMap<(u32, u32), CoveredRequirement>>,
}

impl Coverage {
    /// Takes what the scenarios of a programme tried out.
    pub fn take(&mut self, compiled: &Compiled) {
        for covered in compiled.coverage() {
            let Some(requirement) = CoveredRequirement::new(&covered, compiled.sources()) else {
                continue;
            };
            let file = self.files.entry(requirement.file.clone()).or_default();
            let known = file
                .entry((covered.span.start, covered.span.end))
                .or_insert(requirement);
            known.seen = known.seen.or(covered.seen);
        }
    }

    /// All of it, for programs.
    pub fn told(self) -> TestCoverage {
        TestCoverage {
            percent: self.sum().percent(),
            requirements: self
                .files
                .into_values()
                .flat_map(BTreeMap::into_values)
                .collect(),
        }
    }

    /// Every file with its requirements, in the order of the text.
    pub fn listed(&self, screen: &Screen) -> String {
        let mut page = Page::new(screen.width, screen.colour);
        for (name, file) in &self.files {
            page.gap();
            let sum = Sum::of(file.values());
            page.line(0, &Text::plain(&format!("{name}: {}", sum.said())));
            let places = file.values().map(|it| place(it).len()).max().unwrap_or(0);
            let ways = file.values().map(|it| said(it.seen).len()).max();
            let ways = ways.unwrap_or(0);
            for it in file.values() {
                let (place, seen) = (place(it), said(it.seen));
                let marker = format!("{place:places$}  {seen:ways$} ");
                let more = match it.addresses.len().saturating_sub(1) {
                    0 => String::new(),
                    more => format!(" and {} more", counted(more, "use")),
                };
                let text = format!("{}{more}", address(it));
                page.item(2, &Text::plain(&marker), &Text::plain(&text));
            }
        }
        page.gap();
        page.finish()
    }

    /// How much of all of it was seen.
    pub fn summary(&self) -> String {
        format!("coverage: {}\n", self.sum().said())
    }

    /// What to add first, if less was seen than so many per cent.
    pub fn short_of(&self, screen: &Screen, least: usize) -> Option<String> {
        let sum = self.sum();
        if sum.percent() >= least {
            return None;
        }
        let mut page = Page::new(screen.width, screen.colour);
        let short = format!(
            "coverage is {} per cent, and at least {least} is asked for; first add scenarios",
            sum.percent()
        );
        page.line(0, &Text::plain(&short));
        for (lack, places) in self.lacking().into_iter().take(WAYS) {
            let mut named: Vec<_> = places.iter().take(PLACES).cloned().collect();
            if places.len() > PLACES {
                named.push(format!("{} more", places.len() - PLACES));
            }
            let Lack { file, of, way } = lack;
            let text = format!("of {of} in {file} that see {way}: {}", named.join(", "));
            page.item(2, &Text::plain("-"), &Text::plain(&text));
        }
        Some(page.finish())
    }

    fn sum(&self) -> Sum {
        Sum::of(self.files.values().flat_map(BTreeMap::values))
    }

    /// The sides that were not seen, and of which requirements: most of them first.
    fn lacking(&self) -> Vec<(Lack<'_>, Vec<String>)> {
        let mut lacking: BTreeMap<Lack<'_>, Vec<String>> = BTreeMap::new();
        for (file, requirements) in &self.files {
            for it in requirements.values() {
                let ways: &[&'static str] = match it.seen.sides() {
                    0 => &["met", "unmet"],
                    1 if it.seen.met => &["unmet"],
                    1 => &["met"],
                    _ => &[],
                };
                for way in ways {
                    let lack = Lack {
                        file,
                        of: &it.of,
                        way,
                    };
                    let places = lacking.entry(lack).or_default();
                    places.push(format!("{} ({})", address(it), place(it)));
                }
            }
        }
        let mut lacking: Vec<_> = lacking.into_iter().collect();
        lacking.sort_by_key(|(_, places)| std::cmp::Reverse(places.len()));
        lacking
    }
}

/// A side that was not seen of some requirements.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Lack<'a> {
    file: &'a str,
    /// Whose they are.
    of: &'a str,
    way: &'static str,
}

/// Line and column.
fn place(requirement: &CoveredRequirement) -> String {
    format!("{}:{}", requirement.start.line, requirement.start.column)
}

/// The first of its addresses.
fn address(requirement: &CoveredRequirement) -> &str {
    requirement.addresses.first().map_or("", String::as_str)
}

/// The ways a requirement was seen to stand.
fn said(seen: Seen) -> String {
    let ways = [
        (seen.met, "met"),
        (seen.pending, "pending"),
        (seen.unmet, "unmet"),
    ];
    let ways: Vec<_> = ways.iter().filter(|it| it.0).map(|it| it.1).collect();
    if ways.is_empty() {
        "never decided".to_owned()
    } else {
        ways.join(", ")
    }
}

/// How many requirements were seen on two sides, on one and on none.
#[derive(Default)]
struct Sum {
    both: usize,
    one: usize,
    never: usize,
}

impl Sum {
    fn of<'a>(all: impl Iterator<Item = &'a CoveredRequirement>) -> Self {
        let mut sum = Self::default();
        for it in all {
            match it.seen.sides() {
                0 => sum.never += 1,
                1 => sum.one += 1,
                _ => sum.both += 1,
            }
        }
        sum
    }

    const fn requirements(&self) -> usize {
        self.both + self.one + self.never
    }

    /// Rounded down; of nothing, all is seen.
    fn percent(&self) -> usize {
        ((2 * self.both + self.one) * 100)
            .checked_div(2 * self.requirements())
            .unwrap_or(100)
    }

    fn said(&self) -> String {
        let Self { both, one, never } = self;
        if self.requirements() == 0 {
            return "there are no requirements to see".to_owned();
        }
        let all = counted(self.requirements(), "requirement");
        format!(
            "{} per cent of {all} ({both} on two sides, {one} on one, {never} never decided)",
            self.percent()
        )
    }
}
