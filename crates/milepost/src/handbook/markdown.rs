//! A handbook as Markdown. In: the handbook. Out: a text that GitHub and most wikis show as the page.

use super::document::{Block, Clause, Handbook, Line, Piece};

/// The text.
pub(super) fn text(handbook: &Handbook) -> String {
    let mut out = format!(
        "# {}\n\n{}\n",
        escaped(&handbook.title),
        escaped(&handbook.subtitle)
    );
    for block in &handbook.blocks {
        out.push('\n');
        self::block(block, &mut out);
    }
    out.push_str("\n---\n\n");
    out.push_str(&words(&handbook.colophon));
    out.push('\n');
    out
}

fn block(block: &Block, out: &mut String) {
    match block {
        Block::Heading(level, id, text) => {
            let marks = "#".repeat(usize::from(*level));
            out.push_str(&format!(
                "<a id=\"{id}\"></a>\n\n{marks} {}\n",
                escaped(text)
            ));
        }
        Block::Paragraph(line) => out.push_str(&format!("{}\n", begun(line))),
        Block::Note(line) => out.push_str(&format!("*{}*\n", words(line))),
        Block::Bullets(lines) => {
            for line in lines {
                out.push_str(&format!("- {}\n", begun(line)));
            }
        }
        Block::Clauses(all) => {
            clauses(all, 0, out);
            out.truncate(out.trim_end().len());
            out.push('\n');
        }
        Block::Terms(terms) => {
            for (term, meaning) in terms {
                out.push_str(&format!("- **{}**: {}\n", escaped(term), words(meaning)));
            }
        }
        Block::Picture {
            flowchart, caption, ..
        } => {
            out.push_str(&format!(
                "{}:\n\n~~~mermaid\n{flowchart}~~~\n",
                escaped(caption)
            ));
        }
        Block::Table(caption, heads, rows) => {
            out.push_str(&format!(
                "{}:\n\n| {} |\n",
                escaped(caption),
                heads.join(" | ")
            ));
            out.push_str(&format!("|{}\n", " --- |".repeat(heads.len())));
            for row in rows {
                let cells: Vec<_> = row.iter().map(words).collect();
                out.push_str(&format!("| {} |\n", cells.join(" | ")));
            }
        }
    }
}

/// Clauses below each other. Nesting is bounded by the plan.
fn clauses(all: &[Clause], indent: usize, out: &mut String) {
    for (place, clause) in all.iter().enumerate() {
        let number = format!("{}. ", place + 1);
        out.push_str(&format!("{:indent$}{number}{}\n", "", begun(&clause.line)));
        let below = indent + number.len();
        for note in &clause.notes {
            out.push_str(&format!("\n{:below$}*{}*\n", "", words(note)));
        }
        if !clause.notes.is_empty() {
            out.push('\n');
        }
        clauses(&clause.inside, below, out);
    }
}

fn words(line: &Line) -> String {
    let pieces = line.iter().map(|piece| match piece {
        Piece::Plain(text) => escaped(text),
        Piece::Code(text) => format!("`{}`", text.replace('`', "")),
        Piece::Strong(text) => format!("**{}**", escaped(text.trim())),
        Piece::Link(id, text) => format!("[{}](#{id})", escaped(text)),
    });
    pieces.collect()
}

/// The words of a line of their own, which begin no list though they may look like one.
fn begun(line: &Line) -> String {
    let line = words(line);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let marked = match line.as_bytes().get(digits) {
        Some(b'-' | b'+' | b'=') => digits == 0,
        Some(b'.' | b')') => digits > 0,
        _ => false,
    };
    match line.split_at_checked(digits).filter(|_| marked) {
        Some((number, rest)) => format!("{number}\\{rest}"),
        None => line,
    }
}

/// A text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '>' | '$' => {
                out.push('\\');
                out.push(character);
            }
            control if control.is_control() => out.push(' '),
            plain => out.push(plain),
        }
    }
    out
}
