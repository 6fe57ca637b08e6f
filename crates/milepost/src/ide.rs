//! What editors ask, with the wording of the facade: texts and a place in them in; plain data out.

use milepost_engine::Plan;
use milepost_engine::plan::{Form, Node, NodeId};
pub use milepost_ide::{
    Action, Analysis, Completion, CompletionKind, Declaration, DeclarationKind, Edit, Fold, Hint,
    Hover, NameAt, Outline, Signature, Token, TokenKind, beside, uses,
};

use crate::wording::Words;
use crate::{Compiled, Diagnostic, Levels, SourceReader};

/// So many lines of a requirement are read out.
const LINES: usize = 40;

/// Looks at the programme, or the part of one, whose main file is at `main`.
///
/// ```
/// let text = "pathway p \"P\" { version \"1\" }\ncandidate \"Teacher\" { years : number }\n\
///             role coach \"Coach\" { eligible when years >= 3 }\n";
/// let sources = std::collections::BTreeMap::from([("main.pathway", text)]);
/// let analysis = milepost::ide::analyse(&sources, "main.pathway");
/// let file = analysis.file("main.pathway").unwrap();
/// let years = u32::try_from(text.find("years >=").unwrap()).unwrap();
/// let hover = milepost::ide::hover(&analysis, file, years).unwrap();
/// assert_eq!(hover.markdown, "**fact** `years`: `number`");
/// ```
#[must_use]
pub fn analyse(sources: &impl SourceReader, main: &str) -> Analysis {
    Analysis::new(&mut |path| sources.read(path), main)
}

/// What to report to whoever writes the texts: see [`crate::Compiled::findings`].
#[must_use]
pub fn findings(analysis: &Analysis, levels: &Levels) -> Vec<Diagnostic> {
    Compiled::from(analysis.compiled().clone()).findings(levels)
}

/// What is to be said of a place: of a name, what it stands for; anywhere else in a requirement, how it reads.
#[must_use]
pub fn hover(analysis: &Analysis, file: crate::FileId, offset: u32) -> Option<Hover> {
    analysis.hover(file, offset, &read)
}

/// A requirement as a list in Markdown, each part below what it is part of.
fn read(plan: &Plan, node: NodeId) -> String {
    let mut lines = Vec::new();
    line(plan, node, 0, &mut lines);
    if lines.len() > LINES {
        lines.truncate(LINES);
        lines.push("- …".to_owned());
    }
    lines.join("\n")
}

/// The lines of a requirement. Nesting is bounded by the plan.
fn line(plan: &Plan, id: NodeId, depth: usize, lines: &mut Vec<String>) {
    let parts = plan.parts();
    let Some(node) = parts.nodes.get(id.index()).filter(|_| lines.len() <= LINES) else {
        return;
    };
    let phrase = Words::new(parts).requirement(node);
    let title = node.title.as_ref().map(|title| format!("{title}: "));
    let indent = "  ".repeat(depth);
    lines.push(format!("{indent}- {}{phrase}", title.unwrap_or_default()));
    for child in children(node) {
        line(plan, *child, depth + 1, lines);
    }
}

fn children(node: &Node) -> &[NodeId] {
    match &node.form {
        Form::All(children)
        | Form::WithoutReuse(children)
        | Form::Any(children)
        | Form::AtLeast(_, children)
        | Form::Points(_, children, _)
        | Form::None(children)
        | Form::InOrder(children) => children,
        _ => &[],
    }
}
