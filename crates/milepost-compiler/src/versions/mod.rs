//! The versions of a programme: a main file in; what it and every version before it mean, what is wrong with each and with
//! them together, and the plans of all out.

mod chain;
mod vocabulary;

use milepost_diagnostics::{Code, Diagnostic, Sources, Span};
use milepost_engine::plan::VERSIONS;
use milepost_syntax::tree::{ItemKind, Literal, PathwayProperty};

use crate::load::{Files, Library, beside, normalise};
use crate::model::Model;
use crate::scope::Scopes;
use crate::{check, limits, resolve};
pub use vocabulary::{Vocabulary, Word};

/// One version.
pub struct Version {
    /// Its files.
    pub files: Files,
    scopes: Scopes,
    /// What they mean.
    pub model: Model,
}

impl Version {
    /// What it is called in sentences.
    pub fn name(&self) -> &str {
        let header = self.model.header.as_ref();
        let version = header.and_then(|header| header.version.as_deref());
        version.unwrap_or("")
    }

    /// The same with every word in the place that it has in the vocabulary.
    fn seated(&self, sources: &Sources, vocabulary: &Vocabulary) -> Model {
        let Self { files, scopes, .. } = self;
        resolve::resolve(sources, files, scopes, Some(vocabulary)).model
    }
}

/// Every version, the newest first, and what is wrong with each by itself. Where one cannot be read, the chain ends.
pub fn load(library: &mut Library<'_>, main: &str) -> (Vec<Version>, Vec<Diagnostic>) {
    let mut paths = vec![normalise(main)];
    let mut all = Vec::new();
    let mut found = Vec::new();
    let mut asked: Option<Span> = None;
    let mut complete = false;
    while let Some(path) = paths.get(all.len()).cloned() {
        all.push(library.load(&path, asked));
        let Some(replaced) = all.last().and_then(replaced) else {
            // Nothing is known of what a file that could not be read replaces.
            complete = all.last().is_some_and(|files| !files.files.is_empty());
            break;
        };
        let next = beside(&path, &replaced.text);
        asked = Some(replaced.span);
        if paths.contains(&next) {
            found.push(circle(&paths, &next, replaced.span));
            break;
        }
        if all.len() >= VERSIONS {
            let message = format!("a programme has at most {VERSIONS} versions");
            found.push(
                Diagnostic::new(Code::FileTooLarge, replaced.span, message)
                    .help("drop the oldest: nobody finishes under it any more"),
            );
            break;
        }
        paths.push(next);
    }
    let versions = all.into_iter().map(|mut files| {
        let scopes = Scopes::new(&files);
        let mut resolved = resolve::resolve(&library.sources, &files, &scopes, None);
        found.append(&mut resolved.diagnostics);
        found.extend(check::run(&check::Subject {
            files: &files,
            scopes: &scopes,
            model: &resolved.model,
        }));
        found.append(&mut files.diagnostics);
        Version {
            files,
            scopes,
            model: resolved.model,
        }
    });
    let mut versions: Vec<_> = versions.collect();
    chain::check(&mut versions, complete, &mut found);
    (versions, found)
}

/// What the versions mean, each with the words of all, if they agree about them.
pub fn models(sources: &Sources, versions: &[Version], found: &mut Vec<Diagnostic>) -> Vec<Model> {
    if let [only] = versions {
        return vec![only.model.clone()];
    }
    let named: Vec<_> = versions.iter().map(|it| (&it.model, it.name())).collect();
    let (vocabulary, disagreements) = Vocabulary::new(&named);
    if vocabulary.words().saturating_mul(versions.len()) > limits::WORDS {
        let header = versions.first().and_then(|it| it.model.header.as_ref());
        found.extend(header.map(|header| {
            let message = "the versions of this programme declare too much together";
            Diagnostic::new(Code::TooManyRequirements, header.named.span, message)
                .help("drop the oldest: nobody finishes under it any more")
        }));
        return Vec::new();
    }
    if !disagreements.is_empty() {
        found.extend(disagreements);
        return Vec::new();
    }
    let seated = versions.iter().map(|it| {
        let mut model = it.seated(sources, &vocabulary);
        // What the versions say of each other has been looked up already.
        model.header.clone_from(&it.model.header);
        model
    });
    seated.collect()
}

/// The path of the version before, as the main file writes it.
fn replaced(files: &Files) -> Option<Literal> {
    let items = files.files.last().map(|main| &main.tree.items);
    let mut properties = items
        .into_iter()
        .flatten()
        .flat_map(|item| match &item.kind {
            ItemKind::Pathway(pathway) => pathway.properties.as_slice(),
            _ => &[],
        });
    properties.find_map(|property| match property {
        PathwayProperty::Replaces(path) => Some(path.clone()),
        _ => None,
    })
}

fn circle(paths: &[String], next: &str, at: Span) -> Diagnostic {
    let from = paths.iter().position(|path| path == next).unwrap_or(0);
    let names: Vec<_> = paths
        .iter()
        .skip(from)
        .map(String::as_str)
        .chain([next])
        .map(|path| format!("`{path}`"))
        .collect();
    let message = if names.len() == 2 {
        format!("`{next}` replaces itself")
    } else {
        format!(
            "versions replace each other in a circle: {}",
            names.join(" → ")
        )
    };
    Diagnostic::new(Code::VersionCycle, at, message)
        .help("`replaces` names the file of the version before this one")
}
