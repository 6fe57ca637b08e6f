//! How the text is laid out: openers and closers in, a guess at which of them is missing out.
//!
//! Lines and indentation carry no meaning; they only help to place the blame.

use milepost_diagnostics::Span;

use super::Reader;

/// A block whose brace does not stand where it should: perhaps it was another's.
pub(super) struct Crooked {
    opened: Span,
    /// The end of its brace.
    pub closed: u32,
    /// The indentation of the brace, if it stands first on its line.
    indent: Option<usize>,
}

impl<'t> Reader<'t> {
    /// Notes a closing brace that stands where another block's would.
    pub(super) fn closed(&mut self, opened: Option<Span>, closed: Span) {
        let Some(opened) = opened else { return };
        let Some(line) = self.line_before(closed.start as usize) else {
            return;
        };
        if closed.start as usize - line.len() <= opened.start as usize {
            return;
        }
        let indent = line.trim().is_empty().then_some(line.len());
        if indent.is_none() || indent != self.indent(opened) {
            self.crooked.push(Crooked {
                opened,
                closed: closed.end,
                indent,
            });
        }
    }

    /// The opener that a missing brace most likely belongs to: of a block within this one whose brace
    /// stands where this one's should, else this one's own.
    pub(super) fn suspect(&mut self, opened: Span) -> Span {
        let indent = self.indent(opened);
        let before = |crooked: &Crooked| crooked.opened.start < opened.start;
        let within = self.crooked.iter().rposition(before).map_or(0, |at| at + 1);
        let inner = self.crooked.split_off(within);
        let suspect = inner
            .into_iter()
            .find(|crooked| indent.is_some() && crooked.indent == indent);
        suspect.map_or(opened, |crooked| crooked.opened)
    }

    /// What stands before a place on its line, if the line does not begin too far away.
    pub(super) fn line_before(&self, end: usize) -> Option<&'t str> {
        let far = self.clean.floor_char_boundary(end.saturating_sub(400));
        let near = self.clean.get(far..end)?;
        let begin = near.rfind(['\n', '\r']).map(|at| at + 1);
        let begin = begin.or_else(|| (near.len() == end).then_some(0))?;
        near.get(begin..)
    }

    fn indent(&self, at: Span) -> Option<usize> {
        let line = self.line_before(at.start as usize)?;
        Some(line.len() - line.trim_start().len())
    }
}
