//! Loading: the main file's path and a way to read in, every file it uses parsed and in order out.
//!
//! A file comes after the files it uses. A circle of `use` is reported where it closes and cut there. The versions of a
//! programme are loaded one after the other, each with its own files; a file that two of them use is read once.

use std::collections::BTreeMap;
use std::rc::Rc;

use milepost_diagnostics::{Code, Diagnostic, FileId, Sources, Span};
use milepost_syntax::tree::{ItemKind, Tree, Use};

use crate::limits;

/// The files of one version of a programme.
pub struct Files {
    /// Its texts, in the order they were first asked for.
    pub asked: Vec<FileId>,
    /// The files, each after those it uses; the main one last.
    pub files: Vec<File>,
    /// What is wrong with them so far.
    pub diagnostics: Vec<Diagnostic>,
}

/// A parsed file and what it uses.
pub struct File {
    /// Its id in the sources.
    pub id: FileId,
    /// What it says.
    pub tree: Rc<Tree>,
    /// The files it uses, by their place in [`Files::files`], with their aliases.
    pub uses: Vec<(usize, Option<String>)>,
}

/// How a path is read: the bytes, or why not.
pub type Read<'a> = &'a mut dyn FnMut(&str) -> Result<Vec<u8>, String>;

/// Every file read so far, for whichever version.
pub struct Library<'a> {
    read: Read<'a>,
    /// Their texts, in the order they were first asked for.
    pub sources: Sources,
    /// Each file by its path, if it could be read.
    known: BTreeMap<String, Option<(FileId, Rc<Tree>)>>,
    bytes: usize,
}

impl<'a> Library<'a> {
    /// Nothing is read yet.
    pub fn new(read: Read<'a>) -> Self {
        Self {
            read,
            sources: Sources::default(),
            known: BTreeMap::new(),
            bytes: 0,
        }
    }

    /// What every text says, each in the place of its source; nothing of those that could not be read.
    pub fn trees(&self) -> Vec<Rc<Tree>> {
        let mut trees = vec![Rc::default(); self.sources.iter().count()];
        for (id, tree) in self.known.values().flatten() {
            if let Some(slot) = trees.get_mut(id.0 as usize) {
                *slot = Rc::clone(tree);
            }
        }
        trees
    }

    /// Reads and parses the main file of a version and all that it uses; `asked` is where a newer version names it.
    pub fn load(&mut self, main: &str, asked: Option<Span>) -> Files {
        let mut loader = Loader {
            library: self,
            out: Files {
                asked: Vec::new(),
                files: Vec::new(),
                diagnostics: Vec::new(),
            },
            state: BTreeMap::new(),
            open: Vec::new(),
        };
        loader.file(main, asked);
        loader.out
    }
}

enum State {
    Open,
    Done(usize),
    Failed,
}

struct Loader<'l, 'a> {
    library: &'l mut Library<'a>,
    out: Files,
    state: BTreeMap<String, State>,
    open: Vec<String>,
}

impl Loader<'_, '_> {
    /// Loads a file and what it uses; its place, if it could be read. At most [`limits::FILES`] calls are open at once.
    fn file(&mut self, path: &str, asked: Option<Span>) -> Option<usize> {
        match self.state.get(path) {
            Some(State::Done(place)) => return Some(*place),
            Some(State::Failed) => return None,
            Some(State::Open) => {
                self.circle(path, asked);
                return None;
            }
            None => {}
        }
        let Some((id, tree)) = self.parsed(path, asked) else {
            self.state.insert(path.to_owned(), State::Failed);
            return None;
        };
        self.out.asked.push(id);
        self.state.insert(path.to_owned(), State::Open);
        self.open.push(path.to_owned());
        let mut uses = Vec::new();
        for item in &tree.items {
            if let ItemKind::Use(used) = &item.kind
                && let Some(place) = self.used(path, used)
            {
                uses.push((place, used.alias.as_ref().map(|alias| alias.text.clone())));
            }
        }
        self.open.pop();
        let place = self.out.files.len();
        self.out.files.push(File { id, tree, uses });
        self.state.insert(path.to_owned(), State::Done(place));
        Some(place)
    }

    /// A file as a tree, read and parsed if it is not yet.
    fn parsed(&mut self, path: &str, asked: Option<Span>) -> Option<(FileId, Rc<Tree>)> {
        if let Some(known) = self.library.known.get(path) {
            return known.clone();
        }
        let text = self.text(path, asked);
        let id = self
            .library
            .sources
            .add(path, text.as_deref().unwrap_or(""));
        let parsed = text.map(|text| {
            let parsed = milepost_syntax::parse(id, &text);
            self.out.diagnostics.extend(parsed.diagnostics);
            (id, Rc::new(parsed.tree))
        });
        if parsed.is_none() {
            if asked.is_none() {
                self.out.files.push(File {
                    id,
                    tree: Rc::default(),
                    uses: Vec::new(),
                });
            }
            self.place_problem(id, asked);
        }
        self.library.known.insert(path.to_owned(), parsed.clone());
        parsed
    }

    fn used(&mut self, from: &str, used: &Use) -> Option<usize> {
        let path = beside(from, &used.path.text);
        self.file(&path, Some(used.path.span))
    }

    /// The text of a file, or nothing after saying why. Where the file itself is to blame the place is set by
    /// [`Loader::place_problem`], once the file has an id.
    fn text(&mut self, path: &str, asked: Option<Span>) -> Option<String> {
        if self.library.known.len() >= limits::FILES {
            self.problem(
                Code::FileTooLarge,
                asked,
                format!("a programme has at most {} files", limits::FILES),
            )
            .help("put what belongs together into one file");
            return None;
        }
        let bytes = match (self.library.read)(path) {
            Ok(bytes) => bytes,
            Err(why) => {
                self.problem(Code::FileNotRead, asked, format!("`{}` cannot be read: {why}", if path.is_empty() { "." } else { path }))
                    .help("a path is relative to the file that uses it; check the spelling of folder and file");
                return None;
            }
        };
        self.library.bytes += bytes.len();
        if self.library.bytes > limits::PROGRAMME_BYTES {
            self.problem(
                Code::FileTooLarge,
                asked,
                format!(
                    "the files of a programme have at most {} MiB together",
                    limits::PROGRAMME_BYTES >> 20
                ),
            );
            return None;
        }
        match String::from_utf8(bytes) {
            Ok(text) => Some(text),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let line = 1 + error
                    .as_bytes()
                    .iter()
                    .take(valid)
                    .filter(|&&byte| byte == b'\n')
                    .count();
                self.problem(
                    Code::NotUtf8,
                    asked,
                    format!(
                        "`{path}` is not UTF-8 text: line {line} has a byte that no UTF-8 text has"
                    ),
                )
                .help("save the file as UTF-8 in your editor");
                None
            }
        }
    }

    fn problem(&mut self, code: Code, asked: Option<Span>, message: String) -> Problem<'_> {
        let span = asked.unwrap_or(UNPLACED);
        self.out
            .diagnostics
            .push(Diagnostic::new(code, span, message));
        Problem(self.out.diagnostics.last_mut())
    }

    /// A problem of the main file has no `use` to point at: it points at the start of the file.
    fn place_problem(&mut self, id: FileId, asked: Option<Span>) {
        if asked.is_none()
            && let Some(label) = self
                .out
                .diagnostics
                .last_mut()
                .and_then(|last| last.labels.first_mut())
        {
            label.span = Span {
                file: id,
                start: 0,
                end: 0,
            };
        }
    }

    fn circle(&mut self, path: &str, asked: Option<Span>) {
        let from = self.open.iter().position(|open| open == path).unwrap_or(0);
        let mut names: Vec<_> = self
            .open
            .iter()
            .skip(from)
            .map(|name| format!("`{name}`"))
            .collect();
        names.push(format!("`{path}`"));
        let message = if names.len() == 2 {
            format!("`{path}` uses itself")
        } else {
            format!("files use each other in a circle: {}", names.join(" → "))
        };
        self.problem(Code::UseCycle, asked, message)
            .help("put what both need into a file of its own, and use that from both");
    }
}

const UNPLACED: Span = Span {
    file: FileId(0),
    start: 0,
    end: 0,
};

struct Problem<'a>(Option<&'a mut Diagnostic>);

impl Problem<'_> {
    fn help(self, text: &str) {
        if let Some(diagnostic) = self.0 {
            diagnostic.help.push(text.to_owned());
        }
    }
}

/// The path that a file writes, relative to itself.
pub fn beside(from: &str, path: &str) -> String {
    match from.rsplit_once('/') {
        Some((folder, _)) if !folder.is_empty() && !path.starts_with('/') => {
            normalise(&format!("{folder}/{path}"))
        }
        _ => normalise(path),
    }
}

/// Forward slashes, no `.`, and no `..` after a folder.
pub fn normalise(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if path.starts_with('/') {
        format!("/{joined}")
    } else {
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_plain() {
        assert_eq!(normalise("./a/../b//c.pathway"), "b/c.pathway");
        assert_eq!(normalise("../a/./b"), "../a/b");
        assert_eq!(normalise("/a/b/../c"), "/a/c");
    }
}
