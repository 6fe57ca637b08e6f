//! Explanations: why a requirement stands as it does. Made only when asked for, so it may look twice.

use std::collections::{BTreeMap, BTreeSet};

use super::Evaluator;
use super::planes::ones;
use super::population::{Bound, Found, status_on};
use super::test::Rows;
use super::value::{Known, Scope};
use crate::date::Date;
use crate::outcome::{Explanation, NearMiss, Outcome, Reason, RecordRef, Unknown};
use crate::plan::{
    Form, How, KindId, Measure, Node, NodeId, Number, Ordinal, Quantifier, Records, Source, Spread,
    Test, Text, Value, When, Window,
};
use crate::record::{Columns, Record, Status};

impl Evaluator<'_> {
    /// Why a requirement stands as it does in an outcome of the same record.
    pub fn explain(&mut self, record: &Record, outcome: &Outcome, node: NodeId) -> Explanation {
        let parts = self.plan.parts();
        for (standing, columns) in self.standing.iter_mut().zip(&record.kinds) {
            standing.fill(columns, outcome.as_of);
        }
        let mut explanation = Explanation::default();
        if let Some(Node {
            form: Form::Records(records),
            owner,
            ..
        }) = parts.nodes.get(node.index())
        {
            let renewal = owner.and_then(|owner| outcome.competencies.get(owner.index()));
            let renewal = renewal.and_then(|owner| owner.renewal_after);
            let scope = Scope {
                parts,
                record,
                as_of: outcome.as_of,
                columns: record.kinds.get(records.kind.index()),
            };
            self.find(records, &scope, renewal);
            let counted = counted(records, &scope, &self.found);
            let met = outcome
                .nodes
                .get(node.index())
                .is_some_and(|known| known.truth.met());
            if !met && !forbids(&records.measure) {
                explanation.near_misses = near_misses(records, &scope, renewal, &counted);
            }
            explanation.counted = counted
                .into_iter()
                .map(|row| at(records.kind, row))
                .collect();
        }
        let mut unknown = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            let uncertain = outcome.nodes.get(node.index()).is_some_and(|known| {
                let bits = known.truth;
                bits.bit(0) != bits.bit(1)
                    || bits.bit(2) != bits.bit(3)
                    || bits.bit(4) != bits.bit(5)
            });
            if !uncertain || !seen.insert(node) {
                continue;
            }
            let Some(known) = parts.nodes.get(node.index()) else {
                continue;
            };
            match &known.form {
                Form::All(children)
                | Form::Any(children)
                | Form::None(children)
                | Form::InOrder(children) => {
                    open.extend(children);
                }
                Form::AtLeast(bound, children) => {
                    let scope = Scope {
                        parts,
                        record,
                        as_of: outcome.as_of,
                        columns: None,
                    };
                    let mut sources = Vec::new();
                    of_number(bound, &mut sources);
                    note(&sources, &scope, &mut unknown);
                    open.extend(children);
                }
                Form::Competency(competency) => {
                    open.extend(
                        parts
                            .competencies
                            .get(competency.index())
                            .and_then(|known| known.requirement),
                    );
                }
                Form::Role(role) => {
                    open.extend(parts.roles.get(role.index()).map(|role| role.eligible))
                }
                Form::Condition(test) => {
                    let scope = Scope {
                        parts,
                        record,
                        as_of: outcome.as_of,
                        columns: None,
                    };
                    let mut sources = Vec::new();
                    of_test(test, &mut sources);
                    note(&sources, &scope, &mut unknown);
                }
                Form::Records(records) => {
                    let columns = record.kinds.get(records.kind.index());
                    let scope = Scope {
                        parts,
                        record,
                        as_of: outcome.as_of,
                        columns,
                    };
                    let renewal = known
                        .owner
                        .and_then(|owner| outcome.competencies.get(owner.index()));
                    self.find(
                        records,
                        &scope,
                        renewal.and_then(|owner| owner.renewal_after),
                    );
                    missing(records, &scope, &self.found, &mut unknown);
                }
            }
        }
        explanation.unknown = unknown.into_iter().collect();
        explanation
    }
}

fn at(kind: KindId, row: usize) -> RecordRef {
    RecordRef {
        kind,
        row: u32::try_from(row).unwrap_or(u32::MAX),
    }
}

/// Whether what counts speaks against the requirement.
fn forbids(measure: &Measure) -> bool {
    matches!(
        measure,
        Measure::No
            | Measure::Count(How::AtMost, _)
            | Measure::Share(How::AtMost, _)
            | Measure::Aggregate(How::AtMost, ..)
    )
}

/// The rows that counted as the record stands.
fn counted(records: &Records, scope: &Scope<'_>, found: &Found) -> Vec<usize> {
    let mut rows = Vec::new();
    if let (None, Some(latest)) = (records.spread, records.latest)
        && !matches!(records.measure, Measure::Aggregate(..))
    {
        let mut left = latest as usize;
        for (word, (population, matching)) in found
            .population
            .iter()
            .zip(&found.matching)
            .enumerate()
            .rev()
        {
            let (p, q, m) = (population.at(0), population.at(1), matching.at(0));
            let kept = (p & q) | (p & !q & m) | (!p & q & !m);
            let places: Vec<_> = ones(kept).collect();
            for place in places.into_iter().rev() {
                if left == 0 {
                    break;
                }
                left -= 1;
                if (p & m) >> place & 1 == 1 {
                    rows.push(word * 64 + place);
                }
            }
        }
        rows.reverse();
        return rows;
    }
    found.each(0, |row, _| rows.push(row));
    match records.spread {
        Some(Spread::Different(source)) => {
            let mut seen = BTreeSet::new();
            rows.retain(|&row| {
                scope
                    .spread_value(source, row)
                    .value()
                    .is_some_and(|value| seen.insert(value))
            });
        }
        Some(Spread::Same(source)) => {
            let mut values: Vec<_> = rows
                .iter()
                .filter_map(|&row| scope.spread_value(source, row).value())
                .collect();
            values.sort_unstable();
            // The largest group; of several, the one of the lowest value, which is the same on every host.
            let largest = values
                .chunk_by(|one, two| one == two)
                .rev()
                .max_by_key(|group| group.len());
            let value = largest.and_then(|group| group.first()).copied();
            rows.retain(|&row| scope.spread_value(source, row).value() == value && value.is_some());
        }
        Some(Spread::DifferentYears) => {
            let mut seen = BTreeSet::new();
            rows.retain(|&row| scope.year_of(row).is_some_and(|year| seen.insert(year)));
        }
        Some(Spread::ConsecutiveYears(_)) | None => {}
    }
    rows
}

/// The records that fall short by exactly one clause, in the order of the clauses.
fn near_misses(
    records: &Records,
    scope: &Scope<'_>,
    renewal: Option<Date>,
    counted: &[usize],
) -> Vec<NearMiss> {
    let Some(columns) = scope.columns else {
        return Vec::new();
    };
    let windows: Vec<_> = records
        .windows
        .iter()
        .map(|window| scope.interval(window))
        .collect();
    let first_of = first_of_each(records, scope, counted);
    let mut near = Vec::new();
    let rows = columns.dates.partition_point(|&date| date <= scope.as_of);
    for row in 0..rows {
        if counted.binary_search(&row).is_ok() {
            continue;
        }
        let mut reasons = shortfalls(records, scope, columns, renewal, &windows, row);
        let first = reasons.next();
        if reasons.next().is_some() {
            continue;
        }
        let reason = match first {
            Some(reason) => reason,
            // Every clause holds: it repeats one that counted, or later ones came first.
            None => match spread_key(records, scope, row).and_then(|key| first_of.get(&key)) {
                Some(&earlier) => Reason::Repeats(at(records.kind, earlier)),
                None if records.latest.is_some() => Reason::NotAmongLatest,
                None => continue,
            },
        };
        near.push(NearMiss {
            record: at(records.kind, row),
            reason,
        });
    }
    near
}

/// What a row falls short of, apart from being among the latest or repeating another.
fn shortfalls<'a>(
    records: &'a Records,
    scope: &'a Scope<'_>,
    columns: &'a Columns,
    renewal: Option<Date>,
    windows: &'a [super::population::Interval],
    row: usize,
) -> impl Iterator<Item = Reason> + 'a {
    let date = columns.dates.get(row).copied().unwrap_or(Date::MIN);
    let of = |dates: &[Option<Date>]| dates.get(row).copied().flatten();
    let written = columns.statuses.get(row).copied().unwrap_or_default();
    let status = status_on(
        written,
        of(&columns.submitted),
        of(&columns.decided),
        scope.as_of,
    );
    let standing = match status {
        // It does not exist yet, so it is not near anything.
        None => vec![Reason::TooLate(scope.as_of), Reason::TooLate(scope.as_of)],
        Some(Status::Accepted) => Vec::new(),
        Some(Status::UnderReview) if records.including_under_review => Vec::new(),
        Some(Status::UnderReview) => vec![Reason::UnderReview],
        Some(Status::Returned) if records.including_returned => Vec::new(),
        Some(status) => vec![Reason::Status(status)],
    };
    let expired = of(&columns.expires)
        .filter(|&expires| expires < scope.as_of)
        .map(Reason::Expired);
    let filed = records.competency.filter(|competency| {
        let bits = columns
            .filed
            .get(competency)
            .and_then(|bits| bits.get(row / 64));
        bits.is_none_or(|word| word >> (row % 64) & 1 == 0)
    });
    let outside = windows
        .iter()
        .filter_map(move |window| match (window.first, window.last) {
            (Bound::Day(first), _) if date < first => Some(Reason::TooEarly(first)),
            (_, Bound::Day(last)) if date > last => Some(Reason::TooLate(last)),
            _ => None,
        });
    let renewed = renewal
        .filter(|&day| date <= day)
        .map(Reason::BeforeRenewal);
    let whose = records
        .whose
        .as_ref()
        .and_then(|whose| first_failing(whose, scope, row))
        .map(Reason::Whose);
    let matching = records
        .matching
        .as_ref()
        .and_then(|matching| first_failing(matching, scope, row));
    standing
        .into_iter()
        .chain(expired)
        .chain(filed.map(Reason::NotFor))
        .chain(outside)
        .chain(renewed)
        .chain(whose)
        .chain(matching.map(Reason::Where))
}

/// The place of the first part of a condition that is not plainly true of a row.
fn first_failing(test: &Test, scope: &Scope<'_>, row: usize) -> Option<u32> {
    let rows = Rows {
        first: row,
        looked_at: 1,
        under_review: 0,
    };
    let parts = match test {
        Test::All(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    };
    (0u32..)
        .zip(parts)
        .find(|(_, part)| !scope.test(part, rows).truth(0).met())
        .map(|(place, _)| place)
}

/// The record that counted for each value of a spread.
fn first_of_each(records: &Records, scope: &Scope<'_>, counted: &[usize]) -> BTreeMap<i64, usize> {
    counted
        .iter()
        .rev()
        .filter_map(|&row| Some((spread_key(records, scope, row)?, row)))
        .collect()
}

/// What a row must not repeat.
fn spread_key(records: &Records, scope: &Scope<'_>, row: usize) -> Option<i64> {
    match records.spread? {
        Spread::Different(source) => scope.spread_value(source, row).value(),
        Spread::DifferentYears => scope.year_of(row),
        Spread::Same(_) | Spread::ConsecutiveYears(_) => None,
    }
}

/// Notes the facts that nobody supplied.
fn note(sources: &[Source], scope: &Scope<'_>, unknown: &mut BTreeSet<Unknown>) {
    for &source in sources {
        let missing = match source {
            Source::Fact(fact) => {
                matches!(
                    scope.record.facts.get(fact.index()),
                    None | Some(crate::record::Cell::Missing)
                )
            }
            Source::FactCriterion(..) => scope.scalar(source, 0) == Known::NoFact,
            _ => false,
        };
        if missing {
            unknown.extend(Unknown::of(source, None));
        }
    }
}

/// Notes what nobody supplied and a requirement on records depends on.
fn missing(records: &Records, scope: &Scope<'_>, found: &Found, unknown: &mut BTreeSet<Unknown>) {
    let mut sources = Vec::new();
    match &records.measure {
        Measure::Count(_, bound) => of_number(bound, &mut sources),
        Measure::Aggregate(_, bound, _, field) => {
            of_value(bound, &mut sources);
            of_value(field, &mut sources);
        }
        Measure::No | Measure::Every | Measure::Share(..) => {}
    }
    for window in &records.windows {
        match window {
            Window::Within(_, when)
            | Window::Since(when)
            | Window::Before(when)
            | Window::After(when)
            | Window::InThe(_, when) => of_when(when, &mut sources),
            Window::From(from, to) => {
                of_when(from, &mut sources);
                of_when(to, &mut sources);
            }
            Window::SchoolYears(..) | Window::SchoolYear(_) => {}
        }
    }
    [&records.whose, &records.matching]
        .into_iter()
        .flatten()
        .for_each(|test| of_test(test, &mut sources));
    if let Some(Spread::Different(source) | Spread::Same(source)) = records.spread {
        sources.push(source);
    }
    note(&sources, scope, unknown);
    let Some(columns) = scope.columns else { return };
    for (word, (population, under_review)) in
        found.population.iter().zip(&found.under_review).enumerate()
    {
        for place in ones(population.at(1) & !under_review) {
            let row = word * 64 + place;
            for &source in &sources {
                let lacking = match source {
                    Source::Field(field) => columns
                        .fields
                        .get(field as usize)
                        .is_some_and(|column| !column.is_known(row)),
                    Source::FieldCriterion(..) => scope.scalar(source, row) == Known::NoField,
                    _ => false,
                };
                if lacking {
                    unknown.extend(Unknown::of(source, Some(at(records.kind, row))));
                }
            }
        }
    }
}

fn of_value(value: &Value, sources: &mut Vec<Source>) {
    match value {
        Value::Number(number) => of_number(number, sources),
        Value::Date(when) => of_when(when, sources),
        Value::Ordinal(ordinal) => of_ordinal(*ordinal, sources),
    }
}

fn of_number(number: &Number, sources: &mut Vec<Source>) {
    match number {
        Number::Literal(_) => {}
        Number::Of(source) | Number::OfLevel(source, _) => sources.push(*source),
        Number::Add(left, right)
        | Number::Subtract(left, right)
        | Number::Multiply(left, right) => {
            of_number(left, sources);
            of_number(right, sources);
        }
    }
}

fn of_when(when: &When, sources: &mut Vec<Source>) {
    match when {
        When::Of(source) => sources.push(*source),
        When::Plus(when, _) | When::Minus(when, _) | When::Next(_, when) => of_when(when, sources),
        When::Literal(_) | When::Today | When::YearStart(_) | When::YearEnd(_) => {}
    }
}

fn of_ordinal(ordinal: Ordinal, sources: &mut Vec<Source>) {
    if let Ordinal::Of(source) = ordinal {
        sources.push(source);
    }
}

fn of_test(test: &Test, sources: &mut Vec<Source>) {
    match test {
        Test::Literal(_) | Test::Known(_) => {}
        Test::All(tests) | Test::Any(tests) | Test::OneOf(tests) => {
            tests.iter().for_each(|test| of_test(test, sources));
        }
        Test::Not(test) => of_test(test, sources),
        Test::YesNo(source) | Test::Contains(source, _) => sources.push(*source),
        Test::Numbers(left, _, right) => {
            of_number(left, sources);
            of_number(right, sources);
        }
        Test::Dates(left, _, right) => {
            of_when(left, sources);
            of_when(right, sources);
        }
        Test::Ordinals(left, _, right) => {
            of_ordinal(*left, sources);
            of_ordinal(*right, sources);
        }
        Test::Texts(left, _, right) => {
            for text in [left, right] {
                if let Text::Of(source) = text {
                    sources.push(*source);
                }
            }
        }
        Test::Criteria(quantifier, source, _, level) => {
            if let Quantifier::Count(_, bound) = quantifier {
                of_number(bound, sources);
            }
            sources.push(*source);
            of_ordinal(*level, sources);
        }
    }
}
