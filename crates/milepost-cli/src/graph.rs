//! `milepost graph`. In: a programme. Out: its diagram, as a picture or as a graph.

use crate::args::{Graph, GraphFormat};
use crate::screen::Screen;
use crate::{Ending, Trouble, doc, programme};

/// Writes a diagram.
pub fn run(screen: &Screen, arguments: &Graph) -> Result<Ending, Trouble> {
    let output = doc::Output::new(
        arguments.output.as_deref(),
        "a diagram",
        "`FILE.svg` or `FILE.dot`",
    )?;
    let Some(pathway) = programme::load(screen, &arguments.file)? else {
        return Ok(Ending::NotDone);
    };
    let diagram = pathway.diagram().map_err(|why| why.to_string())?;
    output.send(
        screen,
        &match (arguments.format, output.ending()) {
            (Some(GraphFormat::Dot), _) | (None, Some("dot" | "gv")) => diagram.dot(),
            (Some(GraphFormat::Mermaid), _) | (None, Some("mmd" | "mermaid")) => diagram.mermaid(),
            _ => diagram.svg(),
        },
    )
}
