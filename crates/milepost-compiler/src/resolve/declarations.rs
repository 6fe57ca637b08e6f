//! Declarations: every declared thing gets its place in the model first, then its content.

use std::collections::BTreeSet;

use milepost_diagnostics::{Code, Diagnostic};
use milepost_engine::Decimal;
use milepost_engine::plan::{CompetencyId, FactId, KindId, RoleId, RubricId, ScaleId};
use milepost_syntax::tree::{
    self, CompetencyProperty, ItemKind, PathwayProperty, RoleProperty, TypeKind,
};

use super::{Context, Declared, Resolver};
use crate::model::{
    ChoicesId, Competency, Field, Form, Header, Kind, Named, Replaced, Requirement, Role, Rubric,
    Rule, RuleId, Scale, Stage, Transition, Type,
};
use crate::scope::{Place, Space};
use crate::versions::Word;

/// A place in a table; tables are far smaller than a file has bytes.
fn id(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Puts a thing into the seat it has in the vocabulary, or after all others; its place.
fn put<T>(table: &mut Vec<T>, seat: Option<usize>, thing: T) -> u32 {
    let taken = seat.and_then(|seat| Some((seat, table.get_mut(seat)?)));
    if let Some((seat, slot)) = taken {
        *slot = thing;
        return id(seat);
    }
    table.push(thing);
    id(table.len() - 1)
}

impl Resolver<'_> {
    fn seat(&self, word: Word, name: &str) -> Option<usize> {
        self.vocabulary?.seat(word, name)
    }

    /// Gives every declaration its place.
    pub(super) fn declare(&mut self) {
        for (file, loaded) in self.files.files.iter().enumerate() {
            for (item, declaration) in loaded.tree.items.iter().enumerate() {
                let doc = declaration.doc.clone();
                let declared = match &declaration.kind {
                    ItemKind::Scale(scale) => {
                        let named = self.named(file, &scale.name, scale.title.as_ref());
                        let seat = self.seat(Word::Scale, &named.name);
                        let levels = Vec::new();
                        let scale = Scale {
                            named,
                            levels,
                            cut_scores: Vec::new(),
                        };
                        Declared::Scale(ScaleId(put(&mut self.model.scales, seat, scale)))
                    }
                    ItemKind::Rubric(rubric) => {
                        let named = self.named(file, &rubric.name, rubric.title.as_ref());
                        let seat = self.seat(Word::Rubric, &named.name);
                        let rubric = Rubric {
                            named,
                            scale: None,
                            criteria: Vec::new(),
                        };
                        Declared::Rubric(RubricId(put(&mut self.model.rubrics, seat, rubric)))
                    }
                    ItemKind::Evidence(kind) => {
                        let named = self.named(file, &kind.name, kind.title.as_ref());
                        let effort = self.effort(kind.effort.as_ref());
                        let seat = self.seat(Word::Kind, &named.name);
                        let kind = Kind {
                            named,
                            doc,
                            effort,
                            fields: Vec::new(),
                        };
                        Declared::Kind(KindId(put(&mut self.model.kinds, seat, kind)))
                    }
                    ItemKind::Competency(competency) => {
                        let named = self.named(file, &competency.name, competency.title.as_ref());
                        let mut formerly = self.former_names(file, &competency.formerly);
                        let seat = self.seat(Word::Competency, &named.name);
                        if let Some(vocabulary) = self.vocabulary {
                            formerly.extend(vocabulary.other_names(&named, &formerly));
                        }
                        let competency = Competency {
                            named,
                            doc,
                            about: None,
                            aligned: Vec::new(),
                            requires: None,
                            awards: None,
                            formerly,
                            elsewhere: false,
                        };
                        let place = put(&mut self.model.competencies, seat, competency);
                        Declared::Competency(CompetencyId(place))
                    }
                    ItemKind::Role(role) => {
                        let named = self.named(file, &role.name, role.title.as_ref());
                        let formerly = self.former_names(file, &role.formerly);
                        let eligible = invalid(role.name.span);
                        self.model.roles.push(Role {
                            named,
                            doc,
                            about: None,
                            incentives: Vec::new(),
                            eligible,
                            preferred: Vec::new(),
                            formerly,
                            stays: false,
                        });
                        Declared::Role(RoleId(id(self.model.roles.len() - 1)))
                    }
                    ItemKind::Rule(rule) => {
                        let named = self.named(file, &rule.name, None);
                        let requirement = invalid(rule.name.span);
                        self.model.rules.push(Rule {
                            named,
                            parameters: Vec::new(),
                            requirement,
                        });
                        Declared::Rule(RuleId(id(self.model.rules.len() - 1)))
                    }
                    ItemKind::Pathway(_)
                    | ItemKind::Use(_)
                    | ItemKind::Candidate(_)
                    | ItemKind::Measure(_)
                    | ItemKind::Scenario(_) => {
                        continue;
                    }
                };
                self.places.insert(Place { file, item }, declared);
            }
        }
    }

    /// Gives every declaration its content: first what expressions need to know, then the expressions.
    pub(super) fn define(&mut self) {
        self.each(Self::define_scale);
        self.each(Self::define_types);
        self.each(Self::define_parameters);
        self.each(Self::define_stages);
        self.each(Self::define_requirements);
        self.each(Self::define_scenario);
    }

    fn each(&mut self, mut define: impl FnMut(&mut Self, Place, &tree::Item)) {
        let files = self.files;
        for (file, loaded) in files.files.iter().enumerate() {
            for (item, declaration) in loaded.tree.items.iter().enumerate() {
                define(self, Place { file, item }, declaration);
            }
        }
    }

    fn define_scale(&mut self, place: Place, item: &tree::Item) {
        let (ItemKind::Scale(scale), Some(Declared::Scale(id))) =
            (&item.kind, self.places.get(&place).copied())
        else {
            return;
        };
        let mut seen = BTreeSet::new();
        let mut levels = Vec::new();
        for level in &scale.levels {
            if seen.insert(&level.name.text) {
                let number = level
                    .number
                    .as_ref()
                    .and_then(|number| self.number(&number.text, number.span));
                levels.push((own(&level.name, level.title.as_ref()), number));
            }
        }
        let cut_scores = self.cut_scores(&levels, &scale.cut_scores);
        if let Some(scale) = self.model.scales.get_mut(id.index()) {
            (scale.levels, scale.cut_scores) = (levels, cut_scores);
        }
    }

    fn define_types(&mut self, place: Place, item: &tree::Item) {
        match (&item.kind, self.places.get(&place).copied()) {
            (ItemKind::Rubric(rubric), Some(Declared::Rubric(id))) => {
                let scale = match self.lookup(place.file, Space::Types, &rubric.scale) {
                    Some(Declared::Scale(id)) => {
                        let declared = self.model.scale(id).map(|scale| scale.named.span);
                        self.mention_path(place.file, &rubric.scale, declared);
                        Some(id)
                    }
                    _ => {
                        self.unknown(place.file, Space::Types, &rubric.scale, "scale", "scale");
                        None
                    }
                };
                let criteria = entries(&rubric.criteria);
                if let Some(rubric) = self.model.rubrics.get_mut(id.index()) {
                    (rubric.scale, rubric.criteria) = (scale, criteria);
                }
            }
            (ItemKind::Evidence(kind), Some(Declared::Kind(id))) => {
                let mut seen = BTreeSet::new();
                let mut fields = Vec::new();
                for field in &kind.fields {
                    if seen.insert(&field.name.text) {
                        fields.push(self.field(place.file, field));
                    }
                }
                self.levels_from_scores(&kind.fields, &mut fields);
                if let Some(vocabulary) = self.vocabulary {
                    fields = vocabulary.fields(id, fields, &mut self.model.choices);
                }
                if let Some(kind) = self.model.kinds.get_mut(id.index()) {
                    kind.fields = fields;
                }
            }
            (ItemKind::Candidate(candidate), _) => {
                self.model
                    .candidate
                    .get_or_insert_with(|| candidate.title.text.clone());
                for fact in &candidate.facts {
                    if !self.facts.contains_key(&fact.name.text) {
                        let mut field = self.field(place.file, fact);
                        self.no_level_from_score(fact);
                        let seat = self.seat(Word::Fact, &fact.name.text);
                        if let Some(vocabulary) = self.vocabulary {
                            vocabulary.widen_fact(seat, &mut field, &mut self.model.choices);
                        }
                        let id = FactId(put(&mut self.model.facts, seat, field));
                        self.facts.insert(fact.name.text.clone(), (id, place.file));
                    }
                }
            }
            (ItemKind::Pathway(pathway), _) => self.define_header(place, item, pathway),
            _ => {}
        }
    }

    fn define_header(&mut self, place: Place, item: &tree::Item, pathway: &tree::Pathway) {
        let mut header = Header {
            named: own(&pathway.name, pathway.title.as_ref()),
            doc: item.doc.clone(),
            publisher: None,
            version: None,
            version_span: None,
            effective: None,
            effective_span: None,
            school_year: None,
            replaces: None,
            transitions: Vec::new(),
        };
        for property in &pathway.properties {
            match property {
                PathwayProperty::Publisher(text) => header.publisher = Some(text.text.clone()),
                PathwayProperty::Version(text) => {
                    header.version = Some(text.text.clone());
                    header.version_span = Some(text.span);
                }
                PathwayProperty::Effective(span, from, to) => {
                    header.effective_span = Some(*span);
                    let first = self.date(from);
                    let last = to.as_ref().and_then(|to| self.date(to));
                    if let (Some(first), Some(last)) = (first, last)
                        && last < first
                    {
                        self.report(
                            Diagnostic::new(
                                Code::EmptyWindow,
                                from.span,
                                "the last day in force is before the first",
                            )
                            .help("write the earlier date after `from`"),
                        );
                    }
                    header.effective = first.map(|first| (first, last));
                }
                PathwayProperty::SchoolYear(day) => header.school_year = self.month_day(day),
                PathwayProperty::Replaces(path) => {
                    header.replaces = Some(Replaced {
                        path: path.text.clone(),
                        span: path.span,
                    });
                }
                PathwayProperty::Transition(it) => {
                    let (before, until) = (self.date(&it.before), self.date(&it.until));
                    if let (Some(before), Some(until)) = (before, until) {
                        header.transitions.push(Transition {
                            span: it.span,
                            before,
                            version: (it.version.text.clone(), it.version.span),
                            until: (until, it.until.span),
                            back: 0,
                        });
                    }
                }
            }
        }
        let main = place.file + 1 == self.files.files.len();
        if main && self.model.header.is_none() {
            self.model.header = Some(header);
        }
    }

    fn define_parameters(&mut self, place: Place, item: &tree::Item) {
        let (ItemKind::Rule(rule), Some(Declared::Rule(id))) =
            (&item.kind, self.places.get(&place).copied())
        else {
            return;
        };
        let mut seen = BTreeSet::new();
        let mut parameters = Vec::new();
        for parameter in &rule.parameters {
            if seen.insert(&parameter.name.text) {
                let ty = match &parameter.ty.kind {
                    TypeKind::OneOf(_)
                    | TypeKind::List(_)
                    | TypeKind::Number(Some(_))
                    | TypeKind::Whole(Some(_)) => None,
                    _ => Some(self.ty(place.file, &parameter.ty).0)
                        .filter(|ty| !matches!(ty, Type::Rubric(_))),
                };
                if ty.is_none() {
                    self.report(
                        Diagnostic::new(Code::TypeMismatch, parameter.ty.span, "a parameter cannot be of this type").help(
                            "a parameter is a `number`, a `whole`, a `yes/no`, a `date`, a `text` or a level of a scale",
                        ),
                    );
                }
                parameters.push((own(&parameter.name, None), ty.unwrap_or(Type::Invalid)));
            }
        }
        if let Some(rule) = self.model.rules.get_mut(id.0 as usize) {
            rule.parameters = parameters;
        }
    }

    /// The stages of a role, each name once; what they require comes with all requirements.
    fn define_stages(&mut self, place: Place, item: &tree::Item) {
        let (ItemKind::Role(role), Some(Declared::Role(id))) =
            (&item.kind, self.places.get(&place).copied())
        else {
            return;
        };
        let mut seen = BTreeSet::new();
        for stage in stages(role).filter(|stage| seen.insert(&stage.name.text)) {
            let valid = stage.valid.as_ref().and_then(|valid| self.duration(valid));
            self.model.stages.push(Stage {
                named: own(&stage.name, stage.title.as_ref()),
                role: id,
                valid,
                when: None,
            });
        }
    }

    fn define_requirements(&mut self, place: Place, item: &tree::Item) {
        let context = Context {
            file: place.file,
            kind: None,
            parameters: &[],
        };
        match (&item.kind, self.places.get(&place).copied()) {
            (ItemKind::Competency(competency), Some(Declared::Competency(id))) => {
                let (mut about, mut aligned, mut requires, mut awards) =
                    (None, Vec::new(), None, None);
                for property in &competency.properties {
                    match property {
                        CompetencyProperty::About(text) => about = Some(text.text.clone()),
                        CompetencyProperty::Aligned(texts) => {
                            aligned.extend(texts.iter().map(|text| text.text.clone()))
                        }
                        CompetencyProperty::Requires(_, requirement) => {
                            requires = Some(self.requirement(context, requirement));
                        }
                        CompetencyProperty::Awards(title, valid) => {
                            let valid = valid.as_ref().and_then(|valid| self.duration(valid));
                            awards = Some((title.text.clone(), valid));
                        }
                    }
                }
                if let Some(competency) = self.model.competencies.get_mut(id.index()) {
                    (competency.about, competency.aligned) = (about, aligned);
                    (competency.requires, competency.awards) = (requires, awards);
                }
            }
            (ItemKind::Role(role), Some(Declared::Role(id))) => {
                let (mut about, mut incentives, mut eligible, mut preferred) =
                    (None, Vec::new(), None, Vec::new());
                let mut stays = false;
                for property in &role.properties {
                    match property {
                        RoleProperty::About(text) => about = Some(text.text.clone()),
                        RoleProperty::Incentive(text) => incentives.push(text.text.clone()),
                        RoleProperty::Eligible(_, requirement) => {
                            eligible = Some(self.requirement(context, requirement));
                        }
                        RoleProperty::Preferred(_, items) => {
                            preferred = self.requirements(context, items)
                        }
                        RoleProperty::Stays(_) => stays = true,
                        RoleProperty::Stage(_) => {}
                    }
                }
                self.stage_requirements(context, id, role);
                if let Some(role) = self.model.roles.get_mut(id.index()) {
                    role.stays = stays;
                    (role.about, role.incentives, role.preferred) = (about, incentives, preferred);
                    role.eligible = eligible.unwrap_or_else(|| invalid(role.named.span));
                }
            }
            (ItemKind::Rule(rule), Some(Declared::Rule(id))) => {
                let parameters = self
                    .model
                    .rule(id)
                    .map(|rule| rule.parameters.clone())
                    .unwrap_or_default();
                let context = Context {
                    parameters: &parameters,
                    ..context
                };
                let requirement = self
                    .requirements(context, &rule.requirements)
                    .into_iter()
                    .next();
                if let (Some(requirement), Some(rule)) =
                    (requirement, self.model.rules.get_mut(id.0 as usize))
                {
                    rule.requirement = requirement;
                }
            }
            (ItemKind::Measure(measure), _) => {
                let named = self.named(place.file, &measure.name, measure.title.as_ref());
                self.cohort_measure(context, named, item.doc.clone(), measure);
            }
            _ => {}
        }
    }

    fn stage_requirements(&mut self, context: Context<'_>, id: RoleId, role: &tree::Role) {
        let known: Vec<_> = self
            .model
            .stages_of(id)
            .map(|(id, stage)| (id, stage.named.span))
            .collect();
        for stage in stages(role) {
            let Some(when) = &stage.when else { continue };
            let when = self.requirement(context, when);
            // The second of a name is reported as that.
            let own = known.iter().find(|(_, span)| *span == stage.name.span);
            if let Some(known) = own.and_then(|(id, _)| self.model.stages.get_mut(id.index())) {
                known.when = Some(when);
            }
        }
    }

    fn define_scenario(&mut self, place: Place, item: &tree::Item) {
        if let ItemKind::Scenario(scenario) = &item.kind
            && place.file + 1 == self.files.files.len()
            && let Some(scenario) = self.scenario(place.file, scenario)
        {
            self.model.scenarios.push(scenario);
        }
    }

    fn field(&mut self, file: usize, field: &tree::Field) -> Field {
        let (ty, range) = self.ty(file, &field.ty);
        Field {
            named: own(&field.name, field.title.as_ref()),
            doc: field.doc.clone(),
            ty,
            range,
            from_score: None,
        }
    }

    /// A type, and the range of its numbers.
    fn ty(&mut self, file: usize, ty: &tree::Type) -> (Type, (Decimal, Decimal)) {
        let natural = (Decimal::ZERO, Decimal::MAX);
        let plain = match &ty.kind {
            TypeKind::Missing => Type::Invalid,
            TypeKind::Number(range) => {
                return (
                    Type::Number,
                    self.range(range.as_ref(), false).unwrap_or(natural),
                );
            }
            TypeKind::Whole(range) => {
                return (
                    Type::Whole,
                    self.range(range.as_ref(), true).unwrap_or(natural),
                );
            }
            TypeKind::YesNo => Type::YesNo,
            TypeKind::Date => Type::Date,
            TypeKind::Text => Type::Text,
            TypeKind::Named(path) => match self.lookup(file, Space::Types, path) {
                Some(Declared::Scale(id)) => {
                    let declared = self.model.scale(id).map(|scale| scale.named.span);
                    self.mention_path(file, path, declared);
                    Type::Level(id)
                }
                Some(Declared::Rubric(id)) => {
                    let declared = self.model.rubric(id).map(|rubric| rubric.named.span);
                    self.mention_path(file, path, declared);
                    Type::Rubric(id)
                }
                _ => {
                    self.unknown_type(file, path);
                    Type::Invalid
                }
            },
            TypeKind::OneOf(choices) => {
                let choices_id = ChoicesId(id(self.model.choices.len()));
                self.model.choices.push(entries(choices));
                Type::Choice(choices_id)
            }
            TypeKind::List(inner) => {
                let (inner_type, range) = self.ty(file, inner);
                if matches!(inner_type, Type::List(_) | Type::Rubric(_)) {
                    self.report(
                        Diagnostic::new(
                            Code::TypeMismatch,
                            inner.span,
                            "a list cannot hold lists or rubrics",
                        )
                        .help("a list holds numbers, dates, texts, levels or choices"),
                    );
                    return (Type::Invalid, natural);
                }
                return (Type::List(Box::new(inner_type)), range);
            }
        };
        (plain, natural)
    }

    fn unknown_type(&mut self, file: usize, path: &tree::Path) {
        let written = path.text();
        let mut known = self.scopes.visible(file, Space::Types);
        known.extend(["number", "whole", "yes/no", "date", "text"].map(str::to_owned));
        let help = self.did_you_mean(&written, known.iter().map(String::as_str)).unwrap_or_else(|| {
            "a type is `number`, `whole`, `yes/no`, `date`, `text`, `one of { … }`, `list of …`, a scale or a rubric"
                .to_owned()
        });
        self.report(
            Diagnostic::new(
                Code::UnknownName,
                path.span,
                format!("unknown type `{written}`"),
            )
            .help(help),
        );
    }

    fn range(
        &mut self,
        range: Option<&(tree::Literal, tree::Literal)>,
        whole: bool,
    ) -> Option<(Decimal, Decimal)> {
        let (from, to) = range?;
        let first = self.number(&from.text, from.span)?;
        let last = self.number(&to.text, to.span)?;
        if last < first {
            self.report(
                Diagnostic::new(
                    Code::NumberOutOfRange,
                    from.span.to(to.span),
                    "no number lies in this range",
                )
                .help("write the lower number first"),
            );
            return None;
        }
        if whole && !(first.is_whole() && last.is_whole()) {
            self.report(
                Diagnostic::new(
                    Code::TypeMismatch,
                    from.span.to(to.span),
                    "the range of a whole number is whole",
                )
                .help("use `number` where parts of one are allowed"),
            );
            return None;
        }
        Some((first, last))
    }

    fn former_names(&self, file: usize, names: &[tree::Name]) -> Vec<Named> {
        names
            .iter()
            .map(|name| self.named(file, name, None))
            .collect()
    }

    fn named(&self, file: usize, name: &tree::Name, title: Option<&tree::Literal>) -> Named {
        Named {
            name: self.scopes.full_name(file, &name.text),
            ..own(name, title)
        }
    }
}

/// A name that lives inside its declaration.
pub(super) fn own(name: &tree::Name, title: Option<&tree::Literal>) -> Named {
    Named {
        name: name.text.clone(),
        title: title.map(|title| title.text.clone()),
        span: name.span,
    }
}

fn stages(role: &tree::Role) -> impl Iterator<Item = &tree::Stage> {
    role.properties
        .iter()
        .filter_map(|property| match property {
            RoleProperty::Stage(stage) => Some(stage),
            _ => None,
        })
}

fn entries(entries: &[tree::Entry]) -> Vec<Named> {
    let mut seen = BTreeSet::new();
    entries
        .iter()
        .filter(|entry| seen.insert(&entry.name.text))
        .map(|entry| own(&entry.name, entry.title.as_ref()))
        .collect()
}

fn invalid(span: milepost_diagnostics::Span) -> Requirement {
    Requirement {
        span,
        label: None,
        form: Form::Invalid,
    }
}
