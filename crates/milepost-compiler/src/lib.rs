//! The compiler: the texts of a programme in; the resolved model, what is wrong with it, and the plan out.
//!
//! Every stage gives what it could make *and* its diagnostics. A plan is made only of a programme without
//! errors, so whatever holds one holds a checked programme.

mod check;
pub mod limits;
pub mod lint;
mod load;
mod lower;
pub mod model;
mod resolve;
mod scope;
mod versions;
mod walk;

use std::rc::Rc;

use milepost_diagnostics::{Diagnostic, FileId, Severity, Sources, Span};
use milepost_engine::plan::{CompetencyId, NodeId, RoleId, StageId};
use milepost_engine::record::Input;
use milepost_engine::{Date, Plan, Verdict};
use milepost_syntax::tree::Tree;
use sha2::{Digest, Sha256};

pub use crate::load::beside;
use crate::model::Model;
use crate::versions::Version;

/// What compiling made.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The texts, in the order they were first asked for: the main file first, earlier versions last.
    pub sources: Sources,
    /// What is wrong or doubtful, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// What the texts mean, as far as it was understood.
    pub model: Model,
    /// The plan, if there is a programme and it has no errors.
    pub plan: Option<Plan>,
    /// The scenarios of the main file; empty where there is no plan.
    pub scenarios: Vec<Scenario>,
    /// Where each requirement of the plan is written, in its order; empty where there is no plan.
    pub places: Vec<Span>,
    /// What the texts say, each in the place of its source.
    pub trees: Vec<Rc<Tree>>,
    /// Where each requirement of the plan was written, in the order of the plan; those of a rule that is called twice
    /// are two.
    pub written: Vec<(Span, NodeId)>,
}

/// A test written with the programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Its title.
    pub title: String,
    /// Where the title stands.
    pub span: Span,
    /// The day it is evaluated on.
    pub as_of: Date,
    /// The record.
    pub record: Input,
    /// What should come of it.
    pub expectations: Vec<Expectation>,
}

/// What a scenario expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// Where it stands.
    pub span: Span,
    /// The address of what it is about.
    pub address: String,
    /// What it is about.
    pub target: Target,
    /// The verdict expected.
    pub verdict: Verdict,
    /// Whether it should be at risk.
    pub at_risk: bool,
    /// The places of the words that say these two.
    pub stated: Vec<Span>,
}

/// What an expectation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A competency, credentials counted.
    Competency(CompetencyId),
    /// A role.
    Role(RoleId),
    /// A stage of a role, posts counted.
    Stage(StageId),
    /// A requirement.
    Node(NodeId),
}

impl Compiled {
    /// Whether anything is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        has_errors(&self.diagnostics)
    }
}

/// Compiles the programme whose main file is at `main`; `read` gives the bytes of a path, or says why not.
///
/// Paths are joined with `/` as the files write them, relative to the file that uses them.
pub fn compile(read: &mut dyn FnMut(&str) -> Result<Vec<u8>, String>, main: &str) -> Compiled {
    let mut library = load::Library::new(read);
    let (versions, mut diagnostics) = versions::load(&mut library, main);
    let mut models = Vec::new();
    if !has_errors(&diagnostics) {
        models = versions::models(&library.sources, &versions, &mut diagnostics);
    }
    let mut compiled = Compiled {
        trees: library.trees(),
        sources: library.sources,
        diagnostics,
        model: Model::default(),
        plan: None,
        scenarios: Vec::new(),
        places: Vec::new(),
        written: Vec::new(),
    };
    if !compiled.has_errors() && models.iter().all(|model| model.header.is_some()) {
        compiled.lower(&versions, &models);
    }
    let newest = versions.into_iter().next().map(|version| version.model);
    let mentions = std::mem::take(&mut compiled.model.mentions);
    compiled.model = models.into_iter().next().or(newest).unwrap_or_default();
    compiled.model.mentions.extend(mentions);
    sort(&mut compiled.diagnostics);
    compiled
}

impl Compiled {
    /// Makes the plan of the versions, the newest first, and the scenarios of the newest.
    fn lower(&mut self, versions: &[Version], models: &[Model]) {
        let mut plans = Vec::new();
        for (place, (version, model)) in versions.iter().zip(models).enumerate() {
            let definition = definition(&self.sources, &version.files.asked);
            let lowered = lower::lower(model, definition);
            self.diagnostics.extend(lowered.diagnostics);
            plans.extend(lowered.plan);
            if place == 0 {
                self.scenarios = lowered.scenarios;
                self.places = lowered.places;
                self.written = lowered.written;
                self.model.mentions = lowered.mentions;
            }
        }
        let whole = plans.len() == versions.len();
        let mut plans = plans.into_iter().filter(|_| whole);
        self.plan = plans.next();
        let older: Vec<_> = plans.collect();
        if let Some(newest) = self.plan.take_if(|_| !older.is_empty()) {
            let header = models.first().and_then(|model| model.header.as_ref());
            let at = header.map(|header| header.named.span);
            match lower::replacing(newest, older, at) {
                Ok(plan) => self.plan = Some(plan),
                Err(problem) => self.diagnostics.extend(problem),
            }
        }
        if self.plan.is_none() {
            self.scenarios.clear();
            self.places.clear();
        }
    }
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity() == Severity::Error)
}

/// The hash of a definition: of the length and the bytes of each text, in their order.
fn definition(sources: &Sources, texts: &[FileId]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for source in texts.iter().filter_map(|id| sources.get(*id)) {
        hash.update((source.text().len() as u64).to_le_bytes());
        hash.update(source.text());
    }
    hash.finalize().into()
}

/// In the order of the text, each once, and no more than a person can use: errors are kept before warnings.
fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span(), diagnostic.code));
    diagnostics.dedup();
    if diagnostics.len() <= limits::DIAGNOSTICS {
        return;
    }
    diagnostics.sort_by_key(Diagnostic::severity);
    let dropped = diagnostics.split_off(limits::DIAGNOSTICS);
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span(), diagnostic.code));
    let last = dropped
        .first()
        .and_then(|first| Some((first.code, first.span()?)));
    diagnostics.extend(last.map(|(code, span)| {
        let message = format!("there are {} more problems", dropped.len());
        Diagnostic::new(code, span, message).help("mend those above first")
    }));
}
