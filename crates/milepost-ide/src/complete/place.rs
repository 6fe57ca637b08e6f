//! Where a place is: the pieces of text before it in; what encloses it, and the statement it belongs to, out.

use crate::lexis::{Piece, PieceKind};

/// What encloses a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    Nothing,
    Pathway,
    Scale,
    Rubric,
    Fields,
    Competency,
    Role,
    Requirements,
    Scenario,
    Values,
}

/// Whether the last pieces are these.
pub(super) fn ends(line: &[Piece<'_>], words: &[&str]) -> bool {
    let tail = line
        .len()
        .checked_sub(words.len())
        .and_then(|from| line.get(from..));
    tail.is_some_and(|tail| tail.iter().zip(words).all(|(piece, word)| piece.is(word)))
}

/// Whether the parentheses of a rule are open.
pub(super) fn in_call(line: &[Piece<'_>]) -> bool {
    let open = line.iter().rposition(|it| it.is("("));
    let closed = line.iter().rposition(|it| it.is(")"));
    open > closed && line.iter().any(|it| it.is("rule"))
}

/// What encloses the end of these pieces, and how many of them stand before and with its brace.
pub(super) fn enclosing(before: &[Piece<'_>]) -> (Inside, usize) {
    let mut open: Vec<(Inside, usize)> = Vec::new();
    let mut head = 0;
    for (at, piece) in before.iter().enumerate() {
        if piece.is("{") {
            let words = before.get(head..at).unwrap_or_default();
            let around = open.last().map_or(Inside::Nothing, |(inside, _)| *inside);
            open.push((opened(around, words), at + 1));
            head = at + 1;
        } else if piece.is("}") {
            open.pop();
            head = at + 1;
        }
    }
    open.last().copied().unwrap_or((Inside::Nothing, head))
}

/// What a brace opens after these words.
fn opened(around: Inside, words: &[Piece<'_>]) -> Inside {
    if words.last().is_some_and(|it| it.is("in")) {
        return Inside::Values;
    }
    let line = statement(words);
    match (around, line.first().map(|it| it.text)) {
        (Inside::Nothing, Some("pathway")) => Inside::Pathway,
        (Inside::Nothing, Some("scale")) => Inside::Scale,
        (Inside::Nothing, Some("rubric")) => Inside::Rubric,
        (Inside::Nothing, Some("candidate" | "evidence")) => Inside::Fields,
        (Inside::Nothing, Some("competency")) => Inside::Competency,
        (Inside::Nothing, Some("role")) => Inside::Role,
        (Inside::Nothing, Some("rule")) => Inside::Requirements,
        (Inside::Nothing, Some("scenario")) => Inside::Scenario,
        (Inside::Competency | Inside::Role | Inside::Requirements, _) => Inside::Requirements,
        _ => Inside::Values,
    }
}

/// The statement that the end of these pieces belongs to: from the last line that does not continue the one before it.
pub(super) fn statement<'p, 't>(pieces: &'p [Piece<'t>]) -> &'p [Piece<'t>] {
    let from = pieces
        .iter()
        .rposition(|piece| piece.first && !continues(piece))
        .unwrap_or(0);
    let line = pieces.get(from..).unwrap_or_default();
    if line.iter().all(|piece| piece.kind == PieceKind::Comment) {
        return &[];
    }
    line
}

/// Whether a line that begins so continues the one before.
fn continues(piece: &Piece<'_>) -> bool {
    const WORDS: &[&str] = &[
        "after",
        "among",
        "and",
        "before",
        "by",
        "counting",
        "during",
        "for",
        "from",
        "in",
        "including",
        "or",
        "since",
        "where",
        "whose",
        "with",
        "within",
    ];
    piece.kind == PieceKind::Sign || WORDS.contains(&piece.text)
}
