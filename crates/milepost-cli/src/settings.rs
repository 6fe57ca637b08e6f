//! The file `milepost.toml`, which says how seriously warnings are taken. In: the path of a programme. Out: the levels that
//! the nearest such file gives, in its folder or above.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use milepost::{Code, Level, Levels, Severity, Sources};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::{Trouble, files};

/// What the file is called.
const NAME: &str = "milepost.toml";

/// No such file is longer.
const MOST: usize = 1 << 20;

/// The levels by the file that gives them, each read once.
#[derive(Debug, Default)]
pub struct Settings {
    known: BTreeMap<PathBuf, Levels>,
    none: Levels,
}

impl Settings {
    /// The levels for a programme.
    pub fn levels(&mut self, programme: &Path) -> Result<&Levels, Trouble> {
        let Some(file) = nearest(programme) else {
            return Ok(&self.none);
        };
        if !self.known.contains_key(&file) {
            let levels = read(&file)?;
            self.known.insert(file.clone(), levels);
        }
        Ok(self.known.get(&file).unwrap_or(&self.none))
    }
}

/// The nearest settings, as a path that people recognise: from the current folder, where they lie below it.
fn nearest(programme: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(programme).ok()?;
    let folders = whole.ancestors().skip(1);
    let found = folders
        .map(|folder| folder.join(NAME))
        // A folder of this name, or a link to nothing, is told of when it is read.
        .find(|file| file.symlink_metadata().is_ok())?;
    let here = std::env::current_dir().ok();
    let near = here.and_then(|here| Some(found.strip_prefix(here).ok()?.to_path_buf()));
    Some(near.unwrap_or(found))
}

fn read(path: &Path) -> Result<Levels, Trouble> {
    let name = path.display().to_string();
    let unreadable = |why: &str| Trouble::from(format!("`{name}` cannot be read: {why}"));
    let bytes = files::read(path, MOST).map_err(|why| unreadable(&why))?;
    if bytes.len() > MOST {
        return Err(unreadable("it is larger than 1 MiB"));
    }
    let text = String::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8 text"))?;
    levels(&text).map_err(|wrong| {
        let mut sources = Sources::default();
        let id = sources.add(name.as_str(), text.as_str());
        let at = sources
            .get(id)
            .map(|source| source.position(u32::try_from(wrong.at).unwrap_or(u32::MAX)));
        let place = at.map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
        Trouble::from(format!("{name}{place}: {}", wrong.what)).help(wrong.help)
    })
}

/// What is wrong with settings, and where.
struct Wrong {
    at: usize,
    what: String,
    help: String,
}

fn wrong(at: usize, what: impl Into<String>, help: impl Into<String>) -> Wrong {
    Wrong {
        at,
        what: what.into(),
        help: help.into(),
    }
}

/// The levels that settings give; the first thing in them that is not understood, if there is one.
fn levels(text: &str) -> Result<Levels, Wrong> {
    const HOW: &str = "write, for one, `[lints]` and below it `unused_competency = \"allow\"`";
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        wrong(at, error.message(), HOW)
    })?;
    let mut levels = Levels::default();
    let mut set: Vec<Code> = Vec::new();
    let mut open: Vec<_> = table.get_ref().iter().collect();
    open.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in open {
        if key.get_ref() != "lints" {
            let what = format!("unknown setting `{}`", key.get_ref());
            return Err(wrong(key.span().start, what, HOW));
        }
        let DeValue::Table(lints) = value.get_ref() else {
            return Err(wrong(key.span().start, "`lints` is a table of levels", HOW));
        };
        let mut lints: Vec<_> = lints.iter().collect();
        lints.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in lints {
            let code = warning(key)?;
            if set.contains(&code) {
                let what = format!("`{}` is given twice, by code and by name", key.get_ref());
                return Err(wrong(key.span().start, what, "keep one of the two"));
            }
            set.push(code);
            levels.set(code, level(value)?);
        }
    }
    Ok(levels)
}

fn warning(key: &Spanned<impl AsRef<str>>) -> Result<Code, Wrong> {
    let (at, text) = (key.span().start, key.get_ref().as_ref());
    match Code::called(text) {
        Some(code) if code.severity() == Severity::Warning => Ok(code),
        Some(_) => Err(wrong(
            at,
            format!("`{text}` is an error, and stays one"),
            "only the level of a warning can be set",
        )),
        None => {
            let warnings = Code::ALL
                .iter()
                .filter(|it| it.severity() == Severity::Warning);
            let near = warnings
                .map(|code| code.name())
                .min_by_key(|name| strsim::damerau_levenshtein(name, text))
                .filter(|name| strsim::damerau_levenshtein(name, text) <= 1 + text.len() / 3);
            let help = near.map_or_else(
                || "`milepost explain` lists the codes".to_owned(),
                |name| format!("did you mean `{name}`?"),
            );
            Err(wrong(at, format!("no warning is called `{text}`"), help))
        }
    }
}

fn level(value: &Spanned<DeValue<'_>>) -> Result<Level, Wrong> {
    let text = match value.get_ref() {
        DeValue::String(text) => Level::parse(text),
        _ => None,
    };
    text.ok_or_else(|| {
        wrong(
            value.span().start,
            "this is no level",
            "a level is \"allow\", \"warn\" or \"deny\"",
        )
    })
}
