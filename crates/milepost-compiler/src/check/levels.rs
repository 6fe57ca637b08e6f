//! Scales and rubrics: something in them, numbers that rise.

use milepost_diagnostics::{Code, Diagnostic};
use milepost_syntax::tree::{ItemKind, TypeKind};

use super::Subject;

pub fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for scale in &subject.model.scales {
        if scale.levels.is_empty() {
            let message = format!("scale `{}` has no levels", scale.named.name);
            found.push(
                Diagnostic::new(Code::EmptyBlock, scale.named.span, message)
                    .help("list its levels, lowest first"),
            );
        }
        for pair in scale.levels.windows(2) {
            if let [(lower, Some(low)), (higher, Some(high))] = pair
                && high <= low
            {
                found.push(
                    Diagnostic::new(
                        Code::LevelNumbersOutOfOrder,
                        higher.span,
                        format!("`{}` carries {high}, which is not more than {low}", higher.name),
                    )
                    .label(lower.span, format!("`{}` carries {low}", lower.name))
                    .help("levels are written from the lowest to the highest, and so are their numbers"),
                );
            }
        }
    }
    for rubric in &subject.model.rubrics {
        if rubric.criteria.is_empty() {
            let message = format!("rubric `{}` has no criteria", rubric.named.name);
            found.push(
                Diagnostic::new(Code::EmptyBlock, rubric.named.span, message)
                    .help("list what it rates"),
            );
        }
    }
    for item in subject
        .files
        .files
        .iter()
        .flat_map(|loaded| &loaded.tree.items)
    {
        let fields = match &item.kind {
            ItemKind::Candidate(candidate) => &candidate.facts,
            ItemKind::Evidence(kind) => &kind.fields,
            _ => continue,
        };
        for field in fields {
            if matches!(&field.ty.kind, TypeKind::OneOf(choices) if choices.is_empty()) {
                found.push(
                    Diagnostic::new(Code::EmptyBlock, field.ty.span, "`one of` has no choices")
                        .help("list the choices, such as `one of { full_time part_time }`"),
                );
            }
        }
    }
}
