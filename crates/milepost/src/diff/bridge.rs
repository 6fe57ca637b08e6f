//! From one programme to another: the two in; what the old one's expressions are in the names of the new one out.
//!
//! What has no counterpart there (no fact of that name, a field of another type) has no translation.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use milepost_engine::Duration;
use milepost_engine::plan::{
    Competency, CompetencyId, Entry, FactId, Field, KindId, Number, Ordinal, Parts, Quantifier,
    RoleId, RubricId, ScaleId, Source, Spread, StageId, Test, Text, Type, Value, When, Window,
};

/// So many comparisons are made, of requirements with one another and of parts of conditions: what is left then counts as
/// changed in any way.
const COMPARISONS: u32 = 2_000_000;

/// The two programmes, and what is what in them.
#[derive(Debug)]
pub(crate) struct Bridge<'a> {
    pub(crate) old: &'a Parts,
    pub(crate) new: &'a Parts,
    facts: Vec<Option<FactId>>,
    kinds: Vec<Option<KindId>>,
    fields: Vec<Vec<Option<u32>>>,
    competencies: Vec<Option<CompetencyId>>,
    roles: Vec<Option<RoleId>>,
    stages: Vec<Option<StageId>>,
    /// The scales, and the rubrics, that were compared.
    scales: RefCell<BTreeMap<(ScaleId, ScaleId), bool>>,
    rubrics: RefCell<BTreeMap<(RubricId, RubricId), bool>>,
    /// The comparisons that are left.
    left: Cell<u32>,
}

/// Keeps those that nothing else is now called as well: where two became one, neither is what it was.
fn alone<T: Copy + Ord>(all: &mut [Option<T>]) {
    let mut taken: Vec<T> = all.iter().copied().flatten().collect();
    taken.sort_unstable();
    let twice: Vec<T> = taken
        .windows(2)
        .filter_map(|pair| match pair {
            [one, other] if one == other => Some(*one),
            _ => None,
        })
        .collect();
    for it in all {
        if it.is_some_and(|id| twice.binary_search(&id).is_ok()) {
            *it = None;
        }
    }
}

/// The place of each name, the first of those that share one.
fn places<'e>(entries: impl Iterator<Item = &'e Entry>) -> BTreeMap<&'e str, u32> {
    let mut places = BTreeMap::new();
    for (at, entry) in (0u32..).zip(entries) {
        places.entry(entry.name.as_str()).or_insert(at);
    }
    places
}

/// The place of each name, present or former.
fn renamed<'e>(
    named: impl Iterator<Item = (&'e Entry, &'e Vec<String>)>,
) -> BTreeMap<&'e str, u32> {
    let named: Vec<_> = named.collect();
    let mut all = places(named.iter().map(|(entry, _)| *entry));
    for (at, (_, formerly)) in (0u32..).zip(named) {
        for former in formerly {
            all.entry(former).or_insert(at);
        }
    }
    all
}

fn names<'e>(old: impl Iterator<Item = &'e Entry>, new: impl Iterator<Item = &'e Entry>) -> bool {
    old.map(|it| &it.name).eq(new.map(|it| &it.name))
}

impl<'a> Bridge<'a> {
    pub(crate) fn new(old: &'a Parts, new: &'a Parts) -> Self {
        let mut bridge = Self {
            old,
            new,
            facts: Vec::new(),
            kinds: Vec::new(),
            fields: Vec::new(),
            competencies: Vec::new(),
            roles: Vec::new(),
            stages: Vec::new(),
            scales: RefCell::default(),
            rubrics: RefCell::default(),
            left: Cell::new(COMPARISONS),
        };
        bridge.facts = bridge
            .pairs(&old.facts, &new.facts)
            .into_iter()
            .map(|it| it.map(FactId))
            .collect();
        let kinds = places(new.kinds.iter().map(|it| &it.entry));
        for kind in &old.kinds {
            let id = kinds.get(kind.entry.name.as_str()).copied().map(KindId);
            let fields = id
                .and_then(|id| new.kinds.get(id.index()))
                .map(|it| &*it.fields);
            bridge.kinds.push(id);
            let fields = bridge.pairs(&kind.fields, fields.unwrap_or_default());
            bridge.fields.push(fields);
        }
        let known = |it: &&Competency| !it.elsewhere;
        let all = new.competencies.iter().filter(known);
        let names = renamed(all.map(|it| (&it.entry, &it.formerly)));
        let places: Vec<u32> = (0u32..)
            .zip(&new.competencies)
            .filter(|(_, it)| known(it))
            .map(|(at, _)| at)
            .collect();
        let counterpart = |it: &Competency| {
            let at = names.get(it.entry.name.as_str())?;
            places.get(*at as usize).copied().map(CompetencyId)
        };
        bridge.competencies = old
            .competencies
            .iter()
            .map(|it| counterpart(it).filter(|_| known(&it)))
            .collect();
        alone(&mut bridge.competencies);
        let names = renamed(new.roles.iter().map(|it| (&it.entry, &it.formerly)));
        bridge.roles = old
            .roles
            .iter()
            .map(|it| names.get(it.entry.name.as_str()).copied().map(RoleId))
            .collect();
        alone(&mut bridge.roles);
        bridge.stages = old
            .stages
            .iter()
            .map(|it| {
                let role = bridge.role(it.role)?;
                let mut own = new.stages_of(role);
                own.find(|(_, own)| own.entry.name == it.entry.name)
                    .map(|(id, _)| id)
            })
            .collect();
        bridge
    }

    /// Takes so many comparisons from those that are left; says no if there are not so many.
    pub(crate) fn spend(&self, comparisons: u32) -> bool {
        let left = self.left.get().checked_sub(comparisons);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }

    /// The counterpart of each: called the same, and of one type.
    fn pairs(&self, old: &'a [Field], new: &'a [Field]) -> Vec<Option<u32>> {
        let places = places(new.iter().map(|it| &it.entry));
        let counterpart = |field: &Field| {
            let at = *places.get(field.entry.name.as_str())?;
            let other = new.get(at as usize)?;
            let name = |all: &'a [Field], score: Option<u32>| {
                score
                    .and_then(|at| all.get(at as usize))
                    .map(|it| &it.entry.name)
            };
            let scored = name(old, field.from_score) == name(new, other.from_score);
            Some(at).filter(|_| scored && self.same_type(&field.ty, &other.ty))
        };
        old.iter().map(counterpart).collect()
    }

    /// Whether the values of two types compare alike. How far numbers may go makes no difference to that.
    fn same_type(&self, old: &Type, new: &Type) -> bool {
        match (old, new) {
            (Type::Number(..) | Type::Whole(..), Type::Number(..) | Type::Whole(..))
            | (Type::YesNo, Type::YesNo)
            | (Type::Date, Type::Date)
            | (Type::Text, Type::Text) => true,
            (Type::Level(old), Type::Level(new)) => self.same_scale(*old, *new),
            (Type::Choice(old), Type::Choice(new)) => names(old.iter(), new.iter()),
            (Type::Rubric(old), Type::Rubric(new)) => self.same_rubric(*old, *new),
            (Type::List(old), Type::List(new)) => self.same_type(old, new),
            _ => false,
        }
    }

    /// Whether the levels are called the same, stand in the same order, carry the same numbers and begin with
    /// the same scores.
    fn same_scale(&self, old: ScaleId, new: ScaleId) -> bool {
        if let Some(known) = self.scales.borrow().get(&(old, new)) {
            return *known;
        }
        let same = self.compare_scales(old, new);
        self.scales.borrow_mut().insert((old, new), same);
        same
    }

    fn compare_scales(&self, old: ScaleId, new: ScaleId) -> bool {
        let scales = (
            self.old.scales.get(old.index()),
            self.new.scales.get(new.index()),
        );
        let (Some(old), Some(new)) = scales else {
            return false;
        };
        let levels = |it: &'a milepost_engine::plan::Scale| {
            it.levels
                .iter()
                .map(|level| (&level.entry.name, level.number))
        };
        levels(old).eq(levels(new)) && old.cut_scores == new.cut_scores
    }

    fn same_rubric(&self, old: RubricId, new: RubricId) -> bool {
        if let Some(known) = self.rubrics.borrow().get(&(old, new)) {
            return *known;
        }
        let same = self.compare_rubrics(old, new);
        self.rubrics.borrow_mut().insert((old, new), same);
        same
    }

    fn compare_rubrics(&self, old: RubricId, new: RubricId) -> bool {
        let rubrics = (
            self.old.rubrics.get(old.index()),
            self.new.rubrics.get(new.index()),
        );
        let (Some(old), Some(new)) = rubrics else {
            return false;
        };
        names(old.criteria.iter(), new.criteria.iter()) && self.same_scale(old.scale, new.scale)
    }

    pub(crate) fn competency(&self, id: CompetencyId) -> Option<CompetencyId> {
        self.competencies.get(id.index()).copied().flatten()
    }

    pub(crate) fn role(&self, id: RoleId) -> Option<RoleId> {
        self.roles.get(id.index()).copied().flatten()
    }

    pub(crate) fn stage(&self, id: StageId) -> Option<StageId> {
        self.stages.get(id.index()).copied().flatten()
    }

    pub(crate) fn kind(&self, id: KindId) -> Option<KindId> {
        self.kinds.get(id.index()).copied().flatten()
    }

    /// Whether posts in a role are the same in both: in the same stages, for as long.
    pub(crate) fn same_posts(&self, old: RoleId, new: RoleId) -> bool {
        let of = |parts: &'a Parts, role| {
            parts
                .stages_of(role)
                .map(|(_, it)| (&it.entry.name, it.valid))
                .collect::<Vec<_>>()
        };
        let (was, now) = (of(self.old, old), of(self.new, new));
        let known = was
            .iter()
            .all(|(_, valid)| valid.is_none_or(|valid| self.duration(valid).is_some()));
        self.role(old) == Some(new) && known && was == now
    }

    /// Whether a role has the same stages in both, for however long a post in them lasts.
    pub(crate) fn same_stages(&self, old: RoleId, new: RoleId) -> bool {
        let was = self.old.stages_of(old).map(|(_, it)| &it.entry.name);
        let now = self.new.stages_of(new).map(|(_, it)| &it.entry.name);
        self.role(old) == Some(new) && was.eq(now)
    }

    /// Whether school years start on one day in both.
    pub(crate) fn same_year(&self) -> bool {
        self.old.programme.school_year == self.new.programme.school_year
    }

    /// A duration, if it is as long in both.
    fn duration(&self, duration: Duration) -> Option<Duration> {
        let years = duration.unit == milepost_engine::Unit::SchoolYears;
        (!years || self.same_year()).then_some(duration)
    }

    /// Sources in conditions over the records of a kind, or over facts alone.
    pub(crate) fn over(&self, kind: Option<KindId>) -> Translation<'_> {
        Translation { bridge: self, kind }
    }
}

/// The old programme's expressions over the records of one of its kinds, in the new one's names.
#[derive(Clone, Copy)]
pub(crate) struct Translation<'b> {
    bridge: &'b Bridge<'b>,
    kind: Option<KindId>,
}

impl Translation<'_> {
    pub(crate) fn source(self, source: Source) -> Option<Source> {
        let fact = |id: FactId| self.bridge.facts.get(id.index()).copied().flatten();
        let field = |at: u32| {
            let fields = self.bridge.fields.get(self.kind?.index())?;
            fields.get(at as usize).copied().flatten()
        };
        Some(match source {
            Source::Fact(id) => Source::Fact(fact(id)?),
            Source::FactCriterion(id, criterion) => Source::FactCriterion(fact(id)?, criterion),
            Source::Field(at) => Source::Field(field(at)?),
            Source::FieldCriterion(at, criterion) => Source::FieldCriterion(field(at)?, criterion),
            Source::Date | Source::Expires | Source::Id => source,
        })
    }

    pub(crate) fn number(self, number: &Number) -> Option<Number> {
        let both = |left: &Number, right: &Number| {
            Some((Box::new(self.number(left)?), Box::new(self.number(right)?)))
        };
        Some(match number {
            Number::Literal(value) => Number::Literal(*value),
            Number::Of(source) => Number::Of(self.source(*source)?),
            // Its levels carry the same numbers, or there is no translation.
            Number::OfLevel(source, scale) => {
                let (old, new) = (&self.bridge.old.scales, &self.bridge.new.scales);
                let name = &old.get(scale.index())?.entry.name;
                let at = new.iter().position(|it| it.entry.name == *name)?;
                let at = ScaleId(u32::try_from(at).ok()?);
                let same = self.bridge.same_scale(*scale, at);
                Number::OfLevel(self.source(*source)?, Some(at).filter(|_| same)?)
            }
            Number::Add(left, right) => both(left, right).map(|(l, r)| Number::Add(l, r))?,
            Number::Subtract(left, right) => {
                both(left, right).map(|(l, r)| Number::Subtract(l, r))?
            }
            Number::Multiply(left, right) => {
                both(left, right).map(|(l, r)| Number::Multiply(l, r))?
            }
        })
    }

    pub(crate) fn when(self, when: &When) -> Option<When> {
        Some(match when {
            When::Literal(date) => When::Literal(*date),
            When::Today => When::Today,
            When::Of(source) => When::Of(self.source(*source)?),
            When::Plus(date, duration) => {
                When::Plus(Box::new(self.when(date)?), self.bridge.duration(*duration)?)
            }
            When::Minus(date, duration) => {
                When::Minus(Box::new(self.when(date)?), self.bridge.duration(*duration)?)
            }
            When::YearStart(_) | When::YearEnd(_) if !self.bridge.same_year() => return None,
            When::YearStart(_) | When::YearEnd(_) => when.clone(),
            When::Next(day, date) => When::Next(*day, Box::new(self.when(date)?)),
            When::RoleStart(role, stage) => {
                let stage = match stage {
                    Some(stage) => Some(self.bridge.stage(*stage)?),
                    None => None,
                };
                let now = self.bridge.role(*role)?;
                // A post without a stage is in the last one.
                if !self.bridge.same_stages(*role, now) {
                    return None;
                }
                When::RoleStart(now, stage)
            }
        })
    }

    pub(crate) fn ordinal(self, ordinal: Ordinal) -> Option<Ordinal> {
        Some(match ordinal {
            Ordinal::Literal(_) => ordinal,
            Ordinal::Of(source) => Ordinal::Of(self.source(source)?),
        })
    }

    pub(crate) fn value(self, value: &Value) -> Option<Value> {
        Some(match value {
            Value::Number(number) => Value::Number(self.number(number)?),
            Value::Date(when) => Value::Date(self.when(when)?),
            Value::Ordinal(ordinal) => Value::Ordinal(self.ordinal(*ordinal)?),
        })
    }

    fn text(self, text: &Text) -> Option<Text> {
        Some(match text {
            Text::Literal(_) => text.clone(),
            Text::Of(source) => Text::Of(self.source(*source)?),
        })
    }

    fn tests(self, tests: &[Test]) -> Option<Vec<Test>> {
        tests.iter().map(|it| self.test(it)).collect()
    }

    pub(crate) fn test(self, test: &Test) -> Option<Test> {
        Some(match test {
            Test::Literal(_) => test.clone(),
            Test::All(tests) => Test::All(self.tests(tests)?),
            Test::Any(tests) => Test::Any(self.tests(tests)?),
            Test::Not(test) => Test::Not(Box::new(self.test(test)?)),
            Test::YesNo(source) => Test::YesNo(self.source(*source)?),
            Test::Numbers(left, how, right) => {
                Test::Numbers(self.number(left)?, *how, self.number(right)?)
            }
            Test::Dates(left, how, right) => Test::Dates(self.when(left)?, *how, self.when(right)?),
            Test::Ordinals(left, how, right) => {
                Test::Ordinals(self.ordinal(*left)?, *how, self.ordinal(*right)?)
            }
            Test::Texts(left, equal, right) => {
                Test::Texts(self.text(left)?, *equal, self.text(right)?)
            }
            Test::OneOf(tests) => Test::OneOf(self.tests(tests)?),
            Test::Contains(source, value) => Test::Contains(self.source(*source)?, value.clone()),
            Test::Known(source) => Test::Known(self.source(*source)?),
            Test::Criteria(quantifier, source, how, level) => {
                let quantifier = match quantifier {
                    Quantifier::Count(how, number) => Quantifier::Count(*how, self.number(number)?),
                    Quantifier::Every | Quantifier::Share(..) => quantifier.clone(),
                };
                Test::Criteria(
                    quantifier,
                    self.source(*source)?,
                    *how,
                    self.ordinal(*level)?,
                )
            }
        })
    }

    pub(crate) fn window(self, window: &Window) -> Option<Window> {
        Some(match window {
            Window::Within(duration, end) => {
                Window::Within(self.bridge.duration(*duration)?, self.when(end)?)
            }
            Window::Since(day) => Window::Since(self.when(day)?),
            Window::From(first, last) => Window::From(self.when(first)?, self.when(last)?),
            Window::Before(day) => Window::Before(self.when(day)?),
            Window::After(day) => Window::After(self.when(day)?),
            Window::InThe(duration, end) => {
                Window::InThe(self.bridge.duration(*duration)?, self.when(end)?)
            }
            Window::SchoolYears(..) | Window::SchoolYear(_) if !self.bridge.same_year() => {
                return None;
            }
            Window::SchoolYears(..) | Window::SchoolYear(_) => window.clone(),
        })
    }

    pub(crate) fn spread(self, spread: Spread) -> Option<Spread> {
        Some(match spread {
            Spread::Different(source) => Spread::Different(self.source(source)?),
            Spread::Same(source) => Spread::Same(self.source(source)?),
            Spread::DifferentYears | Spread::ConsecutiveYears(_) if !self.bridge.same_year() => {
                return None;
            }
            Spread::DifferentYears | Spread::ConsecutiveYears(_) => spread,
        })
    }
}
