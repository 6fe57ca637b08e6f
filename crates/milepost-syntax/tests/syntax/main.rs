//! The syntax of pathway files through one door: a text in, a rendering of the tree or of what is wrong with
//! it out.

mod bounds;
mod lexical;
mod mistakes;
mod recovery;
mod render;
mod robustness;
mod trees;

use milepost_diagnostics::{FileId, Source, Sources, Span};
use milepost_syntax::{Parsed, parse};

/// Parses a text as the only file.
fn parsed(text: &str) -> Parsed {
    parse(FileId(0), text)
}

/// What is wrong with a text: one line for each diagnostic, one more for each place involved and each help.
fn wrong(text: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add("test.pathway", text);
    let source = sources.get(file);
    let range = |span| source.map_or_else(String::new, |source| range(source, span));
    let mut out = String::new();
    for diagnostic in parsed(text).diagnostics {
        let mut places = diagnostic.labels.iter();
        let place = places
            .next()
            .map(|label| range(label.span))
            .unwrap_or_default();
        out += &format!(
            "{} {place} {}\n",
            diagnostic.code.as_str(),
            diagnostic.message
        );
        for label in places {
            out += &format!("  {}: {}\n", range(label.span), label.text);
        }
        for help in &diagnostic.help {
            out += &format!("  help: {help}\n");
        }
    }
    out
}

/// Several texts, each with what is wrong with it.
fn wrong_each(texts: &[&str]) -> String {
    let each = texts
        .iter()
        .map(|text| format!("{}\n----\n{}", visible(text.trim_end()), wrong(text)));
    each.collect::<Vec<_>>().join("\n==========\n")
}

fn range(source: &Source, span: Span) -> String {
    let (start, end) = (source.position(span.start), source.position(span.end));
    format!(
        "{}:{}-{}:{}",
        start.line, start.column, end.line, end.column
    )
}

/// A text whose hidden characters are written as escapes.
fn visible(text: &str) -> String {
    let each = text.chars().map(|c| match c {
        '\n' | '"' | '\'' | '\\' => c.to_string(),
        _ => c.escape_debug().to_string(),
    });
    each.collect()
}
