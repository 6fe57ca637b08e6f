//! Columns in blocks: members in, where each of their columns stands out.
//!
//! Members above and below each other that are not parted by an empty line share their columns.

use super::doc::{Doc, Kind, Member};

/// What is wider than this does not move the columns of its neighbours, nor is it moved.
const WIDEST: usize = 48;
/// The columns that a member may have after its first.
const COLUMNS: usize = 2;

/// Gives the columns of a block's members their places.
pub(super) fn align(members: &mut [Member]) {
    let mut rest = members;
    while !rest.is_empty() {
        let more = rest.iter().skip(1);
        let length = 1 + more.take_while(|member| !member.before.has_blank()).count();
        let (section, others) = rest.split_at_mut(length);
        for column in 1..=COLUMNS {
            place(section, column);
        }
        rest = others;
    }
}

/// Places one column; those before it stand.
fn place(section: &mut [Member], column: usize) {
    let widest = section
        .iter()
        .filter_map(|member| before_column(&member.doc, column))
        .max();
    for member in section {
        if before_column(&member.doc, column).is_some()
            && let Some(width) = widest
            && let Kind::Row(parts) = &mut member.doc.kind
            && let Some(part) = parts.iter_mut().find(|part| part.column == Some(column))
        {
            part.at = width;
        }
    }
}

/// Where a column would stand for the sake of this member alone, if the member has it.
fn before_column(member: &Doc, column: usize) -> Option<usize> {
    let Kind::Row(parts) = &member.kind else {
        return None;
    };
    let mut reached = 0;
    for (at, part) in parts.iter().enumerate() {
        reached += part.space(at);
        if part.column == Some(column) {
            return Some(reached).filter(|reached| *reached <= WIDEST);
        }
        if part.has_block {
            return None;
        }
        reached = reached.max(part.at) + part.flat?;
    }
    None
}
