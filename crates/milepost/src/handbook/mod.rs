//! The handbook of a programme, for those who are asked to meet its rules. In: a checked programme. Out: every role, competency
//! and requirement in plain language, as one page of HTML or as Markdown.
//!
//! What it says is made of the rules themselves, in the words an outcome uses; the texts of the programme only go with it.

mod asked;
mod chapters;
mod clauses;
mod document;
mod html;
mod markdown;
mod tables;
mod versions;

pub use document::Handbook;

use crate::Pathway;

impl Pathway {
    /// The handbook of the newest version.
    ///
    /// ```
    /// let text = r#"
    ///     pathway coaching "Coaching" { version "2026.1" }
    ///     evidence session "Coaching session" { hours : number "Hours" }
    ///     role coach "Coach" { eligible when at least 10 total hours of session }
    /// "#;
    /// let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
    /// let compiled = milepost::compile(&sources, "main.pathway");
    /// let handbook = compiled.plan()?.handbook();
    /// assert!(handbook.html().starts_with("<!doctype html>"));
    /// assert!(handbook.markdown().contains("At least 10 total Hours from"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn handbook(&self) -> Handbook {
        chapters::handbook(self)
    }
}

impl Handbook {
    /// One page of HTML that needs nothing else: no script, no font, no picture from elsewhere.
    #[must_use]
    pub fn html(&self) -> String {
        html::page(self)
    }

    /// The same as Markdown, as GitHub and most wikis read it.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::text(self)
    }
}
