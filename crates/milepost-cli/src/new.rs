//! `milepost new`. In: a few answers, from options or asked for. Out: a programme with notes for whoever goes on with it, that
//! checks without a warning and holds its own scenarios.

mod answers;
mod draft;
mod names;
mod questions;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use milepost::Levels;

use crate::args::New;
use crate::check::counted;
use crate::screen::Screen;
use crate::visible::visible;
use crate::{Ending, Trouble, files};
use answers::Answers;
use draft::Draft;
use questions::Questions;

/// Writes a first programme.
pub fn run(screen: &Screen, arguments: &New) -> Result<Ending, Trouble> {
    let given = arguments.output.as_deref();
    if let Some(path) = given.filter(|path| *path != Path::new("-") && path.exists()) {
        return Err(in_the_way(path));
    }
    let answers = if io::stdin().is_terminal() && io::stderr().is_terminal() {
        let mut questions = Questions::new(io::stdin().lock(), |text| screen.note(text));
        questions.all(arguments)?
    } else {
        Answers::given(arguments)?
    };
    let draft = Draft::new(&answers);
    let path = match given {
        Some(path) => path.to_owned(),
        None => PathBuf::from(format!("{}.pathway", draft.name())),
    };
    let text = draft.text(&path.display().to_string());
    sound(&text)?;
    if path == Path::new("-") {
        screen.send(text.as_bytes())?;
        return Ok(Ending::Clean);
    }
    files::create(&path, text.as_bytes()).map_err(|why| {
        if path.exists() {
            in_the_way(&path)
        } else {
            Trouble::from(format!("`{}` cannot be written: {why}", path.display()))
        }
    })?;
    if !screen.quiet {
        let file = path.display().to_string();
        let file = visible(&file);
        let kinds = counted(answers.evidence.len(), "kind");
        screen.print(&format!(
            "wrote {file}: one role, {kinds} of evidence, {} scenarios\n\
             read it and change it; then check it with `milepost check {file}`\n\
             and test it with `milepost test {file}`\n",
            draft::SCENARIOS
        ))?;
    }
    Ok(Ending::Clean)
}

fn in_the_way(path: &Path) -> Trouble {
    Trouble::from(format!(
        "`{}` is there already, and nothing is written over it",
        path.display()
    ))
    .help("give another name with `-o`")
}

/// Whether a programme checks without a warning, and its scenarios hold; what is wrong otherwise is ours, and is not written.
fn sound(text: &str) -> Result<(), Trouble> {
    const NAME: &str = "new.pathway";
    let sources = BTreeMap::from([(NAME, text)]);
    let compiled = milepost::compile(&sources, NAME);
    let found = compiled.findings(&Levels::default());
    let wrong = found.into_iter().map(|it| it.message).next();
    let wrong = wrong.or_else(|| {
        let results = compiled.run_scenarios();
        let mut failed = results.into_iter().filter(|it| !it.failures.is_empty());
        failed.next().map(|it| format!("`{}` fails", it.title))
    });
    wrong.map_or(Ok(()), |wrong| {
        let message = format!("no programme can be made of these answers: {wrong}");
        Err(Trouble::from(message).help("give simpler titles"))
    })
}
