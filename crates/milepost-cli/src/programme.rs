//! A programme from its files. In: the path of its main file, or of a plan file. Out: what compiling made of it, its
//! diagnostics printed; or the programme itself.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::Path;

use milepost::{Compiled, Diagnostic, LARGEST_PLAN, Pathway, Severity, is_plan};

use crate::screen::Screen;
use crate::settings::Settings;
use crate::{Trouble, complain, files};

/// No programme is longer, and the compiler says so of one byte more.
pub const MOST: usize = 8 << 20;

/// The checked programme at a path, compiled or loaded, after its warnings; nothing, after its errors, if it has some.
pub fn load(screen: &Screen, path: &Path) -> Result<Option<Pathway>, Trouble> {
    let bytes = files::read(path, LARGEST_PLAN).map_err(|why| unreadable(path, &why))?;
    if is_plan(&bytes) {
        let loaded = Pathway::load(&bytes);
        return loaded
            .map(Some)
            .map_err(|why| unreadable(path, &why.to_string()));
    }
    let compiled = compile(path)?;
    Ok(checked(screen, path, &compiled)?.cloned())
}

fn unreadable(path: &Path, why: &str) -> Trouble {
    Trouble::from(format!("`{}` cannot be read: {why}", path.display()))
}

/// Compiles the programme whose main file is at a path. That this file cannot be read is trouble; all else is in the diagnostics.
pub fn compile(path: &Path) -> Result<Compiled, Trouble> {
    let name = path
        .to_str()
        .ok_or_else(|| unreadable(path, "its name is not UTF-8 text"))?;
    let text = files::read(path, MOST).map_err(|why| unreadable(path, &why))?;
    if is_plan(&text) {
        return Err(Trouble::from(format!(
            "`{}` is a compiled plan, and this needs the text of the programme",
            path.display()
        ))
        .help("name the .pathway file that the plan was compiled from"));
    }
    Ok(milepost::compile(
        &|path: &str| files::read(Path::new(path), MOST),
        name,
    ))
}

/// Compiles the programme at a path as if its main file said this.
pub fn compile_as(path: &Path, text: &str) -> Result<Compiled, Trouble> {
    let name = path
        .to_str()
        .ok_or_else(|| unreadable(path, "its name is not UTF-8 text"))?;
    // The main file is the first that is asked for, and asked for once.
    let first = Cell::new(true);
    let read = |asked: &str| {
        if first.replace(false) {
            Ok(text.as_bytes().to_vec())
        } else {
            files::read(Path::new(asked), MOST)
        }
    };
    Ok(milepost::compile(&read, name))
}

/// The checked programme, after its warnings; nothing, after its errors, if it has some.
pub fn checked<'a>(
    screen: &Screen,
    path: &Path,
    compiled: &'a Compiled,
) -> Result<Option<&'a Pathway>, Trouble> {
    let mut settings = Settings::default();
    let told = compiled.told(settings.levels(path)?);
    complain::diagnostics(screen, compiled.sources(), &wanted(screen, &told));
    match compiled.plan() {
        Ok(pathway) => Ok(Some(pathway)),
        Err(_) if compiled.has_errors() => Ok(None),
        Err(_) => Err(Trouble::from(format!(
            "`{}` is a part, to be used by programmes",
            path.display()
        ))
        .help("name a file that has a `pathway` declaration")),
    }
}

/// The diagnostics to show: warnings only if wanted.
fn wanted<'a>(screen: &Screen, found: &'a [Diagnostic]) -> Vec<&'a Diagnostic> {
    let all = found.iter();
    all.filter(|diagnostic| !screen.quiet || diagnostic.severity() == Severity::Error)
        .collect()
}

/// What was shown already of the files that several programmes share.
#[derive(Debug, Default)]
pub struct Shown(BTreeSet<String>);

impl Shown {
    /// The diagnostics to show of a programme that were not shown of another.
    pub fn news<'a>(
        &mut self,
        screen: &Screen,
        compiled: &Compiled,
        found: &'a [Diagnostic],
    ) -> Vec<&'a Diagnostic> {
        wanted(screen, found)
            .into_iter()
            .filter(|it| self.0.insert(key(compiled, it)))
            .collect()
    }
}

/// What makes a diagnostic the same in two programmes: its place, its code and what it says.
fn key(compiled: &Compiled, diagnostic: &Diagnostic) -> String {
    let place = diagnostic.span().map(|span| {
        let file = compiled
            .sources()
            .get(span.file)
            .map_or("", |source| source.name());
        (file, span.start, span.end)
    });
    format!(
        "{place:?} {} {}",
        diagnostic.code.as_str(),
        diagnostic.message
    )
}
