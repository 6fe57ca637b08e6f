//! What can be said of one text by itself: a text in; what it declares, and what it uses, out.

use milepost_diagnostics::{FileId, Sources};

use crate::declarations::{Declaration, declarations};
use crate::lexis::{PieceKind, pieces};
use crate::symbols::found;

/// A text and what it declares.
#[derive(Clone, Debug)]
pub struct Outline {
    /// The text.
    pub sources: Sources,
    declarations: Vec<Declaration>,
}

impl Outline {
    /// Looks at a text, however broken.
    #[must_use]
    pub fn new(name: &str, text: &str) -> Self {
        let mut sources = Sources::default();
        let file: FileId = sources.add(name, text);
        let parsed = milepost_syntax::parse(file, text);
        Self {
            declarations: declarations(&parsed.tree),
            sources,
        }
    }

    /// The declarations whose name or title has these letters in this order, each with what it belongs to.
    pub fn symbols(
        &self,
        letters: &str,
    ) -> impl Iterator<Item = (&Declaration, Option<&Declaration>)> {
        let all = found(self.declarations.iter(), letters);
        all.map(|it| (it, it.parent.and_then(|of| self.declarations.get(of))))
    }
}

/// The paths that a text uses, as it writes them.
#[must_use]
pub fn uses(text: &str) -> Vec<String> {
    let all = pieces(text);
    let pairs = all.windows(2).filter_map(|pair| match pair {
        [word, path] if word.is("use") && path.kind == PieceKind::Text => Some(path.text),
        _ => None,
    });
    let paths = pairs.filter_map(|path| path.strip_prefix('"')?.strip_suffix('"'));
    paths.map(str::to_owned).collect()
}
