//! Resolution: parsed files in, the resolved model out.
//!
//! It cannot fail: what is unknown or does not fit is reported and stands as `Invalid`, so that one
//! mistake gives one diagnostic.

mod cut_scores;
mod declarations;
mod expression;
mod literals;
mod measure;
mod names;
mod records;
mod requirement;
mod scenario;
mod suggest;

use std::collections::BTreeMap;

use milepost_diagnostics::{Diagnostic, Sources, Span};
use milepost_engine::plan::{CompetencyId, FactId, KindId, RoleId, RubricId, ScaleId};

use crate::load::Files;
use crate::model::{Model, Named, RuleId, Type};
use crate::scope::{Place, Scopes};
use crate::versions::Vocabulary;

/// What resolution made.
pub struct Resolved {
    /// The model.
    pub model: Model,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Resolves the files of a programme; where a vocabulary is given, everything in it has the place it has there.
pub fn resolve(
    sources: &Sources,
    files: &Files,
    scopes: &Scopes,
    vocabulary: Option<&Vocabulary>,
) -> Resolved {
    let mut resolver = Resolver {
        sources,
        files,
        scopes,
        vocabulary,
        model: vocabulary.map_or_else(Model::default, Vocabulary::model),
        places: BTreeMap::new(),
        facts: BTreeMap::new(),
        diagnostics: Vec::new(),
        suggestions: 0,
    };
    resolver.declare();
    resolver.define();
    Resolved {
        model: resolver.model,
        diagnostics: resolver.diagnostics,
    }
}

/// What a declaration became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Declared {
    Scale(ScaleId),
    Rubric(RubricId),
    Kind(KindId),
    Competency(CompetencyId),
    Role(RoleId),
    Rule(RuleId),
}

struct Resolver<'a> {
    sources: &'a Sources,
    files: &'a Files,
    scopes: &'a Scopes,
    /// The words of all versions, if there are several.
    vocabulary: Option<&'a Vocabulary>,
    model: Model,
    places: BTreeMap<Place, Declared>,
    /// Facts by name, each with the file that declares it.
    facts: BTreeMap<String, (FactId, usize)>,
    diagnostics: Vec<Diagnostic>,
    /// How many nearest names have been looked for.
    suggestions: usize,
}

/// Where an expression stands: what its names may mean.
#[derive(Clone, Copy)]
struct Context<'a> {
    /// The file it is written in.
    file: usize,
    /// The kind whose records are looked at.
    kind: Option<KindId>,
    /// The parameters of the rule it is written in.
    parameters: &'a [(Named, Type)],
}

impl Resolver<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// What was written there.
    fn written(&self, span: Span) -> &str {
        self.sources.text(span)
    }
}
