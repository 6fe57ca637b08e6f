//! Another name for something: a place and the new name in; the edits of every file out, or why it cannot be called so.
//!
//! The programme is compiled again with the edits made: a name that would clash, or be read as something else, is refused
//! for the reason that the compiler gives.

use milepost_diagnostics::{FileId, Severity, Span};
use milepost_syntax::KEYWORDS;

use crate::Analysis;
use crate::declarations::{Declaration, DeclarationKind};
use crate::edit::Edit;
use crate::lexis::is_name;

impl Analysis {
    /// The name at a place, if it can be renamed.
    #[must_use]
    pub fn renamable(&self, file: FileId, offset: u32) -> Option<Span> {
        let name = self.name_at(file, offset)?;
        let declaration = self.declaration(name.declared)?;
        (declaration.kind != DeclarationKind::Scenario).then_some(name.at)
    }

    /// The edits that give what stands at a place another name. Where records, waivers and credentials may know the old
    /// one, it is kept as a former name.
    ///
    /// # Errors
    ///
    /// There is no name, the new one is none, or the programme would have a mistake then; a sentence for people.
    pub fn rename(&self, file: FileId, offset: u32, new: &str) -> Result<Vec<Edit>, String> {
        let at = self
            .renamable(file, offset)
            .ok_or("there is no name here that can be changed")?;
        check(new)?;
        let name = self
            .name_at(at.file, at.start)
            .ok_or("there is no name here")?;
        let declaration = self
            .declaration(name.declared)
            .ok_or("it is declared nowhere")?;
        if declaration.name == new {
            return Ok(Vec::new());
        }
        // Which labels scenarios mean is known only of a programme that can be evaluated.
        let named = self.compiled.model.header.is_some() && self.plan().is_none();
        if named && declaration.kind == DeclarationKind::Label {
            return Err("a requirement can be renamed once the programme has no errors".to_owned());
        }
        let mut edits: Vec<_> = self
            .references_of(name.declared)
            .into_iter()
            .map(|span| Edit {
                span,
                text: new.to_owned(),
            })
            .collect();
        edits.extend(former(declaration, new));
        edits.sort_by_key(|edit| edit.span);
        self.still_whole(&edits)?;
        Ok(edits)
    }

    /// No mistake comes from these edits.
    fn still_whole(&self, edits: &[Edit]) -> Result<(), String> {
        let after = self.with(edits);
        if after.errors() <= self.errors() {
            return Ok(());
        }
        let known: Vec<_> = self.diagnostics().iter().map(|it| &it.message).collect();
        let mut new = after.diagnostics().iter();
        let new = new.find(|it| it.severity() == Severity::Error && !known.contains(&&it.message));
        Err(new.map_or_else(|| "that name is taken".to_owned(), |it| it.message.clone()))
    }
}

/// A name is a word that is not reserved.
fn check(name: &str) -> Result<(), String> {
    let begins = name.starts_with(|c: char| c.is_ascii_lowercase());
    let lower = |c: char| is_name(c) && !c.is_ascii_uppercase();
    if !begins || !name.chars().all(lower) {
        return Err(format!(
            "`{name}` is no name: a name begins with a small letter and has only small letters, digits and `_`"
        ));
    }
    if KEYWORDS.contains(&name) {
        return Err(format!("`{name}` is a reserved word"));
    }
    Ok(())
}

/// Keeps the old name of what has former names; a former name that comes back is one no longer.
fn former(declaration: &Declaration, new: &str) -> Option<Edit> {
    let former = declaration.former.as_ref()?;
    let old = &declaration.name;
    if let Some(back) = former.known.iter().find(|known| known.text == new) {
        return Some(Edit {
            span: back.span,
            text: old.clone(),
        });
    }
    let text = if former.known.is_empty() {
        format!(" formerly {old}")
    } else {
        format!(", {old}")
    };
    Some(Edit {
        span: Span {
            start: former.after,
            end: former.after,
            ..declaration.at
        },
        text,
    })
}
