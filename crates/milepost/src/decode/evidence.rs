//! One piece of evidence: a JSON object in, a row for its kind's columns out.

use milepost_engine::plan::{CompetencyId, Constant, Field, Kind, KindId};
use milepost_engine::record::{Evidence, Status};

use super::entry::Days;
use super::json::{self, Raw, Shape};
use super::keys::Keys;
use super::names::Places;
use super::names::{nearest, titled};
use super::place::Place;
use super::problems::{self, known, quoted, say};
use super::{Decoder, LISTED, Owner};

/// A few competencies, as one record is filed for.
const FEW: usize = 16;

/// The keys every kind has, before its own fields.
pub(crate) const BUILT_IN: [&str; 9] = [
    "id",
    "kind",
    "date",
    "status",
    "for",
    "expires",
    "submitted",
    "decided",
    "suspended",
];

impl<'p, 't> Decoder<'p, 't> {
    /// A piece of evidence; nothing if anything is wrong with it.
    pub(super) fn evidence(
        &mut self,
        index: usize,
        keys: &Keys<'t>,
        place: &Place<'_>,
    ) -> Option<Evidence> {
        let plan = self.plan;
        let known = match keys.iter().find(|(key, _)| key == "kind") {
            Some((_, value)) => self.kind(*value, &place.key("kind")),
            None => {
                self.missing("kind", place);
                None
            }
        };
        let (kind, fields) = known.unzip();
        let declared = kind.and_then(|kind| plan.parts().kinds.get(kind.index()));

        for needed in ["id", "date"] {
            if !keys.iter().any(|(key, _)| key == needed) {
                self.missing(needed, place);
            }
        }
        let mut id = None;
        let mut days = Days::default();
        let mut suspended = Vec::new();
        let mut status = Some(Status::default());
        let mut competencies = Vec::new();
        let mut values: Vec<Option<Constant>> =
            vec![None; declared.map_or(0, |kind| kind.fields.len())];
        for (key, value) in keys {
            let value = *value;
            let place = place.key(key);
            match &**key {
                "kind" => {}
                "id" => {
                    id = self.own_id(
                        value,
                        Owner {
                            section: "evidence",
                            index,
                        },
                        &place,
                    )
                }
                "date" => days.day = self.date(value, &place),
                "status" => status = self.status(value, &place),
                "for" => competencies = self.filed_for(value, &place),
                "expires" => days.expires = self.date_or_null(value, &place),
                "submitted" => days.submitted = self.date_or_null(value, &place),
                "decided" => days.decided = self.date_or_null(value, &place),
                "suspended" => suspended = self.suspensions(value, &place),
                other => {
                    // Without a kind nobody can say which fields there are.
                    let Some(kind) = declared else { continue };
                    let at = fields.and_then(|fields| fields.get(other));
                    let Some((at, field)) =
                        at.and_then(|at| Some((at as usize, kind.fields.get(at as usize)?)))
                    else {
                        self.unknown_field(other, kind, &place);
                        continue;
                    };
                    if json::is_null(value) {
                        continue;
                    }
                    if let Some(score) = field.from_score {
                        self.follows(other, kind.fields.get(score as usize), &place);
                        continue;
                    }
                    let value = self.constant(value, &field.ty, &place);
                    if let Some(slot) = values.get_mut(at) {
                        *slot = value;
                    }
                }
            }
        }
        let status = status?;
        self.consistent(status, days, "date", place);
        Some(Evidence {
            id: id?,
            kind: kind?,
            date: days.day?,
            status,
            competencies,
            expires: days.expires,
            submitted: days.submitted,
            decided: days.decided,
            suspended,
            fields: values,
        })
    }

    fn kind(&mut self, raw: Raw<'t>, place: &Place<'_>) -> Option<(KindId, &'p Places)> {
        let plan = self.plan;
        let Shape::Text(text) = json::shape(raw) else {
            self.mistyped(raw, "the name of a kind of evidence", None, place);
            return None;
        };
        let known = self.names.kind(&text);
        if known.is_none() {
            self.problems.add(place, || {
                let near = nearest(
                    &text,
                    plan.parts().kinds.iter().map(|kind| titled(&kind.entry)),
                );
                let all: Vec<_> = plan
                    .parts()
                    .kinds
                    .iter()
                    .map(|kind| kind.entry.name.as_str())
                    .collect();
                say(format!("unknown kind {}", quoted(&text))).help(problems::known(near, &all))
            });
        }
        known
    }

    /// The competencies a record is filed for, each once.
    fn filed_for(&mut self, raw: Raw<'t>, place: &Place<'_>) -> Vec<CompetencyId> {
        match json::shape(raw) {
            Shape::Null => return Vec::new(),
            Shape::List => {}
            _ => {
                let help = "write it in square brackets, even if it is one";
                self.mistyped(raw, "a list of competencies", Some(help), place);
                return Vec::new();
            }
        }
        let mut filed = Vec::new();
        // Whether each competency was seen, if they are more than a few.
        let mut seen = Vec::new();
        json::items(raw, |index, value| {
            let place = place.index(index);
            if let Some(id) = self.competency(value, &place) {
                let twice = if filed.len() < FEW {
                    filed.contains(&id)
                } else {
                    if seen.is_empty() {
                        seen.resize(self.plan.parts().competencies.len(), false);
                        for known in &filed {
                            mark(&mut seen, *known);
                        }
                    }
                    mark(&mut seen, id)
                };
                if !twice {
                    filed.push(id);
                } else {
                    self.problems
                        .add(&place, || say("this competency stands twice in the list"));
                }
            }
            self.room(&place)
        });
        filed
    }

    /// Counts a value of a list; whether there is room for another.
    pub(super) fn room(&mut self, place: &Place<'_>) -> bool {
        self.listed += 1;
        if self.listed == LISTED {
            self.problems.add(place, || {
                say("the lists of this record hold more than 4 000 000 values")
            });
        }
        self.listed < LISTED
    }

    /// A level is not given that follows from a score.
    fn follows(&mut self, level: &str, score: Option<&Field>, place: &Place<'_>) {
        let score = score.map_or("", |score| &score.entry.name);
        self.problems.add(place, || {
            say(format!("{} follows from `{score}`", quoted(level)))
                .help(format!("leave it out, and give `{score}`"))
        });
    }

    fn unknown_field(&mut self, key: &str, kind: &Kind, place: &Place<'_>) {
        self.problems.add(place, || {
            let given = || {
                kind.fields
                    .iter()
                    .filter(|field| field.from_score.is_none())
            };
            let own = given().map(|field| titled(&field.entry));
            let near = nearest(key, own.chain(BUILT_IN.map(|name| (name, None))));
            let all: Vec<_> = given().map(|field| field.entry.name.as_str()).collect();
            say(format!(
                "unknown field {} of `{}`",
                quoted(key),
                kind.entry.name
            ))
            .help(known(near, &all))
        });
    }
}

/// Notes a competency as seen; whether it was already.
fn mark(seen: &mut [bool], competency: CompetencyId) -> bool {
    let seen = seen.get_mut(competency.index());
    seen.is_some_and(|seen| std::mem::replace(seen, true))
}
