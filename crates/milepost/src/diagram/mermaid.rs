//! A diagram for Mermaid, which GitHub and many wikis draw. In: the diagram. Out: a flowchart in its language.

use super::arrows::Way;
use super::{Diagram, Sort};

pub(super) fn flowchart(diagram: &Diagram) -> String {
    let mut out = "flowchart TD\n".to_owned();
    for (place, it) in diagram.places.iter().enumerate() {
        let label = format!("{}<br>{}", quoted(&it.title), quoted(&it.note));
        let (open, close) = match it.sort {
            Sort::Competency => ("(", ")"),
            Sort::Role => ("[[", "]]"),
            Sort::Stage => ("[", "]"),
        };
        out.push_str(&format!(
            "  {}{open}\"{label}\"{close}\n",
            diagram.id(place)
        ));
    }
    for arrow in &diagram.arrows {
        let called = arrow.way.called();
        let line = match arrow.way {
            Way::Required => "-->".to_owned(),
            Way::OneOfSeveral | Way::Preferred => format!("-. {called} .->"),
            Way::Excluded => format!("--x|{called}|"),
        };
        out.push_str(&format!(
            "  {} {line} {}\n",
            diagram.id(arrow.from),
            diagram.id(arrow.to)
        ));
    }
    out
}

/// A text within quotation marks: whatever Mermaid, Markdown or HTML would take for its own is written as a number.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '"' | '#' | '<' | '>' | '&' | '`' | '*' | '_' | '\\' | '[' | ']' | '{' | '}' | '|'
            | ';' | '%' | '~' => {
                out.push_str(&format!("#{};", u32::from(character)));
            }
            control if control.is_control() => out.push(' '),
            plain => out.push(plain),
        }
    }
    out
}
