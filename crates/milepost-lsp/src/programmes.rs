//! What is known of the programmes of open texts: a path in; the programme, and what is to be reported of it, out. Each is
//! looked at once until one of its texts changes.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use milepost::ide::{Analysis, analyse, findings};
use milepost::{Diagnostic, FileId, Levels};

/// A programme, or the part of one, by its main file.
#[derive(Debug)]
pub struct Programme {
    /// What its places stand for.
    pub analysis: Analysis,
    findings: OnceCell<Vec<Diagnostic>>,
}

impl Programme {
    /// The main file of every programme.
    pub const MAIN: FileId = FileId(0);

    /// Looks at a programme.
    pub fn new(main: &str, read: &impl Fn(&str) -> Result<Vec<u8>, String>) -> Self {
        Self {
            analysis: analyse(read, main),
            findings: OnceCell::new(),
        }
    }

    /// What is to be reported.
    pub fn findings(&self, levels: impl FnOnce() -> Levels) -> &[Diagnostic] {
        self.findings
            .get_or_init(|| findings(&self.analysis, &levels()))
    }
}

/// Those looked at, by the paths of their main files.
#[derive(Debug, Default)]
pub struct Programmes {
    known: BTreeMap<String, Rc<Programme>>,
}

impl Programmes {
    /// A programme that is known.
    pub fn get(&self, main: &str) -> Option<Rc<Programme>> {
        self.known.get(main).cloned()
    }

    /// Keeps a programme.
    pub fn keep(&mut self, main: &str, programme: Rc<Programme>) {
        self.known.insert(main.to_owned(), programme);
    }

    /// A text is another now, or is there now, or is not any more.
    pub fn changed(&mut self, path: &str) {
        self.known
            .retain(|_, programme| programme.analysis.file(path).is_none());
    }

    /// Nothing is certain any more.
    pub fn clear(&mut self) {
        self.known.clear();
    }

    /// A text is not open any more.
    pub fn forget(&mut self, main: &str) {
        self.known.remove(main);
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.known.len()
    }
}
