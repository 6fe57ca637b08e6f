//! Where everything stands. In: a diagram. Out: a box for each place, one below the other, and a rail for each that something leads
//! to: a line beside the boxes that gathers what leads there.
//!
//! A column of boxes is as wide on a telephone as on paper, and its letters stay as large. All figures are whole.

use super::Diagram;
use super::arrows::Way;
use super::widths::lines;

/// The width of a box, of a lane beside the boxes, and what is left free around everything.
const BOX: usize = 264;
const LANE: usize = 16;
const MARGIN: usize = 8;
/// Between two boxes, and between a box and its words.
const GAP: usize = 18;
const PADDING: usize = 10;
/// How far from the middle of a box lines come in and go out.
const APART: usize = 7;
/// The size of the letters of titles and of notes, and the height of their lines.
pub(super) const TITLE: usize = 15;
pub(super) const NOTE: usize = 12;
const TITLE_LINE: usize = 19;
const NOTE_LINE: usize = 16;

/// A box with its words.
pub(super) struct Drawn {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) width: usize,
    pub(super) height: usize,
    /// Lines of the title and of the note, each with the height at which it stands.
    pub(super) title: Vec<(usize, String)>,
    pub(super) note: Vec<(usize, String)>,
}

impl Drawn {
    /// The height at which lines come in.
    pub(super) const fn into(&self) -> usize {
        self.y + self.height / 2 - APART
    }

    /// The height at which they go out.
    pub(super) const fn out_of(&self) -> usize {
        self.y + self.height / 2 + APART
    }

    pub(super) const fn text_x(&self) -> usize {
        self.x + PADDING
    }
}

/// A line beside the boxes, from all that leads somewhere in the same way.
pub(super) struct Rail {
    pub(super) x: usize,
    pub(super) way: Way,
    pub(super) from: Vec<usize>,
    pub(super) to: usize,
}

/// Everything in its place.
pub(super) struct Layout {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) boxes: Vec<Drawn>,
    pub(super) rails: Vec<Rail>,
}

/// Places everything.
pub(super) fn layout(diagram: &Diagram) -> Layout {
    let (lanes, rails) = rails(diagram);
    let x = MARGIN + lanes * LANE + if lanes > 0 { LANE / 2 } else { 0 };
    let mut y = MARGIN;
    let mut boxes = Vec::new();
    for place in &diagram.places {
        let room = (BOX - 2 * PADDING) * 100;
        let mut at = y + PADDING;
        let mut set = |text: &str, size: usize, line: usize| -> Vec<(usize, String)> {
            let lines = lines(text, room / size).into_iter();
            lines
                .map(|text| {
                    at += line;
                    (at - line / 4, text)
                })
                .collect()
        };
        let title = set(&place.title, TITLE, TITLE_LINE);
        let note = set(&place.note, NOTE, NOTE_LINE);
        let height = at + PADDING - y;
        boxes.push(Drawn {
            x,
            y,
            width: BOX,
            height,
            title,
            note,
        });
        y += height + GAP;
    }
    let rails = rails.into_iter().map(|(lane, group)| Rail {
        x: x.saturating_sub((lane + 1) * LANE),
        way: group.way,
        from: group.from,
        to: group.to,
    });
    Layout {
        width: x + BOX + MARGIN,
        height: y.saturating_sub(GAP) + MARGIN,
        boxes,
        rails: rails.collect(),
    }
}

/// What leads to a place in one way.
struct Group {
    way: Way,
    from: Vec<usize>,
    to: usize,
}

impl Group {
    /// The first and the last height that its rail touches: lines come into a box above where they go out.
    fn ends(&self) -> (usize, usize) {
        let into = 2 * self.to;
        let out = || self.from.iter().map(|from| 2 * from + 1);
        (
            out().min().unwrap_or(into).min(into),
            out().max().unwrap_or(into).max(into),
        )
    }
}

/// How many lanes there are; and the groups, each with its lane, the nearest to the boxes first. No two rails of a lane touch.
fn rails(diagram: &Diagram) -> (usize, Vec<(usize, Group)>) {
    let mut groups: Vec<Group> = Vec::new();
    for arrow in &diagram.arrows {
        let same = groups
            .last_mut()
            .filter(|it| it.to == arrow.to && it.way == arrow.way);
        match same {
            Some(group) => group.from.push(arrow.from),
            None => groups.push(Group {
                way: arrow.way,
                from: vec![arrow.from],
                to: arrow.to,
            }),
        }
    }
    groups.sort_by_key(|group| {
        let (first, last) = group.ends();
        (last - first, first)
    });
    let mut lanes: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut placed = Vec::new();
    for group in groups {
        let (first, last) = group.ends();
        let free =
            |lane: &Vec<(usize, usize)>| lane.iter().all(|(from, to)| last < *from || *to < first);
        let lane = lanes.iter().position(free).unwrap_or(lanes.len());
        match lanes.get_mut(lane) {
            Some(taken) => taken.push((first, last)),
            None => lanes.push(vec![(first, last)]),
        }
        placed.push((lane, group));
    }
    (lanes.len(), placed)
}
