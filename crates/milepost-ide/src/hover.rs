//! What an editor shows of the thing under the pointer: a place in; Markdown out.

use milepost_compiler::model::{Competency, Role};
use milepost_diagnostics::{FileId, Span};
use milepost_engine::Plan;
use milepost_engine::plan::NodeId;

use crate::Analysis;
use crate::declarations::{Declaration, DeclarationKind};

/// How a requirement of a plan is read out: one line for each part, indented below what it is part of.
pub type Reading<'a> = &'a dyn Fn(&Plan, NodeId) -> String;

/// What is shown, and of which stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about.
    pub span: Span,
    /// What it says, as Markdown.
    pub markdown: String,
}

impl Analysis {
    /// What is to be said of a place: of a name, what it stands for; anywhere else in a requirement, how it reads. Where
    /// the programme has errors, what has none and refers to nothing that has is read out all the same.
    #[must_use]
    pub fn hover(&self, file: FileId, offset: u32, reading: Reading<'_>) -> Option<Hover> {
        let rest = self.plan().is_none().then(|| self.rest()).flatten();
        let said = rest.and_then(|rest| {
            let same = rest.file(self.source(file)?.name())?;
            let mut said = rest.said(same, offset, reading)?;
            said.span.file = file;
            Some(said)
        });
        said.or_else(|| self.said(file, offset, reading))
    }

    fn said(&self, file: FileId, offset: u32, reading: Reading<'_>) -> Option<Hover> {
        let name = self.name_at(file, offset);
        let declared = name.and_then(|name| Some((name, self.declaration(name.declared)?)));
        if let Some((name, declaration)) = declared {
            return Some(Hover {
                span: name.at,
                markdown: self.described(declaration, reading),
            });
        }
        let (span, node) = self.requirement_at(file, offset)?;
        Some(Hover {
            span,
            markdown: self.read(node, reading)?,
        })
    }

    fn read(&self, node: NodeId, reading: Reading<'_>) -> Option<String> {
        Some(reading(self.plan()?, node))
    }

    fn described(&self, declaration: &Declaration, reading: Reading<'_>) -> String {
        let mut parts = vec![self.heading(declaration)];
        if let Some(of) = self.parent(declaration) {
            parts.push(format!("of {} `{}`", of.kind.as_str(), of.name));
        }
        parts.extend(declaration.doc.clone());
        match declaration.kind {
            DeclarationKind::Scale | DeclarationKind::Rubric => {
                parts.extend(self.inside(declaration))
            }
            DeclarationKind::Evidence => parts.extend(self.inside(declaration)),
            DeclarationKind::Competency => parts.extend(self.competency(declaration, reading)),
            DeclarationKind::Role => parts.extend(self.role(declaration, reading)),
            DeclarationKind::Label => {
                let node = self.written_at(declaration.whole);
                parts.extend(node.and_then(|node| self.read(node, reading)));
            }
            _ => {}
        }
        parts.join("\n\n")
    }

    /// `**fact** \`years\` — Years of teaching: \`number\``
    fn heading(&self, declaration: &Declaration) -> String {
        let mut line = format!("**{}** `{}`", declaration.kind.as_str(), declaration.name);
        if let Some(title) = &declaration.title {
            line = format!("{line} — {}", escaped(title));
        }
        if let Some(ty) = declaration.ty {
            let ty: Vec<_> = self.sources().text(ty).split_whitespace().collect();
            line = format!("{line}: `{}`", ty.join(" "));
        }
        line
    }

    /// The levels, criteria or fields of a declaration, one on each line.
    fn inside(&self, declaration: &Declaration) -> Option<String> {
        let all = self.declarations(declaration.at.file);
        let place = all.iter().position(|it| it.at == declaration.at)?;
        let own = all.iter().filter(|it| it.parent == Some(place));
        let lines: Vec<_> = own.map(|it| format!("- {}", self.heading(it))).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn competency(&self, declaration: &Declaration, reading: Reading<'_>) -> Vec<String> {
        let competencies = &self.compiled.model.competencies;
        let known = |it: &&Competency| it.named.span == declaration.at;
        let Some(place) = competencies.iter().position(|it| known(&it)) else {
            return Vec::new();
        };
        let about = competencies.get(place);
        let about = about.and_then(|it| it.about.as_deref()).map(escaped);
        // The plan has them in the same order; what is written may be but a rule's name.
        let planned = self
            .plan()
            .and_then(|it| it.parts().competencies.get(place));
        let node = planned.and_then(|it| it.requirement);
        let read = node.and_then(|node| self.read(node, reading));
        about.into_iter().chain(read).collect()
    }

    fn role(&self, declaration: &Declaration, reading: Reading<'_>) -> Vec<String> {
        let known = |it: &&Role| it.named.span == declaration.at;
        let Some(role) = self.compiled.model.roles.iter().find(known) else {
            return Vec::new();
        };
        let about = role.about.as_deref().map(escaped);
        let node = self.written_at(role.eligible.span);
        let read = node.and_then(|node| self.read(node, reading));
        about.into_iter().chain(read).collect()
    }

    /// The requirement written there.
    fn written_at(&self, span: Span) -> Option<NodeId> {
        let mut written = self.compiled.written.iter();
        written.find_map(|(at, node)| (*at == span).then_some(*node))
    }
}

/// A text as Markdown that means nothing but itself.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
