//! The words of records: the models of a programme's versions in; every kind, fact, level and competency of any of them, each
//! with one place for all, and what they disagree about, out.
//!
//! A record is read once, whichever version governs the candidate. So each version knows the words of all of them, and a
//! word means the same in each.

use std::collections::{BTreeMap, BTreeSet};

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::plan::{FactId, KindId, RubricId, ScaleId};

use crate::model::{ChoicesId, Competency, Field, Kind, Model, Named, Rubric, Scale, Type};

/// What a word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// A scale.
    Scale,
    /// A rubric.
    Rubric,
    /// A fact.
    Fact,
    /// A kind of evidence.
    Kind,
    /// A competency, by any of its names.
    Competency,
}

/// The words of all versions.
#[derive(Default)]
pub struct Vocabulary {
    /// A model with nothing but words.
    model: Model,
    seats: BTreeMap<(Word, String), usize>,
}

impl Vocabulary {
    /// The words of the versions, the newest first, with the name of each version; and what is wrong with them.
    pub fn new(versions: &[(&Model, &str)]) -> (Self, Vec<Diagnostic>) {
        let mut all = Self::default();
        let mut found = Vec::new();
        for (model, version) in versions {
            let mut gathering = Gathering {
                all: &mut all,
                model,
                version,
                scales: Vec::new(),
                rubrics: Vec::new(),
                found: &mut found,
            };
            gathering.gather();
        }
        for (model, version) in versions {
            all.roles_are_apart(model, version, &mut found);
        }
        (all, found)
    }

    /// How many words there are.
    pub fn words(&self) -> usize {
        let Model {
            scales,
            rubrics,
            choices,
            facts,
            kinds,
            competencies,
            ..
        } = &self.model;
        let levels: usize = scales.iter().map(|it| it.levels.len() + 1).sum();
        let criteria: usize = rubrics.iter().map(|it| it.criteria.len() + 1).sum();
        let choices: usize = choices.iter().map(Vec::len).sum();
        let fields: usize = kinds.iter().map(|it| it.fields.len() + 1).sum();
        levels + criteria + choices + fields + facts.len() + competencies.len()
    }

    /// A model that has every word, and nothing else.
    pub fn model(&self) -> Model {
        self.model.clone()
    }

    /// The place of a word in its table.
    pub fn seat(&self, word: Word, name: &str) -> Option<usize> {
        self.seats.get(&(word, name.to_owned())).copied()
    }

    /// The names that a competency has in other versions.
    pub fn other_names(&self, own: &Named, formerly: &[Named]) -> Vec<Named> {
        let seat = self.seat(Word::Competency, &own.name);
        let known = seat.and_then(|seat| self.model.competencies.get(seat));
        let names = known.into_iter().flat_map(|it| {
            let names = std::iter::once(&it.named).chain(&it.formerly);
            names.filter(|name| {
                name.name != own.name && !formerly.iter().any(|known| known.name == name.name)
            })
        });
        names.cloned().collect()
    }

    /// The fields of a kind: its own, each in its place, and those that other versions know.
    pub fn fields(&self, kind: KindId, own: Vec<Field>, choices: &mut [Vec<Named>]) -> Vec<Field> {
        let Some(kind) = self.model.kinds.get(kind.index()) else {
            return own;
        };
        let mut own: BTreeMap<_, _> = own
            .into_iter()
            .map(|field| (field.named.name.clone(), field))
            .collect();
        let fields = kind.fields.iter().map(|known| {
            own.remove(&known.named.name).map_or_else(
                || known.clone(),
                |mut field| {
                    self.widen(known, &mut field, choices);
                    field
                },
            )
        });
        fields.collect()
    }

    /// Lets a fact take what it takes in any version.
    pub fn widen_fact(&self, seat: Option<usize>, own: &mut Field, choices: &mut [Vec<Named>]) {
        if let Some(known) = seat.and_then(|seat| self.model.facts.get(seat)) {
            self.widen(known, own, choices);
        }
    }

    fn widen(&self, known: &Field, own: &mut Field, choices: &mut [Vec<Named>]) {
        own.range = known.range;
        let ids = (choices_of(&known.ty), choices_of(&own.ty));
        let (Some(all), Some(of_own)) = ids else {
            return;
        };
        let Some(own) = choices.get_mut(of_own.0 as usize) else {
            return;
        };
        let all = self.model.choices.get(all.0 as usize);
        let all = all.into_iter().flatten().map(|choice| {
            let same = own.iter().find(|it| it.name == choice.name);
            same.unwrap_or(choice).clone()
        });
        *own = all.collect();
    }

    /// A competency of one version is no role of another, because both may be waived by their names.
    fn roles_are_apart(&self, model: &Model, version: &str, found: &mut Vec<Diagnostic>) {
        for role in &model.roles {
            for named in std::iter::once(&role.named).chain(&role.formerly) {
                let seat = self.seat(Word::Competency, &named.name);
                if let Some(other) = seat.and_then(|seat| self.model.competencies.get(seat)) {
                    found.push(disagreement(
                        &other.named,
                        format!(
                            "`{}` is a competency here, and a role in version `{version}`",
                            named.name
                        ),
                        named.span,
                    ));
                }
            }
        }
    }
}

/// The words of one version being added to those of the newer ones.
struct Gathering<'a> {
    all: &'a mut Vocabulary,
    model: &'a Model,
    version: &'a str,
    /// The place in the vocabulary of each of its scales, and of each of its rubrics.
    scales: Vec<ScaleId>,
    rubrics: Vec<RubricId>,
    found: &'a mut Vec<Diagnostic>,
}

impl Gathering<'_> {
    fn gather(&mut self) {
        for scale in &self.model.scales {
            let place = self.scale(scale);
            self.scales.push(ScaleId(place));
        }
        for rubric in &self.model.rubrics {
            let place = self.rubric(rubric);
            self.rubrics.push(RubricId(place));
        }
        for fact in &self.model.facts {
            let (id, fresh) = self.seat(Word::Fact, &fact.named.name, self.all.model.facts.len());
            let fact = self.field(fact);
            if fresh {
                self.all.model.facts.push(fact);
            } else {
                let known = self.all.model.facts.get(FactId(id).index()).cloned();
                if let Some(merged) = known.and_then(|known| self.merged(known, &fact, None)) {
                    replace(&mut self.all.model.facts, id, merged);
                }
            }
        }
        for kind in &self.model.kinds {
            self.kind(kind);
        }
        let mut taken = BTreeSet::new();
        for competency in &self.model.competencies {
            self.competency(competency, &mut taken);
        }
    }

    /// The place of a word, and whether it is new.
    fn seat(&mut self, word: Word, name: &str, next: usize) -> (u32, bool) {
        let seats = &mut self.all.seats;
        let known = seats.get(&(word, name.to_owned())).copied();
        let seat = known.unwrap_or(next);
        seats.insert((word, name.to_owned()), seat);
        (u32::try_from(seat).unwrap_or(u32::MAX), known.is_none())
    }

    fn scale(&mut self, scale: &Scale) -> u32 {
        let next = self.all.model.scales.len();
        let (id, fresh) = self.seat(Word::Scale, &scale.named.name, next);
        if fresh {
            self.all.model.scales.push(scale.clone());
        } else if let Some(known) = self.all.model.scales.get(id as usize) {
            let names = |scale: &Scale| -> Vec<String> {
                let levels = scale.levels.iter();
                levels.map(|(named, _)| named.name.clone()).collect()
            };
            if names(known) != names(scale) {
                let named = known.named.clone();
                self.disagree(&named, "has other levels", scale.named.span);
            }
        }
        id
    }

    fn rubric(&mut self, rubric: &Rubric) -> u32 {
        let next = self.all.model.rubrics.len();
        let (id, fresh) = self.seat(Word::Rubric, &rubric.named.name, next);
        let scale = rubric
            .scale
            .and_then(|id| self.scales.get(id.index()))
            .copied();
        if fresh {
            self.all.model.rubrics.push(Rubric {
                scale,
                ..rubric.clone()
            });
        } else if let Some(known) = self.all.model.rubrics.get(id as usize) {
            let names = |rubric: &Rubric| -> Vec<String> {
                let criteria = rubric.criteria.iter();
                criteria.map(|named| named.name.clone()).collect()
            };
            if known.scale != scale || names(known) != names(rubric) {
                let named = known.named.clone();
                self.disagree(
                    &named,
                    "has other criteria or another scale",
                    rubric.named.span,
                );
            }
        }
        id
    }

    fn kind(&mut self, kind: &Kind) {
        let next = self.all.model.kinds.len();
        let (id, fresh) = self.seat(Word::Kind, &kind.named.name, next);
        let own = kind.fields.iter().map(|field| self.field(field));
        let own: Vec<_> = own.collect();
        let mut fields = match self.all.model.kinds.get(id as usize) {
            Some(known) if !fresh => known.fields.clone(),
            _ => Vec::new(),
        };
        let places: BTreeMap<String, usize> = fields
            .iter()
            .enumerate()
            .map(|(place, field)| (field.named.name.clone(), place))
            .collect();
        for field in own {
            let known = places.get(&field.named.name);
            match known.and_then(|place| fields.get_mut(*place)) {
                Some(known) => {
                    if let Some(merged) = self.merged(known.clone(), &field, Some(&kind.named.name))
                    {
                        *known = merged;
                    }
                }
                None => fields.push(field),
            }
        }
        if fresh {
            self.all.model.kinds.push(Kind {
                fields,
                ..kind.clone()
            });
        } else if let Some(known) = self.all.model.kinds.get_mut(id as usize) {
            known.fields = fields;
        }
    }

    /// A competency has the place of any that has one of its names, or had it.
    fn competency(&mut self, competency: &Competency, taken: &mut BTreeSet<usize>) {
        let names = || std::iter::once(&competency.named).chain(&competency.formerly);
        let known = names().find_map(|named| self.all.seat(Word::Competency, &named.name));
        let next = self.all.model.competencies.len();
        let seat = known.unwrap_or(next);
        if known.is_none() {
            self.all.model.competencies.push(Competency {
                named: competency.named.clone(),
                doc: None,
                about: None,
                aligned: Vec::new(),
                requires: None,
                awards: None,
                formerly: Vec::new(),
                elsewhere: true,
            });
        }
        if !taken.insert(seat)
            && let Some(other) = self.all.model.competencies.get(seat)
        {
            let message = format!(
                "`{}` is one competency here, and two in version `{}`",
                other.named.name, self.version
            );
            self.found
                .push(disagreement(&other.named, message, competency.named.span));
        }
        for named in names() {
            let key = (Word::Competency, named.name.clone());
            match self.all.seats.get(&key) {
                None => {
                    self.all.seats.insert(key, seat);
                    if let Some(other) = self.all.model.competencies.get_mut(seat)
                        && other.named.name != named.name
                    {
                        other.formerly.push(named.clone());
                    }
                }
                Some(other) if *other != seat => {
                    if let Some(other) = self.all.model.competencies.get(*other) {
                        let message = format!(
                            "`{}` is another competency in version `{}`",
                            named.name, self.version
                        );
                        self.found
                            .push(disagreement(&other.named, message, named.span));
                    }
                }
                Some(_) => {}
            }
        }
    }

    /// A field with the places of the vocabulary in its type.
    fn field(&mut self, field: &Field) -> Field {
        Field {
            ty: self.ty(&field.ty),
            ..field.clone()
        }
    }

    fn ty(&mut self, ty: &Type) -> Type {
        match ty {
            Type::Level(id) => self
                .scales
                .get(id.index())
                .map_or(Type::Invalid, |id| Type::Level(*id)),
            Type::Rubric(id) => self
                .rubrics
                .get(id.index())
                .map_or(Type::Invalid, |id| Type::Rubric(*id)),
            Type::Choice(id) => {
                let choices = self.model.choices.get(id.0 as usize);
                let all = &mut self.all.model.choices;
                all.push(choices.cloned().unwrap_or_default());
                Type::Choice(ChoicesId(u32::try_from(all.len() - 1).unwrap_or(u32::MAX)))
            }
            Type::List(item) => Type::List(Box::new(self.ty(item))),
            plain => plain.clone(),
        }
    }

    /// A field that takes what it takes in either; nothing if that is no one type.
    fn merged(&mut self, mut known: Field, own: &Field, kind: Option<&str>) -> Option<Field> {
        let (one, other) = (choices_of(&known.ty), choices_of(&own.ty));
        let same = match (one, other) {
            (Some(one), Some(other)) if is_list(&known.ty) == is_list(&own.ty) => {
                let choices = &mut self.all.model.choices;
                let more = choices.get(other.0 as usize).cloned().unwrap_or_default();
                let all = choices.get_mut(one.0 as usize)?;
                let names: BTreeSet<_> = all.iter().map(|it| it.name.clone()).collect();
                all.extend(more.into_iter().filter(|it| !names.contains(&it.name)));
                true
            }
            _ => known.ty == own.ty,
        };
        if !same || known.from_score != own.from_score {
            let named = known.named.clone();
            let of = kind.map_or_else(String::new, |kind| format!(" of `{kind}`"));
            let message = format!(
                "`{}`{of} is of another type in version `{}`",
                named.name, self.version
            );
            self.found
                .push(disagreement(&named, message, own.named.span));
            return None;
        }
        known.range = (
            known.range.0.min(own.range.0),
            known.range.1.max(own.range.1),
        );
        Some(known)
    }

    fn disagree(&mut self, known: &Named, how: &str, there: Span) {
        let message = format!("`{}` {how} in version `{}`", known.name, self.version);
        self.found.push(disagreement(known, message, there));
    }
}

fn replace<T>(table: &mut [T], place: u32, thing: T) {
    if let Some(slot) = table.get_mut(place as usize) {
        *slot = thing;
    }
}

/// The choices of a type, or of the items of a list.
fn choices_of(ty: &Type) -> Option<ChoicesId> {
    match ty {
        Type::Choice(id) => Some(*id),
        Type::List(item) => choices_of(item),
        _ => None,
    }
}

/// Whether a type is a list: lists hold no lists.
const fn is_list(ty: &Type) -> bool {
    matches!(ty, Type::List(_))
}

fn disagreement(here: &Named, message: String, there: Span) -> Diagnostic {
    Diagnostic::new(Code::VersionsDisagree, here.span, message)
        .label(there, "there")
        .help("a record is read the same under every version: give what changed another name")
}
