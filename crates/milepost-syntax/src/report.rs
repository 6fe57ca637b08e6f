//! The problems of one file as they are found: diagnostics in, at most [`MAX_DIAGNOSTICS`] of them, in the
//! order of their places, out.

use milepost_diagnostics::{Code, Diagnostic, Span};

use crate::MAX_DIAGNOSTICS;

/// A list of problems that does not grow without bound.
#[derive(Default)]
pub(crate) struct Report {
    found: Vec<Diagnostic>,
    skipped: usize,
    last_skipped: Option<Span>,
}

impl Report {
    /// Adds a problem, or counts it if there are too many.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if self.found.len() < MAX_DIAGNOSTICS {
            self.found.push(diagnostic);
        } else {
            self.skip(diagnostic.span());
        }
    }

    /// Counts a problem that is not described.
    pub(crate) fn skip(&mut self, place: Option<Span>) {
        self.skipped += 1;
        self.last_skipped = self.last_skipped.or(place);
    }

    /// Whether nothing more will be described.
    pub(crate) fn is_full(&self) -> bool {
        self.found.len() >= MAX_DIAGNOSTICS
    }

    /// How many problems there are, described or not.
    pub(crate) fn len(&self) -> usize {
        self.found.len() + self.skipped
    }

    /// Joins two reports of one file.
    pub(crate) fn join(mut self, other: Self) -> Vec<Diagnostic> {
        self.found.extend(other.found);
        self.found
            .sort_by_key(|diagnostic| diagnostic.span().map(|span| (span.start, span.end)));
        let skipped = self.skipped + other.skipped;
        let over = self.found.len() + usize::from(skipped > 0) > MAX_DIAGNOSTICS;
        if over {
            let dropped = self.found.split_off(MAX_DIAGNOSTICS - 1);
            let place = dropped
                .first()
                .and_then(Diagnostic::span)
                .or(self.last_skipped)
                .or(other.last_skipped);
            if let Some(place) = place {
                let more = dropped.len() + skipped;
                let text = format!("{more} more problems follow that are not listed");
                self.found.push(
                    Diagnostic::new(Code::UnexpectedText, place, text)
                        .help("mend the first ones and check the file again"),
                );
            }
        }
        self.found
    }
}
