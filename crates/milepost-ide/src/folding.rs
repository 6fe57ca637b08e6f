//! What can be folded away: a text in; its blocks and runs of comments over several lines out.

use milepost_diagnostics::{FileId, Span};

use crate::Analysis;
use crate::lexis::{PieceKind, pieces};

/// A stretch that folds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// From the opening brace to the closing one, or from the first comment to the end of the last.
    pub span: Span,
    /// Whether it is a run of comments.
    pub comment: bool,
}

impl Analysis {
    /// The stretches of a file that fold, in the order in which they end.
    #[must_use]
    pub fn folds(&self, file: FileId) -> Vec<Fold> {
        let text = self.text(file);
        let line = |offset| self.source(file).map_or(0, |source| source.line(offset));
        let mut folds = Vec::new();
        let mut open = Vec::new();
        let mut comments: Option<(u32, u32)> = None;
        let mut add = |start, end, comment| {
            if line(start) < line(end) {
                let span = Span { file, start, end };
                folds.push(Fold { span, comment });
            }
        };
        for piece in pieces(text) {
            if piece.kind == PieceKind::Comment && piece.first {
                let start = comments.map_or(piece.start, |(start, _)| start);
                comments = Some((start, piece.end()));
                continue;
            }
            if let Some((start, end)) = comments.take() {
                add(start, end, true);
            }
            if piece.is("{") {
                open.push(piece.start);
            } else if piece.is("}")
                && let Some(start) = open.pop()
            {
                add(start, piece.end(), false);
            }
        }
        if let Some((start, end)) = comments {
            add(start, end, true);
        }
        folds
    }
}
