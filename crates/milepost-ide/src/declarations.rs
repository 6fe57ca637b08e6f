//! Everything a file gives a name: its tree in; the declarations, each inside the one it belongs to, out.

use milepost_diagnostics::Span;
use milepost_syntax::tree::{
    CompetencyProperty, Entry, Field, Figure, Form, Item, ItemKind, Literal, Name, Requirement,
    Role, RoleProperty, Tree, Type, TypeKind,
};

/// What kind of thing is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeclarationKind {
    /// The programme.
    Pathway,
    /// The name a file gives to a file it uses.
    Alias,
    /// A scale.
    Scale,
    /// A level of a scale.
    Level,
    /// A rubric.
    Rubric,
    /// A criterion of a rubric.
    Criterion,
    /// A fact of the candidate.
    Fact,
    /// A kind of evidence.
    Evidence,
    /// A field of a kind of evidence.
    Field,
    /// One of the values of a fact or field.
    Choice,
    /// A competency.
    Competency,
    /// A role.
    Role,
    /// A stage of a role.
    Stage,
    /// A rule.
    Rule,
    /// A parameter of a rule.
    Parameter,
    /// A measure over a cohort.
    Measure,
    /// The label of a requirement.
    Label,
    /// A scenario.
    Scenario,
}

impl DeclarationKind {
    /// What people call it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pathway => "pathway",
            Self::Alias => "alias",
            Self::Scale => "scale",
            Self::Level => "level",
            Self::Rubric => "rubric",
            Self::Criterion => "criterion",
            Self::Fact => "fact",
            Self::Evidence => "evidence",
            Self::Field => "field",
            Self::Choice => "choice",
            Self::Competency => "competency",
            Self::Role => "role",
            Self::Stage => "stage",
            Self::Rule => "rule",
            Self::Parameter => "parameter",
            Self::Measure => "measure",
            Self::Label => "requirement",
            Self::Scenario => "scenario",
        }
    }
}

/// Something with a name.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// What it is.
    pub kind: DeclarationKind,
    /// Its name; of a scenario its title.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// Its documentation.
    pub doc: Option<String>,
    /// Where its name stands.
    pub at: Span,
    /// All of it.
    pub whole: Span,
    /// Where its type is written; of an alias, the path of its file.
    pub ty: Option<Span>,
    /// Its former names. Only where names have former ones.
    pub former: Option<Former>,
    /// The declaration it belongs to, by its place in the list.
    pub parent: Option<usize>,
}

/// The former names of a declaration, and where another would stand.
#[derive(Clone, Debug)]
pub struct Former {
    /// After this byte.
    pub after: u32,
    /// Those there are.
    pub known: Vec<Name>,
}

/// The declarations of a file, in the order written, each after the one it belongs to.
#[must_use]
pub fn declarations(tree: &Tree) -> Vec<Declaration> {
    let mut walk = Walk { all: Vec::new() };
    for item in &tree.items {
        walk.item(item);
    }
    walk.all
}

struct Walk {
    all: Vec<Declaration>,
}

impl Walk {
    /// Adds a declaration; its place.
    fn add(
        &mut self,
        kind: DeclarationKind,
        name: &Name,
        title: Option<&Literal>,
        whole: Span,
        parent: Option<usize>,
    ) -> usize {
        self.all.push(Declaration {
            kind,
            name: name.text.clone(),
            title: title.map(|title| title.text.clone()),
            doc: None,
            at: name.span,
            whole,
            ty: None,
            former: None,
            parent,
        });
        self.all.len() - 1
    }

    fn item(&mut self, item: &Item) {
        let whole = item.span;
        let place = match &item.kind {
            ItemKind::Pathway(it) => self.add(
                DeclarationKind::Pathway,
                &it.name,
                it.title.as_ref(),
                whole,
                None,
            ),
            ItemKind::Use(it) => match &it.alias {
                Some(alias) => {
                    let place = self.add(DeclarationKind::Alias, alias, None, whole, None);
                    if let Some(declaration) = self.all.get_mut(place) {
                        declaration.ty = Some(it.path.span);
                    }
                    place
                }
                None => return,
            },
            ItemKind::Scale(it) => {
                let scale = self.add(
                    DeclarationKind::Scale,
                    &it.name,
                    it.title.as_ref(),
                    whole,
                    None,
                );
                for level in &it.levels {
                    let end = level.title.as_ref().or(level.number.as_ref());
                    let whole = end.map_or(level.name.span, |end| level.name.span.to(end.span));
                    let title = level.title.as_ref();
                    self.add(
                        DeclarationKind::Level,
                        &level.name,
                        title,
                        whole,
                        Some(scale),
                    );
                }
                scale
            }
            ItemKind::Rubric(it) => {
                let rubric = self.add(
                    DeclarationKind::Rubric,
                    &it.name,
                    it.title.as_ref(),
                    whole,
                    None,
                );
                self.entries(DeclarationKind::Criterion, &it.criteria, rubric);
                rubric
            }
            ItemKind::Candidate(it) => {
                for fact in &it.facts {
                    self.field(DeclarationKind::Fact, fact, None);
                }
                return;
            }
            ItemKind::Evidence(it) => {
                let kind = self.add(
                    DeclarationKind::Evidence,
                    &it.name,
                    it.title.as_ref(),
                    whole,
                    None,
                );
                for field in &it.fields {
                    self.field(DeclarationKind::Field, field, Some(kind));
                }
                kind
            }
            ItemKind::Competency(it) => {
                let competency = self.add(
                    DeclarationKind::Competency,
                    &it.name,
                    it.title.as_ref(),
                    whole,
                    None,
                );
                self.former(competency, it.title.as_ref(), &it.formerly);
                for property in &it.properties {
                    if let CompetencyProperty::Requires(_, requirement) = property {
                        self.requirement(requirement, competency);
                    }
                }
                competency
            }
            ItemKind::Role(it) => self.role(it, whole),
            ItemKind::Rule(it) => {
                let rule = self.add(DeclarationKind::Rule, &it.name, None, whole, None);
                for parameter in &it.parameters {
                    let whole = parameter.name.span.to(parameter.ty.span);
                    let place = self.add(
                        DeclarationKind::Parameter,
                        &parameter.name,
                        None,
                        whole,
                        Some(rule),
                    );
                    self.typed(place, &parameter.ty);
                }
                for requirement in &it.requirements {
                    self.requirement(requirement, rule);
                }
                rule
            }
            ItemKind::Measure(it) => {
                let measure = self.add(
                    DeclarationKind::Measure,
                    &it.name,
                    it.title.as_ref(),
                    whole,
                    None,
                );
                let who = match &it.figure {
                    Figure::Percent(who) => Some(who),
                    Figure::Candidates(who) | Figure::Different(_, who) => who.as_ref(),
                    Figure::Missing | Figure::Competencies => None,
                };
                for requirement in who.into_iter().chain(&it.among) {
                    self.requirement(requirement, measure);
                }
                measure
            }
            ItemKind::Scenario(it) => {
                let name = Name {
                    text: it.title.text.clone(),
                    span: it.title.span,
                };
                self.add(DeclarationKind::Scenario, &name, None, whole, None)
            }
        };
        if let Some(declaration) = self.all.get_mut(place) {
            declaration.doc.clone_from(&item.doc);
        }
    }

    fn role(&mut self, it: &Role, whole: Span) -> usize {
        let role = self.add(
            DeclarationKind::Role,
            &it.name,
            it.title.as_ref(),
            whole,
            None,
        );
        self.former(role, it.title.as_ref(), &it.formerly);
        for property in &it.properties {
            match property {
                RoleProperty::Eligible(_, requirement) => self.requirement(requirement, role),
                RoleProperty::Preferred(_, items) => {
                    for requirement in items {
                        self.requirement(requirement, role);
                    }
                }
                RoleProperty::Stage(stage) => {
                    let ends = [
                        stage.title.as_ref().map(|title| title.span),
                        stage.valid.as_ref().map(|valid| valid.span),
                        stage.when.as_ref().map(|when| when.span),
                    ];
                    let end = ends.into_iter().flatten().last();
                    let whole = end.map_or(stage.name.span, |end| stage.name.span.to(end));
                    let title = stage.title.as_ref();
                    let place = self.add(
                        DeclarationKind::Stage,
                        &stage.name,
                        title,
                        whole,
                        Some(role),
                    );
                    if let Some(when) = &stage.when {
                        self.requirement(when, place);
                    }
                }
                RoleProperty::About(_) | RoleProperty::Incentive(_) | RoleProperty::Stays(_) => {}
            }
        }
        role
    }

    /// The labels in a requirement. Nesting is bounded by the syntax.
    fn requirement(&mut self, requirement: &Requirement, parent: usize) {
        let mut parent = parent;
        if let Some(label) = &requirement.label {
            let title = label.title.as_ref();
            let whole = requirement.span;
            parent = self.add(
                DeclarationKind::Label,
                &label.name,
                title,
                whole,
                Some(parent),
            );
            if !label.waivable.is_empty() {
                let ends = [title, label.cites.last(), label.advice.last()];
                let notes = ends.into_iter().flatten().map(|text| text.span.end);
                let waivable = label.waivable.iter().map(|it| it.span.end);
                let end = notes.chain(waivable).max();
                self.former_after(parent, end, &label.formerly);
            }
        }
        if let Form::Group(_, _, children) = &requirement.form {
            for child in children {
                self.requirement(child, parent);
            }
        }
    }

    fn field(&mut self, kind: DeclarationKind, field: &Field, parent: Option<usize>) {
        let ends = [
            field.from.as_ref().map(|from| from.span),
            field.title.as_ref().map(|title| title.span),
        ];
        let end = ends.into_iter().flatten().last().unwrap_or(field.ty.span);
        let whole = field.name.span.to(end);
        let place = self.add(kind, &field.name, field.title.as_ref(), whole, parent);
        if let Some(declaration) = self.all.get_mut(place) {
            declaration.doc.clone_from(&field.doc);
        }
        self.typed(place, &field.ty);
    }

    fn typed(&mut self, place: usize, ty: &Type) {
        if let Some(declaration) = self.all.get_mut(place) {
            declaration.ty = Some(ty.span);
        }
        let mut ty = ty;
        while let TypeKind::List(item) = &ty.kind {
            ty = item;
        }
        if let TypeKind::OneOf(choices) = &ty.kind {
            self.entries(DeclarationKind::Choice, choices, place);
        }
    }

    fn entries(&mut self, kind: DeclarationKind, entries: &[Entry], parent: usize) {
        for entry in entries {
            let title = entry.title.as_ref();
            let whole = title.map_or(entry.name.span, |title| entry.name.span.to(title.span));
            self.add(kind, &entry.name, title, whole, Some(parent));
        }
    }

    fn former(&mut self, place: usize, title: Option<&Literal>, known: &[Name]) {
        self.former_after(place, title.map(|title| title.span.end), known);
    }

    fn former_after(&mut self, place: usize, end: Option<u32>, known: &[Name]) {
        if let Some(declaration) = self.all.get_mut(place) {
            let last = known.last().map(|name| name.span.end);
            declaration.former = Some(Former {
                after: last.or(end).unwrap_or(declaration.at.end),
                known: known.to_vec(),
            });
        }
    }
}
