//! A diagram as a picture. In: the diagram. Out: SVG with a title and a description, in the light and in the dark.

use super::arrows::Way;
use super::layout::{self, Drawn, Rail};
use super::{Diagram, Sort};

/// How long the point of an arrow is.
const POINT: usize = 7;
/// The ids in the picture, which may stand in a page with others.
const TITLE_ID: &str = "milepost-diagram-title";
const WORDS_ID: &str = "milepost-diagram-words";

const STYLE: &str = include_str!("picture.css");

pub(super) fn picture(diagram: &Diagram) -> String {
    let layout = layout::layout(diagram);
    let mut ways: Vec<Way> = diagram.arrows.iter().map(|arrow| arrow.way).collect();
    ways.sort_unstable();
    ways.dedup();
    let legend: Vec<_> = ways
        .into_iter()
        .filter(|way| *way != Way::Required)
        .collect();
    let (width, height) = (layout.width, layout.height + legend.len() * LEGEND);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"milepost-diagram\" role=\"img\" \
         aria-labelledby=\"{TITLE_ID} {WORDS_ID}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n\
         <title id=\"{TITLE_ID}\">{}: what leads to what</title>\n<desc id=\"{WORDS_ID}\">{}</desc>\n<style>\n{STYLE}</style>\n",
        escaped(&diagram.title),
        escaped(&diagram.sentences().join(" ")),
    );
    out.push_str(&format!(
        "<rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>\n"
    ));
    for rail in &layout.rails {
        draw_rail(rail, &layout.boxes, &mut out);
    }
    for (place, drawn) in diagram.places.iter().zip(&layout.boxes) {
        draw_box(place.sort, drawn, &mut out);
    }
    for (place, way) in legend.into_iter().enumerate() {
        let y = layout.height + place * LEGEND + LEGEND / 2;
        out.push_str(&format!(
            "<path class=\"{}\" d=\"M8 {y}H40\"/>\n<text class=\"note\" x=\"48\" y=\"{}\">{}</text>\n",
            class(way),
            y + 4,
            way.called(),
        ));
    }
    out.push_str("</svg>\n");
    out
}

/// The height of a line that says what a sort of line means.
const LEGEND: usize = 22;

const fn class(way: Way) -> &'static str {
    match way {
        Way::Required => "line",
        Way::OneOfSeveral => "line some",
        Way::Preferred => "line preferred",
        Way::Excluded => "line excluded",
    }
}

/// A line from each box that leads there to the rail, and along it into the box: the whole way from the first and the last of
/// them, so that no two lines lie on one another.
fn draw_rail(rail: &Rail, boxes: &[Drawn], out: &mut String) {
    let Some(to) = boxes.get(rail.to) else {
        return;
    };
    let (x, end, tip, back) = (rail.x, to.into(), to.x - 1, to.x - POINT);
    let (above, below): (Vec<usize>, Vec<usize>) =
        rail.from.iter().partition(|from| **from < rail.to);
    let whole = [above.first(), below.last()];
    for place in above.iter().chain(&below) {
        let Some(from) = boxes.get(*place) else {
            continue;
        };
        let (edge, begin) = (from.x, from.out_of());
        let along = if whole.contains(&Some(place)) {
            format!("V{end}H{back}")
        } else {
            String::new()
        };
        out.push_str(&format!(
            "<path class=\"{}\" d=\"M{edge} {begin}H{x}{along}\"/>\n",
            class(rail.way)
        ));
    }
    let (higher, lower) = (end - 4, end + 4);
    out.push_str(&format!(
        "<path class=\"point\" d=\"M{back} {higher}L{tip} {end}L{back} {lower}Z\"/>\n"
    ));
}

fn draw_box(sort: Sort, drawn: &Drawn, out: &mut String) {
    let Drawn {
        x,
        y,
        width,
        height,
        ..
    } = drawn;
    let round = match sort {
        Sort::Competency => height / 3,
        Sort::Role => 2,
        Sort::Stage => 8,
    };
    out.push_str(&format!(
        "<rect class=\"{}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\"/>\n",
        sort.as_str()
    ));
    for (class, lines) in [("title", &drawn.title), ("note", &drawn.note)] {
        for (y, line) in lines {
            let x = drawn.text_x();
            out.push_str(&format!(
                "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>\n",
                escaped(line)
            ));
        }
    }
}

/// A text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            control if control.is_control() => out.push(' '),
            plain => out.push(plain),
        }
    }
    out
}
