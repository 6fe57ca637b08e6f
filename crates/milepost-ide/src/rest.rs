//! What is left of a broken programme: its texts in; the same programme without the declarations that have mistakes out,
//! everything else where it was.

use std::collections::BTreeMap;

use milepost_diagnostics::{FileId, Severity, Span};

use crate::Analysis;
use crate::edit::Edit;
use crate::lexis::{Piece, PieceKind, pieces};

/// What refers to a declaration that is left out is left out next, so often.
const ROUNDS: usize = 8;

/// The words that begin a declaration.
const BEGINNINGS: [&str; 11] = [
    "candidate",
    "competency",
    "evidence",
    "measure",
    "pathway",
    "role",
    "rubric",
    "rule",
    "scale",
    "scenario",
    "use",
];

impl Analysis {
    /// The programme without the declarations that have mistakes, if that is one without errors. Its places are those of
    /// this one.
    pub(crate) fn rest(&self) -> Option<Self> {
        self.compiled.model.header.as_ref()?;
        let mut out = BTreeMap::new();
        let mut beginnings = BTreeMap::new();
        let mut left: Option<Self> = None;
        for _ in 0..ROUNDS {
            let now = left.as_ref().unwrap_or(self);
            if now.plan().is_some() {
                break;
            }
            let before = out.len();
            for at in now.mistakes()? {
                let file = self.file(now.source(at.file)?.name())?;
                let beginnings = beginnings
                    .entry(file)
                    .or_insert_with(|| self.beginnings(file));
                let stretch = around(beginnings, file, at.start, at.start);
                out.entry(stretch).or_insert_with(|| self.blank(stretch));
            }
            if out.len() == before {
                return None;
            }
            let edits: Vec<_> = out.values().cloned().collect();
            left = Some(self.with(&edits));
        }
        left.filter(|rest| rest.plan().is_some())
    }

    /// Where the errors are; nothing if one of them is nowhere.
    fn mistakes(&self) -> Option<Vec<Span>> {
        let errors = self.diagnostics().iter();
        let errors = errors.filter(|it| it.severity() == Severity::Error);
        errors.map(|it| it.span()).collect()
    }

    /// The declarations around some text: from a line that begins with the word of one to the next such line.
    #[must_use]
    pub fn stretch(&self, file: FileId, from: u32, to: u32) -> Span {
        around(&self.beginnings(file), file, from, to)
    }

    /// Where a line begins with the word of a declaration, and where the text begins and ends.
    fn beginnings(&self, file: FileId) -> Vec<u32> {
        let text = self.text(file);
        let begins = |piece: &Piece<'_>| {
            let before = text.get(..piece.start as usize).unwrap_or("");
            piece.first
                && piece.kind == PieceKind::Word
                && BEGINNINGS.contains(&piece.text)
                && (before.is_empty() || before.ends_with('\n'))
        };
        let own = pieces(text).into_iter().filter(begins).map(|it| it.start);
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        [0].into_iter().chain(own).chain([end]).collect()
    }

    /// The stretch with nothing in it but its lines.
    fn blank(&self, span: Span) -> Edit {
        let bytes = self.sources().text(span).bytes();
        let text = bytes.map(|it| if it == b'\n' { '\n' } else { ' ' });
        Edit {
            span,
            text: text.collect(),
        }
    }
}

/// From the last beginning that is not after `from` to the first one after `to`.
fn around(beginnings: &[u32], file: FileId, from: u32, to: u32) -> Span {
    let last = beginnings.last().copied().unwrap_or_default();
    let before = beginnings.partition_point(|it| *it <= from.min(last.saturating_sub(1)));
    let after = beginnings.partition_point(|it| *it <= to);
    let at = |place: usize| beginnings.get(place).copied();
    Span {
        file,
        start: before.checked_sub(1).and_then(at).unwrap_or_default(),
        end: at(after).unwrap_or(last),
    }
}
