//! Names of declarations: what a path written in a file refers to, or a diagnostic with the nearest known name.

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::plan::{CompetencyId, KindId, RoleId, StageId};
use milepost_syntax::tree::{ItemKind, Name, Path, Tree};

use super::{Declared, Resolver};
use crate::model::{Mention, RuleId};
use crate::scope::Space;

impl Resolver<'_> {
    /// What a path stands for in a space, without a word if it stands for nothing.
    pub(super) fn lookup(&self, file: usize, space: Space, path: &Path) -> Option<Declared> {
        let place = self.scopes.find(file, space, path)?;
        self.places.get(&place).copied()
    }

    /// Notes that the name there stands for what is declared here.
    pub(super) fn mention(&mut self, at: Span, declared: Option<Span>) {
        self.model
            .mentions
            .extend(declared.map(|declared| Mention { at, declared }));
    }

    /// Notes what a path stands for, and the aliases in front of it.
    pub(super) fn mention_path(&mut self, file: usize, path: &Path, declared: Option<Span>) {
        let Some((last, qualifiers)) = path.names.split_last() else {
            return;
        };
        self.mention(last.span, declared);
        if let Some(alias) = qualifiers.first() {
            let aliases = self.files.files.get(file).into_iter();
            let mut aliases = aliases.flat_map(|file| aliases_of(&file.tree));
            let declared = aliases.find(|known| known.text == alias.text);
            self.mention(alias.span, declared.map(|known| known.span));
        }
    }

    /// A kind of evidence.
    pub(super) fn kind(&mut self, file: usize, path: &Path) -> Option<KindId> {
        match self.lookup(file, Space::Kinds, path) {
            Some(Declared::Kind(id)) => {
                self.mention_path(file, path, self.model.kind(id).map(|it| it.named.span));
                Some(id)
            }
            _ => {
                self.unknown(file, Space::Kinds, path, "kind of evidence", "evidence");
                None
            }
        }
    }

    /// A competency.
    pub(super) fn competency(&mut self, file: usize, path: &Path) -> Option<CompetencyId> {
        match self.lookup(file, Space::Posts, path) {
            Some(Declared::Competency(id)) => {
                let declared = self.model.competency(id).map(|it| it.named.span);
                self.mention_path(file, path, declared);
                Some(id)
            }
            Some(Declared::Role(id)) => {
                let declared = self.model.role(id).map(|role| role.named.span);
                self.other_post(path, "a role", "competency", "role", declared);
                None
            }
            _ => {
                self.unknown(file, Space::Posts, path, "competency", "competency");
                None
            }
        }
    }

    /// A role.
    pub(super) fn role(&mut self, file: usize, path: &Path) -> Option<RoleId> {
        match self.lookup(file, Space::Posts, path) {
            Some(Declared::Role(id)) => {
                self.mention_path(file, path, self.model.role(id).map(|it| it.named.span));
                Some(id)
            }
            Some(Declared::Competency(id)) => {
                let declared = self
                    .model
                    .competency(id)
                    .map(|competency| competency.named.span);
                self.other_post(path, "a competency", "role", "competency", declared);
                None
            }
            _ => {
                self.unknown(file, Space::Posts, path, "role", "role");
                None
            }
        }
    }

    /// A role and the stage of it that is named.
    pub(super) fn role_stage(
        &mut self,
        file: usize,
        path: &Path,
        stage: Option<&Name>,
    ) -> Option<(RoleId, Option<StageId>)> {
        let role = self.role(file, path)?;
        let Some(stage) = stage else {
            return Some((role, None));
        };
        let mut stages = self.model.stages_of(role);
        let known = stages.find(|(_, known)| known.named.name == stage.text);
        let known = known.map(|(id, known)| (id, known.named.span));
        drop(stages);
        if let Some((id, declared)) = known {
            self.mention(stage.span, Some(declared));
            return Some((role, Some(id)));
        }
        self.unknown_stage(role, path, stage);
        None
    }

    fn unknown_stage(&mut self, role: RoleId, path: &Path, stage: &Name) {
        let names: Vec<_> = self
            .model
            .stages_of(role)
            .map(|(_, known)| known.named.name.clone())
            .collect();
        let (role, written) = (path.text(), &stage.text);
        let near = self.did_you_mean(written, names.iter().map(String::as_str));
        let help = near.unwrap_or_else(|| {
            let own = format!("put `{written}` on a line of its own if it is no stage");
            if names.is_empty() {
                own
            } else {
                format!("its stages are `{}`; {own}", names.join("`, `"))
            }
        });
        self.report(
            Diagnostic::new(
                Code::UnknownName,
                stage.span,
                format!("role `{role}` has no stage `{written}`"),
            )
            .here("a word on the line of a role names one of its stages")
            .help(help),
        );
    }

    /// A rule.
    pub(super) fn rule(&mut self, file: usize, path: &Path) -> Option<RuleId> {
        match self.lookup(file, Space::Rules, path) {
            Some(Declared::Rule(id)) => {
                self.mention_path(file, path, self.model.rule(id).map(|it| it.named.span));
                Some(id)
            }
            _ => {
                self.unknown(file, Space::Rules, path, "rule", "rule");
                None
            }
        }
    }

    fn other_post(
        &mut self,
        path: &Path,
        is: &str,
        wanted: &str,
        word: &str,
        declared: Option<Span>,
    ) {
        let name = path.text();
        let mut problem = Diagnostic::new(
            Code::UnknownName,
            path.span,
            format!("`{name}` is {is}, not a {wanted}"),
        )
        .help(format!("write `{word} {name}`"));
        if let Some(span) = declared {
            problem = problem.label(span, format!("`{name}` is declared here"));
        }
        self.report(problem);
    }

    /// What a competency or role of a former name is called now.
    fn called_now(&self, space: Space, written: &str) -> Option<String> {
        let competencies = self.model.competencies.iter();
        let competencies = competencies.map(|it| (&it.named, &it.formerly));
        let roles = self.model.roles.iter().map(|it| (&it.named, &it.formerly));
        let mut posts = competencies.chain(roles).filter(|_| space == Space::Posts);
        let (now, _) =
            posts.find(|(_, formerly)| formerly.iter().any(|old| old.name == written))?;
        Some(format!("it is called `{}` now", now.name))
    }

    /// Says that nothing of that name is known.
    pub(super) fn unknown(
        &mut self,
        file: usize,
        space: Space,
        path: &Path,
        what: &str,
        keyword: &str,
    ) {
        let written = path.text();
        let names = self.scopes.visible(file, space);
        let help = self
            .called_now(space, &written)
            .or_else(|| self.said_otherwise(path.span))
            .or_else(|| self.did_you_mean(&written, names.iter().map(String::as_str)))
            .unwrap_or_else(|| {
                format!("declare it with `{keyword} {written} …`, or `use` the file that does")
            });
        self.report(
            Diagnostic::new(
                Code::UnknownName,
                path.span,
                format!("unknown {what} `{written}`"),
            )
            .here("nothing of this name is declared or used in this file")
            .help(help),
        );
    }
}

/// The names that a file gives to files it uses.
fn aliases_of(tree: &Tree) -> impl Iterator<Item = &Name> {
    tree.items.iter().filter_map(|item| match &item.kind {
        ItemKind::Use(used) => used.alias.as_ref(),
        _ => None,
    })
}
