//! The population of a requirement and its match: which records it is about, and which of those are right.
//!
//! They are looked at 64 at a time, from the latest to the earliest, so that whoever needs only the latest may stop.

use super::planes::Planes;
use super::standing::{Standing, from_nth_highest, highest};
use super::test::Rows;
use super::value::Scope;
use super::window::Span;
use crate::date::Date;
use crate::plan::{CompetencyId, Records};
use crate::truth::{BITS, DUAL};

/// 64 records of the population.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// The place of the first.
    pub(super) first: usize,
    /// That a record is one the requirement is about.
    pub(super) population: Planes,
    /// That it matches.
    pub(super) matching: Planes,
    /// Which are under review, so that fields they lack may yet be filled.
    pub(super) under_review: u64,
}

/// What a requirement looks at.
#[derive(Clone, Copy)]
pub(super) struct Population<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) records: &'a Records,
    pub(super) standing: &'a Standing,
    pub(super) span: Span,
    filed: Option<&'a [(CompetencyId, u32)]>,
    attempts: Option<&'a [Planes]>,
}

impl<'a> Population<'a> {
    /// The records of a requirement; `renewal` is the day up to which evidence does not count. Nothing if there are none.
    pub(super) fn new(
        scope: Scope<'a>,
        records: &'a Records,
        standing: &'a Standing,
        renewal: Option<Date>,
    ) -> Option<Self> {
        let table = scope.table?;
        let filed = records
            .competency
            .map(|competency| table.filed_for(competency));
        Some(Self {
            scope,
            records,
            standing,
            span: scope.span(&records.windows, table, standing.rows(), renewal),
            filed,
            attempts: None,
        })
    }

    /// The same, without the attempts that others replace: for each word, the records that may stay.
    pub(super) const fn staying(self, attempts: &'a [Planes]) -> Self {
        Self {
            attempts: Some(attempts),
            ..self
        }
    }

    /// The records of a word that no other attempt replaces.
    pub(super) fn unreplaced(&self, word: usize) -> Planes {
        let planes = self.attempts.and_then(|attempts| attempts.get(word));
        planes.copied().unwrap_or(Planes::ALL)
    }

    /// The population, from the latest to the earliest; words without any of it are left out.
    pub(super) fn words(self) -> impl Iterator<Item = Word> {
        let from = self.span.from / 64;
        let to = self.span.to.div_ceil(64);
        (from..to.max(from))
            .rev()
            .filter_map(move |word| self.word(word))
    }

    /// The rows of a word that lie in the windows.
    pub(super) fn inside(&self, word: usize) -> u64 {
        let first = word.saturating_mul(64);
        let from = self.span.from.saturating_sub(first).min(64);
        let to = self.span.to.saturating_sub(first).min(64);
        below(to) & !below(from)
    }

    /// The rows of a word that are filed for the competency asked for.
    pub(super) fn filed(&self, word: usize) -> u64 {
        let Some(filed) = self.filed else {
            return u64::MAX;
        };
        let first = word.saturating_mul(64);
        let start = filed.partition_point(|(_, row)| (*row as usize) < first);
        let rows = filed
            .iter()
            .skip(start)
            .map(|(_, row)| (*row as usize).saturating_sub(first));
        rows.take_while(|place| *place < 64)
            .fold(0, |bits, place| bits | 1 << place)
    }

    /// The population of a word; nothing if there is none.
    pub(super) fn word(&self, word: usize) -> Option<Word> {
        let mut inside = self.inside(word);
        let (accepted, under_review) = self.standing.of(self.records, word);
        inside &= accepted | under_review;
        if inside == 0 {
            return None;
        }
        inside &= self.filed(word);
        if inside == 0 {
            return None;
        }
        let mut rows = Rows {
            first: word.saturating_mul(64),
            looked_at: inside,
            under_review: under_review & inside,
        };
        let mut population = Planes::standing(accepted & inside, rows.under_review);
        if self.span.uncertain {
            population = population.and(Planes::new(0, inside, 0));
        }
        if let Some(whose) = &self.records.whose {
            population = population.and(self.scope.test(whose, rows));
            rows.looked_at = population.any();
            if rows.looked_at == 0 {
                return None;
            }
        }
        population = population.and(self.unreplaced(word));
        let matching = match &self.records.matching {
            Some(matching) => self.scope.test(matching, rows),
            None => Planes::ALL,
        };
        Some(Word {
            first: rows.first,
            population,
            matching,
            under_review: rows.under_review,
        })
    }
}

/// The lowest so many places.
fn below(count: usize) -> u64 {
    u32::try_from(count)
        .ok()
        .and_then(|count| 1u64.checked_shl(count))
        .map_or(u64::MAX, |bit| bit - 1)
}

impl Word {
    /// The records kept at a bit: those that belong surely, those that may and match, those that may and do not.
    pub(super) fn kept(&self, bit: usize) -> u64 {
        let dual = DUAL.get(bit).copied().unwrap_or(bit);
        let (own, other) = (self.population.at(bit), self.population.at(dual));
        let matching = self.matching.at(bit);
        (own & matching) | (other & !matching)
    }

    /// The records that belong and match.
    pub(super) fn hits(&self) -> Planes {
        self.population.and(self.matching)
    }
}

/// Keeps, for each bit, the latest so many records; words come latest first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Latest([u64; BITS]);

impl Latest {
    /// So many, or all.
    pub(super) fn new(latest: Option<u32>) -> Self {
        Self([latest.map_or(u64::MAX, u64::from); BITS])
    }

    /// Of what a bit keeps, what is among the latest.
    pub(super) fn take(&mut self, bit: usize, kept: u64) -> u64 {
        let Some(left) = self.0.get_mut(bit) else {
            return 0;
        };
        let kept = highest(kept, *left);
        *left = left.saturating_sub(u64::from(kept.count_ones()));
        kept
    }

    /// Narrows a population to the latest so many, soundly at each bit: a record stays while fewer than so many later ones
    /// belong at the dual.
    pub(super) fn narrow(&mut self, population: Planes) -> Planes {
        let mut narrowed = population;
        for ((bit, left), dual) in self.0.iter_mut().enumerate().zip(DUAL) {
            let other = population.at(dual);
            let count = u64::from(other.count_ones());
            let stays = if count < *left {
                u64::MAX
            } else {
                from_nth_highest(other, *left)
            };
            narrowed = narrowed.masked(bit, stays);
            *left = left.saturating_sub(count);
        }
        narrowed
    }

    /// Whether nothing more is taken at any bit.
    pub(super) fn is_full(&self) -> bool {
        self.0 == [0; BITS]
    }
}
