//! `milepost test --bless`. In: a file whose scenarios come out otherwise than expected. Out: the same file expecting what comes
//! out, not a byte of it changed besides, and a line for each expectation changed.

use std::path::Path;

use milepost::{Compiled, Edit, FileId, ScenarioFailure, ScenarioResult, Source, Span};

use crate::screen::Screen;
use crate::visible::visible;
use crate::{Trouble, edits, files, programme};

/// Scenarios stand in the file itself, never in one that it uses.
const MAIN: FileId = FileId(0);

/// Lets the scenarios of a file expect what comes out, and gives the programme as the file says it then. What has no result is
/// left as it is.
pub fn bless(screen: &Screen, path: &Path, compiled: Compiled) -> Result<Compiled, Trouble> {
    let results = compiled.run_scenarios();
    let changed: Vec<(&ScenarioResult, &ScenarioFailure)> = results
        .iter()
        .flat_map(|result| result.failures.iter().map(move |failure| (result, failure)))
        .filter(|(_, failure)| !failure.stated.is_empty())
        .collect();
    let Some(source) = compiled.sources().get(MAIN).filter(|_| !changed.is_empty()) else {
        return Ok(compiled);
    };
    let all: Vec<Edit> = changed
        .iter()
        .flat_map(|(_, failure)| restated(source.text(), failure))
        .collect();
    let text = edits::made(source.text(), all.iter().collect());
    let blessed = programme::compile_as(path, &text)?;
    let lasting = blessed.run_scenarios();
    let still = |failure: &ScenarioFailure| !failure.stated.is_empty();
    if blessed.has_errors() || lasting.iter().flat_map(|it| &it.failures).any(still) {
        let message = format!(
            "what comes out of the scenarios of `{}` cannot be expected",
            path.display()
        );
        return Err(Trouble::from(message)
            .help("run the tests without `--bless`, and change the expectations by hand"));
    }
    let cannot = |why: String| format!("`{}` cannot be written: {why}", path.display());
    let now = files::read(path, text.len().max(source.text().len())).map_err(cannot)?;
    if now != source.text().as_bytes() {
        return Err(cannot("somebody else has just changed it".to_owned()).into());
    }
    files::replace(path, text.as_bytes()).map_err(cannot)?;
    for (result, failure) in changed {
        screen.print(&told(source, result, failure))?;
    }
    Ok(blessed)
}

/// What makes an expectation say what was found: the first of its words becomes that, the others go.
fn restated(text: &str, failure: &ScenarioFailure) -> Vec<Edit> {
    let mut made = Vec::new();
    let mut before: Option<Span> = None;
    for &span in &failure.stated {
        let edit = match before {
            None => Edit {
                span,
                text: failure.found.clone(),
            },
            Some(before) => Edit {
                span: Span {
                    start: from(text, before.end, span.start),
                    ..span
                },
                text: String::new(),
            },
        };
        before = Some(span);
        made.push(edit);
    }
    made
}

/// Where what goes begins: with the space before it, of which a comment is no part.
fn from(text: &str, end: u32, start: u32) -> u32 {
    let between = text.get(end as usize..start as usize).unwrap_or("");
    let kept = if between.trim().is_empty() {
        ""
    } else {
        between.trim_end_matches([' ', '\t'])
    };
    end + u32::try_from(kept.len()).unwrap_or(0)
}

fn told(source: &Source, result: &ScenarioResult, failure: &ScenarioFailure) -> String {
    let line = source.position(failure.span.start).line;
    let ScenarioFailure {
        address,
        expected,
        found,
        ..
    } = failure;
    let (name, title) = (visible(source.name()), visible(&result.title));
    format!("{name}:{line}: {address}: expected {expected}, now {found} (`{title}`)\n")
}
