//! What a change means, for a comment on a pull request. In: the comparison. Out: Markdown, in which nothing that a programme
//! says is taken for markup.

use milepost::wire::{Change, Diff, DiffClause, DiffSubject, DiffText, Programme};

use super::text::{self, UNSAID, address, candidates, place, said, unsaid};
use crate::visible::visible;

/// The whole comment.
pub fn markdown(diff: &Diff) -> String {
    let mut out = String::from("### What the change means\n\n");
    out.push_str(&format!(
        "From {} to {}.\n",
        programme(&diff.old),
        programme(&diff.new)
    ));
    if diff.is_empty() {
        out.push_str(
            "\nNo difference: whoever meets a role or competency of one meets it in the other.\n",
        );
        gathered(&mut out, diff);
        return out;
    }
    let mut rows = Vec::new();
    for role in &diff.roles {
        rows.push(("Role", role.name.clone(), role));
        for stage in &role.stages {
            rows.push(("Stage", format!("{}.{}", role.name, stage.name), stage));
        }
    }
    for competency in &diff.competencies {
        rows.push(("Competency", competency.name.clone(), competency));
    }
    let (same, changed): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|(.., it)| it.change == Change::Unchanged && it.was.is_none());
    out.push_str("\n| | | |\n|---|---|---|\n");
    for (what, name, subject) in &changed {
        let title = subject.title.as_deref().unwrap_or(&subject.name);
        let was = subject.was.as_ref();
        let was = was.map_or_else(String::new, |was| format!(", formerly {}", code(was)));
        out.push_str(&format!(
            "| {what} | {} ({}{was}) | **{}** |\n",
            escaped(title),
            code(name),
            said(subject)
        ));
    }
    for (what, name, subject) in &changed {
        clauses(&mut out, what, name, subject);
    }
    if !same.is_empty() {
        let same: Vec<_> = same
            .iter()
            .map(|(what, name, _)| format!("{} {}", what.to_lowercase(), code(name)))
            .collect();
        out.push_str(&format!("\nUnchanged: {}.\n", same.join(", ")));
    }
    gathered(&mut out, diff);
    out
}

/// What it means for a cohort, if there is one.
fn gathered(out: &mut String, diff: &Diff) {
    let Some(cohort) = &diff.cohort else { return };
    out.push_str(&format!("\n{}\n\n", escaped(&text::gathered(cohort))));
    for effect in &cohort.effects {
        for line in text::effect_lines(effect) {
            out.push_str(&format!("- {}\n", escaped(&line)));
        }
    }
}

fn programme(programme: &Programme) -> String {
    let name = code(&programme.name);
    match &programme.version {
        Some(version) => format!("{name}, version {}", escaped(version)),
        None => name,
    }
}

/// The clauses that changed something, folded away.
fn clauses(out: &mut String, what: &str, name: &str, subject: &DiffSubject) {
    if subject.clauses.is_empty() {
        return;
    }
    let title = subject.title.as_deref().unwrap_or(name);
    out.push_str(&format!(
        "\n<details>\n<summary>{what} {}: {}</summary>\n\n| | as it was | as it is |\n|---|---|---|\n",
        escaped(title),
        said(subject)
    ));
    for clause in &subject.clauses {
        row(out, clause);
    }
    if subject.more_clauses > 0 {
        out.push_str(&format!("\nAnd {} clauses more.\n", subject.more_clauses));
    }
    for (what, record) in candidates(subject) {
        out.push_str(&format!("\n{}\n", escaped(&what)));
        if let Some(record) = record {
            // The record is one line, so that no fence can stand in it.
            out.push_str(&format!("\n```json\n{record}\n```\n"));
        }
    }
    out.push_str("\n</details>\n");
}

fn row(out: &mut String, clause: &DiffClause) {
    let side = |side: &Option<DiffText>| match side {
        Some(text) => format!("{}{}", escaped(&text.text), escaped(&place(text))),
        None => "(nothing)".to_owned(),
    };
    let mut new = side(&clause.new);
    if unsaid(clause).is_some() {
        new.push_str(&format!(" {}", escaped(UNSAID)));
    }
    let address = address(clause).map_or_else(String::new, |it| format!(" {}", code(it)));
    out.push_str(&format!(
        "| {}{address} | {} | {new} |\n",
        clause.change.as_str(),
        side(&clause.old)
    ));
}

/// A name as code. Names and addresses hold no backtick.
fn code(name: &str) -> String {
    format!("`{}`", visible(name).replace(['`', '|', '\n'], ""))
}

/// A text within a line of a table: whatever Markdown or HTML would take for its own is written out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.push_str("&#64;"),
            '#' => out.push_str("&#35;"),
            '|' => out.push_str("&#124;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '!' | '$' => {
                out.push_str(&format!("&#{};", u32::from(character)));
            }
            plain => out.push(plain),
        }
    }
    // An address would become a link.
    out.replace("://", "&#58;//").replace("www.", "www&#46;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_title_is_markup() {
        assert_eq!(
            escaped("a|b <img> *c* [d](https://e) @f #1 `g`\n# h"),
            "a&#124;b &lt;img&gt; &#42;c&#42; &#91;d&#93;(https&#58;//e) &#64;f &#35;1 &#96;g&#96; &#35; h"
        );
    }
}
