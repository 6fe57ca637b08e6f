//! `milepost check --fix`. In: a file. Out: the same file with everything mended that can be with certainty, and a line for each
//! thing mended.

use std::path::Path;

use milepost::{Compiled, Diagnostic, Edit, FileId, Levels, Source};

use crate::screen::Screen;
use crate::visible::visible;
use crate::{Trouble, edits, files, programme};

/// Mending one thing may uncover another, and hardly ever more than a few times.
const ROUNDS: usize = 64;

/// The file itself is mended, never one that it uses: that is for other programmes as well.
const MAIN: FileId = FileId(0);

/// Mends a file until there is nothing more to mend; one that cannot be read is left to whoever checks it.
pub fn mend(screen: &Screen, path: &Path, levels: &Levels) -> Result<(), Trouble> {
    let Ok(mut compiled) = programme::compile(path) else {
        return Ok(());
    };
    for _ in 0..ROUNDS {
        let found = compiled.findings(levels);
        let mended = fitting(&found);
        let Some(source) = compiled.sources().get(MAIN).filter(|_| !mended.is_empty()) else {
            break;
        };
        let edits = mended.iter().flat_map(|it| &it.edits).collect();
        let text = edits::made(source.text(), edits);
        let next = programme::compile_as(path, &text)?;
        // What is safe by itself need not be together with what another file says.
        if errors(&next) > errors(&compiled) {
            break;
        }
        files::replace(path, text.as_bytes())
            .map_err(|why| format!("`{}` cannot be written: {why}", path.display()))?;
        if !screen.quiet {
            screen.note(&mended.iter().map(|it| told(source, it)).collect::<String>());
        }
        compiled = next;
    }
    Ok(())
}

fn errors(compiled: &Compiled) -> usize {
    let all = compiled.diagnostics().iter();
    all.filter(|it| it.severity() == milepost::Severity::Error)
        .count()
}

/// What can be mended at once: of two things that touch each other, the first.
fn fitting(found: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut fitting = Vec::new();
    for problem in found {
        let apart = |edit: &Edit| {
            taken
                .iter()
                .all(|it| it.span.end < edit.span.start || edit.span.end < it.span.start)
        };
        let here = problem.edits.iter().all(|edit| edit.span.file == MAIN);
        if here && !problem.edits.is_empty() && problem.edits.iter().all(apart) {
            taken.extend(&problem.edits);
            fitting.push(problem);
        }
    }
    fitting
}

fn told(source: &Source, problem: &Diagnostic) -> String {
    let line = problem
        .span()
        .map_or(1, |span| source.position(span.start).line);
    let code = problem.code.as_str();
    let message = visible(&problem.message);
    format!("{}:{line}: mended {code}: {message}\n", source.name())
}
