//! Scopes: the files of a programme in, what each of them sees under which name out.
//!
//! A file sees what it declares, what the files it uses see, and behind an alias what an aliased file
//! sees. Clashes are reported by `check::duplicates`; here the first declaration wins.

use std::collections::{BTreeMap, BTreeSet};

use milepost_diagnostics::Span;
use milepost_syntax::tree::{Item, ItemKind, Path};

use crate::load::Files;

/// What kind of thing a name stands for; names of different spaces do not clash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Space {
    /// Scales and rubrics.
    Types,
    /// Kinds of evidence.
    Kinds,
    /// Competencies and roles.
    Posts,
    /// Rules.
    Rules,
    /// Measures.
    Measures,
}

/// A declaration: its file and its place among the file's items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: usize,
    /// The item.
    pub item: usize,
}

/// Which names a declaration takes, in which space.
pub fn declared(item: &Item) -> Option<(Space, &str, Span)> {
    let (space, name) = match &item.kind {
        ItemKind::Scale(scale) => (Space::Types, &scale.name),
        ItemKind::Rubric(rubric) => (Space::Types, &rubric.name),
        ItemKind::Evidence(kind) => (Space::Kinds, &kind.name),
        ItemKind::Competency(competency) => (Space::Posts, &competency.name),
        ItemKind::Role(role) => (Space::Posts, &role.name),
        ItemKind::Rule(rule) => (Space::Rules, &rule.name),
        ItemKind::Measure(measure) => (Space::Measures, &measure.name),
        ItemKind::Pathway(_)
        | ItemKind::Use(_)
        | ItemKind::Candidate(_)
        | ItemKind::Scenario(_) => return None,
    };
    Some((space, &name.text, name.span))
}

/// What every file sees.
pub struct Scopes {
    own: Vec<BTreeMap<(Space, String), Place>>,
    /// For each file, the files whose names it sees bare: itself first.
    flat: Vec<Vec<usize>>,
    /// For each file, its aliases and what they stand for.
    aliases: Vec<Vec<(String, usize)>>,
    /// For each file, the files it depends on, itself among them.
    reachable: Vec<BTreeSet<usize>>,
    /// What stands before the names of each file when seen from the main file.
    prefixes: Vec<String>,
}

impl Scopes {
    /// Works out what every file sees.
    pub fn new(files: &Files) -> Self {
        let own = files
            .files
            .iter()
            .enumerate()
            .map(|(file, loaded)| {
                let mut names = BTreeMap::new();
                for (item, declaration) in loaded.tree.items.iter().enumerate() {
                    if let Some((space, name, _)) = declared(declaration) {
                        names
                            .entry((space, name.to_owned()))
                            .or_insert(Place { file, item });
                    }
                }
                names
            })
            .collect();
        let mut reachable: Vec<BTreeSet<usize>> = Vec::new();
        let mut flat: Vec<Vec<usize>> = Vec::new();
        let mut aliases: Vec<Vec<(String, usize)>> = Vec::new();
        for (file, loaded) in files.files.iter().enumerate() {
            let (mut seen, mut bare, mut named) = (BTreeSet::from([file]), vec![file], Vec::new());
            for (used, alias) in &loaded.uses {
                match alias {
                    Some(alias) => named.push((alias.clone(), *used)),
                    None => {
                        for &other in flat.get(*used).into_iter().flatten() {
                            if seen.insert(other) {
                                bare.push(other);
                            }
                        }
                    }
                }
            }
            let used = loaded
                .uses
                .iter()
                .filter_map(|(used, _)| reachable.get(*used))
                .flatten();
            let reached = used.copied().chain([file]).collect();
            reachable.push(reached);
            flat.push(bare);
            aliases.push(named);
        }
        let prefixes = prefixes(&flat, &aliases);
        Self {
            own,
            flat,
            aliases,
            reachable,
            prefixes,
        }
    }

    /// What a name written in a file stands for.
    pub fn find(&self, file: usize, space: Space, path: &Path) -> Option<Place> {
        let (last, qualifiers) = path.names.split_last()?;
        let mut files = vec![file];
        for qualifier in qualifiers {
            files = self
                .seen_from(&files)
                .filter_map(|seen| self.aliases.get(seen))
                .flatten()
                .filter(|(alias, _)| *alias == qualifier.text)
                .map(|(_, file)| *file)
                .collect();
        }
        let key = (space, last.text.clone());
        self.seen_from(&files)
            .find_map(|seen| self.own.get(seen)?.get(&key).copied())
    }

    fn seen_from<'a>(&'a self, files: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
        files
            .iter()
            .filter_map(|&file| self.flat.get(file))
            .flatten()
            .copied()
    }

    /// The names a file sees in a space, as it would write them.
    pub fn visible(&self, file: usize, space: Space) -> Vec<String> {
        let mut names = Vec::new();
        for seen in self.seen_from(&[file]) {
            for (_, name) in self
                .own
                .get(seen)
                .into_iter()
                .flat_map(BTreeMap::keys)
                .filter(|key| key.0 == space)
            {
                names.push(name.clone());
            }
            for (alias, target) in self.aliases.get(seen).into_iter().flatten() {
                for other in self.seen_from(&[*target]) {
                    let own = self.own.get(other).into_iter().flat_map(BTreeMap::keys);
                    names.extend(
                        own.filter(|key| key.0 == space)
                            .map(|(_, name)| format!("{alias}.{name}")),
                    );
                }
            }
        }
        names
    }

    /// Whether a file depends on another, aliased or not, or is that file.
    pub fn reaches(&self, file: usize, other: usize) -> bool {
        self.reachable
            .get(file)
            .is_some_and(|reachable| reachable.contains(&other))
    }

    /// The groups of files whose names must not clash: what the main file sees bare, then what each alias stands for.
    pub fn groups(&self) -> Vec<&[usize]> {
        let mut groups: Vec<&[usize]> = Vec::new();
        let mut covered: BTreeSet<usize> = BTreeSet::new();
        for flat in self.flat.iter().rev() {
            if !flat.iter().all(|file| covered.contains(file)) {
                covered.extend(flat);
                groups.push(flat);
            }
        }
        groups
    }

    /// The name of a declaration as the programme's records and results know it.
    pub fn full_name(&self, file: usize, name: &str) -> String {
        format!(
            "{}{name}",
            self.prefixes.get(file).map_or("", String::as_str)
        )
    }
}

/// The shortest way of aliases from the main file to each file.
fn prefixes(flat: &[Vec<usize>], aliases: &[Vec<(String, usize)>]) -> Vec<String> {
    let mut prefixes: Vec<Option<String>> = vec![None; flat.len()];
    let mut wave: Vec<(usize, String)> = flat
        .len()
        .checked_sub(1)
        .map(|main| (main, String::new()))
        .into_iter()
        .collect();
    while !wave.is_empty() {
        let mut next = Vec::new();
        for (file, prefix) in wave {
            for &seen in flat.get(file).into_iter().flatten() {
                if let Some(slot @ None) = prefixes.get_mut(seen) {
                    *slot = Some(prefix.clone());
                    let named = aliases.get(seen).into_iter().flatten();
                    next.extend(
                        named.map(|(alias, target)| (*target, format!("{prefix}{alias}."))),
                    );
                }
            }
        }
        wave = next;
    }
    prefixes
        .into_iter()
        .map(Option::unwrap_or_default)
        .collect()
}
