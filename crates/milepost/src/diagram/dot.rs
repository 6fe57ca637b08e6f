//! A diagram for Graphviz. In: the diagram. Out: a graph in its language DOT.

use super::arrows::Way;
use super::{Diagram, Sort};

pub(super) fn graph(diagram: &Diagram) -> String {
    let mut out = format!("digraph {} {{\n", quoted(&diagram.name));
    out.push_str(&format!("  label={}\n", quoted(&diagram.title)));
    out.push_str("  node [shape=box]\n");
    for (place, it) in diagram.places.iter().enumerate() {
        let style = match it.sort {
            Sort::Competency => " style=rounded",
            Sort::Role => " penwidth=2",
            Sort::Stage => "",
        };
        let label = format!("{}\n{}", it.title, it.note);
        out.push_str(&format!(
            "  {} [label={}{style}]\n",
            diagram.id(place),
            quoted(&label)
        ));
    }
    for arrow in &diagram.arrows {
        let style = match arrow.way {
            Way::Required => String::new(),
            Way::OneOfSeveral => format!(" [style=dashed label={}]", quoted(arrow.way.called())),
            Way::Preferred => format!(" [style=dotted label={}]", quoted(arrow.way.called())),
            Way::Excluded => format!(" [arrowhead=tee label={}]", quoted(arrow.way.called())),
        };
        out.push_str(&format!(
            "  {} -> {}{style}\n",
            diagram.id(arrow.from),
            diagram.id(arrow.to)
        ));
    }
    out.push_str("}\n");
    out
}

/// A text between quotation marks.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            control if control.is_control() => out.push(' '),
            plain => out.push(plain),
        }
    }
    out.push('"');
    out
}
