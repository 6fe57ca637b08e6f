//! `milepost fmt`. In: files and folders, or standard input. Out: the files in their one shape, or what would have to change
//! for that.

use std::path::Path;

use similar::TextDiff;

use crate::args::Fmt;
use crate::check::counted;
use crate::screen::Screen;
use crate::{Ending, Trouble, complain, files};

/// What is longer is no file of a programme; the formatter leaves anything longer than 2 MiB as it is.
const MOST: usize = 8 << 20;
/// The unchanged lines around a change.
const AROUND: usize = 3;
/// What standard input is called.
const STANDARD_INPUT: &str = "standard input";

/// Lays files out, or says which are not.
pub fn run(screen: &Screen, arguments: &Fmt) -> Result<Ending, Trouble> {
    if arguments.paths.iter().any(|path| path == Path::new("-")) {
        if arguments.paths.len() > 1 {
            return Err("`-` is standard input, and stands alone".into());
        }
        return standard_input(screen, arguments);
    }
    let mut done = Done::default();
    for path in files::pathways(&arguments.paths)? {
        if let Err(trouble) = done.take(screen, arguments, &path) {
            complain::problem(screen, &trouble.message, trouble.help.as_deref());
            done.missed = true;
        }
    }
    if !screen.quiet && !arguments.diff {
        screen.print(&done.summary(arguments))?;
    }
    let ending = Ending::findings(done.other > 0 && arguments.looks_only());
    Ok(if done.missed { Ending::NotDone } else { ending })
}

/// Standard input in its shape to standard output; where that is only looked at, whether and how it differs.
fn standard_input(screen: &Screen, arguments: &Fmt) -> Result<Ending, Trouble> {
    let bytes = files::standard_input(MOST)
        .map_err(|why| format!("{STANDARD_INPUT} cannot be read: {why}"))?;
    let text = text(bytes).map_err(|why| format!("{STANDARD_INPUT} cannot be read: {why}"))?;
    let formatted = milepost::format(&text);
    if !formatted.whole {
        left(screen, STANDARD_INPUT, "");
    }
    if !arguments.looks_only() {
        screen.send(formatted.text.as_bytes())?;
        return Ok(Ending::Clean);
    }
    if arguments.diff {
        screen.send(difference(STANDARD_INPUT, &text, &formatted.text).as_bytes())?;
    }
    Ok(Ending::findings(formatted.text != text))
}

#[derive(Default)]
struct Done {
    files: usize,
    /// Those that were not in their shape.
    other: usize,
    missed: bool,
}

impl Done {
    fn take(&mut self, screen: &Screen, arguments: &Fmt, path: &Path) -> Result<(), Trouble> {
        let name = path.display().to_string();
        let bytes = files::read(path, MOST).and_then(text);
        let text = bytes.map_err(|why| format!("`{name}` cannot be read: {why}"))?;
        let formatted = milepost::format(&text);
        if !formatted.whole {
            left(screen, &name, &format!(" {name}"));
        }
        if formatted.text == text {
            self.files += 1;
            return Ok(());
        }
        if !arguments.looks_only() {
            files::replace(path, formatted.text.as_bytes())
                .map_err(|why| format!("`{name}` cannot be written: {why}"))?;
        }
        self.files += 1;
        self.other += 1;
        if arguments.diff {
            screen.send(difference(&name, &text, &formatted.text).as_bytes())?;
        } else if !screen.quiet {
            screen.print(&format!("{name}\n"))?;
        }
        Ok(())
    }

    fn summary(&self, arguments: &Fmt) -> String {
        let files = counted(self.files, "file");
        match (self.other, arguments.looks_only()) {
            (0, _) => format!("{files}: nothing to lay out\n"),
            (other, true) => format!("{files}: {other} to lay out\n"),
            (other, false) => format!("{files}: {other} laid out\n"),
        }
    }
}

fn text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())
}

/// Says that not all of a file was laid out.
fn left(screen: &Screen, name: &str, path: &str) {
    if !screen.quiet {
        screen.note(&format!(
            "{name}: what is around its mistakes was left as it is; `milepost check{path}` shows them\n"
        ));
    }
}

/// What has to change, as a patch.
fn difference(name: &str, before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(AROUND)
        .header(name, name)
        .to_string()
}
